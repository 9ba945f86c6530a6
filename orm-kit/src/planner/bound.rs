//! A partition's bound as a condition: as a check it proves what PostgreSQL would otherwise read all rows for.

use crate::catalog::Table;
use crate::depend::{TokenKind, tokens};
use orm_core::sql::quote_ident;

/// The condition of the rows in a partition, and that of all others.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Bound {
    pub(super) inside: String,
    pub(super) outside: String,
}

/// The conditions of a bound of `of`, if that is partitioned by one column, by range or list.
pub(super) fn bound(of: &Table, bound: &str) -> Option<Bound> {
    let by = words(&of.partitioned.as_ref()?.by);
    let [strategy, open, key, close] = by.as_slice() else { return None };
    if open != "(" || close != ")" {
        return None;
    }
    let key = tokens(key).first()?.name()?;
    let ty = &of.column(&key)?.ty;
    let key = quote_ident(&key);
    let words = words(bound);
    let mut lists = lists(&words);
    let said: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
    let said: Vec<&str> = said.iter().map(String::as_str).collect();
    match (strategy.to_lowercase().as_str(), said.as_slice(), lists.len()) {
        ("range", ["for", "values", "from", ..], 2) => {
            let (to, from) = (lists.pop()?, lists.pop()?);
            let ([from], [to]) = (from.as_slice(), to.as_slice()) else { return None };
            let mut inside = vec![format!("{key} is not null")];
            let mut outside = vec![format!("{key} is null")];
            if !from.eq_ignore_ascii_case("minvalue") {
                inside.push(format!("{key} >= {from}::{ty}"));
                outside.push(format!("{key} < {from}::{ty}"));
            }
            if !to.eq_ignore_ascii_case("maxvalue") {
                inside.push(format!("{key} < {to}::{ty}"));
                outside.push(format!("{key} >= {to}::{ty}"));
            }
            Some(Bound { inside: inside.join(" and "), outside: outside.join(" or ") })
        }
        ("list", ["for", "values", "in", ..], 1) => {
            let (nulls, values): (Vec<String>, Vec<String>) =
                lists.pop()?.into_iter().partition(|value| value.eq_ignore_ascii_case("null"));
            let values: Vec<_> = values.iter().map(|value| format!("{value}::{ty}")).collect();
            let (any, none) = (values.join(", "), values.join(", "));
            Some(match (nulls.is_empty(), values.is_empty()) {
                (true, true) => return None,
                (true, false) => Bound {
                    inside: format!("{key} is not null and {key} in ({any})"),
                    outside: format!("{key} is null or {key} not in ({none})"),
                },
                (false, true) => {
                    Bound { inside: format!("{key} is null"), outside: format!("{key} is not null") }
                }
                (false, false) => Bound {
                    inside: format!("{key} is null or {key} in ({any})"),
                    outside: format!("{key} is not null and {key} not in ({none})"),
                },
            })
        }
        _ => None,
    }
}

/// The words of a text without what is blank.
fn words(text: &str) -> Vec<String> {
    let solid = tokens(text).into_iter().filter(|token| token.kind != TokenKind::Blank);
    solid.map(|token| token.text.to_owned()).collect()
}

/// What stands in each pair of parentheses of a bound, between the commas.
fn lists(words: &[String]) -> Vec<Vec<String>> {
    let mut lists: Vec<Vec<String>> = Vec::new();
    let mut depth = 0_u32;
    for word in words {
        match word.as_str() {
            "(" if depth == 0 => lists.push(vec![String::new()]),
            "," if depth == 1 => lists.last_mut().into_iter().for_each(|list| list.push(String::new())),
            ")" if depth == 1 => {}
            _ if depth > 0 => {
                let value = lists.last_mut().and_then(|list| list.last_mut());
                value.into_iter().for_each(|value| *value += word);
            }
            _ => {}
        }
        match word.as_str() {
            "(" => depth += 1,
            ")" => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    lists
}

#[cfg(test)]
mod tests {
    use super::{Bound, bound};
    use crate::catalog::{Column, Name, Partitioned, Table};

    #[track_caller]
    fn check(by: &str, of: &str, expected: Option<(&str, &str)>) {
        let mut table = Table::new(Name::new("public", "events"));
        table.columns = vec![Column::new("at", "date"), Column::new("Kind", "text")];
        table.partitioned = Some(Partitioned { by: by.to_owned() });
        let expected = expected
            .map(|(inside, outside)| Bound { inside: inside.to_owned(), outside: outside.to_owned() });
        assert_eq!(bound(&table, of), expected, "{of}");
    }

    #[test]
    fn a_range_has_ends_of_which_one_may_be_open() {
        check(
            "range (at)",
            "for values from ('2026-01-01') to ('2027-01-01')",
            Some((
                r#""at" is not null and "at" >= '2026-01-01'::date and "at" < '2027-01-01'::date"#,
                r#""at" is null or "at" < '2026-01-01'::date or "at" >= '2027-01-01'::date"#,
            )),
        );
        check(
            "RANGE (\"at\")",
            "FOR VALUES FROM (MINVALUE) TO ('2027-01-01')",
            Some((
                r#""at" is not null and "at" < '2027-01-01'::date"#,
                r#""at" is null or "at" >= '2027-01-01'::date"#,
            )),
        );
    }

    #[test]
    fn a_list_may_have_null() {
        check(
            "list (\"Kind\")",
            "for values in ('a', 'b)')",
            Some((
                r#""Kind" is not null and "Kind" in ('a'::text, 'b)'::text)"#,
                r#""Kind" is null or "Kind" not in ('a'::text, 'b)'::text)"#,
            )),
        );
        check(
            "list (\"Kind\")",
            "for values in (null)",
            Some((r#""Kind" is null"#, r#""Kind" is not null"#)),
        );
    }

    #[test]
    fn other_bounds_have_no_conditions() {
        for by in ["hash (at)", "range (at, \"Kind\")", "range ((at))", "range (lower(at))", "range (kind)"] {
            check(by, "for values from (1) to (2)", None);
        }
        check("range (at)", "default", None);
        check("list (at)", "for values from (1) to (2)", None);
    }
}
