//! The axis of a plot: its span, its ticks, and where on it a number stands.

use rust_decimal::prelude::*;

use crate::quantity::{Bound, Dimension, Unit, figure_in_words, readable, scale_in_words};
use crate::report::Chart;

/// From this span on, the largest number over the smallest, an axis is logarithmic.
const LOGARITHMIC_FROM: i64 = 30;
/// Steps of a linear axis, about.
const STEPS: i64 = 4;
/// Powers of ten that are named on a logarithmic axis, at most.
const MOST_POWERS: usize = 5;
/// Percent of the plot's width that stay free on each side.
const MARGIN: i64 = 3;

/// A line of numbers from one end of the plot to the other.
pub(super) struct Axis {
    low: Decimal,
    high: Decimal,
    pub(super) is_logarithmic: bool,
    ticks: Vec<Decimal>,
    unit: Unit,
}

/// A named number of the axis.
pub(super) struct Tick {
    /// Where it stands, in percent of the plot's width.
    pub(super) x: Decimal,
    pub(super) label: String,
}

impl Axis {
    /// The axis that holds every number of a chart; nothing where they are too large for it.
    pub(super) fn of(chart: &Chart) -> Option<Axis> {
        let numbers: Vec<Decimal> = chart
            .rows
            .iter()
            .flat_map(|row| {
                let ends = [row.drawn.hard, row.drawn.soft].map(|own| [own.low, own.high]);
                ends.into_iter().flatten().filter_map(Bound::value).chain(row.drawn.value)
            })
            .collect();
        let (low, high) = (numbers.iter().min().copied()?, numbers.iter().max().copied()?);
        let is_day = is_of_days(&chart.unit);
        let is_wide = low > Decimal::ZERO
            && low.checked_mul(Decimal::from(LOGARITHMIC_FROM)).is_some_and(|wide| wide <= high);
        let ends = if is_wide && !is_day { logarithmic(low, high) } else { linear(low, high, is_day) };
        let (low, high, ticks) = ends?;
        Some(Axis { low, high, is_logarithmic: is_wide && !is_day, ticks, unit: chart.unit.clone() })
    }

    /// Where a number stands, in percent of the plot's width; what lies beyond an end stands at it.
    pub(super) fn at(&self, value: Decimal) -> Decimal {
        let share = self.share(value.clamp(self.low, self.high)).unwrap_or_default();
        let width = Decimal::from(100 - 2 * MARGIN);
        (share * width + Decimal::from(MARGIN)).round_dp(2).normalize()
    }

    /// How far along the axis a number stands, from 0 to 1.
    fn share(&self, value: Decimal) -> Option<Decimal> {
        if self.is_logarithmic {
            let low = self.low.checked_log10()?;
            let way = self.high.checked_log10()?.checked_sub(low)?;
            return value.checked_log10()?.checked_sub(low)?.checked_div(way);
        }
        value.checked_sub(self.low)?.checked_div(self.high.checked_sub(self.low)?)
    }

    /// Where a bound stands; an open side ends at the plot's edge.
    pub(super) fn bound(&self, bound: Bound, edge: Decimal) -> Decimal {
        bound.value().map_or(edge, |value| self.at(value))
    }

    /// The named numbers, in the axis' own scale.
    pub(super) fn ticks(&self) -> Vec<Tick> {
        let (scale, _) = self.scale();
        let label = |value: &Decimal| match value.checked_div(scale) {
            Some(scaled) if !self.is_logarithmic => figure_in_words(scaled, self.unit.dimension),
            Some(_) | None => readable(*value),
        };
        self.ticks.iter().map(|value| Tick { x: self.at(*value), label: label(value) }).collect()
    }

    /// What the numbers count: "trillion USD".
    pub(super) fn title(&self) -> String {
        let (_, scale) = if self.is_logarithmic { (Decimal::ONE, "") } else { self.scale() };
        let named: Vec<&str> =
            [scale, self.unit.shown()].into_iter().filter(|word| !word.is_empty()).collect();
        named.join(" ")
    }

