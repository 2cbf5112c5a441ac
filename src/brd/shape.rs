//! What the live document calls its sections and columns: written by one half of this module, read by the other.

/// What the redline and the reader find an item by: the first column of its table.
pub(super) const ID: &str = "Id";
pub(super) const DOMAIN: &str = "Domain";
pub(super) const PROCESS_MAP: &str = "Process map";
pub(super) const MOSCOW: &str = "MoSCoW";
pub(super) const REQUIREMENT: &str = "Requirement";
pub(super) const DRIVER: &str = "Driver";
pub(super) const CAPABILITY: &str = "Business capability";
pub(super) const ENABLES: &str = "What it enables";
pub(super) const NAME: &str = "Name";
pub(super) const EPIC: &str = "Epic";
pub(super) const STORY: &str = "Story";
pub(super) const ROLE: &str = "Job Type Role";
pub(super) const NUMBER: &str = "No.";
pub(super) const FUNCTION: &str = "Function";
pub(super) const COMPONENTS: &str = "Functional Components";
pub(super) const OTHER_ROLES: &str = "Other roles";
pub(super) const YES: &str = "Y";
pub(super) const SERIAL: &str = "Serial";
pub(super) const TERM: &str = "Term";
pub(super) const MEANING: &str = "Meaning";
pub(super) const TITLE: &str = "Title";
pub(super) const DOC_ID: &str = "Doc Id";
pub(super) const DATE: &str = "Date";
pub(super) const STATUS: &str = "Status";
pub(super) const VERSION: &str = "Version";
pub(super) const CLASSIFICATION: &str = "Classification";
pub(super) const FIRST: &str = "First id";
pub(super) const LAST: &str = "Last id";
pub(super) const REASON: &str = "Where";

/// The heading over requirements that have none.
pub(super) const NO_HEADING: &str = "Without a heading";
/// The heading over non-functional requirements without a category.
pub(super) const NO_CATEGORY: &str = "Without a category";
/// What stands under the heading of a component that requirements name and the document has not.
pub(super) const NO_SUCH_COMPONENT: &str = "No component of this document has this id.";

/// How the line below the heading of a component begins.
pub(super) const OF_DOMAIN: &str = "Domain: ";
/// What that line says in place of a domain.
pub(super) const NO_DOMAIN: &str = "none";
/// What stands between the domain and the flow in that line.
pub(super) const OF_FLOW: &str = "; flow: ";

/// How the line begins that stands over an item no longer in use.
pub(super) const RETIRED: &str = "No longer in use";
/// What stands between that and its successor.
pub(super) const REPLACED_BY: &str = "; replaced by ";
/// What stands between that and the reason.
pub(super) const BECAUSE: &str = ": ";

/// How dates are written.
pub(super) const DATE_FORMAT: &str = "%-d %B %Y";

/// What stands above the access matrix.
pub(super) const ABOUT_ACCESS: &str =
    "A role may use the Functional Components of a row where its number is marked with a Y.";
/// What stands above the ids given out elsewhere.
pub(super) const ABOUT_ALLOCATED: &str = "These ids are in use outside this document and are never given out again.";
