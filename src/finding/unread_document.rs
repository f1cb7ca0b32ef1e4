#![doc = include_str!("../../docs/findings/unread-document.md")]

use crate::document::Status;

use super::{Case, Finding, Rule, Severity, identity};

pub(super) const RULE: Rule =
    Rule { id: "unread-document", page: include_str!("../../docs/findings/unread-document.md"), raise };

fn raise(case: &Case<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for document in case.documents {
        let (what, reason) = match &document.status {
            Status::Read => continue,
            Status::Partly(reason) => ("was read only in part", reason),
            Status::Skipped(reason) => ("was not read", reason),
        };
        findings.push(Finding {
            id: identity(RULE.id, &[&document.path], &[]),
            rule: RULE.id,
            severity: Severity::Error,
            topic: None,
            document: Some(document.id),
            sides: Vec::new(),
            message: format!("{} {what}: {reason}", document.path),
            working: Vec::new(),
            causes: Vec::new(),
            advice: "nothing is known of the figures in it: mend the file or check it by hand".to_owned(),
            accepted: None,
        });
    }
    findings
}
