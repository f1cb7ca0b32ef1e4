//! Points beside a share are percentage points: "61.3%, three points lower"; beside a change of an index they are its own.

use rust_decimal::Decimal;

use super::{Claim, Kind, Passage, Spot, context, spot};
use crate::extract::{CandidateUnit, Mention, Reads};
use crate::lang::words::{TokenKind, fold};
use crate::lang::{Measure, Term, measure};
use crate::quantity::{Dimension, PrintedFigure, Quantity, Unit};

/// Whether a figure of bare points is of percentage points, by the shares and rates of its sentence.
pub(super) fn are_of_percent(
    passage: &Passage<'_>,
    own: &Spot,
    quantity: &Quantity,
    before: &[Claim],
) -> bool {
    let is_bare = matches!(quantity.unit.dimension, Dimension::Count | Dimension::Number);
    let hyphen = usize::from(passage.word(own.own.end) == "-");
    let is_point = |term: &Term| matches!(term, Term::PointName).then_some(());
    let is_small = quantity.interval.high.value().is_some_and(|most| most <= Decimal::ONE_HUNDRED);
    let Some((length, ())) = passage.tokens.longest(own.own.end + hyphen, is_point) else { return false };
    if !is_bare || !is_small {
        return false;
    }
    let end = own.own.end + hyphen + length;
    if leads_to_an_index(passage, end) {
        return false;
    }
    let others: Vec<Spot> = passage
        .mentions
        .iter()
        .filter(|mention| is_percent(mention))
        .map(|mention| spot(passage, mention))
        .filter(|other| own.sentence.contains(&other.own.start))
        .collect();
    if others.is_empty() {
        let is_of_rate = (own.sentence.start..own.own.start).any(|idx| is_rate(passage, idx));
        return is_of_rate || before.last().is_some_and(|last| is_share_before(passage, own, last));
    }
    others.iter().any(|other| is_share(passage, end, other))
}

/// Whether points that end at a token lead to the level of an index: "lost 42 points to 5,321".
fn leads_to_an_index(passage: &Passage<'_>, end: usize) -> bool {
    /// Words between points and where they lead.
    const REACH: usize = 3;
    let next = passage.mentions.iter().find(|mention| spot(passage, mention).own.start >= end);
    next.is_some_and(|next| {
        let is_level = matches!(&next.reads, Reads::Figure { number, .. }
            if matches!(number.figure, PrintedFigure::One(value) if value >= Decimal::ONE_THOUSAND));
        is_level && spot(passage, next).own.start - end <= REACH
    })
}

/// "The reservoirs stand at 26 %. That is 17 points less": whether the last figure of the sentence before is a share.
fn is_share_before(passage: &Passage<'_>, own: &Spot, last: &Claim) -> bool {
    let start = passage.tokens.get(own.sentence.start).map_or(0, |token| token.start);
    let between = passage.text().get(last.sentence.end..start);
    last.quantity.unit.dimension == Dimension::Percent
        && last.kind != Kind::Change
        && passage.block.text.contains(&last.text.start)
        && between.is_some_and(|text| text.trim().is_empty())
}

fn is_percent(mention: &Mention) -> bool {
    let Reads::Figure { candidates, .. } = &mention.reads else { return false };
    let is_percent = |unit: &CandidateUnit| matches!(unit, CandidateUnit::Settled(unit) if unit.dimension == Dimension::Percent);
    candidates.iter().any(|candidate| is_percent(&candidate.unit))
}

/// Whether a percentage is a level or a share, and no change told again behind points that end at a token: "31 points, or
/// 0.4%".
fn is_share(passage: &Passage<'_>, end: usize, other: &Spot) -> bool {
    let Some(percent) = Unit::measured("%") else { return false };
    let is_level = context::kind(passage, other, &percent).0 != Kind::Change;
    let is_end = context::is_end_of_change(passage, other.own.start);
    let mut between = end..other.own.start;
    let is_empty = |idx: usize| {
        let is_word = passage.tokens.get(idx).is_some_and(|token| token.kind == TokenKind::Word);
        !is_word || passage.lexicon.is_stop_word(&fold(passage.word(idx)))
    };
    is_level && (is_end || other.own.end <= end || !between.all(is_empty))
}

/// Whether a word stands at a token for what is given in percent alone: "unemployment".
fn is_rate(passage: &Passage<'_>, idx: usize) -> bool {
    let is_rate = |found: &Measure| {
        found.of.iter().all(|dimension| matches!(dimension, Dimension::Percent | Dimension::Points))
    };
    let named = |term: &Term| if let Term::Measure(id) = term { measure(id) } else { None };
    passage.tokens.longest(idx, named).is_some_and(|(_, found)| is_rate(found))
}
