//! The slots of a claim, read from the words around the figure.

use crate::document::Document;
use crate::lang::words::{TokenKind, fold};
use crate::lang::{Nature, OF_THEM, Term, measure as measure_of};
use crate::quantity::{Dimension, Unit};

use super::part::{EACH, FURTHER, OF_WHICH, REMAINING};
use super::{
    Direction, EARLIER, Kind, MULTIPLE, Modality, Passage, Period, Source, Spot, earlier, measure, period,
    source, subject,
};

/// What the words around a figure say of it.
pub(super) struct Slots {
    pub(super) measure: Option<&'static str>,
    /// What a bare number counts by the measure's word.
    pub(super) counts: Option<String>,
    /// Whether the measure is no more than the noun that is counted.
    pub(super) is_measure_noun: bool,
    pub(super) subject: Vec<String>,
    pub(super) owners: Vec<String>,
    pub(super) things: Vec<String>,
    pub(super) part: Option<String>,
    pub(super) scopes: Vec<String>,
    pub(super) qualifiers: Vec<String>,
    pub(super) period: Option<Period>,
    pub(super) modality: Modality,
    pub(super) source: Option<Source>,
    pub(super) kind: Kind,
    pub(super) direction: Option<Direction>,
    pub(super) is_previous: bool,
    /// Whether its whole follows, or another of its kind is told behind it: "one of three tickets", "one train struck another".
    pub(super) has_another: bool,
}

/// The scope of what came on top since.
pub const NEW: &str = "new";
/// The scope of what did not come: "would have cost".
pub const REJECTED: &str = "rejected";
/// The scope of the middle one of all.
pub const MEDIAN: &str = "median";

/// Tokens before a figure in which a word of its part or modality may stand.
const NEAR: usize = 6;

pub(super) fn slots(passage: &Passage<'_>, spot: &Spot, unit: &Unit, document: &Document) -> Slots {
    let mut subject = subject::names(passage, spot);
    let found = measure::find(passage, spot, unit);
    let (kind, direction) = kind(passage, spot, unit);
    let source = source::find(passage, spot, &subject);
    let mut owners = subject::owners(passage, spot, unit);
    // Of figures with no name at hand a sentence tells of whom it opens with.
    if subject.is_empty() {
        subject = subject::opening(passage, spot);
        if owners.is_empty() {
            owners.clone_from(&subject);
        }
    }
    // Who says it need not be whose it is.
    let is_source = |name: &str| source.as_ref().is_some_and(|source| source.as_str() == name);
    owners.retain(|name| !is_source(name) && !source::is_of_verb(passage, spot, name));
    if let Some(label) = subject::label(passage, spot, unit) {
        for names in [&mut subject, &mut owners] {
            names.retain(|name| !label.contains(name.as_str()));
            names.push(label.clone());
        }
    }
    let nature = found.as_ref().and_then(|found| measure_of(found.id)).map(|measure| measure.nature);
    let is_settled = nature == Some(Nature::Settled);
    let period = period::find(passage, spot, (unit.dimension, kind), document);
    let period = period.or_else(|| earlier::year_of_heads(passage).filter(|_| kind != Kind::Date));
    // What a quarter brings in, half a year does not; what there is at its end may be the same.
    let flows = found.as_ref().and_then(|found| measure_of(found.id)).map(|measure| measure.flows);
    let is_amount = kind == Kind::Level && unit.dimension.adds_up();
    let stretch = || match flows {
        Some(true) if is_amount => period::stretch(passage, spot),
        // "Third-quarter revenue rose 8%", "in the second quarter it had been 276 million".
        Some(true) if unit.dimension == Dimension::Percent => {
            period::stretch(passage, spot).filter(|period| matches!(period, Period::QuarterOf(_)))
        }
        None if is_amount => period::opening_quarter(passage, spot),
        Some(true | false) | None => None,
    };
    let period = period.or_else(stretch);
    let is_open =
        !matches!(kind, Kind::Date | Kind::Change) && matches!(period, None | Some(Period::Every(_)));
    let before = is_open.then(|| earlier::find(passage, spot, document)).flatten();
    let mut scopes = scopes(passage, spot, nature);
    if before == Some(earlier::Earlier::Before) {
        scopes.push(EARLIER.to_owned());
        scopes.sort_unstable();
    }
    Slots {
        measure: found.as_ref().map(|found| found.id),
        is_measure_noun: found.as_ref().is_some_and(|found| found.is_noun),
        counts: found.and_then(|found| found.counts),
        part: part(passage, spot).or_else(|| is_some_of(passage, spot, unit).then(|| OF_WHICH.to_owned())),
        scopes,
        qualifiers: qualifiers(passage, spot, unit),
        period: period.or_else(|| before.and_then(earlier::Earlier::period)),
        modality: modality(passage, spot),
        source,
        kind,
        direction,
        is_previous: is_previous(passage, spot),
        has_another: has_another(passage, spot),
        things: if is_settled { subject::things(passage, spot) } else { Vec::new() },
        owners,
        subject,
    }
}

