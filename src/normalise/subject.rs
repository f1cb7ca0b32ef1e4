//! Whose figure it is: the names near it.

use std::ops::Range;

use crate::lang::words::{TokenKind, fold, is_unspaced};
use crate::lang::{Term, Tokens};

use super::{Passage, Spot};
use crate::quantity::Unit;

/// Tokens on either side of a figure in which a name belongs to it.
const REACH: usize = 12;

/// The names in a figure's surroundings, folded, each once, in reading order.
///
/// A name is a run of words with a capital; one word alone is a name only if the page has no meaning for it.
pub(super) fn names(passage: &Passage<'_>, spot: &Spot) -> Vec<String> {
    names_within(passage, spot, REACH, REACH)
}

/// Tokens right before a figure, and right behind it, in which a name is its owner: "Orvanta ($310 million)".
const OWNER_BEFORE: usize = 7;
const OWNER_BEHIND: usize = 3;
/// Letters of a word in scripts without spaces.
const LETTERS: usize = 2;

/// The names right beside a figure, but for those that stand behind another one: "27 km north of Jarrow at 8 km".
pub(super) fn owners(passage: &Passage<'_>, spot: &Spot, unit: &Unit) -> Vec<String> {
    // A letter of a script without spaces is a token.
    let has_letters = passage.word(spot.own.start.saturating_sub(1)).starts_with(is_unspaced);
    let reach = if has_letters { OWNER_BEFORE * LETTERS } else { OWNER_BEFORE };
    let first = spot.sentence.start.max(spot.own.start.saturating_sub(reach));
    let figure = (spot.sentence.start..spot.own.start)
        .rev()
        .find(|idx| passage.tokens.get(*idx).is_some_and(|token| token.kind == TokenKind::Digits));
    let is_edge = |idx: &usize| passage.is_edge(*idx) || passage.is_conjunction(*idx);
    // "42 damaged houses in Orvale": the noun comes first.
    let is_noun = |gap: &usize| passage.lexicon.lemma(&fold(passage.word(spot.own.end + gap))) == unit.code;
    let noun = (0..OWNER_BEHIND).find(is_noun).unwrap_or(0);
    let free = figure
        .map_or(first, |figure| (figure..spot.own.start).find(is_edge).unwrap_or(spot.own.start).max(first));
    names_within(passage, spot, spot.own.start - free, noun + OWNER_BEHIND)
}

/// What a clause that leads up to a figure is about, where an article opens it: "the tunnel will cost £900m". Where nouns
/// have capitals they are among the names.
pub(super) fn things(passage: &Passage<'_>, spot: &Spot) -> Vec<String> {
    const FARTHEST: usize = 8;
    let is_edge = |idx: usize| passage.is_edge(idx) || passage.is_conjunction(idx) || passage.is_digits(idx);
    let clause = (spot.sentence.start..spot.own.start).rev().take_while(|idx| !is_edge(*idx)).last();
    let Some(first) = clause.filter(|first| spot.own.start - first <= FARTHEST) else { return Vec::new() };
    let is_plain = |idx: usize| {
        let is_word =
            passage.tokens.get(idx).is_some_and(|token| token.kind == TokenKind::Word && !token.capital);
        is_word && passage.tokens.terms_at(idx).all(|(_, term)| matches!(term, Term::LabelBefore))
    };
    let is_stop = |idx: usize| passage.lexicon.is_stop_word(&fold(passage.word(idx)));
    let is_article =
        |term: &Term| matches!(term, Term::Article | Term::Definite | Term::Determiner).then_some(());
    let opens = passage.tokens.longest(first, is_article).is_some() || is_capital(passage, first);
    if !opens || !is_stop(first) {
        return Vec::new();
    }
    let run: Vec<usize> =
        (first + 1..spot.own.start).take_while(|idx| is_plain(*idx) && !is_stop(*idx)).collect();
    // "The final drew 38,900": a verb leads up to the figure.
    let nouns =
        if run.last().is_some_and(|last| last + 1 == spot.own.start) { run.len() - 1 } else { run.len() };
    run.into_iter().take(nouns).map(|idx| fold(passage.word(idx)).into_owned()).collect()
}

/// The label of a figure, folded: what stands before the colon that leads up to it ("North: 31"), the head of a cell's row, or
/// else of its column. What names a measure, a part, a unit or a time is no label of a thing.
pub(super) fn label(passage: &Passage<'_>, spot: &Spot, unit: &Unit) -> Option<String> {
    if passage.heads.is_empty() {
        return label_before(passage, spot, unit);
    }
    let blocks = &passage.document.blocks;
    let is_row = |idx: &usize| blocks.get(*idx).is_some_and(|block| block.begins_row);
    let heads = || passage.block.heads.iter().copied();
    let column = heads().find(|idx| !is_row(idx));
    // The corner stands before the heads of the columns.
    let row = heads().find(|idx| is_row(idx) && column.is_none_or(|column| column < *idx));
    [row, column].into_iter().flatten().find_map(|wanted| {
        let head = heads().position(|idx| idx == wanted).and_then(|at| passage.heads.get(at))?;
        label_of(passage, head, 0..head.len(), unit)
    })
}

