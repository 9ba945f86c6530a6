//! A type that holds the texts, and a call for each part.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens as _, quote, quote_spanned};
use syn::{Expr, LitStr};

use super::Sql;
use super::lexer::Lexer;
use super::split::{Split, split};
use crate::model::krate;

pub(crate) fn expand_sql(input: &Sql) -> TokenStream {
    let span = input.text.span();
    read(&input.text)
        .and_then(|read| expand(&read, &krate(input.krate.as_ref()), span))
        .unwrap_or_else(|message| syn::Error::new(span, message).to_compile_error())
}

/// The literal, free of mistakes that can be seen without looking at the parts.
struct Read {
    split: Split,
    is_atom: bool,
}

fn read(literal: &LitStr) -> Result<Read, String> {
    let text = literal.value();
    if text.trim().is_empty() {
        return Err("`sql!` is empty; write SQL".to_owned());
    }
    let split = split(&text)?;
    let mut lexer = Lexer::default();
    let mut parts = split.parts.iter();
    for text in &split.texts {
        lexer.read(text)?;
        if let Some(part) = parts.next() {
            lexer.part(part)?;
        }
    }
    let is_atom = lexer.finish()?;
    Ok(Read { split, is_atom })
}

/// The parts stand outside of the block, so that what they borrow lives as long as in any other call.
fn expand(read: &Read, krate: &TokenStream, span: Span) -> Result<TokenStream, String> {
    let Read { split: Split { texts, parts }, is_atom } = read;
    let parts = parts.iter().map(|part| parse(part, span)).collect::<Result<Vec<_>, _>>()?;
    let named: Vec<String> = parts.iter().filter_map(Part::name).collect();
    let parts = parts.iter().map(|part| {
        let own = part.of().is_some_and(|table| named.contains(&table));
        let call = if own { quote!(own) } else { quote!(part) };
        let value = match part {
            Part::One(expr) => expr.to_token_stream(),
            Part::Every(table) => quote!(#krate::__private::every(#table)),
        };
        quote!(.#call(#value))
    });
    // Shown at the literal, but known as generated to lints.
    let span = Span::mixed_site().located_at(span);
    Ok(quote_spanned! {span=>
        #krate::__private::fragment({
            enum __Text {}
            impl #krate::__private::Template for __Text {
                const TEXTS: &'static [&'static ::core::primitive::str] = &[#(#texts),*];
                const IS_ATOM: ::core::primitive::bool = #is_atom;
            }
            ::core::marker::PhantomData::<__Text>
        }) #(#parts)*
    })
}

/// What stands in a pair of braces.
enum Part {
    One(Expr),
    /// Every column of the table.
    Every(Expr),
}

impl Part {
    /// The part itself, when it is a name, as a table is.
    fn name(&self) -> Option<String> {
        match self {
            Part::One(Expr::Path(path)) => Some(path.to_token_stream().to_string()),
            Part::One(_) | Part::Every(_) => None,
        }
    }

    /// The name that a column starts with.
    fn of(&self) -> Option<String> {
        let mut expr = match self {
            Part::One(expr @ (Expr::Field(_) | Expr::MethodCall(_))) | Part::Every(expr) => expr,
            Part::One(_) => return None,
        };
        loop {
            expr = match expr {
                Expr::Field(field) => &field.base,
                Expr::MethodCall(call) => &call.receiver,
                Expr::Path(path) => return Some(path.to_token_stream().to_string()),
                _ => return None,
            };
        }
    }
}

fn parse(part: &str, span: Span) -> Result<Part, String> {
    let source = part.trim();
    if source.is_empty() {
        return Err(
            "`{}` is empty; write a column, a table or a value into it, or `{{}}` for braces".to_owned()
        );
    }
    let (source, every) = match source.strip_suffix(".*") {
        Some(table) => (table, true),
        None => (source, false),
    };
    match LitStr::new(source, span).parse::<Expr>() {
        Ok(expr) if every => Ok(Part::Every(expr)),
        Ok(expr) => Ok(Part::One(expr)),
        Err(error) => Err(format!("`{{{part}}}` is not a Rust expression: {error}")),
    }
}
