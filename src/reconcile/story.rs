//! What of a story bears on likeness: its words and names, the figures of its reports, what stands beside what.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use rayon::prelude::*;
use rust_decimal::Decimal;
use rustc_hash::FxHashSet;

use crate::document::{BlockKind, Document};
use crate::extract::Role;
use crate::lang::{Lexicon, PERSON, name_in_words};
use crate::normalise::Claim;
use crate::quantity::{Dimension, Hedge, Quantity, Unit};

use super::figures::digits_of;
use super::labels::Labels;
use super::names::Names;
use super::surroundings::{around, lone, neighbours, spans};
use super::years::Years;

/// What of a story bears on likeness: how common its words and names are, and how many figures a report has of a kind.
pub(super) struct Story {
    /// In how many sentences a word stands.
    sentences: BTreeMap<String, i64>,
    /// The words of each claim's sentence, by their places among the story's, with their weights.
    weights: Vec<Weights>,
    /// The words of the names right beside each claim that not the whole story is about.
    particular: Vec<Vec<String>>,
    /// What each claim's clause is about, but for what the whole story is.
    things: Vec<Vec<String>>,
    /// The words of each claim's subject, by their places among all.
    subjects: Vec<Vec<usize>>,
    /// All the words of subjects, in order.
    subject_words: Vec<String>,
    /// What each claim measures in its report: the place among all kinds.
    kinds: Vec<usize>,
    /// The distinct figures of each kind.
    of_kind: Vec<BTreeSet<usize>>,
    /// The names around each claim that tell it from the other figures of its kind in its report.
    telling: Vec<Vec<String>>,
    /// The names right beside each claim that tell it from the other figures of its dimension in its report.
    owning: Vec<Vec<String>>,
    /// The figures that the reports give for names.
    labels: Labels,
    /// The first paragraph of each report.
    leads: Vec<Option<Range<usize>>>,
    /// When the reports were printed, and the years they give figures of.
    years: Years,
    /// The language of each report.
    languages: Vec<&'static str>,
    /// The words of each report, folded.
    vocabulary: Vec<FxHashSet<String>>,
    /// What each claim says, in the notation of its base unit and with its hedge: the place among all that is said.
    says: Vec<usize>,
    /// What the other figures of each claim's sentence say, in order, but for dates.
    neighbours: Vec<Vec<usize>>,
    /// What the figures next to each claim in its report say, in order, as far as chance seldom repeats them.
    around: Vec<Vec<usize>>,
    /// What is said with so many digits that chance does not repeat it.
    precise: FxHashSet<usize>,
    /// Whether each claim is the only figure of its unit or noun in its sentence.
    is_lone: Vec<bool>,
    /// The one length of time in each claim's sentence, by the place of its figure.
    spans: Vec<Option<usize>>,
    /// Each claim's figure: the place among all figures.
    figures: Vec<usize>,
    /// Where each claim's figure is given rounded.
    rounded: Vec<Vec<Place>>,
    /// Where each figure is given.
    givers: Vec<Vec<Place>>,
    /// How many reports give each figure.
    reports: Vec<usize>,
    /// What each report counts by a figure below ten.
    small_counts: BTreeMap<(Place, usize), Vec<Counted>>,
}

/// What a small figure counts.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Counted {
    /// The noun; none of a bare number.
    noun: String,
    measure: Option<&'static str>,
    /// Whether the noun is the measure's own: vans may be vehicles.
    is_of_noun: bool,
}

impl Counted {
    fn of(claim: &Claim) -> Counted {
        let noun = claim.quantity.unit.code.clone();
        Counted { noun, measure: claim.measure, is_of_noun: claim.is_measure_noun }
    }

    /// Whether it may be the same that another counts.
    fn may_be(&self, other: &Counted) -> bool {
        let is_open = |counted: &Counted| counted.noun.is_empty() || counted.noun == PERSON;
        let may_be_kind = |one: &Counted, other: &Counted| one.is_of_noun && other.measure.is_none();
        is_open(self)
            || is_open(other)
            || may_be_kind(self, other)
            || may_be_kind(other, self)
            || self.noun == other.noun
            || self.measure.is_some() && self.measure == other.measure
    }
}

