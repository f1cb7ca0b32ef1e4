//! Sums whose parts are told to be all: by what is left over, by two opposites, place by place, with what is named before
//! them, or as the stages of one thing.

use std::cmp::Reverse;
use std::ops::Range;

use crate::document::Document;
use crate::extract::Role;
use crate::lang::words::{Token, TokenKind, fold};
use crate::lang::{Lexicon, Term};
use crate::normalise::Claim;
use crate::normalise::part::{FIRST, OF_WHICH, REMAINING, SECOND};
use crate::quantity::Dimension;

use super::breakdown::{
    MOST_PARTS, is_of_whole, is_slip, is_too_much, may_be_broken_down, missed_total, sums_of_some,
};
use super::passage::{
    Calculation, MOST_FIGURES, Miscalculation, Passage, Stretch, is_of_one_unit, is_own, is_single,
};

/// A sum of parts that are told to be all, where its total or its last part is the claim.
pub(super) fn completed(report: &[Claim], passage: &Passage<'_>, claim: &Claim) -> Option<Miscalculation> {
    with_the_rest(passage, claim)
        .or_else(|| of_opposites(passage, claim))
        .or_else(|| place_by_place(passage, claim))
        .or_else(|| along_with(passage, claim))
        .or_else(|| in_stages(report, passage, claim))
}

/// How a figure is told to complete those before it.
enum Rest {
    /// "The remaining 92", "the other 92".
    Told,
    /// "92 would remain".
    Left,
}

impl Rest {
    fn of(passage: &Passage<'_>, claim: &Claim) -> Option<Rest> {
        /// Words between a figure and what is told of it: "92 of the jobs would remain".
        const REACH: usize = 4;
        let before = Stretch::of(passage.document, claim.sentence.start..claim.text.start);
        let behind = Stretch::of(passage.document, claim.text.end..claim.sentence.end);
        let is_others = behind.begins_with(|term| matches!(term, Term::Others))
            && before.ends_with(|term| matches!(term, Term::Determiner | Term::Definite));
        if claim.is_part(REMAINING) || is_others || before.ends_with(|term| matches!(term, Term::TheOthers)) {
            return Some(Rest::Told);
        }
        // "1,000 remain to be checked" is not all that remains.
        let is_left = |term: &Term| matches!(term, Term::Left);
        let ends = |idx: usize| behind.words.get(idx).is_none_or(|token| token.kind == TokenKind::Symbol);
        let closes =
            (0..REACH).any(|idx| behind.length_at(idx, is_left).is_some_and(|length| ends(idx + length)));
        (closes || before.ends_with(is_left) && (0..REACH).any(ends)).then_some(Rest::Left)
    }
}

