//! What `value-conflict` and `self-conflict` share: the sides of a topic that disagrees, and how it is told.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use crate::normalise::{Claim, Kind};
use crate::quantity::{Dimension, Interval, interval_in_words, rate_in_words, readable};
use crate::reconcile::cause::{Cause, causes};
use crate::reconcile::{Break, Conversion, Depth, Exchange, Relation, Topic, Verdict};

use super::{Case, Finding, Severity, Side, identity, wording};

/// The statements of one side, by the id of each one's first claim.
pub(super) type Members = Vec<usize>;

/// Sets of sides told of one topic: a topic that falls apart in more ways is told well enough by these.
const MOST_SETS: usize = 4;
/// Figures that a message names; more are counted.
const MOST_TOLD: usize = 6;
/// Steps of working that one finding shows; more are counted.
const MOST_STEPS: usize = 8;

/// So many statements of a side are asked whether they agree with another: of a few, that is all.
const MOST_ASKED: usize = 64;

/// With how many others a statement agrees, and with how many it breaks.
#[derive(Debug, Clone, Copy)]
struct Degree {
    agreeing: usize,
    broken: usize,
}

/// How each two statements of a topic stand to each other.
pub(super) struct Standing<'a> {
    relations: FxHashMap<(usize, usize), &'a Relation>,
    /// By statement: the later ones whose relation to it is told.
    later: FxHashMap<usize, Vec<usize>>,
}

/// How a statement stands to those of a side that were asked.
#[derive(Default)]
struct Attitude {
    agrees: bool,
    breaks: bool,
    /// It is neither with some of them.
    is_unsure: bool,
}

impl<'a> Standing<'a> {
    pub(super) fn new(topic: &'a Topic) -> Standing<'a> {
        let mut standing = Standing { relations: FxHashMap::default(), later: FxHashMap::default() };
        for (a, b, relation) in &topic.relations {
            standing.relations.insert((*a, *b), relation);
            standing.later.entry(*a).or_default().push(*b);
        }
        standing
    }

    fn between(&self, a: usize, b: usize) -> Option<&'a Relation> {
        self.relations.get(&(a.min(b), a.max(b))).copied()
    }

