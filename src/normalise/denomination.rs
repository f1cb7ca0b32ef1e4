//! Which dollar: settles a name or sign that several currencies share.

use rust_decimal::Decimal;

use crate::document::Document;
use crate::extract::{Candidate, CandidateUnit, Mention, Number, Reads};
use crate::lang::Lexicon;
use crate::quantity::currency::{Currency, currencies};
use crate::quantity::{Dimension, PrintedFigure, Unit};
use crate::settings::Settings;

/// What a document says without doubt elsewhere.
pub(super) struct Evidence {
    /// The currencies it names, in the order of their first mention.
    codes: Vec<String>,
    /// The families whose signs it prints.
    families: Vec<String>,
    /// The scales of temperature it names.
    degrees: Vec<String>,
    /// The one year of its full dates.
    pub(super) year: Option<i16>,
    /// The families whose usual currency is not taken as read in its script.
    open: Vec<String>,
}

/// Gathers the evidence of a document.
pub(super) fn evidence<'a>(document: &Document, mentions: impl Iterator<Item = &'a Mention>) -> Evidence {
    let (codes, families, degrees, open) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mut evidence = Evidence { codes, families, degrees, year: None, open };
    let mut years: Vec<i16> = Vec::new();
    let add = |list: &mut Vec<String>, code: &String| {
        if !list.contains(code) {
            list.push(code.clone());
        }
    };
    for mention in mentions {
        let candidates = match &mention.reads {
            Reads::Figure { candidates, .. } => candidates,
            Reads::Date(date) => {
                years.extend(date.year);
                continue;
            }
            Reads::Year(_) | Reads::Weekday(_) | Reads::Endless => continue,
        };
        let [candidate] = candidates.as_slice() else { continue };
        match &candidate.unit {
            CandidateUnit::Settled(unit) if unit.dimension == Dimension::Money => {
                add(&mut evidence.codes, &unit.code);
            }
            CandidateUnit::Settled(unit)
                if unit.dimension == Dimension::Temperature && unit.code != DEGREE =>
            {
                add(&mut evidence.degrees, &unit.code);
            }
            CandidateUnit::Settled(_) => {}
            CandidateUnit::Family(family) => add(&mut evidence.families, family),
        }
    }
    let script = Lexicon::of(document.language).other_script.as_ref();
    let is_open = |family: &&String| script.is_some_and(|script| script.opens(family, &document.text));
    evidence.open = evidence.families.iter().filter(is_open).cloned().collect();
    evidence.year = years.first().copied().filter(|year| years.iter().all(|other| other == year));
    evidence
}

/// The code of a degree whose scale is not said.
const DEGREE: &str = "°";

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

/// Settles the likeliest candidate, in the currency that its sentence is told to be in, or as [`alone`] does, with what it
/// is per one of.
pub(super) fn settle(
    number: &Number,
    candidates: &[Candidate],
    lexicon: &Lexicon,
    settings: &Settings,
    evidence: &Evidence,
    told: Option<&str>,
) -> Option<Settled> {
    let candidate = likeliest(number, candidates, evidence)?;
    let settled = match (&candidate.unit, told) {
        (CandidateUnit::Family(_), Some(code)) => Settled {
            unit: Unit::money(code),
            scale: candidate.scale,
            obstacle: None,
            family: None,
            step: Some(format!("its sentence opens with {code}")),
        },
        (CandidateUnit::Family(_) | CandidateUnit::Settled(_), _) => {
            alone(candidate, lexicon, settings, evidence)
        }
    };
    let Some(per) = &candidate.per else { return Some(settled) };
    let code = format!("{}/{}", settled.unit.code, per.code);
    let unit = Unit::measured(&code).unwrap_or(Unit { dimension: Dimension::Rate, code });
    Some(Settled { unit, ..settled })
}

