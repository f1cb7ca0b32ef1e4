//! A claim and its slots.

use std::ops::Range;
use std::sync::Arc;

use rust_decimal::Decimal;
use serde::Deserialize;

use super::{EARLIER, Period};
use crate::document::{BlockKind, Document, Place};
use crate::extract::Role;
use crate::quantity::{Hedge, Interval, Precision, PrintedFigure, Quantity, Unit};
use crate::span::Span;

/// A figure and what it says.
#[derive(Debug, Clone, PartialEq)]
pub struct Claim {
    /// The place among the story's claims.
    pub id: usize,
    /// The document's place in the story.
    pub document: usize,
    /// Where it stands in the file, in bytes.
    pub span: Span,
    /// Where it stands in the file, for a person.
    pub place: Place,
    /// Where it stands in the document's text.
    pub text: Range<usize>,
    /// The sentence around it, in the document's text.
    pub sentence: Range<usize>,
    /// The kind of block it stands in.
    pub block: BlockKind,
    /// The post that it stands in, by its place among its document's; nothing where the report is of one piece.
    pub post: Option<usize>,
    /// What it says, as stated.
    pub quantity: Quantity,
    /// What its digits and hedge leave open, in the stated unit: outside it is a contradiction.
    pub hard: Interval,
    /// What a reader takes it for, in the stated unit: outside it readers object.
    pub soft: Interval,
    /// How precisely it was printed.
    pub precision: Precision,
    /// Whether it is a range or a magnitude without a figure of its own.
    pub figure: PrintedFigure,
    /// The hedge beside it.
    pub hedge: Option<Hedge>,
    /// The shared name or sign that the currency was settled from without a word of the report: a family's id.
    pub family: Option<String>,
    /// The claim that it states again in another unit.
    pub restates: Option<usize>,
    /// What is counted or measured: an id of `measures.toml`.
    pub measure: Option<&'static str>,
    /// Whether that is no more than the noun that is counted: "4,200 students" may be any students.
    pub is_measure_noun: bool,
    /// Whose it is: names in the figure's clause, folded.
    pub subject: Vec<String>,
    /// The names right beside the figure, folded.
    pub owners: Vec<String>,
    /// What the clause is about that leads up to a settled figure, folded: "the tunnel will cost".
    pub things: Vec<String>,
    /// Which part of the whole: an id of the pages' `[parts]`.
    pub part: Option<String>,
    /// To what of its measure it is narrowed: ids of the pages' `[scopes]`, sorted, each once.
    pub scopes: Vec<String>,
    /// The words between a number and its noun that say which of them it counts, folded: "season" of "season tickets".
    pub qualifiers: Vec<String>,
    /// For when it holds.
    pub period: Option<Period>,
    /// Whether it is a fact or a plan.
    pub modality: Modality,
    /// Who said so.
    pub source: Option<Source>,
    /// Level, change, share, rank or date.
    pub kind: Kind,
    /// Whether a change is a rise or a fall, where the report says.
    pub direction: Option<Direction>,
    /// The day of the week, 1 for Monday, where it is one and no date.
    pub weekday: Option<i8>,
    /// Whether it stands for itself, or beside another as what was before or as its whole.
    pub role: Role,
    /// Whether it is compared with others, or why not.
    pub compared: Compared,
    /// What was settled on the way from the quotation to the quantity, step by step.
    pub reading: Vec<String>,
    /// The sentence's words of content: lemmas, sorted, each once; none until [`add_words`] adds them.
    pub words: Arc<[String]>,
}

/// Whether a figure is said to hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Modality {
    /// It holds.
    Fact,
    /// It is to come, as decided.
    Planned,
    /// Someone expects it.
    Forecast,
    /// Someone aims at it.
    Target,
    /// It is the most that is possible or allowed.
    Maximum,
}

impl Modality {
    /// The name as reports print it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Modality::Fact => "fact",
            Modality::Planned => "planned",
            Modality::Forecast => "forecast",
            Modality::Target => "target",
            Modality::Maximum => "maximum",
        }
    }

    pub(super) fn of_key(key: &str) -> Option<Modality> {
        [Modality::Planned, Modality::Forecast, Modality::Target, Modality::Maximum]
            .into_iter()
            .find(|modality| modality.as_str() == key)
    }
}

/// What sort of figure it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// How much there is.
    Level,
    /// How much it moved.
    Change,
    /// How much of a whole.
    Share,
    /// A place in an order.
    Rank,
    /// A day, a month, a year.
    Date,
}

