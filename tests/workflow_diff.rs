//! What changes between two versions of a process, and how running cases move from one to the other.
#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used, reason = "a test that cannot go on fails")]

use quorate::workflow::diff::{diff, text};
use quorate::workflow::load::BUILT_IN;
use quorate::workflow::migrate::{LiveCase, Mapping, plan};
use quorate::workflow::{ClockName, Definition};
use quorate::yaml::{self, Limits};
use serde_yaml::Value;

fn read(text: &str) -> Definition {
    yaml::load("definition.yaml", text, Limits::default()).unwrap_or_else(|problems| panic!("{problems}")).value
}

fn lifecycle() -> Definition {
    read(BUILT_IN[0].1)
}

/// The lifecycle of a SIP with some passages replaced.
fn changed(replacements: &[(&str, &str)]) -> Definition {
    let mut text = BUILT_IN[0].1.to_owned();
    for (passage, replacement) in replacements {
        assert!(text.contains(passage), "{passage}");
        text = text.replacen(passage, replacement, 1);
    }
    read(&text)
}

fn said(replacements: &[(&str, &str)]) -> Vec<String> {
    diff(&lifecycle(), &changed(replacements)).iter().map(ToString::to_string).collect()
}

#[test]
fn equal_definitions_do_not_differ() {
    for (_, definition) in BUILT_IN {
        assert_eq!(diff(&read(definition), &read(definition)), []);
    }
    assert_eq!(text(&[]), "");
}

#[test]
fn differences_are_said_as_people_would_read_them() {
    for (passage, replacement, expected) in [
        (
            "target: 5wd\n    counted_from",
            "target: 3wd\n    counted_from",
            "The time DCC has to confirm receipt and say what more is needed changes from 5 to 3 Working Days (acknowledgement)",
        ),
        (
            "title: DCC is validating and prioritising",
            "title: DCC is validating",
            "The title of the state changes from 'DCC is validating and prioritising' to 'DCC is validating' (validation)",
        ),
        (
            "title: Accept\n        by: [dcc]",
            "title: Accept\n        by: [secas]",
            "Who may take 'Accept' in 'DCC is validating and prioritising': now also SECAS; no longer DCC (validation.accept)",
        ),
        (
            "to: [{ when: urgency_claimed, to: urgency_check }, { to: validation }]",
            "to: validation",
            "Where 'Confirm receipt; nothing more is needed' in 'Waiting for DCC to confirm receipt' leads changes from \
             'DCC is checking the claim of urgency' if 'the proposer believes the SIP is urgent', otherwise \
             'DCC is validating and prioritising' to 'DCC is validating and prioritising' (submitted.acknowledge)",
        ),
        (
            "other_sips_considered, marks_complete, { not: changes_access_rights }]",
            "other_sips_considered, marks_complete]",
            "The condition for 'Accept' in 'DCC is validating and prioritising' changes from 'the requirements are clear and \
             viable; and the SIP fits the capabilities of the SSI; and the impact on every other SIP under consideration \
             is recorded; and every published criterion has a mark and a reason; and not: the SIP changes how Users \
             connect, or the access rights they are granted' to 'the requirements are clear and viable; and the SIP fits \
             the capabilities of the SSI; and the impact on every other SIP under consideration is recorded; and every \
             published criterion has a mark and a reason' (validation.accept)",
        ),
        (
            "ia_sign_off: [approve, reject, refine]",
            "ia_sign_off: [approve, reject]",
            "What the SEC Panel may choose at 'ia sign off': no longer 'refine' (bodies.panel.powers.ia_sign_off)",
        ),
        (
            "accepted: { subject: accepted and numbered, to: [proposer, secas]",
            "accepted: { subject: accepted and numbered, to: [proposer, secas, party]",
            "Who is sent the notice 'accepted and numbered': now also SEC Parties (notices.accepted)",
        ),
        (
            "only: dcc\n    takes: [validation.accept]",
            "only: dcc\n    takes: [validation.accept, validation.reject]",
            "What is proved of 'Only DCC accepts a SIP' changes from 'only dcc takes validation.accept' to 'only dcc takes \
             validation.accept and validation.reject' (assertions)",
        ),
        (
            "    extension: { by: [dcc], notice: date_extended }\n",
            "",
            "Who may extend the time DCC has to confirm receipt and say what more is needed is taken out; it was DCC, with \
             the notice 'more time is needed' (acknowledgement)",
        ),
    ] {
        assert_eq!(said(&[(passage, replacement)]), [expected]);
    }
}

