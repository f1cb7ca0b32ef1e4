//! What speaks for two claims being about the same thing, and what against it: kept as it was seen, and put into words
//! only where it is shown.

use std::borrow::Cow;
use std::fmt;

use rust_decimal::Decimal;

use crate::lang::{measure, name_in_words};
use crate::normalise::{Direction, Kind, Modality, Period};

/// A sign of likeness, or of the lack of it, with its weight in points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Weight<'a> {
    /// What was seen.
    pub(super) sign: Sign<'a>,
    /// What it counts for.
    pub(super) points: i32,
}

/// What two claims have in common, or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign<'a> {
    /// The same measure, by its id.
    Measure(&'a str),
    /// Two measures of which one may go by the other's name.
    KinMeasures(&'a str, &'a str),
    /// The same noun counted.
    Noun(&'a str),
    /// A name in common.
    Name(&'a str),
    /// So many percent of the rarer words of the sentences in common.
    Words(i64),
    /// So many other figures that are the same beside both.
    Neighbours(usize),
    /// So many other figures that are the same in the text around both; none of several.
    Around(usize),
    /// Each is the only figure of its kind beside one of three digits or more.
    OnlyOnesBeside,
    /// Each is the only figure of its measure in its report.
    OnlyOnes,
    /// Each is the only figure of its measure in its report that the other's report has not.
    OnlyOnesLeft,
    /// Each is the only figure of its kind beside a name, among figures beside other names.
    OnlyOnesOfName(&'a str),
    /// Headline or first paragraph, both.
    BothLead,
    /// A headline and its own report.
    HeadlineAndBody,
    /// The same stated period.
    Period,
    /// The same part of a whole.
    Part(&'a str),
    /// The same figure.
    Figure,
    /// The same figure, of two measures that are no kin.
    OtherMeasure,
    /// Counts of two nouns.
    OtherNoun,
    /// The same figure, as a level and as a change.
    OtherKind,
    /// Nearly the same figure, of a part and of what is not said to be one.
    OtherPart,
    /// Figures that agree.
    AgreeingFigure,
    /// One is what the other's report gives as the earlier figure.
    Earlier,
    /// A report says that one took the place of the other.
    Replaced,
    /// The same day of another year, or a year with another digit.
    NearDate,
    /// The same digits in another scale, unit or order.
    Digits,
    /// Other reports bear out one of the two figures.
    OddOneOut,
    /// The same digits ten or a hundred times apart.
    TenTimes,
    /// All digits but one.
    AllButOne,
    /// Figures that are more than so many times apart.
    FarApart(Decimal),
    /// A name right beside one of them alone.
    NameOfOne,
    /// One is of a thing that the other's report does not name.
    ThingOfOne,
}

impl Sign<'_> {
    /// It in words: a large story has hundreds of thousands, most of which need no text of their own.
    pub(super) fn words(&self) -> Cow<'static, str> {
        Cow::Borrowed(match self {
            Sign::Measure(id) => return format!("both are of {}", label(id)).into(),
            Sign::KinMeasures(one, other) => {
                return format!("{} and {} are kin", label(one), label(other)).into();
            }
            Sign::Noun(noun) => return format!("both count the noun \"{noun}\"").into(),
            Sign::Name(name) => return format!("both name \"{}\"", name_in_words(name)).into(),
            Sign::Words(percent) => return format!("{percent} % of the rarer words in common").into(),
            Sign::Neighbours(1) => "the same other figure beside both",
            Sign::Neighbours(more) => return format!("{more} other figures the same beside both").into(),
            Sign::Around(0) => "no other figure the same in the text around both",
            Sign::Around(1) => "another figure the same in the text around both",
            Sign::Around(more) => {
                return format!("{more} other figures the same in the text around both").into();
            }
            Sign::OnlyOnesBeside => "each the only figure of its kind beside the same other one",
            Sign::OnlyOnes => "each the only figure of its kind in its report",
            Sign::OnlyOnesLeft => "each the only figure of its kind that the other report has not",
            Sign::OnlyOnesOfName(name) => {
                return format!("each the only such figure beside \"{}\"", name_in_words(name)).into();
            }
            Sign::BothLead => "both in the headline or the first paragraph",
            Sign::HeadlineAndBody => "a headline and its own report",
            Sign::Period => "the same period",
            Sign::Part(part) => return format!("both are of the part \"{part}\"").into(),
            Sign::Figure => "the same figure",
            Sign::OtherMeasure => "of two measures",
            Sign::OtherNoun => "of two nouns",
            Sign::OtherKind => "of two kinds",
            Sign::OtherPart => "of two parts",
            Sign::Earlier => "one is the earlier figure that the other report gives",
            Sign::Replaced => "a report says that one took the place of the other",
            Sign::AgreeingFigure => "figures that agree",
            Sign::NearDate => "nearly the same date",
            Sign::Digits => "the same digits",
            Sign::OddOneOut => "the other reports bear out one of the two",
            Sign::TenTimes => "ten or a hundred times apart",
            Sign::AllButOne => "only all digits but one",
            Sign::FarApart(times) => return format!("the figures are more than {times} times apart").into(),
            Sign::ThingOfOne => "one is of a thing that the other's report does not name",
            Sign::NameOfOne => "a name stands beside one alone",
        })
    }
}

impl fmt::Display for Sign<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words())
    }
}

