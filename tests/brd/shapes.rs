//! Documents that people keep by hand, in the shapes they take.

use quorate::brd::{Imported, Moscow, Rule, import};
use quorate::document::{Block, Cell, Document, Level, ListKind, Properties, Row, Table, Text};

fn document() -> Document {
    let properties = Properties {
        reference: String::new(),
        classification: String::new(),
        date: chrono::NaiveDate::default(),
        author: String::new(),
    };
    let mut document = Document::new("The baseline", properties);
    document.subtitle("Version 1.2.0");
    document
}

fn said(imported: &Imported) -> Vec<String> {
    imported.findings.iter().map(|finding| format!("{}: {}", finding.place, finding.what)).collect()
}

/// What is there of each functional requirement.
fn requirements(imported: &Imported) -> Vec<String> {
    let requirements = imported.brd.requirements.iter().map(|item| {
        let component = item.component.as_ref().map(ToString::to_string).unwrap_or_default();
        let domain = item.domain.map(|id| id.to_string()).unwrap_or_default();
        let map = item.process_map.map(|id| id.to_string()).unwrap_or_default();
        let moscow = item.moscow.map(Moscow::as_str).unwrap_or_default();
        format!("{} [{component}|{domain}|{map}|{moscow}] {}: {}", item.id, item.heading, item.text)
    });
    requirements.collect()
}

#[test]
fn columns_stand_in_any_order_and_under_the_names_people_give_them() {
    let mut document = document();
    document.heading(Level::One, "Requirements").heading(Level::Two, "Log In").table(
        Table::new([("Priority", 1), ("Requirement Description", 5), ("PM", 1), ("BFD", 1), ("Req. ID", 1), ("UC", 2)])
            .row(["M", "A person logs in.", "PM-1", "bfd 14", "SSI\u{2011}FR\u{2011}1", "UC-Login-001"])
            .row(["Should have", "It says so.", "ALL", "", "ssi_fr_1A", ""]),
    );
    let imported = import(&document);
    assert_eq!(
        requirements(&imported),
        [
            "SSI-FR-1 [UC_Login_001|BFD14|PM1|Must] Log In: A person logs in.",
            "SSI-FR-1a [||All|Should] Log In: It says so.",
        ]
    );
    assert_eq!(said(&imported), [""; 0]);
    assert_eq!(imported.brd.version.to_string(), "V1.2.0");
}

#[test]
fn a_row_that_goes_on_over_a_page_is_one_requirement() {
    let list = |items: &[&str]| Block::list(ListKind::Bullets, items.iter().copied());
    let header = ["Id", "Domain", "Requirement"];
    let mut document = document();
    document.heading(Level::One, "Requirements");
    document.table(
        Table::new([("Id", 1), ("Domain", 1), ("Requirement", 5)])
            .rows([Row::of([
                Cell::from("SSI-FR-1"),
                Cell::from("BFD01"),
                Cell::of([Block::paragraph("It shows:"), list(&["one"])]),
            ])])
            .row(header)
            .rows([Row::of([Cell::from(""), Cell::from(""), Cell::of([list(&["two"])])])])
            .row(["SSI-FR-2", "BFD01", "A person who has an incident"]),
    );
    // The second half of the table stands apart and repeats no header.
    let mut rest = Table::new([("", 1), ("", 1), ("", 5)]).row(["", "", "in view adds to it."]);
    rest.header.clear();
    document.table(rest.row(["SSI-FR-3", "BFD02", "Done."]));
    let imported = import(&document);
    assert_eq!(
        requirements(&imported),
        [
            "SSI-FR-1 [|BFD01||] : It shows:\n* one\n* two",
            "SSI-FR-2 [|BFD01||] : A person who has an incident in view adds to it.",
            "SSI-FR-3 [|BFD02||] : Done.",
        ]
    );
    assert_eq!(said(&imported), [""; 0]);
}

#[test]
fn a_cell_that_spans_rows_speaks_for_each_of_them() {
    let mut document = document();
    document.heading(Level::One, "Requirements").table(
        Table::new([("Id", 1), ("BFD", 1), ("Requirement", 5)])
            .rows([Row::of([Cell::from("SSI-FR-1"), Cell::from("BFD03").spanning(1, 2), Cell::from("One.")])])
            .row(["SSI-FR-2", "Two."])
            .rows([Row::of([Cell::from("SSI-FR-3").spanning(1, 2), Cell::from("BFD04"), Cell::from("Three.")])])
            .row(["BFD04", "And more."]),
    );
    let imported = import(&document);
    assert_eq!(
        requirements(&imported),
        ["SSI-FR-1 [|BFD03||] : One.", "SSI-FR-2 [|BFD03||] : Two.", "SSI-FR-3 [|BFD04||] : Three.\n\nAnd more."]
    );
    assert_eq!(said(&imported), [""; 0]);
}

