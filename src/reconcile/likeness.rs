//! Are two claims about the same thing? Vetoes first, then points, each for a reason that can be told.
//!
//! A known clash in any slot is a veto; an unknown slot only brings no points. Points are whole numbers.

use rust_decimal::Decimal;

use crate::document::BlockKind;
use crate::normalise::{Claim, Kind, part};
use crate::quantity::Dimension;

use super::cause::{is_mistyped, is_transposed};
use super::chance::{is_astray, is_same_sentence, is_transposed_count};
use super::figures::{Figures, digits_of, is_one_slip, is_short, is_ten_times, thousands_apart};
use super::kinship::{are_kin, is_measure_known, is_of_one_measure};
use super::reason::{Clash, Sign, Weight};
use super::story::Story;
use super::veto::{measures, veto, whole_or_part};

/// What each sign of likeness counts for.
pub(super) mod points {
    /// The same measure.
    pub(super) const SAME_MEASURE: i32 = 35;
    /// A measure that may go by the other's name.
    pub(super) const KIN_MEASURE: i32 = 25;
    /// The same noun counted.
    pub(super) const SAME_NOUN: i32 = 25;
    /// The same figure, before its digits are counted.
    pub(super) const SAME_FIGURE: i32 = 15;
    /// Each significant digit of the same figure, up to three: chance does not repeat many.
    pub(super) const SAME_DIGIT: i32 = 10;
    /// The same figure of the same currency or unit of measure: more telling than a count.
    pub(super) const SAME_UNIT: i32 = 10;
    /// The same number of two digits or more in another unit.
    pub(super) const SAME_NUMBER_ELSEWHERE: i32 = 10;
    /// Another figure beside both is the same, or several are.
    pub(super) const SAME_NEIGHBOUR: i32 = 15;
    pub(super) const SAME_NEIGHBOURS: i32 = 25;
    /// Figures with a slip in a text that gives other figures alike, up to so many, or none of several.
    pub(super) const SAME_AROUND: i32 = 8;
    pub(super) const MOST_AROUND: usize = 4;
    pub(super) const NONE_AROUND: i32 = -10;
    /// A figure of three digits or more, where each of the two is the only one of its kind beside it.
    pub(super) const ONLY_ONES_BESIDE: i32 = 45;
    /// The same figure, of two measures that are no kin, or as a level and as a change.
    pub(super) const OTHER_MEASURE: i32 = -20;
    pub(super) const OTHER_KIND: i32 = -10;
    /// A slip between a figure that is said to be of a part and one of which nothing is said.
    pub(super) const OTHER_PART: i32 = -10;
    /// One report's figure is the one that the other gives as the earlier one.
    pub(super) const EARLIER_FIGURE: i32 = 30;
    /// The same day of another year, or a year with another digit.
    pub(super) const DATE_SLIP: i32 = 25;
    /// Of two figures with the same digits several reports give the one and a single report the other.
    pub(super) const ODD_ONE_OUT: i32 = 15;
    /// One of three digits or more differs, where the measure is not known: two things may be so alike.
    pub(super) const ALL_BUT_ONE: i32 = -10;
    /// The same in a table, which has many figures that look alike.
    pub(super) const ALL_BUT_ONE_IN_A_TABLE: i32 = -25;
    /// The same digits ten or a hundred times apart, where the measure is not known: chance does that too.
    pub(super) const TEN_TIMES_A_SLIP: i32 = -25;
    /// Figures that agree, and each further significant digit in which they do: chance does not round so finely.
    pub(super) const AGREEING_FIGURE: i32 = 20;
    pub(super) const AGREEING_DIGIT: i32 = 8;
    /// Counts of two nouns, where the measure of one is not known.
    pub(super) const OTHER_NOUN: i32 = -25;
    /// A name in common.
    pub(super) const SAME_NAME: i32 = 15;
    /// All the words of the sentences in common.
    pub(super) const SAME_WORDS: i32 = 50;
    /// Both are the only figure of their measure in their report.
    pub(super) const ONLY_ONES: i32 = 15;
    /// Each is the only figure of its kind beside a name, in a report that gives other names other figures.
    pub(super) const ONLY_ONES_OF_NAME: i32 = 25;
    /// Headline or first paragraph, both.
    pub(super) const BOTH_LEAD: i32 = 10;
    /// A headline and its own report.
    pub(super) const HEADLINE_AND_BODY: i32 = 10;
    /// One figure stands right beside a name that the other's surroundings lack.
    pub(super) const NAME_OF_ONE: i32 = -15;
    /// The name beside one figure, or the thing its clause is about, does not occur in the other's report at all.
    pub(super) const FOREIGN_NAME: i32 = -40;
    /// Figures that are no slip and more than three times apart, or more than ten.
    pub(super) const THREE_TIMES_APART: i32 = -25;
    pub(super) const TEN_TIMES_APART: i32 = -40;
    /// The same stated period or part.
    pub(super) const SAME_SLOT: i32 = 10;
    /// From here on, two claims of the same figure are about the same thing.
    pub(super) const ENOUGH_FOR_THE_SAME: i32 = 35;
    /// From here on, an earlier figure is printed for the present one.
    pub(super) const ENOUGH_FOR_THE_EARLIER: i32 = 45;
    /// From here on, two claims that agree are about the same thing.
    pub(super) const ENOUGH_TO_AGREE: i32 = 55;
    /// From here on, two claims of which one revises the other are about the same thing: that is only a note.
    pub(super) const ENOUGH_TO_REVISE: i32 = 55;
    /// The same where both are known to be of one measure.
    pub(super) const ENOUGH_TO_REVISE_A_MEASURE: i32 = 40;
    /// From here on, two claims that disagree are about the same thing.
    pub(super) const ENOUGH_TO_DISAGREE: i32 = 60;
    /// The same where the sentences are nearly the same.
    pub(super) const ENOUGH_IN_THE_SAME_WORDS: i32 = 45;
    /// The same for a slip between two reports.
    pub(super) const ENOUGH_FOR_A_SLIP: i32 = 45;
    /// The same for two years with one other digit: a story has many years.
    pub(super) const ENOUGH_FOR_A_YEAR: i32 = 70;
    /// The same where another figure that both give says of what the year is.
    pub(super) const ENOUGH_FOR_A_YEAR_OF_THE_SAME: i32 = 60;
    /// From here on, two claims of one figure, or of one with a slip, are about the same thing whatever the words around a
    /// third that says the same.
    pub(in crate::reconcile) const ENOUGH_AGAINST_WORDS: i32 = 60;
    /// The same for percentages, which stand for many things, and where the measure of one is not known.
    pub(super) const ENOUGH_WHERE_UNSURE: i32 = 80;
}

