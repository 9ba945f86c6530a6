//! Reading a statement word by word, comments and space left out.

use super::lexer::{Token, TokenKind, lex};

/// A place between two tokens of a statement.
#[derive(Clone)]
pub(crate) struct Cursor<'a> {
    text: &'a str,
    tokens: Vec<Token>,
    at: usize,
}

impl<'a> Cursor<'a> {
    /// The beginning of the statement; of nothing if it cannot be read.
    pub(crate) fn new(text: &'a str) -> Self {
        let mut tokens = lex(text).unwrap_or_default();
        tokens.retain(|token| !token.kind.is_blank());
        Cursor { text, tokens, at: 0 }
    }

    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at)
    }

    fn text_of(&self, token: &Token) -> &'a str {
        self.text.get(token.range.clone()).unwrap_or_default()
    }

    fn is_word(&self, token: &Token, word: &str) -> bool {
        token.kind == TokenKind::Word && self.text_of(token).eq_ignore_ascii_case(word)
    }

    /// Steps over these words, if all of them come next; they are separated by spaces.
    pub(crate) fn eat(&mut self, words: &str) -> bool {
        let mut at = self.at;
        for word in words.split(' ') {
            match self.tokens.get(at) {
                Some(token) if self.is_word(token, word) => at += 1,
                _ => return false,
            }
        }
        self.at = at;
        true
    }

    /// Steps over the first of these that comes next, and says which.
    pub(crate) fn eat_one_of(&mut self, choices: &[&'static str]) -> Option<&'static str> {
        choices.iter().copied().find(|words| self.eat(words))
    }

    /// These words come somewhere behind, in parentheses too.
    pub(crate) fn has(&self, words: &str) -> bool {
        let mut ahead = self.clone();
        while ahead.peek().is_some() {
            if ahead.eat(words) {
                return true;
            }
            ahead.at += 1;
        }
        false
    }

    /// Steps behind the next of these words that is not in parentheses.
    pub(crate) fn skip_to(&mut self, words: &str) -> bool {
        let before = self.at;
        while self.peek().is_some() {
            if self.eat(words) {
                return true;
            }
            if !self.parentheses() {
                self.at += 1;
            }
        }
        self.at = before;
        false
    }

    /// Steps over what is in parentheses, if they come next.
    pub(crate) fn parentheses(&mut self) -> bool {
        if self.peek().map(|token| token.kind) != Some(TokenKind::Open) {
            return false;
        }
        let mut depth = 0_usize;
        while let Some(token) = self.peek() {
            match token.kind {
                TokenKind::Open => depth += 1,
                TokenKind::Close => depth = depth.saturating_sub(1),
                _ => {}
            }
            self.at += 1;
            if depth == 0 {
                break;
            }
        }
        true
    }

    /// Steps over a name with or without a schema, and gives it as it is written.
    pub(crate) fn name(&mut self) -> Option<String> {
        self.parts().map(|parts| parts.join("."))
    }

    /// Steps over a name with or without a schema, and gives its parts as they are written.
    pub(crate) fn parts(&mut self) -> Option<Vec<&'a str>> {
        let mut parts = vec![self.part()?];
        while self.eat_kind(TokenKind::Dot) {
            parts.push(self.part()?);
        }
        Some(parts)
    }

    /// Steps over one part of a name.
    fn part(&mut self) -> Option<&'a str> {
        let token = self.peek()?;
        if !matches!(token.kind, TokenKind::Word | TokenKind::Quoted) {
            return None;
        }
        let text = self.text_of(token);
        self.at += 1;
        Some(text)
    }

    /// Steps over names with commas between them.
    pub(crate) fn names(&mut self) -> Vec<String> {
        let mut names = Vec::new();
        while let Some(name) = self.name() {
            names.push(name);
            if !self.comma() {
                break;
            }
        }
        names
    }

    /// Steps over a comma.
    pub(crate) fn comma(&mut self) -> bool {
        self.eat_kind(TokenKind::Comma)
    }

    /// Steps behind the next comma that is not in parentheses.
    pub(crate) fn skip_comma(&mut self) -> bool {
        while self.peek().is_some() {
            if self.comma() {
                return true;
            }
            if !self.parentheses() {
                self.at += 1;
            }
        }
        false
    }

    /// From here to the next comma that is not in parentheses.
    pub(crate) fn action(&self) -> Cursor<'a> {
        let mut behind = self.clone();
        let end = if behind.skip_comma() { behind.at - 1 } else { self.tokens.len() };
        let tokens = self.tokens.get(self.at..end).unwrap_or_default().to_vec();
        Cursor { text: self.text, tokens, at: 0 }
    }

    /// Steps over what is in parentheses, if they come next, and gives it.
    pub(crate) fn inside(&mut self) -> Option<Cursor<'a>> {
        let open = self.at;
        if !self.parentheses() {
            return None;
        }
        let tokens = self.tokens.get(open + 1..self.at.saturating_sub(1)).unwrap_or_default().to_vec();
        Some(Cursor { text: self.text, tokens, at: 0 })
    }

    /// Steps over a string, and gives its value.
    pub(crate) fn literal(&mut self) -> Option<String> {
        let token = self.peek().filter(|token| token.kind == TokenKind::Text)?;
        let text = self.text_of(token).trim_start_matches(['e', 'E']);
        let inside = text.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\''))?;
        self.at += 1;
        Some(inside.replace("''", "'"))
    }

    /// What is between `before`, a place earlier in the same statement, and here, as it is written.
    pub(crate) fn since(&self, before: &Cursor<'a>) -> &'a str {
        let start = before.peek().map(|token| token.range.start);
        let end = self.at.checked_sub(1).and_then(|at| self.tokens.get(at)).map(|token| token.range.end);
        start.zip(end).and_then(|(start, end)| self.text.get(start..end)).unwrap_or_default()
    }

    /// What is left, as it is written.
    pub(crate) fn remainder(&self) -> &'a str {
        let end = Cursor { at: self.tokens.len(), ..self.clone() };
        end.since(self)
    }

    /// The text with something else in the place of a word.
    pub(crate) fn replaced(&self, word: &str, by: &str) -> String {
        let mut text = String::new();
        let mut end = 0;
        for token in self.tokens.iter().filter(|token| self.is_word(token, word)) {
            text += self.text.get(end..token.range.start).unwrap_or_default();
            text += by;
            end = token.range.end;
        }
        text + self.text.get(end..).unwrap_or_default()
    }

    /// The names without quotes that are in it, and those with.
    pub(crate) fn words(&self) -> impl Iterator<Item = &'a str> + '_ {
        let names = |token: &&Token| matches!(token.kind, TokenKind::Word | TokenKind::Quoted);
        self.tokens.iter().filter(names).map(|token| self.text_of(token))
    }

    /// The parentheses that come next have this word in them.
    pub(crate) fn parentheses_have(&self, word: &str) -> bool {
        let mut behind = self.clone();
        let inside = behind.parentheses();
        let tokens = self.tokens.get(self.at..behind.at).unwrap_or_default();
        inside && tokens.iter().any(|token| self.is_word(token, word))
    }

    /// Steps over one token.
    pub(crate) fn step(&mut self) {
        self.at += 1;
    }

    /// Steps over a token of this kind.
    pub(crate) fn eat_kind(&mut self, kind: TokenKind) -> bool {
        let found = self.peek().map(|token| token.kind) == Some(kind);
        self.at += usize::from(found);
        found
    }

    /// Nothing is left.
    pub(crate) fn is_at_end(&self) -> bool {
        self.peek().is_none()
    }

    /// Where the statement's last parentheses open, if it ends with some.
    pub(crate) fn last_parentheses(&self) -> Option<Cursor<'a>> {
        let mut depth = 0_usize;
        let (mut at, last) = (self.tokens.len(), self.tokens.last()?);
        if last.kind != TokenKind::Close {
            return None;
        }
        while at > 0 {
            at -= 1;
            match self.tokens.get(at)?.kind {
                TokenKind::Close => depth += 1,
                TokenKind::Open => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth == 0 {
                return Some(Cursor { at, ..self.clone() });
            }
        }
        None
    }

    /// The word before this place is that one.
    pub(crate) fn is_behind(&self, word: &str) -> bool {
        let before = self.at.checked_sub(1).and_then(|at| self.tokens.get(at));
        before.is_some_and(|token| self.is_word(token, word))
    }
}

/// The name that a part of a name stands for: `"A""b"` is `A"b`, `Ab` is `ab`.
pub(crate) fn unquote(part: &str) -> String {
    match part.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        Some(inside) => inside.replace("\"\"", "\""),
        None => part.to_ascii_lowercase(),
    }
}
