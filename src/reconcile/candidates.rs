//! Which statements are held against each other: every two of a sort while there are few of it; of many, those that share
//! a measure, a number, a rare word or a figure beside them, the nearest in size first.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use crate::lang::measure;
use crate::normalise::Claim;
use crate::quantity::{Dimension, significant_digits};

use super::evidence::{Evidence, Statement};
use super::exchange::Exchange;
use super::figures::{is_under_another_unit, may_be_confused};
use super::story::Story;

/// Up to so many statements of a sort are held against each other, every two.
const FEW: usize = 256;
/// Of more, each is held against so many of those next in size that share its measure or its number.
const NEAREST: usize = 20;
/// The same for those that share no more than a word, a figure beside them, or about the size.
const NEAR: usize = 8;
/// Of more than so many statements of a sort, each is held against fewer of the next, so that all pairs are about as many, ...
const LARGE: usize = 10_000;
/// ... but never against less than this part of them.
const LEAST_PART: usize = 4;
/// So many of a sentence's rarest words are looked at.
const RAREST: usize = 3;

/// Every pair, by the statements' places, the smaller one first; a list for each sort of statements, and one of those of
/// two sorts. A pair comes once.
///
/// Pairs of like measure and size come one after the other: what is judged again is still at hand then, while all
/// claims of a large story fit no cache.
pub(super) fn pairs<'a>(evidence: &'a Evidence<'a>) -> impl Iterator<Item = Vec<(u32, u32)>> {
    let Evidence { claims, statements, story, exchange, .. } = *evidence;
    let order = by_likeness(claims, statements);
    let mut rank = vec![0; order.len()];
    for (place, idx) in (0..).zip(&order) {
        rank[*idx as usize] = place;
    }
    let of_sort = move |sort: Vec<usize>| {
        let mut pairs = Pairs { rank: &rank, found: Vec::new() };
        if sort.len() <= FEW {
            pairs.add_near(&sort, sort.len());
        } else {
            add_nearest(claims, statements, story, exchange, &sort, &mut pairs);
        }
        let mut pairs = pairs.finish();
        let place = |rank: u32| order.get(rank as usize).copied().unwrap_or_default();
        for pair in &mut pairs {
            let (one, other) = (place(pair.0), place(pair.1));
            *pair = (one.min(other), one.max(other));
        }
        pairs
    };
    let under_others = std::iter::once_with(|| under_other_units(claims, statements));
    sorts(claims, statements).into_values().map(of_sort).chain(under_others)
}

/// The places of two statements.
pub(super) fn places((one, other): (u32, u32)) -> (usize, usize) {
    (one as usize, other as usize)
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

/// Pairs in the making, by the ranks of their statements: a large story has millions, most of them several times.
struct Pairs<'a> {
    /// By statement.
    rank: &'a [u32],
    found: Vec<(u32, u32)>,
}

impl Pairs<'_> {
    /// Adds each statement of a list with so many of those behind it.
    fn add_near(&mut self, list: &[usize], reach: usize) {
        for (at, one) in list.iter().enumerate() {
            for other in list.iter().skip(at + 1).take(reach) {
                self.add(*one, *other);
            }
        }
    }

    fn add(&mut self, one: usize, other: usize) {
        if self.found.len() == self.found.capacity() {
            self.keep_each_once();
            // Room for as many more, where not half of them came again.
            self.found.reserve(self.found.len());
        }
        let (one, other) = (self.rank[one], self.rank[other]);
        self.found.push((one.min(other), one.max(other)));
    }

    fn keep_each_once(&mut self) {
        self.found.sort_unstable();
        self.found.dedup();
    }

    /// The pairs in the order of their ranks, each once.
    fn finish(mut self) -> Vec<(u32, u32)> {
        self.keep_each_once();
        self.found
    }
}

/// The statements by measure, unit and size.
fn by_likeness(claims: &[Claim], statements: &[Statement]) -> Vec<u32> {
    let key = |idx: &u32| {
        let claim = statements.get(*idx as usize)?.first(claims)?;
        Some((claim.measure, claim.quantity.unit.code.as_str(), claim.value()))
    };
    let mut order: Vec<u32> = (0..).take(statements.len()).collect();
    order.sort_by_cached_key(key);
    order
}

