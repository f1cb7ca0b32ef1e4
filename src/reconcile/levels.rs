//! What a report tells a second time beside two of its figures: how far apart two levels are, and which share of a whole a
//! part is.

use rust_decimal::Decimal;

use crate::document::Document;
use crate::extract::Role;
use crate::lang::Term;
use crate::lang::words::TokenKind;
use crate::normalise::part::FURTHER;
use crate::normalise::{Claim, Kind};
use crate::quantity::{Dimension, Interval, PrintedFigure};

use super::breakdown::is_slip;
use super::calculation::portion;
use super::passage::{
    Calculation, MOST_BETWEEN, Miscalculation, Passage, Stretch, TOLERANCE_PERCENT, is_of_one_unit, is_own,
    is_percent, is_single,
};

/// A gap of two levels, or a share of a whole, that is not what the two figures beside it make.
pub(super) fn told_again(passage: &Passage<'_>, stated: &Claim) -> Option<Miscalculation> {
    gap_of_levels(passage, stated)
        .or_else(|| share_of_whole(passage, stated))
        .or_else(|| part_of_whole(passage, stated))
}

/// Bytes that may stand between a change and the levels it leads from and to.
const MOST_BETWEEN_LEVELS: usize = 16;

/// "Rose by 20 million to 180 million from 150 million": the change, and both levels right behind it.
fn gap_of_levels(passage: &Passage<'_>, stated: &Claim) -> Option<Miscalculation> {
    let of_points = stated.quantity.unit.dimension == Dimension::Points;
    let may_be_gap = of_points || stated.quantity.unit.dimension.adds_up();
    let is_gap = stated.kind == Kind::Change && stated.hedge.is_none() && is_single(stated) && may_be_gap;
    let at = passage.sentence.iter().position(|claim| claim.id == stated.id).filter(|_| is_gap)?;
    let [one, other] = passage.sentence.get(at + 1..at + 3)? else { return None };
    let is_level = |claim: &Claim| {
        let is_alike = if of_points { is_percent(claim) } else { is_of_one_unit(claim, stated) };
        is_alike && is_single(claim) && claim.kind == Kind::Level && claim.hedge.is_none()
    };
    let (from, to) = match (one.role, other.role) {
        (Role::Before, Role::Own) => (one, other),
        (Role::Own, Role::Before) => (other, one),
        (Role::Own | Role::Before | Role::Whole, _) => return None,
    };
    let is_close = |from: &Claim, to: &Claim| {
        let gap = passage.document.text.get(from.text.end..to.text.start);
        gap.is_some_and(|gap| gap.len() <= MOST_BETWEEN_LEVELS && !gap.contains(['.', ';', ':', '。', '；']))
    };
    (is_level(from) && is_level(to) && is_close(stated, one) && is_close(one, other)).then_some(())?;
    let ends = |claim: &Claim| Some((claim.hard.low.value()?, claim.hard.high.value()?));
    let ((from_low, from_high), (to_low, to_high)) = (ends(from)?, ends(to)?);
    let apart = Interval::closed(to_low.checked_sub(from_high)?, to_high.checked_sub(from_low)?);
    let comes_to = to.value()?.checked_sub(from.value()?)?;
    let (larger, smaller) = if comes_to < Decimal::ZERO { (from, to) } else { (to, from) };
    let fits = apart.overlaps(&stated.hard) || apart.negated().overlaps(&stated.hard);
    (!fits).then(|| Miscalculation {
        kind: Calculation::Difference,
        terms: vec![larger.id, smaller.id],
        stated: stated.id,
        comes_to: comes_to.abs(),
    })
}

/// "Seven of the 161 goats have died, or one in 9": a share in words behind its part and whole.
fn share_of_whole(passage: &Passage<'_>, stated: &Claim) -> Option<Miscalculation> {
    is_in_words(stated).then_some(())?;
    let at = passage.sentence.iter().position(|claim| claim.id == stated.id)?;
    let [part, whole] = passage.sentence.get(at.checked_sub(2)?..at)? else { return None };
    let is_pair = is_own(part) && whole.role == Role::Whole && is_single(whole);
    let follows = ends_with_restating(passage.document, whole, stated);
    (is_pair && follows && is_only_share(passage)).then_some(())?;
    broken(part, whole, part.value()?.checked_div(whole.value()?)?, stated)
}

