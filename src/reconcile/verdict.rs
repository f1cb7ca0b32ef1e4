//! How two statements stand to each other: overlap of intervals, in every unit they share.

use std::borrow::Cow;

use rust_decimal::Decimal;

use crate::document::{BlockKind, Document};
use crate::lang::{Nature, measure};
use crate::normalise::{Claim, Kind, Period, part};
use crate::quantity::currency::currencies;
use crate::quantity::{Dimension, Hedge, Interval, PrintedFigure};

use super::cause::{is_rescaled, is_slip, is_transposed, taken_in};
use super::evidence::{Evidence, Statement};
use super::figures::{digits_of, is_same_number, is_under_another_unit};
use super::reckoned::Reckoned;

use super::{Agreement, Break, Depth, Exchange, Moment, Relation, Times};

impl Evidence<'_> {
    /// How two statements stand to each other.
    pub(super) fn relation(&self, one: usize, other: usize) -> Relation {
        self.relation_at(&Times::printed(self.documents), one, other)
    }

    /// How they stand to each other, their figures being current at these times.
    pub(super) fn relation_at(&self, times: &Times<'_>, one: usize, other: usize) -> Relation {
        let pair = (&self.statements[one], &self.statements[other]);
        relation(self, times, pair)
    }
}

/// How two statements stand to each other: in every unit that both state, else in one converted; one break is a break.
/// Soft intervals that lie no farther apart than the tolerance, a share of the nearer end, are none.
fn relation(evidence: &Evidence<'_>, times: &Times<'_>, (a, b): (&Statement, &Statement)) -> Relation {
    let Evidence { claims, reckoned, .. } = *evidence;
    let all = || {
        let pairs = a.claims.iter().flat_map(|one| b.claims.iter().map(move |other| (*one, *other)));
        pairs.filter_map(|(one, other)| Some((claims.get(one)?, claims.get(other)?)))
    };
    let pairs = |wanted: Sharing| all().filter(move |(one, other)| sharing(one, other) == wanted);
    // "$3 billion" beside "A$3 billion": the sign alone may mean the same dollar.
    let is_open = |id: &usize| claims.get(*id).is_some_and(|claim| claim.family.is_some());
    let as_one = a.claims.iter().chain(&b.claims).any(is_open).then(|| {
        pairs(Sharing::Convertible)
            .filter(|(one, other)| may_be_one_currency(one, other))
            .map(|(one, other)| in_one_unit(evidence, one, other))
            .find(|relation| matches!(relation, Relation::Agrees(_)))
    });
    let as_one = as_one.flatten();
    // Where it does, only what both state in a unit that nobody guessed can still break them.
    let is_sure = |one: &Claim, other: &Claim| one.family.is_none() && other.family.is_none();
    let is_one = as_one.is_some();
    let mut found: Option<Relation> = as_one;
    let firsts = || Some((a.first(claims)?, b.first(claims)?));
    let are_comparable = |one: &Claim, other: &Claim| {
        one.quantity.unit == other.quantity.unit || may_be_one_currency(one, other)
    };
    if let Some((one, other)) =
        firsts().filter(|(one, other)| are_comparable(one, other) && one.is_of_other_stretch(other))
    {
        return of_two_periods(evidence, one, other);
    }
    // One original in two conversions: what is wrong with those, the rule for conversions tells.
    let original = roots(claims, a, b).map(|(one, other)| in_one_unit(evidence, one, other));
    if original == Some(Relation::Agrees(Agreement::Exact)) {
        return Relation::Agrees(Agreement::Exact);
    }
    for (one, other) in pairs(Sharing::SameUnit).filter(|(one, other)| !is_one || is_sure(one, other)) {
        found = Some(worse(found, in_one_unit(evidence, one, other)));
    }
    if found.is_none() {
        for (one, other) in pairs(Sharing::Convertible) {
            found = Some(worse(found, converted(evidence, one, other)));
        }
    }
    let found =
        found.or_else(|| pairs(Sharing::None).find_map(|(one, other)| under_another_unit(one, other)));
    let relation = found.unwrap_or_else(|| Relation::Incomparable("units of different kinds".into()));
    let first =
        (a.claims.first().and_then(|id| claims.get(*id)), b.claims.first().and_then(|id| claims.get(*id)));
    let is_kept = || all().any(|(one, other)| is_same_number(one, other));
    match (relation, first) {
        // The same number in another unit is no newer figure, nor are the same digits in another scale.
        (Relation::Disagrees(_), (Some(one), Some(other)))
            if !is_kept() && !is_rescaled(one, other) && supersedes(evidence, times, one, other) =>
        {
            Relation::Superseded
        }
        // "At least 127" may be more, and a day later it is: 172.
        (Relation::Agrees(Agreement::Hedged | Agreement::Loose), (Some(one), Some(other)))
            if is_outgrown(reckoned, times, one, other) && supersedes(evidence, times, one, other) =>
        {
            Relation::Agrees(Agreement::Outgrown)
        }
        (relation, _) => relation,
    }
}

