#![doc = include_str!("../../docs/findings/unused-ignore.md")]

use super::{Finding, Rule, Severity, identity};

/// No rule of its own stage: whether something is unused shows once the others are raised and decided on.
pub(super) const RULE: Rule = Rule {
    id: "unused-ignore",
    page: include_str!("../../docs/findings/unused-ignore.md"),
    raise: |_| Vec::new(),
};

/// The finding that a comment or an entry has no effect. `about` tells it from the others of its story.
pub(super) fn finding(about: &[&str], message: String, advice: &str) -> Finding {
    Finding {
        id: identity(RULE.id, about, &[]),
        rule: RULE.id,
        severity: Severity::Warning,
        topic: None,
        document: None,
        sides: Vec::new(),
        message,
        working: Vec::new(),
        causes: Vec::new(),
        advice: advice.to_owned(),
        accepted: None,
    }
}
