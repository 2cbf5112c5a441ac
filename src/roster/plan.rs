//! What taking a list of people over would change.

use std::collections::{BTreeSet, HashMap};

use serde::Serialize;

use super::columns::{CONTACT, EMAIL, ID, NAME, OFFICES, PARTY, PARTY_NAME};
use super::faults::Faults;
use super::known::{Contact, Known, KnownParty, KnownPerson, Office, Scope};
use super::people::{PersonRow, PersonRows};

/// What becomes of people that a list leaves out, of the organisations it names.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Absent {
    /// They stay.
    #[default]
    Keep,
    /// They have left.
    Remove,
}

/// Something that changes, as people see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// The column.
    pub field: &'static str,
    /// What is known.
    pub before: String,
    /// What it becomes.
    pub after: String,
}

/// A person who changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PersonChange {
    /// The person as they will be.
    pub person: KnownPerson,
    /// What changes.
    pub differences: Vec<Difference>,
}

/// What taking a list of people over comes to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct PeoplePlan {
    /// People who are new.
    pub added: Vec<KnownPerson>,
    /// People about whom something changes.
    pub changed: Vec<PersonChange>,
    /// People who leave.
    pub removed: Vec<KnownPerson>,
    /// People whom the list leaves out, and who stay.
    pub kept: Vec<KnownPerson>,
    /// How many people are as the list has them.
    pub unchanged: usize,
    /// What was left aside, in words.
    pub notes: Vec<String>,
}

/// Compares a list with what is known; `asker` is the id of whoever brings it.
///
/// A person is known by their id, else by their address within the organisation, else by their name there. What a list
/// does not say stays as it is. A person who is new and has no id gets one made from the id of their organisation and a
/// number, because ids stay in the record for ever and names do not.
///
/// # Errors
///
/// Every row that cannot be taken over.
pub fn plan_people(
    list: &PersonRows,
    known: &Known,
    scope: Scope<'_>,
    absent: Absent,
    asker: &str,
) -> Result<PeoplePlan, Faults> {
    let mut planner = Planner::new(list, known, scope);
    let rows: Vec<_> = list.rows.iter().filter_map(|row| Some((row, planner.party_of(row)?))).collect();
    let sure: Vec<_> = rows.iter().map(|(row, party)| planner.match_surely(row, party)).collect();
    for ((row, party), found) in rows.iter().zip(sure) {
        let found = found.or_else(|| planner.match_by_name(row, party));
        match found {
            Some(person) => planner.change(row, party, person),
            None => planner.add(row, party),
        }
    }
    planner.leave_out(&rows, scope, absent);
    planner.guard(asker);
    let Planner { faults, plan, .. } = planner;
    faults.or(PeoplePlan { notes: list.notes.clone(), ..plan })
}

struct Planner<'k> {
    known: &'k Known,
    scope: Scope<'k>,
    by_id: HashMap<&'k str, &'k KnownPerson>,
    by_party: HashMap<&'k str, Vec<&'k KnownPerson>>,
    parties: HashMap<&'k str, Result<&'k KnownParty, Option<&'k str>>>,
    /// The line that stands for each person.
    claimed: HashMap<&'k str, usize>,
    /// The line of each new address of an organisation.
    new: HashMap<(&'k str, String), usize>,
    /// Ids that nobody new can have.
    taken: BTreeSet<String>,
    next: HashMap<&'k str, usize>,
    faults: Faults,
    plan: PeoplePlan,
}

impl<'k> Planner<'k> {
    fn new(list: &'k PersonRows, known: &'k Known, scope: Scope<'k>) -> Self {
        let mut by_party: HashMap<&str, Vec<&KnownPerson>> = HashMap::new();
        for person in &known.people {
            by_party.entry(&person.party).or_default().push(person);
        }
        let given = list.rows.iter().filter_map(|row| row.id.clone());
        Self {
            known,
            scope,
            by_id: known.people.iter().map(|person| (person.id.as_str(), person)).collect(),
            by_party,
            parties: HashMap::new(),
            claimed: HashMap::new(),
            new: HashMap::new(),
            taken: known.people.iter().map(|person| person.id.clone()).chain(known.left.clone()).chain(given).collect(),
            next: HashMap::new(),
            faults: Faults::default(),
            plan: PeoplePlan::default(),
        }
    }

