//! The derives of [mizzle](https://docs.rs/mizzle), which re-exports them; use them from there.
//!
//! A call goes one way, and each step is a module: `attr` reads tokens into attributes with their spans, `model` says
//! what those mean (complete names, resolved columns), `check` holds the rules over several attributes, `expand` writes
//! the tokens. All mistakes of a call are collected in `errors`; beside them `fallback` lets the type be used, so that
//! one mistake is one error.
//!
//! `ORM_MACROS_DEBUG=1` prints what each call expands to.

mod attr;
mod check;
mod errors;
mod expand;
mod fallback;
mod model;
#[cfg(test)]
mod tests;

use proc_macro::TokenStream;
use proc_macro2::TokenStream as Tokens;
use syn::{DeriveInput, parse_macro_input};

#[doc = include_str!("../docs/table.md")]
#[proc_macro_derive(Table, attributes(orm))]
pub fn derive_table(input: TokenStream) -> TokenStream {
    derive(input, expand::derive_table)
}

#[doc = include_str!("../docs/pg_enum.md")]
#[proc_macro_derive(PgEnum, attributes(orm))]
pub fn derive_pg_enum(input: TokenStream) -> TokenStream {
    derive(input, expand::derive_enum)
}

#[doc = include_str!("../docs/pg_newtype.md")]
#[proc_macro_derive(PgNewtype, attributes(orm))]
pub fn derive_pg_newtype(input: TokenStream) -> TokenStream {
    derive(input, expand::derive_newtype)
}

#[doc = include_str!("../docs/pg_composite.md")]
#[proc_macro_derive(PgComposite, attributes(orm))]
pub fn derive_pg_composite(input: TokenStream) -> TokenStream {
    derive(input, expand::derive_composite)
}

#[doc = include_str!("../docs/insert.md")]
#[proc_macro_derive(Insert, attributes(orm))]
pub fn derive_insert(input: TokenStream) -> TokenStream {
    derive(input, expand::derive_insert)
}

#[doc = include_str!("../docs/row.md")]
#[proc_macro_derive(Row, attributes(orm))]
pub fn derive_row(input: TokenStream) -> TokenStream {
    derive(input, expand::derive_row)
}

#[doc = include_str!("../docs/alias.md")]
#[proc_macro]
pub fn alias(input: TokenStream) -> TokenStream {
    let aliases = parse_macro_input!(input as expand::alias::Aliases);
    shown(expand::alias::expand_aliases(&aliases))
}

fn derive(input: TokenStream, expand: fn(&DeriveInput) -> Tokens) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    shown(expand(&input))
}

/// Prints an expansion for those who ask to see it.
fn shown(tokens: Tokens) -> TokenStream {
    if std::env::var_os("ORM_MACROS_DEBUG").is_some_and(|value| value == "1") {
        eprintln!("{tokens}\n");
    }
    tokens.into()
}
