//! What a figure counts or measures: the word for it that stands nearest, in its own clause first.

use std::ops::Range;

use crate::lang::words::{Token, TokenKind, fold, is_unspaced};
use crate::lang::{Measure, Nature, PERSON, Term, Tokens, YEARS, date_at, measure};
use crate::quantity::{Dimension, Unit};

use super::{Passage, Spot};

/// Tokens that a clause's edge counts for.
const CLAUSE_EDGE: usize = 7;
/// What a weak word's distance is multiplied by.
const WEAK: usize = 3;
/// A word right behind the figure is nearer than one before it: "$15.9bn deal".
const BEFORE: usize = 1;
/// Words farther than this say nothing of the figure.
const FARTHEST: usize = 26;

/// A measure, and where its word stands.
#[derive(Debug, Clone)]
pub(super) struct FoundMeasure {
    pub(super) id: &'static str,
    /// What a bare number counts by it, where its word stands before the figure, right behind it ("42 were injured"), or
    /// at the head of its row or column.
    pub(super) counts: Option<String>,
    /// Whether its word is the noun that is counted, and no more: "4,200 students".
    pub(super) is_noun: bool,
}

/// The measure of the figure at a spot, or nothing where no word near it names one of its dimension.
pub(super) fn find(passage: &Passage<'_>, spot: &Spot, unit: &Unit) -> Option<FoundMeasure> {
    let dimension = unit.dimension;
    let mut best: Option<(usize, FoundMeasure)> = None;
    let mut befell: Option<(usize, FoundMeasure)> = None;
    let mut idx = spot.sentence.start;
    while idx < spot.sentence.end {
        let Some((length, found)) = measure_at(passage.tokens, idx, dimension) else {
            idx += 1;
            continue;
        };
        let word = idx..idx + length;
        let farthest = farthest(passage, spot, &word, unit);
        let is_changed = matches!(dimension, Dimension::Percent | Dimension::Points)
            && !found.of.contains(&dimension)
            && is_verb_of(passage, &word);
        let distance = distance(passage, spot, &word, found) * if is_changed { WEAK } else { 1 };
        let is_told_of_all = found.befalls && is_predicate_of_list(passage, spot, idx);
        let distance = if is_told_of_all { distance.min(OWN_NOUN) } else { distance };
        // "Points de pourcentage" is a unit, and no share.
        let is_unit = spot.own.contains(&idx) && dimension != Dimension::Count;
        // "4,000 people driven from their homes".
        let is_of_things = found.things && passage.lexicon.is_people(&unit.code);
        let is_others = is_unit
            || is_of_things
            || is_behind_other_figure(passage, spot, idx)
            || found.nature != Nature::Running && is_of_next_clause(passage, spot, &word)
            || is_next_topic(passage, spot, &word)
            || found.base && is_base(passage, idx);
        // "Ten pupils were killed", "the dead are ten pupils".
        let is_of_it = idx >= spot.own.end || found.befalls && is_same_clause(passage, spot, &word);
        if !is_others
            && found.nature == Nature::Running
            && is_of_it
            && distance <= OWN_NOUN
            && befell.as_ref().is_none_or(|(nearest, _)| distance < *nearest)
        {
            befell = Some((distance, FoundMeasure { id: &found.id, counts: None, is_noun: false }));
        }
        if !is_others && distance <= farthest && best.as_ref().is_none_or(|(nearest, _)| distance < *nearest)
        {
            let is_unspaced = passage.word(idx).starts_with(is_unspaced);
            let befell = found.befalls && is_close_behind(passage, spot, idx);
            let says = (idx < spot.own.start || befell) && !is_unspaced;
            best = Some((
                distance,
                FoundMeasure {
                    id: &found.id,
                    counts: says.then(|| noun_of(passage, &word, found)),
                    is_noun: found.nature != Nature::Running && is_noun_of(passage, spot, unit, &word),
                },
            ));
        }
        idx += length;
    }
    // "Twelve passengers are still missing": what befell people says more than who they are.
    let is_own_noun = |(_, found): &(usize, FoundMeasure)| {
        passage.lexicon.is_people(&unit.code)
            && measure_at(passage.tokens, spot.own.end, dimension).is_some_and(|(_, own)| own.id == found.id)
    };
    let best = if best.as_ref().is_some_and(is_own_noun) { befell.or(best) } else { best };
    let of_heads = || {
        of_heads(passage, dimension).map(|id| FoundMeasure {
            id,
            counts: Some(id.to_owned()),
            is_noun: false,
        })
    };
    best.map(|(_, found)| found).or_else(of_heads)
}

