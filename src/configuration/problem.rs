//! What is wrong with a file of the newsroom, for the person who wrote it.

use std::fmt;
use std::ops::Range;

use crate::error::nearest;

/// Why a file cannot be used: the line, what was found and what was expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The 1-based line.
    pub line: usize,
    /// What was found, what was expected, and what is likely meant.
    pub told: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.line, self.told)
    }
}

impl Problem {
    pub(super) fn new(text: &str, error: &toml::de::Error) -> Problem {
        let span = error.span().unwrap_or_default();
        let found = text.get(span.clone()).unwrap_or_default().trim_matches(['"', '\'']);
        let told = in_plain_words(error.message());
        let expected = told.split_once("expected").map_or("", |(_, expected)| expected);
        let known = expected.split('`').skip(1).step_by(2);
        let meant = nearest(found, known).filter(|_| !told.contains("did you mean"));
        let meant = meant.map(|meant| format!("; did you mean `{meant}`?")).unwrap_or_default();
        let is_of_value = told.starts_with("expected") && !told.contains("found");
        let found = if is_of_value { format!(", found `{found}`") } else { String::new() };
        Problem { line: line_of(text, &span), told: format!("{told}{found}{meant}") }
    }
}

/// The parser's message in the words of a person who writes the file, who knows of keys and lists.
fn in_plain_words(message: &str) -> String {
    let message = message
        .trim_end()
        .replace("unknown field", "unknown key")
        .replace("missing field", "expected the key");
    let message = message
        .replace("unknown variant", "unknown word")
        .replace("duplicate key", "expected each key once")
        .replace("a sequence", "a list");
    match message.strip_prefix("invalid type: ").and_then(|rest| rest.split_once(", expected ")) {
        Some((found, expected)) => format!("expected {expected}, found {found}"),
        None => message,
    }
}

/// The 1-based line at which a stretch begins.
pub(super) fn line_of(text: &str, span: &Range<usize>) -> usize {
    text.get(..span.start).map_or(0, |before| before.matches('\n').count()) + 1
}
