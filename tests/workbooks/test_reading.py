"""An uploaded workbook: read where it can be, refused in plain words where not."""

import io
import random
import time
import tracemalloc
import unicodedata
import zipfile
from datetime import date, datetime

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from agencies.errors import Refused
from directives.workbooks import archive, reading, values
from directives.workbooks.cells import Cell, CellError
from directives.workbooks.reading import read_workbook

from .files import SHEET, book, cached_formula, sheet_xml, with_part

NAME = "bảng.xlsx"


def first(content):
    return read_workbook(content, NAME)[0]


def refusal(content):
    with pytest.raises(Refused) as caught:
        read_workbook(content, NAME)
    return str(caught.value)


def test_values_come_with_their_places():
    sheet = first(book(["Số", "Ngày"], [], [1.5, date(2023, 11, 20)]))
    assert sheet.name == "Nhiệm vụ"
    assert [row.number for row in sheet.rows] == [1, 3]
    assert sheet.cell(3, 1).name == "A3"
    assert sheet.cell(3, 1).text() == "1,5"
    assert sheet.cell(3, 2).day() == date(2023, 11, 20)
    assert sheet.cell(3, 2).text() == "20/11/2023"
    assert sheet.cell(2, 7).is_blank and sheet.cell(2, 7).name == "G2"


def test_text_is_composed_and_keeps_its_lines():
    decomposed = unicodedata.normalize("NFD", "Hợp tác xã")
    sheet = first(book([f"  {decomposed}\r\nhai ", "a_x000D_\nb_x0007_", "nhà\u00a0nước"]))
    assert sheet.cell(1, 1).text() == "Hợp tác xã\nhai"
    assert sheet.cell(1, 2).text() == "a\nb"
    assert sheet.cell(1, 3).text() == "nhà\u00a0nước"


@pytest.mark.parametrize("text", ["=1+1", "+84 912 345 678", "-5%", "@SUM(A1)", "\t=1"])
def test_what_looks_like_a_formula_is_text_where_the_file_says_text(text):
    def as_text(made, sheet):
        sheet["A1"].value = text
        sheet["A1"].data_type = "s"

    assert first(book(["x"], before_saving=as_text)).cell(1, 1).text() == text.strip()


def test_a_formula_gives_what_was_worked_out():
    cell = first(cached_formula("=6*7", 42)).cell(1, 1)
    assert (cell.text(), cell.is_formula) == ("42", True)


def test_a_formula_that_nobody_worked_out_names_its_cell():
    cell = first(book(["=1+1"])).cell(1, 1)
    assert not cell.is_blank
    with pytest.raises(CellError, match=r"Ô A1: công thức chưa có kết quả"):
        cell.text()


def test_an_error_of_the_sheet_names_its_cell():
    cell = first(cached_formula("=1/0", "#DIV/0!")).cell(1, 1)
    with pytest.raises(CellError, match=r"Ô A1: có lỗi #DIV/0!"):
        cell.day()


def test_a_link_to_another_file_gives_its_last_value_and_is_not_followed():
    cell = first(cached_formula("='[khác.xlsx]Sheet1'!A1", "đã tính")).cell(1, 1)
    assert cell.text() == "đã tính"


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        ("20/11/2023", date(2023, 11, 20)),
        ("5/4/2023", date(2023, 4, 5)),
        ("05.04.2023", date(2023, 4, 5)),
        ("ngày 5-4-2023", date(2023, 4, 5)),
        ("2023-04-05", date(2023, 4, 5)),
        (datetime(2023, 4, 5, 13, 30), date(2023, 4, 5)),
        ("", None),
        (None, None),
    ],
)
def test_a_day_as_people_write_it(shown, expected):
    assert first(book(["đầu"], ["x", shown])).cell(2, 2).day() == expected


@pytest.mark.parametrize("shown", ["31/02/2023", "11/20/2023", "tháng 5", "5/4/23", 45000, "5/4/0023", True])
def test_what_is_no_day_names_its_cell(shown):
    with pytest.raises(CellError, match=r"^Ô B2: "):
        first(book(["đầu"], ["x", shown])).cell(2, 2).day()


def test_a_percentage_however_it_was_typed():
    def shown_as_percent(made, sheet):
        sheet["A1"].number_format = "0%"

    sheet = first(book([0.85, 85, "85 %", "85,5", None], before_saving=shown_as_percent))
    assert [sheet.cell(1, column).percentage() for column in range(1, 6)] == ["85", "85", "85", "85,5", ""]


@pytest.mark.parametrize(
    ("shown", "expected"), [("x", True), ("X ", True), (True, True), (1, True), ("", False), (0, False)]
)
def test_a_tick(shown, expected):
    assert first(book(["đầu"], [shown])).cell(2, 1).ticked() is expected


def test_other_words_are_no_tick():
    with pytest.raises(CellError, match="Ô A1: xin ghi “x” hoặc để trống, không ghi “chắc thế”"):
        first(book(["chắc thế"])).cell(1, 1).ticked()


