//! A consultation as people see it: what it says, whom it asks, and how it stands.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::super::app::App;
use super::super::dossiers;
use super::super::error::ServiceError;
use super::super::loaded::Loaded;
use super::contacts::{PartyContacts, party_contacts};
use super::defaults::drafted;
use super::{closes_on, find, issue, responses};
use crate::actor::Actor;
use crate::calendar::london_date;
use crate::consultation::{
    Agreed, Blocking, Consideration, Contents, Frame, Issued, Numbered, Proposal, Response, Timing,
};

/// A consultation.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ConsultationView {
    /// Its reference.
    pub reference: String,
    /// Its title.
    pub title: String,
    /// Where it stands.
    pub state: String,
    /// The London day it opens, once chosen.
    pub opens_on: Option<NaiveDate>,
    /// The London day it closes, at 17:00, once chosen.
    pub closes_on: Option<NaiveDate>,
    /// What it says as a whole: as issued, or as it would be issued now.
    #[schema(value_type = Object)]
    pub frame: Frame,
    /// What it says of each SIP.
    pub sips: Vec<SipPut>,
    /// Every question with its number, once issued.
    #[schema(value_type = Vec<Object>)]
    pub questions: Vec<Numbered>,
    /// References of the consultations that ask about one of its SIPs again.
    pub followed_by: Vec<String>,
    /// What stands in the way of issuing it.
    #[schema(value_type = Vec<Object>)]
    pub blocking: Vec<Blocking>,
    /// Every Party asked and how it stands; for SECAS and DCC.
    pub parties: Option<Vec<PartyStanding>>,
    /// What DCC made of the responses, the latest last; once the responses are referred.
    #[schema(value_type = Vec<Object>)]
    pub considered: Vec<Consideration>,
    /// The digest of the collation that went to the deciding body.
    pub collation_digest: Option<String>,
    /// When the responses went to the deciding body (UTC).
    pub referred_at: Option<DateTime<Utc>>,
}

/// One SIP in a consultation.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct SipPut {
    /// Its number.
    pub sip: String,
    /// What is said of it.
    #[schema(value_type = Object)]
    pub proposal: Proposal,
    /// Why it left, if it did.
    pub left: Option<String>,
}

/// One Party in a consultation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PartyStanding {
    /// The Party and the contacts agreed for it.
    #[serde(flatten)]
    pub contacts: PartyContacts,
    /// Why it may go without a usable contact.
    pub waived: Option<String>,
    /// How many versions of a response it has sent.
    pub versions: usize,
    /// Whether one of them counts.
    pub counts: bool,
    /// Whether a late one waits for a decision.
    pub late_undecided: bool,
    /// Whether the one that counts came late.
    pub late: bool,
}

/// A consultation as `viewer` sees it: before it is issued it is for SECAS and DCC.
///
/// # Errors
///
/// [`ServiceError::NotFound`] when there is no such consultation; [`ServiceError::NotAllowed`] before it is issued, for
/// anyone else.
pub async fn consultation_seen(
    app: &App,
    viewer: Option<&Actor>,
    reference: &str,
    now: DateTime<Utc>,
) -> Result<ConsultationView, ServiceError> {
    let (case, contents) = find(app, &app.store, reference).await?;
    let keeper = viewer.is_some_and(|viewer| viewer.holds("secas") || viewer.holds("dcc"));
    if contents.issued.is_none() && !keeper {
        let who = viewer.map_or_else(|| "everybody".to_owned(), |viewer| viewer.name.clone());
        return Err(ServiceError::NotAllowed { who, could: "SECAS or DCC, until it is issued".to_owned() });
    }
    let followed_by = followed_by(app, &case).await?;
    let (frame, sips, blocking, agreed) = said(app, &case, &contents, now).await?;
    let given = responses::all(&app.store, &case).await?;
    let referred = contents.referred.clone();
    Ok(ConsultationView {
        reference: case.record.reference.clone(),
        title: case.record.title.clone(),
        state: case.record.state.clone(),
        opens_on: case.case().date(&"opens_on".into()),
        closes_on: closes_on(&case),
        questions: contents.issued.as_ref().map(Issued::questions).unwrap_or_default(),
        parties: keeper.then(|| agreed.iter().map(|agreed| standing(agreed, &given)).collect()),
        considered: if referred.is_some() || keeper { contents.considered.clone() } else { Vec::new() },
        collation_digest: referred.as_ref().map(|(digest, _)| digest.clone()),
        referred_at: referred.map(|(_, at)| at),
        followed_by,
        frame,
        sips,
        blocking,
    })
}

/// What it says of the whole and of each SIP, what stands in the way, and whom it asks.
type Said = (Frame, Vec<SipPut>, Vec<Blocking>, Vec<Agreed>);

async fn said(app: &App, case: &Loaded, contents: &Contents, now: DateTime<Utc>) -> Result<Said, ServiceError> {
    let left = |sip| contents.left.get(sip).map(ToString::to_string);
    if let Some(issued) = &contents.issued {
        let put = issued.sips.iter().map(|(sip, proposal)| SipPut {
            sip: sip.to_string(),
            proposal: proposal.clone(),
            left: left(sip),
        });
        return Ok((issued.frame.clone(), put.collect(), Vec::new(), issued.parties.clone()));
    }
    let today = london_date(now);
    let draft = drafted(app, &app.store, case, contents.clone(), &case.case().values, today).await?;
    let blocking = issue::in_the_way(case, &draft, today);
    let put = draft.sips.into_iter().map(|(sip, proposal)| SipPut { sip: sip.to_string(), proposal, left: None });
    Ok((draft.frame, put.collect(), blocking, draft.parties))
}

fn standing(agreed: &Agreed, given: &[Response]) -> PartyStanding {
    let own = |response: &&Response| {
        response.respondent.as_ref().is_some_and(|respondent| respondent.party == agreed.respondent.party)
    };
    let response = given.iter().find(own);
    let counts = response.and_then(Response::counts);
    PartyStanding {
        contacts: party_contacts(agreed),
        waived: agreed.waived.as_ref().map(ToString::to_string),
        versions: response.map_or(0, |response| response.versions.len()),
        counts: counts.is_some(),
        late_undecided: response.is_some_and(|response| response.undecided().is_some()),
        late: counts.is_some_and(|version| version.timing == Timing::Late),
    }
}

/// The consultations that follow this one: each says so itself, and here it is seen from the other side.
async fn followed_by(app: &App, case: &Loaded) -> Result<Vec<String>, ServiceError> {
    let mut found = Vec::new();
    let about = |contents: &Contents, one: &str| {
        let on = one.strip_prefix(&format!("{} on ", case.record.reference));
        on.is_some_and(|sip| contents.left.keys().all(|left| left.as_str() != sip))
    };
    let asks_again = |contents: &Contents| {
        let follows = contents.issued.as_ref().and_then(|issued| issued.frame.follows.as_ref());
        follows.is_some_and(|follows| follows.as_str().split(", ").any(|one| about(contents, one)))
    };
    for kept in dossiers::all::<Contents>(&app.store).await? {
        if kept.id != case.record.reference && asks_again(&kept.body) {
            found.push(kept.id);
        }
    }
    Ok(found)
}
