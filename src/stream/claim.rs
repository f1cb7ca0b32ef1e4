//! A claim's line, both ways.

use std::collections::BTreeMap;
use std::sync::Arc;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::document::Stand;
use super::name;
use crate::document::{BlockKind, Document, Place};
use crate::error::nearest;
use crate::extract::Role;
use crate::lang::{measure, measures};
use crate::normalise::{Claim, Compared, Direction, Kind, Modality, Source, obstacle_of};
use crate::quantity::{
    Bound, Dimension, Hedge, Interval, Precision, PrintedFigure, Quantity, Unit, parse_day, parse_decimal,
};
use crate::report::{claim_value, json_line};
use crate::span::Span;

/// What a line says of a claim: its shape in the JSON report, and what judging needs beyond it.
#[derive(Debug, Deserialize)]
pub(super) struct ClaimLine {
    pub(super) id: Value,
    pub(super) document: Value,
    span: Option<SpanLine>,
    pub(super) line: Option<usize>,
    pub(super) column: Option<usize>,
    pub(super) quote: Option<String>,
    pub(super) sentence: Option<String>,
    quantity: QuantityLine,
    hard: Option<String>,
    soft: Option<String>,
    hedge: Option<Hedge>,
    restates: Option<Value>,
    measure: Option<String>,
    #[serde(default)]
    subject: Vec<String>,
    part: Option<String>,
    period: Option<String>,
    modality: Option<Modality>,
    source: Option<String>,
    kind: Option<Kind>,
    direction: Option<Direction>,
    block: Option<BlockKind>,
    compared: Option<ComparedLine>,
    #[serde(default)]
    read: Read,
}

#[derive(Debug, Clone, Copy, Default, Deserialize)]
struct SpanLine {
    start: usize,
    end: usize,
}

#[derive(Debug, Deserialize)]
struct QuantityLine {
    value: Option<String>,
    low: Option<String>,
    high: Option<String>,
    unit: Option<String>,
    dimension: Option<Dimension>,
}

#[derive(Debug, Deserialize)]
#[serde(untagged, expecting = "expected true, false or {\"because\": …} in `compared`")]
enum ComparedLine {
    Is(bool),
    Not { because: String },
}

/// What judging needs of a claim beyond its shape in the JSON report.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Read {
    /// The place value of the last significant digit.
    grain: Option<String>,
    /// Whether that is a guess from trailing zeros.
    #[serde(skip_serializing_if = "is_false")]
    from_zeros: bool,
    /// Whether things are counted one by one.
    #[serde(skip_serializing_if = "is_false")]
    is_count: bool,
    /// Whether it is a share in words.
    #[serde(skip_serializing_if = "is_false")]
    is_fraction: bool,
    /// Whether it is a magnitude without a figure of its own.
    #[serde(skip_serializing_if = "is_false")]
    is_vague: bool,
    /// The shared name or sign that the currency was settled from.
    #[serde(skip_serializing_if = "Option::is_none")]
    family: Option<String>,
    /// Whether the measure is no more than the noun that is counted.
    #[serde(skip_serializing_if = "is_false")]
    is_measure_noun: bool,
    /// The names right beside the figure.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    owners: Vec<String>,
    /// What the clause is about.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    things: Vec<String>,
    /// To what of its measure it is narrowed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    scopes: Vec<String>,
    /// The words between a number and its noun that say which of them it counts.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    qualifiers: Vec<String>,
    /// Whether the source is told by what it is and not by name.
    #[serde(skip_serializing_if = "is_false")]
    is_unnamed: bool,
    /// The day of the week, 1 for Monday.
    #[serde(skip_serializing_if = "Option::is_none")]
    weekday: Option<i8>,
    /// What it is beside another figure.
    #[serde(skip_serializing_if = "is_own")]
    role: Role,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it so")]
fn is_false(flag: &bool) -> bool {
    !flag
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it so")]
fn is_own(role: &Role) -> bool {
    *role == Role::Own
}

pub(super) fn line(story: &str, document: &Document, claim: &Claim) -> String {
    #[derive(Serialize)]
    struct Line<'a, T: Serialize> {
        story: &'a str,
        #[serde(flatten)]
        shape: T,
        read: Read,
    }
    let Precision { grain, from_zeros, is_count } = claim.precision;
    let read = Read {
        grain: Some(grain.normalize().to_string()),
        from_zeros,
        is_count,
        is_fraction: matches!(claim.figure, PrintedFigure::Fraction(_)),
        is_vague: matches!(claim.figure, PrintedFigure::Vague(..)),
        family: claim.family.clone(),
        is_measure_noun: claim.is_measure_noun,
        owners: claim.owners.clone(),
        things: claim.things.clone(),
        scopes: claim.scopes.clone(),
        qualifiers: claim.qualifiers.clone(),
        is_unnamed: claim.speaker().is_some(),
        weekday: claim.weekday,
        role: claim.role,
    };
    json_line(&Line { story, shape: claim_value(document, claim), read })
}