fn at<T>(passage: &Passage<'_>, idx: usize, pick: impl Fn(&Term) -> Option<T>) -> Option<(usize, T)> {
    passage.tokens.longest(idx, pick)
}

/// The tokens before the figure, nearest first, up to a clause's edge.
fn before<'a>(passage: &'a Passage<'_>, spot: &Spot, reach: usize) -> impl Iterator<Item = usize> + 'a {
    let first = spot.sentence.start.max(spot.own.start.saturating_sub(reach));
    (first..spot.own.start).rev().take_while(|idx| !passage.is_edge(*idx))
}

/// "Twenty-seven of the rescued", "of the 64 kilns, 11 had cracked": some of those who are counted elsewhere.
fn is_some_of(passage: &Passage<'_>, spot: &Spot, unit: &Unit) -> bool {
    let is_share = |term: &Term| matches!(term, Term::Kind(key) if key == "share").then_some(());
    let befalls = |term: &Term| {
        let Term::Measure(id) = term else { return None };
        measure_of(id).filter(|measure| measure.befalls).map(|_| ())
    };
    // "Of the 90 climbers, 62 were rescued": all who were rescued.
    let befell = || {
        let mut behind = spot.own.end..spot.own.end + NEAR;
        let is_verb = |idx: usize| passage.lexicon.is_plural_verb(&fold(passage.word(idx)));
        behind.any(|idx| is_verb(idx) && at(passage, idx + 1, befalls).is_some())
    };
    unit.dimension == Dimension::Count
        && (at(passage, spot.own.end, is_share).is_some() || is_of_whole_ahead(passage, spot, unit))
        && !befell()
}

/// Whether a clause of the sentence opens with the whole that a figure behind it counts some of.
fn is_of_whole_ahead(passage: &Passage<'_>, spot: &Spot, unit: &Unit) -> bool {
    const REACH: usize = 20;
    let opens = |term: &Term| matches!(term, Term::Whole | Term::WholeOfNumber).then_some(());
    let begins = |idx: usize| idx == spot.sentence.start || passage.is_edge(idx - 1);
    let first = spot.sentence.start.max(spot.own.start.saturating_sub(REACH));
    let opener = (first..spot.own.start).rev().filter(|idx| begins(*idx));
    let opener = opener.into_iter().find_map(|idx| Some(idx + at(passage, idx, opens)?.0));
    let is_noun = |idx: usize| passage.lexicon.lemma(&fold(passage.word(idx))) == unit.code;
    opener.is_some_and(|behind| (behind..spot.own.start).any(is_noun))
}