    /// The organisation of a row.
    fn party_of(&mut self, row: &'k PersonRow) -> Option<&'k KnownParty> {
        let column = if row.party.is_some() { PARTY } else { PARTY_NAME };
        let named = row.party.as_deref().or(row.party_name.as_deref());
        let party = match (named, self.scope) {
            (Some(named), _) => self.named(row.line, column, named)?,
            (None, Scope::Own(own)) => self.known.party(own)?,
            (None, Scope::All) => {
                self.faults.at(row.line, PARTY, "it is empty", "write the organisation's id or name");
                return None;
            }
        };
        let besides = row.party_name.as_deref().filter(|_| row.party.is_some());
        if let Some(other) = besides.map(|name| self.named(row.line, PARTY_NAME, name)) {
            let other = other?;
            if other.id != party.id {
                let what = format!("this is {}, but the column {PARTY} says {}", other.name, party.name);
                self.faults.at(row.line, PARTY_NAME, what, "correct one of them");
            }
        }
        match self.scope {
            Scope::Own(own) if own != party.id => {
                let what = format!("{} is not your organisation", party.name);
                self.faults.at(row.line, column, what, "leave its people to SECAS or to itself");
                None
            }
            _ => Some(party),
        }
    }

    fn named(&mut self, line: usize, column: &'static str, name: &'k str) -> Option<&'k KnownParty> {
        let known = self.known;
        match *self.parties.entry(name).or_insert_with(|| known.party_named(name)) {
            Ok(party) => Some(party),
            Err(near) => {
                let mend = match near {
                    Some(near) => format!("did you mean {near:?}? If it is new, add the organisation first"),
                    None => "add the organisation first, or correct the name".to_owned(),
                };
                self.faults.at(line, column, format!("there is no organisation {name:?}"), mend);
                None
            }
        }
    }

