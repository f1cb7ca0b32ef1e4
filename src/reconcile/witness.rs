//! Who stands behind a figure: wire copy printed twice, the reports of one outlet, and a report that names another one
//! as its source are one witness.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::hash::{Hash, Hasher};
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHasher};

use crate::document::{BlockKind, Document};
use crate::lang::words::{Token, TokenKind, fold, is_unspaced, tokens};
use crate::lang::{Lexicon, Term, Tokens};
use crate::normalise::Claim;

/// Words in a row that make a shingle, and characters where words are not spaced.
const SHINGLE_WORDS: usize = 5;
const SHINGLE_CHARACTERS: usize = 10;
/// Shingles that a stretch of text needs to tell whose words it is in: short sentences are alike without being copied.
const FEWEST_SHINGLES: usize = 8;
/// Two stretches of which so many percent of the shorter one's shingles are the same are one text.
const COPY_PERCENT: usize = 60;
/// Tokens between a word of attribution and the name of the outlet.
const ATTRIBUTION_REACH: usize = 6;

/// The reports of a story as witnesses: what they copy from each other and whom they cite.
pub(super) struct Testimony<'a> {
    documents: &'a [Document],
    /// The outlets by name, each with its reports; the name is cut into folded words.
    outlets: Vec<Outlet>,
    /// The text that each claim stands in.
    passages: Vec<Passage>,
    /// The draft, and the reports that hold its text; none in a story without one.
    copies: Vec<usize>,
    /// Which reports are one by the same stretches of text: a long list has one such set for all its figures.
    judged: Mutex<FxHashMap<Vec<Stretch>, Copies>>,
}

/// Who gives a figure.
pub(super) struct Origins {
    /// The reports, gathered by the source they have it from.
    pub(super) sources: Vec<Vec<usize>>,
    /// The draft, and the reports that have it from there.
    pub(super) of_draft: Vec<usize>,
}

/// A stretch of a report's text: the report, the first byte and the one behind the last.
type Stretch = (usize, usize, usize);

/// Reports, two by two, that print one text.
type Copies = Arc<[(usize, usize)]>;

struct Outlet {
    words: Vec<String>,
    documents: Vec<usize>,
}

/// The text around a claim, as far as it tells who says it.
#[derive(Default, Clone)]
struct Passage {
    /// The smallest stretch that tells whose words it is in, with its shingles.
    own: Option<(Stretch, Arc<[u64]>)>,
    /// The other reports that its sentence names as its source.
    cites: Arc<[usize]>,
}