    pub(super) fn broken(&self, a: usize, b: usize) -> Option<&'a Break> {
        match self.between(a, b) {
            Some(Relation::Disagrees(broken)) => Some(broken),
            Some(Relation::Agrees(_) | Relation::Superseded | Relation::Incomparable(_)) | None => None,
        }
    }

    /// Sets of sides: within one every two sides disagree throughout and each side agrees throughout. The first set
    /// holds what most statements say; a further one is told only for statements that stand in none before it.
    pub(super) fn sides(&self, statements: &[usize]) -> Vec<Vec<Members>> {
        let mut sets: Vec<Vec<Members>> = Vec::new();
        let degrees = self.degrees(statements);
        let is_broken = |id: &usize| degrees.get(id).is_some_and(|degree| degree.broken > 0);
        let mut untold: Vec<usize> = statements.iter().copied().filter(is_broken).collect();
        let mut next = self.partition(statements, &degrees);
        loop {
            if next.len() > 1 {
                let told: BTreeSet<usize> = next.iter().flatten().copied().collect();
                untold.retain(|id| !told.contains(id));
                sets.push(next);
            }
            if untold.is_empty() || sets.len() == MOST_SETS {
                return sets;
            }
            next = self.against(untold.remove(0), statements);
        }
    }

    /// With how many of some statements each one agrees, and with how many it breaks.
    fn degrees<'s>(&'s self, statements: &'s [usize]) -> BTreeMap<usize, Degree> {
        let mut degrees: BTreeMap<usize, Degree> =
            statements.iter().map(|id| (*id, Degree { agreeing: 0, broken: 0 })).collect();
        let with_later = |a: &'s usize| self.later.get(a).into_iter().flatten().map(move |b| (a, b));
        for (a, b) in statements.iter().flat_map(with_later) {
            if !degrees.contains_key(b) {
                continue;
            }
            let (agreeing, broken) = match self.between(*a, *b) {
                Some(Relation::Agrees(_)) => (1, 0),
                Some(Relation::Disagrees(_)) => (0, 1),
                Some(Relation::Superseded | Relation::Incomparable(_)) | None => (0, 0),
            };
            for id in [a, b] {
                if let Some(degree) = degrees.get_mut(id) {
                    degree.agreeing += agreeing;
                    degree.broken += broken;
                }
            }
        }
        degrees
    }

    /// The statements by what they say: who agrees with most comes first, and who agrees with two sides stands on none.
    fn partition(&self, statements: &[usize], degrees: &BTreeMap<usize, Degree>) -> Vec<Members> {
        let mut order: Vec<usize> = statements.to_vec();
        order.sort_by_key(|id| std::cmp::Reverse(degrees.get(id).map(|degree| degree.agreeing)));
        let mut set: Vec<Members> = Vec::new();
        for id in order {
            self.place(&mut set, id);
        }
        set
    }

    /// One statement and all that breaks with it, with those that say the same as one of them.
    fn against(&self, id: usize, statements: &[usize]) -> Vec<Members> {
        let mut set: Vec<Members> = vec![vec![id]];
        let others = statements.iter().copied().filter(|other| *other != id);
        let (breaking, rest): (Vec<usize>, Vec<usize>) =
            others.partition(|other| self.broken(id, *other).is_some());
        for other in breaking {
            self.place(&mut set, other);
        }
        for other in rest {
            if let Some(side) = self.seat(&set, other).and_then(|at| set.get_mut(at)) {
                side.push(other);
            }
        }
        set
    }

    /// How a statement stands to the first ones of a side.
    fn attitude(&self, statement: usize, side: &Members) -> Attitude {
        let mut attitude = Attitude::default();
        for relation in side.iter().take(MOST_ASKED).filter_map(|other| self.between(statement, *other)) {
            match relation {
                Relation::Agrees(_) => attitude.agrees = true,
                Relation::Disagrees(_) => attitude.breaks = true,
                Relation::Superseded | Relation::Incomparable(_) => attitude.is_unsure = true,
            }
        }
        attitude
    }

    fn place(&self, set: &mut Vec<Members>, statement: usize) {
        match self.seat(set, statement) {
            Some(at) if at < set.len() => set[at].push(statement),
            Some(_) => set.push(vec![statement]),
            None => {}
        }
    }

    /// The place of the side that a statement stands on, one behind the last for a side of its own; nothing where it
    /// agrees with two sides, or is unsure of one.
    fn seat(&self, set: &[Members], statement: usize) -> Option<usize> {
        let attitudes: Vec<Attitude> = set.iter().map(|side| self.attitude(statement, side)).collect();
        let home = attitudes.iter().position(|it| it.agrees && !it.breaks && !it.is_unsure);
        let is_opponent = |it: &Attitude| it.breaks && !it.agrees;
        let others_break = attitudes.iter().enumerate().all(|(idx, it)| Some(idx) == home || is_opponent(it));
        others_break.then(|| home.unwrap_or(set.len()))
    }
}

/// A topic that disagrees.
pub(super) struct Conflict<'a> {
    pub(super) topic: &'a Topic,
    pub(super) standing: Standing<'a>,
    /// The statements, by their words.
    pub(super) statements: Vec<usize>,
    /// The sets of their sides.
    pub(super) sets: Vec<Vec<Members>>,
    /// Whether it is of days or years.
    pub(super) is_of_dates: bool,
}

impl Conflict<'_> {
    /// Whether every two sides print the same number in two units.
    pub(super) fn is_of_units(&self, set: &[Members]) -> bool {
        set.iter().enumerate().all(|(at, left)| {
            set.iter()
                .skip(at + 1)
                .all(|right| deepest(&self.standing, left, right).is_some_and(|broken| broken.is_of_unit))
        })
    }
}

/// The topics that disagree, in order.
pub(super) fn conflicts<'a>(case: &Case<'a>) -> Vec<Conflict<'a>> {
    let of_topic = |topic: &'a Topic| {
        let standing = Standing::new(topic);
        let statements = statements(case, topic);
        let first = topic.claims.first().and_then(|id| case.claim(*id));
        Conflict {
            topic,
            sets: standing.sides(&statements),
            standing,
            statements,
            is_of_dates: first.is_some_and(|claim| claim.kind == Kind::Date),
        }
    };
    let disagree = case.topics.par_iter().filter(|topic| topic.verdict == Verdict::Disagree);
    disagree.map(of_topic).collect()
}

