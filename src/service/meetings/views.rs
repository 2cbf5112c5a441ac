//! Meetings as people see them. Everybody reads the date, the titles on the agenda and what was decided; the rest is
//! for the members of the body, their alternates and the secretary.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::super::ballot_views::ballot_view;
use super::super::committees;
use super::super::dossiers;
use super::{App, Meeting, PersonId, ServiceError, Source, agenda, find_meeting, of_body};
use crate::actor::Actor;
use crate::calendar::london_date;
use crate::committee::meeting::{AgendaItem, Agreed, Capacity, Phase, Subject, presence};
use crate::committee::{Coming, Then};

/// A meeting as somebody may see it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct MeetingView {
    /// Its reference, which is that of its case too.
    pub reference: String,
    /// The body.
    pub body: String,
    /// The name of the body.
    pub title: String,
    /// The London date.
    pub on: NaiveDate,
    /// The London time at which it begins.
    #[schema(value_type = String, example = "10:00:00")]
    pub at: NaiveTime,
    /// The London date by which agenda and papers are out.
    pub paper_day: NaiveDate,
    /// Why it is not on a Working Day, or at so short a notice, where that is so.
    pub reason: Option<String>,
    /// `called`, `papers_out`, `in_session`, `over`, `drafted`, `minuted` or `cancelled`.
    pub phase: String,
    /// The dates it had before.
    pub moves: Vec<MoveView>,
    /// What is on the agenda, in order.
    pub agenda: Vec<AgendaItemView>,
    /// The room, or how to join; for members and the secretary.
    pub place: Option<String>,
    /// When the session began and ended (UTC).
    pub opened_at: Option<DateTime<Utc>>,
    /// When the session ended (UTC).
    pub closed_at: Option<DateTime<Utc>>,
    /// Who came and went; for members and the secretary.
    pub attendance: Vec<AttendedView>,
    /// From when to when it was quorate; for members and the secretary.
    pub quorum: Vec<QuorumSpanView>,
    /// What became of the minutes; for members and the secretary.
    pub minutes: Option<MinutesView>,
}

/// A date a meeting had before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MoveView {
    /// The London date it had.
    pub from: NaiveDate,
    /// Why it moved.
    pub reason: String,
}

/// An item of an agenda.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct AgendaItemView {
    /// Its number.
    pub number: u32,
    /// What it is about.
    pub title: String,
    /// The case that is decided in it.
    pub case: Option<String>,
    /// Why it was added, where it was not there from the start.
    pub added_because: Option<String>,
    /// Why it was taken off, where it was.
    pub removed_because: Option<String>,
    /// What was decided in it, or, of a ballot since the last meeting, before.
    pub decisions: Vec<DecisionView>,
    /// Its papers; for members and the secretary.
    pub papers: Vec<MeetingPaperView>,
    /// The interests declared; for members and the secretary.
    pub interests: Vec<InterestView>,
    /// What was said; for members and the secretary.
    pub notes: Vec<String>,
    /// What was agreed to be done; for members and the secretary.
    pub agreed: Vec<AgreedView>,
}

/// What a ballot came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DecisionView {
    /// The ballot.
    pub ballot: String,
    /// The question.
    pub question: String,
    /// The option chosen; absent where no determination was formed.
    pub option: Option<String>,
    /// Why that is the result, sentence by sentence; empty while the ballot is open.
    pub reasoning: Vec<String>,
    /// The reasons of the body.
    pub reasons: Vec<String>,
    /// Its conditions.
    pub conditions: Vec<String>,
}

/// A paper for an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MeetingPaperView {
    /// Its reference.
    pub reference: String,
    /// Its title.
    pub title: String,
    /// The SHA-256 of its content.
    pub digest: Option<String>,
    /// Why it is late, where it is.
    pub late_because: Option<String>,
}

/// A declared interest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct InterestView {
    /// Who declared it.
    pub person: String,
    /// The interest.
    pub interest: String,
    /// Whether the person takes no part.
    pub recused: bool,
}

/// Something agreed to be done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AgreedView {
    /// Who does it.
    pub owner: String,
    /// What is done.
    pub what: String,
    /// The London date by which.
    pub by: Option<NaiveDate>,
}

/// Somebody came or went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AttendedView {
    /// Who.
    pub person: String,
    /// `member`, `alternate` or `observer`.
    pub capacity: String,
    /// `arrived` or `left`.
    pub what: String,
    /// When (UTC).
    pub at: DateTime<Utc>,
}

