//! Every place of a document in order, to be changed.

use super::model::{Block, Document, Inline, Paragraph, Table};

/// Everything that holds blocks: sections, cells, content controls.
pub(crate) fn holders(document: &mut Document, visit: &mut dyn FnMut(&mut Vec<Block>)) {
    for section in &mut document.sections {
        holders_in(&mut section.blocks, visit);
    }
}

fn holders_in(blocks: &mut Vec<Block>, visit: &mut dyn FnMut(&mut Vec<Block>)) {
    for block in blocks.iter_mut() {
        match block {
            Block::Paragraph(_) => {}
            Block::Table(table) => {
                for cell in table.rows.iter_mut().flat_map(|row| &mut row.cells) {
                    holders_in(&mut cell.blocks, visit);
                }
            }
            Block::Control(_, inside) => holders_in(inside, visit),
        }
    }
    visit(blocks);
}

/// Every table, the inner ones first.
pub(crate) fn tables(document: &mut Document, visit: &mut dyn FnMut(&mut Table)) {
    holders(document, &mut |blocks| {
        for block in blocks {
            if let Block::Table(table) = block {
                visit(table);
            }
        }
    });
}

/// Every paragraph: of the body, of headers and footers, of notes and text boxes.
pub(crate) fn paragraphs(document: &mut Document, visit: &mut dyn FnMut(&mut Paragraph)) {
    holders(document, &mut |blocks| {
        for block in blocks {
            if let Block::Paragraph(paragraph) = block {
                within(paragraph, visit);
            }
        }
    });
    for section in &mut document.sections {
        let stories = [&mut section.header, &mut section.first_header, &mut section.footer];
        for paragraph in stories.into_iter().flatten().flatten() {
            within(paragraph, visit);
        }
    }
}

fn within(paragraph: &mut Paragraph, visit: &mut dyn FnMut(&mut Paragraph)) {
    for inline in &mut paragraph.content {
        if let Inline::Note(_, inside) | Inline::TextBox(inside) = inline {
            for paragraph in inside {
                within(paragraph, visit);
            }
        }
    }
    visit(paragraph);
}

/// Every list of inlines: of paragraphs, links, controls, bookmarks and comments.
pub(crate) fn contents(document: &mut Document, visit: &mut dyn FnMut(&mut Vec<Inline>)) {
    paragraphs(document, &mut |paragraph| contents_in(&mut paragraph.content, visit));
}

fn contents_in(content: &mut Vec<Inline>, visit: &mut dyn FnMut(&mut Vec<Inline>)) {
    for inline in content.iter_mut() {
        if let Inline::Link(_, inside)
        | Inline::Control(_, inside)
        | Inline::Bookmark(_, inside)
        | Inline::Comment(_, inside) = inline
        {
            contents_in(inside, visit);
        }
    }
    visit(content);
}
