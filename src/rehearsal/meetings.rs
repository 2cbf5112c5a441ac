//! The steps of a scenario in which a body meets.

use chrono::{NaiveDate, NaiveTime};
use serde::Deserialize;

use super::play::Rehearsal;
use super::steps::{Failed, Outcome, actor, differs, known_as, reference, settle};
use crate::actor::Actor;
use crate::calendar::WorkingDays;
use crate::committee::meeting::Capacity;
use crate::committee::{Coming, Then};
use crate::service::ServiceError;
use crate::service::{self, Call, MeetingCall, MeetingEntry, MeetingMove, MeetingView, NewAgendaItem, NewMeetingPaper};

/// A meeting is called.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Meet {
    /// The secretary.
    #[serde(rename = "as")]
    pub actor: String,
    /// The body.
    pub body: String,
    /// What the scenario calls it from here on.
    pub call_it: String,
    /// The London date.
    pub on: NaiveDate,
    /// The London time at which it begins; 10:00 where absent.
    #[serde(default)]
    pub at: Option<String>,
    /// How many Working Days before it papers are out; five where absent.
    #[serde(default)]
    pub papers_before: Option<WorkingDays>,
    /// Why it is not on a Working Day, or at so short a notice.
    #[serde(default)]
    pub reason: Option<String>,
    /// Text that the refusal must contain, where it must be refused.
    #[serde(default)]
    pub refused: Option<String>,
}

/// Something happens in a meeting.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InMeeting {
    /// Who enters it.
    #[serde(rename = "as")]
    pub actor: String,
    /// The meeting, as the scenario calls it.
    pub meeting: String,
    /// What happens.
    #[serde(rename = "do")]
    pub what: Happening,
    /// Text that the refusal must contain, where it must be refused.
    #[serde(default)]
    pub refused: Option<String>,
}

/// What happens in a meeting.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Happening {
    /// It moves to another London date.
    MoveTo {
        /// The date.
        on: NaiveDate,
        /// Why.
        reason: String,
    },
    /// It is called off, for this reason.
    Cancel(String),
    /// An item comes onto the agenda.
    AddItem {
        /// The case, as the scenario calls it.
        #[serde(default)]
        case: Option<String>,
        /// What it is about.
        #[serde(default)]
        title: Option<String>,
        /// Why.
        reason: String,
    },
    /// An item leaves the agenda.
    RemoveItem {
        /// Its number.
        item: u32,
        /// Why.
        reason: String,
    },
    /// A paper is added.
    AddPaper {
        /// The item.
        item: u32,
        /// Its reference.
        reference: String,
        /// Why it is late.
        #[serde(default)]
        late_because: Option<String>,
    },
    /// Agenda and papers go out.
    SendPapers(Now),
    /// The session begins.
    Open(Now),
    /// These people come, as members.
    Arrive(Vec<String>),
    /// These people come for members who are absent.
    ArriveAsAlternates(Vec<String>),
    /// These people come to listen.
    ArriveAsObservers(Vec<String>),
    /// These members leave.
    Leave(Vec<String>),
    /// Somebody declares an interest and takes no part.
    Recuse {
        /// Who.
        person: String,
        /// The item.
        item: u32,
        /// The interest.
        interest: String,
    },
    /// Something said is noted.
    Note {
        /// The item.
        item: u32,
        /// What was said.
        text: String,
    },
    /// Something is agreed to be done.
    Agree {
        /// The item.
        item: u32,
        /// Who does it.
        owner: String,
        /// What.
        what: String,
    },
    /// The session ends.
    Close(Now),
    /// The draft minutes go out.
    SendMinutes(Now),
    /// The draft is corrected.
    Correct {
        /// The item; the whole where absent.
        #[serde(default)]
        item: Option<u32>,
        /// What the minutes should say.
        text: String,
    },
    /// The body approves the minutes today, at a later meeting where one is named.
    ApproveMinutes {
        /// The later meeting, as the scenario calls it.
        #[serde(default)]
        at: Option<String>,
    },
}

/// The only time a meeting begins or ends, or papers go out: as the step is taken.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Now {
    /// As the step is taken.
    Now,
}

/// What must be so of a meeting.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExpectMeeting {
    /// The meeting, as the scenario calls it.
    pub meeting: String,
    /// The numbers of the items on the agenda.
    #[serde(default)]
    pub items: Option<Vec<u32>>,
    /// Whether the body was quorate, for each stretch of the session.
    #[serde(default)]
    pub quorate: Option<Vec<bool>>,
    /// The options chosen, in the order of the agenda; `none` where no determination was formed.
    #[serde(default)]
    pub decided: Option<Vec<String>>,
    /// Paper day.
    #[serde(default)]
    pub paper_day: Option<NaiveDate>,
}

pub(super) async fn meet(rehearsal: &mut Rehearsal, step: &Meet) -> Outcome {
    let by = actor(rehearsal, &step.actor)?;
    let text = step.at.as_deref().unwrap_or("10:00");
    let unreadable = |_| differs(format!("`{text}` is not a time of day; write it as \"10:00\""));
    let at = NaiveTime::parse_from_str(text, "%H:%M").map_err(unreadable)?;
    let given = MeetingCall {
        body: step.body.clone(),
        on: step.on,
        at,
        place: "The usual room".to_owned(),
        papers_before: step.papers_before,
        reason: step.reason.clone(),
    };
    let outcome = service::call_meeting(&rehearsal.app, &Call::new(&by, rehearsal.now), given).await;
    if let Some(meeting) = settle(rehearsal, &by, &step.body, outcome, step.refused.as_deref())? {
        rehearsal.cases.insert(step.call_it.clone(), meeting.reference);
    }
    Ok(())
}

