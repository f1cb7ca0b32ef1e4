//! From a page's tables to the spellings of a [`Lexicon`](super::Lexicon).

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::lexicon::{Entry, NumberPart, Phrase, folded};
use super::page::{Page, Spellings, Sums};
use super::words::{WordId, fold, is_unspaced, tokens};
use super::{Lexicon, PageSource, Term};
use crate::quantity::parse_decimal;

impl Lexicon {
    /// Reads a page's tables; an error says what is wrong with them.
    pub(super) fn parse(source: &PageSource) -> Result<Lexicon, String> {
        let page: Page = toml::from_str(source.toml).map_err(|error| error.to_string())?;
        if page.iso639_3 != source.iso639_3 {
            return Err(format!("expected iso639_3 = {}, found `{}`", source.iso639_3, page.iso639_3));
        }
        let mut builder = Builder {
            vocabulary: FxHashMap::default(),
            entries: vec![Entry::default(), Entry::of_compounds()],
            compounds: Vec::new(),
            longest: 0,
        };
        builder.numbers(&page)?;
        builder.compounds(&page)?;
        builder.spelled(&page)?;
        builder.spell_compounds_plainly(&page.words.plain_letters);
        builder.figures(&page)?;
        builder.dates(&page);
        builder.slots(&page);
        builder.spell_plainly(&page.words.plain_letters);
        builder.names(&page);
        builder.entries.iter_mut().for_each(Entry::sort);
        let mut scale_suffixes = Vec::new();
        for (value, spellings) in &page.scale.suffixes {
            let value = number(value)?;
            scale_suffixes.extend(spellings.iter().map(|spelling| (spelling.clone(), value)));
        }
        scale_suffixes.sort_by_key(|(spelling, _)| std::cmp::Reverse(spelling.len()));
        Ok(Lexicon {
            id: source.id,
            name: page.name,
            countries: page.countries,
            other_script: page.currency.other_script,
            separators: page.separators,
            date_order: page.dates.numeric,
            vocabulary: builder.vocabulary,
            entries: builder.entries,
            longest: builder.longest,
            number_style: page.number.style,
            compounds: by_first_byte(builder.compounds),
            scale_suffixes,
            people: folded(&page.words.people),
            noun_phrase: page.words.noun_phrase,
            denominators: page.number.denominators,
            spelled: first_letters(&page.number.spelled),
            joins_fractions: !page.number.fraction_joiners.is_empty(),
            says_last: page.sources.verb_last,
            degree: page.unit.degree,
            label_endings: page.labels.endings,
            ordinal_suffixes: page.number.ordinals.suffixes,
            stop: folded(&page.words.stop),
            plural_endings: page.words.plural_endings,
            listed_singulars: page.words.irregular_plurals.values().cloned().collect(),
            irregular_plurals: page.words.irregular_plurals.into_iter().collect(),
            lemmas: page.words.lemmas,
            not_counted: folded(&page.words.not_counted),
            months: page
                .dates
                .months
                .iter()
                .filter_map(|names| names.first())
                .map(|name| name.as_str().into())
                .collect(),
            between: folded(&page.words.between),
            plural_verbs: folded(&page.ellipsis.plural_verbs),
            tally_endings: page.words.tally_endings.clone(),
            abbreviations: folded(&page.words.abbreviations),
            possessives: page.words.possessives,
            spellings: page.words.spellings.into_iter().collect(),
            country_names: page
                .names
                .countries
                .into_iter()
                .filter_map(|(code, names)| Some((code, names.into_iter().next()?)))
                .collect(),
        })
    }
}

/// The letters that the spellings of a table begin with, sorted.
fn first_letters(table: &Spellings) -> Vec<char> {
    let mut found: Vec<char> =
        table.values().flatten().filter_map(|spelling| spelling.chars().next()).collect();
    found.sort_unstable();
    found.dedup();
    found
}

fn number(text: &str) -> Result<Decimal, String> {
    parse_decimal(text).ok_or_else(|| format!("expected a number, found `{text}`"))
}

fn by_first_byte(mut parts: Vec<(String, NumberPart)>) -> FxHashMap<u8, Vec<(String, NumberPart)>> {
    parts.sort_by_key(|(spelling, _)| std::cmp::Reverse(spelling.len()));
    let mut found: FxHashMap<u8, Vec<(String, NumberPart)>> = FxHashMap::default();
    for (spelling, part) in parts {
        if let Some(first) = spelling.bytes().next() {
            found.entry(first).or_default().push((spelling, part));
        }
    }
    found
}