/// One figure told every year and over five years is of one of them; two figures are of both.
fn of_two_periods(evidence: &Evidence<'_>, one: &Claim, other: &Claim) -> Relation {
    let periods = one.period.as_ref().zip(other.period.as_ref());
    match (in_one_unit(evidence, one, other), periods) {
        (Relation::Agrees(_), Some((first, second))) => {
            broken_by(one, other, format!("the same figure {first} and {second}"), false)
        }
        (relation, _) => relation,
    }
}

/// Whether the smaller of two figures of dated reports is a count so far that the larger one leaves behind.
fn is_outgrown(reckoned: &Reckoned, times: &Times<'_>, one: &Claim, other: &Claim) -> bool {
    let value = |claim: &Claim| reckoned.in_base(claim)?.value;
    let (Some(first), Some(second)) = (value(one), value(other)) else { return false };
    let (less, least, more) = if first < second { (one, first, other) } else { (other, second, one) };
    let is_dated = times.of(one).is_some() && times.of(other).is_some();
    let is_of_two_days = times.of(one).zip(times.of(other)).is_some_and(|(a, b)| a != b);
    let is_apart =
        is_of_two_days && reckoned.in_base(more).is_some_and(|figure| !figure.hard.contains(least));
    is_dated && less.hedge == Some(Hedge::AtLeast) && first != second && is_apart
}

