//! The committee paper that puts a case before the body it waits for.

use chrono::{DateTime, NaiveDate, Utc};

use super::super::consultations::responses_to;
use super::super::dossiers;
use super::super::loaded::{Loaded, load};
use super::super::papers::{PaperFile, PaperFormat, paper_file};
use super::super::turns::{Turn, turn};
use super::super::{assessments, baseline, material};
use super::{App, ServiceError, asked, costs, happened, proposal, timetable};
use crate::actor::Actor;
use crate::calendar::london_date;
use crate::committee::meeting::{AgendaItem, Meeting, Phase};
use crate::committee::papers::{
    self, Action, Appendix, Author, Classification, CommitteePaper, Filing, PaperReference, ProposalSummary,
    ResponseSummary, Sitting,
};
use crate::consultation::Audience;

/// The paper that asks the body whose determination a case waits for to make it: what is proposed, what Parties
/// answered, what it costs and how that changed, what is recommended, and what happens when (R41, R64).
///
/// The bodies that decide, DCC and SECAS get the whole; everybody else gets a copy without what is confidential (R37).
///
/// # Errors
///
/// [`ServiceError::NotFound`] when there is no such case, or it waits for no determination.
pub async fn committee_paper(
    app: &App,
    viewer: Option<&Actor>,
    reference: &str,
    format: PaperFormat,
    now: DateTime<Utc>,
) -> Result<PaperFile, ServiceError> {
    let case = load(app, &app.store, reference).await?;
    let today = london_date(now);
    let idle = || ServiceError::NotFound { what: "determination to be made in", name: case.known_as().to_owned() };
    let turn = turn(&app.store, &case, today).await?.ok_or_else(idle)?;
    let turn = Turn { body_title: plain(&turn.body_title), ..turn };
    let audience = audience(viewer, &turn);
    let paper = Writer { app, case: &case, turn: &turn, audience, today }.paper().await?;
    let copy = if audience == Audience::Public { "-public" } else { "" };
    let name = format!("{}-committee-paper{copy}", case.known_as());
    paper_file(&papers::committee_paper(&paper), &name, format)
}

/// The name of a body without its article, as papers print it.
fn plain(title: &str) -> String {
    title.strip_prefix("the ").unwrap_or(title).to_owned()
}

/// For whom the copy is that somebody gets.
fn audience(viewer: Option<&Actor>, turn: &Turn) -> Audience {
    let insiders = ["secas", "dcc", "panel", "operations_group", &turn.body];
    match viewer {
        Some(viewer) if insiders.iter().any(|office| viewer.holds(office)) => Audience::DecidingBody,
        _ => Audience::Public,
    }
}

/// What a paper is written from.
struct Writer<'a> {
    app: &'a App,
    case: &'a Loaded,
    turn: &'a Turn,
    audience: Audience,
    today: NaiveDate,
}

