//! A struct or enum as it is in the file, and as it would be written now.

use super::Merge;
use super::edit::next_line;
use super::source::{Attributes, Declared, OrmItem, Part, plain};
use std::collections::BTreeSet;
use syn::{GenericArgument, PathArguments, Type};

/// What a person says and the database does not know.
const OWN: &[&str] = &["crate", "on_update", "renamed_from"];

impl Merge<'_> {
    pub(super) fn item(&mut self, old: &Declared, fresh: &Declared) {
        self.attributes(&old.attributes, &fresh.attributes, old.range.start);
        let Some(open) = old.open else { return };
        for part in &old.parts {
            if !fresh.parts.iter().any(|other| other.name == part.name) {
                let end = part.behind_comma.unwrap_or(part.range.end);
                self.edits.remove(self.text, part.range.start..end);
                self.gone.push(format!("`{}.{}`: taken out of `{}`", old.name, part.name, old.ident));
            }
        }
        let mut before: Option<&Part> = None;
        let mut needs_comma = true;
        for part in &fresh.parts {
            if let Some(there) = old.parts.iter().find(|other| other.name == part.name) {
                self.attributes(&there.attributes, &part.attributes, there.range.start);
                self.ty(there, part);
                before = Some(there);
                continue;
            }
            let line = self.fresh_lines(&part.range);
            match before.map(|before| (before, before.behind_comma)) {
                None => self.insert_line(open, line),
                Some((_, Some(at))) => self.insert_line(at, line),
                Some((before, None)) => {
                    if std::mem::take(&mut needs_comma) {
                        self.edits.insert(before.range.end, ",");
                    }
                    self.insert_line(before.range.end, line);
                }
            }
        }
    }

    fn insert_line(&mut self, at: usize, line: String) {
        match next_line(self.text, at) {
            Some(next) => self.edits.insert(next, line),
            None => self.edits.insert(at, format!("\n{}", line.trim_end_matches('\n'))),
        }
    }

    /// Sets the attributes that say what the database holds, and leaves the others.
    fn attributes(&mut self, old: &Attributes, fresh: &Attributes, start: usize) {
        let own: Vec<&OrmItem> = old.orm.iter().filter(|item| OWN.contains(&item.word.as_str())).collect();
        let words = |items: &mut dyn Iterator<Item = &OrmItem>| -> BTreeSet<String> {
            items.map(|item| plain(&item.tokens)).collect()
        };
        let wanted = words(&mut fresh.orm.iter().chain(own.iter().copied()));
        let indent = self.indent(old.end);
        if words(&mut old.orm.iter()) != wanted {
            let fresh_texts = fresh.orm.iter().filter_map(|item| self.fresh.get(item.range.clone()));
            let own_texts = own.iter().filter_map(|item| self.text.get(item.range.clone()));
            let items: Vec<String> = fresh_texts.chain(own_texts).map(str::to_owned).collect();
            let attribute = crate::pull::orm_attribute(&indent, &items);
            let mut ranges = old.orm_ranges.iter();
            match (ranges.next(), attribute.is_empty()) {
                (Some(first), false) => self.edits.replace(first.clone(), attribute),
                (Some(first), true) => self.edits.remove(self.text, first.clone()),
                (None, false) => self.edits.insert(old.end, format!("{attribute}\n{indent}")),
                (None, true) => {}
            }
            ranges.for_each(|range| self.edits.remove(self.text, range.clone()));
        }
        if !fresh.doc.is_empty() && fresh.doc != old.doc {
            let lines: Vec<_> =
                fresh.doc_ranges.iter().filter_map(|range| self.fresh.get(range.clone())).collect();
            let doc = lines.join(&format!("\n{indent}"));
            let mut ranges = old.doc_ranges.iter();
            match ranges.next() {
                Some(first) => self.edits.replace(first.clone(), doc),
                None => self.edits.insert(start, format!("{doc}\n{indent}")),
            }
            ranges.for_each(|range| self.edits.remove(self.text, range.clone()));
        }
    }

    /// The blanks before what is at this place.
    fn indent(&self, at: usize) -> String {
        let before = self.text.get(..at).unwrap_or_default();
        let line = before.rsplit('\n').next().unwrap_or_default();
        line.chars().take_while(|c| c.is_whitespace()).collect()
    }

    /// A type of a person's own stays; one that `pull` writes for another type of SQL does not.
    fn ty(&mut self, old: &Part, fresh: &Part) {
        let (Some(old), Some(fresh)) = (&old.ty, &fresh.ty) else { return };
        if plain(old) == plain(fresh) {
            return;
        }
        let ((inner, is_null), (fresh_inner, fresh_is_null)) = (option(old), option(fresh));
        let is_own = !is_pulled(inner) && !self.types.contains(&plain(inner));
        if is_own && is_null == fresh_is_null {
            return;
        }
        let range = |ty: &Type| syn::spanned::Spanned::span(ty).byte_range();
        let text = match is_own {
            true => self.text.get(range(inner)),
            false => self.fresh.get(range(fresh_inner)),
        };
        let text = text.unwrap_or_default();
        let text = if fresh_is_null { format!("Option<{text}>") } else { text.to_owned() };
        self.edits.replace(range(old), text);
    }

    /// The lines of the fresh source in which this is.
    pub(super) fn fresh_lines(&self, range: &std::ops::Range<usize>) -> String {
        let before = self.fresh.get(..range.start).unwrap_or_default();
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        let behind = self.fresh.get(range.end..).unwrap_or_default();
        let end = range.end + behind.find('\n').map_or(behind.len(), |at| at + 1);
        self.fresh.get(start..end).unwrap_or_default().to_owned()
    }
}

/// The `T` of an `Option<T>`, and whether it is one.
fn option(ty: &Type) -> (&Type, bool) {
    let Type::Path(path) = ty else { return (ty, false) };
    let last = path.path.segments.last().filter(|last| last.ident == "Option");
    let Some(PathArguments::AngleBracketed(arguments)) = last.map(|last| &last.arguments) else {
        return (ty, false);
    };
    match arguments.args.first() {
        Some(GenericArgument::Type(inner)) => (inner, true),
        _ => (ty, false),
    }
}

/// Whether `pull` writes the type for one of PostgreSQL's own.
fn is_pulled(ty: &Type) -> bool {
    let text = plain(ty);
    let element = text.strip_prefix("Vec<Option<").and_then(|text| text.strip_suffix(">>")).unwrap_or(&text);
    let bound =
        ["Range<", "Multirange<"].iter().find_map(|word| element.strip_prefix(word)?.strip_suffix('>'));
    PULLED.contains(&bound.unwrap_or(element))
}

const PULLED: &[&str] = &[
    "bool",
    "chrono::DateTime<chrono::Utc>",
    "chrono::NaiveDate",
    "chrono::NaiveDateTime",
    "chrono::NaiveTime",
    "f32",
    "f64",
    "i16",
    "i32",
    "i64",
    "Interval",
    "MacAddr",
    "mizzle::value::Opaque",
    "rust_decimal::Decimal",
    "serde_json::Value",
    "std::net::IpAddr",
    "String",
    "uuid::Uuid",
    "Vec<u8>",
];
