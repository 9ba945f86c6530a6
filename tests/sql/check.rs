//! Compares a statement's text and parameters with literals, and gives the statement back to be run.

use mizzle::query::{Command, Plan, Query, encode};
use orm_core::args::Bind;
use orm_core::select::CountRows;
use postgres_types::{FromSql, Kind, Type};
use std::error::Error;

/// A statement that returns rows. A parameter is written as its value and the type it is sent as: `7::int4`,
/// `'Ada'::text`, `null::text`, `{1,null}::_int4`.
#[track_caller]
pub(crate) fn check<Q: Query<I>, I>(query: Q, text: &str, params: &[&str]) -> Q {
    compare(Q::PLAN, &query, text, params);
    query
}

/// A statement that returns none.
#[track_caller]
pub(crate) fn check_command<Q: Command<I>, I>(command: Q, text: &str, params: &[&str]) -> Q {
    compare(Q::PLAN, &command, text, params);
    command
}

/// A SELECT whose rows are counted.
#[track_caller]
pub(crate) fn check_count<S: CountRows<Count: Query<I>>, I>(
    select: impl Fn() -> S,
    text: &str,
    params: &[&str],
) -> S {
    check(select().into_count(), text, params);
    select()
}

/// A SELECT that is asked whether it finds any row.
#[track_caller]
pub(crate) fn check_exists<S: CountRows<Exists: Query<I>>, I>(
    select: impl Fn() -> S,
    text: &str,
    params: &[&str],
) -> S {
    check(select().into_exists(), text, params);
    select()
}

#[track_caller]
fn compare(plan: &Plan, statement: &impl Bind, text: &str, params: &[&str]) {
    let encoded = encode(statement);
    assert!(encoded.is_ok(), "{encoded:?}");
    let Ok(encoded) = encoded else { return };
    assert_eq!(plan.text(encoded.present()), text);
    let types = plan.param_types(encoded.present());
    assert_eq!(types.len(), encoded.params().len(), "as many types as parameters");
    let found: Vec<String> = types.iter().zip(encoded.params()).map(|(ty, raw)| shown(ty, raw)).collect();
    assert_eq!(found, params);
}

fn shown(ty: &Type, raw: Option<&[u8]>) -> String {
    match value(ty, raw) {
        Ok(value) => format!("{value}::{}", ty.name()),
        Err(error) => format!("no {ty}: {error}"),
    }
}

/// By the driver's own decoders, so that ours are not compared with themselves.
fn value(ty: &Type, raw: Option<&[u8]>) -> Result<String, Box<dyn Error + Sync + Send>> {
    let Some(raw) = raw else { return Ok("null".to_owned()) };
    if let Kind::Array(element) = ty.kind() {
        let elements = Vec::<Option<Raw>>::from_sql(ty, raw)?;
        let elements =
            elements.iter().map(|raw| value(element, raw.as_ref().map(|Raw(bytes)| bytes.as_slice())));
        return Ok(format!("{{{}}}", elements.collect::<Result<Vec<_>, _>>()?.join(",")));
    }
    Ok(match *ty {
        Type::BOOL => bool::from_sql(ty, raw)?.to_string(),
        Type::INT2 => i16::from_sql(ty, raw)?.to_string(),
        Type::INT4 => i32::from_sql(ty, raw)?.to_string(),
        Type::INT8 => i64::from_sql(ty, raw)?.to_string(),
        Type::FLOAT4 => f32::from_sql(ty, raw)?.to_string(),
        Type::FLOAT8 => f64::from_sql(ty, raw)?.to_string(),
        Type::TEXT => format!("'{}'", <&str>::from_sql(ty, raw)?),
        #[cfg(feature = "rust_decimal")]
        Type::NUMERIC => rust_decimal::Decimal::from_sql(ty, raw)?.to_string(),
        _ => raw.iter().map(|byte| format!("{byte:02x}")).collect(),
    })
}

/// An element's bytes, whatever its type.
struct Raw(Vec<u8>);

impl FromSql<'_> for Raw {
    fn from_sql(_: &Type, raw: &[u8]) -> Result<Self, Box<dyn Error + Sync + Send>> {
        Ok(Raw(raw.to_owned()))
    }

    fn accepts(_: &Type) -> bool {
        true
    }
}