def test_merged_cells_say_what_their_first_one_says():
    def merged(made, sheet):
        sheet.merge_cells("A1:B3")

    sheet = first(book(["Nội dung", None, "c"], [], [None, None, "d"], before_saving=merged))
    assert sheet.cell(3, 2).text() == "Nội dung"
    assert sheet.cell(3, 2).name == "B3"
    assert sheet.is_merged(2, 1) and not sheet.is_merged(1, 3)


def test_a_merge_of_the_whole_sheet_is_cut_to_what_is_used():
    row = '<row r="1"><c r="A1" t="inlineStr"><is><t>một</t></is></c></row>'
    merge = '<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    began = time.process_time()
    assert first(sheet_xml(f"<sheetData>{row}</sheetData>{merge}")).merged == ((1, 1, 1, 1),)
    assert time.process_time() - began < 5


def test_hidden_sheets_are_read_and_said_to_be_hidden():
    def hide(made, sheet):
        made.create_sheet("Mã").sheet_state = "veryHidden"

    assert [(each.name, each.is_hidden) for each in read_workbook(book(["a"], before_saving=hide), NAME)] == [
        ("Nhiệm vụ", False),
        ("Mã", True),
    ]


# What is no workbook, or one that must not be opened.


def bomb(mebibytes):
    line = b"<row><c><v>1</v></c></row>" * 40_000
    return with_part(book(["a"]), SHEET, b"<worksheet>" + line * mebibytes + b"</worksheet>")


def test_a_small_file_that_unpacks_to_300_megabytes_is_refused_quickly():
    content = bomb(300)
    assert len(content) < 1.2 * archive.MEGABYTE
    tracemalloc.start()
    began = time.process_time()
    words = refusal(content)
    took, (_, peak) = time.process_time() - began, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert "khi mở ra quá lớn" in words
    assert took < 5
    assert peak < 20 * archive.MEGABYTE


def test_a_header_that_lies_about_the_size_gives_no_more_than_it_says():
    content = bytearray(bomb(20))
    with zipfile.ZipFile(__import__("io").BytesIO(bytes(content))) as packed:
        entry = packed.getinfo(SHEET)
    content = content.replace(entry.file_size.to_bytes(4, "little"), (1000).to_bytes(4, "little"))
    assert "đã hỏng" in refusal(bytes(content))


def test_too_many_elements_are_refused_before_they_are_built(monkeypatch):
    monkeypatch.setattr(archive, "MAX_TAGS_OF_SHEETS", 1000)
    assert "quá nhiều ô" in refusal(sheet_xml("<sheetData><row>" + "<c/>" * 1001 + "</row></sheetData>"))


def test_too_many_shared_strings_are_refused(monkeypatch):
    monkeypatch.setattr(archive, "MAX_TAGS_OF_REST", 500)
    assert "quá nhiều ô" in refusal(with_part(book(["a"]), "xl/sharedStrings.xml", "<sst>" + "<si/>" * 501 + "</sst>"))


def test_entities_that_grow_are_refused():
    xml = '<!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><worksheet>&b;</worksheet>'
    assert "đã hỏng" in refusal(with_part(book(["a"]), SHEET, xml))


def test_a_comment_does_not_hide_a_document_type():
    xml = "<!-- " + "x" * (2 * archive.MEGABYTE) + ' --><!DOCTYPE w [<!ENTITY a "aaaa">]><worksheet>&a;</worksheet>'
    assert archive.has_doctype(xml.encode()[: archive.MEGABYTE])


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "rỗng"),
        (b"so,ten\n1,a\n", "không phải bảng Excel"),
        (b"PK\x03\x04" + b"\x00" * 100, "đã hỏng"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "Excel cũ (.xls)"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le") + b"\x00" * 600,
            "có mật khẩu mở tệp",
        ),
    ],
)
def test_what_is_no_workbook_is_said_to_be_none(content, words):
    assert words in refusal(content)


def test_macros_are_refused():
    assert "có macro" in refusal(with_part(book(["a"]), "xl/vbaProject.bin", b"x"))


def test_a_large_file_is_refused(monkeypatch):
    monkeypatch.setattr(archive, "MAX_BYTES", 1000)
    assert "lớn hơn" in refusal(book(["a"]))


def test_a_secret_stamp_is_refused():
    assert "mật" in refusal(book(["TUYỆT MẬT"])).lower()


def test_a_part_that_is_missing_is_a_damaged_file():
    assert "đã hỏng" in refusal(with_part(book(["a"]), "xl/styles.xml", "không phải XML"))


@pytest.mark.parametrize("value", ["1e999", "NaN", "9" * 5000, "0x10", "--1"])
def test_numbers_that_are_none_do_no_harm(value):
    content = sheet_xml(f'<sheetData><row r="1"><c r="A1"><v>{value}</v></c></row></sheetData>')
    try:
        first(content).cell(1, 1).text()
    except Refused:
        pass