/// A word without the letters that a plain keyboard lacks.
fn plain(word: &str, letters: &[(char, String)]) -> String {
    let mut found = String::with_capacity(word.len());
    for letter in word.chars() {
        match letters.iter().find(|(from, _)| *from == letter) {
            Some((_, to)) => found.push_str(to),
            None => found.extend(letter.nfd().filter(|part| !is_combining_mark(*part))),
        }
    }
    found
}

/// "0.1 CNY", or "in" alone: a unit or a currency.
fn factor_and_code(key: &str) -> Result<(Decimal, String), String> {
    match key.split_once(' ') {
        Some((factor, code)) if crate::quantity::currency::currencies().get(code).is_some() => {
            Ok((number(factor)?, code.to_owned()))
        }
        Some(_) | None => factor_and_unit(key),
    }
}

/// "10 %", or "%" alone.
fn factor_and_unit(key: &str) -> Result<(Decimal, String), String> {
    let (factor, id) = key.split_once(' ').unwrap_or(("1", key));
    if crate::quantity::units().find(id).is_none() {
        return Err(format!("expected a unit of units.toml, found `{id}`"));
    }
    Ok((number(factor)?, id.to_owned()))
}

struct Builder {
    vocabulary: FxHashMap<Box<str>, WordId>,
    entries: Vec<Entry>,
    compounds: Vec<(String, NumberPart)>,
    longest: usize,
}

impl Builder {
    /// The parts of numbers written in one word, for a page that writes them so.
    fn compounds(&mut self, page: &Page) -> Result<(), String> {
        /// A shorter joiner or article is a letter of some other part.
        const SHORTEST: usize = 3;
        if !page.number.style.compounds && page.number.denominators.is_empty() {
            return Ok(());
        }
        let mut add = |spellings: &[String], part: NumberPart, shortest: usize| {
            let whole = spellings
                .iter()
                .filter(|spelling| spelling.len() >= shortest && spelling.chars().all(char::is_alphabetic));
            self.compounds.extend(whole.map(|spelling| (fold(spelling).into_owned(), part)));
        };
        for (key, spellings) in &page.number.words {
            add(spellings, NumberPart::Value(number(key)?), 1);
        }
        for (key, spellings) in &page.number.multipliers {
            add(spellings, NumberPart::Multiplier(number(key)?), 1);
        }
        for (key, spellings) in &page.scale.words {
            add(spellings, NumberPart::Scale(number(key)?), 1);
        }
        add(&page.number.articles, NumberPart::Value(Decimal::ONE), SHORTEST);
        add(&page.number.joiners, NumberPart::Joiner, SHORTEST);
        Ok(())
    }

    /// The parts of numbers spelled letter by letter, in a script whose numbers have signs of their own.
    fn spelled(&mut self, page: &Page) -> Result<(), String> {
        for (key, spellings) in &page.number.spelled {
            let value = number(key)?;
            let part = if value < Decimal::TEN {
                NumberPart::Value(value)
            } else if value > Decimal::ONE_THOUSAND {
                NumberPart::Scale(value)
            } else {
                NumberPart::Multiplier(value)
            };
            self.compounds.extend(spellings.iter().map(|spelling| (spelling.clone(), part)));
        }
        Ok(())
    }

    /// The same for the parts of numbers in one word.
    fn spell_compounds_plainly(&mut self, letters: &[(char, String)]) {
        let plainly = self.compounds.iter().filter(|(spelling, _)| !spelling.is_ascii());
        let found: Vec<_> = plainly.map(|(spelling, part)| (plain(spelling, letters), *part)).collect();
        self.compounds.extend(found);
    }

    /// Lets words be met without their accents as well ("milhoes"), where no other word is spelled so.
    fn spell_plainly(&mut self, letters: &[(char, String)]) {
        let mut known: Vec<(Box<str>, WordId)> =
            self.vocabulary.iter().map(|(word, id)| (word.clone(), *id)).collect();
        known.sort_by_key(|(_, id)| id.0);
        for (word, id) in known.iter().filter(|(word, _)| !word.is_ascii()) {
            let plain = plain(word, letters);
            // A letter alone, and the signs of other scripts, are not what a keyboard lacks.
            if plain.len() > 2 && plain.is_ascii() && !self.vocabulary.contains_key(plain.as_str()) {
                self.vocabulary.insert(plain.into(), *id);
            }
        }
    }

