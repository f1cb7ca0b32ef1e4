//! Whatever a report's text and a file's name hold, no format lets it act: no escape on a terminal, no markup, no
//! command in a job's log, no formula in a table, no broken XML or JSON.

use crosscheck::document::{self, Known, read_bytes};
use crosscheck::finding::{Acceptance, AcceptedBy};
use crosscheck::report::{Format, Report, StoryReport, write_claims_human};
use crosscheck::settings::Settings;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::Config;
use pulldown_cmark::{Event, Options, Parser, Tag};

use super::{junit, rows};
use crate::corpora;
use crate::laws::tried;

/// Pieces of texts that mean to act, and of those around them.
#[rustfmt::skip]
const PIECES: &[&str] = &[
    // A terminal.
    "\u{1b}[31m", "\u{1b}]8;;https://x.example\u{7}", "\u{1b}]52;c;x\u{7}", "\u{9b}2J", "\r", "\u{8}", "\u{0}", "\u{7f}",
    "\u{85}", "\u{202e}", "\u{2066}", "\u{200b}", "\u{feff}", "\u{2028}", "\u{e0041}", "\u{34f}", "\u{180e}", "\u{3164}", "\u{1fffe}", "\u{fffe}", "\u{ffff}", "\u{c}",
    // A job's log.
    "::error::x", " ::error::x", "\n::error file=a::x", "\r::stop-commands::x", "::notice::x", "::", "##[error]x", "##[", "#", "[", "%0A::error::x", "%",
    // Markup.
    "<script>x</script>", "<img src=x onerror=x>", "<!-- x -->", "<b>", "&lt;b&gt;", "&#60;", "![x](https://x.example/x.png)",
    "[x](javascript:x)", "[x]: https://x.example", "<https://x.example>", "https://x.example/x", "www.x.example", "@x", "x@x.example",
    "`", "```", "~~~", "**x**", "_x_", "\n# x", "\n- x", "\n1. x", "\n> x", "\n| a | b |\n| - | - |", "|", "\n---\n", "\\", "\n\n    x",
    "$x$", "$1", "5 $", "HTTPS://x.example", "WWW.x.example", "\n\n", "\n",
    // A table.
    "=1+1", "+1", "-1", "@SUM(1)", "\t=1", "=cmd|' /C x'!A0", ";=1", "\";=1", ",", ";", "\"", "'", "\n=1", "＝1",
    // XML and JSON.
    "]]>", "<![CDATA[", "&amp;", "&x;", "</failure>", "{0}", "{", "}", "[a](1)", "]", "\\u0000",
    // Words.
    "x", "Ostvik", "Vera Holm", "the tram", " ", ", ", ". ", "said", "4", "120 million euros", "about", "(", ")", "—", "日本", "é",
];

fn noise() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => select(PIECES.to_vec()).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    vec(piece, 0..5).prop_map(|pieces| pieces.concat())
}

/// A name of a file: anything but nothing.
fn name() -> impl Strategy<Value = String> {
    noise().prop_map(|noise| format!("{}.txt", noise.replace(['/', '\0'], "")))
}

fn format() -> impl Strategy<Value = document::Format> {
    select(vec![document::Format::Text, document::Format::Markdown, document::Format::Html])
}

/// Two reports that disagree, with noise around their sentences, under any names and of any outlet; the first one may be
/// the draft.
fn report(
    names: &[String; 3],
    formats: [document::Format; 2],
    noise: &[String; 5],
    has_draft: bool,
) -> Report {
    let texts = [
        format!("{} The tram of Ostvik will cost 120 million euros. {}", noise[0], noise[1]),
        format!("{} The tram of Ostvik will cost 210 million euros {}", noise[2], noise[3]),
    ];
    let known = Known { language: Some("en".to_owned()), ..Known::default() };
    let read = |at: usize| read_bytes(&names[at], formats[at], texts[at].as_bytes(), &known);
    let first = if has_draft { read(0).as_draft() } else { read(0) };
    let mut story = crosscheck::check_documents(&names[2], vec![first, read(1)], &Settings::new());
    speak(&mut story, noise);
    Report { stories: vec![story], command: Vec::new() }
}

/// The outlet, and what the findings quote of a stranger, may be anything.
fn speak(story: &mut StoryReport, noise: &[String; 5]) {
    for document in &mut story.documents {
        document.outlet = Some(noise[4].clone());
    }
    for (at, finding) in story.findings.iter_mut().enumerate() {
        let [one, two, three, four, five] = noise.clone();
        finding.message.push_str(&one);
        finding.working.push(two);
        finding.advice.push_str(&three);
        if at % 2 == 1 {
            finding.accepted =
                Some(Acceptance { reason: four, by: AcceptedBy::Comment { document: 0, line: 1 } });
        }
        if let Some(topic) = finding.topic.and_then(|id| story.topics.get_mut(id)) {
            topic.label = five;
        }
    }
}

/// The first character that acts instead of showing. Only few bytes begin one.
fn acting(text: &str) -> Option<char> {
    let is_plain = |byte: u8| matches!(byte, b' '..=b'~' | b'\n');
    let unusual = text.bytes().enumerate().filter(|(_, byte)| !is_plain(*byte));
    unusual.filter_map(|(at, _)| text.get(at..)?.chars().next()).find(|c| acts(*c))
}

