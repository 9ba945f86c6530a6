//! Keys, checks and indexes as attributes: on the field where one column says it, else on the struct.

use super::Pull;
use super::rust_name::FieldNames;
use super::table::{collate_attribute, collation_names};
use crate::catalog::{
    Action, Check, Column, ForeignKey, Index, IndexKey, Match, Nulls, PrimaryKey, Table, Timing, Unique,
};
use std::collections::BTreeMap;

impl Pull<'_> {
    /// What a field says of its column's keys.
    pub(super) fn key_attributes(&self, table: &Table, column: &Column, fields: &FieldNames) -> Vec<String> {
        let mut attributes = Vec::new();
        if table.primary_key.as_ref().is_some_and(|key| is_fields(key, table, column)) {
            attributes.push("primary_key".to_owned());
        }
        for key in &table.uniques {
            if key.columns == [column.name.as_str()] && key.include.is_empty() {
                let usual = usual(table, &key.columns, "key");
                attributes.push(with_options("unique", unique_options(key, usual.as_deref())));
            }
        }
        // There is room for one.
        if let Some(key) = table.foreign_keys.iter().find(|key| key.columns == [column.name.as_str()])
            && let Some((target, targets)) = self.target(key)
            && let Some(there) = key.targets.first().and_then(|there| targets.get(there))
        {
            let usual = usual(table, &key.columns, "fkey");
            let mut items = vec![format!("{target}.{there}")];
            items.extend(foreign_key_options(key, usual.as_deref()));
            attributes.push(format!("references({})", items.join(", ")));
        }
        for index in &table.indexes {
            if is_of(index, &column.name) {
                let usual = usual(table, &index_columns(index), "idx");
                attributes.push(with_options("index", field_index_options(index, usual.as_deref(), fields)));
            }
        }
        attributes
    }

    /// What the struct says.
    pub(super) fn table_attributes(&self, table: &Table, fields: &FieldNames) -> Vec<String> {
        let mut attributes = Vec::new();
        if let Some(key) = &table.primary_key
            && !table.columns.iter().any(|column| is_fields(key, table, column))
        {
            let mut options = timing_options(key.timing);
            options.extend(include_option(&key.include, fields));
            attributes.push(key_attribute(
                "primary_key",
                &key.name,
                usual(table, &[], "pkey").as_deref(),
                &key.columns,
                fields,
                options,
            ));
        }
        for key in &table.uniques {
            if key.columns.len() == 1 && key.include.is_empty() {
                continue;
            }
            let columns: Vec<_> = key.columns.iter().chain(&key.include).cloned().collect();
            let usual = usual(table, &columns, "key");
            let mut options = unique_options(key, Some(&key.name));
            options.extend(include_option(&key.include, fields));
            attributes.push(key_attribute(
                "unique",
                &key.name,
                usual.as_deref(),
                &key.columns,
                fields,
                options,
            ));
        }
        for (at, key) in table.foreign_keys.iter().enumerate() {
            let mut before = table.foreign_keys.iter().take(at);
            let on_field = key.columns.len() == 1 && !before.any(|other| other.columns == key.columns);
            if !on_field {
                attributes.extend(self.foreign_key(key, fields));
            }
        }
        for check in &table.checks {
            let Check { name, expression, no_inherit, validated: _, comment: _ } = check;
            let mut items = vec![format!("name = {name:?}")];
            if *no_inherit {
                items.push("no_inherit".to_owned());
            }
            items.push(format!("{expression:?}"));
            attributes.push(format!("check({})", items.join(", ")));
        }
        let indexes = table
            .indexes
            .iter()
            .filter(|index| !matches!(index.keys.as_slice(), [IndexKey { column: Some(_), .. }]));
        attributes.extend(indexes.map(|index| index_attribute(index, fields)));
        attributes
    }

    fn foreign_key(&self, key: &ForeignKey, fields: &FieldNames) -> Option<String> {
        let (target, targets) = self.target(key)?;
        let there: Vec<_> =
            key.targets.iter().filter_map(|name| Some(format!("{target}.{}", targets.get(name)?))).collect();
        let mut items = vec![
            format!("columns({})", list(&key.columns, fields)),
            format!("references({})", there.join(", ")),
        ];
        items.extend(foreign_key_options(key, None));
        Some(format!("foreign_key({})", items.join(", ")))
    }
}

