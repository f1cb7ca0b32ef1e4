//! Posts: the passages of a live blog, a log or a list of days, each with a time of its own.

use jiff::ToSpan;
use jiff::civil::{Date, Time};

use super::stamp::{self, Opening};
use super::{Block, BlockKind, Document, When, published};
use crate::lang::Lexicon;

/// A day or a time that stands above a passage.
struct Stamp {
    /// Where the passage begins in the document's text.
    start: usize,
    /// Where it ends, unless at the next one.
    end: Option<usize>,
    date: Option<Date>,
    time: Option<Time>,
    zone: Option<String>,
}

/// Fewer times in a page's own data are those of the page.
const FEWEST_MARKED: usize = 2;
/// Fewer times in the text are told in passing.
const FEWEST_WRITTEN: usize = 3;
/// Fewer days, of which each opens a passage, are no list of days.
const FEWEST_DAYS: usize = 2;

/// Finds the posts of a document that is dated, and says of each block which one it stands in.
pub(super) fn settle(document: &mut Document) {
    let Some(published) = document.published.clone() else { return };
    let stamps = stamps(document, published.date);
    document.posts = dated(&stamps, published.date);
    for block in &mut document.blocks {
        let before = stamps.partition_point(|stamp| stamp.start <= block.text.start).checked_sub(1);
        let is_in = |stamp: &Stamp| stamp.end.is_none_or(|end| block.text.start < end);
        block.post = before.filter(|post| stamps.get(*post).is_some_and(is_in));
    }
}

/// The times above passages: those that the page marks, else those that stand in the text.
fn stamps(document: &Document, published: Date) -> Vec<Stamp> {
    let lexicon = Lexicon::of(document.language);
    let marked: Vec<Stamp> = document
        .stamps
        .iter()
        .filter_map(|(start, text)| {
            let (time, zone) = published::clock(text);
            let date = published::from_stamp(text, lexicon).map(|when| when.date);
            Some(Stamp { start: *start, end: None, date, time: Some(time?), zone })
        })
        .collect();
    if marked.len() >= FEWEST_MARKED { marked } else { written(document, lexicon, published) }
}

/// The times and days that passages open with. A day alone on its line is that of the times below it; one that opens a
/// passage is that of its passage.
fn written(document: &Document, lexicon: &Lexicon, published: Date) -> Vec<Stamp> {
    let is_told = |block: &&Block| matches!(block.kind, BlockKind::Body | BlockKind::Heading);
    let openings = document.blocks.iter().filter(is_told);
    let openings: Vec<(&Block, Option<Opening>)> =
        openings.map(|block| (block, stamp::read(document, block, lexicon))).collect();
    let count = |is_one: fn(&Opening) -> bool| {
        openings.iter().filter_map(|(_, opening)| opening.as_ref()).filter(|opening| is_one(opening)).count()
    };
    // One day alone is that of the report.
    let has_days = FEWEST_DAYS <= count(Opening::is_day_alone);
    let has_entries = FEWEST_DAYS <= count(Opening::is_day_of_passage);
    let has_times = FEWEST_WRITTEN <= count(|opening| opening.time.is_some());
    let mut day: Option<Date> = None;
    let mut stamps = Vec::new();
    for (block, opening) in &openings {
        let Some(opening) = opening else {
            if block.kind == BlockKind::Heading {
                day = None;
            }
            continue;
        };
        let date = opening.date(published);
        let end = opening.is_day_of_passage().then_some(block.text.end);
        if opening.is_day_alone() && has_days {
            day = date;
        }
        let is_one = match (opening.time, end) {
            (Some(_), _) => has_times,
            (None, Some(_)) => has_entries && date.is_some(),
            (None, None) => has_days && date.is_some(),
        };
        if is_one {
            let (start, zone) = (block.text.start, opening.zone.clone());
            stamps.push(Stamp { start, end, date: date.or(day), time: opening.time, zone });
        }
    }
    stamps
}

/// The posts' days: those that they state, else counted from the report's own, which is that of its latest post.
///
/// Live blogs stand with the latest post first, logs with the earliest; where the times turn, a day has passed.
fn dated(stamps: &[Stamp], published: Date) -> Vec<When> {
    let times: Vec<Time> = stamps.iter().filter_map(|stamp| stamp.time).collect();
    let falls = times.windows(2).filter(|pair| pair[0] > pair[1]).count();
    let is_latest_first = falls * 2 > times.len().saturating_sub(1);
    let mut date = published;
    let mut later: Option<Time> = None;
    let mut day = |stamp: &Stamp| {
        let is_earlier_day = later.zip(stamp.time).is_some_and(|(later, time)| time > later);
        let before = if is_earlier_day { date.checked_sub(1.day()).unwrap_or(date) } else { date };
        date = stamp.date.unwrap_or(before);
        later = stamp.time;
        When { date, time: stamp.time, zone: stamp.zone.clone(), stated: stamp.date.is_some() }
    };
    if is_latest_first {
        stamps.iter().map(day).collect()
    } else {
        let mut posts: Vec<When> = stamps.iter().rev().map(&mut day).collect();
        posts.reverse();
        posts
    }
}