impl Story {
    pub(super) fn new(documents: &[Document], claims: &[Claim]) -> Story {
        let mut sentences: BTreeMap<String, i64> = BTreeMap::new();
        let mut seen = BTreeSet::new();
        for claim in claims {
            if seen.insert((claim.document, claim.sentence.start)) {
                for word in claim.words.iter() {
                    *sentences.entry(word.clone()).or_default() += 1;
                }
            }
        }
        let names = Names::new(documents);
        let leads = documents.iter().map(|document| document.lead().cloned()).collect();
        let (says, figures): (Vec<String>, Vec<Figure>) = claims.par_iter().map(said).unzip();
        let rounded = rounded(claims, &figures);
        let (says, figures) = (places(&says), places(&figures));
        let kinds = places(&claims.iter().map(kind_of).collect::<Vec<_>>());
        let mut of_kind = vec![BTreeSet::new(); claims.len()];
        for (claim, (kind, figure)) in claims.iter().zip(kinds.iter().zip(&figures)) {
            if claim.is_compared() && claim.restates.is_none() && claim.role != Role::Before {
                of_kind[*kind].insert(*figure);
            }
        }
        let of_subject: Vec<_> = claims.iter().map(|claim| names.telling(claim, &claim.subject)).collect();
        let telling_subjects = telling(claims, &kinds, &figures, &of_subject, FEWEST_OF_A_LIST);
        let of_owner: Vec<_> = claims.iter().map(|claim| names.telling(claim, &claim.owners)).collect();
        let of_dimension = |claim: &Claim| (claim.document, claim.quantity.unit.dimension);
        let dimensions = places(&claims.iter().map(of_dimension).collect::<Vec<_>>());
        let telling_owners = telling(claims, &dimensions, &figures, &of_owner, 1);
        let years = Years::new(documents, claims, &kinds);
        let labels = Labels::new(claims, dimensions, &figures, &telling_owners);
        let givers = givers(claims, &figures);
        let small_counts = small_counts(claims, &figures);
        let reports = givers.iter().map(|places| n_reports(places)).collect();
        let neighbours = neighbours(claims, &says);
        let around = around(claims, &says);
        let is_precise = |(claim, _): &(&Claim, &usize)| digits_of(claim).len() >= PRECISE_DIGITS;
        let precise = claims.iter().zip(&says).filter(is_precise).map(|(_, says)| *says).collect();
        let spans = spans(claims, &figures);
        let languages = documents.iter().map(|document| document.language).collect();
        let weights = weights(claims, &sentences);
        let (subject_words, subjects) = names.subjects(claims);
        Story {
            sentences,
            weights,
            things: uncommon(&names, claims, |claim| &claim.things),
            particular: uncommon(&names, claims, |claim| &claim.owners),
            subjects,
            subject_words,
            kinds,
            of_kind,
            telling: telling_subjects,
            owning: telling_owners,
            labels,
            leads,
            years,
            languages,
            vocabulary: names.vocabulary,
            says,
            neighbours,
            around,
            precise,
            is_lone: lone(claims),
            spans,
            figures,
            rounded,
            givers,
            reports,
            small_counts,
        }
    }

    /// Whether the report of one claim gives the other's figure as well, and not as its headline's body: a headline that
    /// the body bears out is one with it.
    pub(super) fn gives_both(&self, own: &Claim, foreign: &Claim) -> bool {
        let is_given = |in_headline: bool, claim: &Claim| {
            let place = (own.document, own.post, in_headline);
            self.is_given(claim, place) && self.may_count_it(own, claim, place)
        };
        is_given(is_headline(own), foreign)
            || is_headline(own) && is_given(false, own) && is_given(false, foreign)
    }

    /// Whether the report of one claim gives the other's figure as well, in whichever of its posts.
    pub(super) fn tells_both(&self, own: &Claim, foreign: &Claim) -> bool {
        let is_own = |(document, post, _): &Place| *document == own.document && post.is_some();
        self.gives_both(own, foreign) || self.places_of(foreign).any(is_own)
    }

    /// Whether two claims give one number of one unit, whatever their hedges: "nearly 1.5bn", "1.5bn". A small one is
    /// too common for that: "at least nine" and "nine".
    pub(super) fn is_same_figure(&self, a: &Claim, b: &Claim) -> bool {
        let is_small = |value: &Decimal| a.precision.is_count && *value < Decimal::TEN;
        let figure =
            |claim: &Claim| claim.value().filter(|value| !is_small(value)).and(self.figures.get(claim.id));
        figure(a).is_some() && figure(a) == figure(b)
    }

