//! What only the whole story tells of a bare number: the unit under which a report gives the very same one, and the number
//! of two other reports, or of one that gives the same figures around it, that it is a slip of.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use crate::document::BlockKind;
use crate::extract::Role;
use crate::normalise::{Claim, Compared, Direction, Kind};
use crate::quantity::{Dimension, PrintedFigure, Unit, significant_digits};

use super::cause::is_transposition;
use super::surroundings::around_of;

/// Numbers of so many significant digits are hardly the same by chance.
const TELLING_DIGITS: usize = 3;

/// Gives bare numbers the unit under which the story gives the same number, where it is one unit alone; then the same
/// unit to the numbers of their sentence that are written alike: "Education gets 248 billion and health 221 billion". What
/// two reports give alike is held together whatever its unit.
pub(super) fn settle(claims: &mut [Claim]) {
    let open = || claims.iter().filter(|claim| is_bare(claim) && is_telling(claim));
    let stated = stated(claims, &open().filter_map(number).collect());
    let mut settled: Vec<(usize, usize)> = Vec::new();
    for claim in open() {
        let units = number(claim).and_then(|value| stated.get(&value));
        let mut units = units.into_iter().flatten();
        if let (Some((_, giver)), None) = (units.next(), units.next()) {
            settled.push((claim.id, *giver));
        }
    }
    settled.extend(told_elsewhere(claims, &settled));
    for (id, giver) in &settled {
        take(claims, *id, *giver, "the same number");
    }
    let beside = |claim: &&Claim| is_bare(claim);
    let alike: Vec<(usize, usize)> = claims
        .iter()
        .filter(beside)
        .filter_map(|claim| {
            let is_alike =
                |(id, _): &&(usize, usize)| claims.get(*id).is_some_and(|it| is_written_alike(it, claim));
            settled.iter().find(is_alike).map(|(id, _)| (claim.id, *id))
        })
        .collect();
    for (id, giver) in alike {
        take(claims, id, giver, "the same number");
    }
    for id in repeated(claims) {
        compare(claims, id, "another report gives the same bare number");
    }
    for (id, meant) in slipped(claims) {
        take(claims, id, meant, "a number of which it is a slip");
        compare(claims, id, "other reports give a number of which it is a slip");
    }
    for (id, measure) in measured(claims) {
        if let Some(claim) = claims.get_mut(id) {
            claim.reading.push(format!("the story gives the same count as one of {measure}"));
            claim.measure = Some(measure);
        }
    }
}

/// Bare numbers that chance may repeat, or that the story gives under several units: each with a claim of another report that
/// gives the number in a sentence alike, where all that do give it in one unit.
fn told_elsewhere(claims: &[Claim], settled: &[(usize, usize)]) -> Vec<(usize, usize)> {
    /// Givers of one number that are looked at: of more it says nothing.
    const MOST: usize = 32;
    let is_dated = |claim: &Claim| {
        matches!(claim.quantity.unit.dimension, Dimension::Date | Dimension::Year | Dimension::Number)
    };
    let mut givers: BTreeMap<Decimal, Vec<&Claim>> = BTreeMap::new();
    for claim in claims.iter().filter(|claim| claim.is_compared() && !is_dated(claim)) {
        if let Some(value) = number(claim) {
            givers.entry(value).or_default().push(claim);
        }
    }
    let settled: BTreeSet<usize> = settled.iter().map(|(id, _)| *id).collect();
    let open = claims.iter().filter(|claim| is_bare(claim) && !settled.contains(&claim.id));
    let giver = |claim: &Claim| {
        let all = givers.get(&number(claim)?).filter(|all| all.len() <= MOST)?.iter();
        let alike = |one: &&&Claim| one.document != claim.document && are_told_alike(claims, claim, one);
        let mut alike = all.filter(alike);
        let first = alike.next()?;
        alike.all(|one| one.quantity.unit == first.quantity.unit).then_some((claim.id, first.id))
    };
    open.filter_map(giver).collect()
}

