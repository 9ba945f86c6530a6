//! Adding one object to a catalog.

use super::{Catalog, Constraint, Index, Name, Object, Table};

impl Catalog {
    /// Adds an object, a part to its table or view; if that is not there, nothing is added.
    ///
    /// ```
    /// use orm_kit::catalog::{Catalog, Column, Name, Object, Table};
    ///
    /// let workers = Name::new("public", "workers");
    /// let mut catalog = Catalog::default();
    /// catalog.put(Object::Table(Table::new(workers.clone())));
    /// catalog.put(Object::Column(workers, Column::new("email", "text")));
    /// assert_eq!(catalog.tables[0].columns[0].name, "email");
    /// ```
    pub fn put(&mut self, object: Object) {
        match object {
            Object::Schema(it) => self.schemas.push(it),
            Object::Extension(it) => self.extensions.push(it),
            Object::Role(it) => self.roles.push(it),
            Object::Enum(it) => self.enums.push(it),
            Object::Domain(it) => self.domains.push(it),
            Object::Composite(it) => self.composites.push(it),
            Object::Sequence(it) => self.sequences.push(it),
            Object::Routine(it) => self.routines.push(it),
            Object::Table(it) => self.tables.push(it),
            Object::View(it) => self.views.push(it),
            Object::Grant(it) => self.grants.push(it),
            Object::Column(table, it) => self.change_table(&table, |table| table.columns.push(it)),
            Object::Index(table, it) => self.change_indexes(&table, |indexes| indexes.push(it)),
            Object::Trigger(table, it) => self.change_table(&table, |table| table.triggers.push(it)),
            Object::Policy(table, it) => self.change_table(&table, |table| table.policies.push(it)),
            Object::Constraint(table, constraint) => self.change_table(&table, |table| match constraint {
                Constraint::PrimaryKey(key) => table.primary_key = Some(key),
                Constraint::Unique(key) => table.uniques.push(key),
                Constraint::ForeignKey(key) => table.foreign_keys.push(key),
                Constraint::Check(check) => table.checks.push(check),
                Constraint::Exclusion(exclusion) => table.exclusions.push(exclusion),
            }),
        }
    }

    /// Changes a table that is there.
    pub(crate) fn change_table(&mut self, name: &Name, change: impl FnOnce(&mut Table)) {
        if let Some(table) = self.tables.iter_mut().find(|table| table.name == *name) {
            change(table);
        }
    }

    /// Changes the indexes of a view or table that is there.
    pub(crate) fn change_indexes(&mut self, name: &Name, change: impl FnOnce(&mut Vec<Index>)) {
        if let Some(view) = self.views.iter_mut().find(|view| view.name == *name) {
            change(&mut view.indexes);
        } else {
            self.change_table(name, |table| change(&mut table.indexes));
        }
    }
}
