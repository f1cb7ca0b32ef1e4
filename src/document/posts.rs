//! Posts: the passages of a live blog or a log, each with a time of its own.

use std::sync::LazyLock;

use jiff::ToSpan;
use jiff::civil::{Date, Time};
use regex::Regex;

use super::{BlockKind, Document, When, published};
use crate::lang::Lexicon;

/// A time that stands above a passage.
struct Stamp {
    /// Where the passage begins in the document's text.
    start: usize,
    date: Option<Date>,
    time: Time,
    zone: Option<String>,
}

/// Fewer times in a page's own data are those of the page.
const FEWEST_MARKED: usize = 2;
/// Fewer times in the text are told in passing.
const FEWEST_WRITTEN: usize = 3;

/// Finds the posts of a document that is dated, and says of each block which one it stands in.
pub(super) fn settle(document: &mut Document) {
    let Some(published) = document.published.clone() else { return };
    let stamps = stamps(document);
    document.posts = dated(&stamps, published.date);
    for block in &mut document.blocks {
        let post = stamps.partition_point(|stamp| stamp.start <= block.text.start);
        block.post = post.checked_sub(1);
    }
}

/// The times above passages: those that the page marks, else those that stand in the text.
fn stamps(document: &Document) -> Vec<Stamp> {
    let lexicon = Lexicon::of(document.language);
    let marked: Vec<Stamp> = document
        .stamps
        .iter()
        .filter_map(|(start, text)| {
            let (time, zone) = published::clock(text);
            let date = published::from_stamp(text, lexicon).map(|when| when.date);
            Some(Stamp { start: *start, date, time: time?, zone })
        })
        .collect();
    if marked.len() >= FEWEST_MARKED {
        return marked;
    }
    let written: Vec<Stamp> = document
        .blocks
        .iter()
        .filter(|block| matches!(block.kind, BlockKind::Body | BlockKind::Heading))
        .filter_map(|block| {
            let text = document.slice(&block.text);
            let (time, zone) = published::clock(opening_time(text)?);
            Some(Stamp { start: block.text.start, date: None, time: time?, zone })
        })
        .collect();
    if written.len() >= FEWEST_WRITTEN { written } else { Vec::new() }
}

/// The time of day that a passage opens with: alone in its line, or set off from what follows ("10:42 – The river ...").
fn opening_time(text: &str) -> Option<&str> {
    static OPENING: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"^[\[(]?(?:[01]?[0-9]|2[0-3])[:.h][0-5][0-9](?: ?[AaPp]\.?[Mm]\b\.?)?(?: ?[A-Z]{2,4}\b)?(?:[\])]? ?[-–—:|] |[\])]?[^0-9]{0,12}$)",
        )
        .expect("the pattern is tested")
    });
    OPENING.find(text).map(|found| found.as_str())
}

/// The posts' days: those that they state, else counted from the report's own, which is that of its latest post.
///
/// Live blogs stand with the latest post first, logs with the earliest; where the times turn, a day has passed.
fn dated(stamps: &[Stamp], published: Date) -> Vec<When> {
    let falls = stamps.windows(2).filter(|pair| pair[0].time > pair[1].time).count();
    let is_latest_first = falls * 2 > stamps.len().saturating_sub(1);
    let mut date = published;
    let mut later: Option<Time> = None;
    let mut day = |stamp: &Stamp| {
        let is_earlier_day = later.is_some_and(|later| stamp.time > later);
        let before = if is_earlier_day { date.checked_sub(1.day()).unwrap_or(date) } else { date };
        date = stamp.date.unwrap_or(before);
        later = Some(stamp.time);
        When { date, time: Some(stamp.time), zone: stamp.zone.clone(), stated: stamp.date.is_some() }
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
    fn a_time_told_in_passing_makes_no_post() {
        let text =
            "June 3, 2026\n\nAt 22:15 the river rose. Two dead.\n\n07:05 was the last train. Five dead.\n";
        assert!(posts(Format::Text, text).iter().all(|(_, when)| when.is_none()));
    }
}
