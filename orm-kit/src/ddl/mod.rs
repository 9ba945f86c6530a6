//! The text of DDL: the only place in the kit that writes it.
//!
//! Every name is qualified and quoted, no statement ends in a semicolon. [`create()`], [`drop()`], [`alter()`] and [`rename()`]
//! take any object; the modules have what is finer, so that a plan can put its statements in another order.

mod all;
mod alter;
pub mod column;
pub mod comment;
pub mod composite;
pub mod constraint;
pub mod domain;
pub mod enum_type;
pub mod extension;
pub mod grant;
pub mod index;
pub mod policy;
mod rename;
pub mod role;
pub mod routine;
pub mod schema;
pub mod sequence;
pub mod table;
pub mod trigger;
pub mod view;
mod words;

pub use all::create_all;
pub use alter::alter;
pub use rename::rename;

use crate::catalog::Object;

/// The statements that make an object, what is said of it included; a table with all that belongs to it.
///
/// ```
/// use orm_kit::{catalog::{Column, Name, Object}, ddl};
///
/// let column = Object::Column(Name::new("public", "workers"), Column::new("email", "text"));
/// assert_eq!(ddl::create(&column), [r#"alter table "public"."workers" add column "email" text not null"#]);
/// ```
pub fn create(object: &Object) -> Vec<String> {
    match object {
        Object::Schema(schema) => schema::create(schema),
        Object::Extension(extension) => extension::create(extension),
        Object::Role(role) => role::create(role),
        Object::Enum(ty) => enum_type::create(ty),
        Object::Domain(ty) => domain::create(ty),
        Object::Composite(ty) => composite::create(ty),
        Object::Sequence(sequence) => sequence::create(sequence),
        Object::Routine(routine) => routine::create(routine),
        Object::Table(table) => {
            let mut statements = table::create(table);
            statements.extend(table::create_parts(table));
            statements
        }
        Object::Column(table, column) => column::add(table, column),
        Object::Constraint(table, constraint) => constraint::add(table, constraint),
        Object::Index(table, index) => index::create(table, index),
        Object::Trigger(table, trigger) => trigger::create(table, trigger),
        Object::Policy(table, policy) => policy::create(table, policy),
        Object::View(view) => {
            let mut statements = view::create(view);
            statements.extend(view::create_indexes(view));
            statements
        }
        Object::Grant(grant) => vec![grant::grant(grant)],
    }
}

/// The statement that drops an object; it fails if something else needs the object.
///
/// ```
/// use orm_kit::{catalog::{Name, Object, Table}, ddl};
///
/// let workers = Object::Table(Table::new(Name::new("public", "workers")));
/// assert_eq!(ddl::drop(&workers), r#"drop table "public"."workers""#);
/// ```
pub fn drop(object: &Object) -> String {
    match object {
        Object::Schema(schema) => schema::drop(&schema.name),
        Object::Extension(extension) => extension::drop(&extension.name),
        Object::Role(role) => role::drop(&role.name),
        Object::Enum(ty) => enum_type::drop(&ty.name),
        Object::Domain(ty) => domain::drop(&ty.name),
        Object::Composite(ty) => composite::drop(&ty.name),
        Object::Sequence(sequence) => sequence::drop(&sequence.name),
        Object::Routine(routine) => routine::drop(routine),
        Object::Table(table) => table::drop(&table.name),
        Object::Column(table, column) => column::drop(table, &column.name),
        Object::Constraint(table, constraint) => constraint::drop(table, constraint.name()),
        Object::Index(table, index) => index::drop(&table.schema, &index.name),
        Object::Trigger(table, trigger) => trigger::drop(table, &trigger.name),
        Object::Policy(table, policy) => policy::drop(table, &policy.name),
        Object::View(view) => view::drop(view),
        Object::Grant(grant) => grant::revoke(grant),
    }
}
