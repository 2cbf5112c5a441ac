//! Sheets as an Office Open XML workbook (`.xlsx`).

use chrono::{Datelike as _, NaiveDate};
use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

use super::names::sheet_names;
use super::{Sheet, Value, pounds};
use crate::document::error::WriteError;
use crate::document::markup::legible;
use crate::document::tree::Properties;

/// The most rows below the header of a sheet.
const MOST_ROWS: usize = 1_048_575;
/// The most columns of a sheet.
const MOST_COLUMNS: usize = 16_384;
/// The most UTF-16 units in a cell.
const LONGEST_CELL: usize = 32_767;
/// What follows text that was cut because a cell holds no more.
const CUT: &str = " [cut here: a spreadsheet cell holds no more; the document and the CSV have the whole text]";
/// The widest a column is made for its text, in characters.
const WIDEST: usize = 60;
/// The height of a line of text, in points.
const LINE: u32 = 13;
/// The most lines a row is made high for; a row is at most 409 points high.
const MOST_LINES: u32 = 31;
/// How many rows are looked at to choose the width of a column.
const ROWS_MEASURED: usize = 200;

/// How the cells of a workbook look.
struct Formats {
    header: Format,
    text: Format,
    whole: Format,
    pence: Format,
    date: Format,
}

/// Writes sheets as the bytes of an `.xlsx` file: a header row that stays in view and filters, text that is never a
/// formula, dates and amounts that can be sorted and added up.
///
/// Text longer than a cell holds is cut, and the cell says so.
///
/// # Errors
///
/// [`WriteError::SheetTooLarge`] for more rows or columns than a workbook holds, [`WriteError::Package`] if the file
/// cannot be packed.
pub fn to_xlsx(title: &str, properties: &Properties, sheets: &[Sheet]) -> Result<Vec<u8>, WriteError> {
    let mut workbook = Workbook::new();
    workbook.set_properties(&filed(title, properties));
    let formats = Formats::new();
    let names = sheet_names(sheets.iter().map(|sheet| sheet.name.as_str()));
    for (sheet, name) in sheets.iter().zip(names) {
        check_size(sheet, &name)?;
        let worksheet = workbook.add_worksheet();
        write_sheet(worksheet, sheet, &name, &formats).map_err(|error| WriteError::package(&error))?;
    }
    workbook.save_to_buffer().map_err(|error| WriteError::package(&error))
}

fn filed(title: &str, properties: &Properties) -> DocProperties {
    let filed = DocProperties::new()
        .set_title(legible(title))
        .set_author(legible(&properties.author))
        .set_subject(legible(&properties.reference))
        .set_category(legible(&properties.classification));
    // Without a date of its own a workbook would carry the time at which it was written.
    let date = excel_date(properties.date).or_else(|| ExcelDateTime::from_ymd(1900, 1, 1).ok());
    date.map_or(filed.clone(), |date| filed.set_creation_datetime(&date))
}

/// A date as a spreadsheet counts it, from 1900 to 9999.
fn excel_date(date: NaiveDate) -> Option<ExcelDateTime> {
    let year = u16::try_from(date.year()).ok()?;
    ExcelDateTime::from_ymd(year, u8::try_from(date.month()).ok()?, u8::try_from(date.day()).ok()?).ok()
}

fn check_size(sheet: &Sheet, name: &str) -> Result<(), WriteError> {
    let rows = sheet.rows.len();
    let columns = columns(sheet);
    if rows > MOST_ROWS || columns > MOST_COLUMNS {
        return Err(WriteError::SheetTooLarge { sheet: name.to_owned(), rows, columns });
    }
    Ok(())
}

fn columns(sheet: &Sheet) -> usize {
    sheet.rows.iter().map(Vec::len).chain([sheet.header.len()]).max().unwrap_or_default()
}

fn write_sheet(worksheet: &mut Worksheet, sheet: &Sheet, name: &str, formats: &Formats) -> Result<(), XlsxError> {
    worksheet.set_name(name)?;
    for (column, name) in (0_u16..).zip(&sheet.header) {
        worksheet.write_string_with_format(0, column, fitting(name), &formats.header)?;
    }
    for (number, row) in (1_u32..).zip(&sheet.rows) {
        for (column, value) in (0_u16..).zip(row) {
            write_value(worksheet, (number, column), value, formats)?;
        }
    }
    worksheet.set_freeze_panes(1, 0)?;
    worksheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0)?;
    if let (Some(last_column), Ok(last_row)) = (sheet.header.len().checked_sub(1), u32::try_from(sheet.rows.len())) {
        worksheet.autofilter(0, 0, last_row, u16::try_from(last_column).unwrap_or(u16::MAX))?;
    }
    let widths = widths(sheet);
    for (column, width) in (0_u16..).zip(&widths) {
        worksheet.set_column_width(column, *width)?;
    }
    for (number, row) in (1_u32..).zip(&sheet.rows) {
        worksheet.set_row_height(number, LINE * lines(row, &widths))?;
    }
    Ok(())
}

