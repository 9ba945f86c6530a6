//! Every mistake of an attribute and the sentence it gets.

use super::{input, messages};
use crate::expand::{
    derive_composite, derive_enum, derive_insert, derive_newtype, derive_patch, derive_row, derive_table,
    derive_update,
};

#[track_caller]
fn table(text: &str, expected: &[&str]) {
    assert_eq!(messages(derive_table(&input(text))), expected, "{text}");
}

/// Mistakes of one column.
#[track_caller]
fn column(attributes: &str, expected: &[&str]) {
    typed(attributes, "String", expected);
}

#[track_caller]
fn typed(attributes: &str, ty: &str, expected: &[&str]) {
    table(&format!("struct User {{ #[orm({attributes})] email: {ty} }}"), expected);
}

#[test]
fn composites() {
    let check = |text: &str, expected: &[&str]| {
        assert_eq!(messages(derive_composite(&input(text))), expected, "{text}");
    };
    check(
        "struct A;",
        &["`#[derive(PgComposite)]` needs a struct with named fields; `A` is a struct without fields"],
    );
    check("struct A {}", &["`#[derive(PgComposite)]` needs at least one field; `A` has none"]);
    check(
        "struct A { #[orm(default = 1)] a: i32 }",
        &["`default` is not expected on a composite field; put it on the table's column"],
    );
    check(
        "#[orm(varchar(3))] struct A { #[orm(schema = \"s\")] a: i32 }",
        &[
            "`varchar` is not expected on a composite type; put it on a field",
            "`schema` is not expected on a composite field; put it on the struct",
        ],
    );
    check(
        "struct A { a: i32, #[orm(name = \"a\")] b: i32 }",
        &["two fields are named `a`: `a` and `b`; rename one with `name = \"..\"`"],
    );
    check(
        "struct A { #[orm(varchar(3), char(3))] a: String, #[orm(varchar(0))] b: String }",
        &[
            "`char` contradicts `varchar` on field `a`; keep one",
            "the length of `varchar` is 0; expected 1 to 10485760",
        ],
    );
}

#[test]
fn types_that_postgres_has_already() {
    let message = |name: &str, word: &str| {
        format!(
            "`{name}` is the name of one of PostgreSQL's own types; choose another with `{word} = \"..\"`, or add a `schema`"
        )
    };
    assert_eq!(messages(derive_composite(&input("struct Point { x: i32 }"))), [message("point", "name")]);
    assert_eq!(
        messages(derive_enum(&input("#[orm(name = \"path\")] enum A { B }"))),
        [message("path", "name")]
    );
    assert_eq!(
        messages(derive_newtype(&input("#[orm(domain = \"money\")] struct A(i64);"))),
        [message("money", "domain")]
    );
    let elsewhere = "#[orm(schema = \"geo\")] struct Point { x: i32 }";
    assert!(messages(derive_composite(&input(elsewhere))).is_empty());
}

#[test]
fn set_null_of_a_column_that_cannot_be_null() {
    let message =
        "`set_null` on column `email`, which cannot be NULL; write `Option<String>` or another action";
    column("references(Team.name, on_delete = set_null)", &[message]);
    typed("references(Team.name, on_delete = set_null)", "Option<String>", &[]);
}

#[test]
fn misspelt() {
    column("primay_key", &["unknown column attribute `primay_key`; did you mean `primary_key`?"]);
    column(
        "foo",
        &[
            "unknown column attribute `foo`; expected one of `name`, `primary_key`, `unique`, `index`, `default`, `on_update`, \
           `identity`, `generated`, `virtual`, `references`, `check`, `varchar`, `char`, `numeric`, `type`, `collate`, \
           `storage`, `compression`, `renamed_from`",
        ],
    );
    column(
        "references(Worker.id, on_delete = cascad)",
        &["unknown action `cascad`; did you mean `cascade`?"],
    );
    column("identity(alway)", &["unknown identity option `alway`; did you mean `always`?"]);
    table(
        "#[orm(index(columns(email.dsc())))] struct User { email: String }",
        &["unknown option of a key `dsc`; did you mean `desc`?"],
    );
}

