//! The order in which types are made: each behind those that it is made of.

use super::qualified;
use crate::meta::{CompositeMeta, DomainMeta, EnumMeta, FieldMeta, ObjectMeta};

/// The types among the objects. What is of no matter stays in the order it was listed in.
pub(super) fn types_in_order(objects: &[ObjectMeta]) -> Vec<&ObjectMeta> {
    let mut waiting: Vec<Type<'_>> = objects.iter().filter_map(Type::of).collect();
    let mut ordered = Vec::with_capacity(waiting.len());
    while !waiting.is_empty() {
        let names: Vec<String> = waiting.iter().map(|ty| ty.name.clone()).collect();
        let ready = |ty: &Type<'_>| ty.parts.iter().all(|part| !names.iter().any(|name| name == part));
        let (now, later): (Vec<_>, Vec<_>) = waiting.into_iter().partition(ready);
        if now.is_empty() {
            // Types that are made of each other: the server's message says it best.
            ordered.extend(later.iter().map(|ty| ty.object));
            return ordered;
        }
        ordered.extend(now.iter().map(|ty| ty.object));
        waiting = later;
    }
    ordered
}

/// A type and what it is made of, by their names as SQL.
struct Type<'o> {
    object: &'o ObjectMeta,
    name: String,
    parts: Vec<&'static str>,
}

impl<'o> Type<'o> {
    fn of(object: &'o ObjectMeta) -> Option<Self> {
        let (name, parts) = match object {
            ObjectMeta::Enum(EnumMeta { schema, name, .. }) => (qualified(*schema, name), Vec::new()),
            ObjectMeta::Domain(DomainMeta { schema, name, base, sql_type, .. }) => {
                (qualified(*schema, name), vec![sql_type.unwrap_or(base.name)])
            }
            ObjectMeta::Composite(CompositeMeta { schema, name, fields, .. }) => {
                (qualified(*schema, name), fields.iter().map(FieldMeta::type_name).collect())
            }
            _ => return None,
        };
        let parts = parts.into_iter().map(|part| part.trim_end_matches("[]")).collect();
        Some(Type { object, name, parts })
    }
}
