//! The walk over a block: at each token, is there a figure, and how far does it reach?

use std::ops::Range;

use rust_decimal::Decimal;

use super::digits::Digits;
use super::range::Joint;
use super::{
    Candidate, CandidateUnit, Mention, Number, Passage, Reads, date, digits, hedge, noise, range, unit,
    word_number,
};
use crate::lang::Term;
use crate::lang::words::{TokenKind, fold, fold_into, is_unspaced};
use crate::quantity::{Dimension, PrintedFigure, Unit};

/// Appends the figures of a block.
pub(super) fn scan(passage: &Passage<'_>, block: usize, mentions: &mut Vec<Mention>) {
    let noise = noise::find(passage);
    let mut quiet = noise.iter().peekable();
    let mut idx = 0;
    let mut folded = String::new();
    while let Some(token) = passage.token(idx) {
        if let Some((mention, next)) = running_time(passage, block, idx) {
            mentions.push(mention);
            idx = next;
            continue;
        }
        while quiet.next_if(|range| range.end <= token.start).is_some() {}
        if quiet.peek().is_some_and(|range| range.contains(&token.start)) {
            idx += 1;
            continue;
        }
        if token.kind == TokenKind::Symbol {
            idx += 1;
            continue;
        }
        // Most words begin nothing: one look tells.
        if token.kind == TokenKind::Word {
            fold_into(passage.word(idx), &mut folded);
            if !passage.lexicon.may_start_figure(&folded) {
                idx += 1;
                continue;
            }
        }
        if let Some((mention, next)) = date::read(passage, block, idx) {
            mentions.push(mention);
            idx = next.max(idx + 1);
            continue;
        }
        idx = figure_at(passage, block, idx, mentions).max(idx + 1);
    }
}

/// A time of hours, minutes and seconds: "2:21:47".
fn running_time(passage: &Passage<'_>, block: usize, idx: usize) -> Option<(Mention, usize)> {
    let is_colon = |at: usize| passage.word(at) == ":" && passage.is_glued(at);
    if !is_colon(idx + 1) || !is_colon(idx + 3) || passage.is_glued(idx) && idx > 0 || is_colon(idx + 5) {
        return None;
    }
    // "18:00:00 GMT" is a time of day.
    let is_clock = |term: &Term| matches!(term, Term::Clock).then_some(());
    if passage.lexicon.longest(passage.text, &passage.tokens, idx + 5, is_clock).is_some() {
        return None;
    }
    let part = |at: usize| -> Option<Decimal> {
        let word = passage.word(at);
        let is_whole = word.len() <= 2 && word.bytes().all(|byte| byte.is_ascii_digit());
        word.parse::<i64>()
            .ok()
            .filter(|_| is_whole && (at == idx || passage.is_glued(at)))
            .map(Decimal::from)
    };
    let sixty = Decimal::from(60);
    let (hours, minutes, seconds) = (part(idx)?, part(idx + 2)?, part(idx + 4)?);
    if minutes >= sixty || seconds >= sixty {
        return None;
    }
    let value = hours.checked_mul(sixty)?.checked_add(minutes)?.checked_mul(sixty)?.checked_add(seconds)?;
    let number = Number { figure: PrintedFigure::One(value), grain: Decimal::ONE, from_zeros: false };
    let unit = CandidateUnit::Settled(Unit::measured("s")?);
    let text = passage.token(idx)?.start..passage.token(idx + 4)?.end;
    let reads = Reads::Figure { number, candidates: vec![Candidate { scale: Decimal::ONE, unit }] };
    Some((Mention { text, block, reads, hedge: None }, idx + 5))
}

/// A number with everything around it.
struct Figure {
    number: Number,
    /// The tokens of the digits or words.
    tokens: Range<usize>,
    /// The bytes from the sign before to the unit behind.
    bytes: Range<usize>,
    sign: Option<CandidateUnit>,
    tail: unit::Tail,
    is_words: bool,
    is_negative: bool,
}

/// Reads the figure at a token, if there is one; returns the token to go on from.
fn figure_at(passage: &Passage<'_>, block: usize, idx: usize, mentions: &mut Vec<Mention>) -> usize {
    if let Some((mention, next)) = ordinal(passage, block, idx) {
        mentions.push(mention);
        return next;
    }
    let first = match read_number(passage, idx) {
        Read::Figure(figure) => figure,
        Read::Skip(next) => return next,
    };
    if first.sign.is_none()
        && first.tail.scale.is_none()
        && first.tail.units.is_empty()
        && let Some((mention, next)) = date::year(passage, block, idx)
    {
        mentions.push(mention);
        return skip_short_year(passage, next);
    }
    let (figure, next) = join(passage, first);
    let behind = passage.token_at(figure.bytes.end);
    match finish(passage, block, figure) {
        Some(mention) => {
            let next = next.max(passage.token_at(mention.text.end));
            mentions.push(mention);
            next
        }
        None => next.max(behind),
    }
}

