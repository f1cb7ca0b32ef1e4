//! Shares whose whole stands in another sentence: "12 million, or 27 percent of the total", in a report that gives the total;
//! "the county's share is 45 percent, or 270 million", behind the sum that it is a share of.
//!
//! Any figure that may be meant and makes the share right is believed to be its whole.

use std::cmp::Reverse;

use rust_decimal::Decimal;

use crate::extract::Role;
use crate::lang::words::{TokenKind, fold};
use crate::lang::{Lexicon, Term};
use crate::normalise::part::TOTAL;
use crate::normalise::{Claim, Kind};
use crate::quantity::{Dimension, PrintedFigure};

use super::breakdown::is_slip;
use super::calculation::portion_of;
use super::cause::slip_of_digits;
use super::kinship::are_kin;
use super::passage::{
    Calculation, MOST_FIGURES, Miscalculation, Passage, Stretch, TOLERANCE_PERCENT, are_in_one_list, is_own,
    is_percent, is_right_before, is_single,
};

/// A share that is not the part of its whole that the figure beside it is.
pub(super) fn share_of_another(
    report: &[Claim],
    passage: &Passage<'_>,
    stated: &Claim,
) -> Option<Miscalculation> {
    (may_be_share(stated) && report.len() <= MOST_FIGURES).then_some(())?;
    let percentages =
        passage.sentence.iter().filter(|claim| claim.quantity.unit.dimension == Dimension::Percent).count();
    let (part, is_ahead) = beside(passage, stated).filter(|_| percentages == 1)?;
    let wholes: Vec<&Claim> = report.iter().filter(|claim| may_be_whole(claim, part)).collect();
    let named = Named::behind(passage, stated)
        .filter(|_| is_ahead)
        .and_then(|named| named.whole(passage, &wholes, part, stated))
        .or_else(|| sum_before(passage, &wholes, part, stated));
    let whole = named?;
    let comes_to = part.in_base()?.checked_div(whole.in_base()?)?.checked_mul(Decimal::ONE_HUNDRED)?;
    let comes_to = stated.quantity.unit.from_base(comes_to)?;
    let terms = vec![part.id, whole.id];
    Some(Miscalculation { kind: Calculation::Share, terms, stated: stated.id, comes_to })
}

/// Whether a figure may be told as the share of a part: in percent or in words, and less than all.
pub(super) fn may_be_share(stated: &Claim) -> bool {
    stated.quantity.unit.dimension == Dimension::Percent
        && stated.kind != Kind::Change
        && (is_single(stated) || matches!(stated.figure, PrintedFigure::Fraction(_)))
        && stated.role == Role::Own
        && stated.in_base().is_some_and(|value| value < Decimal::ONE_HUNDRED)
}

/// Bytes that may stand between a figure and its share.
const MOST_BEFORE: usize = 24;

/// The figure that a share is told again of, and whether it stands before it: "12 million, or 27 percent", "45 percent, or
/// 270 million".
fn beside<'a>(passage: &Passage<'a>, stated: &Claim) -> Option<(&'a Claim, bool)> {
    let document = passage.document;
    let is_amount = |claim: &&Claim| {
        is_own(claim)
            && claim.kind != Kind::Change
            && (claim.quantity.unit.dimension.adds_up()
                && claim.quantity.unit.dimension != Dimension::Duration)
    };
    let is_told_again = |from: usize, to: usize| {
        let gap = document.text.get(from..to).unwrap_or_default();
        let restates = |term: &Term| matches!(term, Term::Restating);
        let opens = gap.trim_end().ends_with([',', '(', '（', '、', '，']);
        gap.len() <= MOST_BEFORE && (opens || Stretch::of(document, from..to).has(restates))
    };
    let amounts = || passage.sentence.iter().filter(is_amount);
    let before = amounts().find(|claim| claim.id + 1 == stated.id);
    let share_starts = total_before(passage, stated).unwrap_or(stated.text.start);
    let before = before.filter(|claim| is_told_again(claim.text.end, share_starts));
    let behind = amounts().find(|claim| claim.id == stated.id + 1);
    let behind = behind.filter(|claim| {
        let gap = stated.text.end..claim.text.start;
        let restates = |term: &Term| matches!(term, Term::Restating);
        is_told_again(gap.start, gap.end) && Stretch::of(document, gap).has(restates)
    });
    before.map(|claim| (claim, true)).or_else(|| behind.map(|claim| (claim, false)))
}

/// Where "of the total" begins before a share, as languages have it whose wholes stand first: "全体の27%".
fn total_before(passage: &Passage<'_>, stated: &Claim) -> Option<usize> {
    let stretch = Stretch::of(passage.document, stated.sentence.start..stated.text.start);
    let words = &stretch.words;
    let of = words.ending_before(words.len(), |term| matches!(term, Term::VagueConnector).then_some(()));
    let end = of.map_or(words.len(), |(start, ())| start);
    let is_total = |term: &Term| matches!(term, Term::Part(id) if id == TOTAL).then_some(());
    let (start, ()) = words.ending_before(end, is_total)?;
    words.get(start).map(|token| token.start)
}

