//! A page of rows, as what a statement's rows are gathered into.

use crate::fetch::{Refusal, Rows, Sink};
use orm_core::row::{Fields, Read};
use orm_core::select::{Page, Position};

/// A page of at most so many rows; one more says that there is a next page.
pub struct Paged<O> {
    rows: Vec<O>,
    limit: usize,
    last: Option<Position>,
    has_next: bool,
    write: fn(&Position) -> String,
    read: Read<(O, Position)>,
}

impl<O> Paged<O> {
    pub(crate) fn new(limit: u32, write: fn(&Position) -> String, read: Read<(O, Position)>) -> Self {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        Paged { rows: Vec::new(), limit, last: None, has_next: false, write, read }
    }
}

impl<O> Sink for Paged<O> {
    fn push(&mut self, fields: &mut Fields<'_>) -> Result<(), Refusal> {
        if self.rows.len() == self.limit {
            self.has_next = true;
            return Ok(());
        }
        let (row, position) = (self.read)(fields).map_err(Refusal::Unreadable)?;
        self.rows.push(row);
        self.last = Some(position);
        Ok(())
    }
}

impl<O> Rows for Paged<O> {
    type Output = Page<O>;

    fn finish(&mut self, _: u64) -> Option<Page<O>> {
        let next = self.last.take().filter(|_| self.has_next).map(|last| (self.write)(&last));
        Some(Page { rows: std::mem::take(&mut self.rows), next })
    }
}
