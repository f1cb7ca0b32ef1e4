//! What a figure leaves out because the one before it says it. Its unit: "620 million euros for tunnels and 340 million for
//! stations", "5,200 passengers, of whom 840 were hurt", "34 houses in Arden, 12 in Holt", "212 votes to 187". What a change
//! is of: "sales were $8 million, up 7% on the quarter and 41% on the year".

use std::ops::Range;

use rust_decimal::Decimal;

use super::{Claim, Kind, Passage, Spot, context, part, period, restate, sentence_start};
use crate::extract::Role;
use crate::lang::words::{TokenKind, fold};
use crate::lang::{Term, measure};
use crate::quantity::{Dimension, Quantity, Unit};

/// From here on a figure without a unit is an amount, or a count, of what the large figure before it is of.
pub(super) const LARGE: Decimal = Decimal::from_parts(1_000_000, 0, 0, false, 0);

/// What a bare number takes from what stands before it.
pub(super) struct Lent<'a> {
    /// Its unit.
    pub(super) unit: Unit,
    /// The claim that it comes from.
    pub(super) from: Option<&'a Claim>,
    /// What tells it where no claim does.
    pub(super) why: &'static str,
    /// Whether it goes on about the same: the measure is lent, too, where its own clause names none.
    pub(super) goes_on: bool,
    /// Whether it is some of what that one counts.
    pub(super) is_some: bool,
}

impl<'a> Lent<'a> {
    pub(super) fn of(from: &'a Claim) -> Lent<'a> {
        Lent { unit: from.quantity.unit.clone(), from: Some(from), why: "", goes_on: false, is_some: false }
    }

    /// A unit that no figure before lends, and what tells it.
    pub(super) fn told(unit: Unit, why: &'static str) -> Lent<'a> {
        Lent { unit, from: None, why, goes_on: false, is_some: false }
    }

    /// How it was read.
    pub(super) fn step(&self) -> String {
        match self.from {
            Some(other) => format!("no unit stands beside it: it has that of {}, before it", other.quantity),
            None => self.why.to_owned(),
        }
    }
}

/// Fills what the clause of a count leaves open by the one that it goes on about.
pub(super) fn go_on(lent: Option<&Lent<'_>>, slots: &mut context::Slots, dimension: Dimension) {
    let Some(lent) = lent.filter(|_| dimension == Dimension::Count) else { return };
    // What the sentence is about besides is not what is counted.
    let is_of_its_noun = |claim: &&Claim| {
        claim.is_measure_noun || claim.measure.and_then(measure).is_some_and(|measure| measure.befalls)
    };
    let is_open = slots.measure.is_none();
    if let Some(other) = lent.from.filter(|_| lent.goes_on && is_open).filter(is_of_its_noun) {
        (slots.measure, slots.is_measure_noun) = (other.measure, other.is_measure_noun);
    }
    if lent.is_some && slots.part.is_none() {
        slots.part = Some(part::OF_WHICH.to_owned());
    }
}

/// What a figure takes from the one right before it that says where its change began: "costs rise from 84 to 97 million".
fn end_a_change(
    passage: &Passage<'_>,
    spot: &Spot,
    quantity: &Quantity,
    slots: &mut context::Slots,
    before: &[Claim],
) {
    let begun = before.last().filter(|last| last.role == Role::Before && stands_in(passage, spot, last));
    let begun = begun.filter(|last| last.quantity.unit == quantity.unit && !slots.is_previous);
    if let Some(begun) = begun.filter(|_| slots.measure.is_none()) {
        (slots.measure, slots.is_measure_noun) = (begun.measure, begun.is_measure_noun);
    }
}

/// The unit that a bare number of a sentence takes from the claims before it, with the claim it comes from.
///
/// Large numbers take it from the nearest large figure. Others take a noun: where they are said to be part of its count,
/// or its total, or more of it, or are held against it, or go on a list of such counts; on a list of shares they are shares.
pub(super) fn unit_before<'a>(
    passage: &Passage<'_>,
    spot: &Spot,
    quantity: &Quantity,
    before: &'a [Claim],
) -> Option<Lent<'a>> {
    let own = size(quantity)?;
    let start = sentence_start(passage, spot);
    let first = before.partition_point(|claim| claim.text.start < start);
    let own_sentence = before.get(first..)?;
    if own >= LARGE {
        return of_large(passage, own_sentence)
            .filter(|claim| !is_of_another_kind(passage, spot, claim))
            .map(Lent::of);
    }
    let lends =
        |claim: &&Claim| matches!(claim.quantity.unit.dimension, Dimension::Count | Dimension::Percent);
    let nearest = own_sentence.iter().rev().find(lends)?;
    let is_last = own_sentence.last().is_some_and(|last| std::ptr::eq(last, nearest));
    let gap = passage.tokens.partition_point(|token| token.start < nearest.text.end)..spot.own.start;
    let begin = passage.tokens.partition_point(|token| token.start < nearest.text.start);
    let goes_on = is_last && goes_on_a_list(passage, spot, begin, &gap);
    let is_apart = gap.clone().any(|idx| matches!(passage.word(idx), ":" | ";" | "：" | "；"));
    // "52% of the vote, Jones 41", "61 percent to 39": a share goes on a list of shares, or is set against one.
    if nearest.quantity.unit.dimension == Dimension::Percent {
        let is_share =
            goes_on && !is_apart || is_last && nearest.kind != Kind::Change && is_joined(passage, &gap);
        return Some(Lent::of(nearest)).filter(|_| is_share && own <= Decimal::ONE_HUNDRED);
    }
    // "Of whom 840 were hurt", "bringing the total to 45,310".
    let of_whole = match (context::part(passage, spot).as_deref(), size(&nearest.quantity)) {
        (Some(part::OF_WHICH), Some(whole)) => own < whole,
        (Some(part::TOTAL), Some(part)) => own > part,
        (Some(_) | None, _) => false,
    };
    let takes = of_whole
        || goes_on
        || context::is_compared_with_another(passage, spot) && is_near(own, nearest)
        || is_more_of(passage, spot)
        || is_last && is_of_another_speaker(passage, spot, &gap) && is_near(own, nearest)
        || is_last && is_set_against(passage, &gap);
    let is_clause = gap.clone().any(|idx| matches!(passage.word(idx), ";" | "；"));
    (takes && own.fract().is_zero()).then(|| Lent { goes_on: goes_on && !is_clause, ..Lent::of(nearest) })
}

