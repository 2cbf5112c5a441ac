//! What changes between two versions of a process, in the words of a consultation on the change (R56).

mod parts;
mod states;
mod words;

use std::fmt;

use indexmap::IndexMap;
use serde::Serialize;

use super::definition::Definition;
use super::names::StageName;
use words::{Said, quoted, title};

/// One difference between two versions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// The stage concerned; absent where the difference concerns the process as a whole.
    pub stage: Option<StageName>,
    /// The heading it belongs under: the title of the stage, or `The process as a whole`.
    pub heading: String,
    /// The part of the definition concerned, for example `validation.accept`.
    pub part: String,
    /// The difference as a sentence without its full stop.
    pub says: String,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.says, self.part)
    }
}

/// Every difference between two versions, the process as a whole first and then stage by stage; none where they are
/// equal.
pub fn diff(old: &Definition, new: &Definition) -> Vec<Difference> {
    let mut comparison = Comparison { old, new, found: Vec::new() };
    comparison.whole();
    comparison.parts();
    comparison.states();
    comparison.shared_actions();
    comparison.clocks();
    let stages: Vec<_> = new.stages.keys().chain(old.stages.keys()).collect();
    let order = |found: &Difference| found.stage.as_ref().map(|stage| stages.iter().position(|known| *known == stage));
    comparison.found.sort_by_key(order);
    comparison.found
}

/// The differences as plain text, each stage under its heading; nothing where there are none.
pub fn text(differences: &[Difference]) -> String {
    let mut lines = Vec::new();
    for under in differences.chunk_by(|one, next| one.heading == next.heading) {
        lines.extend(under.first().map(|first| format!("{}\n", first.heading)));
        lines.extend(under.iter().map(|difference| format!("  {difference}.\n")));
    }
    lines.concat()
}

/// The part of a definition being compared.
struct Place {
    stage: Option<StageName>,
    part: String,
}

impl Place {
    fn whole(part: impl Into<String>) -> Self {
        Self { stage: None, part: part.into() }
    }
}

/// A thing in two versions, or in one of them only.
enum Pair<'d, T> {
    Added(&'d T),
    Removed(&'d T),
    Both(&'d T, &'d T),
}

/// Everything either version has under a name, in the order of the new one.
fn pairs<'d, N: std::hash::Hash + Eq, T>(
    old: &'d IndexMap<N, T>,
    new: &'d IndexMap<N, T>,
) -> impl Iterator<Item = (&'d N, Pair<'d, T>)> {
    let here =
        new.iter().map(|(name, thing)| (name, old.get(name).map_or(Pair::Added(thing), |old| Pair::Both(old, thing))));
    let gone = old.iter().filter(|(name, _)| !new.contains_key(*name));
    here.chain(gone.map(|(name, thing)| (name, Pair::Removed(thing))))
}

struct Comparison<'d> {
    old: &'d Definition,
    new: &'d Definition,
    found: Vec<Difference>,
}

impl Comparison<'_> {
    fn add(&mut self, place: &Place, says: String) {
        let stage = place.stage.clone();
        let known = |stage| self.new.stages.get(stage).or_else(|| self.old.stages.get(stage));
        let heading = match &stage {
            Some(name) => known(name).map_or_else(|| name.words(), |stage| stage.title.clone()),
            None => "The process as a whole".to_owned(),
        };
        self.found.push(Difference { stage, heading, part: place.part.clone(), says });
    }

    /// Compares one thing said of a part; `label` names it in words.
    fn facet<T: PartialEq + ?Sized>(
        &mut self,
        place: &Place,
        label: &str,
        (old, new): (&T, &T),
        say: impl Fn(&Definition, &T) -> Said,
    ) {
        if old != new {
            let says = words::change(label, say(self.old, old), say(self.new, new));
            self.add(place, says);
        }
    }

    fn text(&mut self, place: &Place, label: &str, old: &str, new: &str) {
        self.facet(place, label, (old, new), |_, text| Said::quoted(text));
    }

    fn maybe_text(&mut self, place: &Place, label: &str, old: Option<&str>, new: Option<&str>) {
        self.facet(place, label, (&old, &new), |_, text| Said::maybe(text.map(quoted)));
    }

    fn whole(&mut self) {
        let (old, new) = (self.old, self.new);
        let place = |part: &str| Place::whole(part);
        self.facet(&place("process"), "The process", (&old.process, &new.process), |_, it| Said::quoted(it.as_str()));
        self.facet(&place("version"), "The version", (&old.version, &new.version), |_, it| Said::Text(it.clone()));
        self.text(&place("title"), "The title of the process", &old.title, &new.title);
        self.text(&place("subject"), "What one case is called", &old.subject, &new.subject);
        self.facet(
            &place("effective"),
            "The day from which new cases follow it",
            (&old.effective, &new.effective),
            |_, day| Said::Text(day.format("%-d %B %Y").to_string()),
        );
        self.text(&place("source"), "The document it follows", &old.source, &new.source);
        self.facet(&place("start"), "The state a case begins in", (&old.start, &new.start), |definition, state| {
            Said::Text(title(definition, state))
        });
        let label = "The notices sent when a case begins";
        self.facet(
            &place("notify_at_start"),
            label,
            (&old.notify_at_start, &new.notify_at_start),
            |definition, told| words::notices(definition, told.notices()),
        );
        let label = "The notices sent when a running case goes on under this version";
        let migrated = (&old.notify_on_migration, &new.notify_on_migration);
        self.facet(&place("notify_on_migration"), label, migrated, |definition, told| {
            words::notices(definition, told.notices())
        });
        let label = "The notice sent when a date moves for a reason no action explains";
        let moved = (&old.when_a_date_moves, &new.when_a_date_moves);
        self.facet(&place("when_a_date_moves"), label, moved, |definition, notice| {
            words::notices(definition, std::slice::from_ref(notice))
        });
        let label = "The clocks whose dates make up the implementation window";
        self.facet(&place("implementation"), label, (&old.implementation, &new.implementation), |_, clocks| {
            Said::list(clocks, |clock| quoted(&clock.words()))
        });
        let months = (&old.months_in_source, &new.months_in_source);
        self.facet(&place("months_in_source"), "The longest the source says it takes", months, |_, months| {
            Said::maybe(months.map(|months| format!("{months} months")))
        });
    }
}