fn write_value(
    worksheet: &mut Worksheet,
    (row, column): (u32, u16),
    value: &Value,
    formats: &Formats,
) -> Result<(), XlsxError> {
    match value {
        Value::Text(text) => worksheet.write_string_with_format(row, column, fitting(text), &formats.text)?,
        Value::Whole(number) => write_number(worksheet, (row, column), &number.to_string(), &formats.whole)?,
        Value::Pence(pence) => write_number(worksheet, (row, column), &pounds(*pence), &formats.pence)?,
        Value::Date(date) => match excel_date(*date) {
            Some(date) => worksheet.write_datetime_with_format(row, column, &date, &formats.date)?,
            None => worksheet.write_string_with_format(row, column, date.to_string(), &formats.text)?,
        },
        Value::Empty => worksheet.write_blank(row, column, &formats.text)?,
    };
    Ok(())
}

/// Writes a number from its decimal digits. A workbook keeps fifteen of them; a longer number stays text, so that no
/// digit is lost.
fn write_number<'a>(
    worksheet: &'a mut Worksheet,
    (row, column): (u32, u16),
    digits: &str,
    format: &Format,
) -> Result<&'a mut Worksheet, XlsxError> {
    let significant = digits.chars().filter(char::is_ascii_digit).count();
    match digits.parse::<f64>() {
        Ok(number) if significant <= 15 => worksheet.write_number_with_format(row, column, number, format),
        _ => worksheet.write_string_with_format(row, column, digits, format),
    }
}

/// Text as a cell holds it.
fn fitting(text: &str) -> String {
    let text = legible(text);
    if text.encode_utf16().count() <= LONGEST_CELL {
        return text;
    }
    let mut units = 0;
    let fits = |letter: &char| {
        units += letter.len_utf16();
        units + CUT.len() <= LONGEST_CELL
    };
    text.chars().take_while(fits).chain(CUT.chars()).collect()
}

/// The widths of the columns in characters, from the first rows.
fn widths(sheet: &Sheet) -> Vec<u32> {
    let mut widths: Vec<usize> = sheet.header.iter().map(|name| name.chars().count() + 4).collect();
    widths.resize(columns(sheet), 0);
    for row in sheet.rows.iter().take(ROWS_MEASURED) {
        for (width, value) in widths.iter_mut().zip(row) {
            *width = (*width).max(characters(value));
        }
    }
    widths.into_iter().map(|width| u32::try_from(width.clamp(9, WIDEST)).unwrap_or(9)).collect()
}

/// How many lines a row takes for its longest cell, as far as a row can be high. Running text is about a fifth narrower
/// than the figures a column is measured in.
fn lines(row: &[Value], widths: &[u32]) -> u32 {
    let cells = row.iter().zip(widths).map(|(value, width)| match value {
        Value::Text(text) => text.lines().map(|line| line.chars().count() * 4 / 5 / usize_of(*width) + 1).sum(),
        _ => 1,
    });
    u32::try_from(cells.max().unwrap_or(1)).unwrap_or(MOST_LINES).clamp(1, MOST_LINES)
}

fn usize_of(width: u32) -> usize {
    usize::try_from(width).unwrap_or(WIDEST).max(1)
}

fn characters(value: &Value) -> usize {
    match value {
        Value::Text(text) => text.lines().map(|line| line.chars().count() + 2).max().unwrap_or_default(),
        Value::Whole(_) | Value::Pence(_) | Value::Date(_) => 14,
        Value::Empty => 0,
    }
}

impl Formats {
    fn new() -> Self {
        let cell = Format::new()
            .set_font_name("Arial")
            .set_font_size(10)
            .set_align(FormatAlign::Top)
            .set_border(FormatBorder::Thin)
            .set_border_color(Color::RGB(0x00BF_C7D1));
        let header = cell
            .clone()
            .set_bold()
            .set_text_wrap()
            .set_font_color(Color::RGB(0x001F_3557))
            .set_background_color(Color::RGB(0x00E9_EEF4));
        Self {
            header,
            text: cell.clone().set_text_wrap(),
            whole: cell.clone().set_num_format("#,##0"),
            pence: cell.clone().set_num_format("£#,##0.00"),
            date: cell.set_num_format("dd mmm yyyy").set_align(FormatAlign::Left),
        }
    }
}
