//! The parts of a whole that the program knows by their ids of the pages' `[parts]`.

/// All of it.
pub const TOTAL: &str = "total";
/// One of each, or an average.
pub const EACH: &str = "each";
/// Some of what is counted before.
pub const OF_WHICH: &str = "of_which";
/// The first stage.
pub const FIRST: &str = "first";
/// The second stage.
pub const SECOND: &str = "second";
/// All that other parts leave.
pub const REMAINING: &str = "remaining";
/// What comes on top.
pub const FURTHER: &str = "further";
/// How far it lies above another of its kind.
pub const MARGIN: &str = "margin";
