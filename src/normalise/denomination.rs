//! Which dollar: settles a name or sign that several currencies share.

use rust_decimal::Decimal;

use crate::extract::{Candidate, CandidateUnit, Mention, Reads};
use crate::lang::Lexicon;
use crate::quantity::currency::{Currency, currencies};
use crate::quantity::{Dimension, Unit};
use crate::settings::Settings;

/// The currencies that a document names without doubt, in the order of their first mention.
pub(super) struct Evidence(Vec<String>);

/// Gathers the evidence of a document.
pub(super) fn evidence(mentions: &[Mention]) -> Evidence {
    let mut codes: Vec<String> = Vec::new();
    for mention in mentions {
        let Reads::Figure { candidates, .. } = &mention.reads else {
            continue;
        };
        for candidate in candidates {
            if let CandidateUnit::Settled(unit) = &candidate.unit
                && unit.dimension == Dimension::Money
                && !codes.contains(&unit.code)
            {
                codes.push(unit.code.clone());
            }
        }
    }
    Evidence(codes)
}

/// A unit settled on, or the reason why it stays open.
pub(super) struct Settled {
    pub(super) unit: Unit,
    pub(super) scale: Decimal,
    /// Why the claim must not be compared.
    pub(super) obstacle: Option<String>,
    /// The family, where no word of the report settled it.
    pub(super) family: Option<String>,
    /// What was done, where it needs saying.
    pub(super) step: Option<String>,
}

/// Settles the likeliest candidate; nothing where there is none.
///
/// A shared name is the reader's own currency where `--home` uses one of the family; else the family's usual one; else
/// the one member that the document names in full. What is then still open is not compared.
pub(super) fn settle(
    candidates: &[Candidate],
    lexicon: &Lexicon,
    settings: &Settings,
    evidence: &Evidence,
) -> Option<Settled> {
    let candidate = candidates.first()?;
    let family = match &candidate.unit {
        CandidateUnit::Settled(unit) => {
            return Some(Settled {
                unit: unit.clone(),
                scale: candidate.scale,
                obstacle: None,
                family: None,
                step: None,
            });
        }
        CandidateUnit::Family(family) => family,
    };
    let table = currencies();
    let settled = |code: &str, because: String| Settled {
        unit: Unit::money(code),
        scale: candidate.scale,
        obstacle: None,
        family: Some(family.clone()),
        step: Some(because),
    };
    let uses = |currency: &&Currency, country: &str| currency.countries.iter().any(|code| code == country);
    if let Some(home) = &settings.home
        && let Some(currency) = table.members(family).find(|currency| uses(currency, home))
    {
        return Some(settled(
            &currency.code,
            format!("a {family} is {} for a reader in {home}", currency.code),
        ));
    }
    if let Some(default) = table.family(family).and_then(|family| family.default.as_deref()) {
        return Some(settled(default, format!("a {family} without more is {default}")));
    }
    let mut named = table.members(family).filter(|currency| evidence.0.contains(&currency.code));
    if let (Some(currency), None) = (named.next(), named.next()) {
        let because = format!("the report names {} elsewhere", currency.name);
        return Some(Settled { family: None, ..settled(&currency.code, because) });
    }
    let mut local = lexicon
        .countries
        .iter()
        .filter_map(|country| table.members(family).find(|currency| uses(currency, country)));
    if let (Some(currency), None) = (local.next(), local.next()) {
        return Some(settled(
            &currency.code,
            format!("{} is where {} is written", currency.code, lexicon.name),
        ));
    }
    let why = format!("which {family} is meant is not said; --home COUNTRY would settle it");
    Some(Settled {
        unit: Unit::unsettled_money(),
        scale: candidate.scale,
        obstacle: Some(why),
        family: Some(family.clone()),
        step: None,
    })
}
