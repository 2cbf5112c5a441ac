//! Edits as people make them, each made up from numbers; an edit that finds nothing to change changes nothing.

use super::documents::{self, Kind};
use super::model::{Block, Document, Format, Inline, NoteKind, Paragraph, Section, Table};
use super::random::Random;
use super::vocabulary::{ADDRESSES, IMAGES};
use super::walk;

/// An edit.
pub(crate) type Edit = fn(&mut Document, &mut Random);

/// Edits of words alone.
pub(crate) const OF_WORDS: &[Edit] = &[change_word, insert_words, delete_words];

/// Edits of all kinds.
pub(crate) const ALL: &[Edit] = &[
    change_word,
    change_word,
    change_word,
    insert_words,
    insert_words,
    delete_words,
    delete_words,
    insert_block,
    insert_block,
    delete_block,
    delete_block,
    split_paragraph,
    join_paragraphs,
    move_block,
    move_block,
    swap_blocks,
    copy_block,
    add_row,
    add_row,
    remove_row,
    remove_row,
    move_row,
    add_column,
    remove_column,
    resize_table,
    change_cell,
    change_format,
    change_format,
    change_look,
    change_look,
    change_special,
    insert_special,
    insert_special,
    remove_inline,
    change_stories,
    change_sections,
    wrap_block,
];

/// Makes so many edits.
pub(crate) fn edited(document: &Document, edits: &[Edit], many: usize, random: &mut Random) -> Document {
    let mut edited = document.clone();
    for _ in 0..many {
        let edit = *random.pick(edits);
        edit(&mut edited, random);
        edited = edited.made_sound();
    }
    edited
}

/// Calls `change` on one of the places that `walk` leads to and `wanted` accepts.
fn one<T: ?Sized>(
    document: &mut Document,
    random: &mut Random,
    walk: fn(&mut Document, &mut dyn FnMut(&mut T)),
    wanted: fn(&T) -> bool,
    change: &mut dyn FnMut(&mut T, &mut Random),
) {
    let mut many = 0;
    walk(document, &mut |place| many += usize::from(wanted(place)));
    if many == 0 {
        return;
    }
    let (chosen, mut at) = (random.below(many), 0);
    walk(document, &mut |place| {
        if wanted(place) {
            if at == chosen {
                change(place, random);
            }
            at += 1;
        }
    });
}

fn has_text(content: &Vec<Inline>) -> bool {
    content.iter().any(|inline| matches!(inline, Inline::Text(..)))
}

/// Changes the words of one stretch of text.
fn on_words(document: &mut Document, random: &mut Random, change: fn(&mut Vec<String>, &mut Random)) {
    one(document, random, walk::contents, has_text, &mut |content, random| {
        let texts = content.iter_mut().filter_map(|inline| match inline {
            Inline::Text(text, _) => Some(text),
            _ => None,
        });
        let mut texts: Vec<&mut String> = texts.collect();
        let chosen = random.below(texts.len());
        let mut words: Vec<String> = texts[chosen].split(' ').map(str::to_owned).collect();
        change(&mut words, random);
        *texts[chosen] = words.join(" ");
    });
}

fn change_word(document: &mut Document, random: &mut Random) {
    on_words(document, random, |words, random| {
        let at = random.below(words.len());
        words[at] = documents::word(random, Kind::Words);
    });
}

fn insert_words(document: &mut Document, random: &mut Random) {
    on_words(document, random, |words, random| {
        let at = random.below(words.len());
        for _ in 0..random.between(1, 3) {
            words.insert(at, documents::word(random, Kind::Words));
        }
    });
}

fn delete_words(document: &mut Document, random: &mut Random) {
    on_words(document, random, |words, random| {
        for _ in 0..random.between(1, 3) {
            if words.len() > 1 {
                words.remove(random.below(words.len()));
            }
        }
    });
}

fn any(_: &Vec<Block>) -> bool {
    true
}

fn insert_block(document: &mut Document, random: &mut Random) {
    one(document, random, walk::holders, any, &mut |blocks, random| {
        let at = random.below(blocks.len() + 1);
        let many = random.between(1, 2);
        blocks.splice(at..at, documents::blocks(random, Kind::Rich, many, 1));
    });
}

fn delete_block(document: &mut Document, random: &mut Random) {
    one(document, random, walk::holders, any, &mut |blocks, random| {
        for _ in 0..random.between(1, 2).min(blocks.len()) {
            blocks.remove(random.below(blocks.len()));
        }
    });
}

