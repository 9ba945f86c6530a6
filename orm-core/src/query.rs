//! Statements that can be run, and what the runtime needs of them.

use crate::args::{Args, Bind, Encoded, Params, Present};
use crate::error::EncodeError;
use crate::row::{Read, Shape};
use crate::sql::{Node, Sql, Text, render};
use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

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

/// A statement that can be run, for its rows or for its effect; `I` is inferred.
#[diagnostic::on_unimplemented(
    message = "this statement is not complete",
    label = "something is missing before this",
    note = "run it with `.all(..)` or `.execute(..)` in this place to see what"
)]
pub trait Runnable<I>: Sql + Bind {
    /// The statement, as the runtime knows it.
    const PLAN: &'static Plan;
}

/// Inferred for statements that return rows.
#[derive(Debug)]
pub struct ForRows<I>(PhantomData<I>);

/// Inferred for statements that return none.
#[derive(Debug)]
pub struct ForEffect<I>(PhantomData<I>);

impl<I, Q: Query<I>> Runnable<ForRows<I>> for Q {
    const PLAN: &'static Plan = Q::PLAN;
}

impl<I, C: Command<I>> Runnable<ForEffect<I>> for C {
    const PLAN: &'static Plan = C::PLAN;
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
    Constant(&'static [u8]),
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
            // The writer copies whole strings, so there is nothing to replace.
            Wording::Constant(text) => String::from_utf8_lossy(text),
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

/// A statement as it would be sent: its text and its encoded parameters. Displayed, it is the text; no parameter's value
/// is shown.
#[derive(Clone)]
pub struct Settled {
    plan: &'static Plan,
    encoded: Encoded,
}

impl Settled {
    /// Of a statement, without running it.
    ///
    /// # Errors
    /// When a parameter cannot be encoded, or the statement says less than it must.
    pub fn new<S: Runnable<I>, I>(statement: &S) -> Result<Self, EncodeError> {
        Ok(Settled { plan: S::PLAN, encoded: encode(statement)? })
    }

    /// As [`new`](Self::new) does, with the parameters in memory that `args` keeps for others, too.
    ///
    /// # Errors
    /// As `new`.
    pub fn with<S: Runnable<I>, I>(statement: &S, args: &mut Args) -> Result<Self, EncodeError> {
        args.share();
        statement.bind(args);
        Ok(Settled { plan: S::PLAN, encoded: args.split()? })
    }

    /// The text: the constant, or rendered for a statement with parts that may be absent.
    pub fn sql(&self) -> Cow<'static, str> {
        self.plan.text(self.encoded.present())
    }

    /// The types that its parameters are sent as, in order.
    pub fn param_types(&self) -> Vec<postgres_types::Type> {
        self.plan.param_types(self.encoded.present())
    }

    /// The parameters, each in PostgreSQL's binary format; `None` is NULL.
    pub fn params(&self) -> Params<'_> {
        self.encoded.params()
    }

    /// The statement, as the runtime knows it.
    pub fn plan(&self) -> &'static Plan {
        self.plan
    }

    /// Of each optional part of the text, whether it is there.
    pub fn present(&self) -> Present {
        self.encoded.present()
    }

    /// Whether the other statement is the same but for its parameters.
    #[inline]
    pub fn is_like(&self, other: &Settled) -> bool {
        std::ptr::eq(self.plan, other.plan) && self.present() == other.present()
    }
}

impl fmt::Display for Settled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sql())
    }
}

impl fmt::Debug for Settled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let types: Vec<String> = self.param_types().iter().map(|ty| ty.name().to_owned()).collect();
        f.debug_struct("Settled").field("sql", &self.sql()).field("param_types", &types).finish()
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
