//! What Parties answered about one SIP, for the papers of the body that decides.

use chrono::{DateTime, Utc};

use super::super::app::App;
use super::super::error::ServiceError;
use super::super::loaded::{Loaded, load_by_id};
use super::collations::{collated, last_of};
use super::{contents_of, responses};
use crate::committee::papers::{AnswerCount, PackReference, QuestionCount, ResponseSummary};
use crate::consultation::{Audience, Collation, Consideration, Contents, PartyId, QuestionTable};
use crate::store;

/// The responses to the last consultation on a case, counted; none where there was none, or they are not yet for this
/// audience.
pub(in super::super) async fn responses_to(
    app: &App,
    case: &Loaded,
    audience: Audience,
) -> Result<Option<ResponseSummary>, ServiceError> {
    let Some(batch) = last_of(app, &app.store, case).await? else { return Ok(None) };
    let contents = contents_of(&app.store, &batch).await?;
    let early = audience == Audience::Public || !responses::collating(&batch);
    if contents.referred.is_none() && early {
        return Ok(None);
    }
    let whole = collated(&app.store, &batch, &contents).await?;
    let collation = match audience {
        Audience::DecidingBody => whole,
        Audience::Public => whole.public(),
    };
    Ok(Some(summary(&collation, &contents, case.known_as())))
}

/// The pack of responses about a case that was with the deciding body at an instant (UTC).
pub(in super::super) async fn responses_before(
    app: &App,
    case: &Loaded,
    at: DateTime<Utc>,
) -> Result<Option<PackReference>, ServiceError> {
    let mut found: Option<(DateTime<Utc>, PackReference)> = None;
    for member in store::batches_of(&app.store, &case.record.id).await? {
        let batch = load_by_id(app, &app.store, &member.batch_case_id).await?;
        let referred = contents_of(&app.store, &batch).await?.referred;
        let Some((digest, on)) = referred.filter(|(_, on)| *on <= at && member.left_at.is_none()) else { continue };
        if found.as_ref().is_none_or(|(before, _)| *before < on) {
            found = Some((on, PackReference { reference: batch.record.reference.clone(), digest }));
        }
    }
    Ok(found.map(|(_, pack)| pack))
}

fn reference(consultation: &str) -> String {
    format!("{consultation} responses")
}

fn summary(collation: &Collation, contents: &Contents, sip: &str) -> ResponseSummary {
    let about = collation
        .sections
        .iter()
        .filter(|section| section.left.is_none() && section.sip.as_ref().is_none_or(|asked| asked.as_str() == sip));
    let asked = contents.issued.as_ref().map_or(0, |issued| issued.parties.len());
    ResponseSummary {
        consultation: collation.title.reference.clone(),
        closed_on: collation.title.closes_on,
        asked: count(asked),
        responded: count(collation.comments.len()),
        questions: about.flat_map(|section| &section.questions).map(question).collect(),
        pack: PackReference { reference: reference(&collation.title.reference), digest: collation.digest.clone() },
        consideration: contents.considered.last().map(|said| considered(said, collation, sip)).unwrap_or_default(),
    }
}

fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

/// How often each answer was given. Categories stand in the order of respondents, and none is left out of an answer.
fn question(table: &QuestionTable) -> QuestionCount {
    let mut categories: Vec<&str> = table.rows.iter().map(|row| row.respondent.category.printed()).collect();
    categories.dedup();
    let counts = categories.iter().flat_map(|category| {
        table.tally.iter().map(move |tally| AnswerCount {
            category: (*category).to_owned(),
            answer: tally.group.to_string(),
            parties: tally.printed().iter().filter(|(name, _)| name == category).map(|(_, parties)| parties).sum(),
        })
    });
    QuestionCount {
        question: format!("{}: {}", table.question.number, table.question.question.text),
        counts: counts.collect(),
    }
}

/// What DCC made of the responses: each refinement with the responses behind it, or why there is none (R35).
fn considered(said: &Consideration, collation: &Collation, sip: &str) -> Vec<String> {
    let refined = said.refinements.iter().filter(|refinement| refinement.sip.as_str() == sip).map(|refinement| {
        let behind =
            refinement.because_of.iter().map(|source| format!("{} {}", name(collation, &source.party), source.part));
        format!(
            "DCC has refined it: {} In answer to {}.",
            ended(refinement.change.as_str()),
            behind.collect::<Vec<_>>().join(", ")
        )
    });
    let unchanged = said.unchanged.iter().filter(|(about, _)| about.as_str() == sip);
    let unchanged = unchanged.map(|(_, reason)| format!("DCC has changed nothing: {}", ended(reason.as_str())));
    refined.chain(unchanged).collect()
}

fn ended(words: &str) -> String {
    format!("{}.", words.trim().trim_end_matches('.'))
}

fn name<'a>(collation: &'a Collation, party: &'a PartyId) -> &'a str {
    let respondents = collation.comments.iter().map(|comment| &comment.respondent);
    let found = respondents.into_iter().find(|respondent| respondent.party == *party);
    found.map_or(party.as_str(), |respondent| respondent.name.as_str())
}
