//! The figures of a disagreement on one scale: what each leaves open, in one unit, and who stands with most sources.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::StoryReport;
use crate::finding::{Finding, SUPERSEDED};
use crate::normalise::Claim;
use crate::quantity::rate::Rate;
use crate::quantity::{Dimension, Interval, Unit};
use crate::reconcile::{Agreement, Exchange, Relation, Topic, Verdict};

/// The claims of a topic in one unit.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    /// The unit of every row; counts are bare numbers.
    pub unit: Unit,
    /// A row for each report and figure, by the sides of the finding, those of no side last.
    pub rows: Vec<Row>,
    /// What the figures that most sources bear out have in common.
    pub agreed: Option<Interval>,
    /// Claims that nothing brings into the unit, by their ids.
    pub left_out: Vec<usize>,
    /// Rows beyond the most that one chart holds.
    pub more: usize,
}

/// A figure of one report.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The claim that is shown for all of the report that say the same, by its id.
    pub claim: usize,
    /// How often the report says it.
    pub times: usize,
    /// The side of the finding, by its place.
    pub side: Option<usize>,
    /// How it stands to the other sides.
    pub stance: Stance,
    /// The claim in the chart's unit.
    pub drawn: Drawn,
}

/// What a claim leaves open, in another unit.
#[derive(Debug, Clone, PartialEq)]
pub struct Drawn {
    /// Outside it is a contradiction.
    pub hard: Interval,
    /// Outside it readers object.
    pub soft: Interval,
    /// The figure itself.
    pub value: Option<Decimal>,
    /// The rate at which it was converted: units of the chart's currency for one of its own.
    pub rate: Option<Rate>,
}

/// How a row stands to the others of its topic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stance {
    /// More independent sources say so than anything else.
    BorneOut,
    /// Fewer independent sources say so than say something else.
    Apart,
    /// As many independent sources say so as say something else.
    Disputed,
    /// A later figure takes its place.
    Earlier,
    /// It takes the place of earlier ones.
    Latest,
    /// It stands on no side.
    Beside,
}

impl Stance {
    /// The word beside the row; none for a row of no side.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Stance::BorneOut => "most sources",
            Stance::Apart => "apart",
            Stance::Disputed => "disputed",
            Stance::Earlier => "earlier",
            Stance::Latest => "latest",
            Stance::Beside => "",
        }
    }
}

/// Rows of one chart; more are counted.
const MOST_ROWS: usize = 40;

impl StoryReport {
    /// The figures of a finding's topic side by side; nothing where the topic holds no disagreement, its figures have no
    /// common scale, or fewer than two of them are left.
    ///
    /// Money of several currencies is shown in the base currency where some report states it, else in the commonest currency.
    #[must_use]
    pub fn chart(&self, finding: &Finding) -> Option<Chart> {
        let topic = self.topics.get(finding.topic?)?;
        match topic.verdict {
            Verdict::Disagree | Verdict::Superseded => {}
            Verdict::Single | Verdict::Agree => return None,
        }
        let claims: Vec<&Claim> = topic.claims.iter().filter_map(|id| self.claims.get(*id)).collect();
        let unit = common_unit(&claims, &self.settings.base)?;
        let side_of = |claim: &Claim| finding.sides.iter().position(|side| side.claims.contains(&claim.id));
        let stances = self.stances(finding);
        let mut rows: Vec<Row> = Vec::new();
        let mut left_out = Vec::new();
        let mut place: BTreeMap<(usize, String), usize> = BTreeMap::new();
        for claim in claims {
            let key = (claim.document, claim.quantity.to_string());
            if let Some(row) = place.get(&key).and_then(|idx| rows.get_mut(*idx)) {
                row.times += 1;
                continue;
            }
            let Some(drawn) = self.drawn(claim, &unit) else {
                left_out.push(claim.id);
                continue;
            };
            place.insert(key, rows.len());
            let side = side_of(claim);
            let stance = side.and_then(|at| stances.get(at).copied()).unwrap_or(Stance::Beside);
            rows.push(Row { claim: claim.id, times: 1, side, stance, drawn });
        }
        rows.sort_by_key(|row| (row.side.unwrap_or(usize::MAX), row.claim));
        let agreed = agreed(&rows);
        let more = rows.len().saturating_sub(MOST_ROWS);
        rows.truncate(MOST_ROWS);
        (rows.len() > 1).then_some(Chart { unit, rows, agreed, left_out, more })
    }

    /// How each side of a finding stands to the others.
    fn stances(&self, finding: &Finding) -> Vec<Stance> {
        if finding.rule == SUPERSEDED {
            let last = finding.sides.len().saturating_sub(1);
            let stance = |at| if at == last { Stance::Latest } else { Stance::Earlier };
            return (0..finding.sides.len()).map(stance).collect();
        }
        let sources: Vec<usize> = finding.sides.iter().map(|side| self.sources(finding, side)).collect();
        let most = sources.iter().max().copied().unwrap_or_default();
        let is_even = sources.iter().filter(|number| **number == most).count() != 1;
        let stance = |number: &usize| match *number == most {
            true if is_even => Stance::Disputed,
            true => Stance::BorneOut,
            false if is_even => Stance::Disputed,
            false => Stance::Apart,
        };
        sources.iter().map(stance).collect()
    }

    /// How far the sides of a finding are apart at most, as a share of the nearer end; nothing where none of their figures
    /// were held against each other.
    #[must_use]
    pub fn gap(&self, finding: &Finding) -> Option<Decimal> {
        let topic = self.topics.get(finding.topic?)?;
        let side_of = |id: &usize| finding.sides.iter().position(|side| side.claims.contains(id));
        let gap = |(a, b, relation): &(usize, usize, Relation)| match relation {
            Relation::Disagrees(broken) => (side_of(a)? != side_of(b)?).then_some(broken.gap),
            Relation::Agrees(_) | Relation::Superseded | Relation::Incomparable(_) => None,
        };
        topic.relations.iter().filter_map(gap).max()
    }