/// Whether a figure of the report may be the whole of another.
fn may_be_whole(whole: &Claim, part: &Claim) -> bool {
    let is_count = |claim: &Claim| claim.quantity.unit.dimension == Dimension::Count;
    let are_alike = whole.quantity.unit.has_base_of(&part.quantity.unit) || is_count(whole) && is_count(part);
    whole.id != part.id && are_alike && is_single(whole) && whole.kind != Kind::Change
}

/// What a share is said to be of, right behind it.
enum Named {
    /// "27 percent of the total", "全体の27%".
    Total,
    /// "Half of the price": by the word for it, as it is compared.
    Noun(String),
}

/// Shares this many times apart are of two wholes.
const MOST_TIMES: Decimal = Decimal::from_parts(16, 0, 0, false, 1);

impl Named {
    fn behind(passage: &Passage<'_>, stated: &Claim) -> Option<Named> {
        let document = passage.document;
        let stretch = Stretch::of(document, stated.text.end..stated.sentence.end);
        let words = &stretch.words;
        let length = |idx: usize, wanted: &dyn Fn(&Term) -> bool| {
            words.longest(idx, |term| wanted(term).then_some(())).map_or(0, |(length, ())| length)
        };
        let of = length(0, &|term| matches!(term, Term::VagueConnector));
        let the = of + length(of, &|term| matches!(term, Term::Determiner | Term::Definite));
        if of == 0 {
            return total_before(passage, stated).map(|_| Named::Total);
        }
        let ends = |idx: usize| words.get(idx).is_none_or(|token| token.kind == TokenKind::Symbol);
        let total = length(the, &|term| matches!(term, Term::Part(id) if id == TOTAL));
        if total > 0 {
            return ends(the + total).then_some(Named::Total);
        }
        let noun = words.get(the).filter(|token| token.kind == TokenKind::Word && ends(the + 1))?;
        let noun = fold(document.text.get(noun.range())?);
        let lexicon = Lexicon::of(document.language);
        (!lexicon.is_stop_word(&noun)).then(|| Named::Noun(lexicon.lemma(&noun)))
    }

    /// The one figure of the report that is so named, where the share is near what it should be.
    fn whole<'a>(
        &self,
        passage: &Passage<'_>,
        wholes: &[&'a Claim],
        part: &Claim,
        stated: &Claim,
    ) -> Option<&'a Claim> {
        let of =
            |whole: &Claim| part.in_base()?.checked_div(whole.in_base()?)?.checked_mul(Decimal::ONE_HUNDRED);
        let may_be =
            |claim: &&Claim| is_own(claim) && claim.in_base() > part.in_base() && claim.hedge.is_none();
        match self {
            // The largest, told before its parts: where it is called the total, or stands beside them for the same time.
            Named::Total => {
                if wholes.iter().any(|whole| is_portion(part, whole, stated)) {
                    return None;
                }
                let largest = *wholes.iter().max_by_key(|claim| (claim.in_base(), Reverse(claim.id)))?;
                let is_told = largest.id < part.id && may_be(&largest);
                let is_beside =
                    || passage.before.iter().chain(passage.sentence).any(|claim| claim.id == largest.id);
                let of_one_time = part.period.is_none() || part.period == largest.period;
                let is_total = of_one_time
                    && (largest.is_part(TOTAL)
                        || is_beside()
                        || is_only_larger(passage, wholes, largest, part));
                let share = of(largest)?;
                let is_off = is_slip(share, stated) || is_total && is_digit_off(share, stated);
                (is_told && is_off).then_some(largest)
            }
            Named::Noun(noun) => {
                let is_named = |claim: &&&Claim| is_called(passage, claim, noun);
                let named: Vec<&&Claim> = wholes.iter().filter(is_named).collect();
                let first = **named.first().filter(|first| may_be(first))?;
                let is_one = named.iter().all(|claim| claim.in_base() == first.in_base());
                let share = of(first)?;
                let told = stated.in_base()?;
                let times = share.max(told).checked_div(share.min(told))?;
                let is_near = times <= MOST_TIMES && !is_portion(part, first, stated);
                let is_told = first.sentence == part.sentence
                    || is_right_before(passage.document, first, part)
                    || are_in_one_list(passage.document, first, part);
                (is_one && is_near && is_told && is_about(passage, first, noun)).then_some(first)
            }
        }
    }
}

