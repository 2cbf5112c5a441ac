//! The decision record of a ballot.

use chrono::{DateTime, Utc};

use super::super::ballot_views::sees;
use super::super::ballots::find_ballot;
use super::super::consultations::responses_before;
use super::super::directory::directory;
use super::super::loaded::{Loaded, load};
use super::super::papers::{PaperFile, PaperFormat, paper_file};
use super::super::words;
use super::{App, Event, ServiceError, happened};
use crate::actor::Actor;
use crate::calendar::london_date;
use crate::committee::papers::{Classification, DecisionRecord, Filing, Link};
use crate::committee::{Ballot, PersonId, Phase, Reader, Sees, tally};

/// What was decided by a ballot and why, as a document: who was entitled and took part, the count and the rule behind
/// the result, reasons, conditions, the papers before the body, and what followed (R41, R50).
///
/// Members of the body and SECAS read who voted how; everybody reads the counts.
///
/// # Errors
///
/// [`ServiceError::NotFound`] when there is no such ballot; [`ServiceError::Wrong`] while it is open.
pub async fn decision_record(
    app: &App,
    viewer: Option<&Actor>,
    reference: &str,
    format: PaperFormat,
    now: DateTime<Utc>,
) -> Result<PaperFile, ServiceError> {
    let ballot = find_ballot(&app.store, reference).await?.body;
    if ballot.is_open() {
        let what = format!("the ballot {} is open; its record is there once it has closed", ballot.opening.reference);
        return Err(ServiceError::wrong("reference", what));
    }
    let case = load(app, &app.store, &ballot.opening.matter.case).await?;
    let ended = ballot.ended_at.unwrap_or(now);
    let sees = sees(&ballot, viewer);
    let record = DecisionRecord {
        filing: filing(&ballot, sees, ended),
        subject: format!("{} ‘{}’", case.known_as(), case.record.title),
        closed: ballot.ended_at.filter(|_| matches!(ballot.phase, Phase::Closed(_))),
        pack: responses_before(app, &case, ended).await?,
        follows: follows(app, &case, &ballot).await?,
        links: vec![Link { title: format!("{} in the register", case.known_as()), address: app.page_of(&case) }],
    };
    let directory = directory(app, &app.store).await?;
    let name = |person: &PersonId| directory.name(person.as_str()).unwrap_or(person.as_str()).to_owned();
    let document = record.document(&ballot, &tally(&ballot), Reader { sees, name: &name });
    paper_file(&document, &format!("{}-decision-record", ballot.opening.reference), format)
}

fn filing(ballot: &Ballot, sees: Sees, ended: DateTime<Utc>) -> Filing {
    Filing {
        reference: format!("{}_record", ballot.opening.reference),
        classification: match sees {
            Sees::Votes => Classification::for_members(),
            Sees::Numbers => Classification::white(),
        },
        date: london_date(ended),
        author: "SECAS".to_owned(),
    }
}

/// What followed in the case from the determination, by paragraph.
async fn follows(app: &App, case: &Loaded, ballot: &Ballot) -> Result<Vec<String>, ServiceError> {
    let reference = ballot.opening.reference.as_str();
    let formed_by =
        |event: &Event| matches!(event, Event::DeterminationMade(made) if made.ballot.as_deref() == Some(reference));
    let mut found = Vec::new();
    for entry in happened(app, case).await? {
        if entry.events.iter().any(formed_by) {
            found.extend(entry.events.iter().filter_map(|event| consequence(case, event)));
        }
    }
    if found.is_empty() {
        found.push(format!("Nothing followed from this ballot: {} stayed where it was.", case.known_as()));
    }
    Ok(found)
}

fn consequence(case: &Loaded, event: &Event) -> Option<String> {
    match event {
        Event::ActionTaken { from, to, .. } if from != to => {
            let state = case.definition.states.get(to);
            let now = state.map_or_else(|| to.words(), |state| state.ends.as_ref().unwrap_or(&state.title).clone());
            Some(format!("{} moved on: {}.", case.known_as(), now.trim_end_matches('.')))
        }
        Event::ClockStarted { .. }
        | Event::TimetableSet(_)
        | Event::TermsAdopted { .. }
        | Event::DefinitionActivated { .. } => words::sentence(&case.definition, event),
        _ => None,
    }
}