    fn word(&mut self, spelling: &str) -> WordId {
        let folded = fold(spelling);
        if let Some(word) = self.vocabulary.get(folded.as_ref()) {
            return *word;
        }
        let word = WordId(u32::try_from(self.entries.len()).expect("a page has fewer words than that"));
        self.entries.push(Entry::default());
        self.vocabulary.insert(folded.into(), word);
        word
    }

    fn add(&mut self, spelling: &str, term: Term) {
        let mut words = Vec::new();
        for token in tokens(spelling, 0..spelling.len()) {
            words.push(self.word(spelling.get(token.range()).unwrap_or_default()));
        }
        self.longest = self.longest.max(words.len());
        let Some((first, rest)) = words.split_first() else { return };
        if let Some(entry) = self.entries.get_mut(first.0 as usize) {
            entry.starts_figure |= term.may_start_figure();
            entry.phrases.push(Phrase::new(rest, term));
        }
    }

    fn add_all(&mut self, spellings: &[String], term: &Term) {
        for spelling in spellings {
            self.add(spelling, term.clone());
        }
    }

    fn add_table(&mut self, table: &Spellings, term: impl Fn(&str) -> Term) {
        for (key, spellings) in table {
            self.add_all(spellings, &term(key));
        }
    }

    fn numbers(&mut self, page: &Page) -> Result<(), String> {
        for (key, spellings) in &page.number.words {
            self.add_all(spellings, &Term::Number(number(key)?));
        }
        for (key, spellings) in &page.number.multipliers {
            self.add_all(spellings, &Term::Multiplier(number(key)?));
        }
        for (key, spellings) in &page.number.fractions {
            let (over, under) = key.split_once('/').ok_or_else(|| format!("expected 1/2, found `{key}`"))?;
            self.add_all(spellings, &Term::Fraction(number(over)?, number(under)?));
        }
        for (key, spellings) in &page.number.ordinals.words {
            self.add_all(spellings, &Term::Ordinal(number(key)?));
        }
        for (key, spellings) in &page.number.multiples {
            self.add_all(spellings, &Term::Multiple(number(key)?));
        }
        for (key, spellings) in &page.scale.words {
            self.add_all(spellings, &Term::Scale(number(key)?));
        }
        for (key, spellings) in &page.vague.words {
            let (low, high) =
                key.split_once("..").ok_or_else(|| format!("expected 24..99, found `{key}`"))?;
            self.add_all(spellings, &Term::Vague(number(low)?, number(high)?));
        }
        self.add_all(&page.number.articles, &Term::Article);
        self.add_all(&page.number.joiners, &Term::NumberJoiner);
        for (spellings, term) in [
            (&page.number.fraction_joiners, Term::FractionJoiner),
            (&page.number.points, Term::Point),
            (&page.number.negatives, Term::Negative),
            (&page.number.alone, Term::Alone),
            (&page.number.halves, Term::HalfOf),
            (&page.number.bound, Term::Bound),
            (&page.number.other_set, Term::OtherSet),
            (&page.number.out_of, Term::OutOf),
            (&page.number.negatives_behind, Term::NegativeBehind),
            (&page.number.determiners, Term::Determiner),
            (&page.number.definites, Term::Definite),
            (&page.number.ratio, Term::Ratio),
            (&page.number.over, Term::Over),
            (&page.number.divided, Term::Divided),
            (&page.number.every, Term::Every),
            (&page.number.none, Term::None),
            (&page.number.none_behind, Term::NoneBehind),
        ] {
            self.add_all(spellings, &term);
        }
        for (idx, (of, end)) in page.number.powers.iter().enumerate() {
            self.add(of, Term::PowerOf(idx));
            self.add(end, Term::PowerEnd(idx));
        }
        self.add_all(&page.vague.connectors, &Term::VagueConnector);
        Ok(())
    }