    /// Whether a report gives a claim's figure, in its headline or elsewhere, as it is or rounded.
    fn is_given(&self, claim: &Claim, place: Place) -> bool {
        self.places_of(claim).any(|given| *given == place)
    }

    /// Whether what a place gives of a figure may count what a claim of the same report does: "three teachers" is nothing to
    /// "two dogs". A larger figure does not come twice by chance.
    fn may_count_it(&self, own: &Claim, figure: &Claim, place: Place) -> bool {
        let counted = self.figures.get(figure.id).and_then(|figure| self.small_counts.get(&(place, *figure)));
        let own = Counted::of(own);
        counted.is_none_or(|counted| counted.iter().any(|it| it.may_be(&own)))
    }

    /// Where a claim's figure is given, as it is or rounded.
    fn places_of(&self, claim: &Claim) -> impl Iterator<Item = &Place> {
        let exact = self.figures.get(claim.id).and_then(|figure| self.givers.get(*figure));
        exact.into_iter().chain(self.rounded.get(claim.id)).flatten()
    }

    /// The distinct figures of a claim's kind in its report.
    fn of_its_kind(&self, claim: &Claim) -> Option<&BTreeSet<usize>> {
        self.of_kind.get(*self.kinds.get(claim.id)?)
    }

    /// The words of a claim's sentence that the fewest others have, but at least one.
    pub(super) fn rarest_words<'a>(&self, claim: &'a Claim, most: usize) -> impl Iterator<Item = &'a str> {
        let times = |word: &String| self.sentences.get(word).copied().unwrap_or(1);
        let mut words: Vec<(i64, &str)> = claim
            .words
            .iter()
            .map(|word| (times(word), word.as_str()))
            .filter(|(times, _)| *times > 1)
            .collect();
        words.sort_unstable();
        words.truncate(most);
        words.into_iter().map(|(_, word)| word)
    }

    /// What the other figures of a claim's sentence say.
    pub(super) fn neighbours_of(&self, claim: &Claim) -> &[usize] {
        self.neighbours.get(claim.id).map(Vec::as_slice).unwrap_or_default()
    }

    /// The year of a claim's report.
    pub(super) fn year_of(&self, claim: &Claim) -> Option<i16> {
        self.years.printed_in(claim.document)
    }

    /// Whether the report of one claim was printed in an earlier month than the other's.
    pub(super) fn is_printed_before(&self, one: &Claim, other: &Claim) -> bool {
        self.years.is_before(one.document, other.document)
    }

    /// Whether the report of one claim was printed on an earlier day than the other's.
    pub(super) fn is_a_day_before(&self, one: &Claim, other: &Claim) -> bool {
        self.years.is_a_day_before(one.document, other.document)
    }

    /// Whether two claims' reports lie so far apart that what is told of the last quarter is of two.
    pub(super) fn are_a_quarter_apart(&self, one: &Claim, other: &Claim) -> bool {
        self.years.are_a_quarter_apart(one.document, other.document)
    }

    /// Whether a claim's report speaks of a year, and gives no other figure of the kind for it.
    pub(super) fn speaks_of_year(&self, claim: &Claim, year: i16) -> bool {
        let words = self.vocabulary.get(claim.document);
        let kind = self.kinds.get(claim.id).copied().unwrap_or_default();
        !self.years.are_given(kind, year)
            && (self.years.are_told(claim.document, year)
                || words.is_some_and(|words| words.contains(year.to_string().as_str())))
    }

    /// Whether other reports bear out one of two figures, and none the other.
    pub(super) fn is_odd_one_out(&self, a: &Claim, b: &Claim) -> bool {
        let reports = |claim: &Claim| {
            self.figures.get(claim.id).and_then(|figure| self.reports.get(*figure)).copied().unwrap_or(0)
        };
        let (one, other) = (reports(a), reports(b));
        a.document != b.document && one.min(other) == 1 && one.max(other) >= BORNE_OUT
    }

    /// Whether what one claim says stands in the other's sentence as well.
    pub(super) fn stands_beside(&self, one: &Claim, other: &Claim) -> bool {
        let is_in = |claim: &Claim, sentence: &Claim| {
            let says = self.says.get(claim.id);
            says.is_some_and(|says| self.neighbours_of(sentence).binary_search(says).is_ok())
        };
        is_in(one, other) || is_in(other, one)
    }

    /// Whether the sentences of two claims tell two lengths of time: "238 mm within 24 hours", "120 mm in three hours".
    pub(super) fn are_of_two_spans(&self, a: &Claim, b: &Claim) -> bool {
        let span = |claim: &Claim| self.spans.get(claim.id).copied().flatten();
        let are_two = span(a).zip(span(b)).is_some_and(|(one, other)| one != other);
        // "14 goals in three years", "14 goals in five years".
        are_two && self.same_neighbours(a, b) == 0
    }

    /// How many other figures stand in both sentences, of two reports.
    pub(super) fn same_neighbours(&self, a: &Claim, b: &Claim) -> usize {
        let (Some(one), Some(other)) = (self.neighbours.get(a.id), self.neighbours.get(b.id)) else {
            return 0;
        };
        let own = |says: &usize| Some(says) == self.says.get(a.id) || Some(says) == self.says.get(b.id);
        if a.document == b.document {
            return 0;
        }
        one.iter().filter(|says| !own(says) && other.binary_search(says).is_ok()).count()
    }

    /// How many other figures stand around both claims, of two reports; nothing where too few stand there to tell.
    pub(super) fn same_around(&self, a: &Claim, b: &Claim) -> Option<usize> {
        const FEWEST: usize = 3;
        if a.document == b.document {
            return None;
        }
        let (one, other) = (self.around.get(a.id)?, self.around.get(b.id)?);
        let own = |says: &usize| Some(says) == self.says.get(a.id) || Some(says) == self.says.get(b.id);
        let same = one.iter().filter(|says| !own(says) && other.binary_search(says).is_ok()).count();
        (same > 0 || one.len().min(other.len()) >= FEWEST).then_some(same)
    }

    /// Whether each of two claims of two reports is the only figure of its kind in its sentence, beside another one of three
    /// digits or more that both sentences give: "2,350 jobs at five sites", "2,350 positions at four sites".
    pub(super) fn are_only_ones_beside(&self, a: &Claim, b: &Claim) -> bool {
        let is_lone = |claim: &Claim| self.is_lone.get(claim.id).copied().unwrap_or(false);
        let (one, other) = (self.neighbours_of(a), self.neighbours_of(b));
        let own = |says: &usize| Some(says) == self.says.get(a.id) || Some(says) == self.says.get(b.id);
        let is_shared = |says: &&usize| !own(says) && other.binary_search(says).is_ok();
        a.document != b.document
            && is_lone(a)
            && is_lone(b)
            && one.iter().filter(is_shared).any(|says| self.precise.contains(says))
    }

    /// Whether a claim is the only figure of its kind in its report.
    pub(super) fn is_only_one(&self, claim: &Claim) -> bool {
        self.of_its_kind(claim).is_none_or(|figures| figures.len() <= 1)
    }

    /// Whether each of two claims is the only figure of its kind in its report that the other's report has not.
    pub(super) fn are_only_ones_left(&self, a: &Claim, b: &Claim) -> bool {
        self.is_only_one_left(a, b.document) && self.is_only_one_left(b, a.document)
    }

    fn is_only_one_left(&self, claim: &Claim, other: usize) -> bool {
        let Some(figures) = self.of_its_kind(claim) else { return true };
        let has = |givers: &Vec<Place>| {
            let before = givers.partition_point(|(report, ..)| *report < other);
            givers.get(before).is_some_and(|(report, ..)| *report == other)
        };
        let is_left = |figure: &&usize| !self.givers.get(**figure).is_some_and(has);
        figures.iter().filter(is_left).nth(1).is_none()
    }

    /// Whether both claims count people, whatever they are called.
    pub(super) fn are_people(&self, a: &Claim, b: &Claim) -> bool {
        self.counts_people(a) && self.counts_people(b)
    }

    /// Whether one of two claims of one language counts people, and the other something else.
    pub(super) fn are_people_and_things(&self, a: &Claim, b: &Claim) -> bool {
        let is_count = |claim: &Claim| claim.quantity.unit.dimension == Dimension::Count;
        is_count(a)
            && is_count(b)
            && !self.are_of_two_languages(a, b)
            && self.counts_people(a) != self.counts_people(b)
    }

    fn counts_people(&self, claim: &Claim) -> bool {
        self.language_of(claim).is_some_and(|id| Lexicon::of(id).is_people(&claim.quantity.unit.code))
    }

    /// Whether two claims are in two languages, whose nouns tell nothing of each other.
    pub(super) fn are_of_two_languages(&self, a: &Claim, b: &Claim) -> bool {
        self.language_of(a) != self.language_of(b)
    }

    fn language_of(&self, claim: &Claim) -> Option<&'static str> {
        self.languages.get(claim.document).copied()
    }

    pub(super) fn is_lead(&self, claim: &Claim) -> bool {
        let lead = self.leads.get(claim.document).and_then(Option::as_ref);
        // What a table says before the first paragraph is no headline.
        let is_told = claim.block != BlockKind::Cell && lead.is_some_and(|lead| claim.text.end <= lead.end);
        claim.block == BlockKind::Headline || is_told
    }

    /// The words of the names right beside a claim that not the whole story is about.
    pub(super) fn particular(&self, claim: &Claim) -> &[String] {
        self.particular.get(claim.id).map(Vec::as_slice).unwrap_or_default()
    }

    /// Whether a name stands right beside a claim that the other's sentence does not give in small letters: "Data Centre" is the
    /// "data centre" of another house style.
    pub(super) fn is_named_alone(&self, claim: &Claim, other: &Claim) -> bool {
        let place = |word: &String| self.subject_words.binary_search(word).ok();
        let names = self.subjects.get(other.id);
        let is_name =
            |word: &String| names.zip(place(word)).is_some_and(|(names, place)| names.contains(&place));
        let is_told = |word: &String| other.words.binary_search(word).is_ok() && !is_name(word);
        self.particular(claim).iter().any(|word| !is_told(word))
    }

    /// What the clauses of two claims are about, where that has no word in common; nothing across languages.
    pub(super) fn things_apart(&self, a: &Claim, b: &Claim) -> Option<(&[String], &[String])> {
        let (one, other) = (self.things.get(a.id)?, self.things.get(b.id)?);
        // "Station", "stations".
        let is_one = |word: &String, other: &String| word.starts_with(other) || other.starts_with(word);
        let is_shared = one.iter().any(|word| other.iter().any(|second| is_one(word, second)));
        let is_told = !one.is_empty() && !other.is_empty() && !self.are_of_two_languages(a, b);
        (is_told && !is_shared).then_some((one, other))
    }

    /// Whether the clause of one claim is about something that the other's report, of the same language, does not speak of.
    pub(super) fn is_of_strange_thing(&self, one: &Claim, other: &Claim) -> bool {
        let (Some(words), Some(things)) = (self.vocabulary.get(other.document), self.things.get(one.id))
        else {
            return false;
        };
        let is_told = !things.is_empty() && !self.are_of_two_languages(one, other);
        is_told && !things.iter().any(|word| words.contains(word))
    }

    /// The first word of one claim's subject that is one of the other's, too.
    pub(super) fn shared_name(&self, a: &Claim, b: &Claim) -> Option<&str> {
        let (one, other) = (self.subjects.get(a.id)?, self.subjects.get(b.id)?);
        let word = one.iter().find(|word| other.contains(word))?;
        self.subject_words.get(*word).map(String::as_str)
    }

    /// The names by which two reports that list figures of one kind, town by town, tell two of them apart; nothing where one
    /// of them lists none, or both name the same.
    pub(super) fn told_apart(&self, a: &Claim, b: &Claim) -> Option<(&[String], &[String])> {
        let (one, other) = (self.telling.get(a.id)?, self.telling.get(b.id)?);
        let is_of = |word: &String, claim: &Claim| {
            let lexicon = self.language_of(claim).map(Lexicon::of);
            let is_it = |own: &str| lexicon.is_some_and(|lexicon| lexicon.in_one_spelling(own) == word);
            claim.subject.iter().any(|name| name.split(' ').any(is_it))
        };
        let is_apart = !one.is_empty()
            && !other.is_empty()
            && !one.iter().any(|word| is_of(word, b))
            && !other.iter().any(|word| is_of(word, a));
        is_apart.then_some((one, other))
    }

    /// The countries right beside two claims, where they have none in common.
    pub(super) fn countries_apart(&self, a: &Claim, b: &Claim) -> Option<(Vec<&str>, Vec<&str>)> {
        let countries = |claim: &Claim| -> Vec<&str> {
            let names = self.particular(claim).iter().map(String::as_str);
            names.filter(|name| name_in_words(name) != *name).collect()
        };
        let (one, other) = (countries(a), countries(b));
        let is_shared = one.iter().any(|name| other.contains(name));
        (!one.is_empty() && !other.is_empty() && !is_shared).then_some((one, other))
    }

    /// A name that stands right beside two claims, and beside no other figure of their dimension in either report.
    pub(super) fn told_alike(&self, a: &Claim, b: &Claim) -> Option<&str> {
        let (one, other) = (self.owning.get(a.id)?, self.owning.get(b.id)?);
        // "The Tower of Arle had 350,000", "965,000 at the castle of Arle": the first report speaks of the castle elsewhere.
        let are_of_another = |names: &[String], theirs: &[String], claim: &Claim| {
            let words = self.vocabulary.get(claim.document);
            let is_elsewhere = |name: &String| words.is_some_and(|words| words.contains(name));
            names.iter().any(|name| !theirs.contains(name) && is_elsewhere(name))
        };
        let name = one.iter().find(|word| a.document != b.document && other.contains(word))?;
        (!are_of_another(one, other, b) && !are_of_another(other, one, a)).then_some(name.as_str())
    }

    /// The names right beside two claims of two reports, where they have none in common and one report gives a name of the
    /// other's another figure of the dimension: "North 31, South 42" and "North 42, South 31".
    pub(super) fn labelled_apart(&self, a: &Claim, b: &Claim) -> Option<(&[String], &[String])> {
        let (one, other) = (self.owning.get(a.id)?, self.owning.get(b.id)?);
        let is_of = |word: &String, claim: &Claim| {
            claim.owners.iter().any(|name| name.split(' ').any(|own| own == word))
        };
        let are_apart = a.document != b.document
            && !one.is_empty()
            && !other.is_empty()
            && !one.iter().any(|word| other.contains(word) || is_of(word, b))
            && !other.iter().any(|word| is_of(word, a));
        let has_another =
            |names: &[String], claim: &Claim| self.labels.have_another(names, claim, &self.figures);
        (are_apart && (has_another(one, b) || has_another(other, a))).then_some((one, other))
    }

    /// Whether the report of one claim gives the other's figure for another name than the one that stands beside both.
    pub(super) fn is_given_for_another(&self, own: &Claim, foreign: &Claim) -> bool {
        let figure = self.figures.get(foreign.id);
        self.told_alike(own, foreign).is_some()
            && figure.is_some_and(|figure| self.labels.has_label(own, *figure))
    }

    /// Whether the names right beside one claim are strangers to the other's report.
    pub(super) fn is_foreign(&self, one: &Claim, other: &Claim) -> bool {
        let Some(words) = self.vocabulary.get(other.document) else { return false };
        let names = self.particular(one);
        !names.is_empty() && names.iter().all(|name| !words.contains(name))
    }

    /// The share of the rarer sentence's words that both have, weighted by rarity, in percent.
    pub(super) fn overlap(&self, a: &Claim, b: &Claim) -> i64 {
        let (Some(one), Some(other)) = (self.weights.get(a.id), self.weights.get(b.id)) else { return 0 };
        let (mut left, mut right) = (&*one.words, &*other.words);
        let mut shared = 0;
        while let (Some((word, weight)), Some((second, _))) = (left.first(), right.first()) {
            match word.cmp(second) {
                std::cmp::Ordering::Less => left = left.get(1..).unwrap_or_default(),
                std::cmp::Ordering::Greater => right = right.get(1..).unwrap_or_default(),
                std::cmp::Ordering::Equal => {
                    shared += i64::from(*weight);
                    (left, right) = (left.get(1..).unwrap_or_default(), right.get(1..).unwrap_or_default());
                }
            }
        }
        // The rarest words of two short sentences may be all theirs: a common word that both have still counts.
        let smaller = one.total.min(other.total);
        if smaller == 0 { 0 } else { (shared * 100 / smaller).min(100) }
    }
}

