//! What the structs cannot say: renames and hazards, decided by flags or, on a terminal, by answers.

use super::args::Decisions;
use super::output::Output;
use crate::catalog::{Catalog, Kind, ObjectName};
use crate::diff::{Candidate, Rename, candidates};
use crate::error::Error;
use crate::plan::{Hazard, HazardKind};
use serde_json::{Value, json};

/// What is decided of renames.
pub(super) enum Renames {
    /// All of it.
    Decided(Vec<Rename>),
    /// Nobody could be asked about these.
    Open(Vec<Candidate>),
}

/// Reads `--rename` beside what the structs say, and asks about what looks like one and is not said.
pub(super) fn renames(
    from: &Catalog,
    to: &Catalog,
    said: &[Rename],
    decisions: &Decisions,
    output: Output,
) -> Result<Renames, Error> {
    let mut renames = said.to_vec();
    for text in &decisions.rename {
        renames.push(rename(text, from, to)?);
    }
    if decisions.no_renames {
        return Ok(Renames::Decided(renames));
    }
    let mut answered: Vec<ObjectName> = Vec::new();
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
        let mut choices = vec![format!("it is new, and {} is dropped", first.rename.from)];
        choices.extend(others.iter().map(|other| format!("it is {}, renamed", other.rename.from)));
        let answer = output.ask(&format!("{} is not in the last snapshot:", first.rename.to), &choices)?;
        answered.push(first.rename.to.clone());
        if let Some(chosen) = answer.checked_sub(1).and_then(|at| others.get(at)) {
            renames.push(chosen.rename.clone());
        }
    }
}

/// `workers.name=workers.full_name`: the old name as the snapshot has it, the new one as the schema does.
fn rename(text: &str, from: &Catalog, to: &Catalog) -> Result<Rename, Error> {
    let malformed = || {
        Error::new(format!("`{text}` is not a rename")).advise(
            "write `--rename table=new_table`, or `--rename table.column=table.new_column`; the schema in front if it is not public",
        )
    };
    let (old, new) = text.split_once('=').ok_or_else(malformed)?;
    let found = |name: &str, catalog: &Catalog| find(name.trim(), catalog).ok_or_else(malformed);
    let (from, to) = (found(old, from)?, found(new, to)?);
    if from.kind == to.kind { Ok(Rename { from, to }) } else { Err(malformed()) }
}

/// The object of a catalog that a person calls `[schema.]table[.column]`, or a type of that name.
fn find(name: &str, catalog: &Catalog) -> Option<ObjectName> {
    for table in &catalog.tables {
        if table.name.to_string() == name {
            return Some(crate::catalog::Object::Table(table.clone()).object_name());
        }
        for column in &table.columns {
            if format!("{}.{}", table.name, column.name) == name {
                return Some(ObjectName {
                    kind: Kind::Column,
                    schema: table.name.schema.clone(),
                    table: table.name.name.clone(),
                    name: column.name.clone(),
                });
            }
        }
    }
    let named = |kind, name: &crate::catalog::Name| ObjectName {
        kind,
        schema: name.schema.clone(),
        table: String::new(),
        name: name.name.clone(),
    };
    let is = |other: &crate::catalog::Name| other.to_string() == name;
    let enums = catalog.enums.iter().map(|ty| (Kind::Enum, &ty.name));
    let domains = catalog.domains.iter().map(|ty| (Kind::Domain, &ty.name));
    let composites = catalog.composites.iter().map(|ty| (Kind::Composite, &ty.name));
    let sequences = catalog.sequences.iter().map(|sequence| (Kind::Sequence, &sequence.name));
    let views = catalog.views.iter().map(|view| (Kind::View, &view.name));
    enums
        .chain(domains)
        .chain(composites)
        .chain(sequences)
        .chain(views)
        .find(|(_, other)| is(other))
        .map(|(kind, name)| named(kind, name))
}

/// The open questions, for a person and for a program.
pub(super) fn report_questions(open: &[Candidate], output: Output) {
    for Candidate { rename: Rename { from, to }, likeness: _ } in open {
        output.note(format_args!("{to} is new and {from} is gone: renamed, or not?"));
    }
    output.note("say `--rename old=new` for each that is one, and `--no-renames` for the rest");
    let questions: Vec<Value> = open
        .iter()
        .map(|Candidate { rename: Rename { from, to }, likeness: _ }| {
            json!({ "kind": to.kind.to_string(), "from": from.to_string(), "to": to.to_string() })
        })
        .collect();
    output.json(&json!({ "status": "questions", "questions": questions }));
}

/// Whether a person agrees to what is not allowed yet.
pub(super) fn agree(refused: &[&Hazard], output: Output) -> Result<bool, Error> {
    for Hazard { kind, object, message } in refused {
        output.note(format_args!("{kind}: {object}: {message}"));
    }
    if output.can_ask() {
        let choices = ["no, stop".to_owned(), "yes, go on".to_owned()];
        return Ok(output.ask("is this meant?", &choices)? == 1);
    }
    let mut kinds: Vec<HazardKind> = refused.iter().map(|hazard| hazard.kind).collect();
    kinds.sort();
    kinds.dedup();
    let kinds: Vec<_> = kinds.iter().map(ToString::to_string).collect();
    output.note(format_args!("if this is meant, say `--allow {}`", kinds.join(",")));
    output.json(&json!({ "status": "refused", "hazards": hazards(refused) }));
    Ok(false)
}

/// Hazards for a program.
pub(super) fn hazards(hazards: &[&Hazard]) -> Vec<Value> {
    hazards
        .iter()
        .map(|Hazard { kind, object, message }| {
            json!({ "kind": kind.to_string(), "object": object.to_string(), "message": message })
        })
        .collect()
}
