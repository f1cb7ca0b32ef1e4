//! Figures that are no quantities: addresses, phone numbers, times of day, scores, names.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::Passage;
use crate::lang::Term;
use crate::lang::words::{TokenKind, fold};

/// Patterns that mean the same in every language; every tail is bounded.
static PATTERNS: LazyLock<Regex> = LazyLock::new(|| {
    let patterns = [
        r"(?:https?://|www[.])[!-;=?-~]{1,200}",
        r"[A-Za-z0-9._+-]{1,40}@[A-Za-z0-9-]{1,40}[.][A-Za-z0-9.-]{1,40}",
        // Phone numbers: with a country code, or in groups of the usual lengths.
        r"[+][0-9]{1,3}[ .-]?(?:[(]?[0-9]{1,5}[)]?[ .-]?){2,6}",
        r"\b[0-9]{3}[-.][0-9]{3}[-.][0-9]{4}\b",
        r"\b0[0-9]{2,4}[ /-][0-9]{2,8}(?:[ -][0-9]{2,6}){0,4}\b",
        r"\b0[0-9](?: [0-9]{2,4}){2,5}\b",
        r"\b0[0-9]-[0-9]{3,4}-[0-9]{4}\b",
        // Book numbers: ISBN-13.
        r"ISBN[- :]{0,2}[0-9][0-9 -]{8,15}[0-9X]",
        r"\b97[89](?:[- ]?[0-9]){9}[- ]?[0-9X]\b",
        // Paragraphs of a law: 5(3).
        r"\b[0-9]{1,4}[(][0-9]{1,3}[)]",
        // Times and running times: 9:05, 2:21:47.
        r"\b[0-9]{1,3}:[0-9]{2}(?::[0-9]{2})?(?:[.,][0-9]{1,3})?\b",
        // Terminal escape sequences.
        r"\x1b\[[0-9;]{0,16}[A-Za-z]",
        // Decades and models: the 1960s, the 737s.
        r"\b(?:[0-9]{1,3}0|[0-9]{3})s\b",
        // Versions and numbered sections: 2.3.1, v1.2.
        r"\bv[0-9]{1,4}(?:[.][0-9]{1,5}){0,4}\b",
        r"\b[0-9]{1,4}(?:[.][0-9]{1,4}){3,6}\b",
        // 401(k), [12].
        r"\b[0-9]{3}[(][a-z][)]",
        r"[\[][0-9]{1,3}[\]]",
        // Ids: CO-ALM-000731, LCC-BR-0925.
        r"\b[A-Z]{2,8}(?:-[A-Z0-9]{1,8}){1,3}\b",
        r"#[0-9]{1,9}\b",
    ];
    Regex::new(&patterns.join("|").replace(r"\b", r"(?-u:\b)")).expect("a test uses the patterns")
});

/// The stretches of a block that hold no quantity, in order.
pub(super) fn find(passage: &Passage<'_>) -> Vec<Range<usize>> {
    let text = passage.text.get(passage.range.clone()).unwrap_or_default();
    if !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return Vec::new();
    }
    PATTERNS
        .find_iter(text)
        .filter(|found| !is_currency_code(found.as_str()) && !is_signed_figure(found.as_str()))
        .map(|found| passage.range.start + found.start()..passage.range.start + found.end())
        .collect()
}

/// "+250", "+12.5", "+250 000 000": a rise and no phone number.
fn is_signed_figure(text: &str) -> bool {
    /// Figures of a phone number with its country code, at least.
    const FEWEST: usize = 8;
    let Some(rest) = text.strip_prefix('+') else { return false };
    let figures = rest.bytes().filter(u8::is_ascii_digit).count();
    let groups: Vec<&str> = rest.trim_end().split(' ').collect();
    let are_thousands = groups.len() > 1 && groups.iter().skip(1).all(|group| group.len() == 3);
    figures < FEWEST || are_thousands
}

/// "USD-5" is money and no id.
fn is_currency_code(text: &str) -> bool {
    let head = text.split('-').next().unwrap_or_default();
    head.len() == 3 && crate::quantity::currency::currencies().get(head).is_some()
}

