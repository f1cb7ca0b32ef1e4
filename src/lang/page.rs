//! The page format: what a language page may say, as it is written. An unknown key is an error.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::quantity::Hedge;

pub(super) type Spellings = BTreeMap<String, Vec<String>>;

/// A page as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Page {
    pub(super) name: String,
    pub(super) iso639_3: String,
    pub(super) countries: Vec<String>,
    pub(super) separators: Separators,
    pub(super) number: NumberWords,
    pub(super) scale: Scale,
    pub(super) vague: Vague,
    pub(super) hedges: Hedges,
    pub(super) ranges: Ranges,
    pub(super) currency: CurrencyNames,
    pub(super) unit: UnitNames,
    pub(super) dates: Dates,
    pub(super) periods: Spellings,
    pub(super) measures: Spellings,
    pub(super) parts: Spellings,
    /// What narrows a figure to some of what its measure may be of.
    pub(super) scopes: Spellings,
    pub(super) modality: Spellings,
    pub(super) kinds: Spellings,
    pub(super) previous: Previous,
    pub(super) restating: Restating,
    pub(super) ellipsis: Ellipsis,
    pub(super) sums: Sums,
    pub(super) sources: Sources,
    pub(super) words: Words,
    pub(super) labels: Labels,
    pub(super) furniture: Furniture,
    pub(super) names: Names,
}

/// How digits are grouped and where the decimals begin.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Separators {
    /// Marks before the decimals, the usual one first.
    pub decimal: Vec<char>,
    /// Marks between groups of three digits.
    pub group: Vec<char>,
    /// Whether groups of two before the last three are read too.
    pub indian: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NumberWords {
    pub(super) joiners: Vec<String>,
    pub(super) fraction_joiners: Vec<String>,
    pub(super) articles: Vec<String>,
    pub(super) points: Vec<String>,
    pub(super) negatives: Vec<String>,
    pub(super) ratio: Vec<String>,
    pub(super) over: Vec<String>,
    pub(super) alone: Vec<String>,
    pub(super) halves: Vec<String>,
    pub(super) bound: Vec<String>,
    pub(super) other_set: Vec<String>,
    pub(super) out_of: Vec<String>,
    pub(super) negatives_behind: Vec<String>,
    pub(super) determiners: Vec<String>,
    pub(super) definites: Vec<String>,
    pub(super) denominators: Vec<(String, String)>,
    pub(super) every: Vec<String>,
    pub(super) powers: Vec<(String, String)>,
    pub(super) spelled: Spellings,
    pub(super) none: Vec<String>,
    pub(super) none_behind: Vec<String>,
    pub(super) divided: Vec<String>,
    pub(super) style: NumberStyle,
    pub(super) words: Spellings,
    pub(super) multipliers: Spellings,
    pub(super) fractions: Spellings,
    pub(super) ordinals: OrdinalWords,
    pub(super) multiples: Spellings,
}

/// Which word of a noun phrase is the noun.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NounPhrase {
    /// Whether the noun stands before its adjectives, so that the first plural is it and not the last.
    pub noun_first: bool,
    /// Whether nouns alone have a capital.
    pub capitals: bool,
    /// Whether a year stands before its noun like an adjective: "2024 sales".
    pub years: bool,
}

/// How a language composes its number words.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NumberStyle {
    /// Whether the words of a number run together in one: "zweihundertsieben".
    pub compounds: bool,
    /// Whether digits in words may stand side by side like printed ones: "二〇二四".
    pub positional: bool,
    /// Whether a last digit counts the place below the last multiplier: "一万三" is 13,000.
    pub short_tail: bool,
    /// Whether the article before a unit counts one: "un euro".
    pub article_is_one: bool,
    /// The fewest characters of a number in words that counts nothing.
    pub fewest_bare: usize,
}

