//! Text, `varchar` and `char`.

use super::round_trip::round_trips;

round_trips! {
    text: String, "text" {
        String::new() => "''",
        "a".to_owned() => "'a'",
        " a\tb\nc\r ".to_owned() => "e' a\\tb\\nc\\r '",
        "it's \"quoted\" \\ and $1".to_owned() => "'it''s \"quoted\" \\ and $1'",
        "größe 日本語 \u{1F600} e\u{301}\u{FEFF}".to_owned() => "'größe 日本語 \u{1F600} e\u{301}\u{FEFF}'",
        "NULL".to_owned() => "'NULL'",
        "{a,b}".to_owned() => "'{a,b}'",
        "\u{1}\u{7F}\u{10FFFF}".to_owned() => "e'\\x01\\x7f\\U0010FFFF'",
        "x".repeat(65_536) => "repeat('x', 65536)",
    }
    varchar: String, "varchar(5)", column(varchar(5)), list(type = "varchar(5)[]") {
        String::new() => "''",
        "abcde".to_owned() => "'abcde'",
        "ünïcö".to_owned() => "'ünïcö'",
        "a  ".to_owned() => "'a  '",
    }
    char_is_filled_with_blanks: String, "char(3)", column(char(3)), list(type = "char(3)[]") {
        "abc".to_owned() => "'abc'",
        "a  ".to_owned() => "'a'",
        "   ".to_owned() => "''",
        "日本語".to_owned() => "'日本語'",
    }
}
