//! Finds every reason why a tree does not fit a type.
//!
//! Reading stops at the first fault. So the tree is read in rounds: each fault is reported once and then mended (a
//! wrong value is replaced by one that fits, a missing field is filled, an unknown one is left out) until a round ends
//! without a fault. A fault that only a mend brought about is mended further and never reported.

use super::fault::{Fault, FaultKind, Site};
use super::filler::{ATTEMPTS, FUEL};
use super::problem::{Collector, Problem};
use super::reader::{Mends, Reader};
use super::spans::Spans;
use super::tree::{Found, Node};
use super::words;
use serde::de::DeserializeOwned;
use std::marker::PhantomData;

/// The most rounds for each problem that may be reported.
const ROUNDS_PER_PROBLEM: usize = 4;

/// Reports every fault of the tree of `spans` read as a `T`; values listed as unreadable are not judged.
pub(super) fn explain<T: DeserializeOwned>(spans: &Spans, unreadable: &[usize], found: &mut Collector) {
    let mut examination = Examination::new(spans, unreadable, found);
    let rounds = examination.found.limit() * ROUNDS_PER_PROBLEM;
    for _ in 0..rounds {
        examination.mends.fuel.set(FUEL);
        let read = Reader::new(spans.root(), &examination.mends).read(PhantomData::<T>);
        let Err(fault) = read else {
            return;
        };
        if examination.absorb(&fault).is_none() {
            return;
        }
        if examination.found.is_full() {
            break;
        }
    }
    found.stop_early();
}

struct Examination<'a> {
    spans: &'a Spans,
    mends: Mends,
    found: &'a mut Collector,
}

impl<'a> Examination<'a> {
    fn new(spans: &'a Spans, unreadable: &[usize], found: &'a mut Collector) -> Self {
        let mut mends = Mends::default();
        mends.filled.extend(unreadable.iter().map(|id| (*id, 0)));
        Self { spans, mends, found }
    }

    /// Reports a fault if it is the writer's, and mends it; `None` when no mend is left.
    fn absorb(&mut self, fault: &Fault) -> Option<()> {
        match fault.site? {
            Site::Filled { holder, field } => self.refill(holder, field),
            Site::Key { key, value } => self.key(key, value, &fault.kind),
            Site::Choice { key, holder } => {
                self.report(key, &fault.kind);
                self.fill(holder)
            }
            Site::Value(id) if self.mends.filled.contains_key(&id) => self.fill(id),
            Site::Value(id) => self.value(id, &fault.kind),
        }
    }

    fn value(&mut self, id: usize, kind: &FaultKind) -> Option<()> {
        match kind {
            FaultKind::MissingField(field) => self.missing(id, field, kind),
            FaultKind::UnknownField { field, .. } if self.entry(id, field).is_some() => {
                let (key, value) = self.entry(id, field)?;
                self.key(key, value, kind)
            }
            _ if self.mends.added.contains_key(&id) => self.refill_all(id),
            _ => {
                self.report(id, kind);
                self.fill(id)
            }
        }
    }

    fn key(&mut self, key: usize, value: usize, kind: &FaultKind) -> Option<()> {
        self.report(key, kind);
        self.mends.removed.insert(value).then_some(())
    }

    /// A missing field is reported and filled, unless it is missing because of a mend.
    fn missing(&mut self, holder: usize, field: &'static str, kind: &FaultKind) -> Option<()> {
        let written = self.entry(holder, field).is_some();
        let added = self.mends.added.entry(holder).or_default();
        if written || added.contains_key(field) {
            return self.leave_out(holder);
        }
        added.insert(field, 0);
        self.report(holder, kind);
        Some(())
    }

    fn refill(&mut self, holder: usize, field: &'static str) -> Option<()> {
        let attempt = self.mends.added.get_mut(&holder)?.get_mut(field)?;
        *attempt += 1;
        if *attempt < ATTEMPTS { Some(()) } else { self.leave_out(holder) }
    }

    /// Tries other values in all the added fields, as it is not known which of them does not fit.
    fn refill_all(&mut self, holder: usize) -> Option<()> {
        let added = self.mends.added.get_mut(&holder)?;
        for attempt in added.values_mut() {
            *attempt += 1;
        }
        if added.values().all(|attempt| *attempt < ATTEMPTS) { Some(()) } else { self.fill(holder) }
    }

    /// Replaces a value by the next one that might fit.
    fn fill(&mut self, id: usize) -> Option<()> {
        let attempt = self.mends.filled.get(&id).map_or(0, |attempt| attempt + 1);
        self.mends.filled.insert(id, attempt);
        if attempt < ATTEMPTS { Some(()) } else { self.leave_out(id) }
    }

    /// Leaves out a value for which nothing fits, or the value around it when that is already done.
    fn leave_out(&mut self, id: usize) -> Option<()> {
        let parent = self.spans.root().find(id)?.parent.map(|parent| parent.id)?;
        if self.mends.removed.insert(id) { Some(()) } else { self.leave_out(parent) }
    }

    /// The key and value ids of a field.
    fn entry(&self, holder: usize, field: &str) -> Option<(usize, usize)> {
        let holder: &Node = self.spans.root().find(holder)?.node;
        let entry = holder.entries().iter().find(|entry| entry.key() == field)?;
        Some((entry.key.id, entry.value.id))
    }

    fn report(&mut self, id: usize, kind: &FaultKind) {
        let Some(Found { node, path, at, .. }) = self.spans.root().find(id) else {
            return;
        };
        let (what, mend) = words::of_fault(kind, node);
        let file = self.spans.file().to_owned();
        self.found.add(Problem { file, line: at.line, column: at.column, path, what, mend });
    }
}
