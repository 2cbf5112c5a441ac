//! What the mail door does with a message and what it answers: one decision from plain facts.

use super::file_kind::FileKind;
use super::{Arrived, Attachment, Bounce, Finding, Kind, Sign, Standing};

/// The most automatic answers one address is sent in a day, whatever they are about.
const MOST_ANSWERS: usize = 20;

/// What the store and the readers of forms know of a message.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts {
    /// Whether a message with this Message-ID was taken in before.
    pub seen: Seen,
    /// Who the sender is.
    pub sender: SenderKnown,
    /// What each of [`Arrived::candidates`] turned out to be, in that order.
    pub forms: Vec<FormFact>,
    /// The [`Answer::key`]s of what was answered to this address within the last day.
    pub answered: Vec<String>,
}

/// Whether a message was taken in before.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Seen {
    /// It is new.
    #[default]
    New,
    /// It was, so this is a second copy.
    Before,
}

/// Who a sender is by address, whether or not it can be believed (R16).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum SenderKnown {
    /// A contact nominated by a Party to submit.
    Nominated,
    /// Somebody with an account or on a contacts list who may not submit.
    Known,
    /// Nobody we know.
    #[default]
    Stranger,
}

/// What a file that may be a form turned out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormFact {
    /// The file as a person would call it.
    pub file: String,
    /// What it is.
    pub outcome: FormOutcome,
}

/// What a file turned out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FormOutcome {
    /// A form with nothing missing.
    Complete,
    /// A form with fields that are missing or faulty; at least one.
    Faulty(Vec<Fault>),
    /// More than one form in one file.
    Several,
    /// A form of another version.
    OtherVersion {
        /// The version as the file gives it.
        version: String,
    },
    /// A file that cannot be opened.
    Unreadable {
        /// Why, and how to mend it.
        why: String,
    },
    /// A sound file that is no SIP form.
    NotAForm,
}

/// A field of a form that is missing or faulty.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Fault {
    /// The field as the form prints it.
    pub label: String,
    /// What is wrong.
    pub what: String,
    /// What to write instead.
    pub mend: String,
}

/// What is done with a message, and what is answered to its sender, if anything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// What is done.
    pub act: Act,
    /// What is answered to [`Arrived::from`].
    pub answer: Option<Answer>,
}

/// What is done with a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// The form becomes a submission.
    Submit {
        /// The place of the form in [`Facts::forms`].
        form: usize,
    },
    /// The form waits until the sender follows the link in the answer; then it counts as sent when the message was.
    AwaitConfirmation {
        /// The place of the form in [`Facts::forms`].
        form: usize,
    },
    /// The bounce is recorded for the address and the notice.
    RecordBounce(Bounce),
    /// It is put before DCC.
    Queue(Queued),
    /// It is kept and nothing more.
    Ignore(Ignored),
}

/// Why a message is put before DCC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Queued {
    /// A form from somebody who is not nominated to submit.
    NotNominated,
    /// A form that cannot be taken as it is; its sender was told what to mend.
    FormNotTaken,
    /// A form whose sender was already asked to confirm today.
    NotConfirmed,
    /// A trusted server says that the message is not from whom it claims.
    SenderRefuted,
    /// The message has no sender, or several.
    NoSender,
    /// It is larger than is taken in.
    TooBig,
    /// Its headers or parts are such as no mail program makes.
    Hostile,
    /// A program sent it, but it holds what may be a form.
    AutomaticWithForm,
    /// Somebody answers a message of ours.
    ReplyToNotice,
    /// It holds nothing that is understood.
    NothingFound,
}

/// Why a message is kept and nothing more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Ignored {
    /// It was taken in before.
    SeenBefore,
    /// It is our own message.
    OwnNotice,
    /// A program sent it.
    Automatic(Sign),
}

/// What is answered to the sender. Words are for the templates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// The form was received; the answer gives the provisional reference and the day of acknowledgement (R12).
    Received,
    /// The form was received and counts once the sender follows a link.
    ConfirmSender {
        /// The file.
        file: String,
    },
    /// The sender may not submit; nominated contacts of a Party do.
    NotNominated,
    /// A file cannot be read.
    Unreadable {
        /// The file.
        file: String,
        /// Why, and how to mend it.
        why: String,
    },
    /// Fields of the form are missing or faulty.
    FaultyFields {
        /// The file.
        file: String,
        /// Every such field.
        faults: Vec<Fault>,
    },
    /// The form is of another version.
    OtherVersion {
        /// The file.
        file: String,
        /// Its version.
        version: String,
    },
    /// There are several forms; each proposal takes a message of its own.
    SeveralForms {
        /// The files that hold forms.
        files: Vec<String>,
    },
    /// Something was larger than is taken in.
    TooBig {
        /// What, and how large it may be.
        what: String,
    },
    /// An answer to a notice is not read by a program; DCC has it.
    ReplyToNotice,
    /// No form was found in the message.
    NothingFound,
}

