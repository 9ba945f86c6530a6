//! What may follow `default =` and `on_update =`: literals, SQL calls, JSON, Rust constants, `sql("..")`.

use proc_macro2::{Ident, Span};
use syn::ext::IdentExt as _;
use syn::parse::ParseStream;
use syn::{Lit, LitInt, Path, Token, token};

use super::Sp;
use super::json;
use super::reader::{equals, group, no_nul, string, whole};

/// A value the database fills in.
#[derive(Clone)]
pub(crate) enum Value {
    Int(i128),
    /// A decimal number as PostgreSQL and JSON write it.
    Decimal(String),
    Bool(bool),
    Text(String),
    /// JSON text.
    Json(String),
    /// A Rust constant, most often a variant: `TaskStatus::Created`.
    Constant(Path),
    /// SQL as written: a call, or the text of `sql("..")`.
    Sql(String),
}

const EXPECTED: &str = "expected a literal, an SQL function `now()`, `json!(..)`, a variant `Enum::Variant` or \
                        `sql(\"..\")`";

/// Reads `= value`.
pub(crate) fn parse_value(input: ParseStream<'_>, word: &Ident) -> syn::Result<Sp<Value>> {
    equals(input, word, &format!("{} = now()", word.unraw()))?;
    let span = input.span();
    if input.peek(Lit) || input.peek(Token![-]) {
        return literal(input);
    }
    let path = input.call(Path::parse_mod_style).map_err(|_| syn::Error::new(span, EXPECTED))?;
    if input.peek(Token![!]) {
        input.parse::<Token![!]>()?;
        return json_macro(input, &path, span);
    }
    if input.peek(token::Paren) || input.peek(Token![.]) {
        return call(input, path, span).map(|sql| Sp::new(Value::Sql(sql), span));
    }
    // A function without its parentheses, and not a constant, by Rust's own naming.
    match path.get_ident() {
        Some(ident) if ident.unraw().to_string().starts_with(char::is_lowercase) => {
            let message = format_args!(
                "`{ident}` is neither a call nor a variant; write `{ident}()`, or `sql(\"{ident}\")` for SQL as it is"
            );
            Err(syn::Error::new(span, message))
        }
        _ => Ok(Sp::new(Value::Constant(path), span)),
    }
}

/// `1`, `-1.5`, `true`, `"text"`.
fn literal(input: ParseStream<'_>) -> syn::Result<Sp<Value>> {
    let minus: Option<Token![-]> = input.parse()?;
    let literal: Lit = input.parse()?;
    let span = literal.span();
    let value = match literal {
        Lit::Str(text) if minus.is_none() => {
            no_nul(&text.value(), span)?;
            Value::Text(text.value())
        }
        Lit::Bool(value) if minus.is_none() => Value::Bool(value.value),
        Lit::Int(number) => Value::Int(int(&number, minus.is_some())?),
        Lit::Float(_) => Value::Decimal(json::number(&literal, minus.is_some())?),
        _ => return Err(syn::Error::new(span, EXPECTED)),
    };
    Ok(Sp::new(value, span))
}

fn int(number: &LitInt, negative: bool) -> syn::Result<i128> {
    no_suffix(number.suffix(), number.span())?;
    let value: i128 = number.base10_parse()?;
    Ok(if negative { -value } else { value })
}

/// The column's type is the field's; a suffix could only contradict it.
pub(crate) fn no_suffix(suffix: &str, span: Span) -> syn::Result<()> {
    match suffix {
        "" => Ok(()),
        _ => {
            Err(syn::Error::new(span, format_args!("the suffix `{suffix}` is not expected here; remove it")))
        }
    }
}

fn json_macro(input: ParseStream<'_>, path: &Path, span: Span) -> syn::Result<Sp<Value>> {
    if !path.is_ident("json") {
        return Err(syn::Error::new(span, "`json!(..)` is the only macro a default can be"));
    }
    let content;
    if input.peek(token::Paren) {
        syn::parenthesized!(content in input);
    } else if input.peek(token::Brace) {
        syn::braced!(content in input);
    } else {
        syn::bracketed!(content in input);
    }
    let text = whole(&content, json::text)?;
    Ok(Sp::new(Value::Json(text), span))
}

