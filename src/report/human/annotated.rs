//! The draft on a terminal: its text with a mark behind each figure, and under each passage what its sources say.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

use super::layout::{Piece, wrapped};
use crate::coverage::Standing;
use crate::finding::{Finding, Severity};
use crate::report::article::{Article, Evidence, Figure, Passage, Stretch, is_head, sign};
use crate::report::untrusted::visible;
use crate::report::{StoryReport, Terminal, counted};

pub(super) fn write(
    story: &StoryReport,
    article: &Article<'_>,
    terminal: Terminal,
    out: &mut dyn Write,
) -> io::Result<()> {
    let pen = Pen { terminal };
    writeln!(out, "{}, held against {}\n", visible(&article.draft.path), article.sources)?;
    for passage in &article.passages {
        pen.line(&text(passage), 0, out)?;
        writeln!(out)?;
        for figure in &passage.figures {
            write_figure(story, figure, pen, out)?;
        }
        if !passage.figures.is_empty() {
            writeln!(out)?;
        }
    }
    Ok(())
}

/// How lines are drawn.
#[derive(Clone, Copy)]
struct Pen {
    terminal: Terminal,
}

impl Pen {
    /// Writes a line, wrapped; what follows on further lines is indented as the first one.
    fn line(self, pieces: &[Piece], indent: usize, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "{}", wrapped(pieces, indent, self.terminal))
    }
}

/// A passage with a mark behind each figure: "640 metres [1 ✓]".
fn text(passage: &Passage<'_>) -> Vec<Piece> {
    let plain = if is_head(passage.kind) { Style::new().bold() } else { Style::new() };
    let mut pieces = Vec::new();
    for stretch in &passage.text {
        match stretch {
            Stretch::Words(words) => pieces.push(Piece::new(visible(words), plain)),
            Stretch::Rule => pieces.push(Piece::new(" | ".to_owned(), Style::new().dimmed())),
            Stretch::Figure(quote, at) => {
                pieces.push(Piece::new(visible(quote), plain.bold()));
                if let Some(figure) = passage.figures.get(*at) {
                    let mark = format!("\u{a0}[{}\u{a0}{}]", figure.number, sign(figure.standing));
                    pieces.push(Piece::new(mark, style(figure.standing)));
                }
            }
        }
    }
    pieces
}

fn style(standing: &Standing) -> Style {
    let colour = match standing {
        Standing::Corroborated { .. } => AnsiColor::Green,
        Standing::Alone => AnsiColor::Yellow,
        Standing::Disputed { .. } => AnsiColor::Red,
        Standing::Superseded { .. } => AnsiColor::Magenta,
        Standing::NotChecked { .. } => return Style::new().dimmed(),
    };
    colour.on_default().bold()
}

fn write_figure(story: &StoryReport, figure: &Figure<'_>, pen: Pen, out: &mut dyn Write) -> io::Result<()> {
    let head = [
        Piece::new(format!("{} {} ", figure.number, sign(figure.standing)), style(figure.standing)),
        Piece::new(format!("“{}”", visible(figure.quote)), Style::new().bold()),
        Piece::plain(format!(" {}", visible(&figure.verdict))),
    ];
    pen.line(&head, 2, out)?;
    for (bearing, quoted, more) in figure.quoted() {
        for found in quoted {
            write_evidence(found, pen, out)?;
        }
        if more > 0 {
            let verb = bearing.as_str();
            pen.line(&[Piece::plain(format!("and {} more: {verb}", counted(more, "source")))], 6, out)?;
        }
    }
    for finding in &figure.findings {
        write_finding(story, finding, pen, out)?;
    }
    for number in &figure.see {
        pen.line(&[Piece::plain(format!("see figure {number}"))], 6, out)?;
    }
    Ok(())
}

/// Who says what, and where: "says so: Tern Post, 2026-03-03, a.txt:5", then the sentence.
fn write_evidence(found: &Evidence<'_>, pen: Pen, out: &mut dyn Write) -> io::Result<()> {
    let who = if found.who.is_empty() { String::new() } else { format!("{}, ", visible(&found.who)) };
    let also = match found.also.as_slice() {
        [] => String::new(),
        places => format!("; the same source: {}", visible(&places.join(", "))),
    };
    let place = format!("{}:{}", visible(&found.document.path), found.line);
    pen.line(&[Piece::plain(format!("{}: {who}{place}{also}", found.bearing.as_str()))], 6, out)?;
    let [before, figure, behind] = &found.quotation;
    let quotation = [
        Piece::plain(format!("“{}", visible(before))),
        Piece::new(format!("*{}*", visible(figure)), Style::new().bold()),
        Piece::plain(format!("{}”", visible(behind))),
    ];
    pen.line(&quotation, 8, out)?;
    match &found.reads {
        Some(reads) => pen.line(&[Piece::plain(format!("reads {}", visible(reads)))], 8, out),
        None => Ok(()),
    }
}

fn write_finding(story: &StoryReport, finding: &Finding, pen: Pen, out: &mut dyn Write) -> io::Result<()> {
    let colour = match finding.severity {
        Severity::Error => AnsiColor::Red,
        Severity::Warning => AnsiColor::Yellow,
        Severity::Note => AnsiColor::Green,
    };
    let head = [
        Piece::new(format!("{}[{}]", finding.severity.as_str(), finding.rule), colour.on_default().bold()),
        Piece::plain(format!(": {}", visible(&finding.message))),
    ];
    pen.line(&head, 6, out)?;
    if finding.severity == Severity::Note {
        return Ok(());
    }
    for (name, told) in super::notes(story, finding) {
        pen.line(&[Piece::plain(format!("{name}: {}", visible(&told)))], 8, out)?;
    }
    Ok(())
}
