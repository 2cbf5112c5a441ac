//! The agenda and the minutes of a meeting as documents.

use chrono::{DateTime, Utc};

use super::super::committees;
use super::super::directory::{Directory, directory};
use super::super::papers::{PaperFile, PaperFormat, paper_file};
use super::views::{Sees, sees};
use super::{App, Meeting, PersonId, ServiceError, agenda, find_meeting};
use crate::actor::Actor;
use crate::calendar::london_date;
use crate::committee::meeting::{AgendaItem, Capacity, Subject, presence};
use crate::committee::papers::{self, ActionNote, Attendee, BallotOutcome, Classification, Filing, Sitting, Spell};
use crate::committee::{Ballot, Coming, Phase, Quorum, Reader, Sees as Counts, Terms, tally};

/// Which document of a meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MeetingPaper {
    /// Its agenda.
    Agenda,
    /// Its minutes: a draft until the body has approved them.
    Minutes,
}

/// A document of a meeting, for the members of the body, their alternates and the secretary.
///
/// # Errors
///
/// [`ServiceError::NotFound`] when there is no such meeting; [`ServiceError::NotAllowed`] for anyone else;
/// [`ServiceError::Wrong`] for minutes of a meeting that has not begun.
pub async fn meeting_paper(
    app: &App,
    viewer: &Actor,
    reference: &str,
    (paper, format): (MeetingPaper, PaperFormat),
    now: DateTime<Utc>,
) -> Result<PaperFile, ServiceError> {
    let meeting = find_meeting(&app.store, reference).await?.body;
    if sees(&app.store, &meeting, Some(viewer), now).await? != Sees::Everything {
        let could = format!("the members of {}, and SECAS", meeting.called.title);
        return Err(ServiceError::NotAllowed { who: viewer.name.clone(), could });
    }
    let terms = committees::terms_on(&app.store, meeting.called.body.as_str(), meeting.called.on).await?;
    let directory = directory(app, &app.store).await?;
    let writer = Writer { meeting: &meeting, terms: &terms, directory: &directory };
    let ballots = ballots(app, &meeting).await?;
    let (what, document) = match paper {
        MeetingPaper::Agenda => ("agenda", writer.agenda(&ballots).document()),
        MeetingPaper::Minutes => ("minutes", writer.minutes(&ballots)?.document()),
    };
    paper_file(&document, &format!("{}-{what}", meeting.called.reference), format)
}

/// The ballots that stand on the agenda: those held at the meeting, and those decided since the last.
async fn ballots(app: &App, meeting: &Meeting) -> Result<Vec<(u32, Ballot)>, ServiceError> {
    let mut named: Vec<(u32, &str)> = meeting.ballots.iter().map(|held| (held.item, held.ballot.as_str())).collect();
    named.extend(meeting.agenda().filter_map(|item| match &item.subject {
        Subject::DecidedSince { ballot } => Some((item.number, ballot.as_str())),
        _ => None,
    }));
    let mut found = Vec::new();
    for (item, reference) in named {
        found.push((item, agenda::ballot(&app.store, reference).await?));
    }
    Ok(found)
}

/// What papers of a meeting are written from.
struct Writer<'a> {
    meeting: &'a Meeting,
    terms: &'a Terms,
    directory: &'a Directory,
}

