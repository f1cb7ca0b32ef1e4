//! The walk over a block: at each token, is there a figure, and how far does it reach?

use std::cell::LazyCell;
use std::ops::Range;

use rust_decimal::Decimal;

use super::digits::{self, Digits};
use super::figure::{self, Figure, Read};
use super::numeral::{self, term};
use super::{
    Candidate, CandidateUnit, Mention, Number, Passage, Reads, Role, age, date, fraction, hedge, noise, none,
    noun, quotient, rank, running_time, tally, unit, whole,
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
        let timed = running_time::read(passage, idx);
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
            None => match part_of_a_year(passage, idx) {
                Some(next) => (None, next),
                None => mention_at(passage, idx, floor),
            },
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
            // "(月)" is a day of the week.
            let opens_weekday = || date::weekday(passage, idx).is_some();
            digits::is_leading_point(passage, idx)
                || passage.word(idx).chars().any(char::is_numeric)
                || matches!(passage.word(idx), "(" | "（") && opens_weekday()
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

/// A number that has too many digits to be held: told, so that nobody takes it for read.
fn endless(passage: &Passage<'_>, idx: usize) -> Option<Mention> {
    /// Bytes of it that are quoted at most.
    const LONGEST: usize = 100;
    let token = passage.token(idx).filter(|token| token.kind == TokenKind::Digits)?;
    let Some(Digits::Endless(next)) = digits::read(passage, idx) else { return None };
    let end = passage.token(next.checked_sub(1)?)?.end;
    let end = passage.text.floor_char_boundary(end.min(token.start + LONGEST));
    Some(Mention { text: token.start..end, reads: Reads::Endless, hedge: None, role: Role::Own })
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
        && let Some((mention, next)) = rank::read(passage, idx)
    {
        return (Some(mention), next);
    }
    let first = match figure::read(passage, idx, floor) {
        Read::Figure(figure) if passage.token_at(figure.bytes.end) > idx + idiom => figure,
        Read::Figure(_) => return (None, idx + idiom),
        Read::Skip(next) => return (endless(passage, idx), next.max(idx + idiom)),
    };
    if first.is_bare()
        && passage.heads.is_empty()
        && !noise::closes_a_name(passage, idx)
        && let Some((mention, next)) = date::year(passage, idx)
        && !figure::opens_a_count(passage, &first)
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

/// The token behind the name of a quarter or half of a year, which is no figure: "the third quarter", "3분기".
fn part_of_a_year(passage: &Passage<'_>, idx: usize) -> Option<usize> {
    let article = numeral::length_of(passage, idx, &Term::Definite);
    let start = idx + article;
    let is_part = |term: &Term| matches!(term, Term::Quarter(_) | Term::Half(_)).then_some(());
    let (length, ()) = passage.tokens.longest(start, is_part)?;
    // "2 t" and "1 h" are signs of a unit as well, and "s 1" is no "S1".
    let is_digits = |at: usize| passage.token(at).is_some_and(|token| token.kind == TokenKind::Digits);
    let is_sign = is_digits(start) && length == 2 && !passage.is_unspaced(start + 1);
    let is_apart = (start + 1..start + length).any(|at| is_digits(at) && !passage.is_glued(at));
    (!is_sign && !is_apart).then_some(start + length)
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
    // "2000 年" may be how long something took, "1988 년" hardly.
    let is_plain = passage.is_glued(figure.tokens.end) || year % 100 != 0;
    let is_year = unit.code == "a" && *scale == Decimal::ONE && figures == 4;
    let is_year = is_year && is_plain && figure.tail.more.is_zero() && passage.is_unspaced(figure.tokens.end);
    let text = figure.bytes.clone();
    is_year.then_some(Mention { text, reads: Reads::Year(year), hedge: None, role: Role::Own })
}

/// The token behind a score or a list of sets: "3-1", "6-4"; nothing for a figure that is none.
fn behind_score(passage: &Passage<'_>, figure: &Figure) -> Option<usize> {
    let is_range = matches!(figure.numeral.number.figure, PrintedFigure::Range(..));
    let end = figure.tokens.end;
    if let Some(next) = behind_named_score(passage, end) {
        return Some(next);
    }
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

/// "3対1", "12 대 1": a score or a ratio with a word between its figures, where nothing is counted behind the second.
fn behind_named_score(passage: &Passage<'_>, end: usize) -> Option<usize> {
    let joiner = numeral::length_of(passage, end, &Term::Score);
    let second = (joiner > 0).then(|| numeral::whole(passage, end + joiner))?;
    let numeral::Read::Numeral(second) = second else { return None };
    let is_bare = !unit::begins(passage, second.next) && noun::counted(passage, second.next).is_none();
    is_bare.then_some(second.next)
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
    let noun = LazyCell::new(|| noun::counted(passage, behind));
    let mut candidates = figure.candidates()?;
    if candidates.is_empty() && figure.is_bare() && !passage.heads.is_empty() && noun.is_none() {
        candidates = passage.heads.to_vec();
    }
    let is_measured = !candidates.is_empty();
    if !is_measured {
        let scale = figure.tail.scale.unwrap_or(Decimal::ONE);
        let unit = CandidateUnit::Settled(bare_unit(passage, &figure, behind)?);
        // "400 people per square kilometre".
        let last = noun.as_ref().and_then(|noun| passage.token(noun.end.checked_sub(1)?));
        let per = last.and_then(|last| unit::per_unit(passage, last.end, None));
        candidates.push(Candidate { per: per.map(|(per, _)| per), ..Candidate::scaled(scale, unit) });
    }
    let mut text = figure.bytes.clone();
    age::settle(passage, &mut candidates, &mut text, &tokens, behind);
    let is_number = is_unit(&candidates, Dimension::Number);
    if is_number && is_talk(passage, &figure) && !whole::is_whole_of(passage, tokens.start, floor) {
        return None;
    }
    let is_counted = is_unit(&candidates, Dimension::Count);
    if noise::is_glued_label(passage, tokens.start) {
        return None;
    }
    let is_short = tokens.len() == 1 && passage.word(tokens.start).len() <= 3;
    if (is_number && figure.is_bare() || is_counted && is_short || is_lettered(passage, &figure))
        && noise::is_labelled(passage, tokens.start)
        && (!noun::is_close(passage, behind)
            || noun::is_of_no_count(passage, behind)
            || tokens.start.checked_sub(1).is_some_and(|name| noise::is_model(passage, name)))
    {
        return None;
    }
    let is_model = tokens.len() == 1 && passage.word(tokens.start).len() <= 4;
    if is_number && figure.is_bare() && is_model && noise::is_of_a_name(passage, tokens.start) {
        return None;
    }
    let role = if figure.is_before {
        Role::Before
    } else if is_counted && whole::is_whole_of(passage, tokens.start, floor)
        || whole::is_whole_of_rate(passage, &figure, behind)
    {
        Role::Whole
    } else {
        Role::Own
    };
    let mut number = figure.numeral.number;
    let is_unscaled = figure.tail.scale.is_none() && figure.numeral.scale == Decimal::ONE;
    if is_unscaled
        && (is_counted && has_no_parts(passage, &candidates) || is_sum_in_thousands(passage, &figure))
    {
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
    let noun_end = if is_counted { noun.as_ref().map(|noun| noun.end) } else { None };
    let hedge = hedge_around(passage, &mut text, behind, noun_end).or(figure.numeral.hedge);
    Some(Mention { text, reads: Reads::Figure { number, candidates }, hedge, role })
}

/// Whether a capital letter is glued to the digits, which is a unit's sign elsewhere: "runway 27L".
fn is_lettered(passage: &Passage<'_>, figure: &Figure) -> bool {
    let behind = passage.token(figure.tokens.end - 1).map_or(0, |token| token.end);
    let rest = passage.text.get(behind..figure.bytes.end).unwrap_or_default();
    figure.tail.scale.is_none() && rest.len() == 1 && rest.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// Whether what is counted has no thousandths: people, and anything where a page knows two decimal marks.
fn has_no_parts(passage: &Passage<'_>, candidates: &[Candidate]) -> bool {
    let are_people = |candidate: &Candidate| match &candidate.unit {
        CandidateUnit::Settled(unit) => passage.lexicon.is_people(&unit.code),
        CandidateUnit::Family(_) => false,
    };
    passage.lexicon.separators.decimal.len() > 1 || candidates.iter().all(are_people)
}

/// Whether an amount of money has three decimals where a page knows two decimal marks: cents are two, and what is per
/// one of something ("1,459 euros el litro") is small.
fn is_sum_in_thousands(passage: &Passage<'_>, figure: &Figure) -> bool {
    let is_money = |candidate: &Candidate| figure::is_money(candidate) && candidate.per.is_none();
    let are_money = figure.candidates().is_some_and(|found| !found.is_empty() && found.iter().all(is_money));
    let is_large = figure.numeral.value().is_some_and(|value| value >= Decimal::TEN);
    passage.lexicon.separators.decimal.len() > 1 && are_money && is_large
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
    // "Meia dúzia de moradores": a dozen takes its noun like a scale.
    let factors = figure.numeral.factors;
    let is_scaled = figure.numeral.scale > Decimal::ONE || digits::grain_of(factors).0 != factors;
    // "40余人": what is counted stands behind the hedge.
    let behind = hedge::after(passage, behind)
        .filter(|(end, _)| passage.is_unspaced(end - 1))
        .map_or(behind, |(end, _)| end);
    let noun =
        if is_scaled { noun::counted_behind_scale(passage, behind) } else { noun::counted(passage, behind) };
    let noun = noun.filter(|noun| !are_forecasters(passage, figure, noun));
    let hedged = hedge::before(passage, start).map_or(start, |(start, _)| start);
    let of_whole = || {
        whole::noun_of_the_whole(passage, figure, behind)
            .or_else(|| whole::noun_of_its_own(passage, figure, behind))
            .or_else(|| whole::noun_of_the_whole_ahead(passage, figure, hedged))
    };
    // "The number of cases rose by 212 to 5,340"; a share of them is none.
    let is_whole = || figure.numeral.value().is_some_and(|value| value.fract().is_zero());
    let tallied = || {
        let again = || tally::counted_again(passage, hedged, behind);
        let labelled = || tally::labelled(passage, hedged, figure);
        let counted = || again().or_else(labelled).or_else(|| tally::counted(passage, start));
        is_whole().then(counted).flatten()
    };
    Some(match noun.or_else(of_whole).or_else(tallied) {
        Some(noun) => Unit::count(&noun.lemma),
        None => Unit::of(Dimension::Number),
    })
}

/// "The 439,000 analysts had expected": more than were asked, so that the noun says who expects so many.
fn are_forecasters(passage: &Passage<'_>, figure: &Figure, noun: &noun::CountedNoun) -> bool {
    let determiner = |term: &Term| matches!(term, Term::Determiner).then_some(());
    let is_many = figure.numeral.value().is_some_and(|value| value >= Decimal::ONE_THOUSAND);
    let expects = |idx| {
        term(passage, idx, |term| matches!(term, Term::Modality(key) if key == "forecast").then_some(()))
    };
    is_many
        && passage.lexicon.is_people(&noun.lemma)
        && passage.tokens.ending_before(figure.tokens.start, determiner).is_some()
        && (noun.end..=noun.end + 1).any(|idx| expects(idx).is_some())
}

/// "Magnitude of 5.9", "a 5.9-magnitude quake", "マグニチュードは6.4", "震级为6.4级".
fn is_magnitude(passage: &Passage<'_>, start: usize, behind: usize) -> bool {
    let is_particle =
        |idx: &usize| passage.is_unspaced(*idx) && passage.lexicon.is_stop_word(passage.word(*idx));
    let start = start.checked_sub(1).filter(is_particle).unwrap_or(start);
    let connector = |term: &Term| matches!(term, Term::VagueConnector).then_some(());
    let connected = passage.tokens.ending_before(start, connector).map(|(at, ())| at);
    let hyphen = usize::from(noise::is_hyphen(passage.word(behind)));
    noise::is_behind_magnitude(passage, start)
        || connected.is_some_and(|at| noise::is_behind_magnitude(passage, at))
        || term(passage, behind + hyphen, noise::is_magnitude).is_some()
}