    fn figures(&mut self, page: &Page) -> Result<(), String> {
        for (key, spellings) in &page.hedges.before {
            self.add_all(spellings, &Term::HedgeBefore((*key).into()));
        }
        for (key, spellings) in &page.hedges.elided {
            self.add_all(spellings, &Term::HedgeElided((*key).into()));
        }
        for (key, spellings) in &page.hedges.after {
            self.add_all(spellings, &Term::HedgeAfter((*key).into()));
        }
        for (idx, (opener, joiner)) in page.ranges.pairs.iter().enumerate() {
            self.add(opener, Term::RangeOpener(idx));
            self.add(joiner, Term::RangePair(idx));
        }
        self.add_all(&page.ranges.ends, &Term::ChangeEnd);
        self.add_all(&page.ranges.joiners, &Term::RangeJoiner);
        self.add_all(&page.ranges.change, &Term::Change);
        self.add_table(&page.currency.names, |code| Term::Currency(code.to_owned()));
        self.add_table(&page.currency.families, |id| Term::CurrencyFamily(id.to_owned()));
        self.add_table(&page.currency.minor, |id| Term::MinorUnit(id.to_owned()));
        for (id, spellings) in &page.unit.names {
            self.add_all(spellings, &Term::Unit(id.clone()));
            let Some((entry, _)) = crate::quantity::units().find(id) else {
                return Err(format!("expected a unit of units.toml, found `{id}`"));
            };
            for prefix in &entry.prefixes {
                for name in page.unit.prefixes.get(prefix).into_iter().flatten() {
                    for spelling in spellings {
                        self.add(&format!("{name}{spelling}"), Term::Unit(format!("{prefix}{id}")));
                    }
                }
            }
        }
        for (key, spellings) in &page.unit.scaled {
            let (factor, id) = factor_and_code(key)?;
            self.add_all(spellings, &Term::ScaledUnit(factor, id));
        }
        for (key, spellings) in &page.unit.before {
            let (factor, id) = factor_and_unit(key)?;
            self.add_all(spellings, &Term::UnitBefore(factor, id));
        }
        self.add_all(&page.currency.weak, &Term::WeakName);
        self.add_all(&page.unit.per, &Term::Per);
        self.add_all(&page.unit.points, &Term::PointName);
        for (key, spellings) in &page.unit.smaller {
            let (factor, id) = factor_and_code(key)?;
            self.add_all(spellings, &Term::SmallerUnit(factor, id));
        }
        self.add_table(&page.currency.before, |code| Term::CurrencyBefore(code.to_owned()));
        self.add_table(&page.words.counters, |lemma| Term::Counter(lemma.to_owned()));
        self.add_all(&page.words.tallies, &Term::Tally);
        self.add_all(&page.unit.wholes.before, &Term::WholeBefore);
        self.add_all(&page.unit.wholes.after, &Term::WholeAfter);
        self.add_all(&page.unit.ages.before, &Term::AgeBefore);
        self.add_all(&page.unit.ages.after, &Term::AgeAfter);
        Ok(())
    }

    fn dates(&mut self, page: &Page) {
        let numbered = |idx: usize| i8::try_from(idx + 1).unwrap_or(i8::MAX);
        for (idx, spellings) in page.dates.months.iter().enumerate() {
            self.add_all(spellings, &Term::Month(numbered(idx)));
        }
        for (idx, spellings) in page.dates.weekdays.iter().enumerate() {
            self.add_all(spellings, &Term::Weekday(numbered(idx)));
            // "Sunday's earthquake" names no owner.
            for possessive in &page.words.possessives {
                for spelling in spellings {
                    self.add(&format!("{spelling}{possessive}"), Term::Weekday(numbered(idx)));
                }
            }
        }
        for (idx, spellings) in page.dates.quarters.iter().enumerate() {
            self.add_all(spellings, &Term::Quarter(numbered(idx)));
        }
        for (idx, spellings) in page.dates.halves.iter().enumerate() {
            self.add_all(spellings, &Term::Half(numbered(idx)));
        }
        self.add_all(&page.dates.day_month_joiners, &Term::DayMonthJoiner);
        self.add_all(&page.dates.day_suffixes, &Term::DayMonthJoiner);
        self.add_all(&page.dates.year_before, &Term::YearBefore);
        self.add_all(&page.dates.clock, &Term::Clock);
        self.add_all(&page.dates.hour_before, &Term::HourBefore);
    }

