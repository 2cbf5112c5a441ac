//! What people read: every notice makes a message, and no text anybody chose can make more of it.

use std::collections::BTreeSet;

use quorate::notify::Transport;
use quorate::rehearsal::SCENARIOS;
use quorate::service::NewPerson;

use super::notices::outbox;
use super::*;

/// The parts of a message as it goes out: head, text and HTML.
struct Message {
    head: String,
    text: String,
    html: String,
}

impl Message {
    fn read(bytes: &[u8]) -> Self {
        let message = mail_parser::MessageParser::default().parse(bytes).unwrap();
        let whole = String::from_utf8(bytes.to_vec()).unwrap().replace("\r\n", "\n");
        let (head, _) = whole.split_once("\n\n").unwrap();
        let (text, html) = (message.body_text(0).unwrap(), message.body_html(0).unwrap());
        Self { head: head.replace("\n ", " "), text: text.replace("\r\n", "\n"), html: html.replace("\r\n", "\n") }
    }

    fn header(&self, name: &str) -> String {
        self.head.lines().find_map(|line| line.strip_prefix(&format!("{name}: "))).unwrap_or_default().to_owned()
    }
}

/// Every message waiting, each with the notice it is.
async fn messages(app: &App, now: DateTime<Utc>) -> Vec<Message> {
    let mail = outbox(Transport::memory());
    let report = service::send_due(app, &mail, now).await.unwrap();
    assert_eq!(report.failed, 0);
    mail.transport.kept().iter().map(|bytes| Message::read(bytes)).collect()
}

/// The message of this notice to this person.
async fn message(stage: &Stage, notice: &str, recipient: &str) -> Message {
    let all = messages(stage.app(), stage.now()).await;
    let ends = format!("-{notice}-{recipient}@secas.example>");
    all.into_iter().find(|message| message.header("Message-ID").ends_with(&ends)).unwrap()
}

/// What a message is about and which notice it is: `p sip_received` from `<12-sip_received-dana@..>` about P-2025-0001.
fn notice_of(message: &Message) -> String {
    let part = |header: &str| message.header(header).split('-').nth(1).map(str::to_owned);
    let about = part("References").unwrap_or_else(|| "quorate".to_owned());
    format!("{} {}", about, part("Message-ID").unwrap())
}

