//! A real mail server (Debian's python3-aiosmtpd), ended with the test.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use serde_json::Value as Json;
use tempfile::TempDir;

use super::certificate::Certificate;
use super::faulty::{PASSWORD, Taken, USER};

/// A real mail server on this machine, and the folder it keeps what it takes in.
pub(crate) struct RealServer {
    pub(crate) port: u16,
    child: Child,
    folder: TempDir,
}

impl RealServer {
    /// Neither encrypts nor asks who is there.
    pub(crate) fn start() -> Self {
        Self::with(tempfile::tempdir().unwrap(), &["none"])
    }

    /// Encrypts, `starttls` or `implicit`, and wants [`USER`] to sign in.
    pub(crate) fn encrypting(mode: &str, certificate: &Certificate) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let [chain, key] = ["certificate.pem", "key.pem"].map(|name| folder.path().join(name).display().to_string());
        fs::write(&chain, certificate.pem()).unwrap();
        fs::write(&key, certificate.key_pem()).unwrap();
        Self::with(folder, &[mode, &chain, &key, USER, PASSWORD])
    }

    fn with(folder: TempDir, arguments: &[&str]) -> Self {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mail/server.py");
        let mut command = Command::new("/usr/bin/python3");
        command
            .args(["-W", "ignore"])
            .arg(script)
            .arg(folder.path())
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut port = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut port).unwrap();
        let port = port.trim().parse().expect("python3-aiosmtpd is needed: sudo apt-get install python3-aiosmtpd");
        Self { port, child, folder }
    }

    /// What was taken so far, in that order.
    pub(crate) fn received(&self) -> Vec<Taken> {
        let entries = fs::read_dir(self.folder.path()).unwrap().map(|entry| entry.unwrap().path());
        let mut paths: Vec<_> = entries.filter(|path| path.extension().is_some_and(|end| end == "json")).collect();
        paths.sort();
        paths.iter().map(|path| taken(&serde_json::from_slice(&fs::read(path).unwrap()).unwrap())).collect()
    }
}

impl Drop for RealServer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The text comes with one character for each byte.
fn taken(kept: &Json) -> Taken {
    let text = |value: &Json| value.as_str().unwrap().to_owned();
    let bytes = text(&kept["text"]).chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    Taken { from: text(&kept["from"]), to: kept["to"].as_array().unwrap().iter().map(text).collect(), text: bytes }
}
