//! The table of every route. What is not in it is not served, and what is in it is documented.

use axum::extract::DefaultBodyLimit;
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::document::{self, Document};
use super::{
    ApiState, ballots, bank_holidays, baseline, cases, changes, committees, consultations, costs, definitions,
    delegations, jobs, journal, mail, meetings, opening, papers, people, priorities, problem, redlines, responses,
    working_days,
};

/// Every route, relative to the base of the API.
pub(super) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::with_openapi(Document::openapi())
        .merge(cases())
        .merge(consulting())
        .merge(deciding())
        .merge(meeting())
        .merge(baseline())
        .merge(mail())
        .merge(directory())
        .merge(library())
}

/// SIPs and other cases, and what is done in them.
fn cases() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(opening::list_sips, opening::submit_sip))
        .routes(routes!(cases::find_sip))
        .routes(routes!(cases::list))
        .routes(routes!(cases::find))
        .routes(routes!(cases::history))
        .routes(routes!(cases::clocks))
        .routes(routes!(cases::notices))
        .routes(routes!(cases::act))
        .routes(routes!(cases::extend))
        .routes(routes!(opening::open_process_change))
        .routes(routes!(opening::open_review))
        .routes(routes!(papers::committee_paper))
        .routes(routes!(priorities::list))
        .routes(routes!(priorities::criteria, priorities::publish))
}

/// What is put to every SEC Party, and what they answer.
fn consulting() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(opening::open_consultation))
        .routes(routes!(consultations::find))
        .routes(routes!(consultations::write_frame))
        .routes(routes!(consultations::write_proposal))
        .routes(routes!(consultations::waive))
        .routes(routes!(consultations::document))
        .routes(routes!(responses::own_response, responses::respond))
        .routes(routes!(responses::draft, responses::save_draft))
        .routes(routes!(responses::late))
        .routes(routes!(responses::consider))
        .routes(routes!(responses::collation))
        .routes(routes!(consultations::contacts, consultations::change_contact))
        .routes(routes!(consultations::cycle, consultations::set_cycle))
        .routes(routes!(consultations::burden))
}

/// The meetings of the bodies.
fn meeting() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(meetings::list, meetings::call))
        .routes(routes!(meetings::find))
        .routes(routes!(meetings::move_to))
        .routes(routes!(meetings::cancel))
        .routes(routes!(meetings::add_item))
        .routes(routes!(meetings::remove_item))
        .routes(routes!(meetings::add_paper))
        .routes(routes!(meetings::step))
        .routes(routes!(meetings::enter))
        .routes(routes!(meetings::correct))
        .routes(routes!(meetings::approve))
        .routes(routes!(meetings::agenda))
        .routes(routes!(meetings::minutes))
}

/// The bodies, how they decide, and what a decision costs.
fn deciding() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(delegations::list))
        .routes(routes!(committees::list, committees::establish))
        .routes(routes!(committees::find))
        .routes(routes!(ballots::list, ballots::open))
        .routes(routes!(ballots::find))
        .routes(routes!(ballots::vote))
        .routes(routes!(ballots::casting_vote))
        .routes(routes!(ballots::enter))
        .routes(routes!(ballots::close))
        .routes(routes!(papers::record))
        .routes(routes!(ballots::escalate))
        .routes(routes!(ballots::determinations))
        .routes(routes!(costs::assessment, costs::deliver))
        .routes(routes!(costs::print))
        .routes(routes!(costs::costs))
        .routes(routes!(costs::budgets, costs::set_budget))
        .routes(routes!(costs::maintenance))
}

/// The baseline: what SIPs do to it, and its versions.
fn baseline() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(changes::find, changes::draft))
        .routes(routes!(changes::document))
        .routes(routes!(changes::answer))
        .routes(routes!(baseline::import))
        .routes(routes!(baseline::list, baseline::publish))
        .routes(routes!(baseline::find))
        .routes(routes!(baseline::document))
        .routes(routes!(baseline::difference))
        .routes(routes!(baseline::trace))
        .routes(routes!(baseline::sprint))
        .routes(routes!(baseline::settle))
        .routes(routes!(redlines::document))
        .routes(routes!(redlines::versions))
        .routes(routes!(redlines::sip))
        .routes(routes!(redlines::consultation))
}

/// What people are told, and what they mail.
fn mail() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(mail::preferences, mail::choose))
        .routes(routes!(mail::outgoing))
        .routes(routes!(mail::resend))
        .routes(routes!(mail::arrived))
        .routes(routes!(mail::done))
        .routes(routes!(mail::preview))
        .routes(routes!(mail::blank))
}

/// Organisations, people and contacts.
fn directory() -> OpenApiRouter<ApiState> {
    let lists = OpenApiRouter::new()
        .routes(routes!(people::export, people::import))
        .routes(routes!(people::export_parties, people::import_parties))
        .layer(DefaultBodyLimit::max(crate::document::MOST_BYTES));
    OpenApiRouter::new()
        .routes(routes!(people::list, people::add))
        .routes(routes!(people::change))
        .routes(routes!(people::remove))
        .routes(routes!(people::parties, people::add_party))
        .routes(routes!(people::remove_party))
        .routes(routes!(people::reviews, people::review))
        .merge(lists)
}

/// What everything refers to: definitions, Working Days, bank holidays, the journal, problems and this document.
fn library() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(definitions::list))
        .routes(routes!(definitions::find))
        .routes(routes!(definitions::timeline))
        .routes(routes!(definitions::draw_svg))
        .routes(routes!(definitions::draw_mermaid))
        .routes(routes!(definitions::draw_bpmn))
        .routes(routes!(working_days::add))
        .routes(routes!(working_days::subtract))
        .routes(routes!(working_days::between))
        .routes(routes!(working_days::list))
        .routes(routes!(bank_holidays::list, bank_holidays::import))
        .routes(routes!(bank_holidays::preview))
        .routes(routes!(bank_holidays::adopt))
        .routes(routes!(journal::page))
        .routes(routes!(journal::verify))
        .routes(routes!(jobs::list))
        .routes(routes!(problem::list))
        .routes(routes!(problem::explain))
        .routes(routes!(document::openapi))
}
