//! Shares of what the report names before them by a pronoun or its noun: "There are 530 boats. 212 of them, or 46 percent, are
//! for sale".
//!
//! The whole is the one figure that can be meant, and any other figure of the report that makes the share right is believed to
//! be it.

use rust_decimal::Decimal;

use crate::extract::Role;
use crate::lang::words::{TokenKind, fold};
use crate::lang::{Lexicon, Term};
use crate::normalise::part::OF_WHICH;
use crate::normalise::{Claim, Kind};
use crate::quantity::Dimension;

use super::elsewhere::{is_portion, may_be_share};
use super::passage::{
    Calculation, MOST_FIGURES, Miscalculation, Passage, Stretch, is_of_one_unit, is_own, is_right_before,
    is_single,
};

/// A share of "them" that the figure beside it is not, by the one figure that "they" can be.
pub(super) fn share_of_them(
    report: &[Claim],
    passage: &Passage<'_>,
    stated: &Claim,
) -> Option<Miscalculation> {
    (may_be_share(stated) && report.len() <= MOST_FIGURES).then_some(())?;
    let is_share = |claim: &&Claim| claim.quantity.unit.dimension == Dimension::Percent;
    let part = passage.sentence.iter().find(|claim| claim.id + 1 == stated.id)?;
    let is_part =
        is_own(part) && is_countable(part) && part.kind != Kind::Change && is_of_them(passage, part);
    let is_beside = is_told_again(passage, part, stated) && closes(passage, stated);
    (is_part && is_beside && passage.sentence.iter().filter(is_share).count() == 1).then_some(())?;
    let may_be = |claim: &&Claim| may_be_whole(claim, part);
    let own: Vec<&Claim> = passage.sentence.iter().filter(may_be).collect();
    let around: Vec<&Claim> =
        if own.is_empty() { passage.before.iter().filter(may_be).collect() } else { own };
    let [whole] = around.as_slice() else { return None };
    leads_up_to(passage, whole, part).then_some(())?;
    let beside: Vec<&Claim> = passage
        .before
        .iter()
        .chain(passage.sentence)
        .filter(|claim| claim.sentence == whole.sentence)
        .collect();
    // "530 boats, half of them new. 90 of these": the half may be meant.
    let has_shares = whole.sentence != stated.sentence && beside.iter().any(is_share);
    let is_settled = whole.hedge.is_none() && whole.role != Role::Before && whole.kind == Kind::Level;
    if has_shares || !is_settled || fits_another(report, &beside, whole, part, stated) {
        return None;
    }
    let comes_to = part.in_base()?.checked_div(whole.in_base()?)?.checked_mul(Decimal::ONE_HUNDRED)?;
    let told = stated.in_base()?;
    let times = comes_to.max(told).checked_div(comes_to.min(told))?;
    let comes_to = stated.quantity.unit.from_base(comes_to)?;
    (times <= MOST_TIMES).then(|| Miscalculation {
        kind: Calculation::Share,
        terms: vec![part.id, whole.id],
        stated: stated.id,
        comes_to,
    })
}

/// Shares this many times apart are of two wholes.
const MOST_TIMES: Decimal = Decimal::TWO;

fn is_countable(claim: &Claim) -> bool {
    let dimension = claim.quantity.unit.dimension;
    dimension == Dimension::Number || dimension.adds_up() && dimension != Dimension::Duration
}

/// Whether a figure is told as some of those before: "212 of them", "of these, 212".
fn is_of_them(passage: &Passage<'_>, part: &Claim) -> bool {
    let before = Stretch::of(passage.document, part.sentence.start..part.text.start);
    let words = &before.words;
    let is_comma = |idx: usize| words.get(idx).is_some_and(|token| token.kind == TokenKind::Symbol);
    let opens = |length: usize| length + 1 == words.len() && is_comma(length);
    let of_these = || before.length_at(0, |term| matches!(term, Term::Whole)).is_some_and(opens);
    part.is_part(OF_WHICH) || of_these()
}

/// Whether a share follows its part in brackets, or as the last thing told of it: "212 of them, or 46 percent".
fn is_told_again(passage: &Passage<'_>, part: &Claim, stated: &Claim) -> bool {
    const MOST_BEFORE: usize = 60;
    let document = passage.document;
    let text = document.text.get(part.text.end..stated.text.start).unwrap_or_default();
    if text.len() > MOST_BEFORE || text.contains([';', ':', '.', '；', '：', '。']) {
        return false;
    }
    let opener = text.char_indices().rfind(|(_, letter)| matches!(letter, '(' | '（' | ',' | '，' | '、'));
    let restates = |term: &Term| matches!(term, Term::Restating);
    let is_own = |term: &Term| restates(term) || matches!(term, Term::Kind(_));
    match opener {
        Some((at, _)) => {
            !Stretch::of(document, part.text.end + at..stated.text.start).has_content(document, is_own)
        }
        None => Stretch::of(document, part.text.end..stated.text.start).ends_with(restates),
    }
}

