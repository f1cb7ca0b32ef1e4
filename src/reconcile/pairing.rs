//! Two statements held against each other: how their figures stand, what speaks for one thing, and what explains a difference
//! without a contradiction.

use crate::document::BlockKind;
use crate::extract::Role;
use crate::lang::{Nature, measure};
use crate::normalise::{Claim, Kind, Period, is_of_term_before};
use crate::quantity::{Dimension, significant_digits};

use super::calendar::is_date_slip;
use super::candidates;
use super::cause::{earlier_of, is_slip, told_as_earlier};
use super::chance::is_chance;
use super::evidence::Evidence;
use super::figures::{Figures, digits_of, is_same_number};
use super::kinship::is_of_one_measure;
use super::likeness::{Apart, sum, weigh};
use super::reason::{Clash, Weight};
use super::story::Story;
use super::verdict::may_be_one_currency;
use super::{Agreement, Link, NearMiss, Reason, Relation, Times, arithmetic};

/// What speaks for taking two statements together, or why they are not.
pub(super) fn likeness<'a>(
    evidence: &Evidence<'a>,
    (one, other): (usize, usize),
) -> Result<Vec<Weight<'a>>, Apart<'a>> {
    let (Some(first), Some(second)) = (evidence.first(one), evidence.first(other)) else {
        return Err(Apart::Incomparable);
    };
    let (figures, (first, second)) = match evidence.relation(one, other) {
        Relation::Agrees(Agreement::Exact) => (Figures::Same, (first, second)),
        Relation::Agrees(_) if evidence.story.is_same_figure(first, second) => {
            (Figures::Same, (first, second))
        }
        Relation::Agrees(_) => (Figures::Agree, (first, second)),
        // "40 million a year" and "40 million over five years" are one figure.
        Relation::Disagrees(_)
            if first.is_of_other_stretch(second)
                && (evidence.story.is_same_figure(first, second)
                    || first.value() == second.value() && may_be_one_currency(first, second)) =>
        {
            (Figures::Same, (first, second))
        }
        Relation::Disagrees(_) if is_date_slip(first, second) => (Figures::Slip, (first, second)),
        Relation::Disagrees(_) if is_dated(first) => (Figures::Differ, (first, second)),
        Relation::Disagrees(_) => match slip(evidence, (one, other)) {
            Some(pair) if !is_chance(evidence.story, pair) => (Figures::Slip, pair),
            Some(_) | None
                if is_printed_late(evidence, first, second) || is_gone_back(evidence, first, second) =>
            {
                (Figures::Earlier, (first, second))
            }
            Some(_) | None => (Figures::Differ, (first, second)),
        },
        Relation::Superseded if evidence.is_told(first, second) => (Figures::Replaced, (first, second)),
        Relation::Superseded => (Figures::Revised, (first, second)),
        Relation::Incomparable(_) => return Err(Apart::Incomparable),
    };
    // An earlier figure is held against the same one alone.
    let is_earlier = first.role == Role::Before || second.role == Role::Before;
    let may_meet = || figures == Figures::Same && is_older(evidence, first, second);
    // A plan and what was planned before, told by one report alone: nothing that ran on.
    let is_told_alone =
        figures == Figures::Replaced && (first.document, first.post) == (second.document, second.post);
    if is_told_alone || is_earlier && !may_meet() {
        return Err(Apart::Incomparable);
    }
    // A toll that runs on is one whether or not a report tells both.
    if figures == Figures::Replaced
        && let Ok(because) = weigh(evidence.story, first, second, Figures::Revised)
        && keep_apart(evidence, (one, other), Figures::Revised).is_ok()
    {
        return Ok(because);
    }
    let weighed = weigh(evidence.story, first, second, figures);
    if !matches!(figures, Figures::Same | Figures::Agree) && !matches!(weighed, Err(Apart::Veto(_))) {
        keep_apart(evidence, (one, other), figures).map_err(Apart::Veto)?;
    }
    weighed
}

