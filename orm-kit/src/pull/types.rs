//! Enums, domains and composite types as Rust.

use super::Pull;
use super::rust_name::{field_ident, type_ident};
use crate::catalog::{Composite, Domain, Enum, Field, Name};
use std::collections::HashSet;

impl Pull<'_> {
    fn ident(&self, name: &Name) -> String {
        self.names.get(name).map_or_else(|| type_ident(&name.name), str::to_owned)
    }

    pub(super) fn enum_type(&mut self, Enum { name, labels, comment }: &Enum) {
        let ident = self.ident(name);
        self.source.push('\n');
        self.comment("", comment.as_deref());
        self.source += "#[derive(PgEnum, Debug, Clone, Copy, PartialEq, Eq)]\n";
        let own = (snake_case(&ident) != name.name).then(|| format!("name = {:?}", name.name));
        let attributes: Vec<_> = own.into_iter().chain(self.schema_of(name)).collect();
        self.attributes("", &attributes);
        self.line(format_args!("pub enum {ident} {{"));
        let mut taken = HashSet::new();
        for label in labels {
            let mut variant = type_ident(label);
            while !taken.insert(variant.clone()) {
                variant.push('_');
            }
            if snake_case(&variant) != *label {
                self.line(format_args!("    #[orm(rename = {label:?})]"));
            }
            self.line(format_args!("    {variant},"));
        }
        self.source += "}\n";
        self.listed.push(ident);
    }

    pub(super) fn domain(&mut self, domain: &Domain) {
        let Domain { name, base, not_null, default, collation, checks, comment } = domain;
        let ident = self.ident(name);
        let rust = self.rust_type(base);
        for (is, what) in [
            (*not_null, "`not null`"),
            (default.is_some(), "its default"),
            (collation.is_some(), "its collation"),
            (checks.len() > 1, "all but the first of its checks"),
        ] {
            if is {
                self.unsaid(format_args!("domain `{name}`: {what}"));
            }
        }
        self.source.push('\n');
        self.comment("", comment.as_deref());
        self.source += "#[derive(PgNewtype, Debug, Clone, PartialEq)]\n";
        let mut attributes = vec![format!("domain = {:?}", name.name)];
        attributes.extend(self.schema_of(name));
        // A newtype knows its SQL type by text alone.
        attributes.extend(rust.attribute.is_some().then(|| format!("type = {base:?}")));
        attributes.extend(checks.first().map(|check| format!("check = {:?}", check.expression)));
        self.attributes("", &attributes);
        self.line(format_args!("pub struct {ident}(pub {});", rust.name));
        self.listed.push(ident);
    }

    pub(super) fn composite(&mut self, Composite { name, fields, comment }: &Composite) {
        let ident = self.ident(name);
        self.source.push('\n');
        self.comment("", comment.as_deref());
        self.source += "#[derive(PgComposite, Debug, Clone, PartialEq)]\n";
        let own = (snake_case(&ident) != name.name).then(|| format!("name = {:?}", name.name));
        let attributes: Vec<_> = own.into_iter().chain(self.schema_of(name)).collect();
        self.attributes("", &attributes);
        self.line(format_args!("pub struct {ident} {{"));
        for Field { name: own, ty, collation, comment } in fields {
            if collation.is_some() {
                self.unsaid(format_args!("type `{name}`: the collation of `{own}`"));
            }
            let field = field_ident(own);
            let rust = self.rust_type(ty);
            self.comment("    ", comment.as_deref());
            let mut attributes = Vec::new();
            attributes.extend((field.trim_start_matches("r#") != own).then(|| format!("name = {own:?}")));
            attributes.extend(rust.attribute);
            self.attributes("    ", &attributes);
            self.line(format_args!("    pub {field}: Option<{}>,", rust.name));
        }
        self.source += "}\n";
        self.listed.push(ident);
    }
}

/// A name of Rust as the derives turn it into one of SQL: `InProgress` is `in_progress`.
fn snake_case(ident: &str) -> String {
    let mut name = String::new();
    for (at, c) in ident.char_indices() {
        if c.is_uppercase() && at > 0 {
            name.push('_');
        }
        name.extend(c.to_lowercase());
    }
    name
}
