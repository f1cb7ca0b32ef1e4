//! The clash of slots that keeps two claims apart, whatever speaks for them.

use rust_decimal::Decimal;

use crate::lang::{Measure, Nature, measure};
use crate::normalise::{Claim, Direction, Kind, MEDIAN, Modality, NEW, Period, REJECTED, part};
use crate::quantity::Dimension;

use super::figures::{Figures, are_digits_kept, digits_of, is_one_slip, is_short, is_ten_times};
use super::kinship::are_kin;
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
    let is_slip = is_slip_of_two(a, b, figures);
    let is_told = figures == Figures::Replaced;
    let is_kept = is_sure || is_slip || is_told;
    let is_countable = |kind: Kind| !matches!(kind, Kind::Rank | Kind::Date);
    if a.kind != b.kind && !is_unsure && !(is_kept && is_countable(a.kind) && is_countable(b.kind)) {
        return Err(Clash::Kinds(a.kind, b.kind));
    }
    if let (Some(one), Some(other)) = (a.measure, b.measure)
        && (opposes(one, other) || opposes(other, one))
    {
        return Err(Clash::Measures(one, other));
    }
    if is_fall_in_words(a, b) || is_fall_in_words(b, a) || is_sign_alone(a, b) || is_sign_alone(b, a) {
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
    if matches!(figures, Figures::Same | Figures::Agree) {
        agreement(story, a, b, figures)?;
    }
    parts(a, b, figures)?;
    if figures == Figures::Differ {
        narrowing(a, b)?;
    }
    // "Eighteen new cases" are no earlier count of all, nor is what the rejected plan "would have cost" a price before.
    let has = |claim: &Claim, scope: &str| claim.scopes.iter().any(|own| own == scope);
    let differ_in = |scope: &str| has(a, scope) != has(b, scope);
    let is_other = differ_in(REJECTED) || differ_in(MEDIAN) || figures == Figures::Revised && differ_in(NEW);
    if !matches!(figures, Figures::Same | Figures::Agree) && is_other {
        return Err(Clash::Scopes(&a.scopes, &b.scopes));
    }
    if differ && (is_compound_of(a, b) || is_compound_of(b, a)) {
        return Err(Clash::Nouns(&a.quantity.unit.code, &b.quantity.unit.code));
    }
    periods(a, b, figures)?;
    if a.kind == Kind::Date && !matches!(figures, Figures::Same | Figures::Slip) {
        return Err(Clash::Dates);
    }
    named_apart(story, a, b, figures)?;
    // What was expected, and what came.
    let is_fulfilled = figures == Figures::Revised && (has_come(story, a, b) || has_come(story, b, a));
    if differ && !is_fulfilled && !modalities_fit(a.modality, b.modality) {
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
        quarters_apart(story, a, b)?;
        let (one, other) = (story.particular(a), story.particular(b));
        if !one.is_empty() && !other.is_empty() && !one.iter().any(|word| other.contains(word)) {
            return Err(Clash::Names(one, other));
        }
    }
    Ok(())
}

/// A count or a share of more digits is hardly the same for two countries, and a sum has a buyer in one and a seller in the other.
const LONG_DIGITS: usize = 3;

/// What keeps figures that are the same, or agree, from bearing each other out: what a small one counts, when they were true,
/// whose they are.
fn agreement<'a>(story: &'a Story, a: &'a Claim, b: &'a Claim, figures: Figures) -> Result<(), Clash<'a>> {
    let is_small = is_small_count(a);
    if is_small {
        measures(story, a, b, figures)?;
    }
    let is_of_victims = befalls(a) != befalls(b) && is_short(a);
    if (is_small || is_of_victims) && are_of_two_nouns(story, a, b) {
        return Err(Clash::Nouns(&a.quantity.unit.code, &b.quantity.unit.code));
    }
    if may_be_of_two_times(story, a, b) && (is_of_time_before(story, a, b) || is_of_time_before(story, b, a))
    {
        return Err(Clash::Times);
    }
    story.labelled_apart(a, b).map_or(Ok(()), |(one, other)| Err(Clash::Labels(one, other)))
}

/// Whether the figures of two reports differ by one slip, of the number or of the unit.
fn is_slip_of_two(a: &Claim, b: &Claim, figures: Figures) -> bool {
    figures == Figures::Slip && a.document != b.document && is_one_slip(a, b)
}

