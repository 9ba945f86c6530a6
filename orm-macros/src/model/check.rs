//! Check constraints, and which columns one is about.

use super::column::ColumnIr;
use super::name::{Kind, Names};
use crate::attr::key::CheckAttr;
use crate::attr::table::TableAttr;

pub(crate) struct CheckIr {
    pub(crate) name: String,
    pub(crate) expression: String,
    pub(crate) no_inherit: bool,
}

/// The fields' checks in their order, then the struct's.
pub(crate) fn build_checks(attr: &TableAttr, columns: &[ColumnIr], names: &mut Names) -> Vec<CheckIr> {
    let on_fields = attr.columns.iter().flat_map(|column| &column.checks);
    on_fields.chain(&attr.checks).map(|check| build_check(check, columns, names)).collect()
}

fn build_check(attr: &CheckAttr, columns: &[ColumnIr], names: &mut Names) -> CheckIr {
    let expression = attr.expression.value.clone();
    let name = match &attr.name {
        Some(name) => name.value.clone(),
        // PostgreSQL names a check after its column when it is about just one, wherever it was written.
        None => match mentioned(&expression, columns).as_slice() {
            [only] => names.choose(&[only], "check", Kind::Constraint),
            _ => names.choose(&[], "check", Kind::Constraint),
        },
    };
    CheckIr { name, expression, no_inherit: attr.no_inherit }
}

/// The columns whose names stand in an SQL expression outside of its strings.
fn mentioned<'c>(expression: &str, columns: &'c [ColumnIr]) -> Vec<&'c str> {
    let words = identifiers(expression);
    let names = columns.iter().map(|column| column.name.as_str());
    names.filter(|name| words.iter().any(|word| word == name)).collect()
}

/// Identifiers as PostgreSQL reads them: folded to lower case unless quoted, and functions left out.
fn identifiers(sql: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut chars = sql.chars().peekable();
    while let Some(char) = chars.next() {
        if char == '\'' {
            chars.by_ref().find(|c| *c == '\'');
        } else if char == '"' {
            words.push(chars.by_ref().take_while(|c| *c != '"').collect());
        } else if char.is_alphanumeric() || char == '_' {
            let mut word = char.to_lowercase().to_string();
            while let Some(next) = chars.next_if(|c| c.is_alphanumeric() || matches!(c, '_' | '$')) {
                word.extend(next.to_lowercase());
            }
            if chars.peek() != Some(&'(') {
                words.push(word);
            }
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::identifiers;

    #[test]
    fn words_outside_of_strings() {
        assert_eq!(identifiers("Amount > 0"), ["amount", "0"]);
        assert_eq!(
            identifiers("length(title) < 5 AND kind <> 'it''s amount'"),
            ["title", "5", "and", "kind"]
        );
        assert_eq!(identifiers("\"Odd name\" > t.größe"), ["Odd name", "t", "größe"]);
    }
}