    fn scale(&self) -> (Decimal, &'static str) {
        if is_of_days(&self.unit) {
            return (Decimal::ONE, "");
        }
        scale_in_words(self.high.abs().max(self.low.abs()))
    }
}

/// Whether the numbers are days or years, which no scale word shortens.
fn is_of_days(unit: &Unit) -> bool {
    matches!(unit.dimension, Dimension::Date | Dimension::Year)
}

/// The ends and the ticks of an axis.
type Ends = (Decimal, Decimal, Vec<Decimal>);

/// Even steps of 1, 2 or 5 times a power of ten, from zero where that lies near.
fn linear(low: Decimal, high: Decimal, is_day: bool) -> Option<Ends> {
    let near_zero = low > Decimal::ZERO && low.checked_mul(Decimal::TWO)? < high && !is_day;
    let low = if near_zero { Decimal::ZERO } else { low };
    let span = high.checked_sub(low)?;
    let span = if span.is_zero() { high.abs().max(Decimal::ONE) } else { span };
    let least = span.checked_div(Decimal::from(STEPS))?;
    let least = if is_day { least.max(Decimal::ONE) } else { least };
    let step = step(least)?;
    let first = low.checked_div(step)?.floor().checked_mul(step)?;
    let mut ticks = vec![first];
    while let Some(last) = ticks.last().copied().filter(|last| *last < high || ticks.len() < 2) {
        ticks.push(last.checked_add(step)?);
    }
    Some((first, *ticks.last()?, ticks))
}

/// The least of 1, 2 and 5 times the powers of ten that is not below a positive number.
fn step(least: Decimal) -> Option<Decimal> {
    let power = power_below(least)?;
    let steps = [Decimal::ONE, Decimal::TWO, Decimal::from(5), Decimal::TEN];
    steps.into_iter().filter_map(|times| power.checked_mul(times)).find(|step| *step >= least)
}

/// The greatest power of ten that is not above a positive number.
fn power_below(value: Decimal) -> Option<Decimal> {
    let mut power = Decimal::ONE;
    while power > value {
        power = power.checked_div(Decimal::TEN).filter(|power| !power.is_zero())?;
    }
    while let Some(next) = power.checked_mul(Decimal::TEN).filter(|next| *next <= value) {
        power = next;
    }
    Some(power.normalize())
}

/// From a power of ten to a power of ten.
fn logarithmic(low: Decimal, high: Decimal) -> Option<Ends> {
    let mut powers = vec![power_below(low)?];
    while let Some(last) = powers.last().copied().filter(|last| *last < high) {
        powers.push(last.checked_mul(Decimal::TEN)?);
    }
    let (first, last) = (*powers.first()?, *powers.last()?);
    let every = powers.len() / MOST_POWERS + 1;
    Some((first, last, powers.into_iter().step_by(every).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quantity::parse_decimal;

    fn number(text: &str) -> Decimal {
        parse_decimal(text).unwrap()
    }

    #[test]
    fn a_linear_axis_steps_by_one_two_or_five() {
        for (low, high, is_day, ticks) in [
            ("34", "43", false, "30 35 40 45"),
            ("129e9", "1.35e12", false, "0 5e11 1e12 1.5e12"),
            ("43", "43", false, "40 60"),
            ("-3", "5", false, "-4 -2 0 2 4 6"),
            ("20000", "20001", true, "20000 20001"),
        ] {
            let (_, _, found) = linear(number(low), number(high), is_day).unwrap();
            let expected: Vec<Decimal> = ticks.split(' ').map(number).collect();
            assert_eq!(found, expected, "{low} to {high}");
        }
    }

    #[test]
    fn a_logarithmic_axis_names_powers_of_ten() {
        let (low, high, ticks) = logarithmic(number("3"), number("25000")).unwrap();
        assert_eq!((low, high), (number("1"), number("100000")));
        assert_eq!(ticks, [number("1"), number("100"), number("10000")]);
    }
}