/// Which part of a whole a figure is, by the words before it and behind it.
pub(super) fn part(passage: &Passage<'_>, spot: &Spot) -> Option<String> {
    let id = |term: &Term| if let Term::Part(id) = term { Some(id.clone()) } else { None };
    // "Of which 5m" is of the figure behind it, "5m of them" of the one before it.
    let ahead = |term: &Term| id(term).filter(|id| id != OF_THEM);
    let behind = |term: &Term| match id(term)?.as_str() {
        OF_WHICH => None,
        OF_THEM => Some(OF_WHICH.to_owned()),
        other => Some(other.to_owned()),
    };
    // "90 boats of which 20 leak" gives the part behind, "20 of which leak" ahead.
    let is_whole = |end: usize| (end..end + BESIDE).any(|idx| passage.is_digits(idx));
    let right_behind = at(passage, spot.own.end, behind);
    if let Some((_, part)) = right_behind.filter(|(length, _)| !is_whole(spot.own.end + length)) {
        return Some(part);
    }
    let of_heads = passage
        .heads
        .iter()
        .find_map(|head| (0..head.len()).find_map(|idx| head.longest(idx, ahead)).map(|(_, part)| part));
    if of_heads.is_some() {
        return of_heads;
    }
    if let Some(part) = in_apposition(passage, spot, ahead) {
        return Some(part);
    }
    let is_word = passage
        .tokens
        .get(spot.own.end + 1)
        .is_some_and(|token| token.kind == TokenKind::Word && !token.spaced);
    if passage.word(spot.own.end) == "/" && is_word {
        return Some(EACH.to_owned());
    }
    // "Another 12 people": more of the same only right beside it.
    let is_its = |idx: usize, part: &str| {
        ![REMAINING, FURTHER].contains(&part)
            || idx.abs_diff(spot.own.start).min(idx.abs_diff(spot.own.end)) <= BESIDE
    };
    let found = |idx: usize, pick: &dyn Fn(&Term) -> Option<String>| {
        // "The second quarter" is a time.
        let is_time =
            |(length, _): &(usize, String)| (idx..idx + length).any(|at| period::is_quarter(passage, at));
        let found = at(passage, idx, pick).filter(|found| !is_time(found));
        found.map(|(_, part)| part).filter(|part| is_its(idx, part))
    };
    let after = (spot.own.end..spot.sentence.end.min(spot.own.end + NEAR))
        .take_while(|idx| !passage.is_edge(*idx) && !passage.is_conjunction(*idx))
        .find_map(|idx| found(idx, &behind));
    let before = before(passage, spot, NEAR).take_while(|idx| !passage.is_conjunction(*idx));
    let before = before.into_iter().find_map(|idx| found(idx, &ahead));
    before.or(after).filter(|part| part != IDIOM)
}

/// "The rest, 1.2 million, goes to": the part that the figure behind the comma stands for.
fn in_apposition(
    passage: &Passage<'_>,
    spot: &Spot,
    ahead: impl Fn(&Term) -> Option<String>,
) -> Option<String> {
    const LONGEST: usize = 3;
    let comma = spot.own.start.checked_sub(1).filter(|idx| passage.word(*idx) == ",")?;
    let starts = spot.sentence.start.max(comma.saturating_sub(LONGEST))..comma;
    let ends_there =
        |idx: usize| passage.tokens.longest(idx, &ahead).filter(|(length, _)| idx + length == comma);
    starts.into_iter().find_map(ends_there).map(|(_, part)| part)
}