/// Whether of two claims with one figure the one is told as the figure before, and the other was printed no later.
fn is_older(evidence: &Evidence<'_>, one: &Claim, other: &Claim) -> bool {
    let is_of = |before: &Claim, present: &Claim| {
        before.role != Role::Before
            || evidence.revisions.has_before(before) && !evidence.story.is_a_day_before(before, present)
    };
    is_of(one, other) && is_of(other, one)
}

/// Whether a report gives as a toll what an earlier report tells as the one before its own: tolls do not go back.
fn is_gone_back(evidence: &Evidence<'_>, one: &Claim, other: &Claim) -> bool {
    let runs = |claim: &Claim| {
        claim.measure.and_then(measure).is_some_and(|measure| measure.nature == Nature::Running)
    };
    let is_of = |then: &Claim, now: &Claim| {
        runs(now) && evidence.revisions.tell(then, now) && evidence.story.is_a_day_before(now, then)
    };
    is_of(one, other) || is_of(other, one)
}

/// Whether a report prints for the present figure what another one gives as the earlier one, and was not simply written
/// before it: on the same day or later, or after the year of the earlier figure.
fn is_printed_late(evidence: &Evidence<'_>, one: &Claim, other: &Claim) -> bool {
    let times = Times::printed(evidence.documents);
    told_as_earlier(evidence.claims, one, other).is_some_and(|(told, taken)| {
        let present = if taken.id == one.id { other } else { one };
        let is_over = |year: i16| evidence.story.year_of(taken).is_some_and(|own| year < own);
        // What a plan says "instead of", or was before it was revised, may come to hold again.
        let is_of_term = evidence.documents.get(told.document).is_some_and(|document| {
            let behind = told.text.end..told.sentence.end;
            is_of_term_before(document, behind, told.measure, told.period.as_ref())
        });
        matches!(told.period, Some(Period::Year(year)) if is_over(year))
            || is_of_term
                && times.of(taken).zip(times.of(present)).is_none_or(|((then, _), (now, _))| then >= now)
    })
}

/// The claims of two statements between which a slip explains the difference: the first of one and any of the other, for
/// it may be the restated figure that lost its unit; of such a pair the number or the unit was kept.
fn slip<'a>(evidence: &Evidence<'a>, (one, other): (usize, usize)) -> Option<(&'a Claim, &'a Claim)> {
    let (a, b) = (evidence.statements.get(one)?, evidence.statements.get(other)?);
    let (first, second) = (a.claims.first()?, b.claims.first()?);
    let is_kept = |one: &Claim, other: &Claim| {
        one.restates.is_none() && other.restates.is_none()
            || one.quantity.unit == other.quantity.unit
            || one.value() == other.value()
    };
    let against_first = b.claims.iter().map(|other| (first, other));
    let against_second = a.claims.iter().skip(1).map(|one| (one, second));
    against_first
        .chain(against_second)
        .filter_map(|(one, other)| Some((evidence.claims.get(*one)?, evidence.claims.get(*other)?)))
        .find(|(one, other)| is_kept(one, other) && is_slip(one, other) && may_slip(one, other))
}

/// Within one report the same digits at two scales are more often a year's figure and a decade's than a slip, unless
/// one stands in the headline.
fn may_slip(one: &Claim, other: &Claim) -> bool {
    let digits = |claim: &Claim| claim.value().map(significant_digits);
    let is_scale = digits(one) == digits(other);
    let is_headline = one.block == BlockKind::Headline || other.block == BlockKind::Headline;
    one.document != other.document || !is_scale || is_headline
}

/// Whether a claim is of a day or a year.
fn is_dated(claim: &Claim) -> bool {
    matches!(claim.quantity.unit.dimension, Dimension::Date | Dimension::Year)
}