/// Counts of which their sentences do not say what they measure, each with what the same count of the same noun in another report does:
/// "298 were brought ashore", "298 rescued".
fn measured(claims: &[Claim]) -> Vec<(usize, &'static str)> {
    let is_count = |claim: &&Claim| {
        claim.quantity.unit.dimension == Dimension::Count && claim.is_compared() && is_telling(claim)
    };
    let mut told: BTreeMap<(Decimal, &str), BTreeMap<&'static str, BTreeSet<usize>>> = BTreeMap::new();
    for claim in claims.iter().filter(is_count) {
        if let (Some(value), Some(measure)) = (number(claim), claim.measure) {
            let count = (value, claim.quantity.unit.code.as_str());
            let reports = told.entry(count).or_default().entry(measure).or_default();
            reports.insert(claim.document);
        }
    }
    let open = claims.iter().filter(is_count).filter(|claim| claim.measure.is_none());
    let measure = |claim: &Claim| {
        let count = (number(claim)?, claim.quantity.unit.code.as_str());
        let mut measures = told.get(&count)?.iter();
        let (Some((measure, reports)), None) = (measures.next(), measures.next()) else { return None };
        reports.iter().any(|report| *report != claim.document).then_some((claim.id, *measure))
    };
    open.filter_map(measure).collect()
}

/// Bare numbers that one report alone gives and that are a slip of one number of others, and of no other: each with a claim
/// that gives that. Two reports must give it, or one in a text that has more in common with the number's.
fn slipped(claims: &[Claim]) -> Vec<(usize, usize)> {
    let is_number =
        |claim: &&Claim| is_bare(claim) || claim.is_compared() && is_measured(&claim.quantity.unit);
    let mut givers: BTreeMap<Decimal, Vec<&Claim>> = BTreeMap::new();
    for claim in claims.iter().filter(|claim| is_telling(claim)).filter(is_number) {
        if let Some(value) = number(claim) {
            givers.entry(value).or_default().push(claim);
        }
    }
    let reports = |value: &Decimal| -> BTreeSet<usize> {
        givers.get(value).into_iter().flatten().map(|claim| claim.document).collect()
    };
    let odd = || claims.iter().filter(|claim| is_bare(claim) && !claim.is_compared() && is_telling(claim));
    let mut alike: BTreeMap<String, Vec<Decimal>> = BTreeMap::new();
    for value in odd().filter_map(number) {
        alike.extend(looks(value).into_iter().map(|look| (look, Vec::new())));
    }
    if alike.is_empty() {
        return Vec::new();
    }
    for value in givers.keys() {
        for look in looks(*value) {
            if let Some(numbers) = alike.get_mut(&look) {
                numbers.push(*value);
            }
        }
    }
    let meant = |claim: &Claim| {
        let value = number(claim)?;
        let looks = looks(value);
        let others: BTreeSet<&Decimal> = looks.iter().filter_map(|look| alike.get(look)).flatten().collect();
        let others: Vec<&Decimal> = others.into_iter().filter(|other| **other != value).collect();
        let mut confirmed = others.iter().copied().filter(|other| reports(other).len() > 1);
        let is_one = |found: &[&Decimal]| found.len() == 1;
        let confirmed: Vec<&Decimal> = confirmed.by_ref().collect();
        let of_one = others.first().filter(|_| confirmed.is_empty() && is_one(&others));
        let of_several = confirmed.first().filter(|_| is_one(&confirmed));
        let (other, is_confirmed) = (*of_several.or(of_one)?, of_several.is_some());
        // A report that gives both figures means two, unless one of them is its headline's.
        let is_headline = claim.block == BlockKind::Headline;
        let is_of_two =
            reports(&value).len() == 1 && (is_headline || !reports(other).contains(&claim.document));
        let givers = givers.get(other)?.iter();
        let meant = givers.clone().max_by_key(|one| (one.is_compared(), Reverse(told(one))))?;
        let fewest = if is_headline { HEADLINE_DIGITS } else { LONE_DIGITS };
        let are_alike = || givers.clone().any(|one| are_told_alike(claims, claim, one));
        let is_meant = if is_confirmed {
            are_transposed(value, *other, fewest) || are_alike()
        } else {
            let is_of_keys = significant_digits(value) != significant_digits(*other);
            let n_around = |one: &&Claim| same_around(claims, claim, one);
            let around = givers.clone().map(n_around).max().unwrap_or(0);
            let n_signs = [are_transposed(value, *other, HEADLINE_DIGITS), are_alike()];
            let n_signs = n_signs.into_iter().filter(|is_seen| *is_seen).count();
            is_of_keys && around > 0 && around + n_signs >= FEWEST_SIGNS
        };
        (is_of_two && is_meant).then_some((claim.id, meant.id))
    };
    odd().filter_map(meant).collect()
}

