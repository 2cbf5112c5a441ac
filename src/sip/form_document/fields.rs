//! The fields of the form in its order: what each is called, what is asked and how it is answered.
//!
//! Each field has a code, such as `C2`, that is printed before its label and by which its answer is found again. A code
//! is never given to another field; a field that goes takes its code with it.

/// A section of the form.
pub(super) struct Section {
    pub(super) title: &'static str,
    pub(super) fields: &'static [Field],
}

/// A field of the form.
#[derive(Debug)]
pub(super) struct Field {
    /// How the field is found again, such as `C2`.
    pub(super) code: &'static str,
    /// The name of the field in YAML, as a dotted path.
    pub(super) path: &'static str,
    /// What the field is called.
    pub(super) label: &'static str,
    /// What belongs there.
    pub(super) guidance: &'static str,
    pub(super) answer: Answer,
    pub(super) need: Need,
}

/// How a field is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Answer {
    /// One line.
    Line,
    /// Text of any number of paragraphs.
    Prose,
    /// Several texts, one to a paragraph.
    Texts,
    /// Several names or ids, one to a paragraph or parted by commas.
    Names,
    /// A single id or address.
    Name,
    /// One choice of several.
    OneOf(&'static [Choice]),
    /// Any number of choices.
    AnyOf(&'static [Choice]),
    /// A whole number of weeks.
    Weeks,
    /// A date.
    Day,
    /// An amount in pounds.
    Money,
}

/// Something to tick: what the form prints, and the value it stands for.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Choice {
    pub(super) label: &'static str,
    pub(super) value: &'static str,
}

/// Whether a field may be left blank.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Need {
    Required,
    Optional,
}

const fn choice(label: &'static str, value: &'static str) -> Choice {
    Choice { label, value }
}

const fn required(
    code: &'static str,
    path: &'static str,
    label: &'static str,
    guidance: &'static str,
    answer: Answer,
) -> Field {
    Field { code, path, label, guidance, answer, need: Need::Required }
}

const fn optional(
    code: &'static str,
    path: &'static str,
    label: &'static str,
    guidance: &'static str,
    answer: Answer,
) -> Field {
    Field { code, path, label, guidance, answer, need: Need::Optional }
}

const CATEGORIES: &[Choice] = &[
    choice("Large Supplier", "Large Supplier"),
    choice("Small Supplier", "Small Supplier"),
    choice("Electricity Network Operator", "Electricity Network Operator"),
    choice("Gas Network Operator", "Gas Network Operator"),
    choice("Other SEC Party", "Other SEC Party"),
    choice("DCC", "DCC"),
];

const CHANGE_TYPES: &[Choice] = &[
    choice("Add: something new", "add"),
    choice("Amend: something done otherwise", "amend"),
    choice("Remove: something taken away", "remove"),
];

const YES_OR_NO: &[Choice] = &[choice("Yes", "yes"), choice("No", "no")];

const EXTENTS: &[Choice] = &[
    choice("Nothing: all of it may be published", "none"),
    choice("Part of it", "part"),
    choice("The whole form", "whole"),
];

const PARTS: &[Choice] = &[
    choice("Contact (A3, A4)", "contact"),
    choice("Description (B2)", "description"),
    choice("Benefits (B3)", "benefits"),
    choice("Requirements and components (C2 to C5)", "requirements"),
    choice("DCC Systems (D4)", "systems"),
    choice("Timescale (F1 to F4)", "timescale"),
    choice("Reason for urgency (G2)", "urgency_reason"),
    choice("Anticipated cost (F5, F6)", "anticipated_cost"),
];