/// What a rule raises from the topics that disagree, in order.
pub(super) fn of_each(
    case: &Case<'_>,
    raise: impl Fn(&Conflict<'_>) -> Vec<Finding> + Send + Sync,
) -> Vec<Finding> {
    case.conflicts.par_iter().flat_map_iter(raise).collect()
}

/// The statements of a topic: its claims that restate no other.
fn statements(case: &Case<'_>, topic: &Topic) -> Vec<usize> {
    let is_first = |claim: &Claim| claim.restates.is_none_or(|root| !topic.claims.contains(&root));
    let mut statements: Vec<&Claim> =
        topic.claims.iter().filter_map(|id| case.claim(*id)).filter(|claim| is_first(claim)).collect();
    // By their words: the names of the reports must not decide which sides are told.
    statements.sort_by_key(|claim| (case.sentence(claim), claim.id));
    statements.into_iter().map(|claim| claim.id).collect()
}

/// Who speaks on each side of a set; nothing unless every side has a speaker of its own.
pub(super) fn speakers<'a>(
    case: &Case<'a>,
    conflict: &Conflict<'_>,
    set: &[Members],
) -> Option<Vec<&'a str>> {
    if conflict.is_of_dates || conflict.is_of_units(set) {
        return None;
    }
    let of_side = |members: &Members| {
        let mut sources = members.iter().filter_map(|id| case.claim(*id)?.speaker());
        let first = sources.next()?;
        sources.all(|other| other == first).then_some(first)
    };
    let mut told: Vec<&str> = set.iter().map(of_side).collect::<Option<_>>()?;
    told.sort_unstable();
    told.windows(2).all(|pair| pair[0] != pair[1]).then_some(told)
}

/// Makes the finding of a set of sides.
pub(super) fn finding(
    case: &Case<'_>,
    rule: &'static str,
    conflict: &Conflict<'_>,
    set: &[Members],
) -> Option<Finding> {
    let Conflict { topic, standing, .. } = conflict;
    let mut set: Vec<Members> = set.to_vec();
    for side in &mut set {
        side.sort_unstable();
    }
    set.sort();
    let sides: Vec<Side> = set.iter().map(|members| side(case, topic, members)).collect();
    let sides = apart(case, standing, &set, sides);
    let mut working = Vec::new();
    let mut found: Vec<Cause> = Vec::new();
    let mut severity = Severity::Warning;
    let mut pairs = 0;
    // Against a draft it weighs how far the sources are from it, not from each other.
    let is_own = |members: &Members| members.iter().any(|id| case.is_of_draft(*id));
    let has_own = set.iter().any(is_own);
    for (at, left) in set.iter().enumerate() {
        for right in set.iter().skip(at + 1) {
            let broken = deepest(standing, left, right)?;
            if broken.depth == Depth::Hard && (!has_own || is_own(left) || is_own(right)) {
                severity = Severity::Error;
            }
            pairs += 1;
            if pairs > MOST_STEPS {
                continue;
            }
            working.extend(work(case, broken));
        }
    }
    for (at, left) in sides.iter().enumerate().take(MOST_STEPS) {
        for right in sides.iter().take(MOST_STEPS).skip(at + 1) {
            found.extend(causes(case.claims, case.exchange, &left.claims, &right.claims));
        }
    }
    let mut seen = BTreeSet::new();
    working.retain(|step| seen.insert(step.clone()));
    let mut told = BTreeSet::new();
    found.retain(|cause| told.insert((cause.cause, cause.why.clone())));
    if pairs > MOST_STEPS {
        working.push(format!("and {} more pairs of these figures that do not meet", pairs - MOST_STEPS));
    }
    let message = message(case, topic, &set);
    // What the finding means does not hang on which report comes first.
    let claims = |members: &Members| members.iter().filter_map(|id| case.claim(*id)).collect::<Vec<&Claim>>();
    let values: Vec<String> = set.iter().map(|members| all_notations(claims(members))).collect();
    let measure = set.iter().flat_map(claims).filter_map(|claim| claim.measure).min();
    let advice = advice(&found);
    Some(Finding {
        id: identity(rule, &[measure.unwrap_or_default()], &values),
        rule,
        severity,
        topic: Some(topic.id),
        document: None,
        sides,
        message,
        working,
        causes: found,
        advice,
        accepted: None,
    })
}