/// To what of its measure a figure is narrowed, by the words around it: "among women", "the second section, 27 km long".
fn scopes(passage: &Passage<'_>, spot: &Spot, nature: Option<Nature>) -> Vec<String> {
    // "25 new deaths" are some of a count that runs; "2,000 new jobs" are all that there will be.
    let is_new =
        |idx: usize| nature == Some(Nature::Running) && (idx == spot.own.end || idx + 1 == spot.own.start);
    let id = |idx: usize| {
        let scope = at(passage, idx, |term| if let Term::Scope(id) = term { Some(id.clone()) } else { None });
        // "The previous quarter" is what a change is told against, "the previous parliament" is another one.
        let period = at(passage, idx, |term| matches!(term, Term::Period(_)).then_some(()));
        let reach = period.map_or(0, |(length, ())| length);
        scope.filter(|(length, id)| (id != NEW || is_new(idx)) && reach <= *length)
    };
    // What stands right behind a comma is told of what stands before it: "the second section, with 27 km".
    let is_bare = |idx: usize| passage.lexicon.is_stop_word(&fold(passage.word(idx)));
    let is_edge = |idx: &usize| passage.is_edge(*idx) && !(idx + 1..spot.own.start).all(is_bare);
    let first = spot.sentence.start.max(spot.own.start.saturating_sub(NEAR * 2));
    let before = (first..spot.own.start).rev().take_while(|idx| !is_edge(idx));
    let end = spot.sentence.end.min(spot.own.end + NEAR * 2);
    let behind =
        (spot.own.end..end).take_while(|idx| !passage.is_edge(*idx) && !passage.is_conjunction(*idx));
    // "With debt, the price is": what opens the sentence.
    let is_alone = |(length, _): &(usize, String)| passage.is_edge(spot.sentence.start + length);
    let opening = id(spot.sentence.start).filter(is_alone).map(|(_, id)| id);
    let mut scopes: Vec<String> =
        before.chain(behind).filter_map(|idx| Some(id(idx)?.1)).chain(opening).collect();
    scopes.sort_unstable();
    scopes.dedup();
    scopes
}

/// The words between a number and its noun that say which of them it counts: "12,400 season tickets".
fn qualifiers(passage: &Passage<'_>, spot: &Spot, unit: &Unit) -> Vec<String> {
    const LONGEST: usize = 4;
    if unit.dimension != Dimension::Count || passage.lexicon.noun_phrase.noun_first {
        return Vec::new();
    }
    let words: Vec<_> = (spot.own.end..spot.own.end + LONGEST).map(|idx| fold(passage.word(idx))).collect();
    let Some(noun) = words.iter().position(|word| passage.lexicon.lemma(word) == unit.code) else {
        return Vec::new();
    };
    let is_slot =
        |term: &Term| matches!(term, Term::Measure(_) | Term::Part(_) | Term::Scope(_)).then_some(());
    let says_which = |idx: &usize| {
        let word = &words[*idx];
        at(passage, spot.own.end + idx, is_slot).is_none()
            && !passage.lexicon.is_stop_word(word)
            // "17 of the 64 kilns".
            && !word.contains(char::is_numeric)
            && !passage.lexicon.stands_between(word)
    };
    (0..noun).filter(says_which).map(|idx| words[idx].clone().into_owned()).collect()
}

/// Tokens between a figure and a word that says that it is of what is left.
const BESIDE: usize = 3;

/// What only begins like a word for a part: "the first time".
const IDIOM: &str = "idiom";

fn has_another(passage: &Passage<'_>, spot: &Spot) -> bool {
    let is_further =
        |term: &Term| if let Term::Part(id) = term { (id == FURTHER).then_some(()) } else { None };
    let is_of = |term: &Term| matches!(term, Term::VagueConnector).then_some(());
    at(passage, spot.own.end, is_of).is_some()
        || (spot.own.end..spot.sentence.end).any(|idx| at(passage, idx, is_further).is_some())
}

fn modality(passage: &Passage<'_>, spot: &Spot) -> Modality {
    let first = spot.sentence.start.max(spot.own.start.saturating_sub(NEAR * 2));
    // "On May 6 the toll reached 21": a month with a capital is no "may".
    let is_month = |idx: usize| {
        passage.tokens.get(idx).is_some_and(|token| token.capital)
            && at(passage, idx, |term| matches!(term, Term::Month(_)).then_some(())).is_some()
    };
    let found = (first..spot.own.start).rev().filter(|idx| !is_month(*idx)).find_map(|idx| {
        at(passage, idx, |term| if let Term::Modality(key) = term { Modality::of_key(key) } else { None })
    });
    found.map_or(Modality::Fact, |(_, modality)| modality)
}

/// The keys of words of more and less right behind a figure ("34,000 fewer"), and of those that may be either.
const MORE: &str = "more";
const LESS: &str = "less";
const BEHIND: &str = "behind";

