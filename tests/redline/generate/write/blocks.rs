//! Paragraphs and tables.

use super::super::model::{Block, Cell, Merge, Paragraph, Row, Table};
use super::super::vocabulary::STYLES;
use super::Writer;

impl Writer {
    pub(super) fn blocks(&mut self, blocks: &[Block]) -> String {
        blocks.iter().map(|block| self.block(block, "")).collect()
    }

    /// Blocks of which the last, a paragraph, ends a section.
    pub(super) fn blocks_ending_in(&mut self, blocks: &[Block], section: &str) -> String {
        let Some((last, before)) = blocks.split_last() else { return String::new() };
        self.blocks(before) + &self.block(last, section)
    }

    fn block(&mut self, block: &Block, section: &str) -> String {
        match block {
            Block::Paragraph(paragraph) => self.paragraph(paragraph, section),
            Block::Table(table) => self.table(table),
            Block::Control(name, inside) => {
                let inside = self.blocks(inside);
                self.control(name, &inside)
            }
        }
    }

    fn next_control(&mut self) -> usize {
        self.controls += 1;
        self.controls
    }

    pub(super) fn control(&mut self, name: &str, inside: &str) -> String {
        let id = if self.noisy { self.random.below(1 << 30) } else { self.next_control() };
        format!(
            "<w:sdt><w:sdtPr><w:tag w:val=\"{name}\"/><w:id w:val=\"{id}\"/></w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>"
        )
    }

    pub(super) fn paragraph(&mut self, paragraph: &Paragraph, section: &str) -> String {
        let properties = self.paragraph_properties(paragraph, section);
        let content = self.inlines(&paragraph.content);
        self.paragraphs += 1;
        let id = if self.noisy && self.random.percent(50) {
            format!(" w14:paraId=\"{:08X}\" w14:textId=\"77777777\"", self.paragraphs + 0x10_0000)
        } else {
            String::new()
        };
        let saves = self.revision_save("w:rsidR") + &self.revision_save("w:rsidRDefault");
        format!("<w:p{id}{saves}>{properties}{content}</w:p>")
    }

    fn paragraph_properties(&mut self, paragraph: &Paragraph, section: &str) -> String {
        let look = &paragraph.look;
        let mut inside = String::new();
        if look.style > 0 {
            let (id, _, always) = STYLES[look.style];
            if !always && !self.styles.contains(&look.style) {
                self.styles.push(look.style);
            }
            inside += &format!("<w:pStyle w:val=\"{id}\"/>");
        }
        if look.kept {
            inside += "<w:keepNext/>";
        }
        if let Some((list, level)) = look.list {
            let id = self.list(list);
            inside += &format!("<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{id}\"/></w:numPr>");
        }
        if look.centred {
            inside += "<w:jc w:val=\"center\"/>";
        }
        if look.bold_mark {
            inside += "<w:rPr><w:b/></w:rPr>";
        }
        inside += section;
        if inside.is_empty() { inside } else { format!("<w:pPr>{inside}</w:pPr>") }
    }

    /// The id of a list in this package.
    fn list(&mut self, list: u8) -> u32 {
        if let Some((_, id)) = self.lists.iter().find(|(own, _)| *own == list) {
            return *id;
        }
        let last = self.lists.iter().map(|(_, id)| *id).max().unwrap_or(1);
        let id = last + 1 + if self.noisy { u32::try_from(self.random.below(4)).unwrap() } else { 0 };
        self.lists.push((list, id));
        id
    }

    fn table(&mut self, table: &Table) -> String {
        let width =
            if table.wide { "<w:tblW w:w=\"5000\" w:type=\"pct\"/>" } else { "<w:tblW w:w=\"0\" w:type=\"auto\"/>" };
        let columns = table.rows.iter().map(|row| row.cells.iter().map(|cell| cell.span).sum()).max().unwrap_or(1);
        let grid = "<w:gridCol w:w=\"1500\"/>".repeat(columns);
        let rows: String = table.rows.iter().map(|row| self.row(row)).collect();
        let properties = format!("<w:tblPr><w:tblStyle w:val=\"TableGrid\"/>{width}</w:tblPr>");
        format!("<w:tbl>{properties}<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>")
    }

    fn row(&mut self, row: &Row) -> String {
        let properties = if row.heading { "<w:trPr><w:tblHeader/></w:trPr>" } else { "" };
        let saves = self.revision_save("w:rsidTr");
        let cells: String = row.cells.iter().map(|cell| self.cell(cell)).collect();
        let written = format!("<w:tr{saves}>{properties}{cells}</w:tr>");
        match &row.control {
            Some(name) => self.control(name, &written),
            None => written,
        }
    }

    fn cell(&mut self, cell: &Cell) -> String {
        let mut properties = format!("<w:tcW w:w=\"{}\" w:type=\"dxa\"/>", 1500 * cell.span);
        if cell.span > 1 {
            properties += &format!("<w:gridSpan w:val=\"{}\"/>", cell.span);
        }
        properties += match cell.merge {
            Merge::Alone => "",
            Merge::Begins => "<w:vMerge w:val=\"restart\"/>",
            Merge::Goes => "<w:vMerge/>",
        };
        if cell.shaded {
            properties += "<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"D9D9D9\"/>";
        }
        let blocks = self.blocks(&cell.blocks);
        format!("<w:tc><w:tcPr>{properties}</w:tcPr>{blocks}</w:tc>")
    }
}
