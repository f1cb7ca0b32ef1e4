//! The slips: what a newsroom gets wrong, put into one report's figure.

use crosscheck::extract::Role;
use crosscheck::normalise::{Claim, Kind};
use crosscheck::quantity::{Dimension, Hedge, Interval, Unit, times_power_of_ten};
use crosscheck::settings::Settings;
use jiff::ToSpan as _;
use rust_decimal::Decimal;

use super::page::Page;
use super::printed::Printed;
use super::target::{Mention, Original, Target, in_base};

/// A kind of slip.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Slip {
    /// Million for billion, or the other way.
    Thousandfold,
    /// 万 for 億, or dropped.
    Myriad,
    /// Lakh for crore, or crore for million.
    Lakh,
    /// Megawatts for gigawatts.
    Prefix,
    /// Miles for kilometres, gigawatt-hours for gigawatts, the number kept.
    Unit,
    /// Percent for percentage points, or the other way.
    Points,
    /// Another currency, the number kept.
    Currency,
    /// Another report's number before it was converted, with the own unit.
    Unconverted,
    /// Two neighbouring digits changed places.
    Transposed,
    /// The first digit is another.
    Leading,
    /// A digit in the middle is another.
    Middle,
    /// The earlier figure that another report gives beside the present one.
    Previous,
    /// A stated conversion at the rate of two years before.
    StaleConversion,
    /// Another report's sum, converted at the rate of two years before.
    StaleAcross,
}

impl Slip {
    pub(super) const ALL: [Slip; 14] = [
        Slip::Thousandfold,
        Slip::Myriad,
        Slip::Lakh,
        Slip::Prefix,
        Slip::Unit,
        Slip::Points,
        Slip::Currency,
        Slip::Unconverted,
        Slip::Transposed,
        Slip::Leading,
        Slip::Middle,
        Slip::Previous,
        Slip::StaleConversion,
        Slip::StaleAcross,
    ];

    pub(super) fn name(self) -> &'static str {
        match self {
            Slip::Thousandfold => "scale, thousandfold",
            Slip::Myriad => "scale, ten thousandfold",
            Slip::Lakh => "scale, lakh and crore",
            Slip::Prefix => "unit prefix",
            Slip::Unit => "unit, number kept",
            Slip::Points => "percent for points",
            Slip::Currency => "currency, number kept",
            Slip::Unconverted => "not converted",
            Slip::Transposed => "digits transposed",
            Slip::Leading => "first digit mistyped",
            Slip::Middle => "middle digit mistyped",
            Slip::Previous => "earlier figure",
            Slip::StaleConversion => "stale rate, stated",
            Slip::StaleAcross => "stale rate, across",
        }
    }

    /// The causes that name it, either of them right.
    pub(super) fn causes(self) -> &'static [&'static str] {
        match self {
            Slip::Thousandfold | Slip::Myriad | Slip::Lakh => &["scale-slip"],
            Slip::Prefix => &["unit-slip", "scale-slip"],
            Slip::Unit => &["unit-slip"],
            Slip::Points => &["percent-for-points"],
            Slip::Currency => &["currency-slip"],
            Slip::Unconverted => &["currency-slip", "unit-slip"],
            Slip::Transposed | Slip::Leading | Slip::Middle => &["digits"],
            Slip::Previous => &["previous-period"],
            Slip::StaleConversion | Slip::StaleAcross => &["stale-rate"],
        }
    }
}

/// A figure as a slip leaves it, and the claims of other reports that it then contradicts.
pub(super) struct Slipped {
    pub(super) slip: Slip,
    /// Each place of the figure.
    pub(super) mentions: Vec<(usize, String)>,
    pub(super) against: Vec<usize>,
}