#[test]
fn states_and_actions_come_and_go() {
    let said = said(&[
        ("      resume_without_answer:\n", "      go_on:\n"),
        ("  live: { title: Live,", "  in_use: { title: In use,"),
    ]);
    let here = "in 'Waiting for information from the proposer'";
    let leads = "'DCC is checking the claim of urgency' if 'the proposer believes the SIP is urgent; and not: DCC has decided \
                 whether the SIP is urgent', otherwise 'DCC is validating and prioritising'";
    assert_eq!(
        said,
        [
            format!(
                "'Go on without the answer' becomes possible {here}, leading to {leads} (awaiting_information.go_on)"
            ),
            format!(
                "'Go on without the answer' is no longer possible {here} (awaiting_information.resume_without_answer)"
            ),
            "There is a new state, 'In use' (in_use)".to_owned(),
            "The state 'Live' is taken out (live)".to_owned(),
        ]
    );
}

#[test]
fn differences_are_grouped_by_stage_in_the_order_of_the_process() {
    let new = changed(&[
        ("target: 5wd\n    counted_from", "target: 4wd\n    counted_from"),
        ("version: \"1.0\"", "version: \"1.1\""),
        ("    allow: 5wd\n", "    allow: 6wd\n"),
    ]);
    assert_eq!(
        text(&diff(&lifecycle(), &new)),
        "The process as a whole\n  The version changes from 1.0 to 1.1 (version).\n\
         Proposing\n  The time DCC has to confirm receipt and say what more is needed changes from 5 to 4 Working Days \
         (acknowledgement).\n\
         Deployment\n  The usual length of the time DCC has to deploy changes from 5 to 6 Working Days (deployment).\n"
    );
}

/// Every way to change one value of a document or to leave one part of it out.
fn mutants(value: &Value) -> Vec<Value> {
    match value {
        Value::Mapping(entries) => entries
            .iter()
            .flat_map(|(key, part)| {
                let with = |new: Option<Value>| {
                    let mut entries = entries.clone();
                    match new {
                        Some(new) => entries.insert(key.clone(), new),
                        None => entries.remove(key),
                    };
                    Value::Mapping(entries)
                };
                let mut all: Vec<_> = mutants(part).into_iter().map(|part| with(Some(part))).collect();
                all.push(with(None));
                all
            })
            .collect(),
        Value::Sequence(items) => (0..items.len())
            .flat_map(|at| {
                let with = |new: Option<Value>| {
                    let mut items = items.clone();
                    match new {
                        Some(new) => items[at] = new,
                        None => drop(items.remove(at)),
                    }
                    Value::Sequence(items)
                };
                let mut all: Vec<_> = mutants(&items[at]).into_iter().map(|part| with(Some(part))).collect();
                all.push(with(None));
                all
            })
            .collect(),
        Value::String(text) => {
            ["overdue", "setting", "record", "no", "nobody", "stay", "09:30", "date", "7wd", "2020-02-02"]
                .into_iter()
                .map(|other| Value::String(other.to_owned()))
                .chain([Value::String(format!("{text} x"))])
                .collect()
        }
        Value::Number(_) => vec![Value::Number(8.into())],
        _ => Vec::new(),
    }
}

#[test]
fn nothing_changes_without_a_difference_being_said() {
    for (_, text) in [("tiny", include_str!("../fixtures/workflows/tiny.yaml")), BUILT_IN[2]] {
        let old = read(text);
        let mut compared = 0;
        for mutant in mutants(&serde_yaml::from_str(text).unwrap()) {
            let Ok(new) = serde_yaml::with::singleton_map_recursive::deserialize::<Definition, _>(mutant) else {
                continue;
            };
            assert_eq!(diff(&old, &new).is_empty(), old == new, "{new:#?}");
            compared += 1;
        }
        assert!(compared > 500, "{compared}");
    }
}

fn mapping(text: &str) -> Mapping {
    Mapping::load("mapping.yaml", text).unwrap_or_else(|problems| panic!("{problems}"))
}

fn live(case: &str, state: &str, clocks: &[&str]) -> LiveCase {
    let clocks = clocks.iter().map(|clock| ClockName::new(*clock)).collect();
    LiveCase { case: case.to_owned(), state: state.into(), clocks }
}

fn cases() -> Vec<LiveCase> {
    vec![
        live("SIP-0001", "validation", &["findings"]),
        live("SIP-0002", "development", &["development", "scope_watch"]),
        live("SIP-0003", "revised_scope", &["development", "revised_scope"]),
        live("SIP-0004", "backlog", &[]),
    ]
}

