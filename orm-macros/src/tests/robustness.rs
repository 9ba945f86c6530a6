//! Half-written attributes, as an editor sends them on every key stroke.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::quote;

use super::messages;
use crate::expand::{derive_composite, derive_enum, derive_table};

const ATTRIBUTES: &str = "
    primary_key(name = \"p\", columns(a, b)), unique(a, b), index(name = \"i\", columns(a.desc(), \"lower(b)\"), unique,
    using = gin, where = \"a\", include(a), with = \"f\"), check(name = \"c\", \"a > 0\"), name = \"x\", default = -1.5,
    default = f(\"a\", g(1)), default = json!({\"a\": [1, {\"b\": null}]}), default = E::V, on_update = sql(\"x\"),
    identity(always), generated = \"g\", varchar(1), numeric(1, -2), type = \"t\", crate = a::b, rename_all = \"x\",
    references(m::T.id, on_delete = cascade), foreign_key(columns(a), references(T.b, T.c), on_update = restrict)";

/// Every prefix, also of what is in parentheses.
fn prefixes(tokens: &TokenStream) -> Vec<TokenStream> {
    let trees: Vec<TokenTree> = tokens.clone().into_iter().collect();
    let mut found = vec![TokenStream::new()];
    for (at, tree) in trees.iter().enumerate() {
        let before: TokenStream = trees.iter().take(at).cloned().collect();
        if let TokenTree::Group(group) = tree {
            found.extend(prefixes(&group.stream()).into_iter().map(|inner| {
                let group = Group::new(Delimiter::Parenthesis, inner);
                quote!(#before #group)
            }));
        }
        found.push(quote!(#before #tree));
    }
    found
}

#[test]
fn any_prefix_ends_in_messages_and_not_in_a_panic() {
    let tokens: TokenStream = ATTRIBUTES.parse().unwrap();
    for prefix in prefixes(&tokens) {
        let on_table = quote!(
            #[orm(#prefix)]
            struct T {
                a: i64,
                #[orm(#prefix)]
                b: String,
            }
        );
        assert!(!messages(derive_table(&syn::parse2(on_table).unwrap())).is_empty(), "{prefix}");
        let on_composite = quote!(
            #[orm(#prefix)]
            struct T {
                #[orm(#prefix)]
                a: i64,
            }
        );
        assert!(!messages(derive_composite(&syn::parse2(on_composite).unwrap())).is_empty(), "{prefix}");
        let on_enum = quote!(
            #[orm(#prefix)]
            enum E {
                #[orm(#prefix)]
                A,
            }
        );
        assert!(!messages(derive_enum(&syn::parse2(on_enum).unwrap())).is_empty(), "{prefix}");
    }
}
