//! "A to B" as one figure, and "from A to B" as two where something moved.

use super::Passage;
use crate::lang::Term;

/// How two figures beside each other belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Joint {
    /// One stretch between two ends.
    Range,
    /// Before and after: two figures.
    Change,
}

/// Tokens before a figure in which a word of change may stand.
const CHANGE_REACH: usize = 8;

/// The joint at a token behind a first figure that begins at `start`: what it means, and the token behind it.
pub(super) fn joint(passage: &Passage<'_>, start: usize, idx: usize) -> Option<(Joint, usize)> {
    // The joiner that closes one of the pairs whose opener stands before the first figure.
    let closing = |term: &Term| {
        let Term::RangeOpener(pair) = term else { return None };
        let closes = |term: &Term| matches!(term, Term::RangePair(other) if other == pair).then_some(());
        passage.lexicon.longest(&passage.tokens, idx, closes).map(|(length, ())| length)
    };
    let is_change = |start: usize, joiner_end: usize| {
        is_change(passage, start) || is_change_behind(passage, joiner_end)
    };
    if let Some((opened_at, length)) = passage.lexicon.ending_before(&passage.tokens, start, closing) {
        let joint = if is_change(opened_at, idx + length) { Joint::Change } else { Joint::Range };
        return Some((joint, idx + length));
    }
    let (length, ()) = passage.lexicon.longest(&passage.tokens, idx, |term| {
        matches!(term, Term::RangeJoiner).then_some(())
    })?;
    let joint = if is_change(start, idx + length) { Joint::Change } else { Joint::Range };
    // A hyphen joins only what it is glued to on both sides, or on neither.
    let is_sign = super::noise::is_hyphen(passage.word(idx));
    if is_sign && passage.is_glued(idx) != passage.is_glued(idx + length) {
        return None;
    }
    Some((if is_sign { Joint::Range } else { joint }, idx + length))
}

/// In a script without spaces the verb stands behind both figures: "2.5%から2.7%に上昇".
fn is_change_behind(passage: &Passage<'_>, idx: usize) -> bool {
    const REACH: usize = 16;
    let is_edge = |at: usize| {
        matches!(passage.word(at), "。" | "、" | "，" | "；") || passage.word(at) == "." && !passage.is_glued(at + 1)
    };
    let is_unspaced = |at: usize| passage.word(at).starts_with(crate::lang::words::is_unspaced);
    (idx..idx + REACH).take_while(|at| !is_edge(*at)).any(|at| is_unspaced(at) && is_change_at(passage, at))
}

fn is_change_at(passage: &Passage<'_>, idx: usize) -> bool {
    passage.lexicon.longest(&passage.tokens, idx, |term| matches!(term, Term::Change).then_some(())).is_some()
}

fn is_change(passage: &Passage<'_>, idx: usize) -> bool {
    (idx.saturating_sub(CHANGE_REACH)..idx).any(|at| is_change_at(passage, at))
}