fn acts(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{3164}' | '\u{1fffe}' | '\u{200b}' | '\u{200d}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
                | '\u{e0000}'..='\u{e007f}'
        )
}

fn human(text: &str) -> Result<(), TestCaseError> {
    prop_assert_eq!(acting(text), None, "{:?}", text);
    log(text)
}

/// No line is a command in the log of a job.
pub(crate) fn log(text: &str) -> Result<(), TestCaseError> {
    prop_assert!(!text.contains("##["), "{text}");
    // The renderer's own `:::` before a path names no command.
    let commands =
        text.lines().map(str::trim_start).find(|line| line.starts_with("::") && !line.starts_with("::: "));
    prop_assert!(commands.is_none(), "{commands:?}");
    Ok(())
}

/// Nothing of a stranger is a link, a picture, markup or emphasis; the report's own links lead to its files, and the draft
/// is quoted.
fn markdown(text: &str, has_draft: bool) -> Result<(), TestCaseError> {
    prop_assert_eq!(acting(text), None, "{:?}", text);
    let mut told = String::new();
    for event in Parser::new_ext(text, Options::all()) {
        if let Event::Text(text) = &event {
            told.push_str(&text.to_ascii_lowercase());
        }
        let leads_away = matches!(&event, Event::Start(Tag::Link { dest_url, .. }) if dest_url.contains(':'));
        let is_live = matches!(
            event,
            Event::Html(_)
                | Event::InlineHtml(_)
                | Event::FootnoteReference(_)
                | Event::InlineMath(_)
                | Event::DisplayMath(_)
                | Event::Start(Tag::Image { .. } | Tag::CodeBlock(_) | Tag::Emphasis | Tag::Strikethrough)
        );
        let is_quoted = matches!(event, Event::Start(Tag::BlockQuote(_)));
        prop_assert!(!is_live && !leads_away && (!is_quoted || has_draft), "{event:?} in\n{text}");
    }
    // What a page makes a link, or a mention, of its own accord.
    for mark in ["http:", "https:", "www.", "@x"] {
        prop_assert!(!told.contains(mark), "{mark} in\n{text}");
    }
    Ok(())
}

/// Each line is one of our commands, whose places and message hold no other.
fn github(text: &str) -> Result<(), TestCaseError> {
    prop_assert_eq!(acting(text), None, "{:?}", text);
    for line in text.lines() {
        let command = line.strip_prefix("::").and_then(|rest| rest.split_once("::"));
        let Some((command, _)) = command else { return Err(TestCaseError::fail(format!("{line:?}"))) };
        let (level, properties) = command.split_once(' ').unwrap();
        prop_assert!(["error", "warning", "notice"].contains(&level), "{line}");
        for property in properties.split(',') {
            let key = property.split('=').next().unwrap();
            let known = ["file", "line", "endLine", "col", "endColumn", "title"];
            prop_assert!(known.contains(&key) && !property.contains(':'), "{line}");
        }
    }
    Ok(())
}

/// No cell that a spreadsheet reads begins a formula, whether the comma or the semicolon parts the cells.
fn csv(text: &str) -> Result<(), TestCaseError> {
    let numbers = ["line", "column", "value", "low", "high", "sources"];
    for row in rows(text) {
        for (column, cell) in row.iter().filter(|(column, _)| !numbers.contains(&column.as_str())) {
            for part in cell.split(';') {
                let part = part.trim_start_matches([' ', '"']);
                prop_assert!(
                    !part.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝']),
                    "{column}: {cell:?}"
                );
            }
            prop_assert_eq!(acting(cell), None, "{}: {:?}", column, cell);
        }
    }
    Ok(())
}

/// JSON that reads back, in which nothing acts on a terminal or in a log.
fn json(text: &str) -> Result<(), TestCaseError> {
    prop_assert_eq!(acting(text), None, "{:?}", text);
    prop_assert!(!text.contains("##["), "{text}");
    let read = serde_json::from_str::<serde::de::IgnoredAny>(text);
    prop_assert!(read.is_ok(), "{read:?}: {text}");
    Ok(())
}

proptest! {
    #![proptest_config(Config { cases: 10_000, ..tried() })]

    #[test]
    fn no_text_and_no_name_acts_in_any_format(
        names in [name(), name(), name()],
        formats in [format(), format()],
        noise in [noise(), noise(), noise(), noise(), noise()],
        has_draft in any::<bool>(),
    ) {
        let report = report(&names, formats, &noise, has_draft);
        let mut claims = Vec::new();
        write_claims_human(&report, true, &mut claims).unwrap();
        human(std::str::from_utf8(&claims).unwrap())?;
        for format in Format::ALL {
            let text = corpora::written(&report, format);
            if format != Format::Github {
                log(&text)?;
            }
            match format {
                Format::Human(_) => human(&text)?,
                Format::Json | Format::Sarif => json(&text)?,
                // What else a page must not hold is a law of its own.
                Format::Html => {}
                Format::Markdown => markdown(&text, has_draft)?,
                Format::Github => github(&text)?,
                Format::Junit => drop(junit::counts(&text)),
                Format::Csv => csv(&text)?,
            }
        }
    }
}
