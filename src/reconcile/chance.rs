//! What chance does sooner than one thing: figures that differ, or slips, that are too loosely tied, whatever the points.
//!
//! A long story has many figures of each kind, and some of them differ in one digit: `corpora/quiet` has them.

use rust_decimal::Decimal;

use crate::document::BlockKind;
use crate::normalise::Claim;
use crate::quantity::{Dimension, Hedge};

use super::cause::{is_mistyped, is_transposed};
use super::figures::{Figures, digits_of, is_short, is_ten_times};
use super::kinship::{are_of_kin, is_measure_known, is_of_one_measure};
use super::story::Story;

/// Sentences with so many percent of their rarer words in common are nearly the same.
const SAME_SENTENCE_PERCENT: i64 = 75;

/// Whether figures that differ are too loosely tied, whatever the points: a headline speaks of its report's main figure,
/// and a figure of no known measure is held only against one in the same words.
pub(super) fn is_astray(story: &Story, a: &Claim, b: &Claim, figures: Figures) -> bool {
    let is_headline_pair =
        a.document == b.document && (a.block == BlockKind::Headline || b.block == BlockKind::Headline);
    let is_pointed = story.is_lead(a) && story.is_lead(b) || story.is_only_one(a) && story.is_only_one(b);
    let is_open = !is_measure_known(a, b)
        && story.same_neighbours(a, b) == 0
        && story.told_alike(a, b).is_none()
        && !is_same_sentence(story, a, b);
    match figures {
        Figures::Same | Figures::Agree | Figures::Earlier | Figures::Replaced => false,
        Figures::Slip => {
            is_round_number_elsewhere(story, a, b)
                || is_lone_slip(story, a, b)
                || is_of_another_shock(story, a, b)
        }
        // A toll takes the place of a toll, and not of people of whom nothing is known.
        Figures::Revised => {
            is_open
                || is_lonely(story, a, b)
                || !is_of_one_measure(a, b)
                    && !are_of_kin(a, b)
                    && story.are_people(a, b)
                    && !is_same_sentence(story, a, b)
        }
        Figures::Differ => {
            is_open
                || is_headline_pair && !is_pointed
                || is_thin(story, a, b)
                || is_of_another_shock(story, a, b)
        }
    }
}

/// Whether nothing stands around two figures that differ but what they measure: no words or figures in common, no name that
/// tells them from others, nor is each the only one of its report with the other at hand. A budget has many sums.
fn is_thin(story: &Story, a: &Claim, b: &Claim) -> bool {
    const FEWEST_WORDS: i64 = 20;
    /// Figures that are more than half as much again as the other are of two things sooner.
    const FAR: Decimal = Decimal::from_parts(15, 0, 0, false, 1);
    let ratio = || {
        let (one, other) = (a.in_base()?.abs(), b.in_base()?.abs());
        one.max(other).checked_div(one.min(other))
    };
    // Police and organisers count for themselves.
    let are_two_speakers = || a.speaker().zip(b.speaker()).is_some_and(|(one, other)| one != other);
    let are_near = || are_two_speakers() || ratio().is_none_or(|ratio| ratio < FAR);
    let are_only_ones = || story.is_only_one(a) && story.is_only_one(b) && are_near();
    !is_transposed_count(story, a, b) && !has_company(story, a, b, FEWEST_WORDS) && !are_only_ones()
}

/// Whether next to nothing tells that two figures of two reports are one thing's at two times: neither words, a name nor their place, nor
/// that each is the only one of what it measures.
fn is_lonely(story: &Story, a: &Claim, b: &Claim) -> bool {
    const FEWEST_WORDS: i64 = 10;
    let are_only_ones =
        || story.is_only_one(a) && story.is_only_one(b) && !a.is_measure_noun && !b.is_measure_noun;
    a.document != b.document
        && !has_company(story, a, b, FEWEST_WORDS)
        && !(story.is_lead(a) && story.is_lead(b))
        && story.shared_name(a, b).is_none()
        && !are_only_ones()
}