/// Units that are mistaken for each other.
const UNITS: [(&str, &str); 22] = [
    ("GW", "GWh"),
    ("GWh", "GW"),
    ("MW", "MWh"),
    ("MWh", "MW"),
    ("kW", "kWh"),
    ("kWh", "kW"),
    ("TWh", "TW"),
    ("km", "mi"),
    ("mi", "km"),
    ("km2", "mi2"),
    ("mi2", "km2"),
    ("ha", "acre"),
    ("acre", "ha"),
    ("t", "short-ton"),
    ("kg", "lb"),
    ("lb", "kg"),
    ("m", "ft"),
    ("ft", "m"),
    ("km/h", "mph"),
    ("mph", "km/h"),
    ("°C", "°F"),
    ("°F", "°C"),
];

/// Prefixes that are mistaken for each other.
const PREFIXES: [(&str, &str); 14] = [
    ("GW", "MW"),
    ("MW", "GW"),
    ("MW", "kW"),
    ("kW", "MW"),
    ("GWh", "MWh"),
    ("MWh", "GWh"),
    ("TWh", "GWh"),
    ("kWh", "MWh"),
    ("km", "m"),
    ("mg", "µg"),
    ("µg", "mg"),
    ("kg", "g"),
    ("GB", "MB"),
    ("TB", "GB"),
];

/// Currencies that are mistaken for each other.
const CURRENCIES: [(&str, &str); 11] = [
    ("USD", "EUR"),
    ("EUR", "USD"),
    ("GBP", "EUR"),
    ("GBP", "USD"),
    ("KRW", "JPY"),
    ("JPY", "KRW"),
    ("JPY", "USD"),
    ("CNY", "JPY"),
    ("CNY", "USD"),
    ("INR", "USD"),
    ("BRL", "USD"),
];

/// A part of the larger figure by which two figures differ that no rounding explains.
const CLEARLY: Decimal = Decimal::from_parts(15, 0, 0, false, 2);

impl Original {
    /// Every slip that a target allows.
    pub(super) fn slips(&self, target: &Target) -> Vec<Slipped> {
        let mut slips = Vec::new();
        let mut all = |slip: Slip, change: &dyn Fn(&Printed) -> Option<String>| {
            slips.extend(self.slipped(slip, target, change));
        };
        let claim = self.claim(target.mentions[0].claim);
        let page = self.page_of(claim);
        let unit = &claim.quantity.unit;
        for steps in [3, -3] {
            all(Slip::Thousandfold, &|printed| rescaled(printed, page, &[6, 9, 12], steps));
        }
        for steps in [4, -4] {
            all(Slip::Myriad, &|printed| rescaled(printed, page, &[4, 8, 12], steps));
        }
        all(Slip::Myriad, &|printed| without_scale(printed, 4));
        for steps in [2, -2] {
            all(Slip::Lakh, &|printed| rescaled(printed, page, &[5, 7], steps));
        }
        all(Slip::Lakh, &|printed| {
            if printed.power() == 7 { rescaled(printed, page, &[6, 7], -1) } else { None }
        });
        // "More than 5 million" of one unit may well be true of the other's figure.
        let is_bound = claim.hedge.is_some_and(Hedge::is_bound);
        let pairs = [(Slip::Unit, UNITS.as_slice()), (Slip::Prefix, PREFIXES.as_slice())];
        for (slip, pairs) in pairs.into_iter().filter(|(slip, _)| *slip == Slip::Prefix || !is_bound) {
            for (from, to) in pairs.iter().filter(|(from, _)| *from == unit.code) {
                all(slip, &|printed| in_unit(printed, page, from, to));
            }
        }
        let is_change = claim.kind == Kind::Change;
        for (from, to) in
            [("%", "pp"), ("pp", "%")].iter().filter(|(from, _)| is_change && *from == unit.code)
        {
            all(Slip::Points, &|printed| in_unit(printed, page, from, to));
        }
        for (from, to) in CURRENCIES.iter().filter(|(from, _)| !is_bound && *from == unit.code) {
            all(Slip::Currency, &|printed| in_currency(printed, page, from, to));
        }
        slips.extend(self.digits(target));
        slips.extend(self.taken_over(target));
        slips
    }

