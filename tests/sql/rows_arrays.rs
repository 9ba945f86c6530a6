//! Many rows with array-typed columns, which travel as all their elements.

use crate::TestResult;
use crate::check::check_command;
use mizzle::prelude::*;
use orm_testing::TestDb;

#[derive(PgEnum, Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Small,
    Large,
}

#[derive(PgNewtype, Debug, Clone, Copy, PartialEq, Eq)]
struct Length(i32);

#[derive(PgNewtype, Debug, Clone, PartialEq, Eq)]
#[orm(domain = "postcode", check = "value ~ '^[0-9]{5}$'")]
struct Postcode(String);

#[derive(Table, Debug, Clone, PartialEq)]
#[orm(table = "shelves")]
struct Shelf {
    #[orm(primary_key)]
    id: i32,
    labels: Vec<String>,
    notes: Option<Vec<Option<String>>>,
    kinds: Vec<Kind>,
    lengths: Vec<Option<Length>>,
    postcodes: Vec<Postcode>,
    #[orm(default = sql("'{1,2}'"))]
    marks: Vec<i64>,
}

#[derive(Insert)]
#[orm(table = Shelf)]
struct NewShelf {
    id: i32,
    labels: Vec<String>,
    notes: Option<Vec<Option<String>>>,
    kinds: Vec<Kind>,
    lengths: Vec<Option<Length>>,
    postcodes: Vec<Postcode>,
}

#[derive(Insert)]
#[orm(table = Shelf)]
struct BorrowedShelf<'a> {
    id: i32,
    labels: &'a [&'a str],
    notes: Option<&'a Vec<Option<String>>>,
    kinds: [Kind; 2],
    lengths: &'a Vec<Option<Length>>,
    postcodes: &'a [Postcode],
    marks: &'a [i64],
}

async fn database() -> Result<(Db, TestDb), Box<dyn std::error::Error>> {
    let database = TestDb::with_schema(&schema![Kind, Postcode, Shelf].create_sql()).await?;
    Ok((Db::connect(database.url()).await?, database))
}

fn strings(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|&text| text.to_owned()).collect()
}

const SHELVES: &str = r#"insert into "shelves" ("id", "labels", "notes", "kinds", "lengths", "postcodes") select r.c1, case when r.c2 then coalesce(a2.elements, '{}') end, case when r.c3 then coalesce(a3.elements, '{}') end, case when r.c4 then coalesce(a4.elements, '{}')::"kind"[] end, case when r.c5 then coalesce(a5.elements, '{}') end, case when r.c6 then coalesce(a6.elements, '{}')::"postcode"[] end from unnest($1::integer[], $2::boolean[], $3::boolean[], $4::boolean[], $5::boolean[], $6::boolean[]) with ordinality as r(c1, c2, c3, c4, c5, c6, n) left join (select n, array_agg(e order by o) as elements from unnest($7::text[], $8::bigint[]) with ordinality as u(e, n, o) group by n) as a2 on a2.n = r.n left join (select n, array_agg(e order by o) as elements from unnest($9::text[], $10::bigint[]) with ordinality as u(e, n, o) group by n) as a3 on a3.n = r.n left join (select n, array_agg(e order by o) as elements from unnest($11::text[], $12::bigint[]) with ordinality as u(e, n, o) group by n) as a4 on a4.n = r.n left join (select n, array_agg(e order by o) as elements from unnest($13::integer[], $14::bigint[]) with ordinality as u(e, n, o) group by n) as a5 on a5.n = r.n left join (select n, array_agg(e order by o) as elements from unnest($15::text[], $16::bigint[]) with ordinality as u(e, n, o) group by n) as a6 on a6.n = r.n"#;

#[tokio::test]
async fn arrays_of_every_length_and_kind_arrive() -> TestResult {
    let (db, _database) = database().await?;
    let rows = [
        NewShelf {
            id: 1,
            labels: strings(&["b", "a", "c"]),
            notes: None,
            kinds: vec![Kind::Large, Kind::Small],
            lengths: vec![Some(Length(5)), None],
            postcodes: vec![Postcode("12345".to_owned())],
        },
        NewShelf {
            id: 2,
            labels: vec![],
            notes: Some(vec![]),
            kinds: vec![],
            lengths: vec![],
            postcodes: vec![],
        },
        NewShelf {
            id: 3,
            labels: strings(&["", "null", "{x,\"y\"}"]),
            notes: Some(vec![None, Some("n".to_owned()), None]),
            kinds: vec![Kind::Small],
            lengths: vec![None],
            postcodes: vec![],
        },
    ];
    let command = check_command(
        insert(Shelf).rows(&rows),
        SHELVES,
        &[
            "{1,2,3}::_int4",
            "{true,true,true}::_bool",
            "{false,true,true}::_bool",
            "{true,true,true}::_bool",
            "{true,true,true}::_bool",
            "{true,true,true}::_bool",
            "{'b','a','c','','null','{x,\"y\"}'}::_text",
            "{1,1,1,3,3,3}::_int8",
            "{null,'n',null}::_text",
            "{3,3,3}::_int8",
            "{'large','small','small'}::_text",
            "{1,1,3}::_int8",
            "{5,null,null}::_int4",
            "{1,1,3}::_int8",
            "{'12345'}::_text",
            "{1}::_int8",
        ],
    );
    assert_eq!(command.execute(&db).await?, 3);
    let shelves = select(Shelf).order_by(Shelf.id).all(&db).await?;
    assert_eq!(shelves.len(), rows.len());
    for (shelf, row) in shelves.iter().zip(&rows) {
        let NewShelf { id, labels, notes, kinds, lengths, postcodes } = row;
        assert_eq!(
            (&shelf.id, &shelf.labels, &shelf.notes, &shelf.kinds, &shelf.lengths, &shelf.postcodes),
            (id, labels, notes, kinds, lengths, postcodes)
        );
        assert_eq!(shelf.marks, [1, 2]);
    }
    Ok(())
}

