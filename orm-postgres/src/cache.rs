//! Prepared statements of one connection, bounded.
//!
//! The key of a statement is its plan's address and which of its optional parts are present: together they decide the
//! text, the types of its parameters and the types that its rows are read as. So a look-up compares no text, and what
//! is in the cache was checked against the Rust types when it was prepared.

use orm_core::args::Present;
use orm_core::query::Plan;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::{Mutex, MutexGuard, PoisonError};
use tokio_postgres::Statement;

type Key = (usize, Present);

/// The cache of one connection.
pub(crate) struct Cache {
    entries: Mutex<Entries>,
}

struct Entries {
    map: HashMap<Key, Entry, BuildHasherDefault<WordHasher>>,
    /// Counts uses, so that the least recently used entry is known.
    clock: u64,
    capacity: usize,
}

struct Entry {
    statement: Statement,
    used: u64,
}

fn key(plan: &'static Plan, present: Present) -> Key {
    (std::ptr::from_ref(plan).addr(), present)
}

impl Cache {
    /// At most `capacity` statements, and at least one.
    pub(crate) fn new(capacity: usize) -> Self {
        let entries = Entries { map: HashMap::default(), clock: 0, capacity: capacity.max(1) };
        Cache { entries: Mutex::new(entries) }
    }

    pub(crate) fn get(&self, plan: &'static Plan, present: Present) -> Option<Statement> {
        let entries = &mut *self.lock();
        let entry = entries.map.get_mut(&key(plan, present))?;
        entries.clock += 1;
        entry.used = entries.clock;
        Some(entry.statement.clone())
    }

    /// Keeps a statement; the one not used for longest goes when there are too many. Dropping the last handle of a
    /// statement makes the driver close it on the server.
    pub(crate) fn insert(&self, plan: &'static Plan, present: Present, statement: Statement) {
        let entries = &mut *self.lock();
        entries.clock += 1;
        let used = entries.clock;
        entries.map.insert(key(plan, present), Entry { statement, used });
        if entries.map.len() > entries.capacity {
            let oldest = entries.map.iter().min_by_key(|(_, entry)| entry.used).map(|(key, _)| *key);
            if let Some(oldest) = oldest {
                entries.map.remove(&oldest);
            }
        }
    }

    /// Forgets every statement.
    pub(crate) fn clear(&self) {
        self.lock().map.clear();
    }

    /// How many statements are kept.
    pub(crate) fn len(&self) -> usize {
        self.lock().map.len()
    }

    fn lock(&self) -> MutexGuard<'_, Entries> {
        // Nothing above can leave the map half changed.
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Mixes a few words: the keys are addresses of constants, which no outsider chooses.
#[derive(Default)]
struct WordHasher(u64);

impl WordHasher {
    fn add(&mut self, word: u64) {
        // The multiplier of FxHash, from the golden ratio's family of odd constants.
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
}

impl Hasher for WordHasher {
    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.add(u64::from(*byte)));
    }

    fn write_u32(&mut self, word: u32) {
        self.add(u64::from(word));
    }

    fn write_u64(&mut self, word: u64) {
        self.add(word);
    }

    fn write_usize(&mut self, word: usize) {
        self.add(word as u64);
    }

    fn finish(&self) -> u64 {
        // Addresses are aligned; the table takes its buckets from the low bits.
        self.0.rotate_left(26)
    }
}
