//! Rust source as far as the house rules need it: words and marks with their lines, and the paths that are named.

use std::iter;

/// Words that may stand before a path that begins with `::`.
const KEYWORDS: &[&str] =
    &["as", "break", "dyn", "else", "for", "if", "impl", "in", "let", "match", "move", "mut", "return", "use", "where"];

/// A word or a mark of Rust source; comments, texts and lifetimes leave none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token<'a> {
    pub(super) line: usize,
    pub(super) text: &'a str,
}

fn is_word_part(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The tokens of a source file, in order.
pub(super) fn tokens(text: &str) -> Vec<Token<'_>> {
    let (mut line, mut rest, mut tokens) = (1, text, Vec::new());
    while !rest.is_empty() {
        let (length, kept) = next(rest);
        let (here, after) = rest.split_at(length);
        if kept {
            tokens.push(Token { line, text: here });
        }
        line += here.matches('\n').count();
        rest = after;
    }
    tokens
}

/// The length in bytes of what the text begins with, and whether it is a token.
fn next(rest: &str) -> (usize, bool) {
    let first = rest.chars().next().unwrap_or(' ');
    if rest.starts_with("//") {
        return (rest.find('\n').unwrap_or(rest.len()), false);
    }
    if rest.starts_with("/*") {
        return (block_comment(rest), false);
    }
    if let Some(length) = quoted(rest) {
        return (length, false);
    }
    if rest.starts_with("::") {
        return (2, true);
    }
    let word = word_length(rest);
    if word > 0 { (word, true) } else { (first.len_utf8(), !first.is_whitespace()) }
}

fn word_length(rest: &str) -> usize {
    rest.find(|c| !is_word_part(c)).unwrap_or(rest.len())
}

/// The length of a comment that may hold comments.
fn block_comment(rest: &str) -> usize {
    let (mut depth, mut at) = (0, 0);
    while at < rest.len() {
        let here = &rest[at..];
        if here.starts_with("/*") {
            depth += 1;
            at += 2;
        } else if here.starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                break;
            }
        } else {
            at += here.chars().next().map_or(1, char::len_utf8);
        }
    }
    at
}

/// The length of a text, a character or a lifetime, if one begins here.
fn quoted(rest: &str) -> Option<usize> {
    let prefix = rest.find(|c| !matches!(c, 'b' | 'c' | 'r')).filter(|length| *length <= 2)?;
    let raw = rest[..prefix].ends_with('r');
    let after = &rest[prefix..];
    let hashes = if raw { after.len() - after.trim_start_matches('#').len() } else { 0 };
    let body = &after[hashes..];
    let before = prefix + hashes;
    if let Some(inner) = body.strip_prefix('"') {
        let length = if raw { raw_text(inner, hashes) } else { text_length(inner, '"') };
        return Some(before + 1 + length);
    }
    let inner = body.strip_prefix('\'').filter(|_| !raw)?;
    let mut chars = inner.chars();
    let (first, second) = (chars.next()?, chars.next());
    if first == '\\' || second == Some('\'') {
        return Some(before + 1 + text_length(inner, '\''));
    }
    Some(before + 1 + word_length(inner))
}

/// The length up to and with the closing mark, which a backslash may hide.
fn text_length(inner: &str, close: char) -> usize {
    let mut hidden = false;
    for (at, c) in inner.char_indices() {
        if c == close && !hidden {
            return at + 1;
        }
        hidden = c == '\\' && !hidden;
    }
    inner.len()
}

fn raw_text(inner: &str, hashes: usize) -> usize {
    let close: String = iter::once('"').chain(iter::repeat_n('#', hashes)).collect();
    inner.find(&close).map_or(inner.len(), |at| at + close.len())
}

/// A path that source names, such as `crate::store::find_case`, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mention {
    pub(super) line: usize,
    pub(super) path: Path,
}

/// What a path begins at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Path {
    /// This crate: the names below its root.
    Inside(Vec<String>),
    /// Another crate, or a name in scope.
    Outside(Vec<String>),
}