/// `now()`, `app.next_id("a", 1)`, `sql("..")`: SQL text.
fn call(input: ParseStream<'_>, path: Path, span: Span) -> syn::Result<String> {
    let Some(first) = path.get_ident() else {
        let message = "this is a call in Rust, which the database cannot make; \
                       write an SQL function: `f()`, or `app.f()` for one in a schema";
        return Err(syn::Error::new(span, message));
    };
    if first == "sql" && input.peek(token::Paren) {
        return group(input, first, "sql(\"..\")", |content| string(content, first)).map(|text| text.value);
    }
    let mut function = first.unraw().to_string();
    while input.parse::<Option<Token![.]>>()?.is_some() {
        function.push('.');
        function.push_str(&input.call(Ident::parse_any)?.unraw().to_string());
    }
    let args = group(input, first, &format!("{function}()"), |content| {
        content.parse_terminated(argument, Token![,])
    })?;
    let args: Vec<String> = args.into_iter().collect();
    Ok(format!("{function}({})", args.join(", ")))
}

/// An argument is a literal or another call; the only SQL text the macro makes of values.
fn argument(input: ParseStream<'_>) -> syn::Result<String> {
    let span = input.span();
    if input.peek(Lit) || input.peek(Token![-]) {
        return match literal(input)?.value {
            Value::Text(text) => Ok(format!("'{}'", text.replace('\'', "''"))),
            Value::Int(number) => Ok(number.to_string()),
            Value::Decimal(number) => Ok(number),
            Value::Bool(value) => Ok(value.to_string()),
            Value::Json(_) | Value::Constant(_) | Value::Sql(_) => Err(syn::Error::new(span, EXPECTED)),
        };
    }
    let path =
        input.call(Path::parse_mod_style).ok().filter(|_| input.peek(token::Paren) || input.peek(Token![.]));
    match path {
        Some(path) => call(input, path, span),
        None => {
            Err(syn::Error::new(span, "expected a literal or a call; write anything else as `sql(\"..\")`"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use syn::parse::Parser as _;

    fn parse(text: &str) -> Result<Value, String> {
        let read = |input: ParseStream<'_>| {
            let word = input.call(Ident::parse_any)?;
            parse_value(input, &word)
        };
        read.parse_str(&format!("default = {text}")).map(|value| value.value).map_err(|e| e.to_string())
    }

    fn sql(text: &str) -> String {
        match parse(text) {
            Ok(Value::Sql(sql)) => sql,
            Ok(_) => panic!("not SQL: {text}"),
            Err(error) => panic!("{error}"),
        }
    }

    #[test]
    fn calls_are_sql() {
        assert_eq!(sql("now()"), "now()");
        assert_eq!(sql("nextval(\"it's\")"), "nextval('it''s')");
        assert_eq!(sql("app.next_id(-1, 2.50, true,)"), "app.next_id(-1, 2.50, true)");
        assert_eq!(sql("timezone(\"utc\", now())"), "timezone('utc', now())");
        assert_eq!(sql("sql(\"current_date + 1\")"), "current_date + 1");
    }

    #[test]
    fn literals_keep_their_kind() {
        assert!(matches!(parse("1_000"), Ok(Value::Int(1000))));
        assert!(matches!(parse("-0x10"), Ok(Value::Int(-16))));
        assert!(matches!(parse("18446744073709551615"), Ok(Value::Int(18_446_744_073_709_551_615))));
        assert!(matches!(parse("-1.50"), Ok(Value::Decimal(text)) if text == "-1.50"));
        assert!(matches!(parse("false"), Ok(Value::Bool(false))));
        assert!(matches!(parse("\"\""), Ok(Value::Text(text)) if text.is_empty()));
        assert!(matches!(parse("Status::Open"), Ok(Value::Constant(_))));
        assert!(matches!(parse("json!({\"a\": []})"), Ok(Value::Json(text)) if text == "{\"a\":[]}"));
    }

    #[test]
    fn mistakes_say_what_to_write() {
        let error = |text| parse(text).err().unwrap_or_default();
        assert_eq!(
            error("now"),
            "`now` is neither a call nor a variant; write `now()`, or `sql(\"now\")` for SQL as it is"
        );
        assert_eq!(error("1i32"), "the suffix `i32` is not expected here; remove it");
        assert_eq!(error("vec![1]"), "`json!(..)` is the only macro a default can be");
        assert!(error("Uuid::new()").starts_with("this is a call in Rust"));
        assert!(error("f(x)").starts_with("expected a literal or a call"));
        assert!(error("'c'").starts_with("expected a literal, an SQL function"));
        assert!(error("\"a\\0\"").contains("NUL"));
        assert_eq!(error(""), "`default` needs a value; write `default = now()`");
    }
}
