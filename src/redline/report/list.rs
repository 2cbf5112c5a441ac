//! What changed in a few words, for a list of changes.

use crate::document::markup::Markup;

/// How many words of what is the same stand before and after what differs.
const AROUND: usize = 5;
/// The most words shown of what differs on one side.
const MOST: usize = 40;

/// Writes what differs between two texts, with a few words around it.
pub(super) fn difference(html: &mut Markup, old: &str, new: &str) {
    let (before, after): (Vec<&str>, Vec<&str>) = (words(old), words(new));
    let same = |pair: &(&&str, &&str)| pair.0 == pair.1;
    let start = before.iter().zip(&after).take_while(same).count();
    let (before_rest, after_rest) = (before.get(start..).unwrap_or_default(), after.get(start..).unwrap_or_default());
    let end = before_rest.iter().rev().zip(after_rest.iter().rev()).take_while(same).count();
    let context = after.get(start.saturating_sub(AROUND)..start).unwrap_or_default();
    if start > AROUND {
        html.raw("… ");
    }
    html.text(&context.join(" ")).raw(" ");
    side(html, "del", before_rest.get(..before_rest.len() - end).unwrap_or_default());
    side(html, "ins", after_rest.get(..after_rest.len() - end).unwrap_or_default());
    let rest = after_rest.get(after_rest.len() - end..).unwrap_or_default();
    html.text(&rest.get(..AROUND).unwrap_or(rest).join(" "));
    if rest.len() > AROUND {
        html.raw(" …");
    }
}

/// Writes the first words of a text.
pub(super) fn beginning(html: &mut Markup, element: &'static str, text: &str) {
    side(html, element, &words(text));
}

fn words(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}

fn side(html: &mut Markup, element: &'static str, words: &[&str]) {
    if words.is_empty() {
        return;
    }
    let says = match element {
        "del" => "removed: ",
        "ins" => "added: ",
        _ => "",
    };
    html.raw("<").raw(element).raw("><span class=\"unseen\">").raw(says).raw("</span>");
    html.text(&words.get(..MOST).unwrap_or(words).join(" "));
    if words.len() > MOST {
        html.raw(" …");
    }
    html.raw("</").raw(element).raw("> ");
}
