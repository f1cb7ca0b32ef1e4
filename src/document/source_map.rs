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

/// A run as it is kept: a page of a million entities has millions. No file that is read has 4 GiB (`limit`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct KeptRun([u32; 5]);

impl KeptRun {
    fn of(run: Run) -> KeptRun {
        let small = |value: usize| u32::try_from(value).unwrap_or(u32::MAX);
        KeptRun([run.from, run.to, run.count, run.from_step, run.to_step].map(small))
    }

    fn run(self) -> Run {
        let wide = |value: u32| usize::try_from(value).unwrap_or(usize::MAX);
        let [from, to, count, from_step, to_step] = self.0.map(wide);
        Run { from, to, count, from_step, to_step }
    }
}

/// Maps offsets of one text to offsets of the text it was made from.
///
/// Pieces are pushed in the near text's order. An offset inside a piece that was replaced whole (an entity, a
/// character of another encoding) maps to the piece's start, or to its end where the offset ends a range.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SourceMap {
    runs: Vec<KeptRun>,
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
        if let Some(kept) = self.runs.last_mut() {
            let last = kept.run();
            if (last.from_step, last.to_step) == (run.from_step, run.to_step)
                && (last.near_end(), last.far_end()) == (run.from, run.to)
            {
                *kept = KeptRun::of(Run { count: last.count + run.count, ..last });
                return;
            }
        }
        self.runs.push(KeptRun::of(run));
    }

    /// The first run that does not lie before what is asked for.
    fn first(&self, lies_before: impl Fn(Run) -> bool) -> Option<Run> {
        let idx = self.runs.partition_point(|run| lies_before(run.run()));
        self.runs.get(idx).map(|run| run.run())
    }

    fn last(&self) -> Option<Run> {
        self.runs.last().map(|run| run.run())
    }

    /// The far side's offset of a near offset at which something starts.
    #[must_use]
    pub fn start(&self, offset: usize) -> usize {
        match self.first(|run| run.near_end() <= offset) {
            Some(run) if run.from <= offset => run.to + (offset - run.from) / run.from_step * run.to_step,
            Some(run) => run.to,
            None => self.last().map_or(offset, |run| run.far_end()),
        }
    }

    /// The near offset of a far one: the first that stands for it or for what comes next.
    #[must_use]
    pub fn near(&self, offset: usize) -> usize {
        match self.first(|run| run.far_end() <= offset) {
            Some(run) if run.to < offset => run.from + (offset - run.to) / run.to_step * run.from_step,
            Some(run) => run.from,
            None => self.last().map_or(offset, |run| run.near_end()),
        }
    }

    /// The far side's offset of a near offset at which something ends.
    #[must_use]
    pub fn end(&self, offset: usize) -> usize {
        match self.first(|run| run.near_end() < offset) {
            Some(run) if run.from < offset => {
                run.to + (offset - run.from).div_ceil(run.from_step) * run.to_step
            }
            Some(run) => run.to,
            None => self.last().map_or(offset, |run| run.far_end()),
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
