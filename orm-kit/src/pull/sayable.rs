//! What of a catalog has words in Rust, and by name what has none.

use super::kept::Kept;
use super::rust_name::Names;
use super::rust_type::rust_type;
use crate::catalog::{
    Action, Catalog, Column, ExclusionElement, ForeignKey, GrantTarget, Index, Name, Partition, Table, Timing,
};
use orm_core::sql::quote_ident;
use std::collections::HashSet;

/// A catalog with nothing in it that has no words, and a line for each thing that is left out.
pub(crate) fn sayable(catalog: &Catalog) -> (Catalog, Vec<String>) {
    let mut sayable = Sayable { catalog: catalog.clone(), unsaid: Vec::new() };
    sayable.types();
    sayable.tables();
    sayable.foreign_keys();
    sayable.others();
    sayable.schemas();
    (sayable.catalog, sayable.unsaid)
}

struct Sayable {
    catalog: Catalog,
    unsaid: Vec<String>,
}

/// Leaves a comment out.
fn uncommented(what: &str, comment: &mut Option<String>, unsaid: &mut Vec<String>) {
    if comment.take().is_some() {
        unsaid.push(format!("{what}: its comment"));
    }
}

/// A doc comment has no blanks around it.
fn trimmed(what: &str, comment: &mut Option<String>, unsaid: &mut Vec<String>) {
    if let Some(text) = comment
        && text.trim() != text
    {
        unsaid.push(format!("{what}: the blanks around its comment"));
        *text = text.trim().to_owned();
    }
    if comment.as_ref().is_some_and(String::is_empty) {
        *comment = None;
    }
}

impl Sayable {
    fn types(&mut self) {
        let Sayable { catalog, unsaid } = self;
        catalog.enums.retain_mut(|ty| {
            trimmed(&format!("enum `{}`", ty.name), &mut ty.comment, unsaid);
            if ty.labels.is_empty() {
                unsaid.push(format!("enum `{}`: it has no labels", ty.name));
            }
            !ty.labels.is_empty()
        });
        for ty in &mut catalog.domains {
            trimmed(&format!("domain `{}`", ty.name), &mut ty.comment, unsaid);
        }
        catalog.composites.retain_mut(|ty| {
            let what = format!("type `{}`", ty.name);
            trimmed(&what, &mut ty.comment, unsaid);
            for field in &mut ty.fields {
                trimmed(&format!("{what}: field `{}`", field.name), &mut field.comment, unsaid);
                if field.collation.take().is_some() {
                    unsaid.push(format!("{what}: the collation of `{}`", field.name));
                }
            }
            if ty.fields.is_empty() {
                unsaid.push(format!("{what}: it has no fields"));
            }
            !ty.fields.is_empty()
        });
    }

    fn tables(&mut self) {
        let Sayable { catalog, unsaid } = self;
        let bodiless = |table: &Table| table.columns.is_empty() && table.partition.is_none();
        for table in catalog.tables.extract_if(.., |table| bodiless(table)) {
            unsaid.push(format!("table `{}`: it has no columns", table.name));
        }
        let structs: HashSet<Name> = catalog
            .tables
            .iter()
            .filter(|table| table.partition.is_none())
            .map(|it| it.name.clone())
            .collect();
        catalog.tables.retain(|table| match &table.partition {
            Some(Partition { of, .. }) if !structs.contains(of) => {
                unsaid.push(format!("partition `{}`: its table `{of}` is not among the structs", table.name));
                false
            }
            _ => true,
        });
        let columns: Vec<(Name, Vec<_>)> =
            catalog.tables.iter().map(|table| (table.name.clone(), table.columns.clone())).collect();
        for table in &mut catalog.tables {
            match table.partition.clone() {
                Some(partition) => {
                    let of = columns.iter().find(|(name, _)| *name == partition.of);
                    let columns = of.map(|(_, columns)| columns.as_slice()).unwrap_or_default();
                    let bare = |column: &Column| Column { comment: None, ..column.clone() };
                    let columns = columns.iter().map(bare).collect();
                    let bare =
                        Table { columns, partition: Some(partition), ..Table::new(table.name.clone()) };
                    partition_of_its_own(table, unsaid);
                    *table = bare;
                }
                None => one_table(table, unsaid),
            }
        }
    }

