//! Who is asking.
//!
//! No change is made without an [`Actor`]. An actor holds offices (`dcc`, `secas`, `party`) everywhere, and towards a
//! case that its own organisation proposed it is also the `proposer`.

use crate::workflow::{RoleName, system};

/// A person, or Quorate itself, on whose behalf something is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// Id of the person; `system` for Quorate itself.
    pub id: String,
    /// Name as the record shows it.
    pub name: String,
    /// The organisation the person belongs to.
    pub party: Option<String>,
    /// The offices held, which are role names of the definitions.
    pub offices: Vec<RoleName>,
}

impl Actor {
    /// Quorate itself: clocks that fall due, batches that carry cases along.
    pub fn system() -> Self {
        Self { id: "system".to_owned(), name: "Quorate".to_owned(), party: None, offices: vec![system()] }
    }

    /// Whether this office is held.
    pub fn holds(&self, office: &str) -> bool {
        self.offices.iter().any(|held| held.as_str() == office)
    }

    /// The roles held towards a case that `proposer` brought.
    pub fn roles_towards(&self, proposer: Option<&str>) -> Vec<RoleName> {
        let mut roles = self.offices.clone();
        if proposer.is_some() && self.party.as_deref() == proposer {
            roles.push(RoleName::new("proposer"));
        }
        roles
    }
}
