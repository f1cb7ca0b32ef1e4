//! Ages: "28 years old", "aged 28", "Ms Okoye, 34, said".

use std::ops::Range;

use super::{Candidate, CandidateUnit, Passage, noun};
use crate::lang::Term;
use crate::lang::words::{TokenKind, fold};
use crate::quantity::{Dimension, Unit};

/// "28 years old", "aged 28": turns a stretch of time or a bare number into an age.
pub(super) fn settle(
    passage: &Passage<'_>,
    candidates: &mut Vec<Candidate>,
    text: &mut Range<usize>,
    tokens: &Range<usize>,
    behind: usize,
) {
    let after = |idx: usize| passage.tokens.longest(idx, |term| matches!(term, Term::AgeAfter).then_some(()));
    let is_years = candidates.iter().all(|candidate| candidate.unit == CandidateUnit::Settled(years()));
    let is_beside = is_next_age(passage, tokens.start) || is_apposition(passage, tokens, behind, is_years);
    let is_before =
        is_behind_age_word(passage, tokens.start) || is_beside && noun::counted(passage, behind).is_none();
    let unit_at = tokens.end;
    // The words of an age hold the unit: "years old" is met where the unit begins.
    let (length, from) = match (after(unit_at), after(behind)) {
        (Some((length, ())), _) => (length, unit_at),
        (None, Some((length, ()))) => (length, behind),
        (None, None) if is_before => (0, behind),
        (None, None) => return,
    };
    let time = candidates.first().and_then(|candidate| match &candidate.unit {
        CandidateUnit::Settled(unit) if unit.dimension == Dimension::Duration => Some(unit.clone()),
        // "Aos 31.200 pontos": what has a word for an age before it alone must be one that people reach.
        CandidateUnit::Settled(unit) if matches!(unit.dimension, Dimension::Number | Dimension::Count) => {
            (length > 0 || may_be_age(passage, tokens)).then(years)
        }
        CandidateUnit::Settled(_) | CandidateUnit::Family(_) => None,
    });
    let Some(time) = time else { return };
    // A bracket closes before "씨" of "박모(38)씨".
    if length > 0 && passage.word(from) != ")" {
        text.end = passage.token(from + length - 1).map_or(text.end, |token| token.end.max(text.end));
    }
    *candidates = vec![Candidate::of(CandidateUnit::Settled(Unit::age(&time)))];
}

/// Whether people reach so many years; a number in words is small enough.
fn may_be_age(passage: &Passage<'_>, tokens: &Range<usize>) -> bool {
    let is_digits = |at: &usize| passage.token(*at).is_some_and(|token| token.kind == TokenKind::Digits);
    tokens.clone().filter(is_digits).all(|at| passage.word(at).parse().is_ok_and(|years: u8| years <= OLDEST))
}

/// The unit of an age without one.
fn years() -> Unit {
    Unit::measured("a").unwrap_or(Unit::of(Dimension::Duration))
}

/// "Aged 28", "aged between 3 and 9".
fn is_behind_age_word(passage: &Passage<'_>, idx: usize) -> bool {
    let is_age = |term: &Term| matches!(term, Term::AgeBefore).then_some(());
    let opener = |term: &Term| matches!(term, Term::RangeOpener(_)).then_some(());
    let opened = passage.tokens.ending_before(idx, opener).map_or(idx, |(start, ())| start);
    [idx, opened].into_iter().any(|idx| passage.tokens.ending_before(idx, is_age).is_some())
}

/// "Ms Okoye, 34, said", "Maria Lorm (34)", "el ministro, de 52 años,": an age beside whose it is.
fn is_apposition(passage: &Passage<'_>, tokens: &Range<usize>, behind: usize, is_years: bool) -> bool {
    let connector = |term: &Term| matches!(term, Term::VagueConnector).then_some(());
    let connected = passage.tokens.ending_before(tokens.start, connector).map(|(at, ())| at);
    let start = connected.unwrap_or(tokens.start);
    let is_word = |at: usize| passage.token(at).is_some_and(|token| token.kind == TokenKind::Word);
    let is_people = |at: usize| passage.lexicon.is_people(&passage.lexicon.lemma(&fold(passage.word(at))));
    let is_name = |at: usize| {
        let is_known = passage.tokens.terms_at(at).next().is_some();
        is_word(at) && passage.word(at).starts_with(char::is_uppercase) && !is_known
    };
    // "Un piloto de 23 años".
    if is_years && connected.is_some_and(|at| at > 0 && is_people(at - 1)) {
        return true;
    }
    let Some(whose) = start.checked_sub(2).filter(|at| is_word(*at) && !passage.is_unspaced(*at)) else {
        return false;
    };
    // "A ban, two years," is none; nobody is 1,200.
    let value: Option<u8> =
        passage.word(tokens.start).parse().ok().filter(|_| may_be_age(passage, tokens) && tokens.len() == 1);
    let is_grown = is_years && value.is_some_and(|value| value >= GROWN);
    value.is_some()
        && match (passage.word(start - 1), passage.word(behind)) {
            (",", ",") => is_grown || is_people(whose) || is_name(whose),
            ("(", ")") => is_grown || is_people(whose) || whose > 0 && is_name(whose) && is_name(whose - 1),
            _ => false,
        }
}

/// The oldest age that is read without a word for it, and the youngest that is beside any noun.
const OLDEST: u8 = 110;
const GROWN: u8 = 16;

/// "Boys of 9 and 11": the second of two ages.
fn is_next_age(passage: &Passage<'_>, idx: usize) -> bool {
    let is_joiner = |term: &Term| matches!(term, Term::NumberJoiner).then_some(());
    let joiner = passage.tokens.ending_before(idx, is_joiner).map(|(at, ())| at);
    let is_comma = idx > 0 && passage.word(idx - 1) == ",";
    let before = joiner.or(is_comma.then(|| idx - 1)).and_then(|at| at.checked_sub(1));
    before.is_some_and(|at| {
        passage.token(at).is_some_and(|token| token.kind == TokenKind::Digits)
            && is_behind_age_word(passage, at)
    })
}
