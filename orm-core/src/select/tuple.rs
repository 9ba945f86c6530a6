//! Tuples of selections.

use super::{Fill, FillField, IntoSelection, Project};
use crate::args::{Args, Bind};
use crate::expr::{Kind, Kinded};
use crate::from::NoFrom;
use crate::row::{Read, Shape};
use crate::sql::{Node, Sql};

macro_rules! tuple {
    ($($T:ident $I:ident $A:ident $n:tt)*) => {
        impl<$($T: Sql),*> Sql for ($($T,)*) {
            const NODE: &'static Node = &Node::Cat(tuple!(@comma [] $($T)*));
        }

        impl<$($T: Bind),*> Bind for ($($T,)*) {
            fn bind(&self, args: &mut Args) {
                $(self.$n.bind(args);)*
            }
        }

        impl<$($T: Kinded),*> Kinded for ($($T,)*) {
            type Kind = tuple!(@kind $($T)*);
        }

        impl<$($T: IntoSelection),*> IntoSelection for ($($T,)*) {
            type Selection = ($($T::Selection,)*);
            type From = NoFrom;

            fn into_selection(self) -> (Self::Selection, NoFrom) {
                (($(self.$n.into_selection().0,)*), NoFrom)
            }
        }

        impl<Scope, $($T: Project<Scope, $I>, $I),*> Project<Scope, ($($I,)*)> for ($($T,)*) {
            type Output = ($($T::Output,)*);
            const SHAPE: &'static Shape = &Shape::Many(&[$($T::SHAPE),*]);
            const READ: Read<Self::Output> = |fields| Ok(($(($T::READ)(fields)?,)*));
        }

        tuple!(@fill $($T $A $n)*);
    };
    // A struct of one field is filled with or without a tuple.
    (@fill $T:ident $A:ident $n:tt) => {};
    (@fill $($T:ident $A:ident $n:tt)*) => {
        impl<Filled, $($T: FillField<$A, Filled>, $A),*> Fill<($($A,)*), Filled> for ($($T,)*) {
            fn fill(self) -> ($($A,)*) {
                ($(self.$n.fill_field(),)*)
            }
        }
    };
    (@kind $T:ident) => { $T::Kind };
    (@kind $T:ident $($rest:ident)+) => { <$T::Kind as Kind>::With<tuple!(@kind $($rest)+)> };
    (@comma [$($done:tt)*] $T:ident) => { &[$($done)* $T::NODE] };
    (@comma [$($done:tt)*] $T:ident $($rest:ident)+) => {
        tuple!(@comma [$($done)* $T::NODE, &Node::Text(", "),] $($rest)+)
    };
}

macro_rules! tuples {
    ([$($done:tt)*]) => { tuple!($($done)*); };
    ([$($done:tt)*] [$($next:tt)*] $($rest:tt)*) => {
        tuple!($($done)*);
        tuples!([$($done)* $($next)*] $($rest)*);
    };
}

tuples! {
    [A IA FA 0] [B IB FB 1] [C IC FC 2] [D ID FD 3] [E IE FE 4] [F IF FF 5] [G IG FG 6] [H IH FH 7]
    [J IJ FJ 8] [K IK FK 9] [L IL FL 10] [M IM FM 11] [N IN FN 12] [O IO FO 13] [P IP FP 14] [Q IQ FQ 15]
}
