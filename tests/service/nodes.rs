//! Several nodes on one database do together what one would do.

use std::sync::Arc;

use super::*;

const INSTANTS: &[&str] = &[
    "2025-11-06 09:00", // receipt of `late` is due in two Working Days
    "2025-11-11 00:00", // and is overdue
    "2025-11-17 09:00", // the consultation opens
    "2025-12-01 09:00", // five Working Days are left
    "2025-12-05 09:00", // one is left
    "2025-12-08 17:00", // it closes
    "2025-12-11 09:00", // collation is due soon
    "2025-12-30 00:00", // everything is overdue
];

fn steps() -> String {
    accepted(&[("a", "First"), ("b", "Second")])
        + &consultation("autumn", &["a", "b"])
        + &issued("autumn", "2025-11-17", "2025-12-08")
        + "  - submit: { as: tom, call_it: late, form: sip-g }\n"
}

const CASES: [&str; 4] = ["a", "b", "autumn", "late"];

/// What everybody was told, and what was entered in the journal.
async fn outcome(stage: &Stage) -> Vec<(BTreeMap<String, usize>, Vec<String>)> {
    let mut outcome = Vec::new();
    for name in CASES {
        let history = service::history(stage.app(), &stage.reference(name)).await.unwrap();
        outcome.push((stage.told(name).await, history.into_iter().flat_map(|entry| entry.happened).collect()));
    }
    outcome
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn four_nodes_ticking_at_once_do_everything_once() {
    let alone = Stage::set("2025-11-03", &steps()).await;
    let together = Stage::set("2025-11-03", &steps()).await;
    let mut nodes = Vec::new();
    for _ in 0..4 {
        nodes.push(Arc::new(together.node().await));
    }
    for instant in INSTANTS {
        alone.tick(at(instant)).await;
        let ticks: Vec<_> = nodes.iter().cloned().map(|node| tokio::spawn(tick(node, at(instant)))).collect();
        for ticked in ticks {
            assert_eq!(ticked.await.unwrap().failed, []);
        }
    }
    assert_eq!(outcome(&together).await, outcome(&alone).await);
    assert_eq!(together.proof().await.differing, Vec::<String>::new());
}

async fn tick(node: Arc<App>, now: DateTime<Utc>) -> service::TickReport {
    service::tick(&node, now).await.unwrap()
}

#[tokio::test]
async fn a_person_added_on_one_node_is_told_by_another() {
    let stage = Stage::set("2025-11-03", "  - submit: { as: priya, call_it: first, form: sip-g }\n").await;
    let node = stage.node().await;
    let zoe = service::NewPerson {
        id: "zoe".to_owned(),
        party: "dcc".to_owned(),
        name: "Zoe Lindqvist".to_owned(),
        email: "zoe@dcc.example".to_owned(),
        offices: vec!["dcc".to_owned()],
        token: None,
    };
    service::add_person(&node, &Call::new(&Actor::system(), stage.now()), zoe).await.unwrap();
    stage.tick(at("2025-11-06 09:00")).await;
    let reminded: Vec<String> = stage
        .notices("first")
        .await
        .into_iter()
        .filter(|notice| notice.template == "due_soon_dcc")
        .map(|notice| notice.recipient)
        .collect();
    assert_eq!(reminded, ["dana", "euan", "zoe"]);
}
