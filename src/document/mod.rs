//! Files to documents: what a report says, block by block, with the way back to its bytes.
//!
//! The only stage that touches the world. A file that cannot be read is a [`Document`] with a [`Status`] that says so.

mod builder;
mod encoding;
mod folder;
mod html;
mod markdown;
mod plain;
mod posts;
mod published;
mod source_map;
mod stamp;

use std::fmt;
use std::ops::Range;
use std::path::{Path, PathBuf};

use jiff::civil::{Date, Time};
use serde::Deserialize;

pub use encoding::standard_name;
pub use folder::{Found, Story, find_each, find_sources, find_stories, find_story, is_report};
pub use source_map::SourceMap;

use crate::digest::sha256;
use crate::lang::{self, Lexicon};
use crate::limit;
use crate::span::Span;
use builder::Builder;

/// How a file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// Plain text.
    Text,
    /// Markdown (`CommonMark` with tables and front matter).
    Markdown,
    /// A page as saved from a browser.
    Html,
}

impl Format {
    /// The name as reports print it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Format::Text => "text",
            Format::Markdown => "markdown",
            Format::Html => "html",
        }
    }

    /// The format that a file name promises, or nothing for a file that is no report.
    #[must_use]
    pub fn of_path(path: &Path) -> Option<Format> {
        let extension = path.extension()?.to_str()?.to_ascii_lowercase();
        match extension.as_str() {
            "txt" | "text" => Some(Format::Text),
            "md" | "markdown" => Some(Format::Markdown),
            "html" | "htm" | "xhtml" => Some(Format::Html),
            _ => None,
        }
    }
}

/// How much of a file was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Status {
    /// All of it.
    Read,
    /// Not all of it, and why.
    Partly(String),
    /// Nothing, and why.
    Skipped(String),
}

/// What a block is to the reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum BlockKind {
    /// The report's headline.
    Headline,
    /// A heading inside the report.
    Heading,
    /// A paragraph or a list item.
    Body,
    /// The line under a picture.
    Caption,
    /// A cell of a table.
    Cell,
    /// A quotation set apart.
    Quote,
    /// What belongs to the page and not to the report: navigation, share bars, cookie banners.
    Furniture,
}

impl BlockKind {
    /// The name as reports print it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            BlockKind::Headline => "headline",
            BlockKind::Heading => "heading",
            BlockKind::Body => "body",
            BlockKind::Caption => "caption",
            BlockKind::Cell => "cell",
            BlockKind::Quote => "quote",
            BlockKind::Furniture => "furniture",
        }
    }
}

/// Where something stands for a person who opens the file; all numbers are 1-based.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// A line, and a column in characters.
    Line {
        /// The line.
        line: usize,
        /// The character of the line.
        column: usize,
    },
    /// A line of a page, for formats with pages.
    Page {
        /// The page.
        page: usize,
        /// The line of the page.
        line: usize,
    },
    /// A paragraph, for formats without lines.
    Paragraph {
        /// The paragraph.
        number: usize,
    },
}

impl Place {
    /// The line, the line of its page, or the paragraph.
    #[must_use]
    pub fn line(self) -> usize {
        match self {
            Place::Line { line, .. } | Place::Page { line, .. } | Place::Paragraph { number: line } => line,
        }
    }

    /// The character of the line; the first one where a format has none.
    #[must_use]
    pub fn column(self) -> usize {
        match self {
            Place::Line { column, .. } => column,
            Place::Page { .. } | Place::Paragraph { .. } => 1,
        }
    }
}

/// As a person writes it: "9:14", "page 3, line 9", "paragraph 4".
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::Line { line, column } => write!(f, "{line}:{column}"),
            Place::Page { page, line } => write!(f, "page {page}, line {line}"),
            Place::Paragraph { number } => write!(f, "paragraph {number}"),
        }
    }
}

/// A stretch of text that belongs together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// What it is to the reader.
    pub kind: BlockKind,
    /// Where it stands in the file, in bytes.
    pub span: Span,
    /// Where it stands for a person.
    pub place: Place,
    /// Where it stands in the document's text.
    pub text: Range<usize>,
    /// The blocks that name it: the head of a table cell's row and of its column, and the table's corner.
    pub heads: Vec<usize>,
    /// Whether it is the first cell of a table's row.
    pub begins_row: bool,
    /// Whether it is an item of a list.
    pub is_item: bool,
    /// The post that it stands in, by its place among the document's.
    pub post: Option<usize>,
}

