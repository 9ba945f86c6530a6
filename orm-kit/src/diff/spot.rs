//! Every place of a catalog where something is named: what a rename goes through.

use crate::catalog::{
    Catalog, Column, Constraint, Exclusion, GrantTarget, Index, Name, Partition, Policy, Table, View,
};

/// A place where something is named.
pub(crate) enum Spot<'a> {
    /// A schema's own name.
    Schema(&'a mut String),
    /// A role.
    Role(&'a mut String),
    /// A table, view, sequence or type: its own name, or one that it goes by elsewhere.
    Relation(&'a mut Name),
    /// The name of a routine.
    Routine(&'a mut Name),
    /// The name of a type, or types of arguments.
    Type(&'a mut String),
    /// A column of a table.
    Column(&'a Name, &'a mut String),
    /// SQL that is part of a table, which is given, or of something else.
    Text(Option<&'a Name>, &'a mut String),
}

/// Shows `visit` all of them.
pub(crate) fn spots(catalog: &mut Catalog, visit: &mut dyn FnMut(Spot<'_>)) {
    let Catalog {
        schemas,
        extensions,
        roles,
        enums,
        domains,
        composites,
        sequences,
        routines,
        tables,
        views,
        grants,
    } = catalog;
    schemas.iter_mut().for_each(|schema| visit(Spot::Schema(&mut schema.name)));
    extensions.iter_mut().flat_map(|it| &mut it.schema).for_each(|name| visit(Spot::Schema(name)));
    for role in roles {
        visit(Spot::Role(&mut role.name));
        role.member_of.iter_mut().for_each(|name| visit(Spot::Role(name)));
    }
    enums.iter_mut().for_each(|ty| visit(Spot::Relation(&mut ty.name)));
    for ty in domains {
        visit(Spot::Relation(&mut ty.name));
        visit(Spot::Type(&mut ty.base));
        let texts = ty.checks.iter_mut().map(|check| &mut check.expression);
        texts.chain(&mut ty.default).for_each(|text| visit(Spot::Text(None, text)));
    }
    for ty in composites {
        visit(Spot::Relation(&mut ty.name));
        ty.fields.iter_mut().for_each(|field| visit(Spot::Type(&mut field.ty)));
    }
    for sequence in sequences {
        visit(Spot::Relation(&mut sequence.name));
        if let Some((table, column)) = &mut sequence.owned_by {
            let old = table.clone();
            visit(Spot::Relation(table));
            visit(Spot::Column(&old, column));
        }
    }
    for routine in routines {
        visit(Spot::Routine(&mut routine.name));
        visit(Spot::Type(&mut routine.arguments));
        visit(Spot::Text(None, &mut routine.definition));
    }
    tables.iter_mut().for_each(|table| table_spots(table, visit));
    for View { name, materialized: _, query, columns: _, with: _, indexes, comment: _ } in views {
        let old = name.clone();
        visit(Spot::Relation(name));
        visit(Spot::Text(None, query));
        indexes.iter_mut().for_each(|index| index_spots(&old, index, visit));
    }
    for grant in grants {
        visit(Spot::Role(&mut grant.to));
        match &mut grant.on {
            GrantTarget::Schema(name) => visit(Spot::Schema(name)),
            GrantTarget::Table(name) => {
                let old = name.clone();
                visit(Spot::Relation(name));
                grant.columns.iter_mut().for_each(|column| visit(Spot::Column(&old, column)));
            }
            GrantTarget::Sequence(name) | GrantTarget::Type(name) => visit(Spot::Relation(name)),
            GrantTarget::Routine(name, arguments) => {
                visit(Spot::Routine(name));
                visit(Spot::Type(arguments));
            }
        }
    }
}

fn table_spots(table: &mut Table, visit: &mut dyn FnMut(Spot<'_>)) {
    let old = table.name.clone();
    for mut constraint in table.constraints().collect::<Vec<_>>() {
        constraint_spots(&old, &mut constraint, visit);
        put(table, constraint);
    }
    let Table { name, columns, indexes, triggers, policies, partitioned, partition, inherits, .. } = table;
    visit(Spot::Relation(name));
    for Column { name, ty, default, generated, .. } in columns {
        visit(Spot::Column(&old, name));
        visit(Spot::Type(ty));
        let texts = generated.iter_mut().map(|generated| &mut generated.expression);
        texts.chain(default).for_each(|text| visit(Spot::Text(Some(&old), text)));
    }
    indexes.iter_mut().for_each(|index| index_spots(&old, index, visit));
    triggers.iter_mut().for_each(|trigger| visit(Spot::Text(Some(&old), &mut trigger.definition)));
    for Policy { to, using, with_check, .. } in policies {
        to.iter_mut().for_each(|role| visit(Spot::Role(role)));
        using.iter_mut().chain(with_check).for_each(|text| visit(Spot::Text(Some(&old), text)));
    }
    partitioned.iter_mut().for_each(|it| visit(Spot::Text(Some(&old), &mut it.by)));
    if let Some(Partition { of, bound: _ }) = partition {
        visit(Spot::Relation(of));
    }
    inherits.iter_mut().for_each(|parent| visit(Spot::Relation(parent)));
}

/// Puts a constraint back to where its name is.
fn put(table: &mut Table, constraint: Constraint) {
    fn replace<T>(list: &mut [T], new: T, name: impl Fn(&T) -> &String) {
        if let Some(at) = list.iter_mut().find(|old| name(old) == name(&new)) {
            *at = new;
        }
    }
    match constraint {
        Constraint::PrimaryKey(key) => table.primary_key = Some(key),
        Constraint::Unique(key) => replace(&mut table.uniques, key, |it| &it.name),
        Constraint::ForeignKey(key) => replace(&mut table.foreign_keys, key, |it| &it.name),
        Constraint::Check(check) => replace(&mut table.checks, check, |it| &it.name),
        Constraint::Exclusion(it) => replace(&mut table.exclusions, it, |it| &it.name),
    }
}

fn constraint_spots(table: &Name, constraint: &mut Constraint, visit: &mut dyn FnMut(Spot<'_>)) {
    match constraint {
        Constraint::PrimaryKey(key) => {
            let columns = key.columns.iter_mut().chain(&mut key.include);
            columns.for_each(|column| visit(Spot::Column(table, column)));
        }
        Constraint::Unique(key) => {
            let columns = key.columns.iter_mut().chain(&mut key.include);
            columns.for_each(|column| visit(Spot::Column(table, column)));
        }
        Constraint::ForeignKey(key) => {
            key.columns.iter_mut().for_each(|column| visit(Spot::Column(table, column)));
            let target = key.table.clone();
            key.targets.iter_mut().for_each(|column| visit(Spot::Column(&target, column)));
            visit(Spot::Relation(&mut key.table));
        }
        Constraint::Check(check) => visit(Spot::Text(Some(table), &mut check.expression)),
        Constraint::Exclusion(Exclusion { elements, predicate, .. }) => {
            let keys = elements.iter_mut().map(|element| &mut element.key);
            keys.chain(predicate).for_each(|text| visit(Spot::Text(Some(table), text)));
        }
    }
}

fn index_spots(table: &Name, index: &mut Index, visit: &mut dyn FnMut(Spot<'_>)) {
    let Index { keys, include, predicate, .. } = index;
    let columns = keys.iter_mut().flat_map(|key| &mut key.column);
    columns.chain(include).for_each(|column| visit(Spot::Column(table, column)));
    let texts = keys.iter_mut().flat_map(|key| &mut key.expression).chain(predicate);
    texts.for_each(|text| visit(Spot::Text(Some(table), text)));
}
