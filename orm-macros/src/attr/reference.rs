//! References to other tables: `references(..)` on a field, `foreign_key(..)` on the struct.

use proc_macro2::{Ident, Span};
use syn::ext::IdentExt as _;
use syn::parse::ParseStream;
use syn::{Path, Token};

use super::Sp;
use super::key::{TimingAttr, columns, is_flag, is_option};
use super::reader::{Reader, equals, group, name};
use super::words::{self, ActionWord, ForeignKeyWord, ReferenceWord};

/// A foreign key; on a field `columns` is empty and the field is the column.
pub(crate) struct ForeignKeyAttr {
    pub(crate) span: Span,
    pub(crate) name: Option<Sp<String>>,
    pub(crate) columns: Vec<Ident>,
    pub(crate) targets: Vec<TargetAttr>,
    pub(crate) on_delete: Option<ActionWord>,
    pub(crate) on_update: Option<ActionWord>,
    pub(crate) match_full: Option<()>,
    pub(crate) timing: TimingAttr,
    /// Whether all of it was understood, so that what is missing is missing.
    pub(crate) complete: bool,
}

/// `path::Worker.id`, which is also the Rust expression for that column.
pub(crate) struct TargetAttr {
    pub(crate) table: Path,
    pub(crate) column: Ident,
}

impl ForeignKeyAttr {
    fn new(word: &Ident) -> Self {
        ForeignKeyAttr {
            span: word.span(),
            name: None,
            columns: Vec::new(),
            targets: Vec::new(),
            on_delete: None,
            on_update: None,
            match_full: None,
            timing: TimingAttr::default(),
            complete: true,
        }
    }
}

/// The options of a reference that are a word alone; a column is never one, having its table before it.
const FLAGS: &[&str] = &["match_full", "deferrable", "initially_deferred"];

/// `references(Worker.id, on_delete = cascade)`.
pub(crate) fn parse_references(
    reader: &Reader<'_>,
    input: ParseStream<'_>,
    word: &Ident,
) -> syn::Result<ForeignKeyAttr> {
    let mut key = ForeignKeyAttr::new(word);
    let mistakes = reader.errors.count();
    group(input, word, "references(Table.column)", |content| {
        reader.items(content, |item| {
            if !(is_option(item) || is_flag(item, FLAGS)) {
                key.targets.push(parse_target(item)?);
                return Ok(());
            }
            let (option, word) = words::word::<ReferenceWord>(item)?;
            match option {
                ReferenceWord::OnDelete => reader.once(&mut key.on_delete, action(item, &word)?, &word),
                ReferenceWord::OnUpdate => reader.once(&mut key.on_update, action(item, &word)?, &word),
                ReferenceWord::MatchFull => reader.once(&mut key.match_full, (), &word),
                ReferenceWord::Deferrable => reader.once(&mut key.timing.deferrable, (), &word),
                ReferenceWord::InitiallyDeferred => {
                    reader.once(&mut key.timing.initially_deferred, (), &word);
                }
                ReferenceWord::Name => reader.once(&mut key.name, name(item, &word)?, &word),
            }
            Ok(())
        });
        Ok(())
    })?;
    key.complete = reader.errors.count() == mistakes;
    Ok(key)
}

/// `foreign_key(columns(a, b), references(Other.x, Other.y), on_delete = ..)`.
pub(crate) fn parse_foreign_key(
    reader: &Reader<'_>,
    input: ParseStream<'_>,
    word: &Ident,
) -> syn::Result<ForeignKeyAttr> {
    let mut key = ForeignKeyAttr::new(word);
    let (mut sources, mut targets) = (None, None);
    let mistakes = reader.errors.count();
    group(input, word, "foreign_key(columns(a, b), references(Other.x, Other.y))", |content| {
        reader.items(content, |item| {
            let (option, word) = words::word::<ForeignKeyWord>(item)?;
            match option {
                ForeignKeyWord::Columns => reader.once(&mut sources, columns(reader, item, &word)?, &word),
                ForeignKeyWord::References => {
                    reader.once(&mut targets, parse_targets(reader, item, &word)?, &word);
                }
                ForeignKeyWord::OnDelete => reader.once(&mut key.on_delete, action(item, &word)?, &word),
                ForeignKeyWord::OnUpdate => reader.once(&mut key.on_update, action(item, &word)?, &word),
                ForeignKeyWord::MatchFull => reader.once(&mut key.match_full, (), &word),
                ForeignKeyWord::Deferrable => reader.once(&mut key.timing.deferrable, (), &word),
                ForeignKeyWord::InitiallyDeferred => {
                    reader.once(&mut key.timing.initially_deferred, (), &word);
                }
                ForeignKeyWord::Name => reader.once(&mut key.name, name(item, &word)?, &word),
            }
            Ok(())
        });
        Ok(())
    })?;
    key.columns = sources.unwrap_or_default();
    key.targets = targets.unwrap_or_default();
    key.complete = reader.errors.count() == mistakes;
    Ok(key)
}

fn parse_targets(reader: &Reader<'_>, input: ParseStream<'_>, word: &Ident) -> syn::Result<Vec<TargetAttr>> {
    let mut targets = Vec::new();
    group(input, word, "references(Other.x, Other.y)", |content| {
        reader.items(content, |item| {
            targets.push(parse_target(item)?);
            Ok(())
        });
        Ok(())
    })?;
    Ok(targets)
}

fn parse_target(item: ParseStream<'_>) -> syn::Result<TargetAttr> {
    let found = item.span();
    let table = item
        .call(Path::parse_mod_style)
        .map_err(|_| syn::Error::new(found, "expected a column of another table: `Table.column`"))?;
    if item.parse::<Option<Token![.]>>()?.is_none() {
        // A table's name begins with a capital, by Rust's own naming; a word that does not is an option misspelt.
        if let Some(word) = table.get_ident().map(ToString::to_string)
            && word.starts_with(char::is_lowercase)
        {
            return Err(words::unknown::<ReferenceWord>(&word, found));
        }
        let last = table.segments.last().map(|segment| segment.ident.to_string()).unwrap_or_default();
        let message =
            format_args!("`{last}` is a table, and a reference needs its column; write `{last}.id`");
        return Err(syn::Error::new(found, message));
    }
    Ok(TargetAttr { table, column: item.parse()? })
}

fn action(input: ParseStream<'_>, word: &Ident) -> syn::Result<ActionWord> {
    equals(input, word, &format!("{} = cascade", word.unraw()))?;
    words::word(input).map(|(action, _)| action)
}