/// The sides without what they share: of "2,410 crowns (about $421)" against "2,140 crowns ($421)" the dollars are no
/// part of the disagreement.
fn apart(case: &Case<'_>, standing: &Standing<'_>, set: &[Members], sides: Vec<Side>) -> Vec<Side> {
    let breaks = |one: &Members, other: &Members, id: usize| {
        one.iter().flat_map(|a| other.iter().map(move |b| (*a, *b))).any(|(a, b)| {
            standing.broken(a, b).is_some_and(|broken| broken.between.0 == id || broken.between.1 == id)
        })
    };
    let is_same = |id: usize, other: &Side| {
        let figure =
            |id: usize| case.claim(id).and_then(|claim| Some((claim.value()?, &claim.quantity.unit)));
        figure(id).is_some() && other.claims.iter().any(|other| figure(*other) == figure(id))
    };
    let is_shared = |at: usize, id: usize| {
        let mut others = sides.iter().zip(set).enumerate().filter(|(other, _)| *other != at);
        others.any(|(_, (side, members))| is_same(id, side) && !breaks(&set[at], members, id))
    };
    let own = |at: usize, side: &Side| -> Vec<usize> {
        side.claims.iter().copied().filter(|id| !is_shared(at, *id)).collect()
    };
    let kept = sides.iter().enumerate().map(|(at, side)| match own(at, side) {
        claims if claims.is_empty() => side.clone(),
        claims => Side { claims, ..side.clone() },
    });
    kept.collect()
}

/// What the claims of a side say, each notation once, in order.
fn all_notations(claims: Vec<&Claim>) -> String {
    let notations: BTreeSet<String> = claims.into_iter().map(notation).collect();
    notations.into_iter().collect::<Vec<String>>().join(" = ")
}

fn advice(causes: &[Cause]) -> String {
    let advice = if causes.is_empty() {
        "no cause found: check whether the reports mean the same thing, then which figure its source gives"
    } else {
        "check which figure the source gives"
    };
    advice.to_owned()
}

/// The side of some statements, with everything that restates them.
pub(super) fn side(case: &Case<'_>, topic: &Topic, members: &[usize]) -> Side {
    let belongs = |id: &usize| {
        members.contains(id)
            || case.claim(*id).and_then(|claim| claim.restates).is_some_and(|root| members.contains(&root))
    };
    // A conversion that fits no rate says something else than its original.
    let is_broken = |id: &usize| {
        let converted = case.claim(*id)?;
        let original = case.claim(converted.restates?)?;
        Some(matches!(case.conversion(original, converted)?, Conversion::Broken { .. }))
    };
    let claims: Vec<usize> = topic
        .claims
        .iter()
        .copied()
        .filter(belongs)
        .filter(|id| members.contains(id) || is_broken(id) != Some(true))
        .collect();
    let best = members.first().and_then(|id| case.claim(*id));
    Side { reads: best.map_or_else(String::new, notation), claims }
}

/// What a claim says in the notation of quantities.
pub(super) fn notation(claim: &Claim) -> String {
    claim.quantity.to_string()
}

fn deepest<'a>(standing: &Standing<'a>, left: &Members, right: &Members) -> Option<&'a Break> {
    left.iter()
        .flat_map(|a| right.iter().map(move |b| (*a, *b)))
        .filter_map(|(a, b)| standing.broken(a, b))
        .max_by(|one, other| (one.depth, one.gap).cmp(&(other.depth, other.gap)))
}