/// What explains a difference without a contradiction: two figures that one report gives, a sum of neighbours.
fn keep_apart<'a>(evidence: &Evidence<'a>, pair: (usize, usize), figures: Figures) -> Result<(), Clash<'a>> {
    let Evidence { documents, reckoned, claims, story, .. } = *evidence;
    let (Some(one), Some(other)) = (evidence.first(pair.0), evidence.first(pair.1)) else { return Ok(()) };
    let is_update = || matches!(evidence.relation(pair.0, pair.1), Relation::Superseded);
    if figures == Figures::Replaced || is_of_two_posts(one, other) && is_update() {
        return Ok(());
    }
    if one.document == other.document {
        let headline = [one, other].into_iter().find(|claim| claim.block == BlockKind::Headline);
        let is_headline_and_body = headline.is_some()
            && one.block != other.block
            && !headline.is_some_and(|headline| body_bears_out(evidence, headline));
        let is_settled =
            one.measure.and_then(measure).is_some_and(|measure| measure.nature == Nature::Settled);
        // A report that gives the other figure beside this one contrasts the two: last year's, a part of it.
        let is_contrast =
            headline.is_some() || one.sentence == other.sentence || story.stands_beside(one, other);
        let is_own_slip = !is_contrast && is_slip(one, other) && may_slip(one, other);
        let same_slot = is_settled && (words_alike(one, other) || is_own_slip);
        let is_sum = arithmetic::is_sum_of_neighbours(reckoned, claims, one, other)
            || arithmetic::is_sum_of_neighbours(reckoned, claims, other, one);
        return if is_sum {
            Err(Clash::Sum)
        } else if is_headline_and_body || same_slot {
            Ok(())
        } else {
            Err(Clash::BothGiven)
        };
    }
    // The report that gives the earlier figure gives both, and often the difference.
    if figures == Figures::Earlier {
        let gives_both = earlier_of(claims, one, other).is_some_and(|taken| {
            let present = if taken.id == one.id { other } else { one };
            story.gives_both(taken, present)
        });
        return if gives_both { Err(Clash::BothGiven) } else { Ok(()) };
    }
    if arithmetic::is_sum_of_neighbours(reckoned, claims, one, other)
        || arithmetic::is_sum_of_neighbours(reckoned, claims, other, one)
    {
        return Err(Clash::Sum);
    }
    if matches!(figures, Figures::Differ | Figures::Revised)
        && (reckoned.is_nearer_total(claims, one, other) || reckoned.is_nearer_total(claims, other, one))
    {
        return Err(Clash::NearerTotal);
    }
    if arithmetic::is_perpetrator_apart(documents, one, other) {
        return Err(Clash::Perpetrator);
    }
    if arithmetic::is_product_of_neighbour(reckoned, one, other) {
        return Err(Clash::Product);
    }
    if arithmetic::are_of_two_moments(claims, one, other) {
        return Err(Clash::Moments);
    }
    // A live blog that gives both at two times gives one after the other.
    let gives_both = if is_update() { Story::gives_both } else { Story::tells_both };
    // "More than 500" and "fewer than 500" are given with one number.
    let is_one_number = story.is_same_figure(one, other);
    // What stands alone beside a long figure that both give is one thing, whatever else a report gives.
    let are_alone = one.kind != Kind::Date && story.are_only_ones_beside(one, other);
    let is_one_thing =
        is_one_number || is_sum_unconverted(one, other) || are_power_and_energy(one, other) || are_alone;
    let is_given = |own: &Claim, foreign: &Claim| {
        gives_both(story, own, foreign) && !story.is_given_for_another(own, foreign)
    };
    // A later report tells the earlier figure besides its own.
    let is_told_later = || {
        let times = Times::printed(documents);
        let is_late = times.of(one).zip(times.of(other)).is_some_and(|(one, other)| one.0 > other.0);
        let (then, now) = if is_late { (other, one) } else { (one, other) };
        let is_told = is_of_one_measure(then, now) && !then.is_measure_noun && !now.is_measure_noun;
        is_update() && is_told && !is_given(then, now)
    };
    if !is_one_thing && (is_given(one, other) || is_given(other, one)) && !is_told_later() {
        return Err(Clash::BothGiven);
    }
    Ok(())
}

/// Whether two claims print one number of two digits or more in two currencies: a report that gives both has them from two
/// sources sooner than it speaks of two sums.
fn is_sum_unconverted(one: &Claim, other: &Claim) -> bool {
    one.quantity.unit.dimension == Dimension::Money && is_same_number(one, other) && digits_of(one).len() >= 2
}