    /// A slip of every place of a figure.
    fn slipped(
        &self,
        slip: Slip,
        target: &Target,
        change: &dyn Fn(&Printed) -> Option<String>,
    ) -> Option<Slipped> {
        let changed = |mention: &Mention| Some((mention.claim, change(&mention.printed)?));
        let mentions: Vec<(usize, String)> = target.mentions.iter().map(changed).collect::<Option<_>>()?;
        // One number of two readings of "$" is printed as it was.
        let is_told = |(_, text): &(usize, String), mention: &Mention| *text != mention.printed.text();
        let is_slip = mentions.iter().zip(&target.mentions).all(|(text, mention)| is_told(text, mention));
        is_slip.then(|| Slipped { slip, mentions, against: target.partners.clone() })
    }

    /// Slips of the keys, where another report's figure then clearly stands against it.
    fn digits(&self, target: &Target) -> Vec<Slipped> {
        let first = &target.mentions[0].printed;
        let significant = first.significant();
        if target.mentions.iter().any(|mention| mention.printed.significant() != significant) {
            return Vec::new();
        }
        let mut slips = Vec::new();
        for at in 0..significant.saturating_sub(1) {
            slips.push((Slip::Transposed, at));
        }
        if significant >= 3 {
            slips.push((Slip::Leading, 0));
            slips.push((Slip::Middle, significant / 2));
        }
        let slipped = |(slip, at): (Slip, usize)| {
            let is_swapped = slip == Slip::Transposed;
            let change = |printed: &Printed| {
                if is_swapped { transposed(printed, at) } else { mistyped(printed, at) }
            };
            let against = self.against(target, change(first)?.value)?;
            let change = |printed: &Printed| Some(change(printed)?.text());
            Some(Slipped { against, ..self.slipped(slip, target, &change)? })
        };
        slips.into_iter().filter_map(slipped).collect()
    }

    /// The partners that a new number of the figure's own scale and unit contradicts.
    fn against(&self, target: &Target, number: Decimal) -> Option<Vec<usize>> {
        let own = self.claim(target.mentions[0].claim);
        let printed = &target.mentions[0].printed;
        let value = times_power_of_ten(number, i32::try_from(printed.power()).ok()?)?;
        let value = own.quantity.unit.to_base(value)?;
        let is_against = |id: &usize| {
            let other = self.claim(*id);
            let is_bound = other.hedge.is_some_and(Hedge::is_bound) || own.hedge.is_some_and(Hedge::is_bound);
            let Some(stated) = in_base(other).filter(|_| !is_bound) else { return false };
            let is_bare = own.hedge.is_none() && other.hedge.is_none();
            let is_as_printed = in_base(own) == Some(stated)
                && own.quantity.unit == other.quantity.unit
                && own.precision.grain == other.precision.grain;
            let apart = (value - stated).abs();
            is_bare && is_as_printed || apart > value.abs().max(stated.abs()) * CLEARLY
        };
        let is_alike = own.quantity.unit.dimension != Dimension::Money;
        let same = |id: &usize| is_alike || self.claim(*id).quantity.unit == own.quantity.unit;
        let against: Vec<usize> =
            target.partners.iter().filter(|id| same(id) && is_against(id)).copied().collect();
        (!against.is_empty()).then_some(against)
    }

    /// Another report's number in the place of the own one.
    fn taken_over(&self, target: &Target) -> Vec<Slipped> {
        let own = self.claim(target.mentions[0].claim);
        let unit = &own.quantity.unit;
        let mut slips = Vec::new();
        for id in &target.partners {
            let other = self.claim(*id);
            let is_bound = own.hedge.is_some_and(Hedge::is_bound) || other.hedge.is_some_and(Hedge::is_bound);
            let is_other_unit =
                other.quantity.unit != *unit && other.quantity.unit.dimension == unit.dimension;
            if is_other_unit && !is_bound && is_converted(unit) && is_converted(&other.quantity.unit) {
                slips.extend(
                    other.value().and_then(|number| self.renumbered(Slip::Unconverted, target, number)),
                );
            }
            if is_other_unit && !is_bound && unit.dimension == Dimension::Money {
                let stale = self.at_old_rate(other, own, &target.mentions[0].printed);
                slips.extend(stale.and_then(|stale| self.renumbered(Slip::StaleAcross, target, stale)));
            }
            slips.extend(self.earlier(target, other).and_then(|earlier| {
                let number = unit.from_base(in_base(earlier)?)?;
                let slipped = self.renumbered(Slip::Previous, target, number)?;
                let printed = target.mentions[0].printed.power();
                let number = times_power_of_ten(number, -i32::try_from(printed).ok()?)?;
                Some(Slipped { against: self.against(target, number)?, ..slipped })
            }));
        }
        slips.dedup_by(|one, other| one.slip == other.slip && one.mentions == other.mentions);
        slips
    }

