//! What an object's definition mentions.

use super::Mentions;
use crate::catalog::{
    Check, Column, Constraint, Domain, Exclusion, Index, Object, Policy, Routine, Table, Trigger, View,
};
use orm_core::sql::quote_ident;

/// What must be there for the object to be made. For a table that is what `create table` says: its indexes, foreign
/// keys, triggers and policies are made behind it.
pub fn needs(object: &Object) -> Mentions {
    let mut mentions = Mentions::default();
    match object {
        Object::Schema(_) | Object::Extension(_) | Object::Role(_) | Object::Enum(_) => {}
        Object::Sequence(_) | Object::Grant(_) => {}
        Object::Domain(ty) => {
            let Domain { base, default, checks, .. } = ty;
            mentions.add(base);
            default.iter().for_each(|text| mentions.add(text));
            checks.iter().for_each(|check| mentions.add(&check.expression));
        }
        Object::Composite(ty) => ty.fields.iter().for_each(|field| mentions.add(&field.ty)),
        Object::Routine(Routine { definition, .. }) => mentions.add(definition),
        Object::Table(table) => {
            let Table { columns, partition, inherits, .. } = table;
            let parents = partition.iter().map(|partition| &partition.of).chain(inherits);
            for parent in parents {
                mentions.add(&format!("{}.{}", quote_ident(&parent.schema), quote_ident(&parent.name)));
            }
            columns.iter().for_each(|column| add_column(&mut mentions, column));
            let constraints = table.constraints();
            constraints
                .filter(|constraint| !matches!(constraint, Constraint::ForeignKey(_)))
                .for_each(|constraint| add_constraint(&mut mentions, &constraint));
        }
        Object::Column(_, column) => add_column(&mut mentions, column),
        Object::Constraint(_, constraint) => add_constraint(&mut mentions, constraint),
        Object::Index(_, index) => {
            let Index { keys, include, predicate, .. } = index;
            for key in keys {
                key.column.iter().for_each(|name| mentions.add(&quote_ident(name)));
                key.expression.iter().for_each(|text| mentions.add(text));
            }
            include.iter().for_each(|name| mentions.add(&quote_ident(name)));
            predicate.iter().for_each(|text| mentions.add(text));
        }
        Object::Trigger(_, Trigger { definition, .. }) => mentions.add(definition),
        Object::Policy(_, Policy { using, with_check, .. }) => {
            using.iter().chain(with_check).for_each(|text| mentions.add(text));
        }
        Object::View(View { query, .. }) => mentions.add(query),
    }
    mentions
}

fn add_column(mentions: &mut Mentions, column: &Column) {
    let Column { ty, default, generated, .. } = column;
    mentions.add(ty);
    default.iter().for_each(|text| mentions.add(text));
    generated.iter().for_each(|generated| mentions.add(&generated.expression));
}

fn add_constraint(mentions: &mut Mentions, constraint: &Constraint) {
    let mut add_columns = |names: &[String]| names.iter().for_each(|name| mentions.add(&quote_ident(name)));
    match constraint {
        Constraint::PrimaryKey(key) => {
            [&key.columns, &key.include].into_iter().for_each(|it| add_columns(it))
        }
        Constraint::Unique(key) => [&key.columns, &key.include].into_iter().for_each(|it| add_columns(it)),
        Constraint::ForeignKey(key) => {
            add_columns(&key.columns);
            mentions.add(&format!("{}.{}", quote_ident(&key.table.schema), quote_ident(&key.table.name)));
        }
        Constraint::Check(Check { expression, .. }) => mentions.add(expression),
        Constraint::Exclusion(Exclusion { elements, predicate, .. }) => {
            elements.iter().for_each(|element| mentions.add(&element.key));
            predicate.iter().for_each(|text| mentions.add(text));
        }
    }
}