/// The name that PostgreSQL and the derive give, unless something else of the table has it: then the derive counts on.
fn usual(table: &Table, columns: &[String], label: &str) -> Option<String> {
    let mut words = vec![table.name.name.as_str()];
    words.extend(columns.iter().map(String::as_str));
    words.push(label);
    let usual = words.join("_");
    let constraints = table.constraints().filter(|constraint| constraint.name() == usual).count();
    let indexes = table.indexes.iter().filter(|index| index.name == usual).count();
    (constraints + indexes <= 1).then_some(usual)
}

/// Whether it is an index of this column alone, which its field says.
fn is_of(index: &Index, column: &str) -> bool {
    matches!(index.keys.as_slice(), [IndexKey { column: Some(only), .. }] if only == column)
}

/// The columns that an index is named after; none for one with an expression.
fn index_columns(index: &Index) -> Vec<String> {
    index.keys.iter().filter_map(|key| key.column.clone()).chain(index.include.iter().cloned()).collect()
}

/// Whether a field alone can say the key.
fn is_fields(key: &PrimaryKey, table: &Table, column: &Column) -> bool {
    let PrimaryKey { name, columns, include, timing, comment: _ } = key;
    columns.as_slice() == [column.name.as_str()]
        && usual(table, &[], "pkey").as_ref() == Some(name)
        && include.is_empty()
        && *timing == Timing::NotDeferrable
}

fn with_options(word: &str, options: Vec<String>) -> String {
    if options.is_empty() { word.to_owned() } else { format!("{word}({})", options.join(", ")) }
}

/// `unique(name = "..", columns(a, b))`, shorter where nothing but the columns is said.
fn key_attribute(
    word: &str,
    name: &str,
    usual: Option<&str>,
    columns: &[String],
    fields: &FieldNames,
    options: Vec<String>,
) -> String {
    let columns = list(columns, fields);
    let usual = usual == Some(name);
    // Beside each other columns might be options: `deferrable`.
    let flags = ["nulls_not_distinct", "deferrable", "initially_deferred"];
    if usual && options.is_empty() && !columns.split(", ").any(|column| flags.contains(&column)) {
        return format!("{word}({columns})");
    }
    let mut items = Vec::new();
    items.extend((!usual).then(|| format!("name = {name:?}")));
    items.push(format!("columns({columns})"));
    items.extend(options);
    format!("{word}({})", items.join(", "))
}

fn unique_options(key: &Unique, usual: Option<&str>) -> Vec<String> {
    let mut options = Vec::new();
    options.extend((usual != Some(key.name.as_str())).then(|| format!("name = {:?}", key.name)));
    options.extend(key.nulls_not_distinct.then(|| "nulls_not_distinct".to_owned()));
    options.extend(timing_options(key.timing));
    options
}

fn timing_options(timing: Timing) -> Vec<String> {
    match timing {
        Timing::NotDeferrable => Vec::new(),
        Timing::Immediate => vec!["deferrable".to_owned()],
        Timing::Deferred => vec!["initially_deferred".to_owned()],
    }
}

fn include_option(include: &[String], fields: &FieldNames) -> Option<String> {
    (!include.is_empty()).then(|| format!("include({})", list(include, fields)))
}

fn foreign_key_options(key: &ForeignKey, usual: Option<&str>) -> Vec<String> {
    let mut options = Vec::new();
    options.extend((usual != Some(key.name.as_str())).then(|| format!("name = {:?}", key.name)));
    for (word, action) in [("on_delete", key.on_delete), ("on_update", key.on_update)] {
        options.extend(action_word(action).map(|action| format!("{word} = {action}")));
    }
    options.extend((key.matching == Match::Full).then(|| "match_full".to_owned()));
    options.extend(timing_options(key.timing));
    options
}

