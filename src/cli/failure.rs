//! Why a command failed, and the exit code that says so.

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use super::workdays::WorkdaysError;
use crate::service::ServiceError;
use crate::yaml::Problems;

/// Why a command failed.
#[derive(Debug)]
pub struct Failure {
    code: u8,
    what: String,
}

impl Failure {
    /// The answer is no: refused, not as expected, does not hold.
    pub fn no(what: impl Into<String>) -> Self {
        Self { code: 1, what: what.into() }
    }

    /// The arguments make no sense together.
    pub fn misuse(what: impl Into<String>) -> Self {
        Self { code: 2, what: what.into() }
    }

    /// The surroundings fail: a file, the database, the network.
    pub fn surroundings(what: impl Into<String>) -> Self {
        Self { code: 3, what: what.into() }
    }

    /// A file cannot be read or written.
    pub fn file(path: &Path, error: &std::io::Error) -> Self {
        Self::surroundings(format!("{}: {error}. Check the path and that you may use it", path.display()))
    }

    /// Whoever reads the answer has read enough, as `head` does: nothing is wrong.
    fn closed_pipe() -> Self {
        Self { code: 0, what: String::new() }
    }

    /// Tells the person, and gives the exit code.
    pub(super) fn report(&self) -> ExitCode {
        if !self.what.is_empty() {
            let _ = writeln!(std::io::stderr(), "quorate: {}", self.what);
        }
        ExitCode::from(self.code)
    }
}

impl From<ServiceError> for Failure {
    fn from(error: ServiceError) -> Self {
        if error.is_closed_pipe() {
            return Self::closed_pipe();
        }
        if error.is_of_the_surroundings() { Self::surroundings(error.to_string()) } else { Self::no(error.to_string()) }
    }
}

impl From<Problems> for Failure {
    fn from(problems: Problems) -> Self {
        Self::no(problems.to_string())
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        if error.kind() == std::io::ErrorKind::BrokenPipe {
            return Self::closed_pipe();
        }
        Self::surroundings(error.to_string())
    }
}

impl From<WorkdaysError> for Failure {
    fn from(error: WorkdaysError) -> Self {
        match error {
            WorkdaysError::Calendar(error) => Self::no(error.to_string()),
            WorkdaysError::Write(error) => error.into(),
            WorkdaysError::Json(error) => std::io::Error::from(error).into(),
        }
    }
}
