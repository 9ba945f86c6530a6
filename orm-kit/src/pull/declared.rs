//! What is declared beside the structs, as the expressions behind the semicolon of `schema!`.

use super::Pull;
use super::attribute::{index_parameters, nulls_word};
use super::table::collation_names;
use crate::catalog::{
    Exclusion, ExclusionElement, Extension, Grant, GrantTarget, Index, IndexKey, Name, Partition,
    Partitioned, Policy, PolicyCommand, Role, Routine, RowSecurity, Sequence, SequenceOptions, Table,
    Trigger, View,
};
use std::collections::BTreeMap;

impl Pull<'_> {
    pub(super) fn declared(&mut self) -> Vec<String> {
        let catalog = self.catalog;
        let mut declared = Vec::new();
        declared.extend(catalog.extensions.iter().map(extension));
        declared.extend(catalog.roles.iter().map(role));
        for sequence in &catalog.sequences {
            declared.push(self.sequence(sequence));
        }
        declared.extend(catalog.routines.iter().map(routine));
        for table in &catalog.tables {
            if let Some(Partition { of, bound }) = &table.partition {
                declared.extend(self.partition(table, of, bound));
            } else {
                let ident = self.names.get(&table.name).unwrap_or_default().to_owned();
                declared.extend(self.of_table(table, &ident));
            }
        }
        for view in &catalog.views {
            declared.push(self.view(view));
        }
        for grant in &catalog.grants {
            declared.push(self.grant(grant));
        }
        if !declared.is_empty() {
            self.source =
                self.source.replacen("use mizzle::prelude", "use mizzle::object::*;\nuse mizzle::prelude", 1);
        }
        declared
    }

    fn sequence(&self, sequence: &Sequence) -> String {
        let Sequence { name, ty, options, owned_by, comment } = sequence;
        let SequenceOptions { increment, min, max, start, cache, cycle } = options;
        let mut text = format!("sequence({:?}){}", name.name, in_schema(name));
        if ty != "bigint" {
            text += &format!(".of_type({ty:?})");
        }
        for (word, value) in
            [("increment", increment), ("min", min), ("max", max), ("start", start), ("cache", cache)]
        {
            if let Some(value) = value {
                text += &format!(".{word}({value})");
            }
        }
        if *cycle {
            text += ".cycle()";
        }
        if let Some((table, column)) = owned_by
            && let (Some(ident), Some(field)) = (self.names.get(table), self.names.part(table, column))
        {
            text += &format!(".owned_by({ident}.{field})");
        }
        text + &commented(comment.as_deref())
    }

    fn partition(&self, table: &Table, of: &Name, bound: &str) -> Option<String> {
        let parent = self.names.get(of)?;
        Some(format!("partition({:?}, {bound:?}){}.of({parent})", table.name.name, in_schema(&table.name)))
    }

    fn of_table(&self, table: &Table, ident: &str) -> Vec<String> {
        let mut declared = Vec::new();
        if let Some(Partitioned { by }) = &table.partitioned {
            declared.push(format!("partitioned({ident}, {by:?})"));
        }
        if table.unlogged || table.tablespace.is_some() || !table.with.is_empty() {
            let mut text = format!("storage({ident})");
            if table.unlogged {
                text += ".unlogged()";
            }
            if let Some(tablespace) = &table.tablespace {
                text += &format!(".tablespace({tablespace:?})");
            }
            declared.push(text + &with(&table.with));
        }
        for exclusion in &table.exclusions {
            declared.push(exclusion_text(exclusion, ident));
        }
        for Trigger { name, definition, comment: _ } in &table.triggers {
            declared.push(format!("trigger({name:?}, {}).on({ident})", literal(definition)));
        }
        match table.row_security {
            RowSecurity::Disabled => {}
            RowSecurity::Enabled => declared.push(format!("row_security({ident})")),
            RowSecurity::Forced => declared.push(format!("row_security({ident}).forced()")),
        }
        declared.extend(table.policies.iter().map(|policy| policy_text(policy, ident)));
        declared
    }

    fn view(&self, view: &View) -> String {
        let View { name, materialized, query, columns: _, with: options, indexes, comment } = view;
        let mut text = format!("view_sql({:?}, {}){}", name.name, literal(query), in_schema(name));
        if *materialized {
            text += ".materialized()";
        }
        text += &with(options);
        if !indexes.is_empty() {
            let indexes: Vec<_> = indexes.iter().map(view_index).collect();
            text += &format!(".indexes(&[{}])", indexes.join(", "));
        }
        text + &commented(comment.as_deref())
    }

    fn grant(&self, grant: &Grant) -> String {
        let Grant { on, privilege, columns, to, grantable } = grant;
        let schema = |name: &Name| {
            if name.schema == "public" { "None".to_owned() } else { format!("Some({:?})", name.schema) }
        };
        let on = match on {
            GrantTarget::Schema(schema) => format!(".on_schema({schema:?})"),
            GrantTarget::Table(name) => match self.names.get(name) {
                Some(ident) => format!(".on({ident})"),
                None => format!(".on_view({}, {:?})", schema(name), name.name),
            },
            GrantTarget::Sequence(name) => format!(".on_sequence({}, {:?})", schema(name), name.name),
            GrantTarget::Routine(name, arguments) => {
                format!(".on_routine({}, {:?})", schema(name), format!("{}({arguments})", name.name))
            }
            GrantTarget::Type(name) => format!(".on_type({}, {:?})", schema(name), name.name),
        };
        let mut text = format!("grant({privilege:?}){on}");
        if !columns.is_empty() {
            text += &format!(".columns(&{columns:?})");
        }
        text += &format!(".to({to:?})");
        if *grantable {
            text += ".with_grant_option()";
        }
        text
    }
}