/// Whether more than what they measure speaks for two figures: so many percent of their sentences' words, another figure beside
/// both, a name that stands beside these two alone.
fn has_company(story: &Story, a: &Claim, b: &Claim, fewest_words: i64) -> bool {
    story.overlap(a, b) >= fewest_words || story.same_neighbours(a, b) > 0 || story.told_alike(a, b).is_some()
}

/// Whether two magnitudes may be those of two earthquakes: reports tell of foreshocks, of aftershocks and of those of years past.
fn is_of_another_shock(story: &Story, a: &Claim, b: &Claim) -> bool {
    const FEWEST_WORDS: i64 = 30;
    a.quantity.unit.dimension == Dimension::Magnitude && !has_company(story, a, b, FEWEST_WORDS)
}

/// Whether a slip of the keys between two figures is chance sooner: one within a report that no headline tells, or between two
/// reports one that says little by itself, with nothing around both in common.
pub(super) fn is_chance(story: &Story, (a, b): (&Claim, &Claim)) -> bool {
    const FEWEST_WORDS: i64 = 40;
    const FEW_WORDS: i64 = 20;
    if a.document == b.document {
        return is_chance_within(a, b) && story.overlap(a, b) < FEWEST_WORDS;
    }
    let are_only_ones = || story.is_only_one(a) && story.is_only_one(b);
    is_mistyped(a, b) && !is_borne_out(story, a, b) && !has_company(story, a, b, FEWEST_WORDS)
        || is_share_of_two(story, a, b) && story.overlap(a, b) < FEWEST_WORDS
        || is_faint(story, a, b)
            && !has_company(story, a, b, FEW_WORDS)
            && (is_bound(a) != is_bound(b) || !are_only_ones())
}

/// Whether digits that differ within a report are those of two figures: unless a headline has one of them, or both are sums or
/// sizes of one measure.
fn is_chance_within(a: &Claim, b: &Claim) -> bool {
    let is_headline = a.block == BlockKind::Headline || b.block == BlockKind::Headline;
    let is_counted = a.quantity.unit.dimension == Dimension::Count;
    let is_of_one = is_of_one_measure(a, b) && !is_counted && !is_short(a) && is_transposed(a, b);
    (is_mistyped(a, b) || is_transposed(a, b)) && !is_headline && !is_of_one
}

/// Whether a slip says little by itself: "2.3tn" and "3.2tn" of things of which not both are named, "some 6 million" and
/// "60,345,999", "105" and "fewer than 150", "more than 100,000" and "nearly 100,000", or a level and a change.
fn is_faint(story: &Story, a: &Claim, b: &Claim) -> bool {
    let is_digit = digits_of(a).len().min(digits_of(b).len()) < 2;
    let is_counted = a.quantity.unit.dimension == Dimension::Count;
    let is_open = is_short(a) && !is_measure_known(a, b) && !story.is_odd_one_out(a, b);
    is_transposed(a, b) && (is_open || is_bound(a) != is_bound(b))
        || is_digit && (is_counted && is_ten_times(a, b) || a.quantity == b.quantity)
        || a.kind != b.kind
}

/// Whether two percentages of which not both are said to be of one thing have their two digits in the other order: "4.2 %" of the
/// one fee and "2.4 %" of another.
fn is_share_of_two(story: &Story, a: &Claim, b: &Claim) -> bool {
    a.quantity.unit.dimension == Dimension::Percent
        && is_transposed(a, b)
        && is_short(a)
        && !is_measure_known(a, b)
        && story.told_alike(a, b).is_none()
        && !story.is_odd_one_out(a, b)
}

/// Whether other reports bear out one of two long figures, and the text around both gives the same others.
fn is_borne_out(story: &Story, a: &Claim, b: &Claim) -> bool {
    const LONG: usize = 4;
    digits_of(a).len() >= LONG
        && story.is_odd_one_out(a, b)
        && story.same_around(a, b).is_some_and(|same| same > 1)
}

/// Whether a figure is told as a bound: "fewer than 150".
fn is_bound(claim: &Claim) -> bool {
    claim.hedge.is_some_and(Hedge::is_bound)
}

