use quorate::workflow::Definition;

pub(crate) const SIP: &str = include_str!("../workflows/ssi-change-governance.yaml");
pub(crate) const CONSULTATION: &str = include_str!("../workflows/improvement-consultation.yaml");
pub(crate) const PROCESS_CHANGE: &str = include_str!("../workflows/governance-process-change.yaml");

/// A definition as written, without the checks of the loader.
pub(crate) fn definition(yaml: &str) -> Definition {
    let yaml = serde_yaml::Deserializer::from_str(yaml);
    serde_yaml::with::singleton_map_recursive::deserialize(yaml).unwrap()
}
