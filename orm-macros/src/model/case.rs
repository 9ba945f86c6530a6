//! Rust names to database names: words and the eight ways to join them.

use crate::attr::words::CaseWord;

/// The default for tables, enums and labels.
pub(crate) fn snake_case(name: &str) -> String {
    join(name, CaseWord::Snake)
}

/// Writes a Rust name in a case.
pub(crate) fn join(name: &str, case: CaseWord) -> String {
    let words = words(name);
    match case {
        CaseWord::Snake => words.join("_"),
        CaseWord::ScreamingSnake => words.join("_").to_uppercase(),
        CaseWord::Kebab => words.join("-"),
        CaseWord::ScreamingKebab => words.join("-").to_uppercase(),
        CaseWord::Lower => words.concat(),
        CaseWord::Upper => words.concat().to_uppercase(),
        CaseWord::Pascal => words.iter().map(|word| capitalized(word)).collect(),
        CaseWord::Camel => match words.split_first() {
            Some((first, rest)) => rest.iter().fold(first.clone(), |name, word| name + &capitalized(word)),
            None => String::new(),
        },
    }
}

/// The words of a name, in lower case. A word begins behind `_`, at an upper case letter behind a lower case one or
/// a digit (`userId`, `OAuth2|Token`), and at the last letter of an abbreviation (`HTTP|Server`).
fn words(name: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut chars = name.chars().peekable();
    let mut before = '_';
    while let Some(char) = chars.next() {
        let next_is_lower = chars.peek().is_some_and(|next| next.is_lowercase());
        let begins = char.is_uppercase() && (!before.is_uppercase() || next_is_lower);
        if (begins || char == '_') && !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        if char != '_' {
            word.extend(char.to_lowercase());
        }
        before = char;
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

fn capitalized(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn snake() {
        let table = [
            ("Worker", "worker"),
            ("TaskStatus", "task_status"),
            ("HTTPServer", "http_server"),
            ("OAuth2Token", "o_auth2_token"),
            ("Oauth2Token", "oauth2_token"),
            ("UserID", "user_id"),
            ("A", "a"),
            ("AB", "ab"),
            ("V2", "v2"),
            ("Utf8String", "utf8_string"),
            ("Already_Snake", "already_snake"),
            ("_Private", "private"),
            ("ÄpfelUndÖl", "äpfel_und_öl"),
            ("日本", "日本"),
        ];
        for (name, expected) in table {
            assert_eq!(snake_case(name), expected, "{name}");
        }
    }

    #[test]
    fn every_case() {
        let table = [
            (CaseWord::Snake, "in_progress"),
            (CaseWord::ScreamingSnake, "IN_PROGRESS"),
            (CaseWord::Kebab, "in-progress"),
            (CaseWord::ScreamingKebab, "IN-PROGRESS"),
            (CaseWord::Camel, "inProgress"),
            (CaseWord::Pascal, "InProgress"),
            (CaseWord::Lower, "inprogress"),
            (CaseWord::Upper, "INPROGRESS"),
        ];
        for (case, expected) in table {
            assert_eq!(join("InProgress", case), expected, "{case:?}");
        }
    }
}
