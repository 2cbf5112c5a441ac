//! From a baseline to its table of items and back. What is not changed comes back exactly as it was.

use super::super::{
    AccessRow, Allocated, Brd, BrdText, Component, ComponentId, Domain, DomainId, Driver, Line, Moscow, NonFunctional,
    ProcessMap, ProcessMapTrace, Reference, Requirement, RequirementId, Retirement, Term,
};
use super::field::{Field, Fields};
use super::item::{ItemName, Kind};
use super::items::{Item, Items, Standing};
use super::problem::Problem;

/// The items of a baseline.
pub(in crate::brd) fn table(brd: &Brd) -> Items {
    let mut items = Items::new();
    enter(&mut items, &brd.drivers);
    enter(&mut items, &brd.domains);
    enter(&mut items, &brd.process_maps);
    enter(&mut items, &brd.components);
    enter(&mut items, &brd.requirements);
    enter(&mut items, &brd.non_functional);
    enter(&mut items, &brd.roles);
    enter(&mut items, &brd.access);
    enter(&mut items, &brd.glossary);
    enter(&mut items, &brd.references);
    items
}

/// The baseline with these items instead of its own.
///
/// # Errors
///
/// [`Problem::Unfit`] for every value that its field cannot take.
pub(super) fn rebuild(brd: &Brd, items: &Items) -> Result<Brd, Vec<Problem>> {
    let mut unfit = Vec::new();
    let built = Brd {
        drivers: list(&brd.drivers, items, Kind::Driver, &mut unfit),
        domains: list(&brd.domains, items, Kind::Domain, &mut unfit),
        process_maps: list(&brd.process_maps, items, Kind::ProcessMap, &mut unfit),
        components: list(&brd.components, items, Kind::Component, &mut unfit),
        requirements: list(&brd.requirements, items, Kind::Requirement, &mut unfit),
        non_functional: list(&brd.non_functional, items, Kind::NonFunctional, &mut unfit),
        roles: list(&brd.roles, items, Kind::Role, &mut unfit),
        access: list(&brd.access, items, Kind::Access, &mut unfit),
        glossary: numbered(list(&brd.glossary, items, Kind::Term, &mut unfit)),
        references: list(&brd.references, items, Kind::Reference, &mut unfit),
        ..brd.clone()
    };
    if unfit.is_empty() { Ok(built) } else { Err(unfit) }
}

/// The ids that were given outside the document.
pub(super) fn allocated_elsewhere(brd: &Brd) -> impl Iterator<Item = ItemName> + '_ {
    brd.allocated_elsewhere.iter().flat_map(|Allocated { first, last, .. }| {
        let numbers = first.number()..=last.number();
        numbers.map(|number| RequirementId::numbered(first.kind(), number)).chain([*first, *last]).map(requirement)
    })
}

fn requirement(id: RequirementId) -> ItemName {
    let kind = match id.kind() {
        super::super::RequirementKind::Functional => Kind::Requirement,
        super::super::RequirementKind::NonFunctional => Kind::NonFunctional,
    };
    ItemName::new(kind, id.to_string())
}

/// A part of the baseline that can stand in the table.
trait Tabled: Sized {
    /// Its name.
    fn name(&self) -> ItemName;
    /// What it says.
    fn item(&self) -> Item;
    /// The part that says what an item says; a part with a number of its own and no id gets nought, to be counted later.
    fn built(name: &ItemName, said: &Said<'_>, old: Option<&Self>) -> Result<Self, Problem>;
}

fn enter<T: Tabled>(items: &mut Items, list: &[T]) {
    items.extend(list.iter().map(|part| (part.name(), part.item())));
}

/// A list of the document: what stays in its place, what comes where its id puts it, or at the end.
fn list<T: Tabled>(old: &[T], items: &Items, kind: Kind, unfit: &mut Vec<Problem>) -> Vec<T> {
    let mut built = Vec::with_capacity(old.len());
    let mut build = |name: &ItemName, old: Option<&T>, at: Option<usize>, built: &mut Vec<T>| {
        let Some(item) = items.get(name) else { return };
        match T::built(name, &Said { name, item }, old) {
            Ok(part) => built.insert(at.unwrap_or(built.len()), part),
            Err(problem) => unfit.push(problem),
        }
    };
    let names: std::collections::BTreeSet<ItemName> = old.iter().map(Tabled::name).collect();
    for part in old {
        build(&part.name(), Some(part), None, &mut built);
    }
    let of_kind = items.keys().filter(|name| name.kind() == kind && !names.contains(*name));
    for name in of_kind {
        let after = built.iter().position(|part| part.name() > *name).filter(|_| kind.is_numbered());
        build(name, None, after, &mut built);
    }
    built
}

/// What an item says, read into the types of the baseline.
struct Said<'a> {
    name: &'a ItemName,
    item: &'a Item,
}

