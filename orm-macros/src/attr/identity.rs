//! `identity`, and how it counts.

use proc_macro2::{Ident, Span};
use syn::parse::ParseStream;
use syn::token;

use super::Sp;
use super::column::integer;
use super::reader::{Reader, equals, group, needs};
use super::words::{self, IdentityWord};

/// `identity(by_default, start = 100)`.
#[derive(Clone)]
pub(crate) struct IdentityAttr {
    pub(crate) span: Span,
    pub(crate) always: bool,
    pub(crate) options: SequenceAttr,
}

/// How a sequence counts, as far as it is said.
#[derive(Clone, Default)]
pub(crate) struct SequenceAttr {
    pub(crate) increment: Option<Sp<i64>>,
    pub(crate) min: Option<Sp<i64>>,
    pub(crate) max: Option<Sp<i64>>,
    pub(crate) start: Option<Sp<i64>>,
    pub(crate) cache: Option<Sp<i64>>,
    pub(crate) cycle: Option<()>,
}

/// `identity` alone is `GENERATED ALWAYS`: a key that a statement sets by mistake would meet the sequence later.
pub(super) fn parse_identity(
    reader: &Reader<'_>,
    input: ParseStream<'_>,
    word: &Ident,
) -> syn::Result<IdentityAttr> {
    let mut kind = None;
    let mut options = SequenceAttr::default();
    if input.peek(token::Paren) {
        group(input, word, "identity(always)", |content| {
            if content.is_empty() {
                return Err(needs(word, "identity(always)"));
            }
            reader.items(content, |item| {
                let (option, word) = words::word::<IdentityWord>(item)?;
                match option {
                    IdentityWord::Always => once(&mut kind, true, &word)?,
                    IdentityWord::ByDefault => once(&mut kind, false, &word)?,
                    IdentityWord::Start => reader.once(&mut options.start, number(item, &word)?, &word),
                    IdentityWord::Increment => {
                        reader.once(&mut options.increment, number(item, &word)?, &word);
                    }
                    IdentityWord::Min => reader.once(&mut options.min, number(item, &word)?, &word),
                    IdentityWord::Max => reader.once(&mut options.max, number(item, &word)?, &word),
                    IdentityWord::Cache => reader.once(&mut options.cache, number(item, &word)?, &word),
                    IdentityWord::Cycle => reader.once(&mut options.cycle, (), &word),
                }
                Ok(())
            });
            Ok(())
        })?;
    }
    Ok(IdentityAttr { span: word.span(), always: kind.unwrap_or(true), options })
}

fn once(kind: &mut Option<bool>, always: bool, word: &Ident) -> syn::Result<()> {
    if kind.replace(always).is_some() {
        let message = format_args!("`{word}` follows another kind of identity; keep one");
        return Err(syn::Error::new(word.span(), message));
    }
    Ok(())
}

/// `= 100`.
fn number(input: ParseStream<'_>, word: &Ident) -> syn::Result<Sp<i64>> {
    equals(input, word, &format!("{word} = 100"))?;
    integer(input)
}
