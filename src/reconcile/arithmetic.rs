//! What explains a difference by reckoning: "two children and a teacher" are three people, and two changes from one level
//! are of two moments.

use rust_decimal::Decimal;

use crate::document::Document;
use crate::lang::{Lexicon, Nature, PERSON, Term, measure};
use crate::normalise::{Claim, Direction, Kind, part};
use crate::quantity::{Dimension, Interval};

use super::figures::digits_of;
use super::reckoned::Reckoned;

/// So many figures are added at most.
const MOST_TERMS: usize = 4;

/// Whether a figure is the sum of another's and of up to three figures beside that one in its paragraph.
///
/// Both claims must be single figures of one unit.
pub(super) fn is_sum_of_neighbours(
    reckoned: &Reckoned,
    claims: &[Claim],
    total: &Claim,
    addend: &Claim,
) -> bool {
    let (Some(total_value), Some(part_value)) = (total.value(), addend.value()) else {
        return false;
    };
    if part_value >= total_value || total.quantity.unit.dimension != addend.quantity.unit.dimension {
        return false;
    }
    let around = addend.id.saturating_sub(MOST_TERMS - 1)..(addend.id + MOST_TERMS).min(claims.len());
    let is_addable = |own: Dimension| own == addend.quantity.unit.dimension || own == Dimension::Number;
    // "Killed two and wounded six" does not make eight wounded, nor do six pupils and two teachers make eight pupils.
    let noun = &addend.quantity.unit;
    // Ships and ferries are of one kind.
    let kind = addend.measure.and_then(measure);
    let is_of_kind = |claim: &Claim| {
        kind.is_some_and(|kind| kind.things && (claim.measure.is_none() || claim.measure == addend.measure))
    };
    let is_of_noun = |claim: &Claim| claim.quantity.unit == *noun || !is_count(claim) || is_of_kind(claim);
    let is_one_noun = is_count(addend) && total.quantity.unit == *noun && noun.code != PERSON;
    let is_of_it = |claim: &Claim| {
        (total.measure != addend.measure
            || claim.measure.is_none_or(|id| addend.measure.is_none_or(|own| own == id)))
            && (!is_one_noun || is_of_noun(claim))
            && (claim.part.as_deref() != Some(part::OF_WHICH)
                || addend.part.as_deref() == Some(part::OF_WHICH))
    };
    let is_neighbour = |claim: &&Claim| {
        claim.document == addend.document
            && claim.id != addend.id
            && is_of_it(claim)
            && is_addable(claim.quantity.unit.dimension)
            && claim.restates.is_none()
            && reckoned.is_one_paragraph(claim, addend)
    };
    let mut neighbours: Vec<Decimal> =
        claims.get(around).unwrap_or_default().iter().filter(is_neighbour).filter_map(Claim::value).collect();
    neighbours.extend(reckoned.one_more(addend));
    let missing = total_value.checked_sub(part_value);
    missing.is_some_and(|missing| some_sum(&neighbours, missing, MOST_TERMS - 1))
}

fn is_count(claim: &Claim) -> bool {
    claim.quantity.unit.dimension == Dimension::Count
}

/// Whether the larger of two figures is the smaller one so many times as a count near either of them says: ten races of
/// 26 miles, a price for each of twelve kilometres.
pub(super) fn is_product_of_neighbour(reckoned: &Reckoned, one: &Claim, other: &Claim) -> bool {
    let may_multiply = !matches!(one.quantity.unit.dimension, Dimension::Count | Dimension::Percent);
    if !may_multiply || !one.quantity.unit.has_base_of(&other.quantity.unit) {
        return false;
    }
    let base = |claim: &Claim| reckoned.in_base(claim)?.value;
    let (Some(first), Some(second)) = (base(one), base(other)) else { return false };
    let Some(times) = first.max(second).checked_div(first.min(second)) else { return false };
    let is_near = |home: &Claim| reckoned.is_counted_near(home, times);
    // Ten times as much of one measure is a nought too many sooner than ten of them.
    let is_slip = one.measure.is_some() && one.measure == other.measure && digits_of(one) == digits_of(other);
    times > Decimal::ONE && !is_slip && (is_near(one) || is_near(other))
}

/// Whether two reports tell one figure at two moments: each gives a change in percent and the level it leads to, both differ,
/// and both lead from one level. "Rose 4.1 % to €88.20", "closed 3.6 % up at €87.80".
pub(super) fn are_of_two_moments(claims: &[Claim], one: &Claim, other: &Claim) -> bool {
    let (Some(first), Some(second)) = (Movement::of(claims, one), Movement::of(claims, other)) else {
        return false;
    };
    let differ = |a: &Claim, b: &Claim| !a.hard.overlaps(&b.hard);
    // The profit of a year rises by one figure, whenever it is told.
    let is_settled = |it: &Movement<'_>| {
        it.change.measure.and_then(measure).is_some_and(|it| it.nature == Nature::Settled)
    };
    !is_settled(&first)
        && !is_settled(&second)
        && first.level.quantity.unit == second.level.quantity.unit
        && differ(first.change, second.change)
        && differ(first.level, second.level)
        && first.starts().any(|from| second.starts().any(|other| from.overlaps(&other)))
}

/// A change in percent and the level that it leads to.
struct Movement<'a> {
    change: &'a Claim,
    level: &'a Claim,
}

