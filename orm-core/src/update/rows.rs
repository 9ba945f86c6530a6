//! Many rows with different values by one statement: a struct that derives `Update`, sent column by column as arrays.

use super::Update;
use crate::args::{Args, Bind};
use crate::check::refuse;
use crate::condition::Nothing;
use crate::from::{FromTable, Named};
use crate::insert::{IsTableOf, any_column, contains};
use crate::query::{Command, Plan, Statement};
use crate::returning::Writes;
use crate::row::Shape;
use crate::sql::{Level, Node, RowColumn, SetList, Sql, equal};
use crate::table::{Col, Column, Source, Table};
use std::marker::PhantomData;

/// A struct for changed rows of a table: the primary key, and columns to change; derived.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a struct for changed rows",
    label = "does not derive `Update`",
    note = "derive `Update` for a struct with `#[orm(table = ..)]` that has the primary key and the columns to change"
)]
pub trait UpdateRow: Sized {
    /// The struct itself. What follows is said of this type, so that of a struct that does not derive it nothing else is
    /// complained of.
    type This;
    /// The table.
    type Table: Table;
    /// The columns it has a value for.
    const COLUMNS: &'static [RowColumn];

    /// Encodes the rows, one array a column, in the order of [`COLUMNS`](UpdateRow::COLUMNS).
    fn bind(rows: &[Self], args: &mut Args);
}

impl<T: Source> Update<T, Nothing, Nothing> {
    /// Writes these rows, each to the one with its primary key, by one statement whose text does not depend on their
    /// number. No rows write nothing. Of two rows with one key PostgreSQL takes either; a key that is not there is passed
    /// over.
    ///
    /// ```
    /// # use mizzle::prelude::*;
    /// # #[derive(Table)]
    /// # #[orm(table = "workers")]
    /// # struct Worker { #[orm(primary_key, identity)] id: i64, email: Option<String>, name: String, #[orm(default = 100)] score: i32 }
    /// # #[derive(Table)]
    /// # #[orm(table = "tasks")]
    /// # struct Task { #[orm(primary_key, identity)] id: i64, worker_id: i64, title: String }
    /// #[derive(Update)]
    /// #[orm(table = Worker)]
    /// struct NewScore { id: i64, score: i32 }
    ///
    /// let scores = [NewScore { id: 1, score: 120 }, NewScore { id: 2, score: 80 }];
    /// let changed = update(Worker).rows(&scores).returning(Worker.id);
    /// ```
    pub fn rows<R>(self, rows: &[R]) -> UpdateRows<'_, T, R::This>
    where
        R: UpdateRow<This = R, Table: IsTableOf<T::Table, R>>,
    {
        UpdateRows { rows, table: PhantomData }
    }
}

/// An UPDATE of many rows of `T`.
#[derive(Debug)]
pub struct UpdateRows<'r, T, R> {
    rows: &'r [R],
    table: PhantomData<T>,
}

impl<T, R> Clone for UpdateRows<'_, T, R> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T, R> Copy for UpdateRows<'_, T, R> {}

impl<T: Source, R: UpdateRow> Sql for UpdateRows<'_, T, R> {
    const NODE: &'static Node = &Node::Cat(&[
        &Node::Text("update "),
        <Named<T> as Sql>::NODE,
        &Node::Clause {
            prefix: " set ",
            separator: ", ",
            level: Level::Free,
            items: &Node::Cat(&[
                &Node::UnnestSet(R::COLUMNS),
                &Node::OnUpdate(
                    <T::Table as Table>::ON_UPDATE,
                    &SetList::Columns(R::COLUMNS, &SetList::Empty),
                ),
            ]),
        },
        &Node::UnnestFrom(R::COLUMNS),
        &Node::Clause {
            prefix: " where ",
            separator: " and ",
            level: Level::And,
            items: &Node::UnnestKey(T::ALIAS, R::COLUMNS),
        },
    ]);
}

impl<T, R: UpdateRow> Bind for UpdateRows<'_, T, R> {
    fn bind(&self, args: &mut Args) {
        let UpdateRows { rows, table: _ } = self;
        R::bind(rows, args);
        args.push_deferred();
    }
}

impl<T, R> Statement for UpdateRows<'_, T, R> {}

impl<T: Source, R: UpdateRow> Writes<()> for UpdateRows<'_, T, R> {
    type Scope = FromTable<T>;
}

impl<T: Source, R: UpdateRow> Command<()> for UpdateRows<'_, T, R> {
    const PLAN: &'static Plan = &Plan::new::<Self>(&Shape::Empty);
}

/// The column as a bulk update sends it.
///
/// # Panics
/// When it is one to be set that statements cannot set; evaluated by the compiler, which shows the message.
pub const fn change_column<C: Column, S>(_: &Col<C, S>) -> RowColumn {
    let meta = <C::Table as Table>::META;
    let is_key = match &meta.primary_key {
        Some(key) => names(key.columns, C::NAME.raw),
        None => false,
    };
    let mut rest = meta.columns;
    while let [column, others @ ..] = rest {
        let written = column.generated.is_some()
            || matches!(column.identity, Some(crate::meta::IdentityMeta { always: true, .. }));
        if !is_key && written && equal(column.name.as_bytes(), C::NAME.raw.as_bytes()) {
            refuse("the column `", column.name, "` cannot be set: the database writes it itself");
        }
        rest = others;
    }
    RowColumn { is_key, ..any_column::<C>() }
}

/// Checks that changed rows with these columns have the whole primary key of `T`, and something to change.
///
/// # Panics
/// When they have not; evaluated by the compiler, which shows the message.
pub const fn check_changes<T: Table>(columns: &[RowColumn]) {
    let Some(key) = &T::META.primary_key else {
        refuse("the table `", T::NAME.name, "` has no primary key that its rows could be found by")
    };
    let mut rest = key.columns;
    while let [name, others @ ..] = rest {
        if !contains(columns, name) {
            refuse("the row misses the key column `", name, "`: add a field for it");
        }
        rest = others;
    }
    if columns.len() == key.columns.len() {
        refuse("the row has only the key of `", T::NAME.name, "`: add a field for a column to change");
    }
}

const fn names(mut list: &[&str], name: &str) -> bool {
    while let [first, others @ ..] = list {
        if equal(first.as_bytes(), name.as_bytes()) {
            return true;
        }
        list = others;
    }
    false
}