/// Every path named in the source of the module at `module`.
pub(super) fn mentions(tokens: &[Token<'_>], module: &[&str]) -> Vec<Mention> {
    let mut module: Vec<&str> = module.to_vec();
    let mut found = Vec::new();
    let (mut at, mut depth, mut inner) = (0, 0_usize, Vec::new());
    while let Some(token) = tokens.get(at) {
        match token.text {
            "{" => depth += 1,
            "}" => {
                depth = depth.saturating_sub(1);
                if inner.last() == Some(&depth) {
                    inner.pop();
                    module.pop();
                }
            }
            "mod" if text(tokens, at + 2) == "{" => {
                module.push(text(tokens, at + 1));
                inner.push(depth);
                at += 1;
            }
            _ if begins_path(tokens, at) => {
                let mut named = Vec::new();
                at = tree(tokens, at, &[], &mut named).max(at + 1);
                found.extend(named.into_iter().map(|(line, path)| Mention { line, path: resolve(&path, &module) }));
                continue;
            }
            _ => {}
        }
        at += 1;
    }
    found
}

fn text<'a>(tokens: &[Token<'a>], at: usize) -> &'a str {
    tokens.get(at).map_or("", |token| token.text)
}

fn begins_path(tokens: &[Token<'_>], at: usize) -> bool {
    let back = |steps| at.checked_sub(steps).map_or("", |at| text(tokens, at));
    let here = text(tokens, at);
    if back(1) == "use" || (back(1) == "::" && back(2) == "use") {
        return here == "{" || is_name(here);
    }
    let continues = back(1) == "." || (back(1) == "::" && (back(2) == ">" || is_name(back(2))));
    is_name(here) && text(tokens, at + 1) == "::" && !continues
}

/// Whether a word can be part of a path; a keyword may stand before `::` and is none.
fn is_name(word: &str) -> bool {
    word.starts_with(is_word_part) && !KEYWORDS.contains(&word)
}

/// Reads a path, or a group of them, from `at`; returns where it ends.
fn tree<'a>(tokens: &[Token<'a>], at: usize, before: &[&'a str], found: &mut Vec<(usize, Vec<&'a str>)>) -> usize {
    let Some(token) = tokens.get(at) else { return at };
    if token.text == "{" {
        return group(tokens, at + 1, before, found);
    }
    if token.text != "*" && !token.text.starts_with(is_word_part) {
        found.push((token.line, before.to_vec()));
        return at;
    }
    let path = [before, &[token.text]].concat();
    if text(tokens, at + 1) == "::" {
        return tree(tokens, at + 2, &path, found);
    }
    found.push((token.line, path));
    at + 1
}

fn group<'a>(tokens: &[Token<'a>], mut at: usize, before: &[&'a str], found: &mut Vec<(usize, Vec<&'a str>)>) -> usize {
    while at < tokens.len() && text(tokens, at) != "}" {
        if text(tokens, at) == "," {
            at += 1;
            continue;
        }
        at = tree(tokens, at, before, found);
        while at < tokens.len() && !matches!(text(tokens, at), "," | "}") {
            at += 1;
        }
    }
    at + 1
}

fn resolve(path: &[&str], module: &[&str]) -> Path {
    let supers = path.iter().take_while(|name| **name == "super").count();
    let own = |path: &[&str]| path.iter().filter(|name| **name != "self").map(|name| (*name).to_owned()).collect();
    match path {
        ["crate" | "quorate", below @ ..] => Path::Inside(own(below)),
        ["self", "super", ..] => resolve(&path[1..], module),
        ["self", below @ ..] => Path::Inside(own(&[module, below].concat())),
        ["super", ..] => {
            let base = &module[..module.len().saturating_sub(supers)];
            Path::Inside(own(&[base, &path[supers..]].concat()))
        }
        _ => Path::Outside(own(path)),
    }
}
