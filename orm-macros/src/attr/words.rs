//! Every word an attribute may hold, once; “expected one of” and “did you mean” are made from these lists.

use proc_macro2::{Ident, Span};
use syn::ext::IdentExt as _;
use syn::parse::ParseStream;

/// A closed set of words that may stand in one place.
pub(crate) trait Word: Copy + 'static {
    /// What such a word is called in a message.
    const KIND: &'static str;
    /// The words, in the order a message lists them.
    const TEXTS: &'static [&'static str];
    /// The same, as values.
    const ALL: &'static [Self];
}

/// Makes an enum of words, so that a reader of them is an exhaustive `match` and no list can go stale.
macro_rules! words {
    ($($Name:ident, $kind:literal { $($Variant:ident $text:literal)+ })+) => {$(
        #[derive(Clone, Copy, Debug, PartialEq)]
        pub(crate) enum $Name { $($Variant),+ }

        impl Word for $Name {
            const KIND: &'static str = $kind;
            const TEXTS: &'static [&'static str] = &[$($text),+];
            const ALL: &'static [Self] = &[$(Self::$Variant),+];
        }
    )+};
}

words! {
    TableWord, "table attribute" {
        Table "table" Schema "schema" PrimaryKey "primary_key" Unique "unique" Index "index" Check "check"
        ForeignKey "foreign_key" RenamedFrom "renamed_from" Query "query" Crate "crate"
    }
    ColumnWord, "column attribute" {
        Name "name" PrimaryKey "primary_key" Unique "unique" Index "index" Default "default" OnUpdate "on_update"
        Identity "identity" Generated "generated" Virtual "virtual" References "references" Check "check"
        Varchar "varchar" Char "char" Numeric "numeric" Type "type" Collate "collate" Storage "storage"
        Compression "compression" RenamedFrom "renamed_from"
    }
    KeyWord, "key option" {
        Name "name" Columns "columns" Include "include" NullsNotDistinct "nulls_not_distinct"
        Deferrable "deferrable" InitiallyDeferred "initially_deferred"
    }
    FieldKeyWord, "key option" {
        Name "name" Include "include" NullsNotDistinct "nulls_not_distinct" Deferrable "deferrable"
        InitiallyDeferred "initially_deferred"
    }
    CheckWord, "check option" { Name "name" NoInherit "no_inherit" }
    IndexWord, "index option" {
        Name "name" Columns "columns" Unique "unique" NullsNotDistinct "nulls_not_distinct" Using "using"
        Where "where" Include "include" With "with" Tablespace "tablespace"
    }
    FieldIndexWord, "index option" {
        Name "name" Unique "unique" NullsNotDistinct "nulls_not_distinct" Using "using" Where "where"
        Include "include" With "with" Tablespace "tablespace" Collate "collate" Opclass "opclass" Asc "asc"
        Desc "desc" NullsFirst "nulls_first" NullsLast "nulls_last"
    }
    IndexKeyWord, "option of a key" {
        Asc "asc" Desc "desc" NullsFirst "nulls_first" NullsLast "nulls_last" Collate "collate"
        Opclass "opclass"
    }
    ReferenceWord, "reference option" {
        OnDelete "on_delete" OnUpdate "on_update" MatchFull "match_full" Deferrable "deferrable"
        InitiallyDeferred "initially_deferred" Name "name"
    }
    ForeignKeyWord, "foreign key option" {
        Columns "columns" References "references" OnDelete "on_delete" OnUpdate "on_update"
        MatchFull "match_full" Deferrable "deferrable" InitiallyDeferred "initially_deferred" Name "name"
    }
    ActionWord, "action" {
        NoAction "no_action" Restrict "restrict" Cascade "cascade" SetNull "set_null" SetDefault "set_default"
    }
    IdentityWord, "identity option" {
        Always "always" ByDefault "by_default" Start "start" Increment "increment" Min "min" Max "max"
        Cache "cache" Cycle "cycle"
    }
    StorageWord, "storage" { Plain "plain" External "external" Extended "extended" Main "main" }
    CompressionWord, "compression" { Pglz "pglz" Lz4 "lz4" }
    EnumWord, "enum attribute" {
        Name "name" Schema "schema" RenameAll "rename_all" RenamedFrom "renamed_from" Crate "crate"
    }
    VariantWord, "variant attribute" { Rename "rename" RenamedFrom "renamed_from" }
    CaseWord, "case" {
        Snake "snake_case" ScreamingSnake "SCREAMING_SNAKE_CASE" Kebab "kebab-case"
        ScreamingKebab "SCREAMING-KEBAB-CASE" Camel "camelCase" Pascal "PascalCase" Lower "lowercase"
        Upper "UPPERCASE"
    }
    CompositeWord, "composite type attribute" {
        Name "name" Schema "schema" RenamedFrom "renamed_from" Crate "crate"
    }
    CompositeFieldWord, "composite field attribute" {
        Name "name" Varchar "varchar" Char "char" Numeric "numeric" Type "type"
    }
    NewtypeWord, "newtype attribute" {
        Domain "domain" Schema "schema" Type "type" Check "check" NotNull "not_null" Default "default"
        Collate "collate" RenamedFrom "renamed_from" Crate "crate"
    }
    InsertWord, "insert attribute" { Table "table" Crate "crate" }
    InsertFieldWord, "field attribute" { Column "column" }
    RowWord, "row attribute" { Crate "crate" }
}

