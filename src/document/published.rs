//! Title, outlet and date of a report: what it states of itself, in the order of trust.

use std::sync::LazyLock;

use jiff::civil::{Date, Time};
use regex::Regex;

use super::builder::Facts;
use super::{Block, BlockKind, Document, Known, When};
use crate::lang::words::{Token, has_digit, is_unspaced, tokens};
use crate::lang::{Lexicon, StatedDate, Term, date_at};

/// Blocks from the start in which a dateline or a bare date line may stand.
const LEADING_BLOCKS: usize = 14;
/// A dateline ends within so many bytes of its block.
const DATELINE_BYTES: usize = 160;

/// Fills in title, outlet and date.
pub(super) fn settle(document: &mut Document, facts: &Facts, lexicon: &Lexicon, known: &Known) {
    let headline = document
        .blocks
        .iter()
        .rfind(|block| block.kind == BlockKind::Headline)
        .or_else(|| document.blocks.iter().find(|block| block.kind == BlockKind::Headline));
    document.title =
        headline.map(|block| document.slice(&block.text).to_owned()).or_else(|| facts.title.clone());
    document.outlet = facts.outlet.clone().or_else(|| outlet(document));
    document.dateline = find_dateline(document, lexicon);
    document.published = known
        .published
        .map(|date| When { date, time: None, zone: None, stated: true })
        .or_else(|| facts.dates.iter().find_map(|text| from_stamp(text, lexicon)));
    if document.published.is_none() {
        from_text(document, lexicon);
    }
    if document.published.is_none() {
        document.published = from_name(&document.path);
    }
}

/// A date of a page's own data: "2026-03-04T09:30:00-03:00", or a date in words.
pub(super) fn from_stamp(text: &str, lexicon: &Lexicon) -> Option<When> {
    let cut = lexicon.tokens(text, 0..text.len());
    let (_, stated) = (0..cut.len()).find_map(|idx| date_at(lexicon, text, &cut, idx))?;
    stated.year?;
    let (date, last) = stated.days(None)?;
    let (time, zone) = clock(text);
    (date == last).then_some(When { date, time, zone, stated: true })
}

static CLOCK: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:^|[^0-9:])([01]?[0-9]|2[0-3])(?:[:h]| h )([0-5][0-9])(?::[0-5][0-9])? ?([ap][.]?m[.]?)? ?([A-Z]{1,4}|[+-][0-9]{2}:?[0-9]{2})?")
        .expect("the pattern is tested")
});

/// The first time of day in a text, with its zone.
pub(super) fn clock(text: &str) -> (Option<Time>, Option<String>) {
    let Some(found) = CLOCK.captures(text) else {
        return (None, None);
    };
    let part = |group: usize| found.get(group).map(|part| part.as_str());
    let time = part(1).zip(part(2)).and_then(|(hour, minute)| time_of_day(hour, minute, part(3)));
    (time, part(4).map(str::to_owned))
}

/// The time of day that figures say, with the half of the day behind them: "7", "05", "p.m.".
pub(super) fn time_of_day(hour: &str, minute: &str, half: Option<&str>) -> Option<Time> {
    let (hour, minute): (i8, i8) = (hour.parse().ok()?, minute.parse().ok()?);
    let hour = match half.map(|half| half.starts_with(['p', 'P'])) {
        Some(true) if hour < 12 => hour + 12,
        Some(false) if hour == 12 => 0,
        Some(_) | None => hour,
    };
    Time::new(hour, minute, 0, 0).ok()
}

