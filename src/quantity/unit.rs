//! Units of measure: a code, a dimension and an exact way to the dimension's base unit.

use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::currency::currencies;
use super::parse_decimal;

/// What kind of thing a number measures. Quantities of two dimensions never compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Dimension {
    /// An amount of a currency.
    Money,
    /// A share or a relative change, in percent.
    Percent,
    /// Percentage points.
    Points,
    /// A number of things.
    Count,
    /// A bare number.
    Number,
    /// Energy per time.
    Power,
    /// Energy.
    Energy,
    /// A length, height or distance.
    Length,
    /// An area.
    Area,
    /// A volume.
    Volume,
    /// A mass.
    Mass,
    /// A speed.
    Speed,
    /// A temperature.
    Temperature,
    /// A stretch of time.
    Duration,
    /// The age of someone or something.
    Age,
    /// A day, a month or a quarter of the calendar.
    Date,
    /// A calendar year.
    Year,
    /// A time of day.
    Clock,
    /// A rank.
    Ordinal,
    /// An amount of data.
    Data,
    /// Greenhouse gases, in tonnes of CO2 equivalent.
    Emissions,
    /// A frequency.
    Frequency,
    /// A pressure.
    Pressure,
    /// The magnitude of an earthquake.
    Magnitude,
    /// One unit per another.
    Rate,
}

impl Dimension {
    /// The name as reports print it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Dimension::Money => "money",
            Dimension::Percent => "percent",
            Dimension::Points => "points",
            Dimension::Count => "count",
            Dimension::Number => "number",
            Dimension::Power => "power",
            Dimension::Energy => "energy",
            Dimension::Length => "length",
            Dimension::Area => "area",
            Dimension::Volume => "volume",
            Dimension::Mass => "mass",
            Dimension::Speed => "speed",
            Dimension::Temperature => "temperature",
            Dimension::Duration => "duration",
            Dimension::Age => "age",
            Dimension::Date => "date",
            Dimension::Year => "year",
            Dimension::Clock => "clock",
            Dimension::Ordinal => "ordinal",
            Dimension::Data => "data",
            Dimension::Emissions => "emissions",
            Dimension::Frequency => "frequency",
            Dimension::Pressure => "pressure",
            Dimension::Magnitude => "magnitude",
            Dimension::Rate => "rate",
        }
    }

    /// A figure of it, where nothing more is known of what it is a figure of: "a sum of money".
    #[must_use]
    pub fn in_words(self) -> &'static str {
        match self {
            Dimension::Money => "a sum of money",
            Dimension::Percent => "a percentage",
            Dimension::Points => "a number of percentage points",
            Dimension::Count | Dimension::Number => "a number",
            Dimension::Power => "a power",
            Dimension::Energy => "an amount of energy",
            Dimension::Length => "a length",
            Dimension::Area => "an area",
            Dimension::Volume => "a volume",
            Dimension::Mass => "a mass",
            Dimension::Speed => "a speed",
            Dimension::Temperature => "a temperature",
            Dimension::Duration => "a length of time",
            Dimension::Age => "an age",
            Dimension::Date => "a date",
            Dimension::Year => "a year",
            Dimension::Clock => "a time of day",
            Dimension::Ordinal => "a rank",
            Dimension::Data => "an amount of data",
            Dimension::Emissions => "emissions",
            Dimension::Frequency => "a frequency",
            Dimension::Pressure => "a pressure",
            Dimension::Magnitude => "a magnitude",
            Dimension::Rate => "a rate",
        }
    }

    /// Whether its quantities are parts of larger ones: sums and counts are added up, temperatures and shares are not.
    #[must_use]
    pub fn adds_up(self) -> bool {
        match self {
            Dimension::Money
            | Dimension::Count
            | Dimension::Power
            | Dimension::Energy
            | Dimension::Length
            | Dimension::Area
            | Dimension::Volume
            | Dimension::Mass
            | Dimension::Duration
            | Dimension::Data
            | Dimension::Emissions => true,
            Dimension::Percent
            | Dimension::Points
            | Dimension::Number
            | Dimension::Speed
            | Dimension::Temperature
            | Dimension::Age
            | Dimension::Date
            | Dimension::Year
            | Dimension::Clock
            | Dimension::Ordinal
            | Dimension::Frequency
            | Dimension::Pressure
            | Dimension::Magnitude
            | Dimension::Rate => false,
        }
    }

    /// The code of its one unit, where it has one alone.
    fn only_code(self) -> Option<&'static str> {
        Some(match self {
            Dimension::Date => "date",
            Dimension::Year => "year",
            Dimension::Clock => "clock",
            Dimension::Ordinal => "ordinal",
            Dimension::Magnitude => "magnitude",
            Dimension::Number => "",
            Dimension::Money
            | Dimension::Percent
            | Dimension::Points
            | Dimension::Count
            | Dimension::Power
            | Dimension::Energy
            | Dimension::Length
            | Dimension::Area
            | Dimension::Volume
            | Dimension::Mass
            | Dimension::Speed
            | Dimension::Temperature
            | Dimension::Duration
            | Dimension::Age
            | Dimension::Data
            | Dimension::Emissions
            | Dimension::Frequency
            | Dimension::Pressure
            | Dimension::Rate => return None,
        })
    }

    /// The unit in which quantities of this dimension are compared; empty where there is no single one.
    fn base_code(self) -> &'static str {
        match self {
            Dimension::Percent => "%",
            Dimension::Points => "pp",
            Dimension::Power => "W",
            Dimension::Energy => "Wh",
            Dimension::Length => "m",
            Dimension::Area => "m2",
            Dimension::Volume => "m3",
            Dimension::Mass => "kg",
            Dimension::Speed => "m/s",
            Dimension::Temperature => "°C",
            Dimension::Duration => "s",
            Dimension::Age => "s old",
            Dimension::Data => "B",
            Dimension::Emissions => "tCO2e",
            Dimension::Frequency => "Hz",
            Dimension::Pressure => "Pa",
            Dimension::Money
            | Dimension::Count
            | Dimension::Number
            | Dimension::Date
            | Dimension::Year
            | Dimension::Clock
            | Dimension::Ordinal
            | Dimension::Magnitude
            | Dimension::Rate => "",
        }
    }
}

