//! Drafting and applying one change set.

use quorate::brd::changes::{Change, apply};

use super::*;

#[test]
fn an_item_that_comes_is_given_the_next_free_id_and_its_place() {
    let set = drafted(
        1,
        "
  - add: { kind: requirement, says: { domain: BFD01, process_map: PM1, moscow: must, text: It shall be quick. } }
  - add: { kind: requirement, says: { text: It shall be kind. } }
  - add: { kind: non_functional, says: { category: Performance, text: It shall last. } }
  - add: { kind: domain, says: { name: New, text: New things. } }
  - add: { kind: term, item: term WAN, says: { text: Wide area network } }
",
    );
    let given: Vec<String> = set.items().map(ToString::to_string).collect();
    assert_eq!(given, ["SSI-FR-22", "SSI-FR-23", "SSI-NFR-2", "BFD08", "term WAN"]);
    let after = apply(&small(), &set).unwrap();
    assert_eq!(text(&after, "SSI-FR-22"), "It shall be quick.");
    assert_eq!(after.requirements.last().unwrap().id.to_string(), "SSI-FR-23");
    assert_eq!(after.glossary.last().unwrap().serial, 2);
}

#[test]
fn ids_that_were_ever_given_are_never_given_again() {
    for (id, why) in [("SSI-FR-7", "in use"), ("SSI-FR-19", "numbered elsewhere"), ("SSI-FR-9", "a gap")] {
        let set = written(1, &format!("  - add: {{ kind: requirement, item: {id}, says: {{ text: New. }} }}\n"));
        let problems = draft(&small(), set, &Reserved::default()).unwrap_err();
        assert!(words(&problems)[0].starts_with(&format!("{id} is or was used already")), "{why}: {problems:?}");
    }
    let add = "  - add: { kind: requirement, says: { text: New. } }\n";
    let others = Reserved { others: vec![item("SSI-FR-30")], own: Vec::new() };
    assert_eq!(draft(&small(), written(1, add), &others).unwrap().set.items().next(), Some(&item("SSI-FR-31")));
    let own = Reserved { others: vec![item("SSI-FR-30")], own: vec![item("SSI-FR-22")] };
    let again = "  - add: { kind: requirement, item: SSI-FR-22, says: { text: New. } }\n";
    assert!(draft(&small(), written(1, again), &own).is_ok());
}

#[test]
fn a_draft_keeps_what_it_was_drafted_against_and_no_longer_applies_once_that_has_moved_on() {
    let set =
        drafted(1, "  - amend: { item: ssi_fr_6A, fields: { text: { becomes: The list shall show incidents. } } }\n");
    let Change::Amend(amend) = &set.changes[0] else { panic!() };
    let edit = amend.fields.values().next().unwrap();
    assert_eq!(edit.was.as_deref(), Some("The list shall show every incident of the organisation."));
    let after = apply(&small(), &set).unwrap();
    assert_eq!(text(&after, "SSI-FR-6a"), "The list shall show incidents.");
    let problems = apply(&after, &set).unwrap_err();
    assert!(words(&problems)[0].contains("no longer what the change was drafted against"), "{problems:?}");
}

#[test]
fn retiring_a_domain_leaves_a_tombstone_and_names_what_still_traces_to_it() {
    let retire = "  - retire: { item: BFD05, into: BFD01, reason: It is part of service management. }\n";
    let drafted = draft(&small(), written(1, retire), &Reserved::default()).unwrap();
    let findings = words(&drafted.findings);
    assert_eq!(findings.len(), 6, "{findings:#?}");
    assert!(findings.contains(
        &"SSI-FR-7 still traces to BFD05 by its domain, which goes into BFD01: trace it to another, or let dependents follow"
            .to_owned()
    ));
    assert!(findings.contains(&"the words of SSI-FR-7 still name BFD05, which goes into BFD01: amend them".to_owned()));
    let after = apply(&small(), &drafted.set).unwrap();
    assert_eq!(after.domains.len(), 3);
    let retired = after.domains[1].retired.as_ref().unwrap();
    assert_eq!(retired.into.unwrap().to_string(), "BFD01");
    assert_eq!(retired.reason.as_str(), "It is part of service management.");
}