/// The date of a dateline ("NORVALE, May 4 (Norvale Press) -") or of a line that is little more than a date; page lines and
/// the report's end come last.
fn from_text(document: &mut Document, lexicon: &Lexicon) {
    let leading =
        document.blocks.iter().take(LEADING_BLOCKS).filter(|block| block.kind != BlockKind::Furniture);
    let page = document.blocks.iter().filter(|block| block.kind == BlockKind::Furniture);
    let last = document.blocks.iter().rev().take(2);
    let mut found: Option<(StatedDate, Block)> = None;
    for block in leading.chain(page).chain(last) {
        let Some(stated) = line_date(document, block, lexicon) else {
            continue;
        };
        if stated.year.is_some() {
            found = Some((stated, block.clone()));
            break;
        }
        if document.day_and_month.is_none() && block.kind != BlockKind::Furniture {
            document.day_and_month = stated.month_and_day();
            found.get_or_insert((stated, block.clone()));
        }
    }
    let Some((stated, block)) = found else { return };
    let line = document.slice(&block.text);
    let head = line.char_indices().take_while(|(at, _)| *at < DATELINE_BYTES).last().map_or(0, |(at, _)| at);
    document.clock = clock(line.get(..head).unwrap_or_default());
    if let Some((date, _)) = stated.days(None) {
        let (time, zone) = document.clock.clone();
        document.published = Some(When { date, time, zone, stated: true });
        document.day_and_month = None;
    }
}

/// The dateline of one of the first blocks: from its start to the dash behind its date, or to its closing bracket.
fn find_dateline(document: &Document, lexicon: &Lexicon) -> Option<std::ops::Range<usize>> {
    document.blocks.iter().take(LEADING_BLOCKS).find_map(|block| {
        let head = dated_head(document, block)?;
        let text = document.slice(&block.text);
        let cut = lexicon.tokens(&document.text, head);
        let near = |token: &&Token| token.start - block.text.start <= DATELINE_BYTES;
        let (start, end) = cut.iter().take_while(near).enumerate().find_map(|(idx, token)| {
            let (length, stated) = date_at(lexicon, &document.text, &cut, idx)?;
            stated.month_and_day()?;
            let last = cut.get(idx + length - 1)?;
            Some((token.start - block.text.start, last.end - block.text.start))
        })?;
        let dash = || {
            let is_dash = |token: &&Token| {
                token.spaced && document.text.get(token.range()).is_some_and(|sign| DASHES.contains(&sign))
            };
            let behind = cut.iter().take_while(near).filter(|token| token.start >= block.text.start + end);
            behind.into_iter().find(is_dash).map(|token| token.end - block.text.start)
        };
        let end = match place_in_capitals(text.get(..start)?) {
            true => dash()?,
            false => dateline_end(text, start, end)?,
        };
        Some(block.text.start..block.text.start + end)
    })
}

/// What parts a dateline from the report.
const DASHES: [&str; 4] = ["-", "–", "—", ":"];

/// Whether a word of capitals, such as a dateline's place, stands in a text.
fn place_in_capitals(text: &str) -> bool {
    let is_in_capitals = |word: &str| word.chars().count() >= 3 && word.chars().all(char::is_uppercase);
    text.split([',', ' ', '.', '/']).any(is_in_capitals)
}