/// A sentence's words: each one's place among the story's words, and how rare it is; and the sum of that.
#[derive(Debug, Clone, Default)]
struct Weights {
    words: Box<[(u32, u16)]>,
    total: i64,
}

fn weights(claims: &[Claim], sentences: &BTreeMap<String, i64>) -> Vec<Weights> {
    const RAREST: i64 = 1000;
    let weight = |times: i64| u16::try_from(RAREST / times.max(1)).unwrap_or_default();
    let places: BTreeMap<&str, (u32, u16)> =
        (0..).zip(sentences).map(|(place, (word, times))| (word.as_str(), (place, weight(*times)))).collect();
    let of = |claim: &Claim| {
        let words: Box<[(u32, u16)]> =
            claim.words.iter().filter_map(|word| places.get(word.as_str()).copied()).collect();
        Weights { total: words.iter().map(|(_, weight)| i64::from(*weight)).sum(), words }
    };
    claims.iter().map(of).collect()
}

/// The words of some names of each claim but for the common ones.
fn uncommon(names: &Names, claims: &[Claim], of: impl Fn(&Claim) -> &[String]) -> Vec<Vec<String>> {
    claims.iter().map(|claim| names.uncommon(claim, of(claim)).map(str::to_owned).collect()).collect()
}

/// How many reports are among some places, which are in order.
fn n_reports(places: &[Place]) -> usize {
    places.chunk_by(|(one, ..), (other, ..)| one == other).count()
}

