//! The lists of `schema!`.

use super::Merge;
use super::edit::next_line;
use super::source::{Source, plain, range, split};
use proc_macro2::{Delimiter, TokenStream, TokenTree};
use std::ops::Range;
use syn::{Expr, Item};

/// What is listed in `schema!`.
pub(super) struct List {
    /// Between the brackets.
    inside: Range<usize>,
    /// Where the item is that holds it, with its attributes.
    pub(super) item: Range<usize>,
    types: Vec<Entry>,
    declared: Vec<Entry>,
    /// Where the semicolon is.
    semicolon: Option<usize>,
}

struct Entry {
    tokens: TokenStream,
    range: Range<usize>,
}

impl List {
    /// The list of the first `schema!` that a constant is of.
    pub(super) fn of(source: &Source) -> Option<List> {
        source.file.items.iter().find_map(|item| {
            let expr = match item {
                Item::Const(item) => &*item.expr,
                Item::Static(item) => &*item.expr,
                _ => return None,
            };
            let Expr::Macro(expr) = expr else { return None };
            let mac = &expr.mac;
            mac.path.segments.last().filter(|last| last.ident == "schema")?;
            let brackets = mac.delimiter.span();
            let inside = brackets.open().byte_range().end..brackets.close().byte_range().start;
            let lists = split(mac.tokens.clone(), ';');
            let entries = |list: &TokenStream| -> Vec<Entry> {
                let pieces = split(list.clone(), ',').into_iter();
                pieces.filter_map(|tokens| Some(Entry { range: range(&tokens)?, tokens })).collect()
            };
            let semicolon = mac.tokens.clone().into_iter().find_map(|tree| match tree {
                TokenTree::Punct(punct) if punct.as_char() == ';' => Some(punct.span().byte_range().start),
                _ => None,
            });
            Some(List {
                inside,
                item: syn::spanned::Spanned::span(item).byte_range(),
                types: lists.first().map(entries).unwrap_or_default(),
                declared: lists.get(1).map(entries).unwrap_or_default(),
                semicolon,
            })
        })
    }
}

impl List {
    /// The words of `mizzle::object` that it is made of.
    pub(super) fn words(&self) -> Vec<String> {
        self.declared.iter().flat_map(|entry| calls(&entry.tokens)).collect()
    }
}

/// The functions that an expression calls; a method is none.
fn calls(tokens: &TokenStream) -> Vec<String> {
    let mut calls = Vec::new();
    let trees: Vec<TokenTree> = tokens.clone().into_iter().collect();
    for (at, tree) in trees.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| trees.get(at));
        let is_method = matches!(before, Some(TokenTree::Punct(punct)) if punct.as_char() == '.');
        match (tree, trees.get(at + 1)) {
            (TokenTree::Ident(ident), Some(TokenTree::Group(_))) if !is_method => {
                calls.push(ident.to_string())
            }
            (TokenTree::Group(group), _) => calls.extend(self::calls(&group.stream())),
            _ => {}
        }
    }
    calls
}

