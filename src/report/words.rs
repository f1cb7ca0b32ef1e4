//! What a report says, in the words that its formats share.

use std::collections::BTreeSet;

use jiff::civil::Weekday;
use rust_decimal::Decimal;

use super::StoryReport;
use crate::coverage::Suspect;
use crate::document::When;
use crate::finding::{Acceptance, AcceptedBy, Finding};
use crate::normalise::Claim;
use crate::quantity::rate::Rate;
use crate::quantity::{
    Dimension, Interval, Unit, figure_in_words, interval_in_words, readable, weekday_in_words,
};
use crate::reconcile::{Link, NearMiss, Reason, Topic};

impl StoryReport {
    /// Why a finding no longer counts: "checked with the ministry (until 2026-12-31)", "a slogan (a.md:9)".
    #[must_use]
    pub fn told_acceptance(&self, acceptance: &Acceptance) -> String {
        let Acceptance { reason, by } = acceptance;
        match by {
            AcceptedBy::Entry { until: None } => reason.clone(),
            AcceptedBy::Entry { until: Some(until) } => format!("{reason} (until {until})"),
            AcceptedBy::Comment { document, line } => {
                let path = self.documents.get(*document).map_or("", |document| document.path.as_str());
                format!("{reason} ({path}:{line})")
            }
        }
    }

    /// What else a reader must know of the run, in sentences: "Checked by crosscheck.toml."
    pub fn told_remarks(&self) -> impl Iterator<Item = String> {
        self.remarks.iter().map(|remark| {
            let mut rest = remark.chars();
            let first = rest.next().into_iter().flat_map(char::to_uppercase);
            first.chain(rest).chain(['.']).collect()
        })
    }

    /// How many independent sources stand on each side, "2 independent sources for “43”, 1 for “34”": nothing where one
    /// report stands alone against itself.
    #[must_use]
    pub fn balance(&self, finding: &Finding) -> Option<String> {
        let all: BTreeSet<usize> = finding.sides.iter().flat_map(|side| self.reports(side)).collect();
        if all.len() < 2 {
            return None;
        }
        let told = finding.sides.iter().enumerate().filter_map(|(at, side)| {
            let number = self.sources(finding, side);
            let number = match (at, number) {
                (0, 0) => "no independent source".to_owned(),
                (0, _) => counted(number, "independent source"),
                (_, 0) => "none".to_owned(),
                (_, _) => number.to_string(),
            };
            let reports = self.reports(side).into_iter().filter(|id| !self.is_draft(*id)).count();
            let copies = if (1..reports).contains(&self.sources(finding, side)) {
                format!(" (printed in {reports} reports)")
            } else {
                String::new()
            };
            Some(format!("{number} for “{}”{copies}", self.quote(*side.claims.first()?)?))
        });
        Some(told.collect::<Vec<String>>().join(", "))
    }

    /// Where a claim stands: "a.txt:9".
    #[must_use]
    pub fn address(&self, id: usize) -> Option<String> {
        let claim = self.claims.get(id)?;
        Some(format!("{}:{}", self.documents.get(claim.document)?.path, claim.place.line()))
    }

    /// A claim with its place: "“43” in a.txt:9".
    #[must_use]
    pub fn told(&self, id: usize) -> Option<String> {
        Some(format!("“{}” in {}", self.quote(id)?, self.address(id)?))
    }

    /// A figure to check, with its place and with what it is given as: "“43” in a.txt:9".
    #[must_use]
    pub fn told_suspect(&self, suspect: &Suspect) -> Option<String> {
        let first = *suspect.claims.first()?;
        let again = self.claims.get(first + 1).filter(|next| next.restates == Some(first));
        let again =
            again.filter(|next| suspect.claims.contains(&next.id)).and_then(|next| self.quote(next.id));
        let again = again.map(|quote| format!(", given as “{quote}”")).unwrap_or_default();
        Some(format!("{}{again}", self.told(first)?))
    }

