//! The commands as people and scripts run them: the program itself, with nothing in its environment.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test writes the files it gives to a command, and one that meets what it does not expect has failed"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use serde_json::Value;
use tempfile::TempDir;

#[path = "cli/backup.rs"]
mod backup;
#[path = "cli/brd.rs"]
mod brd;
#[path = "cli/brd_changes.rs"]
mod brd_changes;
#[path = "cli/help.rs"]
mod help;
#[path = "cli/journal.rs"]
mod journal;
#[path = "cli/people.rs"]
mod people;
#[path = "cli/pipes.rs"]
mod pipes;
#[path = "cli/redline.rs"]
mod redline;
#[path = "cli/rehearse.rs"]
mod rehearse;
#[path = "cli/schema.rs"]
mod schema;
#[path = "cli/serve.rs"]
mod serve;
#[path = "cli/workdays.rs"]
mod workdays;
#[path = "cli/workflow.rs"]
mod workflow;

/// What a command said, and how it ended.
#[must_use]
#[derive(Debug)]
struct Answer {
    code: Option<i32>,
    out: String,
    err: String,
}

impl Answer {
    /// Standard output of a command that must succeed.
    #[track_caller]
    fn done(self) -> String {
        assert_eq!(self.code, Some(0), "{self:?}");
        self.out
    }

    /// Standard output of a command that must succeed, as JSON.
    #[track_caller]
    fn json(self) -> Value {
        serde_json::from_str(&self.done()).unwrap()
    }

    /// Standard error of a command that must fail with a code; a panic is never an answer.
    #[track_caller]
    fn failed(self, code: i32) -> String {
        assert_eq!(self.code, Some(code), "{self:?}");
        assert!(!self.err.contains("panicked") && !self.err.contains("backtrace"), "{self:?}");
        self.err
    }
}

impl From<Output> for Answer {
    fn from(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Self { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The program, in the folder of the repository, with nothing in its environment.
fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_quorate"));
    command.env_clear().current_dir(root());
    command
}

/// Runs the command whose words are divided by spaces.
fn quorate(line: &str) -> Answer {
    words(&line.split_whitespace().collect::<Vec<_>>())
}

fn words(words: &[&str]) -> Answer {
    program().args(words).output().unwrap().into()
}

/// A folder of its own for the files of one test.
struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        Self(TempDir::new().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Writes a file and gives its path.
    fn file(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        let path = self.path(name);
        fs::write(&path, content).unwrap();
        path.to_str().unwrap().to_owned()
    }

    /// The address of a database that is not there yet.
    fn new_database(&self) -> String {
        format!("sqlite:{}?mode=rwc", self.path("new.db").display())
    }

    /// The address of a copy of the world that the demonstration leaves behind.
    fn world(&self) -> String {
        format!("sqlite:{}", self.file("world.db", &demonstration().database))
    }
}

/// What one run of `quorate demo --once` said and left behind.
struct Demonstration {
    said: String,
    database: Vec<u8>,
    mail: Vec<String>,
}

fn demonstration() -> &'static Demonstration {
    static ONCE: OnceLock<Demonstration> = OnceLock::new();
    ONCE.get_or_init(|| {
        let folder = Folder::new();
        let data = folder.path("demo");
        let said = words(&["demo", "--once", "--data", data.to_str().unwrap()]).done();
        let mail = fs::read_dir(data.join("mail")).unwrap();
        Demonstration {
            said,
            database: fs::read(data.join("quorate.db")).unwrap(),
            mail: mail.map(|entry| fs::read_to_string(entry.unwrap().path()).unwrap()).collect(),
        }
    })
}
