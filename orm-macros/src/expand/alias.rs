//! `alias!`: second names of tables.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::ext::IdentExt as _;
use syn::parse::{Parse, ParseStream};
use syn::{Path, Token, Visibility};

use super::block;
use crate::model::case::snake_case;
use crate::model::krate;
use crate::model::name::{self, quote_ident};

/// `crate = path;` perhaps, then `pub Boss = Worker` separated by commas.
pub(crate) struct Aliases {
    krate: Option<Path>,
    aliases: Vec<Alias>,
}

struct Alias {
    vis: Visibility,
    ident: Ident,
    table: Path,
}

impl Parse for Aliases {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let mut krate = None;
        if input.peek(Token![crate]) && input.peek2(Token![=]) {
            input.parse::<Token![crate]>()?;
            input.parse::<Token![=]>()?;
            krate = Some(input.call(Path::parse_mod_style)?);
            input.parse::<Token![;]>()?;
        }
        if input.is_empty() {
            return Err(input.error("`alias!` is empty; write `alias!(Boss = Worker)`"));
        }
        let aliases = input.parse_terminated(Alias::parse, Token![,])?;
        Ok(Aliases { krate, aliases: aliases.into_iter().collect() })
    }
}

impl Parse for Alias {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let vis = input.parse()?;
        let ident: Ident = input.parse()?;
        if let Some(mistake) = name::mistake(&snake_case(&ident.unraw().to_string())) {
            return Err(syn::Error::new(ident.span(), mistake));
        }
        if input.parse::<Option<Token![=]>>()?.is_none() {
            let shown = ident.unraw();
            let message = format_args!("`{shown}` needs a table; write `alias!({shown} = Worker)`");
            return Err(syn::Error::new(ident.span(), message));
        }
        Ok(Alias { vis, ident, table: input.call(Path::parse_mod_style)? })
    }
}

pub(crate) fn expand_aliases(input: &Aliases) -> TokenStream {
    let krate = krate(input.krate.as_ref());
    input.aliases.iter().map(|alias| expand_alias(alias, &krate)).collect()
}

fn expand_alias(alias: &Alias, krate: &TokenStream) -> TokenStream {
    let Alias { vis, ident, table } = alias;
    let name = snake_case(&ident.unraw().to_string());
    let quoted = quote_ident(&name);
    let doc = format!(" A table under the name `{name}`, for queries that need it twice.");
    let block = block(
        krate,
        &quote! {
            #[automatically_derived]
            impl __p::Source for #ident {
                type Table = #table;
                const ALIAS: &'static ::core::primitive::str = #quoted;
            }
        },
    );
    quote! {
        #[doc = #doc]
        #[allow(dead_code)]
        #vis enum #ident {}
        #[doc = #doc]
        #[allow(non_upper_case_globals, dead_code)]
        #vis const #ident: <#table as #krate::__private::Table>::Columns<#ident> =
            <<#table as #krate::__private::Table>::Columns<#ident> as #krate::__private::Columns>::ALL;
        #block
    }
}
