//! Doc comments, which become `COMMENT ON`.

use syn::{Attribute, Expr, ExprLit, Lit, Meta};

/// The doc comment's text: lines joined, the space after `///` stripped, blank ends trimmed.
pub(crate) fn comment(attrs: &[Attribute]) -> Option<String> {
    let lines: Vec<String> = attrs.iter().filter_map(line).collect();
    let text = lines.join("\n");
    // PostgreSQL cannot hold a NUL, and in a comment it says nothing.
    let text = text.trim().replace('\0', "");
    (!text.is_empty()).then_some(text)
}

fn line(attr: &Attribute) -> Option<String> {
    let Meta::NameValue(meta) = &attr.meta else { return None };
    let Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) = &meta.value else { return None };
    let text = text.value();
    meta.path.is_ident("doc").then(|| text.strip_prefix(' ').unwrap_or(&text).to_owned())
}

#[cfg(test)]
mod tests {
    use super::comment;

    #[test]
    fn lines_are_joined_and_trimmed() {
        let input: syn::DeriveInput =
            syn::parse_str("/// One.\n///\n///   Two\n#[doc(hidden)] #[doc = include_str!(\"x\")] struct A;")
                .unwrap();
        assert_eq!(comment(&input.attrs).unwrap(), "One.\n\n  Two");
        assert_eq!(comment(&[]), None);
    }
}