/// Whether a measure's word is one for a change as well: of "interest rates were raised by 25 basis points" the verb is no
/// gift.
fn is_verb_of(passage: &Passage<'_>, word: &Range<usize>) -> bool {
    let is_verb = |term: &Term| matches!(term, Term::Kind(_) | Term::Change).then_some(());
    passage.tokens.longest(word.start, is_verb).is_some()
}

/// The lemma of what a bare number counts by a measure: people, where it befalls them; else the word's own noun.
fn noun_of(passage: &Passage<'_>, word: &Range<usize>, found: &'static Measure) -> String {
    let head = fold(passage.word(word.end - 1));
    match found.befalls {
        true => PERSON.to_owned(),
        false if passage.lexicon.is_plural(&head) => passage.lexicon.lemma(&head),
        false => found.id.clone(),
    }
}

/// Whether a measure's word stands in the noun phrase behind a count.
fn is_noun_of(passage: &Passage<'_>, spot: &Spot, unit: &Unit, word: &Range<usize>) -> bool {
    unit.dimension == Dimension::Count
        && word.start >= spot.own.start
        && (spot.own.end..word.start).all(|idx| !passage.is_edge(idx))
        && word.start <= spot.own.end + NOUN_PHRASE
}

/// Whether a word stands behind a figure with nothing but a verb between: "42 were injured", "42 ont été blessées".
fn is_close_behind(passage: &Passage<'_>, spot: &Spot, idx: usize) -> bool {
    const VERB: usize = 2;
    let mut between = spot.own.end..idx;
    between.len() <= VERB
        && between.all(|at| {
            let is_word = passage.tokens.get(at).is_some_and(|token| token.kind == TokenKind::Word);
            is_word && passage.lexicon.is_stop_word(&fold(passage.word(at)))
        })
}

/// Whether a word stands behind the verb of a list that a figure stands in: "two adults and three children were killed".
fn is_predicate_of_list(passage: &Passage<'_>, spot: &Spot, idx: usize) -> bool {
    /// Words of an item behind its number.
    const ITEM: usize = 4;
    let is_verb = |at: usize| passage.lexicon.is_plural_verb(&fold(passage.word(at)));
    let Some(verb) = (spot.own.end..idx).find(|at| is_verb(*at)) else { return false };
    if !(verb + 1..idx).all(|at| is_verb(at) || passage.lexicon.is_stop_word(&fold(passage.word(at)))) {
        return false;
    }
    let separates = |at: usize| passage.word(at) == "," || passage.is_conjunction(at);
    let opens = |at: usize| {
        let is_article =
            |term: &Term| matches!(term, Term::Article | Term::Determiner | Term::Definite).then_some(());
        is_figure(passage, at) || separates(at) || passage.tokens.longest(at, is_article).is_some()
    };
    let mut length = 0;
    for at in spot.own.end..verb {
        if separates(at) {
            if !opens(at + 1) {
                return false;
            }
            length = 0;
        } else if passage.is_edge(at) || length > ITEM {
            return false;
        } else {
            length += 1;
        }
    }
    true
}

/// Words behind a figure in which a verb outweighs the noun for people beside it.
const OWN_NOUN: usize = 7;

/// The words of a noun phrase: "340 new night nurses".
const NOUN_PHRASE: usize = 3;
/// People are counted for many reasons: the word for theirs stands nearer than that.
const FARTHEST_OF_PEOPLE: usize = 14;
/// A bare number or a noun that is no measure takes its measure from close by alone.
const CLOSE: usize = 6;