/// "2025-26", "2025/26": the second half of a double year.
fn skip_short_year(passage: &Passage<'_>, idx: usize) -> usize {
    let is_joined = passage.is_glued(idx)
        && passage.is_glued(idx + 1)
        && (noise::is_hyphen(passage.word(idx)) || passage.word(idx) == "/")
        && passage.token(idx + 1).is_some_and(|token| token.kind == TokenKind::Digits);
    if is_joined { idx + 2 } else { idx }
}

enum Read {
    Figure(Figure),
    Skip(usize),
}

/// The number at a token, in digits or words, with its sign and unit.
fn read_number(passage: &Passage<'_>, idx: usize) -> Read {
    let is_digits = passage.token(idx).is_some_and(|token| token.kind == TokenKind::Digits);
    let (number, next) = if is_digits {
        match digits::read(passage, idx) {
            Some(Digits::Number(number, next)) => composite(passage, number, next),
            Some(Digits::Other(next)) => return Read::Skip(next),
            None => return Read::Skip(idx + 1),
        }
    } else {
        match word_number::read(passage, idx) {
            Some(found) => found,
            None => return Read::Skip(idx + 1),
        }
    };
    let (Some(start), Some(end)) =
        (passage.token(idx).map(|token| token.start), next.checked_sub(1).and_then(|at| passage.token(at)))
    else {
        return Read::Skip(next);
    };
    let sign = if is_digits { unit::sign_before(passage, start) } else { None };
    let tail = unit::tail(passage, end.end, sign.is_some());
    // "0.6GW/2.4GWh": a unit behind makes it a figure whatever stands before the slash.
    let is_second =
        passage.word(idx.saturating_sub(1)) == "/" && passage.is_glued(idx) && !tail.units.is_empty();
    let is_name = !is_second && noise::is_name(passage, idx, next) && !is_late_part(passage, idx);
    if is_digits && sign.is_none() && is_name {
        return Read::Skip(next);
    }
    let (sign, mut begin) = sign.map_or((None, start), |(unit, at)| (Some(unit), at));
    let is_negative = is_digits && is_minus(passage, begin);
    if is_negative {
        begin = passage
            .before(begin)
            .char_indices()
            .next_back()
            .map_or(begin, |(at, _)| passage.range.start + at);
    }
    let is_open = tail.scale.is_none() && tail.units.is_empty();
    let is_power = passage.is_glued(next) && passage.word(next) == "^";
    if is_digits && (is_open && runs_into_letters(passage, next) || is_power) {
        return Read::Skip(next + 1);
    }
    let bytes = begin..tail.end;
    Read::Figure(Figure { number, tokens: idx..next, bytes, sign, tail, is_words: !is_digits, is_negative })
}

/// "7兆3200億", "1조 2,000억": goes on where a scale of a script without spaces is followed by more digits and a smaller
/// scale. The number returned is in the last scale, which stays behind it.
fn composite(passage: &Passage<'_>, first: Number, behind: usize) -> (Number, usize) {
    let (mut number, mut next) = (first, behind);
    let scale_at = |idx: usize| {
        word_number::scale_term(passage, idx)
            .filter(|_| passage.word(idx).chars().next().is_some_and(is_unspaced))
    };
    while let Some((length, scale)) = scale_at(next)
        && let Some(Digits::Number(part, part_end)) = digits::read(passage, next + length)
    {
        let last_scale = scale_at(part_end).map_or(Decimal::ONE, |(_, scale)| scale);
        let (PrintedFigure::One(sum), PrintedFigure::One(value)) = (number.figure, part.figure) else {
            break;
        };
        let joined = sum
            .checked_mul(scale)
            .and_then(|sum| sum.checked_div(last_scale))
            .and_then(|sum| sum.checked_add(value))
            .filter(|_| last_scale < scale);
        let Some(joined) = joined else { break };
        number = Number { figure: PrintedFigure::One(joined), ..part };
        next = part_end;
    }
    (number, next)
}

/// "Mid-2027": a year behind a hyphen is one all the same.
fn is_late_part(passage: &Passage<'_>, idx: usize) -> bool {
    let value: Option<i16> = passage.word(idx).parse().ok();
    let hyphenated = idx > 0 && noise::is_hyphen(passage.word(idx - 1));
    hyphenated && passage.word(idx).len() == 4 && value.is_some_and(|year| (1900..=2100).contains(&year))
}

