//! A definition is proved sound before it runs, and everything wrong with it is said at once.
#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::time::Instant;

use proptest::prelude::*;
use quorate::workflow::Definition;
use quorate::workflow::check::{Finding, Transition, check, check_report, transitions};
use quorate::workflow::load::{BUILT_IN, built_in, load};
use quorate::yaml::{self, Limits};

#[test]
fn the_definitions_that_come_with_the_program_are_sound() {
    let definitions = built_in().unwrap_or_else(|problems| panic!("{problems}"));
    assert_eq!(definitions.len(), BUILT_IN.len());
    for definition in definitions {
        #[expect(clippy::disallowed_methods, reason = "the time taken is printed, not relied on")]
        let began = Instant::now();
        let report = check_report(definition);
        println!("{}: {:?} in {:?}", definition.process, report.proof, began.elapsed());
        assert_eq!(report.findings, []);
        assert!(report.proof.is_some_and(|proof| proof.transitions_explored >= transitions(definition).len()));
    }
}

/// Every file of a folder under `fixtures/workflows` with this ending, in order.
#[expect(clippy::disallowed_methods, reason = "tests read their fixtures")]
fn fixtures(folder: &str) -> Vec<(String, String)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/workflows/").to_owned() + folder;
    let entries = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<_> = entries.filter(|path| path.is_file()).collect();
    files.sort();
    files
        .iter()
        .map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), std::fs::read_to_string(path).unwrap()))
        .collect()
}

#[test]
fn each_faulty_definition_gives_exactly_its_problems() {
    let files: BTreeMap<_, _> = fixtures("bad").into_iter().collect();
    for (name, text) in &files {
        if let Some(stem) = name.strip_suffix(".yaml") {
            let expected = files.get(&format!("{stem}.expected")).map(String::as_str).unwrap_or_default();
            let problems = load(name, text).expect_err(name);
            assert_eq!(format!("{problems}\n"), expected, "{name}");
        }
    }
}

#[test]
fn the_tiny_definition_is_sound() {
    for (name, text) in fixtures("") {
        load(&name, &text).unwrap_or_else(|problems| panic!("{problems}"));
    }
}

/// The lifecycle of a SIP with one passage replaced.
fn lifecycle_with(passage: &str, replacement: &str) -> String {
    let [(_, text), ..] = BUILT_IN;
    assert!(text.contains(passage), "{passage}");
    text.replacen(passage, replacement, 1)
}

fn problems_of(text: &str) -> String {
    load("lifecycle.yaml", text).err().map(|problems| problems.to_string()).unwrap_or_default()
}

const SHORTCUT: &str = "      shortcut: { title: Skip it all, by: [dcc], to: live, notify: nobody }\n";

#[test]
fn a_shortcut_is_shown_as_the_shortest_path_that_breaks_the_promise() {
    let text = lifecycle_with("      send_out_of_route:\n", &format!("{SHORTCUT}      send_out_of_route:\n"));
    let problems = problems_of(&text);
    assert!(
        problems.ends_with(
            "assertions[0].every_path_to: `live` is reached without passing `validation.accept` on this path: \
             submitted --acknowledge--> validation --shortcut--> live. \
             Close that path, or change what the definition promises."
        ),
        "{problems}"
    );
    assert_eq!(problems.lines().count(), 1, "{problems}");
}

#[test]
fn every_promise_of_the_lifecycle_would_be_missed_if_broken() {
    for (passage, replacement, expected) in [
        (
            "needs: [decided_on, decision_reasons]\n        to: refinement",
            "needs: [decided_on, decision_reasons]\n        to: impact_assessment",
            "`impact_assessment` is reached without passing `refinement.refer` on this path: \
             ia_sign_off_panel --refine--> impact_assessment. ",
        ),
        (
            "to: [{ when: revised_scope_delegated, to: revised_scope }, { to: revised_scope_panel }]",
            "to: stay",
            "`deployment_sign_off` is reached without passing `revised_scope.approve` or `revised_scope_panel.approve` \
             on this path: development --report_change--> development --complete_development--> deployment_sign_off",
        ),
        (
            "to: second_consultation_due",
            "to: revised_scope",
            "is reached without passing `second_consultation` on this path: revised_scope_panel --second_consultation--> \
             revised_scope --escalate--> revised_scope_panel --approve-->",
        ),
        (
            "title: Accept\n        by: [dcc]",
            "title: Accept\n        by: [dcc, secas]",
            "`validation.accept` is taken by `secas`",
        ),
    ] {
        let problems = problems_of(&lifecycle_with(passage, replacement));
        assert!(problems.contains(expected), "{passage}: {problems}");
    }
}