fn split_paragraph(document: &mut Document, random: &mut Random) {
    one(document, random, walk::holders, any, &mut |blocks, random| {
        let at = random.below(blocks.len());
        let Some(Block::Paragraph(paragraph)) = blocks.get_mut(at) else { return };
        let cut = random.below(paragraph.content.len());
        let mut rest = paragraph.content.split_off(cut);
        if let Some(Inline::Text(text, format)) = rest.first_mut() {
            let mut words: Vec<&str> = text.split(' ').collect();
            let after = words.split_off(random.below(words.len())).join(" ");
            paragraph.content.push(Inline::Text(words.join(" "), *format));
            *text = after;
        }
        let second = Paragraph { look: paragraph.look.clone(), content: rest };
        blocks.insert(at + 1, Block::Paragraph(second));
    });
}

fn join_paragraphs(document: &mut Document, random: &mut Random) {
    one(document, random, walk::holders, any, &mut |blocks, random| {
        let at = random.below(blocks.len());
        if let (Some(Block::Paragraph(_)), Some(Block::Paragraph(_))) = (blocks.get(at), blocks.get(at + 1))
            && let Block::Paragraph(second) = blocks.remove(at + 1)
            && let Some(Block::Paragraph(first)) = blocks.get_mut(at)
        {
            first.content.extend(second.content);
        }
    });
}

fn move_block(document: &mut Document, random: &mut Random) {
    let mut taken = None;
    one(document, random, walk::holders, |blocks| blocks.len() > 1, &mut |blocks, random| {
        taken = Some(blocks.remove(random.below(blocks.len())));
    });
    let far = random.percent(30);
    let place = if far { any } else { |blocks: &Vec<Block>| blocks.len() > 2 };
    one(document, random, walk::holders, place, &mut |blocks, random| {
        let at = random.below(blocks.len() + 1);
        blocks.splice(at..at, taken.take());
    });
}

fn swap_blocks(document: &mut Document, random: &mut Random) {
    one(document, random, walk::holders, |blocks| blocks.len() > 1, &mut |blocks, random| {
        let (one, other) = (random.below(blocks.len()), random.below(blocks.len()));
        blocks.swap(one, other);
    });
}

fn copy_block(document: &mut Document, random: &mut Random) {
    one(document, random, walk::holders, any, &mut |blocks, random| {
        let copy = blocks[random.below(blocks.len())].clone();
        let at = random.below(blocks.len() + 1);
        blocks.insert(at, copy);
    });
}

fn any_table(_: &Table) -> bool {
    true
}

fn add_row(document: &mut Document, random: &mut Random) {
    one(document, random, walk::tables, any_table, &mut |table, random| {
        let columns = table.rows.first().map_or(1, |row| row.cells.iter().map(|cell| cell.span).sum());
        let at = random.below(table.rows.len() + 1);
        table.rows.insert(at, documents::row(random, Kind::Plain, columns, 1));
    });
}

fn remove_row(document: &mut Document, random: &mut Random) {
    one(document, random, walk::tables, |table| table.rows.len() > 1, &mut |table, random| {
        table.rows.remove(random.below(table.rows.len()));
    });
}

fn move_row(document: &mut Document, random: &mut Random) {
    one(document, random, walk::tables, |table| table.rows.len() > 1, &mut |table, random| {
        let row = table.rows.remove(random.below(table.rows.len()));
        table.rows.insert(random.below(table.rows.len() + 1), row);
    });
}

fn add_column(document: &mut Document, random: &mut Random) {
    one(document, random, walk::tables, any_table, &mut |table, random| {
        for row in &mut table.rows {
            let at = random.below(row.cells.len() + 1);
            row.cells.insert(at, documents::cell(random, Kind::Plain, 1, 1));
        }
    });
}

fn remove_column(document: &mut Document, random: &mut Random) {
    one(document, random, walk::tables, any_table, &mut |table, random| {
        let column = random.below(3);
        for row in table.rows.iter_mut().filter(|row| row.cells.len() > 1) {
            row.cells.remove(column.min(row.cells.len() - 1));
        }
    });
}

fn resize_table(document: &mut Document, random: &mut Random) {
    one(document, random, walk::tables, any_table, &mut |table, random| {
        table.wide = !table.wide;
        let at = random.below(table.rows.len());
        table.rows[at].heading = !table.rows[at].heading;
    });
}