impl Writer<'_> {
    fn filing(&self, what: &str) -> Filing {
        let called = &self.meeting.called;
        Filing {
            reference: format!("{}_{what}", called.reference),
            classification: Classification::for_members(),
            date: called.on,
            author: "SECAS".to_owned(),
        }
    }

    fn sitting(&self) -> Sitting {
        let called = &self.meeting.called;
        Sitting { body: called.title.clone(), number: called.reference.clone(), on: called.on }
    }

    fn name(&self, person: &PersonId) -> String {
        self.directory.name(person.as_str()).unwrap_or(person.as_str()).to_owned()
    }

    fn outcome(&self, ballot: &Ballot) -> BallotOutcome {
        let name = |person: &PersonId| self.name(person);
        BallotOutcome::of(ballot, &tally(ballot), Reader { sees: Counts::Votes, name: &name })
    }

    fn agenda(&self, ballots: &[(u32, Ballot)]) -> papers::Agenda {
        let called = &self.meeting.called;
        let since = ballots.iter().filter(|(_, ballot)| ballot.opening.mode.closes_at().is_some());
        papers::Agenda {
            filing: self.filing("agenda"),
            sitting: self.sitting(),
            starts: called.at,
            place: called.place.clone(),
            chair: self.name(&self.terms.chair),
            quorum: quorum(self.terms),
            items: self.meeting.agenda().map(agenda_item).collect(),
            decided_since: since.map(|(_, ballot)| self.decided_since(ballot)).collect(),
        }
    }

    fn decided_since(&self, ballot: &Ballot) -> papers::DecidedSince {
        papers::DecidedSince {
            ballot: ballot.opening.reference.clone(),
            matter: ballot.opening.matter.question.clone(),
            outcome: self.outcome(ballot).determination,
            on: ballot.ended_at.map_or(self.meeting.called.on, london_date),
        }
    }

    fn minutes(&self, ballots: &[(u32, Ballot)]) -> Result<papers::Minutes, ServiceError> {
        let meeting = self.meeting;
        let not_begun = || ServiceError::wrong("paper", "the meeting has not begun, so there are no minutes");
        let session = meeting.session.as_ref().ok_or_else(not_begun)?;
        let approved = meeting.minutes.approved_on;
        let chair_there = presence::is_there(meeting, &self.terms.chair, session.opened_at);
        let deputy = self.terms.deputy.as_ref().filter(|_| !chair_there);
        let presided = deputy.unwrap_or(&self.terms.chair);
        Ok(papers::Minutes {
            filing: self.filing("minutes"),
            sitting: self.sitting(),
            state: approved.map_or(papers::MinutesState::Draft, papers::MinutesState::Approved),
            place: meeting.called.place.clone(),
            presided: self.name(presided),
            opened: session.opened_at,
            closed: session.closed_at,
            attendance: self.attendance(),
            apologies: self.apologies(),
            quorate: presence::through(meeting).iter().map(quorate).collect(),
            interests: self.interests(),
            items: meeting.agenda().map(|item| self.minuted(item, ballots)).collect(),
            next_meeting: None,
        })
    }

    fn attendance(&self) -> Vec<Attendee> {
        let mut found: Vec<Attendee> = Vec::new();
        for entry in &self.meeting.attendance {
            let name = self.name(&entry.person);
            let there = found.iter_mut().find(|attendee| attendee.name == name);
            match (entry.what, there) {
                (Coming::Arrived, Some(there)) => there.spells.push(Spell { from: entry.at, until: None }),
                (Coming::Arrived, None) => found.push(self.attendee(name, &entry.person, entry.capacity, entry.at)),
                (Coming::Left, Some(there)) => {
                    there.spells.iter_mut().rev().take(1).for_each(|spell| spell.until = Some(entry.at));
                }
                (Coming::Left, None) => {}
            }
        }
        found
    }

    fn attendee(&self, name: String, person: &PersonId, capacity: Capacity, from: DateTime<Utc>) -> Attendee {
        let member = self.terms.members.iter().find(|member| member.person == *person);
        let acts_for = self.terms.members.iter().find(|member| member.alternates.contains(person));
        let standing_for = member.or(acts_for).map(|member| format!("{} ({})", member.seat, member.category));
        Attendee {
            name,
            capacity: match capacity {
                Capacity::Observer => papers::Capacity::Observer,
                Capacity::Alternate => {
                    let member = acts_for.map(|member| self.name(&member.person)).unwrap_or_default();
                    papers::Capacity::AlternateFor(member)
                }
                Capacity::Member if *person == self.terms.chair => papers::Capacity::Chair,
                Capacity::Member => papers::Capacity::Member,
            },
            standing_for: standing_for.unwrap_or_default(),
            spells: vec![Spell { from, until: None }],
        }
    }

    /// The members who were never there.
    fn apologies(&self) -> Vec<String> {
        let came = |person: &PersonId| self.meeting.attendance.iter().any(|entry| entry.person == *person);
        let sitting = self.terms.sitting(self.meeting.called.on).map(|member| &member.person);
        sitting.filter(|person| !came(person)).map(|person| self.name(person)).collect()
    }

    fn interests(&self) -> Vec<papers::InterestNote> {
        let note = |item: &AgendaItem| {
            let title = item.title.clone();
            let notes = item.interests.iter().map(|declared| papers::InterestNote {
                person: self.name(&declared.person),
                item: title.clone(),
                interest: declared.interest.clone(),
                then: declared.then,
            });
            notes.collect::<Vec<_>>()
        };
        self.meeting.agenda().flat_map(note).collect()
    }

    fn minuted(&self, item: &AgendaItem, ballots: &[(u32, Ballot)]) -> papers::MinutesItem {
        let held = ballots.iter().filter(|(number, ballot)| {
            *number == item.number && matches!(ballot.phase, Phase::Closed(_) | Phase::Void(_))
        });
        let corrections = self.meeting.minutes.corrections.iter().filter(|one| one.item == Some(item.number));
        let corrections = corrections.map(|one| format!("Corrected: {}", one.text));
        let notes = item.notes.iter().map(|note| note.text.clone());
        let actions = item.agreed.iter().zip(1_u32..).map(|(agreed, number)| ActionNote {
            reference: format!("{}/{number}", item.number),
            action: agreed.what.clone(),
            owner: agreed.owner.clone(),
            due: agreed.by,
        });
        papers::MinutesItem {
            title: item.title.clone(),
            papers: item.papers.iter().map(|paper| paper.reference.clone()).collect(),
            discussion: notes.chain(corrections).collect(),
            outcomes: held.map(|(_, ballot)| self.outcome(ballot)).collect(),
            actions: actions.collect(),
        }
    }
}

fn agenda_item(item: &AgendaItem) -> papers::AgendaItem {
    let late = item.papers.iter().filter_map(|paper| {
        let why = paper.late_because.as_ref()?;
        Some(format!("{} is late: {why}", paper.reference))
    });
    papers::AgendaItem {
        title: item.title.clone(),
        action: match item.subject {
            Subject::Determination { .. } | Subject::Minutes { .. } => papers::Action::Decision,
            Subject::DecidedSince { .. } => papers::Action::Information,
            Subject::Other => papers::Action::Discussion,
        },
        papers: item.papers.iter().map(|paper| paper.reference.clone()).collect(),
        lead: "SECAS".to_owned(),
        remark: late.collect::<Vec<_>>().join("\n"),
    }
}

fn quorate(span: &presence::Span) -> papers::Quorate {
    papers::Quorate {
        spell: Spell { from: span.from, until: span.until },
        present: span.standing.present,
        needed: span.standing.needed.unwrap_or_default(),
    }
}

fn quorum(terms: &Terms) -> String {
    match terms.quorum {
        Some(Quorum::Number(number)) => format!("{number} seats"),
        Some(Quorum::Ratio(ratio)) => format!("{}/{} of the seats that count towards it", ratio.num, ratio.den),
        None => "None is set, so nothing can be decided".to_owned(),
    }
}
