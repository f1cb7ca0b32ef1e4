//! The walk over a block: at each token, is there a figure, and how far does it reach?

use std::ops::Range;

use rust_decimal::Decimal;

use super::digits::{self, Digits};
use super::figure::{self, Figure, Read};
use super::numeral::{self, term};
use super::{
    Candidate, CandidateUnit, Mention, Number, Passage, Reads, Role, date, fraction, hedge, noise, none,
    noun, quotient, tally, unit,
};
use crate::lang::Term;
use crate::lang::words::{TokenKind, fold, is_kana};
use crate::quantity::{Dimension, Hedge, PrintedFigure, Unit};

/// The figures of a block, in reading order.
pub(super) fn scan(passage: &Passage<'_>) -> Vec<Mention> {
    let mut mentions = Vec::new();
    let noise = noise::find(passage);
    let mut quiet = noise.iter().peekable();
    let mut idx = 0;
    let mut floor = passage.range.start;
    while let Some(token) = passage.token(idx) {
        if !may_begin(passage, idx) {
            idx += 1;
            continue;
        }
        let timed = running_time(passage, idx).or_else(|| pace(passage, idx));
        if let Some((mention, next)) = timed {
            mentions.push(mention);
            idx = next;
            continue;
        }
        while quiet.next_if(|range| range.end <= token.start).is_some() {}
        if quiet.peek().is_some_and(|range| range.contains(&token.start)) {
            idx += 1;
            continue;
        }
        let dated = date::read(passage, idx).or_else(|| date::weekday(passage, idx));
        let (mention, next) = match dated {
            Some((mention, next)) => (Some(mention), next),
            None => mention_at(passage, idx, floor),
        };
        if let Some(mention) = mention {
            floor = mention.text.end;
            mentions.push(mention);
        }
        idx = next.max(idx + 1);
    }
    mentions
}

/// Whether a figure or a date may begin at a token: most begin nothing, and one look tells.
fn may_begin(passage: &Passage<'_>, idx: usize) -> bool {
    match passage.token(idx).map(|token| token.kind) {
        Some(TokenKind::Digits) => true,
        Some(TokenKind::Word) => {
            passage.token(idx).is_some_and(|token| token.starts_figure) && !is_mere_article(passage, idx)
                || numeral::begins_spelled(passage, idx)
        }
        Some(TokenKind::Symbol) => {
            digits::is_leading_point(passage, idx) || passage.word(idx).chars().any(char::is_numeric)
        }
        None => false,
    }
}

/// Whether an article stands at a token, and before a word that says nothing of number: "the bridge", "un homme".
fn is_mere_article(passage: &Passage<'_>, idx: usize) -> bool {
    let terms = |at: usize| passage.tokens.terms_at(at).map(|(_, term)| term);
    let is_article = |term: &Term| {
        matches!(term, Term::Article | Term::Definite | Term::Determiner | Term::Per | Term::YearBefore)
    };
    // "Than a day earlier": a time before, and no stretch of it.
    if terms(idx).any(|term| matches!(term, Term::PreviousAfter)) {
        return true;
    }
    if terms(idx).next().is_none() || !terms(idx).all(is_article) {
        return false;
    }
    let is_word = passage.token(idx + 1).is_some_and(|token| token.kind == TokenKind::Word);
    let is_silent = if passage.lexicon.number_style.article_is_one {
        // "Un visiteur sur trois" counts from the article on.
        terms(idx + 1).chain(terms(idx + 2)).next().is_none()
    } else {
        !terms(idx + 1).any(Term::may_start_figure) && numeral::unit_length(passage, idx + 1) == 0
    };
    is_word && is_silent && !fraction::begins(passage, idx + 1)
}

