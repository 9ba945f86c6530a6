//! A column that a statement declares.

use super::named::Named;
use crate::script::Cursor;

/// `name type` and what is said of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NewColumn {
    pub(crate) name: Named,
    /// As it is written.
    pub(crate) ty: String,
    pub(crate) clauses: Vec<Clause>,
}

/// One thing that is said of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Clause {
    pub(crate) is: Is,
    /// As it is written, with its name if it has one.
    pub(crate) text: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Is {
    NotNull,
    Null,
    /// The expression.
    Default(String),
    /// The condition with its parentheses.
    Check(String),
    Unique,
    PrimaryKey,
    /// The table, and the clause without a name.
    References(Named, String),
    Identity,
    /// The expression with its parentheses.
    Stored(String),
    Other,
}

/// Words with which something begins that is said of a column; behind a type or a default, what comes before has ended.
const BEGINNINGS: &[&str] = &[
    "constraint",
    "not",
    "null",
    "default",
    "check",
    "unique",
    "primary",
    "references",
    "generated",
    "collate",
    "storage",
    "compression",
    "deferrable",
    "initially",
    "options",
];

impl NewColumn {
    /// Reads what is left of an item of a list.
    pub(crate) fn read(cursor: &mut Cursor<'_>) -> Option<Self> {
        let name = Named::read(cursor)?;
        let before = cursor.clone();
        skip_to_beginning(cursor);
        let ty = cursor.since(&before).to_owned();
        let mut clauses = Vec::new();
        while !cursor.is_at_end() {
            let before = cursor.clone();
            if cursor.eat("constraint") {
                cursor.name();
            }
            let is = clause(cursor);
            clauses.push(Clause { is, text: cursor.since(&before).to_owned() });
        }
        Some(NewColumn { name, ty, clauses })
    }

    pub(crate) fn default(&self) -> Option<&str> {
        self.clauses.iter().find_map(|clause| match &clause.is {
            Is::Default(expression) => Some(expression.as_str()),
            _ => None,
        })
    }

    pub(crate) fn has(&self, is: &Is) -> bool {
        self.clauses.iter().any(|clause| clause.is == *is)
    }

    /// It takes no NULL, whatever clause says so.
    pub(crate) fn is_not_null(&self) -> bool {
        self.has(&Is::NotNull) || self.has(&Is::PrimaryKey) || self.is_numbered()
    }

    /// `serial` in one of its sizes, which is a default and no type.
    pub(crate) fn is_serial(&self) -> bool {
        let ty = self.ty.to_ascii_lowercase();
        matches!(
            ty.trim_start_matches("pg_catalog."),
            "serial" | "bigserial" | "smallserial" | "serial4" | "serial8" | "serial2"
        )
    }

    /// It numbers its rows by itself.
    pub(crate) fn is_numbered(&self) -> bool {
        self.is_serial() || self.has(&Is::Identity)
    }

    /// The type of its values.
    pub(crate) fn value_type(&self) -> &str {
        if !self.is_serial() {
            return &self.ty;
        }
        match self.ty.to_ascii_lowercase().as_str() {
            ty if ty.contains("big") || ty.ends_with('8') => "bigint",
            ty if ty.contains("small") || ty.ends_with('2') => "smallint",
            _ => "integer",
        }
    }

    /// Name and type with those clauses that `keep`.
    pub(crate) fn with(&self, keep: impl Fn(&Is) -> bool) -> String {
        let clauses = self.clauses.iter().filter(|clause| keep(&clause.is));
        let mut text = format!("{} {}", self.name.written, self.value_type());
        for clause in clauses {
            text.push(' ');
            text += &clause.text;
        }
        text
    }
}

fn skip_to_beginning(cursor: &mut Cursor<'_>) {
    while !cursor.is_at_end() && cursor.clone().eat_one_of(BEGINNINGS).is_none() {
        if !cursor.parentheses() {
            cursor.step();
        }
    }
}

fn clause(cursor: &mut Cursor<'_>) -> Is {
    if cursor.eat("not null") {
        return Is::NotNull;
    }
    let first = cursor.eat_one_of(BEGINNINGS);
    match first {
        Some("null") => Is::Null,
        Some("default") => {
            let before = cursor.clone();
            // What comes first is a part of it, even a word such as `null`.
            if !cursor.parentheses() {
                cursor.step();
            }
            skip_to_beginning(cursor);
            Is::Default(cursor.since(&before).to_owned())
        }
        Some("check") => {
            let before = cursor.clone();
            cursor.parentheses();
            let condition = cursor.since(&before).to_owned();
            cursor.eat("no inherit");
            Is::Check(condition)
        }
        Some("unique") => {
            cursor.eat_one_of(&["nulls not distinct", "nulls distinct"]);
            index_parameters(cursor);
            Is::Unique
        }
        Some("primary") => {
            cursor.eat("key");
            index_parameters(cursor);
            Is::PrimaryKey
        }
        Some("references") => references(cursor),
        Some("generated") => generated(cursor),
        Some("collate") => {
            cursor.name();
            Is::Other
        }
        _ => {
            cursor.step();
            skip_to_beginning(cursor);
            Is::Other
        }
    }
}

fn index_parameters(cursor: &mut Cursor<'_>) {
    if cursor.eat("with") {
        cursor.parentheses();
    }
    if cursor.eat("using index tablespace") {
        cursor.name();
    }
}

/// Its actions have words in them that begin something else elsewhere.
fn references(cursor: &mut Cursor<'_>) -> Is {
    let before = cursor.clone();
    let Some(table) = Named::read(cursor) else { return Is::Other };
    cursor.parentheses();
    loop {
        if cursor.eat_one_of(&["match full", "match partial", "match simple"]).is_some() {
            continue;
        }
        if cursor.eat_one_of(&["on delete", "on update"]).is_none() {
            break;
        }
        cursor.eat_one_of(&["no action", "restrict", "cascade", "set null", "set default"]);
        cursor.parentheses();
    }
    let text = format!("references {}", cursor.since(&before));
    Is::References(table, text)
}

fn generated(cursor: &mut Cursor<'_>) -> Is {
    cursor.eat_one_of(&["always as", "by default as"]);
    if cursor.eat("identity") {
        cursor.parentheses();
        return Is::Identity;
    }
    let before = cursor.clone();
    cursor.parentheses();
    let expression = cursor.since(&before).to_owned();
    match cursor.eat_one_of(&["stored", "virtual"]) {
        Some("stored") => Is::Stored(expression),
        _ => Is::Other,
    }
}
