//! Several change sets together: what comes together by itself, what does not, and what settles it.

use chrono::DateTime;
use quorate::brd::changes::{
    Collision, Conflict, Decision, Field, Merged, Notice, Origin, Settlement, apply, collisions, merge,
};

use super::*;

fn merged(sets: &[ChangeSet]) -> Merged {
    merge(&small(), sets, &[]).unwrap()
}

fn settle(conflict: &Conflict, decision: Decision) -> Settlement {
    let at = DateTime::from_timestamp(1_700_000_000, 0).unwrap();
    Settlement { conflict: conflict.clone(), decision, by: "dana".to_owned(), at, why: "Agreed by both.".to_owned() }
}

fn amended(number: usize, id: &str, text: &str) -> ChangeSet {
    drafted(number, &format!("  - amend: {{ item: {id}, fields: {{ text: {{ becomes: \"{text}\" }} }} }}\n"))
}

fn met(ours: &ChangeSet, theirs: &ChangeSet) -> Vec<Collision> {
    collisions(&small(), ours, theirs).unwrap()
}

#[test]
fn changes_of_different_items_do_not_meet() {
    let one = amended(1, "SSI-FR-6", "The form shall be short.");
    let two = amended(2, "SSI-FR-6a", "The list shall be long.");
    assert_eq!(met(&one, &two), []);
    let both = merged(&[one.clone(), two.clone()]);
    assert_eq!((both.conflicts.len(), both.notices.len()), (0, 0));
    assert_eq!(text(&both.brd, "SSI-FR-6"), "The form shall be short.");
    assert_eq!(text(&both.brd, "SSI-FR-6a"), "The list shall be long.");
    let add = |number, words: &str| {
        drafted(
            number,
            &format!(
                "  - add: {{ kind: requirement, item: SSI-FR-{number}, says: {{ domain: BFD01, text: {words} }} }}\n"
            ),
        )
    };
    assert_eq!(met(&add(31, "One thing."), &add(32, "Another thing.")), []);
}

#[test]
fn different_words_of_one_text_both_stand_and_each_keeps_its_sip() {
    let one =
        amended(1, "SSI-FR-6", "The form shall ask for the category, the place and the description of the incident.");
    let two = amended(2, "SSI-FR-6", "The online form shall ask for the category and the description of the incident.");
    let both = merged(&[one.clone(), two.clone()]);
    let after = "The online form shall ask for the category, the place and the description of the incident.";
    assert_eq!(text(&both.brd, "SSI-FR-6"), after);
    let notice = Notice::BothMerge { item: item("SSI-FR-6"), field: Field::Text, sips: vec![sip(1), sip(2)] };
    assert_eq!(both.notices, std::slice::from_ref(&notice));
    assert_eq!(met(&one, &two), [Collision::Notice(notice)]);
    let words = &both.touched[&item("SSI-FR-6")].words[&Field::Text];
    let by = |number| {
        words.iter().filter(move |word| word.origin == Origin::Added(vec![sip(number)])).map(|word| word.text.trim())
    };
    assert_eq!(by(1).collect::<Vec<_>>(), [", the place"]);
    assert_eq!(by(2).collect::<Vec<_>>(), ["online"]);
}

#[test]
fn the_same_words_changed_in_two_ways_are_shown_and_not_guessed() {
    let one = amended(1, "SSI-FR-6a", "The list shall show every open incident of the organisation.");
    let two = amended(2, "SSI-FR-6a", "The list shall show every recent incident of the organisation.");
    let both = merged(&[one.clone(), two.clone()]);
    assert_eq!(both.brd, small());
    let [conflict] = both.conflicts.as_slice() else { panic!("{:?}", both.conflicts) };
    assert_eq!(conflict.live.as_deref(), Some("The list shall show every incident of the organisation."));
    assert_eq!(conflict.sides.len(), 2);
    assert_eq!(met(&one, &two), [Collision::Conflict(conflict.clone())]);

    let text_of = |decision| {
        let settled = merge(&small(), &[one.clone(), two.clone()], &[settle(conflict, decision)]).unwrap();
        assert_eq!(settled.settled, std::slice::from_ref(conflict));
        text(&settled.brd, "SSI-FR-6a")
    };
    assert_eq!(text_of(Decision::Takes(sip(2))), "The list shall show every recent incident of the organisation.");
    assert_eq!(
        text_of(Decision::Text("The list shall show what is open.".to_owned())),
        "The list shall show what is open."
    );
}