/// What a figure takes from those before it in its sentence.
pub(super) fn complete(
    passage: &Passage<'_>,
    spot: &Spot,
    quantity: &Quantity,
    slots: &mut context::Slots,
    before: &[Claim],
) {
    if quantity.unit.dimension == Dimension::Percent {
        go_on_a_change(passage, spot, slots, before);
    }
    end_a_change(passage, spot, quantity, slots, before);
}

/// What a percentage takes from the figure right before it: whether it is a change, and which way ("up 7% on the quarter and
/// 41% on the year"), and what a change is of.
fn go_on_a_change(passage: &Passage<'_>, spot: &Spot, slots: &mut context::Slots, before: &[Claim]) {
    let own_sentence = || before.iter().rev().take_while(|claim| stands_in(passage, spot, claim));
    let Some(nearest) = own_sentence().next() else { return };
    let gap = passage.tokens.partition_point(|token| token.start < nearest.text.end)..spot.own.start;
    // "Up 41% from $6bn a year earlier and 7% from $8bn", "$8bn for the three months to May, up 41%".
    let is_aside = |claim: &Claim| {
        claim.role == Role::Before
            || matches!(
                claim.quantity.unit.dimension,
                Dimension::Date | Dimension::Year | Dimension::Duration
            )
    };
    let Some(last) = own_sentence().find(|claim| !is_aside(claim)) else { return };
    if !gap.clone().all(|idx| is_of_change(passage, idx)) {
        return;
    }
    let is_percent = last.quantity.unit.dimension == Dimension::Percent;
    // "By 70 million, or 15 %".
    let is_again = |idx: usize| {
        let restates = |term: &Term| matches!(term, Term::Restating).then_some(());
        matches!(passage.word(idx), "(" | "（") || passage.tokens.longest(idx, restates).is_some()
    };
    let goes_on = |idx: usize| if is_percent { passage.is_conjunction(idx) } else { is_again(idx) };
    let is_row = last.kind == Kind::Change && gap.clone().any(goes_on);
    if is_row && slots.kind == Kind::Level {
        (slots.kind, slots.direction) = (Kind::Change, last.direction);
        slots.period = period::find(passage, spot, (Dimension::Percent, Kind::Change), passage.document);
    }
    if slots.kind == Kind::Change && (!is_percent || last.kind == Kind::Change) {
        slots.measure = slots.measure.or(last.measure);
        if slots.subject.is_empty() {
            slots.subject.clone_from(&last.subject);
            slots.owners.clone_from(&last.owners);
        }
    }
}