    /// A key needs its table, and a field of the same type there.
    fn foreign_keys(&mut self) {
        let Sayable { catalog, unsaid } = self;
        let names = Names::of(catalog, &Kept::default());
        let all = catalog.clone();
        for table in &mut catalog.tables {
            let own = Table { foreign_keys: Vec::new(), ..table.clone() };
            table.foreign_keys.retain_mut(|key| {
                let why = why_not(key, &own, &all, &names);
                if let Some(why) = why {
                    unsaid.push(format!("foreign key `{}` of `{}`: {why}", key.name, own.name));
                } else if !std::mem::replace(&mut key.validated, true) {
                    unsaid.push(format!(
                        "foreign key `{}` of `{}`: that it is not validated",
                        key.name, own.name
                    ));
                }
                why.is_none()
            });
        }
    }

    fn others(&mut self) {
        let Sayable { catalog, unsaid } = self;
        for extension in &mut catalog.extensions {
            // Whoever administers the database says which.
            extension.version = None;
        }
        let tables: Vec<Name> = catalog
            .tables
            .iter()
            .filter(|table| table.partition.is_none())
            .map(|it| it.name.clone())
            .collect();
        for sequence in &mut catalog.sequences {
            let owner = sequence.owned_by.take_if(|(table, _)| !tables.contains(table));
            if let Some((table, _)) = owner {
                unsaid.push(format!("sequence `{}`: that `{table}` owns it", sequence.name));
            }
        }
        for routine in &mut catalog.routines {
            uncommented(&format!("routine `{}`", routine.name), &mut routine.comment, unsaid);
        }
        for view in &mut catalog.views {
            view.columns.clear();
            for index in &mut view.indexes {
                let what = format!("index `{}` of `{}`", index.name, view.name);
                uncommented(&what, &mut index.comment, unsaid);
            }
        }
        let partitions: Vec<Name> = catalog
            .tables
            .iter()
            .filter(|table| table.partition.is_some())
            .map(|it| it.name.clone())
            .collect();
        catalog.grants.retain(|grant| match &grant.on {
            GrantTarget::Table(name) if partitions.contains(name) => {
                unsaid.push(format!("privilege `{}` on `{name}` to `{}`", grant.privilege, grant.to));
                false
            }
            _ => true,
        });
    }

    /// A schema is there because something is in it.
    fn schemas(&mut self) {
        let Sayable { catalog, unsaid } = self;
        let mut used: HashSet<String> =
            catalog.extensions.iter().filter_map(|it| it.schema.clone()).collect();
        used.extend(catalog.enums.iter().map(|it| it.name.schema.clone()));
        used.extend(catalog.domains.iter().map(|it| it.name.schema.clone()));
        used.extend(catalog.composites.iter().map(|it| it.name.schema.clone()));
        used.extend(catalog.sequences.iter().map(|it| it.name.schema.clone()));
        used.extend(catalog.routines.iter().map(|it| it.name.schema.clone()));
        used.extend(catalog.tables.iter().map(|it| it.name.schema.clone()));
        used.extend(catalog.views.iter().map(|it| it.name.schema.clone()));
        catalog.schemas.retain_mut(|schema| {
            let what = format!("schema `{}`", schema.name);
            uncommented(&what, &mut schema.comment, unsaid);
            let is_used = used.contains(&schema.name);
            if !is_used {
                unsaid.push(format!("{what}: nothing is in it"));
            }
            is_used
        });
    }
}

/// What a partition has that its table does not give it.
fn partition_of_its_own(table: &Table, unsaid: &mut Vec<String>) {
    let mut say = |what: &str| unsaid.push(format!("partition `{}`: {what}", table.name));
    table.constraints().for_each(|constraint| say(&format!("its constraint `{}`", constraint.name())));
    table.indexes.iter().for_each(|index| say(&format!("its index `{}`", index.name)));
    table.triggers.iter().for_each(|trigger| say(&format!("its trigger `{}`", trigger.name)));
    table.policies.iter().for_each(|policy| say(&format!("its policy `{}`", policy.name)));
    let commented = table.columns.iter().filter(|column| column.comment.is_some());
    commented.for_each(|column| say(&format!("the comment of its column `{}`", column.name)));
    if table.partitioned.is_some() {
        say("that it is partitioned itself");
    }
    if table.unlogged || table.tablespace.is_some() || !table.with.is_empty() {
        say("how it is stored");
    }
    if table.comment.is_some() {
        say("its comment");
    }
}