#[test]
fn a_settlement_holds_for_exactly_what_was_settled() {
    let one = amended(1, "SSI-FR-6a", "The list shall show every open incident of the organisation.");
    let two = amended(2, "SSI-FR-6a", "The list shall show every recent incident of the organisation.");
    let conflict = merged(&[one.clone(), two]).conflicts.remove(0);
    let other = amended(2, "SSI-FR-6a", "The list shall show every closed incident of the organisation.");
    let settlement = settle(&conflict, Decision::Takes(sip(1)));
    let again = merge(&small(), &[one, other], &[settlement]).unwrap();
    assert_eq!(again.conflicts.len(), 1);
    assert_eq!(
        conflict.unfit(&Decision::Takes(sip(9))).unwrap(),
        "SIP-0009 has no side in it; name one of SIP-0001, SIP-0002"
    );
}

#[test]
fn different_fields_of_one_item_both_stand() {
    let one = amended(1, "SSI-FR-6", "The form shall be short.");
    let two = drafted(2, "  - amend: { item: SSI-FR-6, fields: { moscow: { becomes: Should } } }\n");
    let both = merged(&[one, two]);
    assert_eq!(both.conflicts, []);
    assert_eq!(both.notices, [Notice::BothTouch { item: item("SSI-FR-6"), sips: vec![sip(1), sip(2)] }]);
    assert_eq!(both.brd.requirements[0].moscow.unwrap().as_str(), "Should");
    let rows = |roles: &str| {
        format!("  - amend: {{ item: access View schedule, fields: {{ roles: {{ becomes: {roles} }} }} }}\n")
    };
    let one = drafted(
        1,
        &format!(
            "{}  - add: {{ kind: role, item: role Auditor, says: {{}} }}\n",
            rows("'All Access, Logistics, Auditor'")
        ),
    );
    let two = drafted(2, &rows("All Access"));
    let both = merged(&[one, two]);
    let roles: Vec<_> = both.brd.access[1].roles.iter().map(ToString::to_string).collect();
    assert_eq!(roles, ["All Access", "Auditor"]);
}

#[test]
fn a_whole_value_set_in_two_ways_is_a_conflict_and_set_alike_is_not() {
    let to = |number, domain: &str| {
        drafted(number, &format!("  - move: {{ item: SSI-FR-6, to: {{ domain: {{ becomes: {domain} }} }} }}\n"))
    };
    assert_eq!(merged(&[to(1, "BFD05"), to(2, "BFD07")]).conflicts.len(), 1);
    let both = merged(&[to(1, "BFD07"), to(2, "bfd-7")]);
    assert_eq!(both.conflicts, []);
    assert!(matches!(both.notices.as_slice(), [Notice::SameChange { .. }]), "{:?}", both.notices);
}

#[test]
fn amending_what_another_removes_is_a_conflict_about_the_item() {
    let gone = drafted(1, "  - remove: { item: SSI-FR-16, reason: Nobody uses it. }\n");
    let changed = amended(2, "SSI-FR-16", "The schedule shall have a calendar by week.");
    let both = merged(&[gone.clone(), changed.clone()]);
    let [conflict] = both.conflicts.as_slice() else { panic!("{:?}", both.conflicts) };
    assert_eq!((conflict.field, conflict.sides[0].says.as_str()), (None, "removes it: Nobody uses it."));
    let keep = settle(conflict, Decision::Takes(sip(2)));
    let settled = merge(&small(), &[gone.clone(), changed.clone()], &[keep]).unwrap();
    assert_eq!(text(&settled.brd, "SSI-FR-16"), "The schedule shall have a calendar by week.");
    let text = settle(conflict, Decision::Text("Something.".to_owned()));
    assert_eq!(merge(&small(), &[gone, changed], &[text]).unwrap().conflicts.len(), 1);
}