/// Whether two figures are of two parts of a whole, or one of it all.
fn parts<'a>(a: &'a Claim, b: &'a Claim, figures: Figures) -> Result<(), Clash<'a>> {
    let is_told = figures == Figures::Replaced;
    let is_slip = is_slip_of_two(a, b, figures);
    let is_part_open = a.part.is_none() || b.part.is_none();
    // "Nearly 500 of the 900 came in" and "more than 500 set out": no digit slipped.
    let is_bound_alone = a.value() == b.value() && a.quantity.unit == b.quantity.unit;
    let may_be_one_part = figures == Figures::Same
        || is_told && is_part_open
        || is_slip && !is_bound_alone && (is_part_open || are_digits_kept(a, b));
    let is_margin = |claim: &Claim| claim.is_part(part::MARGIN);
    if whole_or_part(a) != whole_or_part(b) && (!may_be_one_part || is_slip && is_margin(a) != is_margin(b)) {
        return Err(Clash::Parts(a.part.as_deref(), b.part.as_deref()));
    }
    // "Worth 60 euros each", "sold for 60 million euros".
    let is_of_each = |claim: &Claim| claim.is_part(part::EACH);
    if is_slip && is_short(a) && a.quantity.unit == b.quantity.unit && is_of_each(a) != is_of_each(b) {
        return Err(Clash::Parts(a.part.as_deref(), b.part.as_deref()));
    }
    Ok(())
}

/// Whether names tell two figures apart: those of a list, town by town, or of two countries.
fn named_apart<'a>(story: &'a Story, a: &'a Claim, b: &'a Claim, figures: Figures) -> Result<(), Clash<'a>> {
    if !matches!(figures, Figures::Same | Figures::Agree)
        && let Some((one, other)) = story.told_apart(a, b)
    {
        return Err(Clash::Names(one, other));
    }
    // The same digits in another scale weigh more: the one report names the ship's flag, the other the coast.
    let is_counted = matches!(a.quantity.unit.dimension, Dimension::Count | Dimension::Percent);
    let is_long = digits_of(a).len() > LONG_DIGITS || !is_counted;
    let are_digits_alike = is_slip_of_two(a, b, figures) && are_digits_kept(a, b)
        || matches!(figures, Figures::Same | Figures::Agree) && is_long;
    if !are_digits_alike && let Some((one, other)) = story.countries_apart(a, b) {
        return Err(Clash::Countries(one, other));
    }
    Ok(())
}

