"""The workbook of a paper, read back by another library."""

import io
import re
import zipfile
from datetime import date, datetime

import openpyxl
import pdfplumber
import pytest
from xlsxwriter.exceptions import XlsxWriterException

from directives.reports import excel
from directives.reports.paper import (
    Annex,
    Bar,
    Chart,
    Column,
    Kind,
    Paragraph,
    Row,
    RowKind,
    Series,
    Share,
    Style,
    Table,
    Tone,
)
from directives.reports.workbook import CUT, LONGEST, sheet_names
from tests.office import to_pdf
from tests.papers.invented import AGENCIES, annex, chart, paper

HOSTILE = (
    "=1+1", "+84 233 3852 529", "-5%", "@SUM(A1)", "\t=1+1", "\r=1+1", "\n=1+1", "=HYPERLINK(\"http://x.example\")",
    "{=1+1}", "http://x.example/", "mailto:a@x.example", "internal:'Sheet'!A1", "0912345678", "1/2", "TRUE", "#N/A",
    "<r><t>đậm</t></r>", "<r><f>1</f></r>", "_x0041_", "</t></si>", "&amp;", "ﻻ\u202eabc",
)  # fmt: skip


def table(rows, columns=(Column("Nội dung", 50),), **words):
    return Table(columns, rows, **{"sheet": "Bảng"} | words)


def read(made):
    return openpyxl.load_workbook(io.BytesIO(made))


def sheets_of(*tables, **changed):
    return read(excel.write(paper(blocks=tables, annexes=(), **changed)))


def inside(made, name):
    with zipfile.ZipFile(io.BytesIO(made)) as packed:
        return [packed.read(each).decode() for each in packed.namelist() if re.search(name, each)]


def cells(sheet):
    return [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]


def found(sheet, value):
    return next(cell for cell in cells(sheet) if cell.value == value)


def words_in(sheet):
    return [cell.value for cell in cells(sheet)]


@pytest.fixture(scope="module")
def made():
    return excel.write(paper())


@pytest.fixture(scope="module")
def book(made):
    return read(made)


def test_the_first_sheet_says_what_the_figures_are_and_leads_to_every_other(book):
    first = book.worksheets[0]
    assert first.title == "Giới thiệu"
    text = "\n".join(map(str, words_in(first)))
    for said in (
        "Báo cáo tiến độ thực hiện Thông báo số 86/TB-UBND",
        "Số liệu tính đến hết ngày 20 tháng 11 năm 2023",
        "Liên minh Hợp tác xã tỉnh Quảng Trị",
        "Một lượt giao là một nhiệm vụ giao cho một cơ quan",
        "Tỷ lệ trên tất cả",
        "Tỷ lệ trên số đã hoàn thành và quá hạn",
        "DỮ LIỆU MINH HOẠ – KHÔNG CÓ GIÁ TRỊ HÀNH CHÍNH",
    ):
        assert said in text
    links = {cell.value: cell.hyperlink.location for cell in cells(first) if cell.hyperlink}
    assert list(links) == book.sheetnames[1:] == ["Kết quả chung", "Theo cơ quan", "Phụ lục", "Biểu đồ"]
    assert links["Theo cơ quan"] == "'Theo cơ quan'!A1"


def test_what_is_real_is_not_called_illustrative():
    made = excel.write(paper(is_illustrative=False))
    assert not any("MINH HOẠ" in part for part in inside(made, r"\.xml$"))


def test_a_draft_says_so_on_every_sheet():
    made = excel.write(paper(is_draft=True))
    for sheet in read(made).worksheets:
        assert "DỰ THẢO" in sheet.oddFooter.center.text


def test_numbers_days_and_shares_are_values_of_their_kind():
    columns = [Column("Số", 20, Kind.NUMBER), Column("Ngày", 20, Kind.DATE), Column("Tỷ lệ", 20, Kind.NUMBER)]
    sheet = sheets_of(table([Row((21914, date(2023, 9, 5), Share(16051, 19005)))], columns))["Bảng"]
    number, day, share = [cell for cell in cells(sheet) if not isinstance(cell.value, str)]
    assert (number.value, number.number_format) == (21914, "#,##0")
    assert (day.value, day.number_format) == (datetime(2023, 9, 5), "dd/mm/yyyy")
    assert (share.value, share.number_format) == (pytest.approx(16051 / 19005, abs=1e-15), "0.00%")


def test_what_has_no_value_of_its_kind_is_told_in_words():
    sheet = sheets_of(table([Row((Share(0, 0),)), Row((date(1899, 2, 3),)), Row((None,)), Row(("",)), Row(((),))]))[
        "Bảng"
    ]
    assert words_in(sheet)[-2:] == ["–", "03/02/1899"]


def test_texts_of_a_cell_are_its_lines():
    sheet = sheets_of(table([Row((("một", "hai"),))]))["Bảng"]
    cell = found(sheet, "một\nhai")
    assert cell.alignment.wrap_text