impl<'a> Movement<'a> {
    /// What the sentence of a claim tells of it, the claim being the change or the level.
    fn of(claims: &'a [Claim], claim: &'a Claim) -> Option<Movement<'a>> {
        const REACH: usize = 2;
        let near = claim.id.saturating_sub(REACH)..(claim.id + REACH + 1).min(claims.len());
        let is_own = |own: &&Claim| own.document == claim.document && own.sentence == claim.sentence;
        let is_percent = |own: &Claim| own.quantity.unit.dimension == Dimension::Percent;
        let is_change = |own: &&Claim| is_percent(own) && own.kind == Kind::Change;
        let is_level = |own: &&Claim| {
            !is_percent(own) && own.kind == Kind::Level && own.is_compared() && own.value().is_some()
        };
        let nearest = |wanted: &dyn Fn(&&Claim) -> bool| {
            let own = claims.get(near.clone())?.iter().filter(is_own).filter(|own| wanted(own));
            own.min_by_key(|own| own.id.abs_diff(claim.id))
        };
        Some(Movement { change: nearest(&is_change)?, level: nearest(&is_level)? })
    }

    /// What it leads from, over all that rounding leaves open; two where nobody says which way it goes.
    fn starts(&self) -> impl Iterator<Item = Interval> {
        let ways: &[Direction] = match &self.change.direction {
            Some(way) => std::slice::from_ref(way),
            None => &[Direction::Rise, Direction::Fall],
        };
        ways.iter().filter_map(|way| self.start(*way))
    }

    fn start(&self, way: Direction) -> Option<Interval> {
        let ends = |of: &Claim| Some((of.hard.low.value()?, of.hard.high.value()?));
        let ((least, most), (low, high)) = (ends(self.change)?, ends(self.level)?);
        let grown = |percent: Decimal| {
            let share = percent.checked_div(Decimal::ONE_HUNDRED)?;
            match way {
                Direction::Rise => Decimal::ONE.checked_add(share),
                Direction::Fall => Decimal::ONE.checked_sub(share),
            }
            .filter(|factor| *factor > Decimal::ZERO)
        };
        let (one, other) = (grown(least)?, grown(most)?);
        Some(Interval::closed(low.checked_div(one.max(other))?, high.checked_div(one.min(other))?))
    }
}

/// Whether two tolls are one apart, and a sentence of theirs speaks of whoever did it: one report counts them, the other
/// does not.
pub(super) fn is_perpetrator_apart(documents: &[Document], one: &Claim, other: &Claim) -> bool {
    let is_toll = |claim: &Claim| {
        let befalls = claim.measure.and_then(measure).is_some_and(|measure| measure.befalls);
        befalls && claim.quantity.unit.dimension == Dimension::Count
    };
    let is_one_apart = one
        .value()
        .zip(other.value())
        .is_some_and(|(a, b)| a.checked_sub(b).is_some_and(|gap| gap.abs() == Decimal::ONE));
    let speaks_of_one = |claim: &Claim| {
        documents.get(claim.document).is_some_and(|document| {
            let lexicon = Lexicon::of(document.language);
            let words = lexicon.tokens(&document.text, claim.sentence.clone());
            let is_one = |term: &Term| matches!(term, Term::Perpetrator).then_some(());
            (0..words.len()).any(|idx| words.longest(idx, is_one).is_some())
        })
    };
    is_one_apart && is_toll(one) && is_toll(other) && (speaks_of_one(one) || speaks_of_one(other))
}

/// "Two children and a teacher": what an article behind "and" adds to a count.
pub(super) fn one_more(documents: &[Document], part: &Claim) -> Option<Decimal> {
    const REACH: usize = 5;
    let document = documents.get(part.document)?;
    if part.quantity.unit.dimension != Dimension::Count {
        return None;
    }
    let lexicon = Lexicon::of(document.language);
    let behind = lexicon.tokens(&document.text, part.text.end..part.sentence.end.max(part.text.end));
    let term_at = |idx: usize, wanted: &Term| {
        behind.longest(idx, |term| (term == wanted).then_some(())).map(|(length, ())| length)
    };
    (0..behind.len().min(REACH)).find_map(|idx| {
        let article_at = idx + term_at(idx, &Term::NumberJoiner)?;
        term_at(article_at, &Term::Article).map(|_| Decimal::ONE)
    })
}

/// Whether up to `terms` of the numbers add up to the wanted one.
fn some_sum(numbers: &[Decimal], wanted: Decimal, terms: usize) -> bool {
    if wanted.is_zero() {
        return true;
    }
    if terms == 0 || wanted.is_sign_negative() {
        return false;
    }
    numbers.iter().enumerate().any(|(idx, number)| {
        let rest = numbers.get(idx + 1..).unwrap_or_default();
        wanted.checked_sub(*number).is_some_and(|left| some_sum(rest, left, terms - 1))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sum_takes_any_of_the_numbers_once() {
        let numbers: Vec<Decimal> = [2, 1, 5].into_iter().map(Decimal::from).collect();
        assert!(some_sum(&numbers, Decimal::from(6), 3));
        assert!(some_sum(&numbers, Decimal::from(8), 3));
        assert!(!some_sum(&numbers, Decimal::from(4), 3));
        assert!(!some_sum(&numbers, Decimal::from(8), 2));
    }
}
