//! A column: its name, SQL type and who fills it.

use proc_macro2::{Ident, Span};
use syn::ext::IdentExt as _;
use syn::{GenericArgument, PathArguments, Type, Visibility};

use crate::attr::Sp;
use crate::attr::column::{CollationAttr, ColumnAttr, NumericAttr, TypeAttr};
use crate::attr::identity::IdentityAttr;
use crate::attr::value::Value;
use crate::errors::Errors;

pub(crate) struct ColumnIr {
    pub(crate) field: Ident,
    pub(crate) vis: Visibility,
    pub(crate) ty: Type,
    /// As in the catalog.
    pub(crate) name: String,
    /// Only when an attribute says so; otherwise the Rust type does.
    pub(crate) sql_type: Option<SqlTypeIr>,
    pub(crate) default: Option<Sp<Value>>,
    pub(crate) on_update: Option<Sp<Value>>,
    pub(crate) identity: Option<IdentityAttr>,
    pub(crate) generated: Option<GeneratedIr>,
    pub(crate) collation: Option<CollationIr>,
    pub(crate) storage: Option<String>,
    pub(crate) compression: Option<String>,
    pub(crate) renamed_from: Option<String>,
    pub(crate) comment: Option<String>,
}

pub(crate) struct GeneratedIr {
    pub(crate) expression: String,
    pub(crate) stored: bool,
}

pub(crate) struct CollationIr {
    pub(crate) schema: Option<String>,
    pub(crate) name: String,
}

/// An SQL type by attribute, and where it was said.
pub(crate) struct SqlTypeIr {
    pub(crate) text: String,
    pub(crate) family: Family,
    pub(crate) span: Span,
}

/// What Rust types an SQL type by attribute fits.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Family {
    Varchar,
    Char,
    Numeric,
    /// `type = ".."`: the user knows.
    Named,
}

/// A column as keys name it.
#[derive(Clone)]
pub(crate) struct ColumnRef {
    pub(crate) field: Ident,
    pub(crate) name: String,
}

impl ColumnIr {
    pub(crate) fn reference(&self) -> ColumnRef {
        ColumnRef { field: self.field.clone(), name: self.name.clone() }
    }

    /// Whether an insert must name the column. An alias of `Option` is taken for required: the macro sees its name,
    /// not what it stands for.
    pub(crate) fn required(&self) -> bool {
        self.default.is_none()
            && self.identity.is_none()
            && self.generated.is_none()
            && option_of(&self.ty).is_none()
    }
}

pub(crate) fn build_column(attr: &ColumnAttr) -> ColumnIr {
    let ColumnAttr {
        field,
        vis,
        ty,
        comment,
        name,
        primary_key: _,
        unique: _,
        indexes: _,
        default,
        on_update,
        identity,
        generated,
        computed,
        collation,
        storage,
        compression,
        renamed_from,
        references: _,
        checks: _,
        types,
    } = attr;
    ColumnIr {
        field: field.clone(),
        vis: vis.clone(),
        ty: ty.clone(),
        name: name.as_ref().map_or_else(|| field.unraw().to_string(), |name| name.value.clone()),
        sql_type: types.first().map(build_type),
        default: default.clone(),
        on_update: on_update.clone(),
        identity: identity.clone(),
        generated: generated.as_ref().map(|expression| GeneratedIr {
            expression: expression.value.clone(),
            stored: computed.is_none(),
        }),
        collation: collation.as_ref().map(build_collation),
        storage: storage.clone(),
        compression: compression.clone(),
        renamed_from: renamed_from.as_ref().map(|name| name.value.clone()),
        comment: comment.clone(),
    }
}

pub(super) fn build_collation(attr: &CollationAttr) -> CollationIr {
    let CollationAttr { schema, name } = attr;
    CollationIr { schema: schema.as_ref().map(|schema| schema.value.clone()), name: name.value.clone() }
}

pub(super) fn build_type(attr: &Sp<TypeAttr>) -> SqlTypeIr {
    let (text, family) = match &attr.value {
        TypeAttr::Varchar(length) => (format!("varchar({})", length.value), Family::Varchar),
        TypeAttr::Char(length) => (format!("char({})", length.value), Family::Char),
        TypeAttr::Numeric(None) => ("numeric".to_owned(), Family::Numeric),
        TypeAttr::Numeric(Some(NumericAttr { precision, scale })) => {
            let scale = scale.as_ref().map(|scale| format!(", {}", scale.value)).unwrap_or_default();
            (format!("numeric({}{scale})", precision.value), Family::Numeric)
        }
        TypeAttr::Named(text) => (text.clone(), Family::Named),
    };
    SqlTypeIr { text, family, span: attr.span }
}

/// The `T` of a type written `Option<T>`.
pub(crate) fn option_of(ty: &Type) -> Option<&Type> {
    match ty {
        // A type out of a `macro_rules!` fragment comes in an invisible group.
        Type::Group(group) => option_of(&group.elem),
        Type::Paren(paren) => option_of(&paren.elem),
        Type::Path(path) => {
            let last = path.path.segments.last().filter(|last| last.ident == "Option")?;
            let PathArguments::AngleBracketed(args) = &last.arguments else { return None };
            args.args.iter().find_map(|arg| match arg {
                GenericArgument::Type(ty) => Some(ty),
                _ => None,
            })
        }
        _ => None,
    }
}

/// The columns a list names; `None` when one of them is not there, which has been reported then.
pub(crate) fn resolve(
    names: &[Ident],
    columns: &[ColumnIr],
    (table, list): (&Ident, &str),
    errors: &Errors,
) -> Option<Vec<ColumnRef>> {
    let mut found: Vec<ColumnRef> = Vec::with_capacity(names.len());
    let mut complete = true;
    for name in names {
        let shown = name.unraw();
        match columns.iter().find(|column| column.field.unraw() == shown) {
            Some(column) if found.iter().any(|earlier| earlier.field == column.field) => {
                errors.at(name.span(), format_args!("`{list}` lists column `{shown}` twice; remove one"));
                complete = false;
            }
            Some(column) => found.push(column.reference()),
            None => {
                let fields: Vec<String> = columns.iter().map(|c| format!("`{}`", c.field.unraw())).collect();
                let fields = fields.join(", ");
                let table = table.unraw();
                let message =
                    format!("`{list}` column `{shown}` is not a field of `{table}`; fields are {fields}");
                errors.at(name.span(), message);
                complete = false;
            }
        }
    }
    complete.then_some(found)
}

#[cfg(test)]
mod tests {
    use super::option_of;
    use quote::ToTokens as _;

    #[test]
    fn options_are_seen_by_name() {
        let inner = |text| {
            let ty: syn::Type = syn::parse_str(text).unwrap();
            option_of(&ty).map(|ty| ty.to_token_stream().to_string())
        };
        assert_eq!(inner("Option<i32>").unwrap(), "i32");
        assert_eq!(inner("::core::option::Option<Vec<u8>>").unwrap(), "Vec < u8 >");
        assert_eq!(inner("(std::option::Option<i32>)").unwrap(), "i32");
        assert!(inner("Vec<Option<i32>>").is_none());
        assert!(inner("Option").is_none());
    }
}