#[derive(Debug, Deserialize)]
pub(super) struct OrdinalWords {
    pub(super) suffixes: Vec<String>,
    #[serde(flatten)]
    pub(super) words: Spellings,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Scale {
    pub(super) words: Spellings,
    pub(super) suffixes: Spellings,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Vague {
    pub(super) connectors: Vec<String>,
    pub(super) words: Spellings,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Hedges {
    pub(super) before: BTreeMap<HedgeKey, Vec<String>>,
    pub(super) after: BTreeMap<HedgeKey, Vec<String>>,
    /// What is left of a hedge whose last word the article has swallowed: "plus" of "plus d'un million".
    #[serde(default)]
    pub(super) elided: BTreeMap<HedgeKey, Vec<String>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum HedgeKey {
    Exactly,
    About,
    Nearly,
    JustOver,
    Over,
    AtLeast,
    Under,
    UpTo,
}

impl From<HedgeKey> for Hedge {
    fn from(key: HedgeKey) -> Hedge {
        match key {
            HedgeKey::Exactly => Hedge::Exactly,
            HedgeKey::About => Hedge::About,
            HedgeKey::Nearly => Hedge::Nearly,
            HedgeKey::JustOver => Hedge::JustOver,
            HedgeKey::Over => Hedge::Over,
            HedgeKey::AtLeast => Hedge::AtLeast,
            HedgeKey::Under => Hedge::Under,
            HedgeKey::UpTo => Hedge::UpTo,
        }
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Ranges {
    pub(super) pairs: Vec<(String, String)>,
    /// The joiners of pairs that say before and after whatever stands around them.
    pub(super) ends: Vec<String>,
    pub(super) joiners: Vec<String>,
    pub(super) change: Vec<String>,
}

/// A second script of a language, and the families of currencies that mean another one in it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OtherScript {
    /// Letters that only it has.
    letters: String,
    /// The same as the other script has them.
    usual: String,
    /// Families whose usual currency is not taken as read in it.
    families: Vec<String>,
}

impl OtherScript {
    /// Whether the usual currency of a family is not taken as read in a text.
    #[must_use]
    pub fn opens(&self, family: &str, text: &str) -> bool {
        // A name or a paragraph may be printed in the other script.
        let count = |letters: &str| text.chars().filter(|letter| letters.contains(*letter)).count();
        self.families.iter().any(|id| id == family) && count(&self.letters) > count(&self.usual)
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CurrencyNames {
    /// The script of some of the language's countries, in which a shared sign is not taken for its usual currency.
    #[serde(default)]
    pub(super) other_script: Option<OtherScript>,
    /// Names that may also stand before the figure.
    pub(super) before: Spellings,
    /// Names that are words of their own as well.
    pub(super) weak: Vec<String>,
    pub(super) names: Spellings,
    pub(super) families: Spellings,
    pub(super) minor: Spellings,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct UnitNames {
    /// The unit of a bare degree; nothing where readers of the language use several.
    pub(super) degree: Option<String>,
    /// What leads to the unit of all cells of a table: "figures in".
    pub(super) notes: Vec<String>,
    /// Names that stand before the figure, by "FACTOR UNIT" or unit.
    pub(super) before: Spellings,
    /// Names read only behind a larger unit of the same kind: the "in" of "5ft 9in".
    pub(super) smaller: Spellings,
    /// Between a figure's unit and what it is per one of.
    pub(super) per: Vec<String>,
    /// Names of a multiple of a unit, by "FACTOR UNIT".
    pub(super) scaled: Spellings,
    pub(super) prefixes: Spellings,
    pub(super) names: Spellings,
    /// Names of a point, which beside a share is one of percent, and elsewhere one of an index or a game.
    pub(super) points: Vec<String>,
    pub(super) ages: AgeWords,
    /// What makes a power of ten the whole that a rate is given of.
    pub(super) wholes: WholeWords,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WholeWords {
    pub(super) before: Vec<String>,
    pub(super) after: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AgeWords {
    pub(super) before: Vec<String>,
    pub(super) after: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Dates {
    pub(super) months: Vec<Vec<String>>,
    pub(super) weekdays: Vec<Vec<String>>,
    pub(super) numeric: DateOrder,
    pub(super) day_suffixes: Vec<String>,
    pub(super) day_month_joiners: Vec<String>,
    pub(super) year_before: Vec<String>,
    pub(super) quarters: Vec<Vec<String>>,
    pub(super) halves: Vec<Vec<String>>,
    pub(super) clock: Vec<String>,
    /// What stands before an hour of the day: "às" of "às 18 horas".
    pub(super) hour_before: Vec<String>,
}

/// The order of day, month and year in a date of figures alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DateOrder {
    /// 31/12/2026.
    Dmy,
    /// 12/31/2026.
    Mdy,
    /// 2026/12/31.
    Ymd,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Previous {
    pub(super) before: Vec<String>,
    pub(super) after: Vec<String>,
    /// What says that the figure before it was told or planned first, or that another one is held against it, at whatever time.
    pub(super) told: Vec<String>,
    /// What makes it one only where another figure stands before it.
    #[serde(default)]
    pub(super) beside: Vec<String>,
    /// What leads, right behind a percentage, to the figure that it is a percentage of.
    #[serde(default)]
    pub(super) comparing: Vec<String>,
    /// What says that a running figure was too high before.
    pub(super) corrected: Vec<String>,
    /// Beside a figure that is told as of now, and may be another a day later.
    #[serde(default)]
    pub(super) current: Vec<String>,
    /// Beside a count of those of whom something is true so long, and may be of fewer a day later.
    #[serde(default)]
    pub(super) lasting: Vec<String>,
    /// What says that another figure will follow: a first estimate, a count of some of the votes.
    #[serde(default)]
    pub(super) provisional: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Restating {
    pub(super) words: Vec<String>,
    /// What stands before a currency's name where the amount just given follows in it.
    #[serde(default)]
    pub(super) in_currency: Vec<String>,
    /// What stands behind a currency's name at the head of a sentence whose amounts are in it, whatever sign they have.
    #[serde(default)]
    pub(super) counted_in: Vec<String>,
    /// What stands before an amount that says an earlier one of its sentence, or of the one before, in another currency.
    #[serde(default)]
    pub(super) converting: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Ellipsis {
    /// What opens a clause with the whole that a number behind it is some of: "of the".
    pub(super) wholes: Vec<String>,
    /// The same, only before a number: "of" of "of 40 kilns, 11".
    pub(super) wholes_of_numbers: Vec<String>,
    /// Verbs that have several for their subject: "were".
    pub(super) plural_verbs: Vec<String>,
    /// What people are: "in hospital".
    pub(super) conditions: Vec<String>,
    /// What is done with money: "receives".
    pub(super) paying: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Sums {
    /// What stands between figures that are added.
    pub(super) adding: Vec<String>,
    /// What stands between figures and their sum.
    pub(super) making: Vec<String>,
    /// What stands before a result.
    pub(super) results: Vec<String>,
    /// What says before a figure that it is of all that were not told before.
    pub(super) the_others: Vec<String>,
    /// What says so beside the last item of a list.
    pub(super) others: Vec<String>,
    /// What stands beside what a part leaves of its whole.
    pub(super) left: Vec<String>,
    /// Between a count and its parts: some of it are told apart.
    pub(super) some: Vec<String>,
    /// With a whole: it is what was wanted, and may be surpassed.
    pub(super) aims: Vec<String>,
    /// What stands before what is added to the figure of the sentence before.
    pub(super) along_with: Vec<String>,
    /// Of two parts the one or the other.
    pub(super) opposites: Vec<(Vec<String>, Vec<String>)>,
    /// Verbs that narrow neither of two such parts.
    pub(super) staying: Vec<String>,
    /// Whom one report counts among the dead and another does not.
    pub(super) perpetrators: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Sources {
    pub(super) verbs: Vec<String>,
    /// What stands beside the name of a report that another one has its figure from.
    pub(super) citing: Vec<String>,
    /// Whether the word of saying closes the sentence, far from who says it.
    #[serde(default)]
    pub(super) verb_last: bool,
    /// Who speaks without being named, by what they are: "police".
    pub(super) speakers: BTreeMap<String, Vec<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    pub(super) stop: Vec<String>,
    pub(super) noun_phrase: NounPhrase,
    pub(super) plural_endings: Vec<String>,
    pub(super) irregular_plurals: BTreeMap<String, String>,
    pub(super) lemmas: Vec<(String, String)>,
    pub(super) not_counted: Vec<String>,
    /// Words of no content that may stand between a number and what it counts: "twelve more people".
    pub(super) between: Vec<String>,
    /// What says before a noun that a number of it follows: "the number of".
    pub(super) tallies: Vec<String>,
    /// Endings of a word that says so in one: "Zuschauerzahl".
    pub(super) tally_endings: Vec<String>,
    /// Lemmas that count people.
    pub(super) people: Vec<String>,
    /// Words between a figure and what it counts, by the lemma of what they count.
    pub(super) counters: Spellings,
    pub(super) abbreviations: Vec<String>,
    #[serde(default)]
    pub(super) possessives: Vec<String>,
    /// What makes the word before it the topic of all that follows: "は".
    #[serde(default)]
    pub(super) topic_markers: Vec<String>,
    /// Words that are written in two ways, each with the one that is compared: "centre", "center".
    #[serde(default)]
    pub(super) spellings: BTreeMap<String, String>,
    /// How letters are written where the keyboard lacks them; those not listed lose their marks.
    pub(super) plain_letters: Vec<(char, String)>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Labels {
    pub(super) before: Vec<String>,
    pub(super) after: Vec<String>,
    /// Words that end the name of a street behind its number, and points of the compass between the two.
    #[serde(default)]
    pub(super) streets: Vec<String>,
    #[serde(default)]
    pub(super) bearings: Vec<String>,
    /// What stands between the figures of a score or a ratio.
    #[serde(default)]
    pub(super) scores: Vec<String>,
    /// Endings of a word that makes the number behind it a label: streets.
    pub(super) endings: Vec<String>,
    /// Phrases with number words that say no number.
    pub(super) idioms: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Furniture {
    pub(super) lines: Vec<String>,
}

/// Names that differ from language to language.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Names {
    /// By code of ISO 3166-1.
    pub(super) countries: Spellings,
    /// Words of nationality in small letters, by the same code.
    #[serde(default)]
    pub(super) demonyms: Spellings,
    /// Words for a government, whose capital may stand for it.
    pub(super) governments: Vec<String>,
    /// Phrases that hold the name of a country and name none.
    pub(super) apart: Vec<String>,
}
