//! Whatever bytes come for a value, reading them gives the value or an error.

use mizzle::__private::Type;
use mizzle::value::{BaseValue, Value};
use mizzle::{Interval, MacAddr, Multirange, PgComposite, PgEnum, PgNewtype, Range};
use postgres_types::{Field, Kind};
use proptest::prelude::*;
use std::net::IpAddr;

#[derive(PgEnum, Debug, Clone, Copy, PartialEq, Eq)]
enum Mood {
    Good,
    Bad,
}

#[derive(PgNewtype, Debug, Clone, PartialEq, Eq)]
struct Name(String);

#[derive(PgComposite, Debug, Clone, PartialEq)]
struct Inner {
    mood: Option<Mood>,
    moods: Vec<Mood>,
}

#[derive(PgComposite, Debug, Clone, PartialEq)]
struct Outer {
    id: i32,
    name: Option<String>,
    numbers: Vec<Option<i64>>,
    inner: Option<Inner>,
    inners: Vec<Inner>,
}

/// A type that a database made.
fn made(name: &str, oid: u32, kind: Kind) -> Type {
    Type::new(name.to_owned(), oid, kind, "public".to_owned())
}

const MOOD: u32 = 100_000;
const MOODS: u32 = 100_001;
const INNER: u32 = 100_002;
const INNERS: u32 = 100_003;

/// `Outer` as the driver has looked it up.
fn outer() -> Type {
    let mood = made("mood", MOOD, Kind::Enum(vec!["good".to_owned(), "bad".to_owned()]));
    let moods = made("_mood", MOODS, Kind::Array(mood.clone()));
    let fields = vec![Field::new("mood".to_owned(), mood), Field::new("moods".to_owned(), moods)];
    let inner = made("inner", INNER, Kind::Composite(fields));
    let inners = made("_inner", INNERS, Kind::Array(inner.clone()));
    let fields = vec![
        Field::new("id".to_owned(), Type::INT4),
        Field::new("name".to_owned(), Type::TEXT),
        Field::new("numbers".to_owned(), Type::INT8_ARRAY),
        Field::new("inner".to_owned(), inner),
        Field::new("inners".to_owned(), inners),
    ];
    made("outer", 100_004, Kind::Composite(fields))
}

/// Reads the bytes as a `V` that is sent as `ty`; only that it returns matters.
fn read<V: Value>(ty: &Type, raw: &[u8]) {
    let _ = V::from_field(ty, Some(raw));
}