/// Whether a claim stands in the sentence of a figure.
fn stands_in(passage: &Passage<'_>, spot: &Spot, claim: &Claim) -> bool {
    passage.block.text.contains(&claim.text.start) && claim.text.start >= sentence_start(passage, spot)
}

/// Whether a token says no more than that a figure moved, which way and since when.
fn is_of_change(passage: &Passage<'_>, idx: usize) -> bool {
    let is_term = |term: &Term| {
        matches!(
            term,
            Term::Kind(_)
                | Term::Change
                | Term::Period(_)
                | Term::PreviousBefore
                | Term::PreviousAfter
                | Term::PreviousTold
                | Term::NumberJoiner
                | Term::HedgeBefore(_)
                | Term::Restating
        )
        .then_some(())
    };
    let word = passage.word(idx);
    matches!(word, "," | "(" | "，" | "、" | "（")
        || passage.lexicon.is_stop_word(&fold(word))
        || (idx.saturating_sub(LONGEST_TERM)..=idx)
            .any(|at| passage.tokens.longest(at, is_term).is_some_and(|(length, ())| at + length > idx))
}

/// Words of a term such as "a year earlier", but for the first.
const LONGEST_TERM: usize = 3;

pub(super) fn size(quantity: &Quantity) -> Option<Decimal> {
    quantity.best.or(quantity.interval.high.value())
}

/// The nearest large figure, or the one it restates: "11 trillion rupees ($129bn), up from 10 trillion" is of rupees.
fn of_large<'a>(passage: &Passage<'_>, own_sentence: &'a [Claim]) -> Option<&'a Claim> {
    let is_large = |claim: &Claim| size(&claim.quantity).is_some_and(|size| size >= LARGE);
    let nearest = own_sentence.iter().rposition(is_large)?;
    let claim = own_sentence.get(nearest)?;
    let original = nearest.checked_sub(1).and_then(|idx| own_sentence.get(idx));
    let original =
        original.filter(|other| restate::states_again(passage.document, passage.tokens, other, claim));
    Some(original.unwrap_or(claim)).filter(|claim| is_shared(&claim.quantity.unit))
}

/// Whether the clause of a figure has a word for what an amount, or a count, before it is not of: "33 million visitors, who
/// spent 43 billion".
fn is_of_another_kind(passage: &Passage<'_>, spot: &Spot, claim: &Claim) -> bool {
    let other = |term: &Term| {
        let Term::Measure(id) = term else { return None };
        measure(id).filter(|found| !found.of.contains(&claim.quantity.unit.dimension)).map(|_| ())
    };
    let first = passage.tokens.partition_point(|token| token.start < claim.text.end);
    let ends = |idx: &usize| passage.is_edge(*idx) || passage.is_conjunction(*idx);
    let Some(edge) = (first..spot.own.start).rev().find(ends) else { return false };
    (edge..spot.own.start).any(|idx| passage.tokens.longest(idx, other).is_some())
}

/// Whether a unit is left out behind a second figure: amounts, masses and counts are, dates and shares are not.
fn is_shared(unit: &Unit) -> bool {
    matches!(
        unit.dimension,
        Dimension::Money
            | Dimension::Mass
            | Dimension::Volume
            | Dimension::Energy
            | Dimension::Emissions
            | Dimension::Count
    )
}

/// Whether a figure is small enough beside a count, and large enough, to be an earlier one of the same.
fn is_near(own: Decimal, other: &Claim) -> bool {
    let Some(other) = size(&other.quantity) else { return false };
    let within = |one: Decimal, other: Decimal| {
        one.checked_mul(Decimal::ONE_HUNDRED).is_some_and(|most| other <= most)
    };
    within(own, other) && within(other, own)
}

