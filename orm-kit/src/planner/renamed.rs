//! A catalog as it is when some of its objects have other names.

use super::mention::replaced;
use super::names::is_type;
use crate::catalog::{Catalog, GrantTarget, Kind, Name, ObjectName, Table};

/// `catalog` with other names. Expressions stay as they are, and so do columns: while old code runs, a column keeps its
/// name beside the new one.
pub(super) fn renamed(catalog: &Catalog, renames: &[(&ObjectName, &ObjectName)]) -> Catalog {
    let mut catalog = catalog.clone();
    for (from, to) in renames {
        match to.kind {
            Kind::Schema => {
                each_schema(&mut catalog, &|schema| {
                    if *schema == from.name {
                        schema.clone_from(&to.name);
                    }
                });
            }
            Kind::Constraint | Kind::Index | Kind::Trigger | Kind::Policy => {
                let table = Name::new(&to.schema, &to.table);
                if let Some(table) = catalog.tables.iter_mut().find(|other| other.name == table) {
                    rename_part(table, from, to);
                }
            }
            Kind::Label => {
                let of = Name::new(&to.schema, &to.table);
                let labels =
                    catalog.enums.iter_mut().filter(|ty| ty.name == of).flat_map(|ty| &mut ty.labels);
                labels.filter(|label| **label == from.name).for_each(|label| label.clone_from(&to.name));
            }
            Kind::Column | Kind::Role | Kind::Extension | Kind::Grant | Kind::Routine => {}
            Kind::Table | Kind::View | Kind::Enum | Kind::Domain | Kind::Composite | Kind::Sequence => {
                let (old, new) = (Name::new(&from.schema, &from.name), Name::new(&to.schema, &to.name));
                each_type(&mut catalog, &|ty| {
                    if is_type(&old, ty.strip_suffix("[]").unwrap_or(ty)) {
                        *ty = replaced(&replaced(ty, &old.schema, &new.schema), &old.name, &new.name);
                    }
                });
                each_name(&mut catalog, &|name| {
                    if *name == old {
                        name.clone_from(&new);
                    }
                });
            }
        }
    }
    catalog
}

fn rename_part(table: &mut Table, from: &ObjectName, to: &ObjectName) {
    let keys = table.primary_key.iter_mut().map(|key| &mut key.name);
    let names = keys
        .chain(table.uniques.iter_mut().map(|key| &mut key.name))
        .chain(table.foreign_keys.iter_mut().map(|key| &mut key.name))
        .chain(table.checks.iter_mut().map(|check| &mut check.name))
        .chain(table.exclusions.iter_mut().map(|exclusion| &mut exclusion.name))
        .filter(|_| to.kind == Kind::Constraint)
        .chain(table.indexes.iter_mut().map(|index| &mut index.name).filter(|_| to.kind == Kind::Index))
        .chain(
            table.triggers.iter_mut().map(|trigger| &mut trigger.name).filter(|_| to.kind == Kind::Trigger),
        )
        .chain(table.policies.iter_mut().map(|policy| &mut policy.name).filter(|_| to.kind == Kind::Policy));
    for name in names {
        if *name == from.name {
            name.clone_from(&to.name);
        }
    }
}

fn each_schema(catalog: &mut Catalog, change: &impl Fn(&mut String)) {
    for schema in &mut catalog.schemas {
        change(&mut schema.name);
    }
    for grant in &mut catalog.grants {
        if let GrantTarget::Schema(schema) = &mut grant.on {
            change(schema);
        }
    }
    each_name(catalog, &|name| change(&mut name.schema));
}

/// Every qualified name of what is or has a table's kind of name, and of what refers to one.
fn each_name(catalog: &mut Catalog, change: &impl Fn(&mut Name)) {
    for table in &mut catalog.tables {
        change(&mut table.name);
        table.foreign_keys.iter_mut().for_each(|key| change(&mut key.table));
        table.inherits.iter_mut().for_each(change);
        if let Some(partition) = &mut table.partition {
            change(&mut partition.of);
        }
    }
    catalog.views.iter_mut().for_each(|view| change(&mut view.name));
    catalog.enums.iter_mut().for_each(|ty| change(&mut ty.name));
    catalog.domains.iter_mut().for_each(|ty| change(&mut ty.name));
    catalog.composites.iter_mut().for_each(|ty| change(&mut ty.name));
    catalog.routines.iter_mut().for_each(|routine| change(&mut routine.name));
    for sequence in &mut catalog.sequences {
        change(&mut sequence.name);
        if let Some((table, _)) = &mut sequence.owned_by {
            change(table);
        }
    }
    for grant in &mut catalog.grants {
        match &mut grant.on {
            GrantTarget::Schema(_) => {}
            GrantTarget::Table(name)
            | GrantTarget::Sequence(name)
            | GrantTarget::Routine(name, _)
            | GrantTarget::Type(name) => change(name),
        }
    }
}

fn each_type(catalog: &mut Catalog, change: &impl Fn(&mut String)) {
    for table in &mut catalog.tables {
        table.columns.iter_mut().for_each(|column| change(&mut column.ty));
    }
    catalog.domains.iter_mut().for_each(|domain| change(&mut domain.base));
    for composite in &mut catalog.composites {
        composite.fields.iter_mut().for_each(|field| change(&mut field.ty));
    }
}