/// A comment in a report's file that speaks to this program, such as `crosscheck-ignore-next …`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    /// What stands between `<!--` and `-->`, without the spaces around it.
    pub words: String,
    /// Where it stands in the document's text: before this byte.
    pub at: usize,
    /// Where it stands in the file, in bytes.
    pub span: Span,
    /// Where it stands for a person.
    pub place: Place,
}

/// When a report was published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct When {
    /// The day.
    pub date: Date,
    /// The time of day, as stated.
    pub time: Option<Time>,
    /// The zone beside the time, as stated.
    pub zone: Option<String>,
    /// Whether the report states the whole date; else part of it was inferred from its companions.
    pub stated: bool,
}

/// A report, ready to be searched.
#[derive(Debug, Clone)]
pub struct Document {
    /// The place in the story's order.
    pub id: usize,
    /// The path as it is shown, with `/`.
    pub path: String,
    /// Where the file is, absolute; nothing for a text that is no file.
    pub file: Option<PathBuf>,
    /// How the file is written.
    pub format: Format,
    /// The encoding's standard name.
    pub encoding: &'static str,
    /// The id of the language page.
    pub language: &'static str,
    /// When it was published, if it says so.
    pub published: Option<When>,
    /// The latest day of the story's other reports, where this one bears none and they were all printed within weeks.
    pub near_date: Option<Date>,
    /// A day and month without a year, for [`settle_dates`].
    day_and_month: Option<(i8, i8)>,
    /// The time of day and zone beside them.
    clock: (Option<Time>, Option<String>),
    /// Who published it, if it says so.
    pub outlet: Option<String>,
    /// Its headline.
    pub title: Option<String>,
    /// The SHA-256 of the file's bytes, in hexadecimal; empty for a text that is no file, and where nothing was read.
    pub sha256: String,
    /// How much of it was read.
    pub status: Status,
    /// Whether it is the newsroom's own copy, which the story's other reports are to bear out.
    pub is_draft: bool,
    /// The text of all blocks.
    pub text: String,
    /// The blocks in reading order.
    pub blocks: Vec<Block>,
    /// The comments that speak to this program, in reading order.
    pub comments: Vec<Comment>,
    /// When each post of a live blog was written, in reading order; empty for reports of one piece.
    pub posts: Vec<When>,
    /// Times that the page marks, each with its place in the text, for [`settle_dates`].
    stamps: Vec<(usize, String)>,
    /// The dateline before the first sentence ("NORVALE, May 4 (Norvale Press) -"), in the document's text.
    pub dateline: Option<Range<usize>>,
    /// The decoded file, for quoting its lines.
    pub source: String,
    to_source: SourceMap,
    to_bytes: SourceMap,
    line_starts: Vec<usize>,
    /// Bytes inside long lines, each with the characters of its line before it, so that no such line is counted over
    /// and over.
    column_marks: Vec<(usize, usize)>,
}

impl Document {
    /// The bytes of the file that a stretch of the text came from.
    #[must_use]
    pub fn span(&self, text: &Range<usize>) -> Span {
        let source = self.source_range(text);
        Span { start: self.to_bytes.start(source.start), end: self.to_bytes.end(source.end) }
    }

    /// The stretch of [`Document::source`] that a stretch of the text came from.
    #[must_use]
    pub fn source_range(&self, text: &Range<usize>) -> Range<usize> {
        let start = self.to_source.start(text.start);
        start..self.to_source.end(text.end).max(start)
    }

    /// The line and column at which a stretch of the text starts.
    #[must_use]
    pub fn place(&self, text: &Range<usize>) -> Place {
        self.place_in_source(self.source_range(text).start)
    }

    /// The line and column right behind a stretch of the text.
    #[must_use]
    pub fn place_behind(&self, text: &Range<usize>) -> Place {
        self.place_in_source(self.source_range(text).end)
    }

    /// The stretch of the text that holds these words and starts at a line and column of the file.
    #[must_use]
    pub fn find(&self, line: usize, column: usize, words: &str) -> Option<Range<usize>> {
        let start = *self.line_starts.get(line.checked_sub(1)?)?;
        let before = column.checked_sub(1)?;
        let first = self.column_marks.partition_point(|(at, _)| *at <= start);
        let own = self.column_marks.get(first..).unwrap_or_default();
        let is_before = |(at, chars): &&(usize, usize)| *chars <= before && self.is_in_line(line, *at);
        let (from, counted) = own.iter().take_while(is_before).last().copied().unwrap_or((start, 0));
        let rest = self.source.get(from..)?;
        let (at, _) = rest.char_indices().chain([(rest.len(), ' ')]).nth(before - counted)?;
        let text = self.to_source.near(from + at);
        let text = text..text.checked_add(words.len())?;
        (self.slice(&text) == words).then_some(text)
    }

