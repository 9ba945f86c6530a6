//! The fragments of a statement.

use super::RowColumn;
use super::unnest::unnest_types;
use crate::args::Present;
use crate::meta::{DefaultMeta, OnUpdate, TableMeta};
use postgres_types::Type;

/// A fragment of a statement, known at compile time.
#[derive(Debug)]
pub enum Node {
    /// Text as it is.
    Text(&'static str),
    /// A column of a source, both quoted already.
    Column(&'static str, &'static str),
    /// Every column of a source, comma separated, all quoted already.
    Columns(&'static str, &'static [&'static str]),
    /// Names, comma separated, quoted already.
    Names(&'static [&'static str]),
    /// The next parameter, and the built-in type it is sent as.
    Param(&'static Type),
    /// Fragments one after the other. Each of them stands free: between commas, keywords or parentheses.
    Cat(&'static [&'static Node]),
    /// An operator with its operands, in parentheses where a tighter operator is around it.
    Operator(Level, &'static [&'static Node]),
    /// A clause of items: the prefix before the first, the separator before each other one; nothing without items.
    Clause {
        /// Before the first item: ` where `.
        prefix: &'static str,
        /// Before each further item: ` and `.
        separator: &'static str,
        /// How tightly the separator binds.
        level: Level,
        /// [`Node::Item`]s, in any nesting of [`Node::Cat`].
        items: &'static Node,
    },
    /// One item of the clause around it.
    Item(&'static Node),
    /// An item that is there or not, which is known at run time only.
    Optional(&'static Node),
    /// The columns that an update writes by itself, as items, without those that it sets.
    OnUpdate(&'static [OnUpdate], &'static SetList),
    /// A constant of the metadata.
    Default(&'static DefaultMeta),
    /// The column list and the source of a bulk insert's rows.
    Unnest(&'static [RowColumn]),
    /// What a bulk update sets.
    UnnestSet(&'static [RowColumn]),
    /// The source of a bulk update's rows.
    UnnestFrom(&'static [RowColumn]),
    /// Whether the row of the source, quoted already, is the one of a bulk update's rows.
    UnnestKey(&'static str, &'static [RowColumn]),
    /// Assignments that are there or not, each of which is known at run time only. Where one of a column is not that
    /// every update writes, that is written.
    Patch(&'static [RowColumn], &'static [OnUpdate]),
    /// A SELECT whose keys of groups have parameters: wherever one of the keys stands in the query, it has the parameters
    /// of the first time.
    Grouped {
        /// The keys, as items.
        keys: &'static Node,
        /// The query.
        query: &'static Node,
    },
    /// The name of one of the table's keys, which is known at run time only.
    OneOfKeys(&'static TableMeta),
}

impl Node {
    /// Collects the types of the parameters in the order in which the writer numbers them.
    pub(crate) fn param_types(&self, optionals: &mut u32, present: Present, types: &mut Vec<Type>) {
        match self {
            Node::Param(ty) => types.push((*ty).clone()),
            Node::Cat(nodes) | Node::Operator(_, nodes) => {
                nodes.iter().for_each(|node| node.param_types(optionals, present, types));
            }
            Node::Clause { items, .. } => items.param_types(optionals, present, types),
            Node::Grouped { keys: _, query } => query.param_types(optionals, present, types),
            Node::Item(Node::Optional(item)) => {
                *optionals += 1;
                if present.contains(*optionals - 1) {
                    item.param_types(optionals, present, types);
                }
            }
            Node::Item(item) | Node::Optional(item) => item.param_types(optionals, present, types),
            Node::Unnest(columns) | Node::UnnestFrom(columns) => unnest_types(columns, types),
            Node::Patch(columns, _) => {
                for column in *columns {
                    *optionals += 1;
                    if present.contains(*optionals - 1) {
                        types.push(column.param.clone());
                    }
                }
            }
            Node::OneOfKeys(table) => *optionals += key_count(table),
            Node::Text(_)
            | Node::Column(..)
            | Node::Columns(..)
            | Node::Names(_)
            | Node::OnUpdate(..)
            | Node::Default(_)
            | Node::UnnestSet(_)
            | Node::UnnestKey(..) => {}
        }
    }
}

/// How many keys a table has: the bits that say which of them is meant.
fn key_count(table: &TableMeta) -> u32 {
    table.primary_key.iter().chain(table.uniques).map(|_| 1).sum()
}

/// The columns that a statement sets, as a list known at compile time.
#[derive(Debug)]
pub enum SetList {
    /// No column.
    Empty,
    /// The column of this name, quoted, and others.
    Column(&'static str, &'static SetList),
    /// The columns of a struct, and others.
    Columns(&'static [RowColumn], &'static SetList),
}

/// How tightly an operator binds.
///
/// The order is that of the manual's table of [operator precedence](https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-PRECEDENCE).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Level {
    /// Not an operator: nothing around needs parentheses.
    Free,
    /// `or`
    Or,
    /// `and`
    And,
    /// `not`
    Not,
    /// `is null`
    Is,
    /// `=`, `<` and their kin
    Compare,
    /// `like`, `between`, `in`
    Match,
    /// `||`, `->`, `@>`, `~` and every other operator that is not listed here
    Other,
    /// `+`, `-`
    Add,
    /// `*`, `/`, `%`
    Multiply,
    /// `-` with one operand
    Sign,
}