/// Words that are right, but elsewhere: kind found, words that belong to another place, where that is.
const MISPLACED: &[(&str, &[&str], &str)] = &[
    (ColumnWord::KIND, TableWord::TEXTS, "put it on the struct"),
    (TableWord::KIND, ColumnWord::TEXTS, "put it on the field of the column"),
    (EnumWord::KIND, VariantWord::TEXTS, "put it on a variant"),
    (VariantWord::KIND, EnumWord::TEXTS, "put it on the enum"),
    (CompositeWord::KIND, CompositeFieldWord::TEXTS, "put it on a field"),
    (CompositeFieldWord::KIND, CompositeWord::TEXTS, "put it on the struct"),
    (CompositeFieldWord::KIND, ColumnWord::TEXTS, "put it on the table's column"),
    (InsertWord::KIND, InsertFieldWord::TEXTS, "put it on a field"),
    (InsertFieldWord::KIND, InsertWord::TEXTS, "put it on the struct"),
    (InsertFieldWord::KIND, ColumnWord::TEXTS, "put it on the field of the `Table` struct"),
];

/// Reads one word of a set. Keywords are words too: `type`, `where`, `crate`.
pub(crate) fn word<W: Word>(input: ParseStream<'_>) -> syn::Result<(W, Ident)> {
    let ident = input.call(Ident::parse_any).map_err(|e| {
        syn::Error::new(e.span(), format!("expected {} {}; {}", article(W::KIND), W::KIND, one_of::<W>()))
    })?;
    match find(&ident.unraw().to_string()) {
        Some(word) => Ok((word, ident)),
        None => Err(unknown::<W>(&ident.to_string(), ident.span())),
    }
}

/// The word a text spells, if it is one of the set.
pub(crate) fn find<W: Word>(text: &str) -> Option<W> {
    W::TEXTS.iter().zip(W::ALL).find(|(known, _)| **known == text).map(|(_, word)| *word)
}

/// The message for a word that is not of the set.
pub(crate) fn unknown<W: Word>(found: &str, span: Span) -> syn::Error {
    let elsewhere = MISPLACED.iter().find(|(kind, words, _)| *kind == W::KIND && words.contains(&found));
    let message = if let Some((_, _, home)) = elsewhere {
        let place = W::KIND.trim_end_matches(" attribute");
        format!("`{found}` is not expected on {} {place}; {home}", article(place))
    } else if let Some(near) = nearest(found, W::TEXTS) {
        format!("unknown {} `{found}`; did you mean `{near}`?", W::KIND)
    } else {
        format!("unknown {} `{found}`; {}", W::KIND, one_of::<W>())
    };
    syn::Error::new(span, message)
}

/// The closest of the known words, when it is close enough to have been meant.
pub(crate) fn nearest<'k>(found: &str, known: &[&'k str]) -> Option<&'k str> {
    let near = known.iter().map(|word| (distance(found, word), *word));
    // Of two as near, `dsc` is rather `desc` than `asc`: the first letter is seldom the wrong one.
    let near = near.min_by_key(|(steps, word)| (*steps, word.chars().next() != found.chars().next()));
    // One letter and one in five may be wrong, but never half of what was written: `nmae` is `name`, `foo` is nothing.
    near.filter(|(steps, word)| *steps <= 1 + word.len() / 5 && steps * 2 < found.chars().count())
        .map(|(_, word)| word)
}

fn one_of<W: Word>() -> String {
    match W::TEXTS {
        [only] => format!("expected `{only}`"),
        several => format!("expected one of `{}`", several.join("`, `")),
    }
}

fn article(noun: &str) -> &'static str {
    if noun.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" }
}

/// Edits from one word to the other, two swapped neighbours counting as one (optimal string alignment).
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut before = vec![0; b.len() + 1];
    let mut above: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let cell = |row: &[usize], at: usize| row.get(at).copied().unwrap_or(usize::MAX - 1);
            let edit = cell(&above, j) + usize::from(x != y);
            let mut steps = edit.min(cell(&above, j + 1) + 1).min(cell(&row, j) + 1);
            let swapped = i > 0 && j > 0 && a.get(i - 1) == Some(y) && b.get(j - 1) == Some(x);
            if swapped {
                steps = steps.min(cell(&before, j - 1) + 1);
            }
            row.push(steps);
        }
        before = std::mem::replace(&mut above, row);
    }
    above.last().copied().unwrap_or(a.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message<W: Word>(found: &str) -> String {
        unknown::<W>(found, Span::call_site()).to_string()
    }

    #[test]
    fn near_words_are_suggested() {
        assert_eq!(
            message::<ColumnWord>("primay_key"),
            "unknown column attribute `primay_key`; did you mean `primary_key`?"
        );
        assert_eq!(message::<ActionWord>("casacde"), "unknown action `casacde`; did you mean `cascade`?");
        assert_eq!(message::<KeyWord>("nmae"), "unknown key option `nmae`; did you mean `name`?");
    }

    #[test]
    fn far_words_get_the_list() {
        assert_eq!(
            message::<IdentityWord>("foo"),
            "unknown identity option `foo`; expected one of `always`, `by_default`, `start`, `increment`, `min`, `max`, \
             `cache`, `cycle`"
        );
        assert_eq!(message::<CompressionWord>("x"), "unknown compression `x`; expected one of `pglz`, `lz4`");
    }

    #[test]
    fn words_of_another_place_are_sent_there() {
        assert_eq!(
            message::<ColumnWord>("schema"),
            "`schema` is not expected on a column; put it on the struct"
        );
        assert_eq!(
            message::<TableWord>("references"),
            "`references` is not expected on a table; put it on the field of the column"
        );
        assert_eq!(message::<EnumWord>("rename"), "`rename` is not expected on an enum; put it on a variant");
    }

    #[test]
    fn a_swap_is_one_step() {
        assert_eq!(distance("unqiue", "unique"), 1);
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("", "abc"), 3);
    }
}