/// A time of hours, minutes and seconds: "2:21:47".
fn running_time(passage: &Passage<'_>, idx: usize) -> Option<(Mention, usize)> {
    let is_colon = |at: usize| passage.word(at) == ":" && passage.is_glued(at);
    if !is_colon(idx + 1) || !is_colon(idx + 3) || passage.is_glued(idx) && idx > 0 || is_colon(idx + 5) {
        return None;
    }
    // "18:00:00 GMT" is a time of day.
    let is_clock = |term: &Term| matches!(term, Term::Clock).then_some(());
    if passage.tokens.longest(idx + 5, is_clock).is_some() {
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
    // "14:05:33" is a time of day.
    let is_clock = hours >= Decimal::TEN || passage.word(idx).starts_with('0');
    if is_clock || minutes >= sixty || seconds >= sixty {
        return None;
    }
    let value = hours.checked_mul(sixty)?.checked_add(minutes)?.checked_mul(sixty)?.checked_add(seconds)?;
    let number = Number { figure: PrintedFigure::One(value), grain: Decimal::ONE, from_zeros: false };
    let unit = CandidateUnit::Settled(Unit::measured("s")?);
    let text = passage.token(idx)?.start..passage.token(idx + 4)?.end;
    let reads = Reads::Figure { number, candidates: vec![Candidate::of(unit)] };
    Some((Mention { text, reads, hedge: None, role: Role::Own }, idx + 5))
}

/// A time for a length: "5:25 a mile", "3:22/km".
fn pace(passage: &Passage<'_>, idx: usize) -> Option<(Mention, usize)> {
    let part = |at: usize, most: usize| -> Option<Decimal> {
        let word = passage.word(at);
        let is_figures = word.len() <= most && word.bytes().all(|byte| byte.is_ascii_digit());
        word.parse::<i64>().ok().filter(|_| is_figures).map(Decimal::from)
    };
    if passage.word(idx + 1) != ":" || !passage.is_glued(idx + 1) || !passage.is_glued(idx + 2) {
        return None;
    }
    let sixty = Decimal::from(60);
    let (minutes, seconds) = (part(idx, 2)?, part(idx + 2, 2).filter(|seconds| *seconds < sixty)?);
    let (per, end) = unit::per_unit(passage, passage.token(idx + 2)?.end, None)?;
    if per.dimension != Dimension::Length {
        return None;
    }
    let value = minutes.checked_mul(sixty)?.checked_add(seconds)?;
    let number = Number { figure: PrintedFigure::One(value), grain: Decimal::ONE, from_zeros: false };
    let unit = CandidateUnit::Settled(Unit::measured("s")?);
    let candidates = vec![Candidate { per: Some(per), ..Candidate::of(unit) }];
    let text = passage.token(idx)?.start..end;
    let reads = Reads::Figure { number, candidates };
    let next = passage.token_at(end);
    Some((Mention { text, reads, hedge: None, role: Role::Own }, next))
}

/// The figure at a token, if there is one, and the token to go on from.
fn mention_at(passage: &Passage<'_>, idx: usize, floor: usize) -> (Option<Mention>, usize) {
    if let Some((mention, next)) =
        multiple(passage, idx).or_else(|| none::read(passage, idx, floor)).or_else(|| every(passage, idx))
    {
        return (Some(mention), next);
    }
    // "De quatro" is an idiom, "de quatro milhas" a distance.
    let idiom = numeral::length_of(passage, idx, &Term::Idiom);
    let behind = idx + idiom;
    let is_measured = !passage.is_unspaced(behind) && numeral::unit_length(passage, behind) > 0;
    let idiom = if is_measured { 0 } else { idiom };
    if idiom == 0
        && let Some((mention, next)) = ordinal(passage, idx)
    {
        return (Some(mention), next);
    }
    let first = match figure::read(passage, idx, floor) {
        Read::Figure(figure) if passage.token_at(figure.bytes.end) > idx + idiom => figure,
        Read::Figure(_) => return (None, idx + idiom),
        Read::Skip(next) => return (None, next.max(idx + idiom)),
    };
    if first.is_bare()
        && passage.heads.is_empty()
        && let Some((mention, next)) = date::year(passage, idx)
    {
        return (Some(mention), skip_short_year(passage, next));
    }
    if let Some(mention) = calendar_year(passage, &first) {
        return (Some(mention), passage.token_at(first.bytes.end));
    }
    let (figure, next) = figure::join(passage, first);
    let behind = passage.token_at(figure.bytes.end);
    if figure.is_bare()
        && let Some(next) = behind_score(passage, &figure)
    {
        return (None, next);
    }
    match finish(passage, figure, floor) {
        Some(mention) => {
            let next = next.max(passage.token_at(mention.text.end));
            (Some(mention), next)
        }
        None => (None, next.max(behind)),
    }
}

/// "Doubled", "twice the", "threefold": a multiple of a figure that stands elsewhere.
fn multiple(passage: &Passage<'_>, idx: usize) -> Option<(Mention, usize)> {
    let (length, value) = passage
        .tokens
        .longest(idx, |term| if let Term::Multiple(value) = term { Some(*value) } else { None })?;
    if numeral::length_of(passage, idx, &Term::Idiom) > length {
        return None;
    }
    let next = idx + length;
    let mut text = passage.token(idx)?.start..passage.token(next.checked_sub(1)?)?.end;
    let number = Number { figure: PrintedFigure::One(value), grain: Decimal::ONE, from_zeros: false };
    let candidates = vec![Candidate::of(CandidateUnit::Settled(Unit::measured("times")?))];
    let hedge = hedge_around(passage, &mut text, next, None);
    Some((Mention { text, reads: Reads::Figure { number, candidates }, hedge, role: Role::Own }, next))
}

/// "Every fifth house", "jeder Dritte": a share; "every third year" is none.
fn every(passage: &Passage<'_>, idx: usize) -> Option<(Mention, usize)> {
    let first = idx + numeral::length_of(passage, idx, &Term::Every);
    let (length, rank) = passage
        .tokens
        .longest(first, |term| if let Term::Ordinal(rank) = term { Some(*rank) } else { None })?;
    let next = first + length;
    let is_time = numeral::unit_length(passage, first) > 0 || numeral::unit_length(passage, next) > 0;
    if first == idx || is_time || rank < Decimal::TWO {
        return None;
    }
    let share = quotient(Decimal::ONE, rank)?;
    let number =
        Number { figure: PrintedFigure::Fraction(share), grain: Decimal::new(1, 2), from_zeros: false };
    let candidates = vec![Candidate::of(CandidateUnit::Settled(Unit::measured("ratio")?))];
    let text = passage.token(idx)?.start..passage.token(next.checked_sub(1)?)?.end;
    let reads = Reads::Figure { number, candidates };
    Some((Mention { text, reads, hedge: None, role: Role::Own }, next))
}

/// "2027年", "二〇二七年": four figures glued to the word for a year.
fn calendar_year(passage: &Passage<'_>, figure: &Figure) -> Option<Mention> {
    let value = figure.numeral.value().filter(|value| value.fract().is_zero())?;
    let year = i16::try_from(i64::try_from(value).ok()?).ok().filter(|year| (1800..=2199).contains(year))?;
    let [Candidate { scale, unit: CandidateUnit::Settled(unit), .. }] = figure.tail.units.as_slice() else {
        return None;
    };
    let figures: usize = figure.tokens.clone().map(|idx| passage.word(idx).chars().count()).sum();
    let is_glued = passage.is_glued(figure.tokens.end) && figure.tail.more.is_zero();
    let is_year = unit.code == "a" && *scale == Decimal::ONE && figures == 4 && is_glued;
    let text = figure.bytes.clone();
    is_year.then_some(Mention { text, reads: Reads::Year(year), hedge: None, role: Role::Own })
}

/// The token behind a score or a list of sets: "3-1", "6-4"; nothing for a figure that is none.
fn behind_score(passage: &Passage<'_>, figure: &Figure) -> Option<usize> {
    let is_range = matches!(figure.numeral.number.figure, PrintedFigure::Range(..));
    let end = figure.tokens.end;
    let is_short = |idx: usize| {
        passage.token(idx).is_some_and(|token| token.kind == TokenKind::Digits)
            && passage.word(idx).len() <= 3
    };
    let is_glued_hyphen = |idx: usize| {
        passage.is_glued(idx) && passage.is_glued(idx + 1) && noise::is_hyphen(passage.word(idx))
    };
    let counts = |behind: usize| noun::counted(passage, behind).is_some();
    if is_range {
        return (end >= 3 && is_glued_hyphen(end - 2) && is_short(end - 1) && !counts(end)).then_some(end);
    }
    let is_score = is_short(end.checked_sub(1)?) && is_glued_hyphen(end) && is_short(end + 1);
    (is_score && !counts(end + 2)).then_some(end + 2)
}

/// "2025-26", "2025/26": the second half of a double year.
fn skip_short_year(passage: &Passage<'_>, idx: usize) -> usize {
    let is_joined = passage.is_glued(idx)
        && passage.is_glued(idx + 1)
        && (noise::is_hyphen(passage.word(idx)) || passage.word(idx) == "/")
        && passage.token(idx + 1).is_some_and(|token| token.kind == TokenKind::Digits);
    if is_joined { idx + 2 } else { idx }
}

/// Makes the mention of a figure: settles candidates, hedge and extent; nothing for figures that are labels or talk.
fn finish(passage: &Passage<'_>, figure: Figure, floor: usize) -> Option<Mention> {
    let tokens = figure.tokens.clone();
    let behind = passage.token_at(figure.bytes.end);
    let mut candidates = figure.candidates()?;
    if candidates.is_empty() && figure.is_bare() && noun::counted(passage, behind).is_none() {
        candidates = passage.heads.to_vec();
    }
    let is_measured = !candidates.is_empty();
    if !is_measured {
        let scale = figure.tail.scale.unwrap_or(Decimal::ONE);
        let unit = CandidateUnit::Settled(bare_unit(passage, &figure, behind)?);
        // "400 people per square kilometre".
        let noun = noun::counted(passage, behind).and_then(|noun| passage.token(noun.end.checked_sub(1)?));
        let per = noun.and_then(|noun| unit::per_unit(passage, noun.end, None));
        candidates.push(Candidate { per: per.map(|(per, _)| per), ..Candidate::scaled(scale, unit) });
    }
    let mut text = figure.bytes.clone();
    age(passage, &mut candidates, &mut text, &tokens, behind);
    let is_number = is_unit(&candidates, Dimension::Number);
    if is_number && is_talk(passage, &figure) && !is_whole_of(passage, tokens.start, floor) {
        return None;
    }
    let is_counted = is_unit(&candidates, Dimension::Count);
    if noise::is_glued_label(passage, tokens.start) {
        return None;
    }
    let is_short = tokens.len() == 1 && passage.word(tokens.start).len() <= 3;
    if (is_number && figure.is_bare() || is_counted && is_short)
        && noise::is_labelled(passage, tokens.start)
        && !noun::is_close(passage, behind)
    {
        return None;
    }
    let role = if figure.is_before {
        Role::Before
    } else if is_counted && is_whole_of(passage, tokens.start, floor)
        || is_whole_of_rate(passage, &figure, behind)
    {
        Role::Whole
    } else {
        Role::Own
    };
    let mut number = figure.numeral.number;
    if is_counted && figure.tail.scale.is_none() && has_no_parts(passage, &candidates) {
        in_thousands(&mut number);
    }
    if let PrintedFigure::One(value) = &mut number.figure {
        let more = if value.is_sign_negative() { -figure.tail.more } else { figure.tail.more };
        *value = value.checked_add(more)?;
    }
    if numeral::length_of(passage, behind, &Term::NegativeBehind) > 0
        && let PrintedFigure::One(value) = &mut number.figure
    {
        value.set_sign_negative(true);
        let end = behind + numeral::length_of(passage, behind, &Term::NegativeBehind);
        text.end = passage.token(end - 1).map_or(text.end, |token| token.end);
    }
    let noun = is_counted.then(|| noun::counted(passage, behind)).flatten();
    let hedge = hedge_around(passage, &mut text, behind, noun.map(|noun| noun.end)).or(figure.numeral.hedge);
    Some(Mention { text, reads: Reads::Figure { number, candidates }, hedge, role })
}

/// Whether what is counted has no thousandths: people, and anything where a page knows two decimal marks.
fn has_no_parts(passage: &Passage<'_>, candidates: &[Candidate]) -> bool {
    let are_people = |candidate: &Candidate| match &candidate.unit {
        CandidateUnit::Settled(unit) => passage.lexicon.is_people(&unit.code),
        CandidateUnit::Family(_) => false,
    };
    passage.lexicon.separators.decimal.len() > 1 || candidates.iter().all(are_people)
}

/// The thousandths of a count are thousands that another country's mark groups: "12,500 empleados", "1.200 people".
fn in_thousands(number: &mut Number) {
    let thousandth = Decimal::new(1, 3);
    if let PrintedFigure::One(value) = number.figure
        && number.grain == thousandth
        && value >= Decimal::ONE
        && let Some(value) = value.checked_mul(Decimal::ONE_THOUSAND)
    {
        let (grain, from_zeros) = digits::grain_of(value);
        *number = Number { figure: PrintedFigure::One(value), grain, from_zeros };
    }
}

/// "Per 100,000 people", "1株当たり": a power of ten that a rate is given of.
fn is_whole_of_rate(passage: &Passage<'_>, figure: &Figure, behind: usize) -> bool {
    let is_round = figure.numeral.value().is_some_and(|value| digits::grain_of(value).0 == value);
    let is_behind = || {
        passage
            .tokens
            .ending_before(figure.tokens.start, |term| matches!(term, Term::WholeBefore).then_some(()))
    };
    let end = noun::counted(passage, behind).map_or(behind, |noun| noun.end);
    is_round
        && (is_behind().is_some()
            || numeral::length_of(passage, behind, &Term::WholeAfter) > 0
            || numeral::length_of(passage, end, &Term::WholeAfter) > 0)
}

/// The hedge before or behind a figure, whose extent grows by it.
fn hedge_around(
    passage: &Passage<'_>,
    text: &mut Range<usize>,
    behind: usize,
    behind_noun: Option<usize>,
) -> Option<Hedge> {
    let mut found = None;
    if let Some((start, hedge)) = hedge::before(passage, passage.token_at(text.start)) {
        found = Some(hedge);
        text.start = passage.token(start).map_or(text.start, |token| token.start);
    }
    if let Some((end, hedge)) = hedge::after(passage, behind) {
        found = found.or(Some(hedge));
        text.end = passage.token(end - 1).map_or(text.end, |token| token.end);
    } else {
        // "500 people or more", "30人を超えた", "60만 원을 넘었다".
        let end = behind_noun.unwrap_or(behind);
        let is_particle = passage.is_glued(end) && passage.lexicon.is_stop_word(&fold(passage.word(end)));
        // Behind a comma stands the hedge of the next figure, unless the noun says whose this one is.
        let is_comma = behind_noun.is_some() && passage.word(end) == ",";
        let between = usize::from(is_comma || is_particle);
        let after = hedge::after(passage, end).or_else(|| hedge::after(passage, end + between));
        found = found.or_else(|| after.map(|(_, hedge)| hedge));
    }
    found
}

fn is_unit(candidates: &[Candidate], dimension: Dimension) -> bool {
    candidates.iter().all(
        |candidate| matches!(&candidate.unit, CandidateUnit::Settled(unit) if unit.dimension == dimension),
    )
}

/// Whether a number in words that counts nothing is mostly talk: "one of them", "the two", "一些".
fn is_talk(passage: &Passage<'_>, figure: &Figure) -> bool {
    let PrintedFigure::One(value) = figure.numeral.number.figure else { return false };
    if !figure.numeral.is_words {
        return false;
    }
    let start = figure.tokens.start;
    let length: usize = figure.tokens.clone().map(|idx| passage.word(idx).chars().count()).sum();
    let is_letter = |idx: usize| passage.token(idx).is_some_and(|token| token.kind == TokenKind::Word);
    let is_inside = passage.is_glued(start) && start > 0 && is_letter(start - 1);
    let runs_on = passage.is_glued(figure.tokens.end) && is_letter(figure.tokens.end);
    let is_free = !is_inside && !runs_on;
    let is_behind_determiner =
        passage.tokens.ending_before(start, |term| matches!(term, Term::Determiner).then_some(()));
    length < passage.lexicon.number_style.fewest_bare
        && !is_free
        && !stands_among_particles(passage, &figure.tokens)
        // "A two-way road".
        || passage.hyphen(figure.tokens.end) > 0
        || value == Decimal::ONE && length > 1 && !none::befalls(passage, figure.tokens.end)
        || value <= Decimal::TEN && is_behind_determiner.is_some()
}

/// Whether particles, signs or nothing stand on both sides: "三は素数だ". A word of two letters may begin or end with a digit.
fn stands_among_particles(passage: &Passage<'_>, tokens: &Range<usize>) -> bool {
    let is_other = |idx: usize| passage.token(idx).is_none_or(|token| token.kind == TokenKind::Symbol);
    let is_particle = |idx: usize| {
        let connects = numeral::length_of(passage, idx, &Term::VagueConnector) > 0;
        passage.word(idx).chars().all(is_kana) && passage.lexicon.is_stop_word(passage.word(idx)) && !connects
    };
    let before = tokens.start.checked_sub(1);
    before.is_none_or(|before| is_other(before) || is_particle(before)) && is_particle(tokens.end)
}

/// What a number without a unit counts: the noun behind it, a magnitude, or nothing.
fn bare_unit(passage: &Passage<'_>, figure: &Figure, behind: usize) -> Option<Unit> {
    let start = figure.tokens.start;
    if is_magnitude(passage, start, behind) {
        return Some(Unit::of(Dimension::Magnitude));
    }
    if let PrintedFigure::Fraction(_) = figure.numeral.number.figure {
        return Unit::measured("ratio");
    }
    let is_scaled = figure.numeral.scale > Decimal::ONE;
    // "40余人": what is counted stands behind the hedge.
    let behind = hedge::after(passage, behind)
        .filter(|(end, _)| passage.is_unspaced(end - 1))
        .map_or(behind, |(end, _)| end);
    let noun =
        if is_scaled { noun::counted_behind_scale(passage, behind) } else { noun::counted(passage, behind) };
    let of_whole =
        || noun_of_the_whole(passage, figure, behind).or_else(|| noun_of_its_own(passage, figure, behind));
    // "The number of cases rose by 212 to 5,340"; a share of them is none.
    let is_whole = || figure.numeral.value().is_some_and(|value| value.fract().is_zero());
    let tallied = || is_whole().then(|| tally::counted(passage, start)).flatten();
    Some(match noun.or_else(of_whole).or_else(tallied) {
        Some(noun) => Unit::count(&noun.lemma),
        None => Unit::of(Dimension::Number),
    })
}

/// The length of "of the" at a token: between a part and its whole.
fn of_the(passage: &Passage<'_>, idx: usize) -> usize {
    let is_of = |term: &Term| matches!(term, Term::VagueConnector | Term::Ratio).then_some(());
    let of = term(passage, idx, is_of).map_or(0, |(length, ())| length);
    let is_the = |term: &Term| matches!(term, Term::Determiner | Term::Definite).then_some(());
    let the = term(passage, idx + of, is_the).map_or(0, |(length, ())| length);
    if of > 0 { of + the } else { 0 }
}

/// "Seventeen of the 40 passengers": what the whole counts, the part counts too.
fn noun_of_the_whole(passage: &Passage<'_>, figure: &Figure, behind: usize) -> Option<noun::CountedNoun> {
    let of = of_the(passage, behind);
    let numeral::Read::Numeral(whole) = numeral::whole(passage, behind + of) else { return None };
    let is_part = of > 0 && figure.numeral.value()? < whole.value()?;
    noun::counted(passage, whole.next).filter(|noun| is_part && noun.distance < 2)
}

/// "All ten of our runners", "three of the crew": some of those that the noun names.
fn noun_of_its_own(passage: &Passage<'_>, figure: &Figure, behind: usize) -> Option<noun::CountedNoun> {
    let of = of_the(passage, behind);
    let is_the = |term: &Term| matches!(term, Term::Determiner | Term::Definite).then_some(());
    let has_determiner = of > 0 && passage.tokens.ending_before(behind + of, is_the).is_some();
    let are_several = figure.numeral.value().is_some_and(|value| value > Decimal::ONE);
    noun::counted(passage, behind + of).filter(|noun| has_determiner && are_several && noun.distance == 0)
}

/// Whether "of the" and a number stand right before the figure at a token; `floor` is the byte behind the figure before.
fn is_whole_of(passage: &Passage<'_>, start: usize, floor: usize) -> bool {
    let part_end = passage.token_at(floor);
    part_end > 0 && part_end < start && part_end + of_the(passage, part_end) == start
}

/// "Magnitude of 5.9", "a 5.9-magnitude quake", "マグニチュードは6.4".
fn is_magnitude(passage: &Passage<'_>, start: usize, behind: usize) -> bool {
    let is_particle = |idx: &usize| {
        passage.word(*idx).chars().all(is_kana) && passage.lexicon.is_stop_word(passage.word(*idx))
    };
    let start = start.checked_sub(1).filter(is_particle).unwrap_or(start);
    let is_word = |term: &Term| matches!(term, Term::Measure(id) if id == "magnitude").then_some(());
    let before = passage.tokens.ending_before(start, is_word).or_else(|| {
        let (at, ()) =
            passage.tokens.ending_before(start, |term| matches!(term, Term::VagueConnector).then_some(()))?;
        passage.tokens.ending_before(at, is_word)
    });
    let hyphen = usize::from(noise::is_hyphen(passage.word(behind)));
    before.is_some() || term(passage, behind + hyphen, is_word).is_some()
}

/// "28 years old", "aged 28": turns a stretch of time or a bare number into an age.
fn age(
    passage: &Passage<'_>,
    candidates: &mut Vec<Candidate>,
    text: &mut Range<usize>,
    tokens: &Range<usize>,
    behind: usize,
) {
    let after = |idx: usize| passage.tokens.longest(idx, |term| matches!(term, Term::AgeAfter).then_some(()));
    let is_years = candidates.iter().all(|candidate| candidate.unit == CandidateUnit::Settled(years()));
    let is_beside = is_next_age(passage, tokens.start) || is_apposition(passage, tokens, behind, is_years);
    let is_before = is_behind_age_word(passage, tokens.start)
        || is_beside && noun::counted(passage, behind).is_none();
    let unit_at = tokens.end;
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
            Some(years())
        }
        CandidateUnit::Settled(_) | CandidateUnit::Family(_) => None,
    });
    let Some(time) = time else { return };
    if length > 0 {
        text.end = passage.token(from + length - 1).map_or(text.end, |token| token.end.max(text.end));
    }
    *candidates = vec![Candidate::of(CandidateUnit::Settled(Unit::age(&time)))];
}