/// Whether a figure stands in the paragraph before a part that opens its own or answers a question there, and no other one that
/// is larger than the part stands before it. What has a name of its own, as a profit, is no sum to be shared.
fn is_only_larger(passage: &Passage<'_>, wholes: &[&Claim], whole: &Claim, part: &Claim) -> bool {
    let document = passage.document;
    let block = |claim: &Claim| document.block_at(claim.text.start);
    let opening = document.blocks.get(block(part)).map_or(0, |block| block.text.start);
    let before = document.text.get(opening..part.sentence.start).unwrap_or_default().trim_end();
    let opens = before.is_empty() || before.ends_with(['?', '？']);
    let is_budget = |id: &str| id == BUDGET || are_kin(BUDGET, id);
    let is_sum =
        whole.measure == part.measure || whole.measure.is_some_and(is_budget) && part.measure.is_none();
    let mut larger = wholes.iter().filter(|other| other.id < part.id && other.in_base() > part.in_base());
    let is_only = larger.all(|other| other.in_base() == whole.in_base());
    block(whole) + 1 == block(part) && opens && is_sum && is_only
}

/// The measure of what is spent part by part, as its kin are.
const BUDGET: &str = "budget";

/// Whether the sentence of a figure is about a noun, its first word of content: "the price is €390m", not "the county has a
/// budget of €84m".
fn is_about(passage: &Passage<'_>, claim: &Claim, noun: &str) -> bool {
    let document = passage.document;
    let lexicon = Lexicon::of(document.language);
    let before = Stretch::of(document, claim.sentence.start..claim.text.start);
    let words = before.words.iter().filter(|token| token.kind == TokenKind::Word);
    let mut words = words.filter_map(|token| document.text.get(token.range())).map(fold);
    words.find(|word| !lexicon.is_stop_word(word)).is_some_and(|word| lexicon.lemma(&word) == noun)
}

/// Whether a noun leads up to a figure, with no other word of content between: "the price: €390m", "a price of €390m".
fn is_called(passage: &Passage<'_>, claim: &Claim, noun: &str) -> bool {
    const REACH: usize = 6;
    let document = passage.document;
    let lexicon = Lexicon::of(document.language);
    let before = Stretch::of(document, claim.sentence.start..claim.text.start);
    let words = before.words.iter().rev().take(REACH).filter(|token| token.kind == TokenKind::Word);
    let mut words = words.filter_map(|token| document.text.get(token.range())).map(fold);
    words.find(|word| !lexicon.is_stop_word(word)).is_some_and(|word| lexicon.lemma(&word) == noun)
}

/// Whether a share in whole percent differs from the reckoned one in one of its two digits, or by another slip.
fn is_digit_off(comes_to: Decimal, stated: &Claim) -> bool {
    let Some(value) = stated.value() else { return false };
    let ten = Decimal::TEN;
    let rounded = comes_to.round();
    let of_two_digits = value.is_integer() && value >= ten && rounded >= ten;
    let tens = |value: Decimal| (value / ten).trunc();
    let is_one_off = tens(value) == tens(rounded) || value % ten == rounded % ten;
    of_two_digits && is_one_off || slip_of_digits(comes_to, value, stated.precision.grain).is_some()
}

/// "The town spends 60 million. The county's share is 45 percent, or 270 million": the one sum before, of which the figure is as
/// much as stated but for a slip of the scale.
fn sum_before<'a>(
    passage: &Passage<'_>,
    wholes: &[&'a Claim],
    part: &Claim,
    stated: &Claim,
) -> Option<&'a Claim> {
    let first = passage.before.first()?.id;
    if wholes.iter().any(|whole| is_portion(part, whole, stated)) {
        return None;
    }
    let own: Vec<&&Claim> = wholes.iter().filter(|claim| (first..stated.id).contains(&claim.id)).collect();
    let [whole] = own.as_slice() else { return None };
    let comes_to = part.in_base()?.checked_div(whole.in_base()?)?.checked_mul(Decimal::ONE_HUNDRED)?;
    let rounded =
        comes_to.checked_div(stated.precision.grain)?.round().checked_mul(stated.precision.grain)?;
    let factor = rounded.max(stated.value()?).checked_div(rounded.min(stated.value()?))?;
    let is_scale = [10_u32, 100, 1_000, 1_000_000].into_iter().any(|scale| Decimal::from(scale) == factor);
    (is_scale && is_percent(stated) && is_own(whole)).then_some(**whole)
}

/// Whether a figure may be the whole of a part: the share is right, or nearly where the whole is no rough figure.
pub(super) fn is_portion(part: &Claim, whole: &Claim, stated: &Claim) -> bool {
    let tolerance = if whole.hedge.is_none() { Decimal::new(TOLERANCE_PERCENT, 2) } else { Decimal::ZERO };
    let told = stated.hard.map(|value| stated.to_base(value));
    // Hedges leave open what a reader takes them to.
    let portion = portion_of(part, whole, |claim| claim.soft);
    portion.zip(told).is_none_or(|(portion, told)| portion.gap(&told) <= tolerance)
}
