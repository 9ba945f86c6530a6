//! A file of Rust as far as it declares a schema.

use crate::catalog::Name;
use crate::error::Error;
use crate::pull::case::{join, snake_case};
use proc_macro2::{Delimiter, Span, TokenStream, TokenTree};
use quote::ToTokens;
use std::ops::Range;
use syn::spanned::Spanned;
use syn::{Attribute, Expr, ExprLit, Item, Lit, Meta, Path, Token};

/// The text, and where in it is what.
pub(super) struct Source {
    pub(super) file: syn::File,
    pub(super) declared: Vec<Declared>,
    /// The names of all else.
    pub(super) others: Vec<String>,
}

/// A struct or enum that declares something of the database.
pub(super) struct Declared {
    /// What it declares, for a message: `table`.
    pub(super) kind: &'static str,
    pub(super) name: Name,
    pub(super) ident: String,
    pub(super) attributes: Attributes,
    /// With its attributes.
    pub(super) range: Range<usize>,
    /// Behind the opening brace; none if it has no braces.
    pub(super) open: Option<usize>,
    pub(super) parts: Vec<Part>,
}

/// A field or a variant.
pub(super) struct Part {
    /// The column or label.
    pub(super) name: String,
    pub(super) ident: String,
    pub(super) attributes: Attributes,
    /// With its attributes, without the comma.
    pub(super) range: Range<usize>,
    /// Behind the comma, if there is one.
    pub(super) behind_comma: Option<usize>,
    pub(super) ty: Option<syn::Type>,
}

/// What stands before an item, a field or a variant.
pub(super) struct Attributes {
    /// What the `#[orm(..)]` hold.
    pub(super) orm: Vec<OrmItem>,
    /// Where these attributes are.
    pub(super) orm_ranges: Vec<Range<usize>>,
    /// The doc comment, and where its lines are.
    pub(super) doc: String,
    pub(super) doc_ranges: Vec<Range<usize>>,
    /// Where what they are of begins: where another attribute may stand.
    pub(super) end: usize,
}

/// `varchar(20)`, `name = "a"`.
pub(super) struct OrmItem {
    pub(super) word: String,
    pub(super) tokens: TokenStream,
    pub(super) range: Range<usize>,
}

impl Source {
    pub(super) fn parse(text: &str) -> Result<Self, Error> {
        let failed = |line: usize, error: &dyn std::fmt::Display| {
            Error::new(format!("the schema is no Rust, see its line {line}: {error}"))
                .advise("mend it, or pull into another file by `--out`")
        };
        let tokens: TokenStream =
            text.parse().map_err(|error: proc_macro2::LexError| failed(error.span().start().line, &error))?;
        let file: syn::File =
            syn::parse2(tokens).map_err(|error| failed(error.span().start().line, &error))?;
        let mut source = Source { file, declared: Vec::new(), others: Vec::new() };
        let declared: Vec<_> = source.file.items.iter().map(declared).collect();
        for (item, declared) in source.file.items.iter().zip(declared) {
            match declared {
                Some(declared) => source.declared.push(declared),
                None => source.others.extend(ident(item)),
            }
        }
        Ok(source)
    }
}

fn ident(item: &Item) -> Option<String> {
    Some(match item {
        Item::Const(item) => item.ident.to_string(),
        Item::Enum(item) => item.ident.to_string(),
        Item::Mod(item) => item.ident.to_string(),
        Item::Static(item) => item.ident.to_string(),
        Item::Struct(item) => item.ident.to_string(),
        Item::Trait(item) => item.ident.to_string(),
        Item::Type(item) => item.ident.to_string(),
        _ => return None,
    })
}