/// Tokens before a figure in which a word of rise or fall may stand: "fell by as much as 12 %".
const DIRECTION_REACH: usize = 5;

/// What sort of figure it is, and which way a change goes.
pub(super) fn kind(passage: &Passage<'_>, spot: &Spot, unit: &Unit) -> (Kind, Option<Direction>) {
    let key_at = |idx: usize| {
        at(passage, idx, |term| if let Term::Kind(key) = term { Some(key.clone()) } else { None })
            .map(|(_, key)| key)
    };
    let way = |key: Option<&String>| key.and_then(|key| Direction::of_key(key));
    let kind_of = |term: &Term| if let Term::Kind(key) = term { Some(key.clone()) } else { None };
    let is_phrase = |start: usize| start + 1 < spot.own.start || !is_of_phrasal_verb(passage, start);
    let just_before = passage
        .tokens
        .ending_before(spot.own.start, kind_of)
        .filter(|(start, key)| *start >= spot.sentence.start && (key == "by" || is_phrase(*start)))
        .map(|(_, key)| key);
    // "Cresciuti del 4 %": a word that goes on to a share behind the figure says nothing before it.
    let near_before =
        || before(passage, spot, 3).find_map(|idx| key_at(idx).filter(|key| way(Some(key)).is_some()));
    // "12%の減少": what moved stands behind a connector.
    let is_connector = |term: &Term| matches!(term, Term::VagueConnector).then_some(());
    // "250人少ない": a counter stands between.
    let counter = |term: &Term| matches!(term, Term::Counter(_)).then_some(());
    let end = behind_bracket(passage, spot);
    let end = end + at(passage, end, counter).map_or(0, |(length, ())| length);
    let connector = at(passage, end, is_connector).map_or(0, |(length, ())| length);
    let just_behind = key_at(end).or_else(|| key_at(end + connector));
    // The page may list a word of more and less among those of a rise or a fall as well: "9 %減".
    let way_behind = || {
        let way = |idx: usize| {
            at(passage, idx, |term| if let Term::Kind(key) = term { Direction::of_key(key) } else { None })
        };
        way(end).or_else(|| way(end + connector)).map(|(_, direction)| direction)
    };
    let direction = || {
        let near = before(passage, spot, DIRECTION_REACH).filter_map(key_at);
        way(just_behind.as_ref()).or_else(|| near.into_iter().find_map(|key| Direction::of_key(&key)))
    };
    let is_end = is_end_of_change(passage, spot.own.start);
    let sign = sign_before(passage, spot.own.start);
    let is_percent = match unit.dimension {
        Dimension::Ordinal => return (Kind::Rank, None),
        Dimension::Date | Dimension::Year => return (Kind::Date, None),
        Dimension::Points if is_end => return (Kind::Level, None),
        Dimension::Points => return (Kind::Change, direction()),
        Dimension::Percent => true,
        Dimension::Money
        | Dimension::Count
        | Dimension::Number
        | Dimension::Power
        | Dimension::Energy
        | Dimension::Length
        | Dimension::Area
        | Dimension::Volume
        | Dimension::Mass
        | Dimension::Speed
        | Dimension::Temperature
        | Dimension::Duration
        | Dimension::Age
        | Dimension::Clock
        | Dimension::Data
        | Dimension::Emissions
        | Dimension::Frequency
        | Dimension::Pressure
        | Dimension::Magnitude
        | Dimension::Rate => false,
    };
    if let Some(direction) = sign.filter(|_| is_percent) {
        return (Kind::Change, Some(direction));
    }
    let moves = matches!(just_before.as_deref(), Some("by" | "rise" | "fall"))
        || way(just_behind.as_ref()).is_some()
        || is_percent && near_before().is_some();
    // "Up 41 % from $6bn and 7 % from $8bn."
    let is_compared = is_percent && !is_end && is_from(passage, spot.own.end);
    let is_change = moves && !is_end || is_compared || unit.code == MULTIPLE;
    match just_behind.as_deref() {
        // "4 percent more", "4 percent less": what moves before it is another thing.
        Some(BEHIND) => (Kind::Change, way_behind()),
        Some(MORE) => (Kind::Change, Some(Direction::Rise)),
        Some(LESS) => (Kind::Change, Some(Direction::Fall)),
        _ if is_change => (Kind::Change, direction()),
        Some("share") if is_percent => (Kind::Share, None),
        Some(_) | None => (Kind::Level, None),
    }
}

