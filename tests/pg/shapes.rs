//! Tables of unusual shape: one column, no key, private and half-visible structs.

use crate::TestResult;
use crate::catalog::Catalog;
use mizzle::prelude::*;

#[derive(Table, Debug, Clone, PartialEq)]
struct OnlyKey {
    #[orm(primary_key, identity(by_default))]
    id: i64,
}

#[derive(Insert)]
#[orm(table = OnlyKey)]
struct NewOnlyKey {
    id: i64,
}

#[derive(Table, Debug, Clone, PartialEq)]
struct OnlyMaybe {
    value: Option<bool>,
}

#[tokio::test]
async fn a_table_may_have_one_column() -> TestResult {
    const SCHEMA: Schema = schema![OnlyKey, OnlyMaybe];
    let catalog = Catalog::create(&SCHEMA).await?;
    let db = catalog.db().await?;
    insert(OnlyKey).rows(&[NewOnlyKey { id: 7 }, NewOnlyKey { id: 8 }]).execute(&db).await?;
    insert(OnlyKey).set(OnlyKey.id, 9).execute(&db).await?;
    assert_eq!(
        update(OnlyKey).set(OnlyKey.id, OnlyKey.id + 10).find(7).returning(OnlyKey).one(&db).await?,
        OnlyKey { id: 17 }
    );
    assert_eq!(select(OnlyKey.id).from(OnlyKey).order_by(OnlyKey.id).all(&db).await?, [8, 9, 17]);
    insert(OnlyMaybe).set(OnlyMaybe.value, None::<bool>).execute(&db).await?;
    assert_eq!(select(OnlyMaybe).one(&db).await?, OnlyMaybe { value: None });
    Ok(())
}

/// A row that is there and whose every column is NULL cannot be told from one that is not.
#[tokio::test]
async fn a_left_joined_row_of_nulls_is_none() -> TestResult {
    const SCHEMA: Schema = schema![OnlyKey, OnlyMaybe];
    let catalog = Catalog::create(&SCHEMA).await?;
    let db = catalog.db().await?;
    insert(OnlyKey).set(OnlyKey.id, 1).execute(&db).await?;
    insert(OnlyMaybe).set(OnlyMaybe.value, None::<bool>).execute(&db).await?;
    let query = select((OnlyKey.id, OnlyMaybe)).from(OnlyKey).left_join(OnlyMaybe, OnlyMaybe.value.is_null());
    assert_eq!(query.all(&db).await?, [(1, None)]);
    Ok(())
}

mod visible {
    use mizzle::prelude::*;

    #[derive(Table, Debug, Clone, PartialEq)]
    pub(crate) struct Half {
        #[orm(primary_key)]
        pub(crate) id: i32,
        pub(super) shown: String,
        #[orm(default = Hidden::No)]
        hidden: Hidden,
        secret: Option<Secret>,
    }

    #[derive(PgEnum, Debug, Clone, Copy, PartialEq, Eq)]
    enum Hidden {
        Yes,
        No,
    }

    #[derive(PgNewtype, Debug, Clone, PartialEq)]
    struct Secret(String);

    /// The module itself sees all of it.
    pub(super) async fn hide(db: &Db) -> Result<Half, mizzle::Error> {
        let command = update(Half).set(Half.hidden, Hidden::Yes).set(Half.secret, Secret("s".to_owned()));
        command.find(1).returning(Half).one(db).await
    }

    pub(super) const SCHEMA: Schema = schema![Hidden, Half];
}

#[tokio::test]
async fn columns_are_as_visible_as_their_fields() -> TestResult {
    use visible::Half;

    let catalog = Catalog::create(&visible::SCHEMA).await?;
    let db = catalog.db().await?;
    insert(Half).set(Half.id, 1).set(Half.shown, "s").execute(&db).await?;
    let half = visible::hide(&db).await?;
    assert_eq!((half.id, half.shown.as_str()), (1, "s"));
    assert_eq!(select(Half).find(1).one(&db).await?, half);
    Ok(())
}