#[test]
fn doubled() {
    column("unique, unique", &["`unique` given twice on column `email`; remove one"]);
    column("varchar(1), varchar(2)", &["`varchar` given twice on column `email`; remove one"]);
    table(
        "#[orm(table = \"a\")] #[orm(table = \"b\")] struct User { id: i64 }",
        &["`table` given twice on table `User`; remove one"],
    );
}

#[test]
fn misplaced() {
    column("table = \"x\"", &["`table` is not expected on a column; put it on the struct"]);
    table(
        "#[orm(references(A.b))] struct User { id: i64 }",
        &["`references` is not expected on a table; put it on the field of the column"],
    );
}

#[test]
fn contradictory() {
    column("varchar(1), char(2)", &["`char` contradicts `varchar` on column `email`; keep one"]);
    column("identity, default = 1", &["`default` contradicts `identity` on column `email`; keep one"]);
    column(
        "generated = \"x\", default = 1",
        &["`default` contradicts `generated` on column `email`; keep one"],
    );
    column(
        "generated = \"x\", on_update = now()",
        &["`on_update` contradicts `generated` on column `email`; keep one"],
    );
    column("primary_key, unique", &["`unique` on column `email` is implied by `primary_key`; remove it"]);
    table(
        "#[orm(primary_key(a))] struct T { #[orm(primary_key)] a: i64 }",
        &["`primary_key` is also given on column `a`; keep one"],
    );
    table(
        "struct T { #[orm(primary_key)] a: i64, #[orm(primary_key)] b: i64 }",
        &[
            "`primary_key` is also given on column `a`; for one key of both write `#[orm(primary_key(a, b))]` on the struct",
        ],
    );
    table(
        "#[orm(unique(a, b), unique(a, b))] struct T { a: i64, b: i64 }",
        &["`unique` is already given for the columns of this `unique`; remove one"],
    );
}

#[test]
fn not_null() {
    let message = "`primary_key` column `email` cannot be NULL; write `String` instead of `Option<String>`";
    typed("primary_key", "Option<String>", &[message]);
    let message = "`identity` column `email` cannot be NULL; write `i64` instead of `Option<i64>`";
    typed("identity", "Option<i64>", &[message]);
    table(
        "#[orm(primary_key(a))] struct T { a: Option<i64> }",
        &["`primary_key` column `a` cannot be NULL; write `i64` instead of `Option<i64>`"],
    );
}

#[test]
fn unknown_columns() {
    let message =
        |list| format!("`{list}` column `emial` is not a field of `User`; fields are `id`, `email`");
    for list in ["index", "unique", "primary_key"] {
        let text = format!("#[orm({list}(emial))] struct User {{ id: i64, email: String }}");
        table(&text, &[message(list).as_str()]);
    }
    table(
        "#[orm(foreign_key(columns(emial), references(A.b)))] struct User { id: i64, email: String }",
        &[message("foreign_key").as_str()],
    );
    table(
        "#[orm(unique(id, id))] struct User { id: i64 }",
        &["`unique` lists column `id` twice; remove one"],
    );
}

#[test]
fn names() {
    table(
        "struct T { id: i64, #[orm(name = \"id\")] user_id: i64 }",
        &["two columns are named `id`: `id` and `user_id`; rename one with `name = \"..\"`"],
    );
    column("name = \"\"", &["this name is empty; write one"]);
    column("name = \"a\\0b\"", &["a name in PostgreSQL cannot hold a NUL character; remove `\\0`"]);
    let long = "x".repeat(64);
    let message = format!("`{long}` has 64 bytes and a name in PostgreSQL at most 63; shorten it");
    column(&format!("name = \"{long}\""), &[&message]);
    table(
        &format!("struct T {{ {long}: i64 }}"),
        &[format!("{message}, or name it with `name = \"..\"`").as_str()],
    );
    table(
        "#[orm(unique(name = \"n\", columns(a)), check(name = \"n\", \"a > 0\"))] struct T { a: i64 }",
        &["two constraints or indexes of table `T` are named `n`; rename one"],
    );
}

