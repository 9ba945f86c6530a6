//! The schema: as many tables as asked for, with all that tables of an application have.

use orm_kit::catalog::{
    Action, Catalog, Check, Column, Enum, ForeignKey, Identity, Index, IndexKey, Match, Name, PrimaryKey,
    SequenceOptions, Table, Timing, Unique, View,
};
use std::collections::BTreeMap;

pub fn schema(tables: usize) -> Catalog {
    let mut catalog = Catalog::default();
    for number in 0..tables {
        catalog.tables.push(table(number));
        if number % 20 == 0 {
            catalog.enums.push(Enum {
                name: public(&format!("state_{number}")),
                labels: ["new", "open", "closed"].map(str::to_owned).to_vec(),
                comment: None,
            });
        }
        if number % 10 == 0 {
            catalog.views.push(View {
                name: public(&format!("open_{number}")),
                materialized: false,
                query: format!("select id, title from public.table_{number} where amount > 5"),
                columns: Vec::new(),
                with: BTreeMap::new(),
                indexes: Vec::new(),
                comment: None,
            });
        }
    }
    catalog.sort();
    catalog
}

/// Some tables with a column and an index more.
pub fn changed(schema: &Catalog) -> Catalog {
    let mut schema = schema.clone();
    for table in schema.tables.iter_mut().step_by(50) {
        table.columns.push(Column { nullable: true, ..Column::new("more", "text") });
        table.indexes.push(index(&format!("{}_more_idx", table.name.name), "more", None));
    }
    schema.sort();
    schema
}

fn public(name: &str) -> Name {
    Name::new("public", name)
}

fn table(number: usize) -> Table {
    let name = format!("table_{number}");
    let given = |name: &str, ty: &str, default: &str| Column {
        default: Some(default.to_owned()),
        ..Column::new(name, ty)
    };
    let identity = Some(Identity { always: true, options: SequenceOptions::default() });
    let state = format!("\"public\".\"state_{}\"", number / 20 * 20);
    let mut table = Table::new(public(&name));
    table.columns = vec![
        Column { identity, ..Column::new("id", "bigint") },
        Column { comment: Some("What it is called".to_owned()), ..Column::new("title", "text") },
        given("note", "character varying(200)", "''"),
        given("amount", "integer", "0"),
        given("state", &state, "'new'"),
        given("created_at", "timestamp with time zone", "now()"),
        Column { nullable: true, ..Column::new("updated_at", "timestamp with time zone") },
        Column { nullable: true, ..Column::new("payload", "jsonb") },
        Column { nullable: true, ..Column::new("parent_id", "bigint") },
        Column { nullable: true, ..Column::new("price", "numeric(12,2)") },
    ];
    table.primary_key = Some(PrimaryKey {
        name: format!("{name}_pkey"),
        columns: vec!["id".to_owned()],
        include: Vec::new(),
        timing: Timing::NotDeferrable,
        comment: None,
    });
    table.uniques.push(Unique {
        name: format!("{name}_title_key"),
        columns: vec!["title".to_owned()],
        include: Vec::new(),
        nulls_not_distinct: false,
        timing: Timing::NotDeferrable,
        comment: None,
    });
    table.checks.push(Check {
        name: format!("{name}_amount_check"),
        expression: "amount >= 0 and amount < 1000000".to_owned(),
        no_inherit: false,
        validated: true,
        comment: None,
    });
    table.foreign_keys.push(ForeignKey {
        name: format!("{name}_parent_id_fkey"),
        columns: vec!["parent_id".to_owned()],
        table: public(&format!("table_{}", number / 2)),
        targets: vec!["id".to_owned()],
        on_delete: Action::Cascade,
        on_update: Action::NoAction,
        matching: Match::Simple,
        timing: Timing::NotDeferrable,
        validated: true,
        comment: None,
    });
    table.indexes.push(index(&format!("{name}_parent_id_idx"), "parent_id", None));
    table.indexes.push(index(&format!("{name}_open_idx"), "created_at", Some("amount > 0")));
    table
}

fn index(name: &str, column: &str, predicate: Option<&str>) -> Index {
    Index {
        name: name.to_owned(),
        unique: false,
        nulls_not_distinct: false,
        method: "btree".to_owned(),
        keys: vec![IndexKey {
            column: Some(column.to_owned()),
            expression: None,
            collation: None,
            opclass: None,
            descending: false,
            nulls: None,
        }],
        include: Vec::new(),
        predicate: predicate.map(str::to_owned),
        with: BTreeMap::new(),
        tablespace: None,
        comment: None,
    }
}
