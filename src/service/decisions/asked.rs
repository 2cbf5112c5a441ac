//! What a body is asked: why now, between which options, and what is recommended to it.

use super::super::loaded::Loaded;
use super::super::turns::{self, Power, Turn};
use crate::calendar::date_words;
use crate::committee::papers::{MaterialChange, Recommendation, ResponseSummary, Verb};
use crate::workflow::{Action, ActionName, Value};

const APPROVE: &str = "approve";
const ESCALATE: &str = "escalate";

/// Why the case comes to the body now, by paragraph.
pub(super) fn purpose(case: &Loaded, turn: &Turn) -> Vec<String> {
    let (known_as, body, point) = (case.known_as(), &turn.body_title, &turn.point_title);
    let mut purpose = vec![format!(
        "{known_as} waits for a determination of the {body}: {}. This paper puts before the {body} what it needs to make it.",
        lower(point)
    )];
    if turn.power == Power::Lapsed {
        purpose.push(format!("The delegation to the {body} is not in force, so it can only escalate the matter."));
    }
    purpose.extend(escalated(case));
    let due = case.case().clocks.iter().map(|clock| clock.deadline.on).min();
    purpose.extend(due.map(|due| format!("The determination is due by {}.", date_words(due))));
    purpose
}

/// Where another body could form no decision: when it said so, why, and which options it seeks (R41).
fn escalated(case: &Loaded) -> Vec<String> {
    let last = case.case().determinations.last();
    let Some(made) = last.filter(|made| made.option.as_str() == ESCALATE) else { return Vec::new() };
    let body = case.definition.title_of(made.body.as_str());
    let body = body.strip_prefix("the ").unwrap_or(&body);
    let on = date_words(made.decided_on);
    let mut said = vec![format!("The {body} could form no decision and escalated it on {on}. {}", made.reasons)];
    let sought = case.case().value("options_sought").and_then(Value::as_text);
    said.extend(sought.map(|sought| format!("Options sought: {sought}")));
    said
}

/// The options the body has at this point, in words.
pub(super) fn options(case: &Loaded, turn: &Turn) -> Vec<String> {
    open_to(case, turn).into_iter().map(|(_, action)| lower(&action.title)).collect()
}

fn open_to<'a>(case: &'a Loaded, turn: &Turn) -> Vec<(&'a ActionName, &'a Action)> {
    let mut options = turns::options(case);
    if turn.power == Power::Lapsed {
        options.retain(|(name, _)| name.as_str() == ESCALATE);
    }
    options
}

/// What the body is requested to do: to discuss what is before it, to agree on what has changed, and to approve or take
/// another of its options.
pub(super) fn recommendations(
    case: &Loaded,
    turn: &Turn,
    responses: Option<&ResponseSummary>,
    changes: &[MaterialChange],
) -> Vec<Recommendation> {
    let known_as = case.known_as();
    let mut asked = vec![Recommendation {
        verb: Verb::Discuss,
        text: match responses {
            Some(given) => format!("{known_as} and the responses to consultation {}", given.consultation),
            None => format!("{known_as} as it is proposed"),
        },
    }];
    if !changes.is_empty() {
        let text = "how the material changes to scope or cost are to be dealt with".to_owned();
        asked.push(Recommendation { verb: Verb::Agree, text });
    }
    let options = open_to(case, turn);
    asked.push(match options.iter().find(|(name, _)| name.as_str() == APPROVE) {
        Some((_, action)) => {
            let text = format!("{}, or take another of the options above", approval(known_as, action));
            Recommendation { verb: Verb::Approve, text }
        }
        None => Recommendation { verb: Verb::Determine, text: "which of the options above it takes".to_owned() },
    });
    let text = "the reasons for its determination, and any conditions".to_owned();
    asked.push(Recommendation { verb: Verb::Agree, text });
    asked
}

/// What is approved: the title of the option without its verb.
fn approval(known_as: &str, action: &Action) -> String {
    let what = action.title.strip_prefix("Approve").unwrap_or_default().trim();
    if what.is_empty() { known_as.to_owned() } else { format!("{what} of {known_as}") }
}

/// A title within a sentence: its first letter small, but that of a name such as `SIP` left.
fn lower(title: &str) -> String {
    let mut letters = title.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), Some(second)) if !second.is_uppercase() => first.to_lowercase().chain(letters).collect(),
        _ => title.to_owned(),
    }
}