/// The token behind a figure, and behind the bracket that follows it or that it stands in: "6 °C (11 °F) above normal".
fn behind_bracket(passage: &Passage<'_>, spot: &Spot) -> usize {
    const LONGEST_BRACKET: usize = 8;
    let end = spot.own.end;
    let first = match passage.word(end) {
        "(" | "（" => end + 1,
        ")" | "）" => end,
        _ => return end,
    };
    let closes = |idx: &usize| matches!(passage.word(*idx), ")" | "）");
    (first..first + LONGEST_BRACKET).find(closes).map_or(end, |idx| idx + 1)
}

/// The direction that a plus glued before a figure tells: "+3.4 %".
fn sign_before(passage: &Passage<'_>, idx: usize) -> Option<Direction> {
    let sign = idx.checked_sub(1).map(|before| passage.word(before));
    let is_glued = passage.tokens.get(idx).is_some_and(|token| !token.spaced);
    (is_glued && matches!(sign, Some("+" | "＋"))).then_some(Direction::Rise)
}

/// Whether a word stands before a token that says where a change ends: "to" of "rose to 6 %".
pub(super) fn is_end_of_change(passage: &Passage<'_>, idx: usize) -> bool {
    let Some(before) = idx.checked_sub(1).filter(|before| !passage.is_conjunction(*before)) else {
        return false;
    };
    let is_word = passage.tokens.get(before).is_some_and(|token| token.kind == TokenKind::Word);
    let closes = passage.tokens.ending_before(idx, |term| matches!(term, Term::RangePair(_)).then_some(()));
    is_word && closes.is_some()
}

/// Whether a word belongs to the verb before it: "putting up €2bn" is no rise.
fn is_of_phrasal_verb(passage: &Passage<'_>, idx: usize) -> bool {
    let is_content = |idx: usize| {
        let word = fold(passage.word(idx));
        let is_word = passage.tokens.get(idx).is_some_and(|token| token.kind == TokenKind::Word);
        is_word && !passage.lexicon.is_stop_word(&word)
    };
    let is_particle = passage.lexicon.is_stop_word(&fold(passage.word(idx)));
    is_particle && idx.checked_sub(1).is_some_and(is_content)
}

/// Whether a word stands at a token that opens a range as well as a comparison: "from".
fn is_from(passage: &Passage<'_>, idx: usize) -> bool {
    at(passage, idx, |term| matches!(term, Term::PreviousBefore).then_some(()))
        .zip(at(passage, idx, |term| matches!(term, Term::RangeOpener(_)).then_some(())))
        .is_some()
}

/// Tokens before a "from" in which the word of change stands: "climbed 9.1 % to $4.82 billion from $4.50 billion".
const FROM_REACH: usize = 16;

/// Words that may stand between "against" and its figure: "an earlier figure of".
const PREVIOUS_GAP: usize = 2;

/// Whether a figure is told beside another of the same: an earlier one, or the gap between both ("34,000 fewer").
pub(super) fn is_compared_with_another(passage: &Passage<'_>, spot: &Spot) -> bool {
    is_previous(passage, spot) || is_gap(passage, spot)
}

/// Whether a figure is how much more or less there is than of another.
pub(super) fn is_gap(passage: &Passage<'_>, spot: &Spot) -> bool {
    let is_gap = |term: &Term| {
        matches!(term, Term::Kind(key) if [MORE, LESS, BEHIND].contains(&key.as_str())).then_some(())
    };
    let connector = at(passage, spot.own.end, |term| matches!(term, Term::VagueConnector).then_some(()));
    let end = spot.own.end + connector.map_or(0, |(length, ())| length);
    at(passage, end, is_gap).is_some()
}

