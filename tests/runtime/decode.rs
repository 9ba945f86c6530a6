//! Whatever bytes come for a value, reading them gives the value or an error.

use mizzle::__private::Type;
use mizzle::value::{BaseValue, Value};
use mizzle::{PgEnum, PgNewtype};
use proptest::prelude::*;

#[derive(PgEnum, Debug, Clone, Copy, PartialEq, Eq)]
enum Mood {
    Good,
    Bad,
}

#[derive(PgNewtype, Debug, Clone, PartialEq, Eq)]
struct Name(String);

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
    }
    #[cfg(feature = "chrono")]
    {
        read::<chrono::NaiveDate>(&Type::DATE, raw);
        read::<chrono::NaiveTime>(&Type::TIME, raw);
        read::<chrono::NaiveDateTime>(&Type::TIMESTAMP, raw);
        read::<chrono::DateTime<chrono::Utc>>(&Type::TIMESTAMPTZ, raw);
        read::<Vec<chrono::NaiveDate>>(&Type::DATE_ARRAY, raw);
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

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..Default::default() })]

    #[test]
    fn any_bytes_are_a_value_or_an_error(raw in prop::collection::vec(any::<u8>(), 0..64)) {
        read_all(&raw);
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
