//! The literal, taken apart at its braces.

use std::iter::Peekable;
use std::str::Chars;

/// Before, between and behind the parts is a text each, possibly empty.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Split {
    /// SQL, one more than parts.
    pub(super) texts: Vec<String>,
    /// What stands in the braces.
    pub(super) parts: Vec<String>,
}

pub(super) fn split(literal: &str) -> Result<Split, String> {
    let mut split = Split::default();
    let mut text = String::new();
    let mut chars = literal.chars().peekable();
    while let Some(char) = chars.next() {
        match char {
            '{' | '}' if chars.next_if_eq(&char).is_some() => text.push(char),
            '{' => {
                split.texts.push(std::mem::take(&mut text));
                split.parts.push(read_part(&mut chars)?);
            }
            '}' => return Err("`}` closes no `{`; write `}}` for a brace".to_owned()),
            _ => text.push(char),
        }
    }
    split.texts.push(text);
    Ok(split)
}

/// Up to the brace that closes the part, which is not one of an expression's own.
fn read_part(chars: &mut Peekable<Chars<'_>>) -> Result<String, String> {
    let mut part = String::new();
    let mut depth = 0_usize;
    while let Some(char) = chars.next() {
        match char {
            '}' if depth == 0 => return Ok(part),
            '{' => depth += 1,
            '}' => depth -= 1,
            '"' => {
                part.push(char);
                read_string(chars, &mut part);
                continue;
            }
            _ => {}
        }
        part.push(char);
    }
    let start = part.trim().chars().take(30).collect::<String>();
    Err(format!("`{{{start}` is not closed; write `}}` behind the expression, or `{{{{` for a brace"))
}

/// A string literal of the expression's, behind its first quote.
fn read_string(chars: &mut Peekable<Chars<'_>>, part: &mut String) {
    while let Some(char) = chars.next() {
        part.push(char);
        match char {
            '"' => return,
            '\\' => part.extend(chars.next()),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Split, split};

    #[track_caller]
    fn gives(literal: &str, texts: &[&str], parts: &[&str]) {
        let owned = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
        assert_eq!(split(literal), Ok(Split { texts: owned(texts), parts: owned(parts) }));
    }

    #[test]
    fn texts_surround_parts() {
        gives("now()", &["now()"], &[]);
        gives("{a}", &["", ""], &["a"]);
        gives("lower({Worker.email}) = {email}", &["lower(", ") = ", ""], &["Worker.email", "email"]);
        gives("größe {a}{b}", &["größe ", "", ""], &["a", "b"]);
    }

    #[test]
    fn doubled_braces_are_braces() {
        gives("'{{}}'::int[]", &["'{}'::int[]"], &[]);
        gives("{{{a}}}", &["{", "}"], &["a"]);
    }

    #[test]
    fn an_expression_may_have_braces_of_its_own() {
        gives("{ {1} }", &["", ""], &[" {1} "]);
        gives(r#"{f("}")}{g("\"}")}"#, &["", "", ""], &[r#"f("}")"#, r#"g("\"}")"#]);
    }

    #[test]
    fn mistakes() {
        assert!(split("a = {a").is_err_and(|message| message.starts_with("`{a` is not closed")));
        assert!(split("a = {{a}").is_err_and(|message| message.starts_with("`}` closes no")));
        assert!(split("{\"").is_err());
        assert!(split("{").is_err());
    }
}
