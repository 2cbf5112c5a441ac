//! What is on the agenda of a meeting, and the papers for it.

use chrono::{DateTime, NaiveDate, Utc};

use super::super::ballots::find_ballot;
use super::super::dossiers;
use super::super::fields;
use super::super::loaded::{Loaded, load, with_rules};
use super::super::turns::turn;
use super::calling::today;
use super::{App, Call, Facts, Meeting, MeetingView, ServiceError, change, find_meeting, of_body, secretary_only};
use crate::committee::meeting::agenda::{Business, Decided, NewItem, Waiting, draw_up};
use crate::committee::meeting::decide::{self, NewPaper};
use crate::committee::meeting::{Phase, Subject};
use crate::committee::{self, Ballot, Mode};
use crate::store::{self, CaseFilter, CaseRecord, Source};

/// Why items come onto an agenda when the papers go out.
const COME_UP: &str = "It came up before the papers went out.";

/// An item to be put on an agenda: a case that waits for the body, or anything else.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewAgendaItem {
    /// The reference or number of a case that waits for a determination of the body.
    pub case: Option<String>,
    /// What it is about, in words; needed unless a case is given. Everybody can read it.
    pub title: Option<String>,
    /// Why it is added.
    pub reason: String,
}

/// A paper for an item of an agenda.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewMeetingPaper {
    /// The number of the item.
    pub item: u32,
    /// Its reference.
    pub reference: String,
    /// Its title.
    pub title: String,
    /// The SHA-256 of its content, in hexadecimal, where it is kept as a file.
    pub digest: Option<String>,
    /// Why it is late, where it is.
    pub late_because: Option<String>,
}

/// The agenda a meeting begins with.
pub(super) async fn drawn_up(
    app: &App,
    source: &impl Source,
    call: &Call<'_>,
    body: &str,
) -> Result<Vec<NewItem>, ServiceError> {
    let meetings = of_body(source, body).await?;
    let drafted = meetings.iter().filter(|meeting| meeting.phase == Phase::Drafted);
    let business = Business {
        minutes: drafted.map(|meeting| meeting.called.reference.clone()).collect(),
        decided: decided_since(app, source, body, &meetings).await?,
        waiting: waiting(app, source, body, today(call)).await?,
    };
    Ok(draw_up(&business))
}

/// The ballots by correspondence of a body that have ended since its last session.
async fn decided_since(
    app: &App,
    source: &impl Source,
    body: &str,
    meetings: &[Meeting],
) -> Result<Vec<Decided>, ServiceError> {
    let sessions = meetings.iter().filter_map(|meeting| meeting.session.as_ref());
    let last: Option<DateTime<Utc>> = sessions.map(|session| session.opened_at).max();
    let mut found = Vec::new();
    for Ballot { opening, phase, ended_at, .. } in
        dossiers::all::<Ballot>(source).await?.into_iter().map(|kept| kept.body)
    {
        let by_post = matches!(opening.mode, Mode::Correspondence { .. }) && opening.body.as_str() == body;
        let counted = matches!(phase, committee::Phase::Closed(_)) && ended_at > last;
        if by_post && counted {
            let case = load(app, source, &opening.matter.case).await?.known_as().to_owned();
            found.push(Decided { ballot: opening.reference, case, point_title: opening.matter.point_title });
        }
    }
    Ok(found)
}

/// The cases that wait for a determination of a body, by reference.
async fn waiting(app: &App, source: &impl Source, body: &str, on: NaiveDate) -> Result<Vec<Waiting>, ServiceError> {
    let mut found = Vec::new();
    for record in open_cases(source).await? {
        let case = with_rules(app, source, record).await?;
        found.extend(waits(source, &case, body, on).await?);
    }
    found.sort_by(|one, other| one.case.cmp(&other.case));
    Ok(found)
}

async fn waits(
    source: &impl Source,
    case: &Loaded,
    body: &str,
    on: NaiveDate,
) -> Result<Option<Waiting>, ServiceError> {
    let turn = turn(source, case, on).await?.filter(|turn| turn.body == body);
    Ok(turn.map(|turn| Waiting {
        case: case.known_as().to_owned(),
        title: case.record.title.clone(),
        point: turn.point,
        point_title: turn.point_title,
    }))
}

async fn open_cases(source: &impl Source) -> Result<Vec<CaseRecord>, ServiceError> {
    let (mut filter, mut found) = (CaseFilter::default(), Vec::new());
    loop {
        let page = store::list_cases(source, &filter, 500).await?;
        found.extend(page.cases.into_iter().filter(|case| case.closed_at.is_none()));
        match page.next {
            Some(next) => filter.after = Some(next),
            None => return Ok(found),
        }
    }
}

