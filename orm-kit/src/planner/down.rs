//! The way back.

use super::steps::Steps;
use super::{Options, Planner};
use crate::catalog::Catalog;
use crate::change::Change;
use crate::diff::{Rename, diff};
use crate::plan::Plan;

/// The way back from a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Down {
    /// It undoes the plan; what it loses on its way is in its hazards.
    Plan(Plan),
    /// Something is gone for good: what, in a sentence.
    Irreversible(String),
}

/// The way back from what `planner` has planned to `from`. New code must be gone, so that nobody minds if what it uses goes
/// at once.
pub(super) fn down(from: &Catalog, mut planner: Planner<'_>) -> Down {
    if let Some(what) = planner.lost {
        return Down::Irreversible(what);
    }
    let mut steps = Steps::in_order();
    for undo in std::mem::take(&mut planner.undo).into_iter().rev() {
        steps.append(undo);
    }
    let renames: Vec<Rename> = planner
        .changes
        .iter()
        .filter_map(|change| match change {
            Change::Rename { from, to } if !planner.is_replaced(to) => {
                Some(Rename { from: to.clone(), to: from.clone() })
            }
            _ => None,
        })
        .collect();
    let there = planner.expanded();
    let changes = diff(&there, from, &renames);
    let mut back = Planner::new(&there, from, &changes, Options { old_code: false, ..planner.options });
    back.run();
    steps.append(back.expand);
    Down::Plan(steps.finish())
}