#[test]
fn a_requirement_may_be_a_heading_with_its_traces_below() {
    let mut document = document();
    document
        .heading(Level::One, "Requirements")
        .heading(Level::Two, "UC-Login-001 – Log In")
        .paragraph("Lets a person log in.")
        .heading(Level::Three, "SSI-FR-6a: Searching")
        .table(Table::facts([("Domain", "BFD04"), ("Process Map", "PM3"), ("MoSCoW", "Could")]))
        .paragraph(Text::new("A person ").bold("searches").plain(":"))
        .bullets(["by name", "by number"])
        .heading(Level::Two, "Searching (UC_Search_001)");
    let imported = import(&document);
    assert_eq!(
        requirements(&imported),
        ["SSI-FR-6a [UC_Login_001|BFD04|PM3|Could] Searching: A person **searches**:\n* by name\n* by number"]
    );
    let components: Vec<String> =
        imported.brd.components.iter().map(|item| format!("{} {}: {}", item.id, item.name, item.text)).collect();
    assert_eq!(components, ["UC_Login_001 Log In: Lets a person log in.", "UC_Search_001 Searching: "]);
    assert_eq!(said(&imported), [""; 0]);
}

#[test]
fn a_row_of_one_cell_names_the_component_of_the_rows_below() {
    let whole = |text: &str| Row::of([Cell::from(text).spanning(3, 1)]);
    let mut document = document();
    document.heading(Level::One, "Requirements").heading(Level::Two, "Log In").table(
        Table::new([("Id", 1), ("Domain", 1), ("Requirement", 5)])
            .rows([whole("UC-Login-001 – Lets a person log in.")])
            .row(["SSI-FR-1", "BFD14", "A person logs in."])
            .rows([whole("UC-Login-002 Lets a person log out.")])
            .row(["SSI-FR-2", "BFD14", "A person logs out."]),
    );
    let imported = import(&document);
    assert_eq!(
        requirements(&imported),
        ["SSI-FR-1 [UC_Login_001|BFD14||] : A person logs in.", "SSI-FR-2 [UC_Login_002|BFD14||] : A person logs out.",]
    );
    let texts: Vec<String> =
        imported.brd.components.iter().map(|item| format!("{}: {}", item.name, item.text)).collect();
    assert_eq!(texts, ["Log In: Lets a person log in.", "Log In: Lets a person log out."]);
}

#[test]
fn one_table_holds_headings_components_and_requirements() {
    let whole = |text: &str| Row::of([Cell::from(text).spanning(5, 1)]);
    let mut document = document();
    document.heading(Level::One, "4 Requirements").heading(Level::Two, "4.1 Functional").table(
        Table::new([
            ("ID", 1),
            ("Functional Component / Requirement", 5),
            ("Business Functional Domain", 1),
            ("Process Map", 1),
            ("MoSCoW", 1),
        ])
        .rows([whole("Log In"), whole("UC-Login-001: Lets a person log in.")])
        .row(["SSI-FR-1", "A person logs in.", "BFD14", "PM1", "Must"])
        .rows([whole("UC-Login-002 (Ext. 1 – By link): This is"), whole("UC_Login_001 (Main Flow) by a link.")])
        .row(["SSI-FR-2", "A person follows a link.", "BFD14", "PM1", "Must"])
        .rows([whole("Downloads")])
        .row(["SSI-FR-3", "A person keeps a file.", "BFD14", "All", ""]),
    );
    let imported = import(&document);
    assert_eq!(
        requirements(&imported),
        [
            "SSI-FR-1 [UC_Login_001|BFD14|PM1|Must] : A person logs in.",
            "SSI-FR-2 [UC_Login_002|BFD14|PM1|Must] : A person follows a link.",
            "SSI-FR-3 [|BFD14|All|] Downloads: A person keeps a file.",
        ]
    );
    let second = &imported.brd.components[1];
    assert_eq!((second.name.as_str(), second.flow.as_str()), ("Log In", "Ext. 1 – By link"));
    assert_eq!(second.text.as_str(), "This is UC_Login_001 (Main Flow) by a link.");
    assert_eq!(second.domain.map(|id| id.to_string()).as_deref(), Some("BFD14"));
    assert_eq!(said(&imported), [""; 0]);
}