impl Said<'_> {
    fn line(&self, field: Field) -> Line {
        Line::new(self.item.field(field))
    }

    fn text(&self) -> BrdText {
        BrdText::new(self.item.field(Field::Text))
    }

    /// The value of a field, if it has one.
    fn read<T, E: ToString>(&self, field: Field, parse: impl Fn(&str) -> Result<T, E>) -> Result<Option<T>, Problem> {
        let given = self.item.field(field).trim();
        if given.is_empty() {
            return Ok(None);
        }
        parse(given).map(Some).map_err(|error| self.unfit(field, given, error.to_string()))
    }

    fn domain(&self) -> Result<Option<DomainId>, Problem> {
        self.read(Field::Domain, DomainId::parse)
    }

    fn process_map(&self) -> Result<Option<ProcessMapTrace>, Problem> {
        self.read(Field::ProcessMap, ProcessMapTrace::parse)
    }

    fn component(&self) -> Result<Option<ComponentId>, Problem> {
        self.read(Field::Component, ComponentId::parse)
    }

    fn moscow(&self) -> Result<Option<Moscow>, Problem> {
        let known = |given: &str| Moscow::ALL.into_iter().find(|moscow| moscow.as_str().eq_ignore_ascii_case(given));
        self.read(Field::Moscow, |given| known(given).ok_or("it is one of Must, Should, Could and Won't"))
    }

    fn id<Id, E: ToString>(&self, parse: impl Fn(&str) -> Result<Id, E>) -> Result<Id, Problem> {
        let name = self.name.name();
        parse(name).map_err(|error| self.unfit(Field::Name, name, error.to_string()))
    }

    fn retired<Id, E>(&self, parse: impl Fn(&str) -> Result<Id, E>) -> Option<Retirement<Id>> {
        match &self.item.standing {
            Standing::Active => None,
            Standing::Retired { into, reason } => {
                let into = into.as_ref().and_then(|into| parse(into.name()).ok());
                Some(Retirement { into, reason: Line::new(reason) })
            }
        }
    }

    fn unfit(&self, field: Field, given: &str, why: String) -> Problem {
        Problem::Unfit { item: self.name.clone(), field, given: given.to_owned(), why }
    }
}

/// The fields that say something.
fn fields<const N: usize>(all: [(Field, String); N]) -> Fields {
    all.into_iter().filter(|(_, text)| !text.is_empty()).collect()
}

fn standing<Id: ToString>(kind: Kind, retired: Option<&Retirement<Id>>) -> Standing {
    retired.map_or(Standing::Active, |Retirement { into, reason }| Standing::Retired {
        into: into.as_ref().map(|into| ItemName::new(kind, into.to_string())),
        reason: reason.to_string(),
    })
}

fn word(value: Option<&impl ToString>) -> String {
    value.map(ToString::to_string).unwrap_or_default()
}

/// The parts with an id and a tombstone.
macro_rules! numbered {
    ($($type:ident, $kind:ident, $id:ty { $($name:ident: $field:ident = $($as:ident)::+;)* })*) => {$(
        impl Tabled for $type {
            fn name(&self) -> ItemName {
                ItemName::new(Kind::$kind, self.id.to_string())
            }

            fn item(&self) -> Item {
                let fields = fields([$((Field::$field, write!(self.$name, $($as)::+)),)*]);
                Item { fields, standing: standing(Kind::$kind, self.retired.as_ref()) }
            }

            fn built(_: &ItemName, said: &Said<'_>, _: Option<&Self>) -> Result<Self, Problem> {
                let (id, retired) = (said.id(<$id>::parse)?, said.retired(<$id>::parse));
                Ok(Self { id, $($name: read!(said, $field, $($as)::+),)* retired })
            }
        }
    )*};
}

/// How a field is read from its text, by its type.
macro_rules! read {
    ($said:ident, $field:ident, line) => {
        $said.line(Field::$field)
    };
    ($said:ident, $field:ident, text) => {
        $said.text()
    };
    ($said:ident, $field:ident, $parse:expr) => {
        $parse($said)?
    };
}