const ONCE_ONLY: &str = "assertions:
  - says: Urgency is decided once
    after: urgency_check.dismiss_urgency
    never_reaches: [urgency_check]
";

#[test]
fn what_actions_set_is_honoured_on_every_path() {
    let text = lifecycle_with("assertions:\n", ONCE_ONLY);
    assert_eq!(problems_of(&text), "");
    let dismissed = "sets: { urgency_decided: yes }\n        to: validation\n";
    let forgotten = text.replacen(dismissed, "to: validation\n", 1);
    assert_ne!(forgotten, text);
    let problems = problems_of(&forgotten);
    let path = "urgency_check --dismiss_urgency--> validation --ask_information--> awaiting_information \
                --provide_information--> urgency_check";
    assert!(problems.contains(path), "{problems}");
}

#[test]
fn a_text_that_cannot_be_read_gives_only_the_problems_of_reading() {
    let problems = problems_of(&lifecycle_with("title: Accept\n", "titel: Accept\n"));
    assert!(problems.contains("`titel`") && !problems.contains("assertions"), "{problems}");
}

#[test]
fn transitions_name_every_branch_and_every_state_of_a_shared_action() {
    let [(_, text)] = &fixtures("")[..] else { panic!("one small definition") };
    let definition = load("tiny.yaml", text).unwrap();
    let said: Vec<_> = transitions(&definition)
        .into_iter()
        .map(|Transition { from, action, branch, to }| {
            format!("{from}.{action}{} {to}", branch.map_or(String::new(), |at| format!("[{at}]")))
        })
        .collect();
    assert_eq!(
        said,
        [
            "open.reply[0] decision",
            "open.reply[1] waiting",
            "open.lapse lapsed",
            "open.withdraw withdrawn",
            "waiting.table decision",
            "waiting.withdraw withdrawn",
            "decision.approve approved",
            "decision.refuse refused",
        ]
    );
}

/// A way in a random graph of states: whether it asks that the flag is up, and what it does with it.
#[derive(Debug, Clone)]
struct Way {
    from: usize,
    to: usize,
    asks: Option<bool>,
    sets: Option<bool>,
}

#[derive(Debug, Clone)]
struct RandomGraph {
    ends: Vec<bool>,
    ways: Vec<Way>,
    by_way_of: usize,
}

fn random_graph() -> impl Strategy<Value = RandomGraph> {
    (2_usize..7).prop_flat_map(|states| {
        let flag = || prop::option::weighted(0.4, any::<bool>());
        let way =
            (0..states, 0..states, flag(), flag()).prop_map(|(from, to, asks, sets)| Way { from, to, asks, sets });
        (prop::collection::vec(prop::bool::weighted(0.3), states), prop::collection::vec(way, 0..14), 0..states)
            .prop_map(|(mut ends, mut ways, by_way_of)| {
                ends[0] = false;
                ways.retain(|way| !ends[way.from]);
                RandomGraph { ends, ways, by_way_of }
            })
    })
}