#[tokio::test]
async fn no_rows_of_arrays_write_nothing() -> TestResult {
    let (db, _database) = database().await?;
    assert_eq!(insert(Shelf).rows::<NewShelf>(&[]).execute(&db).await?, 0);
    assert_eq!(select(Shelf).count(&db).await?, 0);
    Ok(())
}

#[tokio::test]
async fn array_fields_may_be_borrowed() -> TestResult {
    let (db, _database) = database().await?;
    let notes = vec![Some("n".to_owned())];
    let lengths = vec![Some(Length(1))];
    let postcodes = [Postcode("00000".to_owned())];
    let row = BorrowedShelf {
        id: 1,
        labels: &["x"],
        notes: Some(&notes),
        kinds: [Kind::Small, Kind::Large],
        lengths: &lengths,
        postcodes: &postcodes,
        marks: &[],
    };
    insert(Shelf).rows(&[row]).execute(&db).await?;
    let expected = Shelf {
        id: 1,
        labels: strings(&["x"]),
        notes: Some(notes.clone()),
        kinds: vec![Kind::Small, Kind::Large],
        lengths: lengths.clone(),
        postcodes: postcodes.to_vec(),
        marks: vec![],
    };
    assert_eq!(select(Shelf).all(&db).await?, [expected]);
    Ok(())
}

#[tokio::test]
async fn many_rows_of_arrays_keep_their_elements_apart() -> TestResult {
    let (db, _database) = database().await?;
    let rows: Vec<_> = (0..5_000)
        .map(|id| NewShelf {
            id,
            labels: (0..id % 4).map(|number| format!("{id}/{number}")).collect(),
            notes: (id % 3 > 0).then(|| vec![None; (id % 3 - 1) as usize]),
            kinds: vec![],
            lengths: vec![Some(Length(id)); (id % 2) as usize],
            postcodes: vec![],
        })
        .collect();
    assert_eq!(insert(Shelf).rows(&rows).execute(&db).await?, 5_000);
    let shelves = select((Shelf.id, Shelf.labels, Shelf.notes, Shelf.lengths)).from(Shelf).order_by(Shelf.id);
    for ((id, labels, notes, lengths), row) in shelves.all(&db).await?.iter().zip(&rows) {
        assert_eq!((id, labels, notes, lengths), (&row.id, &row.labels, &row.notes, &row.lengths));
    }
    Ok(())
}

#[tokio::test]
async fn an_element_outside_its_domain_is_refused() -> TestResult {
    let (db, _database) = database().await?;
    let row = NewShelf {
        id: 1,
        labels: vec![],
        notes: None,
        kinds: vec![],
        lengths: vec![],
        postcodes: vec![Postcode("x".to_owned())],
    };
    let error = insert(Shelf).rows(&[row]).execute(&db).await.unwrap_err();
    assert!(error.is_check_violation());
    assert_eq!(error.constraint(), Some("postcode_check"));
    Ok(())
}

/// One way to set an array column, row by row and by hand, gives what the bulk form gives.
#[tokio::test]
async fn arrays_are_set_and_compared_with_their_casts() -> TestResult {
    let (db, _database) = database().await?;
    let command = check_command(
        insert(Shelf)
            .set(Shelf.id, 1)
            .set(Shelf.labels, Vec::<String>::new())
            .set(Shelf.kinds, [Kind::Large])
            .set(Shelf.lengths, vec![None, Some(Length(3))])
            .set(Shelf.postcodes, vec![Postcode("12345".to_owned())]),
        r#"insert into "shelves" ("id", "labels", "kinds", "lengths", "postcodes") values ($1, $2, $3::"kind"[], $4, $5::"postcode"[])"#,
        &["1::int4", "{}::_text", "{'large'}::_text", "{null,3}::_int4", "{'12345'}::_text"],
    );
    command.execute(&db).await?;
    let found = select(Shelf.id)
        .from(Shelf)
        .filter(Shelf.kinds.eq([Kind::Large]))
        .filter(Shelf.lengths.ne(vec![None]));
    assert_eq!(found.one(&db).await?, 1);
    Ok(())
}
