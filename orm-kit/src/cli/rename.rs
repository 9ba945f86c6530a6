//! Renames: what a person or a program says of them, and questions about what looks like one.

use super::decide::Decided;
use super::hints::Hint;
use super::output::Output;
use crate::catalog::{Catalog, Kind, ObjectName};
use crate::diff::{Candidate, Flat, Rename, candidates, may_be_renamed};
use crate::error::Error;
use serde_json::{Value, json};

/// What is decided of renames.
pub(super) enum Renames {
    /// All of it.
    Decided(Vec<Rename>),
    /// Nobody could be asked about these.
    Open(Vec<Candidate>),
}

/// What a name stands for before and behind.
struct Names {
    old: Vec<ObjectName>,
    new: Vec<ObjectName>,
}

/// Takes the renames that are `declared`, those of flags and hints, and asks about what else looks like one.
pub(super) fn renames(
    from: &Catalog,
    to: &Catalog,
    declared: &[Rename],
    decided: &Decided<'_>,
    output: Output,
) -> Result<Renames, Error> {
    let names = Names { old: renameable(from), new: renameable(to) };
    let mut renames = declared.to_vec();
    let mut answered: Vec<ObjectName> = Vec::new();
    for text in &decided.flags.rename {
        let (old, new) = text.split_once('=').ok_or_else(|| malformed(text))?;
        renames.extend(names.rename(None, old.trim(), new.trim())?);
    }
    for hint in &decided.hints {
        match hint {
            Hint::Rename { kind, from, to } => renames.extend(names.rename(Some(kind), from, to)?),
            Hint::Create { kind, name } => {
                let is = |new: &&ObjectName| new.kind.to_string() == *kind && dotted(new) == *name;
                let missing =
                    || Error::new(format!("a hint says that {kind} `{name}` is new: the schema has none"));
                answered.push(names.new.iter().find(is).cloned().ok_or_else(missing)?);
            }
            Hint::Allow { .. } => {}
        }
    }
    check_tables(&renames)?;
    if decided.flags.no_renames {
        return Ok(Renames::Decided(renames));
    }
    loop {
        let open: Vec<_> = candidates(from, to, &renames)
            .into_iter()
            .filter(|open| !answered.contains(&open.rename.to))
            .collect();
        let Some(first) = open.first() else { return Ok(Renames::Decided(renames)) };
        if !output.can_ask() {
            return Ok(Renames::Open(open));
        }
        let others: Vec<_> = open.iter().filter(|other| other.rename.to == first.rename.to).collect();
        let mut choices = vec!["it is new".to_owned()];
        choices.extend(others.iter().map(|other| format!("it is {}, renamed", other.rename.from)));
        let answer = output.ask(&format!("what is {}?", first.rename.to), &choices)?;
        answered.push(first.rename.to.clone());
        if let Some(chosen) = answer.checked_sub(1).and_then(|at| others.get(at)) {
            renames.push(chosen.rename.clone());
        }
    }
}

impl Names {
    /// The rename of `old`, as the snapshot or database has it, to `new`, as the schema does; nothing if it is of the past.
    fn rename(&self, kind: Option<&str>, old: &str, new: &str) -> Result<Option<Rename>, Error> {
        let said = format!("{old}={new}");
        let is = |name: &ObjectName, text: &str| {
            dotted(name) == text && kind.is_none_or(|kind| kind == name.kind.to_string())
        };
        let from: Vec<_> = self.old.iter().filter(|name| is(name, old)).collect();
        let to: Vec<_> = self.new.iter().filter(|name| is(name, new)).collect();
        let mut pairs: Vec<Rename> = Vec::new();
        for from in &from {
            let same = to.iter().filter(|to| to.kind == from.kind);
            pairs.extend(same.map(|to| Rename { from: (*from).clone(), to: (*to).clone() }));
        }
        match (pairs.as_slice(), to.first()) {
            ([Rename { from, .. }], _) if self.new.contains(from) => {
                Err(Error::new(format!("`{said}` is no rename: {from} is still in the schema")))
            }
            ([Rename { to, .. }], _) if self.old.contains(to) => {
                Err(Error::new(format!("`{said}` is no rename: {to} is there already")))
            }
            ([rename], _) => Ok(Some(rename.clone())),
            ([], Some(to)) if from.is_empty() && self.old.contains(to) => Ok(None),
            ([], _) if from.is_empty() => {
                Err(Error::new(format!("`{said}` is no rename: there was no `{old}`")).advise(HOW))
            }
            ([], _) => {
                Err(Error::new(format!("`{said}` is no rename: the schema has no such `{new}`")).advise(HOW))
            }
            _ => Err(Error::new(format!("`{said}` may be several renames"))
                .advise("say by `--hints` of which kind it is")),
        }
    }
}

const HOW: &str = "write `--rename table=new_table`, or `--rename table.column=table.new_column`; the schema in front if it \
                   is not `public`";

fn malformed(text: &str) -> Error {
    Error::new(format!("`{text}` is no rename")).advise(HOW)
}

/// A column stays in its table.
fn check_tables(renames: &[Rename]) -> Result<(), Error> {
    for Rename { from, to } in renames.iter().filter(|rename| rename.to.kind == Kind::Column) {
        let moves = |table: &&Rename| {
            table.to.kind == Kind::Table
                && (&table.from.schema, &table.from.name) == (&from.schema, &from.table)
                && (&table.to.schema, &table.to.name) == (&to.schema, &to.table)
        };
        let stays = (&from.schema, &from.table) == (&to.schema, &to.table);
        if !stays && !renames.iter().any(|table| moves(&table)) {
            return Err(Error::new(format!("{from} cannot become {to}, which is of another table")));
        }
    }
    Ok(())
}

fn renameable(catalog: &Catalog) -> Vec<ObjectName> {
    let flat = Flat::of(catalog);
    flat.objects().map(|(name, _)| name.clone()).filter(|name| may_be_renamed(name.kind)).collect()
}

/// `workers.name`, with the schema if it is not `public`.
fn dotted(ObjectName { kind: _, schema, table, name }: &ObjectName) -> String {
    let schema = Some(schema).filter(|schema| *schema != "public");
    let parts = schema.into_iter().chain([table, name]).filter(|part| !part.is_empty());
    parts.map(String::as_str).collect::<Vec<_>>().join(".")
}

/// The open questions, for a person and for a program.
pub(super) fn report_questions(open: &[Candidate], output: Output) {
    for Candidate { rename: Rename { from, to }, likeness: _ } in open {
        output.note(format_args!("{to} is new and {from} is gone; if it is renamed, say"));
        output.note(format_args!("    --rename {}={}", dotted(from), dotted(to)));
    }
    output.note("nothing is done; say `--no-renames` too for what is not renamed");
    let mut asked: Vec<&ObjectName> = open.iter().map(|candidate| &candidate.rename.to).collect();
    asked.sort();
    asked.dedup();
    let question = |new: &&ObjectName| {
        let (kind, name) = (new.kind.to_string(), dotted(new));
        let mut answers: Vec<Value> = open
            .iter()
            .filter(|candidate| candidate.rename.to == **new)
            .map(|candidate| Hint::rename(&kind, &dotted(&candidate.rename.from), &name))
            .collect();
        answers.push(Hint::create(&kind, &name));
        json!({ "kind": kind, "name": name, "answers": answers })
    };
    let questions: Vec<_> = asked.iter().map(question).collect();
    output.json(&json!({ "status": "questions", "questions": questions }));
}
