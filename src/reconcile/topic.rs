//! Statements that are about the same thing, gathered so that no topic holds a vetoed pair.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use rust_decimal::Decimal;

use crate::document::{BlockKind, Document};
use crate::lang::words::{fold, tokens};
use crate::lang::{Lexicon, Nature, measure};
use crate::normalise::Claim;
use crate::quantity::Dimension;

use super::calendar::is_date_slip;
use super::candidates;
use super::cause::is_slip;
use super::likeness::{Apart, Figures, weigh};
use super::story::Story;
use super::verdict::is_under_another_unit;
use super::witness::Testimony;
use super::{Agreement, Exchange, Link, NearMiss, Relation, Topic, Verdict, arithmetic, lineage};

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

/// A topic in the making: statements by their index, and the links that brought them together.
pub(super) struct Group {
    statements: Vec<usize>,
    links: Vec<Link>,
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

/// Gathers statements into groups: the surest links first, and none that would bring a vetoed pair together.
pub(super) fn group(
    claims: &[Claim],
    statements: &[Statement],
    story: &Story,
    documents: &[Document],
    exchange: &Exchange,
    judge: impl Fn(&Statement, &Statement) -> Relation + Sync,
    mut tell: impl FnMut(NearMiss),
) -> Vec<Group> {
    let mut links: Vec<(i32, usize, usize, Link)> = Vec::new();
    let mut apart: BTreeSet<(usize, usize)> = BTreeSet::new();
    let mut pairs = candidates::pairs(claims, statements, story, exchange);
    pairs.extend(under_other_units(claims, statements));
    let weighed: Vec<Result<(i32, Link), Apart>> =
        pairs.par_iter().map(|pair| likeness(claims, statements, story, documents, *pair, &judge)).collect();
    for ((one, other), weighed) in pairs.into_iter().zip(weighed) {
        match weighed {
            Ok((points, link)) => links.push((points, one, other, link)),
            Err(why) => {
                if let Some(miss) = near_miss(claims, (&statements[one], &statements[other]), &why) {
                    tell(miss);
                }
                if matches!(why, Apart::Veto(_)) {
                    apart.insert((one, other));
                }
            }
        }
    }
    // Of links as sure as each other those come first whose words do, whatever the reports' names.
    let rank = ranks(documents, claims, statements);
    let ranked = |one: &usize, other: &usize| (rank[*one].min(rank[*other]), rank[*one].max(rank[*other]));
    links.sort_by_key(|(points, one, other, _)| (std::cmp::Reverse(*points), ranked(one, other)));
    let mut group_of: Vec<usize> = (0..statements.len()).collect();
    let mut groups: Vec<Group> =
        (0..statements.len()).map(|idx| Group { statements: vec![idx], links: Vec::new() }).collect();
    // The groups that each group must stay apart from; kept up to date as groups merge.
    let mut foes: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); statements.len()];
    for (one, other) in apart {
        foes[one].insert(other);
        foes[other].insert(one);
    }
    for (_, one, other, link) in links {
        let (left, right) = (group_of[one], group_of[other]);
        if left == right || foes[left].contains(&right) {
            continue;
        }
        let moved = std::mem::take(&mut groups[right].statements);
        let moved_links = std::mem::take(&mut groups[right].links);
        for foe in std::mem::take(&mut foes[right]) {
            foes[foe].remove(&right);
            foes[foe].insert(left);
            foes[left].insert(foe);
        }
        for idx in &moved {
            group_of[*idx] = left;
        }
        groups[left].statements.extend(moved);
        groups[left].links.extend(moved_links);
        groups[left].links.push(link);
    }
    groups.retain(|group| !group.statements.is_empty());
    for group in &mut groups {
        group.statements.sort_unstable();
    }
    groups
}

/// The place of each statement among all by its words: its sentence, and where it stands in it.
fn ranks(documents: &[Document], claims: &[Claim], statements: &[Statement]) -> Vec<usize> {
    let words = |idx: usize| {
        let claim = statements.get(idx)?.first(claims)?;
        let document = documents.get(claim.document)?;
        let at = claim.text.start.saturating_sub(claim.sentence.start);
        Some((document.slice(&claim.sentence), at))
    };
    let mut order: Vec<usize> = (0..statements.len()).collect();
    order.sort_by_key(|idx| words(*idx));
    let mut ranks = vec![0; statements.len()];
    for (rank, idx) in order.into_iter().enumerate() {
        ranks[idx] = rank;
    }
    ranks
}

