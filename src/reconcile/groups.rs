//! Statements gathered link by link, and who must stay apart.

use std::cmp::Reverse;

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use super::candidates;
use super::evidence::Evidence;
use super::likeness::points::ENOUGH_AGAINST_WORDS;
use super::likeness::{Apart, sum};
use super::pairing::likeness;
use super::reason::{Ground, Sign, Weight};

/// A topic in the making: statements by their index, and the links that brought them together.
pub(super) struct Group {
    pub(super) statements: Vec<usize>,
    pub(super) links: Vec<(usize, usize)>,
    /// Whether it holds statements that the words around them would keep apart.
    pub(super) is_mixed: bool,
}

impl Group {
    fn of(statements: Vec<usize>) -> Group {
        Group { statements, links: Vec::new(), is_mixed: false }
    }
}

/// The groups of all statements; at first each statement is one by itself.
pub(super) struct Groups {
    groups: Vec<Group>,
    /// The group of each statement.
    group_of: Vec<usize>,
    /// The groups that each group must stay apart from by what the figures say; kept up to date as groups merge.
    by_figures: Vec<FxHashSet<usize>>,
    /// The same by what the words around them say.
    by_words: Vec<FxHashSet<usize>>,
}

impl Groups {
    pub(super) fn new(n_statements: usize) -> Groups {
        Groups {
            groups: (0..n_statements).map(|idx| Group::of(vec![idx])).collect(),
            group_of: (0..n_statements).collect(),
            by_figures: vec![FxHashSet::default(); n_statements],
            by_words: vec![FxHashSet::default(); n_statements],
        }
    }

    /// Keeps two statements, each still a group by itself, out of one group.
    pub(super) fn keep_apart(&mut self, (one, other): (usize, usize), ground: Ground) {
        let foes = match ground {
            Ground::Figures => &mut self.by_figures,
            Ground::Words => &mut self.by_words,
        };
        foes[one].insert(other);
        foes[other].insert(one);
    }

    /// Makes one group of those of two statements, unless some of theirs must stay apart: for `Ground::Figures` by what the
    /// figures say, for `Ground::Words` by whatever is said. Returns whether they are in one group now.
    pub(super) fn join(&mut self, (one, other): (usize, usize), heeding: Ground) -> bool {
        let (mut left, mut right) = (self.group_of[one], self.group_of[other]);
        if left == right {
            return true;
        }
        let is_mixed = self.by_words[left].contains(&right);
        if self.by_figures[left].contains(&right) || is_mixed && heeding == Ground::Words {
            return false;
        }
        // The one that is less work to move goes.
        let work = |group: usize| {
            self.by_figures[group].len() + self.by_words[group].len() + self.groups[group].statements.len()
        };
        if work(left) < work(right) {
            (left, right) = (right, left);
        }
        move_foes(&mut self.by_figures, right, left);
        move_foes(&mut self.by_words, right, left);
        let moved = std::mem::replace(&mut self.groups[right], Group::of(Vec::new()));
        for idx in &moved.statements {
            self.group_of[*idx] = left;
        }
        let group = &mut self.groups[left];
        group.statements.extend(moved.statements);
        group.links.extend(moved.links);
        group.is_mixed |= moved.is_mixed || is_mixed;
        group.links.push((one, other));
        true
    }

    /// The groups that hold statements, each in their order.
    pub(super) fn told(mut self) -> Vec<Group> {
        self.groups.retain(|group| !group.statements.is_empty());
        for group in &mut self.groups {
            group.statements.sort_unstable();
        }
        self.groups
    }
}

/// Gives the foes of one group to another, which takes it in.
fn move_foes(foes: &mut [FxHashSet<usize>], from: usize, to: usize) {
    #[expect(clippy::iter_over_hash_type, reason = "each foe is told by itself: no order shows")]
    for foe in std::mem::take(&mut foes[from]) {
        foes[foe].remove(&from);
        if foe != to {
            foes[foe].insert(to);
            foes[to].insert(foe);
        }
    }
}

