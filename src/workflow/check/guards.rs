//! Guards: asked of facts of the right kind, and able to hold.

use std::collections::HashSet;

use super::Findings;
use super::references::{WrittenAction, atoms, written_actions};
use super::spelling::mend;
use crate::workflow::{Branch, Comparison, Definition, FactName, Facts, Guard, Kind, Target, Value};

/// The most combinations of values tried before a guard is taken to be able to hold.
const MOST_COMBINATIONS: usize = 4096;

pub(super) fn check(definition: &Definition, findings: &mut Findings) {
    for written in written_actions(definition) {
        let before = findings.list.len();
        for (path, guard) in written.guards() {
            for (path, atom) in atoms(&path, guard) {
                misuse(definition, &path, atom, findings);
            }
        }
        if findings.list.len() == before {
            able_to_hold(definition, &written, findings);
        }
    }
}

fn misuse(definition: &Definition, path: &str, atom: &Guard, findings: &mut Findings) {
    let (Guard::Holds(fact) | Guard::Compare(fact, _)) = atom else { return };
    let Some(kind) = definition.kind_of(fact) else { return };
    if let Some(what) = atom.misuse(kind) {
        let mend = "Ask about a fact of that kind, or compare this one in a way that fits its kind.";
        findings.add(path, what, mend);
    }
    if let (Guard::Compare(_, Comparison::Is(choice)), Kind::Choice) = (atom, kind) {
        let choices: Vec<_> = choices(definition, fact).iter().map(String::as_str).collect();
        if !choices.contains(&choice.as_str()) {
            let what = format!("`{choice}` is not a choice of `{fact}`");
            findings.add(path, what, mend(choice, &choices, "Declare it under `choices`"));
        }
    }
}

/// Actions and branches that could not be taken whatever the facts are.
fn able_to_hold(definition: &Definition, written: &WrittenAction<'_>, findings: &mut Findings) {
    let WrittenAction { path, action, .. } = written;
    let anything = |_: &FactName| None;
    if action.when.as_ref().is_some_and(|guard| !can_hold(definition, guard, &anything)) {
        let what = "this can never hold, so the action can never be taken";
        return findings.add(format!("{path}.when"), what, "Correct the guard, or take the action out.");
    }
    let Target::Branches(branches) = &action.to else { return };
    for index in 0..branches.len() {
        let (before, from_here) = branches.split_at(index);
        let Some(branch) = from_here.first().filter(|_| before.iter().all(|branch| branch.when.is_some())) else {
            return;
        };
        if !can_hold(definition, &condition(action.when.as_ref(), before, branch), &anything) {
            let what = "this branch is never taken: the branches before it cover every case that comes here";
            findings.add(format!("{path}.to[{index}]"), what, "Correct the guards, or take the branch out.");
        }
    }
}

/// What must be so for a branch to be taken: the action's guard, none of the branches before it, and its own guard.
pub(super) fn condition(when: Option<&Guard>, before: &[Branch], branch: &Branch) -> Guard {
    let always = || Guard::All(Vec::new());
    let refused = before.iter().map(|branch| Guard::Not(Box::new(branch.when.clone().unwrap_or_else(always))));
    Guard::All(when.cloned().into_iter().chain(refused).chain(branch.when.clone()).collect())
}

/// Whether some values of the facts make a guard hold, where those `known` gives have only that value.
pub(super) fn can_hold(definition: &Definition, guard: &Guard, known: &dyn Fn(&FactName) -> Option<bool>) -> bool {
    if let Some(holds) = guard.known(known) {
        return holds;
    }
    let facts: HashSet<_> = guard.facts().into_iter().collect();
    let open: Vec<_> = facts.into_iter().map(|fact| (fact, values(definition, guard, fact, known))).collect();
    let combinations = open.iter().fold(1, |product: usize, (_, values)| product.saturating_mul(values.len()));
    combinations > MOST_COMBINATIONS || some_hold(guard, &open, &mut Facts::new())
}

fn some_hold(guard: &Guard, open: &[(&FactName, Vec<Option<Value>>)], facts: &mut Facts) -> bool {
    let Some(((fact, values), rest)) = open.split_first() else { return guard.holds(facts) };
    values.iter().any(|value| {
        match value {
            Some(value) => facts.insert((*fact).clone(), value.clone()),
            None => facts.remove(*fact),
        };
        some_hold(guard, rest, facts)
    })
}

/// Values of a fact among which a guard can tell a difference; `None` stands for nothing recorded.
fn values(
    definition: &Definition,
    guard: &Guard,
    fact: &FactName,
    known: &dyn Fn(&FactName) -> Option<bool>,
) -> Vec<Option<Value>> {
    if let Some(value) = known(fact) {
        return vec![Some(Value::YesNo(value))];
    }
    let some: Vec<Value> = match definition.kind_of(fact) {
        None | Some(Kind::YesNo) => vec![Value::YesNo(true), Value::YesNo(false)],
        Some(Kind::Choice) => choices(definition, fact).iter().cloned().map(Value::Choice).collect(),
        Some(Kind::Number) => around(guard, fact).map(Value::Number).collect(),
        Some(Kind::Money) => around(guard, fact).map(Value::Money).collect(),
        Some(_) => vec![Value::Text(String::new())],
    };
    some.into_iter().map(Some).chain([None]).collect()
}

/// Every limit a guard compares a fact with, the number below it and the number above; nought in any case.
fn around<'g>(guard: &'g Guard, fact: &'g FactName) -> impl Iterator<Item = i64> + 'g {
    use Comparison::{AtLeast, AtMost, Over, Under};
    let limits = guard.atoms().into_iter().filter_map(move |atom| match atom {
        Guard::Compare(of, Over(limit) | AtLeast(limit) | Under(limit) | AtMost(limit)) if of == fact => Some(*limit),
        _ => None,
    });
    limits.flat_map(|limit| [limit.saturating_sub(1), limit, limit.saturating_add(1)]).chain([0])
}

fn choices<'d>(definition: &'d Definition, fact: &FactName) -> &'d [String] {
    let of_fact = definition.facts.get(fact).map(|fact| fact.choices.as_slice());
    of_fact.or_else(|| definition.fields.get(fact).map(|field| field.choices.as_slice())).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{around, condition};
    use crate::workflow::{Branch, Comparison, Facts, Guard, Value};

    #[test]
    fn a_branch_is_taken_where_those_before_it_are_not() {
        let branch = |when: Option<&str>| Branch { when: when.map(|fact| Guard::Holds(fact.into())), to: "x".into() };
        let taken = condition(Some(&Guard::Holds("a".into())), &[branch(Some("b"))], &branch(Some("c")));
        let facts = |yes: &[&str]| -> Facts { yes.iter().map(|fact| ((*fact).into(), Value::YesNo(true))).collect() };
        assert!(taken.holds(&facts(&["a", "c"])));
        assert!(!taken.holds(&facts(&["a", "b", "c"])));
        assert!(!taken.holds(&facts(&["c"])));
    }

    #[test]
    fn the_numbers_tried_lie_on_both_sides_of_every_limit() {
        let guard = Guard::Compare("hours".into(), Comparison::Over(i64::MAX));
        let numbers: Vec<_> = around(&guard, &"hours".into()).collect();
        assert_eq!(numbers, [i64::MAX - 1, i64::MAX, i64::MAX, 0]);
    }
}
