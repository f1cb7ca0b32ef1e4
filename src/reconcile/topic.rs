//! Statements that are about the same thing, gathered so that no topic holds a vetoed pair.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use rayon::prelude::*;
use rust_decimal::Decimal;

use crate::document::{BlockKind, Document};
use crate::extract::Role;
use crate::lang::{Nature, measure};
use crate::normalise::{Claim, Period, is_of_term_before};
use crate::quantity::{Dimension, significant_digits};

use super::calendar::is_date_slip;
use super::candidates;
use super::cause::{earlier_of, is_slip, told_as_earlier};
use super::chance::is_chance;
use super::figures::{Figures, digits_of, is_same_number, is_under_another_unit, may_be_confused};
use super::groups::{Group, Groups};
use super::likeness::points::ENOUGH_AGAINST_WORDS;
use super::likeness::{Apart, sum, weigh};
use super::reason::{Clash, Ground, Sign, Weight};
use super::reckoned::Reckoned;
use super::revision::Revisions;
use super::story::Story;
use super::verdict;
use super::witness::{Origins, Testimony};
use super::wording::Wording;
use super::{
    Agreement, Exchange, Link, NearMiss, Reason, Relation, Times, Topic, Verdict, arithmetic, label, lineage,
};

/// A claim and those that state it again in other units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Statement {
    /// The claims' ids; the first is the one restated.
    pub(super) claims: Vec<usize>,
}

impl Statement {
    pub(super) fn first<'a>(&self, claims: &'a [Claim]) -> Option<&'a Claim> {
        self.claims.first().and_then(|id| claims.get(*id))
    }
}

/// What the statements of a story are judged by.
#[derive(Clone, Copy)]
pub(super) struct Evidence<'a> {
    pub(super) documents: &'a [Document],
    pub(super) claims: &'a [Claim],
    pub(super) statements: &'a [Statement],
    pub(super) story: &'a Story,
    pub(super) reckoned: &'a Reckoned,
    pub(super) revisions: &'a Revisions<'a>,
    pub(super) exchange: &'a Exchange,
    /// How far apart soft intervals may lie and still agree, as a share of the nearer end.
    pub(super) tolerance: Decimal,
}

impl<'a> Evidence<'a> {
    /// The claim of a statement that restates no other.
    fn first(&self, statement: usize) -> Option<&'a Claim> {
        self.statements.get(statement)?.first(self.claims)
    }

    /// How two statements stand to each other.
    fn relation(&self, one: usize, other: usize) -> Relation {
        self.relation_at(&Times::printed(self.documents), one, other)
    }

    /// How they stand to each other, their figures being current at these times.
    fn relation_at(&self, times: &Times<'_>, one: usize, other: usize) -> Relation {
        let pair = (&self.statements[one], &self.statements[other]);
        verdict::relation(self, times, pair)
    }

    /// Whether some report says that the figure of one of two claims took the other's place.
    fn is_told(&self, one: &Claim, other: &Claim) -> bool {
        self.revisions.tell(one, other) || self.revisions.tell(other, one)
    }

    /// What a claim's sentence says of how long its figure holds.
    pub(super) fn wording(&self, claim: &Claim) -> Wording {
        self.reckoned.wording(self.documents, claim)
    }

    /// The statements of a report: they stand in the order of their claims.
    fn statements_of(&self, document: usize) -> Range<usize> {
        let before = |end: usize| {
            self.statements.partition_point(|statement| {
                statement.first(self.claims).is_some_and(|own| own.document < end)
            })
        };
        before(document)..before(document + 1)
    }
}

/// The statements of the claims that are compared.
pub(super) fn statements(claims: &[Claim]) -> Vec<Statement> {
    let mut by_root: BTreeMap<usize, Statement> = BTreeMap::new();
    for claim in claims.iter().filter(|claim| claim.is_compared()) {
        let root = claim.restates.unwrap_or(claim.id);
        by_root.entry(root).or_insert(Statement { claims: Vec::new() }).claims.push(claim.id);
    }
    by_root.into_values().collect()
}

/// How two statements of the story stand to each other in the grouping.
enum Tie {
    /// They are about the same thing.
    Linked(Strength),
    /// They must not share a topic.
    Vetoed(Ground),
    /// Neither.
    Loose,
}

/// How sure it is that two statements are about the same thing.
#[derive(Clone, Copy)]
struct Strength {
    points: i32,
    /// Whether the digits of their figures link them, which weigh more than the words around another one.
    is_by_digits: bool,
    /// Whether a report says that one took the other's place: they are one thing at two times.
    is_told: bool,
}

