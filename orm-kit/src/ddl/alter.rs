//! One object made another, of the same kind and name.

use super::{
    column, composite, constraint, create, domain, drop, enum_type, extension, grant, index, policy, role,
    routine, schema, sequence, table, trigger, view,
};
use crate::catalog::Object;

/// The statements that make `to` from `from`; an object that cannot be altered so far is dropped and created again.
///
/// This is what is shortest, not what is safe while others use the table.
///
/// ```
/// use orm_kit::{catalog::{Column, Name, Object}, ddl};
///
/// let email = |nullable| {
///     Object::Column(Name::new("public", "workers"), Column { nullable, ..Column::new("email", "text") })
/// };
/// assert_eq!(
///     ddl::alter(&email(true), &email(false)),
///     [r#"alter table "public"."workers" alter column "email" set not null"#],
/// );
/// ```
pub fn alter(from: &Object, to: &Object) -> Vec<String> {
    in_place(from, to).unwrap_or_else(|| {
        let mut statements = vec![drop(from)];
        statements.extend(create(to));
        statements
    })
}

fn in_place(from: &Object, to: &Object) -> Option<Vec<String>> {
    match (from, to) {
        (Object::Schema(from), Object::Schema(to)) => Some(schema::alter(from, to)),
        (Object::Extension(from), Object::Extension(to)) => Some(extension::alter(from, to)),
        (Object::Role(from), Object::Role(to)) => Some(role::alter(from, to)),
        (Object::Enum(from), Object::Enum(to)) => {
            let mut statements = enum_type::add_values(&to.name, &from.labels, &to.labels)?;
            statements.extend(enum_type::alter_comment(from, to));
            Some(statements)
        }
        (Object::Domain(from), Object::Domain(to)) => domain::alter(from, to),
        (Object::Composite(from), Object::Composite(to)) => composite::alter(from, to),
        (Object::Sequence(from), Object::Sequence(to)) => Some(sequence::alter(from, to)),
        (Object::Routine(from), Object::Routine(to)) => {
            (from.procedure == to.procedure).then(|| routine::alter(from, to))
        }
        (Object::Table(from), Object::Table(to)) => Some(table::alter(from, to)),
        (Object::Column(_, from), Object::Column(table, to)) => column::alter(table, from, to),
        (Object::Constraint(_, from), Object::Constraint(table, to)) => {
            Some(constraint::alter(table, from, to))
        }
        (Object::Index(_, from), Object::Index(table, to)) => index::alter(table, from, to),
        (Object::Trigger(_, from), Object::Trigger(table, to)) => Some(trigger::alter(table, from, to)),
        (Object::Policy(_, from), Object::Policy(table, to)) => Some(policy::alter(table, from, to)),
        (Object::View(from), Object::View(to)) => {
            let alike =
                from.materialized == to.materialized && from.query == to.query && from.columns == to.columns;
            alike.then(|| view::alter(from, to))
        }
        (Object::Grant(from), Object::Grant(to)) => Some(grant::alter(from, to)),
        _ => None,
    }
}