    fn is_in_line(&self, line: usize, offset: usize) -> bool {
        self.line_starts.get(line).is_none_or(|next| offset < *next)
    }

    fn place_in_source(&self, offset: usize) -> Place {
        let line = self.line_starts.partition_point(|start| *start <= offset).max(1);
        let start = self.line_starts.get(line - 1).copied().unwrap_or(0);
        let mark = self.column_marks.partition_point(|(at, _)| *at <= offset).checked_sub(1);
        let mark = mark.and_then(|idx| self.column_marks.get(idx)).filter(|(at, _)| *at > start);
        let (from, before) = mark.copied().unwrap_or((start, 0));
        let rest = self.source.get(from..offset).map_or(0, |rest| rest.chars().count());
        Place::Line { line, column: before + rest + 1 }
    }

    fn comment(&self, (words, at, source): (String, usize, Range<usize>)) -> Comment {
        let span = Span { start: self.to_bytes.start(source.start), end: self.to_bytes.end(source.end) };
        Comment { words, at, span, place: self.place_in_source(source.start) }
    }

    /// A line of the file without its line break; `line` is 1-based.
    #[must_use]
    pub fn line(&self, line: usize) -> &str {
        let start = self.line_starts.get(line.saturating_sub(1)).copied().unwrap_or(self.source.len());
        let end = self.line_starts.get(line).copied().unwrap_or(self.source.len());
        self.source.get(start..end).unwrap_or_default().trim_end_matches(['\r', '\n'])
    }

    /// When a passage was written: its post, else the report.
    #[must_use]
    pub fn when(&self, post: Option<usize>) -> Option<&When> {
        post.and_then(|post| self.posts.get(post)).or(self.published.as_ref())
    }

    /// The post that a place of the text stands in, by its place among the document's.
    #[must_use]
    pub fn post_at(&self, at: usize) -> Option<usize> {
        self.blocks.get(self.block_at(at))?.post
    }

    /// The place among the blocks of the one that holds a byte of the text, else of the next one; their number behind the last.
    #[must_use]
    pub fn block_at(&self, at: usize) -> usize {
        self.blocks.partition_point(|block| block.text.end <= at)
    }

    /// The first paragraph: the first block of running text that ends as a sentence does.
    #[must_use]
    pub fn lead(&self) -> Option<&Range<usize>> {
        let is_paragraph = |block: &&Block| {
            block.kind == BlockKind::Body
                && self.slice(&block.text).trim_end().ends_with(['.', '。', '”', '"'])
        };
        self.blocks.iter().find(is_paragraph).map(|block| &block.text)
    }

    /// The text of a stretch.
    #[must_use]
    pub fn slice(&self, text: &Range<usize>) -> &str {
        self.text.get(text.clone()).unwrap_or_default()
    }

    /// The same text as the newsroom's own copy.
    #[must_use]
    pub fn as_draft(self) -> Document {
        Document { is_draft: true, ..self }
    }

    /// Whether any of it was read.
    #[must_use]
    pub fn is_read(&self) -> bool {
        match self.status {
            Status::Read | Status::Partly(_) => true,
            Status::Skipped(_) => false,
        }
    }

    fn skipped(path: &str, format: Format, reason: String) -> Document {
        Document {
            id: 0,
            path: path.to_owned(),
            file: None,
            format,
            encoding: "UTF-8",
            language: lang::default_page(),
            published: None,
            near_date: None,
            day_and_month: None,
            clock: (None, None),
            outlet: None,
            title: None,
            sha256: String::new(),
            status: Status::Skipped(reason),
            is_draft: false,
            text: String::new(),
            blocks: Vec::new(),
            comments: Vec::new(),
            posts: Vec::new(),
            stamps: Vec::new(),
            dateline: None,
            source: String::new(),
            to_source: SourceMap::default(),
            to_bytes: SourceMap::default(),
            line_starts: vec![0],
            column_marks: Vec::new(),
        }
    }
}

/// What a caller knows of a text beforehand.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// A language tag: `pt-BR`.
    pub language: Option<String>,
    /// The day of publication.
    pub published: Option<Date>,
}

