//! A statement in a few words, for messages: `insert into "users"`.

/// The verb and the first table of a statement of ours; the first words of any other.
pub(crate) fn summary(sql: &str) -> String {
    if let Some(from) = sql.strip_prefix("select ").and_then(|_| from_clause(sql)) {
        return format!("select … from {}", first_name(from));
    }
    for verb in ["insert into ", "update ", "delete from "] {
        if let Some(rest) = sql.strip_prefix(verb) {
            return format!("{verb}{}", first_name(rest));
        }
    }
    first_words(sql)
}

/// What follows the first ` from ` outside quotes and parentheses.
fn from_clause(sql: &str) -> Option<&str> {
    let mut quoted = false;
    let mut depth = 0_usize;
    for (at, char) in sql.char_indices() {
        match char {
            '"' => quoted = !quoted,
            '(' if !quoted => depth += 1,
            ')' if !quoted => depth = depth.saturating_sub(1),
            ' ' if !quoted && depth == 0 => {
                if let Some(rest) = sql.get(at..).and_then(|rest| rest.strip_prefix(" from ")) {
                    return Some(rest);
                }
            }
            _ => {}
        }
    }
    None
}

/// The quoted name, or qualified name, that the text starts with.
fn first_name(text: &str) -> &str {
    let mut quoted = false;
    let end = text.char_indices().find(|(_, char)| {
        quoted ^= *char == '"';
        !quoted && char.is_whitespace()
    });
    end.and_then(|(end, _)| text.get(..end)).unwrap_or(text)
}

fn first_words(sql: &str) -> String {
    const MOST: usize = 40;
    let line = sql.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default()),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::summary;

    #[test]
    fn names_the_verb_and_the_first_table() {
        for (sql, expected) in [
            ("insert into \"users\" (\"a\") values ($1)", "insert into \"users\""),
            ("update \"app\".\"us ers\" set \"a\" = $1", "update \"app\".\"us ers\""),
            ("delete from \"users\"", "delete from \"users\""),
            ("select \"a from b\".\"x\" from \"a from b\" where true", "select … from \"a from b\""),
            ("select exists (select 1 from \"t\")", "select exists (select 1 from \"t\")"),
            ("vacuum", "vacuum"),
        ] {
            assert_eq!(summary(sql), expected);
        }
    }

    #[test]
    fn shortens_a_script() {
        let script = "create table a (\n  id int8\n); create table b (id int8)";
        assert_eq!(summary(script), "create table a ( id int8 ); create table…");
    }
}
