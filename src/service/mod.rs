//! The use cases: one function per thing a person or a timer can do.
//!
//! Every one that changes something works alike: authorise, load, decide (pure), then in one transaction save the new
//! state, append the journal entry, open and close clocks and queue notices. There is no other way to change anything.
//! Pages, API, commands, timers and rehearsal all come through here.
//!
//! Architecture invariant: no rule of the process lives here. What may happen is decided by [`crate::workflow`]; this
//! module assembles the facts it asks for and saves what it decided.

mod accounts;
mod acts;
mod app;
mod assessed;
mod assessments;
mod backups;
mod ballot_views;
mod ballots;
mod baseline;
mod batches;
mod bounds;
mod budgets;
mod call;
mod committees;
mod consultations;
mod costs;
mod criteria;
mod database;
mod decisions;
mod delegations;
mod directory;
mod dossiers;
mod editions;
mod error;
mod facts;
mod fault;
mod fields;
mod intake;
mod loaded;
mod material;
mod meetings;
mod migrations;
mod notices;
mod openings;
mod outcomes;
mod papers;
mod people;
mod priorities;
mod processes;
mod proof;
mod queries;
mod ranks;
mod reading;
mod register;
mod reviews;
mod schedules;
mod secret;
mod settle;
mod sips;
mod ticks;
mod turns;
mod views;
mod words;

pub use acts::{act, extend};
pub use app::{App, Settings};
pub use assessed::{AssessmentView, PhaseCost, Remark, assessment, assessment_file};
pub use assessments::deliver_assessment;
pub use backups::{Backup, Backups, back_up};
pub use ballot_views::{
    BallotOptionView, BallotView, DeterminationView, ResultView, VoteView, ballot, ballots, determinations,
};
pub use ballots::{BallotEntry, NewVote, casting_vote, close_ballot, enter_in_ballot, vote};
pub use baseline::{
    BaselineView, ChangeSetView, CollisionView, ConflictView, DifferenceView, DutyAnswer, DutyView, Holds,
    NewSettlement, PassageView, PublishedSipView, RedlineFormat, RedlineOf, SideView, SprintView, TraceView,
    VersionLine, answer_duty, baseline, baseline_file, baseline_item, baseline_items, baseline_versions, baseline_yaml,
    change_set, change_set_yaml, changing_sips, compare_versions, consultation_redline, draft_change_set,
    import_baseline, publish_baseline, settle_conflict, sip_redline, sprint, trace_item, version_redline,
};
pub use batches::{CONSULTATION_PROCESS, open_consultation};
pub use budgets::{NewBudget, set_budget};
pub use call::{Call, Once, Receipt};
pub use committees::{CommitteeView, TermsVersion, committee, committees, establish_committee};
pub use consultations::{
    CollationFormat, ConsultationView, ContactReview, CycleView, OwnResponse, PartyContacts, PartyStanding,
    ResponseReceipt, SavedDraft, SipPut, SlotView, blocking_list, burden, collation, collation_file,
    consider_responses, consultation_cycle, consultation_seen, contact_list, contact_reviews, decide_late, issue_paper,
    mark_contact, nominate_contact, own_response, remove_contact, response_draft, review_contacts, save_response_draft,
    set_consultation_cycle, submit_response, waive_contact, write_contents, write_frame,
};
pub use costs::{
    Committed, DecisionView, FindingView, FoundView, Money, MoneyRange, MonthHours, SipCosts, SipHours, SprintCost,
    YearBudget, maintenance, sip_costs, year_budget, year_budgets,
};
pub use criteria::{CriteriaView, CriterionView, criteria_view, publish_criteria};
pub use database::{SchemaStep, schema_down, schema_steps, schema_up};
pub use decisions::{committee_paper, decision_record};
pub use delegations::{Delegation, list_delegations};
pub use directory::{NewParty, NewPerson, add_party, add_person, authenticate, token_hash};
pub use editions::{
    Affected, EditionChoices, adopt_edition, current_edition, editions, import_edition, preview_edition,
};
pub use error::ServiceError;
pub use fault::Fault;
pub use intake::{
    ArrivalView, Arrivals, ArrivalsWaiting, FormFile, MailDoor, Taken, ToConfirm, arrival_done, arrivals_waiting,
    blank_sip_form, confirm_sender, fetch_mail, sender_to_confirm, take_in,
};
pub use meetings::{
    AgendaItemView, AgreedView, AttendedView, CorrectionView, InterestView, ItemDecisionView, MeetingCall,
    MeetingEntry, MeetingMove, MeetingPaper, MeetingPaperView, MeetingView, MinutesView, MoveView, NewAgendaItem,
    NewMeetingPaper, QuorumSpanView, add_agenda_item, add_meeting_paper, approve_minutes, call_meeting, cancel_meeting,
    close_meeting, correct_minutes, enter_in_meeting, meeting, meeting_paper, meetings, move_meeting, open_meeting,
    remove_agenda_item, send_minutes, send_papers,
};
pub use migrations::{MigrationPlan, migrate_cases, plan_migration};
pub use notices::{
    MailView, MailWaiting, NoticePreview, PreferencesView, SendReport, TopicView, mail_figures, mail_waiting,
    own_preferences, preferences_by_token, preview_notice, resend_notice, send_due, send_test_notice, set_preferences,
    stop_topic,
};
pub use openings::{NewBallot, open_ballot};
pub use outcomes::{Escalation, escalate};
pub use papers::{PaperFile, PaperFormat, SheetFormat};
pub use people::{
    PartiesImported, PartyView, PeopleImported, PersonChanges, PersonView, SetUp, change_person, export_parties,
    export_people, import_parties, import_people, issue_token, parties, people, preview_parties, preview_people,
    remove_party, remove_person, set_up,
};
pub use processes::{definition_in_force, definition_version, import_definition, open_process_change};
pub use proof::{Proof, export_journal, verify_journal};
pub use queries::{
    Happening, ListQuery, ListedCase, Listing, case, happenings, history, journal_head, list, next_due_at,
    notices_of_case,
};
pub use ranks::{JudgementView, Priorities, Priority, ScoreView, priorities};
pub use reading::{
    JournalEntry, JournalPage, NoticeView, Seen, Sight, case_seen, history_seen, journal_page, notices_seen,
    preview_edition_seen,
};
pub use register::{
    ActionSummary, DefinitionState, DefinitionSummary, DefinitionView, Verification, definition_view, definitions,
    has_people, verification, version_of,
};
pub use reviews::open_review;
pub use schedules::{JobRun, JobView, ScheduledRun, jobs, jobs_seen, run_schedules};
pub use sips::{SIP_PROCESS, submit_sip};
pub use ticks::{TickReport, tick};
pub use views::{ActionView, CaseView, ClockView, FieldView, HistoryEntry, MadeView, StateView};
