//! Tables: themselves, and what belongs to them.

use super::words::{alter_with, join, qualified, tablespace, with};
use super::{column, comment, constraint, index, policy, trigger};
use crate::catalog::{Catalog, Constraint, Name, Partition, Partitioned, RowSecurity, Table};
use orm_core::sql::quote_ident;
use std::collections::BTreeMap;

/// `create table` with columns, keys, checks and exclusions, and the comments on these; what else belongs to it is in
/// [`create_parts`].
pub fn create(table: &Table) -> Vec<String> {
    let mut statements = vec![create_table(table)];
    statements.extend(comment::create(&what(&table.name), table.comment.as_ref()));
    statements.extend(table.columns.iter().flat_map(|column| column::details(&table.name, column)));
    for constraint in own_constraints(table) {
        if is_inline(table, &constraint) {
            statements.extend(constraint::create_comment(&table.name, &constraint));
        } else {
            statements.extend(constraint::add(&table.name, &constraint));
        }
    }
    statements
}

/// What is not in `create table`: indexes, foreign keys, triggers, policies and row security, in this order.
pub fn create_parts(table: &Table) -> Vec<String> {
    let mut statements = create_indexes(table);
    statements.extend(create_foreign_keys(table));
    statements.extend(create_triggers(table));
    statements.extend(create_policies(table));
    statements
}

/// The indexes of a new table.
pub fn create_indexes(table: &Table) -> Vec<String> {
    table.indexes.iter().flat_map(|index| index::create(&table.name, index)).collect()
}

/// The foreign keys of a new table.
pub fn create_foreign_keys(table: &Table) -> Vec<String> {
    let keys = table.foreign_keys.iter().cloned().map(Constraint::ForeignKey);
    keys.flat_map(|key| constraint::add(&table.name, &key)).collect()
}

/// The triggers of a new table.
pub fn create_triggers(table: &Table) -> Vec<String> {
    table.triggers.iter().flat_map(|trigger| trigger::create(&table.name, trigger)).collect()
}

/// The policies of a new table, and then its row security.
pub fn create_policies(table: &Table) -> Vec<String> {
    let policies = table.policies.iter().flat_map(|policy| policy::create(&table.name, policy));
    let security = policy::set_row_security(&table.name, RowSecurity::Disabled, table.row_security);
    policies.chain(security).collect()
}

/// The table without the columns that it inherits, as it must be made for these to go with those of its parents; a
/// partition keeps them, as nothing is said of them where it is made.
pub fn without_inherited(table: &Table, catalog: &Catalog) -> Table {
    let mut table = table.clone();
    let parents: Vec<&Table> = table.inherits.iter().filter_map(|parent| catalog.table(parent)).collect();
    table.columns.retain(|column| parents.iter().all(|parent| parent.column(&column.name).is_none()));
    table
}

/// `drop table`.
pub fn drop(name: &Name) -> String {
    format!("drop table {}", qualified(name))
}

/// `alter table .. set logged`, or `set unlogged`: the table is rewritten.
pub fn set_unlogged(name: &Name, unlogged: bool) -> String {
    format!("alter table {} set {}", qualified(name), if unlogged { "unlogged" } else { "logged" })
}

/// `alter table .. set tablespace`: the table is moved while nobody can read it.
pub fn set_tablespace(name: &Name, tablespace: Option<&str>) -> String {
    let tablespace = quote_ident(tablespace.unwrap_or("pg_default"));
    format!("alter table {} set tablespace {tablespace}", qualified(name))
}

/// `alter table .. set (..)` and `reset (..)`.
pub fn set_with(name: &Name, from: &BTreeMap<String, String>, to: &BTreeMap<String, String>) -> Vec<String> {
    alter_with(&format!("alter table {}", qualified(name)), from, to)
}

/// `alter table .. attach partition`.
pub fn attach(name: &Name, partition: &Partition) -> String {
    let Partition { of, bound } = partition;
    format!("alter table {} attach partition {} {bound}", qualified(of), qualified(name))
}

/// `alter table .. detach partition`.
pub fn detach(name: &Name, of: &Name) -> String {
    format!("alter table {} detach partition {}", qualified(of), qualified(name))
}

/// `alter table .. detach partition .. concurrently`; not in a transaction (PostgreSQL 14).
pub fn detach_concurrently(name: &Name, of: &Name) -> String {
    format!("{} concurrently", detach(name, of))
}

