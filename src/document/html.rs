//! Saved pages: the report's text, with everything that belongs to the page marked as furniture.
//!
//! The page goes through an HTML5 tokenizer with byte offsets; no tree is built, so that depth costs nothing.

use std::ops::Range;

use html5gum::emitters::default::{DefaultEmitter, StartTag};
use html5gum::{Span, Token, Tokenizer};
use serde_json::Value;

use super::BlockKind;
use super::builder::{Builder, Table};
use crate::limit;

/// Elements whose text is never shown.
const HIDDEN: [&str; 9] =
    ["script", "style", "noscript", "template", "svg", "iframe", "object", "select", "textarea"];
/// Elements that hold the page's own text.
const PAGE: [&str; 7] = ["nav", "footer", "aside", "form", "button", "dialog", "menu"];
/// Elements that end a line of text.
const BLOCKS: [&str; 36] = [
    "p",
    "li",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "td",
    "th",
    "tr",
    "table",
    "figcaption",
    "caption",
    "blockquote",
    "div",
    "section",
    "article",
    "main",
    "header",
    "ul",
    "ol",
    "dl",
    "dt",
    "dd",
    "figure",
    "pre",
    "address",
    "time",
    "hr",
    "body",
    "html",
    "head",
    "title",
    "details",
    "summary",
];
/// Elements that have no end.
const VOID: [&str; 14] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr",
];
/// Words of a `class`, `id` or `role` by which pages name their own parts.
const PAGE_WORDS: [&str; 42] = [
    "nav",
    "navbar",
    "navigation",
    "menu",
    "breadcrumb",
    "breadcrumbs",
    "trail",
    "cookie",
    "cookies",
    "consent",
    "gdpr",
    "share",
    "sharing",
    "social",
    "follow",
    "newsletter",
    "subscribe",
    "subscription",
    "signup",
    "paywall",
    "promo",
    "advert",
    "advertisement",
    "ad",
    "ads",
    "sponsor",
    "sponsored",
    "sidebar",
    "related",
    "recommended",
    "readmore",
    "trending",
    "popular",
    "comments",
    "comment",
    "footer",
    "contentinfo",
    "complementary",
    "popup",
    "modal",
    "banner",
    "teaser",
];

pub(super) fn read(builder: &mut Builder<'_>) -> Result<(), String> {
    let whole = 0..builder.source.len();
    read_part(builder, whole)
}

/// Reads a stretch of the source as HTML.
pub(super) fn read_part(builder: &mut Builder<'_>, range: Range<usize>) -> Result<(), String> {
    let Some(part) = builder.source.get(range.clone()) else {
        return Ok(());
    };
    let mut reader = Reader {
        builder,
        offset: range.start,
        stack: Vec::new(),
        tables: Vec::new(),
        script: None,
        in_title: false,
        is_cut_off: false,
    };
    for token in Tokenizer::new_with_emitter(part, DefaultEmitter::<usize>::new_with_span()) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => reader.start(&tag)?,
            Token::EndTag(tag) => reader.end(&String::from_utf8_lossy(&tag.name)),
            Token::String(text) => reader.text(text.span),
            Token::Comment(comment) => {
                let place = reader.offset + comment.span.start..reader.offset + comment.span.end;
                reader.builder.comment(&String::from_utf8_lossy(&comment.value), place);
            }
            Token::Error(error) => reader.is_cut_off |= is_end(&error.value),
            Token::Doctype(_) => {}
        }
    }
    reader.builder.is_cut_off = reader.is_cut_off || reader.stack.iter().any(Element::must_be_closed);
    while let Some(element) = reader.stack.pop() {
        reader.leave(&element.name);
    }
    reader.builder.close();
    Ok(())
}

struct Element {
    name: String,
    is_hidden: bool,
    is_page: bool,
}

impl Element {
    /// Whether a whole page states where it ends, if only by the end of what holds it. Of a letter in bold it is forgotten.
    fn must_be_closed(&self) -> bool {
        matches!(
            self.name.as_str(),
            "article"
                | "aside"
                | "blockquote"
                | "div"
                | "dl"
                | "figure"
                | "footer"
                | "form"
                | "h1"
                | "h2"
                | "h3"
                | "header"
                | "main"
                | "nav"
                | "ol"
                | "script"
                | "section"
                | "style"
                | "table"
                | "textarea"
                | "title"
                | "ul"
        )
    }
}

/// Whether the source ended where it must not.
fn is_end(error: &html5gum::Error) -> bool {
    matches!(
        error,
        html5gum::Error::EofBeforeTagName
            | html5gum::Error::EofInCdata
            | html5gum::Error::EofInComment
            | html5gum::Error::EofInScriptHtmlCommentLikeText
            | html5gum::Error::EofInTag
    )
}