    /// A claim's intervals and figure in a unit; nothing where there is no way there.
    fn drawn(&self, claim: &Claim, unit: &Unit) -> Option<Drawn> {
        let own = &claim.quantity.unit;
        let value = claim.quantity.best;
        if own == unit {
            return Some(Drawn { hard: claim.hard, soft: claim.soft, value, rate: None });
        }
        if own.dimension != unit.dimension || own.dimension == Dimension::Rate {
            return None;
        }
        if own.dimension == Dimension::Money {
            return self.exchanged(claim, &unit.code);
        }
        let across = |value: Decimal| claim.in_unit(value, unit);
        let (hard, soft) = (claim.hard.map(across)?, claim.soft.map(across)?);
        Some(Drawn { hard, soft, value: value.and_then(across), rate: None })
    }

    fn exchanged(&self, claim: &Claim, currency: &str) -> Option<Drawn> {
        let rate = self.exchange.rate(&claim.quantity.unit.code, currency, claim.document)?;
        // With no date there is no day's rate, and no one figure to show.
        let has_day = self.exchange.date(claim.document).is_some();
        let value = claim.quantity.best.filter(|_| has_day);
        Some(Drawn {
            hard: Exchange::convert(&claim.hard, &rate)?,
            soft: Exchange::convert(&claim.soft, &rate)?,
            value: value.and_then(|value| value.checked_mul(rate.value)),
            rate: Some(rate).filter(|_| has_day),
        })
    }

    /// Every rate at which sums of the story were held against each other or are shown in the base currency, by currencies and date:
    /// from, to, and the rate the way round that readers know it.
    #[must_use]
    pub fn rates(&self) -> Vec<(String, String, Rate)> {
        let mut used: BTreeMap<(String, String, String), Rate> = BTreeMap::new();
        let mut note = |from: &str, to: &str, rate: Rate| {
            used.insert((from.to_owned(), to.to_owned(), rate.date.to_string()), rate);
        };
        for topic in self.topics.iter().filter(|topic| topic.verdict != Verdict::Single) {
            for (from, to, rate) in self.rates_of(topic) {
                note(&from, &to, rate);
            }
        }
        for claim in self.findings.iter().flat_map(|finding| &finding.sides).flat_map(|side| &side.claims) {
            if let Some((from, to, rate)) =
                self.claims.get(*claim).and_then(|claim| self.rate_to(claim, &self.settings.base))
            {
                note(&from, &to, rate);
            }
        }
        used.into_iter().map(|((from, to, _), rate)| (from, to, rate)).collect()
    }

    fn rates_of(&self, topic: &Topic) -> Vec<(String, String, Rate)> {
        let between = |a: &usize, b: &usize| {
            let (one, other, rate) = self.exchange.between(self.claims.get(*a)?, self.claims.get(*b)?)?;
            Some((one.quantity.unit.code.clone(), other.quantity.unit.code.clone(), rate))
        };
        let of = |(a, b, relation): &(usize, usize, Relation)| match relation {
            Relation::Disagrees(broken) => broken.rate.clone(),
            Relation::Agrees(Agreement::Converted) => between(a, b),
            Relation::Agrees(_) | Relation::Superseded | Relation::Incomparable(_) => None,
        };
        topic.relations.iter().filter_map(of).collect()
    }

    /// The rate between a claim's currency and another one, of the claim's day, the way round that readers know it;
    /// nothing for what is no money, is that currency, or has no day.
    #[must_use]
    pub fn rate_to(&self, claim: &Claim, base: &str) -> Option<(String, String, Rate)> {
        let unit = &claim.quantity.unit;
        if unit.dimension != Dimension::Money || unit.code == base {
            return None;
        }
        self.exchange.date(claim.document)?;
        let rate = |from: &str, to: &str| {
            let rate = self.exchange.rate(from, to, claim.document)?;
            (rate.value >= Decimal::ONE).then(|| (from.to_owned(), to.to_owned(), rate))
        };
        rate(&unit.code, base).or_else(|| rate(base, &unit.code))
    }
}

/// The unit in which claims are shown side by side, or nothing where they measure different things.
fn common_unit(claims: &[&Claim], base: &str) -> Option<Unit> {
    let dimension = claims.first()?.quantity.unit.dimension;
    if claims.iter().any(|claim| claim.quantity.unit.dimension != dimension) {
        return None;
    }
    let mut codes: BTreeMap<&str, usize> = BTreeMap::new();
    for claim in claims {
        *codes.entry(&claim.quantity.unit.code).or_default() += 1;
    }
    // Two nouns may count the same: the number is what is shown.
    if dimension == Dimension::Count {
        return Some(Unit::count(""));
    }
    let commonest = codes.iter().max_by_key(|(code, times)| (**times, std::cmp::Reverse(**code)));
    let code = match commonest {
        Some(_) if dimension == Dimension::Money && codes.contains_key(base) => base,
        Some((code, _)) => code,
        None => return None,
    };
    Some(Unit { dimension, code: code.to_owned() })
}

/// What the rows that most sources bear out have in common, as readers take them, else as their digits allow.
fn agreed(rows: &[Row]) -> Option<Interval> {
    let meet = |of: fn(&Drawn) -> Interval| {
        let mut own = rows.iter().filter(|row| row.stance == Stance::BorneOut).map(|row| of(&row.drawn));
        let first = own.next()?;
        own.try_fold(first, |sofar, next| sofar.meet(&next))
    };
    meet(|drawn| drawn.soft).or_else(|| meet(|drawn| drawn.hard))
}