/// Pairs that print the same number in units of two kinds.
fn under_other_units(claims: &[Claim], statements: &[Statement]) -> Vec<(usize, usize)> {
    let mut by_number: BTreeMap<Decimal, Vec<usize>> = BTreeMap::new();
    for (idx, statement) in statements.iter().enumerate() {
        if let Some(value) = statement.first(claims).and_then(Claim::value) {
            by_number.entry(value.normalize()).or_default().push(idx);
        }
    }
    let mut pairs = Vec::new();
    for same in by_number.values() {
        for (at, one) in same.iter().enumerate() {
            for other in same.get(at + 1..).unwrap_or_default() {
                let claim = |idx: &usize| statements.get(*idx).and_then(|statement| statement.first(claims));
                if let (Some(a), Some(b)) = (claim(one), claim(other))
                    && is_under_another_unit(a, b)
                {
                    pairs.push((*one, *other));
                }
            }
        }
    }
    pairs
}

/// The link between two statements, or why there is none.
fn likeness(
    claims: &[Claim],
    statements: &[Statement],
    story: &Story,
    documents: &[Document],
    (one, other): (usize, usize),
    judge: &impl Fn(&Statement, &Statement) -> Relation,
) -> Result<(i32, Link), Apart> {
    let (a, b) = (&statements[one], &statements[other]);
    let (Some(first), Some(second)) = (a.first(claims), b.first(claims)) else {
        return Err(Apart::Incomparable);
    };
    let relation = judge(a, b);
    let figures = match &relation {
        Relation::Agrees(Agreement::Exact) => Figures::Same,
        Relation::Agrees(_) => Figures::Agree,
        Relation::Disagrees(_) if is_date_slip(first, second) => Figures::Slip,
        Relation::Disagrees(_) if is_dated(first) => Figures::Differ,
        Relation::Disagrees(_) if is_slip(first, second) && may_slip(first, second) => Figures::Slip,
        Relation::Superseded => Figures::Revised,
        Relation::Disagrees(_) => Figures::Differ,
        Relation::Incomparable(_) => return Err(Apart::Incomparable),
    };
    let weighed = weigh(story, first, second, figures);
    if matches!(figures, Figures::Differ | Figures::Revised | Figures::Slip)
        && !matches!(weighed, Err(Apart::Veto(_)))
    {
        keep_apart(claims, statements, story, documents, (one, other), judge).map_err(Apart::Veto)?;
    }
    let (points, because) = weighed?;
    Ok((points, Link { a: first.id, b: second.id, because }))
}

