//! The `OpenAPI` document says what is so.

use std::collections::BTreeSet;

use axum::body::Body;
use axum::http::Method;
use quorate::sip::RawSipForm;
use serde_json::Value;

use super::world::{DANA, PRIYA, SOFIA, Site, request};

async fn document(site: &Site) -> Value {
    site.get("/openapi.json").await.ok()
}

/// Every operation: method, path relative to the base, and what is said of it.
fn operations(document: &Value) -> Vec<(String, String, Value)> {
    let paths = document["paths"].as_object().unwrap();
    let of_path = |(path, item): (&String, &Value)| {
        let path = path.strip_prefix("/api/v1").unwrap().to_owned();
        let operations = item.as_object().unwrap().clone();
        operations.into_iter().map(move |(method, operation)| (method.to_uppercase(), path.clone(), operation))
    };
    paths.iter().flat_map(of_path).collect()
}

/// An address in which every name stands for something that is there or could be.
fn filled(path: &str) -> String {
    let names = [
        ("{reference}", "P-2025-0001"),
        ("{action}", "acknowledge"),
        ("{clock}", "findings"),
        ("{process}", "ssi-change-governance"),
        ("{edition}", "gov.uk"),
        ("{name}", "stale"),
        ("{sip}", "SIP-0001"),
        ("{party}", "albion-gas"),
        ("{person}", "priya"),
        ("{version}", "V1.0.9"),
        ("{older}", "V1.0.8"),
        ("{notice}", "sip_received"),
        ("{message}", "0000"),
    ];
    names.iter().fold(path.to_owned(), |path, (name, value)| path.replace(name, value))
}

#[tokio::test]
async fn nothing_is_changed_without_a_token() {
    let site = Site::new().await;
    site.submitted().await;
    let before = site.get("/journal?limit=1000").await.ok();
    let mut tried = 0;
    for (method, path, operation) in operations(&document(&site).await) {
        if method == "GET" {
            continue;
        }
        tried += 1;
        assert_eq!(operation["security"][0]["bearer"], Value::Array(Vec::new()), "{path}");
        let json = [("content-type", "application/json")];
        for body in ["{}", "", "{\"title\": \"A\"}", "{"] {
            let method = Method::from_bytes(method.as_bytes()).unwrap();
            let refused = site.send(request(method, &filled(&path), &json, Body::from(body))).await;
            refused.problem(401, "unauthenticated");
        }
    }
    assert!(tried > 18, "only {tried} routes were tried");
    assert_eq!(site.get("/journal?limit=1000").await.ok(), before);
}

#[tokio::test]
async fn it_is_openapi_3_1_in_shape() {
    let site = Site::new().await;
    let document = document(&site).await;
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1."));
    assert_eq!(document["info"]["title"], "Quorate");
    let mut ids = BTreeSet::new();
    for (method, path, operation) in operations(&document) {
        let at = format!("{method} {path}");
        assert!(ids.insert(operation["operationId"].as_str().unwrap().to_owned()), "{at}: its id is used twice");
        assert!(operation["summary"].as_str().is_some_and(|summary| summary.ends_with('.')), "{at}");
        assert!(operation["tags"].as_array().is_some_and(|tags| tags.len() == 1), "{at}");
        let named: BTreeSet<_> = names_in(&path).collect();
        let declared = operation["parameters"].as_array().cloned().unwrap_or_default();
        let declared: BTreeSet<_> = declared
            .iter()
            .filter(|parameter| parameter["in"] == "path")
            .map(|parameter| parameter["name"].as_str().unwrap().to_owned())
            .collect();
        assert_eq!(named, declared, "{at}");
        let responses = operation["responses"].as_object().unwrap();
        assert!(responses.keys().any(|status| status.starts_with('2')), "{at}");
        for (status, response) in responses {
            assert!(response["description"].as_str().is_some_and(|words| !words.is_empty()), "{at} {status}");
            if status.starts_with(['4', '5']) {
                let schema = &response["content"]["application/problem+json"]["schema"]["$ref"];
                assert_eq!(schema, "#/components/schemas/Problem", "{at} {status}");
            }
        }
        assert_eq!(method == "POST", operation.get("requestBody").is_some(), "{at}");
    }
}

