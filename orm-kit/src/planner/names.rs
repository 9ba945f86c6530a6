//! Names that the plan makes up, and names as text.

use crate::catalog::{Kind, Name, ObjectName};
use crate::change::Change;
use orm_core::sql::quote_ident;

/// The most bytes that PostgreSQL keeps of a name.
pub(super) const LONGEST: usize = 63;

/// `base` with `suffix`, shortened to what PostgreSQL keeps; what is cut off leaves its hash.
pub(crate) fn derived(base: &str, suffix: &str) -> String {
    let whole = format!("{base}_{suffix}");
    if whole.len() <= LONGEST {
        return whole;
    }
    let hash =
        base.bytes().fold(0xcbf2_9ce4_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    let tail = format!("_{hash:08x}_{suffix}");
    let mut head = base;
    while head.len() + tail.len() > LONGEST && !head.is_empty() {
        let mut chars = head.chars();
        chars.next_back();
        head = chars.as_str();
    }
    format!("{head}{tail}")
}

/// `"public"."workers"`.
pub(super) fn quoted(name: &Name) -> String {
    format!("{}.{}", quote_ident(&name.schema), quote_ident(&name.name))
}

/// Whether the text of a type is this name: qualified or, in `public`, bare; quoted or not.
pub(super) fn is_type(name: &Name, ty: &str) -> bool {
    let plain = |name: &str| [name.to_owned(), quote_ident(name)];
    plain(&name.name).iter().any(|last| {
        (name.schema == "public" && ty == last)
            || plain(&name.schema).iter().any(|first| {
                ty.strip_prefix(first.as_str()).and_then(|rest| rest.strip_prefix('.')) == Some(last)
            })
    })
}

/// What a column is called.
pub(super) fn column(table: &Name, column: &str) -> ObjectName {
    ObjectName {
        kind: Kind::Column,
        schema: table.schema.clone(),
        table: table.name.clone(),
        name: column.to_owned(),
    }
}

/// What a table is called.
pub(super) fn table(table: &Name) -> ObjectName {
    ObjectName {
        kind: Kind::Table,
        schema: table.schema.clone(),
        table: String::new(),
        name: table.name.clone(),
    }
}

/// The table that an object of a table belongs to.
pub(super) fn table_of(object: &ObjectName) -> Name {
    Name::new(&object.schema, &object.table)
}

/// Whether a change is about an object of the table.
pub(super) fn is_about(change: &Change, table: &Name) -> bool {
    let ObjectName { schema, table: of, .. } = change.object_name();
    schema == table.schema && of == table.name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_name_keeps_its_suffix_and_differs_by_what_is_cut() {
        let (one, other) = ("ä".repeat(31) + "x", "ä".repeat(31) + "y");
        let names = [derived(&one, "not_null"), derived(&other, "not_null")];
        assert!(names.iter().all(|name| name.len() <= 63 && name.ends_with("_not_null")), "{names:?}");
        assert_ne!(names[0], names[1]);
        assert_eq!(derived("email", "new"), "email_new");
    }

    #[test]
    fn a_type_is_named_with_its_schema_or_without() {
        let mood = Name::new("public", "mood");
        for text in ["mood", "public.mood", "\"public\".\"mood\"", "\"mood\""] {
            assert!(is_type(&mood, text), "{text}");
        }
        assert!(!is_type(&mood, "app.mood"));
        assert!(!is_type(&Name::new("app", "mood"), "mood"));
    }
}