struct Reader<'a, 'b> {
    builder: &'a mut Builder<'b>,
    offset: usize,
    stack: Vec<Element>,
    tables: Vec<Table>,
    /// The text of a JSON-LD script, while inside one.
    script: Option<String>,
    in_title: bool,
    /// Whether the source ended inside a tag or a comment.
    is_cut_off: bool,
}

/// The property that holds the headline under which a page is shared.
const SHARED_TITLE: &str = "og:title";
/// Dates that a page says of itself, at most: more are those of other reports.
const MOST_DATES: usize = 64;

impl Reader<'_, '_> {
    fn start(&mut self, tag: &StartTag<usize>) -> Result<(), String> {
        let name = String::from_utf8_lossy(&tag.name).to_ascii_lowercase();
        let attribute = |key: &str| {
            tag.attributes
                .iter()
                .find(|(name, _)| name.as_slice().eq_ignore_ascii_case(key.as_bytes()))
                .map(|(_, value)| String::from_utf8_lossy(&value.value).into_owned())
        };
        self.facts(&name, &attribute);
        self.close_implied(&name);
        if name == "meta" && attribute("property").is_some_and(|key| key.eq_ignore_ascii_case(SHARED_TITLE)) {
            self.shared_title(tag);
        }
        let (is_hidden, is_page) =
            self.stack.last().map_or((false, false), |parent| (parent.is_hidden, parent.is_page));
        let named =
            ["class", "id", "role"].iter().filter_map(|key| attribute(key)).any(|value| names_page(&value));
        let is_shown_whole = matches!(name.as_str(), "html" | "body" | "main" | "article" | "h1");
        let element = Element {
            is_hidden: is_hidden || HIDDEN.contains(&name.as_str()) || attribute("hidden").is_some(),
            is_page: is_page || PAGE.contains(&name.as_str()) || named && !is_shown_whole,
            name,
        };
        if element.name == "time" && !element.is_page && !element.is_hidden {
            self.builder.close();
            let stamp = attribute("datetime");
            self.builder.facts.stamps.extend(stamp.map(|stamp| (self.builder.text.len(), stamp)));
        }
        self.enter(&element, self.offset + tag.span.start..self.offset + tag.span.end);
        if element.name == "script" && attribute("type").is_some_and(|kind| kind.contains("ld+json")) {
            self.script = Some(String::new());
        }
        if !VOID.contains(&element.name.as_str()) && !tag.self_closing {
            self.stack.push(element);
        }
        if self.stack.len() > limit::DEPTH {
            return Err(format!("its elements nest deeper than {}, the most that is read", limit::DEPTH));
        }
        Ok(())
    }

    /// The headline under which a page is shared stands in an attribute; it is read like any other.
    fn shared_title(&mut self, tag: &StartTag<usize>) {
        let content =
            tag.attributes.iter().find(|(name, _)| name.as_slice().eq_ignore_ascii_case(b"content"));
        let Some((_, value)) = content else { return };
        let Span { start, end } = value.span;
        // The span begins with the attribute's name and holds its quotation marks.
        let Some(raw) = self.builder.source.get(self.offset + start..self.offset + end) else { return };
        let Some((_, stated)) = raw.split_once('=') else { return };
        let from = raw.len() - stated.trim_start().trim_start_matches(['"', '\'']).len();
        let to = raw.trim_end_matches(['"', '\'']).len();
        self.builder.open(BlockKind::Headline);
        self.text(Span { start: start + from, end: start + to.max(from) });
        self.builder.close();
    }

    /// Opens the text that an element holds.
    fn enter(&mut self, element: &Element, tag: Range<usize>) {
        if !BLOCKS.contains(&element.name.as_str()) {
            match element.name.as_str() {
                "br" if self.builder.is_open() => self.builder.push_space(tag),
                "sup" if self.builder.is_open() => self.raise(tag),
                _ => {}
            }
            return;
        }
        self.builder.close();
        match element.name.as_str() {
            "table" => self.tables.push(Table::new()),
            "title" => self.in_title = true,
            _ => {}
        }
    }

    /// "10<sup>9</sup>" is a power.
    fn raise(&mut self, tag: Range<usize>) {
        let before = self.builder.text.strip_suffix("10");
        if before.is_some_and(|before| !before.ends_with(|c: char| c.is_ascii_digit())) {
            self.builder.push_replaced("^", tag);
        }
    }

    /// Whether a text above the line is the mark of a footnote and no part of the figure before it: neither the power
    /// of a ten nor the square of a unit ("km").
    fn is_footnote(&self, raw: &str) -> bool {
        const SIGN: usize = 2;
        let is_mark =
            raw.chars().all(|c| c.is_ascii_digit() || matches!(c, '[' | ']' | '*' | '†' | '‡' | ',' | ' '));
        let is_raised = self.stack.last().is_some_and(|element| element.name == "sup");
        let text = &self.builder.text;
        let letters = text.chars().rev().take_while(|c| c.is_alphabetic()).count();
        is_raised && is_mark && !text.ends_with('^') && !(1..=SIGN).contains(&letters)
    }

