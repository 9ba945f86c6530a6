//! One expression a line: its text and parameters, and its values in the rows of a table.

/// Of each expression of the table: its text and parameters, and its values in the order of the rows' keys.
macro_rules! values {
    ($db:ident, $table:ident from $from:literal; $($expression:expr => $text:literal [$($param:literal),*] $values:expr;)+) => {$({
        let query = mizzle::prelude::select($expression).from($table).order_by($table.id);
        let text = concat!("select ", $text, " from \"", $from, "\" order by \"", $from, "\".\"id\"");
        assert_eq!(crate::check::check(query, text, &[$($param),*]).all(&$db).await?, $values, "{}", $text);
    })+};
}

pub(crate) use values;
