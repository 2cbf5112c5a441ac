//! Every template as it is read: each sample against its file in `fixtures/email`.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use quorate::workflow::Template;
use serde_json::json;

use super::*;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/email")
}

/// Compares with the golden file; what differs is written beside the other temporary files, to be looked at.
#[expect(clippy::disallowed_methods, reason = "tests read their fixtures")]
fn differs(name: &str, actual: &str) -> Option<String> {
    if fs::read_to_string(folder().join(name)).is_ok_and(|expected| expected == actual) {
        return None;
    }
    let seen = std::env::temp_dir().join("quorate-email");
    fs::create_dir_all(&seen).unwrap();
    fs::write(seen.join(name), actual).unwrap();
    Some(seen.join(name).display().to_string())
}

#[test]
fn every_template_reads_as_its_golden_file_says() {
    let composer = composer();
    let mut different = Vec::new();
    for sample in samples::all() {
        let rendered = composer.render(&sample.letter).unwrap_or_else(|error| panic!("{}: {error}", sample.name));
        let text = format!("Subject: {}\n\n{}", rendered.subject, rendered.text);
        different.extend(differs(&format!("{}.txt", sample.name), &text));
        different.extend(differs(&format!("{}.html", sample.name), &rendered.html));
    }
    assert!(different.is_empty(), "look at these, and copy them to fixtures/email if they are meant: {different:#?}");
}

#[test]
fn every_template_has_a_golden_file() {
    let shown: BTreeSet<String> = samples::all().iter().map(|sample| sample.letter.template.clone()).collect();
    let templates: BTreeSet<String> = Composer::templates().map(str::to_owned).collect();
    assert_eq!(shown, templates);
}

#[test]
fn every_template_a_definition_may_name_is_there() {
    let templates: BTreeSet<&str> = Composer::templates().collect();
    for template in Template::ALL {
        assert!(templates.contains(template.as_str()), "{}", template.as_str());
        assert_eq!(json!(template), json!(template.as_str()));
    }
}

#[test]
fn the_first_line_says_what_happened_and_no_line_is_left_over_from_a_condition() {
    for sample in samples::all() {
        let rendered = composer().render(&sample.letter).unwrap();
        let first = rendered.text.lines().next().unwrap();
        assert!(first.ends_with(['.', ':', '?']), "{}: {first}", sample.name);
        assert!(!rendered.text.contains("{{") && !rendered.html.contains("{{"), "{}", sample.name);
        assert!(!rendered.text.contains("\n\n\n") && !rendered.text.contains(" \n"), "{}", sample.name);
        assert!(!rendered.text.contains("null") && !rendered.html.contains("null"), "{}", sample.name);
    }
}

#[test]
fn a_page_is_well_formed_says_its_language_and_asks_nothing_of_other_servers() {
    for sample in samples::all() {
        let html = composer().render(&sample.letter).unwrap().html;
        let closed = html.replace("<!doctype html>\n", "").replace("<meta charset=\"utf-8\">", "");
        let closed: String = closed.lines().filter(|line| !line.starts_with("<meta")).collect::<Vec<_>>().join("\n");
        roxmltree::Document::parse(&closed.replace("<br>", "<br/>"))
            .unwrap_or_else(|error| panic!("{}: {error}\n{html}", sample.name));
        assert!(html.contains("<html lang=\"en-GB\">"), "{}", sample.name);
        for never in ["<script", "<img", "<link", "src=", "<table", "url(", "@import"] {
            assert!(!html.contains(never), "{}: {never}", sample.name);
        }
    }
}

#[test]
fn what_people_wrote_cannot_become_part_of_the_page_or_hide_in_it() {
    let hostile = "<script>alert(1)</script> & \"quoted\" {{link}} \u{202E}gnp.exe\u{0} tab\tand\r\nline";
    let body = CaseLetter { title: hostile.to_owned(), ..arrived() };
    let rendered = composer().render(&letter("notice", &body)).unwrap();
    assert!(!rendered.html.contains("<script"), "{}", rendered.html);
    assert!(rendered.html.contains("&lt;script&gt;") && rendered.html.contains("{{link}}"), "{}", rendered.html);
    for unseen in ['\u{202E}', '\0', '\t', '\r'] {
        assert!(!rendered.text.contains(unseen) && !rendered.html.contains(unseen), "{unseen:?}");
    }
    assert!(rendered.text.contains("\u{FFFD}gnp.exe"), "{}", rendered.text);
}

#[test]
fn a_link_that_is_no_page_never_reaches_a_message() {
    for bad in ["javascript:alert(1)", "data:text/html,x", "ftp://a.example", "https://", "https://a.example/ b", "//a"]
    {
        assert!(Link::parse(bad).is_err(), "{bad}");
        let mut body = serde_json::to_value(arrived()).unwrap();
        body["link"] = json!(bad);
        let refused = composer().render(&letter("notice", &body)).unwrap_err().to_string();
        assert!(refused.contains("is no link to a page"), "{refused}");
    }
}

#[test]
fn a_body_that_does_not_fit_its_template_is_refused_and_one_with_less_than_all_is_not() {
    let mut body = serde_json::to_value(arrived()).unwrap();
    for optional in ["outcome", "moved", "gone", "ballot"] {
        body.as_object_mut().unwrap().remove(optional);
    }
    assert!(composer().render(&letter("notice", &body)).is_ok());
    body.as_object_mut().unwrap().remove("title");
    let refused = composer().render(&letter("notice", &body)).unwrap_err().to_string();
    assert_eq!(refused, "template notice: missing field `title`");
    let refused = composer().render(&letter("notise", &body)).unwrap_err().to_string();
    assert_eq!(refused, "there is no template called `notise`");
}

#[test]
fn a_text_without_end_is_refused() {
    let body = CaseLetter { reason: Some("x".repeat(300 * 1024)), ..arrived() };
    let refused = composer().render(&letter("notice", &body)).unwrap_err().to_string();
    assert!(
        refused.starts_with("a text of 3") && refused.ends_with("is more than the 262144 that are sent"),
        "{refused}"
    );
}
