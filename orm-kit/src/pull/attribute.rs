//! Keys, checks and indexes as attributes: on the field where one column says it, else on the struct.

use super::Pull;
use super::table::{FieldNames, collation_name};
use crate::catalog::{
    Action, Check, Column, ForeignKey, Index, IndexKey, Match, Nulls, PrimaryKey, Table, Timing, Unique,
};

impl Pull<'_> {
    /// What a field says of its column's keys.
    pub(super) fn key_attributes(&self, table: &Table, column: &Column) -> Vec<String> {
        let mut attributes = Vec::new();
        if table.primary_key.as_ref().is_some_and(|key| is_fields(key, table, column)) {
            attributes.push("primary_key".to_owned());
        }
        for key in &table.uniques {
            if key.columns == [column.name.as_str()] && key.include.is_empty() {
                let usual = format!("{}_{}_key", table.name.name, column.name);
                attributes.push(with_options("unique", unique_options(key, &usual)));
            }
        }
        for key in &table.foreign_keys {
            if let [own] = key.columns.as_slice()
                && *own == column.name
                && let Some((target, targets)) = self.target(key)
                && let [there] = key.targets.as_slice()
                && let Some(there) = targets.get(there)
            {
                let usual = format!("{}_{}_fkey", table.name.name, column.name);
                let mut items = vec![format!("{target}.{there}")];
                items.extend(foreign_key_options(key, &usual));
                attributes.push(format!("references({})", items.join(", ")));
            }
        }
        for index in &table.indexes {
            let usual = format!("{}_{}_idx", table.name.name, column.name);
            if index.name == usual
                && is_plain(index)
                && index.keys.len() == 1
                && first_is(index, &column.name)
            {
                attributes.push("index".to_owned());
            }
        }
        attributes
    }

    /// What the struct says.
    pub(super) fn table_attributes(&mut self, table: &Table, fields: &FieldNames) -> Vec<String> {
        let mut attributes = Vec::new();
        if let Some(key) = &table.primary_key
            && !table.columns.iter().any(|column| is_fields(key, table, column))
        {
            let mut options = timing_options(key.timing);
            options.extend(include_option(&key.include, fields));
            attributes.push(key_attribute(
                "primary_key",
                &key.name,
                &format!("{}_pkey", table.name.name),
                &key.columns,
                fields,
                options,
            ));
        }
        for key in &table.uniques {
            if key.columns.len() == 1 && key.include.is_empty() {
                continue;
            }
            let usual = format!("{}_{}_key", table.name.name, key.columns.join("_"));
            let mut options = unique_options(key, &key.name);
            options.extend(include_option(&key.include, fields));
            attributes.push(key_attribute("unique", &key.name, &usual, &key.columns, fields, options));
        }
        for key in &table.foreign_keys {
            if let Some(attribute) = self.foreign_key(table, key, fields) {
                attributes.push(attribute);
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
        for index in &table.indexes {
            let is_on_field = is_plain(index)
                && matches!(index.keys.as_slice(), [IndexKey { column: Some(column), .. }]
                    if index.name == format!("{}_{column}_idx", table.name.name));
            if !is_on_field {
                attributes.push(index_attribute(index, fields));
            }
        }
        attributes
    }

    fn foreign_key(&mut self, table: &Table, key: &ForeignKey, fields: &FieldNames) -> Option<String> {
        let Some((target, targets)) = self.target(key) else {
            self.unsaid(format_args!(
                "foreign key `{}` of `{}`: the table that it references is not among these",
                key.name, table.name
            ));
            return None;
        };
        if key.columns.len() == 1 {
            return None;
        }
        let there: Vec<_> =
            key.targets.iter().filter_map(|name| Some(format!("{target}.{}", targets.get(name)?))).collect();
        let mut items = vec![
            format!("columns({})", list(&key.columns, fields)),
            format!("references({})", there.join(", ")),
        ];
        items.extend(foreign_key_options(key, ""));
        Some(format!("foreign_key({})", items.join(", ")))
    }
}

/// Whether a field alone can say the key.
fn is_fields(key: &PrimaryKey, table: &Table, column: &Column) -> bool {
    let PrimaryKey { name, columns, include, timing, comment: _ } = key;
    columns.as_slice() == [column.name.as_str()]
        && *name == format!("{}_pkey", table.name.name)
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
    usual: &str,
    columns: &[String],
    fields: &FieldNames,
    options: Vec<String>,
) -> String {
    let columns = list(columns, fields);
    if name == usual && options.is_empty() {
        return format!("{word}({columns})");
    }
    let mut items = Vec::new();
    items.extend((name != usual).then(|| format!("name = {name:?}")));
    items.push(format!("columns({columns})"));
    items.extend(options);
    format!("{word}({})", items.join(", "))
}

fn unique_options(key: &Unique, usual: &str) -> Vec<String> {
    let mut options = Vec::new();
    options.extend((key.name != usual).then(|| format!("name = {:?}", key.name)));
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

fn foreign_key_options(key: &ForeignKey, usual: &str) -> Vec<String> {
    let mut options = Vec::new();
    options.extend((key.name != usual).then(|| format!("name = {:?}", key.name)));
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

/// Whether an index is nothing but a list of columns.
fn is_plain(index: &Index) -> bool {
    let Index {
        name: _,
        unique,
        nulls_not_distinct,
        method,
        keys,
        include,
        predicate,
        with,
        tablespace,
        comment: _,
    } = index;
    let plain_key = |key: &IndexKey| {
        key.column.is_some()
            && key.collation.is_none()
            && key.opclass.is_none()
            && !key.descending
            && key.nulls.is_none()
    };
    !unique
        && !nulls_not_distinct
        && method == "btree"
        && keys.iter().all(plain_key)
        && include.is_empty()
        && predicate.is_none()
        && with.is_empty()
        && tablespace.is_none()
}

fn first_is(index: &Index, column: &str) -> bool {
    index.keys.first().is_some_and(|key| key.column.as_deref() == Some(column))
}

fn index_attribute(index: &Index, fields: &FieldNames) -> String {
    let keys: Vec<_> = index.keys.iter().map(|key| index_key(key, fields)).collect();
    let mut items = vec![format!("name = {:?}", index.name), format!("columns({})", keys.join(", "))];
    items.extend(index.unique.then(|| "unique".to_owned()));
    items.extend(index.nulls_not_distinct.then(|| "nulls_not_distinct".to_owned()));
    items.extend((index.method != "btree").then(|| format!("using = {:?}", index.method)));
    items.extend(include_option(&index.include, fields));
    items.extend(index.predicate.as_ref().map(|predicate| format!("where = {predicate:?}")));
    if !index.with.is_empty() {
        let with: Vec<_> = index.with.iter().map(|(name, value)| format!("{name} = {value}")).collect();
        items.push(format!("with = {:?}", with.join(", ")));
    }
    items.extend(index.tablespace.as_ref().map(|name| format!("tablespace = {name:?}")));
    format!("index({})", items.join(", "))
}

fn index_key(key: &IndexKey, fields: &FieldNames) -> String {
    let IndexKey { column, expression, collation, opclass, descending, nulls } = key;
    let mut text = match (column.as_ref().and_then(|column| fields.get(column)), expression) {
        (Some(field), _) => field.clone(),
        (None, expression) => format!("{:?}", expression.as_deref().unwrap_or_default()),
    };
    if let Some(collation) = collation {
        text += &format!(".collate({:?})", collation_name(collation));
    }
    if let Some(opclass) = opclass {
        text += &format!(".opclass({opclass:?})");
    }
    if *descending {
        text += ".desc()";
    }
    text += match nulls {
        Some(Nulls::First) => ".nulls_first()",
        Some(Nulls::Last) => ".nulls_last()",
        None => "",
    };
    text
}

fn list(columns: &[String], fields: &FieldNames) -> String {
    columns.iter().filter_map(|column| fields.get(column)).cloned().collect::<Vec<_>>().join(", ")
}
