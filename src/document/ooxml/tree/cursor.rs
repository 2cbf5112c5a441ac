//! A place in the text, and what is read there.

use std::ops::Range;

use super::names::{BEGINS_NAME, IN_NAME, Name, SPECIAL, WIDE, class, is_name, stretch};
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
        let (start, bytes) = (self.at, self.text.as_bytes());
        let (mut at, mut local, mut seen) = (start, start, 0);
        while let Some(byte) = bytes.get(at) {
            let class = class(*byte);
            if class & IN_NAME == 0 {
                if *byte != b':' || local > start {
                    break;
                }
                local = at + 1;
            }
            seen |= class;
            at += 1;
        }
        let prefix = start..local.saturating_sub(1);
        if (local > start && !self.is_name(prefix, seen)) || !self.is_name(local..at, seen) {
            return Err(self.fault("a name is expected here"));
        }
        self.at = at;
        Ok(Name { start: place(start), local: place(local), stop: place(at) })
    }

    /// Whether bytes of which all may stand in a name are one; `seen` says what they may be.
    fn is_name(&self, place: Range<usize>, seen: u8) -> bool {
        let begins = self.text.as_bytes().get(place.start).is_some_and(|first| class(*first) & BEGINS_NAME != 0);
        begins && !place.is_empty() && (seen & WIDE == 0 || self.text.get(place).is_some_and(is_name))
    }

    fn plain_name(&mut self) -> Result<(), Fault> {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        let (length, seen) = stretch(rest, |class| class & IN_NAME == 0);
        if !self.is_name(self.at..self.at + length, seen) {
            return Err(self.fault("a name is expected here"));
        }
        self.at += length;
        Ok(())
    }

    /// Goes past a processing instruction, from its question mark on.
    pub(super) fn instruction(&mut self) -> Result<(), Fault> {
        self.at += 1;
        let start = self.at;
        self.plain_name()?;
        if self.text.get(start..self.at).is_none_or(|name| name.eq_ignore_ascii_case("xml")) {
            return Err(self.fault("a declaration stands where none may"));
        }
        if !self.blanks() && !self.rest().starts_with("?>") {
            return Err(self.fault("a processing instruction has no name"));
        }
        self.past("?>", "a processing instruction does not end")
    }

    /// Goes past the equals sign and the quote before a value; gives the quote.
    fn quote(&mut self) -> Result<u8, Fault> {
        self.blanks();
        if !self.takes("=") {
            return Err(self.fault("an attribute has no value"));
        }
        self.blanks();
        let quote = self.peek().filter(|byte| matches!(byte, b'"' | b'\''));
        let quote = quote.ok_or_else(|| self.fault("the value of an attribute is not in quotes"))?;
        self.at += 1;
        Ok(quote)
    }

    /// Reads `="value"`.
    pub(super) fn value(&mut self) -> Result<Value, Fault> {
        let quote = if self.takes("=\"") { b'"' } else { self.quote()? };
        let start = self.at;
        let mut coded = Coded::No;
        loop {
            let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
            let (plain, _) = stretch(rest, |class| class & SPECIAL != 0);
            self.at += plain + 1;
            match rest.get(plain) {
                Some(byte) if *byte == quote => return Ok(Value { start, stop: self.at - 1, coded }),
                Some(b'"' | b'\'') => {}
                None | Some(b'<') => break,
                Some(_) => coded = Coded::Yes,
            }
        }
        self.at = start;
        Err(self.fault("the value of an attribute does not end"))
    }
}

/// A place in the text, or in a list that is no longer than the text, as it is kept.
pub(super) fn place(at: usize) -> u32 {
    #[expect(clippy::cast_possible_truncation, reason = "a longer text is refused before anything is read")]
    let kept = at as u32;
    kept
}
