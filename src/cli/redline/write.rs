//! The redline as a file, whole or not at all.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use super::RedlineArgs;
use crate::cli::Failure;
use crate::document::{to_markdown, to_pdf, to_text};
use crate::redline::docx::Redline;
use crate::redline::report::{RedlineDocument, Versions, report, to_redline_html, to_redline_json};

/// Where a redline is written, and as what.
#[derive(Debug)]
pub(super) struct Output<'a> {
    path: &'a Path,
    kind: Kind,
}

/// What a redline is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Docx,
    Html,
    Pdf,
    Markdown,
    Text,
    Json,
}

impl<'a> Output<'a> {
    /// Takes the kind from the name, before anything is compared; a file that is compared is never written over.
    pub(super) fn of(path: &'a Path, inputs: [&PathBuf; 2]) -> Result<Self, Failure> {
        let real = fs::canonicalize(path).ok();
        if inputs.iter().any(|input| real.is_some() && fs::canonicalize(input).ok() == real) {
            return Err(Failure::misuse(format!(
                "{}: this is one of the two documents that are compared; give the redline another name",
                path.display()
            )));
        }
        let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
        let kind = match extension.to_ascii_lowercase().as_str() {
            "docx" | "docm" => Kind::Docx,
            "html" | "htm" => Kind::Html,
            "pdf" => Kind::Pdf,
            "md" | "markdown" => Kind::Markdown,
            "txt" => Kind::Text,
            "json" => Kind::Json,
            _ => {
                return Err(Failure::misuse(format!(
                    "{}: what to write does not follow from this name; end it with .docx, .html, .pdf, .md, .txt or .json",
                    path.display()
                )));
            }
        };
        Ok(Self { path, kind })
    }

    /// Writes a redline.
    pub(super) fn write(&self, made: &Redline, args: &RedlineArgs) -> Result<(), Failure> {
        if self.kind == Kind::Docx {
            return self.put(&made.docx);
        }
        let mut redline = report(&made.docx).map_err(|error| Failure::no(error.to_string()))?;
        if redline.document.title.is_empty() {
            redline.document.title = name(&args.new);
        }
        self.put(&self.set(&redline, args)?)
    }

    fn set(&self, redline: &RedlineDocument, args: &RedlineArgs) -> Result<Vec<u8>, Failure> {
        let text = match self.kind {
            Kind::Html => to_redline_html(redline, &Versions { older: name(&args.old), newer: name(&args.new) }),
            Kind::Markdown => to_markdown(&redline.document),
            Kind::Text => to_text(&redline.document),
            Kind::Json => to_redline_json(redline),
            Kind::Pdf | Kind::Docx => return to_pdf(&redline.document).map_err(|error| Failure::no(error.to_string())),
        };
        Ok(text.into_bytes())
    }

    /// Writes beside the file and puts it in its place at the end, so that nobody ever finds half of it.
    fn put(&self, bytes: &[u8]) -> Result<(), Failure> {
        let name = self.path.file_name().and_then(|name| name.to_str()).unwrap_or("redline");
        let beside = self.path.with_file_name(format!(".{name}.{}.part", std::process::id()));
        let written = write_new(&beside, bytes).and_then(|()| fs::rename(&beside, self.path));
        written.map_err(|error| {
            if error.kind() != ErrorKind::AlreadyExists {
                let _ = fs::remove_file(&beside);
            }
            Failure::file(self.path, &error)
        })
    }
}

fn write_new(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    OpenOptions::new().write(true).create_new(true).open(path)?.write_all(bytes)
}

/// What a document is called for people: the name of its file.
fn name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}