/// Whether nothing but two digits speaks for a slip of what every report has many of, or of a million times: "12 years at the
/// head of the union" and "12 weeks of rain", "45p" and "£450,000"; or of a thousand times between sentences that share nothing.
fn is_lone_slip(story: &Story, a: &Claim, b: &Claim) -> bool {
    const FEWEST_WORDS: i64 = 40;
    const MILLION: Decimal = Decimal::from_parts(1_000_000, 0, 0, false, 0);
    let is_time = a.quantity.unit.dimension == Dimension::Duration;
    let (one, other) = (a.in_base().unwrap_or_default().abs(), b.in_base().unwrap_or_default().abs());
    let times = one.max(other).checked_div(one.min(other));
    let is_far = times.is_some_and(|times| times >= MILLION)
        || times.is_some_and(|times| times >= Decimal::ONE_THOUSAND)
            && story.overlap(a, b) == 0
            && story.shared_name(a, b).is_none()
            && story.same_around(a, b).is_none_or(|same| same == 0)
            && !story.is_odd_one_out(a, b);
    (is_time || is_far)
        && is_short(a)
        && !is_measure_known(a, b)
        && story.overlap(a, b) < FEWEST_WORDS
        && (is_time && digits_of(a).len() < 2 || story.same_neighbours(a, b) == 0)
        && story.told_alike(a, b).is_none()
        && (is_time || !(story.is_lead(a) && story.is_lead(b)))
}

/// Whether two sentences that share next to nothing give one round number in two units: 40 km of road and 40 miles of coast.
fn is_round_number_elsewhere(story: &Story, a: &Claim, b: &Claim) -> bool {
    const FEWEST_WORDS: i64 = 10;
    let are_leads = matches!(a.quantity.unit.dimension, Dimension::Percent | Dimension::Points)
        && story.is_lead(a)
        && story.is_lead(b);
    let are_only_ones = story.is_only_one(a) && story.is_only_one(b);
    let is_pointed = is_of_one_measure(a, b) || are_leads || are_only_ones && story.is_odd_one_out(a, b);
    // No two things are "60 degrees" hot by chance, one on either scale.
    let is_read_on_a_scale = a.quantity.unit.dimension == Dimension::Temperature
        && a.value().is_some_and(|value| value.abs() >= Decimal::TEN);
    !is_pointed
        && !is_read_on_a_scale
        && digits_of(a).len() < 2
        && a.quantity.unit != b.quantity.unit
        && a.quantity.unit.dimension != Dimension::Count
        && story.overlap(a, b) < FEWEST_WORDS
        && story.same_neighbours(a, b) == 0
        && story.shared_name(a, b).is_none()
}

/// Whether two sentences whose measures are not known say nearly the same.
pub(super) fn is_same_sentence(story: &Story, a: &Claim, b: &Claim) -> bool {
    const FEWEST_WORDS: usize = 5;
    !is_measure_known(a, b)
        && a.words.len().min(b.words.len()) >= FEWEST_WORDS
        && story.overlap(a, b) >= SAME_SENTENCE_PERCENT
}

/// Whether two counts of one noun have their two digits in the other order beside another figure that both give: "14 goals
/// in 117 games", "41 goals in 117 games"; or in one year that both tell; or nothing else of the kind is counted in either report.
pub(super) fn is_transposed_count(story: &Story, a: &Claim, b: &Claim) -> bool {
    a.document != b.document
        && a.quantity.unit.dimension == Dimension::Count
        && a.quantity.unit == b.quantity.unit
        && is_transposed(a, b)
        && (story.same_neighbours(a, b) > 0
            || is_of_one_measure(a, b) && is_of_one_year(a, b)
            || story.is_only_one(a) && story.is_only_one(b))
}

/// Whether the sentences of two figures tell the same year of both.
fn is_of_one_year(a: &Claim, b: &Claim) -> bool {
    a.period == b.period && a.period.as_ref().is_some_and(|period| period.year().is_some())
}
