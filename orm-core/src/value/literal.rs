//! The text form of a value, made of its binary form, for what travels as a literal: the fields of a composite type.
//!
//! Each form reads the same whatever the session's `datestyle`, `intervalstyle` and `timezone` are.

use super::base::{BaseValue, BoxError};
use super::bytes::{end, take, take_i32, take_sized};
use super::interval::Interval;
use super::net::MacAddr;
use super::range::flag;
use bytes::{BufMut, BytesMut};
use postgres_types::{Kind, Type};
use std::fmt::Write as _;
use std::net::IpAddr;

/// Appends the text form of a value of the built-in type `ty`.
pub(super) fn put_text(ty: &Type, raw: &[u8], out: &mut BytesMut) -> Result<(), BoxError> {
    match ty.kind() {
        Kind::Array(element) => return put_array(element, raw, out),
        Kind::Range(element) => return put_range(element, raw, out),
        Kind::Multirange(element) => return put_multirange(element, raw, out),
        _ => {}
    }
    match *ty {
        Type::TEXT | Type::VARCHAR | Type::BPCHAR | Type::JSON => out.put_slice(raw),
        // The first byte is the format's version.
        Type::JSONB => out.put_slice(raw.get(1..).unwrap_or_default()),
        Type::BOOL => out.put_u8(if whole(raw)? == [0] { b'f' } else { b't' }),
        Type::INT2 => write!(out, "{}", i16::from_be_bytes(whole(raw)?))?,
        Type::INT4 => write!(out, "{}", i32::from_be_bytes(whole(raw)?))?,
        Type::INT8 => write!(out, "{}", i64::from_be_bytes(whole(raw)?))?,
        // With an exponent, and the fewest digits that are read as the same number.
        Type::FLOAT4 => write!(out, "{:e}", f32::from_be_bytes(whole(raw)?))?,
        Type::FLOAT8 => write!(out, "{:e}", f64::from_be_bytes(whole(raw)?))?,
        Type::NUMERIC => put_numeric(raw, out)?,
        Type::BYTEA => {
            out.put_slice(b"\\x");
            put_hex(raw, out)?;
        }
        Type::UUID => put_hex(raw, out)?,
        Type::DATE => put_date(i32::from_be_bytes(whole(raw)?), out)?,
        Type::TIME => put_time(i64::from_be_bytes(whole(raw)?), out)?,
        Type::TIMESTAMP => put_timestamp(i64::from_be_bytes(whole(raw)?), "", out)?,
        Type::TIMESTAMPTZ => put_timestamp(i64::from_be_bytes(whole(raw)?), "+00", out)?,
        Type::INTERVAL => write!(out, "{}", Interval::decode(ty, raw)?)?,
        Type::INET => write!(out, "{}", IpAddr::decode(ty, raw)?)?,
        Type::MACADDR => write!(out, "{}", MacAddr::decode(ty, raw)?)?,
        _ => return Err(format!("a value of type `{ty}` cannot be part of a composite type's value").into()),
    }
    Ok(())
}

/// Appends what `write` writes in quotes, as records, arrays and ranges all read it.
pub(super) fn put_quoted(
    out: &mut BytesMut,
    write: impl FnOnce(&mut BytesMut) -> Result<(), BoxError>,
) -> Result<(), BoxError> {
    out.put_u8(b'"');
    let start = out.len();
    write(out)?;
    let special = |byte: &u8| matches!(byte, b'"' | b'\\');
    if out.get(start..).is_some_and(|text| text.iter().any(special)) {
        let text = out.split_off(start);
        for byte in text {
            if special(&byte) {
                out.put_u8(b'\\');
            }
            out.put_u8(byte);
        }
    }
    out.put_u8(b'"');
    Ok(())
}

fn whole<const N: usize>(raw: &[u8]) -> Result<[u8; N], BoxError> {
    raw.try_into().map_err(|_| "the value has a wrong length".into())
}

fn put_hex(raw: &[u8], out: &mut BytesMut) -> Result<(), BoxError> {
    for byte in raw {
        write!(out, "{byte:02x}")?;
    }
    Ok(())
}