/// What stands before the colon that leads up to a figure, from the start of its sentence or the sign before it on.
fn label_before(passage: &Passage<'_>, spot: &Spot, unit: &Unit) -> Option<String> {
    let colon = spot.own.start.checked_sub(1).filter(|idx| matches!(passage.word(*idx), ":" | "："))?;
    let is_sign = |idx: &usize| passage.tokens.get(*idx).is_none_or(|token| token.kind == TokenKind::Symbol);
    let sign = (spot.sentence.start..colon).rev().find(is_sign);
    label_of(passage, passage.tokens, sign.map_or(spot.sentence.start, |sign| sign + 1)..colon, unit)
}

/// The words of a label, but for the little ones; nothing where one of them is known for what it measures or when, or
/// is the noun that is counted.
fn label_of(passage: &Passage<'_>, tokens: &Tokens<'_>, range: Range<usize>, unit: &Unit) -> Option<String> {
    const LONGEST: usize = 6;
    let is_slot = |term: &Term| {
        let is_slot = matches!(
            term,
            Term::Measure(_)
                | Term::Part(_)
                | Term::Scale(_)
                | Term::Unit(_)
                | Term::Period(_)
                | Term::Month(_)
                | Term::Currency(_)
        );
        is_slot.then_some(())
    };
    if range.is_empty()
        || range.len() > LONGEST
        || range.clone().any(|idx| tokens.longest(idx, is_slot).is_some())
    {
        return None;
    }
    let words = range.filter_map(|idx| tokens.get(idx)).filter(|token| token.kind == TokenKind::Word);
    let words = words.filter_map(|token| passage.text().get(token.range())).map(fold);
    let words: Vec<_> = words.filter(|word| !passage.lexicon.is_stop_word(word)).collect();
    let is_noun = words.iter().any(|word| passage.lexicon.lemma(word) == unit.code);
    (!words.is_empty() && !is_noun).then(|| words.join(" "))
}

fn names_within(passage: &Passage<'_>, spot: &Spot, before: usize, behind: usize) -> Vec<String> {
    let start = spot.sentence.start.max(spot.own.start.saturating_sub(before));
    let end = spot.sentence.end.min(spot.own.end + behind);
    names_in(passage, spot, start..end)
}

/// The name that a sentence opens with, or with a word before it: "In Tarn ...".
pub(super) fn opening(passage: &Passage<'_>, spot: &Spot) -> Vec<String> {
    const LONGEST: usize = 4;
    let start = spot.sentence.start;
    let first = start + usize::from(passage.lexicon.is_stop_word(&fold(passage.word(start))));
    if !is_capital(passage, first) {
        return Vec::new();
    }
    let end = (first..first + LONGEST).find(|idx| !is_capital(passage, *idx)).unwrap_or(first + LONGEST);
    names_in(passage, spot, first..end.min(spot.own.start))
}

fn names_in(passage: &Passage<'_>, spot: &Spot, range: Range<usize>) -> Vec<String> {
    let Range { start, end } = range;
    let mut names: Vec<String> = Vec::new();
    let mut idx = start;
    while idx < end {
        if let Some((length, code)) = country_at(passage, spot, idx) {
            if !names.iter().any(|name| name == code) {
                names.push(code.to_owned());
            }
            idx += length;
            continue;
        }
        if !is_capital(passage, idx) || spot.own.contains(&idx) {
            idx += 1;
            continue;
        }
        let mut name = String::new();
        let mut first = idx;
        let is_part = |idx: usize| is_capital(passage, idx) && country_at(passage, spot, idx).is_none();
        while idx < end && is_part(idx) && !spot.own.contains(&idx) {
            let word = fold(passage.word(idx));
            idx += 1;
            // "The Larch mine" is of Larch, and "the Government" of nobody by name.
            if name.is_empty() && passage.lexicon.is_stop_word(&word) {
                first = idx;
                continue;
            }
            if !name.is_empty() {
                name.push(' ');
            }
            name.push_str(passage.lexicon.without_possessive(&word));
        }
        if is_name(passage, first..idx, &name) && !is_street(passage, first..idx) && !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// The country that is named at a token beside a figure, by its code, with the tokens of its name.
fn country_at<'a>(passage: &Passage<'a>, spot: &Spot, idx: usize) -> Option<(usize, &'a str)> {
    let (length, code) = passage.country_at(idx)?;
    // "US$3bn", "Swiss francs": the currency of another figure is of no country.
    let at = passage.tokens.get(idx)?.start;
    let next = passage.mentions.partition_point(|mention| mention.text.end <= at);
    let is_of_figure = passage.mentions.get(next).is_some_and(|mention| mention.text.start <= at);
    (!is_of_figure && !(idx..idx + length).any(|idx| spot.own.contains(&idx))).then_some((length, code))
}

fn is_capital(passage: &Passage<'_>, idx: usize) -> bool {
    passage.tokens.get(idx).is_some_and(|token| token.kind == TokenKind::Word && token.capital)
}

/// Whether a name is that of a street behind a number of a house, and nobody's: "1420 Mill Road".
fn is_street(passage: &Passage<'_>, words: Range<usize>) -> bool {
    let is_numbered = words.start.checked_sub(1).is_some_and(|before| passage.is_digits(before));
    let street = |term: &Term| matches!(term, Term::Street).then_some(());
    is_numbered && words.into_iter().any(|idx| passage.tokens.longest(idx, street).is_some())
}

fn is_name(passage: &Passage<'_>, words: Range<usize>, name: &str) -> bool {
    let is_lone = words.len() == 1;
    let is_known_word =
        passage.lexicon.is_stop_word(name) || passage.tokens.terms_at(words.start).next().is_some();
    name.chars().count() > 1 && !(is_known_word && is_lone)
}
