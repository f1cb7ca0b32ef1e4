//! `crosscheck extract`: the claims alone.

use std::io;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use crosscheck::document::{Format, Known, read_bytes};
use crosscheck::error::Error;
use crosscheck::report::{self, Report, counted};
use crosscheck::settings::Settings;
use crosscheck::stream::{self, at_column};
use rayon::prelude::*;
use serde::Deserialize;
use serde_json::Value;

use super::{Outcome, Reading, Talk, config, input, output};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Folders and files
    #[arg(value_name = "PATH", required_unless_present = "jsonl", conflicts_with = "jsonl")]
    paths: Vec<PathBuf>,

    /// Read documents as JSON lines, {"id", "text", "language"?, "published"?}, from the standard input and write one
    /// line of claims for each, in order
    #[arg(long)]
    jsonl: bool,

    /// How the claims are written
    #[arg(long, short, value_enum, value_name = "FORMAT", default_value_t = FormatName::Human, conflicts_with = "jsonl")]
    format: FormatName,

    /// Tell how each claim was read, step by step
    #[arg(long, conflicts_with = "jsonl")]
    explain: bool,

    #[command(flatten)]
    reading: Reading,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FormatName {
    /// A line for each claim
    Human,
    /// For programs
    Json,
    /// A line of JSON for each document and claim, which `reconcile` takes
    Lines,
}

pub(super) fn run(arguments: &Arguments, talk: Talk) -> Result<Outcome, Error> {
    if arguments.jsonl {
        return jsonl(&config::of_no_file(&arguments.reading)?);
    }
    let stories = super::stories::named(&arguments.paths, &[])?;
    let files: usize = stories.iter().map(|story| story.files.len()).sum();
    let on = format!("reading {}", counted(files, "report"));
    let prepared = config::prepare(&arguments.reading, stories)?;
    let report = talk.working(&on, || {
        let stories = prepared.iter().map(|one| crosscheck::extract_story(&one.story, &one.settings));
        Report { stories: stories.collect(), command: Vec::new() }
    });
    talk.files(&report);
    let reader = output::to_stdout(|out| match arguments.format {
        FormatName::Human => report::write_claims_human(&report, arguments.explain, out),
        FormatName::Json => report::write_claims_json(&report, arguments.explain, out),
        FormatName::Lines => report.stories.iter().try_for_each(|story| stream::write(story, out)),
    })?;
    let summary = report.summary();
    let told = format!("{} in {}", counted(summary.claims, "claim"), counted(summary.documents, "document"));
    let outcome = match summary.unread {
        0 => Outcome::new(0, told),
        unread => {
            Outcome::new(2, format!("{} not read, or only in part; {told}", counted(unread, "document")))
        }
    };
    Ok(outcome.unless_left(reader))
}

#[derive(Deserialize)]
struct Line {
    id: Value,
    text: String,
    language: Option<String>,
    published: Option<String>,
}

/// Lines that are worked on at a time, and the bytes from which on they are enough: memory does not grow with the input.
const BATCH: usize = 512;
const BATCH_BYTES: usize = 4 << 20;

/// The next lines of the input, each with its index; none at its end.
fn next_batch(
    lines: &mut impl Iterator<Item = (usize, io::Result<String>)>,
) -> Vec<(usize, io::Result<String>)> {
    let mut batch = Vec::new();
    let mut bytes = 0;
    while batch.len() < BATCH
        && bytes < BATCH_BYTES
        && let Some((idx, line)) = lines.next()
    {
        bytes += line.as_ref().map_or(BATCH_BYTES, String::len);
        batch.push((idx, line));
    }
    batch
}

fn jsonl(settings: &Settings) -> Result<Outcome, Error> {
    let mut documents = 0;
    let mut stdin = io::stdin().lock();
    let mut lines = std::iter::from_fn(|| input::line(&mut stdin)).enumerate();
    let mut failure = None;
    let reader = output::to_stdout(|out| {
        loop {
            let batch = next_batch(&mut lines);
            if batch.is_empty() {
                return Ok(());
            }
            let answers: Vec<Result<Option<String>, Error>> =
                batch.into_par_iter().map(|(idx, line)| answer(idx + 1, line, settings)).collect();
            for answer in answers {
                match answer {
                    Ok(Some(answer)) => {
                        documents += 1;
                        out.write_all(answer.as_bytes())?;
                    }
                    Ok(None) => {}
                    Err(error) => {
                        failure = Some(error);
                        return Ok(());
                    }
                }
            }
            out.flush()?;
        }
    })?;
    match failure {
        Some(error) => Err(error),
        None => Ok(Outcome::new(0, counted(documents, "document")).unless_left(reader)),
    }
}

/// The line of claims for a line of the input; none for one without a document.
fn answer(number: usize, line: io::Result<String>, settings: &Settings) -> Result<Option<String>, Error> {
    let problem = |problem: String| Error::ExpectedDocument { line: number, problem };
    let line = line.map_err(|cause| problem(cause.to_string()))?;
    let line = line.trim_start_matches('\u{feff}');
    if line.trim().is_empty() {
        return Ok(None);
    }
    let Line { id, text, language, published } =
        serde_json::from_str(line).map_err(|cause| problem(at_column(&cause)))?;
    let published = match published {
        Some(date) => Some(date.get(..10).unwrap_or(&date).parse().map_err(|_| {
            problem(format!("expected a date such as 2026-07-02 in \"published\", found `{date}`"))
        })?),
        None => None,
    };
    let name = id.as_str().map_or_else(|| id.to_string(), str::to_owned);
    let document = read_bytes(&name, Format::Text, text.as_bytes(), &Known { language, published });
    let claims = crosscheck::claims_of(&document, settings);
    Ok(Some(report::claims_line(&id, &document, &claims)))
}