pub(super) async fn happen(rehearsal: &mut Rehearsal, step: &InMeeting) -> Outcome {
    let by = actor(rehearsal, &step.actor)?;
    let meeting = reference(rehearsal, &step.meeting)?;
    let outcome = match &step.what {
        Happening::AddItem { case: Some(case), title, reason } => {
            let case = known_as(rehearsal, &reference(rehearsal, case)?).await?;
            let new = NewAgendaItem { case: Some(case), title: title.clone(), reason: reason.clone() };
            service::add_agenda_item(&rehearsal.app, &Call::new(&by, rehearsal.now), &meeting, new).await
        }
        Happening::ApproveMinutes { at } => {
            let at = at.as_deref().map(|at| reference(rehearsal, at)).transpose()?;
            let (call, today) = (Call::new(&by, rehearsal.now), rehearsal.today());
            service::approve_minutes(&rehearsal.app, &call, &meeting, today, at.as_deref()).await
        }
        what => done(rehearsal, &by, &meeting, what).await,
    };
    settle(rehearsal, &by, &meeting, outcome, step.refused.as_deref()).map(|_| ())
}

async fn done(rehearsal: &Rehearsal, by: &Actor, meeting: &str, what: &Happening) -> Result<MeetingView, ServiceError> {
    let (app, call) = (&rehearsal.app, &Call::new(by, rehearsal.now));
    match what.clone() {
        Happening::MoveTo { on, reason } => {
            let to = MeetingMove { on: Some(on), at: None, place: None, papers_before: None, reason };
            service::move_meeting(app, call, meeting, to).await
        }
        Happening::Cancel(reason) => service::cancel_meeting(app, call, meeting, &reason).await,
        Happening::AddItem { title, reason, .. } => {
            service::add_agenda_item(app, call, meeting, NewAgendaItem { case: None, title, reason }).await
        }
        Happening::RemoveItem { item, reason } => service::remove_agenda_item(app, call, meeting, item, &reason).await,
        Happening::AddPaper { item, reference, late_because } => {
            let title = "Committee paper".to_owned();
            let paper = NewMeetingPaper { item, reference, title, digest: None, late_because };
            service::add_meeting_paper(app, call, meeting, paper).await
        }
        Happening::SendPapers(Now::Now) => service::send_papers(app, call, meeting).await,
        Happening::Open(Now::Now) => service::open_meeting(app, call, meeting).await,
        Happening::Close(Now::Now) => service::close_meeting(app, call, meeting).await,
        Happening::SendMinutes(Now::Now) => service::send_minutes(app, call, meeting).await,
        Happening::Correct { item, text } => service::correct_minutes(app, call, meeting, item, &text).await,
        other => entered(rehearsal, call, meeting, other).await,
    }
}

async fn entered(
    rehearsal: &Rehearsal,
    call: &Call<'_>,
    meeting: &str,
    what: Happening,
) -> Result<MeetingView, ServiceError> {
    let mut view = service::meeting(&rehearsal.app, meeting, Some(call.actor), rehearsal.now).await?;
    for entry in entries(what) {
        view = service::enter_in_meeting(&rehearsal.app, call, meeting, entry).await?;
    }
    Ok(view)
}

fn entries(what: Happening) -> Vec<MeetingEntry> {
    let came_or_went = |people: Vec<String>, capacity, what| {
        let entry = move |person| MeetingEntry::Attendance { person, capacity, what, at: None };
        people.into_iter().map(entry).collect()
    };
    match what {
        Happening::Arrive(people) => came_or_went(people, Capacity::Member, Coming::Arrived),
        Happening::ArriveAsAlternates(people) => came_or_went(people, Capacity::Alternate, Coming::Arrived),
        Happening::ArriveAsObservers(people) => came_or_went(people, Capacity::Observer, Coming::Arrived),
        Happening::Leave(people) => came_or_went(people, Capacity::Member, Coming::Left),
        Happening::Recuse { person, item, interest } => {
            vec![MeetingEntry::Interest { item, person: Some(person), interest, then: Then::Recused }]
        }
        Happening::Note { item, text } => vec![MeetingEntry::Note { item, text }],
        Happening::Agree { item, owner, what } => vec![MeetingEntry::Action { item, owner, what, by: None }],
        _ => Vec::new(),
    }
}

pub(super) async fn expect(rehearsal: &Rehearsal, step: &ExpectMeeting) -> Outcome {
    let meeting = reference(rehearsal, &step.meeting)?;
    let secretary = rehearsal.actors.values().find(|actor| actor.holds("secas"));
    let view = service::meeting(&rehearsal.app, &meeting, secretary, rehearsal.now).await?;
    let there = view.agenda.iter().filter(|item| item.removed_because.is_none());
    same("items", step.items.as_ref(), &there.map(|item| item.number).collect())?;
    same("quorate", step.quorate.as_ref(), &view.quorum.iter().map(|span| span.quorate).collect())?;
    let decided = view.agenda.iter().flat_map(|item| &item.decisions);
    let decided = decided.map(|decision| decision.option.clone().unwrap_or_else(|| "none".to_owned())).collect();
    same("decided", step.decided.as_ref(), &decided)?;
    same("paper_day", step.paper_day.as_ref(), &view.paper_day)
}

fn same<T: PartialEq + std::fmt::Debug>(what: &str, wanted: Option<&T>, is: &T) -> Result<(), Failed> {
    match wanted.filter(|wanted| *wanted != is) {
        Some(wanted) => Err(differs(format!("{what} should be {wanted:?}, is {is:?}"))),
        None => Ok(()),
    }
}
