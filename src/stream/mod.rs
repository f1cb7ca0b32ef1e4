//! Stories as JSON lines: a line for each document and each claim, story by story. `crosscheck extract --format lines`
//! writes them, `crosscheck reconcile` takes them; the page `docs/commands.md` tells what stands on a line.
//!
//! A claim's line is its shape in the JSON report and, under `read`, what judging needs beyond it; a document's line is
//! its shape there and its file's text. Judged again they give what the files gave.

mod claim;
mod document;

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::error::Category;

use crate::document::{Document, settle_dates};
use crate::limit;
use crate::normalise::Claim;
use crate::report::{StoryReport, json_line};
use claim::ClaimLine;
use document::DocumentLine;

/// A story that was read elsewhere.
#[derive(Debug, Clone, Default)]
pub struct Told {
    /// The story's name.
    pub name: String,
    /// Its documents, by path.
    pub documents: Vec<Document>,
    /// Its claims, by document and in the order of their lines.
    pub claims: Vec<Claim>,
    /// The claims' ids on their lines.
    pub claim_ids: Vec<String>,
    /// Files that lie among its documents and are none.
    pub left_out: Vec<String>,
}

/// A line that cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The line, 1-based.
    pub line: usize,
    /// What was expected, what was found, what to do.
    pub what: String,
}

/// Takes lines and gives back each story once the next one begins.
#[derive(Debug, Default)]
pub struct Stories {
    open: Option<Gathering>,
    /// The last line of each story that is over.
    over: BTreeMap<String, usize>,
    /// What is wrong with the line that ended a story, told behind that story.
    behind: Option<Problem>,
}

impl Stories {
    /// Takes the next line, and gives the story that it ends by beginning another one. An empty line says nothing. What
    /// is wrong with a line that ends a story is told by the next call, or by [`Stories::behind`].
    ///
    /// # Errors
    ///
    /// Where the line is neither a document nor a claim, says a thing twice or is of a story that is over; and where the
    /// story that it ends does not hold together. Where the line before was bad and ended a story, that line's problem.
    pub fn take(&mut self, number: usize, text: &str) -> Result<Option<Told>, Problem> {
        if let Some(problem) = self.behind() {
            return Err(problem);
        }
        let text = text.trim_start_matches('\u{feff}');
        if text.trim().is_empty() {
            return Ok(None);
        }
        let problem = |what: String| Problem { line: number, what };
        let (kind, story) = Kind::of(text).map_err(problem)?;
        let ended = match &self.open {
            Some(open) if open.name != story => self.close()?,
            Some(_) | None => None,
        };
        match (self.add(number, story, kind, text).map_err(problem), &ended) {
            (Ok(()), _) => {}
            (Err(problem), Some(_)) => self.behind = Some(problem),
            (Err(problem), None) => return Err(problem),
        }
        Ok(ended)
    }

    /// What is wrong with the last line, where it ended a story that was given; told once.
    pub fn behind(&mut self) -> Option<Problem> {
        self.behind.take()
    }

    fn add(&mut self, number: usize, story: String, kind: Kind, text: &str) -> Result<(), String> {
        let line = Line::read(kind, text)?;
        if let Some(last) = self.over.get(&story) {
            return Err(format!(
                "expected the lines of a story beside each other, found more of `{story}`, which ended on line {last}; \
                 sort the lines by `story`"
            ));
        }
        let open = self.open.get_or_insert_with(|| Gathering { name: story, ..Gathering::default() });
        open.add(number, line)
    }

    /// Gives the last story, if there is one.
    ///
    /// # Errors
    ///
    /// Where it does not hold together; where the last line was bad and ended a story, that line's problem.
    pub fn close(&mut self) -> Result<Option<Told>, Problem> {
        if let Some(problem) = self.behind() {
            return Err(problem);
        }
        let Some(open) = self.open.take() else { return Ok(None) };
        self.over.insert(open.name.clone(), open.last);
        open.told().map(Some)
    }
}

enum Line {
    Document(Box<DocumentLine>),
    Claim(Box<ClaimLine>),
    LeftOut(LeftOutLine),
}

/// What lies among a story's documents and was not read, being none.
#[derive(Serialize, Deserialize)]
struct LeftOutLine {
    story: Value,
    left_out: Vec<String>,
}

/// What tells of which story and of which kind a line is.
#[derive(Deserialize)]
#[serde(expecting = "an object")]
struct Kind {
    story: Option<Value>,
    path: Option<IgnoredAny>,
    document: Option<IgnoredAny>,
    left_out: Option<IgnoredAny>,
}

impl Kind {
    /// A line's kind and its story's name.
    fn of(text: &str) -> Result<(Kind, String), String> {
        let kind: Kind = serde_json::from_str(text).map_err(|cause| match cause.classify() {
            // A report of `--format json` is spread over many lines.
            Category::Eof => {
                format!("{}; `crosscheck extract --format lines` writes such lines", of_json(&cause))
            }
            Category::Io | Category::Syntax | Category::Data => of_json(&cause),
        })?;
        let story = kind.story.as_ref().map(|story| name("story", story)).transpose()?;
        match story {
            Some(story) => Ok((kind, story)),
            // Which key is missing first is told with the line's kind.
            None => Line::read(kind, text)
                .and(Err("expected a text or a number in `story`, found none".to_owned())),
        }
    }
}

