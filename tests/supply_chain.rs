//! What others wrote and we build on: its licences, its sources, and what we keep out, held to deny.toml.
//!
//! Needs no network: `cargo metadata` and Cargo.lock say it all.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test reads the manifest, and one that meets what it does not expect has failed"
)]

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

#[path = "supply_chain/licence.rs"]
mod licence;

use licence::permits;

/// The part of deny.toml that is held here.
#[derive(Debug, PartialEq, Eq)]
struct Policy {
    licences: Vec<String>,
    banned: Vec<(String, String)>,
    registries: Vec<String>,
}

/// A package as Cargo.lock names it.
#[derive(Debug, PartialEq, Eq)]
struct Locked {
    name: String,
    version: String,
    source: Option<String>,
}

fn read(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap()
}

fn policy() -> Policy {
    policy_of(&read("deny.toml"))
}

/// Reads the lists of a policy: texts in double quotes, one section and one key at a time.
fn policy_of(toml: &str) -> Policy {
    let list = |section, key| quoted(&value_of(toml, section, key).unwrap_or_default());
    let denied = value_of(toml, "bans", "deny").unwrap_or_default();
    let banned = denied.lines().filter_map(|line| match quoted(line).as_slice() {
        [name, reason, ..] => Some((name.clone(), reason.clone())),
        [name] => Some((name.clone(), "no reason is given".to_owned())),
        [] => None,
    });
    Policy {
        licences: list("licenses", "allow"),
        banned: banned.collect(),
        registries: list("sources", "allow-registry"),
    }
}

/// What stands between the brackets of `key = [ .. ]` in a section.
fn value_of(toml: &str, section: &str, key: &str) -> Option<String> {
    let (_, after) = toml.split_once(&format!("\n[{section}]\n"))?;
    let body = format!("\n{}", after.split("\n[").next()?);
    let (_, value) = body.split_once(&format!("\n{key} = ["))?;
    Some(value.split_once(']')?.0.to_owned())
}

fn quoted(text: &str) -> Vec<String> {
    text.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}

fn locked(lock: &str) -> Vec<Locked> {
    let packages = lock.split("[[package]]").skip(1);
    let field = |package: &str, key: &str| {
        let line = package.lines().find_map(|line| line.strip_prefix(&format!("{key} = ")))?;
        Some(line.trim_matches('"').to_owned())
    };
    packages
        .map(|package| Locked {
            name: field(package, "name").unwrap(),
            version: field(package, "version").unwrap(),
            source: field(package, "source"),
        })
        .collect()
}

/// Why a package may not be here, one sentence for each reason.
fn objections(policy: &Policy, package: &Locked) -> Vec<String> {
    let Locked { name, version, source } = package;
    let mut found = Vec::new();
    if let Some((_, reason)) = policy.banned.iter().find(|(banned, _)| banned == name) {
        found.push(format!("{name} {version} is banned: {reason}. Find what brings it with `cargo tree -i {name}`"));
    }
    let Some(source) = source else {
        if name != env!("CARGO_PKG_NAME") {
            found.push(format!("{name} {version} comes from a folder; take it from crates.io"));
        }
        return found;
    };
    let known = source.strip_prefix("registry+").is_some_and(|url| policy.registries.iter().any(|known| known == url));
    if !known {
        found.push(format!("{name} {version} comes from {source}; deny.toml allows {}", policy.registries.join(", ")));
    }
    found
}

fn licence_objection(policy: &Policy, package: &Value) -> Option<String> {
    let text = |key: &str| package.get(key).and_then(Value::as_str);
    let (name, version) = (text("name").unwrap_or("?"), text("version").unwrap_or("?"));
    let Some(licence) = text("license") else {
        return Some(format!("{name} {version} states no licence; read its licence file or do without it"));
    };
    match permits(licence, &policy.licences) {
        Ok(true) => None,
        Ok(false) => Some(format!("{name} {version} is under `{licence}`, which deny.toml does not allow")),
        Err(problem) => Some(format!("{name} {version} is under `{licence}`, which cannot be read: {problem}")),
    }
}

fn cargo(arguments: &[&str]) -> String {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let done = Command::new(cargo).args(arguments).current_dir(env!("CARGO_MANIFEST_DIR")).output().unwrap();
    assert!(done.status.success(), "cargo {}: {}", arguments.join(" "), String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).unwrap()
}

/// The packages of a build on this machine; those of other machines need not have been downloaded.
fn built_here() -> Vec<Value> {
    let about = cargo(&["-vV"]);
    let host = about.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
    let arguments = ["metadata", "--offline", "--locked", "--format-version", "1", "--filter-platform", host];
    let metadata: Value = serde_json::from_str(&cargo(&arguments)).unwrap();
    metadata.get("packages").and_then(Value::as_array).unwrap().clone()
}

