//! Differences in the parts states are made of: roles, bodies, stages, facts, fields, notices and assertions.

use super::words::{self, Said, quoted};
use super::{Comparison, Pair, Place, pairs};
use crate::workflow::{Assertion, Body, Fact, Field, Notice};

impl Comparison<'_> {
    pub(super) fn parts(&mut self) {
        self.named(
            "roles",
            "role",
            (&self.old.roles, &self.new.roles),
            |role| &role.title,
            |comparison, place, old, new| {
                comparison.text(place, "The title of the role", &old.title, &new.title);
            },
        );
        self.named("bodies", "body", (&self.old.bodies, &self.new.bodies), |body| &body.title, Self::body);
        self.named(
            "stages",
            "stage",
            (&self.old.stages, &self.new.stages),
            |stage| &stage.title,
            |comparison, place, old, new| {
                comparison.text(place, "The title of the stage", &old.title, &new.title);
            },
        );
        self.named(
            "points",
            "point of determination",
            (&self.old.points, &self.new.points),
            |point| &point.title,
            |comparison, place, old, new| {
                comparison.text(place, "The title of the point of determination", &old.title, &new.title);
            },
        );
        self.named("facts", "fact", (&self.old.facts, &self.new.facts), |fact| &fact.title, Self::fact);
        self.named("fields", "field", (&self.old.fields, &self.new.fields), |field| &field.title, Self::field);
        self.named("notices", "notice", (&self.old.notices, &self.new.notices), |notice| &notice.subject, Self::notice);
        self.assertions();
    }

    /// Compares a section of the definition, thing by thing.
    fn named<N: std::hash::Hash + Eq + std::fmt::Display, T>(
        &mut self,
        section: &str,
        noun: &str,
        (old, new): (&indexmap::IndexMap<N, T>, &indexmap::IndexMap<N, T>),
        title: fn(&T) -> &String,
        compare: fn(&mut Self, &Place, &T, &T),
    ) {
        for (name, pair) in pairs(old, new) {
            let place = Place::whole(format!("{section}.{name}"));
            match pair {
                Pair::Added(thing) => self.add(&place, format!("There is a new {noun}, {}", quoted(title(thing)))),
                Pair::Removed(thing) => self.add(&place, format!("The {noun} {} is taken out", quoted(title(thing)))),
                Pair::Both(old, new) => compare(self, &place, old, new),
            }
        }
    }

    fn body(&mut self, place: &Place, old: &Body, new: &Body) {
        let body = &new.title;
        self.text(place, "The title of the body", &old.title, &new.title);
        let label = format!("Who records the determinations of the {body}");
        self.facet(place, &label, (&old.secretary, &new.secretary), |definition, role| {
            Said::Text(definition.title_of(role.as_str()))
        });
        let label = format!("Who delegates to the {body}");
        self.facet(place, &label, (&old.delegated_from, &new.delegated_from), |definition, from| {
            Said::maybe(from.as_ref().map(|from| definition.title_of(from.as_str())))
        });
        for (point, pair) in pairs(&old.powers, &new.powers) {
            let point_words = quoted(&point.words());
            let options =
                |options: &[crate::workflow::ActionName]| Said::list(options, |option| quoted(&option.words()));
            let label = format!("What the {body} may choose at {point_words}");
            let says = match pair {
                Pair::Added(new) => words::change(&label, Said::Nothing, options(new)),
                Pair::Removed(old) => words::change(&label, options(old), Said::Nothing),
                Pair::Both(old, new) if old == new => continue,
                Pair::Both(old, new) => words::change(&label, options(old), options(new)),
            };
            self.add(&Place::whole(format!("{}.powers.{point}", place.part)), says);
        }
    }

    fn fact(&mut self, place: &Place, old: &Fact, new: &Fact) {
        let fact = quoted(&new.title);
        self.text(place, "The wording of the fact", &old.title, &new.title);
        self.facet(place, &format!("The kind of {fact}"), (&old.kind, &new.kind), |_, kind| words::plain(kind));
        self.facet(place, &format!("Where {fact} comes from"), (&old.from, &new.from), |_, from| words::plain(from));
        self.facet(place, &format!("The choices of {fact}"), (&old.choices, &new.choices), |_, choices| {
            Said::list(choices, |choice| quoted(&choice.replace('_', " ")))
        });
    }

    fn field(&mut self, place: &Place, old: &Field, new: &Field) {
        let field = quoted(&new.title);
        self.text(place, "The label of the field", &old.title, &new.title);
        self.facet(place, &format!("The kind of {field}"), (&old.kind, &new.kind), |_, kind| words::plain(kind));
        self.facet(place, &format!("The guidance beside {field}"), (&old.help, &new.help), |_, help| {
            Said::maybe(help.as_deref().map(quoted))
        });
        self.facet(place, &format!("The choices of {field}"), (&old.choices, &new.choices), |_, choices| {
            Said::list(choices, |choice| quoted(&choice.replace('_', " ")))
        });
    }

    fn notice(&mut self, place: &Place, old: &Notice, new: &Notice) {
        let notice = quoted(&new.subject);
        self.text(place, "The subject of the notice", &old.subject, &new.subject);
        self.facet(place, &format!("Who is sent the notice {notice}"), (&old.to, &new.to), |definition, to| {
            Said::list(to, |role| definition.title_of(role.as_str()))
        });
        let label = format!("Whether the process requires the notice {notice}");
        self.facet(place, &label, (&old.statutory, &new.statutory), |_, statutory| words::plain(statutory));
        let label = format!("The template of the notice {notice}");
        self.facet(place, &label, (&old.template, &new.template), |_, template| words::plain(template));
    }

    /// Assertions are known by what they say.
    fn assertions(&mut self) {
        let (old, new) = (&self.old.assertions, &self.new.assertions);
        let same = |promise: &Assertion, list: &[Assertion]| list.iter().any(|other| other.says == promise.says);
        let before = self.found.len();
        for promise in new.iter().filter(|promise| !old.contains(promise)) {
            let was = old.iter().find(|was| was.says == promise.says && !new.contains(was));
            let says = match was {
                Some(was) => format!(
                    "What is proved of '{}' changes from {} to {}",
                    promise.says,
                    words::assertion(was),
                    words::assertion(promise)
                ),
                None => format!("There is a new promise, '{}'", promise.says),
            };
            self.add(&Place::whole("assertions"), says);
        }
        for promise in old.iter().filter(|promise| !new.contains(promise) && !same(promise, new)) {
            self.add(&Place::whole("assertions"), format!("The promise '{}' is taken out", promise.says));
        }
        if old != new && self.found.len() == before {
            self.add(&Place::whole("assertions"), "The promises are listed differently".to_owned());
        }
    }
}
