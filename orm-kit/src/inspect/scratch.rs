//! The schemas in which a declared catalog is made, and the way there and back of every name.

use super::body::Body;
use crate::catalog::{Catalog, Name};
use crate::depend::{Dotted, replace_names};
use crate::diff::spot::{Spot, spots};
use std::collections::{BTreeMap, BTreeSet};

/// The scratch schemas of a catalog.
pub(super) struct Scratch {
    /// Each schema of the catalog with its scratch; `public` is the first, as it is when names are looked up.
    schemas: Vec<(String, String)>,
    /// What is made in them.
    made: BTreeSet<Name>,
    /// Bodies of functions as they are there, and as they were written.
    bodies: BTreeMap<String, String>,
}

/// The schemas that a catalog has something in, or lists.
pub(super) fn schemas(catalog: &Catalog) -> BTreeSet<String> {
    let mut schemas: BTreeSet<String> = catalog.schemas.iter().map(|schema| schema.name.clone()).collect();
    schemas.extend(made(catalog).into_iter().map(|name| name.schema));
    schemas
}

/// The names of what a catalog makes; other names are of what is there already.
pub(super) fn made(catalog: &Catalog) -> BTreeSet<Name> {
    let Catalog {
        schemas: _,
        extensions: _,
        roles: _,
        enums,
        domains,
        composites,
        sequences,
        routines,
        tables,
        views,
        grants: _,
    } = catalog;
    let types = enums.iter().map(|it| &it.name).chain(domains.iter().map(|it| &it.name));
    let names = types
        .chain(composites.iter().map(|it| &it.name))
        .chain(sequences.iter().map(|it| &it.name))
        .chain(routines.iter().map(|it| &it.name))
        .chain(tables.iter().map(|it| &it.name))
        .chain(views.iter().map(|it| &it.name));
    names.cloned().collect()
}

impl Scratch {
    /// Scratch schemas for `schemas`, each with whether PostgreSQL quotes its name: it does the same with its scratch, so
    /// that what it prints is as long as it will be.
    pub(super) fn new(
        schemas: impl IntoIterator<Item = (String, bool)>,
        session: i32,
        made: BTreeSet<Name>,
    ) -> Self {
        let scratch = |(at, (schema, quoted)): (usize, (String, bool))| {
            let mark = if quoted { "-" } else { "_" };
            (schema, format!("mizzle{mark}scratch{mark}{session}{mark}{at}"))
        };
        let mut schemas: Vec<_> = schemas.into_iter().enumerate().map(scratch).collect();
        schemas.sort_by_key(|(schema, _)| schema != "public");
        Scratch { schemas, made, bodies: BTreeMap::new() }
    }

    /// Their names.
    pub(super) fn names(&self) -> impl Iterator<Item = &String> {
        self.schemas.iter().map(|(_, scratch)| scratch)
    }

    /// The catalog in the scratch schemas.
    pub(super) fn enter(&mut self, catalog: &mut Catalog) {
        let mut bodies = BTreeMap::new();
        let scratch = |name: &Name| self.scratch(&name.schema).filter(|_| self.made.contains(name));
        let replace = |(schema, name): Dotted<'_>| {
            let name = Name::new(schema?, name);
            Some(Name::new(scratch(&name)?, name.name))
        };
        spots(catalog, &mut |spot| match spot {
            Spot::Schema(name) => {
                if let Some(scratch) = self.scratch(name) {
                    scratch.clone_into(name);
                }
            }
            Spot::Relation(name) | Spot::Routine(name) => {
                if let Some(scratch) = scratch(name) {
                    scratch.clone_into(&mut name.schema);
                }
            }
            Spot::Type(text) | Spot::Text(_, text) => *text = replace_names(text, &replace),
            Spot::Role(_) | Spot::Column(..) => {}
        });
        // A function that an index calls may be run when that is made, even without rows.
        for routine in &mut catalog.routines {
            if let Some(body) = Body::of(&routine.definition) {
                let text = replace_names(&body.text, &replace);
                let definition = body.with(&text);
                bodies.insert(text, body.text);
                routine.definition = definition;
            }
        }
        self.bodies = bodies;
    }

    /// The catalog in its own schemas.
    pub(super) fn leave(&self, catalog: &mut Catalog) {
        let put = |schema: &mut String| {
            if let Some(own) = self.own(schema) {
                own.clone_into(schema);
            }
        };
        spots(catalog, &mut |spot| match spot {
            Spot::Schema(name) => put(name),
            Spot::Relation(name) | Spot::Routine(name) => put(&mut name.schema),
            Spot::Type(text) | Spot::Text(_, text) => *text = self.leave_text(text),
            Spot::Role(_) | Spot::Column(..) => {}
        });
        for routine in &mut catalog.routines {
            let body = Body::of(&routine.definition);
            let written = body.and_then(|body| self.bodies.get(&body.text).map(|text| body.with(text)));
            if let Some(definition) = written {
                routine.definition = definition;
            }
        }
    }

    /// As [`Scratch::leave`], for a piece of SQL.
    pub(super) fn leave_text(&self, text: &str) -> String {
        replace_names(text, &|(schema, name)| Some(Name::new(self.own(schema?)?, name)))
    }

    fn scratch(&self, own: &str) -> Option<&str> {
        self.schemas.iter().find(|(it, _)| it == own).map(|(_, scratch)| scratch.as_str())
    }

    fn own(&self, scratch: &str) -> Option<&str> {
        self.schemas.iter().find(|(_, it)| it == scratch).map(|(own, _)| own.as_str())
    }
}
