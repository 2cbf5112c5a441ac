//! Entity tags: reading only what is new, and acting only on what was read.

use axum::http::StatusCode;
use serde_json::json;

use super::world::{DANA, PRIYA, Site};

#[tokio::test]
async fn what_is_known_already_is_not_sent_again() {
    let site = Site::new().await;
    let path = format!("/cases/{}", site.submitted().await);
    let first = site.get(&path).await;
    let tag = first.header("etag").to_owned();
    assert_eq!(tag, "\"1.2025-11-03.public\"");
    for known in [tag.clone(), format!("W/{tag}"), format!("\"other\", {tag}"), "*".to_owned()] {
        let answer = site.get_with(&path, &[("if-none-match", &known)]).await;
        assert_eq!((answer.status, answer.text.as_str()), (StatusCode::NOT_MODIFIED, ""));
        assert_eq!(answer.header("etag"), tag);
    }
    let _ = site.get_with(&path, &[("if-none-match", "\"1\"")]).await.ok();
    assert_eq!((first.header("cache-control"), first.header("vary")), ("no-cache", "Authorization"));
}

#[tokio::test]
async fn a_tag_changes_with_the_case_the_day_and_the_reader() {
    let site = Site::new().await;
    let reference = site.submitted().await;
    let path = format!("/cases/{reference}");
    let public = site.get(&path).await;
    let full = site.get_as(PRIYA, &path).await;
    let tomorrow = site.on("2025-11-04").get(&path).await;
    site.act(DANA, &reference, "acknowledge", &json!({})).await.ok();
    let moved = site.get(&path).await;
    let tags = [&public, &full, &tomorrow, &moved].map(|answer| answer.header("etag"));
    assert_eq!(tags.iter().collect::<std::collections::BTreeSet<_>>().len(), 4, "{tags:?}");
    assert_eq!(full.header("cache-control"), "no-store");
}

#[tokio::test]
async fn an_act_on_what_was_read_is_refused_once_it_has_changed() {
    let site = Site::new().await;
    let reference = site.submitted().await;
    let tag = site.get_as(DANA, &format!("/cases/{reference}")).await.header("etag").to_owned();
    let act = |action: &str, tag: String, body: &'static str| {
        let (site, path) = (site.clone(), format!("/cases/{reference}/actions/{action}"));
        async move { site.post_with(DANA, &path, &[("if-match", &tag)], body).await }
    };
    let acknowledged = act("acknowledge", tag.clone(), "{}").await;
    acknowledged.ok();
    let reject = "{\"reason\": \"Already possible.\"}";
    let stale = act("reject", tag, reject).await.problem(412, "stale");
    assert!(stale["detail"].as_str().unwrap().contains("revision 2"), "{stale}");
    act("reject", "\"not ours\"".to_owned(), reject).await.problem(412, "stale");
    act("reject", "2".to_owned(), reject).await.problem(412, "stale");
    act("reject", "\"1\", \"2\"".to_owned(), reject).await.problem(400, "malformed");
    act("reject", acknowledged.header("etag").to_owned(), reject).await.ok();
}

#[tokio::test]
async fn any_revision_will_do_where_the_caller_says_so() {
    let site = Site::new().await;
    let reference = site.submitted().await;
    let path = format!("/cases/{reference}/actions/acknowledge");
    site.post_with(DANA, &path, &[("if-match", "*")], "{}").await.ok();
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_acts_at_once_on_one_case_exactly_one_wins() {
    let site = Site::new().await;
    let reference = site.in_validation().await;
    let tasks: Vec<_> = (0..16)
        .map(|number| {
            let (site, path) = (site.clone(), format!("/cases/{reference}/actions/ask_information"));
            let body = json!({ "questions": format!("Question {number}?") }).to_string();
            tokio::spawn(async move { site.post_with(DANA, &path, &[("if-match", "\"2\"")], body).await })
        })
        .collect();
    let mut won = 0;
    for task in tasks {
        let answer = task.await.unwrap();
        if answer.status == StatusCode::OK {
            won += 1;
        } else {
            answer.problem(412, "stale");
        }
    }
    assert_eq!(won, 1);
    assert_eq!(site.get(&format!("/cases/{reference}")).await.ok()["revision"], 3);
}
