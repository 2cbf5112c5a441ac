//! What is set, before it has a page: strips of text and bands of tables, one below the other.
//!
//! A strip is never cut. A band of a table may be, between the strips of its cells.

use std::collections::VecDeque;
use std::rc::Rc;

use super::fonts::Face;
use super::picture::Picture;
use super::style::{Colour, Keep};
use super::tags::Leaf;

/// The space between the edges of a cell and what it holds: above and below.
pub(super) const CELL_TOP: f32 = 3.2;
/// The space between the edges of a cell and what it holds: at either side.
pub(super) const CELL_SIDE: f32 = 5.0;

/// A link of the document, whose parts may stand on several lines and pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct LinkNumber(pub(super) usize);

/// Something to draw, measured from the top left of its strip or band.
#[derive(Debug, Clone)]
pub(super) enum Mark {
    /// Words on a line.
    Words(Words),
    /// A filled rectangle, as rules and shades are.
    Fill(Area, Colour),
    /// The edges of a cell.
    Frame(Area),
    /// An image.
    Picture(Picture, Area, Option<Leaf>),
    /// A line in the margin beside what was changed: from the top, and how high.
    ChangeBar(f32, f32),
    /// Words in the margin that end at the line beside what was changed.
    Margin(Words),
    /// Links may lead here.
    Anchor(Anchor),
}

/// What a link within the document leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Anchor {
    /// A heading, by its place among all headings, from one.
    Heading(u32),
    /// A note, by its number.
    Note(u32),
}

/// A rectangle.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Area {
    /// From the left.
    pub(super) x: f32,
    /// From the top.
    pub(super) y: f32,
    /// How wide.
    pub(super) width: f32,
    /// How high.
    pub(super) height: f32,
}

/// Words on one line that are set alike.
#[derive(Debug, Clone)]
pub(super) struct Words {
    /// Where they begin.
    pub(super) x: f32,
    /// Where they stand, from the top.
    pub(super) baseline: f32,
    /// How wide they are, without the space that ends a line.
    pub(super) width: f32,
    /// What they say.
    pub(super) says: Says,
    /// How they are drawn.
    pub(super) pen: Pen,
    /// What part of the structure they are; none for what repeats or adorns.
    pub(super) leaf: Option<Leaf>,
    /// The link they are part of.
    pub(super) link: Option<LinkNumber>,
}

/// What words say.
#[derive(Debug, Clone)]
pub(super) enum Says {
    /// This text, as it is seen from left to right.
    Text(String),
    /// This text, with boxes, and what it stands for.
    InPlaceOf(String, String),
    /// The page on which a heading stands.
    PageOf(u32),
}

/// How words are drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Pen {
    /// The typeface.
    pub(super) face: Face,
    /// The size.
    pub(super) size: f32,
    /// The colour.
    pub(super) colour: Colour,
}

/// Something that stands below what is before it.
#[derive(Debug, Clone)]
pub(super) enum Item {
    /// A line of text.
    Strip(Strip),
    /// Rows of a table.
    Band(Band),
    /// What follows begins on a new page.
    PageBreak,
}

/// A line of text with all that goes with it.
#[derive(Debug, Clone)]
pub(super) struct Strip {
    /// The space above and below.
    pub(super) space: Space,
    /// How high the line is.
    pub(super) height: f32,
    /// Whether it stays with what follows.
    pub(super) keep: Keep,
    /// What is drawn.
    pub(super) marks: Vec<Mark>,
}

/// The space around something. Spaces that meet do not add up: the larger counts.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Space {
    /// Above.
    pub(super) before: f32,
    /// Below.
    pub(super) after: f32,
}

/// A row of a table, or several that a tall cell ties together.
#[derive(Debug, Clone)]
pub(super) struct Band {
    /// The space above and below.
    pub(super) space: Space,
    /// How high it is.
    pub(super) height: f32,
    /// Whether it stays with what follows.
    pub(super) keep: Keep,
    /// Whether it may run on to the next page.
    pub(super) cut: Cut,
    /// The rows that are drawn again at the head of each page.
    pub(super) header: Option<Rc<[Band]>>,
    /// Its cells.
    pub(super) cells: Vec<Boxed>,
}

/// Whether a band may run on to the next page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cut {
    /// It stays whole where a page has room for it.
    Whole,
    /// It may be cut.
    Anywhere,
}

/// A cell in its place.
#[derive(Debug, Clone)]
pub(super) struct Boxed {
    /// Its edges within the band.
    pub(super) area: Area,
    /// Whether it names a row or a column, and is shaded.
    pub(super) shade: bool,
    /// What it holds, measured from its left edge.
    pub(super) items: VecDeque<Item>,
    /// How high that is.
    pub(super) content: f32,
}

