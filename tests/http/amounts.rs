//! Amounts of money and dates as people write them.

use serde_json::json;

use super::world::{DANA, PRIYA, Site, acceptance, form_with};

async fn cost(site: &Site, amount: &str) -> Result<String, String> {
    let form = form_with(&json!({ "anticipated_cost": { "low": amount, "high": amount } }));
    let answer = site.post(PRIYA, "/sips", &form).await;
    if answer.status.is_client_error() {
        answer.problem(422, "invalid");
        assert!(answer.fields_named().contains(&"anticipated_cost.low".to_owned()), "{}", answer.text);
        return Err(answer.json()["missing"][0]["what"].as_str().unwrap().to_owned());
    }
    let reference = answer.created()["reference"].as_str().unwrap().to_owned();
    Ok(site.get(&format!("/sips/{reference}")).await.ok()["form"]["anticipated_cost"].to_string())
}

#[tokio::test]
async fn an_amount_is_read_to_the_penny_however_it_is_written() {
    let site = Site::new().await;
    let plain = cost(&site, "50000").await.unwrap();
    for same in ["50,000", "£50,000", "£50000.00", " GBP 50,000 ", "50000.00"] {
        assert_eq!(cost(&site, same).await.as_ref(), Ok(&plain), "{same}");
    }
    assert_ne!(cost(&site, "50,000.01").await.unwrap(), plain);
    assert_ne!(cost(&site, "49,999.99").await.unwrap(), plain);
}

#[tokio::test]
async fn an_amount_that_could_be_misread_is_refused_with_the_way_to_write_it() {
    let site = Site::new().await;
    for amount in [
        "-5",
        "+5",
        "(5)",
        "5-",
        "5e3",
        "1.5",
        "1.234",
        "5,00",
        "50.000",
        "1,0000",
        "$5",
        "€5",
        "five",
        "5 000",
        "0x10",
        "٥",
        "99999999999999999999",
        "NaN",
        "5.0.0",
        "£",
        "50k",
    ] {
        let said = cost(&site, amount).await.unwrap_err();
        assert!(said.contains("; "), "{amount}: {said}");
    }
}

#[tokio::test]
async fn amounts_of_an_action_are_read_alike() {
    let site = Site::new().await;
    let reference = site.in_validation().await;
    for (low, high) in [("-1", "5"), ("5", "1"), ("1.5", "2"), ("1e3", "2000"), ("$1", "2")] {
        let mut fields = acceptance();
        fields["cost"] = json!({ "low": low, "high": high });
        let refused = site.act(DANA, &reference, "accept", &fields).await;
        refused.problem(422, "invalid");
        assert_eq!(refused.fields_named(), ["cost"], "{low} {high}");
    }
    for cost in [json!(8000), json!({ "low": 8000.5, "high": 9000 }), json!({ "low": "1" }), json!([1, 2]), json!(null)]
    {
        let mut fields = acceptance();
        fields["cost"] = cost.clone();
        let refused = site.act(DANA, &reference, "accept", &fields).await;
        refused.problem(422, "invalid");
        assert_eq!(refused.fields_named(), ["cost"], "{cost}");
    }
    let mut fields = acceptance();
    fields["cost"] = json!({ "low": 50000, "high": "£100,000.00" });
    site.act(DANA, &reference, "accept", &fields).await.ok();
    let recorded = site.get("/cases/SIP-0001").await.ok()["recorded"]["cost"].clone();
    assert_eq!(recorded, "£50,000 to £100,000");
}

#[tokio::test]
async fn an_impossible_date_is_refused_with_what_is_wrong() {
    let site = Site::new().await;
    for date in [
        "2025-02-30",
        "2025-13-01",
        "25-11-03",
        "2025-11-3",
        "03/11/2025",
        "+2025-11-03",
        "",
        "today",
        "2025-11-03T00:00:00Z",
    ] {
        let refused = site.post(PRIYA, "/sips", &form_with(&json!({ "sent_on": date }))).await;
        refused.problem(422, "invalid");
        assert_eq!(refused.fields_named(), ["sent_on"], "{date}");
        assert!(refused.json()["detail"].as_str().unwrap().contains("is not a date"), "{date}: {}", refused.text);
    }
    let future = site.post(PRIYA, "/sips", &form_with(&json!({ "sent_on": "2025-11-04" }))).await;
    future.problem(422, "invalid");
    assert_eq!(future.fields_named(), ["sent_on"]);
    site.post(PRIYA, "/sips", &form_with(&json!({ "sent_on": 20_251_103 }))).await.problem(422, "invalid");
    site.post(PRIYA, "/sips", &form_with(&json!({ "sent_on": null }))).await.created();
}

#[tokio::test]
async fn a_date_beyond_the_calendar_is_refused_and_never_guessed() {
    let site = Site::new().await;
    for path in [
        "/working-days/add?date=2090-01-01&days=1",
        "/working-days/add?date=2030-12-31&days=400",
        "/working-days/add?date=2025-11-03&days=65535",
        "/working-days/subtract?date=2012-01-10&days=60",
        "/working-days/between?start=2025-11-03&end=9999-12-31",
        "/working-days/between?start=2025-11-04&end=2025-11-03",
        "/working-days/list?year=1066",
        "/working-days/list?year=-2147483648",
        "/definitions/ssi-change-governance/timeline?from=2089-01-01",
    ] {
        site.get(path).await.problem(422, "invalid");
    }
    let reference = site.in_validation().await;
    let path = format!("/cases/{reference}/clocks/findings/extension");
    for date in ["2090-01-01", "9999-12-31"] {
        let refused = site.post(DANA, &path, &json!({ "to": date, "reason": "Later." })).await;
        assert!(refused.status.is_client_error(), "{date}: {}", refused.text);
    }
    let ancient = site.post(PRIYA, "/sips", &form_with(&json!({ "sent_on": "0001-01-01" }))).await;
    assert!(ancient.status.is_client_error(), "{}", ancient.text);
    assert_eq!(site.get("/sips").await.ok()["cases"].as_array().unwrap().len(), 1);
}