/// A figure of so many significant digits is hardly the same by chance.
const PRECISE_DIGITS: usize = 3;

/// Of each claim the words of some names that stand at no other figure of its group, where at least so many figures of the
/// group have such names.
fn telling(
    claims: &[Claim],
    groups: &[usize],
    figures: &[usize],
    names: &[Vec<&str>],
    fewest: usize,
) -> Vec<Vec<String>> {
    let mut named: BTreeMap<(usize, &str), BTreeSet<usize>> = BTreeMap::new();
    let mut of_group: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for ((claim, own), (group, figure)) in claims.iter().zip(names).zip(groups.iter().zip(figures)) {
        if claim.is_compared() && claim.restates.is_none() && !own.is_empty() {
            of_group.entry(*group).or_default().insert(*figure);
            for word in own {
                named.entry((*group, word)).or_default().insert(*figure);
            }
        }
    }
    let tells = |group: usize, word: &str| {
        let is_list = of_group.get(&group).is_some_and(|figures| figures.len() >= fewest);
        is_list && named.get(&(group, word)).is_some_and(|figures| figures.len() == 1)
    };
    let telling = names.iter().zip(groups);
    telling
        .map(|(own, group)| {
            own.iter().filter(|word| tells(*group, word)).map(|word| (*word).to_owned()).collect()
        })
        .collect()
}