impl Writer<'_> {
    async fn paper(&self) -> Result<CommitteePaper, ServiceError> {
        let (case, turn) = (self.case, self.turn);
        let history = happened(self.app, case).await?;
        let file = material::file(&self.app.store, case).await?;
        let assessed = assessments::versions(&self.app.store, case).await?;
        let responses = responses_to(self.app, case, self.audience).await?;
        let meeting = self.meeting().await?;
        let item = meeting.as_ref().and_then(|meeting| self.item(meeting));
        let costs = costs::Figures { case, file: &file, history: &history };
        let material_changes = costs.material_changes();
        Ok(CommitteePaper {
            filing: self.filing(meeting.as_ref()),
            title: format!("{} ‘{}’: {}", case.known_as(), case.record.title, turn.point_title),
            body: turn.body_title.clone(),
            sitting: meeting.as_ref().map(sitting),
            action: Action::Decision,
            purpose: asked::purpose(case, turn),
            proposal: self.proposal().await?,
            costs: costs.costs(),
            impacts: proposal::impacts(case, assessed.last().map(|version| &version.assessment)),
            options: asked::options(case, turn),
            recommendations: asked::recommendations(case, turn, responses.as_ref(), &material_changes),
            material_changes,
            author: Author { name: "SECAS".to_owned(), team: format!("Secretary of the {}", turn.body_title) },
            timetable: timetable::timetable(case, &history, meeting.as_ref()),
            appendices: appendices(responses.as_ref(), item, assessed.len(), case),
            responses,
        })
    }

    /// What is proposed, with what it does to the baseline where it has a change set.
    async fn proposal(&self) -> Result<ProposalSummary, ServiceError> {
        let mut proposal = proposal::summary(self.app, self.case, self.audience);
        if let Some(told) = baseline::told(self.app, &self.app.store, self.case).await? {
            proposal
                .summary
                .push(format!("{}: {}. There [-this-] goes and {{+this+}} comes:", told.title, told.address));
            proposal.summary.extend(told.changes);
        }
        Ok(proposal)
    }

    fn filing(&self, meeting: Option<&Meeting>) -> Filing {
        Filing {
            reference: self.reference(meeting),
            classification: match self.audience {
                Audience::DecidingBody => Classification::for_members(),
                Audience::Public => Classification::white(),
            },
            date: self.today,
            author: "SECAS".to_owned(),
        }
    }

    /// The reference of the item at the meeting; where it is on no agenda yet, that of the case and the point.
    fn reference(&self, meeting: Option<&Meeting>) -> String {
        let of_item = || {
            let meeting = meeting?;
            let called = &meeting.called;
            let number = called.reference.rsplit('-').next()?.parse().ok()?;
            PaperReference::new(&initials(&self.turn.body), number, called.on, self.item(meeting)?.number).ok()
        };
        let without = || format!("{}_{}_{}", initials(&self.turn.body), self.case.known_as(), self.turn.point);
        of_item().map_or_else(without, |reference| reference.to_string())
    }

    /// The meeting that has the case on its agenda, if one is still to be held.
    async fn meeting(&self) -> Result<Option<Meeting>, ServiceError> {
        let all = dossiers::of_parent::<Meeting>(&self.app.store, &self.turn.body).await?;
        let to_come = |meeting: &Meeting| matches!(meeting.phase, Phase::Called | Phase::PapersOut | Phase::InSession);
        let mut all: Vec<Meeting> = all.into_iter().map(|kept| kept.body).collect();
        all.retain(|meeting| to_come(meeting) && self.item(meeting).is_some());
        Ok(all.into_iter().min_by_key(|meeting| meeting.called.on))
    }

    fn item<'m>(&self, meeting: &'m Meeting) -> Option<&'m AgendaItem> {
        meeting.item_on(self.case.known_as(), &self.turn.point)
    }
}

fn sitting(meeting: &Meeting) -> Sitting {
    let called = &meeting.called;
    Sitting { body: called.title.clone(), number: called.reference.clone(), on: called.on }
}

/// How a body is named in references of papers: `OG` for `operations_group`, `PANEL` for `panel`.
fn initials(body: &str) -> String {
    let initials: String = body.split('_').filter_map(|word| word.chars().next()).collect();
    if initials.len() > 1 { initials } else { body.to_owned() }.to_ascii_uppercase()
}

/// What goes with the paper.
fn appendices(
    responses: Option<&ResponseSummary>,
    item: Option<&AgendaItem>,
    assessments: usize,
    case: &Loaded,
) -> Vec<Appendix> {
    let appendix =
        |reference: &str, document: &str| Appendix { reference: reference.to_owned(), document: document.to_owned() };
    let consulted = responses.into_iter().flat_map(|given| {
        [
            appendix(&given.consultation, "The consultation as it was issued"),
            appendix(&given.pack.reference, "Every response, unaltered"),
        ]
    });
    let assessed = (assessments > 0).then(|| appendix("", &assessments::title(case, assessments)));
    let more = item.into_iter().flat_map(|item| &item.papers);
    consulted.chain(assessed).chain(more.map(|paper| appendix(&paper.reference, &paper.title))).collect()
}
