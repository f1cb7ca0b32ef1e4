//! For the terminal: the two quotations first, then the arithmetic, the cause, and what to do.

mod annotated;
mod layout;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use std::io::{self, Write};

use super::article::article;
use super::untrusted::{link_target, visible};
use super::words::is_as_printed;
use super::{Colour, Report, StoryReport, Terminal, counted, in_words};
use crate::document::Document;
use crate::finding::{Finding, Severity};
use crate::normalise::{Claim, Compared};
use crate::quantity::interval_in_words;

/// Findings of a story that are shown with their quotations; each one more is a line.
const MOST_QUOTED: usize = 100;
/// Quotations shown of one side; more are counted.
const MOST_OF_A_SIDE: usize = 2;

pub(super) fn write(report: &Report, terminal: Terminal, out: &mut dyn Write) -> io::Result<()> {
    for story in &report.stories {
        if report.stories.len() > 1 {
            writeln!(out, "Story {}\n", visible(&story.name))?;
        }
        let article = article(story);
        if let Some(article) = &article {
            annotated::write(story, article, terminal, out)?;
        }
        let findings: Vec<&Finding> =
            article.map_or_else(|| story.open().collect(), |article| article.others);
        for finding in findings.iter().take(MOST_QUOTED) {
            write_finding(story, finding, terminal, out)?;
        }
        write_more(findings.get(MOST_QUOTED..).unwrap_or_default(), out)?;
        write_links(story, out)?;
        write_near_misses(story, out)?;
        write_suspects(story, out)?;
        write_accepted(story, out)?;
        write_close(story, out)?;
    }
    let summary = report.summary();
    writeln!(
        out,
        "{}, {}: {}\n{}",
        counted(summary.documents, "document"),
        counted(summary.claims, "claim"),
        summary.findings(),
        summary.draft().unwrap_or_else(|| format!(
            "{}: {}",
            counted(summary.claims, "claim"),
            summary.standings
        ))
    )
}

fn renderer(terminal: Terminal) -> Renderer {
    match terminal.colour {
        Colour::On | Colour::Linked => Renderer::styled(),
        Colour::Off => Renderer::plain(),
    }
    .term_width(terminal.quotation())
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    }
}

fn write_finding(
    story: &StoryReport,
    finding: &Finding,
    terminal: Terminal,
    out: &mut dyn Write,
) -> io::Result<()> {
    let title = level(finding.severity).primary_title(visible(&finding.message)).id(finding.rule);
    let mut group = Group::with_title(title);
    for side in &finding.sides {
        let mut shown = 0;
        for claim in side.claims.iter().filter_map(|id| story.claims.get(*id)) {
            if claim.restates.is_some_and(|root| side.claims.contains(&root)) {
                continue;
            }
            if shown == MOST_OF_A_SIDE {
                break;
            }
            let Some(document) = story.documents.get(claim.document) else {
                continue;
            };
            group = quote(group, document, claim, terminal.colour);
            shown += 1;
        }
    }
    let mut notes = notes(story, finding);
    if let Some(told) = repeats(story, finding) {
        notes.insert(finding.working.len() + finding.causes.len(), ("repeats", told));
    }
    for (name, text) in notes {
        group = group.element(Level::NOTE.with_name(name).message(visible(&text)));
    }
    writeln!(out, "{}\n", renderer(terminal).render(&[group]))
}

/// What is to be said of a finding beside its quotations, each with its name.
fn notes(story: &StoryReport, finding: &Finding) -> Vec<(&'static str, String)> {
    let mut notes: Vec<(&str, String)> =
        finding.working.iter().map(|step| ("working", step.clone())).collect();
    notes.extend(finding.causes.iter().map(|cause| ("cause", format!("{}: {}", cause.cause, cause.why))));
    notes.extend(story.balance(finding).map(|told| ("sources", told)));
    notes.extend(story.lineage(finding).map(|told| ("first", told)));
    notes.push(("advice", finding.advice.clone()));
    notes.push(("id", finding.id.clone()));
    notes
}