/// Letters glued behind bare digits make a name: "5G", "4x4", "1990s".
fn runs_into_letters(passage: &Passage<'_>, next: usize) -> bool {
    passage.is_glued(next)
        && passage.token(next).is_some_and(|token| token.kind == TokenKind::Word)
        && !passage.word(next).chars().next().is_some_and(is_unspaced)
        && !passage.lexicon.ordinal_suffixes.contains(&fold(passage.word(next)))
}

/// Whether a minus sign is glued before an offset, with a blank or a bracket before it.
fn is_minus(passage: &Passage<'_>, start: usize) -> bool {
    let mut before = passage.before(start).chars().rev();
    let sign = before.next();
    let outer = before.next();
    matches!(sign, Some('-' | '−')) && outer.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '['))
        || sign == Some('−')
}

/// Joins a figure with the second end of its range, if one follows; returns the token behind both.
fn join(passage: &Passage<'_>, first: Figure) -> (Figure, usize) {
    let behind = passage.token_at(first.bytes.end).max(first.tokens.end);
    let alone = |figure: Figure| (figure, behind);
    let Some((Joint::Range, second_at)) = range::joint(passage, first_token(passage, &first), behind) else {
        return alone(first);
    };
    let sign_skip =
        passage.token(second_at).filter(|token| token.kind != TokenKind::Digits).map_or(second_at, |_| {
            (second_at..second_at + 4)
                .find(|at| passage.token(*at).is_some_and(|token| token.kind == TokenKind::Digits))
                .unwrap_or(second_at)
        });
    let second = [second_at, sign_skip].into_iter().find_map(|at| match read_number(passage, at) {
        Read::Figure(figure) if passage.token_at(figure.bytes.start) <= second_at => Some(figure),
        Read::Figure(_) | Read::Skip(_) => None,
    });
    let Some(second) = second else { return alone(first) };
    match merge(&first, &second) {
        Some(figure) => {
            let next = passage.token_at(second.bytes.end).max(second.tokens.end);
            (figure, next)
        }
        None => alone(first),
    }
}

fn first_token(passage: &Passage<'_>, figure: &Figure) -> usize {
    passage.token_at(figure.bytes.start).min(figure.tokens.start)
}

/// The range of two figures: they share the sign, the scale and the unit that only one of them states.
fn merge(first: &Figure, second: &Figure) -> Option<Figure> {
    let (PrintedFigure::One(low), PrintedFigure::One(high)) = (first.number.figure, second.number.figure)
    else {
        return None;
    };
    let same_sign = first.sign == second.sign || first.sign.is_none() || second.sign.is_none();
    let same_units =
        first.tail.units == second.tail.units || first.tail.units.is_empty() || second.tail.units.is_empty();
    let is_bare = first.sign.is_none()
        && second.sign.is_none()
        && first.tail.units.is_empty()
        && second.tail.units.is_empty()
        && first.tail.scale.is_none()
        && second.tail.scale.is_none();
    if !same_sign || !same_units || first.is_words != second.is_words || is_bare && first.is_words {
        return None;
    }
    // "2–3 billion" shares its scale where the first end stays below the second.
    let second_scale = second.tail.scale.unwrap_or(Decimal::ONE);
    let first_scale = match first.tail.scale {
        Some(scale) => scale,
        None if low < high => second_scale,
        None => Decimal::ONE,
    };
    let low = low.checked_mul(first_scale)?.checked_div(second_scale)?;
    if low >= high {
        return None;
    }
    let units = if second.tail.units.is_empty() { &first.tail.units } else { &second.tail.units };
    let grain = first.number.grain.checked_mul(first_scale)?.checked_div(second_scale)?;
    Some(Figure {
        number: Number {
            figure: PrintedFigure::Range(low, high),
            grain: grain.min(second.number.grain),
            from_zeros: first.number.from_zeros && second.number.from_zeros,
        },
        tokens: first.tokens.start..second.tokens.end,
        bytes: first.bytes.start..second.bytes.end,
        sign: first.sign.clone().or_else(|| second.sign.clone()),
        tail: unit::Tail { scale: second.tail.scale, units: units.clone(), end: second.tail.end },
        is_words: first.is_words,
        is_negative: false,
    })
}

/// A noun that a number counts.
pub(super) struct CountedNoun {
    /// Its lemma.
    pub(super) lemma: String,
    /// Words between the number and it.
    pub(super) distance: usize,
}