/// A stretch of the session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct QuorumSpanView {
    /// From when (UTC).
    pub from: DateTime<Utc>,
    /// Until when (UTC); absent while it goes on.
    pub until: Option<DateTime<Utc>>,
    /// How many seats that count were filled.
    pub present: u32,
    /// How many must be; absent while the terms set no quorum.
    pub needed: Option<u32>,
    /// Whether the body was quorate.
    pub quorate: bool,
}

/// What became of the minutes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MinutesView {
    /// When the draft went out (UTC).
    pub drafted_at: Option<DateTime<Utc>>,
    /// What was corrected in the draft.
    pub corrections: Vec<CorrectionView>,
    /// The London date on which the body approved them.
    pub approved_on: Option<NaiveDate>,
    /// The meeting that approved them.
    pub approved_at: Option<String>,
}

/// A correction of the draft minutes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CorrectionView {
    /// The item; absent where it is about the whole.
    pub item: Option<u32>,
    /// What the minutes should say.
    pub text: String,
}

/// A meeting, as `viewer` may see it at `now`.
///
/// # Errors
///
/// [`ServiceError::NotFound`] when there is none.
pub async fn meeting(
    app: &App,
    reference: &str,
    viewer: Option<&Actor>,
    now: DateTime<Utc>,
) -> Result<MeetingView, ServiceError> {
    let kept = find_meeting(&app.store, reference).await?;
    meeting_view(app, &app.store, &kept.body, viewer, now).await
}

/// Every meeting, or those of one body, by reference, as `viewer` may see them at `now`.
///
/// # Errors
///
/// The database cannot be read.
pub async fn meetings(
    app: &App,
    body: Option<&str>,
    viewer: Option<&Actor>,
    now: DateTime<Utc>,
) -> Result<Vec<MeetingView>, ServiceError> {
    let all = match body {
        Some(body) => of_body(&app.store, body).await?,
        None => dossiers::all::<Meeting>(&app.store).await?.into_iter().map(|kept| kept.body).collect(),
    };
    let mut views = Vec::new();
    for meeting in all {
        views.push(meeting_view(app, &app.store, &meeting, viewer, now).await?);
    }
    Ok(views)
}

/// How much of a meeting somebody sees.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sees {
    Everything,
    ThePublicPart,
}

async fn sees(
    source: &impl Source,
    meeting: &Meeting,
    viewer: Option<&Actor>,
    now: DateTime<Utc>,
) -> Result<Sees, ServiceError> {
    let Some(viewer) = viewer else { return Ok(Sees::ThePublicPart) };
    let at_the_session = meeting.session.as_ref().is_some_and(|session| knows(&session.electorate, &viewer.id));
    let today = match committees::terms_on(source, meeting.called.body.as_str(), london_date(now)).await {
        Ok(terms) => knows(&crate::committee::Electorate::of(&terms, london_date(now)), &viewer.id),
        Err(ServiceError::NotFound { .. }) => false,
        Err(error) => return Err(error),
    };
    Ok(if viewer.holds("secas") || at_the_session || today { Sees::Everything } else { Sees::ThePublicPart })
}

fn knows(electorate: &crate::committee::Electorate, id: &str) -> bool {
    PersonId::parse(id).is_ok_and(|person| electorate.knows(&person))
}

/// A meeting in the shape `viewer` may see.
pub(super) async fn meeting_view(
    app: &App,
    source: &impl Source,
    meeting: &Meeting,
    viewer: Option<&Actor>,
    now: DateTime<Utc>,
) -> Result<MeetingView, ServiceError> {
    let inside = sees(source, meeting, viewer, now).await? == Sees::Everything;
    let mut items = Vec::new();
    for item in &meeting.items {
        let view = item_view(app, source, meeting, item, viewer).await?;
        items.push(if inside { view } else { for_the_public(view) });
    }
    let (called, session) = (&meeting.called, meeting.session.as_ref());
    Ok(MeetingView {
        reference: called.reference.clone(),
        body: called.body.to_string(),
        title: called.title.clone(),
        on: called.on,
        at: called.at,
        paper_day: called.paper_day,
        reason: called.reason.clone(),
        phase: phase(meeting.phase).to_owned(),
        moves: meeting.moves.iter().map(|moved| MoveView { from: moved.from, reason: moved.reason.clone() }).collect(),
        agenda: items,
        place: inside.then(|| called.place.clone()),
        opened_at: session.map(|session| session.opened_at),
        closed_at: session.and_then(|session| session.closed_at),
        attendance: if inside { attendance(meeting) } else { Vec::new() },
        quorum: if inside { quorum(meeting) } else { Vec::new() },
        minutes: inside.then(|| minutes(meeting)),
    })
}