/// What two statements state first, where that is in one unit.
fn roots<'a>(claims: &'a [Claim], a: &Statement, b: &Statement) -> Option<(&'a Claim, &'a Claim)> {
    let (one, other) = (a.first(claims)?, b.first(claims)?);
    (one.quantity.unit == other.quantity.unit).then_some((one, other))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Sharing {
    /// The same currency, or the same dimension.
    SameUnit,
    /// Two currencies.
    Convertible,
    /// Nothing.
    None,
}

fn sharing(one: &Claim, other: &Claim) -> Sharing {
    let (one, other) = (&one.quantity.unit, &other.quantity.unit);
    if one.dimension != other.dimension {
        return Sharing::None;
    }
    let (is_money, is_rate) = (one.dimension == Dimension::Money, one.dimension == Dimension::Rate);
    if !is_money && !is_rate || one.code == other.code {
        Sharing::SameUnit
    } else if is_money {
        Sharing::Convertible
    } else {
        Sharing::None
    }
}

/// Whether the sign of one of two sums may stand for the other's currency: "$3 billion", "A$3 billion".
pub(super) fn may_be_one_currency(one: &Claim, other: &Claim) -> bool {
    let is_member = |open: &Claim, other: &Claim| {
        let code = &other.quantity.unit.code;
        open.family.as_ref().is_some_and(|family| {
            currencies().get(code).is_some_and(|currency| currency.families.contains(family))
        })
    };
    is_member(one, other) || is_member(other, one)
}

/// The relation that weighs more: a hard break, a soft one, an agreement.
fn worse(sofar: Option<Relation>, next: Relation) -> Relation {
    let weight = |relation: &Relation| match relation {
        Relation::Disagrees(broken) => match broken.depth {
            Depth::Hard => 4,
            Depth::Soft => 3,
        },
        Relation::Superseded => 2,
        Relation::Agrees(_) => 1,
        Relation::Incomparable(_) => 0,
    };
    match sofar {
        Some(sofar) if weight(&sofar) >= weight(&next) => sofar,
        Some(_) | None => next,
    }
}

fn in_one_unit(evidence: &Evidence<'_>, one: &Claim, other: &Claim) -> Relation {
    let Evidence { documents, reckoned, tolerance, .. } = *evidence;
    let (Some(first), Some(second)) = (reckoned.in_base(one), reckoned.in_base(other)) else {
        return Relation::Incomparable("too large to compare".into());
    };
    let between = (one.id, other.id);
    let broken = |depth: Depth, gap: Decimal, because: Option<&'static str>| {
        let because = because.map(Cow::Borrowed);
        let is_of_unit = is_same_number(one, other);
        Relation::Disagrees(Box::new(Break { depth, gap, between, rate: None, because, is_of_unit }))
    };
    if first.printed.is_some() && first.printed == second.printed && one.hedge == other.hedge {
        return Relation::Agrees(Agreement::Exact);
    }
    let is_one_number = first.printed.is_some()
        && first.printed == second.printed
        && (one.hedge.is_none() || other.hedge.is_none());
    if is_one_number && !(first.hard.overlaps(&second.hard) && first.soft.overlaps(&second.soft)) {
        // "90 hurt" above, "more than 90" below: the one leaves the hedge of the other out.
        return Relation::Agrees(Agreement::Loose);
    }
    if let Some(gap) = same_precision_differs(one, other) {
        return broken(Depth::Hard, gap, Some("printed to the same digit, the two must be equal"));
    }
    if !first.hard.overlaps(&second.hard) {
        if is_cut_off(one, other) {
            return Relation::Agrees(Agreement::Truncated);
        }
        let gap = first.hard.gap(&second.hard);
        // "Dozens" over a report of fifteen is a loose word and no contradiction yet.
        let is_loose = gap <= Decimal::ONE
            && [one, other].iter().any(|claim| matches!(claim.figure, PrintedFigure::Vague(..)));
        return broken(if is_loose { Depth::Soft } else { Depth::Hard }, gap, None);
    }
    let soft_gap = first.soft.gap(&second.soft);
    if soft_gap > tolerance {
        return broken(Depth::Soft, soft_gap, None);
    }
    if let Some(gap) = headline_overshoots(documents, one, other) {
        return broken(Depth::Soft, gap, Some("the headline's threshold lies above the report's own figure"));
    }
    if ends_a_range(one, other) {
        return broken(Depth::Soft, Decimal::ZERO, Some("the figure is one end of the other's range"));
    }
    if soft_gap > Decimal::ZERO {
        return Relation::Agrees(Agreement::Loose);
    }
    Relation::Agrees(agreement(one, other))
}

fn under_another_unit(one: &Claim, other: &Claim) -> Option<Relation> {
    let kinds = [one, other].map(|claim| claim.quantity.unit.dimension.as_str());
    is_under_another_unit(one, other).then(|| same_number_as(one, other, kinds))
}

fn same_number_as(one: &Claim, other: &Claim, [first, second]: [&str; 2]) -> Relation {
    broken_by(one, other, format!("the same number as {first} and as {second}"), true)
}

/// A contradiction of two figures whose numbers do not differ.
fn broken_by(one: &Claim, other: &Claim, because: String, is_of_unit: bool) -> Relation {
    Relation::Disagrees(Box::new(Break {
        depth: Depth::Hard,
        gap: Decimal::ZERO,
        between: (one.id, other.id),
        rate: None,
        because: Some(because.into()),
        is_of_unit,
    }))
}

/// Whether two claims give one long number in two currencies: a slip that shows without any exchange rate.
pub(super) fn is_kept_number(one: &Claim, other: &Claim) -> bool {
    const FEWEST_DIGITS: usize = 3;
    one.document != other.document && is_same_number(one, other) && digits_of(one).len() >= FEWEST_DIGITS
}