/// Where a dateline around the date at these offsets of its block ends: behind the bracket that opens the block and holds the
/// date ("【東京、2026年3月2日 潮通信】"), or behind a dash that a time of day at most parts from the date ("Lyon, 3 mai 2026, 20 h 00
/// (Agence Loire) - ").
fn dateline_end(text: &str, start: usize, end: usize) -> Option<usize> {
    /// Characters that a time of day in a dateline has at most.
    const LONGEST_TIME: usize = 24;
    /// Bytes before the date of a dateline.
    const LONGEST_PLACE: usize = 60;
    const BRACKETS: [(char, char); 4] = [('【', '】'), ('［', '］'), ('[', ']'), ('（', '）')];
    /// Words before the date: a place, an outlet, a weekday.
    const MOST_WORDS: usize = 6;
    let first = text.chars().next()?;
    let (before, behind) = (text.get(..start)?, text.get(end..)?);
    let is_plain = |text: &str| !text.contains([':', '：']) && !text.contains(|c: char| c.is_ascii_digit());
    if !is_plain(before) || before.split_whitespace().count() > MOST_WORDS {
        return None;
    }
    if let Some((opens, closes)) = BRACKETS.iter().find(|(opens, _)| *opens == first) {
        let is_inside = !text.get(first.len_utf8()..start)?.contains([*opens, *closes]);
        let is_told = |at: &usize| {
            !behind.get(..*at).is_some_and(|inside| inside.contains([':', '：']) && inside.contains(' '))
        };
        let close = behind.find(*closes).filter(|at| is_inside && *at < DATELINE_BYTES).filter(is_told)?;
        return Some(end + close + closes.len_utf8());
    }
    let mut depth = 0_usize;
    let mut time = String::new();
    for (at, c) in behind.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            '-' | '–' | '—' if depth == 0 && time.ends_with(' ') => {
                let is_time = time.trim().is_empty() || time.contains(|c: char| c.is_ascii_digit());
                let is_apart = behind.get(at + c.len_utf8()..)?.starts_with([' ', '-', '—']);
                return (is_time && is_apart && start < LONGEST_PLACE).then_some(end + at + c.len_utf8());
            }
            '\n' if depth == 0 => return None,
            _ if depth == 0 => time.push(c),
            _ => {}
        }
        if time.trim().chars().count() > LONGEST_TIME {
            return None;
        }
    }
    None
}

/// The start of a block, in which a dateline or a date line stands whole; nothing where no figure stands in it.
fn dated_head(document: &Document, block: &Block) -> Option<std::ops::Range<usize>> {
    /// A date that begins in a dateline ends within so many bytes.
    const LONGEST: usize = DATELINE_BYTES + 64;
    let end = document.text.floor_char_boundary(block.text.start + LONGEST);
    let head = block.text.start..end.min(block.text.end);
    has_digit(document.slice(&head)).then_some(head)
}

/// The first day named near the start of a block that is a dateline or a date line.
fn line_date(document: &Document, block: &Block, lexicon: &Lexicon) -> Option<StatedDate> {
    let cut = lexicon.tokens(&document.text, dated_head(document, block)?);
    let text = document.slice(&block.text);
    let is_short = cut.len() <= 30;
    for idx in 0..cut.len() {
        let at = cut.get(idx)?.start - block.text.start;
        if at > DATELINE_BYTES {
            return None;
        }
        let Some((length, stated)) = date_at(lexicon, &document.text, &cut, idx) else {
            continue;
        };
        stated.month_and_day()?;
        let end = cut.get(idx + length - 1)?.end - block.text.start;
        let is_line = is_short && block.kind != BlockKind::Headline && !ends_a_sentence(text, at);
        let is_dated =
            is_line || is_dateline(text, at, end) || is_own_line(text, at, end) || opens(text, at, end);
        return is_dated.then_some(stated);
    }
    None
}

/// Whether a line ends in a full stop, but for that of a time of day behind an outlet or a place ("Tarn Mail, Oct. 5, 2026,
/// 7:15 p.m."): before the date at this offset stand names alone, or a dash.
fn ends_a_sentence(line: &str, date: usize) -> bool {
    let mut last = line.trim_end().chars().rev();
    let is_stop = last.next() == Some('.');
    let is_time = last.next().is_some_and(char::is_alphabetic) && last.next() == Some('.');
    let before = line.get(..date).unwrap_or_default();
    let are_names = !before.split_whitespace().any(|word| word.starts_with(char::is_lowercase));
    let is_behind_dash = [" - ", " – ", " — "].iter().any(|dash| before.contains(dash));
    is_stop && !(is_time && (are_names || is_behind_dash))
}

/// Whether nothing but a weekday or a time of day stands on the date's line: "August 6, 2026, 7 p.m.".
fn is_own_line(text: &str, start: usize, end: usize) -> bool {
    const MOST_BESIDE: usize = 24;
    let before = text.get(..start).unwrap_or_default().rsplit('\n').next().unwrap_or_default();
    let behind = text.get(end..).unwrap_or_default().split('\n').next().unwrap_or_default();
    before.len() + behind.len() <= MOST_BESIDE
}