    fn kind(&self) -> BlockKind {
        if self.stack.iter().any(|element| element.is_page) {
            return BlockKind::Furniture;
        }
        let mut kind = BlockKind::Body;
        for element in &self.stack {
            kind = match element.name.as_str() {
                "title" | "h1" => BlockKind::Headline,
                "h2" | "h3" | "h4" | "h5" | "h6" => BlockKind::Heading,
                "td" | "th" => BlockKind::Cell,
                "figcaption" | "caption" => BlockKind::Caption,
                "blockquote" => BlockKind::Quote,
                "time" => BlockKind::Furniture,
                _ => kind,
            };
        }
        kind
    }

    fn end(&mut self, name: &str) {
        let name = name.to_ascii_lowercase();
        let Some(at) = self.stack.iter().rposition(|element| element.name == name) else {
            return;
        };
        while self.stack.len() > at {
            if let Some(element) = self.stack.pop() {
                self.leave(&element.name);
            }
        }
    }

    fn leave(&mut self, name: &str) {
        match name {
            "td" | "th" => {
                let cell = self.builder.close();
                if let Some(table) = self.tables.last_mut() {
                    table.push_cell(&mut self.builder.blocks, cell);
                }
            }
            "tr" => {
                if let Some(table) = self.tables.last_mut() {
                    table.end_row();
                }
            }
            "table" => {
                self.tables.pop();
            }
            "title" => {
                self.in_title = false;
                let title = self.builder.close().and_then(|idx| self.builder.blocks.get(idx));
                let title = title.and_then(|block| self.builder.text.get(block.text.clone()));
                if let Some(title) = title {
                    self.builder.facts.title.get_or_insert(title.to_owned());
                }
            }
            "script" => {
                if let Some(json) =
                    self.script.take().and_then(|text| serde_json::from_str::<Value>(&text).ok())
                {
                    self.linked_data(&json, 0);
                }
            }
            _ if BLOCKS.contains(&name) => {
                self.builder.close();
            }
            _ => {}
        }
    }

    /// A paragraph, item, cell or row ends where the next one begins, stated or not.
    fn close_implied(&mut self, name: &str) {
        let implied: &[&str] = match name {
            "li" => &["li", "p"],
            "td" | "th" => &["td", "th", "p"],
            "tr" => &["tr", "td", "th", "p"],
            "dt" | "dd" => &["dt", "dd", "p"],
            "option" => &["option"],
            _ if BLOCKS.contains(&name) && name != "time" => &["p"],
            _ => &[],
        };
        while self.stack.last().is_some_and(|element| implied.contains(&element.name.as_str())) {
            if let Some(element) = self.stack.pop() {
                self.leave(&element.name);
            }
        }
    }

    fn text(&mut self, span: Span<usize>) {
        let range = self.offset + span.start..self.offset + span.end;
        let Some(raw) = self.builder.source.get(range.clone()) else {
            return;
        };
        if let Some(script) = &mut self.script {
            script.push_str(raw);
            return;
        }
        if self.stack.iter().any(|element| element.is_hidden) || self.is_footnote(raw) {
            return;
        }
        if !self.builder.is_open() {
            if raw.trim().is_empty() {
                return;
            }
            let kind = self.kind();
            if self.stack.iter().any(|element| element.name == "li") {
                self.builder.open_item(kind);
            } else {
                self.builder.open(kind);
            }
        }
        let mut from = 0;
        while let Some(at) = raw.get(from..).and_then(|rest| rest.find('&')).map(|at| from + at) {
            self.builder.push(range.start + from..range.start + at);
            let length = entity_length(raw.get(at..).unwrap_or_default());
            let entity = raw.get(at..at + length).unwrap_or_default();
            match decode_entity(entity) {
                Some(text) => self.builder.push_replaced(&text, range.start + at..range.start + at + length),
                None => self.builder.push(range.start + at..range.start + at + length),
            }
            from = at + length;
        }
        self.builder.push(range.start + from..range.end);
    }

