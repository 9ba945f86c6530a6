//! Names that SQL would trip over: each lives through create, insert, select, join, update and delete.

use crate::TestResult;
use crate::catalog::Catalog;
use mizzle::prelude::*;

/// A table, its alias and its enum under hostile names, and what becomes of them.
macro_rules! lives {
    ($($test:ident { table: $table:literal, column: $column:literal, label: $label:literal, other: $other:literal })+) => {$(
        #[tokio::test]
        async fn $test() -> TestResult {
            #[derive(PgEnum, Debug, Clone, Copy, PartialEq, Eq)]
            #[orm(name = $other)]
            enum Kind {
                #[orm(rename = $label)]
                Odd,
                Plain,
            }

            #[derive(Table, Debug, Clone, PartialEq)]
            #[orm(
                table = $table,
                index(name = "i", columns(text, kind)),
                check(name = $other, "true")
            )]
            struct Odd {
                #[orm(primary_key, name = $other)]
                id: i32,
                #[orm(name = $column, unique(name = $column), default = $label)]
                text: String,
                #[orm(default = Kind::Odd, index(name = $other))]
                kind: Kind,
                kinds: Vec<Kind>,
                #[orm(references(Odd.id, name = $table))]
                parent: Option<i32>,
            }

            #[derive(Insert)]
            #[orm(table = Odd)]
            struct NewOdd {
                id: i32,
                text: String,
                kind: Kind,
                kinds: Vec<Kind>,
                parent: Option<i32>,
            }

            alias!(Other = Odd);
            const SCHEMA: Schema = schema![Kind, Odd];
            let catalog = Catalog::create(&SCHEMA).await?;
            let db = catalog.db().await?;

            insert(Odd).set(Odd.id, 1).set(Odd.kinds, [Kind::Odd]).execute(&db).await?;
            let rows = [
                NewOdd { id: 2, text: "two".to_owned(), kind: Kind::Plain, kinds: vec![Kind::Odd, Kind::Plain], parent: Some(1) },
                NewOdd { id: 3, text: "three".to_owned(), kind: Kind::Odd, kinds: vec![], parent: Some(2) },
            ];
            assert_eq!(insert(Odd).rows(&rows).execute(&db).await?, 2);

            let one = Odd { id: 1, text: $label.to_owned(), kind: Kind::Odd, kinds: vec![Kind::Odd], parent: None };
            assert_eq!(select(Odd).find(1).one(&db).await?, one);
            let odd = select(Odd.id).from(Odd).filter(Odd.kind.in_([Kind::Odd])).filter(Odd.text.ne($label));
            assert_eq!(odd.all(&db).await?, [3]);
            let family = select((Odd.text, Other)).from(Odd).left_join(Other, Odd.parent.eq(Other.id)).order_by(Odd.id);
            let family = family.all(&db).await?;
            assert_eq!(family[1], ("two".to_owned(), Some(one)));

            let text = update(Odd).set(Odd.text, "new").set(Odd.kind, Kind::Odd).find(2).returning((Odd.text, Odd.kind));
            assert_eq!(text.one(&db).await?, ("new".to_owned(), Kind::Odd));
            assert_eq!(delete(Odd).filter(Odd.text.eq("three")).execute(&db).await?, 1);
            assert_eq!(select(Odd).count(&db).await?, 2);

            let labels = "select enumlabel::text from pg_enum join pg_type t on t.oid = enumtypid where typname = $1 order by enumsortorder";
            assert_eq!(catalog.lines(labels, $other).await?, [$label, "plain"]);
            Ok(())
        }
    )+};
}

lives! {
    quotes { table: "ta\"b'le", column: "co\"\"l'umn", label: "la\"b'el", other: "\"" }
    injections {
        table: "x\"; drop table y; --", column: "a\" = 1 or \"a", label: "'); drop table y; --", other: "n\"; select 1"
    }
    keywords { table: "select", column: "from", label: "null", other: "user" }
    unicode { table: "größe", column: "日本語", label: "\u{1F600}", other: "Ünï çødé" }
    backslashes { table: "a\\b", column: "\\", label: "c:\\d\\'e", other: "\\n" }
    newlines { table: "a\nb", column: "c\r\nd\t", label: "\n", other: " " }
    cases { table: "CamelCase", column: "UPPER", label: "MiXed", other: "snake_Case" }
    braces { table: "$1", column: "{id}", label: "%s ? :name @x", other: "a.b" }
    sixty_three_bytes {
        table: "ttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttt",
        column: "ccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc",
        label: "lllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllll",
        other: "ééééééééééééééééééééééééééééééé_"
    }
}

#[derive(PgEnum, Debug, Clone, Copy, PartialEq, Eq)]
#[orm(schema = "an \"odd\" schema", name = "odd kind", rename_all = "SCREAMING-KEBAB-CASE")]
enum SchemaKind {
    FirstKind,
    SecondKind,
}

#[derive(PgNewtype, Debug, Clone, PartialEq, Eq)]
#[orm(schema = "an \"odd\" schema", domain = "odd 'domain'", check = "value <> ''")]
struct OddDomain(String);

#[derive(Table, Debug, Clone, PartialEq)]
#[orm(schema = "an \"odd\" schema", table = "odd.table")]
struct InSchema {
    #[orm(primary_key, identity)]
    id: i32,
    #[orm(default = SchemaKind::SecondKind)]
    kind: SchemaKind,
    #[orm(default = sql("'{}'"))]
    kinds: Vec<SchemaKind>,
    domain: OddDomain,
    domains: Option<Vec<OddDomain>>,
}

#[derive(Insert)]
#[orm(table = InSchema)]
struct NewInSchema {
    kind: SchemaKind,
    kinds: Vec<SchemaKind>,
    domain: OddDomain,
    domains: Option<Vec<OddDomain>>,
}

#[tokio::test]
async fn enums_and_domains_of_a_schema_are_named_with_it() -> TestResult {
    const SCHEMA: Schema = schema![SchemaKind, OddDomain, InSchema];
    alias!(Other = InSchema);
    let catalog = Catalog::create(&SCHEMA).await?;
    let db = catalog.db().await?;
    let d = OddDomain("d".to_owned());
    let one = insert(InSchema)
        .set(InSchema.domain, &d)
        .set(InSchema.kinds, [SchemaKind::FirstKind])
        .set(InSchema.domains, vec![d.clone()])
        .returning(InSchema)
        .one(&db)
        .await?;
    let expected = InSchema {
        id: 1,
        kind: SchemaKind::SecondKind,
        kinds: vec![SchemaKind::FirstKind],
        domain: d.clone(),
        domains: Some(vec![d.clone()]),
    };
    assert_eq!(one, expected);
    let row = NewInSchema { kind: SchemaKind::FirstKind, kinds: vec![], domain: d.clone(), domains: None };
    insert(InSchema).rows(&[row]).execute(&db).await?;
    let pairs = select((InSchema.id, Other.id))
        .from(InSchema)
        .join(Other, Other.domain.eq(InSchema.domain).and(Other.kind.ne(InSchema.kind)))
        .filter(InSchema.kind.eq(SchemaKind::FirstKind))
        .filter(Other.domain.eq(&d));
    assert_eq!(pairs.all(&db).await?, [(2, 1)]);
    let updated = update(InSchema)
        .set(InSchema.kind, SchemaKind::FirstKind)
        .filter(InSchema.kind.in_([SchemaKind::SecondKind]));
    assert_eq!(updated.execute(&db).await?, 1);
    Ok(())
}
