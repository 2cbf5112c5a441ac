//! The pass over the bare text: limits, forbidden parts of YAML, duplicate keys, and the tree with its places.
//!
//! Nothing is ever expanded, so the cost is in proportion to the text and both are limited.

use super::Limits;
use super::guard::{Complaint, KeyRefusal, refuse_key};
use super::problem::Collector;
use super::tree::{Entry, Kind, Meaning, Node, Position, Scalar, Style, push_index, push_key};
use super::words;
use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, Span, Tag};
use std::collections::BTreeMap;

/// A text as a tree; the problems met on the way go to the collector.
pub(super) struct Scanned {
    /// The document, unless reading had to stop before its end.
    pub(super) root: Option<Node>,
    /// Ids of values that stand in for something refused, so that nothing may be concluded from them.
    pub(super) unreadable: Vec<usize>,
}

pub(super) fn scan(text: &str, limits: Limits, found: &mut Collector) -> Scanned {
    let mut builder =
        Builder { limits, found, open: Vec::new(), root: None, unreadable: Vec::new(), next_id: 0, nodes: 0 };
    let mut parser = Parser::new_from_str(text);
    while let Some(event) = parser.next_event() {
        let flow = match event {
            Ok((event, span)) => builder.event(event, span),
            Err(error) => builder.malformed(&error),
        };
        if let Flow::Stop = flow {
            builder.found.stop_early();
            return Scanned { root: None, unreadable: Vec::new() };
        }
    }
    builder.finish()
}

/// Whether the rest of the text is worth reading.
enum Flow {
    Continue,
    Stop,
}

struct Builder<'a> {
    limits: Limits,
    found: &'a mut Collector,
    open: Vec<Open>,
    root: Option<Node>,
    unreadable: Vec<usize>,
    next_id: usize,
    nodes: usize,
}

/// A list or field set whose end has not been reached.
struct Open {
    id: usize,
    at: Position,
    content: Content,
}

enum Content {
    Sequence(Vec<Node>),
    Mapping(Fields),
}

#[derive(Default)]
struct Fields {
    entries: Vec<Entry>,
    seen: BTreeMap<String, Position>,
    waiting: Option<Key>,
}

/// A key whose value comes next.
enum Key {
    Usable(Node),
    Refused,
}

