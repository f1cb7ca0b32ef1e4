//! Statements gathered link by link, and who must stay apart.

use rustc_hash::FxHashSet;

use super::reason::Ground;

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