/// So many figures of one kind, each with its names, are a list.
const FEWEST_OF_A_LIST: usize = 2;

/// What a claim says, in the notation of its base unit and with its hedge, and its figure.
fn said(claim: &Claim) -> (String, Figure) {
    let mut quantity = claim.canonical().unwrap_or_else(|| claim.quantity.clone());
    // "Three dead", "three people" and a bare "three" say the same number.
    if matches!(quantity.unit.dimension, Dimension::Count | Dimension::Number) {
        quantity.unit = Unit::count("");
    }
    let hedged = format!("{quantity} {}", claim.hedge.map_or("", Hedge::as_str));
    (hedged, (number(&quantity), quantity.unit))
}

/// Where a figure of the same measure or noun stands that each claim's comes to when it is rounded.
fn rounded(claims: &[Claim], figures: &[Figure]) -> Vec<Vec<Place>> {
    const DIGITS: [usize; 2] = [2, 3];
    type Giver<'a> = (Option<&'a str>, &'a str, Place);
    let mut givers: BTreeMap<&Figure, BTreeSet<Giver<'_>>> = BTreeMap::new();
    for (claim, figure) in claims.iter().zip(figures).filter(|(claim, _)| claim.is_compared()) {
        let giver = (claim.measure, claim.quantity.unit.code.as_str(), place_of(claim));
        givers.entry(figure).or_default().insert(giver);
    }
    let to_digits = |claim: &Claim, digits: usize| {
        let value = claim.value().filter(|_| digits_of(claim).len() > digits)?;
        let value = claim.to_base(value.round_sf(u32::try_from(digits).ok()?)?)?;
        let unit = &figures.get(claim.id)?.1;
        givers.get(&(number(&Quantity::exactly(value, unit.clone())), unit.clone()))
    };
    let of = |claim: &Claim| {
        let is_alike = |(measure, code, _): &&Giver<'_>| {
            measure.is_none_or(|id| claim.measure.is_none_or(|own| own == id))
                && *code == claim.quantity.unit.code
        };
        let roundings = DIGITS.iter().filter_map(|digits| to_digits(claim, *digits)).flatten();
        let mut places: Vec<Place> = roundings.filter(is_alike).map(|(.., place)| *place).collect();
        places.sort_unstable();
        places.dedup();
        places
    };
    claims.par_iter().map(of).collect()
}