/// Whether the figure of these tokens is a label ("No. 7", "Route 9") or part of a name ("A4", "COVID-19", "9/11").
pub(super) fn is_name(passage: &Passage<'_>, start: usize, end: usize) -> bool {
    let glued_before = passage.is_glued(start) && start > 0;
    if glued_before && let Some(before) = passage.token(start - 1) {
        let sign = passage.word(start - 1);
        match before.kind {
            TokenKind::Word if !unspaced_end(sign) => return true,
            TokenKind::Symbol if matches!(sign, "/" | ":" | "#" | "_" | "@" | "\\") => return true,
            TokenKind::Symbol if is_hyphen(sign) && passage.is_glued(start - 1) && start > 1 => {
                let word = passage.token(start - 2);
                let is_word = word.is_some_and(|word| {
                    word.kind == TokenKind::Word && !unspaced_end(passage.word(start - 2))
                });
                if is_word && !is_behind_magnitude(passage, start) || is_lettered_number(passage, start - 2) {
                    return true;
                }
            }
            TokenKind::Word | TokenKind::Digits | TokenKind::Symbol => {}
        }
    }
    let sign = passage.word(end);
    passage.is_glued(end)
        && passage.is_glued(end + 1)
        && matches!(sign, "/" | ":")
        && passage.token(end + 1).is_some_and(|token| token.kind == TokenKind::Digits)
}

/// Whether three digits at a token are glued to a capital letter, as in the name of a model: "A350-900".
fn is_lettered_number(passage: &Passage<'_>, idx: usize) -> bool {
    let is_long = passage.word(idx).len() >= 3 && passage.word(idx).bytes().all(|byte| byte.is_ascii_digit());
    let letter = idx.checked_sub(1).map_or("", |before| passage.word(before));
    is_long
        && passage.is_glued(idx)
        && letter.len() == 1
        && letter.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// Whether the word for a magnitude ends right before a token, or before the hyphen there: "magnitude-7.1".
pub(super) fn is_behind_magnitude(passage: &Passage<'_>, idx: usize) -> bool {
    let hyphen = usize::from(idx > 0 && is_hyphen(passage.word(idx - 1)));
    passage.tokens.ending_before(idx - hyphen, is_magnitude).is_some()
}

/// Whether a word is one for a magnitude.
pub(super) fn is_magnitude(term: &Term) -> Option<()> {
    matches!(term, Term::Measure(id) if id == "magnitude").then_some(())
}

fn unspaced_end(word: &str) -> bool {
    word.chars().next_back().is_some_and(crate::lang::words::is_unspaced)
}

pub(super) fn is_hyphen(sign: &str) -> bool {
    matches!(sign, "-" | "‐" | "‑" | "–" | "—" | "−")
}

/// Whether a word that makes a label ends right before a token: "No. 7", "Seilergasse 17", "flight IB 3124".
pub(super) fn is_labelled(passage: &Passage<'_>, idx: usize) -> bool {
    if ends_label(passage, idx) {
        return true;
    }
    let Some(before) = idx
        .checked_sub(1)
        .filter(|before| passage.token(*before).is_some_and(|token| token.kind == TokenKind::Word))
    else {
        return false;
    };
    let word = passage.word(before);
    if is_model(passage, before) {
        return true;
    }
    let is_code = (2..=4).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_uppercase());
    let folded = fold(word);
    let is_street = passage
        .lexicon
        .label_endings
        .iter()
        .any(|ending| folded.len() > ending.len() && folded.ends_with(ending.as_str()));
    is_street || is_code && !is_shouted(passage, idx) && !may_share_a_noun(passage, idx)
}

/// Whether a label ends right before a token, and is not the end of another word: "対" of "反対187".
pub(super) fn ends_label(passage: &Passage<'_>, idx: usize) -> bool {
    let is_label = |term: &Term| matches!(term, Term::LabelBefore).then_some(());
    let is_idiom = |term: &Term| matches!(term, Term::Idiom).then_some(());
    let idiom = passage.tokens.ending_before(idx, is_idiom).map(|(start, ())| start);
    let label = passage.tokens.ending_before(idx, is_label).map(|(start, ())| start);
    label.is_some_and(|label| idiom.is_none_or(|idiom| label <= idiom))
}

