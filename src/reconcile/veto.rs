//! The clash of slots that keeps two claims apart, whatever speaks for them.

use crate::lang::measure;
use crate::normalise::{Claim, Direction, Kind, Modality, Period, part};
use crate::quantity::Dimension;

use super::figures::{Figures, are_digits_kept, is_one_slip, is_short, is_ten_times};
use super::reason::Clash;
use super::story::Story;

/// The clash of slots that keeps two claims apart.
pub(super) fn veto<'a>(
    story: &'a Story,
    a: &'a Claim,
    b: &'a Claim,
    figures: Figures,
) -> Result<(), Clash<'a>> {
    // "11 km from Salm and 10 km deep".
    if figures == Figures::Agree && a.document == b.document && a.sentence == b.sentence && a.hedge == b.hedge
    {
        return Err(Clash::BothGiven);
    }
    let differ = matches!(figures, Figures::Differ | Figures::Revised);
    let is_percent = |claim: &Claim| claim.quantity.unit.dimension == Dimension::Percent;
    let is_unsure = (is_percent(a) || is_percent(b)) && (a.kind == Kind::Level || b.kind == Kind::Level);
    // One figure of two reports is the same thing more often than its surroundings were read rightly.
    let is_sure = figures == Figures::Same && a.document != b.document;
    // So is one with a slip, as far as kinds and parts go: what is measured must be the same.
    let is_slip = figures == Figures::Slip && a.document != b.document && is_one_slip(a, b);
    let is_kept = is_sure || is_slip;
    let is_countable = |kind: Kind| !matches!(kind, Kind::Rank | Kind::Date);
    if a.kind != b.kind && !is_unsure && !(is_kept && is_countable(a.kind) && is_countable(b.kind)) {
        return Err(Clash::Kinds(a.kind, b.kind));
    }
    if let (Some(one), Some(other)) = (a.measure, b.measure)
        && (opposes(one, other) || opposes(other, one))
    {
        return Err(Clash::Measures(one, other));
    }
    if is_fall_in_words(a, b) || is_fall_in_words(b, a) {
        return Err(Clash::Fall);
    }
    if let (Some(one), Some(other)) = (a.direction, b.direction)
        && one != other
    {
        return Err(Clash::Directions(one, other));
    }
    // A slip of the scale alone weighs against other measures; under another unit it may be another thing.
    let is_rescaled = is_slip && are_digits_kept(a, b) && a.quantity.unit == b.quantity.unit;
    if !is_sure && !is_rescaled {
        measures(story, a, b, figures)?;
    }
    let is_part_open = a.part.is_none() || b.part.is_none();
    // "Nearly 500 of the 900 came in" and "more than 500 set out": no digit slipped.
    let is_bound_alone = a.value() == b.value() && a.quantity.unit == b.quantity.unit;
    let may_be_one_part =
        figures == Figures::Same || is_slip && !is_bound_alone && (is_part_open || are_digits_kept(a, b));
    if whole_or_part(a) != whole_or_part(b) && !may_be_one_part {
        return Err(Clash::Parts(a.part.as_deref(), b.part.as_deref()));
    }
    if figures == Figures::Differ {
        narrowing(a, b)?;
    }
    if differ && (is_compound_of(a, b) || is_compound_of(b, a)) {
        return Err(Clash::Nouns(&a.quantity.unit.code, &b.quantity.unit.code));
    }
    periods(a, b, figures)?;
    if a.kind == Kind::Date && !matches!(figures, Figures::Same | Figures::Slip) {
        return Err(Clash::Dates);
    }
    if !matches!(figures, Figures::Same | Figures::Agree)
        && let Some((one, other)) = story.told_apart(a, b)
    {
        return Err(Clash::Names(one, other));
    }
    if differ && !modalities_fit(a.modality, b.modality) {
        return Err(Clash::Modalities(a.modality, b.modality));
    }
    if differ {
        if story.are_of_two_spans(a, b) {
            return Err(Clash::Spans);
        }
        if let Some((one, other)) = story.things_apart(a, b) {
            return Err(Clash::Things(one, other));
        }
        if is_of_other_year(story, a, b) || is_of_other_year(story, b, a) {
            return Err(Clash::OtherYear);
        }
        let (one, other) = (story.particular(a), story.particular(b));
        if !one.is_empty() && !other.is_empty() && !one.iter().any(|word| other.contains(word)) {
            return Err(Clash::Names(one, other));
        }
    }
    Ok(())
}

