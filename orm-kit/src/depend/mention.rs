//! The names that a piece of SQL mentions.

use super::token::{Token, TokenKind, tokens};
use crate::catalog::Name;
use orm_core::sql::quote_ident;
use std::collections::{BTreeMap, BTreeSet};

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
    /// Each with the names before its dots.
    names: BTreeMap<String, BTreeSet<Option<String>>>,
    /// Whether there is a `*`, which may be all columns of a table.
    star: bool,
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
                self.names.entry(name.clone()).or_default().insert(qualifier);
                before = Some((name, false));
            } else {
                before = before.filter(|(_, dot)| token.text == "." && !dot).map(|(name, _)| (name, true));
                self.star |= token.text == "*" && is_all(&tokens, at);
                if token.kind == TokenKind::Literal && is_name(&tokens, at) {
                    self.add(&literal(token.text));
                }
            }
        }
    }

    /// Another's names too.
    pub fn extend(&mut self, other: Mentions) {
        let Mentions { names, star } = other;
        for (name, qualifiers) in names {
            self.names.entry(name).or_default().extend(qualifiers);
        }
        self.star |= star;
    }

    /// Whether a table, type or routine of this name is mentioned, with its schema or without any.
    pub fn object(&self, name: &Name) -> bool {
        let Name { schema, name } = name;
        let mut qualifiers = self.names.get(name).into_iter().flatten();
        qualifiers.any(|qualifier| qualifier.as_ref().is_none_or(|qualifier| qualifier == schema))
    }

    /// Whether a column of this name is mentioned, of whichever table.
    pub fn column(&self, name: &str) -> bool {
        self.names.contains_key(name)
    }

    /// Whether there is a `*` that may be all columns of a table that is mentioned.
    pub fn star(&self) -> bool {
        self.star
    }

    /// Each name, with the one before its dot.
    pub(super) fn names(&self) -> impl Iterator<Item = (Option<&str>, &str)> {
        self.names.iter().flat_map(|(name, qualifiers)| {
            qualifiers.iter().map(move |qualifier| (qualifier.as_deref(), name.as_str()))
        })
    }
}

/// Whether this `*` may be all columns: it is no `count(*)`, and no product whose first factor is a name.
fn is_all(tokens: &[Token<'_>], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|at| tokens.get(at));
    let behind = tokens.get(at + 1);
    let counts =
        before.is_some_and(|token| token.text == "(") && behind.is_some_and(|token| token.text == ")");
    let factor = before
        .and_then(Token::name)
        .is_some_and(|name| !["select", "distinct", "all", "returning"].contains(&name.as_str()));
    !counts && !factor
}

/// A name with the one before its dot, if there is one.
pub(crate) type Dotted<'a> = (Option<&'a str>, &'a str);

/// The text with names replaced: `replace` gets each, and says what is there now; of the schema it says something only
/// where one is written.
pub(crate) fn replace_names(text: &str, replace: &dyn Fn(Dotted<'_>) -> Option<Name>) -> String {
    let tokens = tokens(text);
    let mut pieces: Vec<String> = tokens.iter().map(|token| token.text.to_owned()).collect();
    let solid: Vec<_> =
        tokens.iter().enumerate().filter(|(_, token)| token.kind != TokenKind::Blank).collect();
    let plain: Vec<_> = solid.iter().map(|(_, token)| **token).collect();
    let mut before: Option<(usize, String, bool)> = None;
    for (place, (at, token)) in solid.iter().enumerate() {
        let mut put = |at: usize, text: String| {
            if let Some(piece) = pieces.get_mut(at) {
                *piece = text;
            }
        };
        if let Some(name) = token.name() {
            let qualifier = before.take().filter(|(_, _, dot)| *dot);
            if let Some(new) = replace((qualifier.as_ref().map(|(_, name, _)| name.as_str()), &name)) {
                if let Some((at, old, _)) = &qualifier
                    && *old != new.schema
                {
                    put(*at, like(tokens.get(*at), &new.schema));
                }
                put(*at, like(Some(token), &new.name));
            }
            before = Some((*at, name, false));
        } else {
            before =
                before.filter(|(_, _, dot)| token.text == "." && !dot).map(|(at, name, _)| (at, name, true));
            if token.kind == TokenKind::Literal && is_name(&plain, place) {
                let literal = literal(token.text);
                let replaced = replace_names(&literal, replace);
                if replaced != literal {
                    // As it was written: with an `e` or without.
                    let (before, _) = token.text.split_once('\'').unwrap_or_default();
                    put(*at, format!("{before}'{}'", replaced.replace('\'', "''")));
                }
            }
        }
    }
    pieces.concat()
}

/// `name` with quotes if the token has them or the name takes them.
fn like(token: Option<&Token<'_>>, name: &str) -> String {
    let plain = name.starts_with(|char: char| char.is_ascii_lowercase() || char == '_')
        && name.chars().all(|char| char.is_ascii_lowercase() || char.is_ascii_digit() || char == '_');
    let unquoted = token.is_none_or(|token| token.kind == TokenKind::Word);
    if plain && unquoted { name.to_owned() } else { quote_ident(name) }
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
    use super::{Dotted, Mentions, replace_names};
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
        let years = |name: &str| Some(Name::new("hr", name));
        let replace = |(_, name): Dotted<'_>| if name == "age" { years("years old") } else { None };
        assert_eq!(replace_names("age > 'age'", &replace), "\"years old\" > 'age'");
        let replace =
            |name: Dotted<'_>| if name == (Some("app"), "workers") { years("people") } else { None };
        assert_eq!(
            replace_names("app.workers, \"app\" . \"workers\", workers", &replace),
            "hr.people, \"hr\" . \"people\", workers"
        );
        let replace = |(_, name): Dotted<'_>| if name == "ids" { years("numbers") } else { None };
        assert_eq!(
            replace_names("nextval('app.ids'::regclass)", &replace),
            "nextval('hr.numbers'::regclass)"
        );
    }
}