fn action_word(action: Action) -> Option<&'static str> {
    match action {
        Action::NoAction => None,
        Action::Restrict => Some("restrict"),
        Action::Cascade => Some("cascade"),
        Action::SetNull => Some("set_null"),
        Action::SetDefault => Some("set_default"),
    }
}

fn index_attribute(index: &Index, fields: &FieldNames) -> String {
    let keys: Vec<_> = index.keys.iter().map(|key| index_key(key, fields)).collect();
    let mut items = vec![format!("name = {:?}", index.name), format!("columns({})", keys.join(", "))];
    items.extend(index_options(index, fields));
    format!("index({})", items.join(", "))
}

/// What a field says of the index of its column.
fn field_index_options(index: &Index, usual: Option<&str>, fields: &FieldNames) -> Vec<String> {
    let mut items = Vec::new();
    items.extend((usual != Some(index.name.as_str())).then(|| format!("name = {:?}", index.name)));
    items.extend(index_options(index, fields));
    for IndexKey { column: _, expression: _, collation, opclass, descending, nulls } in &index.keys {
        items.extend(collation.as_ref().map(collate_attribute));
        items.extend(opclass.as_ref().map(|opclass| format!("opclass = {opclass:?}")));
        items.extend(descending.then(|| "desc".to_owned()));
        items.extend(nulls.map(|nulls| match nulls {
            Nulls::First => "nulls_first".to_owned(),
            Nulls::Last => "nulls_last".to_owned(),
        }));
    }
    items
}

fn index_options(index: &Index, fields: &FieldNames) -> Vec<String> {
    let Index {
        name: _,
        unique,
        nulls_not_distinct,
        method,
        keys: _,
        include,
        predicate,
        with,
        tablespace,
        comment: _,
    } = index;
    let mut items = Vec::new();
    items.extend(unique.then(|| "unique".to_owned()));
    items.extend(nulls_not_distinct.then(|| "nulls_not_distinct".to_owned()));
    items.extend((method != "btree").then(|| format!("using = {method:?}")));
    items.extend(include_option(include, fields));
    items.extend(predicate.as_ref().map(|predicate| format!("where = {predicate:?}")));
    items.extend((!with.is_empty()).then(|| format!("with = {:?}", index_parameters(with))));
    items.extend(tablespace.as_ref().map(|name| format!("tablespace = {name:?}")));
    items
}

fn index_key(key: &IndexKey, fields: &FieldNames) -> String {
    let IndexKey { column, expression, collation, opclass, descending, nulls } = key;
    let mut text = match (column.as_ref().and_then(|column| fields.get(column)), expression) {
        (Some(field), _) => field.clone(),
        (None, expression) => format!("{:?}", expression.as_deref().unwrap_or_default()),
    };
    if let Some(collation) = collation {
        let (schema, name) = collation_names(collation);
        text += &format!(".collate({})", schema.into_iter().chain([name]).collect::<Vec<_>>().join(", "));
    }
    if let Some(opclass) = opclass {
        text += &format!(".opclass({opclass:?})");
    }
    if *descending {
        text += ".desc()";
    }
    text += nulls_word(*nulls);
    text
}

pub(super) fn nulls_word(nulls: Option<Nulls>) -> &'static str {
    match nulls {
        Some(Nulls::First) => ".nulls_first()",
        Some(Nulls::Last) => ".nulls_last()",
        None => "",
    }
}

/// `fillfactor = 70`.
pub(super) fn index_parameters(with: &BTreeMap<String, String>) -> String {
    let with: Vec<_> = with.iter().map(|(name, value)| format!("{name} = {value}")).collect();
    with.join(", ")
}

fn list(columns: &[String], fields: &FieldNames) -> String {
    columns.iter().filter_map(|column| fields.get(column)).cloned().collect::<Vec<_>>().join(", ")
}