/// Reads a file. What cannot be read comes back as a document whose [`Status`] says why; this never fails.
#[must_use]
pub fn read(found: &Found) -> Document {
    let loaded = found.obstacle.clone().map_or_else(|| load(&found.path), Err);
    let document = match loaded {
        Ok(bytes) => {
            let document = read_bytes(&found.shown, found.format, &bytes, &Known::default());
            Document { sha256: sha256(&bytes), ..document }
        }
        Err(reason) => Document::skipped(&found.shown, found.format, reason),
    };
    Document { file: std::path::absolute(&found.path).ok(), ..document }
}

/// The file's bytes, or why they are not to be had.
#[expect(clippy::disallowed_methods, reason = "this is the stage that touches files")]
fn load(path: &Path) -> Result<Vec<u8>, String> {
    let file = std::fs::File::open(path).map_err(|cause| format!("cannot be opened: {cause}"))?;
    limit::bytes(file, limit::TEXT).map_err(|cause| cause.to_string())
}

/// Reads a report from its bytes.
///
/// ```
/// use crosscheck::document::{Format, Known, read_bytes};
/// let document = read_bytes("a.html", Format::Html, b"<h1>Two &amp; a half</h1>", &Known::default());
/// assert_eq!(document.title.as_deref(), Some("Two & a half"));
/// assert_eq!(document.span(&document.blocks[0].text), (4..20).into());
/// ```
#[must_use]
pub fn read_bytes(path: &str, format: Format, bytes: &[u8], known: &Known) -> Document {
    let decoded = match encoding::decode(bytes) {
        Ok(decoded) => decoded,
        Err(encoding::NotText(reason)) => return Document::skipped(path, format, reason),
    };
    let mut builder = Builder::new(&decoded.text);
    let read = match format {
        Format::Text => plain::read(&mut builder),
        Format::Markdown => markdown::read(&mut builder),
        Format::Html => html::read(&mut builder),
    };
    if let Err(reason) = read {
        return Document::skipped(path, format, reason);
    }
    if let Some(reason) = beyond_limits(&builder) {
        return Document::skipped(path, format, reason);
    }
    let status = match decoded.malformed {
        Some((at, count)) => Status::Partly(format!(
            "{count} {} not {} text, the first at byte {at}: save the file again as UTF-8",
            if count == 1 { "byte sequence is" } else { "byte sequences are" },
            decoded.encoding
        )),
        None if builder.blocks.is_empty() => Status::Skipped("holds no text".to_owned()),
        None if builder.is_cut_off && format == Format::Html => {
            Status::Partly("its page ends in the middle, so the end of the file is missing".to_owned())
        }
        None => Status::Read,
    };
    let Builder { text, map, blocks, facts, comments, .. } = builder;
    // What the caller says of a text is so; what a page says of itself is often its template's word.
    let lang::Detected { page: language, foreign } =
        match known.language.as_deref().and_then(lang::page_of_tag) {
            Some(page) => lang::Detected { page, foreign: None },
            None => lang::detect(&text, facts.language.as_deref()),
        };
    let status = match (status, foreign) {
        (Status::Read, Some(name)) => Status::Partly(format!(
            "is in {name}, a language without a page yet: its numbers were read as if it were {}",
            Lexicon::of(language).name
        )),
        (status, _) => status,
    };
    let line_starts = line_starts(&decoded.text);
    let mut document = Document {
        language,
        encoding: decoded.encoding,
        sha256: String::new(),
        status,
        column_marks: column_marks(&decoded.text, &line_starts),
        line_starts,
        text,
        blocks,
        stamps: facts.stamps.clone(),
        to_source: map,
        to_bytes: decoded.map,
        source: decoded.text,
        ..Document::skipped(path, format, String::new())
    };
    let lexicon = Lexicon::of(language);
    plain::mark_furniture(&mut document, lexicon);
    published::settle(&mut document, &facts, lexicon, known);
    let places: Vec<(Span, Place)> = document
        .blocks
        .iter()
        .map(|block| (document.span(&block.text), document.place(&block.text)))
        .collect();
    document.comments = comments.into_iter().map(|found| document.comment(found)).collect();
    for (block, (span, place)) in document.blocks.iter_mut().zip(places) {
        block.span = span;
        block.place = place;
    }
    document
}

/// What keeps a report from being read that is no prose.
fn beyond_limits(report: &Builder<'_>) -> Option<String> {
    if report.blocks.iter().any(|block| limit::PARAGRAPH < block.text.len()) {
        let most = limit::PARAGRAPH >> 20;
        return Some(format!(
            "holds a paragraph of more than {most} MiB, the most that is read: part it by empty lines"
        ));
    }
    // A short text has room for no more.
    (limit::NUMBERS < report.text.len() && limit::NUMBERS < numbers(&report.text)).then(too_many_numbers)
}

