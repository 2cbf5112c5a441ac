//! What follows from the order of the blocks: the numbers of headings and the contents list.

use super::tree::{Block, Heading, Level, Numbering};

/// The numbers of headings, given out in reading order.
#[derive(Debug, Default)]
pub(super) struct HeadingNumbers {
    counts: [u32; 4],
}

impl HeadingNumbers {
    /// The number of the next heading, such as `2.1`; none for a heading without one.
    pub(super) fn next(&mut self, heading: &Heading) -> Option<String> {
        if heading.numbering == Numbering::Plain {
            return None;
        }
        let depth = usize::from(heading.level.depth());
        let (kept, below) = self.counts.split_at_mut_checked(depth)?;
        below.fill(0);
        *kept.last_mut()? += 1;
        // A heading below a level that was left out counts it as the first, as a word processor does.
        for count in kept.iter_mut() {
            *count = (*count).max(1);
        }
        Some(kept.iter().map(u32::to_string).collect::<Vec<_>>().join("."))
    }
}

/// A heading in its place in the document.
#[derive(Debug)]
pub(super) struct Entry<'a> {
    /// Its place among all headings, from one.
    pub(super) place: u32,
    /// Its number, if it carries one.
    pub(super) number: Option<String>,
    /// The heading.
    pub(super) heading: &'a Heading,
}

/// Every heading of a document in order. Headings within lists and cells are not among them.
pub(super) fn outline(blocks: &[Block]) -> Vec<Entry<'_>> {
    let mut numbers = HeadingNumbers::default();
    let headings = blocks.iter().filter_map(|block| match block {
        Block::Heading(heading) => Some(heading),
        _ => None,
    });
    headings.zip(1..).map(|(heading, place)| Entry { place, number: numbers.next(heading), heading }).collect()
}

/// The headings that a contents list names: those of levels one to three.
pub(super) fn contents<'a, 'b>(outline: &'b [Entry<'a>]) -> impl Iterator<Item = &'b Entry<'a>> {
    outline.iter().filter(|entry| entry.heading.level <= Level::Three)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_run_within_their_section() {
        let levels =
            [(Level::One, "1"), (Level::Two, "1.1"), (Level::Two, "1.2"), (Level::One, "2"), (Level::Two, "2.1")];
        let blocks: Vec<_> = levels.iter().map(|(level, _)| Block::heading(*level, Numbering::Numbered, "x")).collect();
        let numbers: Vec<_> = outline(&blocks).into_iter().filter_map(|entry| entry.number).collect();
        assert_eq!(numbers, levels.map(|(_, number)| number));
    }

    #[test]
    fn a_plain_heading_has_no_number_and_takes_none() {
        let numbered = Block::heading(Level::One, Numbering::Numbered, "x");
        let plain = Block::heading(Level::One, Numbering::Plain, "Appendix A");
        let blocks = [numbered.clone(), plain, numbered];
        let numbers: Vec<_> = outline(&blocks).into_iter().map(|entry| entry.number).collect();
        assert_eq!(numbers, [Some("1".to_owned()), None, Some("2".to_owned())]);
    }

    #[test]
    fn a_level_left_out_counts_as_its_first() {
        let blocks = [Block::heading(Level::Three, Numbering::Numbered, "x")];
        assert_eq!(outline(&blocks)[0].number.as_deref(), Some("1.1.1"));
    }
}
