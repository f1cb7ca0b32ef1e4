//! What can be counted or measured, across languages: the concepts that the pages give words to.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use serde::Deserialize;

use crate::quantity::Dimension;

/// What is counted where something befell people and no noun says whom, in every language.
pub const PERSON: &str = "person";

/// How a figure of a measure behaves while a story runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Nature {
    /// It only grows as more becomes known: a toll, an area burned.
    Running,
    /// It moves both ways: a water level, a share of a fire contained.
    Moving,
    /// It was settled once: a budget, a capacity.
    Settled,
}

/// A concept of `measures.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Measure {
    /// The id: `area_burned`.
    pub id: String,
    /// The words of a report's heading: "area burned".
    pub label: String,
    /// The dimensions of its figures.
    pub of: Vec<Dimension>,
    /// How its figure behaves while a story runs.
    pub nature: Nature,
    /// Other measures whose figures may be this one's under another name.
    #[serde(default)]
    pub kin: Vec<String>,
    /// Measures that are never this one, whatever their figures: a profit is no loss.
    #[serde(default)]
    pub opposes: Vec<String>,
    /// The measures to which those counted here may pass, so that this figure falls as those grow: the injured who die.
    #[serde(default)]
    pub becomes: Vec<String>,
    /// Whether a word of it says little: another measure nearby outranks it.
    #[serde(default)]
    pub weak: bool,
    /// Whether it happens to people: a bare number beside a word of it counts them.
    #[serde(default)]
    pub befalls: bool,
    /// Whether it counts things: people beside a word of it are counted for something else.
    #[serde(default)]
    pub things: bool,
    /// Whether its word behind a share says what that is a share of, and not what it is a figure of.
    #[serde(default)]
    pub base: bool,
    /// Whether its figure grows with the time that it is told over: what is earned in a quarter.
    #[serde(default)]
    pub flows: bool,
    /// Whether the other figures of its sentence are followed by final ones.
    #[serde(default)]
    pub provisional: bool,
    /// Whether "no" beside a word of it says zero.
    #[serde(default)]
    pub none: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    measure: Vec<Measure>,
}

/// Every measure, in the table's order.
///
/// # Panics
///
/// Never in a released build: a test reads the whole table.
#[must_use]
pub fn measures() -> &'static [Measure] {
    static TABLE: LazyLock<Vec<Measure>> = LazyLock::new(|| {
        let table: Table =
            toml::from_str(include_str!("measures.toml")).expect("a test reads the embedded table");
        table.measure
    });
    &TABLE
}

/// The measure of an id.
#[must_use]
pub fn measure(id: &str) -> Option<&'static Measure> {
    static BY_ID: LazyLock<FxHashMap<&str, &Measure>> =
        LazyLock::new(|| measures().iter().map(|measure| (measure.id.as_str(), measure)).collect());
    BY_ID.get(id).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinship_is_mutual() {
        for one in measures() {
            for kin in &one.kin {
                let other = measure(kin);
                assert!(other.is_some_and(|other| other.kin.contains(&one.id)), "{} and {kin}", one.id);
            }
        }
    }
}
