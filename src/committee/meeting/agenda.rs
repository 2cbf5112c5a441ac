//! What there is to deal with at a meeting.

use super::event::Event;
use super::record::Subject;

/// A case that waits for a determination of the body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// The reference of the case, or its number.
    pub case: String,
    /// Its title.
    pub title: String,
    /// The point at which it is decided, such as `ia_sign_off`.
    pub point: String,
    /// The title of that point.
    pub point_title: String,
}

/// A ballot by correspondence that has ended since the last meeting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    /// The ballot.
    pub ballot: String,
    /// The reference of the case it was about.
    pub case: String,
    /// The title of the point.
    pub point_title: String,
}

/// Everything an agenda is drawn up from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Business {
    /// The meetings whose minutes have not been approved.
    pub minutes: Vec<String>,
    /// What was decided by correspondence.
    pub decided: Vec<Decided>,
    /// What waits for a determination, in the order it is taken.
    pub waiting: Vec<Waiting>,
}

/// An item to be put on an agenda.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewItem {
    /// What it is about, in words.
    pub title: String,
    /// What kind of item it is.
    pub subject: Subject,
}

/// The items of an agenda: those every meeting has, and whatever has come up.
pub fn draw_up(business: &Business) -> Vec<NewItem> {
    let other = |title: &str| NewItem { title: title.to_owned(), subject: Subject::Other };
    let mut items = vec![other("Apologies and declarations of interest")];
    items.extend(business.minutes.iter().map(|meeting| NewItem {
        title: format!("Minutes of {meeting}"),
        subject: Subject::Minutes { meeting: meeting.clone() },
    }));
    items.extend(business.decided.iter().map(decided));
    items.extend(business.waiting.iter().map(waiting));
    items.push(other("Any other business"));
    items
}

fn decided(decided: &Decided) -> NewItem {
    let Decided { ballot, case, point_title } = decided;
    NewItem {
        title: format!("Decided since the last meeting: {case}, {point_title} ({ballot})"),
        subject: Subject::DecidedSince { ballot: ballot.clone() },
    }
}

fn waiting(waiting: &Waiting) -> NewItem {
    let Waiting { case, title, point, point_title } = waiting;
    NewItem {
        title: format!("{case} {title}: {point_title}"),
        subject: Subject::Determination { case: case.clone(), point: point.clone() },
    }
}

/// The items as they come onto the agenda of a new meeting, numbered from 1.
pub(super) fn events(items: Vec<NewItem>) -> impl Iterator<Item = Event> {
    (1..).zip(items).map(|(number, NewItem { title, subject })| Event::ItemAdded {
        number,
        title,
        subject,
        reason: None,
    })
}