/// `numeric_send` in PostgreSQL's source: how many digits to the base of 10,000, the power of the first of them, the sign,
/// how many decimals are shown, and the digits.
fn put_numeric(mut raw: &[u8], out: &mut BytesMut) -> Result<(), BoxError> {
    let raw = &mut raw;
    let [_, weight] = [i16::from_be_bytes(take(raw)?), i16::from_be_bytes(take(raw)?)];
    let sign = u16::from_be_bytes(take(raw)?);
    let mut decimals = usize::from(u16::from_be_bytes(take(raw)?));
    let sign = match sign {
        0xC000 => "NaN",
        0xD000 => "Infinity",
        0xF000 => "-Infinity",
        0x4000 => "-",
        _ => "",
    };
    out.put_slice(sign.as_bytes());
    if sign.len() > 1 {
        return Ok(());
    }
    let mut digits = raw.as_chunks::<2>().0.iter().map(|digit| u16::from_be_bytes(*digit));
    out.put_u8(b'0');
    for _ in 0..=weight {
        write!(out, "{:04}", digits.next().unwrap_or(0))?;
    }
    if decimals > 0 {
        out.put_u8(b'.');
    }
    // Powers between the point and the first digit.
    let mut zeros = i32::from(-1 - weight).max(0);
    while decimals > 0 {
        let digit = if zeros > 0 { 0 } else { digits.next().unwrap_or(0) };
        zeros -= 1;
        let group = format!("{digit:04}");
        let shown = decimals.min(4);
        out.put_slice(group.as_bytes().get(..shown).unwrap_or_default());
        decimals -= shown;
    }
    Ok(())
}

/// The day from which PostgreSQL counts, 2000-01-01, as a Julian day (`POSTGRES_EPOCH_JDATE` in its source). Days are
/// written as Julian days, which need no calendar.
const EPOCH: i64 = 2_451_545;
const DAY: i64 = 86_400_000_000;

fn put_date(days: i32, out: &mut BytesMut) -> Result<(), BoxError> {
    match days {
        i32::MAX => out.put_slice(b"infinity"),
        i32::MIN => out.put_slice(b"-infinity"),
        days => write!(out, "J{}", i64::from(days) + EPOCH)?,
    }
    Ok(())
}

fn put_time(micros: i64, out: &mut BytesMut) -> Result<(), BoxError> {
    let (seconds, fraction) = (micros / 1_000_000, micros % 1_000_000);
    let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    Ok(write!(out, "{hour:02}:{minute:02}:{second:02}.{fraction:06}")?)
}

fn put_timestamp(micros: i64, zone: &str, out: &mut BytesMut) -> Result<(), BoxError> {
    match micros {
        i64::MAX => out.put_slice(b"infinity"),
        i64::MIN => out.put_slice(b"-infinity"),
        micros => {
            write!(out, "J{} ", micros.div_euclid(DAY) + EPOCH)?;
            put_time(micros.rem_euclid(DAY), out)?;
            out.put_slice(zone.as_bytes());
        }
    }
    Ok(())
}

/// The format is described in `array.rs`.
fn put_array(element: &Type, mut raw: &[u8], out: &mut BytesMut) -> Result<(), BoxError> {
    let raw = &mut raw;
    let dimensions = take_i32(raw)?;
    let [_has_nulls, _element] = [take_i32(raw)?, take_i32(raw)?];
    out.put_u8(b'{');
    if dimensions > 0 {
        let [len, _lower_bound] = [take_i32(raw)?, take_i32(raw)?];
        for at in 0..len {
            if at > 0 {
                out.put_u8(b',');
            }
            match take_sized(raw)? {
                Some(value) => put_quoted(out, |out| put_text(element, value, out))?,
                None => out.put_slice(b"NULL"),
            }
        }
    }
    out.put_u8(b'}');
    end(raw)
}

fn put_range(element: &Type, mut raw: &[u8], out: &mut BytesMut) -> Result<(), BoxError> {
    let raw = &mut raw;
    let [flags] = take(raw)?;
    if flags & flag::EMPTY != 0 {
        out.put_slice(b"empty");
        return end(raw);
    }
    out.put_u8(if flags & flag::LOWER_INCLUDED != 0 { b'[' } else { b'(' });
    for (separator, unbounded) in [("", flag::LOWER_UNBOUNDED), (",", flag::UPPER_UNBOUNDED)] {
        out.put_slice(separator.as_bytes());
        if flags & unbounded == 0 {
            let value = take_sized(raw)?.unwrap_or_default();
            put_quoted(out, |out| put_text(element, value, out))?;
        }
    }
    out.put_u8(if flags & flag::UPPER_INCLUDED != 0 { b']' } else { b')' });
    end(raw)
}

fn put_multirange(element: &Type, mut raw: &[u8], out: &mut BytesMut) -> Result<(), BoxError> {
    let raw = &mut raw;
    out.put_u8(b'{');
    for at in 0..take_i32(raw)? {
        if at > 0 {
            out.put_u8(b',');
        }
        put_range(element, take_sized(raw)?.unwrap_or_default(), out)?;
    }
    out.put_u8(b'}');
    end(raw)
}
