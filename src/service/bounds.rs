//! The published bounds: what growth of cost is material, and how many hours of maintenance a month allows.

use serde::Deserialize;

use super::error::ServiceError;
use crate::sip::maintenance::Allowance;
use crate::sip::material::Thresholds;
use crate::yaml::{self, Limits};

const PUBLISHED: (&str, &str) = ("fixtures/bounds.yaml", include_str!("../../fixtures/bounds.yaml"));

/// The bounds in force.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Bounds {
    /// For the tests of material change (R45).
    pub(super) material_change: Thresholds,
    /// Hours of Planned Maintenance in a month (R65).
    pub(super) planned_maintenance_hours: Allowance,
}

pub(super) fn bounds() -> Result<Bounds, ServiceError> {
    let (file, text) = PUBLISHED;
    Ok(yaml::load::<Bounds>(file, text, Limits::default())?.value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_bounds_are_those_the_decisions_name() {
        let bounds = bounds().unwrap();
        assert_eq!(bounds.material_change, Thresholds::default());
        assert_eq!(bounds.planned_maintenance_hours, Allowance::default());
    }
}