#[test]
fn sizes() {
    column("varchar(0)", &["the length of `varchar` is 0; expected 1 to 10485760"]);
    column("char(10485761)", &["the length of `char` is 10485761; expected 1 to 10485760"]);
    column(
        "numeric(1001, -1001)",
        &[
            "the precision of `numeric` is 1001; expected 1 to 1000",
            "the scale of `numeric` is -1001; expected -1000 to 1000",
        ],
    );
    column("varchar", &["`varchar` needs a value; write `varchar(255)`"]);
    column("varchar(a)", &["expected an integer"]);
    column("varchar(1, 2)", &["unexpected in `varchar`; write `varchar(255)`"]);
    let fields: String = (0..1601).map(|at| format!("c{at}: Option<i64>,")).collect();
    table(&format!("struct T {{ {fields} }}"), &["table `T` has 1601 columns and PostgreSQL allows 1600"]);
    table("struct T {}", &["table `T` has no columns; give the struct a field"]);
}

#[test]
fn defaults() {
    column("default = json!({ \"a\": { key: 1 } })", &["expected a key in quotes"]);
    column("default = f(g(x), 1)", &["expected a literal or a call; write anything else as `sql(\"..\")`"]);
    column("default = 1 2", &["expected `,` before this"]);
}

#[test]
fn references() {
    table(
        "#[orm(foreign_key(columns(a), references(O.x, O.y)))] struct T { a: i64 }",
        &["`foreign_key` pairs columns with targets and has 1 and 2 of them; write as many of each"],
    );
    table(
        "#[orm(foreign_key(columns(a, b), references(O.x, P.y)))] struct T { a: i64, b: i64 }",
        &["`foreign_key` references both `O` and `P`; a key has one target table"],
    );
    table(
        "#[orm(foreign_key(columns(a)))] struct T { a: i64 }",
        &["`foreign_key` needs `references(Other.x, Other.y)`"],
    );
    column(
        "references(Worker)",
        &["`Worker` is a table, and a reference needs its column; write `Worker.id`"],
    );
    column("references", &["`references` needs a value; write `references(Table.column)`"]);
}

#[test]
fn indexes() {
    table(
        "#[orm(index(columns(\"lower(a)\")))] struct T { a: String }",
        &["an `index` with an expression needs a name; write `index(name = \"..\", columns(..))`"],
    );
    table(
        "#[orm(index(a.asc().desc()))] struct T { a: String }",
        &["`desc` follows another option of its kind; keep one"],
    );
    table(
        "#[orm(index(a, nulls_not_distinct))] struct T { a: String }",
        &["`nulls_not_distinct` on an `index` that is not unique; add `unique`"],
    );
    table(
        "#[orm(index(columns(a.collate())))] struct T { a: String }",
        &["expected a string literal for `collate`"],
    );
}

#[test]
fn keys() {
    table(
        "#[orm(primary_key(a, nulls_not_distinct))] struct T { a: i64 }",
        &["`nulls_not_distinct` on a `primary_key`, whose columns are never NULL; remove it"],
    );
    table(
        "#[orm(unique(a, include(x)))] struct T { a: i64 }",
        &["`include` column `x` is not a field of `T`; fields are `a`"],
    );
    table(
        "#[orm(unique(deferrable))] struct T { deferrable: i64 }",
        &["`unique` lists no columns; write `unique(a, b)`"],
    );
    table("#[orm(unique(columns(deferrable)))] struct T { deferrable: i64 }", &[]);
    column(
        "unique(defer)",
        &[
            "unknown key option `defer`; expected one of `name`, `include`, `nulls_not_distinct`, `deferrable`, `initially_deferred`",
        ],
    );
    column("check(inherit, \"true\")", &["unknown check option `inherit`; did you mean `no_inherit`?"]);
}