/// Whether two figures are told of two periods, or one of a period that recurs and the other of none.
fn periods<'a>(a: &'a Claim, b: &'a Claim, figures: Figures) -> Result<(), Clash<'a>> {
    let differ = matches!(figures, Figures::Differ | Figures::Revised);
    let is_sure = figures == Figures::Same && a.document != b.document;
    // "Running it costs 58 million a year" is a tenth of the 580 million to build it.
    let is_part_of_it = figures == Figures::Slip && is_ten_times(a, b) && is_short(a);
    match (&a.period, &b.period) {
        (Some(one), Some(other)) if one.clashes_with(other) && !(is_sure && one.excludes(other)) => {
            Err(Clash::Periods(one, Some(other)))
        }
        (Some(every @ Period::Every(_)), None) | (None, Some(every @ Period::Every(_)))
            if differ || is_part_of_it =>
        {
            Err(Clash::Periods(every, None))
        }
        (Some(_) | None, _) => Ok(()),
    }
}

/// Whether one figure is narrowed by words that the other does without.
fn narrowing<'a>(a: &'a Claim, b: &'a Claim) -> Result<(), Clash<'a>> {
    if a.scopes != b.scopes {
        return Err(Clash::Scopes(&a.scopes, &b.scopes));
    }
    if are_qualified_apart(a, b) {
        return Err(Clash::Scopes(&a.qualifiers, &b.qualifiers));
    }
    Ok(())
}

/// Whether the words before their nouns tell two counts apart: "310 electric buses" are some of 420 buses.
fn are_qualified_apart(a: &Claim, b: &Claim) -> bool {
    let is_open = a.qualifiers.is_empty() && b.qualifiers.is_empty();
    !is_open && !a.qualifiers.iter().any(|word| b.qualifiers.contains(word))
}

/// Whether one figure is below zero and the other a fall: "-3 %" and "fell 3 %" say the same.
fn is_fall_in_words(one: &Claim, other: &Claim) -> bool {
    let is_negative = |claim: &Claim| claim.value().is_some_and(|value| value.is_sign_negative());
    is_negative(one) && !is_negative(other) && other.direction == Some(Direction::Fall)
}

/// Whether what one claim counts is a kind of what the other does, in one word: "Dauerkarten", "Karten".
fn is_compound_of(kind: &Claim, whole: &Claim) -> bool {
    const SHORTEST: usize = 4;
    let (kind, whole) = (&kind.quantity.unit, &whole.quantity.unit);
    let is_counted = kind.dimension == Dimension::Count && whole.dimension == Dimension::Count;
    is_counted && kind != whole && whole.code.len() >= SHORTEST && kind.code.ends_with(&whole.code)
}

/// Whether one claim is of another year than the other's report, and the other of no stated period.
fn is_of_other_year(story: &Story, one: &Claim, other: &Claim) -> bool {
    let (Some(Period::Year(year)), None) = (&one.period, &other.period) else { return false };
    story.year_of(other).is_some_and(|own| *year != own)
}

/// The part that a claim is of; none for the whole.
pub(super) fn whole_or_part(claim: &Claim) -> Option<&str> {
    claim.part.as_deref().filter(|id| *id != part::TOTAL)
}

pub(super) fn measures<'a>(
    story: &Story,
    a: &'a Claim,
    b: &'a Claim,
    figures: Figures,
) -> Result<(), Clash<'a>> {
    let same_noun =
        a.quantity.unit.dimension == Dimension::Count && a.quantity.unit.code == b.quantity.unit.code;
    let are_same_people = matches!(figures, Figures::Same | Figures::Slip) && story.are_people(a, b);
    let may_be_one_noun = story.are_of_two_languages(a, b) || are_same_people;
    match (a.measure, b.measure) {
        (Some(one), Some(other)) => {
            if one == other || are_kin(one, other) {
                Ok(())
            } else {
                Err(Clash::Measures(one, other))
            }
        }
        (None, None) if a.quantity.unit.dimension == Dimension::Count && !same_noun && !may_be_one_noun => {
            Err(Clash::Nouns(&a.quantity.unit.code, &b.quantity.unit.code))
        }
        // "411 houses", "more than 4,000 were moved out".
        (Some(_), None) | (None, Some(_))
            if figures == Figures::Revised && story.are_people_and_things(a, b) =>
        {
            Err(Clash::Nouns(&a.quantity.unit.code, &b.quantity.unit.code))
        }
        (Some(_) | None, _) => Ok(()),
    }
}

pub(super) fn are_kin(one: &str, other: &str) -> bool {
    measure(one).is_some_and(|measure| measure.kin.iter().any(|kin| kin == other))
}

/// Whether two measures are never one, whatever their figures.
fn opposes(one: &str, other: &str) -> bool {
    measure(one).is_some_and(|measure| measure.opposes.iter().any(|never| never == other))
}

/// A plan and its fact are told of alike; a forecast, a target and a limit are other things.
fn modalities_fit(a: Modality, b: Modality) -> bool {
    let group = |modality: Modality| match modality {
        Modality::Fact | Modality::Planned => 0,
        Modality::Forecast => 1,
        Modality::Target => 2,
        Modality::Maximum => 3,
    };
    group(a) == group(b)
}