#[test]
fn dependents_follow_the_successor_where_the_set_says_so() {
    let set = drafted(
        1,
        "
  - retire: { item: BFD05, into: BFD01, reason: Part of it., dependents: follow }
  - move: { item: SSI-FR-16, to: { domain: { becomes: BFD07 } } }
",
    );
    assert_eq!(about(&set, "SSI-FR-16").len(), 1);
    assert_eq!(about(&set, "SSI-FR-7").len(), 1);
    let after = apply(&small(), &set).unwrap();
    let domain = |at: usize| after.requirements[at].domain.unwrap().to_string();
    assert_eq!((domain(2), domain(3)), ("BFD01".to_owned(), "BFD07".to_owned()));
    assert_eq!(after.components[1].domain.unwrap().to_string(), "BFD01");
    assert_eq!(after.process_maps[1].domain.unwrap().to_string(), "BFD01");
    assert_eq!(after.access[1].domain.unwrap().to_string(), "BFD01");
}

#[test]
fn removing_what_others_trace_to_is_found_when_drafted() {
    let set = written(1, "  - remove: { item: UC_Schedule_001, reason: Nobody uses it. }\n");
    let findings = words(&draft(&small(), set, &Reserved::default()).unwrap().findings);
    assert_eq!(findings.len(), 3, "{findings:#?}");
    assert!(findings.iter().any(|finding| finding.starts_with("access View schedule still traces to UC_Schedule_001")));
}

#[test]
fn what_has_no_id_goes_without_a_tombstone() {
    let after = apply(&small(), &drafted(1, "  - remove: { item: term SSI, reason: Everybody knows. }\n")).unwrap();
    assert!(after.glossary.is_empty());
}

#[test]
fn everything_wrong_is_said_at_once_and_nothing_is_applied() {
    let problems = |changes: &str| words(&apply(&small(), &written(1, changes)).unwrap_err());
    let found = problems(
        "
  - amend: { item: SSI-FR-99, fields: { text: { becomes: New. } } }
  - move: { item: SSI-FR-6, to: { domain: { becomes: BFD99 }, component: { becomes: UC_New_001 } } }
  - retire: { item: BFD05, into: BFD02, reason: Gone. }
",
    );
    assert_eq!(
        found,
        [
            "BFD02 is not in the baseline, but BFD05 names it: check its id",
            "BFD99 is not in the baseline, but SSI-FR-6 names it: check its id",
            "UC_New_001 is not in the baseline, but SSI-FR-6 names it: check its id",
            "SSI-FR-99 is not in the baseline: check its id",
        ]
    );
    let found = problems(
        "
  - add: { kind: requirement, says: { text: New. } }
  - amend: { item: SSI-FR-6, fields: { roles: { becomes: All }, text: { becomes: ' ' } } }
  - remove: { item: SSI-FR-6, reason: '' }
  - move: { item: SSI-FR-7, to: { text: { becomes: New. } } }
  - retire: { item: PM1, into: BFD01, reason: x }
",
    );
    assert_eq!(
        found,
        [
            "change 1 adds a functional requirement without an id: draft it, and it is given the next free one",
            "SSI-FR-6 is changed twice: put everything that happens to it into one change",
            "SSI-FR-7: moving it changes its text; a move changes its domain, process map or functional component: \
             amend it instead",
            "PM1 cannot be retired into BFD01: name another process map",
            "SSI-FR-6 has no roles: a functional requirement has heading, domain, process map, functional component, \
             MoSCoW, text",
            "SSI-FR-6 says nothing: give its text, or remove it with a reason",
        ]
    );
    assert_eq!(
        problems("  - amend: { item: SSI-FR-6, fields: { moscow: { becomes: Perhaps } } }\n"),
        ["the MoSCoW of SSI-FR-6 cannot be \"Perhaps\": it is one of Must, Should, Could and Won't"]
    );
    assert_eq!(
        problems("  []\n"),
        ["the change set holds no change: say what the SIP adds, amends, moves, removes or retires"]
    );
}

#[test]
fn a_faulty_file_is_explained_with_its_place() {
    let text =
        "sip: SIP-0001\nbase: V1.0.9\nchanges:\n  - amend: { item: nothing, fields: { txt: { becomes: New. } } }\n";
    let problems = ChangeSet::load("c.yaml", text).unwrap_err().to_string();
    assert!(problems.contains("c.yaml:4:20: "), "{problems}");
    assert!(problems.contains("names no item: write an id such as SSI-FR-6a"), "{problems}");
    assert!(problems.contains("txt"), "{problems}");
}
