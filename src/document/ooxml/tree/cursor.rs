//! A place in the text, and what is read there.

use super::names::{Name, begins_name, in_name};
use super::parse::Fault;

/// How far the text has been read.
pub(super) struct Cursor<'t> {
    pub(super) text: &'t str,
    pub(super) at: usize,
}

/// A value between quotes.
pub(super) struct Value {
    pub(super) start: usize,
    pub(super) stop: usize,
    /// Whether something in it stands for something else.
    pub(super) coded: Coded,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Coded {
    Yes,
    No,
}

impl<'t> Cursor<'t> {
    pub(super) fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    pub(super) fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    pub(super) fn fault(&self, reason: &'static str) -> Fault {
        Fault::Unsound { at: self.at, reason }
    }

    /// Goes past these bytes if they come next.
    pub(super) fn takes(&mut self, wanted: &str) -> bool {
        let found = self.text.as_bytes().get(self.at..).is_some_and(|rest| rest.starts_with(wanted.as_bytes()));
        if found {
            self.at += wanted.len();
        }
        found
    }

    /// Goes past `end`; `reason` says what is missing if it never comes.
    pub(super) fn past(&mut self, end: &str, reason: &'static str) -> Result<(), Fault> {
        let found = self.rest().find(end).ok_or_else(|| self.fault(reason))?;
        self.at += found + end.len();
        Ok(())
    }

    /// Goes past blanks and line ends; says whether there were any.
    pub(super) fn blanks(&mut self) -> bool {
        let from = self.at;
        while matches!(self.peek(), Some(b' ' | b'\n' | b'\t' | b'\r')) {
            self.at += 1;
        }
        self.at > from
    }

    /// Reads a name with or without a prefix.
    pub(super) fn name(&mut self) -> Result<Name, Fault> {
        let start = self.at;
        let mut local = start;
        self.plain_name()?;
        if self.peek() == Some(b':') {
            self.at += 1;
            local = self.at;
            self.plain_name()?;
        }
        Ok(Name { start: place(start)?, local: place(local)?, stop: place(self.at)? })
    }

    fn plain_name(&mut self) -> Result<(), Fault> {
        if !self.peek().is_some_and(begins_name) {
            return Err(self.fault("a name is expected here"));
        }
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        self.at += rest.iter().position(|byte| !in_name(*byte)).unwrap_or(rest.len());
        Ok(())
    }

    /// Reads `="value"`.
    pub(super) fn value(&mut self) -> Result<Value, Fault> {
        self.blanks();
        if !self.takes("=") {
            return Err(self.fault("an attribute has no value"));
        }
        self.blanks();
        let quote = self.peek().filter(|byte| matches!(byte, b'"' | b'\''));
        let quote = quote.ok_or_else(|| self.fault("the value of an attribute is not in quotes"))?;
        self.at += 1;
        let start = self.at;
        let rest = self.text.as_bytes().get(start..).unwrap_or_default();
        let mut coded = Coded::No;
        for (length, byte) in rest.iter().enumerate() {
            match byte {
                byte if *byte == quote => {
                    self.at = start + length + 1;
                    return Ok(Value { start, stop: start + length, coded });
                }
                b'&' | b'\n' | b'\r' | b'\t' => coded = Coded::Yes,
                b'<' => break,
                _ => {}
            }
        }
        Err(self.fault("the value of an attribute does not end"))
    }
}

/// A place in the text as it is kept.
pub(super) fn place(at: usize) -> Result<u32, Fault> {
    u32::try_from(at).ok().filter(|at| *at < u32::MAX).ok_or(Fault::TooLong)
}