    /// The figure that may be wrong instead, with its place.
    #[must_use]
    pub fn told_instead(&self, suspect: &Suspect) -> Option<String> {
        self.told(*suspect.or.first()?)
    }

    /// What is cleared once a figure and those before it are right: "clears value-conflict on deaths".
    #[must_use]
    pub fn told_clears(&self, suspect: &Suspect) -> String {
        let name = |finding: &Finding| match finding.topic.and_then(|id| self.topics.get(id)) {
            Some(topic) => format!("{} on {}", finding.rule, topic.label),
            None => finding.rule.to_owned(),
        };
        let mut names: Vec<(String, usize)> = Vec::new();
        for told in suspect.clears.iter().filter_map(|at| self.findings.get(*at)).map(name) {
            match names.iter_mut().find(|(known, _)| *known == told) {
                Some((_, times)) => *times += 1,
                None => names.push((told, 1)),
            }
        }
        let times = |(name, times): &(String, usize)| match times {
            1 => name.clone(),
            times => format!("{times} of {name}"),
        };
        match names.as_slice() {
            [] => "needed with the next one".to_owned(),
            _ => format!("clears {}", names.iter().map(times).collect::<Vec<String>>().join(", ")),
        }
    }

    /// Who printed a finding's figure first, and who repeats it, as far as it is known: "“34” in a.txt, 3 March 2026;
    /// repeated in b.txt".
    #[must_use]
    pub fn lineage(&self, finding: &Finding) -> Option<String> {
        let topic = self.topics.get(finding.topic?)?;
        let first = topic.lineage.first?;
        let is_shown = finding.sides.iter().any(|side| side.claims.contains(&first));
        let own = self.claims.get(first).filter(|_| is_shown)?;
        let repeats: Vec<&str> = topic
            .lineage
            .repeats
            .iter()
            .filter_map(|id| Some(self.document_of(*id)?.path.as_str()))
            .collect();
        let again =
            if repeats.is_empty() { String::new() } else { format!("; repeated in {}", repeats.join(", ")) };
        let document = self.documents.get(own.document)?;
        let when = document.published.as_ref().map(stamp)?;
        Some(format!("“{}” in {}, {when}{again}", document.slice(&own.text), document.path))
    }

    /// A claim's figure in the base currency, in words; nothing where it is no money or has no rate.
    #[must_use]
    pub fn in_base(&self, claim: &Claim) -> Option<String> {
        Some(self.in_unit(claim, &Unit::money(&self.settings.base))?.0)
    }

    /// A claim's figure in another unit of its dimension, in words, and the rate where it is converted money; nothing where
    /// the dimension is another one or there is no rate.
    pub(super) fn in_unit(&self, claim: &Claim, wanted: &Unit) -> Option<(String, Option<Rate>)> {
        let unit = &claim.quantity.unit;
        if unit.dimension != wanted.dimension {
            return None;
        }
        if unit == wanted {
            return Some((interval_words(claim, &claim.quantity.interval, unit), None));
        }
        let rate = if unit.dimension == Dimension::Money {
            // With no date there is no day's rate: the range over years is for comparing, not for a reader.
            self.exchange.date(claim.document)?;
            Some(self.exchange.rate(&unit.code, &wanted.code, claim.document)?)
        } else {
            None
        };
        let exact = |value: Decimal| match &rate {
            Some(rate) => value.checked_mul(rate.value)?.round_sf(4),
            None => claim.in_unit(value, wanted)?.round_sf(4),
        };
        let interval = claim.quantity.interval.map(exact)?;
        let told = match claim.quantity.best.and_then(exact) {
            Some(value) => format!("{}{}", hedge_words(claim), figure_words(value, wanted)),
            None => interval_words(claim, &interval, wanted),
        };
        Some((told, rate))
    }

