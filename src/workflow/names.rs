//! The names a definition uses, each a type of its own so that a state cannot be passed for a clock.

use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! name {
    ($(#[$doc:meta])* $type:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $type(String);

        impl $type {
            /// Takes a name as it is written in a definition; `check` refuses what is not `snake_case`.
            pub fn new(name: impl Into<String>) -> Self {
                Self(name.into())
            }

            /// The name as written in the definition.
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// The name as a person reads it: underscores become spaces.
            pub fn words(&self) -> String {
                self.0.replace('_', " ")
            }
        }

        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl std::borrow::Borrow<str> for $type {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $type {
            fn from(name: &str) -> Self {
                Self::new(name)
            }
        }
    };
}

name! {
    /// A process, for example `ssi-change-governance`.
    ProcessName
}
name! {
    /// A state of a process, for example `validation`.
    StateName
}
name! {
    /// A stage of the process as people speak of it; several states may make up one.
    StageName
}
name! {
    /// Something a role may do in a state, for example `accept`; for a determination, the option chosen.
    ActionName
}
name! {
    /// Who acts: `proposer`, `party`, `dcc`, `secas`, `panel` and so on. Titles are configuration.
    RoleName
}
name! {
    /// A body that makes determinations, for example `panel`.
    BodyName
}
name! {
    /// A point at which a determination is made, for example `ia_sign_off`.
    PointName
}
name! {
    /// A fact of a case: from its form, from a field recorded by an action, set by the process, or of the world.
    FactName
}
name! {
    /// A clock, for example `acknowledgement`.
    ClockName
}
name! {
    /// A notice, which is also the name of its template.
    NoticeName
}