/// Two statements that are alike in what they measure or in their figure, and yet not taken together.
fn near_miss(claims: &[Claim], (one, other): (&Statement, &Statement), why: &Apart) -> Option<NearMiss> {
    let (a, b) = (one.first(claims)?, other.first(claims)?);
    let is_alike = a.measure.is_some() && a.measure == b.measure
        || a.quantity.unit == b.quantity.unit && (a.value() == b.value() || a.measure.is_none())
        || is_slip(a, b);
    let because = match why {
        Apart::Veto(clash) => clash.clone(),
        Apart::TooLittle { because, enough } => {
            let points: i32 = because.iter().map(|reason| reason.points).sum();
            let told: Vec<String> =
                because.iter().map(|reason| format!("{} ({})", reason.what, reason.points)).collect();
            format!("{points} points speak for it, {enough} are needed: {}", told.join(", "))
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
fn keep_apart(
    claims: &[Claim],
    statements: &[Statement],
    story: &Story,
    documents: &[Document],
    pair: (usize, usize),
    judge: &impl Fn(&Statement, &Statement) -> Relation,
) -> Result<(), String> {
    let first = |idx: usize| statements.get(idx).and_then(|statement| statement.first(claims));
    let (Some(one), Some(other)) = (first(pair.0), first(pair.1)) else { return Ok(()) };
    if one.document == other.document {
        let headline = [one, other].into_iter().find(|claim| claim.block == BlockKind::Headline);
        let is_headline_and_body = headline.is_some()
            && one.block != other.block
            && !headline.is_some_and(|headline| body_bears_out(claims, statements, headline, judge));
        let is_settled =
            one.measure.and_then(measure).is_some_and(|measure| measure.nature == Nature::Settled);
        // A report that gives the other figure beside this one contrasts the two: last year's, a part of it.
        let is_contrast =
            headline.is_some() || one.sentence == other.sentence || story.stands_beside(one, other);
        let is_own_slip = !is_contrast && is_slip(one, other) && may_slip(one, other);
        let same_slot = is_settled && (words_alike(one, other) || is_own_slip);
        let is_sum = arithmetic::is_sum_of_neighbours(documents, claims, one, other)
            || arithmetic::is_sum_of_neighbours(documents, claims, other, one);
        return if is_sum {
            Err("one is the sum of the other and its neighbours".to_owned())
        } else if is_headline_and_body || same_slot {
            Ok(())
        } else {
            Err("one report gives both figures".to_owned())
        };
    }
    if arithmetic::is_sum_of_neighbours(documents, claims, one, other)
        || arithmetic::is_sum_of_neighbours(documents, claims, other, one)
    {
        return Err("one is the sum of the other and its neighbours".to_owned());
    }
    let says_both =
        |own: &Claim, foreign: &Statement| foreign.claims.iter().any(|id| story.says_both(own, *id));
    if says_both(one, &statements[pair.1]) || says_both(other, &statements[pair.0]) {
        return Err("one report gives both figures".to_owned());
    }
    Ok(())
}

/// Within one report the same digits at two scales are more often a year's figure and a decade's than a slip, unless
/// one stands in the headline.
fn may_slip(one: &Claim, other: &Claim) -> bool {
    let digits = |claim: &Claim| {
        let mantissa = claim.value().map(|value| value.normalize().mantissa().unsigned_abs().to_string());
        mantissa.map(|digits| digits.trim_end_matches('0').to_owned())
    };
    let is_scale = digits(one) == digits(other);
    let is_headline = one.block == BlockKind::Headline || other.block == BlockKind::Headline;
    one.document != other.document || !is_scale || is_headline
}

/// Whether some figure of a report's body agrees with its headline's, whatever the others say.
fn body_bears_out(
    claims: &[Claim],
    statements: &[Statement],
    headline: &Claim,
    judge: &impl Fn(&Statement, &Statement) -> Relation,
) -> bool {
    let Some(own) = statements.iter().find(|statement| statement.claims.contains(&headline.id)) else {
        return false;
    };
    statements.iter().any(|statement| {
        statement.first(claims).is_some_and(|claim| {
            claim.document == headline.document
                && claim.block != BlockKind::Headline
                && claim.quantity.unit.dimension == headline.quantity.unit.dimension
                && (claim.measure.is_none() || claim.measure == headline.measure)
                && matches!(judge(own, statement), Relation::Agrees(Agreement::Exact | Agreement::Rounded))
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
fn told_pairs(claims: &[Claim], statements: &[Statement], group: &[usize]) -> Vec<(usize, usize)> {
    const FEW: usize = 128;
    const NEAREST: usize = 32;
    let mut order = group.to_vec();
    let reach = if group.len() <= FEW { group.len() } else { NEAREST };
    if group.len() > FEW {
        order.sort_by_key(|idx| statements.get(*idx).and_then(|statement| statement.first(claims)?.value()));
    }
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for (at, one) in order.iter().enumerate() {
        let others = order.iter().skip(at + 1).take(reach);
        pairs.extend(others.map(|other| (*one.min(other), *one.max(other))));
    }
    pairs.sort_unstable();
    pairs
}

/// Makes the topic of a group.
pub(super) fn describe(
    documents: &[Document],
    claims: &[Claim],
    statements: &[Statement],
    group: Group,
    testimony: &mut Testimony<'_>,
    judge: impl Fn(&Statement, &Statement) -> Relation,
) -> Topic {
    let mut relations = Vec::new();
    for (one, other) in told_pairs(claims, statements, &group.statements) {
        let (a, b) = (&statements[one], &statements[other]);
        if let (Some(first), Some(second)) = (a.claims.first(), b.claims.first()) {
            relations.push((*first, *second, judge(a, b)));
        }
    }
    let mut ids: Vec<usize> =
        group.statements.iter().flat_map(|idx| statements[*idx].claims.iter().copied()).collect();
    ids.sort_unstable();
    let members: Vec<&Claim> = ids.iter().filter_map(|id| claims.get(*id)).collect();
    let firsts: Vec<&Claim> =
        group.statements.iter().filter_map(|idx| statements.get(*idx)?.first(claims)).collect();
    let verdict = relations.iter().fold(
        if group.statements.len() > 1 { Verdict::Agree } else { Verdict::Single },
        |verdict, (_, _, relation)| {
            verdict.max(match relation {
                Relation::Disagrees(_) => Verdict::Disagree,
                Relation::Superseded => Verdict::Superseded,
                Relation::Agrees(_) | Relation::Incomparable(_) => Verdict::Agree,
            })
        },
    );
    Topic {
        id: 0,
        label: label(documents, &members),
        sources: testimony.sources(&members),
        lineage: lineage::of(documents, &firsts, &relations),
        claims: ids,
        links: group.links,
        relations,
        verdict,
    }
}

/// What a topic is about: its measure or noun, and the name that all of its reports share, near a figure or in the
/// headline.
fn label(documents: &[Document], members: &[&Claim]) -> String {
    const SHORTEST: usize = 3;
    let mut reports: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for claim in members {
        let Some(document) = documents.get(claim.document) else { continue };
        let lexicon = Lexicon::of(document.language);
        let title = document.title.as_deref().unwrap_or_default();
        let in_title = tokens(title, 0..title.len()).filter_map(|token| title.get(token.range()));
        let capitals = in_title.filter(|word| word.chars().next().is_some_and(char::is_uppercase)).map(fold);
        let near = claim.subject.iter().flat_map(|name| name.split(' ')).map(Cow::Borrowed);
        for word in capitals.chain(near) {
            let word = lexicon.without_possessive(&word).to_owned();
            if word.chars().count() >= SHORTEST && !claim.words.is_empty() {
                reports.entry(word).or_default().insert(claim.document);
            }
        }
    }
    let all: BTreeSet<usize> = members.iter().map(|claim| claim.document).collect();
    let spoken = |word: &str| {
        members
            .iter()
            .filter(|claim| claim.subject.iter().any(|name| name.split(' ').any(|part| part == word)))
            .count()
    };
    let name = reports
        .iter()
        .filter(|(word, seen)| seen.len() == all.len() && spoken(word) > 0)
        .max_by_key(|(word, _)| (spoken(word), std::cmp::Reverse(word.as_str())));
    let mut measures: BTreeMap<&str, usize> = BTreeMap::new();
    for id in members.iter().filter_map(|claim| claim.measure) {
        *measures.entry(id).or_default() += 1;
    }
    let commonest = measures.iter().max_by_key(|(id, times)| (**times, std::cmp::Reverse(**id)));
    let what = commonest.and_then(|(id, _)| measure(id)).map(|measure| measure.label.clone());
    let what = what.unwrap_or_else(|| {
        let of = |claim: &&Claim| {
            let unit = &claim.quantity.unit;
            if unit.dimension == Dimension::Count {
                unit.code.clone()
            } else {
                unit.dimension.as_str().to_owned()
            }
        };
        members.iter().map(of).min().unwrap_or_default()
    });
    match name {
        Some((name, _)) => format!("{what} ({})", title_case(name)),
        None => what,
    }
}

fn title_case(name: &str) -> String {
    name.split(' ')
        .map(|word| {
            let mut chars = word.chars();
            chars
                .next()
                .map(|first| first.to_uppercase().chain(chars).collect::<String>())
                .unwrap_or_default()
        })
        .collect::<Vec<_>>()
        .join(" ")
}
