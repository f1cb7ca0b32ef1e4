//! A stretch of a source file.

use std::ops::Range;

/// A stretch of bytes of a file as it is stored, whatever its encoding: `start` inclusive, `end` exclusive.
///
/// Offsets into a document's extracted text are plain [`Range<usize>`]s, so that the two cannot be mixed up.
///
/// ```
/// use crosscheck::span::Span;
/// let span = Span { start: 4, end: 9 };
/// assert_eq!(span.len(), 5);
/// assert!(span.overlaps(Span { start: 8, end: 20 }));
/// assert!(!span.overlaps(Span { start: 9, end: 20 }));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The number of bytes.
    #[must_use]
    pub fn len(self) -> usize {
        self.end.saturating_sub(self.start)
    }

    /// Whether the span holds no byte.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// Whether the two spans share at least one byte.
    #[must_use]
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Span {
        Span { start: range.start, end: range.end }
    }
}
