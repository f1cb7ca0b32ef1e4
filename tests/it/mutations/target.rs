//! What a slip is put into: a figure that another report of the story confirms.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use crosscheck::document::{Document, Format, find_story};
use crosscheck::extract::Role;
use crosscheck::finding::{Finding, Severity};
use crosscheck::normalise::Claim;
use crosscheck::quantity::Dimension;
use crosscheck::report::StoryReport;
use rust_decimal::Decimal;

use crate::gold::{How, Marked};

use super::page::Page;
use super::printed::Printed;

/// A report as it is stored.
pub(super) struct File {
    pub(super) format: Format,
    pub(super) bytes: Vec<u8>,
}

/// A marked story as it is, with what is found there.
pub(super) struct Original {
    pub(super) slug: String,
    pub(super) report: StoryReport,
    /// By the documents' ids.
    pub(super) files: Vec<File>,
    /// Pairs of claims between which an error or a warning stands.
    pub(super) alarmed: BTreeSet<(usize, usize)>,
    pub(super) targets: Vec<Target>,
    /// Money that a report states in two currencies, the original first.
    pub(super) conversions: Vec<(usize, Mention)>,
    /// Figures that no other report gives, and about which the marks say nothing.
    pub(super) strangers: Vec<Mention>,
    pub(super) pages: BTreeMap<&'static str, Page>,
}

/// A figure that another report confirms.
pub(super) struct Target {
    /// Every place where the report gives it, the marked one first.
    pub(super) mentions: Vec<Mention>,
    /// The claims of other reports that are marked as the same and stand in its topic.
    pub(super) partners: Vec<usize>,
}

/// One place of a figure.
#[derive(Clone)]
pub(super) struct Mention {
    pub(super) claim: usize,
    pub(super) printed: Printed,
}

/// The pairs of claims that stand on two sides of a finding.
pub(super) fn across(finding: &Finding) -> impl Iterator<Item = (usize, usize)> + '_ {
    let sides = finding.sides.iter().enumerate();
    sides.flat_map(move |(at, side)| {
        let others = finding.sides.iter().skip(at + 1).flat_map(|other| &other.claims);
        others.flat_map(|b| side.claims.iter().map(|a| (*a.min(b), *a.max(b))))
    })
}

/// The errors and warnings of a report.
pub(super) fn loud(report: &StoryReport) -> impl Iterator<Item = &Finding> {
    report.findings.iter().filter(|finding| finding.severity != Severity::Note)
}

/// What a claim says in the base unit of its dimension.
pub(super) fn in_base(claim: &Claim) -> Option<Decimal> {
    claim.quantity.unit.to_base(claim.value()?)
}

impl Original {
    pub(super) fn of(marked: Marked) -> Original {
        let folder = Path::new("corpora/stories").join(&marked.slug);
        let found = find_story(&folder).unwrap().files;
        let file = |document: &Document| {
            let found = found.iter().find(|found| found.shown == document.path).unwrap();
            File { format: found.format, bytes: fs::read(&found.path).unwrap() }
        };
        let files = marked.report.documents.iter().map(file).collect();
        let alarmed = loud(&marked.report).flat_map(across).collect();
        let languages = marked.report.documents.iter().map(|document| document.language);
        let pages = languages.map(|language| (language, Page::of(language))).collect();
        let same = marked.gold.agree.iter().filter(|agree| agree.how == How::Same);
        let confirmed = same.map(|agree| {
            let marks = marked.marks(&agree.claims);
            let ids = 0..marked.report.claims.len();
            ids.filter(|id| marks.iter().any(|mark| mark.is_met(&marked.report, *id))).collect()
        });
        let confirmed: Vec<Vec<usize>> = confirmed.collect();
        let marks = marked.compared();
        let Marked { slug, report, .. } = marked;
        let (targets, conversions, strangers) = (Vec::new(), Vec::new(), Vec::new());
        let mut original = Original { slug, report, files, alarmed, targets, conversions, strangers, pages };
        for claims in &confirmed {
            let targets = claims.iter().filter_map(|claim| original.target(*claim, claims));
            let targets: Vec<Target> = targets.collect();
            original.targets.extend(targets);
        }
        let mut seen = BTreeSet::new();
        original.targets.retain(|target| target.mentions.iter().all(|mention| seen.insert(mention.claim)));
        original.conversions = original.stated_conversions();
        let ids = 0..original.report.claims.len();
        let unmarked = ids.filter(|id| !marks.iter().any(|mark| mark.is_met(&original.report, *id)));
        original.strangers = unmarked.filter_map(|id| original.stranger(id)).collect();
        original
    }

    pub(super) fn claim(&self, id: usize) -> &Claim {
        &self.report.claims[id]
    }