/// Where else the figures of a finding stand, which are not shown: "also in a.txt:5, b.txt:9".
fn repeats(story: &StoryReport, finding: &Finding) -> Option<String> {
    const MOST_TOLD: usize = 4;
    let hidden = |side: &crate::finding::Side| -> Vec<String> {
        let own = side.claims.iter().filter_map(|id| story.claims.get(*id));
        let own = own.filter(|claim| claim.restates.is_none_or(|root| !side.claims.contains(&root)));
        let place = |claim: &Claim| {
            Some(format!("{}:{}", story.documents.get(claim.document)?.path, claim.place.line()))
        };
        own.skip(MOST_OF_A_SIDE).filter_map(place).collect()
    };
    let mut places: Vec<String> = finding.sides.iter().flat_map(hidden).collect();
    places.dedup();
    let more = places.len().saturating_sub(MOST_TOLD);
    places.truncate(MOST_TOLD);
    if more > 0 {
        places.push(format!("{more} more"));
    }
    (!places.is_empty()).then(|| format!("also in {}", places.join(", ")))
}

/// Adds the line a claim stands in, with the claim underlined; the renderer cuts long lines around it.
fn quote<'a>(group: Group<'a>, document: &'a Document, claim: &Claim, colour: Colour) -> Group<'a> {
    /// Of a longer line, in bytes, the renderer is given a part: it looks at all that it has.
    const LONG: usize = 16 << 10;
    const AROUND: usize = 8 * Terminal::PLAIN.columns;
    let (line, column) = (claim.place.line(), claim.place.column());
    let (whole, length) = (document.line(line), claim_chars(document, claim));
    let is_long = whole.len() > LONG;
    let before = if is_long { (column - 1).min(AROUND) } else { column - 1 };
    let near = || whole.chars().skip(column - 1 - before).take(before + length + AROUND);
    let text = if is_long { visible(&near().collect::<String>()) } else { visible(whole) };
    let mut ends = text.char_indices().map(|(at, _)| at).chain([text.len()]).skip(before);
    let start = ends.next().unwrap_or(text.len());
    let end = ends.nth(length - 1).unwrap_or(text.len());
    let label = format!("reads {}", in_words(claim));
    let label = if is_as_printed(document.slice(&claim.text), claim) { None } else { Some(visible(&label)) };
    let annotation = AnnotationKind::Primary.span(start..end).label(label);
    let snippet = Snippet::source(text).line_start(line).annotation(annotation);
    let path = shown_path(document, colour);
    if is_long {
        // A part does not tell its column.
        group.element(Origin::path(path).line(line).char_column(column)).element(snippet)
    } else {
        group.element(snippet.path(path))
    }
}

/// The document's path, which a terminal that follows links opens.
fn shown_path(document: &Document, colour: Colour) -> String {
    let path = visible(&document.path);
    match document.file.as_deref().and_then(|file| file.to_str()) {
        Some(file) if colour == Colour::Linked => {
            format!("\x1b]8;;file://{}\x1b\\{path}\x1b]8;;\x1b\\", link_target(file))
        }
        Some(_) | None => path,
    }
}

/// The characters of a claim on its first line, at least one.
fn claim_chars(document: &Document, claim: &Claim) -> usize {
    let own = document.source.get(document.source_range(&claim.text)).unwrap_or_default();
    own.lines().next().unwrap_or_default().chars().count().max(1)
}

/// Which claims were taken together, and why, where the settings ask for it.
fn write_links(story: &StoryReport, out: &mut dyn Write) -> io::Result<()> {
    for (label, links) in story.explained() {
        writeln!(out, "taken together, {}:", visible(label))?;
        links.iter().try_for_each(|told| writeln!(out, "  {}", visible(told)))?;
    }
    Ok(())
}

/// Like claims that were not taken together, and why.
fn write_near_misses(story: &StoryReport, out: &mut dyn Write) -> io::Result<()> {
    for miss in &story.near_misses {
        if let Some(told) = story.told_miss(miss) {
            writeln!(out, "not taken together: {}", visible(&told))?;
        }
    }
    Ok(())
}

