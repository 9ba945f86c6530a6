//! Derives in modules that call their own things as the standard library calls its.

use crate::TestResult;
use crate::catalog::Catalog;

/// A module in which every short name is something else.
#[expect(dead_code, reason = "most of the names only have to be there")]
mod shadowed {
    pub(super) struct Option;
    pub(super) struct Result;
    pub(super) struct String;
    pub(super) struct Vec;
    pub(super) struct Box;
    pub(super) struct Default;
    pub(super) struct Clone;
    pub(super) struct Copy;
    pub(super) struct Iterator;
    pub(super) struct Some;
    pub(super) struct Ok;
    pub(super) struct Err;
    #[expect(non_upper_case_globals, reason = "that is what it shadows")]
    pub(super) const None: () = ();
    pub(super) enum Column {}
    pub(super) enum Columns {}
    pub(super) enum Source {}
    pub(super) enum Value {}
    pub(super) enum Args {}
    pub(super) enum Fields {}
    pub(super) mod core {}
    pub(super) mod std {}
    pub(super) mod mizzle {}

    #[derive(::mizzle::PgEnum, Debug, PartialEq)]
    pub(super) enum Kind {
        Some,
        None,
        Ok,
        Err,
    }

    #[derive(::mizzle::PgNewtype, Debug, PartialEq)]
    #[orm(domain = "score", check = "value > 0")]
    pub(super) struct Score(pub(super) i32);

    #[derive(::mizzle::PgNewtype, Debug, PartialEq)]
    pub(super) struct Plain {
        pub(super) inner: ::std::string::String,
    }

    #[derive(::mizzle::PgComposite, Debug, PartialEq)]
    #[orm(name = "shadowed_record")]
    pub(super) struct Record {
        pub(super) kind: Kind,
        pub(super) score: ::std::option::Option<Score>,
        pub(super) record: ::std::vec::Vec<Plain>,
        pub(super) out: bool,
        pub(super) ty: i32,
        pub(super) raw: i32,
    }

    /// A table.
    #[derive(::mizzle::Table, Debug, PartialEq)]
    #[orm(table = "shadowed", index(name, id.desc()), check("true"))]
    pub(super) struct Table {
        #[orm(primary_key, identity)]
        pub(super) id: i64,
        #[orm(default = "none")]
        pub(super) name: ::std::string::String,
        pub(super) note: ::std::option::Option<::std::string::String>,
        #[orm(default = Kind::None, on_update = Kind::Err)]
        pub(super) kind: Kind,
        pub(super) scores: ::std::vec::Vec<Score>,
        pub(super) plain: Plain,
        pub(super) record: ::std::option::Option<Record>,
        #[orm(references(Table.id))]
        pub(super) parent: ::std::option::Option<i64>,
    }

    #[derive(::mizzle::Insert)]
    #[orm(table = Table)]
    pub(super) struct Insert<'a> {
        pub(super) note: ::std::option::Option<&'a str>,
        pub(super) scores: ::std::vec::Vec<Score>,
        pub(super) plain: &'a Plain,
    }

    #[derive(::mizzle::Row, Debug, PartialEq)]
    pub(super) struct Row {
        pub(super) name: ::std::string::String,
        pub(super) kind: Kind,
    }

    ::mizzle::alias!(pub(super) Query = Table);

    pub(super) const SCHEMA: ::mizzle::Schema = ::mizzle::schema![Kind, Score, Table, Record];
}

#[tokio::test]
async fn derives_name_nothing_that_a_module_may_shadow() -> TestResult {
    use mizzle::prelude::{Operators, Run, insert, select, update};
    use shadowed::{Insert, Kind, Plain, Query, Record, Row, SCHEMA, Score, Table};

    let catalog = Catalog::create(&SCHEMA).await?;
    let db = catalog.db().await?;
    let plain = Plain { inner: "p".to_owned() };
    insert(Table).rows(&[Insert { note: None, scores: vec![Score(1)], plain: &plain }]).execute(&db).await?;
    let row = update(Table)
        .set(Table.note, "n")
        .find(1)
        .returning((Table.name, Table.kind))
        .to::<Row>()
        .one(&db)
        .await?;
    assert_eq!(row, Row { name: "none".to_owned(), kind: Kind::Err });
    let record = || Record { kind: Kind::Ok, score: None, record: vec![], out: true, ty: 1, raw: 2 };
    update(Table).set(Table.record, record()).find(1).execute(&db).await?;
    let table = select(Query).filter(Query.plain.eq(&plain)).one(&db).await?;
    assert_eq!((table.note.as_deref(), table.scores, table.parent), (Some("n"), vec![Score(1)], None));
    assert_eq!(table.record, Some(record()));
    Ok(())
}

/// A function that has the tables it needs and nothing else in scope.
#[tokio::test]
async fn a_struct_in_a_function_is_a_table() -> TestResult {
    use mizzle::prelude::*;

    #[derive(Table, Debug, PartialEq)]
    struct Inner {
        #[orm(primary_key)]
        id: i32,
        #[orm(references(Inner.id))]
        next: Option<i32>,
    }
    #[derive(Insert)]
    #[orm(table = Inner)]
    struct NewInner {
        id: i32,
        next: Option<i32>,
    }
    #[derive(Row, Debug, PartialEq)]
    struct Pair(i32, Option<i32>);
    alias!(Other = Inner);

    const SCHEMA: Schema = schema![Inner];
    let catalog = Catalog::create(&SCHEMA).await?;
    let db = catalog.db().await?;
    insert(Inner)
        .rows(&[NewInner { id: 1, next: None }, NewInner { id: 2, next: Some(1) }])
        .execute(&db)
        .await?;
    let pairs =
        select((Inner.id, Other.id)).from(Inner).left_join(Other, Inner.next.eq(Other.id)).order_by(Inner.id);
    assert_eq!(pairs.to::<Pair>().all(&db).await?, [Pair(1, None), Pair(2, Some(1))]);
    Ok(())
}
