//! A constraint of a table that a statement declares.

use super::named::Named;
use crate::script::{Cursor, TokenKind};

/// A constraint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NewConstraint {
    pub(crate) name: Option<Named>,
    pub(crate) kind: ConstraintKind,
    /// The columns that it is on; none for a check.
    pub(crate) columns: Vec<Named>,
    /// The index that it is made of.
    pub(crate) using_index: bool,
    pub(crate) not_valid: bool,
    /// As it is written, without its name and without `not valid`.
    pub(crate) text: String,
    /// As it is written.
    pub(crate) whole: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ConstraintKind {
    PrimaryKey,
    Unique,
    /// The condition with its parentheses.
    Check(String),
    /// The referenced table and its columns.
    ForeignKey(Named, Vec<Named>),
    Exclusion,
    /// PostgreSQL 18.
    NotNull,
}

/// Words with which a constraint begins.
const BEGINNINGS: &[&str] =
    &["constraint", "primary key", "unique", "check", "foreign key", "exclude using", "not null"];

impl NewConstraint {
    /// It is a constraint that comes next, and no column.
    pub(crate) fn is_next(cursor: &Cursor<'_>) -> bool {
        let mut ahead = cursor.clone();
        if ahead.eat("exclude") {
            // No reserved word: a column may be called that.
            return ahead.eat("using") || ahead.eat_kind(TokenKind::Open);
        }
        ahead.eat_one_of(BEGINNINGS).is_some()
    }

    /// Reads what is left of an item of a list.
    pub(crate) fn read(cursor: &mut Cursor<'_>) -> Option<Self> {
        let whole = cursor.remainder().to_owned();
        let name = if cursor.eat("constraint") { Named::read(cursor) } else { None };
        let before = cursor.clone();
        let word =
            cursor.eat_one_of(&["primary key", "unique", "check", "foreign key", "exclude", "not null"])?;
        let mut columns = Vec::new();
        cursor.eat_one_of(&["nulls not distinct", "nulls distinct"]);
        let using_index = cursor.clone().eat("using index") && !cursor.clone().eat("using index tablespace");
        let condition = cursor.clone();
        match word {
            "not null" => columns.extend(Named::read(cursor)),
            "exclude" => {
                cursor.skip_to("using");
                cursor.name();
                cursor.parentheses();
            }
            "check" => drop(cursor.parentheses()),
            _ if using_index => {
                cursor.eat("using index");
                cursor.name();
            }
            _ => columns = cursor.inside().map(|mut inside| Named::list(&mut inside)).unwrap_or_default(),
        }
        let kind = match word {
            "primary key" => ConstraintKind::PrimaryKey,
            "unique" => ConstraintKind::Unique,
            "check" => ConstraintKind::Check(cursor.since(&condition).to_owned()),
            "foreign key" => {
                cursor.eat("references");
                let table = Named::read(cursor)?;
                let targets = cursor.inside().map(|mut inside| Named::list(&mut inside)).unwrap_or_default();
                ConstraintKind::ForeignKey(table, targets)
            }
            "exclude" => ConstraintKind::Exclusion,
            _ => ConstraintKind::NotNull,
        };
        let mut text = cursor.since(&before).to_owned();
        let mut not_valid = false;
        while !cursor.is_at_end() {
            if cursor.eat("not valid") {
                not_valid = true;
                continue;
            }
            let here = cursor.clone();
            if !cursor.parentheses() {
                cursor.step();
            }
            text.push(' ');
            text += cursor.since(&here);
        }
        Some(NewConstraint { name, kind, columns, using_index, not_valid, text, whole })
    }
}
