//! The meanings that a page gives to its spellings.

use rust_decimal::Decimal;

use crate::quantity::Hedge;

/// Tokens before a figure, or before the "from" that opens it, in which a word of change may stand.
pub const CHANGE_REACH: usize = 8;

/// The part whose words stand behind it, which says the same as "of which" before it: "twelve of them".
pub const OF_THEM: &str = "of_them";

/// One meaning of a spelling.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Term {
    /// "seven", "twenty".
    Number(Decimal),
    /// "hundred": multiplies what stands before it.
    Multiplier(Decimal),
    /// "third": numerator and denominator.
    Fraction(Decimal, Decimal),
    /// "fourth".
    Ordinal(Decimal),
    /// "double".
    Multiple(Decimal),
    /// "a": counts as one before a scale.
    Article,
    /// "and" inside a number.
    NumberJoiner,
    /// Between a whole number and its fraction alone.
    FractionJoiner,
    /// "point": the decimal mark in words.
    Point,
    /// "minus".
    Negative,
    /// A multiplier or scale that is a number with nothing before it.
    Alone,
    /// "half" as an adjective.
    HalfOf,
    /// A number word that always stands before what it counts.
    Bound,
    /// A number word of a second set, on which none of the first stands: "마흔", against "사십".
    OtherSet,
    /// "に" of "5人に1人": the whole stands before it.
    OutOf,
    /// "below zero" behind a temperature.
    NegativeBehind,
    /// A phrase that says no number, whatever its words.
    Idiom,
    /// A name of a unit, or of a part of a currency, behind a larger one: its factor and code.
    SmallerUnit(Decimal, String),
    /// "the" of "the two": a small number in words behind it is talk.
    Determiner,
    /// "la" of "la moitié".
    Definite,
    /// "in" of "one in five".
    Ratio,
    /// Between the whole and the part, where the whole comes first.
    Over,
    /// "over" of "one over three".
    Divided,
    /// "to the power of", and what ends the power (nothing in many languages), by the pair's place in the page.
    PowerOf(usize),
    /// "乗" of "10の13乗".
    PowerEnd(usize),
    /// "every" of "every fifth".
    Every,
    /// "per" of "per 100,000 people".
    WholeBefore,
    /// "当たり" of "10万人当たり".
    WholeAfter,
    /// "no" of "no injuries".
    None,
    /// What says none behind what is counted.
    NoneBehind,
    /// "billion".
    Scale(Decimal),
    /// "hundreds": both ends inclusive.
    Vague(Decimal, Decimal),
    /// "of" of "hundreds of".
    VagueConnector,
    /// "about" before a figure.
    HedgeBefore(Hedge),
    /// "plus" before an article that has swallowed its "d'".
    HedgeElided(Hedge),
    /// "-plus" behind a figure.
    HedgeAfter(Hedge),
    /// The opener and joiner of "between A and B", by the pair's place in the page.
    RangeOpener(usize),
    /// The joiner of the pair.
    RangePair(usize),
    /// "auf" of "von A auf B": where a change ends, and no range.
    ChangeEnd,
    /// "to" of "A to B".
    RangeJoiner,
    /// "rose": "from A to B" is before and after.
    Change,
    /// "yen": an ISO code.
    Currency(String),
    /// "dollar": a family's id.
    CurrencyFamily(String),
    /// "cents": a hundredth of this family or currency.
    MinorUnit(String),
    /// "megawatt": a unit's code.
    Unit(String),
    /// A multiple of a unit: what it is multiplied by, and the unit's code.
    ScaledUnit(Decimal, String),
    /// The same before its figure.
    UnitBefore(Decimal, String),
    /// "a" of "$70 a barrel".
    Per,
    /// "Points", of percent or of an index.
    PointName,
    /// A currency's name that may stand before its figure: an ISO code.
    CurrencyBefore(String),
    /// A currency's name that is a word of its own as well: money only where the sum is large.
    WeakName,
    /// A word between a figure and what it counts: the lemma of that.
    Counter(String),
    /// "The number of": what follows is counted by a number behind it.
    Tally,
    /// "aged" before, or "years old" behind, an age.
    AgeBefore,
    /// "years old".
    AgeAfter,
    /// A month, 1 to 12.
    Month(i8),
    /// A weekday, 1 (Monday) to 7.
    Weekday(i8),
    /// "of" of "2nd of July".
    DayMonthJoiner,
    /// "in" of "in 2021".
    YearBefore,
    /// A quarter, 1 to 4.
    Quarter(i8),
    /// A half-year, 1 or 2.
    Half(i8),
    /// "a.m.".
    Clock,
    /// What stands before an hour of the day, and not before how long something takes: "às" of "às 18 horas".
    HourBefore,
    /// What is counted or measured: an id of `measures.toml`.
    Measure(String),
    /// Which part of the whole.
    Part(String),
    /// To what a figure is narrowed: "women", "the first section".
    Scope(String),
    /// Planned, forecast, target, maximum.
    Modality(String),
    /// A rise, a fall, "by", a share.
    Kind(String),
    /// A relative or recurring period.
    Period(String),
    /// What makes the figure behind it a previous one.
    PreviousBefore,
    /// What makes the figure before it a previous one.
    PreviousAfter,
    /// What does so and says that it was told or planned first, whatever its time: "originally planned".
    PreviousTold,
    /// What does so only beside another figure: "last week".
    PreviousBeside,
    /// "more than" behind a percentage: the figure that it is a percentage of follows.
    Comparing,
    /// "revised down": a running figure was wrong before.
    Corrected,
    /// A figure beside it is told as of now: "so far", "has reached".
    Current,
    /// A figure beside it counts those of whom something is true so long: "still".
    Lasting,
    /// "preliminary": the figures of its sentence are followed by final ones.
    Provisional,
    /// "of the" of "of the kilns, 11": the whole that a number behind it is some of.
    Whole,
    /// The same, only before a number.
    WholeOfNumber,
    /// "in hospital": a number before it counts people.
    Condition,
    /// "receives": a large number beside it is an amount of money.
    Paying,
    /// "plus" between figures that are added.
    Adding,
    /// "makes" between figures and their sum.
    Making,
    /// "you get" before a result.
    Result,
    /// "the other" of "the other 30": all that were not told before.
    TheOthers,
    /// "others" of "30 others".
    Others,
    /// "would remain": what a part leaves of its whole.
    Left,
    /// "together with": what follows is added to the figure before.
    AlongWith,
    /// "at home" or "abroad": the pair's place in the page, and whether it is the second of the two.
    Opposite(usize, bool),
    /// "work" of "310 work at home and 440 abroad": it narrows neither of two parts.
    Staying,
    /// "gunman": whom one report counts among the dead and another does not.
    Perpetrator,
    /// "said".
    SourceVerb,
    /// "citing": the report that is named beside it is a figure's source.
    Citing,
    /// "the police": who says it, unnamed.
    Speaker(String),
    /// "or", "that is": the same figure follows in another unit.
    Restating,
    /// "in" of "in dollars that is about": the amount before follows in that currency.
    InCurrency,
    /// "Figures in" above a table or at the head of its column: what its cells are in follows.
    UnitNote,
    /// "計" of "以美元計": the amounts of the sentence are in the currency before.
    CountedIn,
    /// "は": the word before it is the topic of all that follows.
    TopicMarker,
    /// "call it": the amount before is said in another currency.
    Converting,
    /// "No." of "No. 7".
    LabelBefore,
    /// "street" of "7 street".
    LabelAfter,
    /// "Street" of "1247 Maple Street".
    Street,
    /// "North" of "1247 North Maple Street".
    Bearing,
    /// "対" of "3対1": between the figures of a score or a ratio.
    Score,
    /// A line of the page around the report.
    FurnitureLine,
    /// A country or its people, by its code of ISO 3166-1, with a capital where the script has them: "Norway", "Norwegians".
    Country(String),
    /// The same in small letters: "norvégien".
    Demonym(String),
    /// "government": its capital may stand for it.
    Government,
    /// "most" of "most replied": some of those told before.
    Some,
    /// "required" of "the 50,000 required": a whole that may be surpassed.
    Aim,
    /// What holds the name of a country and names none: "Gulf of Mexico".
    NoCountry,
}

impl Term {
    /// Whether a figure in words or a date may begin with it.
    #[must_use]
    pub fn may_start_figure(&self) -> bool {
        matches!(
            self,
            Term::Number(_)
                | Term::Multiplier(_)
                | Term::Fraction(..)
                | Term::Ordinal(_)
                | Term::Article
                | Term::Definite
                | Term::Negative
                | Term::HalfOf
                | Term::UnitBefore(..)
                | Term::Scale(_)
                | Term::Vague(..)
                | Term::Month(_)
                | Term::Quarter(_)
                | Term::Half(_)
                | Term::Weekday(_)
                | Term::Idiom
                | Term::Multiple(_)
                | Term::Every
                | Term::None
                | Term::NoneBehind
        )
    }

    /// Whether it is what a figure counts in: a unit, a currency, a power of ten.
    #[must_use]
    pub fn is_measuring(&self) -> bool {
        matches!(
            self,
            Term::Currency(_)
                | Term::CurrencyFamily(_)
                | Term::MinorUnit(_)
                | Term::Unit(_)
                | Term::ScaledUnit(..)
                | Term::Scale(_)
        )
    }
}
