//! Names in the database: what one may be, how it is quoted, and PostgreSQL's own default names of constraints.

/// The longest name PostgreSQL keeps, in bytes (`NAMEDATALEN - 1`); longer ones it would cut in silence.
const LONGEST: usize = 63;

/// What is wrong with a name, if anything.
pub(crate) fn mistake(name: &str) -> Option<String> {
    if name.is_empty() {
        Some("this name is empty; write one".to_owned())
    } else if name.contains('\0') {
        Some("a name in PostgreSQL cannot hold a NUL character; remove `\\0`".to_owned())
    } else if name.len() > LONGEST {
        let message = format!("`{name}` has {} bytes and a name in PostgreSQL at most {LONGEST}", name.len());
        Some(message + "; shorten it")
    } else {
        None
    }
}

/// PostgreSQL's own types, which are found ahead of a user's of the same name (`pg_type` of version 17, without those
/// whose names begin with `pg_`).
const BUILT_IN: &[&str] = &[
    "aclitem",
    "any",
    "anyarray",
    "anycompatible",
    "anycompatiblearray",
    "anycompatiblemultirange",
    "anycompatiblenonarray",
    "anycompatiblerange",
    "anyelement",
    "anyenum",
    "anymultirange",
    "anynonarray",
    "anyrange",
    "bit",
    "bool",
    "box",
    "bpchar",
    "bytea",
    "char",
    "cid",
    "cidr",
    "circle",
    "cstring",
    "date",
    "datemultirange",
    "daterange",
    "event_trigger",
    "fdw_handler",
    "float4",
    "float8",
    "gtsvector",
    "index_am_handler",
    "inet",
    "int2",
    "int2vector",
    "int4",
    "int4multirange",
    "int4range",
    "int8",
    "int8multirange",
    "int8range",
    "internal",
    "interval",
    "json",
    "jsonb",
    "jsonpath",
    "language_handler",
    "line",
    "lseg",
    "macaddr",
    "macaddr8",
    "money",
    "name",
    "numeric",
    "nummultirange",
    "numrange",
    "oid",
    "oidvector",
    "path",
    "point",
    "polygon",
    "record",
    "refcursor",
    "regclass",
    "regcollation",
    "regconfig",
    "regdictionary",
    "regnamespace",
    "regoper",
    "regoperator",
    "regproc",
    "regprocedure",
    "regrole",
    "regtype",
    "table_am_handler",
    "text",
    "tid",
    "time",
    "timestamp",
    "timestamptz",
    "timetz",
    "trigger",
    "tsm_handler",
    "tsmultirange",
    "tsquery",
    "tsrange",
    "tstzmultirange",
    "tstzrange",
    "tsvector",
    "txid_snapshot",
    "unknown",
    "uuid",
    "varbit",
    "varchar",
    "void",
    "xid",
    "xid8",
    "xml",
];

/// Whether a type of this name, without a schema, would never be found.
pub(crate) fn is_built_in(name: &str) -> bool {
    BUILT_IN.contains(&name)
}

/// An identifier as SQL text. The only place of this crate that quotes one.
pub(crate) fn quote_ident(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// A name with its schema, quoted.
pub(crate) fn quote_path(schema: Option<&str>, name: &str) -> String {
    match schema {
        Some(schema) => format!("{}.{}", quote_ident(schema), quote_ident(name)),
        None => quote_ident(name),
    }
}

/// What a name names. Indexes live among the relations of a schema, constraints among those of their table, and a key
/// is both.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Kind {
    Constraint,
    Index,
    Key,
}

/// The names given inside one table.
pub(crate) struct Names {
    table: String,
    taken: Vec<(String, Kind)>,
}

impl Names {
    /// An index cannot be called as its table, both being relations.
    pub(crate) fn new(table: &str) -> Self {
        Names { table: table.to_owned(), taken: vec![(table.to_owned(), Kind::Index)] }
    }

    /// Takes a name the user chose; `false` when the table has it already.
    pub(crate) fn take(&mut self, name: &str, kind: Kind) -> bool {
        let clash = |other: Kind| kind == other || kind == Kind::Key || other == Kind::Key;
        let free = !self.taken.iter().any(|(taken, other)| taken == name && clash(*other));
        self.taken.push((name.to_owned(), kind));
        free
    }