/// "Of the 412 jobs 180 go in Arden, 150 in Bexley and the remaining 92 in Corrow": what is told as the rest completes the
/// figures before it, to the largest in its sentence or the one before.
fn with_the_rest(passage: &Passage<'_>, rest: &Claim) -> Option<Miscalculation> {
    let may_be_rest =
        rest.quantity.unit.dimension.adds_up() || rest.quantity.unit.dimension == Dimension::Number;
    (is_single(rest) && may_be_rest).then_some(())?;
    let is_bare = |claim: &Claim| claim.quantity.unit.dimension == Dimension::Number;
    let is_counted = |claim: &Claim| claim.quantity.unit.dimension == Dimension::Count;
    let is_figure = |claim: &&Claim| {
        is_single(claim)
            && claim.restates.is_none()
            && claim.role != Role::Before
            && (is_of_one_unit(claim, rest)
                || is_bare(claim) && is_counted(rest)
                || is_bare(rest) && is_counted(claim))
    };
    let own: Vec<&Claim> = passage.sentence.iter().filter(is_figure).collect();
    let around: Vec<&Claim> = passage.before.iter().filter(is_figure).chain(own.iter().copied()).collect();
    let total = around.iter().copied().max_by_key(|claim| (claim.value(), Reverse(claim.id)))?;
    // "380 jobs will go. Of these 380": the total again.
    let is_less = |claim: &&Claim| claim.id != total.id && claim.value() != total.value();
    let mut parts: Vec<&Claim> = own.into_iter().filter(is_less).collect();
    if parts.len() < 2 {
        // "Of the 412 jobs 180 go in Arden and 150 in Bexley. The remaining 92 are lost in Corrow."
        parts = around.iter().copied().filter(is_less).filter(|claim| claim.id > total.id).collect();
    }
    let others: Vec<&Claim> = around.into_iter().filter(is_less).collect();
    (total.id < rest.id && parts.last()?.id == rest.id && parts.len() <= MOST_PARTS).then_some(())?;
    // "Staff takes 300 and rent 150. For books 70 remain": the first is no total, but one more part.
    let first = parts.first()?;
    let joined = Stretch::of(passage.document, total.text.end..first.text.start);
    let is_one_more = total.sentence != rest.sentence
        && first.sentence == total.sentence
        && joined.has(|term| matches!(term, Term::NumberJoiner));
    if is_one_more && !is_partitive(passage, total) {
        return None;
    }
    // "412 of its 480 jobs. Some 180 go in Arden": the parts may be those of a smaller figure.
    let fits = |whole: &&Claim| sums_of_some(&parts, whole).any(|sum| sum.overlaps(&whole.hard));
    if others.iter().any(fits) {
        return None;
    }
    match Rest::of(passage, rest)? {
        Rest::Told if total.role == Role::Own => missed_total(&parts, &others, total),
        Rest::Told => None,
        Rest::Left => missed_total(&parts, &others, total).and_then(|_| left_over(total, &parts)),
    }
}

/// "In Arden 234 of 879 lamps are to go; 545 would remain": what is left, where it is a slip of what would be, or more than
/// its whole leaves in one sentence. "3,000 of the 5,000 are in, 1,000 remain" may be of something else.
fn left_over(total: &Claim, parts: &[&Claim]) -> Option<Miscalculation> {
    let (rest, gone) = parts.split_last()?;
    let comes_to = gone.iter().try_fold(total.value()?, |left, part| left.checked_sub(part.value()?))?;
    let is_exact =
        total.role == Role::Whole && total.hedge.is_none() && parts.iter().all(|part| part.hedge.is_none());
    let is_excess =
        is_exact && gone.len() == 1 && total.sentence == rest.sentence && rest.value() > Some(comes_to);
    (is_excess || is_slip(comes_to, rest)).then(|| Miscalculation {
        kind: Calculation::Difference,
        terms: std::iter::once(total.id).chain(gone.iter().map(|part| part.id)).collect(),
        stated: rest.id,
        comes_to,
    })
}

/// "Of the 530 staff 210 are at home and 340 abroad": two parts of which one or the other must be, and no third. Where a verb
/// may narrow both, only a slip of the total's digits is told.
fn of_opposites(passage: &Passage<'_>, total: &Claim) -> Option<Miscalculation> {
    may_be_broken_down(total).then_some(())?;
    let parts = parts_of(passage, total)?;
    let [one, other] = parts.as_slice() else { return None };
    // "120 of them women, 90 men; 20 bodies are not known": a third part, by another noun.
    let is_third = |claim: &&Claim| {
        matches!(claim.quantity.unit.dimension, Dimension::Count | Dimension::Number)
            && claim.id > other.id
            && claim.sentence == other.sentence
    };
    let is_of_people = || Lexicon::of(passage.document.language).is_people(&total.quantity.unit.code);
    let may_be_all = one.sentence == total.sentence || is_of_people();
    if !may_be_all || passage.sentence.iter().chain(passage.behind).any(|claim| is_third(&claim)) {
        return None;
    }
    let end = other.sentence.end;
    let before_them = [edge_before(passage, one)..one.text.start, one.text.end..other.text.start];
    let behind_them = [one.text.start..other.text.start, other.text.start..end];
    let sides = |[first, second]: [Range<usize>; 2]| {
        let (first, second) = (Stretch::of(passage.document, first), Stretch::of(passage.document, second));
        are_opposites(&first, &second)
    };
    // "In Wales 210 and 320 abroad": a place and all that are not there.
    let is_abroad = || {
        let behind = Stretch::of(passage.document, behind_them[1].clone());
        behind.has(|term| matches!(term, Term::Opposite(_, true)))
            && is_placed(passage, one, other.text.start)
    };
    let miss = missed_total(&parts, &with_further(passage, &parts, total), total)?;
    // More than all of them cannot be, whatever narrows them.
    let is_excess = one.sentence == total.sentence && is_too_much(&miss, total);
    let is_told = is_excess || is_slip(miss.comes_to, total) || are_all(passage, total, one, other);
    ((sides(behind_them.clone()) || sides(before_them) || is_abroad()) && is_told).then_some(miss)
}

