//! Names as the derives make them of Rust's: words, and how they are joined.

/// Names of Rust in the cases that `rename_all` knows.
const CASES: &[(&str, fn(&[String]) -> String)] = &[
    ("SCREAMING_SNAKE_CASE", |words| words.join("_").to_uppercase()),
    ("kebab-case", |words| words.join("-")),
    ("SCREAMING-KEBAB-CASE", |words| words.join("-").to_uppercase()),
    ("camelCase", |words| match words.split_first() {
        Some((first, rest)) => rest.iter().fold(first.clone(), |name, word| name + &capitalized(word)),
        None => String::new(),
    }),
    ("PascalCase", |words| words.iter().map(|word| capitalized(word)).collect()),
    ("lowercase", |words| words.concat()),
    ("UPPERCASE", |words| words.concat().to_uppercase()),
];

/// A name of Rust as the derives turn it into one of SQL: `InProgress` is `in_progress`.
pub(super) fn snake_case(ident: &str) -> String {
    words(ident).join("_")
}

/// The case in which all variants are their labels, if it is none that goes without saying.
pub(super) fn common_case(variants: &[(&str, &str)]) -> Option<&'static str> {
    if variants.iter().filter(|(variant, label)| snake_case(variant) != *label).count() < 2 {
        return None;
    }
    let is_of = |join: &fn(&[String]) -> String| {
        variants.iter().all(|(variant, label)| join(&words(variant)) == *label)
    };
    CASES.iter().find(|(_, join)| is_of(join)).map(|(name, _)| *name)
}

/// A variant as a label, in a case of `rename_all`.
pub(super) fn join(ident: &str, case: Option<&str>) -> String {
    let found = CASES.iter().find(|(name, _)| Some(*name) == case);
    found.map_or_else(|| snake_case(ident), |(_, join)| join(&words(ident)))
}

/// The words of a name: one begins behind `_`, at an upper case letter behind a lower case one or a digit, and at the last
/// letter of an abbreviation.
fn words(ident: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut chars = ident.trim_start_matches("r#").chars().peekable();
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
    use super::{common_case, snake_case};

    #[test]
    fn words_are_those_of_the_derives() {
        for (ident, name) in [
            ("TaskStatus", "task_status"),
            ("HTTPServer", "http_server"),
            ("AB", "ab"),
            ("InABox", "in_a_box"),
            ("VitaminB12", "vitamin_b12"),
            ("Open_", "open"),
            ("T3d", "t3d"),
        ] {
            assert_eq!(snake_case(ident), name);
        }
    }

    #[test]
    fn a_case_is_said_once() {
        let case = |variants: &[(&str, &str)]| common_case(variants);
        assert_eq!(case(&[("Host", "HOST"), ("CoHost", "CO_HOST")]), Some("SCREAMING_SNAKE_CASE"));
        assert_eq!(case(&[("Host", "Host"), ("CoHost", "CoHost")]), Some("PascalCase"));
        assert_eq!(case(&[("Host", "host"), ("CoHost", "co_host")]), None);
        assert_eq!(case(&[("Host", "HOST"), ("CoHost", "CoHost")]), None);
        assert_eq!(case(&[("Host", "HOST")]), None);
    }
}