/// Numbers of so many digits that have them in another order are hardly two by chance, whatever their sentences say; a
/// headline speaks of its report's main figure, and of few.
const LONE_DIGITS: usize = 5;
const HEADLINE_DIGITS: usize = 4;

/// Whether two whole numbers of at least so many digits differ in the order of two neighbours alone.
fn are_transposed(one: Decimal, other: Decimal, fewest: usize) -> bool {
    let digits = |value: Decimal| value.trunc().mantissa().unsigned_abs().to_string().len();
    digits(one).min(digits(other)) >= fewest && is_transposition(one, other)
}

/// Whether the sentences of two numbers give another figure alike, or have words in common and no day or year of their own:
/// what an index closes at on two days is two numbers.
fn are_told_alike(claims: &[Claim], one: &Claim, other: &Claim) -> bool {
    const FEWEST_WORDS: usize = 3;
    let is_date = |near: &&Claim| near.kind == Kind::Date;
    let beside = |claim: &Claim| -> BTreeSet<Decimal> {
        let others = in_sentence(claims, claim).filter(|near| !is_date(near));
        others.filter_map(number).collect()
    };
    let shared = one.words.iter().filter(|word| other.words.binary_search(word).is_ok());
    let is_dated = |claim: &Claim| in_sentence(claims, claim).any(|near| is_date(&near));
    let are_words_enough = shared.count() >= FEWEST_WORDS && !is_dated(one) && !is_dated(other);
    are_words_enough || !beside(one).is_disjoint(&beside(other))
}

/// So many signs make up for a second report that gives one of two numbers: figures around both that are the same, digits
/// in another order, sentences alike.
const FEWEST_SIGNS: usize = 2;

/// How many numbers stand in the text around two claims of two reports alike.
fn same_around(claims: &[Claim], one: &Claim, other: &Claim) -> usize {
    let around =
        |claim: &Claim| -> BTreeSet<Decimal> { around_of(claims, claim).filter_map(number).collect() };
    if one.document == other.document { 0 } else { around(one).intersection(&around(other)).count() }
}

/// The other claims of a claim's sentence.
fn in_sentence<'a>(claims: &'a [Claim], claim: &'a Claim) -> impl Iterator<Item = &'a Claim> {
    let is_beside = |near: &&Claim| near.document == claim.document && near.sentence == claim.sentence;
    let before = claims.get(..claim.id).unwrap_or_default().iter().rev().take_while(is_beside);
    before.chain(claims.iter().skip(claim.id + 1).take_while(is_beside))
}

/// What a number shares with its slips: its digits in another scale, all of them but one, all in another order.
fn looks(value: Decimal) -> Vec<String> {
    let digits = value.mantissa().unsigned_abs().to_string();
    let place = value.scale();
    let but_one = (0..digits.len()).map(|at| {
        let (before, behind) = digits.split_at(at);
        format!("{before}_{}.{place}", behind.get(1..).unwrap_or_default())
    });
    let swapped = (1..digits.len()).map(|at| {
        let mut pair: Vec<char> = digits.chars().collect();
        pair.swap(at - 1, at);
        let (one, other) = (digits.clone(), pair.into_iter().collect::<String>());
        format!("{}<>{}.{place}", one.as_str().min(&other), one.as_str().max(&other))
    });
    but_one.chain(swapped).chain([significant_digits(value)]).collect()
}

/// Lets a bare number be compared.
fn compare(claims: &mut [Claim], id: usize, because: &str) {
    if let Some(claim) = claims.get_mut(id).filter(|claim| !claim.is_compared()) {
        claim.reading.push(format!("no unit stands beside it, and {because}"));
        claim.compared = Compared::Yes;
    }
}