/// Two bare figures of the same unit and precision must be equal; the distance where they are not.
fn same_precision_differs(one: &Claim, other: &Claim) -> Option<Decimal> {
    let (PrintedFigure::One(first), PrintedFigure::One(second)) = (one.figure, other.figure) else {
        return None;
    };
    let is_printed = |claim: &Claim| claim.hedge.is_none() && claim.restates.is_none();
    let same = one.precision.grain == other.precision.grain
        && one.quantity.unit == other.quantity.unit
        && is_printed(one)
        && is_printed(other);
    (same && first != second).then(|| Interval::point(first).gap(&Interval::point(second)))
}

/// Whether the coarser figure is the finer one cut off rather than rounded.
fn is_cut_off(one: &Claim, other: &Claim) -> bool {
    let (coarse, fine) =
        if one.precision.grain > other.precision.grain { (one, other) } else { (other, one) };
    let (PrintedFigure::One(coarse_value), PrintedFigure::One(fine_value)) = (coarse.figure, fine.figure)
    else {
        return false;
    };
    // "1,200 jobs" are 1,276 workers cut off as well as 1,276 jobs.
    let is_one_unit = coarse.quantity.unit == fine.quantity.unit
        || [coarse, fine].iter().all(|claim| claim.quantity.unit.dimension == Dimension::Count);
    is_one_unit
        && coarse.precision.grain > fine.precision.grain
        && coarse.hedge.is_none()
        && !(coarse.precision.is_count && coarse_value < Decimal::ONE_HUNDRED)
        && fine.hedge.is_none()
        && coarse.precision.truncation(coarse_value).is_some_and(|interval| interval.contains(fine_value))
        && !rounds_to(fine_value, coarse_value, coarse.precision.grain)
}

fn rounds_to(fine: Decimal, coarse: Decimal, grain: Decimal) -> bool {
    fine.checked_div(grain)
        .map(|steps| steps.round_dp_with_strategy(0, rust_decimal::RoundingStrategy::MidpointAwayFromZero))
        .and_then(|steps| steps.checked_mul(grain))
        == Some(coarse)
}

/// A headline that says "more than N" over a report whose own figure lies below N: rounded up, then given a plus.
fn headline_overshoots(documents: &[Document], one: &Claim, other: &Claim) -> Option<Decimal> {
    let (headline, body) = match (one.block, other.block) {
        (BlockKind::Headline, BlockKind::Body | BlockKind::Quote) => (one, other),
        (BlockKind::Body | BlockKind::Quote, BlockKind::Headline) => (other, one),
        (_, _) => return None,
    };
    let says_more = |claim: &Claim| matches!(claim.hedge, Some(Hedge::Over | Hedge::AtLeast));
    let same_report = headline.document == body.document && documents.get(body.document).is_some();
    let (PrintedFigure::One(threshold), PrintedFigure::One(figure)) = (headline.figure, body.figure) else {
        return None;
    };
    let threshold = headline.to_base(threshold)?;
    let figure = body.to_base(figure)?;
    (same_report && says_more(headline) && figure < threshold)
        .then(|| Interval::point(threshold).gap(&Interval::point(figure)))
}

/// A bare figure that equals one end of another's range drops the rest of it.
fn ends_a_range(one: &Claim, other: &Claim) -> bool {
    let drops = |range: &Claim, point: &Claim| {
        let (PrintedFigure::Range(low, high), PrintedFigure::One(value)) = (range.figure, point.figure)
        else {
            return false;
        };
        let unit = &range.quantity.unit;
        let value = point.quantity.unit.to_base(value);
        point.hedge.is_none() && (unit.to_base(low) == value || unit.to_base(high) == value)
    };
    drops(one, other) || drops(other, one)
}

fn agreement(one: &Claim, other: &Claim) -> Agreement {
    if is_cut_off(one, other) {
        Agreement::Truncated
    } else if one.hedge.is_some() || other.hedge.is_some() || one.value().is_none() || other.value().is_none()
    {
        Agreement::Hedged
    } else {
        Agreement::Rounded
    }
}

