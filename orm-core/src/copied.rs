//! `Clone` and `Copy` of types with parameters that are no values: a derive would demand them of those too, and no table
//! or operator has them.

/// `copied!([what is generic] type { its fields }, the parameters that are values)`, and of a type that has no such
/// parameters `copied!([what is generic] type)`.
macro_rules! copied {
    ([$($generics:tt)*] $ty:ty) => {
        impl<$($generics)*> ::core::clone::Clone for $ty {
            fn clone(&self) -> Self {
                *self
            }
        }

        impl<$($generics)*> ::core::marker::Copy for $ty {}
    };
    ([$($generics:tt)*] $ty:ty { $($field:tt),* } $(, $value:ident)+) => {
        impl<$($generics)*> ::core::clone::Clone for $ty
        where
            $($value: ::core::clone::Clone),+
        {
            fn clone(&self) -> Self {
                Self { $($field: ::core::clone::Clone::clone(&self.$field)),* }
            }
        }

        impl<$($generics)*> ::core::marker::Copy for $ty where $($value: ::core::marker::Copy),+ {}
    };
}

pub(crate) use copied;
