//! "€1,000bn (about $1.08tn)": one statement in two units.

use std::ops::Range;

use crate::document::Document;
use crate::lang::{Lexicon, Term};
use crate::quantity::{Dimension, Hedge, Unit};

use super::Claim;

/// Bytes that may stand between a figure and its other form: "(", ", or about".
const MOST_BETWEEN: usize = 24;

/// Links claims that state the figure before them again in another unit.
pub(super) fn link(document: &Document, lexicon: &Lexicon, claims: &mut [Claim]) {
    for idx in 1..claims.len() {
        let (before, rest) = claims.split_at_mut(idx);
        let (Some(first), Some(second)) = (before.last(), rest.first_mut()) else {
            continue;
        };
        if states_again(document, lexicon, first, second) {
            second.restates = Some(first.restates.unwrap_or(first.id));
            second.reading.push(format!("states {} again in another unit", first.quantity));
            // One statement is about one thing.
            second.is_measure_noun =
                if first.measure.is_some() { first.is_measure_noun } else { second.is_measure_noun };
            second.measure = first.measure.or(second.measure);
            second.part.clone_from(&first.part);
            second.period.clone_from(&first.period);
            second.kind = first.kind;
            second.modality = first.modality;
            second.subject.clone_from(&first.subject);
            carry_bound(first, second);
            if second.compared == super::Compared::Yes {
                second.compared = first.compared.clone();
            }
        }
    }
}

/// "More than €1,000bn (about $1.08tn)": the second figure is the same threshold, roughly converted.
fn carry_bound(first: &Claim, second: &mut Claim) {
    let own = matches!(second.hedge, None | Some(Hedge::About));
    let Some(bound) = first.hedge.filter(|hedge| own && hedge.is_bound()) else {
        return;
    };
    if let Some((hard, soft)) = second.precision.intervals(second.figure, Some(bound)) {
        second.reading.push(format!("is a threshold like the figure it states again: {}", bound.as_str()));
        second.hedge = Some(bound);
        second.hard = hard;
        second.soft = soft;
        second.quantity.interval = hard;
    }
}

/// Whether the second claim is the first one again, in another unit.
pub(super) fn states_again(document: &Document, lexicon: &Lexicon, first: &Claim, second: &Claim) -> bool {
    let between = document.text.get(first.text.end..second.text.start);
    let Some(between) = between.filter(|text| text.len() <= MOST_BETWEEN) else {
        return false;
    };
    let opens = between.trim_start().starts_with(['(', '（', '[']) || between.trim_start().starts_with("/ ");
    let is_clean = !between.contains([')', '）', '.', ';', '\n']);
    let range = first.text.end..second.text.start;
    is_clean
        && same_kind(&first.quantity.unit, &second.quantity.unit)
        && (opens || is_restated(document, lexicon, range))
}

/// Whether nothing but a word such as "or", and commas, stand between two figures.
fn is_restated(document: &Document, lexicon: &Lexicon, range: Range<usize>) -> bool {
    let between = lexicon.tokens(&document.text, range);
    let is_mark = |idx: usize| {
        between
            .get(idx)
            .and_then(|token| document.text.get(token.range()))
            .is_some_and(|mark| matches!(mark, "," | "，" | "、" | "-" | "–" | "—" | ":" | "："))
    };
    let mut idx = 0;
    let mut words = 0;
    while idx < between.len() {
        let length = between.longest(idx, |term| matches!(term, Term::Restating).then_some(()));
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
