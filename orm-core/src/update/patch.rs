//! A patch: a struct whose fields say which columns are set at all.

use super::{Changes, Update};
use crate::args::{Args, Bind};
use crate::check::refuse;
use crate::expr::MayAssign;
use crate::insert::{Assignments, IsTableOf};
use crate::sql::{Node, RowColumn, SetList};
use crate::table::{Col, Column, Source, Table};
use crate::value::{Input, Value};

/// A struct of changes to a row; derived.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a patch",
    label = "does not derive `Patch`",
    note = "derive `Patch` for a struct with `#[orm(table = ..)]` whose fields are `Option`s"
)]
pub trait Patch {
    /// The struct itself. What follows is said of this type, so that of a struct that does not derive it nothing else is
    /// complained of.
    type This;
    /// The table.
    type Table: Table;
    /// The columns it may set.
    const COLUMNS: &'static [RowColumn];

    /// Whether every field is `None`, so that there is nothing to write.
    fn is_empty(&self) -> bool;

    /// Encodes the fields that are there, in the order of [`COLUMNS`](Patch::COLUMNS).
    fn bind(&self, args: &mut Args);
}

/// Encodes one field of a patch, and says whether it is there.
pub fn bind_patch<C, S, V>(args: &mut Args, _: &Col<C, S>, value: &Option<V>)
where
    C: Column,
    V: Input<<C::Value as Value>::Base, Null: MayAssign<<C::Value as Value>::Null, C>>,
{
    args.push_present(value.is_some());
    if let Some(value) = value {
        args.push::<<C::Value as Value>::Base, V>(value);
    }
}

impl<T: Source, V, W, F> Update<T, V, W, F> {
    /// Sets the columns whose fields are `Some`, and leaves the others alone; those of `on_update` are written too.
    /// [`set`](Update::set) may set other columns besides.
    ///
    /// An update that would set nothing because every field is `None` is an error before anything is sent: ask
    /// [`is_empty`](Patch::is_empty) first where that may be.
    ///
    /// ```
    /// # use mizzle::prelude::*;
    /// # #[derive(Table)]
    /// # #[orm(table = "workers")]
    /// # struct Worker { #[orm(primary_key, identity)] id: i64, email: Option<String>, name: String, #[orm(default = 100)] score: i32 }
    /// # #[derive(Table)]
    /// # #[orm(table = "tasks")]
    /// # struct Task { #[orm(primary_key, identity)] id: i64, worker_id: i64, title: String }
    /// #[derive(Patch)]
    /// #[orm(table = Worker)]
    /// struct WorkerPatch<'a> { name: Option<&'a str>, email: Option<Option<String>> }
    ///
    /// let patch = WorkerPatch { name: None, email: Some(None) };
    /// let no_email = update(Worker).patch(&patch).find(1);
    /// ```
    pub fn patch<P>(self, patch: &P) -> Update<T, Patched<'_, V, P::This>, W, F>
    where
        P: Patch<This = P, Table: IsTableOf<T::Table, P>>,
    {
        let Update { values, filter, from, table } = self;
        Update { values: Patched(values, patch), filter, from, table }
    }
}

/// The assignments `V`, and those of the patch `P`.
#[derive(Debug)]
pub struct Patched<'p, V, P>(V, &'p P);

impl<V: Clone, P> Clone for Patched<'_, V, P> {
    fn clone(&self) -> Self {
        Patched(self.0.clone(), self.1)
    }
}

impl<V: Copy, P> Copy for Patched<'_, V, P> {}

impl<V: Bind, P: Patch> Bind for Patched<'_, V, P> {
    fn bind(&self, args: &mut Args) {
        self.0.bind(args);
        self.1.bind(args);
    }
}

impl<V: Assignments, P: Patch> Assignments for Patched<'_, V, P> {
    const NAMES: &'static Node = V::NAMES;
    const VALUES: &'static Node = V::VALUES;
    const PAIRS: &'static Node =
        &Node::Cat(&[V::PAIRS, &Node::Patch(P::COLUMNS, <P::Table as Table>::ON_UPDATE)]);
    const SET: &'static SetList = {
        let mut rest = P::COLUMNS;
        while let [column, others @ ..] = rest {
            if V::SET.contains(column.quoted) {
                refuse("the statement sets the column `", column.name, "` twice: the patch has it too");
            }
            rest = others;
        }
        &SetList::Columns(P::COLUMNS, V::SET)
    };
    const ARE_OPTIONAL: bool = V::ARE_OPTIONAL;

    fn any_present(&self) -> bool {
        !self.1.is_empty() || self.0.any_present()
    }
}

impl<T, V, P> Changes<T> for Patched<'_, V, P> where Self: Assignments {}
