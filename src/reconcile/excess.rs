//! Parts that are more than their whole: "of the 90 lamps, 140 are broken".

use rust_decimal::Decimal;

use crate::extract::Role;
use crate::lang::Term;
use crate::normalise::part::OF_WHICH;
use crate::normalise::{Claim, Kind};
use crate::quantity::Dimension;

use super::passage::{Calculation, Miscalculation, Passage, Stretch, is_of_one_unit, is_own, is_single};

/// A part that is more than the whole right beside it, of which it is told to be.
pub(super) fn excess(passage: &Passage<'_>, part: &Claim) -> Option<Miscalculation> {
    let is_part = is_own(part) && part.kind == Kind::Level && part.hedge.is_none();
    let at = passage.sentence.iter().position(|claim| claim.id == part.id).filter(|_| is_part)?;
    let beside = |at: Option<usize>| at.and_then(|at| passage.sentence.get(at));
    let behind = beside(at.checked_add(1)).filter(|whole| is_behind(passage, part, whole));
    let ahead = || beside(at.checked_sub(1)).filter(|whole| is_ahead(passage, whole, part));
    let whole = behind.or_else(ahead)?;
    // "Of the 12 crews 40 sailors": one noun, or none of its own.
    let is_bare = part.quantity.unit.dimension == Dimension::Number;
    let is_alike =
        is_of_one_unit(part, whole) || is_bare && whole.quantity.unit.dimension == Dimension::Count;
    // "63,000 of the 50,000 required".
    let may_surpass = |term: &Term| matches!(term, Term::Aim | Term::Modality(_));
    let is_surpassed = Stretch::of(passage.document, whole.sentence.clone()).has(may_surpass);
    let is_whole = is_single(whole)
        && whole.part.is_none()
        && whole.hedge.is_none()
        && whole.kind == Kind::Level
        && whole.restates.is_none();
    let is_more = part.hard.low.value() > whole.hard.high.value();
    let times = part.value()?.checked_div(whole.value()?)?;
    let is_broken = is_whole && is_more && times <= MOST_TIMES && is_alike && !is_surpassed;
    is_broken.then(|| Miscalculation {
        kind: Calculation::Part,
        terms: vec![whole.id],
        stated: part.id,
        comes_to: whole.value().unwrap_or_default(),
    })
}

/// A figure so many times its whole was hardly read as it was meant.
const MOST_TIMES: Decimal = Decimal::TEN;

/// Whether a whole stands right behind its part: "140 of the 90 lamps".
fn is_behind(passage: &Passage<'_>, part: &Claim, whole: &Claim) -> bool {
    const MOST_BETWEEN: usize = 16;
    let between = passage.document.text.get(part.text.end..whole.text.start);
    let is_close = between.is_some_and(|between| {
        between.len() <= MOST_BETWEEN && !between.contains([',', ';', '.', '(', '、', '，'])
    });
    whole.role == Role::Whole && is_close
}

/// Whether a whole opens the sentence of its part, with nothing between them but what it counts: "of the 90 lamps, 140".
fn is_ahead(passage: &Passage<'_>, whole: &Claim, part: &Claim) -> bool {
    const MOST_WORDS: usize = 6;
    const REACH: usize = 4;
    let before = Stretch::of(passage.document, whole.sentence.start..whole.text.start);
    let between = Stretch::of(passage.document, whole.text.end..part.text.start);
    let is_of = |term: &Term| matches!(term, Term::Whole | Term::WholeOfNumber);
    let opens = before.length_at(0, is_of).is_some_and(|length| length == before.words.len());
    let is_of_which = |term: &Term| matches!(term, Term::Part(id) if id == OF_WHICH);
    between.words.len() <= MOST_WORDS && (opens || between.has_within(REACH, is_of_which))
}
