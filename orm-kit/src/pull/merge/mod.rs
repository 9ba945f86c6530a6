//! Pulling into a file that is there: what the database says is set, and what a person made of it stays.

mod edit;
mod item;
mod list;
mod source;

use super::kept::Kept;
use super::{Pulled, write};
use crate::catalog::Catalog;
use crate::error::Error;
use edit::Edits;
use list::List;
use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use source::{Source, plain};
use std::collections::{BTreeSet, HashSet};

/// As [`pull`](super::pull), into a file that was pulled before: the names of structs, fields and variants stay, and types of a person's
/// own, doc comments that the database does not contradict, derives, comments, and all code that is no schema.
///
/// Columns and labels that are gone are taken out, and what is new is put beside its neighbours. A struct whose table is
/// gone stays, and is named in [`Pulled::gone`].
///
/// ```
/// use orm_kit::catalog::{Catalog, Column, Name, Table};
/// use orm_kit::pull::pull_again;
///
/// let file = "
/// #[derive(Table, Debug)]
/// #[orm(table = \"workers\")]
/// pub struct Employee {
///     #[orm(name = \"email\")]
///     pub address: Email, // checked elsewhere
/// }
/// ";
/// let mut workers = Table::new(Name::new("public", "workers"));
/// workers.columns = vec![Column::new("email", "text"), Column::new("age", "integer")];
/// let pulled = pull_again(&Catalog { tables: vec![workers], ..Catalog::default() }, file)?;
/// assert!(pulled.source.contains("pub address: Email, // checked elsewhere\n    pub age: i32,\n}"));
/// # Ok::<(), orm_kit::Error>(())
/// ```
///
/// # Errors
/// If the file is no Rust.
pub fn pull_again(catalog: &Catalog, file: &str) -> Result<Pulled, Error> {
    let old = Source::parse(file)?;
    let mut kept = Kept { others: old.others.clone(), ..Kept::default() };
    for declared in &old.declared {
        let parts = declared.parts.iter().map(|part| (part.name.clone(), part.ident.clone()));
        kept.of.insert(declared.name.clone(), (declared.ident.clone(), parts.collect()));
    }
    let pulled = write(catalog, &kept);
    let fresh = Source::parse(&pulled.source)?;
    let mut merge = Merge {
        text: file,
        fresh: &pulled.source,
        types: fresh.declared.iter().map(|declared| declared.ident.clone()).collect(),
        words: BTreeSet::new(),
        edits: Edits::default(),
        gone: Vec::new(),
    };
    merge.all(&old, &fresh);
    let Merge { edits, gone, .. } = merge;
    Ok(Pulled { source: edits.apply(file), gone, ..pulled.clone() })
}

/// The two texts, and what is to become of the first.
struct Merge<'s> {
    text: &'s str,
    fresh: &'s str,
    /// The names of what is declared.
    types: HashSet<String>,
    /// Words of `mizzle::object` that are written.
    words: BTreeSet<String>,
    edits: Edits,
    gone: Vec<String>,
}

impl Merge<'_> {
    fn all(&mut self, old: &Source, fresh: &Source) {
        let (list, fresh_list) = (List::of(old), List::of(fresh));
        let end = list.as_ref().map_or(self.text.len(), |list| list.item.start);
        let mut new = String::new();
        for item in &fresh.declared {
            match old.declared.iter().find(|other| other.name == item.name && other.kind == item.kind) {
                Some(there) => self.item(there, item),
                None => new += &format!("{}\n", self.fresh_lines(&item.range)),
            }
        }
        if let (None, Some(fresh_list)) = (&list, &fresh_list) {
            new += &self.fresh_lines(&fresh_list.item);
            self.words.extend(fresh_list.words());
        }
        if !new.is_empty() {
            let before = self.text.get(..end).unwrap_or_default();
            let blank = if before.is_empty() || before.ends_with("\n\n") {
                ""
            } else if before.ends_with('\n') {
                "\n"
            } else {
                "\n\n"
            };
            self.edits.insert(end, format!("{blank}{new}"));
        }
        for item in &old.declared {
            if !fresh.declared.iter().any(|other| other.name == item.name && other.kind == item.kind) {
                let (kind, name, ident) = (item.kind, &item.name, &item.ident);
                self.gone
                    .push(format!("{kind} `{name}`: the database has none; `{ident}` stays in the file"));
            }
        }
        if let (Some(list), Some(fresh_list)) = (&list, &fresh_list) {
            self.list(list, fresh_list, old);
        }
        self.imports(old);
    }

    /// What is declared beside the structs has words of its own, of which the file may know some.
    fn imports(&mut self, old: &Source) {
        let uses: Vec<&syn::Item> =
            old.file.items.iter().filter(|item| matches!(item, syn::Item::Use(_))).collect();
        let known: Vec<String> = uses.iter().map(plain).collect();
        let said: HashSet<String> = uses.iter().flat_map(|item| idents(item.to_token_stream())).collect();
        let missing: Vec<&str> =
            self.words.iter().map(String::as_str).filter(|word| !said.contains(*word)).collect();
        if missing.is_empty() || known.iter().any(|known| known.contains("mizzle::object::*")) {
            return;
        }
        let words = if known.iter().any(|known| known.contains("mizzle::object::")) {
            format!("use mizzle::object::{{{}}};\n", missing.join(", "))
        } else {
            "use mizzle::object::*;\n".to_owned()
        };
        let first = uses.first().copied().or(old.file.items.first());
        let at = first.map_or(0, |item| syn::spanned::Spanned::span(item).byte_range().start);
        self.edits.insert(at, words);
    }
}

/// Every name in it.
fn idents(tokens: TokenStream) -> Vec<String> {
    let mut names = Vec::new();
    for tree in tokens {
        match tree {
            TokenTree::Ident(ident) => names.push(ident.to_string()),
            TokenTree::Group(group) => names.extend(idents(group.stream())),
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
    names
}