fn farthest(passage: &Passage<'_>, spot: &Spot, word: &Range<usize>, unit: &Unit) -> usize {
    let dimension = unit.dimension;
    if dimension == Dimension::Number {
        // "The death toll of the avalanche in the village has risen to 19."
        return if is_same_clause(passage, spot, word) { FARTHEST_OF_PEOPLE } else { CLOSE };
    }
    if dimension != Dimension::Count {
        return FARTHEST;
    }
    // "The number of cases rose to 3,412": the noun itself, before its number.
    // "Many of the injured", behind others, are no more than the same people's noun.
    let may_be_own = word.end <= spot.own.start || !passage.lexicon.is_people(&unit.code);
    if may_be_own && passage.lexicon.lemma(&fold(passage.word(word.end - 1))) == unit.code {
        return FARTHEST;
    }
    // Zones and engines are counted for themselves: only a word that is their own noun is their measure.
    match (passage.lexicon.is_people(&unit.code), word.start >= spot.own.end) {
        (true, false) if is_topic(passage, spot, word) => FARTHEST,
        (true, _) => FARTHEST_OF_PEOPLE,
        (false, true) => NOUN_PHRASE,
        (false, false) => 0,
    }
}

/// Whether a word stands before a figure in its clause.
fn is_same_clause(passage: &Passage<'_>, spot: &Spot, word: &Range<usize>) -> bool {
    word.end <= spot.own.start && !(word.end..spot.own.start).any(|idx| passage.is_edge(idx))
}

/// Whether a word stands right behind another figure and is that one's own: "£14.2m borrowed".
fn is_behind_other_figure(passage: &Passage<'_>, spot: &Spot, idx: usize) -> bool {
    const TAIL: usize = 3;
    if idx >= spot.own.start && idx <= spot.own.end + 1 {
        return false;
    }
    (idx.saturating_sub(TAIL)..idx).rev().any(|at| {
        let is_tail = (at + 1..idx).all(|between| is_tail_word(passage, between));
        !spot.own.contains(&at) && is_tail && passage.is_digits(at) && !is_of_time(passage, at)
    })
}

/// Whether a word stands in the clause behind the figure's own, before a figure of that: "the Greens 24 %, turnout was
/// 76 %".
fn is_of_next_clause(passage: &Passage<'_>, spot: &Spot, word: &Range<usize>) -> bool {
    /// Tokens between a word and its figure.
    const REACH: usize = 6;
    let ends = |idx: usize| passage.is_edge(idx) || passage.is_conjunction(idx);
    let end = spot.sentence.end.min(word.end + REACH);
    (spot.own.end..word.start).any(ends)
        && (word.end..end).take_while(|idx| !ends(*idx)).any(|idx| is_figure(passage, idx))
}

/// Whether a date, a year or the name of a quarter begins at digits: what stands behind it is no noun of theirs.
fn is_of_time(passage: &Passage<'_>, idx: usize) -> bool {
    let is_part = |term: &Term| matches!(term, Term::Quarter(_) | Term::Half(_)).then_some(());
    let is_year = |year: i16| passage.word(idx).len() == 4 && YEARS.contains(&year);
    passage.word(idx).parse().is_ok_and(is_year)
        || passage.tokens.longest(idx, is_part).is_some()
        || date_at(passage.lexicon, passage.text(), passage.tokens, idx).is_some()
}

/// Whether a word is marked as what is told of behind the verb of the figure: "3.0%로 올랐고 취업자는"; "120億円の投資は" is
/// of the figure.
fn is_next_topic(passage: &Passage<'_>, spot: &Spot, word: &Range<usize>) -> bool {
    let is_verb = |term: &Term| matches!(term, Term::Kind(_) | Term::Change).then_some(());
    let ends = |idx: usize| passage.is_edge(idx) || passage.tokens.longest(idx, is_verb).is_some();
    is_marked_topic(passage, word) && (spot.own.end..word.start).any(ends)
}

/// Whether a word says what a percentage right before it is a share of: "112 % of GDP".
fn is_base(passage: &Passage<'_>, idx: usize) -> bool {
    /// "Percent of the country's GDP".
    const REACH: usize = 4;
    let is_share = |term: &Term| matches!(term, Term::Kind(key) if key == "share").then_some(());
    let first = idx.saturating_sub(REACH);
    (first..idx).any(|at| {
        passage.tokens.longest(at, is_share).is_some() && passage.tokens.is_behind_percent(passage.text(), at)
    })
}

