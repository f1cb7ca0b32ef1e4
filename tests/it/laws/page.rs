//! The HTML report holds the elements and attributes of its own pages alone, whatever stands in the reports, and shows all
//! that it is told.

use std::sync::{LazyLock, Mutex, PoisonError};

use crosscheck::document::{Format, Known, Status, read_bytes};
use crosscheck::report::{Format as Written, Report};
use crosscheck::settings::Settings;
use html5gum::{Token, Tokenizer};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::tried;
use crate::corpora;

/// The elements and attributes of the body of a page.
#[rustfmt::skip]
const ELEMENTS: &[&str] = &[
    "a", "article", "b", "bdi", "blockquote", "body", "cite", "code", "dd", "desc", "details", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "header", "input", "label",
    "legend", "li", "line", "main", "mark", "nav", "ol", "option", "output", "p", "path", "rect", "section", "select",
    "span", "strong", "summary", "svg", "table", "tbody", "td", "text", "th", "thead", "title", "tr", "tspan", "ul",
];
#[rustfmt::skip]
const ATTRIBUTES: &[&str] = &[
    "aria-hidden", "aria-label", "aria-labelledby", "aria-live", "autocomplete", "checked", "class",
    "d", "data-finding", "data-gap", "data-place", "data-rule", "data-severity", "dir", "height", "hidden", "href", "id", "lang",
    "name", "open", "overflow", "role", "scope", "spellcheck", "tabindex", "text-anchor", "type", "value", "width", "x",
    "x1", "x2", "y", "y1", "y2",
];

/// Pieces of markup, of what ends it, and of what hides in text.
#[rustfmt::skip]
const PIECES: &[&str] = &[
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "</style>", "<style>", "</title>", "</script>", "<!--",
    "-->", "<![CDATA[", "]]>", "\"", "'", "`", " onclick=alert(1) ", "=", "javascript:alert(1)", "<a href=\"", "</a>", ">", "<",
    "</", "&", "&lt;", "&#60;", "&#x3c;script>", "<svg/onload=alert(1)>", "</svg>", "<math>", "</bdi>", "</mark>", "</p>",
    "{{ x }}", "{% raw %}", "<?xml", "<b>", "a", " ", "ü", "수", "\u{202e}", "\u{200b}", "\0", "\u{1b}[31m", "\n", "\r",
    "\u{feff}", "\u{ad}", "http://x.test/", "@x", "../..",
];

/// A text that may be anything.
fn stranger() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => vec(select(PIECES.to_vec()), 0..8).prop_map(|pieces| pieces.concat()),
        1 => any::<String>(),
    ]
}

/// What a stranger may put into a report, and its file's name.
#[derive(Debug, Clone)]
struct Hostile {
    before: String,
    figure: String,
    behind: String,
    name: String,
}

fn hostile() -> impl Strategy<Value = Hostile> {
    (stranger(), stranger(), stranger(), stranger()).prop_map(|(before, figure, behind, name)| Hostile {
        before,
        figure,
        behind,
        name,
    })
}

/// Reports of one page, each filled with texts of its own.
const REPORTS: usize = 4;
/// Pages that are tried, so that there are 10,000 reports.
const PAGES: u32 = 2_500;

/// Reports that disagree, two against two, of which the first is a draft.
fn disagreement() -> Report {
    let read = |(at, cost): (usize, &str)| {
        let text = format!(
            "NORVALE, March 3, 2026 (Norvale Press) - The new bridge will cost {cost} million euros."
        );
        let document = read_bytes(&format!("{at}.txt"), Format::Text, text.as_bytes(), &Known::default());
        if at == 0 { document.as_draft() } else { document }
    };
    let documents = ["120", "210", "120", "210"].into_iter().enumerate().map(read).collect();
    let story = crosscheck::check_documents("bridge", documents, &Settings::new());
    Report { stories: vec![story], command: vec!["check".to_owned()] }
}

/// Puts texts of strangers wherever one may stand.
fn fill(report: &mut Report, strangers: &[Hostile]) {
    let story = &mut report.stories[0];
    for (document, Hostile { before, figure, behind, name }) in story.documents.iter_mut().zip(strangers) {
        name.clone_into(&mut document.path);
        document.outlet = Some(name.clone());
        document.status = Status::Partly(behind.clone());
        document.text = format!("{before}{figure}{behind}");
        document.dateline = None;
        document.blocks.truncate(1);
        document.blocks[0].text = 0..document.text.len();
        for claim in story.claims.iter_mut().filter(|claim| claim.document == document.id) {
            claim.sentence = 0..document.text.len();
            claim.text = before.len()..before.len() + figure.len();
        }
    }
    let Hostile { before, figure, behind, name } = strangers[0].clone();
    for topic in &mut story.topics {
        topic.label.clone_from(&behind);
    }
    for finding in &mut story.findings {
        finding.message.clone_from(&before);
        finding.working = vec![behind.clone()];
        finding.advice.clone_from(&figure);
    }
    story.name.clone_from(&name);
    story.others = vec![before];
    report.command = vec!["check".to_owned(), name];
}

/// The letters and digits of a text: what is left of it whatever was made visible, and however it was cut.
fn letters(text: &str) -> String {
    crosscheck::report::visible(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The body of a page: what stands around it is the same for every report.
fn body(page: &str) -> &str {
    let start = page.find("<body>").unwrap();
    let end = page.rfind("<script>").unwrap();
    page.get(start..end).unwrap()
}

/// The text of a page, or the element, attribute or link that it must not hold.
fn text_of(page: &str) -> Result<String, String> {
    let mut text = String::new();
    for token in Tokenizer::new(page) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name).into_owned();
                if !ELEMENTS.contains(&name.as_str()) {
                    return Err(format!("<{name}>"));
                }
                for (key, value) in &tag.attributes {
                    let key = String::from_utf8_lossy(key).into_owned();
                    if !ATTRIBUTES.contains(&key.as_str()) || key == "href" && !value.starts_with(b"#") {
                        return Err(format!("{key}={value:?} of <{name}>"));
                    }
                }
            }
            Token::String(own) => text.push_str(&String::from_utf8_lossy(&own)),
            Token::EndTag(_) => {}
            Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => return Err(format!("{token:?}")),
        }
    }
    Ok(text)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: tried().cases.max(PAGES), ..tried() })]

    #[test]
    fn nothing_but_its_own_markup_stands_in_a_page(strangers in vec(hostile(), REPORTS)) {
        static REPORT: LazyLock<Mutex<Report>> = LazyLock::new(|| Mutex::new(disagreement()));
        let mut report = REPORT.lock().unwrap_or_else(PoisonError::into_inner);
        fill(&mut report, &strangers);
        let page = corpora::written(&report, Written::Html);
        let text = text_of(body(&page)).map_err(TestCaseError::fail)?;
        let shown = letters(&text);
        for Hostile { before, figure, behind, name } in &strangers {
            for told in [before, figure, behind, name] {
                prop_assert!(shown.contains(&letters(told)), "{told:?} in {text}");
            }
        }
        prop_assert!(text.chars().all(|c| !c.is_control() || c == '\n'), "{text:?}");
    }
}

#[test]
fn what_is_not_its_own_markup_is_seen() {
    for hostile in ["<img>", "<b onclick=x>", "<a href=\"javascript:x\">", "<!-- x -->", "<style>"] {
        assert!(text_of(hostile).is_err(), "{hostile}");
    }
}
