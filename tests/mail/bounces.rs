//! What comes back names the notice it was.

use quorate::notify::{Bounces, Delivery, ReturnPath};

use super::faulty::Script;
use super::{message, plain};

fn bounces() -> Bounces {
    "bounces@quorate.example".parse().unwrap()
}

#[test]
fn the_variant_of_an_address_leads_back_to_its_notice() {
    let id = "0199a6c2-5d1e-7c3a-9f00-1234567890ab";
    assert_eq!(bounces().of(id), format!("bounces+{id}@quorate.example").parse().unwrap());
    assert_eq!(bounces().notice(&format!("bounces+{id}@quorate.example")), Some(id));
    assert_eq!(bounces().notice(&format!("Bounces+{id}@QUORATE.example")), Some(id));
}

#[test]
fn another_address_names_no_notice() {
    for address in [
        "bounces@quorate.example",
        "bounces+@quorate.example",
        "bounces+n1@elsewhere.example",
        "priya+n1@quorate.example",
        "bounces+n1",
        "",
    ] {
        assert_eq!(bounces().notice(address), None, "{address}");
    }
}

#[test]
fn an_id_that_no_address_can_hold_is_left_out() {
    for id in ["n1\r\nRCPT TO:<eve@example.org>", "a b", "a>b", "a\u{2028}b", &"n".repeat(80)] {
        assert_eq!(bounces().of(id), "bounces@quorate.example".parse().unwrap(), "{id:?}");
    }
}

#[test]
fn what_is_no_address_is_refused() {
    for text in ["", "bounces", "@", "a@b\r\nc", "a b@c"] {
        assert!(text.parse::<Bounces>().is_err(), "{text:?}");
        let error = text.parse::<ReturnPath>().unwrap_err().to_string();
        assert!(error.ends_with("is not an e-mail address, such as bounces@example.org"), "{error}");
        assert!(!error.contains(char::is_control));
    }
}

#[tokio::test]
async fn an_answer_to_mail_can_have_nowhere_to_come_back_to() {
    let server = Script::default().start();
    let delivery = plain(&server).send("n1", &ReturnPath::none(), &message("n1")).await;
    assert!(matches!(delivery, Delivery::Accepted(_)), "{delivery:?}");
    assert_eq!(server.said()[1], "MAIL FROM:<>");
}