impl ClaimLine {
    /// The claim, but for its own id, its document's and its post; `roots` are the claims before it that it may restate.
    pub(super) fn claim(self, stand: Stand, roots: &BTreeMap<String, usize>) -> Result<Claim, String> {
        let unit = self.quantity.unit()?;
        let compared = self.compared(&unit);
        let stated = self.stated(unit, compared == Compared::Yes)?;
        let restates = self.restates.as_ref().map(|id| restated(id, roots)).transpose()?;
        let period = self.period.as_deref().map(str::parse).transpose()?;
        let measure = self.measure.as_deref().map(known_measure).transpose()?;
        let weekday = self.read.weekday;
        if let Some(day) = weekday.filter(|day| !(1..=7).contains(day)) {
            return Err(format!("expected a `weekday` from 1 to 7, found {day}"));
        }
        let source = |told| if self.read.is_unnamed { Source::Unnamed(told) } else { Source::Named(told) };
        let SpanLine { start, end } = self.span.unwrap_or_default();
        Ok(Claim {
            id: 0,
            document: 0,
            span: Span { start, end },
            place: Place::Line { line: self.line.unwrap_or(1), column: self.column.unwrap_or(1) },
            text: stand.text,
            sentence: stand.sentence,
            block: self.block.unwrap_or(BlockKind::Body),
            post: None,
            quantity: stated.quantity,
            hard: stated.hard,
            soft: stated.soft,
            precision: stated.precision,
            figure: stated.figure,
            hedge: self.hedge,
            family: self.read.family,
            restates,
            measure,
            is_measure_noun: self.read.is_measure_noun,
            subject: self.subject,
            owners: self.read.owners,
            things: self.read.things,
            part: self.part,
            scopes: self.read.scopes,
            qualifiers: self.read.qualifiers,
            period,
            modality: self.modality.unwrap_or(Modality::Fact),
            source: self.source.map(source),
            kind: self.kind.unwrap_or(Kind::Level),
            direction: self.direction,
            weekday,
            role: self.read.role,
            compared,
            reading: Vec::new(),
            words: Arc::from([]),
        })
    }

    /// Whether it is compared: as the line says, or by its unit where the line says nothing.
    fn compared(&self, unit: &Unit) -> Compared {
        match &self.compared {
            Some(ComparedLine::Is(true)) => Compared::Yes,
            Some(ComparedLine::Is(false)) => Compared::No("its line says so".to_owned()),
            Some(ComparedLine::Not { because }) => Compared::No(because.clone()),
            None => obstacle_of(unit).map_or(Compared::Yes, |because| Compared::No(because.to_owned())),
        }
    }

    /// The figure with its intervals, in the stated unit.
    fn stated(&self, unit: Unit, is_compared: bool) -> Result<Stated, String> {
        let [value, low, high] = self.quantity.numbers(&unit)?;
        let Read { is_fraction, is_vague, .. } = self.read;
        let figure = match (value, low, high) {
            (Some(value), ..) if is_fraction => PrintedFigure::Fraction(value),
            (Some(value), ..) => PrintedFigure::One(value),
            (None, Some(low), Some(high)) if is_vague => PrintedFigure::Vague(low, high),
            (None, Some(low), Some(high)) => PrintedFigure::Range(low, high),
            (None, Some(_), None) | (None, None, Some(_) | None) if is_compared => {
                return Err(self.quantity.without_a_number());
            }
            // Such as a day that is not known: it is not compared.
            (None, Some(_), None) | (None, None, Some(_) | None) => {
                PrintedFigure::Range(Decimal::ZERO, Decimal::ZERO)
            }
        };
        let precision = self.precision(value.or(low).unwrap_or_default(), &unit)?;
        let (hard, soft) = match (&self.hard, &self.soft) {
            (Some(hard), Some(soft)) => (interval("hard", hard, &unit)?, interval("soft", soft, &unit)?),
            (Some(_), None) => return Err("expected `soft` beside `hard`, found `hard` alone".to_owned()),
            (None, Some(_)) => return Err("expected `hard` beside `soft`, found `soft` alone".to_owned()),
            (None, None) => precision
                .intervals(figure, self.hedge)
                .ok_or_else(|| "expected a smaller number in `quantity`".to_owned())?,
        };
        let end = |end: Option<Decimal>| end.map_or(Bound::Unbounded, Bound::Closed);
        let range = Interval { low: end(low), high: end(high) };
        let interval = if value.is_some() { hard } else { range };
        Ok(Stated { quantity: Quantity { interval, best: value, unit }, hard, soft, precision, figure })
    }

