//! What may have been renamed: questions for a person.

use super::Rename;
use super::flat::{Flat, table_of};
use super::rename::rename_all;
use crate::catalog::{Catalog, Kind, Object, ObjectName, Table};
use std::collections::BTreeSet;

/// An object that is gone and one that is new, which may be the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The rename that it would be.
    pub rename: Rename,
    /// How much alike they are, in percent.
    pub likeness: u8,
}

/// Which objects that are gone may be renames of which that are new, the likest first; `renames` are known already.
///
/// A column may be one of the same table, anything else one of the same kind, in another schema too. Constraints, indexes,
/// triggers and policies are not asked about, as nothing is lost when they are made again.
///
/// ```
/// use orm_kit::{catalog::{Catalog, Column, Name, Table}, diff::candidates};
///
/// let workers = |column: &str| {
///     let mut table = Table::new(Name::new("public", "workers"));
///     table.columns = vec![Column::new(column, "text")];
///     Catalog { tables: vec![table], ..Catalog::default() }
/// };
/// let found = candidates(&workers("mail"), &workers("email"), &[]);
/// assert_eq!(found.len(), 1);
/// assert_eq!(found[0].rename.from.to_string(), "column `workers.mail`");
/// assert_eq!(found[0].rename.to.to_string(), "column `workers.email`");
/// ```
pub fn candidates(from: &Catalog, to: &Catalog, renames: &[Rename]) -> Vec<Candidate> {
    let renamed = rename_all(from, to, renames).server;
    let (old, new) = (Flat::of(&renamed), Flat::of(to));
    let gone = old.objects().filter(|(name, _)| may_be_renamed(name.kind) && !new.contains(name));
    let mut candidates = Vec::new();
    for (name, object) in gone {
        for (other, created) in new.objects() {
            let same_place = name.kind == other.kind && table_of(name).name == table_of(other).name;
            let same_table = name.kind != Kind::Column || name.schema == other.schema;
            if same_place && same_table && !old.contains(other) && stays(name, &new) {
                let likeness = likeness((name, object, &renamed), (other, created, to));
                let rename = Rename { from: name.clone(), to: other.clone() };
                candidates.push(Candidate { rename, likeness });
            }
        }
    }
    candidates.sort_by(|a, b| {
        let key = |it: &Candidate| (it.rename.from.clone(), it.rename.to.clone());
        b.likeness.cmp(&a.likeness).then_with(|| key(a).cmp(&key(b)))
    });
    candidates
}

/// Whether a person is asked about what is new of this kind.
pub(crate) fn may_be_renamed(kind: Kind) -> bool {
    match kind {
        Kind::Schema | Kind::Role | Kind::Enum | Kind::Domain | Kind::Composite => true,
        Kind::Sequence | Kind::Routine | Kind::Table | Kind::Column | Kind::View => true,
        Kind::Extension | Kind::Label | Kind::Constraint | Kind::Index | Kind::Trigger => false,
        Kind::Policy | Kind::Grant => false,
    }
}

/// Whether the table that it is in is in both.
fn stays(name: &ObjectName, new: &Flat) -> bool {
    let mut owners = super::flat::owners(name).peekable();
    owners.peek().is_none() || owners.any(|owner| new.contains(&owner))
}

/// The names weigh a third, what the objects are the rest.
fn likeness(
    (name, object, from): (&ObjectName, &Object, &Catalog),
    (other, created, to): (&ObjectName, &Object, &Catalog),
) -> u8 {
    let content = match (object, created) {
        (Object::Table(old), Object::Table(new)) => {
            let columns = |catalog: &Catalog, table: &Table| {
                let columns = catalog.table(&table.name).map(|it| it.columns.clone()).unwrap_or_default();
                columns.into_iter().map(|it| format!("{} {}", it.name, it.ty)).collect()
            };
            overlap(columns(from, old), columns(to, new))
        }
        (Object::Column(_, old), Object::Column(_, new)) => {
            let same = [
                old.ty == new.ty,
                old.ty == new.ty,
                old.nullable == new.nullable,
                old.default == new.default && old.identity == new.identity && old.generated == new.generated,
            ];
            share(same.iter().filter(|same| **same).count(), same.len())
        }
        (Object::Enum(old), Object::Enum(new)) => {
            overlap(old.labels.iter().cloned().collect(), new.labels.iter().cloned().collect())
        }
        (Object::Composite(old), Object::Composite(new)) => {
            let fields = |fields: &[crate::catalog::Field]| {
                fields.iter().map(|it| format!("{} {}", it.name, it.ty)).collect()
            };
            overlap(fields(&old.fields), fields(&new.fields))
        }
        (Object::Routine(old), Object::Routine(new)) => letters(&old.definition, &new.definition),
        (Object::View(old), Object::View(new)) => letters(&old.query, &new.query),
        (Object::Domain(old), Object::Domain(new)) => {
            share(usize::from(old.base == new.base) + usize::from(old.checks == new.checks), 2)
        }
        (Object::Sequence(old), Object::Sequence(new)) => {
            share(usize::from(old.ty == new.ty) + usize::from(old.options == new.options), 2)
        }
        _ => 0,
    };
    let names = letters(&name.name, &other.name);
    u8::try_from((names + 2 * content) / 3).unwrap_or(100)
}

/// What both have, of all that they have, in percent.
fn overlap(old: BTreeSet<String>, new: BTreeSet<String>) -> usize {
    share(old.intersection(&new).count(), old.union(&new).count())
}

/// How many pairs of letters two texts have in common, in percent (Dice's coefficient).
fn letters(old: &str, new: &str) -> usize {
    let pairs = |text: &str| -> BTreeSet<(char, char)> {
        let text = text.to_lowercase();
        std::iter::once(' ').chain(text.chars()).zip(text.chars().chain([' '])).collect()
    };
    let (old, new) = (pairs(old), pairs(new));
    share(2 * old.intersection(&new).count(), old.len() + new.len())
}

fn share(part: usize, whole: usize) -> usize {
    (part * 100).checked_div(whole).unwrap_or(100)
}
