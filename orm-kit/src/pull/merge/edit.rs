//! Changes of a text at places of it, which leave the rest as it is.

use std::ops::Range;

/// Pieces of a text and what they become.
#[derive(Debug, Default)]
pub(super) struct Edits {
    edits: Vec<(Range<usize>, String)>,
}

impl Edits {
    pub(super) fn replace(&mut self, range: Range<usize>, with: impl Into<String>) {
        self.edits.push((range, with.into()));
    }

    pub(super) fn insert(&mut self, at: usize, text: impl Into<String>) {
        self.replace(at..at, text);
    }

    /// Takes a piece away, with the line that it leaves empty.
    pub(super) fn remove(&mut self, text: &str, range: Range<usize>) {
        let before = text.get(..range.start).unwrap_or_default();
        let behind = text.get(range.end..).unwrap_or_default();
        let indent = before.len() - before.trim_end_matches([' ', '\t']).len();
        let blank = behind.len() - behind.trim_start_matches([' ', '\t']).len();
        let starts_line = before.len() == indent || before.trim_end_matches([' ', '\t']).ends_with('\n');
        let rest = behind.get(blank..).unwrap_or_default();
        let range = match rest.strip_prefix("\r\n").or_else(|| rest.strip_prefix('\n')) {
            Some(after) if starts_line => range.start - indent..text.len() - after.len(),
            _ => range,
        };
        self.replace(range, "");
    }

    /// The text as it becomes.
    pub(super) fn apply(mut self, text: &str) -> String {
        self.edits.sort_by_key(|(range, _)| (range.start, range.end));
        let mut edited = String::with_capacity(text.len());
        let mut at = 0;
        for (range, with) in self.edits {
            edited += text.get(at..range.start).unwrap_or_default();
            edited += &with;
            at = at.max(range.end);
        }
        edited + text.get(at..).unwrap_or_default()
    }
}

/// Where a new line may begin behind `at`: behind its line if that holds no more than a comment, else there.
pub(super) fn next_line(text: &str, at: usize) -> Option<usize> {
    let behind = text.get(at..)?;
    let (line, _) = behind.split_once('\n')?;
    let rest = line.trim();
    (rest.is_empty() || rest.starts_with("//")).then_some(at + line.len() + 1)
}

#[cfg(test)]
mod tests {
    use super::Edits;

    #[test]
    fn a_line_goes_with_what_is_all_of_it() {
        let text = "a,\n    b,\n    c, // why\n";
        let removed = |piece: &str| {
            let at = text.find(piece).unwrap();
            let mut edits = Edits::default();
            edits.remove(text, at..at + piece.len());
            edits.apply(text)
        };
        assert_eq!(removed("b,"), "a,\n    c, // why\n");
        assert_eq!(removed("c,"), "a,\n    b,\n     // why\n");
        assert_eq!(removed("a,"), "    b,\n    c, // why\n");
    }
}