    fn precision(&self, value: Decimal, unit: &Unit) -> Result<Precision, String> {
        let Read { grain, from_zeros, is_count, .. } = &self.read;
        let Some(grain) = grain else { return Ok(Precision::of_value(value, unit.counts_a_noun())) };
        let grain = decimal("grain", grain)?;
        if grain <= Decimal::ZERO {
            return Err(format!("expected a `grain` above zero, found `{grain}`"));
        }
        Ok(Precision { grain, from_zeros: *from_zeros, is_count: *is_count })
    }
}

/// A figure with its intervals, in the stated unit.
struct Stated {
    quantity: Quantity,
    hard: Interval,
    soft: Interval,
    precision: Precision,
    figure: PrintedFigure,
}

impl QuantityLine {
    fn unit(&self) -> Result<Unit, String> {
        let code = self.unit.as_deref().unwrap_or_default();
        let Some(dimension) = self.dimension else { return code.parse() };
        Unit::coded(dimension, code)
            .ok_or_else(|| format!("expected a unit of {} in `quantity`, found `{code}`", dimension.as_str()))
    }

    /// Value, low and high.
    fn numbers(&self, unit: &Unit) -> Result<[Option<Decimal>; 3], String> {
        let number = |key: &str, told: &Option<String>| {
            let read = |text: &String| match unit.dimension == Dimension::Date {
                true => parse_day(text)
                    .ok_or_else(|| format!("expected a day such as 2026-07-02 in `{key}`, found `{text}`")),
                false => decimal(key, text),
            };
            told.as_ref().map(read).transpose()
        };
        let Self { value, low, high, .. } = self;
        let numbers = [number("value", value)?, number("low", low)?, number("high", high)?];
        if let [_, Some(from), Some(to)] = numbers
            && to < from
        {
            let (low, high) = (low.as_deref().unwrap_or_default(), high.as_deref().unwrap_or_default());
            return Err(format!("expected `low` at most `high` in `quantity`, found {low} and {high}"));
        }
        Ok(numbers)
    }

    /// What is wrong where neither `value` nor both ends are there.
    fn without_a_number(&self) -> String {
        let found = match (&self.low, &self.high) {
            (Some(_), Some(_) | None) => "`low` alone",
            (None, Some(_)) => "`high` alone",
            (None, None) => "none of them",
        };
        format!("expected `value`, or `low` and `high`, in `quantity`, found {found}")
    }
}

fn decimal(key: &str, text: &str) -> Result<Decimal, String> {
    parse_decimal(text).ok_or_else(|| format!("expected a number such as \"8.4\" in `{key}`, found `{text}`"))
}

/// An interval in the unit of the quantity.
fn interval(key: &str, text: &str, unit: &Unit) -> Result<Interval, String> {
    let quantity: Quantity = text.parse().map_err(|problem| format!("`{key}`: {problem}"))?;
    if quantity.unit != *unit {
        let found = quantity.unit;
        return Err(format!("expected `{key}` in the unit of `quantity`, `{unit}`, found `{found}`"));
    }
    Ok(quantity.interval)
}

fn known_measure(id: &str) -> Result<&'static str, String> {
    let ids = measures().iter().map(|measure| measure.id.as_str());
    measure(id).map(|measure| measure.id.as_str()).ok_or_else(|| {
        let meant = nearest(id, ids).map_or(String::new(), |meant| format!("; `{meant}` is one"));
        format!("expected a measure of measures.toml in `measure`, found `{id}`{meant}")
    })
}

/// The claim that is stated again.
fn restated(id: &Value, roots: &BTreeMap<String, usize>) -> Result<usize, String> {
    let id = name("restates", id)?;
    roots.get(&id).copied().ok_or_else(|| {
        format!("expected in `restates` an earlier claim of its document that restates none, found `{id}`")
    })
}