/// The unit of an age without one.
fn years() -> Unit {
    Unit::measured("a").unwrap_or(Unit::of(Dimension::Duration))
}

/// "Aged 28", "aged between 3 and 9".
fn is_behind_age_word(passage: &Passage<'_>, idx: usize) -> bool {
    let is_age = |term: &Term| matches!(term, Term::AgeBefore).then_some(());
    let opener = |term: &Term| matches!(term, Term::RangeOpener(_)).then_some(());
    let opened = passage.tokens.ending_before(idx, opener).map_or(idx, |(start, ())| start);
    [idx, opened].into_iter().any(|idx| passage.tokens.ending_before(idx, is_age).is_some())
}

/// "Ms Okoye, 34, said", "Maria Lorm (34)", "el ministro, de 52 años,": an age beside whose it is.
fn is_apposition(passage: &Passage<'_>, tokens: &Range<usize>, behind: usize, is_years: bool) -> bool {
    let connector = |term: &Term| matches!(term, Term::VagueConnector).then_some(());
    let connected = passage.tokens.ending_before(tokens.start, connector).map(|(at, ())| at);
    let start = connected.unwrap_or(tokens.start);
    let is_word = |at: usize| passage.token(at).is_some_and(|token| token.kind == TokenKind::Word);
    let is_people = |at: usize| passage.lexicon.is_people(&passage.lexicon.lemma(&fold(passage.word(at))));
    let is_name = |at: usize| {
        let is_known = passage.tokens.terms_at(at).next().is_some();
        is_word(at) && passage.word(at).starts_with(char::is_uppercase) && !is_known
    };
    // "Un piloto de 23 años".
    if is_years && connected.is_some_and(|at| at > 0 && is_people(at - 1)) {
        return true;
    }
    let Some(whose) = start.checked_sub(2).filter(|at| is_word(*at) && !passage.is_unspaced(*at)) else {
        return false;
    };
    match (passage.word(start - 1), passage.word(behind)) {
        (",", ",") => is_years || is_people(whose) || is_name(whose),
        ("(", ")") => is_years || is_people(whose) || whose > 0 && is_name(whose) && is_name(whose - 1),
        _ => false,
    }
}

