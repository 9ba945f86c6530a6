//! Partitioned tables and tables that inherit.

use super::{Slot, column, some, table, variant};
use orm_kit::catalog::{
    Catalog, Check, Column, Constraint, Name, Object, Partition, Partitioned, PrimaryKey, Table, Timing,
};

pub(super) fn slots() -> Vec<Slot> {
    let events = Name::new("public", "events");
    let animals = Name::new("public", "animals");
    let dogs = Name::new("public", "dogs");
    vec![
        partitioned(&events),
        notes(&events),
        keys(&events),
        partitions(&events, "events_2026", &["from (2026) to (2027)", "from (2026) to (2030)"]),
        partitions(&events, "events_2000", &["from (2000) to (2010)"]),
        vec![variant(Object::Table(Table::new(animals.clone())), [])],
        legs(&animals),
        kinds(&animals),
        vec![
            variant(
                Object::Table(Table { inherits: vec![animals.clone()], ..Table::new(dogs.clone()) }),
                [table(&animals)],
            ),
            variant(Object::Table(Table::new(dogs.clone())), []),
        ],
        vec![variant(Object::Column(dogs.clone(), Column::new("name", "text")), [table(&dogs)])],
    ]
}

/// Gives the children what they have from their parents.
pub(super) fn inherit(catalog: &mut Catalog) {
    let parents = catalog.tables.clone();
    for child in &mut catalog.tables {
        let names = child.partition.iter().map(|it| &it.of).chain(&child.inherits);
        let own = std::mem::take(&mut child.columns);
        let columns = names
            .filter_map(|name| parents.iter().find(|table| table.name == *name))
            .flat_map(|parent| &parent.columns)
            .map(|column| Column { comment: None, ..column.clone() });
        child.columns = columns.chain(own).collect();
    }
}

fn partitioned(events: &Name) -> Slot {
    let by = |by: &str| {
        let partitioned = Some(Partitioned { by: by.to_owned() });
        // The column that it is partitioned by cannot be a part that is left out.
        let columns = vec![Column::new("year", "integer")];
        Object::Table(Table { partitioned, columns, ..Table::new(events.clone()) })
    };
    vec![variant(by("range (year)"), []), variant(by("range ((year))"), [])]
}

fn notes(events: &Name) -> Slot {
    let note = Column { nullable: true, ..Column::new("note", "text") };
    let object = |column: Column| variant(Object::Column(events.clone(), column), [table(events)]);
    vec![
        object(note.clone()),
        object(Column { default: some("''"), comment: some("What happened"), ..note.clone() }),
        object(Column { ty: "character varying(80)".to_owned(), nullable: false, ..note }),
    ]
}

fn keys(events: &Name) -> Slot {
    let key = PrimaryKey {
        name: "events_pkey".to_owned(),
        columns: vec!["year".to_owned()],
        include: Vec::new(),
        timing: Timing::default(),
        comment: None,
    };
    vec![variant(Object::Constraint(events.clone(), Constraint::PrimaryKey(key)), [table(events)])]
}

fn partitions(events: &Name, name: &str, bounds: &[&str]) -> Slot {
    let partition = |bound: &&str| {
        let partition = Partition { of: events.clone(), bound: format!("for values {bound}") };
        let table_ = Table { partition: Some(partition), ..Table::new(Name::new("public", name)) };
        variant(Object::Table(table_), [table(events)])
    };
    bounds.iter().map(partition).collect()
}

fn legs(animals: &Name) -> Slot {
    let legs = |ty: &str, nullable| {
        let column = Column { nullable, default: some("4"), ..Column::new("legs", ty) };
        variant(Object::Column(animals.clone(), column), [table(animals)])
    };
    vec![legs("integer", false), legs("bigint", true)]
}

fn kinds(animals: &Name) -> Slot {
    let check = Check {
        name: "animals_legs_check".to_owned(),
        expression: "legs > 0".to_owned(),
        // A table that begins to inherit must have what it inherits.
        no_inherit: true,
        validated: true,
        comment: None,
    };
    let object = Object::Constraint(animals.clone(), Constraint::Check(check));
    vec![variant(object, [column(animals, "legs")])]
}