fn in_schema(name: &Name) -> String {
    if name.schema == "public" { String::new() } else { format!(".schema({:?})", name.schema) }
}

fn commented(comment: Option<&str>) -> String {
    comment.map(|comment| format!(".comment({comment:?})")).unwrap_or_default()
}

fn with(parameters: &BTreeMap<String, String>) -> String {
    if parameters.is_empty() {
        return String::new();
    }
    let pairs: Vec<_> = parameters.iter().map(|(name, value)| format!("({name:?}, {value:?})")).collect();
    format!(".with(&[{}])", pairs.join(", "))
}

fn extension(Extension { name, schema, version }: &Extension) -> String {
    let mut text = format!("extension({name:?})");
    if let Some(schema) = schema {
        text += &format!(".schema({schema:?})");
    }
    if let Some(version) = version {
        text += &format!(".version({version:?})");
    }
    text
}

fn role(role: &Role) -> String {
    let Role { name, login, inherit, create_db, create_role, bypass_rls, member_of } = role;
    let mut text = format!("role({name:?})");
    for (is, word) in [
        (*login, ".login()"),
        (!*inherit, ".no_inherit()"),
        (*create_db, ".create_db()"),
        (*create_role, ".create_role()"),
        (*bypass_rls, ".bypass_rls()"),
    ] {
        if is {
            text += word;
        }
    }
    if !member_of.is_empty() {
        text += &format!(".member_of(&{member_of:?})");
    }
    text
}

fn routine(routine: &Routine) -> String {
    let Routine { name, arguments, procedure, definition, comment: _ } = routine;
    let word = if *procedure { "procedure" } else { "function" };
    let signature = format!("{}({arguments})", name.name);
    format!("{word}({signature:?}, {}){}", literal(definition), in_schema(name))
}

fn policy_text(policy: &Policy, ident: &str) -> String {
    let Policy { name, permissive, command, to, using, with_check, comment: _ } = policy;
    let mut text = format!("policy({name:?}).on({ident})");
    if !permissive {
        text += ".restrictive()";
    }
    text += match command {
        PolicyCommand::All => "",
        PolicyCommand::Select => ".for_select()",
        PolicyCommand::Insert => ".for_insert()",
        PolicyCommand::Update => ".for_update()",
        PolicyCommand::Delete => ".for_delete()",
    };
    if to.iter().any(|role| role != "public") {
        text += &format!(".to(&{to:?})");
    }
    if let Some(condition) = using {
        text += &format!(".using({condition:?})");
    }
    if let Some(condition) = with_check {
        text += &format!(".with_check({condition:?})");
    }
    text
}

fn exclusion_text(exclusion: &Exclusion, ident: &str) -> String {
    let Exclusion { name, method, elements, predicate, timing: _, comment: _ } = exclusion;
    let elements: Vec<_> = elements
        .iter()
        .map(|ExclusionElement { key, operator, opclass: _, nulls: _ }| {
            let column = unquoted_ident(key);
            format!("({:?}, {operator:?})", column.as_ref().unwrap_or(key))
        })
        .collect();
    let mut text = format!("exclusion({name:?}, &[{}]).on({ident})", elements.join(", "));
    if method != "gist" {
        text += &format!(".using({method:?})");
    }
    if let Some(predicate) = predicate {
        text += &format!(".filter({predicate:?})");
    }
    text
}

/// The column of a key that is one, which is quoted.
fn unquoted_ident(key: &str) -> Option<String> {
    let inner = key.strip_prefix('"')?.strip_suffix('"')?;
    Some(inner.replace("\"\"", "\""))
}

/// `index("totals_day_idx", &[key("day").desc()]).unique()`.
fn view_index(index: &Index) -> String {
    let Index {
        name,
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
    let keys: Vec<_> = keys.iter().map(view_index_key).collect();
    let mut text = format!("index({name:?}, &[{}])", keys.join(", "));
    if *unique {
        text += ".unique()";
    }
    if *nulls_not_distinct {
        text += ".nulls_not_distinct()";
    }
    if method != "btree" {
        text += &format!(".using({method:?})");
    }
    if !include.is_empty() {
        text += &format!(".include(&{include:?})");
    }
    if let Some(predicate) = predicate {
        text += &format!(".filter({predicate:?})");
    }
    if !with.is_empty() {
        text += &format!(".with({:?})", index_parameters(with));
    }
    if let Some(tablespace) = tablespace {
        text += &format!(".tablespace({tablespace:?})");
    }
    text
}

fn view_index_key(key: &IndexKey) -> String {
    let IndexKey { column, expression, collation, opclass, descending, nulls } = key;
    let mut text = match (column, expression) {
        (Some(column), _) => format!("key({column:?})"),
        (None, expression) => format!("key_sql({:?})", expression.as_deref().unwrap_or_default()),
    };
    if let Some(collation) = collation {
        text += &match collation_names(collation) {
            (None, name) => format!(".collate({name})"),
            (Some(schema), name) => format!(".collate_in({schema}, {name})"),
        };
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

/// A text as a literal of Rust: of several lines as it is, between as many `#` as it takes.
fn literal(text: &str) -> String {
    let is_plain = text.chars().all(|c| !c.is_control() || matches!(c, '\n' | '\t'));
    if !text.contains('\n') || !is_plain {
        return format!("{text:?}");
    }
    let mut hashes = "#".to_owned();
    while text.contains(&format!("\"{hashes}")) {
        hashes.push('#');
    }
    format!("r{hashes}\"{text}\"{hashes}")
}