/// Puts an item on the agenda, with the reason.
///
/// # Errors
///
/// [`ServiceError::NotAllowed`] for anyone but the secretary; [`ServiceError::Wrong`] for a case that does not wait for
/// the body; [`ServiceError::Meeting`] where the meeting is over or has the item already.
pub async fn add_agenda_item(
    app: &App,
    call: &Call<'_>,
    reference: &str,
    new: NewAgendaItem,
) -> Result<MeetingView, ServiceError> {
    secretary_only(call)?;
    let reason = fields::text("reason", &new.reason)?;
    let body = find_meeting(&app.store, reference).await?.body.called.body;
    let item = item(app, call, body.as_str(), &new).await?;
    let added = |meeting: &Meeting, _: &Loaded| Ok(decide::add_item(meeting, item, &reason)?);
    change(app, call, reference, "item_added", added, |_| None).await
}

async fn item(app: &App, call: &Call<'_>, body: &str, new: &NewAgendaItem) -> Result<NewItem, ServiceError> {
    let title = new.title.as_deref().map(|title| fields::line("title", title)).transpose()?;
    let Some(case) = &new.case else {
        let title = title.ok_or_else(|| ServiceError::wrong("title", "give the title of the item, or a case"))?;
        return Ok(NewItem { title, subject: Subject::Other });
    };
    let case = load(app, &app.store, case).await?;
    let waiting = waits(&app.store, &case, body, today(call)).await?;
    let idle = || ServiceError::wrong("case", format!("{} does not wait for {body}", case.known_as()));
    let waiting = waiting.ok_or_else(idle)?;
    let Waiting { case, point, point_title, .. } = waiting;
    let title = title.unwrap_or_else(|| format!("{case}: {point_title}"));
    Ok(NewItem { title, subject: Subject::Determination { case, point } })
}

/// Takes an item off the agenda, with the reason.
///
/// # Errors
///
/// [`ServiceError::NotAllowed`] for anyone but the secretary; [`ServiceError::Meeting`] where there is no such item, it
/// was put to the vote, or the meeting is over.
pub async fn remove_agenda_item(
    app: &App,
    call: &Call<'_>,
    reference: &str,
    number: u32,
    reason: &str,
) -> Result<MeetingView, ServiceError> {
    secretary_only(call)?;
    let reason = fields::text("reason", reason)?;
    let removed = |meeting: &Meeting, _: &Loaded| Ok(decide::remove_item(meeting, number, &reason)?);
    change(app, call, reference, "item_removed", removed, |_| None).await
}

/// Adds a paper to an item. After paper day, or once papers are out, it is late and needs a reason.
///
/// # Errors
///
/// [`ServiceError::NotAllowed`] for anyone but the secretary; [`ServiceError::Meeting`] where it may not be added.
pub async fn add_meeting_paper(
    app: &App,
    call: &Call<'_>,
    reference: &str,
    paper: NewMeetingPaper,
) -> Result<MeetingView, ServiceError> {
    secretary_only(call)?;
    let new = NewPaper {
        reference: fields::line("reference", &paper.reference)?,
        title: fields::line("title", &paper.title)?,
        digest: paper.digest,
    };
    let late = paper.late_because.as_deref().map(|why| fields::text("late_because", why)).transpose()?;
    let added =
        |meeting: &Meeting, _: &Loaded| Ok(decide::add_paper(meeting, paper.item, &new, late.as_deref(), call.now)?);
    change(app, call, reference, "paper_added", added, |_| None).await
}

/// Sends agenda and papers out. What has come up since the meeting was called goes onto the agenda first.
///
/// # Errors
///
/// [`ServiceError::NotAllowed`] for anyone but the secretary; [`ServiceError::Meeting`] where they are out already.
pub async fn send_papers(app: &App, call: &Call<'_>, reference: &str) -> Result<MeetingView, ServiceError> {
    secretary_only(call)?;
    let body = find_meeting(&app.store, reference).await?.body.called.body;
    let items = drawn_up(app, &app.store, call, body.as_str()).await?;
    let sent = |meeting: &Meeting, _: &Loaded| {
        let mut events = decide::send_papers(meeting)?;
        let new = |item: &NewItem| {
            item.subject != Subject::Other && meeting.items.iter().all(|there| there.subject != item.subject)
        };
        let mut updated = meeting.clone();
        let mut added = Vec::new();
        for item in items.into_iter().filter(new) {
            let event = decide::add_item(&updated, item, COME_UP)?;
            for event in &event {
                updated.apply(event, call.now);
            }
            added.extend(event);
        }
        added.append(&mut events);
        Ok(added)
    };
    change(app, call, reference, "papers_sent", sent, |_| Some(("send_papers", Facts::new()))).await
}

/// The ballot of this reference, for a view.
pub(super) async fn ballot(source: &impl Source, reference: &str) -> Result<Ballot, ServiceError> {
    Ok(find_ballot(source, reference).await?.body)
}
