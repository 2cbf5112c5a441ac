//! An installation in which SIPs are accepted, ranked and ended.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use quorate::actor::Actor;
use quorate::rehearsal::World;
use quorate::service::{self, App, Call, Priorities, Receipt, ServiceError, Settings};
use quorate::sip::RawSipForm;
use serde_json::{Value, json};

const FORM: &str = include_str!("../../fixtures/sip-forms/sip-g.yaml");
/// An installation with the built-in world.
pub(crate) struct Office {
    pub(crate) app: App,
    actors: BTreeMap<String, Actor>,
}

pub(crate) fn now() -> DateTime<Utc> {
    "2025-11-03T10:00:00Z".parse().unwrap()
}

/// Marks by every criterion; 5 for each point of duty, 4 for each of benefit, and 14 besides, of 61.
pub(crate) fn marks(duty: u32, benefit: u32) -> Value {
    let given = [("duty", duty), ("party_benefit", benefit), ("breadth", 3), ("value", 2), ("readiness", 2)];
    given.iter().map(|(key, mark)| ((*key).to_owned(), json!({ "mark": mark, "because": "As found." }))).collect()
}

impl Office {
    pub(crate) async fn new() -> Self {
        Self::at("sqlite::memory:").await
    }

    pub(crate) async fn at(url: &str) -> Self {
        let app = App::open(url, Settings::default(), now()).await.unwrap();
        let world = World::built_in().unwrap();
        world.add_to(&app, now()).await.unwrap();
        Self { actors: world.actors(), app }
    }

    pub(crate) fn call(&self, who: &str) -> Call<'_> {
        Call::new(&self.actors[who], now())
    }

    /// A SIP that DCC is validating.
    pub(crate) async fn in_validation(&self, proposer: &str) -> String {
        let form: RawSipForm = serde_yaml::from_str(FORM).unwrap();
        let sip = service::submit_sip(&self.app, &self.call(proposer), form, None).await.unwrap().reference;
        self.act("dana", &sip, "acknowledge", json!({})).await.unwrap();
        sip
    }

    pub(crate) async fn act(&self, who: &str, sip: &str, action: &str, fields: Value) -> Result<Receipt, ServiceError> {
        let fields: BTreeMap<String, Value> = serde_json::from_value(fields).unwrap();
        service::act(&self.app, &self.call(who), sip, action, fields, None).await
    }

    pub(crate) async fn accept(&self, sip: &str, marks: Value) -> Result<Receipt, ServiceError> {
        let considered: Vec<_> = (1..=12).map(|number| format!("SIP-{number:04}: none")).collect();
        let fields = json!({
            "requirements_clear": "yes", "within_ssi_capability": "yes", "business_functional_domain": "BFD07",
            "impact_on_systems": "SSI only.", "impact_on_parties": "None.", "impact_on_sips": considered,
            "cost": { "low": "8000", "high": "15,000" }, "marks": marks, "develop_weeks": 3, "deploy_weeks": 1
        });
        self.act("dana", sip, "accept", fields).await
    }

    /// A SIP accepted with these marks; its number.
    pub(crate) async fn accepted(&self, proposer: &str, duty: u32, benefit: u32) -> String {
        let sip = self.in_validation(proposer).await;
        self.accept(&sip, marks(duty, benefit)).await.unwrap().number.unwrap()
    }

    pub(crate) async fn rank(&self, sip: &str, rank: i64, reason: &str) -> Result<Receipt, ServiceError> {
        self.act("euan", sip, "rank", json!({ "rank": rank, "rank_reason": reason })).await
    }

    pub(crate) async fn list(&self) -> Priorities {
        service::priorities(&self.app).await.unwrap()
    }

    /// The numbers in order, after checking that the ranks run from 1 to n.
    pub(crate) async fn order(&self) -> Vec<String> {
        let sips = self.list().await.sips;
        assert!(sips.iter().zip(1..).all(|(sip, rank)| sip.rank == rank), "{sips:?}");
        sips.into_iter().map(|sip| sip.sip).collect()
    }

    /// What the journal holds of the latest change of the list: its words and its payload.
    pub(crate) async fn latest_change(&self) -> (String, Value) {
        let happened = service::happenings(&self.app, 0).await.unwrap();
        let latest = happened.into_iter().rfind(|happening| happening.known_as == "priorities").unwrap();
        (latest.entry.happened.join(" "), latest.entry.payload)
    }

    pub(crate) async fn holds(&self) -> bool {
        service::verify_journal(&self.app).await.unwrap().differing.is_empty()
    }
}