impl Item {
    pub(super) fn space(&self) -> Space {
        match self {
            Self::Strip(strip) => strip.space,
            Self::Band(band) => band.space,
            Self::PageBreak => Space::default(),
        }
    }

    pub(super) fn height(&self) -> f32 {
        match self {
            Self::Strip(strip) => strip.height,
            Self::Band(band) => band.height,
            Self::PageBreak => 0.0,
        }
    }

    pub(super) fn keep(&self) -> Keep {
        match self {
            Self::Strip(strip) => strip.keep,
            Self::Band(band) => band.keep,
            Self::PageBreak => Keep::Free,
        }
    }

    /// How much of it must stand where it begins.
    pub(super) fn least(&self) -> f32 {
        match self {
            Self::Band(band) if band.cut == Cut::Anywhere => band.height.min(LEAST_CUT),
            item => item.height(),
        }
    }

    /// The same without a place in the structure, as it is when it repeats.
    pub(super) fn repeated(mut self) -> Self {
        match &mut self {
            Self::Strip(strip) => strip.marks.iter_mut().for_each(Mark::detach),
            Self::Band(band) => band.detach(),
            Self::PageBreak => {}
        }
        self
    }
}

/// The least of a band that is worth cutting off.
pub(super) const LEAST_CUT: f32 = 60.0;

impl Mark {
    fn detach(&mut self) {
        match self {
            Self::Words(words) | Self::Margin(words) => (words.leaf, words.link) = (None, None),
            Self::Picture(_, _, leaf) => *leaf = None,
            Self::Fill(..) | Self::Frame(_) | Self::ChangeBar(..) | Self::Anchor(_) => {}
        }
    }
}

/// How high items are when one stands below the other, the first without the space above it.
pub(super) fn stacked<'a>(items: impl IntoIterator<Item = &'a Item>) -> f32 {
    let mut height = 0.0;
    let mut after = None;
    for item in items {
        height += gap(after, item) + item.height();
        after = Some(item.space().after);
    }
    height
}

/// The space between what ended with `after` and an item.
pub(super) fn gap(after: Option<f32>, item: &Item) -> f32 {
    after.map_or(0.0, |after| item.space().before.max(after))
}

impl Band {
    fn detach(&mut self) {
        for cell in &mut self.cells {
            let items = std::mem::take(&mut cell.items);
            cell.items = items.into_iter().map(Item::repeated).collect();
        }
    }

    /// Cuts off what has room; nothing if not one line has.
    pub(super) fn cut_off(&mut self, room: f32) -> Option<Self> {
        let cells: Vec<Boxed> = self.cells.iter_mut().map(|cell| cell.cut_off(room - 2.0 * CELL_TOP)).collect();
        if cells.iter().all(|cell| cell.items.is_empty()) {
            return None;
        }
        let space = Space { before: self.space.before, after: 0.0 };
        let mut upper = Self { space, height: 0.0, keep: Keep::Free, cut: self.cut, header: None, cells };
        upper.fit();
        self.space.before = 0.0;
        self.fit();
        Some(upper)
    }

    /// Whether nothing is left to draw.
    pub(super) fn is_spent(&self) -> bool {
        self.cells.iter().all(|cell| cell.items.is_empty())
    }

    /// Makes the band, and each of its cells, as high as the highest.
    pub(super) fn fit(&mut self) {
        let highest = self.cells.iter().map(|cell| cell.content).fold(0.0, f32::max);
        self.height = highest + 2.0 * CELL_TOP;
        for cell in &mut self.cells {
            cell.area.height = self.height;
        }
    }
}

impl Boxed {
    /// Cuts off the items that have room. Where none has, all stay.
    fn cut_off(&mut self, room: f32) -> Self {
        let mut upper = Self { area: self.area, shade: self.shade, items: VecDeque::new(), content: 0.0 };
        let mut after = None;
        while let Some(mut item) = self.items.pop_front() {
            let gap = gap(after, &item);
            let height = item.height();
            let left = room - upper.content - gap;
            if height <= left {
                self.content -= gap + height;
                upper.content += gap + height;
                after = Some(item.space().after);
                upper.items.push_back(item);
                continue;
            }
            self.content -= gap;
            if let Item::Band(band) = &mut item
                && band.cut == Cut::Anywhere
                && let Some(cut) = band.cut_off(left)
            {
                self.content += band.height - height;
                upper.content += gap + cut.height;
                upper.items.push_back(Item::Band(cut));
            }
            self.items.push_front(item);
            return upper;
        }
        self.content = 0.0;
        upper
    }
}
