//! The two files of a newsroom: `crosscheck.toml`, which says how to check, and `crosscheck-accepted.toml`, which says
//! which findings may stand.
//!
//! Text in, values out: the command finds the files, and whether they are to be trusted.

mod accepted;
mod problem;
mod value;

use std::collections::BTreeMap;

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::Deserialize;

use crate::settings::{Level, Settings};

pub use accepted::{Accepted, add, read_accepted};
pub use problem::Problem;
pub use value::{Country, Currency, Globs, Percent, RuleName};

/// A configuration with every key and what it does, all of them commented out.
pub const TEMPLATE: &str = include_str!("template.toml");
/// The JSON schema of a configuration.
pub const SCHEMA: &str = include_str!("../../docs/config.schema.json");

/// What a `crosscheck.toml` says. What it leaves out stays as it is without one.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct Configuration {
    home: Option<Country>,
    base: Option<Currency>,
    #[serde(deserialize_with = "value::date")]
    as_of: Option<Date>,
    tolerance_percent: Option<Percent>,
    /// The newsroom's own files, by their paths from the folder of the configuration.
    pub own: Globs,
    /// Files that are left out, by their paths from the folder of the configuration.
    pub exclude: Globs,
    rules: BTreeMap<RuleName, Level>,
}

impl Configuration {
    /// Reads a configuration.
    ///
    /// ```
    /// use crosscheck::configuration::Configuration;
    /// assert!(Configuration::read("home = 'AU'").is_ok());
    /// let problem = Configuration::read("\nhom = 'AU'").unwrap_err();
    /// assert_eq!(problem.line, 2);
    /// assert!(problem.told.ends_with("did you mean `home`?"));
    /// ```
    ///
    /// # Errors
    ///
    /// Where the text is no TOML, names a key or a word that means nothing, or gives a value that cannot be meant.
    pub fn read(text: &str) -> Result<Configuration, Problem> {
        toml::from_str(text).map_err(|error| Problem::new(text, &error))
    }

    /// The settings with what the configuration says in place of what they say.
    #[must_use]
    pub fn over(&self, settings: Settings) -> Settings {
        Settings {
            home: self.home.as_ref().map(|home| home.0.clone()).or(settings.home),
            base: self.base.as_ref().map_or(settings.base, |base| base.0.clone()),
            as_of: self.as_of.or(settings.as_of),
            tolerance: self.tolerance_percent.map_or(settings.tolerance, |percent| percent.0),
            levels: self.rules.iter().map(|(rule, level)| (rule.0, *level)).collect(),
            ..settings
        }
    }

    /// What it changes, for a reader: "home = AU, loose-rounding = off"; empty where that is nothing.
    #[must_use]
    pub fn told(&self) -> String {
        let settings = [
            self.home.as_ref().map(|home| ("home", home.0.clone())),
            self.base.as_ref().map(|base| ("base", base.0.clone())),
            self.as_of.map(|date| ("as-of", date.to_string())),
            self.tolerance_percent.map(|percent| ("tolerance-percent", percent.0.to_string())),
        ];
        let rules = self.rules.iter().map(|(rule, level)| (rule.0, level.as_str().to_owned()));
        let told = settings.into_iter().flatten().chain(rules).map(|(key, value)| format!("{key} = {value}"));
        told.collect::<Vec<String>>().join(", ")
    }
}

/// The most that figures may lie apart and still agree, in percent; more would switch the check off.
const MOST_TOLERANCE: Decimal = Decimal::TEN;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistake_is_told_with_its_line_what_was_expected_and_what_is_meant() {
        let cases: [(&str, &str); 17] = [
            ("\n\ntolerence-percent = 3", "3: unknown key `tolerence-percent`, expected one of"),
            ("tolerence-percent = 3", "; did you mean `tolerance-percent`?"),
            (
                "home = 'Australia'",
                "expected a country of ISO 3166-1 in two letters, such as AU, found `Australia`",
            ),
            (
                "base = 'dollar'",
                "expected a currency of ISO 4217 in three letters, such as EUR, found `dollar`",
            ),
            ("as-of = 'soon'", "expected a day as YYYY-MM-DD, such as 2026-07-02, found `soon`"),
            ("as-of = 2026-02-30", "1: invalid date"),
            ("home = 3", "expected a string, found integer `3`"),
            ("own = 'drafts'", "expected a list, found string \"drafts\""),
            ("[rules]\nvalue-conflcit = 'off'", "found `value-conflcit`; did you mean `value-conflict`?"),
            ("[rules]\nvalue-conflict = 'of'", "2: unknown word `of`, expected one of `off`, `note`"),
            ("[rules]\nunread-document = 'off'", "2: unread-document is an error always"),
            ("tolerance-percent = 40", "expected a number from 0 to 10, such as 2 for 2 %, found `40`"),
            ("tolerance-percent = -0.5", "found `-0.5`"),
            ("home = 'AU'\nhome = 'NZ'", "2: expected each key once, found `home`"),
            ("home = AU", "1: "),
            ("exclude = ['[']", "expected globs such as \"drafts/**\""),
            ("own = ['../drafts/**']", "expected files below the folder of the configuration"),
        ];
        for (text, expected) in cases {
            let told = Configuration::read(text).unwrap_err().to_string();
            assert!(told.contains(expected), "{text:?}: {told}");
        }
    }

    #[test]
    fn a_configuration_changes_what_it_names_and_no_more() {
        let text =
            "home = 'au'\nas-of = 2026-07-02\ntolerance-percent = 2.5\n[rules]\nloose-rounding = 'off'";
        let configuration = Configuration::read(text).unwrap();
        let settings = configuration.over(Settings::new());
        assert_eq!(settings.home.as_deref(), Some("AU"));
        assert_eq!(settings.base, "USD");
        assert_eq!(settings.tolerance, Decimal::new(25, 1));
        assert_eq!(settings.levels.get("loose-rounding"), Some(&Level::Off));
        assert_eq!(
            configuration.told(),
            "home = AU, as-of = 2026-07-02, tolerance-percent = 2.5, loose-rounding = off"
        );
    }

    #[test]
    fn globs_name_files_as_a_gitignore_does() {
        let configuration = Configuration::read("own = ['drafts/**', '*.own.md', '/notes']").unwrap();
        let own = &configuration.own;
        for path in ["drafts/a.md", "drafts/deep/b.md", "c.own.md", "deep/c.own.md", "notes/d.md"] {
            assert!(own.name(path), "{path}");
        }
        for path in ["a.md", "old/drafts/a.md", "sources/notes/d.md"] {
            assert!(!own.name(path), "{path}");
        }
    }

    /// The template with its example lines as lines that count.
    fn without_comment_signs() -> String {
        let uncovered = |line: &'static str| line.strip_prefix("# ").filter(|rest| rest.contains(" = "));
        let line = |line: &'static str| uncovered(line).unwrap_or(line);
        TEMPLATE.lines().map(line).collect::<Vec<&str>>().join("\n")
    }

    #[test]
    fn the_template_changes_nothing_and_its_examples_are_right() {
        assert_eq!(Configuration::read(TEMPLATE).unwrap().told(), "");
        assert_eq!(
            Configuration::read(&without_comment_signs()).unwrap().told(),
            "home = AU, base = USD, as-of = 2026-07-02, tolerance-percent = 2, loose-rounding = off, superseded = warning"
        );
    }
}