impl<'a> Testimony<'a> {
    pub(super) fn new(documents: &'a [Document], claims: &[Claim]) -> Testimony<'a> {
        let mut by_name: BTreeMap<Vec<String>, Vec<usize>> = BTreeMap::new();
        for document in documents {
            let name = document.outlet.as_deref().map(|name| name_words(name, document.language));
            if let Some(words) = name.filter(|words| !words.is_empty()) {
                by_name.entry(words).or_default().push(document.id);
            }
        }
        let outlets = by_name.into_iter().map(|(words, documents)| Outlet { words, documents }).collect();
        let draft = documents.iter().find(|document| document.is_draft);
        let copies = draft.map(|draft| with_copies(draft, documents)).unwrap_or_default();
        let judged = Mutex::default();
        let mut testimony = Testimony { documents, outlets, passages: Vec::new(), copies, judged };
        let reports: Vec<&[Claim]> = claims.chunk_by(|a, b| a.document == b.document).collect();
        testimony.passages = reports.par_iter().flat_map_iter(|own| testimony.passages(own)).collect();
        testimony
    }

    /// The text that each claim of a report stands in.
    fn passages(&self, own: &[Claim]) -> Vec<Passage> {
        let Some(document) = own.first().and_then(|claim| self.documents.get(claim.document)) else {
            return vec![Passage::default(); own.len()];
        };
        let mut known: BTreeMap<Stretch, Arc<[u64]>> = BTreeMap::new();
        let sentences = own.chunk_by(|a, b| a.sentence == b.sentence);
        let passages = sentences.flat_map(|sentence| {
            let compared = sentence.iter().find(|claim| claim.is_compared());
            let passage = compared.map(|claim| Passage {
                own: stretch(document, claim, &mut known),
                cites: self.cited(document, claim).into(),
            });
            vec![passage.unwrap_or_default(); sentence.len()]
        });
        passages.collect()
    }

    /// The reports that give a figure, gathered by the source they have it from; each source's reports ascend.
    pub(super) fn origins(&self, claims: &[&Claim]) -> Origins {
        let own: BTreeSet<usize> = claims.iter().map(|claim| claim.document).collect();
        let mut sources = Sources::new(self.documents.len());
        if own.len() > 1 {
            for outlet in &self.outlets {
                sources.unite_all(&outlet.documents);
            }
            let others = self.beside_draft(claims, &mut sources);
            let mut stretches: BTreeMap<Stretch, &[u64]> = BTreeMap::new();
            for claim in &others {
                let Some(passage) = self.passages.get(claim.id) else { continue };
                for cited in passage.cites.iter() {
                    sources.unite(claim.document, *cited);
                }
                stretches.extend(passage.own.iter().map(|(stretch, shingles)| (*stretch, shingles.as_ref())));
            }
            for (one, other) in self.copied(&stretches).iter() {
                sources.unite(*one, *other);
            }
        }
        let mut gathered: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for document in own {
            gathered.entry(sources.of(document)).or_default().push(document);
        }
        let has_draft = |reports: &&Vec<usize>| reports.iter().any(|report| self.is_draft(*report));
        let draft = gathered.values().find(has_draft);
        let of_draft = draft.cloned().unwrap_or_default();
        gathered.retain(|_, reports| *reports != of_draft);
        Origins { sources: gathered.into_values().collect(), of_draft }
    }

    /// The reports, two by two, of which stretches are one text.
    fn copied(&self, stretches: &BTreeMap<Stretch, &[u64]>) -> Copies {
        let key: Vec<Stretch> = stretches.keys().copied().collect();
        let known = || self.judged.lock().unwrap_or_else(PoisonError::into_inner);
        let found = known().get(&key).cloned();
        found.unwrap_or_else(|| {
            let pairs: Copies = copies(stretches).into();
            known().insert(key, Arc::clone(&pairs));
            pairs
        })
    }

    fn is_draft(&self, document: usize) -> bool {
        self.documents.get(document).is_some_and(|document| document.is_draft)
    }

    /// Unites a draft with its copies. The claims of other reports come back: a draft cites its sources and prints their
    /// sentences, and is held against them all the same.
    fn beside_draft<'c>(&self, claims: &[&'c Claim], sources: &mut Sources) -> Vec<&'c Claim> {
        let Some(draft) = claims.iter().map(|claim| claim.document).find(|report| self.is_draft(*report))
        else {
            return claims.to_vec();
        };
        sources.unite_all(&self.copies);
        let is_other = |claim: &&&Claim| sources.of(claim.document) != sources.of(draft);
        claims.iter().filter(is_other).copied().collect()
    }

    /// The other reports of the story whose outlet a claim's sentence names as its source.
    fn cited(&self, document: &Document, claim: &Claim) -> Vec<usize> {
        let folded = fold(document.slice(&claim.sentence));
        let is_named = |outlet: &&Outlet| {
            !outlet.documents.contains(&claim.document)
                && outlet.words.first().is_some_and(|word| folded.contains(word.as_str()))
        };
        let named: Vec<&Outlet> = self.outlets.iter().filter(is_named).collect();
        if named.is_empty() {
            return Vec::new();
        }
        let lexicon = Lexicon::of(document.language);
        let tokens = lexicon.tokens(&document.text, claim.sentence.clone());
        let is_cited = |outlet: &&Outlet| {
            (0..tokens.len()).any(|idx| {
                is_name_at(document, lexicon, &tokens, idx, &outlet.words)
                    && is_attributed(&tokens, idx..idx + outlet.words.len())
            })
        };
        named.into_iter().filter(is_cited).flat_map(|outlet| outlet.documents.iter().copied()).collect()
    }
}

/// The draft, and the reports that hold most of its text and may have been printed after it.
fn with_copies(draft: &Document, documents: &[Document]) -> Vec<usize> {
    let day = |document: &Document| Some(document.published.as_ref()?.date);
    let is_older = |other: &Document| match (day(draft), day(other)) {
        (Some(own), Some(other)) => other < own,
        // A draft without a date is about to be printed.
        (None, Some(_)) => true,
        (Some(_) | None, None) => false,
    };
    let whole = |document: &Document| shingles(document, 0..document.text.len());
    let own = whole(draft);
    let is_copy = |other: &&Document| {
        other.id == draft.id
            || !is_older(other)
                && FEWEST_SHINGLES <= own.len()
                && own.len() * COPY_PERCENT <= shared(&own, &whole(other)) * 100
    };
    documents.iter().filter(is_copy).map(|document| document.id).collect()
}

