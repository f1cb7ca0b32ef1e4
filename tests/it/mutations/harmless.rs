//! What may differ between reports that agree: rounding, hedges, notation, units, words.

use crosscheck::quantity::{Dimension, Hedge, Unit, times_power_of_ten};
use rust_decimal::{Decimal, RoundingStrategy};

use super::page::{Page, is_unspaced};
use super::printed::{Printed, Scale};
use super::slips::{in_unit, valued};
use super::target::{Mention, Original, Target, in_base};

/// A kind of harmless change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Harmless {
    /// Fewer digits.
    Rounded,
    /// Fewer digits behind "about".
    About,
    /// Rounded up behind "nearly".
    Nearly,
    /// Rounded down behind "more than".
    Over,
    /// "1,300 million" for "1.3 billion".
    Notation,
    /// Another unit, converted.
    Converted,
    /// "three" for "3".
    InWords,
    /// The reports in another order, under names of another order.
    Renamed,
    /// A figure of which no other report speaks becomes another one.
    Altered,
}

impl Harmless {
    pub(super) const ALL: [Harmless; 9] = [
        Harmless::Rounded,
        Harmless::About,
        Harmless::Nearly,
        Harmless::Over,
        Harmless::Notation,
        Harmless::Converted,
        Harmless::InWords,
        Harmless::Renamed,
        Harmless::Altered,
    ];

    pub(super) fn name(self) -> &'static str {
        match self {
            Harmless::Rounded => "rounded",
            Harmless::About => "rounded, about",
            Harmless::Nearly => "rounded up, nearly",
            Harmless::Over => "rounded down, more than",
            Harmless::Notation => "another notation",
            Harmless::Converted => "another unit",
            Harmless::InWords => "in words",
            Harmless::Renamed => "other order and names",
            Harmless::Altered => "another figure, alone",
        }
    }
}

/// Units with what one of them is in another, as readers of another country are told it.
const UNITS: [(&str, &str); 11] = [
    ("km", "mi"),
    ("mi", "km"),
    ("km2", "mi2"),
    ("ha", "acre"),
    ("acre", "ha"),
    ("kg", "lb"),
    ("m", "ft"),
    ("km/h", "mph"),
    ("GW", "MW"),
    ("MW", "GW"),
    ("GWh", "MWh"),
];

impl Original {
    /// Every harmless change that a target allows: the texts of its places.
    pub(super) fn harmless(&self, target: &Target) -> Vec<(Harmless, Vec<(usize, String)>)> {
        let mut changes = Vec::new();
        let mut all = |kind: Harmless, change: &dyn Fn(&Mention) -> Option<String>| {
            let changed = |mention: &Mention| Some((mention.claim, change(mention)?));
            if let Some(texts) = target.mentions.iter().map(changed).collect::<Option<Vec<_>>>() {
                changes.push((kind, texts));
            }
        };
        let claim = self.claim(target.mentions[0].claim);
        let (page, unit) = (self.page_of(claim), &claim.quantity.unit);
        if claim.hedge.is_none() && self.may_be_rounded(target) {
            for (kind, key) in [
                (Harmless::Rounded, None),
                (Harmless::About, Some("about")),
                (Harmless::Nearly, Some("nearly")),
                (Harmless::Over, Some("over")),
            ] {
                all(kind, &|mention| rounded(&mention.printed, page, key));
            }
        }
        all(Harmless::Notation, &|mention| stepped_down(&mention.printed, page));
        all(Harmless::Notation, &|mention| with_short_scale(&mention.printed, page));
        all(Harmless::Notation, &|mention| in_full(&mention.printed, unit));
        all(Harmless::Notation, &|mention| in_myriads(&mention.printed, page));
        for (from, to) in UNITS.iter().filter(|(from, _)| *from == unit.code) {
            all(Harmless::Converted, &|mention| converted(&mention.printed, page, from, to));
        }
        all(Harmless::InWords, &|mention| self.in_words(mention, page));
        changes
    }

    /// The figures that stand alone, each with other digits.
    pub(super) fn altered(&self) -> impl Iterator<Item = Vec<(usize, String)>> + '_ {
        let altered = |mention: &Mention| {
            STEPS.map(|step| Some(vec![(mention.claim, altered(&mention.printed, step)?.text())]))
        };
        self.strangers.iter().flat_map(altered).flatten()
    }

    /// Whether every figure of the topic still agrees when this one is rounded: none is a bound that it may cross, none
    /// says the unrounded figure of something of which exactness is expected.
    fn may_be_rounded(&self, target: &Target) -> bool {
        let own = self.claim(target.mentions[0].claim);
        let is_free = |id: &usize| {
            let other = self.claim(*id);
            !other.hedge.is_some_and(Hedge::is_bound) && in_base(other) == in_base(own)
        };
        target.partners.iter().all(is_free)
    }

    /// A small count in words.
    fn in_words(&self, mention: &Mention, page: &Page) -> Option<String> {
        let (printed, claim) = (&mention.printed, self.claim(mention.claim));
        let is_counted = matches!(claim.quantity.unit.dimension, Dimension::Count | Dimension::Duration);
        let is_small = printed.value >= Decimal::TWO && printed.value <= Decimal::TEN;
        let is_plain = printed.before.is_empty() && printed.scale.is_none() && printed.decimals() == 0;
        if !(is_counted && is_small && is_plain) {
            return None;
        }
        let word = page.number(u32::try_from(printed.value).ok()?)?;
        let stored = self.files[claim.document].bytes.get(claim.span.end..)?;
        let next = stored.iter().position(|byte| !byte.is_ascii_whitespace());
        let is_apart =
            printed.behind.starts_with(char::is_whitespace) || printed.behind.is_empty() && next != Some(0);
        (is_apart || word.chars().all(is_unspaced)).then(|| printed.with_digits(word.to_owned()).text())
    }
}

