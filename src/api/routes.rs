//! The table of every route. What is not in it is not served, and what is in it is documented.

use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::document::{self, Document};
use super::{
    ApiState, ballots, bank_holidays, cases, committees, definitions, delegations, journal, meetings, opening,
    priorities, problem, working_days,
};

/// Every route, relative to the base of the API.
pub(super) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::with_openapi(Document::openapi())
        .routes(routes!(opening::list_sips, opening::submit_sip))
        .routes(routes!(cases::find_sip))
        .routes(routes!(cases::list))
        .routes(routes!(cases::find))
        .routes(routes!(cases::history))
        .routes(routes!(cases::clocks))
        .routes(routes!(cases::notices))
        .routes(routes!(cases::act))
        .routes(routes!(cases::extend))
        .routes(routes!(opening::open_consultation))
        .routes(routes!(opening::open_process_change))
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
        .routes(routes!(delegations::list))
        .routes(routes!(committees::list, committees::establish))
        .routes(routes!(committees::find))
        .routes(routes!(ballots::list, ballots::open))
        .routes(routes!(ballots::find))
        .routes(routes!(ballots::vote))
        .routes(routes!(ballots::casting_vote))
        .routes(routes!(ballots::enter))
        .routes(routes!(ballots::close))
        .routes(routes!(ballots::escalate))
        .routes(routes!(ballots::determinations))
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
        .routes(routes!(priorities::list))
        .routes(routes!(priorities::criteria, priorities::publish))
        .routes(routes!(journal::page))
        .routes(routes!(journal::verify))
        .routes(routes!(problem::list))
        .routes(routes!(problem::explain))
        .routes(routes!(document::openapi))
}
