//! ISO 4217 currencies, their signs, and the names that several of them share.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use serde::Deserialize;

/// A currency as `currencies.toml` gives it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Currency {
    /// The ISO 4217 code: `EUR`.
    pub code: String,
    /// The English name, for reports.
    pub name: String,
    /// Decimal places of the minor unit.
    pub minor: u8,
    /// Signs that mean this currency alone: `US$`.
    #[serde(default)]
    pub symbols: Vec<String>,
    /// Letters that mean it where a scale follows the figure: the `W` of "W800tn".
    #[serde(default)]
    pub weak_symbols: Vec<String>,
    /// Whether its code is a word that headlines print in capitals ("TOP 10").
    #[serde(default)]
    pub is_word: bool,
    /// The shared names it goes by: `dollar`.
    #[serde(default)]
    pub families: Vec<String>,
    /// The ISO 3166-1 codes of the countries that use it, the main one first.
    #[serde(default)]
    pub countries: Vec<String>,
    /// The last day it was legal tender, for retired ones.
    pub until: Option<String>,
}

/// A name or sign that several currencies share.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Family {
    /// The family's id: `dollar`.
    pub id: String,
    /// The shared signs: `$`.
    #[serde(default)]
    pub symbols: Vec<String>,
    /// Whether the one member that a document names outranks the default.
    #[serde(default)]
    pub named_first: bool,
    /// The currency a reader assumes when nothing says otherwise, if there is one.
    pub default: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    family: Vec<Family>,
    currency: Vec<Currency>,
}

/// All currencies and families, with indexes by code.
#[derive(Debug)]
pub struct Currencies {
    /// Every currency, in the table's order.
    pub all: Vec<Currency>,
    /// Every family, in the table's order.
    pub families: Vec<Family>,
    by_code: FxHashMap<String, usize>,
}

impl Currencies {
    /// The currency of an ISO code, in capitals.
    #[must_use]
    pub fn get(&self, code: &str) -> Option<&Currency> {
        self.by_code.get(code).and_then(|idx| self.all.get(*idx))
    }

    /// The members of a family, in the table's order.
    pub fn members<'a>(&'a self, family: &str) -> impl Iterator<Item = &'a Currency> {
        self.all.iter().filter(move |currency| currency.families.iter().any(|id| id == family))
    }

    /// The family of an id.
    #[must_use]
    pub fn family(&self, id: &str) -> Option<&Family> {
        self.families.iter().find(|family| family.id == id)
    }
}

/// The embedded table, read once when first needed.
///
/// ```
/// use crosscheck::quantity::currency::currencies;
/// assert_eq!(currencies().get("KRW").unwrap().minor, 0);
/// assert!(currencies().get("XXQ").is_none());
/// ```
///
/// # Panics
///
/// Never in a released build: a test reads the whole table.
#[must_use]
pub fn currencies() -> &'static Currencies {
    static TABLE: LazyLock<Currencies> = LazyLock::new(|| {
        let table: Table =
            toml::from_str(include_str!("currencies.toml")).expect("a test reads the embedded table");
        let by_code =
            table.currency.iter().enumerate().map(|(idx, entry)| (entry.code.clone(), idx)).collect();
        Currencies { all: table.currency, families: table.family, by_code }
    });
    &TABLE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_family_and_default_exists() {
        let table = currencies();
        for currency in &table.all {
            for family in &currency.families {
                assert!(table.family(family).is_some(), "{}: no family `{family}`", currency.code);
            }
        }
        for family in &table.families {
            assert!(table.members(&family.id).count() > 1, "{} has no members to confuse", family.id);
            if let Some(default) = &family.default {
                assert!(table.members(&family.id).any(|member| member.code == *default), "{}", family.id);
            }
        }
    }
}