impl Merge<'_> {
    /// What is new is listed behind the rest, and what is declared beside the structs is as the database has it.
    pub(super) fn list(&mut self, old: &List, fresh: &List, source: &Source) {
        let listed: Vec<String> = old.types.iter().map(|entry| last_word(&entry.tokens)).collect();
        let fresh_text = |entry: &Entry| self.fresh.get(entry.range.clone()).unwrap_or_default().to_owned();
        let new_types: Vec<String> = fresh
            .types
            .iter()
            .filter(|entry| !listed.contains(&last_word(&entry.tokens)))
            .map(fresh_text)
            .collect();
        let mut words: Vec<String> = Vec::new();
        let mut new: Vec<String> = Vec::new();
        let mut changed: Vec<(Range<usize>, String)> = Vec::new();
        for entry in &fresh.declared {
            let wanted = key(&entry.tokens, source);
            match old.declared.iter().find(|other| key(&other.tokens, source) == wanted) {
                None => {
                    new.push(fresh_text(entry));
                    words.extend(calls(&entry.tokens));
                }
                Some(there) if is_own(&there.tokens) || plain(&there.tokens) == plain(&entry.tokens) => {}
                Some(there) => {
                    changed.push((there.range.clone(), fresh_text(entry)));
                    words.extend(calls(&entry.tokens));
                }
            }
        }
        self.words.extend(words);
        self.gone(old, fresh, source);
        let inside = self.text.get(old.inside.clone()).unwrap_or_default();
        if !(inside.contains('\n') || new_types.is_empty() && new.is_empty()) {
            let old_text = |entry: &Entry| {
                let changed = changed.iter().find(|(range, _)| *range == entry.range);
                let text = self.text.get(entry.range.clone()).unwrap_or_default();
                changed.map_or_else(|| text.to_owned(), |(_, text)| text.clone())
            };
            let lines = |entries: &[Entry], new: Vec<String>| -> String {
                entries.iter().map(old_text).chain(new).map(|text| format!("    {text},\n")).collect()
            };
            let declared = lines(&old.declared, new);
            let semicolon = if declared.is_empty() { "" } else { "    ;\n" };
            let text = format!("\n{}{semicolon}{declared}", lines(&old.types, new_types));
            self.edits.replace(old.inside.clone(), text);
            return;
        }
        for (range, text) in changed {
            self.edits.replace(range, text);
        }
        self.append(old.types.last(), old.inside.start, false, &new_types);
        match old.semicolon {
            Some(at) => self.append(old.declared.last(), at + 1, false, &new),
            None => self.append(old.types.last(), old.inside.start, true, &new),
        }
    }

    /// Says what the database does not have.
    fn gone(&mut self, old: &List, fresh: &List, source: &Source) {
        for entry in &old.declared {
            let own = key(&entry.tokens, source);
            // Roles are the whole cluster's, and not looked at.
            let is_there = own.starts_with("role ")
                || fresh.declared.iter().any(|other| key(&other.tokens, source) == own);
            if !is_there {
                let text = self.text.get(entry.range.clone()).unwrap_or_default();
                let head = text.split('(').next().unwrap_or_default();
                let name = text.split('"').nth(1).unwrap_or_default();
                self.gone.push(format!("{head} `{name}`: the database has none; it stays in the file"));
            }
        }
    }

    /// Behind the last of a list, or where it begins.
    fn append(&mut self, last: Option<&Entry>, open: usize, begins: bool, new: &[String]) {
        if new.is_empty() {
            return;
        }
        let at = last.map_or(open, |last| last.range.end);
        let mut lines: String = new.iter().map(|text| format!("    {text},\n")).collect();
        if begins {
            lines = format!("    ;\n{lines}");
        }
        let behind = self.text.get(at..).unwrap_or_default();
        let comma = behind.trim_start().starts_with(',').then(|| behind.find(',')).flatten();
        if last.is_some() && comma.is_none() && !begins {
            self.edits.insert(at, ",");
        }
        let after = comma.map_or(at, |comma| at + comma + 1);
        match next_line(self.text, after) {
            Some(next) => self.edits.insert(next, lines),
            // Before a semicolon in the same line no comma is needed.
            None => self.edits.insert(after, format!("\n{}", lines.trim_end_matches(['\n', ',']))),
        }
    }
}

/// `Worker` of `schema::Worker`.
fn last_word(tokens: &TokenStream) -> String {
    tokens.clone().into_iter().last().map(|tree| tree.to_string()).unwrap_or_default()
}

/// What an expression declares: `policy "own" Worker`; two of one key are one object.
fn key(tokens: &TokenStream, source: &Source) -> String {
    let trees: Vec<TokenTree> = tokens.clone().into_iter().collect();
    let argument = |of: &str| -> Option<TokenStream> {
        let at = trees.iter().position(|tree| matches!(tree, TokenTree::Ident(ident) if ident == of))?;
        match trees.get(at + 1)? {
            TokenTree::Group(group) if group.delimiter() == Delimiter::Parenthesis => Some(group.stream()),
            _ => None,
        }
    };
    let Some(call) = trees.iter().position(|tree| matches!(tree, TokenTree::Group(_))) else {
        return plain(tokens);
    };
    let head = trees.get(call.saturating_sub(1)).map(ToString::to_string).unwrap_or_default();
    if head == "grant" {
        return format!("grant {}", plain(tokens));
    }
    let first = argument(&head).and_then(|list| split(list, ',').into_iter().next()).unwrap_or_default();
    let schema = argument("schema").map(|schema| plain(&schema)).unwrap_or_default();
    let on = argument("on").map(|on| plain(&on)).unwrap_or_default();
    match head.as_str() {
        "view" | "materialized_view" => {
            let (schema, name) = view_of(&last_word(&first), source).unwrap_or_default();
            format!("view {name:?} {schema}")
        }
        "view_sql" => format!("view {} {schema}", plain(&first)),
        head => format!("{head} {} {schema} {on}", plain(&first)),
    }
}

/// The schema and name of the view whose rows are this struct.
fn view_of(ident: &str, source: &Source) -> Option<(String, String)> {
    source.file.items.iter().find_map(|item| match item {
        Item::Struct(item) if item.ident == ident => {
            let attributes = super::source::attributes_of(item);
            let name = attributes.text("table").unwrap_or_else(|| crate::pull::case::snake_case(ident));
            let schema = attributes.text("schema").map(|schema| format!("{schema:?}")).unwrap_or_default();
            Some((schema, name))
        }
        _ => None,
    })
}

/// Whether a person wrote it otherwise than `pull` would: as a select of Rust, or with the text in a file.
fn is_own(tokens: &TokenStream) -> bool {
    tokens.clone().into_iter().any(|tree| match tree {
        TokenTree::Punct(punct) => matches!(punct.as_char(), '|' | '!'),
        TokenTree::Group(group) => is_own(&group.stream()),
        TokenTree::Ident(_) | TokenTree::Literal(_) => false,
    })
}
