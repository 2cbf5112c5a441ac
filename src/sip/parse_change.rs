//! How the change asked for is read: its type, the requirements listed and whether the two agree.

use std::collections::BTreeSet;

use super::errors::Collector;
use super::fields::{added_requirement, change_type};
use super::form::{AddedRequirement, Change, ChangeType};
use super::ids::{ComponentId, RequirementId};
use super::raw::{RawRequirements, RawSipForm};

/// The most items of a list of ids.
const LONG_LIST: usize = 500;

/// The requirements a change touches.
pub(super) struct Touched {
    pub(super) amend: BTreeSet<RequirementId>,
    pub(super) remove: BTreeSet<RequirementId>,
    pub(super) add: Vec<AddedRequirement>,
}

/// Reads the change asked for, and refuses one that contradicts itself.
pub(super) fn change(raw: &RawSipForm, faults: &mut Collector) -> Option<Change> {
    let mend = "write add, amend or remove";
    let change_type = faults.required("change_type", raw.change_type.as_deref(), mend, change_type);
    let Touched { amend, remove, add } = touched("requirements", &raw.requirements, faults);
    let components = &raw.functional_components;
    let functional_components = faults.list("functional_components", components, LONG_LIST, ComponentId::parse);
    let change = Change { change_type: change_type?, amend, remove, add, functional_components };
    refuse_unborne_type(&change, faults);
    Some(change)
}

/// Reads the requirements listed under `field`.
pub(super) fn touched(field: &str, lists: &RawRequirements, faults: &mut Collector) -> Touched {
    let touched = Touched {
        amend: faults.list(&format!("{field}.amend"), &lists.amend, LONG_LIST, RequirementId::parse),
        remove: faults.list(&format!("{field}.remove"), &lists.remove, LONG_LIST, RequirementId::parse),
        add: faults.list(&format!("{field}.add"), &lists.add, LONG_LIST, added_requirement),
    };
    refuse_two_fates(field, &touched, faults);
    touched
}

/// Refuses a requirement that is to be amended and removed, or added as well.
fn refuse_two_fates(field: &str, touched: &Touched, faults: &mut Collector) {
    for id in touched.amend.intersection(&touched.remove) {
        let mend = "leave it in one of the two lists";
        faults.note(format!("{field}.remove"), format!("{id} is to be amended as well"), mend);
    }
    let mut seen = BTreeSet::new();
    for id in touched.add.iter().filter_map(numbered) {
        if touched.amend.contains(&id) || touched.remove.contains(&id) {
            let what = format!("{id} is to be amended or removed as well");
            faults.note(format!("{field}.add"), what, "add it under another id");
        }
        if !seen.insert(id) {
            faults.note(format!("{field}.add"), format!("{id} is added twice"), "leave it in once");
        }
    }
}

fn numbered(added: &AddedRequirement) -> Option<RequirementId> {
    match added {
        AddedRequirement::Numbered(id) => Some(*id),
        AddedRequirement::Wording(_) => None,
    }
}

/// Refuses a type of change that no requirement listed bears out.
fn refuse_unborne_type(change: &Change, faults: &mut Collector) {
    let borne_out = match change.change_type {
        ChangeType::Add => !change.add.is_empty(),
        ChangeType::Amend => !change.amend.is_empty(),
        ChangeType::Remove => !(change.remove.is_empty() && change.amend.is_empty()),
    };
    if change.names_requirements() && !borne_out {
        let what = format!("this says {}, but no requirement is listed for that", change.change_type);
        faults.note("change_type", what, "correct the type or the lists of requirements");
    }
}
