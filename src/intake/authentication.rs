//! What a mail server of ours found out about who sent a message: `Authentication-Results` (RFC 8601).

use std::fmt::{self, Display};

use super::Door;

/// The most results that are read from one message.
const MOST_RESULTS: usize = 40;

/// What one check came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// The check was not made, or its result is not known.
    #[default]
    Unknown,
    /// The message passed.
    Pass,
    /// There was nothing to check, as where a domain publishes no policy.
    None,
    /// The check could not be made, or says neither yes nor no.
    Neutral,
    /// The message failed.
    Fail,
}

impl Verdict {
    fn parse(word: &str) -> Self {
        match word.to_ascii_lowercase().as_str() {
            "pass" | "bestguesspass" => Self::Pass,
            "none" => Self::None,
            "fail" | "hardfail" | "softfail" | "policy" | "permerror" => Self::Fail,
            "neutral" | "temperror" => Self::Neutral,
            _ => Self::Unknown,
        }
    }
}

impl Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unknown => "unknown",
            Self::Pass => "pass",
            Self::None => "none",
            Self::Neutral => "neutral",
            Self::Fail => "fail",
        })
    }
}

/// One result: which check, what it came to, and for which domain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckResult {
    /// The check, in lower case: `spf`, `dkim`, `dmarc` and others.
    pub method: String,
    /// What it came to.
    pub verdict: Verdict,
    /// The domain it is about, in lower case: the envelope sender for SPF, the signer for DKIM, the author for DMARC.
    pub domain: Option<String>,
}

/// Every result that trusted servers gave, in the order of the headers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Authentication {
    /// The results.
    pub results: Vec<CheckResult>,
}

/// Whether a message is from whom it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Standing {
    /// A trusted server vouches for the domain of the sender.
    Proven,
    /// Nothing speaks for it or against it.
    Unproven,
    /// A trusted server found that it is not.
    Refuted,
}

impl Authentication {
    /// Reads the results of trusted servers from the values of `Authentication-Results` headers.
    pub(super) fn read<'a>(values: impl Iterator<Item = &'a str>, door: &Door) -> Self {
        let results = values.flat_map(|value| results_of(value, door)).take(MOST_RESULTS);
        Self { results: results.collect() }
    }

    /// What one check came to: the worst result if there are several, so that none can be added to better another.
    ///
    /// For DKIM, where a message may carry signatures of several domains, ask [`Authentication::standing`].
    pub fn verdict(&self, method: &str) -> Verdict {
        self.of(method).map(|result| result.verdict).max().unwrap_or_default()
    }

    /// Whether a message from this address is from whom it says.
    ///
    /// DMARC decides if it passed or failed. Otherwise a DKIM signature or SPF must have passed for the domain of the
    /// address, or one that it lies in.
    pub fn standing(&self, from: &str) -> Standing {
        let from = from.rsplit('@').next().unwrap_or_default().to_ascii_lowercase();
        match self.verdict("dmarc") {
            Verdict::Pass if self.of("dmarc").all(|result| concerns(result, &from)) => Standing::Proven,
            Verdict::Fail => Standing::Refuted,
            _ if ["dkim", "spf"].iter().any(|method| self.passed_for(method, &from)) => Standing::Proven,
            _ => Standing::Unproven,
        }
    }

    fn of<'a>(&'a self, method: &'a str) -> impl Iterator<Item = &'a CheckResult> {
        self.results.iter().filter(move |result| result.method == method)
    }

    /// Whether a check passed for the domain and nothing of the same check says otherwise for it.
    fn passed_for(&self, method: &str, from: &str) -> bool {
        let mut relevant =
            self.of(method).filter(|result| result.domain.is_none() || concerns(result, from)).peekable();
        relevant.peek().is_some() && relevant.all(|result| result.verdict == Verdict::Pass && result.domain.is_some())
    }
}

/// Whether a result is about this domain or one that it lies in. A top-level domain is no domain of anybody.
fn concerns(result: &CheckResult, from: &str) -> bool {
    result.domain.as_deref().is_some_and(|domain| {
        let within = from.strip_suffix(domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
        within && domain.contains('.')
    })
}

/// The results of one header, if a trusted server wrote it.
fn results_of(value: &str, door: &Door) -> Vec<CheckResult> {
    let value = without_comments(value);
    let mut pieces = value.split(';');
    let server = pieces.next().unwrap_or_default().split_whitespace().next().unwrap_or_default();
    let trusted = door.trusted_servers.iter().any(|known| known.eq_ignore_ascii_case(server));
    if trusted { pieces.filter_map(result).collect() } else { Vec::new() }
}

/// Reads `dkim=pass header.d=example.org`.
fn result(piece: &str) -> Option<CheckResult> {
    let mut words = piece.split_whitespace();
    let (method, verdict) = words.next()?.split_once('=')?;
    let method = method.split('/').next().unwrap_or_default().to_ascii_lowercase();
    let wanted: &[&str] = match method.as_str() {
        "spf" => &["smtp.mailfrom", "smtp.helo"],
        "dkim" => &["header.d", "header.i"],
        "dmarc" => &["header.from"],
        _ => &[],
    };
    let properties: Vec<_> = words.filter_map(|word| word.split_once('=')).collect();
    let property = |name: &&str| properties.iter().find(|(key, _)| key.eq_ignore_ascii_case(name));
    let domain = wanted.iter().find_map(property).map(|(_, value)| {
        let value = value.trim_matches('"');
        value.rsplit('@').next().unwrap_or(value).to_ascii_lowercase()
    });
    Some(CheckResult { method, verdict: Verdict::parse(verdict), domain: domain.filter(|domain| !domain.is_empty()) })
}

/// The text without what stands in brackets, which is for people; quoted text keeps its brackets.
fn without_comments(value: &str) -> String {
    let (mut depth, mut quoted) = (0_usize, false);
    let mut out = String::with_capacity(value.len());
    for c in value.chars() {
        match c {
            '"' if depth == 0 => quoted = !quoted,
            '(' if !quoted => depth += 1,
            ')' if !quoted && depth > 0 => depth -= 1,
            c if depth == 0 => out.push(if c.is_whitespace() { ' ' } else { c }),
            _ => {}
        }
    }
    out
}
