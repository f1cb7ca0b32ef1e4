//! The command line: each case is a file of `tests/cli`, with the output that a reader sees beside it.
//!
//! `TRYCMD=overwrite cargo test --test it command` writes the outputs anew; read them before they are kept.

#[test]
fn every_case_answers_as_written() {
    trycmd::TestCases::new()
        .insert_var("[VERSION]", env!("CARGO_PKG_VERSION"))
        .unwrap()
        .case("tests/cli/*.toml");
}
