//! Keys, checks and foreign keys.

use crate::TestResult;
use crate::catalog::Catalog;
use mizzle::prelude::*;

#[derive(Table, Debug, PartialEq)]
#[orm(
    table = "rooms",
    schema = "app",
    primary_key(name = "rooms_key", columns(house, number)),
    unique(house, label),
    unique(name = "one code", columns(code)),
    check(name = "rooms_number_positive", "number > 0"),
    check("label <> code"),
    check("number < 1000")
)]
struct Room {
    house: i32,
    number: i32,
    #[orm(check = "label <> ''", check(name = "no 'quotes'", "label not like '%''%'"))]
    label: String,
    code: String,
    #[orm(unique)]
    alias: Option<String>,
    #[orm(unique(name = "rooms_serial"))]
    serial: Option<i64>,
}

#[derive(Table, Debug, PartialEq)]
#[orm(
    table = "beds",
    foreign_key(columns(house, number), references(Room.house, Room.number), on_delete = cascade, on_update = restrict),
    foreign_key(name = "beds_twin", columns(twin), references(Bed.id), on_delete = set_null, on_update = no_action)
)]
struct Bed {
    #[orm(primary_key)]
    id: i32,
    house: i32,
    number: i32,
    twin: Option<i32>,
    #[orm(references(Room.serial, name = "beds_serial", on_delete = set_default, on_update = cascade), default = 0)]
    serial: Option<i64>,
}

const SCHEMA: Schema = schema![Bed, Room];

#[tokio::test]
async fn keys_and_checks_are_in_the_catalog() -> TestResult {
    let catalog = Catalog::create(&SCHEMA).await?;
    assert_eq!(
        catalog.constraints("app.rooms").await?,
        [
            "no 'quotes' CHECK ((label !~~ '%''%'::text))",
            "one code UNIQUE (code)",
            "rooms_alias_key UNIQUE (alias)",
            "rooms_check CHECK ((label <> code))",
            "rooms_house_label_key UNIQUE (house, label)",
            "rooms_key PRIMARY KEY (house, number)",
            "rooms_label_check CHECK ((label <> ''::text))",
            "rooms_number_check CHECK ((number < 1000))",
            "rooms_number_positive CHECK ((number > 0))",
            "rooms_serial UNIQUE (serial)",
        ]
    );
    Ok(())
}

#[tokio::test]
async fn foreign_keys_have_their_actions() -> TestResult {
    let catalog = Catalog::create(&SCHEMA).await?;
    assert_eq!(
        catalog.constraints("beds").await?,
        [
            "beds_house_number_fkey FOREIGN KEY (house, number) REFERENCES app.rooms(house, number) ON UPDATE RESTRICT ON DELETE CASCADE",
            "beds_pkey PRIMARY KEY (id)",
            "beds_serial FOREIGN KEY (serial) REFERENCES app.rooms(serial) ON UPDATE CASCADE ON DELETE SET DEFAULT",
            "beds_twin FOREIGN KEY (twin) REFERENCES beds(id) ON DELETE SET NULL",
        ]
    );
    Ok(())
}

#[tokio::test]
async fn a_table_of_another_schema_is_written_and_joined() -> TestResult {
    let catalog = Catalog::create(&SCHEMA).await?;
    let db = catalog.db().await?;
    insert(Room)
        .set(Room.house, 1)
        .set(Room.number, 2)
        .set(Room.label, "l")
        .set(Room.code, "c")
        .set(Room.serial, 0)
        .execute(&db)
        .await?;
    let bed = insert(Bed).set(Bed.id, 1).set(Bed.house, 1).set(Bed.number, 2).set(Bed.serial, None::<i64>);
    bed.execute(&db).await?;
    let joined = select((Bed.id, Room.label, Room.serial))
        .from(Bed)
        .join(Room, Room.house.eq(Bed.house).and(Room.number.eq(Bed.number)));
    assert_eq!(joined.all(&db).await?, [(1, "l".to_owned(), Some(0))]);
    assert_eq!(update(Room).set(Room.label, "m").find((1, 2)).returning(Room.label).one(&db).await?, "m");
    assert_eq!(delete(Room).find((1, 2)).execute(&db).await?, 1);
    assert_eq!(select(Bed).count(&db).await?, 0, "the bed goes with its room");
    Ok(())
}

mod east {
    use mizzle::prelude::*;

    #[derive(Table, Debug, PartialEq)]
    #[orm(table = "easts")]
    pub(super) struct East {
        #[orm(primary_key)]
        pub(super) id: i64,
        #[orm(references(super::west::West.id, on_delete = set_null))]
        pub(super) west_id: Option<i64>,
        #[orm(references(East.id))]
        pub(super) next: Option<i64>,
    }
}

mod west {
    use mizzle::prelude::*;

    #[derive(Table, Debug, PartialEq)]
    #[orm(table = "wests")]
    pub(super) struct West {
        #[orm(primary_key)]
        pub(super) id: i64,
        #[orm(references(crate::constraints::east::East.id, on_delete = cascade))]
        pub(super) east_id: Option<i64>,
    }
}

#[tokio::test]
async fn keys_go_across_modules_to_themselves_and_in_circles() -> TestResult {
    use east::East;
    use west::West;

    const CIRCLE: Schema = schema![East, West];
    let catalog = Catalog::create(&CIRCLE).await?;
    assert_eq!(
        catalog.constraints("easts").await?,
        [
            "easts_next_fkey FOREIGN KEY (next) REFERENCES easts(id)",
            "easts_pkey PRIMARY KEY (id)",
            "easts_west_id_fkey FOREIGN KEY (west_id) REFERENCES wests(id) ON DELETE SET NULL",
        ]
    );
    assert_eq!(
        catalog.constraints("wests").await?,
        [
            "wests_east_id_fkey FOREIGN KEY (east_id) REFERENCES easts(id) ON DELETE CASCADE",
            "wests_pkey PRIMARY KEY (id)",
        ]
    );
    let db = catalog.db().await?;
    insert(East).set(East.id, 1).set(East.next, 1).execute(&db).await?;
    insert(West).set(West.id, 1).set(West.east_id, 1).execute(&db).await?;
    update(East).set(East.west_id, 1).find(1).execute(&db).await?;
    delete(East).find(1).execute(&db).await?;
    assert_eq!(select(West).all(&db).await?, []);
    Ok(())
}
