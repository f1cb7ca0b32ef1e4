//! What a run may be told: the date it speaks of, where the reader is at home, the rates, the base currency.

use std::sync::Arc;

use jiff::civil::Date;

use crate::quantity::rate::Rates;

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
    /// Whether a check tells, too, why like claims were not taken together.
    pub explain: bool,
}

impl Settings {
    /// The settings of a run that is told nothing: embedded rates, and dollars to compare in.
    #[must_use]
    pub fn new() -> Settings {
        Settings { as_of: None, home: None, rates: Rates::embedded(), base: "USD".to_owned(), explain: false }
    }
}

impl Default for Settings {
    fn default() -> Settings {
        Settings::new()
    }
}