/// Scale words, suffixes and units behind digits; in a script without spaces all words are glued.
fn is_tail_word(passage: &Passage<'_>, idx: usize) -> bool {
    let is_glued = |token: &Token| {
        let word = passage.word(idx);
        !token.spaced
            && token.kind == TokenKind::Word
            && (!word.starts_with(is_unspaced) || passage.lexicon.is_stop_word(word))
    };
    passage.tokens.get(idx).is_some_and(is_glued)
        || passage
            .tokens
            .longest(idx, |term| {
                matches!(
                    term,
                    Term::Scale(_)
                        | Term::Currency(_)
                        | Term::CurrencyFamily(_)
                        | Term::Unit(_)
                        | Term::ScaledUnit(..)
                        | Term::Counter(_)
                )
                .then_some(())
            })
            .is_some()
}

fn measure_at(tokens: &Tokens<'_>, idx: usize, dimension: Dimension) -> Option<(usize, &'static Measure)> {
    tokens.longest(idx, |term| {
        if let Term::Measure(id) = term {
            measure(id).filter(|measure| fits(measure, dimension))
        } else {
            None
        }
    })
}

/// Whether a measure's figures may be of a dimension; a share or a change in percent may be of anything.
fn fits(measure: &Measure, dimension: Dimension) -> bool {
    measure.of.contains(&dimension)
        || matches!(dimension, Dimension::Percent | Dimension::Points)
        || dimension == Dimension::Rate
        || dimension == Dimension::Number && measure.of.contains(&Dimension::Count)
}

fn distance(passage: &Passage<'_>, spot: &Spot, word: &Range<usize>, found: &Measure) -> usize {
    let (gap, side) = if word.end <= spot.own.start {
        (word.end..spot.own.start, BEFORE)
    } else if word.start >= spot.own.end {
        (spot.own.end..word.start, 0)
    } else {
        return 0;
    };
    // A semicolon ends what is nearly a sentence.
    let edge = |idx: usize| match passage.word(idx) {
        ";" | "；" => 2,
        _ => usize::from(passage.is_edge(idx) || passage.is_conjunction(idx)),
    };
    let edges: usize = gap.clone().map(edge).sum();
    let tokens = gap.len() + side;
    // Another figure in between has a better right to the word.
    let figures = gap.filter(|idx| is_figure(passage, *idx)).count();
    // The topic of a sentence is that of its further clauses and figures, too.
    let most = if is_topic(passage, spot, word) { 1 } else { usize::MAX };
    (tokens + (edges + figures).min(most) * CLAUSE_EDGE) * if found.weak { WEAK } else { 1 }
}

/// Whether a word before the figure is the topic of all that follows it: "従業員は本社と支社で850人".
fn is_topic(passage: &Passage<'_>, spot: &Spot, word: &Range<usize>) -> bool {
    word.end <= spot.own.start && is_marked_topic(passage, word)
}

fn is_marked_topic(passage: &Passage<'_>, word: &Range<usize>) -> bool {
    let marker = |term: &Term| matches!(term, Term::TopicMarker).then_some(());
    passage.tokens.longest(word.end, marker).is_some()
}

fn is_figure(passage: &Passage<'_>, idx: usize) -> bool {
    // "Rose to 16 after two of the injured died".
    let number = |term: &Term| matches!(term, Term::Number(_)).then_some(());
    passage.is_digits(idx)
        && !passage.is_digits(idx.wrapping_sub(1))
        && !matches!(passage.word(idx.wrapping_sub(1)), "." | ",")
        || passage.tokens.longest(idx, number).is_some()
}

/// A table cell is named by the heads of its row and column.
fn of_heads(passage: &Passage<'_>, dimension: Dimension) -> Option<&'static str> {
    passage.heads.iter().find_map(|head| {
        (0..head.len()).find_map(|idx| measure_at(head, idx, dimension)).map(|(_, found)| found.id.as_str())
    })
}