    pub(super) fn page_of(&self, claim: &Claim) -> &Page {
        &self.pages[self.report.documents[claim.document].language]
    }

    fn printed(&self, claim: &Claim) -> Option<Printed> {
        let document = &self.report.documents[claim.document];
        let quotation = document.source.get(document.source_range(&claim.text))?;
        let stored = self.files[claim.document].bytes.get(claim.span.start..claim.span.end)?;
        let is_plain = stored == quotation.as_bytes();
        Printed::read(quotation, self.page_of(claim), claim.value()?).filter(|_| is_plain)
    }

    fn topic_of(&self, claim: usize) -> Option<&[usize]> {
        let topic = self.report.topics.iter().find(|topic| topic.claims.contains(&claim))?;
        Some(&topic.claims)
    }

    fn is_alarmed(&self, claim: usize) -> bool {
        self.alarmed.iter().any(|(a, b)| *a == claim || *b == claim)
    }

    /// The figure of a claim, where another report confirms it, where every place of it in its report can be changed,
    /// and where nothing is found about it as it is.
    fn target(&self, id: usize, marked: &[usize]) -> Option<Target> {
        let claim = self.claim(id);
        let topic = self.topic_of(id)?;
        let is_partner = |other: &&usize| {
            self.claim(**other).document != claim.document
                && topic.contains(other)
                && !self.is_alarmed(**other)
        };
        let partners: Vec<usize> = marked.iter().filter(is_partner).copied().collect();
        let value = in_base(claim)?;
        let own = self.report.claims.iter().filter(|other| other.document == claim.document);
        let is_same = |other: &&Claim| {
            in_base(other) == Some(value) && other.quantity.unit.base() == claim.quantity.unit.base()
        };
        let same: Vec<&Claim> = own.clone().filter(is_same).collect();
        let is_told_once = own
            .filter(|other| topic.contains(&other.id))
            .all(|other| same.iter().any(|one| one.id == other.id));
        let is_converted = |one: &&Claim| {
            one.restates.is_some() || self.report.claims.iter().any(|other| other.restates == Some(one.id))
        };
        let is_fit = !partners.is_empty()
            && is_told_once
            && is_of_a_figure(claim)
            && !same.iter().any(|one| is_converted(one) || self.is_alarmed(one.id));
        if !is_fit {
            return None;
        }
        let others = same.iter().filter(|other| other.id != id);
        let places = std::iter::once(&claim).chain(others);
        let mentions = places.map(|one| Some(Mention { claim: one.id, printed: self.printed(one)? }));
        let mentions: Vec<Mention> = mentions.collect::<Option<_>>()?;
        Some(Target { mentions, partners })
    }

    /// A figure of a claim of which nothing is marked, given once in its report and nearly so in no other.
    fn stranger(&self, id: usize) -> Option<Mention> {
        let claim = self.claim(id);
        let value = claim.value()?;
        let is_near = |other: &Claim| {
            let apart = other.value().map(|other| (other - value).abs());
            apart.is_some_and(|apart| apart * Decimal::TEN < value.abs())
        };
        let others = self.report.claims.iter().filter(|other| other.id != id);
        let is_alone = !others.clone().any(|other| is_near(other) || other.restates == Some(id));
        let is_fit = is_alone && claim.restates.is_none() && claim.role == Role::Own && is_of_a_figure(claim);
        let printed = self.printed(claim).filter(|_| is_fit && !self.is_alarmed(id))?;
        Some(Mention { claim: id, printed })
    }

    /// Sums that a report states in two currencies, and about which nothing is found.
    fn stated_conversions(&self) -> Vec<(usize, Mention)> {
        let is_quiet = |claim: &Claim| claim.is_compared() && !self.is_alarmed(claim.id);
        let stated = |claim: &Claim| {
            let root = self.claim(claim.restates?);
            let is_money = claim.quantity.unit.dimension == Dimension::Money
                && root.quantity.unit.dimension == Dimension::Money;
            let again = |other: &&Claim| {
                other.document == claim.document
                    && other.quantity.unit == claim.quantity.unit
                    && other.value() == claim.value()
            };
            let is_told_once = self.report.claims.iter().filter(again).count() == 1;
            let printed = self.printed(claim).filter(|_| is_money && is_told_once)?;
            (is_quiet(claim) && is_quiet(root)).then_some((root.id, Mention { claim: claim.id, printed }))
        };
        self.report.claims.iter().filter_map(stated).collect()
    }
}

/// Whether a claim's unit is one in which figures slip: no date, no age, no place in an order.
fn is_of_a_figure(claim: &Claim) -> bool {
    let is_other = matches!(
        claim.quantity.unit.dimension,
        Dimension::Date | Dimension::Year | Dimension::Clock | Dimension::Age | Dimension::Ordinal
    );
    !is_other && claim.quantity.unit.code != "ratio"
}
