//! The arrows of the house as a table: who may not name what, and why.

use super::source::{Mention, Path, Token};

/// The pure core: no I/O, no clock, no await.
pub(super) const CORE: &[&str] = &[
    "brd",
    "calendar",
    "committee",
    "consultation",
    "document",
    "intake",
    "notice",
    "redline",
    "roster",
    "sip",
    "workflow",
    "yaml",
];

/// The shell: it reads, asks the core once, and saves.
pub(super) const SHELL: &[&str] =
    &["api", "auth", "cli", "clock", "config", "jobs", "notify", "rehearsal", "service", "store", "web"];

/// What stands beside both.
pub(super) const BESIDE: &[&str] = &["actor", "lib", "main"];

const NOUNS: &[&str] = &["brd", "committee", "consultation", "intake", "notice", "sip"];

/// A rule of the house.
pub(super) struct Rule {
    within: Within,
    never: Never,
    says: &'static str,
}

/// Where a rule holds.
enum Within {
    /// In these modules.
    Only(&'static [&'static str]),
    /// In every module but these.
    AllBut(&'static [&'static str]),
    /// In tests and benches too.
    Anywhere,
}

/// What may not be named there.
enum Never {
    /// These modules of this crate.
    Modules(&'static [&'static str]),
    /// These modules of this crate, except the one that is speaking.
    Others(&'static [&'static str]),
    /// Any module of this crate but these and the one that is speaking.
    ModulesBut(&'static [&'static str]),
    /// These crates.
    Crates(&'static [&'static str]),
    /// These modules of the standard library.
    Std(&'static [&'static str]),
    /// These tokens in a row.
    Words(&'static [&'static [&'static str]]),
}

/// Every rule.
pub(super) const RULES: &[Rule] = &[
    Rule {
        within: Within::Only(CORE),
        never: Never::Modules(SHELL),
        says: "the pure core knows nothing of the shell; let a service function bring the facts as arguments",
    },
    Rule {
        within: Within::Only(CORE),
        never: Never::Crates(&[
            "axum",
            "clap",
            "handlebars",
            "lettre",
            "sea_orm",
            "sea_orm_migration",
            "tokio",
            "tokio_cron_scheduler",
            "tower_http",
        ]),
        says: "the pure core does no I/O and has no door of its own",
    },
    Rule {
        within: Within::Only(CORE),
        never: Never::Std(&["env", "fs", "net", "process", "thread"]),
        says: "the pure core does no I/O; let the shell read it and pass it in",
    },
    Rule {
        within: Within::Only(CORE),
        never: Never::Words(&[&["async"], &[".", "await"]]),
        says: "the pure core never awaits",
    },
    Rule {
        within: Within::Only(NOUNS),
        never: Never::Others(NOUNS),
        says: "the nouns do not import each other; let a service function bring them together",
    },
    Rule {
        within: Within::Only(&["workflow"]),
        never: Never::ModulesBut(&["calendar", "yaml"]),
        says: "workflow sees the nouns only through plain facts",
    },
    Rule {
        within: Within::Only(&["calendar", "yaml"]),
        never: Never::ModulesBut(&[]),
        says: "calendar and yaml know nothing of what they are used for",
    },
    Rule {
        within: Within::AllBut(&["store"]),
        never: Never::Crates(&["rusqlite", "sea_orm", "sea_orm_migration", "sqlx"]),
        says: "only store knows the database; add a function there",
    },
    Rule {
        within: Within::AllBut(&["store"]),
        never: Never::Words(&[&[".", "begin", "("], &[".", "begin_with_options", "("]]),
        says: "only store begins a transaction; use Store::write",
    },
    Rule {
        within: Within::AllBut(&["api", "auth", "web"]),
        never: Never::Crates(&["axum"]),
        says: "only web, api and auth speak HTTP",
    },
    Rule { within: Within::AllBut(&["notify"]), never: Never::Crates(&["lettre"]), says: "only notify sends e-mail" },
    Rule {
        within: Within::Only(&["api", "cli", "jobs", "rehearsal", "web"]),
        never: Never::Modules(&["store"]),
        says: "the doors call service, never store: a rule lives once",
    },
    Rule { within: Within::Anywhere, never: Never::Words(&[&["unsafe"]]), says: "no unsafe code" },
    Rule {
        within: Within::Anywhere,
        never: Never::Words(&[&["todo", "!"], &["unimplemented", "!"]]),
        says: "no stubs: finish it or leave it out",
    },
    Rule {
        within: Within::Anywhere,
        never: Never::Words(&[&["#", "[", "ignore"]]),
        says: "a test that does not run proves nothing",
    },
];

impl Rule {
    /// Where the tokens of a file in the module `top` break this rule: line and words.
    pub(super) fn broken(&self, top: &str, tokens: &[Token<'_>], mentions: &[Mention]) -> Vec<(usize, String)> {
        if !self.within.holds_in(top) {
            return Vec::new();
        }
        let named = mentions.iter().filter_map(|mention| {
            let what = self.never.forbids(top, &mention.path)?;
            Some((mention.line, format!("names {what}: {}", self.says)))
        });
        let said = self.never.words(tokens).map(|(line, words)| (line, format!("says `{words}`: {}", self.says)));
        named.chain(said).collect()
    }
}

impl Within {
    fn holds_in(&self, top: &str) -> bool {
        match self {
            Self::Only(modules) => modules.contains(&top),
            Self::AllBut(modules) => !modules.contains(&top) && !matches!(top, "tests" | "benches"),
            Self::Anywhere => true,
        }
    }
}

impl Never {
    /// The path in words, if it may not be named from the module `top`.
    fn forbids(&self, top: &str, path: &Path) -> Option<String> {
        match path {
            Path::Inside(path) => {
                let module = path.first()?;
                self.forbids_module(top, module).then(|| format!("crate::{}", path.join("::")))
            }
            Path::Outside(path) => self.forbids_crate(path).then(|| path.join("::")),
        }
    }

    /// Everything at once (`crate::*`) counts as each of its modules.
    fn forbids_module(&self, top: &str, module: &str) -> bool {
        match self {
            Self::Modules(modules) => module == "*" || modules.contains(&module),
            Self::Others(modules) => module == "*" || (module != top && modules.contains(&module)),
            Self::ModulesBut(modules) => module != top && !modules.contains(&module),
            _ => false,
        }
    }

    fn forbids_crate(&self, path: &[String]) -> bool {
        let name = |at: usize| path.get(at).map_or("", String::as_str);
        match self {
            Self::Crates(crates) => crates.contains(&name(0)),
            Self::Std(modules) => name(0) == "std" && modules.contains(&name(1)),
            _ => false,
        }
    }

    fn words<'a>(&self, tokens: &'a [Token<'_>]) -> impl Iterator<Item = (usize, String)> + 'a {
        let wanted = match self {
            Self::Words(wanted) => *wanted,
            _ => &[],
        };
        wanted.iter().flat_map(move |words| {
            let rows = tokens.windows(words.len());
            let same = move |row: &&[Token<'_>]| row.iter().map(|token| token.text).eq(words.iter().copied());
            rows.filter(same).filter_map(move |row| Some((row.first()?.line, words.concat())))
        })
    }
}