#[cfg(test)]
mod tests {
    use crate::document::{Format, Known, read_bytes, settle_dates};

    fn posts(format: Format, text: &str) -> Vec<(String, Option<String>)> {
        let mut documents = [read_bytes("a", format, text.as_bytes(), &Known::default())];
        settle_dates(&mut documents);
        let [document] = documents;
        let blocks = document.blocks.iter().map(|block| {
            let when = block.post.and_then(|post| document.posts.get(post));
            let told = when.and_then(|when| Some(format!("{} {}", when.date, when.time?.strftime("%H:%M"))));
            (document.slice(&block.text).to_owned(), told)
        });
        blocks.filter(|(text, _)| text.ends_with("dead.")).collect()
    }

    #[test]
    fn each_post_of_a_live_blog_has_its_time() {
        let page = r#"<html><body><h1>Flood live</h1><p>June 3, 2026</p>
            <section><time datetime="2026-06-03T08:30:00+02:00">8.30</time><p>Five dead.</p></section>
            <section><time datetime="2026-06-02T21:10:00+02:00">21.10</time><p>Three dead.</p></section></body></html>"#;
        let at = |text: &str, when: &str| (text.to_owned(), Some(when.to_owned()));
        assert_eq!(
            posts(Format::Html, page),
            [at("Five dead.", "2026-06-03 08:30"), at("Three dead.", "2026-06-02 21:10")]
        );
    }

    #[test]
    fn where_the_times_turn_a_day_has_passed() {
        let text =
            "Flood log\n\nJune 3, 2026\n\n22:15 – Two dead.\n\n23:50 – Three dead.\n\n07:05 – Five dead.\n";
        let days: Vec<String> = posts(Format::Text, text).into_iter().filter_map(|(_, when)| when).collect();
        assert_eq!(days, ["2026-06-02 22:15", "2026-06-02 23:50", "2026-06-03 07:05"]);
    }

    #[test]
    fn a_time_may_stand_before_a_sentence_and_behind_a_day() {
        let told = |text: &str| {
            posts(Format::Markdown, text).into_iter().filter_map(|(_, when)| when).collect::<Vec<_>>()
        };
        let bold = "# Flood live\n\nJune 3, 2026\n\n**8.30** Five dead.\n\n**7.15** Four dead.\n\n**6.05** Two dead.\n";
        assert_eq!(told(bold), ["2026-06-03 08:30", "2026-06-03 07:15", "2026-06-03 06:05"]);
        let days = "# Flood in the valley, live\n\nJune 3, 2026\n\nWhat we know of the flood and of those who are missing in the valley.\n\n**Wednesday, 8:30** Five dead.\n\n**Tuesday, 21:15** Four dead.\n\n**Tuesday, 6:05 pm** Two dead.\n";
        assert_eq!(told(days), ["2026-06-03 08:30", "2026-06-02 21:15", "2026-06-02 18:05"]);
        let labels = "June 3, 2026\n\nUPDATE 10:40 - Two dead.\n\nUPDATE 11:25 - Four dead.\n\nUPDATE 13:10 - Five dead.\n";
        assert_eq!(told(labels), ["2026-06-03 10:40", "2026-06-03 11:25", "2026-06-03 13:10"]);
    }

    #[test]
    fn each_line_of_a_list_of_days_is_of_its_day() {
        let text = "June 3, 2026\n\n- Monday 1 June: two dead.\n- Tuesday 2 June: four dead.\n\nMost of them drowned: they are dead.\n";
        let days = |text: &str| {
            let mut documents = [read_bytes("a", Format::Markdown, text.as_bytes(), &Known::default())];
            settle_dates(&mut documents);
            let [document] = documents;
            let of = |block: &crate::document::Block| Some(document.posts.get(block.post?)?.date.to_string());
            document.blocks.iter().map(of).collect::<Vec<_>>()
        };
        let told = [None, Some("2026-06-01".to_owned()), Some("2026-06-02".to_owned()), None];
        assert_eq!(days(text), told);
    }

    #[test]
    fn a_time_told_in_passing_makes_no_post() {
        let text =
            "June 3, 2026\n\nAt 22:15 the river rose. Two dead.\n\n07:05 was the last train. Five dead.\n";
        assert!(posts(Format::Text, text).iter().all(|(_, when)| when.is_none()));
    }
}