/// Whether two claims print one number of two digits or more as a power and as an energy: of watts and watt-hours a report that
/// gives both has mixed up one.
fn are_power_and_energy(one: &Claim, other: &Claim) -> bool {
    let dimensions = [one.quantity.unit.dimension, other.quantity.unit.dimension];
    let are_both = [Dimension::Power, Dimension::Energy].iter().all(|wanted| dimensions.contains(wanted));
    are_both && is_same_number(one, other) && digits_of(one).len() >= 2
}

/// Whether two claims stand in two posts of one live blog, or one in its headline.
fn is_of_two_posts(one: &Claim, other: &Claim) -> bool {
    one.document == other.document && one.post != other.post
}

/// Whether some figure of a report's body agrees with its headline's, whatever the others say.
fn body_bears_out(evidence: &Evidence<'_>, headline: &Claim) -> bool {
    let own = evidence.statements_of(headline.document);
    let is_headline = |idx: &usize| evidence.first(*idx).is_some_and(|claim| claim.id == headline.id);
    let Some(told) = own.clone().find(is_headline) else { return false };
    own.into_iter().any(|idx| {
        evidence.first(idx).is_some_and(|claim| {
            claim.block != BlockKind::Headline
                && claim.quantity.unit.dimension == headline.quantity.unit.dimension
                && (claim.measure.is_none()
                    || headline.measure.is_none()
                    || claim.measure == headline.measure)
                && matches!(
                    evidence.relation(told, idx),
                    Relation::Agrees(Agreement::Exact | Agreement::Rounded)
                )
        })
    })
}

/// Whether two sentences of one report say nearly the same.
fn words_alike(one: &Claim, other: &Claim) -> bool {
    const ALIKE_PERCENT: usize = 60;
    let shared = one.words.iter().filter(|word| other.words.binary_search(word).is_ok()).count();
    let shorter = one.words.len().min(other.words.len());
    shorter >= 3 && shared * 100 >= shorter * ALIKE_PERCENT && one.sentence != other.sentence
}

/// A link as it is told.
pub(super) fn link(evidence: &Evidence<'_>, (one, other): (usize, usize)) -> Option<Link> {
    let because = likeness(evidence, (one, other)).ok()?;
    let told = |weight: &Weight<'_>| Reason { what: weight.sign.words(), points: weight.points };
    Some(Link {
        a: evidence.first(one)?.id,
        b: evidence.first(other)?.id,
        because: because.iter().map(told).collect(),
    })
}

/// Like claims that were not taken together, and why.
pub(super) fn near_misses(evidence: &Evidence<'_>) -> Vec<NearMiss> {
    let apart = |pair: (usize, usize)| near_miss(evidence, pair, &likeness(evidence, pair).err()?);
    let mut pairs: Vec<(u32, u32)> = candidates::pairs(evidence).flatten().collect();
    pairs.sort_unstable();
    pairs.into_iter().map(candidates::places).filter_map(apart).collect()
}

/// Two statements that are alike in what they measure or in their figure, and yet not taken together.
fn near_miss(evidence: &Evidence<'_>, (one, other): (usize, usize), why: &Apart<'_>) -> Option<NearMiss> {
    let (a, b) = (evidence.first(one)?, evidence.first(other)?);
    let is_measure_open = a.measure.is_none() || b.measure.is_none();
    let is_alike = a.measure.is_some() && a.measure == b.measure
        || a.quantity.unit == b.quantity.unit && (a.value() == b.value() || is_measure_open)
        || slip(evidence, (one, other)).is_some();
    let because = match why {
        Apart::Veto(clash) => clash.to_string(),
        Apart::TooLittle { because, enough } => {
            let told: Vec<String> =
                because.iter().map(|weight| format!("{} ({})", weight.sign, weight.points)).collect();
            format!("{} points speak for it, {enough} are needed: {}", sum(because), told.join(", "))
        }
        Apart::Incomparable => return None,
    };
    is_alike.then_some(NearMiss { a: a.id, b: b.id, because })
}