/// Gathers statements into groups: the surest links first, and none that would bring a vetoed pair together. What words say
/// does not hold where digits outweigh it.
pub(super) fn group(evidence: &Evidence<'_>) -> Vec<Group> {
    /// Pairs that are judged at a time: what is known of all of them would be many times the story.
    const AT_A_TIME: usize = 1 << 16;
    let tie = |pair: &(u32, u32)| match likeness(evidence, candidates::places(*pair)) {
        Ok(because) => Tie::Linked(Strength::of(&because)),
        Err(Apart::Veto(clash)) => Tie::Vetoed(clash.ground()),
        Err(Apart::TooLittle { .. } | Apart::Incomparable) => Tie::Loose,
    };
    let mut bonds: Vec<Bond> = Vec::new();
    let mut groups = Groups::new(evidence.statements.len());
    for pairs in candidates::pairs(evidence) {
        for some in pairs.chunks(AT_A_TIME) {
            let ties: Vec<Tie> = some.par_iter().map(tie).collect();
            for (pair, tie) in some.iter().zip(ties) {
                match tie {
                    Tie::Linked(strength) => bonds.push(Bond { pair: *pair, strength }),
                    Tie::Vetoed(ground) => groups.keep_apart(candidates::places(*pair), ground),
                    Tie::Loose => {}
                }
            }
        }
    }
    // Of links as sure as each other those come first whose words do, whatever the reports' names.
    let rank = ranks(evidence);
    let ranked = |(one, other): (usize, usize)| (rank[one].min(rank[other]), rank[one].max(rank[other]));
    // One figure at two times comes after all that are of one.
    bonds.sort_by_key(|Bond { pair, strength }| {
        (strength.is_told, Reverse(strength.points), ranked(candidates::places(*pair)))
    });
    bonds.retain(|bond| !groups.join(candidates::places(bond.pair), Ground::Words));
    let is_sure =
        |bond: &&Bond| bond.strength.is_by_digits && i32::from(bond.strength.points) >= ENOUGH_AGAINST_WORDS;
    for bond in bonds.iter().filter(is_sure) {
        groups.join(candidates::places(bond.pair), Ground::Figures);
    }
    groups.told()
}

/// How two statements of the story stand to each other in the grouping.
enum Tie {
    /// They are about the same thing.
    Linked(Strength),
    /// They must not share a topic.
    Vetoed(Ground),
    /// Neither.
    Loose,
}

/// How sure it is that two statements are about the same thing.
#[derive(Clone, Copy)]
struct Strength {
    /// Their sum; what is beyond the type is as sure as it gets.
    points: i16,
    /// Whether the digits of their figures link them, which weigh more than the words around another one.
    is_by_digits: bool,
    /// Whether a report says that one took the other's place: they are one thing at two times.
    is_told: bool,
}

impl Strength {
    fn of(because: &[Weight<'_>]) -> Strength {
        let has = |wanted: fn(&Sign<'_>) -> bool| because.iter().any(|weight| wanted(&weight.sign));
        Strength {
            points: i16::try_from(sum(because)).unwrap_or(i16::MAX),
            is_by_digits: has(|sign| matches!(sign, Sign::Figure | Sign::Digits | Sign::Replaced)),
            is_told: has(|sign| matches!(sign, Sign::Replaced)),
        }
    }
}

/// A link of two statements, and what it is worth: a large story has millions.
struct Bond {
    pair: (u32, u32),
    strength: Strength,
}

/// The place of each statement among all by its words: its sentence, and where it stands in it.
fn ranks(evidence: &Evidence<'_>) -> Vec<usize> {
    let words = |idx: usize| {
        let claim = evidence.first(idx)?;
        let document = evidence.documents.get(claim.document)?;
        let at = claim.text.start.saturating_sub(claim.sentence.start);
        Some((document.slice(&claim.sentence), at))
    };
    let mut order: Vec<usize> = (0..evidence.statements.len()).collect();
    order.sort_by_cached_key(|idx| words(*idx));
    let mut ranks = vec![0; order.len()];
    for (rank, idx) in order.into_iter().enumerate() {
        ranks[idx] = rank;
    }
    ranks
}
