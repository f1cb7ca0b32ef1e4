//! The step of `action.yml`, run as a GitHub job runs it, and what its file promises.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

/// Two stories, of which one disagrees.
fn stories() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (story, one, other) in [("mill", "40 jobs", "40 jobs"), ("weir", "$3.1 million", "$1.3 million")] {
        let own = folder.path().join("all stories").join(story);
        fs::create_dir_all(&own).unwrap();
        for (name, figure) in [("a.txt", one), ("b.txt", other)] {
            let text = format!(
                "DUN, May 4, 2026 (Dun {name}) - The {story} at Dun brings {figure}, the mayor said."
            );
            fs::write(own.join(name), text).unwrap();
        }
    }
    folder
}

/// What the step writes as its outputs.
fn step(folder: &Path, inputs: &[(&str, &str)]) -> BTreeMap<String, String> {
    let outputs = folder.join("outputs");
    let bin = Path::new(env!("CARGO_BIN_EXE_crosscheck")).parent().unwrap();
    let path = format!("{}:{}", bin.display(), std::env::var("PATH").unwrap());
    let mut step = Command::new("bash");
    step.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("ci/action.sh")).current_dir(folder).env_clear();
    step.env("PATH", path).env("RUNNER_TEMP", folder.join("temp")).env("GITHUB_OUTPUT", &outputs);
    let ran = step.envs(inputs.iter().copied()).output().unwrap();
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    let text = fs::read_to_string(&outputs).unwrap();
    text.lines()
        .map(|line| line.split_once('=').unwrap())
        .map(|(key, value)| (key.into(), value.into()))
        .collect()
}

#[test]
fn the_step_tells_what_it_found_and_where_its_reports_are() {
    let folder = stories();
    let outputs = step(folder.path(), &[("EACH", "all stories\n"), ("FAIL_ON", "error")]);
    assert_eq!((outputs["exit-code"].as_str(), outputs["errors"].as_str()), ("1", "1"), "{outputs:?}");
    assert_eq!((outputs["unread"].as_str(), outputs["accepted"].as_str()), ("0", "0"));
    for report in ["report-json", "report-markdown", "report-html", "sarif"] {
        assert!(Path::new(&outputs[report]).exists(), "{report}: {}", outputs[report]);
    }
    let outputs = step(folder.path(), &[("EACH", "all stories"), ("FAIL_ON", "none")]);
    assert_eq!(outputs["exit-code"], "0");
}

/// What a change of strangers brings, switches nothing off; nor does what the workflow says of its own files make the step
/// fail.
#[test]
fn a_change_from_elsewhere_is_checked_without_its_configuration() {
    let folder = stories();
    fs::write(folder.path().join("crosscheck.toml"), "[rules]\nvalue-conflict = \"off\"\n").unwrap();
    let code = |event: &str, head: &str, arguments: &str| {
        let job = [("EVENT", event), ("HEAD", head), ("GITHUB_REPOSITORY", "desk/stories")];
        let inputs = [("EACH", "all stories"), ("FAIL_ON", "error"), ("ARGUMENTS", arguments)];
        step(folder.path(), &[job, inputs].concat())["exit-code"].clone()
    };
    for arguments in ["", "--isolated", "--config=crosscheck.toml", "--config\ncrosscheck.toml\n--explain"] {
        for head in ["stranger/stories", ""] {
            assert_eq!(code("pull_request", head, arguments), "1", "{arguments:?} of {head:?}");
        }
    }
    for arguments in ["", "--config=crosscheck.toml"] {
        assert_eq!(code("pull_request", "desk/stories", arguments), "0");
        assert_eq!(code("push", "", arguments), "0");
    }
}

#[test]
fn what_a_user_gives_is_never_a_command() {
    let folder = stories();
    let hostile = "$(touch harm); `touch harm` ' \" && touch harm\n--output\nharm.json";
    let outputs = step(folder.path(), &[("PATHS", hostile), ("FAIL_ON", "error; touch harm")]);
    assert_eq!((outputs["exit-code"].as_str(), outputs["errors"].as_str()), ("2", ""), "{outputs:?}");
    assert!(!folder.path().join("harm").exists() && !folder.path().join("harm.json").exists());
    let action = fs::read_to_string("action.yml").unwrap();
    let step = action.split("  steps:").nth(1).unwrap();
    let runs = step.split("run:").skip(1).map(|run| run.split("\n    - name:").next().unwrap());
    assert!(runs.into_iter().all(|run| !run.contains("${{")), "an input becomes text of a script");
}