/// What a number is a number of: `USD`, `GW`, `outlet`, or nothing for a bare number.
///
/// ```
/// use crosscheck::quantity::{Dimension, Unit};
/// let unit: Unit = "GW".parse().unwrap();
/// assert_eq!(unit.dimension, Dimension::Power);
/// assert_eq!(unit.to_base(84.into()).unwrap().to_string(), "84000000000");
/// assert_eq!("outlet".parse::<Unit>().unwrap().dimension, Dimension::Count);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Unit {
    /// What it measures.
    pub dimension: Dimension,
    /// The code: of a currency, of a unit, or the counted noun's lemma; empty for a bare number.
    pub code: String,
}

/// The dimensions that have one unit alone.
const ONLY_ONE: [Dimension; 6] = [
    Dimension::Date,
    Dimension::Year,
    Dimension::Clock,
    Dimension::Ordinal,
    Dimension::Magnitude,
    Dimension::Number,
];

/// The code of ISO 4217 for no currency: an amount whose currency stays open.
const UNSETTLED: &str = "XXX";
/// Marks the age that a unit of time gives: `a old`.
const AGE: &str = " old";
/// Marks a counted noun that is spelled like a unit: `bar (count)`.
const COUNT: &str = " (count)";

impl Unit {
    /// A unit of a dimension that has one code alone, such as [`Dimension::Date`] or [`Dimension::Number`].
    #[must_use]
    pub fn of(dimension: Dimension) -> Unit {
        let code = dimension.only_code().unwrap_or_else(|| dimension.base_code());
        Unit { dimension, code: code.to_owned() }
    }

    /// An amount of the currency with this ISO code.
    #[must_use]
    pub fn money(code: &str) -> Unit {
        Unit { dimension: Dimension::Money, code: code.to_owned() }
    }

