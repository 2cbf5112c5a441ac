#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used, reason = "tests may fail")]

#[path = "diagram/bpmn.rs"]
mod bpmn;
#[path = "diagram/layout.rs"]
mod layout;
#[path = "diagram/xml.rs"]
pub(crate) mod xml;

use quorate::workflow::diagram::{Highlight, mermaid, svg};
use quorate::workflow::{ActionName, Definition, StateName};

pub(crate) const SIP: &str = include_str!("../workflows/ssi-change-governance.yaml");
pub(crate) const CONSULTATION: &str = include_str!("../workflows/improvement-consultation.yaml");
pub(crate) const PROCESS_CHANGE: &str = include_str!("../workflows/governance-process-change.yaml");

/// A definition as written, without the checks of the loader.
pub(crate) fn definition(yaml: &str) -> Definition {
    parse(yaml)
}

/// Any part of a definition as written.
pub(crate) fn parse<T: serde::de::DeserializeOwned>(yaml: &str) -> T {
    serde_yaml::with::singleton_map_recursive::deserialize(serde_yaml::Deserializer::from_str(yaml)).unwrap()
}

fn all() -> [Definition; 3] {
    [SIP, CONSULTATION, PROCESS_CHANGE].map(definition)
}

/// Every way a case can go: the state, the action and where it leads.
fn ways(definition: &Definition) -> Vec<(&StateName, &ActionName, &StateName)> {
    let of = |state| definition.actions_of(state).map(move |(name, action)| (state, name, action.to.states(state)));
    let branches = definition.states.keys().flat_map(of);
    branches.flat_map(|(state, name, to)| to.into_iter().map(move |to| (state, name, to))).collect()
}

fn titles<'a>(definition: &'a Definition, way: (&'a StateName, &ActionName, &StateName)) -> [&'a str; 3] {
    let (state, action, to) = way;
    let action = &definition.actions_of(state).find(|(name, _)| *name == action).unwrap().1.title;
    [&definition.states[state].title, action, &definition.states[to].title]
}

/// A definition whose words would break any drawing that does not make them safe.
fn hostile() -> Definition {
    let mut definition = definition(SIP);
    let words = "<script>alert(\"1\")</script> & ']]>' \u{1} #quot; |x| {y} [z] `a` --> end";
    definition.title = words.into();
    definition.subject = words.into();
    definition.source = words.into();
    for role in definition.roles.values_mut() {
        role.title = words.into();
    }
    for stage in definition.stages.values_mut() {
        stage.title = words.into();
    }
    for fact in definition.facts.values_mut() {
        fact.title = words.into();
    }
    for clock in definition.clocks.values_mut() {
        clock.title = words.into();
    }
    for notice in definition.notices.values_mut() {
        notice.subject = words.into();
    }
    for state in definition.states.values_mut() {
        state.title = words.into();
        state.ends = state.ends.as_ref().map(|_| words.to_owned());
        for action in state.actions.values_mut() {
            action.title = words.into();
        }
    }
    definition
}

/// What concerned the respondents to the consultation on the process: each way must be there to be seen.
const ASKED_FOR: [(&str, &str, &str); 18] = [
    ("submitted", "acknowledge", "validation"),
    ("submitted", "acknowledge", "urgency_check"),
    ("urgency_check", "confirm_urgency", "urgent_timetable"),
    ("urgency_check", "confirm_urgency", "urgent_timetable_panel"),
    ("ia_sign_off", "approve", "impact_assessment"),
    ("ia_sign_off", "escalate", "ia_sign_off_panel"),
    ("ia_sign_off_panel", "refine", "refinement"),
    ("development_sign_off", "approve", "development"),
    ("development_sign_off", "escalate", "development_sign_off_panel"),
    ("revised_scope", "escalate", "revised_scope_panel"),
    ("revised_scope_panel", "second_consultation", "second_consultation_due"),
    ("second_collation", "refer_back", "revised_scope_panel"),
    ("deployment_sign_off", "escalate", "deployment_sign_off_panel"),
    ("deployment_sign_off", "revise", "development"),
    ("deployment_sign_off", "approve", "scheduled"),
    ("validation", "reject", "rejected"),
    ("ia_sign_off", "reject", "rejected"),
    ("submitted", "withdraw", "withdrawn"),
];

#[test]
fn the_ways_respondents_asked_to_see_are_among_those_drawn() {
    let definition = definition(SIP);
    let ways = ways(&definition);
    for (state, action, to) in ASKED_FOR {
        assert!(ways.contains(&(&state.into(), &action.into(), &to.into())), "{state}.{action} to {to}");
    }
    let drawn = xml::read(&svg(&definition, Highlight::default()));
    let start = drawn.all().into_iter().find(|element| element.get("id") == "start").unwrap();
    assert_eq!(start.words_of("text"), "New SIP");
    let rejected = "Rejected: It was rejected with a reason; the proposer may submit a new SIP linked to it.";
    assert!(drawn.words_of("text").contains(rejected));
}

#[test]
fn svg_shows_every_way_with_the_words_of_its_action() {
    for definition in all() {
        let drawn = xml::read(&svg(&definition, Highlight::default()));
        for way in ways(&definition) {
            let [state, action, to] = titles(&definition, way);
            let title = format!("{state}: {action} \u{2192} {to}");
            let group = drawn.all().into_iter().find(|group| group.name == "g" && group.words_of("title") == title);
            let group = group.unwrap_or_else(|| panic!("{title} is not drawn"));
            assert!(group.words_of("text").starts_with(action), "{title} is not said");
            assert!(group.children.iter().filter(|child| child.name == "path").count() >= 2, "{title} has no line");
        }
    }
}

