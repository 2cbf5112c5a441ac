//! What a scenario file may say.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Deserialize;
use serde_json::Value as Json;

use super::assess::Assess;
use super::ballots::{Determine, Escalate, OpenBallot, Vote};
use super::baseline;
use super::bodies::Delegated;
use super::consulting;
use super::meetings::{ExpectMeeting, InMeeting, Meet};
use crate::calendar::WorkingDays;
use crate::yaml::{self, Limits, Problems};

/// A script of people and days.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// Its title.
    pub title: String,
    /// What it shows, in a few sentences.
    pub about: String,
    /// The London date it starts on, at 10:00.
    pub starts: NaiveDate,
    /// Whose bank holidays count; England and Wales where absent.
    #[serde(default)]
    pub division: Option<String>,
    /// How many organisations there are.
    #[serde(default)]
    pub world: Size,
    /// Points delegated to the Operations Group from the start, each with its last day where it has one; all of them
    /// without an end where absent.
    #[serde(default)]
    pub delegated: Option<Vec<Delegated>>,
    /// The first London date on which the role and domain tables are no longer SEC text (R26), once that is known.
    #[serde(default)]
    pub tables_leave_appendix_ah: Option<NaiveDate>,
    /// What happens, in order.
    pub steps: Vec<Step>,
}

/// How many organisations a scenario is played among.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Size {
    /// A handful, one or two of each category.
    #[default]
    Small,
    /// Forty Parties besides DCC.
    FortyParties,
}

/// One step; each is written as its name and what it takes.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Step {
    /// Words for the reader.
    Say(String),
    /// Time goes on to 10:00 on this London date.
    On(NaiveDate),
    /// Time goes on by so many Working Days, to 10:00.
    After(WorkingDays),
    /// Time goes on to this London time of the same day, such as `"17:00"`.
    At(String),
    /// Nothing runs until this London date; then everything missed is made up.
    DownUntil(NaiveDate),
    /// Someone submits a SIP.
    Submit(Submit),
    /// Someone acts in a case.
    Act(Act),
    /// Someone delivers an Impact Assessment.
    Assess(Assess),
    /// Someone extends a clock.
    Extend(Extend),
    /// Someone begins to prepare a consultation.
    Consult(Open),
    /// Someone begins a change of the process.
    ChangeProcess(Open),
    /// SECAS or DCC opens a review of how consultations work.
    Review(Open),
    /// Someone imports a definition: the named one with texts replaced.
    ImportDefinition(ImportDefinition),
    /// Running cases move to another version.
    Migrate(Migrate),
    /// A body decides at a meeting.
    Determine(Determine),
    /// A ballot is opened.
    Ballot(OpenBallot),
    /// Somebody votes by correspondence, or gives the casting vote.
    Vote(Vote),
    /// What a body could not decide goes to the Panel.
    Escalate(Escalate),
    /// A meeting is called.
    Meet(Meet),
    /// Something happens in a meeting.
    Meeting(InMeeting),
    /// What must be so of a meeting now.
    ExpectMeeting(ExpectMeeting),
    /// A bank holiday is proclaimed: an edition with it added is imported and adopted.
    BankHoliday(BankHoliday),
    /// Someone writes what a consultation says.
    Contents(consulting::Contents),
    /// Someone responds to a consultation.
    Respond(consulting::Respond),
    /// It is recorded whether a late response counts.
    Late(consulting::Late),
    /// DCC records what it made of the responses.
    Consider(consulting::Consider),
    /// A consultation goes without a usable contact of a Party.
    Waive(consulting::Waive),
    /// A contact of a Party is nominated, or cannot be reached.
    Nominate(consulting::Nominate),
    /// DCC takes over the baseline that comes with the program.
    ImportBrd(baseline::ImportBrd),
    /// Someone drafts what a SIP does to the baseline.
    ChangeSet(baseline::DraftChanges),
    /// DCC answers the duties of SEC H8.8 about a SIP.
    Duties(baseline::Duties),
    /// DCC settles a conflict between change sets.
    SettleConflict(baseline::SettleConflict),
    /// DCC publishes a sprint as the next version of the baseline.
    PublishBrd(baseline::PublishBrd),
    /// What must be so of the baseline now.
    ExpectBrd(baseline::ExpectBrd),
    /// What must be so now.
    Expect(Expect),
}

/// Someone submits a SIP.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Submit {
    /// Who.
    #[serde(rename = "as")]
    pub actor: String,
    /// What the scenario calls it from here on.
    pub call_it: String,
    /// A shipped form in `fixtures/sip-forms/`, without `.yaml`.
    #[serde(default)]
    pub form: Option<String>,
    /// The form itself, or parts that replace those of the shipped one.
    #[serde(default)]
    pub fields: BTreeMap<String, Json>,
    /// When it was sent, if not today.
    #[serde(default)]
    pub sent_on: Option<NaiveDate>,
    /// Text that the refusal must contain, where it must be refused.
    #[serde(default)]
    pub refused: Option<String>,
}

