//! The visibility of what the expansion adds to the user's module.

use syn::Visibility;

/// The narrower of a struct's and its field's visibility, where one of them is private; else the struct's.
pub(super) fn narrower<'v>(of_struct: &'v Visibility, of_field: &'v Visibility) -> &'v Visibility {
    match of_field {
        Visibility::Inherited => of_field,
        Visibility::Public(_) | Visibility::Restricted(_) => of_struct,
    }
}