/// Words that may stand between a number and its noun: "2,300 new direct jobs".
const NOUN_REACH: usize = 5;

/// The noun that the words from a token on count: the first run of plurals, or a word for what is measured.
pub(super) fn counted_noun(passage: &Passage<'_>, idx: usize) -> Option<CountedNoun> {
    let mut found: Option<CountedNoun> = None;
    let mut at = idx;
    let mut distance = 0;
    while distance < NOUN_REACH
        && let Some(token) = passage.token(at)
    {
        let word = fold(passage.word(at));
        match token.kind {
            TokenKind::Digits => break,
            TokenKind::Symbol => {
                let joins = noise::is_hyphen(&word) && !token.spaced
                    || matches!(word.as_str(), "\"" | "“" | "‘" | "'" | "«" | "„");
                if found.is_some() || !joins {
                    break;
                }
                at += 1;
                continue;
            }
            TokenKind::Word => {}
        }
        let is_one = distance == 0 && passage.lexicon.is_listed_singular(&word);
        if is_one || passage.lexicon.is_plural(&word) {
            found = Some(CountedNoun { lemma: passage.lexicon.lemma(&word), distance });
        } else if found.is_some() || passage.lexicon.is_stop_word(&word) {
            break;
        } else if distance == 0
            && let Some(length) = measure_length(passage, at)
        {
            let head = fold(passage.word(at + length - 1));
            return Some(CountedNoun { lemma: passage.lexicon.lemma(&head), distance });
        }
        at += 1;
        distance += 1;
    }
    found
}

fn measure_length(passage: &Passage<'_>, idx: usize) -> Option<usize> {
    passage
        .lexicon
        .longest(passage.text, &passage.tokens, idx, |term| matches!(term, Term::Measure(_)).then_some(()))
        .map(|(length, ())| length)
}

/// Makes the mention of a figure: settles candidates, hedge and extent; nothing for figures that are labels.
fn finish(passage: &Passage<'_>, block: usize, figure: Figure) -> Option<Mention> {
    let Figure { mut number, tokens, bytes, sign, tail, is_words, is_negative } = figure;
    let scale = tail.scale.unwrap_or(Decimal::ONE);
    let behind = passage.token_at(bytes.end);
    let mut candidates = tail.units;
    let is_measured = !candidates.is_empty();
    if let Some(unit) = sign {
        candidates = vec![Candidate { scale: Decimal::ONE, unit }];
    }
    if candidates.is_empty() {
        candidates.push(Candidate {
            scale: Decimal::ONE,
            unit: CandidateUnit::Settled(bare_unit(passage, &number, &tokens, behind)?),
        });
    }
    for candidate in &mut candidates {
        candidate.scale = candidate.scale.checked_mul(scale)?;
    }
    let is_bare = !is_measured && scale == Decimal::ONE && is_unit(&candidates, Dimension::Number);
    if is_bare && is_discourse(&number, is_words) {
        return None;
    }
    let is_counted = is_unit(&candidates, Dimension::Count);
    if (is_bare || is_counted && is_lone_digit(passage, &tokens))
        && noise::is_labelled(passage.lexicon, passage, tokens.start)
        && !has_close_noun(passage, behind)
    {
        return None;
    }
    if is_negative {
        negate(&mut number);
    }
    let mut text = bytes;
    let mut hedge = None;
    if let Some((start, found)) = hedge::before(passage, passage.token_at(text.start)) {
        hedge = Some(found);
        text.start = passage.token(start).map_or(text.start, |token| token.start);
    }
    if let Some((end, found)) = hedge::after(passage, behind) {
        hedge = hedge.or(Some(found));
        text.end = passage.token(end - 1).map_or(text.end, |token| token.end);
    }
    age(passage, &mut candidates, &mut text, tokens.start, behind);
    Some(Mention { text, block, reads: Reads::Figure { number, candidates }, hedge })
}

fn is_unit(candidates: &[Candidate], dimension: Dimension) -> bool {
    candidates.iter().all(
        |candidate| matches!(&candidate.unit, CandidateUnit::Settled(unit) if unit.dimension == dimension),
    )
}

/// A bare small number in words is mostly talk: "one of them", "the two sides".
fn is_discourse(number: &Number, is_words: bool) -> bool {
    is_words && matches!(number.figure, PrintedFigure::One(value) if value <= Decimal::TEN)
}

fn is_lone_digit(passage: &Passage<'_>, tokens: &Range<usize>) -> bool {
    tokens.len() == 1 && passage.word(tokens.start).len() <= 3
}

