//! Second step: what the attributes mean. Names are complete, lists of columns are resolved.
//!
//! The rows of `Insert` and `Row` mean just what they say, so they have no model.

pub(crate) mod case;
pub(crate) mod cast;
pub(crate) mod check;
pub(crate) mod column;
pub(crate) mod composite;
pub(crate) mod index;
pub(crate) mod key;
pub(crate) mod name;
pub(crate) mod newtype;
pub(crate) mod pg_enum;
pub(crate) mod reference;
pub(crate) mod table;

use proc_macro2::TokenStream;
use quote::{ToTokens as _, quote};
use syn::Path;

/// The path of the crate that generated code goes through.
pub(crate) fn krate(path: Option<&Path>) -> TokenStream {
    path.map_or_else(|| quote!(::mizzle), |path| path.to_token_stream())
}