impl Kind {
    /// The name as reports print it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Level => "level",
            Kind::Change => "change",
            Kind::Share => "share",
            Kind::Rank => "rank",
            Kind::Date => "date",
        }
    }
}

/// Which way a figure moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// Up.
    Rise,
    /// Down.
    Fall,
}

impl Direction {
    /// The name as reports print it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Direction::Rise => "rise",
            Direction::Fall => "fall",
        }
    }

    pub(super) fn of_key(key: &str) -> Option<Direction> {
        [Direction::Rise, Direction::Fall].into_iter().find(|direction| direction.as_str() == key)
    }
}

/// Whether a claim is compared with others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Compared {
    /// It is.
    Yes,
    /// It is not, and why.
    No(String),
}

impl Claim {
    /// Whether it is compared.
    #[must_use]
    pub fn is_compared(&self) -> bool {
        self.compared == Compared::Yes
    }

    /// Gives the figure a unit that the story tells; nothing, and no change, on overflow.
    pub(crate) fn take(&mut self, unit: Unit) -> Option<()> {
        let precision = Precision { is_count: unit.counts_a_noun(), ..self.precision };
        (self.hard, self.soft) = precision.intervals(self.figure, self.hedge)?;
        if self.quantity.best.is_some() {
            self.quantity.interval = self.hard;
        }
        self.precision = precision;
        self.quantity.unit = unit;
        Some(())
    }

    /// How it was read, step by step: the quotation, and what was settled from it.
    #[must_use]
    pub fn steps(&self, document: &Document) -> Vec<String> {
        let first = format!("reads \"{}\" as {}", document.slice(&self.text), self.quantity);
        std::iter::once(first).chain(self.reading.iter().cloned()).collect()
    }

    /// The figure itself, in the stated unit, or nothing for a range.
    #[must_use]
    pub fn value(&self) -> Option<Decimal> {
        self.quantity.best
    }

    /// The figure itself in its base unit; nothing for a range, or on overflow.
    #[must_use]
    pub fn in_base(&self) -> Option<Decimal> {
        self.to_base(self.value()?)
    }

    /// A value of the claim's unit in the base unit; nothing on overflow. A change of temperature has no zero of its scale:
    /// a rise by 2 °F is one by 1.1 °C.
    #[must_use]
    pub fn to_base(&self, value: Decimal) -> Option<Decimal> {
        let unit = &self.quantity.unit;
        let base = unit.to_base(value)?;
        if self.kind == Kind::Change { base.checked_sub(unit.to_base(Decimal::ZERO)?) } else { Some(base) }
    }

    /// A value of the claim's unit in another unit of the dimension; nothing on overflow.
    #[must_use]
    pub fn in_unit(&self, value: Decimal, wanted: &Unit) -> Option<Decimal> {
        let base = self.to_base(value)?;
        let zero = if self.kind == Kind::Change { wanted.to_base(Decimal::ZERO)? } else { Decimal::ZERO };
        wanted.from_base(base.checked_add(zero)?)
    }

    /// The quantity in its dimension's base unit, or nothing where the unit has none or a product is too large.
    #[must_use]
    pub fn canonical(&self) -> Option<Quantity> {
        let base = |value: Decimal| self.to_base(value);
        let Quantity { interval, best, unit } = &self.quantity;
        let best = match best {
            Some(value) => Some(base(*value)?),
            None => None,
        };
        Some(Quantity { interval: interval.map(base)?, best, unit: unit.base() })
    }

    /// Whether it is of a part, by its id.
    #[must_use]
    pub fn is_part(&self, id: &str) -> bool {
        self.part.as_deref() == Some(id)
    }

    /// Whether it is told of an earlier time, and nobody says which.
    #[must_use]
    pub fn is_of_earlier_time(&self) -> bool {
        self.scopes.iter().any(|scope| scope == EARLIER)
    }

    /// Whether the periods of two claims exclude each other, so that one figure cannot hold for both.
    #[must_use]
    pub fn is_of_other_stretch(&self, other: &Claim) -> bool {
        self.period.as_ref().zip(other.period.as_ref()).is_some_and(|(one, other)| one.excludes(other))
    }

    /// What the one is who says it, where nobody is named: "police".
    #[must_use]
    pub fn speaker(&self) -> Option<&str> {
        match self.source.as_ref()? {
            Source::Unnamed(speaker) => Some(speaker),
            Source::Named(_) => None,
        }
    }
}

/// Who says a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// By name, folded.
    Named(String),
    /// By what they are alone, as a page's key: "police".
    Unnamed(String),
}

impl Source {
    /// The name or the key.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Source::Named(name) | Source::Unnamed(name) => name,
        }
    }
}