/// Every section of the form (R14).
pub(super) const SECTIONS: &[Section] = &[
    Section {
        title: "A. Who proposes",
        fields: &[
            required("A1", "proposer.organisation", "Organisation", "The SEC Party that proposes.", Answer::Line),
            required("A2", "proposer.category", "Party category", "", Answer::OneOf(CATEGORIES)),
            required("A3", "proposer.contact.name", "Contact person", "Whom DCC should ask.", Answer::Line),
            required(
                "A4",
                "proposer.contact.email",
                "E-mail address",
                "Where answers go. It should be that of a nominated contact.",
                Answer::Name,
            ),
        ],
    },
    Section {
        title: "B. The proposal",
        fields: &[
            required("B1", "title", "Title", "What is proposed, in one line.", Answer::Line),
            required(
                "B2",
                "description",
                "Description",
                "What should change in the Self-Service Interface, and why. Say how it works today.",
                Answer::Prose,
            ),
            required("B3", "benefits", "Benefits", "What Parties would gain; at least one.", Answer::Texts),
            optional(
                "B4",
                "resubmission_of",
                "Earlier SIP",
                "If this replaces a SIP that was rejected: its reference, such as SIP-0001.",
                Answer::Name,
            ),
            optional(
                "B5",
                "depends_on",
                "What must come first",
                "References of other SIPs, or anything else in words.",
                Answer::Texts,
            ),
        ],
    },
    Section {
        title: "C. The change",
        fields: &[
            required("C1", "change_type", "Type of change", "Taken as a whole.", Answer::OneOf(CHANGE_TYPES)),
            optional(
                "C2",
                "requirements.amend",
                "Requirements to amend",
                "Ids from the baseline, such as SSI-FR-6a. If you do not know the baseline, leave C2 to C5 blank: DCC \
                 fills them in with you.",
                Answer::Names,
            ),
            optional("C3", "requirements.remove", "Requirements to remove", "Ids from the baseline.", Answer::Names),
            optional("C4", "requirements.add", "Requirements to add", "The wording of each.", Answer::Texts),
            optional(
                "C5",
                "functional_components",
                "Functional components",
                "Those the change touches, such as UC_Login_001.",
                Answer::Names,
            ),
        ],
    },
    Section {
        title: "D. What it touches",
        fields: &[
            required("D1", "impacted_parties", "Parties impacted", "At least one.", Answer::AnyOf(CATEGORIES)),
            required(
                "D2",
                "domain",
                "Business Functional Domain",
                "The one the change belongs to, such as BFD01.",
                Answer::Name,
            ),
            optional("D3", "other_domains", "Other domains touched", "Such as BFD02.", Answer::Names),
            required("D4", "systems", "DCC Systems touched", "At least one, such as SSI.", Answer::Names),
        ],
    },
    Section {
        title: "E. Which route it takes",
        fields: &[
            required(
                "E1",
                "changes.connection",
                "Does it change how Users connect to the SSI?",
                "A yes in this section may mean that the SEC itself must be modified. DCC will tell you.",
                Answer::OneOf(YES_OR_NO),
            ),
            required(
                "E2",
                "changes.access_rights",
                "Does it change the access rights granted to Users?",
                "",
                Answer::OneOf(YES_OR_NO),
            ),
            required(
                "E3",
                "changes.role_and_domain_tables",
                "Does it change the tables of job type roles or Business Functional Domains?",
                "",
                Answer::OneOf(YES_OR_NO),
            ),
        ],
    },
    Section {
        title: "F. Time and cost",
        fields: &[
            optional(
                "F1",
                "timescale.develop_weeks",
                "Weeks to develop",
                "Needed is your estimate in F1 and F2, or the dates you want in F3 and F4, or all four.",
                Answer::Weeks,
            ),
            optional("F2", "timescale.deploy_weeks", "Weeks to deploy", "", Answer::Weeks),
            optional("F3", "timescale.window.start", "First day wanted", "Such as 23 February 2026.", Answer::Day),
            optional("F4", "timescale.window.end", "Last day wanted", "", Answer::Day),
            optional(
                "F5",
                "anticipated_cost.low",
                "Lowest cost",
                "Your idea of it, if you have one, such as £25,000.",
                Answer::Money,
            ),
            optional(
                "F6",
                "anticipated_cost.high",
                "Highest cost",
                "The same again for a single figure.",
                Answer::Money,
            ),
        ],
    },
    Section {
        title: "G. Urgency",
        fields: &[
            optional("G1", "urgent", "Is it urgent?", "DCC validates the claim.", Answer::OneOf(YES_OR_NO)),
            optional(
                "G2",
                "urgency_reason",
                "Why it is urgent",
                "If it is: why it cannot wait for the ordinary timetable.",
                Answer::Prose,
            ),
        ],
    },
    Section {
        title: "H. What should stay confidential",
        fields: &[
            optional(
                "H1",
                "confidentiality.extent",
                "What may not be published?",
                "What a consultation must tell Parties is published in any case; DCC will speak to you first.",
                Answer::OneOf(EXTENTS),
            ),
            optional("H2", "confidentiality.parts", "Which parts", "If it is part of the form.", Answer::AnyOf(PARTS)),
            optional("H3", "confidentiality.reason", "Why", "If anything is to stay confidential.", Answer::Prose),
        ],
    },
];

/// Every field in the order of the form.
pub(super) fn fields() -> impl Iterator<Item = &'static Field> {
    SECTIONS.iter().flat_map(|section| section.fields)
}

/// The field that an error of the form is about: its path without places in lists (`requirements.amend[0]`).
///
/// An error about two fields together, such as a window whose ends are reversed, belongs to the first of them.
pub(super) fn field_of(path: &str) -> Option<&'static Field> {
    let path = path.split('[').next().unwrap_or(path);
    let within = |field: &&Field| field.path.strip_prefix(path).is_some_and(|rest| rest.starts_with('.'));
    fields().find(|field| field.path == path).or_else(|| fields().find(within))
}