fn names_in(path: &str) -> impl Iterator<Item = String> + use<'_> {
    path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}')).map(str::to_owned)
}

#[tokio::test]
async fn every_reference_in_it_leads_somewhere() {
    let site = Site::new().await;
    let document = document(&site).await;
    let mut references = BTreeSet::new();
    collect(&document, &mut references);
    assert!(references.len() > 15);
    for reference in references {
        let pointer = reference.strip_prefix('#').unwrap();
        assert!(document.pointer(pointer).is_some(), "{reference} leads nowhere");
    }
}

fn collect(value: &Value, references: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            references.extend(fields.get("$ref").and_then(Value::as_str).map(str::to_owned));
            fields.values().for_each(|value| collect(value, references));
        }
        Value::Array(items) => items.iter().for_each(|value| collect(value, references)),
        _ => {}
    }
}

#[tokio::test]
async fn every_route_in_it_is_served() {
    let site = Site::new().await;
    site.submitted().await;
    for (method, path, operation) in operations(&document(&site).await) {
        if method != "GET" {
            continue;
        }
        let query = match path.as_str() {
            "/working-days/add" | "/working-days/subtract" => "?date=2025-11-03&days=5",
            "/working-days/between" => "?start=2025-11-03&end=2025-11-05",
            "/working-days/list" => "?year=2026",
            "/planned-maintenance" => "?month=2026-03",
            "/baseline/difference" => "?old=V1.0.9",
            "/baseline/trace" => "?item=SSI-FR-6",
            "/baseline/sprint" => "?sips=SIP-0001",
            _ => "",
        };
        let private = ["/people", "/people-list", "/party-list"].contains(&path.as_str());
        let who = if private { SOFIA } else { DANA };
        let answer = site.get_as(who, &format!("{}{query}", filled(&path))).await;
        let not_there = [
            "{edition}",
            "{body}",
            "ballots/{reference}",
            "meetings/{reference}",
            "/assessment",
            "/committee-paper",
            "consultations/{reference}",
            "{version}",
            "/baseline/difference",
            "/baseline/trace",
            "/baseline/sprint",
            "/changes",
            "/redline",
        ];
        let expected = if not_there.iter().any(|part| path.contains(part)) { "404" } else { "200" };
        assert_eq!(answer.status.as_str(), expected, "{path}: {}", answer.text);
        let kind = answer.header("content-type").split(';').next().unwrap();
        let documented = &operation["responses"][expected]["content"];
        assert!(documented.get(kind).is_some(), "{path}: {kind} is not in {documented}");
    }
}

#[tokio::test]
async fn the_example_of_a_form_is_accepted_and_complete() {
    let site = Site::new().await;
    let document = document(&site).await;
    let schema = &document["components"]["schemas"]["Submission"];
    site.post(PRIYA, "/sips", &schema["example"]).await.created();

    let raw = serde_json::to_value(RawSipForm::default()).unwrap();
    let mut described = schema["properties"].as_object().unwrap().clone();
    described.remove("sent_on");
    same_fields(&raw, &Value::Object(described), "the form");
}

/// Compares the fields of a form with those described, all the way down.
fn same_fields(form: &Value, described: &Value, at: &str) {
    let (Some(form), Some(described)) = (form.as_object(), described.as_object()) else { return };
    let names = |fields: &serde_json::Map<String, Value>| fields.keys().cloned().collect::<BTreeSet<_>>();
    assert_eq!(names(form), names(described), "{at}");
    for (name, value) in form {
        let schema = &described[name];
        let inner = schema["oneOf"].as_array().and_then(|one_of| one_of.last()).unwrap_or(schema);
        if value.is_object() {
            same_fields(value, &inner["properties"], &format!("{at}.{name}"));
        }
    }
}