impl Strength {
    fn of(because: &[Weight<'_>]) -> Strength {
        let has = |wanted: fn(&Sign<'_>) -> bool| because.iter().any(|weight| wanted(&weight.sign));
        Strength {
            points: sum(because),
            is_by_digits: has(|sign| matches!(sign, Sign::Figure | Sign::Digits)),
            is_told: has(|sign| matches!(sign, Sign::Replaced)),
        }
    }
}

/// A link of two statements, and what it is worth: a large story has millions.
struct Bond {
    pair: (u32, u32),
    strength: Strength,
}

/// Gathers statements into groups: the surest links first, and none that would bring a vetoed pair together. What words say
/// does not hold where digits outweigh it.
pub(super) fn group(evidence: &Evidence<'_>) -> Vec<Group> {
    /// Pairs that are judged at a time: what is known of all of them would be many times the story.
    const AT_A_TIME: usize = 1 << 16;
    let tie = |pair: &(u32, u32)| match likeness(evidence, places(*pair)) {
        Ok(because) => Tie::Linked(Strength::of(&because)),
        Err(Apart::Veto(clash)) => Tie::Vetoed(clash.ground()),
        Err(Apart::TooLittle { .. } | Apart::Incomparable) => Tie::Loose,
    };
    let mut bonds: Vec<Bond> = Vec::new();
    let mut groups = Groups::new(evidence.statements.len());
    for some in pairs(evidence).chunks(AT_A_TIME) {
        let ties: Vec<Tie> = some.par_iter().map(tie).collect();
        for (pair, tie) in some.iter().zip(ties) {
            match tie {
                Tie::Linked(strength) => bonds.push(Bond { pair: *pair, strength }),
                Tie::Vetoed(ground) => groups.keep_apart(places(*pair), ground),
                Tie::Loose => {}
            }
        }
    }
    // Of links as sure as each other those come first whose words do, whatever the reports' names.
    let rank = ranks(evidence);
    let ranked = |(one, other): (usize, usize)| (rank[one].min(rank[other]), rank[one].max(rank[other]));
    // One figure at two times comes after all that are of one.
    bonds.sort_by_key(|Bond { pair, strength }| {
        (strength.is_told, std::cmp::Reverse(strength.points), ranked(places(*pair)))
    });
    bonds.retain(|bond| !groups.join(places(bond.pair), Ground::Words));
    let is_sure = |bond: &&Bond| bond.strength.is_by_digits && bond.strength.points >= ENOUGH_AGAINST_WORDS;
    for bond in bonds.iter().filter(is_sure) {
        groups.join(places(bond.pair), Ground::Figures);
    }
    groups.told()
}

/// The places of two statements.
fn places((one, other): (u32, u32)) -> (usize, usize) {
    (one as usize, other as usize)
}

/// Every two statements that are held against each other.
fn pairs(evidence: &Evidence<'_>) -> Vec<(u32, u32)> {
    let Evidence { claims, statements, story, exchange, .. } = evidence;
    let mut pairs = candidates::pairs(claims, statements, story, exchange);
    pairs.extend(under_other_units(claims, statements));
    pairs
}

/// Like claims that were not taken together, and why.
pub(super) fn near_misses(evidence: &Evidence<'_>) -> Vec<NearMiss> {
    let apart = |pair: (usize, usize)| near_miss(evidence, pair, &likeness(evidence, pair).err()?);
    let mut pairs = pairs(evidence);
    pairs.sort_unstable();
    pairs.into_iter().map(places).filter_map(apart).collect()
}

/// The place of each statement among all by its words: its sentence, and where it stands in it.
fn ranks(evidence: &Evidence<'_>) -> Vec<usize> {
    let words = |idx: usize| {
        let claim = evidence.first(idx)?;
        let document = evidence.documents.get(claim.document)?;
        let at = claim.text.start.saturating_sub(claim.sentence.start);
        Some((document.slice(&claim.sentence), at))
    };
    let mut order: Vec<usize> = (0..evidence.statements.len()).collect();
    order.sort_by_cached_key(|idx| words(*idx));
    let mut ranks = vec![0; order.len()];
    for (rank, idx) in order.into_iter().enumerate() {
        ranks[idx] = rank;
    }
    ranks
}

/// Pairs that print the same number in units of two kinds; of a number that many give, each with the next few of another.
fn under_other_units(claims: &[Claim], statements: &[Statement]) -> Vec<(u32, u32)> {
    const MOST_OTHERS: usize = 64;
    type ByKind<'a> = BTreeMap<Dimension, Vec<(u32, &'a Claim)>>;
    let mut by_number: BTreeMap<Decimal, ByKind<'_>> = BTreeMap::new();
    for (idx, statement) in (0..).zip(statements) {
        let own = statement.claims.iter().filter_map(|id| claims.get(*id));
        for claim in own.filter(|claim| may_be_confused(claim.quantity.unit.dimension)) {
            let unit = &claim.quantity.unit;
            let numbers: BTreeSet<Decimal> =
                claim.value().into_iter().chain(claim.in_base()).map(|number| number.normalize()).collect();
            for number in numbers {
                by_number.entry(number).or_default().entry(unit.dimension).or_default().push((idx, claim));
            }
        }
    }
    let mut pairs = Vec::new();
    for kinds in by_number.values() {
        for (kind, own) in kinds {
            for (_, others) in kinds.iter().filter(|(other, _)| *other != kind) {
                for (one, a) in own {
                    let next = others.partition_point(|(other, _)| other <= one);
                    let near = others.iter().skip(next).take(MOST_OTHERS);
                    let near = near.filter(|(_, b)| is_under_another_unit(a, b));
                    pairs.extend(near.map(|(other, _)| (*one, *other)));
                }
            }
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// What speaks for taking two statements together, or why they are not.
fn likeness<'a>(evidence: &Evidence<'a>, (one, other): (usize, usize)) -> Result<Vec<Weight<'a>>, Apart<'a>> {
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
            if first.is_of_other_stretch(second) && evidence.story.is_same_figure(first, second) =>
        {
            (Figures::Same, (first, second))
        }
        Relation::Disagrees(_) if is_date_slip(first, second) => (Figures::Slip, (first, second)),
        Relation::Disagrees(_) if is_dated(first) => (Figures::Differ, (first, second)),
        Relation::Disagrees(_) => match slip(evidence, (one, other)) {
            Some(pair) if !is_chance(evidence.story, pair) => (Figures::Slip, pair),
            Some(_) | None if is_printed_late(evidence, first, second) => (Figures::Earlier, (first, second)),
            Some(_) | None => (Figures::Differ, (first, second)),
        },
        Relation::Superseded if evidence.is_told(first, second) => (Figures::Replaced, (first, second)),
        Relation::Superseded => (Figures::Revised, (first, second)),
        Relation::Incomparable(_) => return Err(Apart::Incomparable),
    };
    // An earlier figure is held against the same one alone.
    let is_earlier = first.role == Role::Before || second.role == Role::Before;
    // A plan and what was planned before, told by one report alone: nothing that ran on.
    let is_told_alone =
        figures == Figures::Replaced && (first.document, first.post) == (second.document, second.post);
    let may_meet =
        || figures == Figures::Replaced || figures == Figures::Same && is_older(evidence, first, second);
    if is_told_alone || is_earlier && !may_meet() {
        return Err(Apart::Incomparable);
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

/// A link as it is told.
fn link(evidence: &Evidence<'_>, (one, other): (usize, usize)) -> Option<Link> {
    let because = likeness(evidence, (one, other)).ok()?;
    let told = |weight: &Weight<'_>| Reason { what: weight.sign.to_string(), points: weight.points };
    Some(Link {
        a: evidence.first(one)?.id,
        b: evidence.first(other)?.id,
        because: because.iter().map(told).collect(),
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
    let may_give_both = !is_one_number && !is_sum_unconverted(one, other);
    let is_given = |own: &Claim, foreign: &Claim| {
        gives_both(story, own, foreign) && !story.is_given_for_another(own, foreign)
    };
    if may_give_both && (is_given(one, other) || is_given(other, one)) {
        return Err(Clash::BothGiven);
    }
    Ok(())
}

/// Whether two claims print one number of two digits or more in two currencies: a report that gives both has them from two
/// sources sooner than it speaks of two sums.
fn is_sum_unconverted(one: &Claim, other: &Claim) -> bool {
    one.quantity.unit.dimension == Dimension::Money && is_same_number(one, other) && digits_of(one).len() >= 2
}

/// Whether two claims stand in two posts of one live blog, or one in its headline.
fn is_of_two_posts(one: &Claim, other: &Claim) -> bool {
    one.document == other.document && one.post != other.post
}

/// Within one report the same digits at two scales are more often a year's figure and a decade's than a slip, unless
/// one stands in the headline.
fn may_slip(one: &Claim, other: &Claim) -> bool {
    let digits = |claim: &Claim| claim.value().map(significant_digits);
    let is_scale = digits(one) == digits(other);
    let is_headline = one.block == BlockKind::Headline || other.block == BlockKind::Headline;
    one.document != other.document || !is_scale || is_headline
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
                && (claim.measure.is_none() || claim.measure == headline.measure)
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

/// The pairs of a group whose relation is told: every two of a few; of many, those next in size.
fn told_pairs(evidence: &Evidence<'_>, group: &[usize]) -> Vec<(usize, usize)> {
    const FEW: usize = 128;
    const NEAREST: usize = 6;
    let mut order = group.to_vec();
    let reach = if group.len() <= FEW { group.len() } else { NEAREST };
    if group.len() > FEW {
        order.sort_by_key(|idx| evidence.first(*idx).and_then(Claim::value));
    }
    let mut pairs: Vec<(usize, usize)> = Vec::with_capacity(order.len() * reach);
    for (at, one) in order.iter().enumerate() {
        let others = order.iter().skip(at + 1).take(reach);
        pairs.extend(others.map(|other| (*one.min(other), *one.max(other))));
    }
    pairs.sort_unstable();
    pairs
}

/// Makes the topic of a group.
pub(super) fn describe(evidence: &Evidence<'_>, group: &Group, testimony: &Testimony<'_>) -> Topic {
    let Evidence { documents, claims, statements, .. } = *evidence;
    let pairs = told_pairs(evidence, &group.statements);
    let is_told = |(one, other): &(usize, usize)| {
        evidence
            .first(*one)
            .zip(evidence.first(*other))
            .is_some_and(|(one, other)| evidence.is_told(one, other))
    };
    // Two figures that meet by way of one that a report says was replaced, must be alike themselves to be held against each other.
    let is_earlier = |idx: &usize| evidence.first(*idx).is_some_and(|claim| claim.role == Role::Before);
    let is_revised = group.statements.iter().any(is_earlier) || pairs.iter().any(is_told);
    // Reports tell of several earthquakes.
    let is_of_shocks = group
        .statements
        .first()
        .and_then(|idx| evidence.first(*idx))
        .is_some_and(|claim| claim.quantity.unit.dimension == Dimension::Magnitude);
    let related = |times: &Times<'_>| {
        let between = |(one, other): &(usize, usize)| {
            let relation = evidence.relation_at(times, *one, *other);
            let is_told = match relation {
                Relation::Agrees(_) | Relation::Incomparable(_) => true,
                Relation::Disagrees(_) if is_revised || is_of_shocks => {
                    likeness(evidence, (*one, *other)).is_ok()
                }
                Relation::Disagrees(_) | Relation::Superseded => {
                    !group.is_mixed || !is_vetoed(evidence, (*one, *other))
                }
            };
            let (first, second) = (evidence.first(*one)?, evidence.first(*other)?);
            is_told.then_some((first.id, second.id, relation))
        };
        let mut related = Vec::with_capacity(pairs.len());
        related.extend(pairs.iter().filter_map(between));
        related
    };
    let relations = related(&Times::printed(documents));
    let mut ids: Vec<usize> =
        group.statements.iter().flat_map(|idx| statements[*idx].claims.iter().copied()).collect();
    ids.sort_unstable();
    let members: Vec<&Claim> = ids.iter().filter_map(|id| claims.get(*id)).collect();
    let firsts = group.statements.iter().filter_map(|idx| evidence.first(*idx));
    let Origins { sources, of_draft } = testimony.origins(&members);
    let printed: Vec<&Claim> = firsts.filter(|claim| !of_draft.contains(&claim.document)).collect();
    let mut topic = Topic {
        id: 0,
        label: label::of(documents, &members),
        sources,
        of_draft,
        lineage: lineage::of(documents, &printed, &relations),
        claims: ids,
        links: group.links.iter().filter_map(|pair| link(evidence, *pair)).collect(),
        verdict: Verdict::Single,
        relations,
    };
    // What the draft agrees with tells how old its figures are, and that what they take the place of.
    if !topic.of_draft.is_empty() {
        topic.relations = related(&Times::of_topic(documents, claims, &topic));
    }
    if group.statements.len() > 1 {
        topic.verdict = verdict(&topic.relations);
    }
    topic
}

/// Whether something keeps two statements apart that met by way of others.
fn is_vetoed(evidence: &Evidence<'_>, pair: (usize, usize)) -> bool {
    matches!(likeness(evidence, pair), Err(Apart::Veto(_)))
}

/// How claims stand to each other on the whole, by the gravest relation between two of them.
fn verdict(relations: &[(usize, usize, Relation)]) -> Verdict {
    let of_pair = |relation: &Relation| match relation {
        Relation::Disagrees(_) => Verdict::Disagree,
        Relation::Superseded | Relation::Agrees(Agreement::Outgrown) => Verdict::Superseded,
        Relation::Agrees(_) | Relation::Incomparable(_) => Verdict::Agree,
    };
    relations.iter().map(|(_, _, relation)| of_pair(relation)).max().unwrap_or(Verdict::Agree)
}
