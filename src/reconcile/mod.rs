//! Claims to topics: which claims are about the same thing, and how they stand to each other.

pub mod cause;
pub mod exchange;
mod conversion;
mod currency;
mod degree;
mod antecedent;
mod arithmetic;
mod bare;
mod breakdown;
mod calculation;
mod calendar;
mod candidates;
mod chance;
mod completed;
mod elsewhere;
mod evidence;
mod excess;
mod figures;
mod groups;
mod kinship;
mod label;
mod labels;
mod levels;
mod likeness;
mod lineage;
mod listed;
mod names;
mod pairing;
mod passage;
mod product;
mod reason;
mod reckoned;
mod revision;
mod story;
mod surroundings;
mod times;
mod topic;
mod veto;
mod verdict;
mod witness;
mod wording;
mod years;

use std::borrow::Cow;

use rayon::prelude::*;
use rust_decimal::Decimal;

use crate::document::Document;
use crate::normalise::Claim;
use crate::quantity::rate::Rate;
use crate::settings::Settings;

pub use calendar::WrongWeekday;
pub use conversion::{Conversion, conversion, stated_rate};
pub use exchange::Exchange;
pub use lineage::Lineage;
pub use passage::{Calculation, Miscalculation};
pub use times::{Moment, Times};

/// Settles what only the whole story tells: which currency a shared name means, which scale a bare degree is of, and which
/// unit a bare number has; then marks the amounts that nothing in the story can be compared with.
pub fn settle(claims: &mut [Claim], exchange: &Exchange) {
    currency::share_name(claims);
    degree::settle(claims);
    bare::settle(claims);
    currency::mark_alone(claims, exchange);
}

/// Claims about one thing.
#[derive(Debug, Clone, PartialEq)]
pub struct Topic {
    /// The place among the story's topics.
    pub id: usize,
    /// What they are about, in words.
    pub label: String,
    /// The claims' ids, ascending.
    pub claims: Vec<usize>,
    /// Why they are taken together.
    pub links: Vec<Link>,
    /// How each two statements stand to each other; those of one statement are left out.
    pub relations: Vec<(usize, usize, Relation)>,
    /// How they stand to each other on the whole.
    pub verdict: Verdict,
    /// The reports that speak of it, gathered by the source they have it from: copies, the reports of one outlet and
    /// those that name another one as their source stand together.
    pub sources: Vec<Vec<usize>>,
    /// The draft, where it speaks of it, and the reports that have it from there: they are nobody's witness.
    pub of_draft: Vec<usize>,
    /// Who printed it first, and who repeats it.
    pub lineage: Lineage,
}

impl Topic {
    /// How many independent sources speak of it.
    #[must_use]
    pub fn witnesses(&self) -> usize {
        self.sources.len()
    }

    /// The source that a report has it from, by its place among the sources.
    #[must_use]
    pub fn source_of(&self, document: usize) -> Option<usize> {
        self.sources.iter().position(|reports| reports.contains(&document))
    }
}

/// What a comparison gives.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Comparison {
    /// The topics, by their first claim.
    pub topics: Vec<Topic>,
    /// What the reports reckon from their own figures, where it does not hold.
    pub miscalculations: Vec<Miscalculation>,
    /// Days of the week that are not those of the dates beside them.
    pub weekdays: Vec<WrongWeekday>,
    /// Like claims that stand in no topic together; none unless the settings ask for them.
    pub near_misses: Vec<NearMiss>,
}

/// Two claims that might have been about the same thing, and why they were not taken so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NearMiss {
    /// A claim's id.
    pub a: usize,
    /// Another's.
    pub b: usize,
    /// The clash, or what was lacking.
    pub because: String,
}

/// Why two claims are taken to be about the same thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// A claim's id.
    pub a: usize,
    /// Another's.
    pub b: usize,
    /// What speaks for it, the strongest first.
    pub because: Vec<Reason>,
}

/// A reason and its weight in points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// What was seen.
    pub what: Cow<'static, str>,
    /// What it counts for.
    pub points: i32,
}

/// How one claim stands to another about the same thing.
#[derive(Debug, Clone, PartialEq)]
pub enum Relation {
    /// Both can be true as printed.
    Agrees(Agreement),
    /// The second, later one takes the place of the first.
    Superseded,
    /// They cannot both be true as printed.
    Disagrees(Box<Break>),
    /// There is no way to compare them, and why.
    Incomparable(Cow<'static, str>),
}

/// In what way two claims agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Agreement {
    /// The same figure.
    Exact,
    /// One is the other rounded.
    Rounded,
    /// One is the other cut off.
    Truncated,
    /// A hedge covers the difference.
    Hedged,
    /// They meet after conversion.
    Converted,
    /// Their soft intervals miss each other by less than counts as a break.
    Loose,
    /// The one is a count so far ("at least 127") that the other, later one leaves behind: 172.
    Outgrown,
}

/// In what way two claims disagree.
#[derive(Debug, Clone, PartialEq)]
pub struct Break {
    /// Whether the hard intervals break, or the soft ones alone.
    pub depth: Depth,
    /// The distance between the intervals, as a share of the nearer end.
    pub gap: Decimal,
    /// The two claims that were held against each other, where a statement has several.
    pub between: (usize, usize),
    /// The conversion, where they share no unit.
    pub rate: Option<(String, String, Rate)>,
    /// Why it counts as a break, where the intervals alone do not tell.
    pub because: Option<Cow<'static, str>>,
    /// Whether the two print the same number in two units: a slip of the unit, not of the figure.
    pub is_of_unit: bool,
}

/// Which intervals break.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Depth {
    /// The soft ones: readers would object.
    Soft,
    /// The hard ones: a contradiction.
    Hard,
}

/// How a topic's claims stand to each other on the whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Verdict {
    /// One statement alone.
    Single,
    /// All can be true as printed.
    Agree,
    /// A later report revises the figure.
    Superseded,
    /// Some cannot be true together.
    Disagree,
}

impl Verdict {
    /// The name as reports print it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Verdict::Single => "single",
            Verdict::Agree => "agree",
            Verdict::Superseded => "superseded",
            Verdict::Disagree => "disagree",
        }
    }
}

/// Groups a story's claims into topics, each with its verdict.
///
/// Claims that are not compared stand in no topic. The result depends on the documents and claims alone, not on any
/// hash order.
#[must_use]
pub fn compare(documents: &[Document], claims: &[Claim], settings: &Settings) -> Comparison {
    let exchange = Exchange::new(documents, claims, settings);
    let statements = evidence::statements(claims);
    let story = story::Story::new(documents, claims);
    let reckoned = reckoned::Reckoned::new(documents, claims);
    let revisions = revision::Revisions::new(documents, claims);
    let evidence = evidence::Evidence {
        documents,
        claims,
        statements: &statements,
        story: &story,
        reckoned: &reckoned,
        revisions: &revisions,
        exchange: &exchange,
        tolerance: settings.tolerance / Decimal::ONE_HUNDRED,
    };
    let testimony = witness::Testimony::new(documents, claims);
    let groups = groups::group(&evidence);
    let mut topics: Vec<Topic> =
        groups.par_iter().map(|group| topic::describe(&evidence, group, &testimony)).collect();
    topics.sort_by_key(|topic| topic.claims.first().copied());
    for (idx, topic) in topics.iter_mut().enumerate() {
        topic.id = idx;
    }
    let weekdays = calendar::wrong_weekdays(documents, claims);
    Comparison {
        topics,
        weekdays,
        miscalculations: calculation::miscalculations(documents, claims),
        near_misses: if settings.explain { pairing::near_misses(&evidence) } else { Vec::new() },
    }
}