#[test]
fn svg_shows_every_state_with_its_owner_and_its_clocks() {
    let definition = definition(SIP);
    let drawn = xml::read(&svg(&definition, Highlight::default()));
    for (name, state) in definition.states.iter().filter(|(_, state)| !state.is_final()) {
        let id = format!("state.{name}");
        let group = drawn.all().into_iter().find(|group| group.get("id") == id).unwrap();
        let words = group.words_of("text").to_lowercase();
        assert!(words.starts_with(&state.title.to_lowercase()), "{words}");
        assert!(words.contains(&definition.title_of(state.owner.as_ref().unwrap().as_str()).to_lowercase()), "{words}");
        for (_, clock) in definition.clocks_in(name) {
            let days = clock.target.or(clock.allow).unwrap().get();
            assert!(words.contains(&format!("{days} working days")), "{words}");
        }
        assert_eq!(words.contains("determination"), state.determination.is_some(), "{words}");
    }
}

#[test]
fn svg_stands_alone_without_script_style_or_anything_from_elsewhere() {
    for definition in all() {
        let drawn = xml::read(&svg(&definition, Highlight::default()));
        let mut ids = Vec::new();
        for element in drawn.all() {
            let known = ["svg", "title", "desc", "g", "rect", "path", "circle", "text"];
            assert!(known.contains(&element.name.as_str()), "{}", element.name);
            assert!(element.attributes.keys().all(|name| name != "style" && name != "class" && !name.contains("href")));
            ids.extend(element.attributes.get("id"));
        }
        let count = ids.len();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), count);
    }
}

#[test]
fn svg_says_where_a_case_is_and_where_it_has_been() {
    let definition = definition(SIP);
    let (current, visited) = ("validation".into(), ["submitted".into(), "awaiting_information".into()]);
    let drawn = xml::read(&svg(&definition, Highlight { current: Some(&current), visited: &visited }));
    let words = |id: &str| {
        drawn.all().into_iter().find(|group| group.get("id") == id).map(|group| group.words_of("text")).unwrap()
    };
    assert!(words("state.validation").contains("It is here now"));
    assert!(words("state.submitted").contains("passed"));
    assert!(words("state.awaiting_information").contains("passed"));
    assert!(!words("state.backlog").contains("passed"));
    assert!(!svg(&definition, Highlight::default()).contains("It is here now"));
}

#[test]
fn words_of_a_definition_cannot_break_a_drawing() {
    let definition = hostile();
    let drawn = xml::read(&svg(&definition, Highlight::default()));
    assert!(drawn.words_of("title").contains("<script>alert(\"1\")</script> & ']]>'"));
    bpmn::read(&definition);
    for line in mermaid(&definition).lines().filter(|line| line.contains('"')) {
        let quoted = line.split('"').nth(1).unwrap();
        assert_eq!(line.matches('"').count(), 2, "{line}");
        assert!(!quoted.replace("<br/>", "").contains(['<', '>', '[', ']', '{', '}', '|', '`', '\u{1}']), "{line}");
    }
}

#[test]
fn mermaid_shows_every_state_and_every_way_with_the_words_of_its_action() {
    let plain = |words: &str| words.replace("#59;", ";").replace("#46;", ".").replace("<br/>", " ");
    for definition in all() {
        let drawn = mermaid(&definition);
        let lines: Vec<_> = drawn.lines().map(|line| plain(line.trim())).collect();
        assert!(lines[1].ends_with(&format!("--> state_{}", definition.start)), "{}", lines[1]);
        for (name, state) in &definition.states {
            let node = |line: &&String| line.starts_with(&format!("state_{name}")) && !line.contains("-->");
            let node: Vec<_> = lines.iter().filter(node).filter(|line| line.contains(&state.title)).collect();
            assert_eq!(node.len(), 1, "{name}");
        }
        for way in ways(&definition) {
            let [_, action, _] = titles(&definition, way);
            let (state, _, to) = way;
            let begin = format!("state_{state} -->|\"{action}");
            let end = format!("\"| state_{to}");
            assert!(lines.iter().any(|line| line.starts_with(&begin) && line.ends_with(&end)), "{begin} {end}");
        }
    }
}

#[test]
fn the_same_definition_gives_the_same_drawing() {
    use quorate::workflow::diagram::bpmn;
    for (one, other) in all().into_iter().zip(all()) {
        assert_eq!(svg(&one, Highlight::default()), svg(&other, Highlight::default()));
        assert_eq!(mermaid(&one), mermaid(&other));
        assert_eq!(bpmn(&one), bpmn(&other));
    }
}

#[test]
fn a_definition_that_makes_no_sense_is_drawn_as_far_as_it_goes() {
    let mut lost = definition(SIP);
    lost.start = "nowhere".into();
    let mut gaps = definition(SIP);
    gaps.states.retain(|name, _| !["validation", "live", "revised_scope_panel"].contains(&name.as_str()));
    gaps.stages.clear();
    gaps.roles.clear();
    let mut empty = definition(SIP);
    empty.states.clear();
    for definition in [lost, gaps, empty] {
        xml::read(&svg(&definition, Highlight::default()));
        bpmn::read(&definition);
        assert!(mermaid(&definition).starts_with("flowchart TD"));
    }
}