fn change_cell(document: &mut Document, random: &mut Random) {
    one(document, random, walk::tables, any_table, &mut |table, random| {
        let at = random.below(table.rows.len());
        let row = &mut table.rows[at];
        let cell = random.below(row.cells.len());
        let columns = row.cells[cell].span;
        let fresh = documents::cell(random, Kind::Plain, columns, 1);
        let cell = &mut row.cells[cell];
        (cell.shaded, cell.merge) = (!cell.shaded, fresh.merge);
        if random.percent(40) {
            cell.blocks = fresh.blocks;
        }
    });
}

fn change_format(document: &mut Document, random: &mut Random) {
    one(document, random, walk::contents, has_text, &mut |content, random| {
        let at = random.below(content.len());
        if let Some(Inline::Text(text, format)) = content.get_mut(at) {
            let changed = Format(format.0 ^ (1 << random.below(8)));
            if random.percent(50) {
                *format = changed;
            } else if let Some((before, after)) = text.split_once(' ') {
                let (before, after, own) = (format!("{before} "), after.to_owned(), *format);
                content.splice(at..=at, [Inline::Text(before, own), Inline::Text(after, changed)]);
            }
        }
    });
}

fn change_look(document: &mut Document, random: &mut Random) {
    one(document, random, walk::paragraphs, |_| true, &mut |paragraph, random| {
        paragraph.look = documents::look(random);
    });
}

fn has_special(content: &Vec<Inline>) -> bool {
    content.iter().any(|inline| {
        matches!(
            inline,
            Inline::Image(_) | Inline::Link(..) | Inline::Field(..) | Inline::Equation(_) | Inline::Note(..)
        )
    })
}

fn change_special(document: &mut Document, random: &mut Random) {
    one(document, random, walk::contents, has_special, &mut |content, random| {
        for inline in content {
            match inline {
                Inline::Image(which) => *which = u8::try_from(random.below(usize::from(IMAGES))).unwrap(),
                Inline::Link(address, _) => (*random.pick(ADDRESSES)).clone_into(address),
                Inline::Field(code, result) if random.percent(50) => {
                    *result = documents::words(random, Kind::Words, 1, 3);
                    if random.percent(30) {
                        *code = format!("REF Mark{} \\h", random.below(3));
                    }
                }
                Inline::Equation(text) => text.push_str("+1"),
                Inline::Note(kind, inside) if random.percent(60) => {
                    inside.push(Paragraph::of(&documents::words(random, Kind::Words, 1, 3)));
                    *kind = if random.percent(15) { NoteKind::Endnote } else { *kind };
                }
                _ => {}
            }
        }
    });
}

fn insert_special(document: &mut Document, random: &mut Random) {
    one(document, random, walk::paragraphs, |_| true, &mut |paragraph, random| {
        let at = random.below(paragraph.content.len() + 1);
        paragraph.content.insert(at, documents::special(random));
    });
}

fn remove_inline(document: &mut Document, random: &mut Random) {
    one(document, random, walk::contents, |content| !content.is_empty(), &mut |content, random| {
        content.remove(random.below(content.len()));
    });
}

fn change_stories(document: &mut Document, random: &mut Random) {
    let at = random.below(document.sections.len());
    let section = &mut document.sections[at];
    let story = match random.below(3) {
        0 => &mut section.header,
        1 => &mut section.first_header,
        _ => &mut section.footer,
    };
    *story = if random.percent(25) { None } else { Some(documents::header(random)) };
}

fn change_sections(document: &mut Document, random: &mut Random) {
    let at = random.below(document.sections.len());
    match random.below(5) {
        0 => document.sections.insert(at, documents::section(random, Kind::Rich)),
        1 if document.sections.len() > 1 => drop(document.sections.remove(at)),
        2 => document.sections.rotate_left(1),
        3 => document.sections[at].landscape = !document.sections[at].landscape,
        _ => {
            let blocks = &mut document.sections[at].blocks;
            let rest = blocks.split_off(random.below(blocks.len() + 1));
            document.sections.insert(at + 1, Section { blocks: rest, ..Section::default() });
        }
    }
}

fn wrap_block(document: &mut Document, random: &mut Random) {
    one(document, random, walk::holders, any, &mut |blocks, random| {
        let at = random.below(blocks.len());
        let block = blocks.remove(at);
        let changed = match block {
            Block::Control(_, inside) => inside,
            other => vec![Block::Control("status".to_owned(), vec![other])],
        };
        blocks.splice(at..at, changed);
    });
}
