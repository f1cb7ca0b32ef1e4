//! "€1,000bn (about $1.08tn)": one statement in two units.

use std::ops::Range;

use rust_decimal::Decimal;

use crate::document::{BlockKind, Document};
use crate::lang::{Term, Tokens};
use crate::quantity::currency::currencies;
use crate::quantity::{Dimension, Hedge, Unit, significant_digits};

use super::part::EACH;
use super::{Claim, Kind, Passage, Spot};

/// Bytes that may stand between a figure and its other form: "(", ", or about".
const MOST_BETWEEN: usize = 24;

/// Links claims, from one on, that state the figure before them again in another unit; the tokens are those of their block.
pub(super) fn link(document: &Document, tokens: &Tokens<'_>, claims: &mut [Claim], first: usize) {
    for idx in first.max(1)..claims.len() {
        let (before, rest) = claims.split_at_mut(idx);
        let (Some(last), Some(second)) = (before.last(), rest.first_mut()) else {
            continue;
        };
        let beside = Some(last).filter(|first| states_again(document, tokens, first, second));
        if let Some(first) = beside.or_else(|| before_its_currency(tokens, before, second)) {
            second.restates = Some(first.restates.unwrap_or(first.id));
            second.reading.push(format!("states {} again in another unit", first.quantity));
            // One statement is about one thing.
            second.is_measure_noun =
                if first.measure.is_some() { first.is_measure_noun } else { second.is_measure_noun };
            second.measure = first.measure.or(second.measure);
            second.part.clone_from(&first.part);
            second.scopes.clone_from(&first.scopes);
            second.qualifiers.clone_from(&first.qualifiers);
            second.period.clone_from(&first.period);
            second.kind = first.kind;
            second.modality = first.modality;
            second.subject.clone_from(&first.subject);
            carry_bound(first, second);
            // What is settled of the second figure does not hang on which peso the first one is of.
            if second.compared == super::Compared::Yes && first.quantity.unit != Unit::unsettled_money() {
                second.compared = first.compared.clone();
            }
        }
    }
}

/// "The bridge costs 3 billion crowns. In euros that is about 120 million", "a sum that says little: call it $3bn": the last
/// amount before, where its sentence gives no other.
fn before_its_currency<'a>(tokens: &Tokens<'_>, before: &'a [Claim], second: &Claim) -> Option<&'a Claim> {
    /// Bytes that may lie between the two sentences.
    const NEAR: usize = 160;
    let is_money = |claim: &&Claim| claim.quantity.unit.dimension == Dimension::Money;
    let is_amount = |claim: &&Claim| {
        let is_whole = !claim.is_part(EACH);
        is_money(claim) && claim.kind == Kind::Level && claim.restates.is_none() && is_whole
    };
    Some(second).filter(is_amount)?;
    let is_called = is_converted_aloud(tokens, second);
    (is_called || names_its_currency(tokens, second)).then_some(())?;
    let end = if is_called { second.text.start } else { second.sentence.start };
    let last = before.iter().rfind(|claim| is_money(claim) && claim.text.end <= end)?;
    let amounts = before.iter().rev().take_while(|claim| claim.sentence.start >= last.sentence.start);
    let mut amounts = amounts.filter(|claim| claim.sentence == last.sentence).filter(is_amount);
    let (first, more) = (amounts.next()?, amounts.next());
    let is_near = second.sentence.start.saturating_sub(last.sentence.end) <= NEAR;
    let is_same = first.measure.is_none() || second.measure.is_none() || first.measure == second.measure;
    let is_other = first.quantity.unit.code != second.quantity.unit.code;
    (more.is_none() && is_near && is_same && is_other).then_some(first)
}

/// Whether a sentence opens with the currency of the figure that it goes on to give: "in dollars".
fn names_its_currency(tokens: &Tokens<'_>, claim: &Claim) -> bool {
    /// Tokens before the word that leads to the currency: "But", "That is,".
    const REACH: usize = 3;
    let opening = tokens.between(&(claim.sentence.start..claim.text.start));
    let is_own = |term: &Term| match_currency(term, claim).then_some(());
    opening.take(REACH).any(|idx| {
        let led = tokens.longest(idx, |term| matches!(term, Term::InCurrency).then_some(()));
        led.is_some_and(|(length, ())| tokens.longest(idx + length, is_own).is_some())
    })
}

/// The currency that a figure's sentence says ahead that its amounts are in: "以美元計".
pub(super) fn currency_ahead<'a>(passage: &'a Passage<'_>, spot: &Spot) -> Option<&'a str> {
    /// Tokens before the word that leads to the currency.
    const REACH: usize = 3;
    let tokens = passage.tokens;
    let start = spot.sentence.start;
    (start..spot.own.start.min(start + REACH)).find_map(|idx| {
        let (led, ()) = tokens.longest(idx, |term| matches!(term, Term::InCurrency).then_some(()))?;
        let named = tokens.terms_at(idx + led).filter_map(|(length, term)| {
            if let Term::Currency(code) = term { Some((length, code.as_str())) } else { None }
        });
        let (length, code) = named.max_by_key(|(length, _)| *length)?;
        let is_told = |term: &Term| matches!(term, Term::CountedIn).then_some(());
        tokens.longest(idx + led + length, is_told).map(|_| code)
    })
}

/// Whether words right before an amount say that it is an earlier one in another currency: "call it".
fn is_converted_aloud(tokens: &Tokens<'_>, claim: &Claim) -> bool {
    let first = tokens.between(&claim.text).start;
    tokens.ending_before(first, |term| matches!(term, Term::Converting).then_some(())).is_some()
}

