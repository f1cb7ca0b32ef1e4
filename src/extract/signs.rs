//! Signs beside a figure that are the same in every language: `US$`, `EUR`, `GWh`, `%`.

use std::collections::HashMap;
use std::sync::LazyLock;

use rust_decimal::Decimal;

use super::CandidateUnit;
use crate::quantity::currency::currencies;
use crate::quantity::{Unit, units};

/// Signs of the tables, with what they stand for.
struct Signs {
    by_text: HashMap<String, CandidateUnit>,
    longest: usize,
}

impl Signs {
    fn add(&mut self, sign: &str, unit: CandidateUnit) {
        self.longest = self.longest.max(sign.len());
        self.by_text.entry(sign.to_owned()).or_insert(unit);
    }

    /// The longest sign at the start of a text.
    fn at_start(&self, text: &str) -> Option<(usize, &CandidateUnit)> {
        let longest = self.longest.min(text.len());
        (1..=longest).rev().filter_map(|length| Some((length, text.get(..length)?))).find_map(
            |(length, sign)| {
                let unit = self.by_text.get(sign)?;
                (!runs_on(sign.chars().next_back(), text.get(length..).and_then(|rest| rest.chars().next())))
                    .then_some((length, unit))
            },
        )
    }

    /// The longest sign at the end of a text.
    fn at_end(&self, text: &str) -> Option<(usize, &CandidateUnit)> {
        let longest = self.longest.min(text.len());
        (1..=longest).rev().filter_map(|length| Some((length, text.get(text.len() - length..)?))).find_map(
            |(length, sign)| {
                let unit = self.by_text.get(sign)?;
                let before = text.get(..text.len() - length).and_then(|rest| rest.chars().next_back());
                (!runs_on(before, sign.chars().next())).then_some((length, unit))
            },
        )
    }
}

/// Whether two neighbours belong to one word or number, so that a sign that ends between them is none.
fn runs_on(left: Option<char>, right: Option<char>) -> bool {
    let part = |c: char| c.is_alphanumeric() && !crate::lang::words::is_unspaced(c);
    left.is_some_and(part) && right.is_some_and(part)
}

static CURRENCIES: LazyLock<Signs> = LazyLock::new(|| {
    let mut signs = Signs { by_text: HashMap::new(), longest: 0 };
    let table = currencies();
    for currency in &table.all {
        let unit = CandidateUnit::Settled(Unit::money(&currency.code));
        for symbol in currency.symbols.iter().chain([&currency.code]) {
            signs.add(symbol, unit.clone());
        }
    }
    for family in &table.families {
        for symbol in &family.symbols {
            signs.add(symbol, CandidateUnit::Family(family.id.clone()));
        }
    }
    signs
});

static UNITS: LazyLock<Signs> = LazyLock::new(|| {
    let mut signs = Signs { by_text: HashMap::new(), longest: 0 };
    let settled = |dimension, code: String| CandidateUnit::Settled(Unit { dimension, code });
    for entry in &units().all {
        for symbol in entry.symbols.iter().filter(|_| entry.bare) {
            signs.add(symbol, settled(entry.dimension, entry.id.clone()));
        }
    }
    for entry in &units().all {
        for prefix in &entry.prefixes {
            for symbol in &entry.symbols {
                signs.add(
                    &format!("{prefix}{symbol}"),
                    settled(entry.dimension, format!("{prefix}{}", entry.id)),
                );
            }
        }
    }
    signs
});

/// The currency sign at the end of the text before a figure: its length in bytes and what it means.
pub(super) fn currency_before(text: &str) -> Option<(usize, CandidateUnit)> {
    let trimmed = trim_one_blank_end(text);
    let blank = text.len() - trimmed.len();
    let (length, unit) = CURRENCIES.at_end(trimmed)?;
    Some((blank + length, unit.clone()))
}

/// The currency sign at the start of the text behind a figure.
pub(super) fn currency_after(text: &str) -> Option<(usize, CandidateUnit)> {
    after(&CURRENCIES, text)
}

/// The unit sign at the start of the text behind a figure, and whether it is glued to it.
pub(super) fn unit_after(text: &str) -> Option<(usize, CandidateUnit)> {
    after(&UNITS, text)
}

fn after(signs: &Signs, text: &str) -> Option<(usize, CandidateUnit)> {
    let trimmed = trim_one_blank_start(text);
    let blank = text.len() - trimmed.len();
    let (length, unit) = signs.at_start(trimmed)?;
    Some((blank + length, unit.clone()))
}

/// The scale suffix at the start of the text behind a figure: "bn" of "3.2bn".
///
/// A letter alone counts only where it is glued to the digits.
pub(super) fn suffix_after(text: &str, suffixes: &[(String, Decimal)]) -> Option<(usize, Decimal)> {
    let trimmed = trim_one_blank_start(text);
    let blank = text.len() - trimmed.len();
    suffixes.iter().find_map(|(suffix, scale)| {
        let rest = trimmed.strip_prefix(suffix.as_str())?;
        let is_whole = !runs_on(suffix.chars().next_back(), rest.chars().next());
        let is_letter_alone = suffix.chars().count() == 1;
        (is_whole && (blank == 0 || !is_letter_alone)).then_some((blank + suffix.len(), *scale))
    })
}

fn trim_one_blank_start(text: &str) -> &str {
    text.strip_prefix([' ', '\u{a0}', '\u{202f}', '\u{2009}']).unwrap_or(text)
}

fn trim_one_blank_end(text: &str) -> &str {
    text.strip_suffix([' ', '\u{a0}', '\u{202f}', '\u{2009}']).unwrap_or(text)
}