/// The smallest stretch around a claim that tells whose words it is in, its sentence, its paragraph or the report, with
/// its shingles.
fn stretch(
    document: &Document,
    claim: &Claim,
    known: &mut BTreeMap<Stretch, Arc<[u64]>>,
) -> Option<(Stretch, Arc<[u64]>)> {
    let at = document.block_at(claim.text.start);
    let block = document.blocks.get(at).filter(|block| block.text.contains(&claim.text.start));
    let whole = 0..document.text.len();
    let around = [Some(claim.sentence.clone()), block.map(|block| block.text.clone()), Some(whole)];
    around.into_iter().flatten().find_map(|range| {
        let stretch = (claim.document, range.start, range.end);
        let shingles = known.entry(stretch).or_insert_with(|| shingles(document, range).into());
        (FEWEST_SHINGLES <= shingles.len()).then(|| (stretch, Arc::clone(shingles)))
    })
}

/// The words of an outlet's name, folded, without an article before them.
fn name_words(name: &str, language: &str) -> Vec<String> {
    let lexicon = Lexicon::of(language);
    tokens(name, 0..name.len())
        .filter(|token| token.kind != TokenKind::Symbol)
        .filter_map(|token| name.get(token.range()).map(fold))
        .map(std::borrow::Cow::into_owned)
        .skip_while(|word| lexicon.is_stop_word(word))
        .collect()
}

/// Whether an outlet's name begins at a token, with a capital where its script has some.
fn is_name_at(
    document: &Document,
    lexicon: &Lexicon,
    tokens: &Tokens<'_>,
    idx: usize,
    words: &[String],
) -> bool {
    let text = |token: &Token| document.text.get(token.range()).unwrap_or_default();
    let is_word =
        |token: &Token, word: &String| lexicon.without_possessive(&fold(text(token))) == word.as_str();
    let has_capital = |token: &Token| token.capital || text(token).chars().next().is_some_and(is_unspaced);
    let own = tokens.get(idx..idx + words.len());
    own.is_some_and(|own| {
        own.first().is_some_and(has_capital)
            && own.iter().zip(words).all(|(token, word)| is_word(token, word))
    })
}

/// Whether a word of attribution stands close to a name.
fn is_attributed(tokens: &Tokens<'_>, name: Range<usize>) -> bool {
    let near = name.start.saturating_sub(ATTRIBUTION_REACH)..(name.end + ATTRIBUTION_REACH).min(tokens.len());
    near.into_iter().any(|idx| {
        let is_word = |term: &Term| matches!(term, Term::SourceVerb | Term::Citing).then_some(());
        !name.contains(&idx) && tokens.longest(idx, is_word).is_some()
    })
}

/// The shingles of a stretch, sorted, each once: runs of words whatever the signs between them.
fn shingles(document: &Document, stretch: Range<usize>) -> Vec<u64> {
    let blocks = document.blocks.get(document.block_at(stretch.start)..).unwrap_or_default();
    let furniture: Vec<&Range<usize>> = blocks
        .iter()
        .take_while(|block| block.text.start < stretch.end)
        .filter(|block| block.kind == BlockKind::Furniture)
        .map(|block| &block.text)
        .collect();
    let is_furniture = |token: &Token| {
        let behind = furniture.partition_point(|range| range.end <= token.start);
        furniture.get(behind).is_some_and(|range| range.contains(&token.start))
    };
    let mut unspaced = 0;
    let words: Vec<u64> = tokens(&document.text, stretch)
        .filter(|token| token.kind != TokenKind::Symbol && !is_furniture(token))
        .filter_map(|token| document.text.get(token.range()))
        .inspect(|word| unspaced += usize::from(word.chars().next().is_some_and(is_unspaced)))
        .map(|word| hash(fold(word).as_ref()))
        .collect();
    let length = if unspaced * 2 > words.len() { SHINGLE_CHARACTERS } else { SHINGLE_WORDS };
    let mut shingles: Vec<u64> = words.windows(length).map(hash).collect();
    shingles.sort_unstable();
    shingles.dedup();
    shingles
}

fn hash(part: impl Hash) -> u64 {
    let mut hasher = FxHasher::default();
    part.hash(&mut hasher);
    hasher.finish()
}

/// How many of two sorted lists are the same.
fn shared(one: &[u64], other: &[u64]) -> usize {
    let (mut left, mut right, mut same) = (0, 0, 0);
    while let (Some(a), Some(b)) = (one.get(left), other.get(right)) {
        same += usize::from(a == b);
        left += usize::from(a <= b);
        right += usize::from(b <= a);
    }
    same
}