    fn sums(&mut self, sums: &Sums) {
        self.add_all(&sums.adding, &Term::Adding);
        self.add_all(&sums.making, &Term::Making);
        self.add_all(&sums.results, &Term::Result);
        self.add_all(&sums.the_others, &Term::TheOthers);
        self.add_all(&sums.others, &Term::Others);
        self.add_all(&sums.left, &Term::Left);
        self.add_all(&sums.some, &Term::Some);
        self.add_all(&sums.aims, &Term::Aim);
        self.add_all(&sums.along_with, &Term::AlongWith);
        for (pair, (one, other)) in sums.opposites.iter().enumerate() {
            self.add_all(one, &Term::Opposite(pair, false));
            self.add_all(other, &Term::Opposite(pair, true));
        }
        self.add_all(&sums.staying, &Term::Staying);
        self.add_all(&sums.perpetrators, &Term::Perpetrator);
    }

    fn names(&mut self, page: &Page) {
        for (code, names) in &page.names.countries {
            self.add_all(names, &Term::Country(code.clone()));
            for ending in &page.words.possessives {
                let owners: Vec<String> = names.iter().map(|name| format!("{name}{ending}")).collect();
                self.add_all(&owners, &Term::Country(code.clone()));
            }
        }
        self.add_table(&page.names.demonyms, |code| Term::Demonym(code.to_owned()));
        self.add_all(&page.names.apart, &Term::NoCountry);
        self.add_all(&page.names.governments, &Term::Government);
    }

    fn slots(&mut self, page: &Page) {
        self.add_table(&page.measures, |id| Term::Measure(id.to_owned()));
        self.add_table(&page.parts, |id| Term::Part(id.to_owned()));
        self.add_table(&page.scopes, |id| Term::Scope(id.to_owned()));
        self.add_table(&page.modality, |id| Term::Modality(id.to_owned()));
        self.add_table(&page.kinds, |id| Term::Kind(id.to_owned()));
        self.add_table(&page.periods, |id| Term::Period(id.to_owned()));
        self.add_all(&page.previous.before, &Term::PreviousBefore);
        self.add_all(&page.previous.after, &Term::PreviousAfter);
        self.add_all(&page.previous.told, &Term::PreviousTold);
        self.add_all(&page.previous.beside, &Term::PreviousBeside);
        self.add_all(&page.previous.comparing, &Term::Comparing);
        self.add_all(&page.previous.corrected, &Term::Corrected);
        self.add_all(&page.previous.current, &Term::Current);
        self.add_all(&page.previous.lasting, &Term::Lasting);
        self.add_all(&page.previous.provisional, &Term::Provisional);
        self.add_all(&page.restating.words, &Term::Restating);
        self.add_all(&page.words.topic_markers, &Term::TopicMarker);
        self.add_all(&page.unit.notes, &Term::UnitNote);
        self.add_all(&page.restating.counted_in, &Term::CountedIn);
        self.add_all(&page.restating.in_currency, &Term::InCurrency);
        self.add_all(&page.restating.converting, &Term::Converting);
        self.sums(&page.sums);
        self.add_all(&page.ellipsis.wholes, &Term::Whole);
        self.add_all(&page.ellipsis.wholes_of_numbers, &Term::WholeOfNumber);
        self.add_all(&page.ellipsis.conditions, &Term::Condition);
        self.add_all(&page.ellipsis.paying, &Term::Paying);
        self.add_all(&page.sources.verbs, &Term::SourceVerb);
        self.add_all(&page.sources.citing, &Term::Citing);
        self.add_table(&page.sources.speakers, |id| Term::Speaker(id.to_owned()));
        self.add_all(&page.labels.before, &Term::LabelBefore);
        self.add_all(&page.labels.after, &Term::LabelAfter);
        self.add_all(&page.labels.streets, &Term::Street);
        self.add_all(&page.labels.bearings, &Term::Bearing);
        self.add_all(&page.labels.scores, &Term::Score);
        self.add_all(&page.labels.idioms, &Term::Idiom);
        // In a script without spaces a word of several characters hides the number that begins it.
        for word in
            page.words.stop.iter().filter(|word| word.chars().count() > 1 && word.chars().all(is_unspaced))
        {
            self.add(word, Term::Idiom);
        }
        self.add_all(&page.furniture.lines, &Term::FurnitureLine);
    }
}