/// By so much each digit is moved on.
const STEPS: [u32; 3] = [3, 4, 7];

/// The figure with other digits, noughts kept, and none made.
fn altered(printed: &Printed, step: u32) -> Option<Printed> {
    let moved = |digit: char| match digit.to_digit(10) {
        Some(value) if value > 0 => char::from_digit((value - 1 + step) % 9 + 1, 10),
        Some(_) | None => Some(digit),
    };
    valued(printed, printed.digits.chars().map(moved).collect::<Option<String>>()?)
}

/// The figure with two digits that are no noughts, behind a hedge that is true of it.
fn rounded(printed: &Printed, page: &Page, hedge: Option<&str>) -> Option<String> {
    let size = times_power_of_ten(printed.value, i32::try_from(printed.power()).ok()?)?;
    let is_long = printed.significant() >= 3 && (size >= Decimal::ONE_HUNDRED || printed.decimals() > 0);
    if !is_long {
        return None;
    }
    let value = printed.value.round_sf_with_strategy(2, RoundingStrategy::MidpointAwayFromZero)?;
    let is_true = match hedge {
        Some("nearly") => value > printed.value,
        Some("over") => value < printed.value,
        _ => true,
    };
    let hedge = match hedge {
        Some(key) => page.hedge(key)?,
        None => String::new(),
    };
    is_true.then(|| format!("{hedge}{}", printed.with_value(value).text()))
}

/// "1,300 million" for "1.3 billion".
fn stepped_down(printed: &Printed, page: &Page) -> Option<String> {
    let scale = printed.scale.as_ref().filter(|scale| matches!(scale.power, 9 | 12))?;
    let word = page.rescaled(scale.power, &scale.word, scale.power - 3)?;
    let mut other = printed.with_value(times_power_of_ten(printed.value, 3)?);
    other.scale.as_mut()?.word = word;
    Some(other.text())
}

/// "1.3bn" for "1.3 billion".
fn with_short_scale(printed: &Printed, page: &Page) -> Option<String> {
    let scale = printed.scale.as_ref().filter(|scale| matches!(scale.power, 6 | 9 | 12))?;
    let short = page.short_scale(scale.power)?;
    let behind = printed.behind.trim_start();
    let is_joined = behind.starts_with("de ") || behind.starts_with("di ") || behind.starts_with("d'");
    if page.has_myriads || is_joined || !page.is_scale_word(scale.power, &scale.word) {
        return None;
    }
    let mut other = printed.clone();
    other.scale = Some(Scale { power: scale.power, gap: " ".to_owned(), word: short.to_owned() });
    Some(other.text())
}

/// "$1,300,000" for "$1.3 million".
fn in_full(printed: &Printed, unit: &Unit) -> Option<String> {
    let power = printed.scale.as_ref().map(|scale| scale.power).filter(|power| *power <= 6)?;
    let is_money = unit.dimension == Dimension::Money && !printed.before.is_empty();
    let value = times_power_of_ten(printed.value, i32::try_from(power).ok()?)?;
    let other = Printed { scale: None, ..printed.with_value(value) };
    is_money.then(|| other.text())
}

/// "1万3000人" for "13,000人".
fn in_myriads(printed: &Printed, page: &Page) -> Option<String> {
    const MYRIAD: Decimal = Decimal::from_parts(10_000, 0, 0, false, 0);
    let is_long =
        page.has_myriads && printed.scale.is_none() && printed.value > MYRIAD && printed.decimals() == 0;
    let word = page.scale_word(4).filter(|_| is_long)?;
    let (myriads, rest) = ((printed.value / MYRIAD).trunc(), printed.value % MYRIAD);
    let rest = if rest.is_zero() { String::new() } else { rest.normalize().to_string() };
    Some(printed.with_digits(format!("{myriads}{word}{rest}")).text())
}

/// The figure in another unit, to three digits.
fn converted(printed: &Printed, page: &Page, from: &str, to: &str) -> Option<String> {
    let (from_unit, to_unit) = (Unit::measured(from)?, Unit::measured(to)?);
    let digits = u32::try_from(printed.significant().max(3)).ok()?;
    let value = to_unit.from_base(from_unit.to_base(printed.value)?)?.round_sf(digits)?;
    let is_readable = value.normalize().scale() <= 2 && printed.significant() >= 2;
    is_readable.then(|| in_unit(&printed.with_value(value), page, from, to)).flatten()
}
