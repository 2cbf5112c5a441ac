//! How long it takes to open one consultation to a thousand Parties: the act, the journal and a notice to each contact,
//! in one transaction.

use std::time::Instant;

use quorate::actor::Actor;
use quorate::rehearsal::{Rehearsal, Scenario};
use quorate::service::{self, Call, NewParty, NewPerson};
use quorate::sip::PartyCategory;

const PARTIES: usize = 1_000;

const BEFORE: &str = "title: A bench
about: A consultation of many.
starts: 2025-11-03
steps:
  - submit: { as: priya, call_it: a, form: sip-g }
  - act: { as: dana, case: a, take: acknowledge }
  - act:
      as: dana
      case: a
      take: accept
      with:
        requirements_clear: yes
        within_ssi_capability: yes
        business_functional_domain: BFD07
        impact_on_systems: The SSI alone.
        impact_on_parties: None.
        impact_on_sips: [none other]
        cost: { low: 8000, high: 15000 }
        marks:
          duty: { mark: 0, because: None. }
          party_benefit: { mark: 4, because: Daily. }
          breadth: { mark: 3, because: Three gain. }
          value: { mark: 3, because: Cheap. }
          readiness: { mark: 2, because: At once. }
        develop_weeks: 3
        deploy_weeks: 1
  - consult: { as: sofia, call_it: autumn, title: Autumn }
  - act: { as: sofia, case: autumn, take: add_sips, with: { sips: [$a] } }
  - act:
      as: sofia
      case: autumn
      take: issue
      with:
        opens_on: 2025-11-17
        closes_on: 2025-12-08
        implementation_window: { from: 2026-05-04, to: 2026-05-29 }
        cost_recovery: Fixed costs.
        what_may_change: Dates.
";

/// Prints the figures.
pub(super) async fn run() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}?mode=rwc", folder.path().join("quorate.db").display());
    let scenario = Scenario::load("bench", BEFORE).unwrap();
    let mut rehearsal = Rehearsal::begin(&url, &scenario).await.unwrap();
    let system = Actor::system();
    for number in 0..PARTIES {
        let call = Call::new(&system, rehearsal.now);
        let id = format!("party-{number}");
        let category = Some(PartyCategory::SmallSupplier);
        service::add_party(
            &rehearsal.app,
            &call,
            NewParty { id: id.clone(), name: format!("Party {number}"), category },
        )
        .await
        .unwrap();
        let person = NewPerson {
            id: format!("contact-{number}"),
            party: id,
            name: format!("Contact {number}"),
            email: format!("contact{number}@party.example"),
            offices: vec!["party".to_owned()],
            token: None,
        };
        service::add_person(&rehearsal.app, &call, person).await.unwrap();
    }
    rehearsal.go_through(&scenario, |_| {}).await.unwrap();
    let opening = quorate::calendar::london_instant(
        "2025-11-17".parse().unwrap(),
        chrono::NaiveTime::from_hms_opt(9, 0, 0).unwrap(),
    );
    let begun = Instant::now();
    let report = service::tick(&rehearsal.app, opening).await.unwrap();
    let took = begun.elapsed();
    assert!(report.failed.is_empty(), "{:?}", report.failed);
    println!("mail: a consultation opened to {PARTIES} Parties and more in {} ms", took.as_millis());
}
