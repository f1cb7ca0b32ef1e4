//! What a run may be told: the date it speaks of, where the reader is at home, the rates, the base currency, and what
//! the newsroom decided of rules and findings.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::Deserialize;

use crate::quantity::rate::Rates;

/// The name of the file that says how to check.
pub const CONFIGURATION_FILE: &str = "crosscheck.toml";
/// The name of the file that says which findings may stand.
pub const ACCEPTED_FILE: &str = "crosscheck-accepted.toml";
/// The name of the file by which editors know the words of a configuration.
pub const SCHEMA_FILE: &str = "crosscheck.schema.json";

/// The settings of a run. Nothing else but the input changes a report.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The date that undated reports speak of; where it is missing, the latest date of the story's reports.
    pub as_of: Option<Date>,
    /// The reader's country (ISO 3166-1, two capitals), which settles a shared name such as "dollar".
    pub home: Option<String>,
    /// The daily exchange rates.
    pub rates: Arc<Rates>,
    /// The currency in which figures of several currencies are shown beside each other.
    pub base: String,
    /// How far apart figures that are only said to be about something may lie and still agree, in percent.
    pub tolerance: Decimal,
    /// Rules that weigh something else than they do by themselves, by their ids.
    pub levels: BTreeMap<&'static str, Level>,
    /// The findings that somebody accepted.
    pub accepted: Vec<Entry>,
    /// The day on which it is judged whether an acceptance still holds; without one, all do.
    pub today: Option<Date>,
    /// The newsroom's own reports, by their paths as documents show them: ignore comments count in these alone.
    pub own: BTreeSet<String>,
    /// Whether a check tells, too, why like claims were not taken together.
    pub explain: bool,
}

/// What the findings of a rule weigh.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// They are not told.
    Off,
    /// Notes.
    Note,
    /// Warnings.
    Warning,
    /// Errors.
    Error,
}

/// A finding that somebody accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The finding's id.
    pub id: String,
    /// What it says, for a reader: its rule and message.
    pub told: String,
    /// Those of the story's reports that it stands in, by their paths as documents show them. An entry of no report
    /// here belongs to another story.
    pub documents: Vec<String>,
    /// Why it may stand.
    pub reason: String,
    /// The last day on which that holds.
    pub until: Option<Date>,
    /// Where the entry stands: `crosscheck-accepted.toml:12`.
    pub place: String,
}

impl Level {
    /// The name as a configuration writes it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Level::Off => "off",
            Level::Note => "note",
            Level::Warning => "warning",
            Level::Error => "error",
        }
    }
}

impl Settings {
    /// The settings of a run that is told nothing: embedded rates, dollars to compare in, every rule as it is.
    #[must_use]
    pub fn new() -> Settings {
        Settings {
            as_of: None,
            home: None,
            rates: Rates::embedded(),
            base: "USD".to_owned(),
            tolerance: TOLERANCE,
            levels: BTreeMap::new(),
            accepted: Vec::new(),
            today: None,
            own: BTreeSet::new(),
            explain: false,
        }
    }
}

/// A soft break smaller than this, in percent of the nearer end, is none.
const TOLERANCE: Decimal = Decimal::TWO;

impl Default for Settings {
    fn default() -> Settings {
        Settings::new()
    }
}
