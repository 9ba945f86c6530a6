//! `#[orm(crate = ..)]`: the library under another path than `::mizzle`.

use crate::TestResult;
use crate::catalog::Catalog;

mod vendored {
    pub(super) mod deep {
        pub(crate) use mizzle as orm;
    }
}

/// No `mizzle` can be found from here.
mod without {
    use super::vendored::deep::orm::{
        Db, Error, Insert, PgEnum, PgNewtype, Row, Run as _, Schema, Table, alias, schema, sql,
    };

    mod mizzle {}

    #[derive(PgEnum, Debug, Clone, Copy, PartialEq, Eq)]
    #[orm(crate = super::vendored::deep::orm)]
    pub(super) enum Kind {
        One,
        Two,
    }

    #[derive(PgNewtype, Debug, Clone, PartialEq)]
    #[orm(crate = super::vendored::deep::orm, domain = "label")]
    pub(super) struct Label(pub(super) String);

    #[derive(Table, Debug, Clone, PartialEq)]
    #[orm(crate = super::vendored::deep::orm, table = "things")]
    pub(super) struct Thing {
        #[orm(primary_key)]
        pub(super) id: i32,
        #[orm(default = Kind::Two, on_update = Kind::One)]
        pub(super) kind: Kind,
        pub(super) label: Option<Label>,
        #[orm(references(Thing.id))]
        pub(super) parent: Option<i32>,
    }

    #[derive(Insert)]
    #[orm(crate = super::vendored::deep::orm, table = Thing)]
    pub(super) struct NewThing {
        pub(super) id: i32,
        pub(super) label: Label,
    }

    #[derive(Row, Debug, PartialEq)]
    #[orm(crate = super::vendored::deep::orm)]
    pub(super) struct Line(pub(super) i32, pub(super) Kind);

    alias!(crate = super::vendored::deep::orm; pub(super) Parent = Thing);

    pub(super) const SCHEMA: Schema = schema![Kind, Label, Thing];

    pub(super) async fn first(db: &Db) -> Result<i32, Error> {
        sql!(crate = super::vendored::deep::orm; "select min({Thing.id}) from {Thing}")
            .to::<i32>()
            .one(db)
            .await
    }
}

#[tokio::test]
async fn the_library_may_have_another_path() -> TestResult {
    use vendored::deep::orm::prelude::{Operators, Run, insert, select};
    use without::{Kind, Label, Line, NewThing, Parent, SCHEMA, Thing};

    let catalog = Catalog::create(&SCHEMA).await?;
    let db = catalog.db().await?;
    insert(Thing).rows(&[NewThing { id: 1, label: Label("l".to_owned()) }]).execute(&db).await?;
    let query = select((Parent.id, Parent.kind)).from(Parent).left_join(Thing, Thing.parent.eq(Parent.id));
    assert_eq!(query.to::<Line>().all(&db).await?, [Line(1, Kind::Two)]);
    assert_eq!(without::first(&db).await?, 1);
    Ok(())
}