/// "A third of the 900 hectares, or 420, burned": a share, its whole and its part. "Half of the 36 days, or 12 and a Sunday" are
/// two to choose from: but for a slip, nothing of the clause may follow.
fn part_of_whole(passage: &Passage<'_>, part: &Claim) -> Option<Miscalculation> {
    let at = passage.sentence.iter().position(|claim| claim.id == part.id)?;
    let [stated, whole] = passage.sentence.get(at.checked_sub(2)?..at)? else { return None };
    let is_share = (is_percent(stated) && is_single(stated) || is_in_words(stated))
        && stated.kind != Kind::Change
        && stated.role == Role::Own
        && is_only_share(passage);
    let is_bare = part.quantity.unit.dimension == Dimension::Number;
    let is_of_it =
        is_of_one_unit(part, whole) || is_bare && whole.quantity.unit.dimension == Dimension::Count;
    let is_told = is_own(part) && part.hedge.is_none() && ends_with_restating(passage.document, whole, part);
    let of = passage.document.text.get(stated.text.end..whole.text.start)?;
    let is_whole = is_single(whole)
        && whole.kind != Kind::Change
        && whole.role != Role::Before
        && !is_percent(whole)
        && !of.contains([',', ';', '(', '.'])
        && Stretch::of(passage.document, stated.text.end..whole.text.start)
            .begins_with(|term| matches!(term, Term::VagueConnector | Term::Ratio));
    let behind = Stretch::of(passage.document, part.text.end..part.sentence.end);
    let is_compared = part.is_part(FURTHER)
        || part.kind == Kind::Change
        || behind.has(|term| matches!(term, Term::Comparing));
    (is_share && is_of_it && is_told && is_whole && !is_compared).then_some(())?;
    let meant = stated.in_base()?.checked_mul(whole.value()?)?.checked_div(Decimal::ONE_HUNDRED)?;
    (is_slip(meant, part) || ends_clause(passage, stated, part)).then_some(())?;
    broken(part, whole, part.value()?.checked_div(whole.value()?)?, stated)
}

/// Whether nothing but the end of its sentence follows a part, or, where the share opens the sentence, of its clause.
fn ends_clause(passage: &Passage<'_>, stated: &Claim, part: &Claim) -> bool {
    let before = Stretch::of(passage.document, stated.sentence.start..stated.text.start);
    let behind = Stretch::of(passage.document, part.text.end..part.sentence.end);
    // The part's own noun.
    let is_word = |idx: usize| behind.words.get(idx).is_some_and(|token| token.kind != TokenKind::Symbol);
    let noun = usize::from(part.quantity.unit.dimension == Dimension::Count && is_word(0));
    let ends = (noun..behind.words.len()).all(|idx| !is_word(idx));
    let closes = !is_word(noun);
    ends || closes && !before.has_content(passage.document, |_| false)
}

/// Whether a claim is a share in words: "a third", "one in 9".
fn is_in_words(claim: &Claim) -> bool {
    let is_share = claim.quantity.unit.dimension == Dimension::Percent && !is_percent(claim);
    is_share
        && claim.kind != Kind::Change
        && matches!(claim.figure, PrintedFigure::Fraction(_))
        && claim.role == Role::Own
}

fn is_only_share(passage: &Passage<'_>) -> bool {
    let shares = passage.sentence.iter().filter(|claim| claim.quantity.unit.dimension == Dimension::Percent);
    shares.count() == 1
}

/// Whether a figure follows another one right behind a word for "that is".
fn ends_with_restating(document: &Document, before: &Claim, behind: &Claim) -> bool {
    let gap = before.text.end..behind.text.start;
    gap.end.saturating_sub(gap.start) <= MOST_BETWEEN
        && Stretch::of(document, gap).ends_with(|term| matches!(term, Term::Restating))
}

/// The finding that a share is not what its part and whole make, over all that is left open, and 5 % of it beyond.
fn broken(part: &Claim, whole: &Claim, share: Decimal, stated: &Claim) -> Option<Miscalculation> {
    let told = stated.hard.map(|value| stated.to_base(value))?;
    let is_off =
        portion(part, whole)?.gap(&told) > Decimal::new(TOLERANCE_PERCENT, 2) && share < Decimal::ONE;
    let comes_to = stated.quantity.unit.from_base(share.checked_mul(Decimal::ONE_HUNDRED)?)?;
    let terms = vec![part.id, whole.id];
    is_off.then_some(Miscalculation { kind: Calculation::Share, terms, stated: stated.id, comes_to })
}