impl Answer {
    /// The name of the answer, as its template is called.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::ConfirmSender { .. } => "confirm_sender",
            Self::NotNominated => "not_nominated",
            Self::Unreadable { .. } => "unreadable",
            Self::FaultyFields { .. } => "faulty_fields",
            Self::OtherVersion { .. } => "other_version",
            Self::SeveralForms { .. } => "several_forms",
            Self::TooBig { .. } => "too_big",
            Self::ReplyToNotice => "reply_to_notice",
            Self::NothingFound => "nothing_found",
        }
    }

    /// What the answer is about, so that the same is not answered twice in a day. A form that was mended in part has
    /// other faults, so that is answered again.
    pub fn key(&self) -> String {
        let about = match self {
            Self::ConfirmSender { file } => file.clone(),
            Self::Unreadable { file, why } => format!("{file}: {why}"),
            Self::FaultyFields { faults, .. } => {
                let each: Vec<_> = faults.iter().map(|fault| format!("{}: {}", fault.label, fault.what)).collect();
                each.join("; ")
            }
            Self::OtherVersion { version, .. } => version.clone(),
            Self::SeveralForms { files } => files.join("; "),
            Self::TooBig { what } => what.clone(),
            _ => String::new(),
        };
        format!("{} {about}", self.name()).trim_end().chars().take(400).collect()
    }
}

/// What is done with a message and what is answered.
///
/// A second copy, a bounce, our own message and anything a program sent are settled first and never answered. Then what
/// no mail program makes. Then the form: one complete form of a nominated contact whose address is proven is submitted;
/// one whose address is not is confirmed first. Everything else is put before DCC, and answered where the address is
/// one that an answer may be sent to.
pub fn decide(arrived: &Arrived, facts: &Facts) -> Decision {
    let silent = |act| Decision { act, answer: None };
    if facts.seen == Seen::Before {
        return silent(Act::Ignore(Ignored::SeenBefore));
    }
    match &arrived.kind {
        Kind::Bounce(bounce) => return silent(Act::RecordBounce(bounce.clone())),
        Kind::OwnNotice => return silent(Act::Ignore(Ignored::OwnNotice)),
        Kind::AutoReply(_) if !arrived.candidates().is_empty() => return silent(Act::Queue(Queued::AutomaticWithForm)),
        Kind::AutoReply(sign) => return silent(Act::Ignore(Ignored::Automatic(*sign))),
        Kind::Submission | Kind::ReplyToNotice | Kind::Other => {}
    }
    if arrived.findings.iter().any(Finding::is_hostile) {
        return silent(Act::Queue(Queued::Hostile));
    }
    if arrived.from.is_none() {
        return silent(Act::Queue(Queued::NoSender));
    }
    let decision = decide_form(arrived, facts).unwrap_or_else(|| decide_without_form(arrived));
    answer_with_care(arrived, facts, decision)
}

/// What is done with a message that holds a form, or what looks like one.
fn decide_form(arrived: &Arrived, facts: &Facts) -> Option<Decision> {
    let mut forms = facts.forms.iter().enumerate().filter(|(_, form)| form.outcome.is_form());
    let (place, form) = match (forms.next(), forms.next()) {
        (Some(first), None) => first,
        (Some(_), Some(_)) => return Some(several(facts)),
        (None, _) => facts.forms.iter().enumerate().find(|(_, form)| form.outcome != FormOutcome::NotAForm)?,
    };
    if facts.sender != SenderKnown::Nominated {
        return Some(queue(Queued::NotNominated, Answer::NotNominated));
    }
    let file = form.file.clone();
    let answer = match &form.outcome {
        FormOutcome::Complete => return Some(submit(place, file, arrived.standing())),
        FormOutcome::Faulty(faults) => Answer::FaultyFields { file, faults: faults.clone() },
        FormOutcome::Several => Answer::SeveralForms { files: vec![file] },
        FormOutcome::OtherVersion { version } => Answer::OtherVersion { file, version: version.clone() },
        FormOutcome::Unreadable { why } => Answer::Unreadable { file, why: why.clone() },
        FormOutcome::NotAForm => return None,
    };
    Some(queue(Queued::FormNotTaken, answer))
}