    /// The person whom a row means by its id, or by an address that is one person's alone.
    fn match_surely(&mut self, row: &PersonRow, party: &KnownParty) -> Option<&'k KnownPerson> {
        let person = match &row.id {
            Some(id) => self.by_id.get(id.as_str()).copied()?,
            None => self.at_address(row, party)?,
        };
        if person.party == party.id {
            self.claim(row, person);
        } else {
            let what = format!("{:?} acts for {:?}, not for {:?}", person.id, person.party, party.id);
            self.faults.at(row.line, ID, what, "somebody who changes sides leaves there, and gets a new id here");
        }
        Some(person)
    }

    /// The person whose address a row gives; where several share it, the one of its name.
    fn at_address(&self, row: &PersonRow, party: &KnownParty) -> Option<&'k KnownPerson> {
        let same = |person: &&&KnownPerson| person.email.eq_ignore_ascii_case(&row.email);
        let found: Vec<_> = self.people_of(party).iter().filter(same).copied().collect();
        let named: Vec<_> = found.iter().filter(|person| person.name == row.name).copied().collect();
        match (found.as_slice(), named.as_slice()) {
            ([only], _) | (_, [only]) => Some(only),
            _ => None,
        }
    }

    /// The person of this name, where one person alone has it and no other row means them.
    fn match_by_name(&mut self, row: &PersonRow, party: &KnownParty) -> Option<&'k KnownPerson> {
        if row.id.is_some() {
            return None;
        }
        let free = |person: &&&KnownPerson| person.name == row.name && !self.claimed.contains_key(person.id.as_str());
        let found: Vec<_> = self.people_of(party).iter().filter(free).copied().collect();
        match found.as_slice() {
            [] => None,
            [person] => {
                self.claim(row, person);
                Some(person)
            }
            [first, ..] => {
                let what = format!("{} has several people of this name", party.name);
                self.faults.at(
                    row.line,
                    NAME,
                    what,
                    format!("say who it is in a column headed {ID}, such as {}", first.id),
                );
                Some(first)
            }
        }
    }

    fn people_of(&self, party: &KnownParty) -> &[&'k KnownPerson] {
        self.by_party.get(party.id.as_str()).map_or(&[], Vec::as_slice)
    }

    fn claim(&mut self, row: &PersonRow, person: &'k KnownPerson) {
        if let Some(first) = self.claimed.insert(&person.id, row.line) {
            self.twice(row, first);
        }
    }

    fn twice(&mut self, row: &PersonRow, first: usize) {
        self.faults.at(row.line, NAME, format!("this is the same person as in line {first}"), "keep one of the two");
    }

    fn change(&mut self, row: &PersonRow, party: &KnownParty, before: &KnownPerson) {
        let mut after = KnownPerson { name: row.name.clone(), email: row.email.clone(), ..before.clone() };
        if let Some(offices) = &row.offices {
            let named: BTreeSet<_> = offices.iter().map(|office| office.as_str()).collect();
            if named != before.offices.iter().map(String::as_str).collect() {
                after.offices = self.offices(row, party, offices);
            }
        }
        after.contact = match self.contact(row, party) {
            Contact::Unstated => before.contact,
            stated => stated,
        };
        let differences = differences(before, &after);
        if differences.is_empty() {
            self.plan.unchanged += 1;
        } else {
            self.plan.changed.push(PersonChange { person: after, differences });
        }
    }

    fn add(&mut self, row: &PersonRow, party: &'k KnownParty) {
        let address = (party.id.as_str(), row.email.to_lowercase());
        let first = self.new.insert(address, row.line).filter(|_| row.id.is_none());
        if let Some(first) = first {
            self.twice(row, first);
        }
        let known = self
            .people_of(party)
            .iter()
            .find(|known| known.email.eq_ignore_ascii_case(&row.email) && (known.name == row.name || row.id.is_none()));
        if let Some(known) = known {
            let what = format!("this person is there already as {:?}", known.id);
            self.faults.at(row.line, EMAIL, what, format!("say who it is in a column headed {ID}"));
        }
        let offices = row.offices.clone().unwrap_or_else(|| vec![Office::usual(party.category)]);
        let person = KnownPerson {
            id: self.new_id(row, party),
            party: party.id.clone(),
            name: row.name.clone(),
            email: row.email.clone(),
            offices: self.offices(row, party, &offices),
            contact: self.contact(row, party),
        };
        self.plan.added.push(person);
    }

    fn new_id(&mut self, row: &PersonRow, party: &'k KnownParty) -> String {
        if let Some(id) = &row.id {
            if self.known.left.contains(id) {
                let what = format!("{id:?} was the id of somebody who left");
                self.faults.at(row.line, ID, what, "choose another; the record goes on naming whoever had it");
            }
            if self.plan.added.iter().any(|person| person.id == *id) {
                self.faults.at(row.line, ID, format!("{id:?} stands in the list twice"), "choose another");
            }
            return id.clone();
        }
        let next = self.next.entry(&party.id).or_insert(1);
        let begin: String = party.id.chars().take(56).collect();
        loop {
            let id = format!("{begin}-{next}");
            *next += 1;
            if self.taken.insert(id.clone()) {
                return id;
            }
        }
    }

    fn offices(&mut self, row: &PersonRow, party: &KnownParty, offices: &[Office]) -> Vec<String> {
        for office in offices.iter().filter(|office| !office.suits(party.category)) {
            let what = format!("people of {} cannot hold the office {office}", party.name);
            self.faults.at(row.line, OFFICES, what, format!("theirs is {}", Office::usual(party.category)));
        }
        offices.iter().map(ToString::to_string).collect()
    }

    fn contact(&mut self, row: &PersonRow, party: &KnownParty) -> Contact {
        if party.is_asked() {
            return row.contact;
        }
        if row.contact == Contact::Yes {
            let what = format!("consultations do not ask {}", party.name);
            self.faults.at(row.line, CONTACT, what, "leave it empty");
        }
        Contact::Unstated
    }

    /// The people whom the list leaves out, of the organisations it names.
    fn leave_out(&mut self, rows: &[(&PersonRow, &KnownParty)], scope: Scope<'_>, absent: Absent) {
        let named = rows.iter().map(|(_, party)| party.id.as_str());
        let named: BTreeSet<_> = match scope {
            Scope::All => named.collect(),
            Scope::Own(own) => BTreeSet::from([own]),
        };
        let out = |person: &&KnownPerson| {
            named.contains(person.party.as_str()) && !self.claimed.contains_key(person.id.as_str())
        };
        let out: Vec<_> = self.known.people.iter().filter(out).cloned().collect();
        match absent {
            Absent::Keep => self.plan.kept = out,
            Absent::Remove => self.plan.removed = out,
        }
    }

    /// Nobody shuts themselves out, and somebody always acts for SECAS.
    fn guard(&mut self, asker: &str) {
        if self.plan.removed.iter().any(|person| person.id == asker) {
            self.faults.whole("the list", "it leaves you out", "add yourself, or let somebody else remove you");
        }
        let secas = |person: &KnownPerson| person.offices.iter().any(|office| office == Office::Secas.as_str());
        let gone = |person: &KnownPerson| {
            let changed =
                self.plan.changed.iter().any(|change| change.person.id == person.id && !secas(&change.person));
            changed || self.plan.removed.iter().any(|removed| removed.id == person.id)
        };
        let mut before = self.known.people.iter().filter(|person| secas(person)).peekable();
        if before.peek().is_some() && before.all(gone) && !self.plan.added.iter().any(secas) {
            self.faults.whole("the list", "nobody would act for SECAS any more", "keep somebody with the office secas");
        }
    }
}

fn differences(before: &KnownPerson, after: &KnownPerson) -> Vec<Difference> {
    let contact = |contact: Contact| match contact {
        Contact::Yes => "yes".to_owned(),
        Contact::No => "no".to_owned(),
        Contact::Unstated => String::new(),
    };
    let pairs = [
        (NAME, before.name.clone(), after.name.clone()),
        (EMAIL, before.email.clone(), after.email.clone()),
        (OFFICES, before.offices.join(", "), after.offices.join(", ")),
        (CONTACT, contact(before.contact), contact(after.contact)),
    ];
    let differ = pairs.into_iter().filter(|(_, before, after)| before != after);
    differ.map(|(field, before, after)| Difference { field, before, after }).collect()
}