/// Someone acts in a case.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Act {
    /// Who.
    #[serde(rename = "as")]
    pub actor: String,
    /// The case, as the scenario calls it, or several.
    pub case: Names,
    /// The action.
    pub take: String,
    /// What is filled in. A text `$g` stands for the number of the case called `g`.
    #[serde(default, rename = "with")]
    pub values: BTreeMap<String, Json>,
    /// Text that the refusal must contain, where it must be refused.
    #[serde(default)]
    pub refused: Option<String>,
}

/// One name or several.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub enum Names {
    /// One.
    One(String),
    /// Several.
    Several(Vec<String>),
}

impl Names {
    /// The names.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        match self {
            Self::One(name) => std::slice::from_ref(name),
            Self::Several(names) => names.as_slice(),
        }
        .iter()
        .map(String::as_str)
    }
}

/// Someone extends a clock.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Extend {
    /// Who.
    #[serde(rename = "as")]
    pub actor: String,
    /// The case.
    pub case: String,
    /// The clock.
    pub clock: String,
    /// The new date.
    pub to: NaiveDate,
    /// Why.
    pub reason: String,
    /// Text that the refusal must contain, where it must be refused.
    #[serde(default)]
    pub refused: Option<String>,
}

/// Someone opens a case that is not a SIP.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Open {
    /// Who.
    #[serde(rename = "as")]
    pub actor: String,
    /// What the scenario calls it from here on.
    pub call_it: String,
    /// Its title.
    pub title: String,
}

/// Someone imports a definition made from the one in force.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ImportDefinition {
    /// Who.
    #[serde(rename = "as")]
    pub actor: String,
    /// The built-in definition it is made from, for example `ssi-change-governance`.
    pub from: String,
    /// Texts of it to replace, each with what.
    pub replace: Vec<Replace>,
    /// Text that the refusal must contain, where it must be refused.
    #[serde(default)]
    pub refused: Option<String>,
}

/// A text to replace.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Replace {
    /// The text, which must occur.
    pub text: String,
    /// What stands there instead.
    pub with: String,
}

/// Running cases move to another version.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Migrate {
    /// Who.
    #[serde(rename = "as")]
    pub actor: String,
    /// The process.
    pub process: String,
    /// Where cases go.
    pub mapping: crate::workflow::migrate::Mapping,
    /// Text that the refusal must contain, where it must be refused.
    #[serde(default)]
    pub refused: Option<String>,
}

/// A bank holiday is proclaimed.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BankHoliday {
    /// Who imports and adopts the edition.
    #[serde(rename = "as")]
    pub actor: String,
    /// Name of the edition.
    pub edition: String,
    /// The London date.
    pub date: NaiveDate,
    /// What it is for.
    pub title: String,
    /// Cases whose dates are kept; those of all others move.
    #[serde(default)]
    pub keep: Vec<String>,
    /// Why.
    pub reason: String,
}

/// What must be so.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Expect {
    /// The case, or several that are alike in this.
    pub case: Option<Names>,
    /// Its state.
    pub state: Option<String>,
    /// Whose turn it is; `nobody` where it has ended.
    pub owner: Option<String>,
    /// Its number; `none` before it has one.
    pub number: Option<String>,
    /// Due dates of open clocks, by clock.
    pub due: BTreeMap<String, NaiveDate>,
    /// Clocks that are overdue; exactly these.
    pub overdue: Option<Vec<String>>,
    /// Clocks that stand still; exactly these.
    pub paused: Option<Vec<String>>,
    /// How many people have been sent each notice so far.
    pub notices: BTreeMap<String, usize>,
    /// Acts and actions the journal must have for the case so far, in this order, others between them allowed.
    pub journal: Vec<String>,
    /// Texts the journal must have for the case, word for word (R36).
    pub verbatim: Vec<String>,
    /// Texts that the collation of the consultation must have, word for word (R36).
    pub collated: Vec<String>,
    /// What is recorded, in words, by field.
    pub recorded: BTreeMap<String, String>,
    /// The version of the process it follows.
    pub version: Option<String>,
    /// The list of priorities, rank 1 first: exactly these cases. No `case` is needed beside it.
    pub priorities: Option<Vec<String>>,
}

impl Scenario {
    /// Reads a scenario.
    ///
    /// # Errors
    ///
    /// Every problem of the text, each with its place.
    pub fn load(file: &str, text: &str) -> Result<Self, Problems> {
        Ok(yaml::load(file, text, Limits::default())?.value)
    }
}