/// Whether a figure or a period is an earlier one that another is held against.
pub(super) fn is_previous(passage: &Passage<'_>, spot: &Spot) -> bool {
    let behind = |wanted: &Term| at(passage, spot.own.end, |term| (term == wanted).then_some(())).is_some();
    // "Sold 400 last week" is earlier than nothing.
    let is_beside = || (spot.sentence.start..spot.own.start).any(|idx| passage.is_digits(idx));
    behind(&Term::PreviousAfter)
        || is_told_first(passage, spot.own.end)
        || behind(&Term::PreviousBeside) && is_beside()
        || (0..=PREVIOUS_GAP).any(|gap| is_previous_behind(passage, spot, gap))
        || is_compared_with(passage, spot)
}

/// Whether words behind a figure, or behind the comma that follows it, say that it was told first ("560 and not 410, as first
/// reported"), and not who did: "as first reported by the Courier".
fn is_told_first(passage: &Passage<'_>, end: usize) -> bool {
    let idx = end + usize::from(matches!(passage.word(end), "," | "，" | "、"));
    let length = |wanted: &Term| {
        at(passage, idx, |term| (term == wanted).then_some(())).map_or(0, |(length, ())| length)
    };
    length(&Term::PreviousTold) > length(&Term::Citing)
}

/// "20 % more than the $1.5bn budgeted": whether a percentage is one of this figure.
fn is_compared_with(passage: &Passage<'_>, spot: &Spot) -> bool {
    /// Tokens between "more than" and its figure.
    const REACH: usize = 12;
    let first = spot.sentence.start.max(spot.own.start.saturating_sub(REACH));
    // A comma opens another clause, unless it leads up to the figure itself.
    let is_other_clause = |idx: &usize| passage.is_edge(*idx) && idx + 1 != spot.own.start;
    let clause =
        (first..spot.own.start).rev().take_while(|idx| !passage.is_digits(*idx) && !is_other_clause(idx));
    clause.into_iter().any(|idx| {
        at(passage, idx, |term| matches!(term, Term::Comparing).then_some(())).is_some()
            && passage.tokens.is_behind_percent(passage.text(), idx)
    })
}

/// Whether a word of comparison stands so many words before the figure. One that also opens a range ("from") makes a
/// previous figure only where the other end follows.
fn is_previous_behind(passage: &Passage<'_>, spot: &Spot, gap: usize) -> bool {
    let Some(end) = spot.own.start.checked_sub(gap).filter(|end| *end >= spot.sentence.start) else {
        return false;
    };
    let are_words = (end..spot.own.start).all(|idx| {
        let is_word = passage.tokens.get(idx).is_some_and(|token| token.kind == TokenKind::Word);
        is_word && !passage.is_conjunction(idx)
    });
    let found = passage.tokens.ending_before(end, |term| matches!(term, Term::PreviousBefore).then_some(()));
    let Some((start, ())) = found.filter(|(start, ())| are_words && *start >= spot.sentence.start) else {
        return false;
    };
    // "Than in the same period of last year" is what a change is told against.
    let is_basis = at(passage, start, |term| matches!(term, Term::Period(_)).then_some(()));
    if is_basis.is_some_and(|(length, ())| start + length > end - gap) {
        return false;
    }
    // "From" opens ranges and terms of office as well: it makes a previous figure only behind a word of change.
    let opens = at(passage, start, |term| matches!(term, Term::RangeOpener(_)).then_some(()));
    let is_change = |idx: usize| {
        at(passage, idx, |term| matches!(term, Term::Change | Term::Multiple(_)).then_some(())).is_some()
    };
    let mut near = spot.sentence.start.max(start.saturating_sub(FROM_REACH))..start;
    let is_behind_percent = passage.tokens.is_behind_percent(passage.text(), start);
    match opens.filter(|(length, ())| start + length == end) {
        None => true,
        Some(_) => gap == 0 && (is_behind_percent || near.any(is_change)),
    }
}
