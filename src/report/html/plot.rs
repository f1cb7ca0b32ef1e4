//! The picture of a disagreement: a row for each figure, on one axis. Places across are percent of the width, so that a
//! narrow page squeezes the picture and not its letters; places down are pixels.

use rust_decimal::Decimal;

use super::axis::{Axis, Tick};
use super::letter;
use crate::quantity::{Interval, interval_in_words, rate_in_words};
use crate::reconcile::Topic;
use crate::report::{Chart, Drawn, Row, Stance, StoryReport, counted, in_words};

/// Pixels from one row to the next.
const ROW: usize = 52;
/// Pixels above the first row.
const HEAD: usize = 10;
/// Pixels below the last row: the axis and its numbers.
const FOOT: usize = 34;
/// Columns of a row's label; a wide character takes two.
const LABEL_COLUMNS: usize = 34;

/// What the page shows of a chart.
pub(super) struct Plot<'a> {
    pub(super) height: usize,
    /// Where the axis stands.
    pub(super) floor: usize,
    pub(super) ticks: Vec<Tick>,
    /// What the figures are of.
    pub(super) topic: &'a str,
    /// What the axis counts.
    pub(super) unit: String,
    pub(super) is_logarithmic: bool,
    /// The figures that most sources bear out, from and to.
    pub(super) band: Option<(Decimal, Decimal)>,
    pub(super) agreed: Option<String>,
    pub(super) rows: Vec<Strip<'a>>,
    /// Figures without a row, and why.
    pub(super) left_out: Vec<&'a str>,
    pub(super) more: usize,
}

/// A row of the picture, and of the table beside it.
pub(super) struct Strip<'a> {
    pub(super) top: usize,
    pub(super) letter: String,
    pub(super) quote: &'a str,
    pub(super) label: String,
    pub(super) who: &'a str,
    pub(super) times: usize,
    pub(super) stance: Stance,
    pub(super) hard: Line,
    pub(super) soft: Option<Line>,
    pub(super) value: Option<Decimal>,
    pub(super) reads: String,
    pub(super) holds: String,
    pub(super) taken: String,
    pub(super) rate: Option<String>,
}

/// A stretch of the axis.
pub(super) struct Line {
    pub(super) from: Decimal,
    pub(super) to: Decimal,
    /// Whether it goes on beyond the plot's edges.
    pub(super) is_open: [bool; 2],
}

impl Line {
    fn of(axis: &Axis, interval: &Interval) -> Line {
        Line {
            from: axis.bound(interval.low, Decimal::ZERO),
            to: axis.bound(interval.high, Decimal::ONE_HUNDRED),
            is_open: [interval.low, interval.high].map(|bound| bound.value().is_none()),
        }
    }

    /// How wide it is, in percent of the plot's width.
    pub(super) fn width(&self) -> Decimal {
        self.to - self.from
    }
}

impl<'a> Plot<'a> {
    /// The picture of a chart; nothing where its numbers are too large to draw.
    pub(super) fn of(story: &'a StoryReport, topic: &'a Topic, chart: &Chart) -> Option<Plot<'a>> {
        let axis = Axis::of(chart)?;
        let rows: Vec<Strip<'_>> = chart
            .rows
            .iter()
            .enumerate()
            .filter_map(|(idx, row)| strip(story, chart, &axis, idx, row))
            .collect();
        let floor = HEAD + ROW * rows.len();
        let band = chart.agreed.map(|agreed| Line::of(&axis, &agreed));
        Some(Plot {
            height: floor + FOOT,
            floor,
            ticks: axis.ticks(),
            topic: &topic.label,
            unit: axis.title(),
            is_logarithmic: axis.is_logarithmic,
            band: band.map(|line| (line.from, line.width())),
            agreed: chart.agreed.map(|agreed| words(story, chart, &agreed)),
            rows,
            left_out: chart.left_out.iter().filter_map(|id| story.quote(*id)).collect(),
            more: chart.more,
        })
    }
}