/// The report of a claim, its unit and what it measures.
fn kind_of(claim: &Claim) -> (usize, &str, &str) {
    let code = claim.quantity.unit.code.as_str();
    (claim.document, code, claim.measure.unwrap_or(code))
}

/// The place of each item among all, in order and without repetition.
fn places<T: Ord>(items: &[T]) -> Vec<usize> {
    let mut order: Vec<&T> = items.iter().collect();
    order.sort_unstable();
    order.dedup();
    items.iter().map(|item| order.partition_point(|other| *other < item)).collect()
}

/// A figure's number and base unit, whatever its range and its hedge.
type Figure = (String, Unit);

/// Where a figure is given: the report, its post, and whether in a headline.
type Place = (usize, Option<usize>, bool);

/// Where each figure is given. A bare number says nothing by itself, and yet what another report says in full; what is to
/// grow "from 78 to 92" is 78 now.
fn givers(claims: &[Claim], figures: &[usize]) -> Vec<Vec<Place>> {
    let mut givers = vec![Vec::new(); figures.len()];
    for (idx, (claim, figure)) in claims.iter().zip(figures).enumerate() {
        let is_number = claim.quantity.unit.dimension == Dimension::Number;
        let is_earlier = || claims.get(idx + 1).is_some_and(|next| leads_to(claim, next));
        if claim.is_compared() || is_number || is_earlier() {
            givers[*figure].push(place_of(claim));
        }
    }
    for places in &mut givers {
        places.sort_unstable();
        places.dedup();
    }
    givers
}

