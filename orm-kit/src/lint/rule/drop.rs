//! What goes, and what goes with it.

use super::super::finding::{Flaw, flaw};
use super::super::read::{Act, Named};
use super::super::step::Step;
use super::{Rule, losing};
use orm_core::sql::quote_ident;

pub(super) const RULES: &[Rule] = &[
    losing("drop-cascade", "things go that the statement does not name", cascade),
    losing("schema-dropped", "a schema, a database or all that a role owns goes at once", schema),
    losing("sequence-dropped", "a sequence goes, and with it which numbers were given out", sequence),
    losing(
        "extension-updated",
        "an extension's new version may change what its functions and operators do",
        updated,
    ),
];

fn cascade(step: &Step<'_>) -> Vec<Flaw> {
    let Act::Drop { what, names, cascade: true, .. } = step.act() else { return Vec::new() };
    if !schema(step).is_empty() {
        return Vec::new();
    }
    let message = format!(
        "`cascade` drops whatever depends on the {what}, views, columns and constraints of others too: name each of them"
    );
    let written: Vec<_> = names.iter().map(|name| name.written.as_str()).collect();
    vec![flaw(message, format!("drop {what} {};", written.join(", ")))]
}

fn schema(step: &Step<'_>) -> Vec<Flaw> {
    let Act::Drop { what: what @ ("schema" | "database" | "owned"), names, cascade, .. } = step.act() else {
        return Vec::new();
    };
    // The server refuses to drop a schema that has something in it, unless it is told to cascade.
    if *what == "schema" && !cascade {
        return Vec::new();
    }
    let name = names.first().map(|name| name.written.as_str()).unwrap_or_default();
    let message = format!("all tables of the {what} `{name}` are gone with their rows");
    vec![flaw(message, "drop table ..; -- each by its name, and then the schema without `cascade`")]
}

fn sequence(step: &Step<'_>) -> Vec<Flaw> {
    let Act::Drop { what: "sequence", names, .. } = step.act() else { return Vec::new() };
    let is_own = |sequence: &&Named| {
        step.earlier().any(|read| {
            matches!(&read.act, Act::CreateOther { what: "sequence", name } if name.full() == sequence.full())
        })
    };
    let says = |sequence: &Named| {
        let message = format!(
            "which numbers `{}` has given out is gone: one made anew gives them out again",
            sequence.written
        );
        flaw(message, "")
    };
    names.iter().filter(|sequence| !step.contract && !is_own(sequence)).map(says).collect()
}

fn updated(step: &Step<'_>) -> Vec<Flaw> {
    let Act::UpdateExtension(extension) = step.act() else { return Vec::new() };
    let message = format!(
        "what indexes and columns of `{}` hold may need to be built again by its release notes",
        extension.name
    );
    let again = format!("alter extension {} update to '..';", quote_ident(&extension.name));
    if step.sql().contains('\'') { Vec::new() } else { vec![flaw(message, again)] }
}