/// Two currencies: the first figure in the second's currency, over the week's range of rates.
fn converted(evidence: &Evidence<'_>, one: &Claim, other: &Claim) -> Relation {
    let Evidence { exchange, tolerance, .. } = *evidence;
    let Some((one, other, rate)) = exchange.between(one, other) else {
        let codes = [one.quantity.unit.code.as_str(), other.quantity.unit.code.as_str()];
        // Without a rate, too, so many digits do not come twice by chance.
        return if is_kept_number(one, other) {
            same_number_as(one, other, codes)
        } else {
            Relation::Incomparable(format!("no rate from {} to {} for that date", codes[0], codes[1]).into())
        };
    };
    let (from, to) = (one.quantity.unit.code.as_str(), other.quantity.unit.code.as_str());
    let intervals = |rate: &crate::quantity::rate::Rate| {
        Some((Exchange::convert(&one.hard, rate)?, Exchange::convert(&one.soft, rate)?))
    };
    let Some((hard, soft)) = intervals(&rate) else {
        return Relation::Incomparable("too large to convert".into());
    };
    let broken = |depth: Depth, gap: Decimal| {
        let rate = Some((from.to_owned(), to.to_owned(), rate));
        let (between, is_of_unit) = ((one.id, other.id), is_same_number(one, other));
        Relation::Disagrees(Box::new(Break { depth, gap, between, rate, because: None, is_of_unit }))
    };
    if !hard.overlaps(&other.hard) && hard.gap(&other.hard) > tolerance {
        return broken(Depth::Hard, hard.gap(&other.hard));
    }
    let gap = soft.gap(&other.soft);
    if gap > tolerance {
        return broken(Depth::Soft, gap);
    }
    Relation::Agrees(Agreement::Converted)
}

/// Whether the later of two figures takes the other's place: a running figure that grew, or one that moves.
fn supersedes(evidence: &Evidence<'_>, times: &Times<'_>, one: &Claim, other: &Claim) -> bool {
    let Evidence { documents, reckoned, claims, .. } = *evidence;
    // Whatever it is of: a report says itself which figure another takes the place of.
    if evidence.is_told_at(times, one, other) || evidence.is_told_at(times, other, one) {
        return true;
    }
    if is_finally_told(evidence, times, one, other) || is_finally_told(evidence, times, other, one) {
        return true;
    }
    if may_have_changed(evidence, times, one, other) {
        return true;
    }
    let Some(measure) = one.measure.or(other.measure).and_then(measure) else {
        return is_share_of_two_days(evidence, times, one, other)
            || times.of(one).zip(times.of(other)).is_some_and(|(first, second)| {
                let (earlier, later) = if is_later(second, first) { (one, other) } else { (other, one) };
                first.0 != second.0
                    && grows(reckoned, earlier, later)
                    && (is_told_as_of_now(evidence, one, other)
                        || evidence.story.are_people(one, other) && runs_along(claims, earlier, later))
            });
    };
    let is_over = |claim: &Claim| {
        let year = documents.get(claim.document).and_then(|document| document.published.as_ref());
        matches!((&claim.period, year), (Some(Period::Year(of)), Some(day)) if *of < day.date.year())
    };
    // A year's figure stands still once the year is over.
    if (one.document, one.post) == (other.document, other.post) || is_over(one) && is_over(other) {
        return false;
    }
    // An average gift does not run as gifts do.
    let nature = if is_of_each(one) { Nature::Settled } else { measure.nature };
    let (Some(first), Some(second)) = (times.of(one), times.of(other)) else {
        // A figure of an undated report that runs or moves may be of another day.
        return nature != Nature::Settled || is_told_as_of_now(evidence, one, other);
    };
    let (earlier, later) = if is_later(second, first) {
        (one, other)
    } else if is_later(first, second) {
        (other, one)
    } else {
        // Of two reports of a day that do not both tell the hour, either may be the older.
        let is_open =
            one.document != other.document && first.0 == second.0 && first.1.zip(second.1).is_none();
        let has_post = one.post.is_some() || other.post.is_some();
        return match nature {
            Nature::Running => {
                is_open
                    && !is_slip(one, other)
                    && !is_transposed(one, other)
                    && taken_in(claims, one, other).is_none()
                    && !are_of_two_speakers(one, other)
            }
            Nature::Moving => is_open && has_post,
            Nature::Settled => false,
        };
    };
    match nature {
        Nature::Moving => true,
        // A rate of deaths does not run as they do.
        Nature::Running if one.quantity.unit.dimension == Dimension::Percent => false,
        Nature::Running => {
            grows(reckoned, earlier, later)
                || evidence.wording(later).is_corrected
                || !measure.becomes.is_empty() && !is_slip(one, other) && evidence.wording(later).is_lasting
                || measure.becomes.iter().any(|next| has_passed_to(reckoned, next, earlier, later))
        }
        // "At least 340 homes" are those counted so far, even of what is settled once all are.
        Nature::Settled => {
            let is_so_far =
                earlier.hedge == Some(Hedge::AtLeast) && earlier.quantity.unit.dimension == Dimension::Count;
            grows(reckoned, earlier, later) && (is_so_far || is_told_as_of_now(evidence, one, other))
        }
    }
}

