//! References in the text to sections that are not there, as word processors leave them behind.

use super::{Area, Assessment, Finding, Section};

/// What a word processor prints in place of a reference whose target is gone.
const LOST: &str = "Error! Reference source not found";

/// Every text of the document with the section it stands in.
fn texts(document: &Assessment) -> Vec<(Section, &str)> {
    let (asked, needs, built) = (&document.summary, &document.requirements, &document.solution);
    let accounts = [
        (Section::SUMMARY, &asked.problem),
        (Section::SUMMARY, &asked.benefits),
        (Section::CURRENT, &needs.current),
        (Section::CASE, &needs.case),
        (Section::OVERVIEW, &built.overview),
        (Section::SEC_CHANGES, &built.sec_changes),
        (Section::PIT, &document.testing.pit),
        (Section::SIT, &document.testing.sit),
        (Section::UIT, &document.testing.uit),
        (Section::RELEASE, &document.timescales.release),
        (Section::COSTS, &document.costs.basis),
        (Section::CONTRACTS, &document.costs.contracts),
    ];
    let mut texts: Vec<_> =
        accounts.into_iter().filter_map(|(section, text)| Some((section, text.as_ref()?.as_str()))).collect();
    let constraints = needs.business.iter().filter_map(|one| one.constraints.as_ref());
    texts.extend(constraints.map(|text| (Section::BUSINESS, text.as_str())));
    texts.extend(built.components.iter().map(|one| (Section::COMPONENTS, one.impact.as_str())));
    texts.extend(built.deliverables.iter().map(|one| (Section::DELIVERABLES, one.changes.as_str())));
    texts.extend(document.impacts.values().map(|text| (Section::IMPACTS, text.as_str())));
    let raid = document.raid.parts().into_iter().flat_map(|(_, part)| part.items());
    texts.extend(raid.map(|item| (Section::RAID, item.description.as_str())));
    texts
}

/// The references that lead nowhere.
pub(super) fn broken(document: &Assessment) -> Vec<Finding> {
    texts(document).into_iter().flat_map(|(section, text)| broken_in(section, text)).collect()
}

fn broken_in(section: Section, text: &str) -> Vec<Finding> {
    let mut found: Vec<String> = text.matches(LOST).map(|_| format!("\"{LOST}\"")).collect();
    let words: Vec<&str> = text.split_whitespace().collect();
    found.extend(words.windows(2).filter_map(lost_section).map(|number| format!("section {number}")));
    found.into_iter().map(|points_at| Finding::BrokenReference { section, points_at }).collect()
}

/// The number in `section 9.4`, where this document has no such section. Sections of other documents, such as the SEC's
/// `Section F5`, carry letters and are let be.
fn lost_section(pair: &[&str]) -> Option<String> {
    let [word, number] = pair else { return None };
    let number = number.trim_matches(|c: char| !c.is_ascii_alphanumeric());
    let points = *word == "section" && number.starts_with(|c: char| c.is_ascii_digit());
    let plain = number.chars().all(|c| c.is_ascii_digit() || c == '.');
    (points && plain && !exists(number)).then(|| number.to_owned())
}

fn exists(number: &str) -> bool {
    let area = number.strip_prefix("5.").and_then(|area| area.parse().ok());
    Section::ALL.iter().any(|section| section.number == number)
        || area.is_some_and(|area: usize| (1..=Area::ALL.len()).contains(&area))
}