/// The figures whose correction would clear most; one finding alone says it itself.
fn write_suspects(story: &StoryReport, out: &mut dyn Write) -> io::Result<()> {
    let suspects = &story.coverage.suspects;
    if story.to_clear() < 2 {
        return Ok(());
    }
    writeln!(out, "check first:")?;
    for (idx, suspect) in suspects.iter().enumerate() {
        if let Some(told) = story.told_suspect(suspect) {
            writeln!(out, "  {}. {}", idx + 1, visible(&told))?;
            if let Some(instead) = story.told_instead(suspect) {
                writeln!(out, "     or {}", visible(&instead))?;
            }
            writeln!(out, "     {}", visible(&story.told_clears(suspect)))?;
        }
    }
    writeln!(out)
}

/// The findings behind those that a reader of a terminal gets to, a line each.
fn write_more(findings: &[&Finding], out: &mut dyn Write) -> io::Result<()> {
    if findings.is_empty() {
        return Ok(());
    }
    writeln!(out, "{} more; `--output report.html` shows them whole:", counted(findings.len(), "finding"))?;
    findings.iter().try_for_each(|finding| write_line(finding, out))?;
    writeln!(out)
}

fn write_line(finding: &Finding, out: &mut dyn Write) -> io::Result<()> {
    let Finding { id, rule, severity, message, .. } = finding;
    writeln!(out, "  {}[{rule}] {id}: {}", severity.as_str(), visible(message))
}

/// The findings that no longer count, a line each, with the reason.
fn write_accepted(story: &StoryReport, out: &mut dyn Write) -> io::Result<()> {
    if story.accepted().next().is_none() {
        return Ok(());
    }
    writeln!(out, "accepted:")?;
    for (finding, acceptance) in story.accepted() {
        write_line(finding, out)?;
        writeln!(out, "     reason: {}", visible(&story.told_acceptance(acceptance)))?;
    }
    writeln!(out)
}

/// What is left to say of a story: agreements, and files that hold no report.
fn write_close(story: &StoryReport, out: &mut dyn Write) -> io::Result<()> {
    for remark in &story.remarks {
        writeln!(out, "{}", visible(remark))?;
    }
    if let Some(date) = story.as_of {
        writeln!(out, "undated reports are taken to speak of {date}")?;
    }
    if !story.others.is_empty() {
        let names: Vec<String> = story.others.iter().take(3).map(|name| visible(name)).collect();
        let more = if story.others.len() > 3 { ", …" } else { "" };
        writeln!(
            out,
            "{} left out, no report by its name: {}{more}",
            counted(story.others.len(), "file"),
            names.join(", ")
        )?;
    }
    Ok(())
}

/// Writes the documents and claims of a run for a person; `explain` adds how each was read.
///
/// # Errors
///
/// Only where writing fails.
pub fn write_claims(report: &Report, explain: bool, out: &mut dyn Write) -> io::Result<()> {
    for story in &report.stories {
        for document in &story.documents {
            writeln!(out, "{}", visible(&document.path))?;
            if let crate::document::Status::Skipped(reason) | crate::document::Status::Partly(reason) =
                &document.status
            {
                writeln!(out, "  not read: {}", visible(reason))?;
            }
            for claim in story.claims.iter().filter(|claim| claim.document == document.id) {
                write_claim(document, claim, explain, out)?;
            }
        }
    }
    writeln!(out, "{}", counted(report.summary().claims, "claim"))
}

fn write_claim(document: &Document, claim: &Claim, explain: bool, out: &mut dyn Write) -> io::Result<()> {
    let place = claim.place.to_string();
    let measure = claim.measure.map(|id| format!("  {id}")).unwrap_or_default();
    let apart = match &claim.compared {
        Compared::Yes => String::new(),
        Compared::No(why) => format!("  (not compared: {why})"),
    };
    writeln!(
        out,
        "  {place:>7}  “{}”  {}{measure}{apart}",
        visible(document.slice(&claim.text)),
        claim.quantity
    )?;
    if explain {
        for step in &claim.steps(document) {
            writeln!(out, "           {}", visible(step))?;
        }
        let unit = &claim.quantity.unit;
        let (hard, soft) = (interval_in_words(&claim.hard, unit), interval_in_words(&claim.soft, unit));
        writeln!(out, "           holds {hard}; is taken as {soft}")?;
    }
    Ok(())
}