/// The lifecycle with a state and a clock renamed and a clock taken out.
fn next_version() -> Definition {
    changed(&[
        ("version: \"1.0\"", "version: \"2.0\""),
        ("  validation:\n    title: DCC", "  assessment:\n    title: DCC"),
        ("  findings:\n", "  assessing:\n"),
        (
            "runs_in: [urgency_check, urgent_timetable, urgent_timetable_panel, validation]",
            "runs_in: [urgency_check, assessment]",
        ),
        ("  scope_watch:\n    title: State that", "  vigilance:\n    title: State that"),
    ])
}

fn planned(text: &str, cases: Vec<LiveCase>) -> Result<Vec<String>, String> {
    let moves = plan(&lifecycle(), &next_version(), &mapping(text), cases).map_err(|refused| refused.to_string())?;
    Ok(moves.iter().map(ToString::to_string).collect())
}

#[test]
fn cases_keep_their_states_and_clocks_unless_they_are_mapped() {
    let mapping = "{ from: '1.0', to: '2.0', states: { validation: assessment }, clocks: { findings: assessing, scope_watch: vigilance } }";
    assert_eq!(
        planned(mapping, cases()).unwrap(),
        [
            "SIP-0001 moves from `validation` to `assessment`; its clock `findings` goes on as `assessing`",
            "SIP-0002 stays in `development`; keeps its clock `development`; its clock `scope_watch` goes on as `vigilance`",
            "SIP-0003 stays in `revised_scope`; keeps its clock `development`; keeps its clock `revised_scope`",
            "SIP-0004 stays in `backlog`",
        ]
    );
}

#[test]
fn a_clock_the_new_version_adds_starts_with_the_move() {
    let mapping = "{ from: '1.0', to: '2.0', states: { backlog: development } }";
    let moves = planned(mapping, vec![live("SIP-0004", "backlog", &[])]).unwrap();
    assert_eq!(
        moves,
        [
            "SIP-0004 moves from `backlog` to `development`; the clock `development` starts; the clock `vigilance` starts"
        ]
    );
}

#[test]
fn no_case_moves_while_one_has_no_place_or_would_lose_a_clock() {
    let refused = planned("{ from: '1.0', to: '2.0' }", cases()).unwrap_err();
    let expected = "\
SIP-0001 is in `validation`, and version 2.0 has no state `validation` for it; map it to one under `states`
SIP-0002 would lose its clock `scope_watch`: under version 2.0 `scope_watch` neither runs nor pauses in `development`; map the clock under `clocks`, or the state elsewhere";
    assert_eq!(refused, expected);
}

#[test]
fn a_mapping_that_does_not_fit_the_versions_is_refused_in_full() {
    let mapping = "{ from: '0.9', to: '2.0', states: { validation: rejected, backlg: backlog, backlog: attic },
      clocks: { findings: acknowledgment, scope_watch: vigilance, development: vigilance, deadline: vigilance } }";
    let refused = planned(mapping, cases()).unwrap_err();
    let expected = "\
the mapping is from version 0.9 to 2.0, but the definitions are 1.0 and 2.0; correct one of them
the mapping leads `validation` to `rejected`, in which a case has ended; a move cannot end a case
the mapping moves the state `backlg`, which version 1.0 does not have; take the line out
the mapping leads `backlog` to `attic`, which version 2.0 does not have; name one of its states
the mapping renames the clock `findings` to `acknowledgment`, which version 2.0 does not have; name one of its clocks
the mapping renames the clock `deadline`, which version 1.0 does not have; take the line out
SIP-0001 is in `validation`, and in `rejected` of version 2.0 it would have ended; map it elsewhere
SIP-0002 would have two clocks `vigilance` in one; map only one of its clocks to it
SIP-0003 would lose its clock `development`: under version 2.0 `vigilance` neither runs nor pauses in `revised_scope`; map the clock under `clocks`, or the state elsewhere
SIP-0004 is in `backlog`, and version 2.0 has no state `attic` for it; map it to one under `states`";
    assert_eq!(refused, expected);
}

#[test]
fn cases_of_another_version_or_process_are_not_moved() {
    let mapping = mapping("{ from: '1.0', to: '1.0' }");
    let refused = plan(&lifecycle(), &read(BUILT_IN[1].1), &mapping, [live("SIP-0001", "drafting", &[])]).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "`ssi-change-governance` and `improvement-consultation` are different processes; move cases between versions of one process\n\
         SIP-0001 is in `drafting`, which version 1.0 does not have; it is not a case of that version"
    );
}

#[test]
fn a_mapping_with_an_unknown_field_is_refused() {
    let problems = Mapping::load("mapping.yaml", "{ from: '1.0', to: '2.0', state: {} }").unwrap_err();
    assert!(problems.to_string().starts_with("mapping.yaml:1:"), "{problems}");
}
