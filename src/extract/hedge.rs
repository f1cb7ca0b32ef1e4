//! Words that say how far a figure holds.

use super::Passage;
use crate::lang::Term;
use crate::quantity::Hedge;

/// The hedge that ends right before a token, and the token it begins at.
pub(super) fn before(passage: &Passage<'_>, idx: usize) -> Option<(usize, Hedge)> {
    passage.lexicon.ending_before(&passage.tokens, idx, |term| {
        if let Term::HedgeBefore(hedge) = term { Some(*hedge) } else { None }
    })
}

/// The hedge that begins at a token, and the token behind it.
///
/// A sign ("+") must be glued to the figure.
pub(super) fn after(passage: &Passage<'_>, idx: usize) -> Option<(usize, Hedge)> {
    let (length, hedge) = passage.lexicon.longest(&passage.tokens, idx, |term| {
        if let Term::HedgeAfter(hedge) = term { Some(*hedge) } else { None }
    })?;
    let is_sign = !passage.word(idx).chars().all(char::is_alphabetic);
    (!is_sign || passage.is_glued(idx)).then_some((idx + length, hedge))
}
