//! The keys of an index, out of the statement that makes it.
//!
//! What follows a key (collation, operator class, order) is printed by the server only where it differs from what would
//! hold without it. No catalog says that by itself, so it is read from there.

use crate::Error;
use crate::catalog::{Name, Nulls};
use crate::depend::{TokenKind, tokens};

/// The keys as `pg_get_indexdef` prints them, for the row `x` of `pg_index`.
pub(super) const TEXTS: &str = "array(
    select case k.key when 0 then pg_get_indexdef(x.indexrelid, k.place::int4, false)
        else (select quote_ident(a.attname) from pg_attribute a where a.attrelid = x.indrelid and a.attnum = k.key) end
    from unnest(x.indkey::int2[]) with ordinality k (key, place)
    where k.place <= x.indnkeyatts
    order by k.place)";

/// What follows a key.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Tail {
    /// As printed.
    pub(super) collation: Option<String>,
    pub(super) opclass: Option<String>,
    pub(super) descending: bool,
    pub(super) nulls: Option<Nulls>,
}

/// What follows each of the keys `texts` in `create index .. on .. using .. (..)`.
pub(super) fn tails(definition: &str, texts: &[String]) -> Result<Vec<Tail>, Error> {
    let unread =
        || Error::new(format!("the server's definition of an index was not understood: `{definition}`"));
    let before: usize =
        tokens(definition).iter().take_while(|token| token.text != "(").map(|token| token.text.len()).sum();
    let (_, mut rest) = definition.split_at_checked(before + 1).ok_or_else(unread)?;
    let mut tails = Vec::with_capacity(texts.len());
    for text in texts {
        rest = rest.strip_prefix(text.as_str()).ok_or_else(unread)?;
        let (tail, behind) = rest.split_at_checked(length(rest)).ok_or_else(unread)?;
        tails.push(parse(tail.trim()));
        rest = behind.strip_prefix(", ").unwrap_or(behind);
    }
    Ok(tails)
}

/// How much of `rest` stands before the comma or parenthesis that ends the key.
fn length(rest: &str) -> usize {
    let mut depth = 0_usize;
    let mut length = 0;
    for token in tokens(rest) {
        match token.text {
            "," | ")" if depth == 0 => break,
            "(" => depth += 1,
            ")" => depth -= 1,
            _ => {}
        }
        length += token.text.len();
    }
    length
}

fn parse(mut tail: &str) -> Tail {
    let mut parsed = Tail::default();
    if let Some(behind) = tail.strip_prefix("COLLATE ") {
        let length = tokens(behind)
            .iter()
            .take_while(|token| token.kind != TokenKind::Blank)
            .map(|token| token.text.len())
            .sum();
        if let Some((collation, behind)) = behind.split_at_checked(length) {
            parsed.collation = Some(collation.to_owned());
            tail = behind.trim_start();
        }
    }
    for (words, nulls) in [("NULLS FIRST", Nulls::First), ("NULLS LAST", Nulls::Last)] {
        if let Some(before) = tail.strip_suffix(words) {
            parsed.nulls = Some(nulls);
            tail = before.trim_end();
        }
    }
    if let Some(before) = tail.strip_suffix("DESC") {
        parsed.descending = true;
        tail = before.trim_end();
    }
    parsed.opclass = (!tail.is_empty()).then(|| tail.to_owned());
    parsed
}

/// A collation's name from how it is printed: PostgreSQL's own are not qualified.
pub(super) fn collation_name(printed: &str) -> Name {
    let words: Vec<String> = tokens(printed).iter().filter_map(|token| token.name()).collect();
    match words.as_slice() {
        [schema, name] => Name::new(schema, name),
        words => Name::new("pg_catalog", words.concat()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_follows_a_key_is_told_apart() {
        let texts = ["a".to_owned(), "\"b, (\"".to_owned(), "((c || ','::text))".to_owned(), "d".to_owned()];
        let definition = "CREATE INDEX \"x (\" ON public.t USING gist (a, \"b, (\" COLLATE pg_catalog.\"de (\" \
             public.gist_trgm_ops (siglen='32') DESC NULLS LAST, ((c || ','::text)) DESC, d NULLS FIRST) WHERE (a > 1)";
        assert_eq!(
            tails(definition, &texts).unwrap(),
            [
                Tail::default(),
                Tail {
                    collation: Some("pg_catalog.\"de (\"".to_owned()),
                    opclass: Some("public.gist_trgm_ops (siglen='32')".to_owned()),
                    descending: true,
                    nulls: Some(Nulls::Last),
                },
                Tail { descending: true, ..Tail::default() },
                Tail { nulls: Some(Nulls::First), ..Tail::default() },
            ]
        );
    }

    #[test]
    fn a_collation_of_the_server_itself_is_not_qualified() {
        assert_eq!(collation_name("\"C\""), Name::new("pg_catalog", "C"));
        assert_eq!(collation_name("app.\"Ger\"\"man\""), Name::new("app", "Ger\"man"));
    }
}