/// Whether two figures are told of two periods, or one of a period that recurs and the other of none.
fn periods<'a>(a: &'a Claim, b: &'a Claim, figures: Figures) -> Result<(), Clash<'a>> {
    let differ = matches!(figures, Figures::Differ | Figures::Revised);
    let is_sure = figures == Figures::Same && a.document != b.document;
    // "Running it costs 58 million a year" is a tenth of the 580 million to build it.
    let is_part_of_it = figures == Figures::Slip && is_ten_times(a, b) && is_short(a);
    // "The club wants 60 million for him", "he earns 60,000 a week".
    let is_of_one = a.measure.is_some() && a.measure == b.measure;
    let is_wage = figures == Figures::Slip && is_short(a) && a.quantity.unit == b.quantity.unit && !is_of_one;
    match (&a.period, &b.period) {
        (Some(one), Some(other)) if one.clashes_with(other) && !(is_sure && one.excludes(other)) => {
            Err(Clash::Periods(one, Some(other)))
        }
        (Some(every @ Period::Every(_)), None) | (None, Some(every @ Period::Every(_)))
            if differ || is_part_of_it || is_wage =>
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

/// Whether one figure is the other below zero, and nothing says which way the other goes: "-12 %" in a table, and "twelve
/// per cent?" of a headline. Of one measure that is known, as a growth, the sign is what is told.
fn is_sign_alone(one: &Claim, other: &Claim) -> bool {
    let is_turned = one
        .value()
        .zip(other.value())
        .is_some_and(|(one, other)| one.is_sign_negative() && other.is_sign_positive() && one.abs() == other);
    let is_told = one.measure.is_some() && one.measure == other.measure && other.kind != Kind::Change;
    is_turned && other.direction.is_none() && !is_told
}

/// Whether what one claim counts is a kind of what the other does, in one word: "Dauerkarten", "Karten".
fn is_compound_of(kind: &Claim, whole: &Claim) -> bool {
    const SHORTEST: usize = 4;
    let (kind, whole) = (&kind.quantity.unit, &whole.quantity.unit);
    let is_counted = kind.dimension == Dimension::Count && whole.dimension == Dimension::Count;
    is_counted && kind != whole && whole.code.len() >= SHORTEST && kind.code.ends_with(&whole.code)
}

/// Whether two figures of what flows are of two quarters: one is a quarter's, and the other of no stated period in a report of
/// another quarter; or both are what a company made, in reports of two.
fn quarters_apart<'a>(story: &Story, a: &'a Claim, b: &'a Claim) -> Result<(), Clash<'a>> {
    let results = |claim: &Claim| {
        let flows = |measure: &Measure| measure.flows && measure.nature == Nature::Settled;
        claim.measure.and_then(measure).is_some_and(flows)
    };
    match (&a.period, &b.period) {
        (Some(quarter @ (Period::Quarter(..) | Period::QuarterOf(_))), None)
        | (None, Some(quarter @ (Period::Quarter(..) | Period::QuarterOf(_))))
            if story.are_a_quarter_apart(a, b) =>
        {
            Err(Clash::Periods(quarter, None))
        }
        (None, None) if results(a) && results(b) && story.are_a_quarter_apart(a, b) => Err(Clash::Times),
        (Some(_) | None, _) => Ok(()),
    }
}

/// Whether one claim is of another year than the other's report, and the other of no stated period.
fn is_of_other_year(story: &Story, one: &Claim, other: &Claim) -> bool {
    let (Some(Period::Year(year)), None) = (&one.period, &other.period) else { return false };
    story.year_of(other).is_some_and(|own| *year != own)
}

/// Whether one figure is told of an earlier time than its own report, and the other one's report does not speak of that
/// time: "four years ago turnout was 61 %". The year right before is told of in a report without a word, more often than not.
fn is_of_time_before(story: &Story, one: &Claim, other: &Claim) -> bool {
    let year = |claim: &Claim| claim.period.as_ref().and_then(Period::year);
    let is_over = |year: i16, now: i16| now.checked_sub(year).is_some_and(|ago| ago > 1);
    let own = story.year_of(one);
    let is_earlier =
        one.is_of_earlier_time() || year(one).zip(own).is_some_and(|(year, own)| is_over(year, own));
    if !is_earlier || other.is_of_earlier_time() {
        return false;
    }
    match (year(one), year(other)) {
        (Some(_), Some(_)) => false,
        (None, Some(year)) => own.is_some_and(|own| own <= year),
        (Some(year), None) => {
            let now = story.year_of(other).or(own);
            now.is_some_and(|now| is_over(year, now)) && !story.speaks_of_year(other, year)
        }
        (None, None) => !story.is_printed_before(other, one),
    }
}

/// Whether two figures of two reports may be one measure's at two times: they are of it, or are shares, and neither a name nor a
/// word of a peak or a limit tells that they are of one past thing.
fn may_be_of_two_times(story: &Story, a: &Claim, b: &Claim) -> bool {
    let is_of_one_measure = a.measure.is_some() && a.measure == b.measure;
    let is_share = a.quantity.unit.dimension == Dimension::Percent;
    let are_facts = a.modality == Modality::Fact && b.modality == Modality::Fact;
    let (one, other) = (story.particular(a), story.particular(b));
    a.document != b.document
        && a.kind != Kind::Date
        && are_facts
        && (is_of_one_measure || is_share)
        && !one.iter().any(|name| other.contains(name))
}

/// Whether a claim counts those whom something befell.
fn befalls(claim: &Claim) -> bool {
    claim.measure.and_then(measure).is_some_and(|measure| measure.befalls)
}

/// Whether a figure is a count that chance repeats: below ten.
fn is_small_count(claim: &Claim) -> bool {
    claim.quantity.unit.dimension == Dimension::Count
        && claim.value().is_some_and(|value| value < Decimal::TEN)
}

/// Whether two counts of one language have two nouns that nothing makes one: neither a measure nor that both count people,
/// and neither is left open.
fn are_of_two_nouns(story: &Story, a: &Claim, b: &Claim) -> bool {
    let (one, other) = (&a.quantity.unit, &b.quantity.unit);
    let are_nouns = one.dimension == other.dimension && !one.code.is_empty() && !other.code.is_empty();
    let is_of_one_measure =
        a.measure.zip(b.measure).is_some_and(|(one, other)| one == other || are_kin(one, other));
    are_nouns
        && one.code != other.code
        && !is_of_one_measure
        && !story.are_of_two_languages(a, b)
        && !story.are_people(a, b)
        && !is_of_those(story, a, b)
        && !is_of_those(story, b, a)
        && !is_compound_of(a, b)
        && !is_compound_of(b, a)
}

/// Whether one claim may count by its own noun what the other counts in much the same words: "two votes against", "two of the
/// members voted against".
fn is_of_those(story: &Story, one: &Claim, other: &Claim) -> bool {
    const ALIKE_PERCENT: i64 = 20;
    let counts_things = |claim: &Claim| claim.measure.and_then(measure).is_some_and(|measure| measure.things);
    let are_people = |claim: &Claim| story.are_people(claim, claim);
    one.measure.is_some()
        && other.measure.is_none()
        && !counts_things(one)
        && (are_people(other) || !are_people(one))
        && story.overlap(one, other) >= ALIKE_PERCENT
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

/// Whether two measures are never one, whatever their figures.
fn opposes(one: &str, other: &str) -> bool {
    measure(one).is_some_and(|measure| measure.opposes.iter().any(|never| never == other))
}

/// Whether a later report tells as a fact what an earlier one expected.
fn has_come(story: &Story, expected: &Claim, fact: &Claim) -> bool {
    expected.modality == Modality::Forecast
        && matches!(fact.modality, Modality::Fact | Modality::Planned)
        && story.is_a_day_before(expected, fact)
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