    /// The name PostgreSQL would choose, which ends in a number when it is taken (`ChooseRelationName`).
    pub(crate) fn choose(&mut self, columns: &[&str], label: &str, kind: Kind) -> String {
        let columns = columns.join("_");
        let mut name = object_name(&self.table, &columns, label);
        let mut pass = 0;
        while self.taken.iter().any(|(taken, _)| *taken == name) {
            pass += 1;
            name = object_name(&self.table, &columns, &format!("{label}{pass}"));
        }
        self.taken.push((name.clone(), kind));
        name
    }
}

/// PostgreSQL's `makeObjectName`: `table_columns_label`, where the longer of table and columns is cut to fit.
fn object_name(table: &str, columns: &str, label: &str) -> String {
    let separators = if columns.is_empty() { 1 } else { 2 };
    let room = LONGEST - label.len() - separators;
    let (mut first, mut second) = (table.len(), columns.len());
    while first + second > room {
        if first > second { first -= 1 } else { second -= 1 }
    }
    let (table, columns) = (cut(table, first), cut(columns, second));
    match columns {
        "" => format!("{table}_{label}"),
        _ => format!("{table}_{columns}_{label}"),
    }
}

/// At most so many bytes of a text, and no half character.
fn cut(text: &str, bytes: usize) -> &str {
    text.get(..text.floor_char_boundary(bytes)).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoting_doubles_quotes() {
        assert_eq!(quote_ident("users"), "\"users\"");
        assert_eq!(quote_ident("we\"ird; drop"), "\"we\"\"ird; drop\"");
        assert_eq!(quote_ident("größe"), "\"größe\"");
        assert_eq!(quote_path(Some("a\"b"), "select"), "\"a\"\"b\".\"select\"");
    }

    #[test]
    fn mistakes() {
        assert_eq!(mistake("ok"), None);
        assert_eq!(mistake(&"x".repeat(63)), None);
        assert!(
            mistake(&"x".repeat(64))
                .unwrap()
                .ends_with("has 64 bytes and a name in PostgreSQL at most 63; shorten it")
        );
        assert!(mistake("").unwrap().contains("empty"));
        assert!(mistake("a\0").unwrap().contains("NUL"));
        assert!(mistake(&"é".repeat(32)).is_some());
    }

    /// As PostgreSQL 17 named them.
    #[test]
    fn default_names() {
        let mut names = Names::new("workers");
        assert_eq!(names.choose(&[], "pkey", Kind::Key), "workers_pkey");
        assert_eq!(names.choose(&["email"], "key", Kind::Key), "workers_email_key");
        assert_eq!(names.choose(&["a", "b"], "key", Kind::Key), "workers_a_b_key");
        assert_eq!(names.choose(&["email"], "key", Kind::Key), "workers_email_key1");
        assert_eq!(names.choose(&["email"], "key", Kind::Key), "workers_email_key2");
    }

    #[test]
    fn long_names_are_cut_like_postgres() {
        let (table, column) = ("t".repeat(40), "c".repeat(40));
        // 63 - len("_key") - 1 = 58, shared evenly.
        assert_eq!(object_name(&table, &column, "key"), format!("{}_{}_key", "t".repeat(29), "c".repeat(29)));
        assert_eq!(object_name("t", &"c".repeat(63), "fkey"), format!("t_{}_fkey", "c".repeat(56)));
        assert_eq!(object_name(&"t".repeat(63), "", "pkey"), format!("{}_pkey", "t".repeat(58)));
        // 57 bytes for the column end in the middle of an `é`.
        assert_eq!(object_name("t", &"é".repeat(31), "key"), format!("t_{}_key", "é".repeat(28)));
    }

    #[test]
    fn a_check_may_share_a_name_with_an_index_only() {
        let mut names = Names::new("t");
        assert!(names.take("x", Kind::Index));
        assert!(names.take("x", Kind::Constraint));
        assert!(!names.take("x", Kind::Key));
        assert!(!names.take("t", Kind::Index));
        assert!(names.take("t", Kind::Constraint));
    }
}
