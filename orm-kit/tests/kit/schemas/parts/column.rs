//! Columns of tables.

use crate::schemas::{Slot, column, label, routine, some, table, variant};
use orm_kit::catalog::{Column, Generated, Identity, Name, Object, SequenceOptions};

pub(super) fn slots(on: &Name) -> Vec<Slot> {
    vec![
        ids(on),
        names(on),
        ages(on),
        moods(on),
        spots(on),
        tags(on),
        spans(on),
        tickets(on),
        twices(on),
        owners(on),
    ]
}

fn null(name: &str, ty: &str) -> Column {
    Column { nullable: true, ..Column::new(name, ty) }
}

/// Without further needs.
fn plain<const N: usize>(on: &Name, columns: [Column; N]) -> Slot {
    columns.into_iter().map(|it| variant(Object::Column(on.clone(), it), [table(on)])).collect()
}

fn needing(on: &Name, column: Column, need: String) -> super::super::Variant {
    variant(Object::Column(on.clone(), column), [table(on), need])
}

fn ids(on: &Name) -> Slot {
    let id = |ty: &str, identity| Column { identity, ..Column::new("id", ty) };
    let always = |options| Some(Identity { always: true, options });
    let odd = SequenceOptions { increment: Some(5), start: Some(10), ..SequenceOptions::default() };
    plain(
        on,
        [
            id("integer", None),
            id("bigint", None),
            id("bigint", always(SequenceOptions::default())),
            id("bigint", always(odd.clone())),
            id("integer", Some(Identity { always: false, options: odd })),
        ],
    )
}

fn names(on: &Name) -> Slot {
    let text = Column::new("name", "text");
    let given = |column: Column, default: &str| Column { default: some(default), ..column };
    let mut slot = plain(
        on,
        [
            text.clone(),
            given(null("name", "text"), "'x'"),
            null("name", "character varying(20)"),
            given(Column::new("name", "character varying(40)"), "'it''s'"),
            Column { comment: some("It's what\nthey are called"), ..text.clone() },
            Column { collation: Some(Name::new("pg_catalog", "C")), ..text.clone() },
            Column { storage: some("external"), ..text },
        ],
    );
    slot.push(needing(on, null("name", "\"public\".\"citext\""), "extension `citext`".to_owned()));
    slot.push(needing(on, null("name", "\"public\".\"email\""), "domain `email`".to_owned()));
    slot
}

fn ages(on: &Name) -> Slot {
    let given = |column: Column, default: &str| Column { default: some(default), ..column };
    let mut slot = plain(
        on,
        [
            null("age", "integer"),
            given(Column::new("age", "integer"), "0"),
            given(null("age", "bigint"), "3 + 4"),
            null("age", "numeric(8,2)"),
            null("age", "numeric(10,2)"),
            Column::new("age", "smallint"),
        ],
    );
    slot.push(needing(on, given(null("age", "integer"), "public.double(21)"), routine("double")));
    slot
}

fn moods(on: &Name) -> Slot {
    let mood = "\"public\".\"mood\"";
    let there = || "enum `mood`".to_owned();
    let given = Column { default: some("'good'"), ..Column::new("mood", mood) };
    vec![
        needing(on, null("mood", mood), there()),
        needing(on, given.clone(), label("mood", "good")),
        needing(on, null("mood", "\"public\".\"mood\"[]"), there()),
        needing(on, Column { ty: "text".to_owned(), ..given }, table(on)),
        needing(on, null("mood", "\"app\".\"Size\""), "enum `app.Size`".to_owned()),
    ]
}

fn spots(on: &Name) -> Slot {
    let mut slot = plain(on, [null("spot", "text")]);
    let there = "composite type `address`".to_owned();
    slot.push(needing(on, null("spot", "\"public\".\"address\""), there));
    slot.push(needing(on, null("spot", "\"public\".\"score\""), "domain `score`".to_owned()));
    slot
}

fn tags(on: &Name) -> Slot {
    let given = Column { default: some("'{}'"), ..Column::new("tags", "text[]") };
    plain(on, [null("tags", "text[]"), given, null("tags", "integer[]")])
}

fn spans(on: &Name) -> Slot {
    let at = |ty: &str| null("during", ty);
    plain(on, [at("tsrange"), at("tstzrange")])
}

fn tickets(on: &Name) -> Slot {
    let ticket =
        Column { default: some("nextval('\"public\".\"ticket\"')"), ..Column::new("ticket", "bigint") };
    let mut slot = plain(on, [null("ticket", "bigint")]);
    slot.push(needing(on, ticket, "sequence `ticket`".to_owned()));
    slot
}

fn twices(on: &Name) -> Slot {
    let twice = |ty: &str, expression: &str| Column {
        generated: Some(Generated { expression: expression.to_owned(), stored: true }),
        ..null("twice", ty)
    };
    let double = twice("bigint", "public.double(age::integer)");
    vec![
        needing(on, null("twice", "bigint"), table(on)),
        needing(on, twice("bigint", "age * 2"), column(on, "age")),
        needing(on, twice("numeric", "age * 2"), column(on, "age")),
        needing(on, twice("bigint", "age + 1"), column(on, "age")),
        variant(Object::Column(on.clone(), double), [column(on, "age"), routine("double")]),
    ]
}

fn owners(on: &Name) -> Slot {
    plain(on, [null("owner", "bigint"), null("owner", "integer"), Column::new("owner", "bigint")])
}