    /// An amount of a currency that cannot be told; its code is ISO 4217's `XXX`.
    #[must_use]
    pub fn unsettled_money() -> Unit {
        Unit::money(UNSETTLED)
    }

    /// Whether its figures are whole numbers of a noun; decibels are counted, too, but by a sign.
    #[must_use]
    pub fn counts_a_noun(&self) -> bool {
        self.dimension == Dimension::Count && self.sign().is_none()
    }

    /// The entry of what is counted by a sign, and what its prefix multiplies it by.
    fn sign(&self) -> Option<(&'static UnitEntry, Decimal)> {
        units().find(&self.code).filter(|_| self.dimension == Dimension::Count)
    }

    /// What stands behind a figure for a person: the code or the word that the table has for it, and for a currency that
    /// cannot be told the general sign of currencies. Nothing behind a day, a year or a noun, which is a lemma and stands
    /// in the quotation.
    #[must_use]
    pub fn shown(&self) -> &str {
        match self.dimension {
            Dimension::Date | Dimension::Year => "",
            Dimension::Count if self.counts_a_noun() => "",
            Dimension::Money if self.code == UNSETTLED => "¤",
            Dimension::Money
            | Dimension::Count
            | Dimension::Percent
            | Dimension::Points
            | Dimension::Number
            | Dimension::Power
            | Dimension::Energy
            | Dimension::Length
            | Dimension::Area
            | Dimension::Volume
            | Dimension::Mass
            | Dimension::Speed
            | Dimension::Temperature
            | Dimension::Duration
            | Dimension::Age
            | Dimension::Clock
            | Dimension::Ordinal
            | Dimension::Data
            | Dimension::Emissions
            | Dimension::Frequency
            | Dimension::Pressure
            | Dimension::Magnitude
            | Dimension::Rate => {
                let entry = units().find(&self.code).filter(|(entry, _)| entry.id == self.code);
                entry.and_then(|(entry, _)| entry.shown.as_deref()).unwrap_or(&self.code)
            }
        }
    }

    /// A number of things, by the noun's lemma.
    #[must_use]
    pub fn count(lemma: &str) -> Unit {
        Unit { dimension: Dimension::Count, code: lemma.to_owned() }
    }

    /// The unit of a dimension that a report prints under this code; nothing where there is none.
    ///
    /// ```
    /// use crosscheck::quantity::{Dimension, Unit};
    /// assert_eq!(Unit::coded(Dimension::Count, "km"), Some(Unit::count("km")));
    /// assert_eq!(Unit::coded(Dimension::Length, "km"), Unit::measured("km"));
    /// assert_eq!(Unit::coded(Dimension::Money, "km"), None);
    /// ```
    #[must_use]
    pub fn coded(dimension: Dimension, code: &str) -> Option<Unit> {
        // A noun may be spelled like a unit.
        if dimension == Dimension::Count {
            return Some(Unit::count(code));
        }
        code.parse().ok().filter(|unit: &Unit| unit.dimension == dimension)
    }

    /// A unit of the table, by its code; prefixes are read off.
    #[must_use]
    pub fn measured(code: &str) -> Option<Unit> {
        let (entry, _) = units().find(code)?;
        Some(Unit { dimension: entry.dimension, code: code.to_owned() })
    }

    /// The age in the given unit of time.
    #[must_use]
    pub fn age(time: &Unit) -> Unit {
        Unit { dimension: Dimension::Age, code: format!("{}{AGE}", time.code) }
    }

    /// The unit in which such quantities are compared; the unit itself where there is no other.
    #[must_use]
    pub fn base(&self) -> Unit {
        match (self.dimension.base_code(), self.sign()) {
            ("", Some((entry, _))) => Unit { dimension: self.dimension, code: entry.id.clone() },
            ("", None) => self.clone(),
            (code, _) => Unit { dimension: self.dimension, code: code.to_owned() },
        }
    }

    /// Whether two units have one [base](Unit::base).
    #[must_use]
    pub fn has_base_of(&self, other: &Unit) -> bool {
        let is_converted = !self.dimension.base_code().is_empty();
        let id = |unit: &Unit| unit.sign().map(|(entry, _)| entry.id.as_str());
        let is_one_sign = || id(self).is_some() && id(self) == id(other);
        self.dimension == other.dimension && (is_converted || self.code == other.code || is_one_sign())
    }