def test_rows_far_down_cost_nothing():
    row = '<row r="1048576"><c r="A1048576" t="inlineStr"><is><t>cuối</t></is></c></row>'
    began = time.process_time()
    sheet = first(sheet_xml(f"<sheetData>{row}</sheetData>"))
    assert sheet.cell(1048576, 1).text() == "cuối"
    assert time.process_time() - began < 5


def test_too_many_rows_or_columns_are_refused(monkeypatch):
    monkeypatch.setattr(reading, "MAX_ROWS", 3)
    assert "quá dài" in refusal(book(*[["a"]] * 4))
    assert [row.number for row in first(book(*[["a"]] * 3, *[[None]] * 50)).rows] == [1, 2, 3]
    monkeypatch.setattr(reading, "MAX_COLUMNS", 3)
    assert "ô D1: bảng có quá 3 cột" in refusal(book(["a", "b", "c", "d"]))


def test_one_long_text_in_many_cells_is_refused_before_it_is_composed():
    """32.000 letters that Excel keeps once: 700 cells of it are more than a file may say."""
    letters = random.Random(1).choices(["ệ", "ơ", "a", "đ", " ", "ử"], k=14_000)
    out, text = io.BytesIO(), unicodedata.normalize("NFD", "".join(letters))
    made = xlsxwriter.Workbook(out, {"in_memory": True})
    page = made.add_worksheet()
    for each in range(1000):
        page.write_string(each, 0, text)
    made.close()
    content = out.getvalue()
    assert len(content) < 300_000
    began = time.monotonic()
    assert "tối đa 20.000.000 ký tự" in refusal(content)
    assert time.monotonic() - began < 20


def test_letters_are_counted_through_all_sheets(monkeypatch):
    monkeypatch.setattr(values, "MAX_LETTERS", 5)

    def more(made, sheet):
        made.create_sheet("hai").append(["def"])

    assert first(book(["abc", "de"])).cell(1, 2).text() == "de"
    assert "quá nhiều chữ" in refusal(book(["abc"], before_saving=more))


def test_a_very_long_text_names_its_cell():
    content = sheet_xml(
        f'<sheetData><row r="2"><c r="C2" t="inlineStr"><is><t>{"a" * 32_768}</t></is></c></row></sheetData>'
    )
    with pytest.raises(CellError, match="Ô C2: dài quá"):
        first(content).cell(2, 3).text()


def test_piled_marks_name_their_cell():
    with pytest.raises(CellError, match="Ô A1: không phải chữ đọc được"):
        first(book(["a" + "\u0301\u0323" * 5000])).cell(1, 1).text()


ANYTHING = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.dates(), st.datetimes(), st.just("31/2/2023")
)


@given(value=ANYTHING, is_percent=st.booleans(), verb=st.sampled_from(["text", "day", "ticked", "percentage"]))
def test_any_cell_gives_a_value_or_says_its_name(value, is_percent, verb):
    cell = Cell(7, 4, value, is_percent)
    try:
        getattr(cell, verb)()
    except CellError as error:
        assert str(error).startswith("Ô D7: ")


@pytest.mark.parametrize("verb", ["text", "day", "ticked", "percentage"])
def test_a_number_of_four_hundred_digits_names_its_cell(verb):
    content = sheet_xml(f'<sheetData><row r="7"><c r="D7"><v>{10**400}</v></c></row></sheetData>')
    with pytest.raises(CellError, match="Ô D7: số quá lớn"):
        getattr(first(content).cell(7, 4), verb)()


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused_in_words(content):
    for each in (content, b"PK\x03\x04" + content):
        with pytest.raises(Refused, match="bảng.xlsx"):
            read_workbook(each, NAME)


GOOD = book(["Số", "Nội dung", "Ngày"], [1, "Kết quả", date(2023, 11, 20)], [0.5, "x", None])


@given(st.lists(st.tuples(st.integers(0, len(GOOD) - 1), st.integers(0, 255)), min_size=1, max_size=6))
def test_a_file_damaged_on_its_way_is_read_or_refused_in_words(changes):
    content = bytearray(GOOD)
    for place, value in changes:
        content[place] = value
    try:
        for sheet in read_workbook(bytes(content), NAME):
            assert all(cell.name for row in sheet.rows for cell in row.cells.values())
    except Refused as refusal:
        assert NAME in str(refusal) or "Trang" in str(refusal)


@given(st.text(alphabet='<>/crvtis="0129AZ &;#x', max_size=200))
def test_any_xml_of_a_sheet_is_read_or_refused_in_words(inside):
    try:
        read_workbook(sheet_xml(f"<sheetData>{inside}</sheetData>"), NAME)
    except Refused as refusal:
        assert NAME in str(refusal) or "Trang" in str(refusal)