    /// The figure with another number in its own unit.
    fn renumbered(&self, slip: Slip, target: &Target, number: Decimal) -> Option<Slipped> {
        self.slipped(slip, target, &|printed| Some(renumbered(printed, number)?.text()))
    }

    /// The earlier figure that stands beside another report's, where the own report does not give it.
    fn earlier(&self, target: &Target, beside: &Claim) -> Option<&Claim> {
        let own = self.claim(target.mentions[0].claim);
        let is_near = |value: Decimal| {
            let present = in_base(own).unwrap_or_default().abs();
            value.abs() * Decimal::TWO > present && value.abs() < present * Decimal::TWO
        };
        let is_earlier = |claim: &&Claim| {
            claim.role == Role::Before
                && claim.document == beside.document
                && claim.sentence == beside.sentence
                && claim.quantity.unit.base() == beside.quantity.unit.base()
                && claim.quantity.unit.dimension == own.quantity.unit.dimension
                && claim.measure == beside.measure
                && in_base(claim).is_some_and(is_near)
        };
        let earlier = self.report.claims.iter().find(is_earlier)?;
        let is_given = |claim: &&Claim| claim.document == own.document && in_base(claim) == in_base(earlier);
        (self.report.claims.iter().find(is_given).is_none() && in_base(earlier) != in_base(own))
            .then_some(earlier)
    }

    /// A sum in another's currency at the rate of two years before that one's day, printed as that one is; nothing
    /// where it is near enough to what it is at the day's own rate.
    fn at_old_rate(&self, sum: &Claim, other: &Claim, printed: &Printed) -> Option<Decimal> {
        let rates = Settings::new().rates;
        let (from, to) = (&sum.quantity.unit.code, &other.quantity.unit.code);
        let day = self.report.exchange.date(other.document)?;
        let old = rates.on(from, to, day.checked_sub(2.years()).ok()?)?;
        let digits = u32::try_from(printed.significant().max(2)).ok()?;
        let stale = sum.value()?.checked_mul(old.value)?.round_sf(digits)?;
        let rate = rates.on(from, to, day)?;
        let fresh = sum.hard.times_between(rate.low, rate.high)?;
        let grain = other.precision.grain;
        let reach = Interval::closed(stale - grain, stale + grain);
        let far = Decimal::ONE + AT_LEAST_STALE;
        let is_far = |interval: &Interval| {
            let wide = interval.times_between(Decimal::ONE / far, far);
            wide.is_some_and(|wide| !wide.contains(stale)) && !interval.overlaps(&reach)
        };
        is_far(&fresh).then_some(stale)
    }

    /// A stated conversion as it would have been two years before.
    pub(super) fn stale(&self, original: usize, converted: &Mention) -> Option<Slipped> {
        let claim = self.claim(converted.claim);
        let stale = self.at_old_rate(self.claim(original), claim, &converted.printed)?;
        let text = renumbered(&converted.printed, stale)?.text();
        let mentions = vec![(converted.claim, text)];
        Some(Slipped { slip: Slip::StaleConversion, mentions, against: vec![original] })
    }
}

/// A part of the sum by which two rates differ that a reader minds.
const AT_LEAST_STALE: Decimal = Decimal::from_parts(4, 0, 0, false, 2);

/// Whether figures of a unit are converted into other units of its kind: shares in words and per mille are not.
fn is_converted(unit: &Unit) -> bool {
    let is_bare = matches!(unit.dimension, Dimension::Count | Dimension::Number | Dimension::Percent);
    !is_bare
}