    /// The value in the [base](Unit::base) unit, or nothing on overflow.
    #[must_use]
    pub fn to_base(&self, value: Decimal) -> Option<Decimal> {
        if self.dimension.base_code().is_empty() && self.sign().is_none() {
            return Some(value);
        }
        let code = self.code.strip_suffix(AGE).unwrap_or(&self.code);
        let (entry, prefix) = units().find(code)?;
        let scaled = value.checked_mul(prefix)?.checked_mul(entry.numerator)?;
        let scaled = scaled.checked_div(entry.denominator)?.checked_add(entry.offset)?;
        Some(scaled.normalize())
    }

    /// The value in this unit of a value in the [base](Unit::base) unit, or nothing on overflow.
    #[must_use]
    pub fn from_base(&self, value: Decimal) -> Option<Decimal> {
        if self.dimension.base_code().is_empty() && self.sign().is_none() {
            return Some(value);
        }
        let code = self.code.strip_suffix(AGE).unwrap_or(&self.code);
        let (entry, prefix) = units().find(code)?;
        let shifted = value.checked_sub(entry.offset)?.checked_mul(entry.denominator)?;
        shifted.checked_div(entry.numerator)?.checked_div(prefix)
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.code)?;
        let collides = self.dimension == Dimension::Count && is_taken(&self.code);
        if collides { f.write_str(COUNT) } else { Ok(()) }
    }
}

/// Whether a code alone stands for something else than a counted noun.
fn is_taken(code: &str) -> bool {
    code.ends_with(COUNT)
        || code.contains('/')
        || code == UNSETTLED
        || ONLY_ONE.iter().any(|dimension| dimension.only_code() == Some(code))
        || currencies().get(code).is_some()
        || units().find(code.strip_suffix(AGE).unwrap_or(code)).is_some()
}

impl FromStr for Unit {
    type Err = String;

    fn from_str(text: &str) -> Result<Unit, String> {
        if text.contains(['[', ']', '\n']) {
            return Err(format!("expected a unit such as USD, GW or person, found `{text}`"));
        }
        if let Some(noun) = text.strip_suffix(COUNT) {
            return Ok(Unit::count(noun));
        }
        if let Some(dimension) = ONLY_ONE.into_iter().find(|dimension| dimension.only_code() == Some(text)) {
            return Ok(Unit::of(dimension));
        }
        if currencies().get(text).is_some() || text == UNSETTLED {
            return Ok(Unit::money(text));
        }
        if let Some(unit) = Unit::measured(text) {
            return Ok(unit);
        }
        if let Some(time) = text.strip_suffix(AGE).and_then(Unit::measured) {
            return Ok(Unit::age(&time));
        }
        if text.contains('/') {
            return Ok(Unit { dimension: Dimension::Rate, code: text.to_owned() });
        }
        Ok(Unit::count(text))
    }
}

/// A unit as `units.toml` gives it.
#[derive(Debug, Clone)]
pub struct UnitEntry {
    /// The code: `Wh`.
    pub id: String,
    /// What it measures.
    pub dimension: Dimension,
    /// Signs that mean it in every language, case as printed.
    pub symbols: Vec<String>,
    /// The SI prefixes that may stand before it.
    pub prefixes: Vec<String>,
    /// Whether its signs are read without a prefix too.
    pub bare: bool,
    /// What stands behind a figure in a report, where the code is no word for it: "acres".
    pub shown: Option<String>,
    numerator: Decimal,
    denominator: Decimal,
    offset: Decimal,
}

/// All units, with an index by code.
#[derive(Debug)]
pub struct Units {
    /// Every unit, in the table's order.
    pub all: Vec<UnitEntry>,
    by_code: FxHashMap<String, (usize, Decimal)>,
}

impl Units {
    /// The unit of a code, and what its SI prefix multiplies it by.
    #[must_use]
    pub fn find(&self, code: &str) -> Option<(&UnitEntry, Decimal)> {
        let (idx, prefix) = self.by_code.get(code)?;
        self.all.get(*idx).map(|entry| (entry, *prefix))
    }
}

