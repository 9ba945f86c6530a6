//! A server that does not keep to the protocol is an error: no panic, no wait without end, no memory without bound.

use crate::support::chain::report;
use crate::support::script::{message, prepared, row, rows, server, welcome};
use crate::support::tables::Note;
use mizzle::Error;
use mizzle::prelude::*;
use std::time::Duration;

const INT8: u32 = 20;
const TEXT: u32 = 25;
const TEXT_ARRAY: u32 = 1009;

#[derive(Table, Debug)]
#[orm(table = "lists")]
struct List {
    items: Vec<String>,
}

/// Selects from a server that answers like this; the pool's error, in time.
async fn select_from<O>(answers: Vec<Vec<u8>>, run: impl AsyncFn(&Db) -> Result<O, Error>) -> Error {
    let answers = [vec![welcome()], answers].concat();
    let url = server(answers, true).await;
    let db = Db::builder(&url).max_connections(1).connect().await.unwrap();
    let Err(error) = tokio::time::timeout(Duration::from_secs(10), run(&db)).await.expect("it hangs") else {
        panic!("it succeeds");
    };
    // And the pool goes on: to the same server, which says the same.
    let again = tokio::time::timeout(Duration::from_secs(10), run(&db)).await.expect("it hangs");
    assert!(again.is_err());
    error
}

async fn notes(answers: Vec<Vec<u8>>) -> Error {
    select_from(answers, async |db| select(Note).all(db).await).await
}

fn note_columns() -> Vec<u8> {
    prepared(&[("id", INT8), ("body", TEXT)])
}

#[tokio::test]
async fn garbage_instead_of_an_answer() {
    for garbage in [
        b"HTTP/1.1 400 Bad Request\r\n\r\n".to_vec(),
        vec![0xff; 100],
        message(b'?', b"what"),
        b"1\0\0\0\x03".to_vec(),
        b"1\0\0\0\0".to_vec(),
        b"1\xff\xff\xff\xff".to_vec(),
        message(b't', &[0xff, 0xff]),
        b"D\x7f\xff\xff\xffand no more".to_vec(),
        message(b'E', b"SERROR\0"),
        message(b'Z', b""),
    ] {
        let error = notes(vec![garbage]).await;
        assert!(error.is_closed() || report(&error).contains("the connection failed"), "{}", report(&error));
        assert!(!error.is_retryable());
    }
}

#[tokio::test]
async fn an_answer_of_another_kind() {
    for answer in [message(b'D', &row(&[b"x"])), message(b'C', b"SELECT 1\0"), message(b'2', b""), welcome()]
    {
        let error = notes(vec![answer]).await;
        assert!(report(&error).starts_with("select … from \"notes\": "), "{}", report(&error));
    }
}

#[tokio::test]
async fn a_result_of_fewer_or_more_columns() {
    let error = notes(vec![prepared(&[("id", INT8)])]).await;
    assert_eq!(report(&error), "select … from \"notes\": expected 2 columns, found 1");
    let error = notes(vec![prepared(&[("id", INT8), ("body", TEXT), ("more", TEXT)])]).await;
    assert_eq!(report(&error), "select … from \"notes\": expected 2 columns, found 3");
    let error = notes(vec![prepared(&[])]).await;
    assert_eq!(report(&error), "select … from \"notes\": expected 2 columns, found 0");
}

#[tokio::test]
async fn a_row_of_fewer_or_more_fields_than_promised() {
    let one = 1_i64.to_be_bytes();
    for fields in [vec![], vec![one.as_slice()], vec![one.as_slice(), b"a", b"b"]] {
        let error = notes(vec![note_columns(), rows(&[&row(&fields)])]).await;
        assert_eq!(
            report(&error),
            "select … from \"notes\": the connection failed: \
             DataRow field count does not match the number of columns"
        );
    }
}

#[tokio::test]
async fn a_row_that_ends_too_soon() {
    let whole = row(&[&1_i64.to_be_bytes(), b"a note"]);
    for len in 0..whole.len() {
        let error = notes(vec![note_columns(), rows(&[&whole[..len]])]).await;
        assert!(
            report(&error).starts_with("select … from \"notes\": the connection failed: "),
            "{}",
            report(&error)
        );
    }
}

#[tokio::test]
async fn a_field_of_the_wrong_size() {
    let error = notes(vec![note_columns(), rows(&[&row(&[b"1234567", b"a note"])])]).await;
    let text = report(&error);
    assert!(
        text.starts_with("select … from \"notes\": column 1 (`id`): the value cannot be read: "),
        "{text}"
    );
    let error = notes(vec![note_columns(), rows(&[&row(&[&1_i64.to_be_bytes(), &[0xff, 0xfe]])])]).await;
    let text = report(&error);
    assert!(
        text.starts_with("select … from \"notes\": column 2 (`body`): the value cannot be read: "),
        "{text}"
    );
}

#[tokio::test]
async fn an_array_that_says_it_is_huge() {
    let lists = async |array: &[u8]| {
        let answers = vec![prepared(&[("items", TEXT_ARRAY)]), rows(&[&row(&[array])])];
        report(&select_from(answers, async |db| select(List).all(db).await).await)
    };
    let header = |len: u32| [1, 0, TEXT, len, 1].map(u32::to_be_bytes).concat();
    for len in [1, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff] {
        let text = lists(&header(len)).await;
        assert!(
            text.starts_with("select … from \"lists\": column 1 (`items`): the value cannot be read: "),
            "{text}"
        );
    }
    // An element that says it is huge.
    let element = [header(1), 0x7fff_ffff_u32.to_be_bytes().to_vec(), b"ab".to_vec()].concat();
    assert!(lists(&element).await.ends_with("the value ends too soon"));
}

#[tokio::test]
async fn a_server_that_closes_in_the_middle() {
    let whole = rows(&[&row(&[&1_i64.to_be_bytes(), b"a note"])]);
    for len in 0..whole.len() {
        let error = notes(vec![note_columns(), whole[..len].to_vec()]).await;
        assert!(error.is_closed() && !error.is_retryable(), "{len}: {}", report(&error));
    }
}
