//! Baselines for tests: a small clean one, and any one at all.

use chrono::NaiveDate;
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::select;
use quorate::brd::{
    AccessRow, Allocated, Brd, BrdText, Component, DeltaEntry, Domain, Driver, Format, Line, Moscow, NonFunctional,
    ProcessMap, ProcessMapTrace, Reference, Requirement, RequirementId, Retirement, Term, Version, from_yaml,
};

/// A clean baseline of a few items.
pub(super) const SMALL: &str = include_str!("small.yaml");

pub(super) fn small() -> Brd {
    from_yaml("small.yaml", SMALL).unwrap()
}

/// A requirement like the first of the small baseline, with another id.
pub(super) fn small_requirement(id: &str) -> Requirement {
    Requirement { id: RequirementId::parse(id).unwrap(), ..small().requirements[0].clone() }
}

/// Any baseline, with text that is hard on a file format.
pub(super) fn any_brd() -> impl Strategy<Value = Brd> {
    let items = (drivers(), domains(), process_maps(), components(), requirements(), non_functional());
    let rest = (vec(name(), 0..4), vec(access_row(), 0..4), glossary(), vec(delta(), 0..3));
    (head(), items, rest).prop_map(|(head, items, (roles, access, glossary, delta))| {
        let (drivers, domains, process_maps, components, requirements, non_functional) = items;
        let references = glossary.iter().map(|term| Reference { serial: term.serial, title: term.term.clone() });
        let references = references.collect();
        let allocated_elsewhere = vec![allocated()];
        Brd {
            drivers,
            domains,
            process_maps,
            components,
            requirements,
            non_functional,
            roles,
            access,
            glossary,
            references,
            delta,
            allocated_elsewhere,
            ..head
        }
    })
}

fn head() -> impl Strategy<Value = Brd> {
    (0..20_u32, name(), of(date()), line(), line()).prop_map(|(patch, title, date, status, classification)| Brd {
        format: Format,
        version: Version { major: 1, minor: 0, patch },
        title,
        date,
        status,
        classification,
        ..empty()
    })
}

fn empty() -> Brd {
    from_yaml("empty.yaml", "brd: 1\nversion: V1.0.0\ntitle: A baseline\n").unwrap()
}

fn drivers() -> impl Strategy<Value = Vec<Driver>> {
    vec((text(), of(retirement("BD1"))), 0..3).prop_map(|all| {
        let numbered = (1..).zip(all);
        numbered.map(|(number, (text, retired))| Driver { id: id(&format!("BD{number}")), text, retired }).collect()
    })
}

fn domains() -> impl Strategy<Value = Vec<Domain>> {
    vec((name(), line(), text(), of(retirement("BFD07"))), 0..4).prop_map(|all| {
        let numbered = (1..).zip(all);
        let domain = |(number, (name, business_capability, text, retired)): (u32, _)| Domain {
            id: id(&format!("BFD{number}")),
            name,
            business_capability,
            text,
            retired,
        };
        numbered.map(domain).collect()
    })
}

fn process_maps() -> impl Strategy<Value = Vec<ProcessMap>> {
    vec((name(), of(Just("BDF02")), text(), of(retirement("PM9"))), 0..4).prop_map(|all| {
        let numbered = (1..).zip(all);
        let map = |(number, (epic, domain, text, retired)): (u32, (_, Option<&str>, _, _))| ProcessMap {
            id: id(&format!("PM{number}")),
            epic,
            domain: domain.map(id),
            text,
            retired,
        };
        numbered.map(map).collect()
    })
}

fn components() -> impl Strategy<Value = Vec<Component>> {
    vec((heading(), line(), of(Just("BFD1")), text(), of(retirement("UC_Other_001"))), 0..5).prop_map(|all| {
        let numbered = (1..).zip(all);
        let component = |(number, (name, flow, domain, text, retired)): (u32, (_, _, Option<&str>, _, _))| Component {
            id: id(&format!("UC_Any_{number}")),
            name,
            flow,
            domain: domain.map(id),
            text,
            retired,
        };
        numbered.map(component).collect()
    })
}

fn requirements() -> impl Strategy<Value = Vec<Requirement>> {
    vec(requirement(), 0..6).prop_map(|all| {
        let numbered = (1..).zip(all);
        let with_id =
            |(number, requirement): (u32, _)| Requirement { id: id(&format!("SSI-FR-{number}")), ..requirement };
        numbered.map(with_id).collect()
    })
}

