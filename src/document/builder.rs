//! A document in the making: text, its map and its blocks, as the formats find them.

use std::ops::Range;

use super::source_map::SourceMap;
use super::{Block, BlockKind, Place};
use crate::span::Span;

/// What a file says of itself outside its text, as the formats find it.
#[derive(Debug, Default)]
pub(super) struct Facts {
    /// The title, and whether it stands in the text as well.
    pub(super) title: Option<String>,
    /// Who published it.
    pub(super) outlet: Option<String>,
    /// A language tag.
    pub(super) language: Option<String>,
    /// Dates in the order of trust.
    pub(super) dates: Vec<String>,
    /// Times that the page marks in its text, each with its place there.
    pub(super) stamps: Vec<(usize, String)>,
}

/// How a comment begins that speaks to this program.
const COMMENT: &str = "crosscheck-";

/// Collects blocks. Between blocks the text holds a blank line, so that no token reaches over it.
pub(super) struct Builder<'a> {
    pub(super) source: &'a str,
    pub(super) text: String,
    pub(super) map: SourceMap,
    pub(super) blocks: Vec<Block>,
    pub(super) facts: Facts,
    /// Comments for this program: the words, where they stand in the text, and where in the source.
    pub(super) comments: Vec<(String, usize, Range<usize>)>,
    /// Whether the source ends in the middle of a page.
    pub(super) is_cut_off: bool,
    open: Option<Open>,
}

struct Open {
    kind: BlockKind,
    start: usize,
    is_item: bool,
    /// White space was met and not yet written: where it stands in the source.
    space: Option<Range<usize>>,
}

