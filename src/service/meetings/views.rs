//! Meetings as people see them. Everybody reads the date, the titles on the agenda and what was decided; the rest is
//! for the members of the body, their alternates and the secretary.

use chrono::{DateTime, Utc};

use super::super::ballot_views::ballot_view;
use super::super::committees;
use super::super::dossiers;
use super::shapes::{
    AgendaItemView, AgreedView, AttendedView, CorrectionView, InterestView, ItemDecisionView, MeetingPaperView,
    MeetingView, MinutesView, MoveView, QuorumSpanView,
};
use super::{App, Meeting, PersonId, ServiceError, Source, agenda, find_meeting, of_body};
use crate::actor::Actor;
use crate::calendar::london_date;
use crate::committee::meeting::{AgendaItem, Agreed, Capacity, Phase, Subject, presence};
use crate::committee::{Coming, Then};

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
pub(super) enum Sees {
    Everything,
    ThePublicPart,
}

pub(super) async fn sees(
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
) -> Result<ItemDecisionView, ServiceError> {
    let ballot = agenda::ballot(source, reference).await?;
    let view = ballot_view(app, source, &ballot, viewer).await?;
    Ok(ItemDecisionView {
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