impl FormOutcome {
    fn is_form(&self) -> bool {
        !matches!(self, Self::NotAForm | Self::Unreadable { .. })
    }
}

fn submit(form: usize, file: String, standing: Standing) -> Decision {
    match standing {
        Standing::Proven => Decision { act: Act::Submit { form }, answer: Some(Answer::Received) },
        Standing::Unproven | Standing::Refuted => {
            Decision { act: Act::AwaitConfirmation { form }, answer: Some(Answer::ConfirmSender { file }) }
        }
    }
}

fn several(facts: &Facts) -> Decision {
    if facts.sender != SenderKnown::Nominated {
        return queue(Queued::NotNominated, Answer::NotNominated);
    }
    let files = facts.forms.iter().filter(|form| form.outcome.is_form()).map(|form| form.file.clone());
    queue(Queued::FormNotTaken, Answer::SeveralForms { files: files.collect() })
}

fn queue(why: Queued, answer: Answer) -> Decision {
    Decision { act: Act::Queue(why), answer: Some(answer) }
}

/// What is done with a message in which no form was found.
fn decide_without_form(arrived: &Arrived) -> Decision {
    if let Some(finding) = arrived.findings.iter().find(|finding| finding.is_too_big()) {
        return queue(Queued::TooBig, Answer::TooBig { what: finding.to_string() });
    }
    if !arrived.answers.is_empty() {
        return queue(Queued::ReplyToNotice, Answer::ReplyToNotice);
    }
    let sealed = arrived.findings.iter().find_map(sealed);
    let unread = sealed.or_else(|| arrived.attachments.iter().find_map(not_a_form_file));
    queue(Queued::NothingFound, unread.unwrap_or(Answer::NothingFound))
}

/// What keeps the files of a message from being read at all.
fn sealed(finding: &Finding) -> Option<Answer> {
    let file = match finding {
        Finding::OutlookPacked { name } | Finding::ForwardedMessage { name } | Finding::Damaged { name } => {
            name.clone()
        }
        Finding::Encrypted => "the message".to_owned(),
        _ => return None,
    };
    Some(Answer::Unreadable { file, why: finding.to_string() })
}

/// A file that people send in place of the form as Word or YAML.
fn not_a_form_file(file: &Attachment) -> Option<Answer> {
    let mend = match file.kind {
        FileKind::OldWordOrProtected => "take the password off, and save it as .docx",
        FileKind::Odt | FileKind::Rtf => "save it as Word (.docx) and send that",
        FileKind::Pdf => "send the Word file (.docx) it was made from",
        FileKind::Xlsx => "fill in the Word form (.docx) or the YAML form",
        FileKind::Zip => "attach the form itself and not in an archive",
        _ => return None,
    };
    Some(Answer::Unreadable { file: file.name.clone(), why: format!("this is {}; {mend}", file.kind) })
}

/// Takes the answer back where it would go to somebody who did not write, or say again what was said today.
fn answer_with_care(arrived: &Arrived, facts: &Facts, mut decision: Decision) -> Decision {
    let Some(answer) = &decision.answer else { return decision };
    let fresh = matches!(answer, Answer::Received) || !facts.answered.contains(&answer.key());
    let within = matches!(answer, Answer::Received) || facts.answered.len() < MOST_ANSWERS;
    let to_writer = match (answer, facts.sender, arrived.standing()) {
        (Answer::ConfirmSender { .. }, ..) | (_, _, Standing::Proven) => true,
        (_, _, Standing::Refuted) => false,
        (Answer::NotNominated, ..) | (_, SenderKnown::Nominated | SenderKnown::Known, _) => true,
        (_, SenderKnown::Stranger, Standing::Unproven) => false,
    };
    if !to_writer && matches!(decision.act, Act::Queue(_)) && arrived.standing() == Standing::Refuted {
        decision.act = Act::Queue(Queued::SenderRefuted);
    }
    if fresh && within && to_writer {
        return decision;
    }
    if let Act::AwaitConfirmation { .. } = decision.act {
        decision.act = Act::Queue(Queued::NotConfirmed);
    }
    Decision { answer: None, ..decision }
}
