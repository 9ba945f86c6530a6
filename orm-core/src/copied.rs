//! `Clone` and `Copy` of types with parameters that are no values: a derive would demand them of those too, and no table
//! or operator has them.

/// `copied!([what is generic] type { its fields }, the parameters that are values)`.
macro_rules! copied {
    ([$($generics:tt)*] $ty:ty { $($field:tt),* } $(, $value:ident)*) => {
        impl<$($generics)*> ::core::clone::Clone for $ty
        where
            $($value: ::core::clone::Clone),*
        {
            fn clone(&self) -> Self {
                Self { $($field: ::core::clone::Clone::clone(&self.$field)),* }
            }
        }

        impl<$($generics)*> ::core::marker::Copy for $ty where $($value: ::core::marker::Copy),* {}
    };
}

pub(crate) use copied;
