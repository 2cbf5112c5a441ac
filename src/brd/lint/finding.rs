//! What a finding says.

use std::fmt::{self, Display};

use serde::Serialize;

use crate::brd::item::ItemId;

/// Something wrong with a baseline, or with the document it was read from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The rule it breaks.
    pub rule: Rule,
    /// How much it matters.
    pub severity: Severity,
    /// The item concerned, where it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub item: Option<ItemId>,
    /// What is concerned, in words, such as `SSI-FR-16b` or `the access row “FAQs”`.
    pub place: String,
    /// What is wrong, without a full stop.
    pub what: String,
    /// How to mend it, as a sentence.
    pub mend: String,
}

impl Finding {
    /// A finding about an item.
    pub fn of(item: ItemId, rule: Rule, what: impl Into<String>, mend: impl Into<String>) -> Self {
        let place = item.to_string();
        Self { item: Some(item), ..Self::at(place, rule, what, mend) }
    }

    /// A finding about something that is not an item.
    pub fn at(place: impl Into<String>, rule: Rule, what: impl Into<String>, mend: impl Into<String>) -> Self {
        let severity = rule.severity();
        Self { rule, severity, item: None, place: place.into(), what: what.into(), mend: mend.into() }
    }
}

impl Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { rule, severity, place, what, mend, .. } = self;
        write!(f, "{severity}: {place}: {what}. {mend} ({rule})")
    }
}

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Something leads nowhere or is lost.
    Error,
    /// Something is missing or contradicts itself.
    Warning,
    /// Something could be clearer.
    Remark,
}

impl Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Remark => "remark",
        })
    }
}

/// Declares each rule with its name, its severity and its meaning.
macro_rules! rules {
    ($($(#[doc = $docs:literal])* $rule:ident $name:literal $severity:ident;)*) => {
        /// What a baseline should keep to. The name of a rule never changes.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        pub enum Rule {
            $($(#[doc = $docs])* #[serde(rename = $name)] $rule,)*
        }

        impl Rule {
            /// Every rule.
            pub const ALL: &[Self] = &[$(Self::$rule),*];

            /// Its name.
            pub fn name(self) -> &'static str {
                match self { $(Self::$rule => $name,)* }
            }

            /// How much it matters when it is broken.
            pub fn severity(self) -> Severity {
                match self { $(Self::$rule => Severity::$severity,)* }
            }
        }
    };
}

rules! {
    /// What an item traces to exists.
    DanglingTrace "dangling-trace" Error;
    /// What an item in use traces to is in use as well.
    RetiredTrace "retired-trace" Error;
    /// An id is spelt as the item it means.
    MisspeltId "misspelt-id" Error;
    /// An item that a text mentions exists and is in use.
    BrokenReference "broken-reference" Error;
    /// An id stands once.
    IdTwice "id-twice" Error;
    /// What a document says is understood, so that nothing of it is lost on import.
    NotUnderstood "not-understood" Error;
    /// A requirement traces to a domain, a process map and, if functional, a component; the others to a domain (R60).
    MissingTrace "missing-trace" Warning;
    /// A requirement says how much it is needed.
    MissingMoscow "missing-moscow" Warning;
    /// A requirement, its process map and its component belong to one domain.
    DomainMismatch "domain-mismatch" Warning;
    /// An item says something.
    BlankText "blank-text" Warning;
    /// An item has a name, a heading or a category.
    BlankName "blank-name" Warning;
    /// No two items say the same.
    DuplicateText "duplicate-text" Warning;
    /// A component has a row in the access matrix (R62).
    NoAccessRow "no-access-row" Warning;
    /// A component stands once in the access matrix.
    AccessTwice "access-twice" Warning;
    /// A row of the access matrix stands under the domain of its components.
    AccessDomain "access-domain" Warning;
    /// The roles of the access matrix are those of the document.
    UnknownRole "unknown-role" Warning;
    /// The serials of a list begin at 1 and run on.
    SerialGap "serial-gap" Warning;
    /// A term is defined once.
    TermTwice "term-twice" Warning;
    /// The delta reference is filled in (R59).
    IncompleteDelta "incomplete-delta" Warning;
    /// A list item begins with its words.
    StrayMark "stray-mark" Warning;
    /// Everything a document says is part of an item, so that it is kept on import.
    LeftOut "left-out" Remark;
    /// A document is dated.
    NoDate "no-date" Remark;
    /// No two items say nearly the same.
    NearDuplicate "near-duplicate" Remark;
    /// An id is written in one way.
    IdStyle "id-style" Remark;
    /// An abbreviation or a term is defined in the glossary.
    UndefinedTerm "undefined-term" Remark;
    /// A term of the glossary is used.
    UnusedTerm "unused-term" Remark;
    /// Something traces to each item.
    NothingTraces "nothing-traces" Remark;
    /// `MoSCoW` tells requirements apart.
    OneMoscow "one-moscow" Remark;
}

impl Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Gathers findings.
#[derive(Debug, Default)]
pub(super) struct Findings(Vec<Finding>);

impl Findings {
    pub(super) fn item(&mut self, item: ItemId, rule: Rule, what: impl Into<String>, mend: impl Into<String>) {
        self.0.push(Finding::of(item, rule, what, mend));
    }

    pub(super) fn place(
        &mut self,
        place: impl Into<String>,
        rule: Rule,
        what: impl Into<String>,
        mend: impl Into<String>,
    ) {
        self.0.push(Finding::at(place, rule, what, mend));
    }

    pub(super) fn finish(mut self) -> Vec<Finding> {
        self.0.sort_by_key(|finding| finding.severity);
        self.0
    }
}

impl crate::brd::statements::Statement<'_> {
    /// Adds a finding about this statement.
    pub(super) fn found(&self, found: &mut Findings, rule: Rule, what: impl Into<String>, mend: impl Into<String>) {
        match &self.item {
            Some(item) => found.item(item.clone(), rule, what, mend),
            None => found.place(self.place.clone(), rule, what, mend),
        }
    }
}
