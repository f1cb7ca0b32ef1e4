//! Workflow commands, for annotations in a GitHub job: the gravest few, and one line that counts the rest.

use std::io::{self, Write};

use super::untrusted::visible;
use super::{Report, StoryReport, counted};
use crate::document::Place;
use crate::finding::{Finding, Severity};

/// The most annotations of one level: a step shows ten of each, and one notice counts the rest.
const MOST_OF_A_LEVEL: usize = 9;

pub(super) fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let mut findings = report.findings();
    findings.retain(|(_, finding)| finding.accepted.is_none());
    let mut more = Vec::new();
    for own in findings.chunk_by(|(_, one), (_, other)| one.severity == other.severity) {
        for (story, finding) in own.iter().take(MOST_OF_A_LEVEL) {
            write_finding(story, finding, out)?;
        }
        if let Some((_, next)) = own.get(MOST_OF_A_LEVEL) {
            more.push(counted(own.len() - MOST_OF_A_LEVEL, &format!("more {}", next.severity.as_str())));
        }
    }
    if more.is_empty() {
        return Ok(());
    }
    writeln!(
        out,
        "::notice title=crosscheck::{}: `--output report.md` writes all of them to a file",
        more.join(", ")
    )
}

fn write_finding(story: &StoryReport, finding: &Finding, out: &mut dyn Write) -> io::Result<()> {
    let level = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let title = match finding.topic.and_then(|id| story.topics.get(id)) {
        Some(topic) => format!("{}: {}", finding.rule, topic.label),
        None => finding.rule.to_owned(),
    };
    let place = place(story, finding);
    let message = message(story, finding);
    writeln!(out, "::{level} {place}title={}::{message}", property(&title))
}

/// Where the first figure stands; columns are told on one line alone.
fn place(story: &StoryReport, finding: &Finding) -> String {
    let Some(document) = story.home(finding) else { return String::new() };
    let file = format!("file={},", property(&document.path));
    let Some(claim) = story.claims_of(finding).next() else { return file };
    match (claim.place, document.place_behind(&claim.text)) {
        (Place::Line { line, column }, Place::Line { line: end_line, column: end_column })
            if line == end_line =>
        {
            format!("{file}line={line},endLine={line},col={column},endColumn={end_column},")
        }
        (Place::Line { line, .. }, Place::Line { line: end_line, .. }) => {
            format!("{file}line={line},endLine={end_line},")
        }
        (Place::Line { .. } | Place::Page { .. } | Place::Paragraph { .. }, _) => file,
    }
}

/// The finding, the other sides with their places, the likely causes and what to do, line by line.
fn message(story: &StoryReport, finding: &Finding) -> String {
    let sides = finding.sides.iter().skip(1).filter_map(|side| story.told(*side.claims.first()?));
    let causes = finding.causes.iter().map(|cause| format!("likely cause, {}: {}", cause.cause, cause.why));
    let lines = std::iter::once(finding.message.clone()).chain(sides).chain(causes);
    let lines: Vec<String> = lines.chain([finding.advice.clone()]).map(|line| data(&line)).collect();
    lines.join("%0A")
}

/// Text behind the two colons.
fn data(text: &str) -> String {
    visible(text).replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Text before the two colons.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