/// "Boys of 9 and 11": the second of two ages.
fn is_next_age(passage: &Passage<'_>, idx: usize) -> bool {
    let is_joiner = |term: &Term| matches!(term, Term::NumberJoiner).then_some(());
    let joiner = passage.tokens.ending_before(idx, is_joiner).map(|(at, ())| at);
    let is_comma = idx > 0 && passage.word(idx - 1) == ",";
    let before = joiner.or(is_comma.then(|| idx - 1)).and_then(|at| at.checked_sub(1));
    before.is_some_and(|at| {
        passage.token(at).is_some_and(|token| token.kind == TokenKind::Digits)
            && is_behind_age_word(passage, at)
    })
}

/// "A second death", "the second driver": behind an article and before what is measured or counted, neither a stretch of
/// time nor the talk of second chances.
fn is_second_of_its_kind(passage: &Passage<'_>, idx: usize, rank: Decimal, behind: usize) -> bool {
    let is_article =
        |term: &Term| matches!(term, Term::Article | Term::Determiner | Term::Definite).then_some(());
    let is_measure = |term: &Term| matches!(term, Term::Measure(_)).then_some(());
    rank == Decimal::TWO
        && passage.tokens.ending_before(idx, is_article).is_some()
        && (passage.tokens.longest(behind, is_measure).is_some()
            || passage.lexicon.is_people(&fold(passage.word(behind))))
}