/// Whether a date opens its paragraph and stands apart from it: "October 5, 2026. The mayor", "2026年3月3日 市は".
fn opens(text: &str, start: usize, end: usize) -> bool {
    let behind = text.get(end..).unwrap_or_default();
    let is_unspaced = text.get(..end).and_then(|date| date.chars().next_back()).is_some_and(is_unspaced);
    start == 0 && (behind.starts_with(". ") || is_unspaced && behind.starts_with([' ', '\u{3000}']))
}

/// Whether a date at these offsets stands in a dateline: a place in capitals before it or a dash or full stop of
/// emphasis right behind it.
fn is_dateline(text: &str, start: usize, end: usize) -> bool {
    /// Words that may part a dateline's dash from its date: "LONDON – Monday, 3 May".
    const MOST_BEFORE_DATE: usize = 2;
    let before = text.get(..start).unwrap_or_default();
    // "WHO – The outbreak began on 20 September": what follows the dash is the report.
    let behind_dash = [" - ", " – ", " — "]
        .iter()
        .filter_map(|dash| Some(before.rsplit_once(dash)?.1))
        .min_by_key(|rest| rest.len());
    if behind_dash.is_some_and(|rest| rest.split_whitespace().count() > MOST_BEFORE_DATE) {
        return false;
    }
    let behind = text.get(end..).unwrap_or_default();
    let mut depth = 0;
    let mut rest = String::new();
    for c in behind.chars().take(80) {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ if depth == 0 => rest.push(c),
            _ => {}
        }
    }
    let rest = rest.trim_start_matches([',', '.', ' ', '*']);
    let rest = rest
        .trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, ':' | ' ' | ','))
        .trim_start_matches(char::is_uppercase)
        .trim_start();
    place_in_capitals(before)
        || DASHES.iter().any(|dash| rest.starts_with(dash)) && start < 60
        || dateline_end(text, start, end).is_some()
}

/// The outlet of a dateline: the name in brackets before the dash.
fn outlet(document: &Document) -> Option<String> {
    static DATELINE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^[^()\n]{2,80}\(([^()\n]{3,40})\)\s*(?:[-–—]|--)").expect("the pattern is tested")
    });
    document.blocks.iter().take(LEADING_BLOCKS).find_map(|block| {
        let found = DATELINE.captures(document.slice(&block.text))?;
        found.get(1).map(|name| name.as_str().to_owned())
    })
}

/// The weekdays that the first paragraphs name, 1 for Monday.
pub(super) fn weekdays_named(document: &Document) -> Vec<i8> {
    const PARAGRAPHS: usize = 3;
    let lexicon = Lexicon::of(document.language);
    let paragraphs = document.blocks.iter().filter(|block| block.kind == BlockKind::Body).take(PARAGRAPHS);
    let mut named = Vec::new();
    for block in paragraphs {
        let cut = lexicon.tokens(&document.text, block.text.clone());
        named.extend((0..cut.len()).filter_map(|idx| {
            let weekday =
                cut.longest(idx, |term| if let Term::Weekday(day) = term { Some(*day) } else { None });
            weekday.map(|(_, day)| day)
        }));
    }
    named
}

/// The years that the report names.
pub(super) fn years_named(document: &Document) -> Vec<i16> {
    const RECENT: std::ops::RangeInclusive<i16> = 1999..=2100;
    let cut = tokens(&document.text, 0..document.text.len());
    let words = cut.filter_map(|token| document.text.get(token.range()));
    words
        .filter(|word| word.len() == 4)
        .filter_map(|word| word.parse().ok())
        .filter(|year| RECENT.contains(year))
        .collect()
}