fn strip<'a>(story: &'a StoryReport, chart: &Chart, axis: &Axis, idx: usize, row: &Row) -> Option<Strip<'a>> {
    let claim = story.claims.get(row.claim)?;
    let document = story.documents.get(claim.document)?;
    let quote = story.quote(row.claim)?;
    let Drawn { hard, soft, value, .. } = &row.drawn;
    let rate = story.rate_to(claim, &chart.unit.code).filter(|_| row.drawn.rate.is_some());
    Some(Strip {
        top: HEAD + ROW * idx,
        letter: row.side.map(letter).unwrap_or_default(),
        quote,
        label: shortened(quote, LABEL_COLUMNS),
        who: story.who(document),
        times: row.times,
        stance: row.stance,
        hard: Line::of(axis, hard),
        soft: (!soft.is_point()).then(|| Line::of(axis, soft)),
        value: value.map(|value| axis.at(value)),
        reads: in_words(claim),
        holds: words(story, chart, hard),
        taken: words(story, chart, soft),
        rate: rate.map(|(from, to, rate)| rate_in_words(&from, &to, &rate)),
    })
}

/// An interval as a person reads it; what was converted is no more exact than its rate or its factor.
fn words(story: &StoryReport, chart: &Chart, interval: &Interval) -> String {
    const DIGITS: u32 = 4;
    let is_stated =
        |row: &Row| story.claims.get(row.claim).is_some_and(|own| own.quantity.unit == chart.unit);
    let is_exact = chart.unit.code.is_empty() || chart.rows.iter().all(is_stated);
    let rounded = if is_exact { None } else { interval.map(|value| value.round_sf(DIGITS)) };
    interval_in_words(&rounded.unwrap_or(*interval), &chart.unit)
}

impl Strip<'_> {
    /// The class by which it is coloured.
    pub(super) fn class(&self) -> &'static str {
        match self.stance {
            Stance::BorneOut | Stance::Latest => "borne-out",
            Stance::Apart | Stance::Disputed => "apart",
            Stance::Earlier | Stance::Beside => "beside",
        }
    }

    /// The outline of its mark, around the figure: a disc, a square standing on a corner, a ring.
    pub(super) fn shape(&self) -> &'static str {
        match self.stance {
            Stance::BorneOut | Stance::Latest => "M-6 0 A6 6 0 1 1 6 0 A6 6 0 1 1 -6 0 Z",
            Stance::Apart | Stance::Disputed => "M-8 0 L0 -8 L8 0 L0 8 Z",
            Stance::Earlier | Stance::Beside => "M-5 -5 H5 V5 H-5 Z",
        }
    }

    /// The row in words, for those who do not see it.
    pub(super) fn told(&self) -> String {
        let letter = if self.letter.is_empty() { String::new() } else { format!("{}: ", self.letter) };
        let stance = self.stance.as_str();
        let stance = if stance.is_empty() { String::new() } else { format!(", {stance}") };
        let times =
            if self.times > 1 { format!(", said {}", counted(self.times, "time")) } else { String::new() };
        format!("{letter}“{}”, {}{times}: {}{stance}.", self.quote, self.who, self.holds)
    }
}

/// The beginning of a text that fits into some columns.
fn shortened(text: &str, columns: usize) -> String {
    /// Where the scripts begin whose characters are twice as wide.
    const WIDE_FROM: char = '\u{1100}';
    let mut left = columns;
    let mut short = String::new();
    for c in text.chars() {
        let width = if c < WIDE_FROM { 1 } else { 2 };
        if left <= width {
            return format!("{}…", short.trim_end());
        }
        left -= width;
        short.push(c);
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_is_cut_by_its_width() {
        assert_eq!(shortened("8.4 GW", 10), "8.4 GW");
        assert_eq!(shortened("hundreds of trillions", 10), "hundreds…");
        assert_eq!(shortened("約8400億円の投資", 10), "約8400億…");
    }
}