fn of_json(cause: &serde_json::Error) -> String {
    format!("expected a claim or a document of a story on one line: {}", at_column(cause))
}

impl Line {
    fn read(kind: Kind, text: &str) -> Result<Line, String> {
        match (kind.document, kind.path, kind.left_out) {
            (Some(_), ..) => serde_json::from_str(text).map(|line| Line::Claim(Box::new(line))),
            (None, Some(_), _) => serde_json::from_str(text).map(|line| Line::Document(Box::new(line))),
            (None, None, Some(_)) => serde_json::from_str(text).map(Line::LeftOut),
            (None, None, None) => {
                return Err(
                    "expected `document`, as a claim has, or `path`, as a document has, found neither"
                        .to_owned(),
                );
            }
        }
        .map_err(|cause| of_json(&cause))
    }
}

/// What is wrong with a line of JSON, and at which column: its line is always the first of one.
#[must_use]
pub fn at_column(cause: &serde_json::Error) -> String {
    let told = cause.to_string();
    let what = told.split(" at line ").next().unwrap_or(&told);
    format!("{what}, column {}", cause.column())
}

/// A name or an id: a text, or a number as its digits.
fn name(key: &str, value: &Value) -> Result<String, String> {
    match value {
        Value::String(text) if !text.is_empty() => Ok(text.clone()),
        Value::Number(number) => Ok(number.to_string()),
        Value::String(_) | Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => {
            Err(format!("expected a text or a number in `{key}`, found `{value}`"))
        }
    }
}

/// The lines of one story.
#[derive(Debug, Default)]
struct Gathering {
    name: String,
    last: usize,
    documents: BTreeMap<String, (usize, DocumentLine)>,
    claims: BTreeMap<String, Vec<Numbered>>,
    /// The line of each claim's id.
    ids: BTreeMap<String, usize>,
    left_out: Vec<String>,
}

/// A claim with its line and its id.
#[derive(Debug)]
struct Numbered {
    number: usize,
    id: String,
    line: ClaimLine,
}

impl Gathering {
    fn add(&mut self, number: usize, line: Line) -> Result<(), String> {
        self.last = number;
        let twice = |what: &str, before: usize| {
            format!("expected {what} once in a story, found it on line {before} already")
        };
        match line {
            Line::Document(line) => {
                let path = name("path", &line.path)?;
                if let Some((before, _)) = self.documents.get(&path) {
                    return Err(twice(&format!("the document `{path}`"), *before));
                }
                self.documents.insert(path, (number, *line));
            }
            Line::LeftOut(line) => self.left_out.extend(line.left_out),
            Line::Claim(line) => {
                let id = name("id", &line.id)?;
                if let Some(before) = self.ids.insert(id.clone(), number) {
                    return Err(twice(&format!("the claim `{id}`"), before));
                }
                if limit::NUMBERS < self.ids.len() {
                    return Err(format!("expected at most {} claims in a story, found more", limit::NUMBERS));
                }
                let document = name("document", &line.document)?;
                self.claims.entry(document).or_default().push(Numbered { number, id, line: *line });
            }
        }
        Ok(())
    }

    /// The story whole: its documents by path, each with its claims.
    fn told(mut self) -> Result<Told, Problem> {
        for path in self.claims.keys() {
            self.documents.entry(path.clone()).or_insert_with(|| (self.last, DocumentLine::default()));
        }
        let mut told = Told { name: self.name, left_out: self.left_out, ..Told::default() };
        let mut lines = Vec::new();
        for (path, (number, line)) in self.documents {
            let claims = self.claims.remove(&path).unwrap_or_default();
            let (mut document, stands) = document::read(&path, (number, &line), &claims)?;
            document.id = told.documents.len();
            told.documents.push(document);
            lines.push((number, line, claims.into_iter().zip(stands)));
        }
        settle_dates(&mut told.documents);
        for (document, (number, line, claims)) in told.documents.iter_mut().zip(lines) {
            line.date(document).map_err(|what| Problem { line: number, what })?;
            let mut roots = BTreeMap::new();
            for (Numbered { number, id, line }, stand) in claims {
                let claim = line.claim(stand, &roots).map_err(|what| Problem { line: number, what })?;
                if claim.restates.is_none() {
                    roots.insert(id.clone(), told.claims.len());
                }
                let post = document.post_at(claim.text.start);
                told.claims.push(Claim { id: told.claims.len(), document: document.id, post, ..claim });
                told.claim_ids.push(id);
            }
        }
        Ok(told)
    }
}

/// Writes the lines of a story whose claims were read.
///
/// # Errors
///
/// Only where writing fails.
pub fn write(story: &StoryReport, out: &mut dyn Write) -> io::Result<()> {
    if !story.others.is_empty() {
        let line = LeftOutLine { story: story.name.as_str().into(), left_out: story.others.clone() };
        out.write_all(json_line(&line).as_bytes())?;
    }
    let mut claims = story.claims.iter().peekable();
    for document in &story.documents {
        out.write_all(document::line(&story.name, document).as_bytes())?;
        while let Some(claim) = claims.next_if(|claim| claim.document == document.id) {
            out.write_all(claim::line(&story.name, document, claim).as_bytes())?;
        }
    }
    Ok(())
}