/// The figure with the scale word so many powers of ten away, of these powers.
fn rescaled(printed: &Printed, page: &Page, powers: &[u32], steps: i32) -> Option<String> {
    let scale = printed.scale.as_ref().filter(|scale| powers.contains(&scale.power))?;
    let power = scale.power.checked_add_signed(steps).filter(|power| powers.contains(power))?;
    let word = page.rescaled(scale.power, &scale.word, power)?;
    let mut other = printed.clone();
    other.scale.as_mut()?.word = word;
    Some(other.text())
}

fn without_scale(printed: &Printed, power: u32) -> Option<String> {
    printed.scale.as_ref().filter(|scale| scale.power == power)?;
    Some(Printed { scale: None, ..printed.clone() }.text())
}

/// The figure with another unit, the number kept.
pub(super) fn in_unit(printed: &Printed, page: &Page, from: &str, to: &str) -> Option<String> {
    let unit = printed.behind.trim();
    let (gap, rest) = printed.behind.split_at_checked(printed.behind.find(unit)?)?;
    let other = page.respelled(unit, from, to)?;
    let is_sign = gap.is_empty() && other.chars().next().is_some_and(char::is_alphabetic);
    let gap = if is_sign && unit == "%" && !page.has_myriads { " " } else { gap };
    let behind = format!("{gap}{other}{}", rest.get(unit.len()..)?);
    Some(Printed { behind, ..printed.clone() }.text())
}

/// The figure in another currency, the number kept.
fn in_currency(printed: &Printed, page: &Page, from: &str, to: &str) -> Option<String> {
    let mut other = printed.clone();
    if let Some(before) = page.exchanged(&printed.before, from, to).filter(|_| !printed.before.is_empty()) {
        other.before = before;
    } else {
        other.behind = page.exchanged(&printed.behind, from, to)?;
    }
    Some(other.text())
}

/// The figure with another number, as finely printed as it was, before the scale word.
fn renumbered(printed: &Printed, number: Decimal) -> Option<Printed> {
    const DIGITS: u32 = 5;
    let power = i32::try_from(printed.power()).ok()?;
    let number = times_power_of_ten(number.round_sf(DIGITS)?, -power)?;
    let fewest = u32::try_from(printed.significant().max(2)).ok()?;
    let number = if number.scale() > 2 { number.round_sf(fewest)? } else { number };
    // "0.26 billion" and "1,240,000,000 km" are nobody's slips.
    let is_readable =
        number.abs() >= Decimal::ONE && number.abs() < Decimal::ONE_THOUSAND * printed.value.abs();
    is_readable.then(|| printed.with_value(number))
}

/// The figure with two neighbouring digits changed; nothing where they are the same or a nought would come first.
fn transposed(printed: &Printed, at: usize) -> Option<Printed> {
    let places = printed.digit_places();
    let mut digits: Vec<char> = printed.digits.chars().collect();
    let (left, right) = (*places.get(at)?, *places.get(at + 1)?);
    digits.swap(left, right);
    let is_told = digits != printed.digits.chars().collect::<Vec<char>>() && digits.first() != Some(&'0');
    let digits: String = digits.into_iter().collect();
    is_told.then(|| valued(printed, digits)).flatten()
}

/// The figure with another digit in one place.
fn mistyped(printed: &Printed, at: usize) -> Option<Printed> {
    let place = *printed.digit_places().get(at)?;
    let digit = printed.digits.get(place..=place)?.parse::<u32>().ok()?;
    let other = if digit == 9 { 8 } else { digit + 1 };
    let mut digits = printed.digits.clone();
    digits.replace_range(place..=place, &other.to_string());
    valued(printed, digits)
}

/// The figure with other digits of the same length.
pub(super) fn valued(printed: &Printed, digits: String) -> Option<Printed> {
    let plain: String = digits.chars().filter(char::is_ascii_digit).collect();
    let mut value: Decimal = plain.parse().ok()?;
    value.set_scale(printed.decimals()).ok()?;
    Some(Printed { value, ..printed.with_digits(digits) })
}
