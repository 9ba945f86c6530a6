//! Which changes of a type are free.

use super::*;

fn of(ty: &str) -> Column {
    Column::new("c", ty)
}

#[test]
fn free_changes_are_free() {
    let timestamptz = "timestamp with time zone";
    for (from, to) in [
        ("character varying(10)", "character varying(20)"),
        ("character varying(10)", "character varying"),
        ("character varying(10)", "text"),
        ("text", "character varying"),
        ("numeric(10,2)", "numeric(12,2)"),
        ("numeric(10,2)", "numeric"),
        ("timestamp(3) with time zone", "timestamp(6) with time zone"),
        ("timestamp(3) with time zone", timestamptz),
        ("interval(3)", "interval"),
        ("cidr", "inet"),
        ("bit(8)", "bit varying"),
        ("bit varying(8)", "bit varying(16)"),
        ("oid", "integer"),
    ] {
        assert_eq!(cost(&Catalog::default(), &of(from), &of(to)), Cost::Free, "{from} to {to}");
        assert_eq!(fate(&Catalog::default(), from, to), Fate::Kept, "{from} to {to}");
    }
}

#[test]
fn changes_that_look_free_are_not() {
    for (from, to, kept) in [
        ("integer", "bigint", Fate::Kept),
        ("bigint", "integer", Fate::MayFail),
        ("character(3)", "text", Fate::Kept),
        ("character varying(20)", "character varying(10)", Fate::MayFail),
        ("text", "character varying(10)", Fate::MayFail),
        ("numeric(10,2)", "numeric(10,4)", Fate::MayFail),
        ("numeric(10,2)", "numeric(10,1)", Fate::Narrowed),
        ("numeric(10,2)", "integer", Fate::Narrowed),
        ("character varying(5)[]", "text[]", Fate::Kept),
        ("json", "jsonb", Fate::Narrowed),
        ("timestamp with time zone", "timestamp(3) with time zone", Fate::Narrowed),
        ("uuid", "text", Fate::Kept),
        ("text", "uuid", Fate::MayFail),
    ] {
        assert_eq!(cost(&Catalog::default(), &of(from), &of(to)), Cost::Rewrite, "{from} to {to}");
        assert_eq!(fate(&Catalog::default(), from, to), kept, "{from} to {to}");
    }
}
