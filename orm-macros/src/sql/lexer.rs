//! SQL as far as its quotes and comments go, which say where a part, a `;` or a `$1` would be something else.

use std::iter::Peekable;
use std::str::Chars;

/// Reads the texts of one `sql!` in turn.
#[derive(Default)]
pub(super) struct Lexer {
    state: State,
    /// The identifier that is being read.
    word: String,
    atom: Atom,
}

#[derive(Default, Clone, PartialEq)]
enum State {
    #[default]
    Plain,
    /// In quotes of this kind, where a backslash escapes or does not.
    Quoted(char, bool),
    /// Between two `$tag$`.
    Dollar(String),
    /// In a comment of one line.
    Line,
    /// In comments, so many deep.
    Block(usize),
}

type Text<'a> = Peekable<Chars<'a>>;

impl Lexer {
    /// Reads the text up to the next part or to the end.
    pub(super) fn read(&mut self, text: &str) -> Result<(), String> {
        let mut chars = text.chars().peekable();
        while let Some(char) = chars.next() {
            match &mut self.state {
                State::Plain => self.read_plain(char, &mut chars)?,
                State::Quoted(quote, escapes) => {
                    if char == '\\' && *escapes || char == *quote && chars.peek() == Some(quote) {
                        chars.next();
                    } else if char == *quote {
                        self.state = State::Plain;
                    }
                }
                State::Dollar(tag) => {
                    if char == '$' && read_tag(&mut chars, tag) {
                        self.state = State::Plain;
                    }
                }
                State::Line => {
                    if matches!(char, '\n' | '\r') {
                        self.state = State::Plain;
                    }
                }
                State::Block(depth) => {
                    if char == '/' && chars.next_if_eq(&'*').is_some() {
                        *depth += 1;
                    } else if char == '*' && chars.next_if_eq(&'/').is_some() {
                        *depth -= 1;
                        if *depth == 0 {
                            self.state = State::Plain;
                        }
                    }
                }
            }
        }
        Ok(())
    }

    fn read_plain(&mut self, char: char, chars: &mut Text<'_>) -> Result<(), String> {
        self.atom.see(char);
        match char {
            '\'' => self.state = State::Quoted(char, self.word.eq_ignore_ascii_case("e")),
            '"' => self.state = State::Quoted(char, false),
            '-' if chars.next_if_eq(&'-').is_some() => self.state = State::Line,
            '/' if chars.next_if_eq(&'*').is_some() => self.state = State::Block(1),
            '$' if self.word.is_empty() => self.read_dollar(chars)?,
            ';' => {
                return Err(
                    "`;` ends a statement, and an `sql!` is one statement or a part of one; leave it \
                            out, and run a script by `db.batch_execute(..)`"
                        .to_owned(),
                );
            }
            _ => {}
        }
        if in_word(char) || char == '$' && !self.word.is_empty() {
            self.word.push(char);
        } else {
            self.word.clear();
        }
        Ok(())
    }

    fn read_dollar(&mut self, chars: &mut Text<'_>) -> Result<(), String> {
        if let Some(digit) = chars.peek().filter(|char| char.is_ascii_digit()) {
            return Err(format!(
                "`${digit}` is a number that the statement gives; write the value in braces: `{{value}}`"
            ));
        }
        let tag: String = chars.clone().take_while(|char| in_word(*char)).collect();
        if read_tag(chars, &tag) {
            self.state = State::Dollar(tag);
        }
        Ok(())
    }

    /// Reads a part, written so.
    pub(super) fn part(&mut self, part: &str) -> Result<(), String> {
        self.atom.see('{');
        self.word.clear();
        let place = match self.state {
            State::Plain => return Ok(()),
            State::Quoted('"', _) => "a quoted SQL name",
            State::Quoted(..) | State::Dollar(_) => "an SQL string",
            State::Line | State::Block(_) => "an SQL comment",
        };
        Err(format!(
            "`{{{part}}}` is inside {place}, where nothing is filled in; close it before, or write `{{{{` and \
             `}}}}` for braces"
        ))
    }

    /// Ends the text: whether it can stand beside an operator without parentheses.
    pub(super) fn finish(self) -> Result<bool, String> {
        let rest = "; it would swallow what follows in the statement";
        match self.state {
            State::Plain => Ok(self.atom.is_one()),
            State::Quoted(quote, _) => Err(format!("the last `{quote}` is not closed{rest}")),
            State::Dollar(tag) => Err(format!("the last `${tag}$` is not closed{rest}")),
            State::Line => Err(format!("the comment does not end: put a line end behind it{rest}")),
            State::Block(_) => Err(format!("the last `/*` is not closed{rest}")),
        }
    }
}

/// Reads `tag$` if it is next.
fn read_tag(chars: &mut Text<'_>, tag: &str) -> bool {
    let mut ahead = chars.clone();
    let found = tag.chars().chain(['$']).all(|char| ahead.next() == Some(char));
    if found {
        *chars = ahead;
    }
    found
}

fn in_word(char: char) -> bool {
    char.is_alphanumeric() || char == '_'
}

/// Whether the text is one name, one call or one pair of parentheses.
enum Atom {
    Name(String),
    Inside(usize),
    Closed,
    Other,
}

impl Default for Atom {
    fn default() -> Self {
        Atom::Name(String::new())
    }
}

/// What looks like a call in front of parentheses and is none.
const NOT_CALLS: &[&str] =
    &["not", "select", "values", "with", "insert", "update", "delete", "merge", "table"];

impl Atom {
    fn see(&mut self, char: char) {
        match self {
            Atom::Name(name) if (in_word(char) || char == '.') && !name.ends_with(' ') => name.push(char),
            Atom::Name(name) if char.is_whitespace() && name.is_empty() => {}
            Atom::Name(name) if char.is_whitespace() => name.push(' '),
            Atom::Name(name) if char == '(' && !is_keyword(name) => *self = Atom::Inside(1),
            Atom::Inside(depth) if char == '(' => *depth += 1,
            Atom::Inside(1) if char == ')' => *self = Atom::Closed,
            Atom::Inside(depth) if char == ')' => *depth -= 1,
            Atom::Inside(_) | Atom::Other => {}
            Atom::Closed if char.is_whitespace() => {}
            Atom::Name(_) | Atom::Closed => *self = Atom::Other,
        }
    }

    fn is_one(&self) -> bool {
        match self {
            Atom::Name(name) => !name.is_empty() && !is_keyword(name),
            Atom::Closed => true,
            Atom::Inside(_) | Atom::Other => false,
        }
    }
}

fn is_keyword(name: &str) -> bool {
    NOT_CALLS.iter().any(|word| word.eq_ignore_ascii_case(name.trim_end()))
}
