//! Keys and checks as metadata.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::check::CheckIr;
use crate::model::key::KeyIr;

pub(super) fn expand_key(ir: &KeyIr) -> TokenStream {
    let KeyIr { name, columns } = ir;
    let columns = columns.iter().map(|column| &column.name);
    quote!(__p::KeyMeta { name: #name, columns: &[#(#columns),*] })
}

pub(super) fn expand_check(ir: &CheckIr) -> TokenStream {
    let CheckIr { name, expression } = ir;
    quote!(__p::CheckMeta { name: #name, expression: #expression })
}