/// Whether a plural stands right behind a figure: what stands before it is then no label.
fn has_close_noun(passage: &Passage<'_>, behind: usize) -> bool {
    passage.lexicon.is_plural(&fold(passage.word(behind)))
}

/// What a number without a unit counts: the noun behind it, a magnitude, or nothing; `None` where it is no claim.
fn bare_unit(passage: &Passage<'_>, number: &Number, tokens: &Range<usize>, behind: usize) -> Option<Unit> {
    let is_magnitude = |idx: usize| {
        passage
            .lexicon
            .longest(passage.text, &passage.tokens, idx, |term| {
                matches!(term, Term::Measure(id) if id == "magnitude").then_some(())
            })
            .is_some()
    };
    if tokens.start > 0 && is_magnitude(tokens.start - 1)
        || is_magnitude(behind)
        || is_magnitude(behind + 1) && noise::is_hyphen(passage.word(behind))
    {
        return Some(Unit::of(Dimension::Magnitude));
    }
    if let PrintedFigure::Fraction(_) = number.figure {
        return Unit::measured("%");
    }
    match counted_noun(passage, behind) {
        Some(noun) => Some(Unit::count(&noun.lemma)),
        None => Some(Unit::of(Dimension::Number)),
    }
}

fn negate(number: &mut Number) {
    if let PrintedFigure::One(value) = &mut number.figure {
        value.set_sign_negative(true);
    }
}

/// "28 years old", "aged 28": turns a stretch of time or a bare number into an age.
fn age(
    passage: &Passage<'_>,
    candidates: &mut Vec<Candidate>,
    text: &mut Range<usize>,
    start: usize,
    behind: usize,
) {
    let after = |idx: usize| {
        passage
            .lexicon
            .longest(passage.text, &passage.tokens, idx, |term| matches!(term, Term::AgeAfter).then_some(()))
    };
    let is_before = passage
        .lexicon
        .ending_before(passage.text, &passage.tokens, start, |term| {
            matches!(term, Term::AgeBefore).then_some(())
        })
        .is_some();
    let unit_at = passage.token_at(passage.token(start).map_or(text.end, |token| token.end));
    // The words of an age hold the unit: "years old" is met where the unit begins.
    let (length, from) = match (after(unit_at), after(behind)) {
        (Some((length, ())), _) => (length, unit_at),
        (None, Some((length, ()))) => (length, behind),
        (None, None) if is_before => (0, behind),
        (None, None) => return,
    };
    let time = candidates.first().and_then(|candidate| match &candidate.unit {
        CandidateUnit::Settled(unit) if unit.dimension == Dimension::Duration => Some(unit.clone()),
        CandidateUnit::Settled(unit) if matches!(unit.dimension, Dimension::Number | Dimension::Count) => {
            Unit::measured("a")
        }
        CandidateUnit::Settled(_) | CandidateUnit::Family(_) => None,
    });
    let Some(time) = time else { return };
    if length > 0 {
        text.end = passage.token(from + length - 1).map_or(text.end, |token| token.end.max(text.end));
    }
    *candidates = vec![Candidate { scale: Decimal::ONE, unit: CandidateUnit::Settled(Unit::age(&time)) }];
}

/// A rank: "42nd", "fourth".
fn ordinal(passage: &Passage<'_>, block: usize, idx: usize) -> Option<(Mention, usize)> {
    let token = passage.token(idx)?;
    let (value, next) = if token.kind == TokenKind::Digits {
        let suffix = fold(passage.word(idx + 1));
        let is_rank = passage.is_glued(idx + 1) && passage.lexicon.ordinal_suffixes.contains(&suffix);
        let Digits::Number(number, behind) = digits::read(passage, idx).filter(|_| is_rank)? else {
            return None;
        };
        let PrintedFigure::One(value) = number.figure else {
            return None;
        };
        (value, behind.max(idx + 1) + 1)
    } else {
        let (length, value) = passage.lexicon.longest(passage.text, &passage.tokens, idx, |term| {
            if let Term::Ordinal(value) = term
                && *value > Decimal::TWO
            {
                Some(*value)
            } else {
                None
            }
        })?;
        if word_number::read(passage, idx).is_some() {
            return None;
        }
        (value, idx + length)
    };
    let number = Number { figure: PrintedFigure::One(value), grain: Decimal::ONE, from_zeros: false };
    let candidates =
        vec![Candidate { scale: Decimal::ONE, unit: CandidateUnit::Settled(Unit::of(Dimension::Ordinal)) }];
    let text = token.start..passage.token(next - 1)?.end;
    Some((Mention { text, block, reads: Reads::Figure { number, candidates }, hedge: None }, next))
}