/// Why two claims are not linked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Apart<'a> {
    /// They are about two things: they must not even share a topic.
    Veto(Clash<'a>),
    /// Too little speaks for it, and nothing against it: what does, and how many points would be enough.
    TooLittle { because: Vec<Weight<'a>>, enough: i32 },
    /// No unit brings the two together.
    Incomparable,
}

/// Weighs two claims whose figures stand to each other as told: what speaks for one thing, the strongest first, or why
/// they are apart.
pub(super) fn weigh<'a>(
    story: &'a Story,
    a: &'a Claim,
    b: &'a Claim,
    figures: Figures,
) -> Result<Vec<Weight<'a>>, Apart<'a>> {
    veto(story, a, b, figures).map_err(Apart::Veto)?;
    let mut because = alike(story, a, b);
    because.extend(of_figures(story, a, b, figures));
    if matches!(figures, Figures::Same | Figures::Slip) {
        because.extend(other_slots(story, a, b, figures));
    }
    because.extend(around(story, a, b, figures));
    because.sort_by_key(|weight| std::cmp::Reverse(weight.points));
    let enough = enough(story, a, b, figures);
    if sum(&because) < enough || is_astray(story, a, b, figures) {
        return Err(Apart::TooLittle { because, enough });
    }
    Ok(because)
}