/// Whether two reports are of two days far enough apart for what they tell to have changed: a count or an area of which nobody says
/// what it measures the next day ("17 schools were closed", "Arden fire: 310 acres"), another figure a week later. Tolls run by
/// rules of their own; a slip of more than a hundredth is none the less one, and where another figure stands beside both they
/// tell of one moment.
fn may_have_changed(evidence: &Evidence<'_>, times: &Times<'_>, one: &Claim, other: &Claim) -> bool {
    const DAY: i32 = 1;
    const WEEK: i32 = 7;
    let is_tallied = matches!(one.quantity.unit.dimension, Dimension::Count | Dimension::Area);
    let is_measure_open = one.measure.is_none() && other.measure.is_none();
    let fewest = if is_tallied && is_measure_open { DAY } else { WEEK };
    let nature = |claim: &Claim| Some(measure(claim.measure?)?.nature);
    // A toll that falls is told to.
    let is_toll = one.quantity.unit.dimension == Dimension::Count
        && [one, other].iter().any(|claim| nature(claim) == Some(Nature::Running));
    let days = || {
        let (then, now) = times.of(one).zip(times.of(other))?;
        then.0.until(now.0).ok().map(|span| span.get_days().abs())
    };
    one.document != other.document
        && !is_toll
        && (is_within_percent(one, other) || !is_slip(one, other))
        && !is_transposed(one, other)
        && !evidence.story.are_only_ones_beside(one, other)
        && days().is_some_and(|days| days >= fewest)
}

/// Whether two figures differ by less than a hundredth, as a count and a recount do.
fn is_within_percent(one: &Claim, other: &Claim) -> bool {
    let apart = || {
        let (one, other) = (one.in_base()?, other.in_base()?);
        let apart = one.checked_sub(other)?.abs().checked_mul(Decimal::ONE_HUNDRED)?;
        Some(apart < one.abs().min(other.abs()))
    };
    apart().unwrap_or(false)
}

/// Whether a later report gives another figure than one that was told to be the first of several: an estimate, a count of some
/// of the votes. Digits that changed places are a slip for all that.
fn is_finally_told(evidence: &Evidence<'_>, times: &Times<'_>, first: &Claim, last: &Claim) -> bool {
    times.of(first).zip(times.of(last)).is_some_and(|(then, now)| is_later(now, then))
        && !is_rescaled(first, last)
        && !is_transposed(first, last)
        && evidence.reckoned.is_provisional(evidence.documents, first)
}

/// Whether a moment lies behind another, as far as both are told.
fn is_later(now: Moment, then: Moment) -> bool {
    now.0 > then.0 || now.0 == then.0 && now.1.zip(then.1).is_some_and(|(now, then)| now > then)
}