fn read_all(raw: &[u8]) {
    read::<bool>(&Type::BOOL, raw);
    read::<i16>(&Type::INT2, raw);
    read::<i32>(&Type::INT4, raw);
    read::<Option<i64>>(&Type::INT8, raw);
    read::<f32>(&Type::FLOAT4, raw);
    read::<f64>(&Type::FLOAT8, raw);
    read::<String>(&Type::TEXT, raw);
    read::<Vec<u8>>(&Type::BYTEA, raw);
    read::<Name>(&Type::TEXT, raw);
    read::<Mood>(&Type::TEXT, raw);
    read::<Vec<bool>>(&Type::BOOL_ARRAY, raw);
    read::<Vec<i32>>(&Type::INT4_ARRAY, raw);
    read::<Vec<Option<i64>>>(&Type::INT8_ARRAY, raw);
    read::<Vec<String>>(&Type::TEXT_ARRAY, raw);
    read::<Vec<Vec<u8>>>(&Type::BYTEA_ARRAY, raw);
    read::<Vec<Name>>(&Type::TEXT_ARRAY, raw);
    read::<Vec<Option<Mood>>>(&Type::TEXT_ARRAY, raw);
    read::<Interval>(&Type::INTERVAL, raw);
    read::<Vec<Interval>>(&Type::INTERVAL_ARRAY, raw);
    read::<IpAddr>(&Type::INET, raw);
    read::<Vec<Option<IpAddr>>>(&Type::INET_ARRAY, raw);
    read::<MacAddr>(&Type::MACADDR, raw);
    read::<Vec<MacAddr>>(&Type::MACADDR_ARRAY, raw);
    read::<Range<i32>>(&Type::INT4_RANGE, raw);
    read::<Range<i64>>(&Type::INT8_RANGE, raw);
    read::<Vec<Range<i32>>>(&Type::INT4_RANGE_ARRAY, raw);
    read::<Multirange<i32>>(&Type::INT4MULTI_RANGE, raw);
    read::<Vec<Multirange<i64>>>(&Type::INT8MULTI_RANGE_ARRAY, raw);
    // A record that nobody looked up; the same where its type is known is below.
    read::<Inner>(&Type::RECORD, raw);
    read::<Outer>(&Type::RECORD, raw);
    read::<Vec<Outer>>(&Type::RECORD_ARRAY, raw);
    // Not what the type says; nobody checked.
    read::<Vec<String>>(&Type::TEXT, raw);
    read::<i32>(&Type::TEXT_ARRAY, raw);
    #[cfg(feature = "serde_json")]
    {
        read::<serde_json::Value>(&Type::JSONB, raw);
        read::<serde_json::Value>(&Type::JSON, raw);
        read::<mizzle::Json<Vec<i32>>>(&Type::JSONB, raw);
        read::<mizzle::Json<Vec<i32>>>(&Type::JSON, raw);
        read::<Vec<mizzle::Json<i32>>>(&Type::JSONB_ARRAY, raw);
    }
    #[cfg(feature = "uuid")]
    {
        read::<uuid::Uuid>(&Type::UUID, raw);
        read::<Vec<uuid::Uuid>>(&Type::UUID_ARRAY, raw);
    }
    #[cfg(feature = "rust_decimal")]
    {
        read::<rust_decimal::Decimal>(&Type::NUMERIC, raw);
        read::<Vec<rust_decimal::Decimal>>(&Type::NUMERIC_ARRAY, raw);
        read::<Range<rust_decimal::Decimal>>(&Type::NUM_RANGE, raw);
    }
    #[cfg(feature = "chrono")]
    {
        read::<chrono::NaiveDate>(&Type::DATE, raw);
        read::<chrono::NaiveTime>(&Type::TIME, raw);
        read::<chrono::NaiveDateTime>(&Type::TIMESTAMP, raw);
        read::<chrono::DateTime<chrono::Utc>>(&Type::TIMESTAMPTZ, raw);
        read::<Vec<chrono::NaiveDate>>(&Type::DATE_ARRAY, raw);
        read::<Range<chrono::NaiveDate>>(&Type::DATE_RANGE, raw);
        read::<Range<chrono::NaiveDateTime>>(&Type::TS_RANGE, raw);
        read::<Multirange<chrono::DateTime<chrono::Utc>>>(&Type::TSTZMULTI_RANGE, raw);
    }
}

/// The head of an array with one of its numbers changed, then anything.
fn arrays() -> impl Strategy<Value = Vec<u8>> {
    let number = prop_oneof![0..4_i32, any::<i32>(), Just(i32::MAX), Just(i32::MIN), Just(-1)];
    let head = prop::collection::vec(number, 5..9);
    let head = (prop_oneof![3 => Just(1), 1 => any::<i32>()], head);
    (head, prop::collection::vec(any::<u8>(), 0..40)).prop_map(|((dimensions, head), rest)| {
        let numbers = std::iter::once(dimensions).chain(head);
        numbers.flat_map(i32::to_be_bytes).chain(rest).collect()
    })
}

/// A field of a record: mostly of a type that one of the structs has there.
fn field() -> impl Strategy<Value = Vec<u8>> {
    let oid = prop_oneof![
        4 => prop::sample::select(vec![23, 25, 1016, MOOD, MOODS, INNER, INNERS]),
        1 => any::<u32>(),
    ];
    let value = prop_oneof![
        Just(None),
        prop::collection::vec(any::<u8>(), 0..9).prop_map(Some),
        Just(Some(vec![0, 0, 0, 7])),
        Just(Some([0_u32; 3].map(u32::to_be_bytes).concat())),
        Just(Some(b"good".to_vec())),
    ];
    let length = prop_oneof![9 => Just(None), 1 => any::<i32>().prop_map(Some)];
    (oid, value, length).prop_map(|(oid, value, length)| {
        let real = value.as_ref().map_or(-1, |value| i32::try_from(value.len()).unwrap());
        let length = length.unwrap_or(real).to_be_bytes();
        [&oid.to_be_bytes(), &length, value.unwrap_or_default().as_slice()].concat()
    })
}

fn records() -> impl Strategy<Value = Vec<u8>> {
    let count = prop_oneof![3 => Just(2), 3 => Just(5), 1 => any::<i32>()];
    (count, prop::collection::vec(field(), 0..7))
        .prop_map(|(count, fields)| [count.to_be_bytes().to_vec(), fields.concat()].concat())
}

