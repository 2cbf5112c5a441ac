//! What stands in a page.

use quorate::document::{Document, Look, Text, to_html, to_html_article};

use super::{consultation, properties};
use crate::diagram::xml::{Element, read};

fn page(document: &Document) -> Element {
    let html = to_html(document, Look::Linked("/style.css"));
    read(html.strip_prefix("<!DOCTYPE html>").unwrap())
}

fn named<'a>(page: &'a Element, name: &str) -> Vec<&'a Element> {
    page.all().into_iter().filter(|element| element.name == name).collect()
}

#[test]
fn a_page_is_whole_and_in_british_english() {
    let page = page(&consultation());
    assert_eq!((page.name.as_str(), page.get("lang")), ("html", "en-GB"));
    assert_eq!(page.words_of("title"), "SSI Improvement Consultation");
    assert_eq!(named(&page, "h1").len(), 1);
    assert!(page.words_of("strong").starts_with("White"), "the classification stands first");
}

#[test]
fn a_page_keeps_to_a_strict_content_security_policy() {
    for look in [Look::Embedded, Look::Linked("/style.css"), Look::Bare] {
        let html = to_html(&consultation(), look);
        assert!(!html.contains("<script") && !html.contains(" style=") && !html.contains(" onclick="));
        assert_eq!(html.contains("<style>"), look == Look::Embedded);
    }
}

#[test]
fn headings_can_be_reached_from_the_contents_and_paragraphs_by_number() {
    let page = page(&consultation());
    let ids: Vec<&str> = page.all().iter().map(|element| element.get("id")).filter(|id| !id.is_empty()).collect();
    for link in named(&page, "a").iter().filter_map(|link| link.get("href").strip_prefix('#')) {
        assert!(ids.contains(&link), "{link}");
    }
    assert!(["p1", "p2", "p3"].iter().all(|id| ids.contains(id)), "{ids:?}");
    assert_eq!(named(&page, "h3")[0].words_of("span"), "1.1");
}

#[test]
fn tables_name_their_rows_and_columns() {
    let page = page(&consultation());
    assert_eq!(page.words_of("caption"), "Question 1");
    let scopes: Vec<&str> = named(&page, "th").iter().map(|head| head.get("scope")).collect();
    assert_eq!(scopes.iter().filter(|scope| **scope == "col").count(), 7);
    assert_eq!(scopes.iter().filter(|scope| **scope == "row").count(), 3);
    let spans: Vec<&str> = page.all().iter().map(|cell| cell.get("rowspan")).filter(|span| !span.is_empty()).collect();
    assert_eq!(spans, ["2"]);
}

#[test]
fn everything_is_escaped() {
    let mut document = Document::new("<script>alert(1)</script>", properties());
    document
        .subtitle("\"><img src=x>")
        .paragraph(Text::new("a").link("<i>b</i>", "https://x.example/?a=1&b=\"><script>"));
    let html = to_html(&document, Look::Bare);
    assert!(!html.contains("<script") && !html.contains("<img") && !html.contains("<i>"), "{html}");
    assert!(html.contains("https://x.example/?a=1&amp;b=&quot;&gt;&lt;script&gt;"), "{html}");
}

#[test]
fn an_article_stands_within_another_page() {
    let article = to_html_article(&consultation());
    assert!(article.starts_with("<article") && !article.contains("<head>"));
    assert!(to_html(&consultation(), Look::Bare).contains(&article));
}