/// What other figures in the text around two claims say, where the one is told by a slip of the keys or as the earlier
/// figure. A table has many figures around each.
fn around<'a>(story: &Story, a: &Claim, b: &Claim, figures: Figures) -> Option<Weight<'a>> {
    let is_cell = a.block == BlockKind::Cell || b.block == BlockKind::Cell;
    let is_of_keys = figures == Figures::Slip && (is_mistyped(a, b) || is_transposed(a, b)) && !is_cell;
    // A report has many years: what stands around two of them says little of each.
    if a.kind == Kind::Date {
        return None;
    }
    let same = story.same_around(a, b).filter(|_| is_of_keys || figures == Figures::Earlier)?;
    let points = match i32::try_from(same.min(points::MOST_AROUND)).unwrap_or(0) {
        0 => points::NONE_AROUND,
        some => some * points::SAME_AROUND,
    };
    Some(Weight { sign: Sign::Around(same), points })
}

/// What the signs come to, in points.
pub(super) fn sum(because: &[Weight<'_>]) -> i32 {
    because.iter().map(|weight| weight.points).sum()
}

/// What speaks for one thing whatever the figures say: measure, noun, names, words, place.
fn alike<'a>(story: &'a Story, a: &'a Claim, b: &'a Claim) -> Vec<Weight<'a>> {
    let mut because = Vec::new();
    let mut add = |sign: Sign<'a>, points: i32| because.push(Weight { sign, points });
    match (a.measure, b.measure) {
        (Some(one), Some(other)) if one == other => {
            add(Sign::Measure(one), points::SAME_MEASURE);
        }
        (Some(one), Some(other)) if are_kin(one, other) => {
            add(Sign::KinMeasures(one, other), points::KIN_MEASURE);
        }
        (Some(_), Some(_)) | (None, _) | (_, None) => {}
    }
    let unit = &a.quantity.unit;
    // Where the measure is the noun itself, or stands in for one, it is counted above.
    let is_counted_above = |claim: &Claim| claim.measure == Some(unit.code.as_str()) || claim.is_measure_noun;
    // Houses and cases are what their measures count; people are counted for many reasons.
    let is_of_measure = is_of_one_measure(a, b) && !story.are_people(a, b);
    let has_noun = !is_counted_above(a) && !is_counted_above(b) && !is_of_measure;
    if unit.dimension == Dimension::Count && has_noun && unit.code == b.quantity.unit.code {
        add(Sign::Noun(&unit.code), points::SAME_NOUN);
    }
    if let Some(name) = story.shared_name(a, b) {
        add(Sign::Name(name), points::SAME_NAME);
    }
    let overlap = story.overlap(a, b);
    if overlap > 0 {
        let share = i32::try_from(overlap).unwrap_or(0) * points::SAME_WORDS / 100;
        add(Sign::Words(overlap), share);
    }
    match story.same_neighbours(a, b) {
        0 => {}
        _ if story.are_only_ones_beside(a, b) => add(Sign::OnlyOnesBeside, points::ONLY_ONES_BESIDE),
        1 => add(Sign::Neighbours(1), points::SAME_NEIGHBOUR),
        more => add(Sign::Neighbours(more), points::SAME_NEIGHBOURS),
    }
    // Within one report both must say what they are of: it has figures of many things.
    let of_two = a.document != b.document;
    let has_kind = a.measure.is_some() && b.measure.is_some() || of_two && a.measure.or(b.measure).is_some();
    if has_kind && story.is_only_one(a) && story.is_only_one(b) {
        add(Sign::OnlyOnes, points::ONLY_ONES);
    } else if has_kind && of_two && story.are_only_ones_left(a, b) {
        add(Sign::OnlyOnesLeft, points::ONLY_ONES);
    }
    if let Some(name) = story.told_alike(a, b).filter(|_| is_name_telling(story, a, b)) {
        add(Sign::OnlyOnesOfName(name), points::ONLY_ONES_OF_NAME);
    }
    if story.is_lead(a) && story.is_lead(b) {
        add(Sign::BothLead, points::BOTH_LEAD);
    }
    if a.document == b.document && (a.block == BlockKind::Headline) != (b.block == BlockKind::Headline) {
        add(Sign::HeadlineAndBody, points::HEADLINE_AND_BODY);
    }
    if a.period.is_some() && a.period == b.period {
        add(Sign::Period, points::SAME_SLOT);
    }
    // "Each" says of many things that they are told apiece.
    let is_telling = |id: &&str| *id != part::EACH || is_of_one_measure(a, b);
    if let Some(id) = whole_or_part(a).filter(is_telling).filter(|id| whole_or_part(b) == Some(id)) {
        add(Sign::Part(id), points::SAME_SLOT);
    }
    because
}