/// A record's bytes: the number of its fields, and of each the type's OID and the value.
fn record(fields: &[(u32, Option<&[u8]>)]) -> Vec<u8> {
    let mut raw = u32::try_from(fields.len()).unwrap().to_be_bytes().to_vec();
    for (oid, value) in fields {
        raw.extend(oid.to_be_bytes());
        raw.extend(value.map_or(-1, |value| i32::try_from(value.len()).unwrap()).to_be_bytes());
        raw.extend(value.unwrap_or_default());
    }
    raw
}

/// An empty array.
const EMPTY: [u8; 12] = [0; 12];

#[test]
fn a_record_is_read_whether_its_type_was_looked_up_or_not() {
    let inner = record(&[(MOOD, Some(b"bad")), (MOODS, Some(&EMPTY))]);
    let raw = record(&[
        (23, Some(&[0, 0, 0, 7])),
        (25, None),
        (1016, Some(&EMPTY)),
        (INNER, Some(&inner)),
        (INNERS, Some(&EMPTY)),
    ]);
    let inner = Some(Inner { mood: Some(Mood::Bad), moods: vec![] });
    let expected = Outer { id: 7, name: None, numbers: vec![], inner, inners: vec![] };
    for ty in [outer(), Type::RECORD] {
        assert_eq!(Outer::decode(&ty, &raw).unwrap(), expected, "{ty}");
        for cut in 0..raw.len() {
            assert!(Outer::decode(&ty, raw.get(..cut).unwrap()).is_err(), "{ty} {cut}");
        }
        assert!(Outer::decode(&ty, &[raw.as_slice(), &[0]].concat()).is_err(), "{ty}");
    }
    assert!((<Outer as BaseValue>::TYPE.accepts)(&outer()));
    assert!(!(<Inner as BaseValue>::TYPE.accepts)(&outer()));
}

#[test]
fn a_field_of_another_type_is_an_error_that_names_it() {
    let raw = record(&[(23, Some(b"good")), (MOODS, Some(&EMPTY))]);
    let error = Inner::decode(&Type::RECORD, &raw).unwrap_err().to_string();
    assert_eq!(error, "expected `\"mood\"` for the field `mood` of the composite type `inner`, found `int4`");
    let raw = record(&[(MOOD, Some(b"good")), (1007, Some(&EMPTY))]);
    let error = Inner::decode(&Type::RECORD, &raw).unwrap_err().to_string();
    assert_eq!(
        error,
        "expected `\"mood\"[]` for the field `moods` of the composite type `inner`, found `_int4`"
    );
    let raw = record(&[(MOOD, Some(&[0, 0, 0, 1])), (25, None), (1016, None), (INNER, None), (INNERS, None)]);
    for ty in [outer(), Type::RECORD] {
        let error = Outer::decode(&ty, &raw).unwrap_err().to_string();
        assert_eq!(
            error,
            "expected `integer` for the field `id` of the composite type `outer`, found a type of OID 100000"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..Default::default() })]

    #[test]
    fn any_bytes_are_a_value_or_an_error(raw in prop::collection::vec(any::<u8>(), 0..64)) {
        read_all(&raw);
        read::<Outer>(&outer(), &raw);
    }

    #[test]
    fn any_fields_are_a_record_or_an_error(raw in records()) {
        for ty in [outer(), Type::RECORD] {
            read::<Outer>(&ty, &raw);
            read::<Inner>(&ty, &raw);
        }
    }

    #[test]
    fn any_bytes_behind_the_head_of_an_array_are_an_array_or_an_error(raw in arrays()) {
        read_all(&raw);
    }

    #[test]
    fn an_array_that_is_cut_short_is_an_error(values in prop::collection::vec(any::<Option<i64>>(), 1..8), cut in any::<prop::sample::Index>()) {
        let mut raw = bytes::BytesMut::new();
        values.encode(&mut raw).unwrap();
        prop_assert_eq!(&Vec::<Option<i64>>::from_field(&Type::INT8_ARRAY, Some(&raw)).unwrap(), &values);
        let cut = raw.get(..cut.index(raw.len())).unwrap();
        prop_assert!(Vec::<Option<i64>>::from_field(&Type::INT8_ARRAY, Some(cut)).is_err());
    }
}