#[test]
fn work_under_a_domain_that_another_retires_is_a_conflict_unless_it_is_moved_away() {
    let retire = "  - retire: { item: BFD05, into: BFD01, reason: Part of it. }\n";
    let follow = "  - retire: { item: BFD05, into: BFD01, reason: Part of it., dependents: follow }\n";
    let amends = amended(2, "SSI-FR-16", "The schedule shall have a calendar by week.");
    let adds = drafted(
        3,
        "  - add: { kind: requirement, item: SSI-FR-33, says: { domain: BFD05, text: It shall be printed. } }\n",
    );
    let conflicts = |found: &[Collision]| found.iter().filter(|collision| collision.is_conflict()).count();

    assert_eq!(conflicts(&met(&drafted(1, retire), &amends)), 1);
    assert_eq!(conflicts(&met(&drafted(1, follow), &amends)), 0);
    assert_eq!(conflicts(&met(&drafted(1, follow), &adds)), 1);

    let both = merged(&[drafted(1, follow), adds.clone()]);
    let [conflict] = both.conflicts.as_slice() else { panic!("{:?}", both.conflicts) };
    assert_eq!(
        conflict.to_string(),
        "SIP-0001 and SIP-0003 want different things of the domain of SSI-FR-33; SIP-0001: \"BFD05 is retired into BFD01\"; \
         SIP-0003: \"domain is BFD05\""
    );
    for (decision, domain) in [(Decision::Takes(sip(1)), "BFD01"), (Decision::Text("BFD07".to_owned()), "BFD07")] {
        let settled = merge(&small(), &[drafted(1, follow), adds.clone()], &[settle(conflict, decision)]).unwrap();
        assert_eq!(settled.conflicts, []);
        assert_eq!(settled.brd.requirements.last().unwrap().domain.unwrap().to_string(), domain);
    }
}

#[test]
fn one_id_or_one_wording_added_twice_is_a_conflict() {
    let add = |number, id: u32, words: &str| {
        drafted(number, &format!("  - add: {{ kind: requirement, item: SSI-FR-{id}, says: {{ text: {words} }} }}\n"))
    };
    let found = met(&add(1, 22, "One."), &add(2, 22, "Two."));
    assert!(matches!(found.as_slice(), [Collision::Conflict(Conflict { field: None, .. })]), "{found:?}");
    let found = met(&add(1, 22, "The same  words."), &add(2, 23, "the same words."));
    assert_eq!(found, [Collision::SameWords { ours: item("SSI-FR-22"), theirs: item("SSI-FR-23") }]);
    assert!(found[0].is_conflict());
}

#[test]
fn naming_what_another_retires_is_pointed_out() {
    let retire = drafted(1, "  - remove: { item: SSI-FR-16, reason: Unused. }\n");
    let names = amended(2, "SSI-FR-6", "The form shall work as in SSI-FR-16.");
    assert_eq!(met(&retire, &names), [Collision::Names { item: item("SSI-FR-6"), gone: item("SSI-FR-16") }]);
}

#[test]
fn a_set_drafted_on_an_earlier_version_is_brought_up_to_date_word_by_word() {
    let live = apply(
        &small(),
        &amended(1, "SSI-FR-6", "The online form shall ask for the category and the description of the incident."),
    )
    .unwrap();
    let late = amended(2, "SSI-FR-6", "The form shall ask for the category and the place of the incident.");
    let after = merge(&live, std::slice::from_ref(&late), &[]).unwrap();
    assert_eq!(
        text(&after.brd, "SSI-FR-6"),
        "The online form shall ask for the category and the place of the incident."
    );
    assert_eq!(after.notices, [Notice::Rebased { item: item("SSI-FR-6"), field: Field::Text, sip: sip(2) }]);
    let clash =
        amended(3, "SSI-FR-6", "The paper form shall ask for the category and the description of the incident.");
    assert_eq!(merge(&live, &[clash], &[]).unwrap().conflicts.len(), 1);
}

#[test]
fn a_set_that_does_not_apply_at_all_is_named() {
    let set = written(4, "  - remove: { item: SSI-FR-99, reason: Unused. }\n");
    let found = words(&merge(&small(), &[set], &[]).unwrap_err());
    assert_eq!(found, ["SIP-0004: SSI-FR-99 is not in the baseline: check its id"]);
}
