//! The way back from extracted text to the bytes of the file.

use std::ops::Range;

/// A run of equal steps: `count` times, `from_step` bytes on the near side stand for `to_step` bytes on the far side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Run {
    from: usize,
    to: usize,
    count: usize,
    from_step: usize,
    to_step: usize,
}

impl Run {
    fn near_end(&self) -> usize {
        self.from + self.count * self.from_step
    }

    fn far_end(&self) -> usize {
        self.to + self.count * self.to_step
    }
}

/// Maps offsets of one text to offsets of the text it was made from.
///
/// Pieces are pushed in the near text's order. An offset inside a piece that was replaced whole (an entity, a
/// character of another encoding) maps to the piece's start, or to its end where the offset ends a range.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SourceMap {
    runs: Vec<Run>,
}

impl SourceMap {
    /// Adds a piece that stands on both sides alike, `length` bytes long.
    pub fn push_same(&mut self, from: usize, to: usize, length: usize) {
        self.push(Run { from, to, count: length, from_step: 1, to_step: 1 });
    }

    /// Adds a piece of the near side that stands for another piece on the far side.
    pub fn push_replaced(&mut self, from: Range<usize>, to: Range<usize>) {
        self.push(Run { from: from.start, to: to.start, count: 1, from_step: from.len(), to_step: to.len() });
    }

    fn push(&mut self, run: Run) {
        if run.count == 0 || run.from_step == 0 {
            return;
        }
        if let Some(last) = self.runs.last_mut()
            && (last.from_step, last.to_step) == (run.from_step, run.to_step)
            && (last.near_end(), last.far_end()) == (run.from, run.to)
        {
            last.count += run.count;
        } else {
            self.runs.push(run);
        }
    }

    /// The far side's offset of a near offset at which something starts.
    #[must_use]
    pub fn start(&self, offset: usize) -> usize {
        let idx = self.runs.partition_point(|run| run.near_end() <= offset);
        match self.runs.get(idx) {
            Some(run) if run.from <= offset => run.to + (offset - run.from) / run.from_step * run.to_step,
            Some(run) => run.to,
            None => self.runs.last().map_or(offset, Run::far_end),
        }
    }

    /// The near offset of a far one: the first that stands for it or for what comes next.
    #[must_use]
    pub fn near(&self, offset: usize) -> usize {
        let idx = self.runs.partition_point(|run| run.far_end() <= offset);
        match self.runs.get(idx) {
            Some(run) if run.to < offset => run.from + (offset - run.to) / run.to_step * run.from_step,
            Some(run) => run.from,
            None => self.runs.last().map_or(offset, Run::near_end),
        }
    }

    /// The far side's offset of a near offset at which something ends.
    #[must_use]
    pub fn end(&self, offset: usize) -> usize {
        let idx = self.runs.partition_point(|run| run.near_end() < offset);
        match self.runs.get(idx) {
            Some(run) if run.from < offset => {
                run.to + (offset - run.from).div_ceil(run.from_step) * run.to_step
            }
            Some(run) => run.to,
            None => self.runs.last().map_or(offset, Run::far_end),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entity_maps_whole() {
        // "8&nbsp;GW" read as "8\u{a0}GW".
        let mut map = SourceMap::default();
        map.push_same(0, 0, 1);
        map.push_replaced(1..3, 1..7);
        map.push_same(3, 7, 2);
        assert_eq!((map.start(0), map.end(5)), (0, 9));
        assert_eq!((map.start(1), map.end(3)), (1, 7));
        assert_eq!((map.start(3), map.end(1)), (7, 1));
    }

    #[test]
    fn runs_of_equal_steps_are_one() {
        let mut map = SourceMap::default();
        for idx in 0..1000 {
            map.push_replaced(idx..idx + 1, 2 + idx * 2..4 + idx * 2);
        }
        assert_eq!(map.runs.len(), 1);
        assert_eq!((map.start(10), map.end(20)), (22, 42));
    }
}