#[test]
fn identities() {
    let identity = |options: &str, expected: &[&str]| typed(&format!("identity({options})"), "i64", expected);
    identity("by_default, start = 100, min = -9223372036854775808, cycle", &[]);
    identity("always, by_default", &["`by_default` follows another kind of identity; keep one"]);
    identity("start", &["`start` needs a value; write `start = 100`"]);
    identity("start = 1, start = 2", &["`start` given twice on column `email`; remove one"]);
    identity("start = 9223372036854775808", &["expected an integer of 64 bits"]);
    identity("increment = 0", &["`increment` is 0 on column `email`; expected any other number"]);
    identity("min = 2, max = 1", &["`max` is less than `min` on column `email`; exchange them"]);
    identity("cache = 0", &["the `cache` of an identity is 0; expected 1 to 9223372036854775807"]);
    identity("", &["`identity` needs a value; write `identity(always)`"]);
}

#[test]
fn storage() {
    column(
        "storage = \"main\"",
        &["expected a storage; expected one of `plain`, `external`, `extended`, `main`"],
    );
    column("compression = zstd", &["unknown compression `zstd`; expected one of `pglz`, `lz4`"]);
    column("compression", &["`compression` needs a value; write `compression = lz4`"]);
    column("collate = \"\"", &["this name is empty; write one"]);
    column(
        "virtual",
        &["`virtual` is about `generated`, which is not given on column `email`; add `generated = \"..\"`"],
    );
}

#[test]
fn renamed() {
    let message = |what: &str| format!("{what} still; write the former name in `renamed_from`, or remove it");
    column("renamed_from = \"email\"", &[&message("the column is called `email`")]);
    table(
        "#[orm(table = \"users\", renamed_from = \"users\")] struct User { id: i64 }",
        &[&message("the table is called `users`")],
    );
    let check =
        |text: &str, expected: &[&str]| assert_eq!(messages(derive_enum(&input(text))), expected, "{text}");
    check("#[orm(renamed_from = \"e\")] enum E { A }", &[&message("the enum is called `e`")]);
    check("enum E { #[orm(renamed_from = \"a\")] A }", &[&message("the label is called `a`")]);
    check("#[orm(renamed_from = \"f\")] enum E { #[orm(renamed_from = \"b\")] A }", &[]);
}

#[test]
fn shapes() {
    let needs = "`#[derive(Table)]` needs a struct with named fields; ";
    table("struct P(i64);", &[format!("{needs}`P` is a tuple struct").as_str()]);
    table("enum P { A }", &[format!("{needs}`P` is an enum").as_str()]);
    table("struct P;", &[format!("{needs}`P` is a struct without fields").as_str()]);
    table(
        "struct P<T> { a: T }",
        &["`#[derive(Table)]` takes no type parameter; write a concrete type in place of `T`"],
    );
    table("#[orm()] struct P { a: i64 }", &["`#[orm()]` is empty; write an attribute in it or remove it"]);
    table("#[orm] struct P { a: i64 }", &["expected a list in parentheses: `#[orm(..)]`"]);
}

#[test]
fn all_mistakes_in_one_compile() {
    table(
        "#[orm(tabel = \"t\", index(x))] struct T { #[orm(nam = \"a\", varchar(0), unique unique)] a: String }",
        &[
            "unknown table attribute `tabel`; did you mean `table`?",
            "unknown column attribute `nam`; did you mean `name`?",
            "expected `,` before this",
            "`index` column `x` is not a field of `T`; fields are `a`",
            "the length of `varchar` is 0; expected 1 to 10485760",
        ],
    );
}

