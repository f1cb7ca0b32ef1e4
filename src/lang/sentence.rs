//! Where sentences end.

use std::ops::Range;

use super::Lexicon;
use super::words::{Token, TokenKind, fold};

/// Tokens before and behind a token in which its sentence's ends are looked for.
const LONGEST: usize = 200;

/// The tokens of the sentence that holds a token.
///
/// A full stop ends one unless it stands in a number, behind an abbreviation or an initial, or before a small letter.
#[must_use]
pub fn sentence_around(lexicon: &Lexicon, text: &str, tokens: &[Token], idx: usize) -> Range<usize> {
    let ends = |at: usize| ends_sentence(lexicon, text, tokens, at);
    let start = (idx.saturating_sub(LONGEST)..idx)
        .rev()
        .find(|at| ends(*at))
        .map_or(idx.saturating_sub(LONGEST), |at| at + 1);
    let start = if start > 0 { skip_closing(text, tokens, start, idx) } else { start };
    let end = (idx..tokens.len().min(idx + LONGEST))
        .find(|at| ends(*at))
        .map_or(tokens.len().min(idx + LONGEST), |at| at + 1);
    start..end.max(start)
}

/// Quotation marks and brackets that close a sentence belong to it and not to the next one.
fn skip_closing(text: &str, tokens: &[Token], start: usize, limit: usize) -> usize {
    let mut at = start;
    while at < limit
        && tokens.get(at).is_some_and(|token| {
            !token.spaced
                && matches!(text.get(token.range()), Some("\"" | "”" | "’" | "'" | ")" | "»" | "」"))
        })
    {
        at += 1;
    }
    at
}

fn ends_sentence(lexicon: &Lexicon, text: &str, tokens: &[Token], at: usize) -> bool {
    let Some(token) = tokens.get(at).filter(|token| token.kind == TokenKind::Symbol) else {
        return false;
    };
    match text.get(token.range()) {
        Some("!" | "?" | "。" | "！" | "？" | "；") => true,
        Some(".") => {
            let before = at.checked_sub(1).and_then(|before| tokens.get(before));
            let word =
                before.filter(|_| !token.spaced).and_then(|before| text.get(before.range())).unwrap_or("");
            let is_initial = word.chars().count() == 1 && word.chars().all(char::is_uppercase);
            let Some(next) = tokens.get(at + 1) else {
                return true;
            };
            let opens_small =
                text.get(next.range()).and_then(|word| word.chars().next()).is_some_and(char::is_lowercase);
            let is_closing = matches!(text.get(next.range()), Some("\"" | "”" | "’" | "'" | ")" | "»"));
            let is_month_or_title = lexicon.is_abbreviation(&fold(word));
            (next.spaced || is_closing) && !opens_small && !is_initial && !is_month_or_title
        }
        _ => false,
    }
}

#[cfg(test)]
#[expect(clippy::string_slice, reason = "a test may panic")]
mod tests {
    use super::*;

    #[test]
    fn a_full_stop_does_not_always_end_a_sentence() {
        let lexicon = Lexicon::of("en");
        let text = "It cost approx. $1.3 billion, said J. Orme of the U.S. office on Jan. 6. Two later reports differ.";
        let cut = lexicon.tokens(text, 0..text.len());
        let sentence = sentence_around(lexicon, text, &cut, 0);
        assert_eq!(&text[cut[sentence.end - 2].start..], "6. Two later reports differ.");
        let second = sentence_around(lexicon, text, &cut, cut.len() - 1);
        assert_eq!(&text[cut[second.start].start..], "Two later reports differ.");
    }
}