fn phase(phase: Phase) -> &'static str {
    match phase {
        Phase::Uncalled => "uncalled",
        Phase::Called => "called",
        Phase::PapersOut => "papers_out",
        Phase::InSession => "in_session",
        Phase::Over => "over",
        Phase::Drafted => "drafted",
        Phase::Minuted => "minuted",
        Phase::Cancelled => "cancelled",
    }
}

fn for_the_public(item: AgendaItemView) -> AgendaItemView {
    let (papers, interests, notes, agreed) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    AgendaItemView { papers, interests, notes, agreed, ..item }
}

async fn item_view(
    app: &App,
    source: &impl Source,
    meeting: &Meeting,
    item: &AgendaItem,
    viewer: Option<&Actor>,
) -> Result<AgendaItemView, ServiceError> {
    let held = meeting.ballots.iter().filter(|held| held.item == item.number).map(|held| held.ballot.as_str());
    let since = match &item.subject {
        Subject::DecidedSince { ballot } => Some(ballot.as_str()),
        _ => None,
    };
    let mut decisions = Vec::new();
    for reference in held.chain(since) {
        decisions.push(decision(app, source, reference, viewer).await?);
    }
    let paper = |paper: &crate::committee::meeting::ItemPaper| MeetingPaperView {
        reference: paper.reference.clone(),
        title: paper.title.clone(),
        digest: paper.digest.clone(),
        late_because: paper.late_because.clone(),
    };
    let interest = |declared: &crate::committee::Interest| InterestView {
        person: declared.person.to_string(),
        interest: declared.interest.clone(),
        recused: declared.then == Then::Recused,
    };
    let agreed = |Agreed { owner, what, by }: &Agreed| AgreedView { owner: owner.clone(), what: what.clone(), by: *by };
    Ok(AgendaItemView {
        number: item.number,
        title: item.title.clone(),
        case: match &item.subject {
            Subject::Determination { case, .. } => Some(case.clone()),
            _ => None,
        },
        added_because: item.added_because.clone(),
        removed_because: item.removed_because.clone(),
        decisions,
        papers: item.papers.iter().map(paper).collect(),
        interests: item.interests.iter().map(interest).collect(),
        notes: item.notes.iter().map(|note| note.text.clone()).collect(),
        agreed: item.agreed.iter().map(agreed).collect(),
    })
}

async fn decision(
    app: &App,
    source: &impl Source,
    reference: &str,
    viewer: Option<&Actor>,
) -> Result<DecisionView, ServiceError> {
    let ballot = agenda::ballot(source, reference).await?;
    let view = ballot_view(app, source, &ballot, viewer).await?;
    Ok(DecisionView {
        ballot: view.reference,
        question: view.question,
        option: view.result.and_then(|result| result.option),
        reasoning: view.reasoning,
        reasons: view.reasons,
        conditions: view.conditions,
    })
}

fn attendance(meeting: &Meeting) -> Vec<AttendedView> {
    let view = |attended: &crate::committee::meeting::Attended| AttendedView {
        person: attended.person.to_string(),
        capacity: match attended.capacity {
            Capacity::Member => "member",
            Capacity::Alternate => "alternate",
            Capacity::Observer => "observer",
        }
        .to_owned(),
        what: if attended.what == Coming::Arrived { "arrived" } else { "left" }.to_owned(),
        at: attended.at,
    };
    meeting.attendance.iter().map(view).collect()
}

fn quorum(meeting: &Meeting) -> Vec<QuorumSpanView> {
    let view = |span: presence::Span| QuorumSpanView {
        from: span.from,
        until: span.until,
        present: span.standing.present,
        needed: span.standing.needed,
        quorate: span.standing.is_quorate(),
    };
    presence::through(meeting).into_iter().map(view).collect()
}

fn minutes(meeting: &Meeting) -> MinutesView {
    let minutes = &meeting.minutes;
    let corrections = minutes.corrections.iter();
    MinutesView {
        drafted_at: minutes.drafted_at,
        corrections: corrections.map(|one| CorrectionView { item: one.item, text: one.text.clone() }).collect(),
        approved_on: minutes.approved_on,
        approved_at: minutes.approved_at.clone(),
    }
}
