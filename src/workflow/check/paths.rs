//! What is proved by searching every path: each state is reached and left, each way is open at some time, clocks
//! start, stop and know their dates, and every assertion holds.

use super::graph::{Edge, Graph};
use super::search::{Search, Seen};
use super::{Findings, Proof, assertions, clocks};

/// Searches the paths, and says how much was searched.
pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) -> Proof {
    let mut proof = Proof::default();
    let reached = Search::from_start(graph, &|progress, _| Seen::On(progress), &mut proof);
    unreached(graph, &reached, findings);
    never_open(graph, &reached, findings);
    stuck(graph, &reached, findings);
    clocks::on_paths(graph, &reached, findings, &mut proof);
    assertions::prove(graph, &reached, findings, &mut proof);
    proof
}

fn unreached(graph: &Graph<'_>, reached: &Search<'_>, findings: &mut Findings) {
    for name in graph.definition.states.keys().filter(|name| reached.visits_in(name).next().is_none()) {
        let what = format!("no path from `{}` reaches this state", graph.definition.start);
        findings.add(format!("states.{name}"), what, "Let an action lead to it, or take it out.");
    }
}

/// Ways that are closed on every path because of what the process has set by then.
fn never_open(graph: &Graph<'_>, reached: &Search<'_>, findings: &mut Findings) {
    for (index, name) in graph.definition.states.keys().enumerate() {
        let facts: Vec<_> = reached.visits_in(name).map(|(_, visit)| visit.facts).collect();
        let is_closed = |edge: &&Edge<'_>| edge.is_ever_open() && !facts.iter().any(|facts| edge.is_open(*facts));
        for edge in graph.edges(index).iter().filter(|_| !facts.is_empty()).filter(is_closed) {
            let branch = edge.branch.map(|branch| format!(".to[{branch}]")).unwrap_or_default();
            let what = format!("this is never taken: on no path to `{name}` has the process set the facts it asks for");
            let mend = "Correct its guard, let an earlier action set the fact, or take it out.";
            findings.add(format!("{}{branch}", written_at(graph, edge)), what, mend);
        }
    }
}

fn written_at(graph: &Graph<'_>, edge: &Edge<'_>) -> String {
    let own = graph.definition.states.get(edge.from).filter(|state| state.actions.contains_key(edge.name));
    match own {
        Some(_) => format!("states.{}.actions.{}", edge.from, edge.name),
        None => format!("shared_actions.{}.action", edge.name),
    }
}

/// States in which a case could be left for ever; one in which nothing can be done is found by its shape already.
fn stuck(graph: &Graph<'_>, reached: &Search<'_>, findings: &mut Findings) {
    let ends = reached.leading_to(&|state| graph.is_final(state));
    for (index, name) in graph.definition.states.keys().enumerate().filter(|(index, _)| !graph.edges(*index).is_empty())
    {
        let lost = reached.visits_in(name).find(|(at, _)| ends.get(*at) == Some(&false));
        if let Some((at, _)) = lost.filter(|_| !graph.is_final(index)) {
            let what = format!("a case that comes here can never end: {}", reached.path_to(at));
            findings.add(format!("states.{name}"), what, "Let an action lead on towards a state that `ends`.");
        }
    }
}