/// Whether two opposites are told of all: no verb narrows both ("50 passengers and 20 crew were rescued"), and the rest of the
/// paragraph tells of no others.
fn are_all(passage: &Passage<'_>, total: &Claim, one: &Claim, other: &Claim) -> bool {
    let document = passage.document;
    // "330 women and 420 men work there" may be some of them.
    let has_noun =
        |part: &Claim| part.quantity.unit.dimension == Dimension::Count && !is_of_one_unit(part, total);
    let may_stay = !has_noun(one) && !has_noun(other);
    let is_side =
        |term: &Term| matches!(term, Term::Opposite(..)) || may_stay && matches!(term, Term::Staying);
    let has_content = |from: usize, to: usize| Stretch::of(document, from..to).has_content(document, is_side);
    // The total's own noun is no verb.
    let own = Stretch::of(document, total.text.end..total.sentence.end);
    let noun = own.words.first().map_or(total.text.end, |token| token.end);
    let start = if one.sentence == total.sentence { noun } else { one.sentence.start };
    !tells_of_others(document, total, other)
        && !has_content(start, one.text.start)
        && (!has_content(one.text.end, other.text.start) || is_place(passage, one, other, is_side))
        && !has_content(other.text.end, other.sentence.end)
}

/// Whether others than those that a claim counts are told of between it and the end of the last one's paragraph.
fn tells_of_others(document: &Document, claim: &Claim, last: &Claim) -> bool {
    let is_rest = |term: &Term| {
        matches!(term, Term::Others | Term::TheOthers) || matches!(term, Term::Part(id) if id == REMAINING)
    };
    let block = document.blocks.get(document.block_at(last.text.start));
    let end = block.map_or(last.sentence.end, |block| block.text.end);
    Stretch::of(document, claim.text.end..end).has(is_rest)
}

/// Whether the one word of content between two parts is the name of the place of the first one: "310 in Wales and 440 abroad".
fn is_place(passage: &Passage<'_>, one: &Claim, other: &Claim, but: impl Fn(&Term) -> bool) -> bool {
    let document = passage.document;
    let between = Stretch::of(document, one.text.end..other.text.start);
    let mut names = between.words.iter().filter(|token| token.capital);
    let (Some(name), None) = (names.next(), names.next()) else { return false };
    let has_content = |from: usize, to: usize| Stretch::of(document, from..to).has_content(document, &but);
    !has_content(one.text.end, name.start) && !has_content(name.end, other.text.start)
}

/// Where the clause of a part begins: behind the figure before it.
fn edge_before(passage: &Passage<'_>, part: &Claim) -> usize {
    let before = passage.sentence.iter().chain(passage.behind).take_while(|claim| claim.id < part.id).last();
    before.map_or(part.sentence.start, |before| before.text.end.max(part.sentence.start))
}

/// Whether each of two stretches has one side of a pair, and not the other.
fn are_opposites(first: &Stretch<'_>, second: &Stretch<'_>) -> bool {
    let pairs = |stretch: &Stretch<'_>| -> Vec<(usize, bool)> {
        let side = |term: &Term| {
            if let Term::Opposite(pair, is_second) = term { Some((*pair, *is_second)) } else { None }
        };
        (0..stretch.words.len()).filter_map(|idx| Some(stretch.words.longest(idx, side)?.1)).collect()
    };
    let (first, second) = (pairs(first), pairs(second));
    first.iter().any(|(pair, side)| {
        let turned = (*pair, !*side);
        second.contains(&turned) && !first.contains(&turned) && !second.contains(&(*pair, *side))
    })
}

