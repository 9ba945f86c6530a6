//! The way back.

use super::steps::Steps;
use super::{Options, Planner};
use crate::catalog::{Catalog, Name};
use crate::change::Change;
use crate::plan::Plan;

/// The way back from a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Down {
    /// It undoes the plan; what it loses on its way is in its hazards.
    Plan(Plan),
    /// Something is gone for good: what, in a sentence.
    Irreversible(String),
}

/// How one step is undone.
#[derive(Debug)]
#[allow(clippy::large_enum_variant, reason = "there are as many as changes")]
pub(super) enum Undo {
    /// By this change.
    Change(Change),
    /// By steps of its own.
    Steps(Steps),
    /// A column is `not null` again.
    NotNull(Name, String),
    /// There is nothing to undo.
    Nothing,
    /// Not at all: what is gone.
    Never(String),
}

/// The way from `to` back to `from`: the last step is undone first. New code must be gone, so that nobody minds if what it
/// uses goes at once.
pub(super) fn down(from: &Catalog, to: &Catalog, undos: Vec<Undo>, options: &Options) -> Down {
    if let Some(Undo::Never(what)) = undos.iter().find(|undo| matches!(undo, Undo::Never(_))) {
        return Down::Irreversible(what.clone());
    }
    let changes: Vec<Change> = undos
        .iter()
        .rev()
        .filter_map(|undo| match undo {
            Undo::Change(change) => Some(change.clone()),
            _ => None,
        })
        .collect();
    let options = Options { old_code: false, ..options.clone() };
    let mut planner = Planner::new(to, from, &changes, options);
    for undo in undos.into_iter().rev() {
        match undo {
            Undo::Change(change) => {
                let renames = matches!(change, Change::Rename { .. });
                if planner.done.insert(change.object_name()) || renames {
                    drop(planner.change(&change));
                }
            }
            Undo::Steps(steps) => planner.expand.append(steps),
            Undo::NotNull(table, column) => {
                let comment = "rows that new code inserted may have none: they need a value before this";
                planner.set_not_null(&table, &column, comment);
            }
            Undo::Nothing | Undo::Never(_) => {}
        }
    }
    Down::Plan(planner.expand.finish())
}
