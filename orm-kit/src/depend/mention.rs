//! The names that a piece of SQL mentions.

use super::token::{Token, TokenKind, tokens};
use crate::catalog::Name;
use orm_core::sql::quote_ident;
use std::collections::BTreeSet;

/// The names in a text; those in literals only where the literal is a name: `nextval('app.ids')`, `'app.ids'::regclass`.
///
/// ```
/// use orm_kit::{catalog::Name, depend::Mentions};
///
/// let mentions = Mentions::of("select w.id from app.workers w where note <> 'jobs'");
/// assert!(mentions.object(&Name::new("app", "workers")));
/// assert!(!mentions.object(&Name::new("public", "workers")));
/// assert!(!mentions.object(&Name::new("app", "jobs")));
/// assert!(mentions.column("id"));
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mentions {
    /// Each with the name before its dot.
    names: BTreeSet<(Option<String>, String)>,
}

impl Mentions {
    /// The names in this text.
    pub fn of(text: &str) -> Self {
        let mut mentions = Mentions::default();
        mentions.add(text);
        mentions
    }

    /// The names in this text too.
    pub fn add(&mut self, text: &str) {
        let tokens: Vec<_> =
            tokens(text).into_iter().filter(|token| token.kind != TokenKind::Blank).collect();
        // The name before, and whether a dot is behind it.
        let mut before: Option<(String, bool)> = None;
        for (at, token) in tokens.iter().enumerate() {
            if let Some(name) = token.name() {
                let qualifier = before.take().filter(|(_, dot)| *dot).map(|(name, _)| name);
                self.names.insert((qualifier, name.clone()));
                before = Some((name, false));
            } else {
                before = before.filter(|(_, dot)| token.text == "." && !dot).map(|(name, _)| (name, true));
                if token.kind == TokenKind::Literal && is_name(&tokens, at) {
                    self.add(&literal(token.text));
                }
            }
        }
    }

    /// Another's names too.
    pub fn extend(&mut self, other: Mentions) {
        self.names.extend(other.names);
    }

    /// Whether a table, type or routine of this name is mentioned, with its schema or without any.
    pub fn object(&self, name: &Name) -> bool {
        let Name { schema, name } = name;
        self.names.contains(&(None, name.clone()))
            || self.names.contains(&(Some(schema.clone()), name.clone()))
    }

    /// Whether a column of this name is mentioned, of whichever table.
    pub fn column(&self, name: &str) -> bool {
        self.names.iter().any(|(_, mentioned)| mentioned == name)
    }

    /// Each name, with the one before its dot.
    pub(super) fn names(&self) -> impl Iterator<Item = (Option<&str>, &str)> {
        self.names.iter().map(|(qualifier, name)| (qualifier.as_deref(), name.as_str()))
    }
}

/// The text with names replaced: `replace` gets each with the one before its dot, and says what is there now.
pub(crate) fn replace_names(text: &str, replace: &dyn Fn(Option<&str>, &str) -> Option<String>) -> String {
    let tokens = tokens(text);
    let solid: Vec<_> = tokens.iter().copied().filter(|token| token.kind != TokenKind::Blank).collect();
    let mut replaced = String::with_capacity(text.len());
    let mut before: Option<(String, bool)> = None;
    let mut at = 0;
    for token in &tokens {
        if token.kind == TokenKind::Blank {
            replaced += token.text;
            continue;
        }
        if let Some(name) = token.name() {
            let qualifier = before.take().filter(|(_, dot)| *dot).map(|(name, _)| name);
            match replace(qualifier.as_deref(), &name) {
                Some(new) => replaced += &like(token, &new),
                None => replaced += token.text,
            }
            before = Some((name, false));
        } else {
            before = before.filter(|(_, dot)| token.text == "." && !dot).map(|(name, _)| (name, true));
            if token.kind == TokenKind::Literal && is_name(&solid, at) {
                let inner = replace_names(&literal(token.text), replace);
                replaced += &orm_core::sql::quote_literal(&inner);
            } else {
                replaced += token.text;
            }
        }
        at += 1;
    }
    replaced
}

/// `name` with quotes if the token has them or the name takes them.
fn like(token: &Token<'_>, name: &str) -> String {
    let plain = name.starts_with(|char: char| char.is_ascii_lowercase() || char == '_')
        && name.chars().all(|char| char.is_ascii_lowercase() || char.is_ascii_digit() || char == '_');
    if plain && token.kind == TokenKind::Word { name.to_owned() } else { quote_ident(name) }
}

/// Whether the literal at this place is a name: an argument of `nextval`, or cast to a type of names.
fn is_name(tokens: &[Token<'_>], at: usize) -> bool {
    let text = |at: Option<usize>| at.and_then(|at| tokens.get(at)).map(|token| token.text);
    let cast = text(at.checked_add(1)) == Some(":")
        && text(at.checked_add(2)) == Some(":")
        && text(at.checked_add(3)).is_some_and(|ty| matches!(ty, "regclass" | "regproc" | "regtype"));
    let argument = text(at.checked_sub(1)) == Some("(")
        && text(at.checked_sub(2)).is_some_and(|name| name.eq_ignore_ascii_case("nextval"));
    cast || argument
}

/// What a literal says.
fn literal(text: &str) -> String {
    let inner = text.trim_start_matches(['e', 'E']);
    let inner = inner.strip_prefix('\'').unwrap_or(inner);
    inner.strip_suffix('\'').unwrap_or(inner).replace("''", "'")
}

#[cfg(test)]
mod tests {
    use super::{Mentions, replace_names};
    use crate::catalog::Name;

    #[test]
    fn a_name_behind_a_dot_is_of_what_is_before_it() {
        let mentions = Mentions::of("app.workers.id + other . total(x)");
        assert!(mentions.object(&Name::new("app", "workers")));
        assert!(mentions.object(&Name::new("other", "total")));
        assert!(!mentions.object(&Name::new("public", "total")));
        assert!(mentions.object(&Name::new("any", "x")));
        assert!(!mentions.object(&Name::new("any", "id")));
        assert!(mentions.column("id"));
    }

    #[test]
    fn a_literal_is_a_name_only_where_it_is_one() {
        let ids = Name::new("app", "ids");
        assert!(Mentions::of("nextval('app.ids')").object(&ids));
        assert!(Mentions::of("nextval('app.ids'::regclass)").object(&ids));
        assert!(Mentions::of("'\"app\".\"ids\"'::regclass").object(&ids));
        assert!(!Mentions::of("'app.ids'::text").object(&ids));
        assert!(!Mentions::of("$$ app.ids $$").object(&ids));
        assert!(!Mentions::of("1 -- app.ids").object(&ids));
    }

    #[test]
    fn names_are_replaced_in_the_quotes_they_had() {
        let replace = |_: Option<&str>, name: &str| (name == "age").then(|| "years old".to_owned());
        assert_eq!(replace_names("age > 'age'", &replace), "\"years old\" > 'age'");
        let replace = |before: Option<&str>, name: &str| {
            (before == Some("w") && name == "age").then(|| "years".to_owned())
        };
        assert_eq!(replace_names("w.age, w . \"age\", age", &replace), "w.years, w . \"years\", age");
        let replace = |_: Option<&str>, name: &str| (name == "ids").then(|| "numbers".to_owned());
        assert_eq!(
            replace_names("nextval('app.ids'::regclass)", &replace),
            "nextval('app.numbers'::regclass)"
        );
    }
}