    /// What the page says of itself in its attributes.
    fn facts(&mut self, name: &str, attribute: &impl Fn(&str) -> Option<String>) {
        let facts = &mut self.builder.facts;
        match name {
            "html" => facts.language = attribute("lang").or_else(|| attribute("xml:lang")),
            "time" if facts.dates.len() < MOST_DATES => facts.dates.extend(attribute("datetime")),
            "meta" => {
                let key =
                    attribute("property").or_else(|| attribute("name")).or_else(|| attribute("itemprop"));
                let (Some(key), Some(content)) = (key, attribute("content")) else {
                    return;
                };
                match key.to_ascii_lowercase().as_str() {
                    "article:published_time"
                    | "date"
                    | "datepublished"
                    | "dc.date"
                    | "dcterms.date"
                    | "dcterms.created"
                    | "pubdate"
                    | "publish-date"
                    | "sailthru.date"
                    | "parsely-pub-date"
                        if facts.dates.len() < MOST_DATES =>
                    {
                        facts.dates.insert(0, content);
                    }
                    "og:site_name" | "application-name" => facts.outlet = Some(content),
                    SHARED_TITLE => facts.title = Some(content),
                    _ => {}
                }
            }
            _ => {}
        }
    }

    /// Facts of a JSON-LD object, at most so deep.
    fn linked_data(&mut self, json: &Value, depth: usize) {
        const DEEPEST: usize = 6;
        if depth > DEEPEST {
            return;
        }
        match json {
            Value::Array(items) => items.iter().for_each(|item| self.linked_data(item, depth + 1)),
            Value::Object(object) => {
                let facts = &mut self.builder.facts;
                let text = |key: &str| object.get(key).and_then(Value::as_str).map(str::to_owned);
                for key in ["dateModified", "datePublished"] {
                    if let Some(date) = text(key).filter(|_| facts.dates.len() < MOST_DATES) {
                        facts.dates.insert(0, date);
                    }
                }
                if let Some(title) = text("headline") {
                    facts.title.get_or_insert(title);
                }
                let publisher = object.get("publisher").and_then(|publisher| publisher.get("name"));
                if let Some(name) = publisher.and_then(Value::as_str) {
                    facts.outlet.get_or_insert(name.to_owned());
                }
                if let Some(graph) = object.get("@graph") {
                    self.linked_data(graph, depth + 1);
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
}

fn names_page(value: &str) -> bool {
    value
        .split(|c: char| !c.is_ascii_alphanumeric())
        .any(|word| PAGE_WORDS.iter().any(|page| word.eq_ignore_ascii_case(page)))
}

/// The length of what may be a character reference at the start of a text.
fn entity_length(text: &str) -> usize {
    const LONGEST: usize = 34;
    let inner =
        text.bytes().skip(1).take(LONGEST).take_while(|b| b.is_ascii_alphanumeric() || *b == b'#').count();
    1 + inner + usize::from(text.as_bytes().get(1 + inner) == Some(&b';'))
}

/// What a character reference stands for; nothing where it is none.
fn decode_entity(entity: &str) -> Option<String> {
    let mut decoded = String::new();
    for token in Tokenizer::new(entity) {
        let Ok(token) = token;
        if let Token::String(text) = token {
            decoded.push_str(&String::from_utf8_lossy(&text));
        }
    }
    (decoded != entity && !decoded.is_empty()).then_some(decoded)
}

#[cfg(test)]
mod tests {
    use crate::document::{BlockKind, Format, Known, read_bytes};

    #[test]
    fn the_headline_under_which_a_page_is_shared_is_read() {
        let page = r#"<html><head><title>Dam: 40 &amp; more | Tern</title>
            <meta property="og:title" content="Dam breaks &amp; kills 40"></head><body><h1>Dam</h1></body></html>"#;
        let document = read_bytes("a.html", Format::Html, page.as_bytes(), &Known::default());
        let headlines: Vec<(BlockKind, &str, &str)> = document
            .blocks
            .iter()
            .map(|block| {
                (block.kind, document.slice(&block.text), page.get(block.span.start..block.span.end).unwrap())
            })
            .collect();
        assert_eq!(
            headlines,
            [
                (BlockKind::Headline, "Dam: 40 & more | Tern", "Dam: 40 &amp; more | Tern"),
                (BlockKind::Headline, "Dam breaks & kills 40", "Dam breaks &amp; kills 40"),
                (BlockKind::Headline, "Dam", "Dam"),
            ]
        );
        assert_eq!(document.title.as_deref(), Some("Dam"));
    }

    #[test]
    fn what_stands_above_the_line_is_a_power_or_a_footnote() {
        for (html, text) in [
            ("43<sup>2</sup> people", "43 people"),
            ("5 million<sup>1</sup> euros", "5 million euros"),
            ("120 km<sup>2</sup> burned", "120 km2 burned"),
            ("10<sup>9</sup> watts", "10^9 watts"),
            ("the 3<sup>rd</sup> day", "the 3rd day"),
            ("one<br>two", "one two"),
        ] {
            let page = format!("<html><body><p>{html}</p></body></html>");
            let document = read_bytes("a.html", Format::Html, page.as_bytes(), &Known::default());
            let blocks: Vec<&str> = document.blocks.iter().map(|block| document.slice(&block.text)).collect();
            assert_eq!(blocks, [text]);
        }
    }
}