/// `alter table .. inherit`.
pub fn inherit(name: &Name, parent: &Name) -> String {
    format!("alter table {} inherit {}", qualified(name), qualified(parent))
}

/// `alter table .. no inherit`.
pub fn no_inherit(name: &Name, parent: &Name) -> String {
    format!("alter table {} no inherit {}", qualified(name), qualified(parent))
}

/// `comment on table`.
pub fn set_comment(name: &Name, comment: Option<&str>) -> String {
    comment::comment_on(&what(name), comment)
}

/// What makes `to` from `from` as far as it is the table's own: what belongs to it changes by itself. How a table is
/// partitioned cannot be altered.
pub fn alter(from: &Table, to: &Table) -> Vec<String> {
    let name = &to.name;
    let mut statements = Vec::new();
    if from.partition != to.partition {
        statements.extend(from.partition.as_ref().map(|partition| detach(name, &partition.of)));
        statements.extend(to.partition.as_ref().map(|partition| attach(name, partition)));
    }
    let gone = from.inherits.iter().filter(|parent| !to.inherits.contains(parent));
    statements.extend(gone.map(|parent| no_inherit(name, parent)));
    let new = to.inherits.iter().filter(|parent| !from.inherits.contains(parent));
    statements.extend(new.map(|parent| inherit(name, parent)));
    if from.unlogged != to.unlogged {
        statements.push(set_unlogged(name, to.unlogged));
    }
    if from.tablespace != to.tablespace {
        statements.push(set_tablespace(name, to.tablespace.as_deref()));
    }
    statements.extend(set_with(name, &from.with, &to.with));
    statements.extend(policy::set_row_security(name, from.row_security, to.row_security));
    statements.extend(comment::alter(&what(name), from.comment.as_ref(), to.comment.as_ref()));
    statements
}

fn create_table(table: &Table) -> String {
    let Table {
        name,
        columns,
        primary_key: _,
        uniques: _,
        foreign_keys: _,
        checks: _,
        exclusions: _,
        indexes: _,
        triggers: _,
        row_security: _,
        policies: _,
        partitioned,
        partition,
        inherits,
        unlogged,
        tablespace: place,
        with: parameters,
        comment: _,
    } = table;
    let constraints = own_constraints(table).filter(|constraint| is_inline(table, constraint));
    // Those of a partition are its parent's.
    let columns = columns.iter().filter(|_| partition.is_none()).map(column::definition);
    let lines: Vec<_> = columns.chain(constraints.map(|it| constraint::definition(&it))).collect();
    let unlogged = if *unlogged { "unlogged " } else { "" };
    let mut statement = format!("create {unlogged}table {}", qualified(name));
    if let Some(Partition { of, .. }) = partition {
        statement += &format!(" partition of {}", qualified(of));
    }
    if !lines.is_empty() {
        statement += &format!(" (\n    {}\n)", lines.join(",\n    "));
    } else if partition.is_none() {
        statement += " ()";
    }
    if let Some(Partition { bound, .. }) = partition {
        statement += &format!(" {bound}");
    }
    if !inherits.is_empty() {
        statement += &format!(" inherits ({})", join(inherits.iter().map(qualified)));
    }
    if let Some(Partitioned { by }) = partitioned {
        statement += &format!(" partition by {by}");
    }
    format!("{statement}{}{}", with(parameters), tablespace(place.as_ref()))
}

/// Keys, checks and exclusions: what stands in `create table`.
fn own_constraints(table: &Table) -> impl Iterator<Item = Constraint> + '_ {
    table.constraints().filter(|constraint| !matches!(constraint, Constraint::ForeignKey(_)))
}

/// Whether PostgreSQL makes it in `create table` as it is said: there `not valid` means nothing, and of two keys of the
/// same columns it makes one.
fn is_inline(table: &Table, constraint: &Constraint) -> bool {
    match constraint {
        Constraint::Unique(key) => {
            let mut others = table.uniques.iter().take_while(|other| other.name != key.name);
            let primary = table.primary_key.as_ref();
            primary.is_none_or(|primary| primary.columns != key.columns)
                && others.all(|other| other.columns != key.columns)
        }
        other => constraint::is_validated(other),
    }
}

fn what(name: &Name) -> String {
    format!("table {}", qualified(name))
}
