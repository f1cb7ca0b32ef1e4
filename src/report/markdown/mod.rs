//! Markdown: a report an editor can paste. Summary first, then a table for each disagreement.

mod annotated;

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::article::article;
use super::untrusted::{link_target, markdown};
use super::{Report, StoryReport, counted, in_words};
use crate::finding::{Finding, Severity};
use crate::normalise::Claim;
use crate::reconcile::Verdict;
use crate::reconcile::cause::Cause;

pub(super) fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let summary = report.summary();
    writeln!(out, "# Numbers compared\n")?;
    writeln!(
        out,
        "{} in {} with {}; {}{}.\n",
        summary.findings(),
        counted(summary.documents, "document"),
        counted(summary.claims, "claim"),
        summary.draft().unwrap_or_else(|| summary.standings.to_string()),
        if summary.unread == 0 {
            String::new()
        } else {
            format!("; **not read, or only in part: {}**", counted(summary.unread, "document"))
        }
    )?;
    for story in &report.stories {
        write_story(report, story, out)?;
    }
    Ok(())
}

fn write_story(report: &Report, story: &StoryReport, out: &mut dyn Write) -> io::Result<()> {
    if report.stories.len() > 1 {
        writeln!(out, "## {}\n", markdown(&story.name))?;
    }
    let article = article(story);
    if let Some(article) = &article {
        annotated::write(story, article, out)?;
        for finding in &article.others {
            write_finding(story, finding, out)?;
        }
        write_suspects(story, out)?;
    } else {
        write_suspects(story, out)?;
        for finding in story.open() {
            write_finding(story, finding, out)?;
        }
        write_agreements(story, out)?;
        write_alone(story, out)?;
        write_not_checked(story, out)?;
    }
    write_explained(story, out)?;
    write_accepted(story, out)?;
    write_documents(story, out)
}

fn write_finding(story: &StoryReport, finding: &Finding, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "### {}: {}\n", mark(finding.severity), markdown(&finding.message))?;
    if !finding.sides.is_empty() {
        writeln!(
            out,
            "| who | says | reads as | in {} |\n| --- | --- | --- | --- |",
            markdown(&story.settings.base)
        )?;
        for side in &finding.sides {
            write_side(story, &side.claims, out)?;
        }
        writeln!(out)?;
    }
    for note in notes(story, finding) {
        writeln!(out, "- {note}")?;
    }
    writeln!(out)
}

/// The word for a severity.
fn mark(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "Error",
        Severity::Warning => "Warning",
        Severity::Note => "Note",
    }
}

/// What is to be said of a finding beside its figures, in Markdown.
fn notes(story: &StoryReport, finding: &Finding) -> Vec<String> {
    let mut notes: Vec<String> = finding.working.iter().map(|step| markdown(step)).collect();
    let cause =
        |cause: &Cause| format!("**Likely cause, {}:** {}", markdown(cause.cause), markdown(&cause.why));
    notes.extend(finding.causes.iter().map(cause));
    notes.extend(story.balance(finding).map(|told| format!("**Sources:** {}", markdown(&told))));
    notes.extend(story.lineage(finding).map(|told| format!("**Printed first:** {}", markdown(&told))));
    notes.push(format!("**What to do:** {}", markdown(&finding.advice)));
    notes.push(format!("**Finding:** `{}`, {}", finding.id, finding.rule));
    notes
}

/// The figures whose correction would clear most; one finding alone says it itself.
fn write_suspects(story: &StoryReport, out: &mut dyn Write) -> io::Result<()> {
    if story.to_clear() < 2 {
        return Ok(());
    }
    writeln!(out, "### Check first\n")?;
    for (idx, suspect) in story.coverage.suspects.iter().enumerate() {
        if let Some(told) = story.told_suspect(suspect) {
            let instead = story.told_instead(suspect).map(|told| format!(", or {told}")).unwrap_or_default();
            let clears = story.told_clears(suspect);
            writeln!(out, "{}. {}{}: {}", idx + 1, markdown(&told), markdown(&instead), markdown(&clears))?;
        }
    }
    writeln!(out)
}

/// A row for each report and wording of a side; repeats are counted.
fn write_side(story: &StoryReport, ids: &[usize], out: &mut dyn Write) -> io::Result<()> {
    let mut rows: Vec<(&Claim, usize)> = Vec::new();
    let mut place: BTreeMap<(usize, String), usize> = BTreeMap::new();
    for claim in ids.iter().filter_map(|id| story.claims.get(*id)) {
        let key = (claim.document, claim.quantity.to_string());
        match place.get(&key).and_then(|idx| rows.get_mut(*idx)) {
            Some((_, times)) => *times += 1,
            None => {
                place.insert(key, rows.len());
                rows.push((claim, 1));
            }
        }
    }
    for (claim, times) in rows {
        let Some(document) = story.documents.get(claim.document) else {
            continue;
        };
        let line = claim.place.line();
        let again = if times > 1 { format!(", and {} more", times - 1) } else { String::new() };
        writeln!(
            out,
            "| [{}:{line}]({}#L{line}) {}{again} | “{}” | {} | {} |",
            markdown(&document.path),
            link_target(&document.path),
            claim.block.as_str(),
            markdown(document.slice(&claim.text)),
            markdown(&in_words(claim)),
            markdown(&story.in_base(claim).unwrap_or_else(|| "–".to_owned()))
        )?;
    }
    Ok(())
}