fn declared(item: &Item) -> Option<Declared> {
    match item {
        Item::Struct(item) => {
            let derives = derives(&item.attrs);
            let attributes = attributes_of(item);
            let ident = item.ident.to_string();
            let (kind, name) = if derives.iter().any(|name| name == "Table") && !attributes.has("query") {
                ("table", attributes.text("table").unwrap_or_else(|| snake_case(&ident)))
            } else if derives.iter().any(|name| name == "PgComposite") {
                ("type", attributes.text("name").unwrap_or_else(|| snake_case(&ident)))
            } else if derives.iter().any(|name| name == "PgNewtype") {
                ("domain", attributes.text("domain")?)
            } else {
                return None;
            };
            let open = match &item.fields {
                syn::Fields::Named(fields) => Some(fields.brace_token.span.open().byte_range().end),
                syn::Fields::Unnamed(_) | syn::Fields::Unit => None,
            };
            let parts = match &item.fields {
                syn::Fields::Named(fields) => fields.named.pairs().filter_map(field).collect(),
                syn::Fields::Unnamed(_) | syn::Fields::Unit => Vec::new(),
            };
            let range = item.span().byte_range();
            Some(Declared { kind, name: attributes.qualified(name), ident, attributes, range, open, parts })
        }
        Item::Enum(item) => {
            let attributes = attributes(&item.attrs, item.vis.span(), item.enum_token.span);
            derives(&item.attrs).iter().find(|name| *name == "PgEnum")?;
            let ident = item.ident.to_string();
            let name = attributes.text("name").unwrap_or_else(|| snake_case(&ident));
            let case = attributes.text("rename_all");
            let parts = item.variants.pairs().map(|pair| variant(pair, case.as_deref())).collect();
            let open = Some(item.brace_token.span.open().byte_range().end);
            let (kind, name, range) = ("enum", attributes.qualified(name), item.span().byte_range());
            Some(Declared { kind, name, ident, attributes, range, open, parts })
        }
        _ => None,
    }
}

fn field(pair: syn::punctuated::Pair<&syn::Field, &Token![,]>) -> Option<Part> {
    let (field, comma) = pair.into_tuple();
    let ident = field.ident.as_ref()?;
    let attributes = attributes(&field.attrs, field.vis.span(), ident.span());
    let name =
        attributes.text("name").unwrap_or_else(|| ident.to_string().trim_start_matches("r#").to_owned());
    Some(Part {
        name,
        ident: ident.to_string(),
        range: start(&field.attrs, attributes.end)..field.ty.span().byte_range().end,
        attributes,
        behind_comma: comma.map(|comma| comma.span.byte_range().end),
        ty: Some(field.ty.clone()),
    })
}

fn variant(pair: syn::punctuated::Pair<&syn::Variant, &Token![,]>, case: Option<&str>) -> Part {
    let (variant, comma) = pair.into_tuple();
    let ident = variant.ident.to_string();
    let attributes = attributes(&variant.attrs, variant.ident.span(), variant.ident.span());
    Part {
        name: attributes.text("rename").unwrap_or_else(|| join(&ident, case)),
        ident,
        range: start(&variant.attrs, attributes.end)..variant.span().byte_range().end,
        attributes,
        behind_comma: comma.map(|comma| comma.span.byte_range().end),
        ty: None,
    }
}

fn start(attributes: &[Attribute], end: usize) -> usize {
    attributes.first().map_or(end, |first| first.span().byte_range().start)
}

/// The last words of what is derived.
fn derives(attributes: &[Attribute]) -> Vec<String> {
    let mut derives = Vec::new();
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("derive")) {
        let paths = attribute
            .parse_args_with(syn::punctuated::Punctuated::<Path, Token![,]>::parse_terminated)
            .unwrap_or_default();
        derives.extend(paths.iter().filter_map(|path| Some(path.segments.last()?.ident.to_string())));
    }
    derives
}

/// Those of a struct.
pub(super) fn attributes_of(item: &syn::ItemStruct) -> Attributes {
    attributes(&item.attrs, item.vis.span(), item.struct_token.span)
}