/// A rank: "42nd", "fourth".
fn ordinal(passage: &Passage<'_>, idx: usize) -> Option<(Mention, usize)> {
    let token = passage.token(idx)?;
    let (value, next) = if token.kind == TokenKind::Digits {
        // "3.º" has a full stop before its suffix.
        let dot = usize::from(passage.word(idx + 1) == "." && passage.is_glued(idx + 1));
        let suffix_at = idx + 1 + dot;
        let suffix = fold(passage.word(suffix_at));
        let suffixes = &passage.lexicon.ordinal_suffixes;
        // "99º F" is a temperature.
        let is_unit = numeral::unit_length(passage, suffix_at) > 0;
        if is_unit || !passage.is_glued(suffix_at) || !suffixes.iter().any(|known| *known == suffix) {
            return None;
        }
        let Digits::Number(number, behind) = digits::read(passage, idx)? else { return None };
        let PrintedFigure::One(value) = number.figure else {
            return None;
        };
        (value, behind.max(suffix_at) + 1)
    } else {
        let (length, value) = passage
            .tokens
            .longest(idx, |term| if let Term::Ordinal(value) = term { Some(*value) } else { None })?;
        if value <= Decimal::TWO && !is_second_of_its_kind(passage, idx, value, idx + length) {
            return None;
        }
        if matches!(numeral::read(passage, idx), numeral::Read::Numeral(_)) {
            return None;
        }
        (value, idx + length)
    };
    // "5th Avenue", "the Fifth Amendment": a name.
    let is_name = passage.word(next).starts_with(char::is_uppercase)
        && passage.token(next).is_some_and(|token| token.spaced);
    if is_name && !passage.lexicon.noun_phrase.capitals {
        return None;
    }
    let number = Number { figure: PrintedFigure::One(value), grain: Decimal::ONE, from_zeros: false };
    let candidates = vec![Candidate::of(CandidateUnit::Settled(Unit::of(Dimension::Ordinal)))];
    let text = token.start..passage.token(next - 1)?.end;
    Some((Mention { text, reads: Reads::Figure { number, candidates }, hedge: None, role: Role::Own }, next))
}