/// What each place counts by a figure below ten.
fn small_counts(claims: &[Claim], figures: &[usize]) -> BTreeMap<(Place, usize), Vec<Counted>> {
    let mut counts: BTreeMap<(Place, usize), Vec<Counted>> = BTreeMap::new();
    let is_count =
        |claim: &Claim| matches!(claim.quantity.unit.dimension, Dimension::Count | Dimension::Number);
    let is_small = |claim: &Claim| is_count(claim) && claim.value().is_some_and(|value| value < Decimal::TEN);
    for (claim, figure) in claims.iter().zip(figures).filter(|(claim, _)| is_small(claim)) {
        counts.entry((place_of(claim), *figure)).or_default().push(Counted::of(claim));
    }
    counts
}

fn place_of(claim: &Claim) -> Place {
    (claim.document, claim.post, is_headline(claim))
}

/// A figure that so many reports give is borne out.
const BORNE_OUT: usize = 2;

/// Whether a claim is where a change begins, and the next one where it ends.
fn leads_to(claim: &Claim, next: &Claim) -> bool {
    claim.role == Role::Before
        && claim.document == next.document
        && claim.sentence == next.sentence
        && claim.quantity.unit.has_base_of(&next.quantity.unit)
}

fn is_headline(claim: &Claim) -> bool {
    claim.block == BlockKind::Headline
}

/// The number of a written quantity, without its range and its unit.
fn number(quantity: &Quantity) -> String {
    let written = quantity.to_string();
    let mut parts = written.split([' ', '<', '>', '=']);
    parts.find(|word| !word.is_empty()).unwrap_or_default().to_owned()
}
