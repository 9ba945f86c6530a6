//! Enums, domains and composite types as Rust.

use super::Pull;
use super::case::{common_case, snake_case};
use super::default::Value;
use super::rust_type::rust_type;
use super::table::collate_attribute;
use crate::catalog::{Composite, Domain, DomainCheck, Enum, Field, Name, type_name};

impl Pull<'_> {
    fn ident(&self, name: &Name) -> String {
        self.names.get(name).unwrap_or_default().to_owned()
    }

    /// `schema = "app"`; for a type in `public` only where one of PostgreSQL's own would be found in its place.
    fn schema_of_type(&self, name: &Name) -> Option<String> {
        let is_built_in = !type_name(&name.name, "public").starts_with('"');
        self.schema_of(name).or_else(|| is_built_in.then(|| format!("schema = {:?}", name.schema)))
    }

    pub(super) fn enum_type(&mut self, Enum { name, labels, comment }: &Enum) {
        let ident = self.ident(name);
        self.source.push('\n');
        self.comment("", comment.as_deref());
        self.source += "#[derive(PgEnum, Debug, Clone, Copy, PartialEq, Eq)]\n";
        let own = (snake_case(&ident) != name.name).then(|| format!("name = {:?}", name.name));
        let names = &self.names;
        let variants: Vec<(String, &str)> = labels
            .iter()
            .map(|label| (names.part(name, label).unwrap_or_default().to_owned(), label.as_str()))
            .collect();
        let pairs: Vec<_> = variants.iter().map(|(variant, label)| (variant.as_str(), *label)).collect();
        let case = common_case(&pairs);
        let mut attributes: Vec<_> = own.into_iter().chain(self.schema_of_type(name)).collect();
        attributes.extend(case.map(|case| format!("rename_all = {case:?}")));
        self.attributes("", &attributes);
        self.line(format_args!("pub enum {ident} {{"));
        for (variant, label) in variants {
            if case.is_none() && snake_case(&variant) != label {
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
        let rust = rust_type(&self.names, base);
        self.source.push('\n');
        self.comment("", comment.as_deref());
        self.source += "#[derive(PgNewtype, Debug, Clone, PartialEq)]\n";
        let mut attributes = vec![format!("domain = {:?}", name.name)];
        attributes.extend(self.schema_of_type(name));
        // A newtype knows its SQL type by text alone.
        attributes.extend(rust.attribute.is_some().then(|| format!("type = {base:?}")));
        let value = default.as_ref().map(|text| Value::of(self.catalog, &self.names, base, text));
        attributes.extend(value.map(|value| value.attribute()));
        attributes.extend(not_null.then(|| "not_null".to_owned()));
        attributes.extend(collation.as_ref().map(collate_attribute));
        let usual = format!("{}_check", name.name);
        attributes.extend(checks.iter().map(|DomainCheck { name, expression }| {
            if checks.len() == 1 && *name == usual {
                format!("check = {expression:?}")
            } else {
                format!("check(name = {name:?}, {expression:?})")
            }
        }));
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
        let attributes: Vec<_> = own.into_iter().chain(self.schema_of_type(name)).collect();
        self.attributes("", &attributes);
        self.line(format_args!("pub struct {ident} {{"));
        for Field { name: own, ty, collation: _, comment } in fields {
            let field = self.names.part(name, own).unwrap_or_default().to_owned();
            let rust = rust_type(&self.names, ty);
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