#[test]
fn epics_go_by_their_process_map_and_domains_take_their_capability_from_a_table_of_its_own() {
    let mut document = document();
    document
        .heading(Level::One, "Domains")
        .table(Table::new([("BFD ID", 1), ("Business Functional Domain Name", 2), ("Capability", 5)]).row([
            "BFD14",
            "Access",
            "Lets people in.",
        ]))
        .table(Table::new([("BFD Id", 1), ("Business Functional Domain Name", 2), ("Business Capability", 5)]).row([
            "BFD14",
            "Access",
            "Service Delivery",
        ]))
        .heading(Level::One, "Epics")
        .table(
            Table::new([("Epic Name", 1), ("Description", 5), ("Process Map", 1), ("Business Functional Domain", 1)])
                .row(["Login", "A person logs in.", "PM1", "BFD14 Access"]),
        )
        .heading(Level::One, "Terms")
        .table(
            Table::new([("Serial", 1), ("Definition", 1), ("Description", 5)])
                .row(["1", "BFD", "Business Functional Domain"])
                .row(["2", "Functional Component", "Something a role may use"]),
        )
        .heading(Level::One, "References")
        .table(Table::new([("", 1), ("Reference", 1), ("Description", 5), ("Document Link", 1)]).row([
            "1",
            "The handbook",
            "It helps.",
            "",
        ]));
    let Imported { brd, findings } = import(&document);
    assert_eq!(findings, []);
    let domain = &brd.domains[0];
    let said = (domain.name.as_str(), domain.business_capability.as_str(), domain.text.as_str());
    assert_eq!(said, ("Access", "Service Delivery", "Lets people in."));
    let map = &brd.process_maps[0];
    assert_eq!((map.epic.as_str(), map.domain, map.text.as_str()), ("Login", Some(domain.id), "A person logs in."));
    assert_eq!(brd.glossary[1].term.as_str(), "Functional Component");
    assert_eq!((brd.references[0].serial, brd.references[0].title.as_str()), (1, "The handbook"));
}

#[test]
fn the_roles_of_an_access_matrix_may_head_its_columns() {
    let mut document = document();
    document.heading(Level::One, "Appendix A").table(
        Table::new([
            ("BFD", 1),
            ("Interface Transaction", 3),
            ("Functional Component", 2),
            ("Clerk", 1),
            ("Reader", 1),
        ])
        .row(["BRD03", "Log in and out", "UC-Login-001, UC-Login-002", "Y", "N"]),
    );
    let imported = import(&document);
    let row = &imported.brd.access[0];
    assert_eq!(row.domain.map(|id| id.to_string()).as_deref(), Some("BRD03"));
    assert_eq!(row.components.iter().map(ToString::to_string).collect::<Vec<_>>(), ["UC_Login_001", "UC_Login_002"]);
    assert_eq!(row.roles.iter().map(ToString::to_string).collect::<Vec<_>>(), ["Clerk"]);
    assert_eq!(imported.brd.roles.iter().map(ToString::to_string).collect::<Vec<_>>(), ["Clerk", "Reader"]);
}

#[test]
fn what_is_not_understood_is_said_with_its_place() {
    let mut document = document();
    document.subtitle.clear();
    document
        .paragraph("An introduction.")
        .heading(Level::One, "Requirements")
        .paragraph("These are the requirements.")
        .table(
            Table::new([("Id", 1), ("BFD", 1), ("MoSCoW", 1), ("Requirement", 5)])
                .row(["SSI-FR-1", "none yet", "Perhaps", "One."])
                .row(["FR 2", "BFD01", "Must", "Two."])
                .row(["SSI-FR-3", "BFD01", "Must", "Three."])
                .row(["SSI-FR-1", "BFD01", "Must", "One again."]),
        )
        .heading(Level::One, "Prices")
        .table(Table::new([("Item", 1), ("Price", 1), ("Note", 1)]).row(["Tea", "£2", "hot"]));
    let imported = import(&document);
    assert!(imported.findings.iter().all(|finding| matches!(finding.rule, Rule::NotUnderstood | Rule::LeftOut)));
    assert_eq!(
        said(&imported),
        [
            "before the first heading: 1 paragraph or list belongs to no item and was left out",
            "“Requirements”, table 1, row 2: “none yet” is not an id that can stand here",
            "“Requirements”, table 1, row 2: “Perhaps” does not say how much SSI-FR-1 is needed",
            "“Requirements”, table 1, row 3: “FR 2” is not an id",
            "“Requirements”, table 1, row 5: SSI-FR-1 is already there, so what stands here was left out",
            "“Requirements”: 1 paragraph or list belongs to no item and was left out",
            "“Prices”, table 1: this table has no columns that are known",
            "the document: it does not say which version it is",
        ]
    );
    assert_eq!(imported.brd.requirements.len(), 2);
}

#[test]
fn a_document_of_nothing_is_a_baseline_of_nothing() {
    let imported = import(&document());
    assert!(imported.brd.requirements.is_empty() && imported.findings.is_empty());
}
