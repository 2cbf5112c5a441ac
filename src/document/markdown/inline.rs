//! Runs as Markdown. What is set off is checked by reading it again: where signs would not be taken for what they are
//! meant for, as beside some punctuation, the words stand without them.

use super::escape::{self, Place};
use crate::document::read::read_markdown;
use crate::document::revision::{Change, Revision};
use crate::document::text_runs::{Run, Text};
use crate::document::tree::Block;

/// The signs for what is set off, from the outermost to the innermost.
#[derive(Debug, Clone, Copy)]
struct Signs {
    struck: &'static str,
    bold: &'static str,
    italic: &'static str,
}

const STARS: Signs = Signs { struck: "~~", bold: "**", italic: "*" };
const LINES: Signs = Signs { struck: "~~", bold: "**", italic: "_" };
const NONE: Signs = Signs { struck: "", bold: "", italic: "" };

/// The notes met so far, for the end of the document.
pub(super) type Notes = Vec<Vec<Block>>;

/// Writes the runs of a text; those that a redline marks stand between the signs of `CriticMarkup`.
pub(super) fn write(text: &Text, place: Place, notes: &mut Notes) -> String {
    let marked = text.runs.chunk_by(|a, b| a.revisions == b.revisions);
    let written = marked.map(|runs| {
        let runs: Vec<Run> = runs.iter().map(|run| with_sign(run, notes)).collect();
        let marks = runs.first().map(|run| run.revisions.as_slice()).unwrap_or_default();
        within_marks(&set_off(&runs, place), marks)
    });
    written.collect()
}

fn within_marks(words: &str, marks: &[Revision]) -> String {
    marks.iter().rev().fold(words.to_owned(), |words, mark| match mark.change {
        Change::Inserted => format!("{{++{words}++}}"),
        Change::Deleted => format!("{{--{words}--}}"),
        Change::MovedTo => format!("{{++{words}++}}{{>>moved here, change {}<<}}", mark.number),
        Change::MovedFrom => format!("{{--{words}--}}{{>>moved away, change {}<<}}", mark.number),
        Change::Formatted => format!("{{=={words}==}}{{>>set otherwise, change {}<<}}", mark.number),
    })
}

/// A run whose image is named in words and whose note is kept for the end; its sign takes the place of the note.
fn with_sign(run: &Run, notes: &mut Notes) -> Run {
    let mut run = run.clone();
    if run.image.take().is_some() {
        run.text = format!("[image: {}]", run.text);
    }
    if !run.footnote.is_empty() {
        let note = std::mem::take(&mut run.footnote);
        notes.push(note);
        run.footnote = vec![Block::paragraph(format!("[^{}]", notes.len()))];
    }
    run
}

fn sign(run: &Run) -> Option<String> {
    match run.footnote.first()? {
        Block::Paragraph(paragraph) => Some(paragraph.text.to_plain()),
        _ => None,
    }
}

fn set_off(runs: &[Run], place: Place) -> String {
    if runs.iter().all(|run| !(run.bold || run.italic || run.struck)) {
        return Writing::of(place, NONE).write(runs);
    }
    let wanted = meaning(runs);
    let choices = [STARS, LINES].map(|signs| Writing::of(place, signs).write(runs));
    let kept = choices.into_iter().find(|choice| reads_as(choice, &wanted));
    kept.unwrap_or_else(|| Writing::of(place, NONE).write(runs))
}

/// A letter and how it is set off. Spaces are alike however they are set.
type Letter = (char, bool, bool, bool);

fn meaning(runs: &[Run]) -> Vec<Letter> {
    let plain = |letter: char| (letter, false, false, false);
    let letters = runs.iter().flat_map(|run| {
        let text = if run.code { run.text.replace('\n', " ") } else { run.text.clone() };
        let set = (run.bold, run.italic, run.struck);
        let of_run = move |letter: char| {
            if letter.is_whitespace() { plain(letter) } else { (letter, set.0, set.1, set.2) }
        };
        let words: Vec<Letter> = text.chars().map(of_run).collect();
        words.into_iter().chain(sign(run).unwrap_or_default().chars().map(plain).collect::<Vec<_>>())
    });
    letters.collect()
}

fn reads_as(written: &str, wanted: &[Letter]) -> bool {
    // Letters around the words keep spaces and line feeds at their edges.
    match read_markdown(&format!("x {} x", escape::edges(written))).as_slice() {
        [Block::Paragraph(paragraph)] => {
            let read = meaning(&paragraph.text.runs);
            read.get(2..read.len().saturating_sub(2)) == Some(wanted)
        }
        _ => false,
    }
}

/// Runs in the making, with what is open.
struct Writing {
    out: String,
    place: Place,
    signs: Signs,
    open: Vec<&'static str>,
    link: Option<String>,
}

impl Writing {
    fn of(place: Place, signs: Signs) -> Self {
        Self { out: String::new(), place, signs, open: Vec::new(), link: None }
    }

    fn write(mut self, runs: &[Run]) -> String {
        for run in runs {
            self.run(run);
        }
        self.set(&[], None);
        self.out
    }

    fn run(&mut self, run: &Run) {
        if !run.text.is_empty() {
            let text = run.text.trim_start_matches(' ');
            let space = run.text.get(..run.text.len() - text.len()).unwrap_or_default();
            let signs = self.wanted(run);
            self.close(&signs, run.link.as_deref());
            self.out.push_str(if run.code { "" } else { space });
            self.set(&signs, run.link.as_deref());
            let words = if run.code { escape::code(&run.text, self.place) } else { escape::words(text, self.place) };
            self.out.push_str(&words);
        }
        if let Some(sign) = sign(run) {
            self.close(&[], None);
            self.out.push_str(&sign);
        }
    }

    fn wanted(&self, run: &Run) -> Vec<&'static str> {
        let signs = [(run.struck, self.signs.struck), (run.bold, self.signs.bold), (run.italic, self.signs.italic)];
        signs.into_iter().filter(|(set, sign)| *set && !sign.is_empty()).map(|(_, sign)| sign).collect()
    }

    /// Closes what does not go on. Spaces before the end stand after it, or the sign would not end anything.
    fn close(&mut self, wanted: &[&'static str], link: Option<&str>) {
        let link_ends = self.link.is_some() && self.link.as_deref() != link;
        let mut keep = self.open.iter().take_while(|sign| wanted.contains(sign)).count();
        if link_ends {
            keep = 0;
        }
        if keep == self.open.len() && !link_ends {
            return;
        }
        let kept = self.out.trim_end_matches(' ').len();
        let space = self.out.split_off(kept);
        for sign in self.open.drain(keep..).rev() {
            self.out.push_str(sign);
        }
        if link_ends {
            let link = self.link.take().unwrap_or_default();
            self.out.extend(["](", &escape::address(&link), ")"]);
        }
        self.out.push_str(&space);
    }

    /// Closes what does not go on, and opens what begins.
    fn set(&mut self, wanted: &[&'static str], link: Option<&str>) {
        self.close(wanted, link);
        if let (None, Some(link)) = (&self.link, link) {
            self.close(&[], None);
            self.out.push('[');
            self.link = Some(link.to_owned());
        }
        for sign in wanted {
            if !self.open.contains(sign) {
                self.out.push_str(sign);
                self.open.push(sign);
            }
        }
    }
}