impl RandomGraph {
    fn definition(&self) -> Definition {
        let mut text = "{ process: p, version: '1', title: P, subject: P, effective: 2020-01-01, source: S, start: s0, when_a_date_moves: n,
          notify_at_start: nobody, notify_on_migration: nobody,
          roles: { r: { title: R } }, stages: { g: { title: G } }, notices: { n: { subject: N, to: [r] } },
          facts: { flag: { title: Flag, kind: yes_no, from: process } }, states: {"
            .to_owned();
        for (state, ends) in self.ends.iter().enumerate() {
            let actions: String =
                self.ways.iter().enumerate().filter(|(_, way)| way.from == state).map(action).collect();
            let ends = if *ends { "ends: E" } else { "owner: r, untimed: U" };
            writeln!(text, "s{state}: {{ title: T, stage: g, {ends}, actions: {{ {actions} }} }},").unwrap();
        }
        let last = self.ends.len() - 1;
        write!(text, "}}, assertions: [{{ says: A, every_path_to: s{last}, passes: [s{}] }}] }}", self.by_way_of)
            .unwrap();
        yaml::load(file!(), &text, Limits::default()).unwrap_or_else(|problems| panic!("{problems}\n{text}")).value
    }

    /// Which states, with the flag down or up, a path from `first` reaches without entering a state to `avoid`.
    fn closure(&self, first: (usize, bool), avoid: Option<usize>) -> BTreeSet<(usize, bool)> {
        let mut reached: BTreeSet<_> = [first].into_iter().filter(|(state, _)| Some(*state) != avoid).collect();
        for _ in 0..2 * self.ends.len() {
            for (state, flag) in reached.clone() {
                let open = self.ways.iter().filter(|way| way.from == state && way.asks.is_none_or(|asks| asks == flag));
                let next = open.map(|way| (way.to, way.sets.unwrap_or(flag)));
                reached.extend(next.filter(|(state, _)| Some(*state) != avoid));
            }
        }
        reached
    }

    fn reached(&self) -> BTreeSet<(usize, bool)> {
        self.closure((0, false), None)
    }

    fn names(states: impl IntoIterator<Item = usize>) -> BTreeSet<String> {
        states.into_iter().map(|state| format!("states.s{state}")).collect()
    }
}

fn action((index, way): (usize, &Way)) -> String {
    let word = |yes| if yes { "yes" } else { "no" };
    let when = way.asks.map(|up| if up { "when: flag, " } else { "when: { not: flag }, " }).unwrap_or_default();
    let sets = way.sets.map(|up| format!("sets: {{ flag: {} }}, ", word(up))).unwrap_or_default();
    format!("a{index}: {{ title: A, by: [r], {when}{sets}to: s{}, notify: nobody }}, ", way.to)
}

fn paths_saying(findings: &[Finding], what: &str) -> BTreeSet<String> {
    findings.iter().filter(|finding| finding.what.contains(what)).map(|finding| finding.path.clone()).collect()
}

proptest! {
    #[test]
    fn what_the_check_reaches_is_what_can_be_reached(graph in random_graph()) {
        let findings = check(&graph.definition());
        let reached: BTreeSet<_> = graph.reached().into_iter().map(|(state, _)| state).collect();
        let unreached = (0..graph.ends.len()).filter(|state| !reached.contains(state));
        prop_assert_eq!(paths_saying(&findings, "no path from"), RandomGraph::names(unreached));
    }

    #[test]
    fn what_the_check_finds_stuck_is_what_cannot_end(graph in random_graph()) {
        let findings = check(&graph.definition());
        let can_end = |from| graph.closure(from, None).iter().any(|(state, _)| graph.ends[*state]);
        let lost = graph.reached().into_iter().filter(|at| !can_end(*at)).map(|(state, _)| state);
        let lost = lost.filter(|state| graph.ways.iter().any(|way| way.from == *state));
        prop_assert_eq!(paths_saying(&findings, "can never end"), RandomGraph::names(lost));
    }

    #[test]
    fn what_the_check_proves_is_what_holds(graph in random_graph()) {
        let findings = check(&graph.definition());
        let last = graph.ends.len() - 1;
        let reaches = |reached: BTreeSet<(usize, bool)>| reached.iter().any(|(state, _)| *state == last);
        let way_round = reaches(graph.closure((0, false), Some(graph.by_way_of)));
        prop_assert_eq!(!paths_saying(&findings, "without passing").is_empty(), way_round);
        let vacuous = !paths_saying(&findings, "no path reaches").is_empty();
        prop_assert_eq!(vacuous, !reaches(graph.reached()));
    }
}
