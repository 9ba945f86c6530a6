//! The cast of a parameter beside a column whose SQL type the user wrote.

/// The type without its length or precision. A cast to `varchar(3)` cuts a longer text in silence, and a comparison
/// would be with what is left of it; a column refuses such a text by itself.
pub(crate) fn cast_type(sql_type: &str) -> String {
    let (mut name, mut array) = (String::new(), String::new());
    let (mut depth, mut quoted) = (0_u32, false);
    for char in sql_type.chars() {
        quoted ^= char == '"';
        match char {
            '(' if !quoted => depth += 1,
            ')' if !quoted => depth = depth.saturating_sub(1),
            '[' if !quoted => array.push(char),
            _ if depth > 0 => {}
            _ if array.is_empty() => name.push(char),
            _ => array.push(char),
        }
    }
    // Without a length these are of length 1, so they go by the names of those that have none.
    let name = match name.trim().to_ascii_lowercase().as_str() {
        "char" | "character" | "nchar" | "national char" | "national character" => "bpchar",
        "bit" => "varbit",
        _ => name.trim(),
    };
    format!("{name}{array}")
}

#[cfg(test)]
mod tests {
    use super::cast_type;

    #[test]
    fn lengths_are_left_out() {
        let table = [
            ("citext", "citext"),
            ("varchar(3)", "varchar"),
            ("character varying (3)[]", "character varying[]"),
            ("numeric(20, 6)[]", "numeric[]"),
            ("timestamp(3) with time zone", "timestamp with time zone"),
            ("geometry(Point, 4326)", "geometry"),
            ("CHAR(3)", "bpchar"),
            ("character(3)[]", "bpchar[]"),
            ("bit(8)", "varbit"),
            ("\"odd (type) [x]\"", "\"odd (type) [x]\""),
            ("app.\"a(b)\"(5)", "app.\"a(b)\""),
        ];
        for (sql_type, cast) in table {
            assert_eq!(cast_type(sql_type), cast);
        }
    }
}
