//! The tokens of `json!(..)` to JSON text.

use std::fmt::Write as _;

use syn::ext::IdentExt as _;
use syn::parse::ParseStream;
use syn::{Ident, Lit, LitStr, Token, token};

use super::reader::{no_nul, whole};
use super::value::no_suffix;

/// Reads one JSON value and nothing after it.
pub(crate) fn text(input: ParseStream<'_>) -> syn::Result<String> {
    let mut out = String::new();
    value(input, &mut out)?;
    match input.is_empty() {
        true => Ok(out),
        false => Err(input.error("expected the end of the JSON value")),
    }
}

/// A number as JSON and PostgreSQL write it: decimal digits, no underscores, no bare point, no leading zeros.
pub(crate) fn number(literal: &Lit, negative: bool) -> syn::Result<String> {
    let (digits, suffix) = match literal {
        Lit::Int(int) => (int.base10_digits(), int.suffix()),
        Lit::Float(float) => (float.base10_digits(), float.suffix()),
        _ => return Err(syn::Error::new(literal.span(), "expected a number")),
    };
    no_suffix(suffix, literal.span())?;
    let trimmed = digits.trim_start_matches('0');
    let zero = if trimmed.starts_with(|first: char| first.is_ascii_digit()) { "" } else { "0" };
    let point = if trimmed.ends_with('.') { "0" } else { "" };
    let sign = if negative { "-" } else { "" };
    Ok(format!("{sign}{zero}{trimmed}{point}"))
}

fn value(input: ParseStream<'_>, out: &mut String) -> syn::Result<()> {
    if input.peek(token::Brace) {
        let content;
        syn::braced!(content in input);
        members(&content, out, ['{', '}'], |content, out| {
            string(
                &content
                    .parse::<LitStr>()
                    .map_err(|e| syn::Error::new(e.span(), "expected a key in quotes"))?,
                out,
            )?;
            content.parse::<Token![:]>()?;
            out.push(':');
            value(content, out)
        })
    } else if input.peek(token::Bracket) {
        let content;
        syn::bracketed!(content in input);
        members(&content, out, ['[', ']'], value)
    } else {
        scalar(input, out)
    }
}

fn members(
    content: ParseStream<'_>,
    out: &mut String,
    [open, close]: [char; 2],
    member: impl Fn(ParseStream<'_>, &mut String) -> syn::Result<()>,
) -> syn::Result<()> {
    out.push(open);
    whole(content, |content| {
        while !content.is_empty() {
            member(content, out)?;
            if content.is_empty() {
                break;
            }
            content.parse::<Token![,]>()?;
            if !content.is_empty() {
                out.push(',');
            }
        }
        Ok(())
    })?;
    out.push(close);
    Ok(())
}

fn scalar(input: ParseStream<'_>, out: &mut String) -> syn::Result<()> {
    let span = input.span();
    let expected = || {
        let message =
            "expected a JSON value: an object, an array, a string, a number, `true`, `false` or `null`";
        syn::Error::new(span, message)
    };
    let minus: Option<Token![-]> = input.parse()?;
    if minus.is_none() && input.peek(Ident::peek_any) && !input.peek(syn::LitBool) {
        let null = input.call(Ident::parse_any)? == "null";
        if !null {
            return Err(expected());
        }
        out.push_str("null");
        return Ok(());
    }
    match input.parse().map_err(|_| expected())? {
        Lit::Str(text) if minus.is_none() => string(&text, out)?,
        Lit::Bool(value) if minus.is_none() => out.push_str(if value.value { "true" } else { "false" }),
        literal @ (Lit::Int(_) | Lit::Float(_)) => out.push_str(&number(&literal, minus.is_some())?),
        _ => return Err(expected()),
    }
    Ok(())
}

/// Quotes by RFC 8259: quotes, backslashes and control characters are escaped, all else stands for itself.
fn string(literal: &LitStr, out: &mut String) -> syn::Result<()> {
    let text = literal.value();
    no_nul(&text, literal.span())?;
    out.push('"');
    for char in text.chars() {
        match char {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            // Writing to a `String` cannot fail.
            control if control < ' ' => drop(write!(out, "\\u{:04x}", u32::from(control))),
            plain => out.push(plain),
        }
    }
    out.push('"');
    Ok(())
}

#[cfg(test)]
mod tests {
    use syn::parse::Parser as _;

    fn json(tokens: &str) -> String {
        super::text.parse_str(tokens).unwrap_or_else(|e| format!("error: {e}"))
    }

    #[test]
    fn values() {
        assert_eq!(json("{}"), "{}");
        assert_eq!(
            json(r#"{"a": [1, -2.5, true, false, null,], "b": {},}"#),
            r#"{"a":[1,-2.5,true,false,null],"b":{}}"#
        );
        assert_eq!(json("\"x\""), "\"x\"");
        assert_eq!(json("[]"), "[]");
    }

    #[test]
    fn numbers_are_json_numbers() {
        assert_eq!(json("[1_000, 0xff, 007, 1., 00.5, 0, 1e5, 0e1]"), "[1000,255,7,1.0,0.5,0,1e5,0e1]");
    }

    #[test]
    fn strings_are_escaped() {
        assert_eq!(json(r#" "a\"b\\c\n\u{1}é\u{1F600}" "#), "\"a\\\"b\\\\c\\n\\u0001é\u{1F600}\"");
    }

    #[test]
    fn mistakes() {
        assert_eq!(json("{a: 1}"), "error: expected a key in quotes");
        assert!(json("[x]").starts_with("error: expected a JSON value"));
        assert!(json("-true").starts_with("error: expected a JSON value"));
        assert!(json("").starts_with("error: expected a JSON value"));
        assert_eq!(json("1 2"), "error: expected the end of the JSON value");
        assert_eq!(json("1u8"), "error: the suffix `u8` is not expected here; remove it");
        assert!(json("\"\\0\"").contains("NUL"));
    }
}