fn write_agreements(story: &StoryReport, out: &mut dyn Write) -> io::Result<()> {
    let agreed: Vec<_> = story.topics.iter().filter(|topic| topic.verdict == Verdict::Agree).collect();
    if agreed.is_empty() {
        return Ok(());
    }
    writeln!(
        out,
        "### What agrees\n\n| what | figure | independent sources | printed first in | repeated in |\n\
         | --- | --- | --- | --- | --- |"
    )?;
    for topic in agreed {
        let shown = topic.lineage.first.or(topic.claims.first().copied());
        let Some(quote) = shown.and_then(|id| story.quote(id)) else {
            continue;
        };
        let path = |id: &usize| story.document_of(*id).map(|document| markdown(&document.path));
        let first = topic.lineage.first.as_ref().and_then(path).unwrap_or_else(|| "–".to_owned());
        let repeats: Vec<String> = topic.lineage.repeats.iter().filter_map(path).collect();
        let repeats = if repeats.is_empty() { "–".to_owned() } else { repeats.join(", ") };
        writeln!(
            out,
            "| {} | “{}” | {} | {first} | {repeats} |",
            markdown(&topic.label),
            markdown(quote),
            topic.witnesses()
        )?;
    }
    writeln!(out)
}

/// The claims to which no independent source speaks, by report.
fn write_alone(story: &StoryReport, out: &mut dyn Write) -> io::Result<()> {
    let mut reports: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
    for claim in story.alone() {
        if let Some(quote) = story.quote(claim.id) {
            reports.entry(claim.document).or_default().push(quote);
        }
    }
    if reports.is_empty() {
        return Ok(());
    }
    writeln!(out, "### What one source alone says\n")?;
    for (report, quotes) in reports {
        let Some(document) = story.documents.get(report) else { continue };
        let told: Vec<String> =
            quotes.iter().take(MOST_QUOTES).map(|quote| format!("“{}”", markdown(quote))).collect();
        let more = if quotes.len() > told.len() { ", …" } else { "" };
        writeln!(out, "- {} ({}): {}{more}", markdown(&document.path), quotes.len(), told.join(", "))?;
    }
    writeln!(out)
}

/// Quotations that a list shows; more are counted.
const MOST_QUOTES: usize = 6;

fn write_not_checked(story: &StoryReport, out: &mut dyn Write) -> io::Result<()> {
    let mut reasons: BTreeMap<&str, Vec<&Claim>> = BTreeMap::new();
    for (claim, why) in story.not_compared() {
        reasons.entry(why).or_default().push(claim);
    }
    if reasons.is_empty() {
        return Ok(());
    }
    writeln!(out, "### What was not checked\n")?;
    for (why, claims) in reasons {
        let quotes: Vec<String> = claims
            .iter()
            .filter_map(|claim| {
                story.documents.get(claim.document).map(|document| document.slice(&claim.text))
            })
            .take(MOST_QUOTES)
            .map(|quote| format!("“{}”", markdown(quote)))
            .collect();
        let more = if claims.len() > quotes.len() { ", …" } else { "" };
        writeln!(out, "- {} ({}): {}{more}", markdown(why), claims.len(), quotes.join(", "))?;
    }
    writeln!(out)
}

/// Which claims were taken together, which like ones were not, and why, where the settings ask for it.
fn write_explained(story: &StoryReport, out: &mut dyn Write) -> io::Result<()> {
    let (topics, misses): (Vec<_>, _) = (story.explained().collect(), &story.near_misses);
    if !topics.is_empty() {
        writeln!(out, "### What was taken together, and why\n")?;
        for (label, links) in topics {
            writeln!(out, "- {}", markdown(label))?;
            links.iter().try_for_each(|told| writeln!(out, "  - {}", markdown(told)))?;
        }
        writeln!(out)?;
    }
    if !misses.is_empty() {
        writeln!(out, "### Like figures that were not taken together\n")?;
        let told = misses.iter().filter_map(|miss| story.told_miss(miss));
        told.map(|told| markdown(&told)).try_for_each(|told| writeln!(out, "- {told}"))?;
        writeln!(out)?;
    }
    Ok(())
}

/// The findings that no longer count, each with the reason.
fn write_accepted(story: &StoryReport, out: &mut dyn Write) -> io::Result<()> {
    if story.accepted().next().is_none() {
        return Ok(());
    }
    writeln!(out, "### Accepted\n")?;
    for (finding, acceptance) in story.accepted() {
        writeln!(
            out,
            "- `{}`, {}: {}. **Reason:** {}",
            finding.id,
            finding.rule,
            markdown(&finding.message),
            markdown(&story.told_acceptance(acceptance))
        )?;
    }
    writeln!(out)
}

fn write_documents(story: &StoryReport, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "### Documents\n\n| document | outlet | published | read |\n| --- | --- | --- | --- |")?;
    for document in &story.documents {
        let read = match &document.status {
            crate::document::Status::Read => "yes".to_owned(),
            crate::document::Status::Partly(reason) => format!("in part: {}", markdown(reason)),
            crate::document::Status::Skipped(reason) => format!("no: {}", markdown(reason)),
        };
        let published =
            document.published.as_ref().map_or_else(|| "not stated".to_owned(), |when| when.date.to_string());
        writeln!(
            out,
            "| [{}]({}){} | {} | {published} | {read} |",
            markdown(&document.path),
            link_target(&document.path),
            if document.is_draft { ", the draft" } else { "" },
            markdown(document.outlet.as_deref().unwrap_or("–"))
        )?;
    }
    for remark in story.told_remarks() {
        writeln!(out, "\n{}", markdown(&remark))?;
    }
    if let Some(date) = story.as_of {
        writeln!(out, "\nUndated reports are taken to speak of {date}.")?;
    }
    if !story.others.is_empty() {
        let names: Vec<String> = story.others.iter().map(|name| markdown(name)).collect();
        writeln!(out, "\nLeft out, no reports by their names: {}.", names.join(", "))?;
    }
    writeln!(out)
}