def test_whatever_a_text_begins_with_it_stays_a_text():
    rows = [Row((text,)) for text in HOSTILE]
    columns = [Column(text, 5, over=text) for text in HOSTILE]
    remarks = [Paragraph(text, Style.REMARK) for text in HOSTILE]
    captioned = [table((), caption=text, unit=text, sheet=text) for text in HOSTILE]
    charted = [Chart(text, [Series(text, Tone.DONE)], [Bar(text, [1])], text) for text in HOSTILE]
    changed = dict.fromkeys(("title", "author", "description", "kind", "subject"), "=1+1")
    blocks = (table(rows), *remarks, table([Row(HOSTILE)], columns, sheet="Đầu cột"), *captioned, *charted)
    made = excel.write(paper(blocks=blocks, annexes=(), **changed))
    book = read(made)
    kept = {re.sub(r"\s", " ", text.replace("\u202e", " ")).strip() for text in HOSTILE}
    for sheet in book.worksheets:
        assert {cell.data_type for cell in cells(sheet)} <= {"s", "n"}, sheet.title
    assert kept <= {
        str(value).replace("\n", " ").replace("_x005F_x0041_", "_x0041_").strip() for value in words_in(book["Bảng"])
    }
    assert kept <= {
        str(value).replace("\n", " ").replace("_x005F_x0041_", "_x0041_").strip() for value in words_in(book["Đầu cột"])
    }
    sheets = inside(made, r"worksheets/sheet\d+\.xml$")
    assert len(sheets) == len(book.sheetnames)
    assert not any("<f>" in sheet or "<f " in sheet for sheet in sheets)
    assert not any("External" in link for link in inside(made, r"worksheets/_rels/"))


def test_in_libreoffice_too_texts_stay_as_they_are_and_nothing_is_computed():
    texts = ["+84 233 3852 529", "-5%", "=1+1", "@SUM(A1)", "0912345678", "1/2", '=HYPERLINK("http://x.example")']
    rows = [Row((number, text)) for number, text in enumerate(texts, 70_001)]
    columns = [Column("TT", 30, Kind.NUMBER), Column("Nội dung", 70)]
    made = excel.write(paper(blocks=[table(rows, columns, caption="=1+1")], annexes=()))
    with pdfplumber.open(io.BytesIO(to_pdf(made, ".xlsx"))) as document:
        page = document.pages[1].extract_text()
    for text in texts:
        assert text in page
    assert page.startswith("2\n=1+1")
    assert "70,001" in page
    assert not any(fault in page for fault in ("Err:", "#NAME", "#VALUE", "#REF"))