/// The date of a file name: `2026-07-02-wire.txt`, `wire_20260702.html`.
fn from_name(path: &str) -> Option<When> {
    static STAMP: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"(?:^|[^0-9])((?:19|20)[0-9]{2})[-_.]?(0[1-9]|1[0-2])[-_.]?([0-2][0-9]|3[01])(?:[^0-9]|$)",
        )
        .expect("the pattern is tested")
    });
    let name = path.rsplit('/').next()?;
    let found = STAMP.captures(name)?;
    let figure = |idx: usize| found.get(idx)?.as_str().parse::<i16>().ok();
    let date = Date::new(figure(1)?, i8::try_from(figure(2)?).ok()?, i8::try_from(figure(3)?).ok()?).ok()?;
    Some(When { date, time: None, zone: None, stated: true })
}

#[cfg(test)]
mod tests {
    use crate::document::{Format, Known, read_bytes};

    fn published(name: &str, text: &str) -> Option<String> {
        let format = if name.ends_with("html") { Format::Html } else { Format::Text };
        let document = read_bytes(name, format, text.as_bytes(), &Known::default());
        document.published.map(|when| {
            let time = when.time.map(|time| format!(" {time}")).unwrap_or_default();
            format!("{}{time}{}", when.date, when.zone.map(|zone| format!(" {zone}")).unwrap_or_default())
        })
    }

    #[test]
    fn a_date_is_found_wherever_reports_put_it() {
        for (name, text, date) in [
            (
                "a.txt",
                "A bridge falls\n\nNORVALE, March 3, 2026 (Norvale Press) - A bridge fell.",
                "2026-03-03",
            ),
            ("a.txt", "Regulation\nThursday, July 2, 2026\n\nA long story of the day.", "2026-07-02"),
            (
                "a.txt",
                "Storm\n\nNORVALE, 1 September 2025, 15:10 GMT (Norvale Press) - It rained.",
                "2025-09-01 15:10:00 GMT",
            ),
            ("2026-07-02-wire.txt", "A bridge falls\n\nIt fell.", "2026-07-02"),
            ("a.txt", "Fire\nHallam County\nAugust 6, 2026, 7 p.m.\n\nIt burns.", "2026-08-06"),
            ("a.txt", "Budget\n\nOctober 5, 2026. The mayor of the town spoke.", "2026-10-05"),
            (
                "a.txt",
                "Budget\n\nNorvale Courier, Hallam — Monday, Oct. 5, 2026, 7:15 p.m.\n\nThe mayor spoke.",
                "2026-10-05 19:15:00",
            ),
            ("a.txt", "船が転覆\n\n2026年3月3日 沖で船が転覆した。", "2026-03-03"),
            ("a.txt", "船が転覆\n\n【潮見、2026年3月3日午前9時 潮通信】沖で船が転覆した。", "2026-03-03"),
            (
                "a.txt",
                "Un pont tombe\n\nLyon, 3 mars 2026, 20 h 15 (Agence Loire) - Un pont est tombé.",
                "2026-03-03 20:15:00",
            ),
            ("a.txt", "Brücke fällt\n\nFunk am Wehr, 3. März 2026, 17 Uhr - Eine Brücke fiel.", "2026-03-03"),
            (
                "a.html",
                "<meta property=article:published_time content='2025-08-16T18:00:00Z'><p>Text",
                "2025-08-16 18:00:00 Z",
            ),
            (
                "a.html",
                "<script type='application/ld+json'>{\"datePublished\":\"2026-01-20\"}</script><p>Text",
                "2026-01-20",
            ),
        ] {
            assert_eq!(published(name, text).as_deref(), Some(date), "{text}");
        }
    }

    #[test]
    fn a_date_inside_a_sentence_is_not_the_reports_own() {
        assert_eq!(
            published(
                "a.txt",
                "A bridge\n\nThe bridge was opened on March 3, 1998 by the mayor of the town.\n"
            ),
            None
        );
    }
}
