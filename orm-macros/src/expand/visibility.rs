//! The visibility of what stands in a module below the user's.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens as _, quote};
use syn::Visibility;

/// The user's visibility as it is written one module further down.
pub(super) fn one_down(vis: &Visibility) -> TokenStream {
    match vis {
        Visibility::Public(_) => vis.to_token_stream(),
        Visibility::Inherited => quote!(pub(super)),
        Visibility::Restricted(restricted) => {
            let path = &restricted.path;
            let segments: Vec<&Ident> = path.segments.iter().map(|segment| &segment.ident).collect();
            match segments.split_first() {
                Some((first, rest)) if *first == "self" => quote!(pub(in super #(::#rest)*)),
                Some((first, _)) if *first == "super" => quote!(pub(in super::#path)),
                // `crate`, and paths that begin there.
                _ => vis.to_token_stream(),
            }
        }
    }
}

/// The narrower of a struct's and its field's visibility, where one of them is private; else the struct's.
pub(super) fn narrower<'v>(of_struct: &'v Visibility, of_field: &'v Visibility) -> &'v Visibility {
    match of_field {
        Visibility::Inherited => of_field,
        Visibility::Public(_) | Visibility::Restricted(_) => of_struct,
    }
}

#[cfg(test)]
mod tests {
    use super::one_down;

    #[test]
    fn paths_are_seen_from_below() {
        let table = [
            ("", "pub (super)"),
            ("pub", "pub"),
            ("pub(crate)", "pub (crate)"),
            ("pub(self)", "pub (in super)"),
            ("pub(super)", "pub (in super :: super)"),
            ("pub(in super::super)", "pub (in super :: super :: super)"),
            ("pub(in self::super)", "pub (in super :: super)"),
            ("pub(in crate::a)", "pub (in crate :: a)"),
        ];
        for (vis, expected) in table {
            assert_eq!(one_down(&syn::parse_str(vis).unwrap()).to_string(), expected, "{vis}");
        }
    }
}