@pytest.mark.parametrize(("letter", "size"), [("x", 1), ("ệ", 1), ("😀", 2)])
def test_a_text_that_is_too_long_for_a_cell_is_cut_with_a_mark(letter, size):
    sheet = sheets_of(table([Row((letter * (LONGEST // size),)), Row((letter * 100_000,))]))["Bảng"]
    whole, cut = (cell.value for cell in cells(sheet) if cell.value[0] == letter)
    assert whole == letter * (LONGEST // size)
    assert cut.endswith(CUT)
    assert LONGEST - 1 <= len(cut.encode("utf-16-le")) // 2 <= LONGEST
    assert set(cut.removesuffix(CUT)) == {letter}


def test_control_characters_and_broken_letters_make_no_broken_file():
    sheet = sheets_of(table([Row(("a\x00b\x07c\x1bd\x7fe\ud800f\uffffg\r\nh",))]))["Bảng"]
    assert words_in(sheet)[-1] == "a b c d e f g\nh"


def test_names_of_sheets_are_those_that_excel_takes():
    wanted = [
        "A/B:C*D?E[F]\\G",
        "a" * 40,
        "A" * 40,
        "'Phụ lục'",
        "",
        "   ",
        "History",
        "Giới thiệu",
        "😀" * 20,
        "x\x00y",
    ]
    names = sheet_names(wanted, taken=["Giới thiệu"])
    assert names[0] == "A-B-C-D-E-F-G"
    assert names[2].endswith("(2)")
    assert names[3] == "Phụ lục"
    assert len({name.casefold() for name in names} | {"giới thiệu", "history"}) == len(names) + 2
    assert all(1 <= len(name.encode("utf-16-le")) // 2 <= 31 for name in names)
    assert read(excel.write(paper(blocks=[table((), sheet=name or " ") for name in wanted], annexes=())))


def test_columns_under_a_common_title_have_a_head_of_two_rows(book):
    sheet = book["Theo cơ quan"]
    over = found(sheet, "Hoàn thành")
    assert f"{over.coordinate}:E{over.row}" in {str(each) for each in sheet.merged_cells.ranges}
    assert [sheet.cell(over.row + 1, column).value for column in range(4, 8)] == [
        "đúng hạn",
        "quá hạn",
        "trong hạn",
        "quá hạn",
    ]
    assert f"B{over.row}:B{over.row + 1}" in {str(each) for each in sheet.merged_cells.ranges}


def test_heads_stay_in_sight_and_every_row_but_the_sum_can_be_filtered(book):
    sheet = book["Theo cơ quan"]
    head, total = found(sheet, "đúng hạn").row, found(sheet, "Cộng").row
    assert sheet.freeze_panes == f"C{head + 1}"
    assert sheet.auto_filter.ref == f"A{head}:I{total - 1}"
    assert found(sheet, "Cộng").font.bold


def test_names_of_groups_are_not_merged_so_that_rows_can_be_sorted(book):
    sheet = book["Phụ lục"]
    group = found(sheet, "1. Liên minh Hợp tác xã tỉnh")
    assert group.font.bold
    assert not any(group.coordinate in each for each in sheet.merged_cells.ranges)


def test_every_sheet_prints_on_a4_with_heads_and_page_numbers(book):
    for sheet in book.worksheets:
        assert sheet.page_setup.paperSize in (9, "9")
        assert (sheet.page_setup.fitToHeight == 0) == (sheet.title != "Biểu đồ")
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert "&P" in sheet.oddHeader.center.text or sheet.oddHeader.center.text.endswith("[Page]")
        assert "MINH HOẠ" in sheet.oddFooter.center.text
    assert book["Phụ lục"].page_setup.orientation == "landscape"
    assert book["Kết quả chung"].page_setup.orientation in (None, "portrait")
    head = found(book["Phụ lục"], "Nội dung nhiệm vụ").row
    assert book["Phụ lục"].print_title_rows == f"${head}:${head}"


def test_columns_are_as_wide_as_the_paper_says(book):
    sheet = book["Phụ lục"]
    widths = {letter: sheet.column_dimensions[letter].width for letter in "BCDE"}
    assert widths["B"] > widths["E"] > widths["C"] > widths["D"]
    assert widths["D"] >= len("20/11/2023")


def test_remarks_under_a_table_go_with_it(book):
    assert "Một lượt giao là một nhiệm vụ giao cho một cơ quan." in words_in(book["Kết quả chung"])


def test_a_table_without_a_name_has_no_sheet():
    assert sheets_of(table([Row(("x",))], sheet="")).sheetnames == ["Giới thiệu"]


def test_the_file_says_what_it_is(book):
    assert book.properties.title == "Báo cáo tiến độ thực hiện Thông báo số 86/TB-UBND"
    assert book.properties.creator == "Liên minh Hợp tác xã tỉnh Quảng Trị"
    assert book.properties.description == "Số liệu tính đến hết ngày 20 tháng 11 năm 2023"


def test_a_chart_is_drawn_by_excel_from_the_numbers_beside_it(made, book):
    sheet = book["Biểu đồ"]
    for number, bar in enumerate(chart().bars, 4):
        assert [sheet.cell(number, column).value for column in range(1, 7)] == [bar.label, *bar.values]
    (drawn,) = inside(made, r"charts/chart\d+\.xml$")
    assert 'c:barDir val="bar"' in drawn and 'c:grouping val="stacked"' in drawn
    last = 3 + len(AGENCIES)
    for place, letter in enumerate("BCDEF"):
        assert f"<c:f>'Biểu đồ'!${letter}$4:${letter}${last}</c:f>" in drawn, place
    assert "<c:f>'Biểu đồ'!$A$1</c:f>" in drawn  # its title


def test_each_of_several_charts_is_printed_on_a_page_with_its_numbers():
    long = Chart("Biểu đồ 2", chart().series, chart().bars * 2, "việc")
    made = excel.write(paper(blocks=(chart(), long), annexes=()))
    assert read(made).sheetnames == ["Giới thiệu", "Biểu đồ 1", "Biểu đồ 2"]
    with pdfplumber.open(io.BytesIO(to_pdf(made, ".xlsx"))) as document:
        texts = [" ".join(page.extract_text().split()) for page in document.pages]
    assert len(texts) == 3
    assert texts[1].count("Biểu đồ 1.") == texts[2].count("Biểu đồ 2") == 2  # over the numbers, over the bars


def test_parts_of_a_chart_differ_without_colour(made):
    (drawn,) = inside(made, r"charts/chart\d+\.xml$")
    fills = re.findall(r'<a:pattFill prst="(\w+)"', drawn)
    assert len(set(fills)) == 3
    assert drawn.count("<c:ser>") == 5


def test_a_chart_without_bars_makes_no_sheet():
    assert sheets_of(Chart("Biểu đồ", [Series("x", Tone.DONE)], [], "")).sheetnames == ["Giới thiệu"]


def test_an_annex_has_a_sheet_that_names_it():
    second = Annex("DANH MỤC", "(Kèm theo)", [table([Row(("x",), RowKind.PLAIN)], sheet="Phụ lục")], "II")
    book = read(excel.write(paper(annexes=(annex(3), second))))
    assert book.sheetnames[3:5] == ["Phụ lục", "Phụ lục (2)"]
    assert book["Phụ lục (2)"]["A1"].value == "Phụ lục II. DANH MỤC"


def test_a_table_of_nothing_is_a_sheet_with_its_heads():
    try:
        sheet = sheets_of(table(()))["Bảng"]
    except XlsxWriterException as reason:  # pragma: no cover
        pytest.fail(str(reason))
    assert found(sheet, "Nội dung")
