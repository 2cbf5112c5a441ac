//! What DCC made of the responses: each refinement with the responses behind it (R35).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::fault::Faults;
use super::ids::{PartyId, SipId};
use super::pack::Collation;
use super::part::Part;
use super::text::Statement;

/// DCC's consideration, as filled in. Every SIP has refinements, or a reason why there are none.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RawConsideration {
    /// What changes, by SIP.
    pub refinements: Vec<RawRefinement>,
    /// Why nothing changes, by SIP.
    pub unchanged: BTreeMap<String, String>,
}

/// One refinement, as filled in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RawRefinement {
    /// The SIP it is of.
    pub sip: String,
    /// What changes.
    pub change: String,
    /// The responses behind it, as `PARTY PART`, such as `northwind Q2`.
    pub because_of: Vec<String>,
}

/// What DCC made of the responses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consideration {
    /// What changes.
    pub refinements: Vec<Refinement>,
    /// Why nothing changes in the other SIPs.
    pub unchanged: BTreeMap<SipId, Statement>,
}

/// One refinement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refinement {
    /// The SIP it is of.
    pub sip: SipId,
    /// What changes.
    pub change: Statement,
    /// The responses behind it: at least one.
    pub because_of: Vec<Source>,
}

/// A part of a response that something rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Whose response.
    pub party: PartyId,
    /// Which part of it.
    pub part: Part,
}

/// Reads DCC's consideration of a whole collation.
///
/// # Errors
///
/// Everything that is wrong at once: a SIP that is not in the consultation or has left it, a SIP of which nothing is
/// said, or both a refinement and that nothing changes; a refinement with no response behind it, or one that was not
/// given.
pub fn consider(raw: &RawConsideration, collation: &Collation) -> Result<Consideration, Faults> {
    let mut reader = Reader { collation, faults: Faults::default() };
    let refinements: Vec<Refinement> =
        (0..).zip(&raw.refinements).filter_map(|(index, refinement)| reader.refinement(index, refinement)).collect();
    let unchanged: BTreeMap<SipId, Statement> =
        raw.unchanged.iter().filter_map(|(sip, reason)| reader.unchanged(sip, reason)).collect();
    reader.each_sip(raw);
    reader.faults.finish(Consideration { refinements, unchanged })
}

struct Reader<'a> {
    collation: &'a Collation,
    faults: Faults,
}

impl Reader<'_> {
    fn refinement(&mut self, index: usize, raw: &RawRefinement) -> Option<Refinement> {
        let place = format!("refinements[{index}]");
        let sip = self.sip(&format!("{place}.sip"), &raw.sip);
        let change = self.faults.keep(format!("{place}.change"), "say what changes", Statement::parse(&raw.change));
        let sources = format!("{place}.because_of");
        if raw.because_of.is_empty() {
            self.faults.note(&sources, "no response is behind it", "name at least one, such as northwind Q2 (R35)");
        }
        let because_of: Vec<Source> = raw.because_of.iter().filter_map(|text| self.source(&sources, text)).collect();
        Some(Refinement { sip: sip?, change: change?, because_of })
    }

    fn unchanged(&mut self, sip: &str, reason: &str) -> Option<(SipId, Statement)> {
        let place = format!("unchanged.{sip}");
        let id = self.sip(&place, sip);
        let reason = self.faults.keep(place, "say why nothing changes", Statement::parse(reason));
        Some((id?, reason?))
    }

    fn source(&mut self, place: &str, text: &str) -> Option<Source> {
        let mend = "write a Party and a part of its response, such as northwind Q2";
        let (party, part) = text.trim().split_once(' ').unwrap_or((text, ""));
        let party = self.faults.keep(place, mend, PartyId::parse(party));
        let part: Option<Part> = self.faults.keep(place, mend, part.trim().parse());
        let source = Source { party: party?, part: part? };
        if self.collation.says(&source.party, &source.part) {
            return Some(source);
        }
        let what = format!("no response of {} to {} was collated", source.party, source.part);
        self.faults.note(place, what, "name a response that the collation holds");
        None
    }

    fn sip(&mut self, place: &str, sip: &str) -> Option<SipId> {
        let carried = self.carried();
        let names: Vec<&str> = carried.iter().map(SipId::as_str).collect();
        let mend = format!("use one of {}", names.join(", "));
        let id = self.faults.keep(place, &mend, SipId::parse(sip))?;
        if carried.contains(&id) {
            return Some(id);
        }
        self.faults.note(place, format!("{id} is not in the consultation"), mend);
        None
    }

    fn each_sip(&mut self, raw: &RawConsideration) {
        for sip in self.carried() {
            let refined = raw.refinements.iter().any(|refinement| refinement.sip == sip.as_str());
            let unchanged = raw.unchanged.contains_key(sip.as_str());
            let place = format!("unchanged.{sip}");
            if refined && unchanged {
                self.faults.note(place, format!("{sip} is both refined and unchanged"), "keep one of the two");
            } else if !refined && !unchanged {
                let mend = "give its refinements, or say why there are none (R35)";
                self.faults.note(place, format!("nothing is said of {sip}"), mend);
            }
        }
    }

    /// The SIPs that are still in the consultation.
    fn carried(&self) -> Vec<SipId> {
        let still = self.collation.sections.iter().filter(|section| section.left.is_none());
        still.filter_map(|section| section.sip.clone()).collect()
    }
}
