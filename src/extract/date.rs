//! Dates and bare years among the figures.

use super::digits::digits_of;
use super::{Mention, Passage, Reads, Role, numeral};
use crate::lang::words::TokenKind;
use crate::lang::{Term, YEARS, date_at};

/// The date that begins at a token, and the token behind it.
pub(super) fn read(passage: &Passage<'_>, idx: usize) -> Option<(Mention, usize)> {
    let (length, date) = date_at(passage.lexicon, passage.text, passage.tokens, idx)?;
    let end = idx + length;
    // "In May 12 people were killed": the figure counts.
    // "The quake of March 4 killed 71": what befell somebody is no noun.
    let befell = || numeral::term(passage, end, super::noun::befalling).is_some();
    let counts = || super::noun::counted(passage, end).is_some_and(|noun| noun.distance == 0) && !befell();
    if date.year.is_none() && passage.token(idx)?.kind == TokenKind::Word && counts() {
        return None;
    }
    let text = passage.token(idx)?.start..passage.token(end.checked_sub(1)?)?.end;
    Some((Mention { text, reads: Reads::Date(date), hedge: None, role: Role::Own }, end))
}

/// The day of the week that stands at a token, and the token behind it.
pub(super) fn weekday(passage: &Passage<'_>, idx: usize) -> Option<(Mention, usize)> {
    let (length, day) =
        passage.tokens.longest(idx, |term| if let Term::Weekday(day) = term { Some(*day) } else { None })?;
    // "So", "Mar": a short form is too often another word.
    const SHORTEST: usize = 4;
    let is_whole = passage.word(idx).chars().count() >= SHORTEST || length > 1;
    let end = idx + length;
    let text = passage.token(idx)?.start..passage.token(end.checked_sub(1)?)?.end;
    is_whole.then_some((Mention { text, reads: Reads::Weekday(day), hedge: None, role: Role::Own }, end))
}

/// The year that stands at a token alone: four plain figures that nothing counts.
pub(super) fn year(passage: &Passage<'_>, idx: usize) -> Option<(Mention, usize)> {
    let token = passage.token(idx).filter(|token| token.kind == TokenKind::Digits)?;
    let digits = digits_of(passage, idx)?;
    let value: i16 = digits.parse().ok().filter(|value| digits.len() == 4 && YEARS.contains(value))?;
    let is_after_year_word =
        passage.tokens.ending_before(idx, |term| matches!(term, Term::YearBefore).then_some(())).is_some();
    let is_recent = (1900..=2100).contains(&value);
    let counts = super::noun::counted(passage, idx + 1).is_some_and(|noun| {
        noun.distance == 0 && !(value % 100 != 0 && is_of_its_year(passage, idx + 1, &noun.lemma))
    });
    // "The 2024 elections": nobody counts so exactly what is known already.
    let is_known = value % 100 != 0
        && passage
            .tokens
            .ending_before(idx, |term| matches!(term, Term::Determiner | Term::Definite).then_some(()))
            .is_some();
    if !(is_after_year_word || is_recent && (!counts || is_known)) {
        return None;
    }
    let mention = Mention { text: token.range(), reads: Reads::Year(value), hedge: None, role: Role::Own };
    Some((mention, idx + 1))
}

/// "1988 sales": where a year stands before its noun like an adjective, only people and what is counted often are counted
/// without a mark between their thousands.
fn is_of_its_year(passage: &Passage<'_>, idx: usize, lemma: &str) -> bool {
    passage.lexicon.noun_phrase.years
        && !passage.lexicon.is_people(lemma)
        && super::noun::measured(passage, idx).is_none()
}
