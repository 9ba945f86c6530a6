//! A foreign key as metadata, and the check that its two ends are of one type.

use proc_macro2::{Ident, TokenStream};
use quote::{quote, quote_spanned};

use super::key::expand_timing;
use super::{said, said_flag};
use crate::attr::words::ActionWord;
use crate::model::reference::ForeignKeyIr;

/// Names the other table by its constant and never by its metadata, so that tables may refer to each other in a circle.
pub(super) fn expand_foreign_key(ir: &ForeignKeyIr) -> TokenStream {
    let ForeignKeyIr { name, columns, table, targets, on_delete, on_update, match_full, timing } = ir;
    let columns = columns.iter().map(|column| &column.name);
    let targets = targets.iter().map(|(table, column)| quote!(__p::column_name(&#table.#column)));
    let options = [
        said("on_delete", on_delete.map(expand_action)),
        said("on_update", on_update.map(expand_action)),
        said_flag("match_full", *match_full),
        expand_timing(*timing),
    ];
    let options = options.iter().flatten();
    quote! {
        __p::ForeignKeyMeta {
            name: #name,
            columns: &[#(#columns),*],
            table: __p::table_name(&#table),
            targets: &[#(#targets),*],
            #(#options)*
            ..__p::ForeignKeyMeta::EMPTY
        }
    }
}

pub(super) fn expand_reference_check(ident: &Ident, ir: &ForeignKeyIr) -> TokenStream {
    let pairs = ir.columns.iter().zip(&ir.targets).map(|(column, (table, target))| {
        let field = &column.field;
        quote_spanned!(target.span()=> const _: () = __p::check_reference(&#ident.#field, &#table.#target);)
    });
    pairs.collect()
}

fn expand_action(action: ActionWord) -> TokenStream {
    match action {
        ActionWord::NoAction => quote!(__p::ActionMeta::NoAction),
        ActionWord::Restrict => quote!(__p::ActionMeta::Restrict),
        ActionWord::Cascade => quote!(__p::ActionMeta::Cascade),
        ActionWord::SetNull => quote!(__p::ActionMeta::SetNull),
        ActionWord::SetDefault => quote!(__p::ActionMeta::SetDefault),
    }
}