#[test]
fn enums() {
    let check =
        |text: &str, expected: &[&str]| assert_eq!(messages(derive_enum(&input(text))), expected, "{text}");
    check("enum E {}", &["`#[derive(PgEnum)]` needs at least one variant; `E` has none"]);
    check("struct E;", &["`#[derive(PgEnum)]` needs an enum; `E` is a struct without fields"]);
    check("enum E { A(i32) }", &["variant `A` carries data, and a label in PostgreSQL has none; remove it"]);
    check(
        "enum E { A, #[orm(rename = \"a\")] B }",
        &["two variants have the label `a`: `A` and `B`; rename one"],
    );
    check(
        "#[orm(rename = \"x\")] enum E { A }",
        &["`rename` is not expected on an enum; put it on a variant"],
    );
    check("enum E { #[orm(name = \"x\")] A }", &["`name` is not expected on a variant; put it on the enum"]);
    check(
        "#[orm(rename_all = \"snakecase\")] enum E { A }",
        &["unknown case `snakecase`; did you mean `snake_case`?"],
    );
}

#[test]
fn newtypes() {
    let check = |text: &str, expected: &[&str]| {
        assert_eq!(messages(derive_newtype(&input(text))), expected, "{text}")
    };
    check(
        "struct N(i64, i64);",
        &["`#[derive(PgNewtype)]` needs a struct with exactly one field; `N` has 2"],
    );
    check("enum N { A }", &["`#[derive(PgNewtype)]` needs a struct with exactly one field; `N` is an enum"]);
    check(
        "#[orm(check = \"value > 0\")] struct N(i64);",
        &["`check` is about a domain and none is named; add `domain = \"..\"`"],
    );
}

#[test]
fn inserts_and_rows() {
    let check =
        |text: &str, expected: &[&str]| assert_eq!(messages(derive_insert(&input(text))), expected, "{text}");
    check("struct N { a: i64 }", &["`N` names no table; add `#[orm(table = Worker)]` to the struct"]);
    check("#[orm(table = T)] struct N {}", &["`#[derive(Insert)]` needs at least one field; `N` has none"]);
    check(
        "#[orm(table = T)] struct N { a: i64, #[orm(column = a)] b: i64 }",
        &["two fields set column `a`: `a` and `b`; remove one"],
    );
    check(
        "#[orm(table = T)] struct N<X> { a: X }",
        &["`#[derive(Insert)]` takes no type parameter; write a concrete type in place of `X`"],
    );
    let check =
        |text: &str, expected: &[&str]| assert_eq!(messages(derive_row(&input(text))), expected, "{text}");
    check("struct R {}", &["`#[derive(Row)]` needs 1 to 16 fields; `R` has 0"]);
    check("enum R { A }", &["`#[derive(Row)]` needs a struct; `R` is an enum"]);
}

#[test]
fn patches_and_updates() {
    let check =
        |text: &str, expected: &[&str]| assert_eq!(messages(derive_patch(&input(text))), expected, "{text}");
    check(
        "struct P { a: i64, b: Option<i64>, c: &'static str }",
        &[
            "`P` names no table; add `#[orm(table = Worker)]` to the struct",
            "field `a` of a patch must be an `Option`; write `Option<i64>`, whose `None` leaves the column alone",
            "field `c` of a patch must be an `Option`; write `Option<&'static str>`, whose `None` leaves the column alone",
        ],
    );
    check("#[orm(table = T)] struct P {}", &["`#[derive(Patch)]` needs at least one field; `P` has none"]);
    let fields: String = (0..65).map(|at| format!("c{at}: Option<i32>,")).collect();
    check(
        &format!("#[orm(table = T)] struct P {{ {fields} }}"),
        &["a patch has at most 64 fields; `P` has 65"],
    );
    let check =
        |text: &str, expected: &[&str]| assert_eq!(messages(derive_update(&input(text))), expected, "{text}");
    check("enum U { A }", &["`#[derive(Update)]` needs a struct with named fields; `U` is an enum"]);
    check(
        "#[orm(table = T)] struct U { id: i64, #[orm(column = id)] a: i64 }",
        &["two fields set column `id`: `id` and `a`; remove one"],
    );
}
