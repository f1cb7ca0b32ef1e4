//! The draft in Markdown: each passage as a quotation with a mark behind each figure, and below it what its sources say.

use std::io::{self, Write};

use crate::finding::{Finding, Severity};
use crate::report::article::{Article, Evidence, Figure, Passage, Stretch, is_head, sign};
use crate::report::untrusted::{link_target, markdown};
use crate::report::{StoryReport, counted};

pub(super) fn write(story: &StoryReport, article: &Article<'_>, out: &mut dyn Write) -> io::Result<()> {
    let path = &article.draft.path;
    writeln!(out, "## [{}]({}), held against {}\n", markdown(path), link_target(path), article.sources)?;
    for passage in &article.passages {
        writeln!(out, "> {}\n", text(passage))?;
        for figure in &passage.figures {
            write_figure(story, figure, out)?;
        }
        if !passage.figures.is_empty() {
            writeln!(out)?;
        }
    }
    if !article.others.is_empty() {
        writeln!(out, "## Besides the draft's figures\n")?;
    }
    Ok(())
}

/// A passage with a mark behind each figure: "**640 metres** [1 ✓]".
fn text(passage: &Passage<'_>) -> String {
    let mut text = if is_head(passage.kind) { "### ".to_owned() } else { String::new() };
    for stretch in &passage.text {
        match stretch {
            Stretch::Words(words) => text.push_str(&markdown(words)),
            Stretch::Rule => text.push_str(" \\| "),
            Stretch::Figure(quote, at) => {
                let mark = passage.figures.get(*at);
                let mark = mark.map(|figure| format!(" \\[{} {}\\]", figure.number, sign(figure.standing)));
                text.push_str(&format!("{}{}", bold(quote), mark.unwrap_or_default()));
            }
        }
    }
    text
}

/// A figure in bold; the marks stand right at its first and last character, where alone they are read as such.
fn bold(text: &str) -> String {
    let figure = text.trim();
    if figure.is_empty() {
        return markdown(text);
    }
    let parts = text.split_once(figure).unwrap_or_default();
    format!("{}**{}**{}", markdown(parts.0), markdown(figure), markdown(parts.1))
}

fn write_figure(story: &StoryReport, figure: &Figure<'_>, out: &mut dyn Write) -> io::Result<()> {
    let Figure { number, standing, quote, verdict, .. } = figure;
    writeln!(out, "- **{number} {}** “{}” {}", sign(standing), markdown(quote), markdown(verdict))?;
    for (bearing, quoted, more) in figure.quoted() {
        for found in quoted {
            write_evidence(found, out)?;
        }
        if more > 0 {
            writeln!(out, "  - and {} more: {}", counted(more, "source"), bearing.as_str())?;
        }
    }
    for finding in &figure.findings {
        write_finding(story, finding, out)?;
    }
    for number in &figure.see {
        writeln!(out, "  - see figure {number}")?;
    }
    Ok(())
}

/// Who says what, and where.
fn write_evidence(found: &Evidence<'_>, out: &mut dyn Write) -> io::Result<()> {
    let who = if found.who.is_empty() { String::new() } else { format!("{}, ", markdown(&found.who)) };
    let path = &found.document.path;
    let place = format!("[{}:{}]({}#L{})", markdown(path), found.line, link_target(path), found.line);
    let also = match found.also.as_slice() {
        [] => String::new(),
        places => format!("; the same source: {}", markdown(&places.join(", "))),
    };
    let [before, figure, behind] = &found.quotation;
    let quotation = format!("“{}{}{}”", markdown(before), bold(figure), markdown(behind));
    let reads = found.reads.as_ref().map(|reads| format!(" (reads {})", markdown(reads))).unwrap_or_default();
    writeln!(out, "  - {}: {who}{place}{also}: {quotation}{reads}", found.bearing.as_str())
}

fn write_finding(story: &StoryReport, finding: &Finding, out: &mut dyn Write) -> io::Result<()> {
    let message = markdown(&finding.message);
    writeln!(out, "  - **{}, {}:** {message}", super::mark(finding.severity), finding.rule)?;
    if finding.severity == Severity::Note {
        return Ok(());
    }
    super::notes(story, finding).iter().try_for_each(|note| writeln!(out, "    - {note}"))
}
