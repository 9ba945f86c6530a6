//! A plan as the text of a script.

use super::lexer::{TokenKind, lex};
use crate::plan::{Hazard, HazardKind, Mode, Plan, Segment, Statement};
use std::collections::BTreeSet;

/// The text of a migration that does what the plan says, such as [`Script::parse`](super::Script::parse) reads; a
/// hazard of the plan is one that a person has agreed to.
///
/// ```
/// use orm_kit::plan::{Mode, Plan, Segment, Statement};
///
/// let sql = "create index concurrently \"notes_body\" on \"public\".\"notes\" (\"body\")".to_owned();
/// let statements = vec![Statement { comment: "Readers and writers go on.".to_owned(), sql }];
/// let plan = Plan { segments: vec![Segment { mode: Mode::Direct, statements }], hazards: vec![] };
/// assert_eq!(orm_kit::script::render(&plan, false), "\
/// -- mizzle: no transaction
///
/// -- Readers and writers go on.
/// create index concurrently \"notes_body\" on \"public\".\"notes\" (\"body\");
/// ");
/// ```
pub fn render(plan: &Plan, contract: bool) -> String {
    let Plan { segments, hazards } = plan;
    let mut text = String::new();
    if contract {
        text += "-- mizzle: contract\n";
    }
    let kinds: BTreeSet<HazardKind> = hazards.iter().map(|hazard| hazard.kind).collect();
    for kind in kinds {
        for Hazard { kind: _, object, message } in hazards.iter().filter(|hazard| hazard.kind == kind) {
            comment(&mut text, &format!("{object}: {message}"));
        }
        text += &format!("-- mizzle: allow {kind}\n");
    }
    for (at, Segment { mode, statements }) in segments.iter().enumerate() {
        // Nothing needs to say how the first one runs if it runs as all do.
        if at > 0 || *mode != Mode::Transaction {
            gap(&mut text);
            text += &match mode {
                Mode::Transaction => "-- mizzle: transaction\n".to_owned(),
                Mode::Direct => "-- mizzle: no transaction\n".to_owned(),
                Mode::Batches { table, key } => {
                    format!("-- mizzle: batches by {table} ({})\n", key.join(", "))
                }
                Mode::Step { name, table: Some(table) } => format!("-- mizzle: step {name} of {table}\n"),
                Mode::Step { name, table: None } => format!("-- mizzle: step {name}\n"),
            };
        }
        if matches!(mode, Mode::Step { .. }) {
            continue;
        }
        for Statement { comment: words, sql } in statements {
            gap(&mut text);
            comment(&mut text, words);
            text += sql;
            text += if ends_in_comment(sql) { "\n;\n" } else { ";\n" };
        }
    }
    text
}

fn gap(text: &mut String) {
    if !text.is_empty() {
        text.push('\n');
    }
}

/// Names stand in comments too, and may say anything.
fn comment(text: &mut String, words: &str) {
    for line in words.split(['\n', '\r']).filter(|line| !line.is_empty()) {
        let line = line.replace('\0', " ");
        let is_directive = line.trim_start_matches('-').trim_start().starts_with("mizzle:");
        *text += if is_directive { "-- > " } else { "-- " };
        *text += &line;
        text.push('\n');
    }
}

fn ends_in_comment(sql: &str) -> bool {
    let last = lex(sql).ok().and_then(|tokens| tokens.last().cloned());
    last.is_some_and(|token| token.kind == TokenKind::LineComment)
}
