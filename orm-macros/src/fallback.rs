//! What is emitted beside the errors, so that code using the type does not fail a second time.

use crate::attr::Sp;
use crate::attr::insert::InsertAttr;
use crate::attr::value::Value;
use crate::model::column::option_of;
use crate::model::composite::CompositeIr;
use crate::model::key::KeyIr;
use crate::model::pg_enum::EnumIr;
use crate::model::table::TableIr;

/// The table with its columns and nothing that could be half understood. The first column stands in for a key that was
/// not understood.
pub(crate) fn bare_table(mut ir: TableIr) -> Option<TableIr> {
    for column in &mut ir.columns {
        column.sql_type = None;
        // A misspelt `default` would make a column required, and every insert wrong.
        column.default = Some(Sp::new(Value::Sql("default".to_owned()), column.field.span()));
        column.on_update = None;
        column.identity = None;
    }
    if ir.primary_key.is_none() {
        let first = ir.columns.first()?.reference();
        ir.primary_key = Some(KeyIr::new(String::new(), vec![first]));
    }
    ir.required.clear();
    ir.uniques.clear();
    ir.indexes.clear();
    ir.foreign_keys.clear();
    ir.checks.clear();
    Some(ir)
}

/// The composite type with nothing that could be half understood.
pub(crate) fn bare_composite(mut ir: CompositeIr) -> CompositeIr {
    for field in &mut ir.fields {
        field.sql_type = None;
    }
    ir
}

/// The enum with each label once, so that its `match` has no arm that cannot be reached.
pub(crate) fn bare_enum(mut ir: EnumIr) -> EnumIr {
    let mut labels = Vec::new();
    for variant in &mut ir.variants {
        while labels.contains(&variant.label) {
            variant.label.push('_');
        }
        labels.push(variant.label.clone());
    }
    ir
}

/// The patch without fields that cannot be absent.
pub(crate) fn bare_patch(mut attr: InsertAttr) -> InsertAttr {
    attr.fields.retain(|field| option_of(&field.ty).is_some());
    attr
}