/// Whether nothing follows a share in its clause that it may be a share of.
fn closes(passage: &Passage<'_>, stated: &Claim) -> bool {
    let behind = Stretch::of(passage.document, stated.text.end..stated.sentence.end);
    behind.words.first().is_none_or(|token| token.kind == TokenKind::Symbol)
}

/// Whether "they" can be nobody but those that a figure counts: no other word in the plural stands behind it, nor, where
/// it stands in the sentence before, ahead of it, and nothing of content before the part.
fn leads_up_to(passage: &Passage<'_>, whole: &Claim, part: &Claim) -> bool {
    let document = passage.document;
    let lexicon = Lexicon::of(document.language);
    let lead = Stretch::of(document, part.sentence.start..part.text.start);
    let is_pronoun = |term: &Term| matches!(term, Term::Part(_) | Term::Whole);
    let goes_on = whole.sentence == part.sentence
        || is_right_before(document, whole, part) && !lead.has_content(document, is_pronoun);
    let is_plural = |words: &Stretch<'_>, idx: usize| {
        let token = words.words.get(idx).filter(|token| token.kind == TokenKind::Word);
        let word = token.and_then(|token| document.text.get(token.range())).map(fold);
        words.length_at(idx, is_pronoun).is_none() && word.is_some_and(|word| lexicon.is_plural(&word))
    };
    // What a number counts may be two words: "530 sailing boats".
    let between = Stretch::of(document, whole.text.end..part.text.start);
    let own = (0..between.words.len()).find(|idx| !between.is_content_at(document, *idx));
    let mut behind = own.unwrap_or(between.words.len())..between.words.len();
    let ahead = Stretch::of(document, whole.sentence.start..whole.text.start);
    let behind_part = Stretch::of(document, part.text.end..part.sentence.end);
    let is_named =
        whole.sentence == part.sentence || behind_part.begins_with(|term| matches!(term, Term::Whole));
    // Where what is counted has a capital, as all nouns have in German, a verb in "-en" has none.
    let has_capitals = between.words.first().is_some_and(|token| token.capital);
    let may_be_noun = |idx: usize| ahead.words.get(idx).is_some_and(|token| token.capital || !has_capitals);
    let is_subject = |idx: usize| may_be_noun(idx) && is_plural(&ahead, idx);
    // "It wrote to 1,200 firms and most replied. 270 of them …"
    let is_told_apart = between.has(|term| matches!(term, Term::Some | Term::HalfOf));
    goes_on
        && !is_told_apart
        && !behind.any(|idx| is_plural(&between, idx))
        && (is_named || !(0..ahead.words.len()).any(is_subject))
}

/// Whether a figure may be the whole of a part that is told behind it.
fn may_be_whole(whole: &Claim, part: &Claim) -> bool {
    let is_bare = part.quantity.unit.dimension == Dimension::Number;
    let is_alike =
        is_of_one_unit(whole, part) || is_bare && whole.quantity.unit.dimension == Dimension::Count;
    let is_larger = whole.in_base() > part.in_base();
    whole.id < part.id && is_single(whole) && whole.restates.is_none() && is_alike && is_larger
}

/// Whether the share is right of any other figure of the report, or of several that stand beside the whole.
fn fits_another(report: &[Claim], beside: &[&Claim], whole: &Claim, part: &Claim, stated: &Claim) -> bool {
    let is_bare = part.quantity.unit.dimension == Dimension::Number;
    let is_count =
        |claim: &Claim| matches!(claim.quantity.unit.dimension, Dimension::Count | Dimension::Number);
    let is_alike = |claim: &Claim| {
        claim.id != part.id
            && (claim.quantity.unit.has_base_of(&part.quantity.unit)
                || is_count(claim) && (is_bare || is_count(part)))
    };
    let fits = |claim: &Claim| is_alike(claim) && is_portion(part, claim, stated);
    // "530 boats and 70 barges. 212 of them": of both.
    let of_both = |other: &Claim| {
        let sums = [whole.in_base().zip(other.in_base()), whole.in_base().zip(other.in_base().map(|it| -it))];
        sums.into_iter().flatten().filter_map(|(one, other)| one.checked_add(other)).any(|sum| {
            let share =
                part.in_base().and_then(|part| part.checked_div(sum)?.checked_mul(Decimal::ONE_HUNDRED));
            let told = stated.hard.map(|value| stated.to_base(value));
            share.zip(told).is_some_and(|(share, told)| told.contains(share))
        })
    };
    let is_other = |claim: &&&Claim| claim.id != whole.id && is_alike(claim);
    report.iter().any(fits) || beside.iter().filter(is_other).any(|other| of_both(other))
}
