//! The values of a configuration, each read with a message that says what was expected.

use ignore::gitignore::{Gitignore, GitignoreBuilder};
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
use toml::Value;

use super::MOST_TOLERANCE;
use crate::finding::{UNREAD, known_rule};
use crate::quantity::currency::currencies;

/// A country of ISO 3166-1, in two capitals.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Country(pub String);

impl TryFrom<String> for Country {
    type Error = String;

    fn try_from(text: String) -> Result<Country, String> {
        let code = text.to_ascii_uppercase();
        let is_known = currencies().all.iter().any(|currency| currency.countries.contains(&code));
        let country = is_known.then_some(Country(code));
        country.ok_or_else(|| "expected a country of ISO 3166-1 in two letters, such as AU".to_owned())
    }
}

/// A currency of ISO 4217, in three capitals.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Currency(pub String);

impl TryFrom<String> for Currency {
    type Error = String;

    fn try_from(text: String) -> Result<Currency, String> {
        let code = text.to_ascii_uppercase();
        let currency = currencies().get(&code).map(|_| Currency(code));
        currency.ok_or_else(|| "expected a currency of ISO 4217 in three letters, such as EUR".to_owned())
    }
}

/// A rule that may weigh something else.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct RuleName(pub &'static str);

impl<'de> Deserialize<'de> for RuleName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<RuleName, D::Error> {
        let rule = known_rule(&String::deserialize(deserializer)?).map_err(D::Error::custom)?;
        if rule.id == UNREAD {
            return Err(D::Error::custom(format!("{UNREAD} is an error always: take the line out")));
        }
        Ok(RuleName(rule.id))
    }
}

/// Percent between 0 and the most that may be tolerated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Value")]
pub struct Percent(pub Decimal);

impl TryFrom<Value> for Percent {
    type Error = String;

    fn try_from(value: Value) -> Result<Percent, String> {
        let percent = match value {
            Value::Integer(number) => Some(Decimal::from(number)),
            Value::Float(number) => number.to_string().parse().ok(),
            Value::String(_) | Value::Datetime(_) | Value::Boolean(_) | Value::Array(_) | Value::Table(_) => {
                None
            }
        };
        let is_meant = |percent: &Decimal| (Decimal::ZERO..=MOST_TOLERANCE).contains(percent);
        let percent = percent.filter(is_meant).map(Percent);
        percent.ok_or_else(|| format!("expected a number from 0 to {MOST_TOLERANCE}, such as 2 for 2 %"))
    }
}

/// Reads a day, written as a day of TOML or as text.
pub(super) fn date<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Date>, D::Error> {
    let value = Value::deserialize(deserializer)?;
    let text = match &value {
        Value::String(text) => text.clone(),
        Value::Datetime(day) => day.to_string(),
        Value::Integer(_) | Value::Float(_) | Value::Boolean(_) | Value::Array(_) | Value::Table(_) => {
            String::new()
        }
    };
    let date = text.parse().map_err(|_| D::Error::custom("expected a day as YYYY-MM-DD, such as 2026-07-02"));
    date.map(Some)
}

/// Files by their paths, as a `.gitignore` names them.
#[derive(Debug, Clone, Deserialize)]
#[serde(try_from = "Vec<String>")]
pub struct Globs(Gitignore);

impl Default for Globs {
    fn default() -> Globs {
        Globs(Gitignore::empty())
    }
}

impl TryFrom<Vec<String>> for Globs {
    type Error = String;

    fn try_from(globs: Vec<String>) -> Result<Globs, String> {
        let mut builder = GitignoreBuilder::new("");
        builder.allow_unclosed_class(false);
        for glob in &globs {
            if glob.split('/').any(|part| part == "..") {
                return Err(
                    "expected files below the folder of the configuration, such as \"drafts/**\"".to_owned()
                );
            }
            builder
                .add_line(None, glob)
                .map_err(|cause| format!("expected globs such as \"drafts/**\": {cause}"))?;
        }
        builder.build().map(Globs).map_err(|cause| cause.to_string())
    }
}

impl Globs {
    /// Whether they name a file; its path is that from the folder of the configuration, with `/`.
    #[must_use]
    pub fn name(&self, path: &str) -> bool {
        self.0.matched_path_or_any_parents(path, false).is_ignore()
    }
}