fn match_currency(term: &Term, claim: &Claim) -> bool {
    if let Term::Currency(code) = term {
        *code == claim.quantity.unit.code
    } else if let Term::CurrencyFamily(family) = term {
        currencies().members(family).any(|currency| currency.code == claim.quantity.unit.code)
    } else {
        false
    }
}

/// "More than €1,000bn (about $1.08tn)": the second figure is the same threshold, roughly converted.
fn carry_bound(first: &Claim, second: &mut Claim) {
    let own = matches!(second.hedge, None | Some(Hedge::About));
    if let Some(bound) = first.hedge.filter(|hedge| own && hedge.is_bound()) {
        take_bound(bound, second);
    }
}

/// Makes a threshold of a figure that is told as one elsewhere.
fn take_bound(bound: Hedge, second: &mut Claim) {
    if let Some((hard, soft)) = second.precision.intervals(second.figure, Some(bound)) {
        second.reading.push(format!("is a threshold like the figure it states again: {}", bound.as_str()));
        second.hedge = Some(bound);
        second.hard = hard;
        second.soft = soft;
        second.quantity.interval = hard;
    }
}

/// "Robbers take €50,000" over a report that says "more than €50,000": a headline leaves out that its figure is a threshold.
pub(super) fn hedge_headlines(claims: &mut [Claim]) {
    let is_headline = |claim: &Claim| claim.block == BlockKind::Headline;
    let bare = |claim: &&Claim| is_headline(claim) && claim.hedge.is_none() && claim.value().is_some();
    let headlines: Vec<usize> = claims.iter().filter(bare).map(|claim| claim.id).collect();
    for id in headlines {
        let bound = claims.get(id).and_then(|headline| {
            let is_same = |claim: &&Claim| {
                !is_headline(claim)
                    && claim.value() == headline.value()
                    && claim.quantity.unit.has_base_of(&headline.quantity.unit)
            };
            let mut bounds =
                claims.iter().filter(is_same).map(|claim| claim.hedge.filter(|it| it.is_bound()));
            let first = bounds.next().flatten()?;
            bounds.all(|bound| bound.is_some()).then_some(first)
        });
        if let Some((bound, headline)) = bound.zip(claims.get_mut(id)) {
            take_bound(bound, headline);
        }
    }
}

/// Whether the second claim is the first one again, in another unit.
pub(super) fn states_again(document: &Document, tokens: &Tokens<'_>, first: &Claim, second: &Claim) -> bool {
    let between = document.text.get(first.text.end..second.text.start);
    let Some(between) = between.filter(|text| text.len() <= MOST_BETWEEN) else {
        return false;
    };
    let opens = between.trim_start().starts_with(['(', '（', '[']) || between.trim_start().starts_with("/ ");
    let is_clean = !between.contains([')', '）', '.', ';', '\n']);
    let range = first.text.end..second.text.start;
    // "The budget of C$2.48 billion, about US$1.79 billion, covers".
    let is_rough = second.hedge == Some(Hedge::About)
        && second.quantity.unit.dimension == Dimension::Money
        && between.trim() == ",";
    is_clean
        && same_kind(&first.quantity.unit, &second.quantity.unit)
        && (opens
            || is_rough
            || is_restated(document, tokens, range)
            || is_in_brackets(document, between, first, second))
}

/// "124 metres high (407 feet)", "19 miles long (30 km)": alone in brackets behind a word, in a unit of another system.
fn is_in_brackets(document: &Document, between: &str, first: &Claim, second: &Claim) -> bool {
    let words = between.trim_end().strip_suffix('(');
    let is_plain = words.is_some_and(|words| words.chars().all(|c| c.is_alphabetic() || c == ' '));
    let is_alone = document.text.get(second.text.end..).is_some_and(|behind| behind.starts_with(')'));
    // Metres and kilometres, inches and miles: two sizes of one thing, and no conversion.
    let size = |claim: &Claim| claim.quantity.unit.to_base(Decimal::ONE);
    let is_of_ten = |value: Decimal| significant_digits(value) == "1";
    let of_metres = [first, second].map(|claim| size(claim).is_some_and(is_of_ten));
    is_plain && is_alone && of_metres[0] != of_metres[1] && first.quantity.unit.dimension != Dimension::Money
}

/// Whether nothing but a word such as "or", and commas, stand between two figures.
fn is_restated(document: &Document, tokens: &Tokens<'_>, range: Range<usize>) -> bool {
    let Range { start: mut idx, end } = tokens.between(&range);
    let is_mark = |idx: usize| {
        tokens
            .get(idx)
            .and_then(|token| document.text.get(token.range()))
            .is_some_and(|mark| matches!(mark, "," | "，" | "、" | "-" | "–" | "—" | ":" | "："))
    };
    let mut words = 0;
    while idx < end {
        let length = tokens.longest(idx, |term| matches!(term, Term::Restating).then_some(()));
        match length {
            Some((length, ())) => {
                words += 1;
                idx += length;
            }
            None if is_mark(idx) => idx += 1,
            None => return false,
        }
    }
    words > 0
}

/// Whether two units can state one quantity: two currencies, or two units of one physical dimension.
fn same_kind(one: &Unit, other: &Unit) -> bool {
    one.dimension == other.dimension
        && one.code != other.code
        && !matches!(
            one.dimension,
            Dimension::Count
                | Dimension::Date
                | Dimension::Year
                | Dimension::Number
                | Dimension::Rate
                | Dimension::Percent
        )
}
