//! Rules over keys, indexes and references.

use quote::ToTokens as _;
use syn::Ident;
use syn::ext::IdentExt as _;

use super::column::not_null;
use super::table::shown;
use crate::attr::index::IndexTargetAttr;
use crate::attr::reference::ForeignKeyAttr;
use crate::attr::table::TableAttr;
use crate::attr::words::ActionWord;
use crate::errors::Errors;
use crate::model::column::option_of;
use crate::model::table::TableIr;

/// A table has one primary key, said in one way, of columns that are NOT NULL.
pub(super) fn check_primary_key(attr: &TableAttr, errors: &Errors) {
    let marked: Vec<_> = attr.columns.iter().filter(|column| column.primary_key.is_some()).collect();
    for key in attr.primary_keys.iter().skip(1) {
        let table = attr.ident.unraw();
        errors.at(key.span, format_args!("`primary_key` given twice on table `{table}`; remove one"));
    }
    if let (Some(key), Some(column)) = (attr.primary_keys.first(), marked.first()) {
        let message = format_args!("`primary_key` is also given on {}; keep one", shown(column));
        errors.at(key.span, message);
    } else if let Some((first, rest)) = marked.split_first() {
        for column in rest {
            let (a, b) = (first.field.unraw(), column.field.unraw());
            let message = format_args!(
                "`primary_key` is also given on column `{a}`; for one key of both write `#[orm(primary_key({a}, {b}))]` \
                 on the struct"
            );
            errors.at(column.primary_key.unwrap_or_else(|| column.field.span()), message);
        }
    }
    for listed in attr.primary_keys.iter().flat_map(|key| &key.columns) {
        if let Some(column) = attr.columns.iter().find(|column| column.field.unraw() == listed.unraw()) {
            not_null(column, "primary_key", listed.span(), errors);
        }
    }
}

/// `nulls_not_distinct` is about keys that may be NULL.
pub(super) fn check_nulls(attr: &TableAttr, errors: &Errors) {
    for span in attr.primary_keys.iter().filter_map(|key| key.nulls_not_distinct) {
        errors.at(span, "`nulls_not_distinct` on a `primary_key`, whose columns are never NULL; remove it");
    }
    let on_fields = attr.columns.iter().flat_map(|column| &column.indexes);
    for index in on_fields.chain(&attr.indexes).filter(|index| !index.unique) {
        if let Some(span) = index.nulls_not_distinct {
            errors.at(span, "`nulls_not_distinct` on an `index` that is not unique; add `unique`");
        }
    }
}

/// A second key over the same columns would only cost its index.
pub(super) fn check_uniques(attr: &TableAttr, ir: &TableIr, errors: &Errors) {
    let mut keys: Vec<(&str, Vec<Ident>)> = Vec::new();
    if let Some(key) = &ir.primary_key {
        keys.push(("primary_key", key.columns.iter().map(|column| column.field.unraw()).collect()));
    }
    let marked = attr.columns.iter().filter(|column| column.unique.is_some() && column.primary_key.is_none());
    keys.extend(marked.map(|column| ("unique", vec![column.field.unraw()])));
    for unique in &attr.uniques {
        let columns: Vec<Ident> = unique.columns.iter().map(Ident::unraw).collect();
        match keys.iter().find(|(_, earlier)| !columns.is_empty() && *earlier == columns) {
            Some((word, _)) => {
                let message =
                    format_args!("`{word}` is already given for the columns of this `unique`; remove one");
                errors.at(unique.span, message);
            }
            None => keys.push(("unique", columns)),
        }
    }
}

/// PostgreSQL would name an index after an expression by parsing it, which the macro does not.
pub(super) fn check_indexes(attr: &TableAttr, errors: &Errors) {
    for index in attr.indexes.iter().filter(|index| index.name.is_none()) {
        let expression = index.keys.iter().find_map(|key| match &key.target {
            IndexTargetAttr::Expression(expression) => Some(expression),
            IndexTargetAttr::Column(_) => None,
        });
        if let Some(expression) = expression {
            let message =
                "an `index` with an expression needs a name; write `index(name = \"..\", columns(..))`";
            errors.at(expression.span, message);
        }
    }
}

/// A key and its target have as many columns, and the target is one table.
pub(super) fn check_foreign_keys(attr: &TableAttr, errors: &Errors) {
    for key in attr.columns.iter().filter_map(|column| column.references.as_ref()).filter(|key| key.complete)
    {
        match key.targets.as_slice() {
            [_] => {}
            [] => errors.at(key.span, "`references` needs a column; write `references(Table.column)`"),
            [_, second, ..] => {
                let message = "`references` on a field takes one column; \
                               write `#[orm(foreign_key(columns(..), references(..)))]` on the struct for several";
                errors.at(second.column.span(), message);
            }
        }
    }
    for key in attr.foreign_keys.iter().filter(|key| key.complete) {
        let (columns, targets) = (key.columns.len(), key.targets.len());
        if columns == 0 || targets == 0 {
            let missing = if columns == 0 { "columns(a, b)" } else { "references(Other.x, Other.y)" };
            errors.at(key.span, format_args!("`foreign_key` needs `{missing}`"));
        } else if columns != targets {
            let message = format_args!(
                "`foreign_key` pairs columns with targets and has {columns} and {targets} of them; write as many of each"
            );
            errors.at(key.span, message);
        }
        check_one_table(key, errors);
    }
}

/// The action would fail each time, at the deletion of the target.
pub(super) fn check_set_null(attr: &TableAttr, errors: &Errors) {
    for column in &attr.columns {
        let Some(key) = &column.references else { continue };
        let sets_null = [key.on_delete, key.on_update].contains(&Some(ActionWord::SetNull));
        if sets_null && option_of(&column.ty).is_none() {
            let ty = column.ty.to_token_stream().to_string().replace(' ', "");
            let message = format_args!(
                "`set_null` on {}, which cannot be NULL; write `Option<{ty}>` or another action",
                shown(column)
            );
            errors.at(key.span, message);
        }
    }
}

fn check_one_table(key: &ForeignKeyAttr, errors: &Errors) {
    let Some((first, rest)) = key.targets.split_first() else { return };
    let path = |path: &syn::Path| path.to_token_stream().to_string().replace(' ', "");
    for target in rest {
        let (a, b) = (path(&first.table), path(&target.table));
        if a == b {
            continue;
        }
        let message =
            format_args!("`foreign_key` references both `{a}` and `{b}`; a key has one target table");
        errors.at(target.column.span(), message);
    }
}