/// A clash that keeps two claims apart, whatever speaks for them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Clash<'a> {
    /// Level, change, share, rank, date.
    Kinds(Kind, Kind),
    /// Below zero, and a fall in words.
    Fall,
    /// A rise and a fall.
    Directions(Direction, Direction),
    /// Two measures that are no kin, by their ids.
    Measures(&'a str, &'a str),
    /// Two counted nouns.
    Nouns(&'a str, &'a str),
    /// Two parts, or a part and the whole.
    Parts(Option<&'a str>, Option<&'a str>),
    /// Narrowed in two ways, or one alone.
    Scopes(&'a [String], &'a [String]),
    /// Two periods, or one that recurs and none.
    Periods(&'a Period, Option<&'a Period>),
    /// Two dates that are no slip of each other.
    Dates,
    /// A fact or a plan, a forecast, a target, a limit.
    Modalities(Modality, Modality),
    /// One is of another year than the other's report.
    OtherYear,
    /// One is told of an earlier time than its report, and the other is not.
    Times,
    /// Each is given for a name, and one of the names has another figure in the other's report.
    Labels(&'a [String], &'a [String]),
    /// Two lengths of time stand beside them.
    Spans,
    /// What their clauses are about.
    Things(&'a [String], &'a [String]),
    /// The names right beside the figures.
    Names(&'a [String], &'a [String]),
    /// The countries beside the two.
    Countries(Vec<&'a str>, Vec<&'a str>),
    /// One is the other and its neighbours added up.
    Sum,
    /// One is a part of a total of its own report, to which the other is nearer.
    NearerTotal,
    /// One is the other so many times as a figure beside it says.
    Product,
    /// Each report gives a change and the level it leads to, from one level on.
    Moments,
    /// One report counts whoever did it, the other does not.
    Perpetrator,
    /// One report gives both figures.
    BothGiven,
}

/// What a clash rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ground {
    /// What figures, their kinds, parts and times say of each other.
    Figures,
    /// Which words stand around two figures: they may have been misread.
    Words,
}

impl Clash<'_> {
    /// What the clash rests on.
    pub(super) fn ground(&self) -> Ground {
        match self {
            Clash::Measures(..)
            | Clash::Nouns(..)
            | Clash::Scopes(..)
            | Clash::Modalities(..)
            | Clash::OtherYear
            | Clash::Things(..)
            | Clash::Names(..)
            | Clash::Countries(..) => Ground::Words,
            Clash::Kinds(..)
            | Clash::Fall
            | Clash::Directions(..)
            | Clash::Parts(..)
            | Clash::Periods(..)
            | Clash::Dates
            | Clash::Times
            | Clash::Labels(..)
            | Clash::Spans
            | Clash::Sum
            | Clash::NearerTotal
            | Clash::Product
            | Clash::Moments
            | Clash::Perpetrator
            | Clash::BothGiven => Ground::Figures,
        }
    }
}

impl<'a> fmt::Display for Clash<'a> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let part = |part: &Option<&'a str>| part.unwrap_or("the whole").replace('_', " ");
        match self {
            Clash::Kinds(one, other) => write!(f, "kinds differ: {}, {}", one.as_str(), other.as_str()),
            Clash::Fall => f.write_str("one fall is told by its sign, the other in words"),
            Clash::Directions(one, other) => {
                write!(f, "directions differ: {}, {}", one.as_str(), other.as_str())
            }
            Clash::Measures(one, other) => write!(f, "measures differ: {}, {}", label(one), label(other)),
            Clash::Nouns(one, other) => write!(f, "nouns differ: {one}, {other}"),
            Clash::Parts(one, other) => write!(f, "parts differ: {}, {}", part(one), part(other)),
            Clash::Scopes(one, other) => write!(f, "scopes differ: {}, {}", scope(one), scope(other)),
            Clash::Periods(one, Some(other)) => write!(f, "periods differ: {one}, {other}"),
            Clash::Periods(one, None) => write!(f, "periods differ: {one}, not stated"),
            Clash::Dates => f.write_str("two dates"),
            Clash::Modalities(one, other) => {
                write!(f, "modalities differ: {}, {}", one.as_str(), other.as_str())
            }
            Clash::OtherYear => f.write_str("one is of another year than its report"),
            Clash::Times => f.write_str("one is told of an earlier time, the other is not"),
            Clash::Labels(one, other) => write!(f, "labels differ: {}, {}", names(one), names(other)),
            Clash::Spans => f.write_str("two lengths of time are told beside them"),
            Clash::Things(one, other) => write!(f, "things differ: {}, {}", one.join(" "), other.join(" ")),
            Clash::Countries(one, other) => {
                write!(f, "countries differ: {}, {}", countries(one), countries(other))
            }
            Clash::Names(one, other) => write!(f, "names differ: {}, {}", names(one), names(other)),
            Clash::Sum => f.write_str("one is the sum of the other and its neighbours"),
            Clash::NearerTotal => {
                f.write_str("one is a part of its report's total, and the other nearer to that")
            }
            Clash::Product => f.write_str("one is the other times a figure beside it"),
            Clash::Moments => f.write_str("both lead from one figure, to two levels"),
            Clash::Perpetrator => f.write_str("one may count whoever did it, and the other not"),
            Clash::BothGiven => f.write_str("one report gives both figures"),
        }
    }
}

fn scope(ids: &[String]) -> String {
    if ids.is_empty() { "the whole".to_owned() } else { ids.join(" and ").replace('_', " ") }
}

fn countries(codes: &[&str]) -> String {
    codes.iter().map(|code| name_in_words(code)).collect::<Vec<_>>().join(" and ")
}

fn names(names: &[String]) -> String {
    names.iter().map(|name| name_in_words(name)).collect::<Vec<_>>().join(" ")
}

fn label(id: &str) -> &str {
    measure(id).map_or(id, |measure| measure.label.as_str())
}
