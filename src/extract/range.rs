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
    let opener = passage.lexicon.ending_before(&passage.tokens, start, |term| {
        if let Term::RangeOpener(pair) = term { Some(*pair) } else { None }
    });
    if let Some((opened_at, pair)) = opener {
        let closes = passage.lexicon.longest(&passage.tokens, idx, |term| {
            if let Term::RangePair(other) = term
                && *other == pair
            {
                Some(())
            } else {
                None
            }
        });
        if let Some((length, ())) = closes {
            let joint = if is_change(passage, opened_at) { Joint::Change } else { Joint::Range };
            return Some((joint, idx + length));
        }
    }
    let (length, ()) = passage.lexicon.longest(&passage.tokens, idx, |term| {
        matches!(term, Term::RangeJoiner).then_some(())
    })?;
    let joint = if is_change(passage, start) { Joint::Change } else { Joint::Range };
    // A hyphen joins only what it is glued to on both sides, or on neither.
    let is_sign = super::noise::is_hyphen(passage.word(idx));
    if is_sign && passage.is_glued(idx) != passage.is_glued(idx + length) {
        return None;
    }
    Some((if is_sign { Joint::Range } else { joint }, idx + length))
}

fn is_change(passage: &Passage<'_>, idx: usize) -> bool {
    (idx.saturating_sub(CHANGE_REACH)..idx).any(|at| {
        let change = passage
            .lexicon
            .longest(&passage.tokens, at, |term| matches!(term, Term::Change).then_some(()));
        change.is_some()
    })
}