/// The figures told as parts of a total: behind "of the 530 staff", or in the next sentence, where they have no noun of their
/// own ("Thirty were hurt. Eighteen were women, nine men"). Nothing where other figures of the kind stand beside them.
fn parts_of<'a>(passage: &Passage<'a>, total: &Claim) -> Option<Vec<&'a Claim>> {
    let lexicon = Lexicon::of(passage.document.language);
    let is_figure = |claim: &&Claim| claim.id != total.id && is_of_whole(lexicon, claim, total);
    let own: Vec<&Claim> = passage.sentence.iter().filter(is_figure).collect();
    let are_behind = |parts: &[&Claim]| parts.iter().all(|part| part.id > total.id && is_own(part));
    if !own.is_empty() {
        return (are_behind(&own) && is_partitive(passage, total)).then_some(own);
    }
    let next: Vec<&Claim> = passage.behind.iter().filter(is_figure).collect();
    let is_bare = |claim: &Claim| claim.quantity.unit.dimension == Dimension::Number;
    let goes_on = next.first().is_some_and(|first| is_bare(first) || first.is_part(OF_WHICH));
    (goes_on && are_behind(&next)).then_some(next)
}

/// The parts, and the figures of the sentence behind theirs, which may be further ones.
fn with_further<'a>(passage: &Passage<'a>, parts: &[&'a Claim], total: &Claim) -> Vec<&'a Claim> {
    let lexicon = Lexicon::of(passage.document.language);
    let is_further =
        |claim: &&Claim| parts.iter().all(|part| part.id != claim.id) && is_of_whole(lexicon, claim, total);
    parts.iter().copied().chain(passage.behind.iter().filter(is_further)).collect()
}

/// Whether a figure opens its sentence as the whole of those behind it: "of the 530 staff", "530人のうち".
fn is_partitive(passage: &Passage<'_>, total: &Claim) -> bool {
    const MOST_WORDS: usize = 3;
    const REACH: usize = 4;
    let before = Stretch::of(passage.document, total.sentence.start..total.text.start);
    let is_the = |term: &Term| matches!(term, Term::Determiner | Term::Definite);
    let opens = before.begins_with(|term| matches!(term, Term::VagueConnector))
        || before.begins_with(|term| matches!(term, Term::Ratio)) && before.has(is_the);
    let behind = Stretch::of(passage.document, total.text.end..total.sentence.end);
    opens && before.words.len() <= MOST_WORDS
        || behind.has_within(REACH, |term| matches!(term, Term::Part(id) if id == OF_WHICH))
}

/// "They live in Arden (74,000), Bexley (52,000) and Corrow (13,000)" behind their total, or "of the 530 staff 210 work in Arden
/// and 320 in Bexley": parts by name. Nothing says that these are all: only a slip of the total's digits is told.
fn place_by_place(passage: &Passage<'_>, total: &Claim) -> Option<Miscalculation> {
    const FEWEST_BEHIND: usize = 3;
    may_be_broken_down(total).then_some(())?;
    let parts = parts_of(passage, total)?;
    let is_in_sentence = parts.first()?.sentence == total.sentence;
    (is_in_sentence || parts.len() >= FEWEST_BEHIND).then_some(())?;
    let ends = parts.iter().skip(1).map(|next| next.text.start).chain([parts.last()?.sentence.end]);
    let are_placed = parts.iter().zip(ends).all(|(part, end)| is_placed(passage, part, end));
    let around = with_further(passage, &parts, total);
    missed_total(&parts, &around, total).filter(|miss| are_placed && is_slip(miss.comes_to, total))
}

/// Whether a name stands right before a part ("Arden (74,000)") or behind it, before a byte of the text ("74,000 in Arden").
fn is_placed(passage: &Passage<'_>, part: &Claim, end: usize) -> bool {
    const REACH: usize = 4;
    let before = Stretch::of(passage.document, edge_before(passage, part)..part.text.start);
    let behind = Stretch::of(passage.document, part.text.end..end);
    let is_name = |words: &Stretch<'_>, idx: usize| words.words.get(idx).is_some_and(|token| token.capital);
    let last = before.words.len();
    let opens_sentence = before.words.first().is_some_and(|first| first.start == part.sentence.start);
    (last.saturating_sub(2)..last).any(|idx| is_name(&before, idx) && !(opens_sentence && idx == 0))
        || (0..REACH).any(|idx| is_name(&behind, idx))
}

/// "The port gets 3.7 billion. Together with roads and schools it will take 9.1 billion. Roads get 2.8 and schools 1.6 billion."
/// Nothing says which figures are meant: only a slip of the total's digits is told.
fn along_with(passage: &Passage<'_>, total: &Claim) -> Option<Miscalculation> {
    let is_sum = is_single(total) && total.role == Role::Own && total.quantity.unit.dimension.adds_up();
    (is_sum && !passage.before.is_empty()).then_some(())?;
    let before = Stretch::of(passage.document, total.sentence.start..total.text.start);
    before.has(|term| matches!(term, Term::AlongWith)).then_some(())?;
    let lexicon = Lexicon::of(passage.document.language);
    let is_part = |claim: &&Claim| claim.id != total.id && is_of_whole(lexicon, claim, total);
    let own = passage.sentence.iter().filter(is_part);
    let parts: Vec<&Claim> = passage.before.iter().filter(is_part).chain(own).collect();
    let further: Vec<&Claim> = parts.iter().copied().chain(passage.behind.iter().filter(is_part)).collect();
    let told =
        |parts: &[&Claim]| missed_total(parts, &further, total).filter(|miss| is_slip(miss.comes_to, total));
    told(&parts).or_else(|| told(&further))
}

/// "The farm has 527 MW. Stage one was 263 MW, stage two 284 MW": two stages that make more than all of it by a slip of its
/// digits. The whole stands right before them, or behind its sentence nothing else is named.
fn in_stages(report: &[Claim], passage: &Passage<'_>, second: &Claim) -> Option<Miscalculation> {
    let may_be_stage = |claim: &Claim| is_own(claim) && claim.hedge.is_none();
    (second.is_part(SECOND) && may_be_stage(second) && report.len() <= MOST_FIGURES).then_some(())?;
    second.quantity.unit.dimension.adds_up().then_some(())?;
    let of_unit: Vec<&Claim> = passage
        .sentence
        .iter()
        .filter(|claim| claim.quantity.unit.has_base_of(&second.quantity.unit))
        .collect();
    let [first, _] = of_unit.as_slice() else { return None };
    let are_stages = first.is_part(FIRST) && may_be_stage(first) && is_of_one_unit(first, second);
    are_stages.then_some(())?;
    let larger = first.in_base().max(second.in_base());
    let is_larger = |claim: &&Claim| {
        claim.quantity.unit.has_base_of(&second.quantity.unit) && claim.in_base() > larger && is_single(claim)
    };
    let wholes: Vec<&Claim> = report.iter().filter(is_larger).collect();
    let whole = *wholes.first()?;
    let is_one = wholes.iter().all(|other| other.in_base() == whole.in_base())
        && may_be_broken_down(whole)
        && is_of_one_unit(whole, second);
    let parts = [*first, second];
    let miss = missed_total(&parts, &parts, whole).filter(|_| is_one)?;
    let is_off = is_slip(miss.comes_to, whole) && leads_up_to(passage, whole, first);
    (is_too_much(&miss, whole) && is_off).then_some(miss)
}

/// Whether a whole stands before its stages, in their paragraph or the one before, and no sentence between opens with a word of
/// content: "it was built in two steps" names no other thing.
fn leads_up_to(passage: &Passage<'_>, whole: &Claim, first: &Claim) -> bool {
    let document = passage.document;
    let block = |claim: &Claim| document.block_at(claim.text.start);
    let is_near = block(first).checked_sub(block(whole)).is_some_and(|apart| apart <= 1);
    let between = Stretch::of(document, whole.sentence.end..first.sentence.start);
    let lexicon = Lexicon::of(document.language);
    let is_name = |token: &Token| {
        let word = document.text.get(token.range()).map(fold);
        token.capital && word.is_some_and(|word| !lexicon.is_stop_word(&word))
    };
    is_near && whole.sentence.end <= first.sentence.start && !between.words.iter().any(is_name)
}
