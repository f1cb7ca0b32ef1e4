//! The corpora that the fuzz targets of `fuzz/` have found, run through the targets' own functions.

use std::fs;

#[path = "../../fuzz/targets.rs"]
mod targets;

#[test]
fn what_was_fuzzed_still_holds() {
    for (name, run) in targets::TARGETS {
        let folder = format!("fuzz/corpus/{name}");
        let mut files: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.sort();
        assert!(50 <= files.len(), "{folder} holds {} files", files.len());
        for file in files {
            run(&fs::read(&file).unwrap());
        }
    }
}
