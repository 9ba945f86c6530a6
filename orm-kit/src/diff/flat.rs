//! A catalog as a list of objects, each by itself.

use crate::catalog::{Catalog, Kind, Name, Object, ObjectName, Table, View};
use std::collections::BTreeMap;

/// Every object by its name; tables and views without what belongs to them, which stands beside them.
#[derive(Default)]
pub(crate) struct Flat {
    objects: BTreeMap<ObjectName, Object>,
}

impl Flat {
    pub(crate) fn of(catalog: &Catalog) -> Self {
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
        let mut flat = Flat::default();
        schemas.iter().for_each(|it| flat.push(Object::Schema(it.clone())));
        extensions.iter().for_each(|it| flat.push(Object::Extension(it.clone())));
        for role in roles {
            let mut role = role.clone();
            role.member_of.sort();
            flat.push(Object::Role(role));
        }
        enums.iter().for_each(|it| flat.push(Object::Enum(it.clone())));
        for ty in domains {
            let mut ty = ty.clone();
            ty.checks.sort_by(|a, b| a.name.cmp(&b.name));
            flat.push(Object::Domain(ty));
        }
        composites.iter().for_each(|it| flat.push(Object::Composite(it.clone())));
        sequences.iter().for_each(|it| flat.push(Object::Sequence(it.clone())));
        routines.iter().for_each(|it| flat.push(Object::Routine(it.clone())));
        tables.iter().for_each(|it| flat.push_table(it));
        for view in views {
            flat.push(Object::View(View { indexes: Vec::new(), ..view.clone() }));
            view.indexes.iter().for_each(|it| flat.push(Object::Index(view.name.clone(), it.clone())));
        }
        grants.iter().for_each(|it| flat.push(Object::Grant(it.clone())));
        flat
    }

    fn push(&mut self, object: Object) {
        self.objects.insert(object.object_name(), object);
    }

    fn push_table(&mut self, table: &Table) {
        let name = &table.name;
        self.push(Object::Table(bare(table)));
        table.columns.iter().for_each(|it| self.push(Object::Column(name.clone(), it.clone())));
        table.constraints().for_each(|it| self.push(Object::Constraint(name.clone(), it)));
        table.indexes.iter().for_each(|it| self.push(Object::Index(name.clone(), it.clone())));
        table.triggers.iter().for_each(|it| self.push(Object::Trigger(name.clone(), it.clone())));
        for policy in &table.policies {
            let mut policy = policy.clone();
            policy.to.sort();
            self.push(Object::Policy(name.clone(), policy));
        }
    }

    pub(crate) fn contains(&self, name: &ObjectName) -> bool {
        self.objects.contains_key(name)
    }

    pub(crate) fn get(&self, name: &ObjectName) -> Option<&Object> {
        self.objects.get(name)
    }

    pub(crate) fn objects(&self) -> impl Iterator<Item = (&ObjectName, &Object)> {
        self.objects.iter()
    }
}

/// The table without what belongs to it.
pub(super) fn bare(table: &Table) -> Table {
    let Table {
        name,
        columns: _,
        primary_key: _,
        uniques: _,
        foreign_keys: _,
        checks: _,
        exclusions: _,
        indexes: _,
        triggers: _,
        row_security,
        policies: _,
        partitioned,
        partition,
        inherits,
        unlogged,
        tablespace,
        with,
        comment,
    } = table;
    Table {
        row_security: *row_security,
        partitioned: partitioned.clone(),
        partition: partition.clone(),
        inherits: inherits.clone(),
        unlogged: *unlogged,
        tablespace: tablespace.clone(),
        with: with.clone(),
        comment: comment.clone(),
        ..Table::new(name.clone())
    }
}

/// The table, or the view, that the object is a part of.
pub(super) fn table_of(name: &ObjectName) -> Name {
    Name::new(&name.schema, &name.table)
}

/// What the table or view that it is a part of may be called; none for what belongs to nothing.
pub(super) fn owners(name: &ObjectName) -> impl Iterator<Item = ObjectName> + use<> {
    let part = (!name.table.is_empty()).then(|| table_of(name));
    part.into_iter().flat_map(|Name { schema, name }| {
        [Kind::Table, Kind::View].map(|kind| ObjectName {
            kind,
            schema: schema.clone(),
            table: String::new(),
            name: name.clone(),
        })
    })
}
