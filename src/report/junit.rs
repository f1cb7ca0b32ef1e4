//! JUnit XML, for the tests' page of a continuous integration: a story is a suite, a finding a case of the report that
//! it is shown at.
//!
//! Errors and warnings are failures, told apart by their type, as the format knows but one kind. Notes pass, with what
//! they say as output; accepted findings are skipped. A report that stands in no finding is a case that passes: what is
//! not listed was not looked at.

use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::untrusted::visible;
use super::{Report, StoryReport};
use crate::document::Document;
use crate::finding::{Finding, Severity};

type Xml<'a> = Writer<&'a mut dyn Write>;

pub(super) fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let mut xml = Writer::new_with_indent(out, b' ', 2);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let [tests, failures, _] = report
        .stories
        .iter()
        .map(counts)
        .fold([0; 3], |sum, own| [sum[0] + own[0], sum[1] + own[1], sum[2] + own[2]]);
    xml.create_element("testsuites")
        .with_attribute(("name", "crosscheck"))
        .with_attribute(("tests", tests.to_string().as_str()))
        .with_attribute(("failures", failures.to_string().as_str()))
        .with_attribute(("errors", "0"))
        .write_inner_content(|xml| report.stories.iter().try_for_each(|story| write_story(story, xml)))?;
    writeln!(xml.into_inner())
}

/// The cases of a story, those that fail, and those that are skipped.
fn counts(story: &StoryReport) -> [usize; 3] {
    let tests = story.findings.len() + clean(story).count();
    let failures = story.open().filter(|finding| finding.severity != Severity::Note).count();
    [tests, failures, story.accepted().count()]
}

/// The reports that stand in no finding.
fn clean(story: &StoryReport) -> impl Iterator<Item = &Document> {
    let stands = |document: &Document, finding: &Finding| {
        finding.document == Some(document.id)
            || story.claims_of(finding).any(|claim| claim.document == document.id)
    };
    let is_clean =
        move |document: &&Document| !story.findings.iter().any(|finding| stands(document, finding));
    story.documents.iter().filter(is_clean)
}

fn write_story(story: &StoryReport, xml: &mut Xml<'_>) -> io::Result<()> {
    let [tests, failures, skipped] = counts(story).map(|number| number.to_string());
    xml.create_element("testsuite")
        .with_attribute(("name", visible(&story.name).as_str()))
        .with_attribute(("tests", tests.as_str()))
        .with_attribute(("failures", failures.as_str()))
        .with_attribute(("errors", "0"))
        .with_attribute(("skipped", skipped.as_str()))
        .write_inner_content(|xml| {
            story.findings.iter().try_for_each(|finding| write_finding(story, finding, xml))?;
            clean(story).try_for_each(|document| write_clean(document, xml))
        })?;
    Ok(())
}

fn write_clean(document: &Document, xml: &mut Xml<'_>) -> io::Result<()> {
    let path = visible(&document.path);
    xml.create_element("testcase")
        .with_attribute(("name", "no finding"))
        .with_attribute(("classname", path.as_str()))
        .with_attribute(("file", path.as_str()))
        .write_empty()?;
    Ok(())
}

/// A case; its name holds the finding's id, as cases of one name are taken for one.
fn write_finding(story: &StoryReport, finding: &Finding, xml: &mut Xml<'_>) -> io::Result<()> {
    let topic = finding.topic.and_then(|id| story.topics.get(id));
    let about = topic.map(|topic| format!(": {}", topic.label)).unwrap_or_default();
    let name = visible(&format!("{}{about} [{}]", finding.rule, finding.id));
    let path = story.home(finding).map(|document| visible(&document.path)).unwrap_or_default();
    let mut case = xml
        .create_element("testcase")
        .with_attribute(("name", name.as_str()))
        .with_attribute(("classname", path.as_str()))
        .with_attribute(("file", path.as_str()));
    let first = story.claims_of(finding).next();
    let line = first.map(|claim| claim.place.line().to_string());
    if let Some(line) = &line {
        case = case.with_attribute(("line", line.as_str()));
    }
    case.write_inner_content(|xml| write_outcome(story, finding, xml))?;
    Ok(())
}

fn write_outcome(story: &StoryReport, finding: &Finding, xml: &mut Xml<'_>) -> io::Result<()> {
    let details = details(story, finding);
    if let Some(acceptance) = &finding.accepted {
        let reason = visible(&story.told_acceptance(acceptance));
        xml.create_element("skipped").with_attribute(("message", reason.as_str())).write_empty()?;
        return Ok(());
    }
    match finding.severity {
        Severity::Error | Severity::Warning => xml
            .create_element("failure")
            .with_attribute(("type", finding.severity.as_str()))
            .with_attribute(("message", visible(&finding.message).as_str()))
            .write_text_content(BytesText::new(&details))?,
        Severity::Note => xml.create_element("system-out").write_text_content(BytesText::new(&details))?,
    };
    Ok(())
}

/// The finding line by line: its figures with their places, the arithmetic, the likely causes and what to do.
fn details(story: &StoryReport, finding: &Finding) -> String {
    let figures = story.claims_of(finding).filter_map(|claim| story.told(claim.id));
    let causes = finding.causes.iter().map(|cause| format!("likely cause, {}: {}", cause.cause, cause.why));
    let lines =
        std::iter::once(finding.message.clone()).chain(figures).chain(finding.working.iter().cloned());
    let lines = lines.chain(causes).chain([finding.advice.clone()]);
    lines.map(|line| visible(&line)).collect::<Vec<String>>().join("\n")
}