#[track_caller]
fn assert_none(found: &[String]) {
    assert!(found.is_empty(), "\n{}\n", found.join("\n"));
}

#[test]
fn every_package_is_under_a_licence_we_allow() {
    let (policy, packages) = (policy(), built_here());
    assert!(packages.len() > 1, "cargo metadata names no package but this one");
    assert_none(&packages.iter().filter_map(|package| licence_objection(&policy, package)).collect::<Vec<_>>());
}

#[test]
fn no_package_is_banned_or_from_elsewhere() {
    let (policy, packages) = (policy(), locked(&read("Cargo.lock")));
    assert!(packages.len() > 1, "Cargo.lock names no package but this one");
    assert_none(&packages.iter().flat_map(|package| objections(&policy, package)).collect::<Vec<_>>());
}

#[test]
fn the_policy_is_read_from_deny_toml() {
    let policy = policy();
    let banned: Vec<_> = policy.banned.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(banned, ["serde_yml", "openssl-sys", "native-tls", "aws-lc-sys", "rsa"]);
    assert_eq!(policy.registries, ["https://github.com/rust-lang/crates.io-index"]);
    assert!(policy.licences.iter().any(|licence| licence == "MIT"));
}

#[test]
fn a_policy_is_read_section_by_section() {
    let toml = "# a\n[licenses]\nallow = [\n  \"MIT\",\n  \"Zlib\",\n]\nother = [\"X\"]\n\n[bans]\nallow = [\"Y\"]\n\
                deny = [\n  { crate = \"a\", reason = \"b\" },\n  { crate = \"c\" },\n]\n[sources]\nallow-registry = [\"u\"]\n";
    let expected = Policy {
        licences: vec!["MIT".to_owned(), "Zlib".to_owned()],
        banned: vec![("a".to_owned(), "b".to_owned()), ("c".to_owned(), "no reason is given".to_owned())],
        registries: vec!["u".to_owned()],
    };
    assert_eq!(policy_of(toml), expected);
}

#[test]
fn a_banned_package_and_a_foreign_source_are_named() {
    let policy = Policy {
        licences: Vec::new(),
        banned: vec![("bad".to_owned(), "it is bad".to_owned())],
        registries: vec!["https://good".to_owned()],
    };
    let package = |name: &str, source: Option<&str>| Locked {
        name: name.to_owned(),
        version: "1.0.0".to_owned(),
        source: source.map(str::to_owned),
    };
    let good = Some("registry+https://good");
    assert_eq!(objections(&policy, &package("fine", good)), Vec::<String>::new());
    assert_eq!(objections(&policy, &package("quorate", None)), Vec::<String>::new());
    assert_eq!(
        objections(&policy, &package("bad", good)),
        ["bad 1.0.0 is banned: it is bad. Find what brings it with `cargo tree -i bad`"]
    );
    assert_eq!(
        objections(&policy, &package("fine", Some("git+https://good"))),
        ["fine 1.0.0 comes from git+https://good; deny.toml allows https://good"]
    );
    assert_eq!(objections(&policy, &package("fine", None)), ["fine 1.0.0 comes from a folder; take it from crates.io"]);
}

#[test]
fn a_licence_that_is_missing_or_not_allowed_is_named() {
    let policy = Policy { licences: vec!["MIT".to_owned()], banned: Vec::new(), registries: Vec::new() };
    let package = |licence: Value| serde_json::json!({ "name": "a", "version": "1.0.0", "license": licence });
    assert_eq!(licence_objection(&policy, &package("MIT".into())), None);
    for (licence, part) in [
        (Value::Null, "states no licence"),
        ("AGPL-3.0-only".into(), "does not allow"),
        ("MIT OR".into(), "cannot be read"),
    ] {
        let found = licence_objection(&policy, &package(licence)).unwrap();
        assert!(found.starts_with("a 1.0.0 ") && found.contains(part), "{found}");
    }
}

#[test]
fn a_lock_file_is_read_package_by_package() {
    let lock = "version = 4\n\n[[package]]\nname = \"a\"\nversion = \"1.2.3\"\nsource = \"registry+u\"\n\n\
                [[package]]\nname = \"b\"\nversion = \"0.1.0\"\ndependencies = [\n \"a\",\n]\n";
    let read = locked(lock);
    let sources: Vec<_> = read.iter().map(|package| (package.name.as_str(), package.source.as_deref())).collect();
    assert_eq!(sources, [("a", Some("registry+u")), ("b", None)]);
}