/// Whether a name that two claims share says of what they are: they are of one measure, or say nearly the same. "In Arden
/// 3,400 marched" and "in Arden 2,900 signed" are of one place alone.
fn is_name_telling(story: &Story, a: &Claim, b: &Claim) -> bool {
    const ALIKE_PERCENT: i64 = 50;
    let is_percent = a.quantity.unit.dimension == Dimension::Percent;
    let is_of_it = is_of_one_measure(a, b) && !is_percent || story.overlap(a, b) >= ALIKE_PERCENT;
    is_of_it && far_apart(a, b).is_none()
}

/// What the figures themselves say for one thing, or against it.
fn of_figures<'a>(story: &Story, a: &'a Claim, b: &'a Claim, figures: Figures) -> Vec<Weight<'a>> {
    let mut because = Vec::new();
    let mut add = |sign: Sign<'a>, points: i32| because.push(Weight { sign, points });
    match figures {
        Figures::Same => {
            add(Sign::Figure, same_figure(a, b));
        }
        Figures::Agree => add(Sign::AgreeingFigure, agreeing_figure(a, b)),
        Figures::Slip => {
            if story.is_odd_one_out(a, b) {
                add(Sign::OddOneOut, points::ODD_ONE_OUT);
            }
            if a.kind == Kind::Date {
                add(Sign::NearDate, points::DATE_SLIP);
                return because;
            }
            add(Sign::Digits, same_figure(a, b) + slip_of_unit(a, b));
            if story.are_of_two_languages(a, b) && are_of_two_nouns(story, a, b) {
                add(Sign::OtherNoun, points::OTHER_NOUN);
            }
            if !is_measure_known(a, b) && is_ten_times(a, b) && is_short(a) {
                add(Sign::TenTimes, points::TEN_TIMES_A_SLIP);
            }
            if !is_measure_known(a, b) && is_mistyped(a, b) {
                let is_cell = a.block == BlockKind::Cell || b.block == BlockKind::Cell;
                let points = if is_cell { points::ALL_BUT_ONE_IN_A_TABLE } else { points::ALL_BUT_ONE };
                add(Sign::AllButOne, points);
            }
        }
        Figures::Earlier => add(Sign::Earlier, points::EARLIER_FIGURE),
        Figures::Replaced => add(Sign::Replaced, same_figure(a, b)),
        Figures::Revised => {
            // A toll of three may be thirty a day later, and a gift of 50,000 is no older figure of two millions.
            if let Some((times, points)) =
                far_apart(a, b).filter(|(_, points)| *points == points::TEN_TIMES_APART)
            {
                add(Sign::FarApart(times), points);
            }
        }
        Figures::Differ => {
            if let Some((times, points)) = far_apart(a, b).filter(|_| !is_rough_slip(a, b)) {
                add(Sign::FarApart(times), points);
            }
            if story.is_of_strange_thing(a, b) || story.is_of_strange_thing(b, a) {
                add(Sign::ThingOfOne, points::FOREIGN_NAME);
            }
            if !story.are_of_two_languages(a, b) && are_of_two_nouns(story, a, b) {
                add(Sign::OtherNoun, points::OTHER_NOUN);
            }
            let is_named = story.told_alike(a, b).is_some();
            if !is_named && story.is_named_alone(a, b) != story.is_named_alone(b, a) {
                let is_foreign = story.is_foreign(a, b) || story.is_foreign(b, a);
                let points = if is_foreign { points::FOREIGN_NAME } else { points::NAME_OF_ONE };
                add(Sign::NameOfOne, points);
            }
        }
    }
    because
}

