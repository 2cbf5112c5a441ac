//! The templates of the pages, in `templates/pages/`.

use chrono::{DateTime, Utc};
use handlebars::Handlebars;
use serde::Serialize;
use serde_json::{Value as Json, json};
use thiserror::Error;

use crate::calendar::words;

/// The style sheet.
pub(super) const STYLE: &str = include_str!("../../templates/pages/style.css");

const TEMPLATES: [(&str, &str); 9] = [
    ("layout", include_str!("../../templates/pages/layout.hbs")),
    ("register", include_str!("../../templates/pages/register.hbs")),
    ("case", include_str!("../../templates/pages/case.hbs")),
    ("process", include_str!("../../templates/pages/process.hbs")),
    ("baseline", include_str!("../../templates/pages/baseline.hbs")),
    ("baseline_item", include_str!("../../templates/pages/baseline_item.hbs")),
    ("redline", include_str!("../../templates/pages/redline.hbs")),
    ("said", include_str!("../../templates/pages/said.hbs")),
    ("not_found", include_str!("../../templates/pages/not_found.hbs")),
];

/// Why a page could not be written.
#[derive(Debug, Error)]
#[error("template {0}")]
pub struct TemplateError(String);

/// The pages.
pub(super) struct Pages(Handlebars<'static>);

impl Pages {
    pub(super) fn new() -> Result<Self, TemplateError> {
        let mut registry = Handlebars::new();
        registry.set_strict_mode(true);
        for (name, template) in TEMPLATES {
            let registered = registry.register_template_string(name, template);
            registered.map_err(|error| TemplateError(format!("{name}: {error}")))?;
        }
        Ok(Self(registry))
    }

    /// A page with this data; `now` goes to the foot of it.
    pub(super) fn render(
        &self,
        name: &str,
        data: &impl Serialize,
        now: DateTime<Utc>,
    ) -> Result<String, TemplateError> {
        let failed = |error: String| TemplateError(format!("{name}: {error}"));
        let mut data = serde_json::to_value(data).map_err(|error| failed(error.to_string()))?;
        if let Json::Object(fields) = &mut data {
            fields.insert("now".to_owned(), json!(words(now)));
        }
        self.0.render(name, &data).map_err(|error| failed(error.to_string()))
    }
}