/// How many numbers in digits stand in a text.
fn numbers(text: &str) -> usize {
    text.split(|c: char| !c.is_numeric()).filter(|digits| !digits.is_empty()).count()
}

fn too_many_numbers() -> String {
    format!("its numbers are beyond the first {}, the most of a story: check a part of it", limit::NUMBERS)
}

/// Skips the reports whose numbers do not fit in one story with those before them.
pub fn keep_to_limit(documents: &mut [Document]) {
    let mut kept = 0;
    for document in documents {
        let own = numbers(&document.text);
        if kept + own <= limit::NUMBERS {
            kept += own;
            continue;
        }
        let skipped = Document::skipped(&document.path, document.format, too_many_numbers());
        let Document { id, is_draft, .. } = *document;
        *document = Document { id, is_draft, file: document.file.take(), ..skipped };
    }
}

/// Marks about every so many bytes of each longer line.
fn column_marks(text: &str, line_starts: &[usize]) -> Vec<(usize, usize)> {
    const MARK_BYTES: usize = 4096;
    let mut marks = Vec::new();
    let ends = line_starts.iter().skip(1).copied().chain([text.len()]);
    for (start, end) in line_starts.iter().copied().zip(ends) {
        let (mut at, mut chars) = (start, 0);
        while end - at > MARK_BYTES {
            let next = text.floor_char_boundary(at + MARK_BYTES);
            chars += text.get(at..next).map_or(0, |part| part.chars().count());
            at = next;
            marks.push((at, chars));
        }
    }
    marks
}

fn line_starts(text: &str) -> Vec<usize> {
    std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect()
}

/// Years around a named one in which a date without a year may lie.
const YEARS_AROUND: std::ops::RangeInclusive<i16> = -1..=1;

/// Gives documents that state a day and a month without a year the year that fits best: the one whose weekday they
/// name, then the one closest to their companions' full dates. Where no companion has a full date, the weekday must
/// settle it among the years that the report names; else the report stays undated. Then undated reports are told when the
/// others were published, and the posts of live blogs are dated.
pub fn settle_dates(documents: &mut [Document]) {
    let stated: Vec<Date> =
        documents.iter().filter_map(|document| document.published.as_ref()).map(|when| when.date).collect();
    for document in documents.iter_mut().filter(|document| document.published.is_none()) {
        let Some((month, day)) = document.day_and_month else {
            continue;
        };
        let weekdays = published::weekdays_named(document);
        let named = published::years_named(document);
        let years = stated.iter().map(|date| date.year()).chain(named);
        let mut candidates: Vec<Date> = years
            .flat_map(|year| YEARS_AROUND.filter_map(move |step| Date::new(year + step, month, day).ok()))
            .collect();
        candidates.sort_unstable();
        candidates.dedup();
        let fits = |date: &Date| weekdays.contains(&date.weekday().to_monday_one_offset());
        let best = if stated.is_empty() {
            let mut fitting = candidates.iter().copied().filter(fits);
            fitting.next().filter(|_| fitting.next().is_none())
        } else {
            let distance = |date: &Date| stated.iter().map(|other| days_between(*date, *other)).min();
            candidates
                .iter()
                .copied()
                // A weekday decides between years only where no other report is near: "Sunday" may be any Sunday.
                .min_by_key(|date| {
                    let is_far = distance(date).is_none_or(|days| days > NEAR_DAYS);
                    (is_far, !weekdays.is_empty() && !fits(date), distance(date))
                })
        };
        let (time, zone) = document.clock.clone();
        document.published = best.map(|date| When { date, time, zone, stated: false });
    }
    let near = near_date(documents);
    let undated = documents.iter_mut().filter(|document| document.published.is_none());
    undated.for_each(|document| document.near_date = near);
    documents.iter_mut().for_each(posts::settle);
}

/// The latest day on which a report of the story was published, where all that say so are near it.
fn near_date(documents: &[Document]) -> Option<Date> {
    let dates = || documents.iter().filter_map(|document| Some(document.published.as_ref()?.date));
    dates().max().filter(|latest| dates().all(|date| days_between(date, *latest) <= NEAR_DAYS))
}

/// Reports of one story are dated within so many days of each other, as a rule.
pub const NEAR_DAYS: i32 = 60;

fn days_between(one: Date, other: Date) -> i32 {
    one.until(other).map_or(i32::MAX, |span| span.get_days().abs())
}
