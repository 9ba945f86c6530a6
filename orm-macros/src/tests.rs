//! Whole derives: the expansion of a small table, and the messages for mistakes.

mod expansion;
mod mistakes;
mod robustness;
mod sql;

use syn::DeriveInput;

fn input(text: &str) -> DeriveInput {
    syn::parse_str(text).unwrap()
}

/// The messages of the `compile_error!`s, one a line.
fn messages(tokens: proc_macro2::TokenStream) -> Vec<String> {
    let mut found = Vec::new();
    let mut trees = tokens.into_iter();
    while let Some(tree) = trees.next() {
        let is_error = matches!(&tree, proc_macro2::TokenTree::Ident(ident) if ident == "compile_error");
        if is_error && let Some(proc_macro2::TokenTree::Group(group)) = trees.nth(1) {
            let text: syn::LitStr = syn::parse2(group.stream()).unwrap();
            found.push(text.value());
        }
    }
    found
}
