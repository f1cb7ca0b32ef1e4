//! Ignore comments in the newsroom's own reports: each accepts the findings of one rule in one stretch of the text.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::document::{Comment, Document};
use crate::error::nearest;
use crate::finding::{self, Acceptance, AcceptedBy, Finding, known_rule};
use crate::normalise::Claim;
use crate::settings::Settings;

use super::accept_each;

/// How far a comment reaches, by its first word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// The block behind it.
    Next,
    /// All up to the end of its rule.
    Begin,
    /// Up to here.
    End,
    /// The whole file.
    File,
}

const FORMS: [(&str, Form); 4] = [
    ("crosscheck-ignore-next", Form::Next),
    ("crosscheck-ignore", Form::Begin),
    ("crosscheck-ignore-end", Form::End),
    ("crosscheck-ignore-file", Form::File),
];

/// What a comment says.
#[derive(Debug, PartialEq, Eq)]
struct Wish<'a> {
    form: Form,
    rule: &'static str,
    /// Why; an end needs no reason of its own.
    reason: &'a str,
}

/// Accepts what the comments name; what comes back are the comments that accept nothing.
pub(super) fn accept(
    findings: &mut [Finding],
    documents: &[Document],
    claims: &[Claim],
    settings: &Settings,
) -> Vec<Finding> {
    let mut unused = Vec::new();
    for document in documents.iter().filter(|document| settings.own.contains(&document.path)) {
        let mut repeats: BTreeMap<&str, usize> = BTreeMap::new();
        for (comment, reach) in document.comments.iter().zip(reaches(document)) {
            let problem = match reach {
                Ok(None) => continue,
                Ok(Some((wish, range))) => accept_in(findings, document, claims, (comment, &wish, &range)),
                Err(problem) => Some(problem),
            };
            let repeat = repeats.entry(&comment.words).or_default();
            *repeat += 1;
            unused.extend(problem.map(|problem| Finding {
                document: Some(document.id),
                ..finding::unused(
                    &[&document.path, &comment.words, &repeat.to_string()],
                    format!(
                        "{}:{}: the comment has no effect: {problem}",
                        document.path,
                        comment.place.line()
                    ),
                    "take the comment out, or mend it",
                )
            }));
        }
    }
    unused
}

/// Accepts the findings of which a figure stands in the comment's reach; what is wrong where there are none.
fn accept_in(
    findings: &mut [Finding],
    document: &Document,
    claims: &[Claim],
    (comment, wish, range): (&Comment, &Wish<'_>, &Range<usize>),
) -> Option<String> {
    let is_inside = |claim: &Claim| claim.document == document.id && range.contains(&claim.text.start);
    let is_meant = |finding: &Finding| {
        let mut ids = finding.sides.iter().flat_map(|side| &side.claims);
        finding.rule == wish.rule && ids.any(|id| claims.get(*id).is_some_and(is_inside))
    };
    let by = AcceptedBy::Comment { document: document.id, line: comment.place.line() };
    let acceptance = Acceptance { reason: wish.reason.to_owned(), by };
    (!accept_each(findings, &acceptance, is_meant)).then(|| format!("no {} is raised there", wish.rule))
}

/// What a comment says and the stretch of the text that it reaches over, or what is wrong with it; nothing for the end of
/// a stretch, which belongs to its beginning.
type Reach<'a> = Result<Option<(Wish<'a>, Range<usize>)>, String>;

/// How far each comment of a report reaches.
fn reaches(document: &Document) -> Vec<Reach<'_>> {
    let mut open: Vec<(usize, &str)> = Vec::new();
    let mut ends: BTreeMap<usize, usize> = BTreeMap::new();
    let wishes: Vec<Result<Wish<'_>, String>> =
        document.comments.iter().map(|comment| wish(&comment.words)).collect();
    for (at, wish) in wishes.iter().enumerate().filter_map(|(at, wish)| Some((at, wish.as_ref().ok()?))) {
        match wish.form {
            Form::Begin => open.push((at, wish.rule)),
            Form::End => {
                if let Some(place) = open.iter().rposition(|(_, rule)| *rule == wish.rule) {
                    let (begin, _) = open.remove(place);
                    ends.extend([(begin, at), (at, at)]);
                }
            }
            Form::Next | Form::File => {}
        }
    }
    let range = |at: usize, wish: &Wish<'_>| {
        let start = document.comments.get(at)?.at;
        match wish.form {
            Form::Next => {
                document.blocks.iter().map(|block| &block.text).find(|text| text.start >= start).cloned()
            }
            Form::Begin => Some(start..document.comments.get(*ends.get(&at)?)?.at),
            Form::End => ends.get(&at).map(|_| start..start),
            Form::File => Some(0..document.text.len()),
        }
    };
    let mut reaches = Vec::new();
    for (at, wish) in wishes.into_iter().enumerate() {
        reaches.push(wish.and_then(|wish| match range(at, &wish) {
            Some(_) if wish.form == Form::End => Ok(None),
            Some(range) => Ok(Some((wish, range))),
            None => Err(lacks(&wish)),
        }));
    }
    reaches
}

/// Why a comment reaches over nothing.
fn lacks(wish: &Wish<'_>) -> String {
    match wish.form {
        Form::Begin => format!("expected `crosscheck-ignore-end {}` behind it, found none", wish.rule),
        Form::End => format!("expected `crosscheck-ignore {} -- reason` before it, found none", wish.rule),
        Form::Next | Form::File => "expected a block behind it, found none".to_owned(),
    }
}

/// Reads a comment, or tells what is wrong with it.
fn wish(words: &str) -> Result<Wish<'_>, String> {
    let (first, rest) = words.split_once(char::is_whitespace).unwrap_or((words, ""));
    let names = FORMS.map(|(name, _)| name);
    let Some((_, form)) = FORMS.iter().find(|(name, _)| *name == first) else {
        let meant =
            nearest(first, names).map(|meant| format!("; did you mean `{meant}`?")).unwrap_or_default();
        return Err(format!("expected one of {}, found `{first}`{meant}", names.join(", ")));
    };
    let (id, reason) = rest.split_once("--").unwrap_or((rest, ""));
    let (id, reason) = (id.trim(), reason.trim());
    if id.is_empty() {
        return Err(format!("expected a rule behind `{first}`, such as value-conflict"));
    }
    let rule = known_rule(id)?;
    if !rule.may_be_accepted() {
        return Err(format!("{id} cannot be ignored"));
    }
    if reason.is_empty() && *form != Form::End {
        return Err(format!("expected a reason, as in `{first} {id} -- reason`"));
    }
    Ok(Wish { form: *form, rule: rule.id, reason })
}
