//! `crosscheck init`: a configuration to begin with.

use std::path::Path;

use crosscheck::configuration::{SCHEMA, TEMPLATE};
use crosscheck::error::Error;
use crosscheck::settings::{CONFIGURATION_FILE, SCHEMA_FILE};

use super::{Outcome, output};

pub(super) fn run() -> Result<Outcome, Error> {
    if Path::new(CONFIGURATION_FILE).exists() {
        let problem =
            format!("expected no {CONFIGURATION_FILE} here, found one; edit it, or take it away first");
        return Err(Error::ExpectedArgument { problem });
    }
    for (name, text) in [(SCHEMA_FILE, SCHEMA), (CONFIGURATION_FILE, TEMPLATE)] {
        output::to_file(Path::new(name), |out| out.write_all(text.as_bytes()))?;
    }
    let because = format!(
        "{CONFIGURATION_FILE} is written, every setting in it commented out, and {SCHEMA_FILE}, which editors read"
    );
    Ok(Outcome::new(0, because))
}
