//! Putting what is set onto pages.

use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;

use super::flow::{Anchor, Area, Band, CELL_TOP, Cut, Item, LEAST_CUT, Mark, gap};
use super::style::{Keep, SHADE, TEXT_BOTTOM, TEXT_HEIGHT, TEXT_LEFT, TEXT_TOP};

/// A page: what is drawn on it, and where.
#[derive(Debug, Default)]
pub(super) struct Page {
    /// What is drawn, each with where its left and its top are on the page.
    pub(super) marks: Vec<(f32, f32, Mark)>,
}

/// The page, from nought, and the height on which each place that links may lead to stands.
pub(super) type Anchors = BTreeMap<Anchor, (usize, f32)>;

/// Puts items onto pages. There is always at least one.
pub(super) fn fill(items: Vec<Item>) -> (Vec<Page>, Anchors) {
    let mut filler = Filler { pages: vec![Page::default()], y: TEXT_TOP, after: None, anchors: BTreeMap::new() };
    let mut items = VecDeque::from(items);
    while let Some(item) = items.pop_front() {
        if item.keep() == Keep::WithNext && !filler.is_fresh() {
            filler.make_room(&item, &items);
        }
        filler.put(item);
    }
    (filler.pages, filler.anchors)
}

struct Filler {
    pages: Vec<Page>,
    y: f32,
    /// The space below what was put last; none at the top of a page.
    after: Option<f32>,
    anchors: Anchors,
}

impl Filler {
    fn is_fresh(&self) -> bool {
        self.after.is_none()
    }

    fn room(&self) -> f32 {
        TEXT_BOTTOM - self.y
    }

    fn turn(&mut self) {
        self.pages.push(Page::default());
        (self.y, self.after) = (TEXT_TOP, None);
    }

    /// Turns the page if an item and what stays with it have no room on this one, but have on the next.
    fn make_room(&mut self, item: &Item, following: &VecDeque<Item>) {
        let mut height = 0.0;
        let mut after = self.after;
        for item in std::iter::once(item).chain(following) {
            let kept = item.keep() == Keep::WithNext;
            height += gap(after, item) + if kept { item.height() } else { item.least() };
            after = Some(item.space().after);
            if height > TEXT_HEIGHT {
                return;
            }
            if !kept {
                break;
            }
        }
        if height > self.room() {
            self.turn();
        }
    }

    fn put(&mut self, item: Item) {
        match item {
            Item::PageBreak => {
                if !self.is_fresh() {
                    self.turn();
                }
            }
            Item::Strip(_) => {
                if gap(self.after, &item) + item.height() > self.room() && !self.is_fresh() {
                    self.turn();
                }
                self.set_down(item);
            }
            Item::Band(band) => self.put_band(band),
        }
    }

    fn put_band(&mut self, mut band: Band) {
        // Rows to repeat that take half a page would leave too little room below them.
        let header = band.header.take().filter(|header| height(header) < TEXT_HEIGHT / 2.0);
        let mut fresh = self.is_fresh();
        loop {
            let room = self.room() - self.after.map_or(0.0, |after| after.max(band.space.before));
            if band.height <= room {
                break;
            }
            let cuts = fresh || band.cut == Cut::Anywhere && room >= LEAST_CUT;
            let upper = if cuts { band.cut_off(room) } else { None };
            // What has no room on an empty page is drawn as it is.
            if fresh && upper.is_none() {
                break;
            }
            if let Some(upper) = upper {
                self.set_down(Item::Band(upper));
            }
            if band.is_spent() {
                return;
            }
            self.turn();
            self.repeat(header.as_ref());
            fresh = true;
        }
        self.set_down(Item::Band(band));
    }

    fn repeat(&mut self, header: Option<&Rc<[Band]>>) {
        for band in header.into_iter().flat_map(|header| header.iter()) {
            self.set_down(Item::Band(band.clone()).repeated());
        }
    }

    /// Draws an item below what was drawn before.
    fn set_down(&mut self, item: Item) {
        self.y += gap(self.after, &item);
        let (height, after) = (item.height(), item.space().after);
        self.draw(item, TEXT_LEFT, self.y);
        self.y += height;
        self.after = Some(after);
    }

    fn draw(&mut self, item: Item, x: f32, y: f32) {
        match item {
            Item::Strip(strip) => {
                for mark in strip.marks {
                    self.mark(mark, x, y);
                }
            }
            Item::Band(band) => self.draw_band(band, x, y),
            Item::PageBreak => {}
        }
    }

    fn draw_band(&mut self, band: Band, x: f32, y: f32) {
        for cell in &band.cells {
            if cell.shade {
                self.mark(Mark::Fill(cell.area, SHADE), x, y);
            }
        }
        for cell in &band.cells {
            self.mark(Mark::Frame(cell.area), x, y);
        }
        for cell in band.cells {
            let Area { x: left, y: top, .. } = cell.area;
            let mut below = y + top + CELL_TOP;
            let mut after = None;
            for item in cell.items {
                below += gap(after, &item);
                after = Some(item.space().after);
                let height = item.height();
                self.draw(item, x + left, below);
                below += height;
            }
        }
    }

    fn mark(&mut self, mark: Mark, x: f32, y: f32) {
        if let Mark::Anchor(anchor) = mark {
            self.anchors.insert(anchor, (self.pages.len() - 1, y));
        } else if let Some(page) = self.pages.last_mut() {
            page.marks.push((x, y, mark));
        }
    }
}

fn height(header: &[Band]) -> f32 {
    header.iter().map(|band| band.height).sum()
}
