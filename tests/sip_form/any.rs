//! Forms of every shape.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use quorate::sip::{
    RawConfidentiality, RawContact, RawCost, RawProposer, RawRequirements, RawRouteQuestions, RawTimescale, RawWindow,
};

use super::*;

fn line() -> impl Strategy<Value = String> {
    "[A-Za-z(\"“☒☐-][A-Za-z0-9 ,;:.'’“”\"&<>/–é☒x-]{2,40}"
}

fn prose() -> impl Strategy<Value = String> {
    "[A-Za-z(\"1•][A-Za-z0-9 ,;:.'’\"&<>\t\n-]{2,120}"
}

fn yes_or_no() -> impl Strategy<Value = Option<String>> {
    prop_oneof![Just(Some("yes".to_owned())), Just(Some("no".to_owned()))]
}

fn ids(prefix: &'static str, numbers: std::ops::Range<u32>) -> impl Strategy<Value = Vec<String>> {
    vec(numbers.prop_map(move |number| format!("{prefix}{number:02}")), 0..4)
}

fn proposer() -> impl Strategy<Value = RawProposer> {
    let category = prop_oneof![Just("Small Supplier"), Just("Gas Network Parties"), Just("DCC"), Just("Other")];
    (line(), category, line(), "[a-z]{1,8}(\\.[a-z]{1,5})?@[a-z]{1,8}\\.example\\.org").prop_map(
        |(organisation, category, name, email)| RawProposer {
            organisation: Some(organisation),
            category: Some(category.to_owned()),
            contact: RawContact { name: Some(name), email: Some(email) },
        },
    )
}

fn timescale() -> impl Strategy<Value = RawTimescale> {
    let weeks = option::of((0_u16..520, 0_u16..52));
    let window = option::of((2020_i32..2098, 1_u32..13, 1_u32..29));
    (weeks, window).prop_filter("one is needed", |(weeks, window)| weeks.is_some() || window.is_some()).prop_map(
        |(weeks, window)| RawTimescale {
            develop_weeks: weeks.map(|(develop, _)| develop.to_string()),
            deploy_weeks: weeks.map(|(_, deploy)| deploy.to_string()),
            window: RawWindow {
                start: window.map(|(year, month, day)| format!("{year}-{month:02}-{day:02}")),
                end: window.map(|(year, month, day)| format!("{}-{month:02}-{day:02}", year + 1)),
            },
        },
    )
}

fn confidentiality() -> impl Strategy<Value = RawConfidentiality> {
    let parts = vec(prop_oneof![Just("contact"), Just("urgency_reason"), Just("anticipated_cost")], 1..4);
    let claimed = |extent: &str, parts: Vec<&str>, reason: String| RawConfidentiality {
        extent: Some(extent.to_owned()),
        parts: parts.into_iter().map(str::to_owned).collect(),
        reason: Some(reason),
    };
    prop_oneof![
        Just(RawConfidentiality::default()),
        (parts, prose()).prop_map(move |(parts, reason)| claimed("part", parts, reason)),
        prose().prop_map(move |reason| claimed("whole", Vec::new(), reason)),
    ]
}

fn change() -> impl Strategy<Value = (RawRequirements, Vec<String>)> {
    let requirements = (ids("SSI-FR-", 1..50), ids("SSI-FR-", 51..99), vec(prose(), 1..3));
    (requirements, ids("UC_Login_0", 1..99))
        .prop_map(|((amend, remove, add), components)| (RawRequirements { amend, remove, add }, components))
}

fn any_form() -> impl Strategy<Value = RawSipForm> {
    let words = (line(), prose(), vec(prose(), 1..4), vec(line(), 0..3), vec(line(), 1..4));
    let urgency = option::of(prose());
    let routes = (yes_or_no(), yes_or_no(), yes_or_no());
    let cost = option::of((0_u64..9_000_000, 0_u64..9_000_000));
    let earlier = option::of((1_u32..999).prop_map(|number| format!("SIP-{number:04}")));
    let rest = (ids("BFD", 1..90), change(), timescale(), confidentiality(), cost, earlier);
    (proposer(), words, urgency, routes, rest).prop_map(|(proposer, words, urgency, routes, rest)| {
        let (title, description, benefits, depends_on, systems) = words;
        let (domains, (requirements, functional_components), timescale, confidentiality, cost, earlier) = rest;
        let pence = |pence: u64| format!("{}.{:02}", pence / 100, pence % 100);
        RawSipForm {
            proposer,
            title: Some(title),
            description: Some(description),
            benefits,
            impacted_parties: vec!["Large Supplier".to_owned(), "Other SEC Party".to_owned()],
            change_type: Some("add".to_owned()),
            requirements,
            functional_components,
            domain: Some("BFD99".to_owned()),
            other_domains: domains,
            systems,
            timescale,
            urgent: urgency.as_ref().map(|_| "yes".to_owned()),
            urgency_reason: urgency,
            confidentiality,
            anticipated_cost: RawCost {
                low: cost.map(|(a, b)| pence(a.min(b))),
                high: cost.map(|(a, b)| pence(a.max(b))),
            },
            depends_on,
            resubmission_of: earlier,
            changes: RawRouteQuestions {
                connection: routes.0,
                access_rights: routes.1,
                role_and_domain_tables: routes.2,
            },
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_form_reads_back_from_word_as_it_was(raw in any_form()) {
        let form = raw.parse();
        prop_assume!(form.is_ok());
        let form = form.expect("it was parsed");
        prop_assert_eq!(read(&through_word(&filled_form(&form))), form);
    }

    #[test]
    fn whatever_is_written_into_a_form_is_read_or_reported(answers in vec((0_usize..8, 0_usize..6, "\\PC{0,30}"), 0..20)) {
        let mut document = blank_form(None);
        for (section, field, words) in answers {
            if let Some(row) = tables(&mut document).nth(section).and_then(|table| table.rows.get_mut(field)) {
                row.cells[1] = Cell::of([Block::paragraph(words)]);
            }
        }
        prop_assert!(matches!(read_form(&document), Err(FormError::Faulty(faults)) if !faults.is_empty()));
    }
}