/// What speaks against one figure, or one with a slip, whose slots were read in two ways: its digits weigh more.
fn other_slots<'a>(story: &Story, a: &Claim, b: &Claim, figures: Figures) -> Vec<Weight<'a>> {
    let is_of_other_part = figures == Figures::Slip && whole_or_part(a) != whole_or_part(b);
    let signs = [
        (measures(story, a, b, figures).is_err(), Sign::OtherMeasure, points::OTHER_MEASURE),
        (a.kind != b.kind, Sign::OtherKind, points::OTHER_KIND),
        (is_of_other_part, Sign::OtherPart, points::OTHER_PART),
    ];
    let seen = signs.into_iter().filter(|(is_seen, ..)| *is_seen);
    seen.map(|(_, sign, points)| Weight { sign, points }).collect()
}

/// The points from which on two claims are about the same thing.
fn enough(story: &Story, a: &Claim, b: &Claim, figures: Figures) -> i32 {
    // A percentage may be of anything, unless it says what changed.
    let is_percent = a.quantity.unit.dimension == Dimension::Percent
        && !(is_of_one_measure(a, b) && a.kind == Kind::Change && b.kind == Kind::Change);
    // "18,300 students" and "4,200 students" may be any students.
    let is_digit = |claim: &Claim| {
        claim.quantity.unit.dimension == Dimension::Count
            && claim.value().is_some_and(|value| value < Decimal::TEN)
    };
    let are_measures_known = a.measure.is_some() && b.measure.is_some();
    let are_leads = story.is_lead(a) && story.is_lead(b);
    let is_measured = |claim: &Claim| claim.measure.is_some() && (are_leads || !claim.is_measure_noun);
    match figures {
        Figures::Slip if a.quantity.unit.dimension == Dimension::Date => points::ENOUGH_FOR_A_SLIP,
        Figures::Slip if a.kind == Kind::Date && story.same_neighbours(a, b) > 0 => {
            points::ENOUGH_FOR_A_YEAR_OF_THE_SAME
        }
        Figures::Slip if a.kind == Kind::Date => points::ENOUGH_FOR_A_YEAR,
        // "40 million a year" and "40 million a month" may be of two things; short counts come twice by chance.
        Figures::Same if a.is_of_other_stretch(b) && is_short(a) && a.precision.is_count => {
            points::ENOUGH_TO_DISAGREE
        }
        Figures::Same if a.is_of_other_stretch(b) => points::ENOUGH_TO_AGREE,
        // "Nine" alone says nothing.
        Figures::Same if are_measures_known || !is_digit(a) => points::ENOUGH_FOR_THE_SAME,
        Figures::Agree if !are_measures_known && is_digit(a) => points::ENOUGH_WHERE_UNSURE,
        // One digit comes twice by chance.
        Figures::Slip if digits_of(a).len() < 2 && a.measure != b.measure => points::ENOUGH_TO_AGREE,
        Figures::Slip if a.document != b.document && is_one_slip(a, b) => points::ENOUGH_FOR_A_SLIP,
        Figures::Earlier | Figures::Replaced => points::ENOUGH_FOR_THE_EARLIER,
        Figures::Slip | Figures::Same | Figures::Agree => points::ENOUGH_TO_AGREE,
        Figures::Revised if is_of_one_measure(a, b) => points::ENOUGH_TO_REVISE_A_MEASURE,
        Figures::Revised => points::ENOUGH_TO_REVISE,
        Figures::Differ if is_transposed_count(story, a, b) => points::ENOUGH_IN_THE_SAME_WORDS,
        Figures::Differ if !is_percent && is_same_sentence(story, a, b) => points::ENOUGH_IN_THE_SAME_WORDS,
        Figures::Differ if story.are_only_ones_beside(a, b) && (!is_percent || a.kind == Kind::Change) => {
            points::ENOUGH_TO_DISAGREE
        }
        Figures::Differ if is_percent || !is_measured(a) || !is_measured(b) => points::ENOUGH_WHERE_UNSURE,
        Figures::Differ => points::ENOUGH_TO_DISAGREE,
    }
}

