//! Plain text: paragraphs, lines that stand alone, tables of tabs, and which line is the headline.

use std::ops::Range;

use super::builder::{Builder, Table};
use super::{Block, BlockKind, Document};
use crate::lang::words::{TokenKind, has_digit, tokens};
use crate::lang::{Lexicon, Term, date_at};

/// Lines of a text wrapped by hand are no longer than this.
const WRAP_COLUMNS: usize = 100;
/// A line of a wrapped paragraph, but for its last, is at least this long.
const WRAPPED_LINE: usize = 50;
/// A headline is no longer than this, in characters.
const HEADLINE_CHARS: usize = 200;
/// So many blocks from the start may hold the headline.
const HEADLINE_BLOCKS: usize = 14;

pub(super) fn read(builder: &mut Builder<'_>) -> Result<(), String> {
    let source = builder.source;
    let lines = lines(source);
    let is_wrapped = lines.iter().all(|line| length(source, line) <= WRAP_COLUMNS);
    let mut idx = 0;
    while let Some(line) = lines.get(idx) {
        let rows = lines.iter().skip(idx).take_while(|line| has_tab(source, line)).count();
        if rows >= 2 {
            let mut table = Table::new();
            for row in lines.iter().skip(idx).take(rows) {
                read_row(builder, &mut table, row.clone());
            }
            idx += rows;
            continue;
        }
        idx += 1;
        if is_blank(source, line) {
            continue;
        }
        if is_item(source, line) {
            builder.open_item(BlockKind::Body);
        } else {
            builder.open(BlockKind::Body);
        }
        builder.push(line.clone());
        let mut last = line;
        let goes_on = |next: &&Range<usize>| {
            !is_blank(source, next) && !has_tab(source, next) && !is_item(source, next)
        };
        while is_wrapped
            && length(source, last) >= WRAPPED_LINE
            && let Some(next) = lines.get(idx).filter(goes_on)
        {
            builder.push_space(last.end..next.start);
            builder.push(next.clone());
            last = next;
            idx += 1;
        }
        builder.close();
    }
    Ok(())
}

fn lines(source: &str) -> Vec<Range<usize>> {
    let mut start = 0;
    let mut found = Vec::new();
    for line in source.split_inclusive('\n') {
        let end = start + line.trim_end_matches(['\n', '\r']).len();
        found.push(start..end);
        start += line.len();
    }
    found
}

fn length(source: &str, line: &Range<usize>) -> usize {
    source.get(line.clone()).map_or(0, |text| text.chars().count())
}

fn is_blank(source: &str, line: &Range<usize>) -> bool {
    source.get(line.clone()).is_none_or(|text| text.trim().is_empty())
}

/// Signs before an item of a list.
const BULLETS: [&str; 6] = ["-", "–", "*", "•", "·", "‣"];

/// Whether a line begins with a bullet and a space.
fn is_item(source: &str, line: &Range<usize>) -> bool {
    let text = source.get(line.clone()).unwrap_or_default().trim_start();
    BULLETS.iter().any(|bullet| text.strip_prefix(bullet).is_some_and(|rest| rest.starts_with([' ', '\t'])))
}

fn has_tab(source: &str, line: &Range<usize>) -> bool {
    source.get(line.clone()).is_some_and(|text| text.trim().contains('\t'))
}

fn read_row(builder: &mut Builder<'_>, table: &mut Table, row: Range<usize>) {
    let mut start = row.start;
    for cell in builder.source.get(row).unwrap_or_default().split('\t') {
        builder.open(BlockKind::Cell);
        builder.push(start..start + cell.len());
        let block = builder.close();
        table.push_cell(&mut builder.blocks, block);
        start += cell.len() + 1;
    }
    table.end_row();
}

/// Marks the blocks that belong to the page, in every format, and finds a plain text's headline.
pub(super) fn mark_furniture(document: &mut Document, lexicon: &Lexicon) {
    for idx in 0..document.blocks.len() {
        let block = &document.blocks[idx];
        let is_page = match block.kind {
            BlockKind::Body | BlockKind::Heading => is_page_line(document, block, lexicon),
            BlockKind::Headline
            | BlockKind::Caption
            | BlockKind::Cell
            | BlockKind::Quote
            | BlockKind::Furniture => false,
        };
        if is_page {
            document.blocks[idx].kind = BlockKind::Furniture;
        }
    }
    mark_trails(document);
    if !document.blocks.iter().any(|block| block.kind == BlockKind::Headline)
        && let Some(headline) = find_headline(document, lexicon)
    {
        document.blocks[headline].kind = BlockKind::Headline;
    }
}