/// Settles the likeliest candidate; nothing where there is none.
///
/// A shared name is the reader's own currency where `--home` uses one of the family; else the family's usual one; else
/// the one member that the document names in full. What is then still open is not compared.
fn alone(candidate: &Candidate, lexicon: &Lexicon, settings: &Settings, evidence: &Evidence) -> Settled {
    let family = match &candidate.unit {
        CandidateUnit::Settled(unit) if unit.code == DEGREE => {
            return degree(candidate.scale, lexicon, evidence);
        }
        CandidateUnit::Settled(unit) => {
            return Settled {
                unit: unit.clone(),
                scale: candidate.scale,
                obstacle: None,
                family: None,
                step: None,
            };
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
        return settled(&currency.code, format!("a {family} is {} for a reader in {home}", currency.code));
    }
    // "元" in a text that names the New Taiwan dollar is that, not the yuan that nobody named.
    let mut named = table.members(family).filter(|currency| evidence.codes.contains(&currency.code));
    let only = named.next().filter(|_| named.next().is_none());
    let shared = table.family(family);
    if let Some(currency) = only.filter(|_| shared.is_some_and(|family| family.named_first)) {
        let because = format!("the report names {} elsewhere", currency.name);
        return Settled { family: None, ..settled(&currency.code, because) };
    }
    let default = shared.and_then(|family| family.default.as_deref());
    if let Some(default) = default.filter(|_| !evidence.open.contains(family)) {
        return settled(default, format!("a {family} without more is {default}"));
    }
    if let Some(currency) = only {
        let because = format!("the report names {} elsewhere", currency.name);
        return Settled { family: None, ..settled(&currency.code, because) };
    }
    let mut local = lexicon
        .countries
        .iter()
        .filter_map(|country| table.members(family).find(|currency| uses(currency, country)));
    if let (Some(currency), None) = (local.next(), local.next()) {
        return settled(&currency.code, format!("{} is where {} is written", currency.code, lexicon.name));
    }
    let why = format!("which {family} is meant is not said; --home COUNTRY would settle it");
    Settled {
        unit: Unit::unsettled_money(),
        scale: candidate.scale,
        obstacle: Some(why),
        family: Some(family.clone()),
        step: None,
    }
}

/// From here on "pounds" are money.
const LEAST_SUM: Decimal = Decimal::from_parts(100_000, 0, 0, false, 0);

/// The candidate that the document speaks for. A name of money and of mass ("pounds") is money where the scale is that
/// of money or the document prints the money's sign.
fn likeliest<'a>(number: &Number, candidates: &'a [Candidate], evidence: &Evidence) -> Option<&'a Candidate> {
    let first = candidates.first()?;
    let CandidateUnit::Family(family) = &first.unit else { return Some(first) };
    let is_mass = |candidate: &&Candidate| matches!(&candidate.unit, CandidateUnit::Settled(unit) if unit.dimension == Dimension::Mass);
    // Nobody weighs a hundred thousand pounds.
    let is_large = match number.figure {
        PrintedFigure::One(value) | PrintedFigure::Range(value, _) | PrintedFigure::Vague(value, _) => {
            value.checked_mul(first.scale).is_none_or(|value| value >= LEAST_SUM)
        }
        PrintedFigure::Fraction(_) => false,
    };
    let is_money = is_large || evidence.families.contains(family);
    Some(candidates.iter().find(is_mass).filter(|_| !is_money).unwrap_or(first))
}

/// Which degree: the one scale that the document names, else that of the language's readers.
fn degree(scale: Decimal, lexicon: &Lexicon, evidence: &Evidence) -> Settled {
    let named = match evidence.degrees.as_slice() {
        [only] => Some(only),
        _ => lexicon.degree.as_ref(),
    };
    let unit = named.and_then(|code| Unit::measured(code));
    let obstacle = unit.is_none().then(|| "whether Celsius or Fahrenheit is meant is not said".to_owned());
    let step = unit.as_ref().map(|unit| format!("a degree here is {unit}"));
    let unit = unit.unwrap_or(Unit { dimension: Dimension::Temperature, code: DEGREE.to_owned() });
    Settled { unit, scale, obstacle, family: None, step }
}
