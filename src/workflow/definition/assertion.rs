//! Assertions: what must hold on every path of a process.

use serde::Deserialize;

use crate::workflow::names::{ActionName, StateName};

/// Something that must hold on every path of the process.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Assertion {
    /// The promise in plain words.
    pub says: String,
    /// Starts after this step (`state` or `state.action`) instead of at the beginning.
    #[serde(default)]
    pub after: Option<Step>,
    /// Every path to this step ...
    #[serde(default)]
    pub every_path_to: Option<Step>,
    /// ... passes these, in this order; a list within the list means any one of them.
    #[serde(default)]
    pub passes: Vec<AnyOf>,
    /// No path reaches any of these.
    #[serde(default)]
    pub never_reaches: Vec<Step>,
    /// At least one path reaches each of these.
    #[serde(default)]
    pub can_reach: Vec<Step>,
    /// Only this role or body ...
    #[serde(default)]
    pub only: Option<String>,
    /// ... takes these states or steps.
    #[serde(default)]
    pub takes: Vec<Step>,
}

/// `state` or `state.action`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(from = "String")]
pub struct Step {
    /// The state.
    pub state: StateName,
    /// The action taken in it; any where absent.
    pub action: Option<ActionName>,
}

/// One step, or any of several.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(from = "OneOrMany")]
pub struct AnyOf(pub Vec<Step>);

#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMany {
    One(Step),
    Many(Vec<Step>),
}

impl From<OneOrMany> for AnyOf {
    fn from(steps: OneOrMany) -> Self {
        match steps {
            OneOrMany::One(step) => Self(vec![step]),
            OneOrMany::Many(steps) => Self(steps),
        }
    }
}

impl From<String> for Step {
    fn from(text: String) -> Self {
        match text.split_once('.') {
            Some((state, action)) => Self { state: state.into(), action: Some(action.into()) },
            None => Self { state: text.as_str().into(), action: None },
        }
    }
}

impl std::fmt::Display for Step {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.action {
            Some(action) => write!(f, "{}.{action}", self.state),
            None => write!(f, "{}", self.state),
        }
    }
}