/// The arithmetic of a break, as a reader can repeat it: what the two read as, the conversion, the distance.
fn work(case: &Case<'_>, broken: &Break) -> Option<String> {
    let (a, b) = (case.claim(broken.between.0)?, case.claim(broken.between.1)?);
    let taken = |claim: &Claim| match broken.depth {
        Depth::Hard => claim.hard,
        Depth::Soft => claim.soft,
    };
    let told = |claim: &Claim| {
        format!("“{}” reads {}", case.quote(claim), interval_in_words(&taken(claim), &claim.quantity.unit))
    };
    let mut step = told(a);
    if let Some((from, to, rate)) = &broken.rate {
        let converted = Exchange::convert(&taken(a), rate)?;
        step.push_str(&format!(
            ", at {} that is {}",
            rate_in_words(from, to, rate),
            interval_in_words(&converted, &b.quantity.unit)
        ));
    } else if a.quantity.unit.dimension != b.quantity.unit.dimension {
        return Some(format!("{step}; {}: {}", told(b), broken.because.as_deref().unwrap_or_default()));
    } else if a.quantity.unit != b.quantity.unit && a.quantity.unit.dimension != Dimension::Count {
        let in_other = in_unit_of(&taken(a), a, b)?;
        step.push_str(&format!(", that is {}", interval_in_words(&in_other, &b.quantity.unit)));
    }
    let apart =
        points_apart(a, b).unwrap_or_else(|| wording::apart(figures_apart(a, b).unwrap_or(broken.gap)));
    let apart = match &broken.because {
        // Where the figures meet, the reason is all there is to say.
        Some(because) if broken.gap.is_zero() && points_apart(a, b).is_none() => because.to_string(),
        Some(because) => format!("{because}; {apart}"),
        None => apart,
    };
    Some(format!("{step}; {}: {apart}", told(b)))
}

/// How far two percentages are apart: in points, as a share of a share would be taken for them.
fn points_apart(a: &Claim, b: &Claim) -> Option<String> {
    let points = |claim: &Claim| {
        let is_of_hundred = matches!(claim.quantity.unit.dimension, Dimension::Percent | Dimension::Points);
        claim.in_base().filter(|_| is_of_hundred)
    };
    let distance = points(a)?.checked_sub(points(b)?)?.abs().round_dp(2);
    let noun = if distance == Decimal::ONE { "percentage point" } else { "percentage points" };
    Some(format!("{} {noun} apart", readable(distance)))
}

/// How far two figures of one unit are apart, as a share of the smaller one, where they are many times apart.
fn figures_apart(a: &Claim, b: &Claim) -> Option<Decimal> {
    const MANY: Decimal = Decimal::TWO;
    let (one, other) = (a.in_base()?.abs(), b.in_base()?.abs());
    (a.quantity.unit.has_base_of(&b.quantity.unit)).then_some(())?;
    let share = one.max(other).checked_div(one.min(other))?.checked_sub(Decimal::ONE)?;
    (share >= MANY).then_some(share)
}

/// An interval of one claim's unit in another's of the same dimension, rounded for reading.
fn in_unit_of(interval: &Interval, claim: &Claim, other: &Claim) -> Option<Interval> {
    const DIGITS: u32 = 5;
    interval.map(|value| claim.in_unit(value, &other.quantity.unit)?.round_sf(DIGITS))
}

/// "Two figures for deaths: “43” (a.txt) and “34” (c.html)."
fn message(case: &Case<'_>, topic: &Topic, set: &[Members]) -> String {
    let firsts: Vec<&Claim> = set.iter().filter_map(|members| case.claim(*members.first()?)).collect();
    let mut told: Vec<String> = firsts
        .iter()
        .take(MOST_TOLD)
        .map(|claim| {
            let again = case.claims.get(claim.id + 1).filter(|next| next.restates == Some(claim.id));
            let again = again.map(|next| format!(" ({})", case.quote(next))).unwrap_or_default();
            let period =
                claim.period.as_ref().filter(|_| firsts.iter().any(|other| claim.is_of_other_stretch(other)));
            let period = period.map(|period| format!(", {period},")).unwrap_or_default();
            format!("“{}”{again}{period} in {}", case.quote(claim), case.path(claim))
        })
        .collect();
    if set.len() > MOST_TOLD {
        told.push(format!("{} more", set.len() - MOST_TOLD));
    }
    let number = wording::capitalised(&wording::count(set.len()));
    format!("{number} figures for {}: {}", topic.label, wording::list(&told))
}