impl Builder<'_> {
    fn event(&mut self, event: Event<'_>, span: Span) -> Flow {
        let at = Position { line: span.start.line(), column: span.start.col() + 1 };
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                self.refuse_marks(at, anchor, tag.as_deref());
                self.scalar(at, text.into_owned(), style)
            }
            Event::Alias(_) => self.alias(at),
            Event::SequenceStart(anchor, tag) => {
                self.refuse_marks(at, anchor, tag.as_deref());
                self.open(at, Content::Sequence(Vec::new()))
            }
            Event::MappingStart(anchor, tag) => {
                self.refuse_marks(at, anchor, tag.as_deref());
                self.open(at, Content::Mapping(Fields::default()))
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(),
            Event::DocumentStart(_) if self.root.is_some() => self.second_document(at),
            _ => Flow::Continue,
        }
    }

    fn finish(self) -> Scanned {
        let blank = |node: &Node| matches!(&node.kind, Kind::Scalar(scalar) if scalar.meaning() == Meaning::Nothing);
        if self.found.is_empty() && self.root.as_ref().is_none_or(blank) {
            let mend = "Write the document, or delete the file.";
            self.found.add_at(Position::START, String::new(), "the file is empty".to_owned(), mend);
            return Scanned { root: None, unreadable: Vec::new() };
        }
        Scanned { root: self.root, unreadable: self.unreadable }
    }

    fn scalar(&mut self, at: Position, text: String, style: ScalarStyle) -> Flow {
        if let Some(name) = text.chars().find_map(words::refused_character) {
            self.complain(at, format!("{name} is not allowed, not even written as an escape"), "Delete it.");
        }
        let style = if style == ScalarStyle::Plain { Style::Plain } else { Style::Quoted };
        let id = self.take_id();
        self.place(Node { id, at, kind: Kind::Scalar(Scalar { text, style }) })
    }

    fn open(&mut self, at: Position, content: Content) -> Flow {
        if self.open.len() >= self.limits.depth {
            let what = format!("lists and fields are inside one another more than {} deep", self.limits.depth);
            self.complain(at, what, "Make the document flatter.");
            return Flow::Stop;
        }
        let id = self.take_id();
        self.open.push(Open { id, at, content });
        self.count(at)
    }

    fn close(&mut self) -> Flow {
        let Some(Open { id, at, content }) = self.open.pop() else {
            return Flow::Continue;
        };
        let kind = match content {
            Content::Sequence(items) => Kind::Sequence(items),
            Content::Mapping(fields) => Kind::Mapping(fields.entries),
        };
        self.place(Node { id, at, kind })
    }

    /// Puts a finished value where it belongs: in a list, as a key, behind a key, or as the whole document.
    fn place(&mut self, node: Node) -> Flow {
        let at = node.at;
        match self.open.last_mut().map(|open| &mut open.content) {
            None => self.root = Some(node),
            Some(Content::Sequence(items)) => items.push(node),
            Some(Content::Mapping(fields)) => match fields.waiting.take() {
                Some(Key::Usable(key)) => fields.entries.push(Entry { key, value: node }),
                Some(Key::Refused) => {}
                None => self.key(node),
            },
        }
        self.count(at)
    }

    fn key(&mut self, key: Node) {
        let refusal = refuse_key(&key);
        if matches!(refusal, Some(KeyRefusal::Merge))
            && let Some(open) = self.open.last()
        {
            self.unreadable.push(open.id);
        }
        let complaint = match refusal {
            Some(refusal) => Some(refusal.words()),
            None => self.repeated(&key),
        };
        let usable = complaint.is_none();
        if let Some((what, mend)) = complaint {
            self.complain(key.at, what, mend);
        }
        if let Some(Open { content: Content::Mapping(fields), .. }) = self.open.last_mut() {
            fields.waiting = Some(if usable { Key::Usable(key) } else { Key::Refused });
        }
    }

    fn repeated(&mut self, key: &Node) -> Option<Complaint> {
        let (Kind::Scalar(scalar), Some(Open { content: Content::Mapping(fields), .. })) =
            (&key.kind, self.open.last_mut())
        else {
            return None;
        };
        let Some(first) = fields.seen.get(&scalar.text) else {
            fields.seen.insert(scalar.text.clone(), key.at);
            return None;
        };
        let (name, Position { line, column }) = (words::clip(&scalar.text), *first);
        let what = format!("`{name}` is here twice; the first is in line {line}, column {column}");
        Some((what, "Keep one of them."))
    }

    fn alias(&mut self, at: Position) -> Flow {
        // Behind a refused key, such as `<<`, the alias is part of a problem already reported.
        let refused = |open: &Open| matches!(&open.content, Content::Mapping(fields) if matches!(fields.waiting, Some(Key::Refused)));
        if !self.open.last().is_some_and(refused) {
            self.complain(at, words::ALIAS.to_owned(), "Write the value out here.");
        }
        let id = self.take_id();
        self.unreadable.push(id);
        self.place(Node { id, at, kind: Kind::Scalar(Scalar { text: String::new(), style: Style::Plain }) })
    }

    fn refuse_marks(&mut self, at: Position, anchor: usize, tag: Option<&Tag>) {
        if anchor != 0 {
            let what = "an anchor (`&name`) is not allowed".to_owned();
            self.complain(at, what, "Delete the anchor and write the value out wherever it is needed.");
        }
        if tag.is_some() {
            let what = "a tag (`!name`) is not allowed".to_owned();
            self.complain(at, what, "Delete the tag; put text that looks like a tag in quotes.");
        }
    }

    fn second_document(&mut self, at: Position) -> Flow {
        let what = "a second document begins here, and a file holds only one".to_owned();
        self.found.add_at(at, String::new(), what, "Delete the `---`, or make it a file of its own.");
        Flow::Stop
    }

    fn malformed(&mut self, error: &ScanError) -> Flow {
        let at = Position { line: error.marker().line(), column: error.marker().col() + 1 };
        let (what, mend) = words::malformed(error.info());
        self.complain(at, what, mend);
        Flow::Stop
    }

    fn complain(&mut self, at: Position, what: String, mend: &str) {
        let path = self.path();
        self.found.add_at(at, path, what, mend);
    }

    fn count(&mut self, at: Position) -> Flow {
        self.nodes += 1;
        if self.nodes > self.limits.nodes {
            let what = format!("the document has more than {} parts", self.limits.nodes);
            self.complain(at, what, "Split it into smaller files.");
            return Flow::Stop;
        }
        if self.found.is_full() { Flow::Stop } else { Flow::Continue }
    }

    fn take_id(&mut self) -> usize {
        self.next_id += 1;
        self.next_id
    }

    /// The path of the value that comes next.
    fn path(&self) -> String {
        let mut path = String::new();
        for open in &self.open {
            match &open.content {
                Content::Sequence(items) => push_index(&mut path, items.len()),
                Content::Mapping(Fields {
                    waiting: Some(Key::Usable(Node { kind: Kind::Scalar(key), .. })), ..
                }) => {
                    push_key(&mut path, &key.text);
                }
                Content::Mapping(_) => {}
            }
        }
        path
    }
}
