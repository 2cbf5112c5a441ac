//! Notices: whoever is told is named, and where nobody is told the definition says so.
//!
//! What may be told of has its place in the type of a definition, so leaving a place out cannot be read at all; an empty
//! list would be leaving it out in other words.

use super::Findings;
use super::references::written_actions;
use super::shape::repeated;
use crate::workflow::{Definition, NoticeName, Notify, Remind};

pub(super) fn check(definition: &Definition, findings: &mut Findings) {
    for (name, notice) in &definition.notices {
        let path = format!("notices.{name}.to");
        repeated(&path, &notice.to, findings);
        if notice.to.is_empty() {
            let what = format!("the notice '{}' goes to nobody", notice.subject);
            findings.add(path, what, "Name at least one role, or take the notice out.");
        }
    }
    notify("notify_at_start", &definition.notify_at_start, findings);
    notify("notify_on_migration", &definition.notify_on_migration, findings);
    for written in written_actions(definition) {
        notify(&format!("{}.notify", written.path), &written.action.notify, findings);
        told_twice(definition, &format!("{}.notify", written.path), &written.action.notify, findings);
    }
    for (name, clock) in &definition.clocks {
        remind(&format!("clocks.{name}.remind"), &clock.remind, findings);
    }
}

fn notify(path: &str, notify: &Notify, findings: &mut Findings) {
    repeated(path, notify.notices(), findings);
    if notify.notices().is_empty() && *notify != Notify::Nobody {
        findings.add(path, "it lists no notice", "Name the notices, or write `nobody`.");
    }
}

/// Two notices of one action that reach the same role: a person would be told the same thing twice.
fn told_twice(definition: &Definition, path: &str, notify: &Notify, findings: &mut Findings) {
    let to = |name: &NoticeName| definition.notices.get(name).map_or(&[][..], |notice| &notice.to);
    for (index, notice) in notify.notices().iter().enumerate() {
        let before = notify.notices().iter().take(index).filter(|earlier| *earlier != notice);
        for earlier in before {
            if let Some(role) = to(notice).iter().find(|role| to(earlier).contains(role)) {
                let what = format!("`{role}` is told with `{earlier}` already");
                findings.add(format!("{path}[{index}]"), what, "Keep one of the two notices, or part their roles.");
            }
        }
    }
}

fn remind(path: &str, remind: &Remind, findings: &mut Findings) {
    let reminders = remind.reminders();
    if reminders.is_empty() && *remind != Remind::Nobody {
        findings.add(path, "it lists no reminder", "List `before` and `notice` of each, or write `nobody`.");
    }
    for (index, reminder) in reminders.iter().enumerate() {
        if reminders.iter().take(index).any(|earlier| earlier.before == reminder.before) {
            let what = format!("{} before it is due there is a reminder already", reminder.before);
            findings.add(format!("{path}[{index}].before"), what, "Keep one of them.");
        }
    }
}