/// Words that may stand beside a page's set phrase on a line of its own: "Source: Norvale Press".
const WORDS_BESIDE: usize = 3;

fn is_page_line(document: &Document, block: &Block, lexicon: &Lexicon) -> bool {
    /// A longer line is a sentence.
    const LONGEST: usize = 160;
    if block.text.len() > LONGEST || ends_sentence(document.slice(&block.text)) {
        return false;
    }
    let cut = lexicon.tokens(&document.text, block.text.clone());
    let words = cut.iter().filter(|token| token.kind == TokenKind::Word).count();
    let phrase = cut.longest(0, |term| if let Term::FurnitureLine = term { Some(()) } else { None });
    let has_digits = cut.iter().any(|token| token.kind == TokenKind::Digits);
    phrase.is_some_and(|(length, ())| {
        // "Home", "Related stories from Norvale" and "Source: Norvale Press" are the page's, "Home sales rise" and "Local news loses
        // 400 jobs" are headlines.
        let is_marked = cut.get(length).is_some_and(|token| token.kind == TokenKind::Symbol);
        let may_go_on = is_marked || length > 1 && !has_digits;
        words <= if may_go_on { length + WORDS_BESIDE } else { length }
    })
}

fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(['"', '”', '»', ')', '’', '\'']).ends_with(['.', '!', '?', '。', '！', '？'])
        && !text.ends_with("...")
}

/// Letters of a line that must stand again inside another for that one to be a trail of the page.
const TRAIL_CHARS: usize = 24;

/// A page's trail repeats the headline behind the names of its sections, and often cuts it:
/// "`HomeWorldKorea` unveils a plan of…".
fn mark_trails(document: &mut Document) {
    let starts = document.blocks.iter().enumerate().filter_map(|(idx, block)| {
        let text = document.slice(&block.text);
        let (last, _) = text.char_indices().nth(TRAIL_CHARS - 1)?;
        Some((idx, text.get(..text.ceil_char_boundary(last + 1))?))
    });
    let repeats = |text: &str, start: &str| text.find(start).is_some_and(|at| at > 0);
    let is_trail = |idx: &usize| {
        let text = document.slice(&document.blocks[*idx].text);
        let is_cut = text.ends_with("...") || text.ends_with('…');
        is_cut && starts.clone().any(|(other, start)| other != *idx && repeats(text, start))
    };
    let leading = 0..document.blocks.len().min(HEADLINE_BLOCKS);
    let trails: Vec<usize> = leading.filter(is_trail).collect();
    for idx in trails {
        document.blocks[idx].kind = BlockKind::Furniture;
    }
}

/// The longest line of words before the first paragraph: outlets, dates and labels are shorter, paragraphs end in a
/// full stop.
fn find_headline(document: &Document, lexicon: &Lexicon) -> Option<usize> {
    let mut best: Option<(usize, usize)> = None;
    for (idx, block) in document.blocks.iter().enumerate().take(HEADLINE_BLOCKS) {
        let text = document.slice(&block.text);
        let is_paragraph = ends_sentence(text) && text.chars().count() > HEADLINE_CHARS / 2;
        if is_paragraph || text.chars().count() > HEADLINE_CHARS {
            break;
        }
        let is_list = text.starts_with(['*', '-', '•', '·']) || text.matches('|').count() > 1;
        if block.kind != BlockKind::Body || is_list || ends_sentence(text) && idx > 0 {
            continue;
        }
        if has_digit(text) && names_date(document, block, lexicon) {
            continue;
        }
        let letters: usize = tokens(&document.text, block.text.clone())
            .filter(|token| token.kind == TokenKind::Word)
            .map(|token| document.slice(&token.range()).chars().count())
            .sum();
        if best.is_none_or(|(most, _)| letters > most) {
            best = Some((letters, idx));
        }
    }
    best.filter(|_| document.blocks.len() > 1).map(|(_, idx)| idx)
}

/// Whether a block names a date with its year.
fn names_date(document: &Document, block: &Block, lexicon: &Lexicon) -> bool {
    let cut = lexicon.tokens(&document.text, block.text.clone());
    let mut dates = (0..cut.len()).filter_map(|at| date_at(lexicon, &document.text, &cut, at));
    dates.any(|(_, date)| date.year.is_some())
}