/// Whether two counts are told beside others of one kind that grew, too: "273 women and 481 children among the 1,355 dead", and two
/// days later "280 women and 499 children".
fn runs_along(claims: &[Claim], earlier: &Claim, later: &Claim) -> bool {
    let is_count = |claim: &Claim| claim.quantity.unit.dimension == Dimension::Count;
    let has_grown = |then: &Claim| {
        let is_of_kind = |now: &Claim| {
            now.measure == then.measure && (now.measure.is_some() || now.quantity.unit == then.quantity.unit)
        };
        let grown = |now: &Claim| is_of_kind(now) && now.value() > then.value();
        then.value().is_some() && counts_beside(claims, later).any(grown)
    };
    is_count(earlier) && is_count(later) && counts_beside(claims, earlier).any(has_grown)
}

/// The other counts of a claim's sentence, and the running ones shortly before it.
fn counts_beside<'a>(claims: &'a [Claim], claim: &Claim) -> impl Iterator<Item = &'a Claim> {
    const REACH: usize = 8;
    let (id, document, sentence) = (claim.id, claim.document, claim.sentence.clone());
    let runs = |other: &Claim| {
        other.measure.and_then(measure).is_some_and(|measure| measure.nature == Nature::Running)
    };
    let near = id.saturating_sub(REACH)..(id + REACH + 1).min(claims.len());
    claims.get(near).unwrap_or_default().iter().filter(move |other| {
        other.document == document
            && other.id != id
            && other.quantity.unit.dimension == Dimension::Count
            && (other.sentence == sentence || other.id < id && runs(other))
    })
}

/// Whether two figures are those of two who count for themselves, an army and the rebels.
fn are_of_two_speakers(one: &Claim, other: &Claim) -> bool {
    one.speaker().zip(other.speaker()).is_some_and(|(one, other)| one != other)
}

/// Whether two reports of two days give the percentage of one name, and nobody says of what: a count of votes moves.
fn is_share_of_two_days(evidence: &Evidence<'_>, times: &Times<'_>, one: &Claim, other: &Claim) -> bool {
    let is_share =
        |claim: &Claim| claim.quantity.unit.dimension == Dimension::Percent && claim.kind != Kind::Change;
    let days = times.of(one).zip(times.of(other));
    is_share(one)
        && is_share(other)
        && evidence.story.told_alike(one, other).is_some()
        && days.is_some_and(|((one, _), (other, _))| one != other)
        && !is_slip(one, other)
}

/// Whether one of two figures that no slip explains is told as of now: "$7m so far", "has reached $12m".
fn is_told_as_of_now(evidence: &Evidence<'_>, one: &Claim, other: &Claim) -> bool {
    let is_current = || [one, other].into_iter().any(|claim| evidence.wording(claim).is_current);
    !is_slip(one, other) && !is_transposed(one, other) && is_current()
}

/// Whether a figure is one of each: an average, a price.
fn is_of_each(claim: &Claim) -> bool {
    claim.part.as_deref() == Some(part::EACH)
}

/// Whether a figure fell by no more than the largest figure of another measure grew from one report to the other.
fn has_passed_to(reckoned: &Reckoned, id: &'static str, earlier: &Claim, later: &Claim) -> bool {
    let largest = |document: usize| reckoned.largest(document, id);
    let grown =
        largest(later.document).zip(largest(earlier.document)).and_then(|(now, then)| now.checked_sub(then));
    let fallen = earlier.value().zip(later.value()).and_then(|(then, now)| then.checked_sub(now));
    grown.zip(fallen).is_some_and(|(grown, fallen)| fallen <= grown)
}

fn grows(reckoned: &Reckoned, earlier: &Claim, later: &Claim) -> bool {
    let middle = |claim: &Claim| {
        let figure = reckoned.in_base(claim)?;
        figure.value.or(figure.hard.low.value()).or(figure.hard.high.value())
    };
    middle(earlier).zip(middle(later)).is_some_and(|(before, after)| after > before)
}