/// The power of ten of an SI prefix (SI Brochure, 9th edition, table 7).
fn si_prefix(symbol: &str) -> Option<&'static str> {
    Some(match symbol {
        "n" => "1e-9",
        "µ" => "1e-6",
        "m" => "1e-3",
        "c" => "1e-2",
        "d" => "1e-1",
        "h" => "1e2",
        "k" => "1e3",
        "M" => "1e6",
        "G" => "1e9",
        "T" => "1e12",
        "P" => "1e15",
        "E" => "1e18",
        _ => return None,
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    id: String,
    dimension: Dimension,
    factor: String,
    offset: Option<String>,
    #[serde(default)]
    symbols: Vec<String>,
    #[serde(default)]
    prefixes: Vec<String>,
    bare: Option<bool>,
    shown: Option<String>,
    #[expect(dead_code, reason = "the source is for the people who keep the table")]
    source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    unit: Vec<Row>,
}

fn entry(row: Row) -> Option<UnitEntry> {
    let (numerator, denominator) = row.factor.split_once('/').unwrap_or((&row.factor, "1"));
    Some(UnitEntry {
        numerator: parse_decimal(numerator)?,
        denominator: parse_decimal(denominator)?,
        offset: parse_decimal(row.offset.as_deref().unwrap_or("0"))?,
        id: row.id,
        dimension: row.dimension,
        symbols: row.symbols,
        shown: row.shown,
        prefixes: row.prefixes,
        bare: row.bare.unwrap_or(true),
    })
}

/// The embedded table, read once when first needed.
///
/// # Panics
///
/// Never in a released build: a test reads the whole table.
#[must_use]
pub fn units() -> &'static Units {
    static TABLE: LazyLock<Units> = LazyLock::new(|| {
        let table: Table =
            toml::from_str(include_str!("units.toml")).expect("a test reads the embedded table");
        let all: Vec<UnitEntry> =
            table.unit.into_iter().map(|row| entry(row).expect("a test reads the embedded table")).collect();
        let mut by_code = FxHashMap::default();
        for (idx, unit) in all.iter().enumerate() {
            for prefix in &unit.prefixes {
                let power =
                    si_prefix(prefix).and_then(parse_decimal).expect("a test reads the embedded table");
                by_code.insert(format!("{prefix}{}", unit.id), (idx, power));
            }
        }
        // A unit of its own wins over a prefixed reading of the same letters.
        for (idx, unit) in all.iter().enumerate() {
            by_code.insert(unit.id.clone(), (idx, Decimal::ONE));
        }
        Units { all, by_code }
    });
    &TABLE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_reach_their_base_exactly() {
        for (value, unit, base) in [
            ("8.4", "GW", "8400000000 W"),
            ("1", "mi", "1609.344 m"),
            ("1", "acre", "4046.8564224 m2"),
            ("30", "mo", "78892380 s"),
            ("2.5", "a", "78892380 s"),
            ("5", "kt", "5000000 kg"),
            ("100", "°C", "100 °C"),
        ] {
            let unit: Unit = unit.parse().unwrap();
            let converted = unit.to_base(parse_decimal(value).unwrap()).unwrap();
            assert_eq!(format!("{converted} {}", unit.base()), base);
        }
        let fahrenheit: Unit = "°F".parse().unwrap();
        assert_eq!(
            fahrenheit.to_base(Decimal::from(212)).unwrap().round_dp(12).normalize(),
            Decimal::from(100)
        );
    }

    #[test]
    fn power_and_energy_are_two_dimensions() {
        assert_ne!("GW".parse::<Unit>().unwrap().dimension, "GWh".parse::<Unit>().unwrap().dimension);
    }

    #[test]
    fn a_noun_spelled_like_a_unit_keeps_its_meaning() {
        let noun = Unit::count("bar");
        assert_eq!(noun.to_string(), "bar (count)");
        assert_eq!(noun.to_string().parse::<Unit>().unwrap(), noun);
    }
}