/// Whether a figure behind a comma, a colon or "and" goes on a list whose last figure begins at a token: "34 houses in Arden,
/// 12 in Holt", "46 houses: 34 in Arden", "the Greens 34".
fn goes_on_a_list(passage: &Passage<'_>, spot: &Spot, last: usize, gap: &Range<usize>) -> bool {
    let separates = |idx: usize| {
        matches!(passage.word(idx), "," | ";" | ":" | "，" | "、" | "；" | "：")
            || passage.is_conjunction(idx)
    };
    let Some(separator) = gap.clone().rev().find(|idx| separates(*idx)) else { return false };
    let is_stop = |idx: usize| passage.lexicon.is_stop_word(&fold(passage.word(idx)));
    let is_name = |idx: usize| passage.word(idx).starts_with(char::is_uppercase);
    let between = separator + 1..spot.own.start;
    let is_part = |idx: usize| {
        passage.tokens.longest(idx, |term| matches!(term, Term::Part(_)).then_some(())).is_some()
    };
    // "El 32 % a la derecha, el 28 a la izquierda": the same word before both.
    let is_parallel = between.len() == 1
        && last.checked_sub(1).is_some_and(|at| fold(passage.word(at)) == fold(passage.word(between.start)));
    // "34 in Arden": nothing stands before it, a preposition behind it. "The Greens 34": a name before it, nothing behind.
    let is_placed =
        (between.is_empty() || is_parallel) && is_word(passage, spot.own.end) && is_stop(spot.own.end);
    let ends = passage.tokens.get(spot.own.end).is_none_or(|token| token.kind == TokenKind::Symbol)
        || passage.is_conjunction(spot.own.end);
    let is_of_name = between.clone().any(is_name)
        && between.clone().all(|idx| is_name(idx) || is_stop(idx) || is_part(idx));
    is_placed || ends && is_of_name
}

/// "Destroyed 23 houses and threatened 140 others", "otras 140": more of what is counted before.
fn is_more_of(passage: &Passage<'_>, spot: &Spot) -> bool {
    let is_more = |idx: usize| passage.lexicon.stands_between(&fold(passage.word(idx)));
    let ends = |idx: usize| passage.tokens.get(idx).is_none_or(|token| token.kind == TokenKind::Symbol);
    is_more(spot.own.end) || spot.own.start.checked_sub(1).is_some_and(is_more) && ends(spot.own.end)
}

/// "8,000 marchers, while the organisers spoke of 15,000": another's count of the same.
fn is_of_another_speaker(passage: &Passage<'_>, spot: &Spot, gap: &Range<usize>) -> bool {
    let speaker = |term: &Term| matches!(term, Term::Speaker(_)).then_some(());
    let ends = passage.tokens.get(spot.own.end).is_none_or(|token| token.kind == TokenKind::Symbol);
    ends && gap.clone().any(|idx| passage.tokens.longest(idx, speaker).is_some())
}

/// "61 percent to 39": nothing but the word of a range or comparison between two figures.
fn is_joined(passage: &Passage<'_>, gap: &Range<usize>) -> bool {
    passage.tokens.ending_before(gap.end, sets_against).is_some_and(|(start, ())| start == gap.start)
}

fn sets_against(term: &Term) -> Option<()> {
    matches!(term, Term::RangeJoiner | Term::PreviousBefore).then_some(())
}

/// "212 votes to 187", "212 voix contre 187": one word of a range or comparison between a noun and the figure.
fn is_set_against(passage: &Passage<'_>, gap: &Range<usize>) -> bool {
    const NOUN: usize = 3;
    let joiner = passage.tokens.ending_before(gap.end, sets_against).filter(|(start, ())| *start > gap.start);
    joiner.is_some_and(|(start, ())| {
        start - gap.start <= NOUN && (gap.start..gap.end).all(|idx| is_word(passage, idx))
    })
}

fn is_word(passage: &Passage<'_>, idx: usize) -> bool {
    passage.tokens.get(idx).is_some_and(|token| token.kind == TokenKind::Word)
}
