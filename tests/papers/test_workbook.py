"""What XlsxWriter would write as it stands breaks no workbook, however the workbook is written."""

from datetime import date

import openpyxl
import pytest

from directives.archive.sheets import Sheets
from directives.history.export import spreadsheet
from directives.reports.workbook import cell_text


@pytest.mark.parametrize("text", ["<r><t>đậm</t></r>", "<r><không đóng</r>", "=1+1", "a\x07b"])
def test_a_book_of_a_million_rows_takes_any_text(tmp_path, text):
    with Sheets(tmp_path / "book.xlsx") as book:
        book.add("Trang", ["Nội dung"]).write([text, date(2023, 11, 20), 5])
    sheet = openpyxl.load_workbook(tmp_path / "book.xlsx").active
    assert [cell.value for cell in sheet[2]][0].strip() == cell_text(text).strip()
    assert sheet["A2"].data_type == "s"


def test_a_history_takes_any_title(tmp_path):
    (tmp_path / "book.xlsx").write_bytes(spreadsheet("<r><không đóng</r>", []))
    assert openpyxl.load_workbook(tmp_path / "book.xlsx").active["A1"].value.strip() == "<r><không đóng</r>"