impl<'a> Builder<'a> {
    pub(super) fn new(source: &'a str) -> Builder<'a> {
        Builder {
            source,
            text: String::with_capacity(source.len()),
            map: SourceMap::default(),
            blocks: Vec::new(),
            facts: Facts::default(),
            comments: Vec::new(),
            is_cut_off: false,
            open: None,
        }
    }

    /// Starts a block, closing the one before it.
    pub(super) fn open(&mut self, kind: BlockKind) {
        self.close();
        self.open = Some(Open { kind, start: self.text.len(), is_item: false, space: None });
    }

    /// Starts a block that is an item of a list, closing the one before it.
    pub(super) fn open_item(&mut self, kind: BlockKind) {
        self.open(kind);
        if let Some(open) = &mut self.open {
            open.is_item = true;
        }
    }

    /// Ends the block; one without text leaves nothing. Returns its index.
    pub(super) fn close(&mut self) -> Option<usize> {
        let open = self.open.take()?;
        if self.text.len() == open.start {
            return None;
        }
        self.blocks.push(Block {
            kind: open.kind,
            span: Span { start: 0, end: 0 },
            place: Place::Line { line: 1, column: 1 },
            text: open.start..self.text.len(),
            heads: Vec::new(),
            begins_row: false,
            is_item: open.is_item,
            post: None,
        });
        self.text.push_str("\n\n");
        Some(self.blocks.len() - 1)
    }

    /// Whether a block is open.
    pub(super) fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// Adds a stretch of the source as it stands, with white space drawn together to one space.
    pub(super) fn push(&mut self, range: Range<usize>) {
        let Some(part) = self.source.get(range.clone()) else {
            return;
        };
        if is_even(part.as_bytes()) {
            return self.push_same(range);
        }
        let mut from = 0;
        while let Some(at) = next_gap(part.as_bytes(), from) {
            self.push_same(range.start + from..range.start + at);
            from = at + 1;
            self.push_space(range.start + at..range.start + from);
        }
        self.push_same(range.start + from..range.end);
    }

    fn push_same(&mut self, range: Range<usize>) {
        if range.is_empty() {
            return;
        }
        self.write_space();
        let Some(part) = self.source.get(range.clone()) else {
            return;
        };
        if self.open.is_some() {
            self.map.push_same(self.text.len(), range.start, range.len());
            self.text.push_str(part);
        }
    }

    /// Adds a character that stands in the source in other words, such as an entity.
    pub(super) fn push_replaced(&mut self, text: &str, range: Range<usize>) {
        if text.chars().all(|c| matches!(c, ' ' | '\t' | '\n' | '\r')) {
            self.push_space(range);
            return;
        }
        self.write_space();
        if self.open.is_some() {
            self.map.push_replaced(self.text.len()..self.text.len() + text.len(), range);
            self.text.push_str(text);
        }
    }

    /// Notes white space; it is written before the next character of the block, if one comes.
    pub(super) fn push_space(&mut self, range: Range<usize>) {
        if let Some(open) = &mut self.open
            && open.space.is_none()
        {
            open.space = Some(range);
        }
    }

    /// Notes a comment, `<!-- … -->` and what it says, if it speaks to this program; others say nothing to a reader.
    pub(super) fn comment(&mut self, words: &str, range: Range<usize>) {
        let words = words.trim();
        if words.starts_with(COMMENT) {
            self.comments.push((words.to_owned(), self.text.len(), range));
        }
    }

    fn write_space(&mut self) {
        let length = self.text.len();
        if let Some(open) = &mut self.open
            && let Some(range) = open.space.take()
            && length > open.start
        {
            self.map.push_replaced(length..length + 1, range);
            self.text.push(' ');
        }
    }
}

/// Whether all white space of a stretch is single spaces between words, as in most; many bytes are looked at together.
fn is_even(part: &[u8]) -> bool {
    let is_gap = |(byte, next): (&u8, &u8)| (*byte <= b' ') & (*next <= b' ') | (*byte < b' ');
    let has_gap = part.iter().zip(part.iter().skip(1)).fold(false, |found, pair| found | is_gap(pair));
    let is_word = |byte: Option<&u8>| byte.is_some_and(|byte| *byte > b' ');
    !has_gap && is_word(part.first()) && is_word(part.last())
}

/// The next white space from a byte on that may not stand as it is: any but one space between two words.
fn next_gap(part: &[u8], from: usize) -> Option<usize> {
    let is_white = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'\x0c');
    let mut at = from;
    loop {
        at += part.get(at..)?.iter().position(is_white)?;
        let is_between_words = at > from && part.get(at + 1).is_some_and(|next| !is_white(next));
        if !is_between_words || part.get(at) != Some(&b' ') {
            return Some(at);
        }
        at += 1;
    }
}

/// A table in the making: which blocks name a cell.
#[derive(Debug, Default)]
pub(super) struct Table {
    columns: Vec<Option<usize>>,
    row: Vec<Option<usize>>,
    is_first_row: bool,
}

impl Table {
    /// A table of which no row was met.
    pub(super) fn new() -> Table {
        Table { columns: Vec::new(), row: Vec::new(), is_first_row: true }
    }

    /// Takes the next cell of the row, by its block's index where it has text.
    pub(super) fn push_cell(&mut self, blocks: &mut [Block], cell: Option<usize>) {
        let column = self.row.len();
        if let Some(block) = cell.and_then(|idx| blocks.get_mut(idx)) {
            let row_head = self.row.first().copied().flatten();
            let column_head = self.columns.get(column).copied().flatten();
            block.begins_row = self.row.iter().all(Option::is_none);
            // The corner speaks for the whole table: "$ million".
            let corner = self.columns.first().copied().flatten().filter(|_| column > 0);
            block.heads = row_head.into_iter().chain(column_head).chain(corner).collect();
        }
        self.row.push(cell);
    }

    /// Ends the row; the first one names the columns.
    pub(super) fn end_row(&mut self) {
        let row = std::mem::take(&mut self.row);
        if self.is_first_row && !row.is_empty() {
            self.columns = row;
            self.is_first_row = false;
        }
    }
}
