//! Statements that can be run, and what the runtime needs of them.

use crate::args::{Args, Bind, Encoded, Present};
use crate::error::EncodeError;
use crate::row::{Read, Shape};
use crate::sql::{Node, Sql, Text, render};
use std::borrow::Cow;

/// A statement of the builders, complete or not. The runtime's methods are on every one, so that what is missing is
/// said by [`Query`] or [`Command`] in their own words.
pub trait Statement {}

/// A statement that can be run and returns rows; `I` is inferred.
#[diagnostic::on_unimplemented(
    message = "this statement does not return rows",
    label = "there are no rows to read here",
    note = "run it with `.execute(..)`, or say what it returns: `.returning(Worker)`"
)]
pub trait Query<I>: Sql + Bind {
    /// What a row becomes.
    type Output;
    /// The statement, as the runtime knows it.
    const PLAN: &'static Plan;
    /// How a row is read.
    const READ: Read<Self::Output>;
}

/// A statement that can be run for its effect; `I` is inferred.
#[diagnostic::on_unimplemented(
    message = "this statement returns rows",
    label = "its rows would be lost here",
    note = "run it with `.all(..)`, `.one(..)` or `.optional(..)`"
)]
pub trait Command<I>: Sql + Bind {
    /// The statement, as the runtime knows it.
    const PLAN: &'static Plan;
}

/// A statement as constant data. Its address is its identity: whatever two statements share an address, they share
/// text, parameter types and result.
#[derive(Debug)]
pub struct Plan {
    text: Wording,
    node: &'static Node,
    shape: &'static Shape,
}

/// The text of a statement.
#[derive(Debug)]
enum Wording {
    Constant(&'static str),
    /// Settled at run time. A pointer, so that a program of constant texts has no writer in it.
    Rendered(fn(&Node, Present) -> String),
}

impl Plan {
    /// The plan of `Q`, whose rows have this shape.
    pub const fn new<Q: Sql>(shape: &'static Shape) -> Self {
        let text = match <Q as Text>::TEXT {
            Some(text) => Wording::Constant(text),
            None => Wording::Rendered(render),
        };
        Plan { text, node: Q::NODE, shape }
    }

    /// The columns it returns.
    pub const fn shape(&self) -> &'static Shape {
        self.shape
    }

    /// Whether the text depends on what is present.
    pub fn is_dynamic(&self) -> bool {
        matches!(self.text, Wording::Rendered(_))
    }

    /// The text: the constant, or rendered for a statement with parts that may be absent.
    pub fn text(&self, present: Present) -> Cow<'static, str> {
        match self.text {
            Wording::Constant(text) => Cow::Borrowed(text),
            Wording::Rendered(render) => Cow::Owned(render(self.node, present)),
        }
    }

    /// The types that its parameters are sent as, in order.
    pub fn param_types(&self, present: Present) -> Vec<postgres_types::Type> {
        let mut types = Vec::new();
        self.node.param_types(&mut 0, present, &mut types);
        types
    }
}

/// Encodes the parameters of a statement.
///
/// # Errors
/// When one cannot be encoded, or the statement says less than it must.
pub fn encode(statement: &impl Bind) -> Result<Encoded, EncodeError> {
    let mut args = Args::new();
    statement.bind(&mut args);
    args.finish()
}
