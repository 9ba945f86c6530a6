//! Integers, floats, booleans and numeric.

use super::round_trip::round_trips;

round_trips! {
    smallint: i16, "smallint" {
        0 => "0",
        -1 => "'-1'",
        i16::MAX => "32767",
        i16::MIN => "'-32768'",
    }
    integer: i32, "integer" {
        0 => "0",
        -1 => "'-1'",
        i32::MAX => "2147483647",
        i32::MIN => "'-2147483648'",
    }
    bigint: i64, "bigint" {
        0 => "0",
        -1 => "'-1'",
        i64::MAX => "9223372036854775807",
        i64::MIN => "'-9223372036854775808'",
    }
    boolean: bool, "boolean" {
        true => "true",
        false => "false",
    }
    real: f32, "real" {
        0.0 => "0",
        -0.0 => "'-0'",
        1.1 => "1.1",
        -1.5e-10 => "'-1.5e-10'",
        f32::MAX => "'3.4028235e38'",
        f32::MIN => "'-3.4028235e38'",
        f32::MIN_POSITIVE => "'1.1754944e-38'",
        f32::from_bits(1) => "'1e-45'",
        f32::EPSILON => "'1.1920929e-7'",
        f32::NAN => "'NaN'",
        f32::INFINITY => "'Infinity'",
        f32::NEG_INFINITY => "'-Infinity'",
    }
    double_precision: f64, "double precision" {
        0.0 => "0",
        -0.0 => "'-0'",
        0.1 => "0.1",
        -1.5e-10 => "'-1.5e-10'",
        f64::MAX => "'1.7976931348623157e308'",
        f64::MIN => "'-1.7976931348623157e308'",
        f64::MIN_POSITIVE => "'2.2250738585072014e-308'",
        f64::from_bits(1) => "'5e-324'",
        f64::EPSILON => "'2.220446049250313e-16'",
        9_007_199_254_740_993.0 => "9007199254740993",
        f64::NAN => "'NaN'",
        f64::INFINITY => "'Infinity'",
        f64::NEG_INFINITY => "'-Infinity'",
    }
}

#[cfg(feature = "rust_decimal")]
mod decimal {
    use super::round_trips;
    use rust_decimal::Decimal;

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap_or_default()
    }

    round_trips! {
        numeric: Decimal, "numeric" {
            Decimal::ZERO => "0",
            Decimal::ONE => "1",
            decimal("-1.5") => "'-1.5'",
            decimal("1.00") => "'1.00'",
            decimal("12345678901234567890.12345678") => "'12345678901234567890.12345678'",
            decimal("0.0001") => "'0.0001'",
            decimal("10000") => "'10000'",
            decimal("99999999.99990000") => "'99999999.99990000'",
            Decimal::MAX => "'79228162514264337593543950335'",
            Decimal::MIN => "'-79228162514264337593543950335'",
            decimal("0.0000000000000000000000000001") => "'0.0000000000000000000000000001'",
            decimal("-7.9228162514264337593543950335") => "'-7.9228162514264337593543950335'",
        }
        numeric_of_a_scale: Decimal, "numeric(20, 6)", column(numeric(20, 6)), list(type = "numeric(20, 6)[]") {
            decimal("1.000000") => "'1'",
            decimal("-12345678901234.567891") => "'-12345678901234.567891'",
            decimal("0.000001") => "'0.000001'",
        }
    }
}