/// Bare numbers that two reports or more give alike.
fn repeated(claims: &[Claim]) -> Vec<usize> {
    let bare = || claims.iter().filter(|claim| is_bare(claim) && is_telling(claim));
    let mut givers: BTreeMap<Decimal, BTreeSet<usize>> = BTreeMap::new();
    for claim in bare() {
        if let Some(value) = number(claim) {
            givers.entry(value).or_default().insert(claim.document);
        }
    }
    let is_repeated = |value: Decimal| givers.get(&value).is_some_and(|reports| reports.len() > 1);
    bare().filter(|claim| number(claim).is_some_and(is_repeated)).map(|claim| claim.id).collect()
}

/// What a number takes from another one: the order in which one of several is chosen.
fn told(claim: &Claim) -> (&str, Kind, Option<Direction>) {
    (claim.quantity.unit.code.as_str(), claim.kind, claim.direction)
}

/// A claim's number, however many zeros it is printed with.
fn number(claim: &Claim) -> Option<Decimal> {
    claim.value().map(|value| value.normalize())
}

/// The units under which some numbers are given, each with a claim that gives it.
fn stated(claims: &[Claim], numbers: &BTreeSet<Decimal>) -> BTreeMap<Decimal, BTreeMap<Unit, usize>> {
    let mut stated: BTreeMap<Decimal, BTreeMap<Unit, usize>> = BTreeMap::new();
    for claim in claims.iter().filter(|claim| claim.is_compared() && is_measured(&claim.quantity.unit)) {
        if let Some(value) = number(claim).filter(|value| numbers.contains(value)) {
            let unit = &claim.quantity.unit;
            // Whatever is counted: "people", "inhabitants".
            let unit = if unit.dimension == Dimension::Count { Unit::count("") } else { unit.clone() };
            let giver = stated.entry(value).or_default().entry(unit).or_insert(claim.id);
            // Which report comes first must not tell the noun.
            if claims.get(*giver).is_some_and(|given| told(claim) < told(given)) {
                *giver = claim.id;
            }
        }
    }
    stated
}

/// Whether a bare number might be of a unit: days, years and rates are written in full.
fn is_measured(unit: &Unit) -> bool {
    !matches!(
        unit.dimension,
        Dimension::Date | Dimension::Year | Dimension::Rate | Dimension::Percent | Dimension::Points
    )
}

/// Whether a claim is a number without a unit or a noun, which stands for itself.
fn is_bare(claim: &Claim) -> bool {
    claim.quantity.unit.dimension == Dimension::Number
        && claim.role == Role::Own
        && claim.block != BlockKind::Furniture
        && matches!(claim.figure, PrintedFigure::One(_))
}

/// Whether a number is one that chance does not repeat, and no year.
fn is_telling(claim: &Claim) -> bool {
    let is_year =
        |value: Decimal| value.is_integer() && (Decimal::from(1900)..=Decimal::from(2100)).contains(&value);
    claim.value().is_some_and(|value| significant_digits(value).len() >= TELLING_DIGITS && !is_year(value))
}

/// Whether two large numbers stand in one sentence, to the same place.
fn is_written_alike(one: &Claim, other: &Claim) -> bool {
    one.document == other.document
        && one.sentence == other.sentence
        && one.precision.grain == other.precision.grain
        && one.precision.grain >= Decimal::ONE_THOUSAND
}

/// Gives a bare number the unit of another claim, which gives what is told; nothing changes where that has none.
fn take(claims: &mut [Claim], id: usize, giver: usize, what: &str) {
    let given = claims.get(giver).map(|claim| (claim.quantity.unit.clone(), claim.kind, claim.direction));
    let given = given.filter(|(unit, ..)| unit.dimension != Dimension::Number);
    let Some((unit, kind, direction)) = given else { return };
    let Some(claim) = claims.get_mut(id) else { return };
    if claim.take(unit).is_some() {
        // "2,530 shown the door" says no more of a level than of a change.
        if claim.kind == Kind::Level && kind == Kind::Change {
            (claim.kind, claim.direction) = (kind, claim.direction.or(direction));
        }
        let code = claim.quantity.unit.code.clone();
        claim.reading.push(format!("no unit stands beside it: the story gives {what} in {code}"));
        claim.compared = Compared::Yes;
    }
}
