//! The words of content of a sentence: what the comparison weighs when it asks whether two sentences are about one thing.

use std::ops::Range;
use std::sync::Arc;

use super::Claim;
use crate::document::Document;
use crate::lang::Lexicon;
use crate::lang::words::{TokenKind, fold, tokens};

/// Gives each claim of a document its sentence's words of content: lemmas, sorted, each once. Only a comparison needs
/// them.
pub fn add_words(document: &Document, claims: &mut [Claim]) {
    let lexicon = Lexicon::of(document.language);
    let mut last: Option<(Range<usize>, Arc<[String]>)> = None;
    for claim in claims {
        let words = match &last {
            Some((sentence, words)) if *sentence == claim.sentence => Arc::clone(words),
            Some(_) | None => words_of(document, &claim.sentence, lexicon).into(),
        };
        last = Some((claim.sentence.clone(), Arc::clone(&words)));
        claim.words = words;
    }
}

fn words_of(document: &Document, sentence: &Range<usize>, lexicon: &Lexicon) -> Vec<String> {
    let mut words: Vec<String> = tokens(&document.text, sentence.clone())
        .filter(|token| token.kind == TokenKind::Word)
        .filter_map(|token| document.text.get(token.range()).map(fold))
        .map(|word| lexicon.in_one_spelling(&word).to_owned())
        .filter(|word| word.chars().count() > 1 && !lexicon.is_stop_word(word))
        .map(|word| lexicon.lemma(&word))
        .collect();
    words.sort_unstable();
    words.dedup();
    words
}