/// `vis` is where the visibility is, if there is one; else the item begins with `word`.
fn attributes(attributes: &[Attribute], vis: Span, word: Span) -> Attributes {
    let (vis, word) = (vis.byte_range(), word.byte_range());
    let end = if vis.is_empty() { word.start } else { vis.start.min(word.start) };
    let mut read = Attributes {
        orm: Vec::new(),
        orm_ranges: Vec::new(),
        doc: String::new(),
        doc_ranges: Vec::new(),
        end,
    };
    let mut lines = Vec::new();
    for attribute in attributes {
        match &attribute.meta {
            Meta::List(list) if list.path.is_ident("orm") => {
                read.orm_ranges.push(attribute.span().byte_range());
                read.orm.extend(split(list.tokens.clone(), ',').into_iter().filter_map(orm_item));
            }
            Meta::NameValue(meta) if meta.path.is_ident("doc") => {
                if let Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) = &meta.value {
                    let text = text.value();
                    lines.push(text.strip_prefix(' ').unwrap_or(&text).to_owned());
                    read.doc_ranges.push(attribute.span().byte_range());
                }
            }
            _ => {}
        }
    }
    read.doc = lines.join("\n").trim().to_owned();
    read
}

fn orm_item(tokens: TokenStream) -> Option<OrmItem> {
    let range = range(&tokens)?;
    let word = tokens.clone().into_iter().next()?.to_string();
    Some(OrmItem { word, tokens, range })
}

/// The pieces between the marks.
pub(super) fn split(tokens: TokenStream, mark: char) -> Vec<TokenStream> {
    let mut pieces = vec![Vec::new()];
    for tree in tokens {
        match &tree {
            TokenTree::Punct(punct) if punct.as_char() == mark => pieces.push(Vec::new()),
            _ => pieces.last_mut().into_iter().for_each(|piece| piece.push(tree.clone())),
        }
    }
    pieces.into_iter().map(|piece| piece.into_iter().collect()).collect()
}

/// From its first token to its last.
pub(super) fn range(tokens: &TokenStream) -> Option<Range<usize>> {
    let mut trees = tokens.clone().into_iter();
    let first = trees.next()?.span().byte_range();
    let last = trees.last().map_or(first.end, |last| last.span().byte_range().end);
    Some(first.start..last)
}

/// Tokens as text, to be compared: without spaces, without the comma that may be behind the last in a list, and texts by what
/// they say.
pub(super) fn plain(tokens: &impl ToTokens) -> String {
    let mut text = String::new();
    write_plain(tokens.to_token_stream(), &mut text);
    text
}

fn write_plain(tokens: TokenStream, text: &mut String) {
    let mut trees = tokens.into_iter().peekable();
    while let Some(tree) = trees.next() {
        match tree {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::None => ("", ""),
                };
                text.push_str(open);
                write_plain(group.stream(), text);
                text.push_str(close);
            }
            TokenTree::Punct(punct) if punct.as_char() == ',' && trees.peek().is_none() => {}
            TokenTree::Literal(literal) => {
                let value = syn::parse_str::<syn::LitStr>(&literal.to_string()).map(|text| text.value());
                *text += &value.map_or_else(|_| literal.to_string(), |value| format!("{value:?}"));
            }
            TokenTree::Ident(ident) => {
                if text.ends_with(|c: char| c.is_alphanumeric() || c == '_') {
                    text.push(' ');
                }
                *text += &ident.to_string();
            }
            TokenTree::Punct(punct) => text.push(punct.as_char()),
        }
    }
}

impl Attributes {
    fn has(&self, word: &str) -> bool {
        self.orm.iter().any(|item| item.word == word)
    }

    /// The text of `word = ".."`.
    pub(super) fn text(&self, word: &str) -> Option<String> {
        let item = self.orm.iter().find(|item| item.word == word)?;
        let meta: syn::MetaNameValue = syn::parse2(item.tokens.clone()).ok()?;
        match meta.value {
            Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text.value()),
            _ => None,
        }
    }

    pub(super) fn qualified(&self, name: String) -> Name {
        Name::new(self.text("schema").unwrap_or_else(|| "public".to_owned()), name)
    }
}