/// What the same figure counts for: its significant digits, and whether it counts or measures.
fn same_figure(a: &Claim, b: &Claim) -> i32 {
    const MOST_DIGITS: usize = 3;
    let digits = |claim: &Claim| digits_of(claim).len().clamp(1, MOST_DIGITS);
    let digits = i32::try_from(digits(a).max(digits(b))).unwrap_or(1);
    let is_counted =
        matches!(a.quantity.unit.dimension, Dimension::Count | Dimension::Percent | Dimension::Duration);
    let unit = if is_counted { 0 } else { points::SAME_UNIT };
    points::SAME_FIGURE + points::SAME_DIGIT * digits + unit
}

/// What figures that agree count for: the digits of the coarser one.
fn agreeing_figure(a: &Claim, b: &Claim) -> i32 {
    const MOST_DIGITS: usize = 3;
    let digits = digits_of(a).len().min(digits_of(b).len()).clamp(1, MOST_DIGITS);
    points::AGREEING_FIGURE + points::AGREEING_DIGIT * i32::try_from(digits - 1).unwrap_or(0)
}

/// Whether one figure of a measure is the other in another scale, as both are rounded: "more than $7tn" beside "$7.2bn".
fn is_rough_slip(a: &Claim, b: &Claim) -> bool {
    is_of_one_measure(a, b) && a.document != b.document && thousands_apart(a, b).is_some()
}

/// Whether two counts are of two nouns, and the measure of one is not known: "32 vehicles", "three phases". Of people
/// every language tells that they are people.
fn are_of_two_nouns(story: &Story, a: &Claim, b: &Claim) -> bool {
    let is_count = |claim: &Claim| claim.quantity.unit.dimension == Dimension::Count;
    is_count(a)
        && is_count(b)
        && a.quantity.unit != b.quantity.unit
        && (a.measure.is_none() || b.measure.is_none())
        && !story.are_people(a, b)
}

/// The same number of two digits or more under another unit is a slip more often than chance.
fn slip_of_unit(a: &Claim, b: &Claim) -> i32 {
    let is_number = |claim: &Claim| {
        let mantissa = claim.value().unwrap_or_default().normalize().mantissa().unsigned_abs();
        mantissa >= 10
    };
    let is_measured = a.quantity.unit.dimension != Dimension::Count && a.quantity.unit != b.quantity.unit;
    if is_measured && a.value() == b.value() && is_number(a) { points::SAME_NUMBER_ELSEWHERE } else { 0 }
}

/// No currency is worth so many of another.
const RATES_REACH: Decimal = Decimal::from_parts(100_000, 0, 0, false, 0);

/// Figures that are many times apart and no slip are of two things, more often than not.
fn far_apart(a: &Claim, b: &Claim) -> Option<(Decimal, i32)> {
    let middle = |claim: &Claim| {
        let value = claim.value().or(claim.hard.low.value()).or(claim.hard.high.value());
        value.and_then(|value| claim.to_base(value))
    };
    let (one, other) = (middle(a)?.abs(), middle(b)?.abs());
    // "No deaths" in one county, 102 in all of them.
    if one.min(other).is_zero() && one.max(other) >= Decimal::TEN {
        return Some((Decimal::TEN, points::TEN_TIMES_APART));
    }
    let ratio = one.max(other).checked_div(one.min(other))?;
    if a.quantity.unit.dimension == Dimension::Money && !a.quantity.unit.has_base_of(&b.quantity.unit) {
        // No exchange rate explains so much.
        return (ratio > RATES_REACH).then_some((Decimal::TEN, points::TEN_TIMES_APART));
    }
    let steps = [(Decimal::TEN, points::TEN_TIMES_APART), (Decimal::from(3), points::THREE_TIMES_APART)];
    steps.into_iter().find(|(times, _)| ratio > *times)
}