/// Whether a label with a capital ends right before a token, so that no year stands there: "Windows 2000", but "season 2000".
pub(super) fn closes_a_name(passage: &Passage<'_>, idx: usize) -> bool {
    let is_capital = idx > 0 && passage.word(idx - 1).starts_with(char::is_uppercase);
    is_capital && !passage.lexicon.noun_phrase.capitals && ends_label(passage, idx)
}

/// Whether a name stands between two numbers, so that the second is the model's: "60 Lumen 220 jets".
pub(super) fn is_model(passage: &Passage<'_>, name: usize) -> bool {
    let is_number = |idx: usize| passage.token(idx).is_some_and(|token| token.kind == TokenKind::Digits);
    let word = passage.word(name);
    let is_name = word.chars().next().is_some_and(char::is_uppercase) && word.chars().any(char::is_lowercase);
    let is_known = passage.tokens.terms_at(name).any(|(_, term)| !matches!(term, Term::Unit(_)));
    is_name && !is_known && name.checked_sub(1).is_some_and(is_number) && !passage.is_glued(name)
}

/// Whether a bare figure at a token closes a name: "the S&P 500", "Japan's Nikkei 225".
///
/// In a headline every word has a capital, and in some languages every noun.
pub(super) fn is_of_a_name(passage: &Passage<'_>, idx: usize) -> bool {
    const REACH: usize = 8;
    /// "In" and "the" are small in a headline as well.
    const SHORTEST: usize = 4;
    let opens = |at: usize| at == 0 || matches!(passage.word(at - 1), "." | "!" | "?" | ":" | "\"" | "“");
    let is_name = |at: usize| passage.word(at).starts_with(char::is_uppercase) && !opens(at);
    let is_prose = || {
        let words = (idx.saturating_sub(REACH)..idx + REACH).filter(|at| is_small(passage, *at));
        words.filter(|at| passage.word(*at).len() >= SHORTEST).count() > 1
    };
    !passage.lexicon.noun_phrase.capitals
        && idx.checked_sub(1).is_some_and(is_name)
        && super::hedge::before(passage, idx).is_none()
        && is_prose()
        && !may_share_a_noun(passage, idx)
}

/// Whether the bare figure at a token may count what another one before it does: "won 61 seats, the Greens 27". A verb
/// behind it says that it is part of a name.
fn may_share_a_noun(passage: &Passage<'_>, idx: usize) -> bool {
    /// Tokens of a sentence before it in which that figure stands.
    const REACH: usize = 24;
    let is_figure = |at: usize| passage.token(at).is_some_and(|token| token.kind == TokenKind::Digits);
    let joins = super::numeral::length_of(passage, idx + 1, &Term::NumberJoiner) > 0;
    (idx.saturating_sub(REACH)..idx).any(is_figure) && (joins || !is_small(passage, idx + 1))
}

fn is_small(passage: &Passage<'_>, idx: usize) -> bool {
    let is_word = passage.token(idx).is_some_and(|token| token.kind == TokenKind::Word);
    is_word && passage.word(idx).starts_with(char::is_lowercase)
}

/// Whether the words around a token are in capitals throughout, so that those of one say nothing.
fn is_shouted(passage: &Passage<'_>, idx: usize) -> bool {
    const REACH: usize = 6;
    let near = idx.saturating_sub(REACH)..idx + REACH;
    let words = near.filter(|at| passage.token(*at).is_some_and(|token| token.kind == TokenKind::Word));
    let small = words.filter(|at| passage.word(*at).chars().any(char::is_lowercase)).count();
    small == 0
}

/// Whether a word that makes a label is glued before a token in a script without spaces: "第3条".
pub(super) fn is_glued_label(passage: &Passage<'_>, idx: usize) -> bool {
    idx > 0 && passage.is_glued(idx) && unspaced_end(passage.word(idx - 1)) && ends_label(passage, idx)
}