fn one_table(table: &mut Table, unsaid: &mut Vec<String>) {
    let name = table.name.clone();
    trimmed(&format!("table `{name}`"), &mut table.comment, unsaid);
    for column in &mut table.columns {
        trimmed(&format!("column `{name}.{}`", column.name), &mut column.comment, unsaid);
    }
    if !table.inherits.is_empty() {
        table.inherits.clear();
        unsaid.push(format!("table `{name}`: that it inherits from others"));
    }
    let what = |kind: &str, own: &str| format!("{kind} `{own}` of `{name}`");
    if let Some(key) = &mut table.primary_key {
        uncommented(&what("primary key", &key.name), &mut key.comment, unsaid);
    }
    let mut keys: Vec<Vec<String>> = table.primary_key.iter().map(|key| key.columns.clone()).collect();
    table.uniques.retain_mut(|key| {
        uncommented(&what("unique key", &key.name), &mut key.comment, unsaid);
        let twice = keys.contains(&key.columns);
        if twice {
            unsaid.push(what("unique key", &key.name) + ": another key is of the same columns");
        }
        keys.push(key.columns.clone());
        !twice
    });
    for key in &mut table.foreign_keys {
        uncommented(&what("foreign key", &key.name), &mut key.comment, unsaid);
    }
    for check in &mut table.checks {
        uncommented(&what("check", &check.name), &mut check.comment, unsaid);
        if !std::mem::replace(&mut check.validated, true) {
            unsaid.push(what("check", &check.name) + ": that it is not validated");
        }
    }
    table.indexes.retain_mut(|index| {
        uncommented(&what("index", &index.name), &mut index.comment, unsaid);
        let twice = names_a_column_twice(index);
        if twice {
            unsaid.push(what("index", &index.name) + ": it has a column twice");
        }
        !twice
    });
    table.exclusions.retain_mut(|exclusion| {
        uncommented(&what("exclusion", &exclusion.name), &mut exclusion.comment, unsaid);
        for element in &mut exclusion.elements {
            // A name that needs no quotes is printed without.
            if !element.key.starts_with(['(', '"']) {
                element.key = quote_ident(&element.key);
            }
        }
        let plain = |it: &ExclusionElement| it.opclass.is_none() && it.nulls.is_none();
        let is_said = exclusion.timing == Timing::NotDeferrable && exclusion.elements.iter().all(plain);
        if !is_said {
            unsaid.push(
                what("exclusion", &exclusion.name) + ": its operator classes, order or time of checking",
            );
        }
        is_said
    });
    for trigger in &mut table.triggers {
        uncommented(&what("trigger", &trigger.name), &mut trigger.comment, unsaid);
    }
    for policy in &mut table.policies {
        uncommented(&what("policy", &policy.name), &mut policy.comment, unsaid);
    }
}

fn names_a_column_twice(index: &Index) -> bool {
    let keys: Vec<_> = index.keys.iter().filter_map(|key| key.column.as_ref()).collect();
    let twice = |columns: &[&String]| {
        let mut seen = HashSet::new();
        !columns.iter().all(|column| seen.insert(*column))
    };
    twice(&keys) || twice(&index.include.iter().collect::<Vec<_>>())
}

/// Why the structs cannot say a foreign key.
fn why_not(key: &ForeignKey, table: &Table, all: &Catalog, names: &Names) -> Option<&'static str> {
    let there = all.table(&key.table).filter(|there| there.partition.is_none());
    let Some(there) = there else { return Some("the table that it references is not among the structs") };
    let ty =
        |table: &Table, column: &str| table.column(column).map(|column| rust_type(names, &column.ty).name);
    if key.columns.iter().zip(&key.targets).any(|(own, target)| ty(table, own) != ty(there, target)) {
        return Some("its columns are of other types than those that they reference");
    }
    let sets_null = [key.on_delete, key.on_update].contains(&Action::SetNull);
    let own = key.columns.first().and_then(|column| table.column(column));
    if key.columns.len() == 1 && sets_null && own.is_some_and(|column| !column.nullable) {
        return Some("it sets a column to NULL that cannot be");
    }
    None
}
