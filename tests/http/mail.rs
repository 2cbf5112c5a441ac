//! Mail over HTTP: preferences, what waits, previews, the blank form, and the pages behind the links in e-mails.

use axum::body::Body;
use axum::http::{Method, StatusCode};
use quorate::document::{Tracked, read_docx};
use serde_json::json;

use super::world::{DANA, PRIYA, SOFIA, Site};

#[tokio::test]
async fn people_choose_how_they_are_told_and_a_wrong_choice_is_refused_with_the_reason() {
    let site = Site::new().await;
    let chosen = json!({ "topics": { "reminders": "daily" }, "digest": { "hour": 7, "day": "Mon" } });
    site.post(PRIYA, "/me/notices", &chosen).await.ok();
    let seen = site.get_as(PRIYA, "/me/notices").await.ok();
    assert_eq!(seen["chosen"]["topics"], json!({ "reminders": "daily" }));
    assert_eq!(seen["topics"][4]["pace"], "daily");
    let refused = site.post(PRIYA, "/me/notices", &json!({ "digest": { "hour": 24, "day": "Mon" } })).await;
    assert!(refused.text.contains("0 to 23"), "{}", refused.text);
    assert_eq!(site.get_as(DANA, "/me/notices").await.ok()["chosen"]["topics"], json!({}));
}

#[tokio::test]
async fn a_link_that_stops_notices_asks_first_and_stops_when_told_to() {
    let site = Site::new().await;
    let reference = site.submitted().await;
    quorate::service::tick(&site.app, super::world::at("2025-11-07")).await.unwrap();
    let notices = site.get_as(SOFIA, &format!("/cases/{reference}/notices")).await.ok();
    let mut links = notices.as_array().unwrap().iter().filter_map(|notice| notice["body"]["unsubscribe"].as_str());
    let Some(link) = links.next() else { panic!("an optional notice has a link: {notices}") };
    let path = link.strip_prefix("http://127.0.0.1:8080").unwrap();
    let asked = site.page(path).await;
    assert_eq!(asked.status, StatusCode::OK);
    assert!(asked.text.contains("<button type=\"submit\">Stop them</button>"), "{}", asked.text);
    let stopped = site.page_with(Method::POST, path, Body::from("List-Unsubscribe=One-Click")).await;
    assert!(stopped.text.contains("is no longer told"), "{}", stopped.text);
    assert_eq!(site.page("/notices/0000/sips").await.status, StatusCode::NOT_FOUND);
    assert_eq!(
        site.page(&path.replace(path.rsplit('/').next().unwrap(), "nothing")).await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn the_blank_form_is_handed_out_and_is_the_form() {
    let site = Site::new().await;
    let docx = site.page("/sip-form/docx").await;
    let document = read_docx(&docx.bytes, Tracked::Accept).unwrap();
    let read = quorate::sip::form_document::read_form(&document);
    assert!(matches!(read, Err(quorate::sip::form_document::FormError::Faulty(_))), "{read:?}");
    assert!(site.page("/sip-form/yaml").await.text.contains("title:"));
    assert_eq!(site.page("/sip-form/odt").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_notice_of_a_real_case_can_be_previewed_by_those_who_keep_the_process() {
    let site = Site::new().await;
    let reference = site.submitted().await;
    let path = format!("/cases/{reference}/notices/sip_received/preview");
    let seen = site.get_as(SOFIA, &path).await.ok();
    assert!(seen["text"].as_str().unwrap().contains("This is a test."), "{seen}");
    assert!(seen["html"].as_str().unwrap().contains(&reference));
    assert_eq!(site.get_as(PRIYA, &path).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn figures_tell_how_much_mail_waits() {
    let site = Site::new().await;
    site.submitted().await;
    let figures = site.page("/metrics").await.text;
    assert!(figures.contains("quorate_mail{standing=\"queued\"} 3"), "{figures}");
    assert!(figures.contains("quorate_mail{standing=\"failed\"} 0"), "{figures}");
    let waiting = site.get_as(DANA, "/mail/outgoing").await.ok();
    assert_eq!((&waiting["queued"], &waiting["failed"]), (&json!(3), &json!(0)));
    assert_eq!(site.get_as(PRIYA, "/mail/outgoing").await.status, StatusCode::FORBIDDEN);
}