    /// The topics of more than one statement with what [`told_links`](Self::told_links) tells of them, where the settings ask
    /// for it.
    pub fn explained(&self) -> impl Iterator<Item = (&str, Vec<String>)> {
        let topics = self.topics.iter().filter(|topic| self.settings.explain && !topic.links.is_empty());
        topics.map(|topic| (topic.label.as_str(), self.told_links(topic)))
    }

    /// Two like claims and why they were not taken together: "“43” in a.txt:3 and “34” in b.txt:5: measures differ".
    #[must_use]
    pub fn told_miss(&self, miss: &NearMiss) -> Option<String> {
        Some(format!("{} and {}: {}", self.told(miss.a)?, self.told(miss.b)?, miss.because))
    }

    /// Why the claims of a topic are taken to be about the same thing, pair by pair: "“43” in a.txt:3 and “34” in b.txt:5:
    /// both are of deaths, both in the headline or the first paragraph; though a name stands beside one alone".
    #[must_use]
    pub fn told_links(&self, topic: &Topic) -> Vec<String> {
        let all = |reasons: Vec<&Reason>| {
            reasons.into_iter().map(|reason| &*reason.what).collect::<Vec<&str>>().join(", ")
        };
        let told = |link: &Link| {
            let (against, of): (Vec<&Reason>, Vec<&Reason>) =
                link.because.iter().partition(|reason| reason.points < 0);
            let though =
                if against.is_empty() { String::new() } else { format!("; though {}", all(against)) };
            Some(format!("{} and {}: {}{though}", self.told(link.a)?, self.told(link.b)?, all(of)))
        };
        topic.links.iter().filter_map(told).collect()
    }
}

/// A report's date, with its clock where it states one.
pub(super) fn stamp(when: &When) -> String {
    match (when.time, when.zone.as_deref()) {
        (Some(time), zone) => {
            let zone = zone.map(|zone| format!(" {zone}")).unwrap_or_default();
            format!("{} {}{zone}", when.date, time.strftime("%H:%M"))
        }
        (None, _) => when.date.to_string(),
    }
}

/// A number with its noun: "1 error", "1,200 errors".
#[must_use]
pub fn counted(number: usize, what: &str) -> String {
    format!("{} {what}{}", grouped(number), if number == 1 { "" } else { "s" })
}

/// A number as a person reads it: "1,200".
pub(super) fn grouped(number: usize) -> String {
    readable(Decimal::from(number))
}

fn hedge_words(claim: &Claim) -> String {
    claim.hedge.map(|hedge| format!("{} ", hedge.as_str())).unwrap_or_default()
}

/// A claim's figure in words: "about 1.08 trillion USD", "200 to 999 trillion KRW".
#[must_use]
pub fn in_words(claim: &Claim) -> String {
    // The day that a weekday names depends on its report's date, which nobody prints beside it.
    if let Some(day) = claim.weekday.and_then(|day| Weekday::from_monday_one_offset(day).ok()) {
        return weekday_in_words(day).to_owned();
    }
    match claim.quantity.best {
        Some(value) => format!("{}{}", hedge_words(claim), figure_words(value, &claim.quantity.unit)),
        None => interval_words(claim, &claim.quantity.interval, &claim.quantity.unit),
    }
}

/// Whether a count is printed with the very digits that it reads as, so that the reading says nothing more: "6,200".
pub(super) fn is_as_printed(quote: &str, claim: &Claim) -> bool {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    matches!(claim.quantity.unit.dimension, Dimension::Count | Dimension::Number)
        && digits(quote) == digits(&in_words(claim))
}

fn figure_words(value: Decimal, unit: &Unit) -> String {
    format!("{} {}", figure_in_words(value, unit.dimension), unit.shown()).trim_end().to_owned()
}

fn interval_words(claim: &Claim, interval: &Interval, unit: &Unit) -> String {
    match claim.quantity.best {
        Some(value) if unit == &claim.quantity.unit => {
            format!("{}{}", hedge_words(claim), figure_words(value, unit))
        }
        Some(_) | None => interval_in_words(interval, unit),
    }
}
