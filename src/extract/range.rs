//! "A to B" as one figure, and "from A to B" as two where something moved.

use super::Passage;
use super::numeral::Read;
use crate::lang::words::TokenKind;
use crate::lang::{CHANGE_REACH, Term, date_at};

/// How two figures beside each other belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Joint {
    /// One stretch between two ends.
    Range,
    /// Before and after: two figures.
    Change,
    /// What holds now and what held before, with the unit behind both: "6.9 instead of 7.9 percent".
    Instead,
}

/// The joint at a token behind a first figure that begins at `start`: what it means, and the token behind it;
/// `is_measured` says that the figure has a unit of its own.
pub(super) fn joint(
    passage: &Passage<'_>,
    start: usize,
    idx: usize,
    is_measured: bool,
) -> Option<(Joint, usize)> {
    // The joiner that closes one of the pairs whose opener stands before the first figure.
    let closing = |term: &Term| {
        let Term::RangeOpener(pair) = term else { return None };
        let closes = |term: &Term| matches!(term, Term::RangePair(other) if other == pair).then_some(());
        passage.tokens.longest(idx, closes).map(|(length, ())| length)
    };
    let is_change =
        |start: usize, joiner_end: usize| is_change(passage, start) || is_change_behind(passage, joiner_end);
    if let Some((opened_at, length)) = passage.tokens.ending_before(start, closing) {
        // "Between 30 and 35" is a range whatever rose.
        let is_and = passage.tokens.longest(idx, |term| matches!(term, Term::NumberJoiner).then_some(()));
        let is_end =
            passage.tokens.longest(idx, |term| matches!(term, Term::ChangeEnd).then_some(())).is_some();
        let changes = is_end || is_and.is_none() && is_change(opened_at, idx + length);
        let joint = if changes { Joint::Change } else { Joint::Range };
        return Some((joint, idx + length));
    }
    if are_next_to_each_other(passage, start, idx) {
        return Some((Joint::Range, idx + 1));
    }
    let instead = passage.tokens.longest(idx, |term| matches!(term, Term::PreviousBefore).then_some(()));
    if let Some((length, ())) = instead.filter(|_| !is_measured) {
        let is_range = passage.tokens.longest(idx, |term| matches!(term, Term::RangeOpener(_)).then_some(()));
        let shares_unit = is_range.is_none() && is_followed_by_unit(passage, idx + length);
        return shares_unit.then_some((Joint::Instead, idx + length));
    }
    let (length, ()) = passage.tokens.longest(idx, |term| matches!(term, Term::RangeJoiner).then_some(()))?;
    // "Rose 5% to 30%" gives the change first; only in a script without spaces does "from" stand behind its figure.
    let is_word = passage.token(idx).is_some_and(|token| token.kind == TokenKind::Word);
    // "增长5%至10%": in a script without spaces the verb of before and after stands behind both.
    let changes = if passage.is_unspaced(idx) {
        is_change_behind(passage, idx + length)
    } else {
        is_change(start, idx + length)
    };
    // "Rose to 5 to 7 percent": where the change ends is a range itself.
    let closer = |term: &Term| matches!(term, Term::RangePair(_) | Term::ChangeEnd).then_some(());
    let is_end = !passage.is_unspaced(idx) && passage.tokens.ending_before(start, closer).is_some();
    let joint = if is_word && changes && !is_end { Joint::Change } else { Joint::Range };
    let is_from = passage.is_unspaced(idx) && is_measured;
    if joint == Joint::Change && !is_from {
        // "Rose 3 to 5 percent": a bare figure shares the unit of the second end.
        let shares_unit = || !is_measured && is_followed_by_unit(passage, idx + length);
        let is_range = passage.is_unspaced(idx) || shares_unit();
        return is_range.then_some((Joint::Range, idx + length));
    }
    // A hyphen joins only what it is glued to on both sides, or on neither.
    let is_sign = super::noise::is_hyphen(passage.word(idx));
    if is_sign && passage.is_glued(idx) != passage.is_glued(idx + length) {
        return None;
    }
    Some((joint, idx + length))
}

/// Whether a number with a unit stands at a token.
fn is_followed_by_unit(passage: &Passage<'_>, idx: usize) -> bool {
    match super::numeral::whole(passage, idx) {
        Read::Numeral(number) => super::unit::begins(passage, number.next),
        Read::Other(_) | Read::Nothing => false,
    }
}

/// "4、5百人": two digits next to each other in a script without spaces, of which neither is a date's.
fn are_next_to_each_other(passage: &Passage<'_>, start: usize, idx: usize) -> bool {
    let digit = |at: usize| passage.word(at).parse::<u8>().ok().filter(|digit| (1..=9).contains(digit));
    let is_joined = passage.word(idx) == "、" && idx == start + 1 && passage.is_glued(idx + 1);
    let follows = digit(start).zip(digit(idx + 1)).is_some_and(|(one, other)| one + 1 == other);
    let is_date = || date_at(passage.lexicon, passage.text, passage.tokens, idx + 1).is_some();
    is_joined && follows && passage.is_unspaced(idx + 2) && !is_date()
}

/// In a script without spaces the verb stands behind both figures: "2.5%から2.7%に上昇".
fn is_change_behind(passage: &Passage<'_>, idx: usize) -> bool {
    const REACH: usize = 16;
    let is_edge = |at: usize| {
        matches!(passage.word(at), "。" | "、" | "，" | "；")
            || passage.word(at) == "." && !passage.is_glued(at + 1)
    };
    let is_unspaced = |at: usize| passage.is_unspaced(at);
    (idx..idx + REACH).take_while(|at| !is_edge(*at)).any(|at| is_unspaced(at) && is_change_at(passage, at))
}

fn is_change_at(passage: &Passage<'_>, idx: usize) -> bool {
    passage
        .tokens
        .longest(idx, |term| matches!(term, Term::Change | Term::Multiple(_)).then_some(()))
        .is_some()
}

/// Whether a word of change stands among the tokens before one.
pub(super) fn is_change(passage: &Passage<'_>, idx: usize) -> bool {
    is_change_within(passage, idx, CHANGE_REACH)
}

/// Whether a word of change stands among so many tokens before one.
pub(super) fn is_change_within(passage: &Passage<'_>, idx: usize, reach: usize) -> bool {
    let ends = |at: &usize| match passage.word(*at) {
        ";" | ":" | "。" | "；" => true,
        "." => !passage.is_glued(at + 1),
        _ => false,
    };
    let near = (idx.saturating_sub(reach)..idx).rev();
    near.take_while(|at| !ends(at)).any(|at| is_change_at(passage, at))
}
