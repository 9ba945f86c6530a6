//! Whether a default is one value for all rows there are.

use super::mention::calls;

/// Functions that give one value for a whole statement, and words of types that stand before parentheses.
const SAME_FOR_ALL: &[&str] = &[
    "array_length",
    "bit",
    "cast",
    "char",
    "character",
    "coalesce",
    "concat",
    "current_setting",
    "date_part",
    "date_trunc",
    "decimal",
    "encode",
    "extract",
    "format",
    "interval",
    "json_build_array",
    "json_build_object",
    "jsonb_build_array",
    "jsonb_build_object",
    "length",
    "lower",
    "make_date",
    "make_interval",
    "make_timestamptz",
    "md5",
    "now",
    "nullif",
    "numeric",
    "row",
    "statement_timestamp",
    "time",
    "timestamp",
    "timestamptz",
    "timezone",
    "to_char",
    "to_date",
    "to_json",
    "to_jsonb",
    "to_timestamp",
    "transaction_timestamp",
    "upper",
    "varchar",
    "varying",
];

/// Whether PostgreSQL may have to compute the default for each row: then it writes the whole table again for a new
/// column with it. A function that is not known is taken for one of these.
pub(crate) fn is_volatile(default: &str) -> bool {
    calls(default).iter().any(|word| !SAME_FOR_ALL.contains(&word.to_lowercase().as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn constants_and_the_time_of_the_transaction_are_the_same_for_all_rows() {
        for same in
            ["0", "'a(b)'::character varying(20)", "now()", "current_date", "'{}'::jsonb", "pg_catalog.now()"]
        {
            assert!(!is_volatile(same), "{same}");
        }
        for other in
            ["gen_random_uuid()", "nextval('s'::regclass)", "clock_timestamp()", "\"now\"()", "app.code()"]
        {
            assert!(is_volatile(other), "{other}");
        }
    }
}