/// Which reports have a figure from one source.
struct Sources {
    /// By report: another one of its source, or itself.
    leads_to: Vec<usize>,
}

impl Sources {
    fn new(documents: usize) -> Sources {
        Sources { leads_to: (0..documents).collect() }
    }

    fn of(&self, document: usize) -> usize {
        let mut at = document;
        while let Some(next) = self.leads_to.get(at).copied().filter(|next| *next != at) {
            at = next;
        }
        at
    }

    /// The lower of the two stands for both, so that the order of calls does not matter.
    fn unite(&mut self, one: usize, other: usize) {
        let (one, other) = (self.of(one), self.of(other));
        if let Some(place) = self.leads_to.get_mut(one.max(other)) {
            *place = one.min(other);
        }
    }

    fn unite_all(&mut self, documents: &[usize]) {
        for pair in documents.windows(2) {
            if let [one, other] = pair {
                self.unite(*one, *other);
            }
        }
    }
}

/// The reports, two by two, of stretches that are one text: most of the shorter one stands in the other.
fn copies(stretches: &BTreeMap<Stretch, &[u64]>) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    let mut texts: Vec<(usize, &[u64])> = Vec::new();
    let mut printed: FxHashMap<&[u64], usize> = FxHashMap::default();
    for ((document, ..), shingles) in stretches {
        // A text that is printed word for word again tells no more of any other.
        match printed.entry(shingles) {
            Entry::Occupied(first) => pairs.push((*document, *first.get())),
            Entry::Vacant(place) => texts.push((*place.insert(*document), shingles)),
        }
    }
    let mut holders: FxHashMap<u64, Vec<usize>> = FxHashMap::default();
    for (at, (document, shingles)) in texts.iter().enumerate() {
        let mut shared = vec![0; at];
        for shingle in *shingles {
            let holders = holders.entry(*shingle).or_default();
            for other in holders.iter() {
                shared[*other] += 1;
            }
            holders.push(at);
        }
        for ((other, words), shared) in texts.iter().zip(shared) {
            if shared * 100 >= shingles.len().min(words.len()) * COPY_PERCENT {
                pairs.push((*document, *other));
            }
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use crate::document::{Format, Known, read_bytes};
    use crate::settings::Settings;

    /// How many independent sources stand behind the figure that all texts give.
    fn witnesses(texts: &[&str]) -> usize {
        let read = |(at, text): (usize, &&str)| {
            read_bytes(&format!("{at}.txt"), Format::Text, text.as_bytes(), &Known::default())
        };
        let documents = texts.iter().enumerate().map(read).collect();
        let story = crate::check_documents("story", documents, &Settings::new());
        let all = story
            .topics
            .iter()
            .filter(|topic| topic.sources.iter().map(Vec::len).sum::<usize>() == texts.len());
        all.map(super::super::Topic::witnesses).max().unwrap_or_default()
    }

    const POST: &str = "OSTVIK, March 3, 2026 (Tern Post) - The storm tore 640 metres of the harbour wall in Ostvik \
                        away during the night, the port authority said, and no ship can call before autumn.";
    const SKUA: &str = "OSTVIK, March 3, 2026 (Daily Skua) - In Ostvik 640 metres of the harbour wall are gone. The \
                        port stays closed for months.";

    #[test]
    fn reports_in_words_of_their_own_are_witnesses_of_their_own() {
        assert_eq!(witnesses(&[POST, SKUA]), 2);
    }

    #[test]
    fn a_copy_with_a_word_changed_is_no_second_witness() {
        let copy = "Harbour closed\n\nThe storm tore 640 metres of the harbour wall in Ostvik away overnight, the \
                    port authority said, and no ship can call before autumn.";
        assert_eq!(witnesses(&[POST, copy]), 1);
        assert_eq!(witnesses(&[POST, copy, SKUA]), 2);
    }

    #[test]
    fn a_short_sentence_is_judged_by_the_text_around_it() {
        let around = "Fishermen had warned of the swell for days, and the council of Ostvik had put off the repair \
                      of the old breakwater twice to save money for the new school on the hill.";
        let one = format!("640 metres of the harbour wall in Ostvik are gone.\n\n{around}");
        let other = format!("In Ostvik 640 metres of the harbour wall are gone.\n\n{around}");
        assert_eq!(witnesses(&[&one, &other]), 1);
    }

    #[test]
    fn a_report_that_names_another_as_its_source_is_no_second_witness() {
        let cites = "OSTVIK, March 4, 2026 (Gull Radio) - The harbour wall in Ostvik has lost 640 metres, according \
                     to the Tern Post.";
        assert_eq!(witnesses(&[POST, cites]), 1);
        assert_eq!(witnesses(&[SKUA, cites]), 2);
        let in_french = "OSTVIK, 4 mars 2026 (Agence Brume) - Le port d'Ostvik a perdu 640 mètres de sa digue, \
                         rapporte la radio du port en citant le Tern Post.";
        assert_eq!(witnesses(&[POST, in_french]), 1);
    }

    #[test]
    fn a_name_without_a_word_of_attribution_is_no_source() {
        let beside = "OSTVIK, March 4, 2026 (Gull Radio) - The harbour wall in Ostvik has lost 640 metres near the \
                      Tern Post building.";
        assert_eq!(witnesses(&[POST, beside]), 2);
    }

    #[test]
    fn reports_of_one_outlet_are_one_witness() {
        let later = SKUA.replace("Daily Skua", "Tern Post");
        assert_eq!(witnesses(&[POST, &later]), 1);
    }

    /// How many independent sources bear out the first figure of a draft.
    fn bearing_out(draft: &str, sources: &[&str]) -> usize {
        let read = |at: usize, text: &str| {
            read_bytes(&format!("{at}.txt"), Format::Text, text.as_bytes(), &Known::default())
        };
        let mut documents: Vec<_> = sources.iter().enumerate().map(|(at, text)| read(at, text)).collect();
        documents.push(read(sources.len(), draft).as_draft());
        let story = crate::check_documents("story", documents, &Settings::new());
        let own = story.topics.iter().find(|topic| topic.of_draft.contains(&0));
        own.map(super::super::Topic::witnesses).unwrap_or_default()
    }

    #[test]
    fn a_draft_is_held_against_the_sources_it_cites_and_whose_sentences_it_prints() {
        let around = "The council will meet on Friday to talk about a new wall, and fishermen have asked for a harbour \
                      further north, where the current is weaker and the swell comes from behind the headland.";
        let cites =
            format!("The harbour wall in Ostvik has lost 640 metres, according to the Tern Post. {around}");
        assert_eq!(bearing_out(&cites, &[POST, SKUA]), 2);
        let sentence = POST.split_once(" - ").unwrap().1;
        assert_eq!(bearing_out(&format!("{sentence} {around}"), &[POST, SKUA]), 2);
    }

    #[test]
    fn what_has_the_draft_s_text_and_may_be_younger_bears_nothing_out() {
        let draft = POST.replace("March 3, 2026 (Tern Post)", "March 4, 2026 (Cliff Gazette)");
        let copy = |head: &str| POST.replace("OSTVIK, March 3, 2026 (Tern Post) - ", head);
        assert_eq!(bearing_out(&draft, &[&copy("Wall gone\n\n")]), 0);
        assert_eq!(bearing_out(&draft, &[&copy("OSTVIK, March 5, 2026 (Gull Radio) - ")]), 0);
        // It is the draft that prints what was there before.
        assert_eq!(bearing_out(&draft, &[POST]), 1);
    }

    #[test]
    fn the_draft_s_outlet_and_who_cites_it_bear_nothing_out() {
        let draft =
            "OSTVIK, March 4, 2026 (Cliff Gazette) - In Ostvik 640 metres of the harbour wall are gone.";
        let cites = "OSTVIK, March 5, 2026 (Gull Radio) - The harbour wall in Ostvik has lost 640 metres, according \
                     to Cliff Gazette.";
        assert_eq!(bearing_out(draft, &[cites]), 0);
        assert_eq!(bearing_out(draft, &[cites, POST]), 1);
        assert_eq!(bearing_out(draft, &[&POST.replace("Tern Post", "Cliff Gazette")]), 0);
    }

    #[test]
    fn words_that_are_not_spaced_are_compared_by_characters() {
        let one = "嵐のため三崎島の港では夜のうちに防波堤が640メートルにわたって崩れ、秋まで船は入れないと港湾局は発表した。";
        let copy = "港は閉鎖\n\n嵐のため三崎島の港では夜のうちに防波堤が640メートルにわたって崩れ、秋まで船は入れないという。";
        let own = "三崎島の防波堤、640メートルが流された。漁協によれば、再開の見通しは立っておらず、漁師の間に不安が広がっている。";
        assert_eq!(witnesses(&[one, copy]), 1);
        assert_eq!(witnesses(&[one, own]), 2);
    }
}