/// What no shipped scenario brings about: nobody collates, and nobody goes on with a change of the process.
fn neglect() -> Scenario {
    let steps = "
  - import_definition:
      as: dana
      from: ssi-change-governance
      replace: [{ text: 'version: \"1.0\"', with: 'version: \"1.1\"' }, { text: 'target: 5wd', with: 'target: 6wd' }]
  - change_process: { as: dana, call_it: change, title: A little longer }
  - act:
      as: dana
      case: change
      take: consult
      with: { process_changed: ssi-change-governance, new_version: \"1.1\", differences: Six for five., closes_on: 2025-12-01 }
  - on: 2025-12-02
  - extend: { as: dana, case: change, clock: refining, to: 2025-12-18, reason: Half of us are ill. }
  - on: 2025-12-31
";
    scenario(
        "2025-11-03",
        &(accepted(&[("g", "Clearer")])
            + &consultation("autumn", &["g"])
            + &issued("autumn", "2025-11-17", "2025-12-08")
            + steps),
    )
}

async fn seen_in(rehearsal: &Rehearsal) -> BTreeSet<String> {
    let messages = messages(&rehearsal.app, rehearsal.now).await;
    let ids: BTreeSet<String> = messages.iter().map(|message| message.header("Message-ID")).collect();
    assert_eq!(ids.len(), messages.len());
    messages.iter().for_each(sound);
    messages.iter().map(notice_of).collect()
}

#[tokio::test]
async fn every_scenario_leaves_a_whole_record_and_every_notice_makes_a_sound_message() {
    let mut stuck = super::clocks::end_of_the_calendar().await;
    stuck.rehearsal.now = at("2030-12-30 17:00");
    stuck.tick(stuck.now()).await;
    let mut seen = seen_in(&stuck.rehearsal).await;
    let shipped = SCENARIOS.iter().map(|shipped| Scenario::load(shipped.name, shipped.text).unwrap());
    for scenario in shipped.chain([neglect()]) {
        let mut rehearsal = Rehearsal::begin("sqlite::memory:", &scenario).await.unwrap();
        rehearsal.go_through(&scenario, |_| {}).await.unwrap();
        assert_eq!(rehearsal.played().differences, Vec::<String>::new());
        seen.extend(seen_in(&rehearsal).await);
        let proof = service::verify_journal(&rehearsal.app).await.unwrap();
        assert_eq!(proof.differing, Vec::<String>::new());
    }
    assert_eq!(declared().await.difference(&seen).collect::<Vec<_>>(), Vec::<&String>::new());
    assert!(seen.contains("quorate bank_holidays_changed"), "{seen:?}");
}

/// Every notice the processes declare, but those that say who is told of moved dates, where one message tells each person
/// of all that moved, and of a migration, which no scenario brings about in each process.
async fn declared() -> BTreeSet<String> {
    let app = App::open("sqlite::memory:", Settings::default(), at("2025-11-03 10:00")).await.unwrap();
    let mut declared = BTreeSet::new();
    let processes =
        [("p", "ssi-change-governance"), ("c", "improvement-consultation"), ("g", "governance-process-change")];
    for (letter, process) in processes {
        let definition = service::definition_version(&app, process, "1.0").await.unwrap();
        let names = definition.notices.keys().filter(|name| !["date_moved", "new_version"].contains(&name.as_str()));
        declared.extend(names.map(|name| format!("{letter} {name}")));
    }
    declared
}

/// Whether a message says whose turn it is or how it ended, where to look and why it came, in both its forms.
fn sound(message: &Message) {
    let subject = message.header("Subject");
    assert!(!subject.is_empty() && !message.text.contains("{{") && !message.text.contains("null"), "{}", message.text);
    for wanted in ["http://127.0.0.1:8080", "You are told"] {
        assert!(message.text.contains(wanted), "{}", message.text);
    }
    assert!(message.html.contains("href=\"http://127.0.0.1:8080"), "{}", message.html);
    assert_eq!(message.header("Auto-Submitted"), "auto-generated");
}

const HOSTILE: &str = "<script>alert('x')</script> \\\"q\\\" & {{told}}";

#[tokio::test]
async fn a_title_with_markup_is_text_in_both_forms() {
    let steps = format!("  - submit: {{ as: priya, call_it: g, form: sip-g, fields: {{ title: \"{HOSTILE}\" }} }}\n");
    let stage = Stage::set("2025-11-03", &steps).await;
    let message = message(&stage, "sip_received", "dana").await;
    assert!(message.text.contains("<script>alert('x')</script> \"q\" & {{told}}"), "{}", message.text);
    assert!(!message.html.contains("<script>"), "{}", message.html);
    let escaped = "&lt;script&gt;alert(&#x27;x&#x27;)&lt;/script&gt; &quot;q&quot; &amp; {{told}}";
    assert!(message.html.contains(escaped), "{}", message.html);
}

fn newcomer(id: &str, name: &str, email: &str) -> NewPerson {
    let (id, name, email) = (id.to_owned(), name.to_owned(), email.to_owned());
    NewPerson { id, party: "dcc".to_owned(), name, email, offices: vec!["dcc".to_owned()], token: None }
}

#[tokio::test]
async fn a_name_an_id_or_an_address_with_a_line_break_is_refused() {
    let stage = Stage::set("2025-11-03", "").await;
    let before = stage.everything().await;
    for person in [
        newcomer("zoe", "Zoe\r\nBcc: all@evil.example", "zoe@dcc.example"),
        newcomer("zoe", "Zoe\nBcc: all@evil.example", "zoe@dcc.example"),
        newcomer("zoe\r\nBcc: all@evil.example", "Zoe", "zoe@dcc.example"),
        newcomer("zoe>", "Zoe", "zoe@dcc.example"),
        newcomer("", "Zoe", "zoe@dcc.example"),
        newcomer("zoe", "Zoe", "zoe@dcc.example\r\nBcc: all@evil.example"),
    ] {
        let system = Actor::system();
        let refused = service::add_person(stage.app(), &Call::new(&system, stage.now()), person).await.unwrap_err();
        assert!(matches!(refused, ServiceError::Wrong { .. }), "{refused}");
    }
    assert_eq!(stage.everything().await, before);
}

#[tokio::test]
async fn a_name_with_a_line_break_in_the_database_adds_no_header() {
    let stage = Stage::set("2025-11-03", "  - submit: { as: priya, call_it: g, form: sip-g }\n").await;
    let name = "'Dana' || char(13) || char(10) || 'Bcc: all@evil.example'";
    stage.tamper(&format!("UPDATE people SET name = {name} WHERE id = 'dana'")).await;
    let title = "json_set(body, '$.subject', 'a' || char(13) || char(10) || 'Bcc: all@evil.example')";
    stage.tamper(&format!("UPDATE notices SET body = {title} WHERE recipient = 'dana'")).await;
    let message = message(&stage, "sip_received", "dana").await;
    assert_eq!(message.header("Bcc"), "");
    assert!(message.header("Subject").ends_with(": a Bcc: all@evil.example"), "{}", message.head);
    assert!(message.header("To").contains("dana.okafor@dcc.example"), "{}", message.head);
}

fn review(message: &Message) -> String {
    let head: Vec<&str> = message.head.lines().filter(|line| !line.starts_with("Content-Type")).collect();
    format!("{}\n\n{}", head.join("\n"), message.text.trim_end())
}

#[tokio::test]
async fn the_message_about_a_new_sip_reads_well() {
    let stage = Stage::set("2025-11-03", "  - submit: { as: priya, call_it: g, form: sip-g }\n").await;
    insta::assert_snapshot!(review(&message(&stage, "sip_received", "dana").await), @r#"
    Message-ID: <35-sip_received-dana@secas.example>
    Date: Mon, 03 Nov 2025 10:00:00 +0000
    From: Quorate <quorate@secas.example>
    To: "Dana Okafor" <dana.okafor@dcc.example>
    Subject: P-2025-0001: a SIP has arrived
    Auto-Submitted: auto-generated
    X-Auto-Response-Suppress: All
    In-Reply-To: <case-p-2025-0001@secas.example>
    References: <case-p-2025-0001@secas.example>
    MIME-Version: 1.0

    SIP P-2025-0001, Name an unconfirmed network variant, and bring back the coverage download: a SIP has arrived.

    It is your turn.
    To do: Confirm receipt and say what more is needed.
    By: the end of Monday 10 November 2025 (5 Working Days left).
    Where it stands: Waiting for DCC to confirm receipt.

    See http://127.0.0.1:8080/cases/P-2025-0001

    How this date was reached:
    The start is Monday 3 November 2025: the London date the SIP was sent. That day is not counted.
    Counting 5 Working Days on from it gives Monday 10 November 2025.
    Not Working Days: 2 weekend days.
    It closes at the end of Monday 10 November 2025, London time (2025-11-11 00:00 UTC).
    The bank holidays are those of England and Wales, edition gov.uk 2026-02-25.
    The rule is R12.

    You are told this because you act for the proposer or DCC. The process requires this notice, so nobody can opt out of it.
    What you are told and when: http://127.0.0.1:8080/notices
    "#);
}

#[tokio::test]
async fn the_message_about_an_overdue_date_reads_well() {
    let stage =
        Stage::set("2025-11-03", "  - submit: { as: priya, call_it: g, form: sip-g }\n  - on: 2025-11-11\n").await;
    insta::assert_snapshot!(review(&message(&stage, "overdue_dcc", "priya").await), @r#"
    Message-ID: <37-overdue_dcc-priya@secas.example>
    Date: Tue, 11 Nov 2025 00:00:00 +0000
    From: Quorate <quorate@secas.example>
    To: "Priya Nair" <priya.nair@northwind.example>
    Subject: P-2025-0001: overdue (was due 10 November 2025)
    Auto-Submitted: auto-generated
    X-Auto-Response-Suppress: All
    In-Reply-To: <case-p-2025-0001@secas.example>
    References: <case-p-2025-0001@secas.example>
    MIME-Version: 1.0

    SIP P-2025-0001, Name an unconfirmed network variant, and bring back the coverage download: overdue.

    It is the turn of DCC still.
    Not done: Confirm receipt and say what more is needed.
    It was due by: the end of Monday 10 November 2025.
    Where it stands: Waiting for DCC to confirm receipt.

    See http://127.0.0.1:8080/cases/P-2025-0001

    How this date was reached:
    The start is Monday 3 November 2025: the London date the SIP was sent. That day is not counted.
    Counting 5 Working Days on from it gives Monday 10 November 2025.
    Not Working Days: 2 weekend days.
    It closes at the end of Monday 10 November 2025, London time (2025-11-11 00:00 UTC).
    The bank holidays are those of England and Wales, edition gov.uk 2026-02-25.
    The rule is R12.

    You are told this because you act for DCC or SECAS or the proposer. The process requires this notice, so nobody can opt out of it.
    What you are told and when: http://127.0.0.1:8080/notices
    "#);
}

#[tokio::test]
async fn the_message_about_a_consultation_that_opens_reads_well() {
    let steps = accepted(&[("a", "First"), ("b", "Second")])
        + &consultation("autumn", &["a", "b"])
        + &issued("autumn", "2025-11-17", "2025-12-08")
        + "  - on: 2025-11-17\n";
    let stage = Stage::set("2025-11-03", &steps).await;
    insta::assert_snapshot!(review(&message(&stage, "opened", "mei").await), @r#"
    Message-ID: <47-opened-mei@secas.example>
    Date: Mon, 17 Nov 2025 09:00:00 +0000
    From: Quorate <quorate@secas.example>
    To: "Mei Chen" <mei.chen@sharedserve.example>
    Subject: C-2025-01: consultation open (by 8 December 2025)
    Auto-Submitted: auto-generated
    X-Auto-Response-Suppress: All
    In-Reply-To: <case-c-2025-01@secas.example>
    References: <case-c-2025-01@secas.example>
    MIME-Version: 1.0

    Consultation C-2025-01, Consultation autumn: consultation open.

    It is your turn.
    To do: Respond to the consultation.
    By: 17:00 on Monday 8 December 2025, London time (15 Working Days left).
    Where it stands: SEC Parties may respond.

    What it is about:
    * SIP-0001, First
    * SIP-0002, Second

    How to answer: One response covers all of it, and it can be changed until the close. What comes later is kept, marked late, and counts only if the deciding body admits it.

    Answer: http://127.0.0.1:8080/cases/C-2025-01

    How this date was reached:
    The start is Monday 17 November 2025: SEC Parties may respond. That day is not counted.
    The date is Monday 8 December 2025: Day it closes.
    Not Working Days: 6 weekend days.
    It closes on Monday 8 December 2025 at 17:00, London time (2025-12-08 17:00 UTC).
    The bank holidays are those of England and Wales, edition gov.uk 2026-02-25.

    You are told this because you act for SEC Parties or DCC or SECAS. The process requires this notice, so nobody can opt out of it.
    What you are told and when: http://127.0.0.1:8080/notices
    "#);
}

#[tokio::test]
async fn the_message_about_a_bank_holiday_reads_well() {
    let steps = "
  - submit: { as: priya, call_it: g, form: sip-g }
  - act: { as: dana, case: g, take: acknowledge }
  - bank_holiday:
      as: sofia
      edition: gov.uk 2025-11-04
      date: 2025-11-12
      title: A day of its own
      reason: Proclaimed on 4 November.
";
    let stage = Stage::set("2025-11-03", steps).await;
    insta::assert_snapshot!(review(&message(&stage, "bank_holidays_changed", "priya").await), @r#"
    Message-ID: <41-bank_holidays_changed-priya@secas.example>
    Date: Mon, 03 Nov 2025 10:00:00 +0000
    From: Quorate <quorate@secas.example>
    To: "Priya Nair" <priya.nair@northwind.example>
    Subject: Bank holidays have changed, and with them some dates
    Auto-Submitted: auto-generated
    X-Auto-Response-Suppress: All
    MIME-Version: 1.0

    The bank holidays of gov.uk 2025-11-04 are in use from now on, and these dates have changed:

    * P-2025-0001, Name an unconfirmed network variant, and bring back the coverage download: Complete validation and prioritisation and give the findings.
      It was due on Monday 1 December 2025 and is now due on Tuesday 2 December 2025.

    Why: Proclaimed on 4 November.

    See http://127.0.0.1:8080

    You are told because you were told the earlier dates.
    "#);
}