/// Statements by what they can be compared in at all.
fn sorts<'a>(claims: &'a [Claim], statements: &[Statement]) -> BTreeMap<(Dimension, &'a str), Vec<usize>> {
    let mut sorts: BTreeMap<(Dimension, &str), Vec<usize>> = BTreeMap::new();
    for (idx, statement) in statements.iter().enumerate() {
        let Some(claim) = statement.first(claims) else {
            continue;
        };
        let unit = &claim.quantity.unit;
        let is_rate = unit.dimension == Dimension::Rate;
        let code = if is_rate { unit.code.as_str() } else { "" };
        sorts.entry((unit.dimension, code)).or_default().push(idx);
    }
    sorts
}

/// Adds the pairs of a large sort.
fn add_nearest(
    claims: &[Claim],
    statements: &[Statement],
    story: &Story,
    exchange: &Exchange,
    sort: &[usize],
    pairs: &mut Pairs<'_>,
) {
    let mut by_size: Vec<(Option<Decimal>, usize)> = sort
        .iter()
        .map(|idx| (statements.get(*idx).and_then(|it| size(exchange, it.first(claims)?)), *idx))
        .collect();
    by_size.sort_unstable();
    let mut shared: BTreeMap<Key<'_>, Vec<usize>> = BTreeMap::new();
    for (_, idx) in &by_size {
        let Some(claim) = statements.get(*idx).and_then(|statement| statement.first(claims)) else {
            continue;
        };
        for key in keys(claim).into_iter().chain(loose_keys(story, claim)) {
            shared.entry(key).or_default().push(*idx);
        }
    }
    let reach = |most: usize| (most * LARGE / sort.len()).clamp(most / LEAST_PART, most);
    pairs.add_near(&by_size.iter().map(|(_, idx)| *idx).collect::<Vec<usize>>(), reach(NEAR));
    for (key, list) in &shared {
        pairs.add_near(list, reach(if key.is_loose() { NEAR } else { NEAREST }));
    }
}

/// How large a figure is, in its base unit; money in euros of its report's day.
fn size(exchange: &Exchange, claim: &Claim) -> Option<Decimal> {
    let unit = &claim.quantity.unit;
    let value = claim.value().or(claim.hard.low.value()).or(claim.hard.high.value())?;
    if unit.dimension == Dimension::Money && unit.code != "EUR" {
        let rate = exchange.rate(&unit.code, "EUR", claim.document)?;
        return value.checked_mul(rate.value);
    }
    unit.to_base(value)
}

/// What two statements of one thing may share.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Key<'a> {
    /// The id of a measure, or of one of its kin.
    Measure(&'a str),
    Noun(&'a str),
    /// The digits of the number, sorted.
    Digits(Vec<u8>),
    /// A rare word of the sentence.
    Word(&'a str),
    /// What another figure of the sentence says.
    Beside(usize),
}

impl Key<'_> {
    /// Whether it says little.
    fn is_loose(&self) -> bool {
        match self {
            Key::Word(_) | Key::Beside(_) => true,
            Key::Measure(_) | Key::Noun(_) | Key::Digits(_) => false,
        }
    }
}

/// What two statements of one thing share before all else: the measure, or a kin one, and the number's digits.
fn keys(claim: &Claim) -> Vec<Key<'_>> {
    let mut keys = Vec::new();
    match claim.measure {
        Some(id) => {
            let kin = measure(id).map(|measure| measure.kin.as_slice()).unwrap_or_default();
            keys.extend(kin.iter().map(String::as_str).chain([id]).map(Key::Measure));
        }
        None if claim.quantity.unit.dimension == Dimension::Count => {
            keys.push(Key::Noun(&claim.quantity.unit.code));
        }
        None => {}
    }
    if let Some(value) = claim.value() {
        let mut digits = significant_digits(value).into_bytes();
        digits.sort_unstable();
        keys.push(Key::Digits(digits));
    }
    keys.dedup();
    keys
}

/// What figures of no known measure may share besides: a rare word, another figure beside them.
fn loose_keys<'a>(story: &Story, claim: &'a Claim) -> Vec<Key<'a>> {
    if claim.measure.is_some() {
        return Vec::new();
    }
    let words = story.rarest_words(claim, RAREST).map(Key::Word);
    let beside = story.neighbours_of(claim).iter().take(RAREST).map(|says| Key::Beside(*says));
    words.chain(beside).collect()
}