/// How a field is written as text, by its type.
macro_rules! write {
    ($value:expr, line) => {
        $value.to_string()
    };
    ($value:expr, text) => {
        $value.to_string()
    };
    ($value:expr, $parse:expr) => {
        word($value.as_ref())
    };
}

numbered! {
    Driver, Driver, super::super::DriverId {
        text: Text = text;
    }
    Domain, Domain, DomainId {
        name: Name = line;
        business_capability: BusinessCapability = line;
        text: Text = text;
    }
    ProcessMap, ProcessMap, super::super::ProcessMapId {
        epic: Epic = line;
        domain: Domain = Said::domain;
        text: Text = text;
    }
    Component, Component, ComponentId {
        name: Name = line;
        flow: Flow = line;
        domain: Domain = Said::domain;
        text: Text = text;
    }
    Requirement, Requirement, RequirementId {
        heading: Heading = line;
        domain: Domain = Said::domain;
        process_map: ProcessMap = Said::process_map;
        component: Component = Said::component;
        moscow: Moscow = Said::moscow;
        text: Text = text;
    }
    NonFunctional, NonFunctional, RequirementId {
        category: Category = line;
        heading: Heading = line;
        process_map: ProcessMap = Said::process_map;
        moscow: Moscow = Said::moscow;
        text: Text = text;
    }
}

impl Tabled for Line {
    fn name(&self) -> ItemName {
        ItemName::new(Kind::Role, self.to_string())
    }

    fn item(&self) -> Item {
        Item { fields: Fields::new(), standing: Standing::Active }
    }

    fn built(name: &ItemName, _: &Said<'_>, _: Option<&Self>) -> Result<Self, Problem> {
        Ok(Self::new(name.name()))
    }
}

impl Tabled for AccessRow {
    fn name(&self) -> ItemName {
        ItemName::new(Kind::Access, self.key())
    }

    fn item(&self) -> Item {
        let list = |texts: Vec<String>| texts.join(", ");
        let components = list(self.components.iter().map(ToString::to_string).collect());
        let roles = list(self.roles.iter().map(ToString::to_string).collect());
        let fields = fields([
            (Field::Domain, word(self.domain.as_ref())),
            (Field::Components, components),
            (Field::Roles, roles),
        ]);
        Item { fields, standing: Standing::Active }
    }

    fn built(name: &ItemName, said: &Said<'_>, old: Option<&Self>) -> Result<Self, Problem> {
        let components = said.read(Field::Components, |given| {
            given.split(',').map(|id| ComponentId::parse(id.trim())).collect::<Result<Vec<_>, _>>()
        })?;
        let roles = said.item.field(Field::Roles).split(',').map(Line::new).filter(|role| !role.is_blank());
        Ok(Self {
            domain: said.domain()?,
            name: old.map_or_else(|| Line::new(name.name()), |old| old.name.clone()),
            components: components.unwrap_or_default(),
            roles: roles.collect(),
        })
    }
}

/// Counts on from the highest number of the glossary.
fn numbered(mut glossary: Vec<Term>) -> Vec<Term> {
    let mut highest = glossary.iter().map(|term| term.serial).max().unwrap_or_default();
    for term in glossary.iter_mut().filter(|term| term.serial == 0) {
        highest = highest.saturating_add(1);
        term.serial = highest;
    }
    glossary
}

impl Tabled for Term {
    fn name(&self) -> ItemName {
        ItemName::new(Kind::Term, self.term.to_string())
    }

    fn item(&self) -> Item {
        Item { fields: fields([(Field::Text, self.text.to_string())]), standing: Standing::Active }
    }

    fn built(name: &ItemName, said: &Said<'_>, old: Option<&Self>) -> Result<Self, Problem> {
        let serial = old.map_or(0, |old| old.serial);
        Ok(Self { serial, term: Line::new(name.name()), text: said.text() })
    }
}

impl Tabled for Reference {
    fn name(&self) -> ItemName {
        ItemName::new(Kind::Reference, self.serial.to_string())
    }

    fn item(&self) -> Item {
        Item { fields: fields([(Field::Name, self.title.to_string())]), standing: Standing::Active }
    }

    fn built(name: &ItemName, said: &Said<'_>, _: Option<&Self>) -> Result<Self, Problem> {
        let serial =
            name.name().parse().map_err(|_| said.unfit(Field::Name, name.name(), "give its number".to_owned()))?;
        Ok(Self { serial, title: said.line(Field::Name) })
    }
}
