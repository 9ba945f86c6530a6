//! `sql!`: raw SQL with typed parts in braces.
//!
//! A call goes one way: `split` takes the literal apart at its braces, `lexer` reads the SQL between them as far as
//! quotes and comments go, `expand` writes the tokens. The first mistake is told, at the literal.

mod expand;
mod lexer;
mod split;

pub(crate) use expand::expand_sql;

use proc_macro2::TokenStream;
use syn::parse::{Parse, ParseStream};
use syn::{LitStr, Path, Token};

/// `crate = path;` perhaps, then the text.
pub(crate) struct Sql {
    krate: Option<Path>,
    text: LitStr,
}

impl Parse for Sql {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let mut krate = None;
        if input.peek(Token![crate]) && input.peek2(Token![=]) {
            input.parse::<Token![crate]>()?;
            input.parse::<Token![=]>()?;
            krate = Some(input.call(Path::parse_mod_style)?);
            input.parse::<Token![;]>()?;
        }
        if !input.peek(LitStr) {
            return Err(input.error(
                "`sql!` takes its text as a string literal; write `sql!(\"lower({Worker.email}) = {email}\")`",
            ));
        }
        let text = input.parse()?;
        input.parse::<Option<Token![,]>>()?;
        if !input.is_empty() {
            let rest = input.parse::<TokenStream>()?;
            let message = format!("`sql!` takes one string literal; write the value into it: `{{{rest}}}`");
            return Err(syn::Error::new_spanned(rest, message));
        }
        Ok(Sql { krate, text })
    }
}