fn requirement() -> impl Strategy<Value = Requirement> {
    let traces = (of(Just("BFD1")), of(trace()), of(1..4_u32), of(select(&Moscow::ALL[..])));
    (line(), traces, text(), of(retirement("SSI-FR-9"))).prop_map(|(heading, traces, text, retired)| {
        let (domain, process_map, component, moscow) = traces;
        let component = component.map(|number| id(&format!("UC_Any_{number}")));
        Requirement {
            id: id("SSI-FR-1"),
            heading,
            domain: domain.map(id),
            process_map,
            component,
            moscow,
            text,
            retired,
        }
    })
}

fn non_functional() -> impl Strategy<Value = Vec<NonFunctional>> {
    let traces = (of(trace()), of(select(&Moscow::ALL[..])));
    vec((line(), line(), traces, text(), of(retirement("SSI-NFR-9"))), 0..5).prop_map(|all| {
        let numbered = (1..).zip(all);
        let requirement =
            |(number, (category, heading, (process_map, moscow), text, retired)): (u32, _)| NonFunctional {
                id: id(&format!("SSI-NFR-{number}")),
                category,
                heading,
                process_map,
                moscow,
                text,
                retired,
            };
        numbered.map(requirement).collect()
    })
}

fn access_row() -> impl Strategy<Value = AccessRow> {
    (of(Just("BRD03")), line(), vec(1..5_u32, 1..3), vec(name(), 0..3)).prop_map(|(domain, name, numbers, roles)| {
        let components = numbers.iter().map(|number| id(&format!("UC_Any_{number}"))).collect();
        AccessRow { domain: domain.map(id), name, components, roles }
    })
}

fn glossary() -> impl Strategy<Value = Vec<Term>> {
    vec((1..40_u32, name(), text()), 0..3)
        .prop_map(|all| all.into_iter().map(|(serial, term, text)| Term { serial, term, text }).collect())
}

fn delta() -> impl Strategy<Value = DeltaEntry> {
    (of(1..9_u32), line(), name(), of(date()), line()).prop_map(|(serial, doc_id, title, date, status)| DeltaEntry {
        serial,
        doc_id,
        title,
        date,
        status,
    })
}

fn allocated() -> Allocated {
    Allocated { first: id("SSI-FR-72"), last: id("SSI-FR-81"), reason: Line::new("elsewhere") }
}

fn trace() -> impl Strategy<Value = ProcessMapTrace> {
    select(vec!["All", "PM1", "PM12"]).prop_map(id)
}

fn retirement<Id>(into: &'static str) -> impl Strategy<Value = Retirement<Id>>
where
    Id: std::str::FromStr + Clone + std::fmt::Debug + 'static,
    Id::Err: std::fmt::Debug,
{
    (of(Just(into)), line()).prop_map(|(into, reason)| Retirement { into: into.map(id), reason })
}

fn date() -> impl Strategy<Value = NaiveDate> {
    (0..20_000_i32).prop_map(|days| NaiveDate::from_num_days_from_ce_opt(730_000 + days).unwrap())
}

fn id<T: std::str::FromStr>(text: &str) -> T
where
    T::Err: std::fmt::Debug,
{
    text.parse().unwrap()
}

/// A line that may be blank.
fn line() -> impl Strategy<Value = Line> {
    prop_oneof![Just(Line::default()), name()]
}

/// The name of a component, which in a heading stands behind an id: dashes at its edges would part the two.
fn heading() -> impl Strategy<Value = Line> {
    name().prop_map(|name| Line::new(name.as_str().trim_matches(['-', ' '])))
}

/// A line that is not blank.
fn name() -> impl Strategy<Value = Line> {
    let hard =
        select(vec!["yes", "~", "12", "- a", "a: b", "#x", "'", "é – “x”", "`a` | *b*", "null", "0x1F", "2026-01-01"]);
    prop_oneof![hard.prop_map(Line::new), "[A-Za-z][A-Za-z .,&'/()-]{0,30}".prop_map(Line::new)]
}

/// A text of paragraphs, lists and tables; may be blank.
fn text() -> impl Strategy<Value = BrdText> {
    let part = select(vec![
        "A paragraph of words.",
        "Words with **strong** and *stressed* ones.",
        "- one\n- two\n  - below\n- three",
        "1. first\n2. second",
        "| Name | Meaning |\n| --- | --- |\n| a | b |",
        "Thee number 12: ~ & < > \" '",
    ]);
    vec(part, 0..4).prop_map(|parts| BrdText::new(parts.join("\n\n")))
}
