"""The workbook that an agency downloads: a row for each task that it may report on, most cells of it locked."""

from __future__ import annotations

import io
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from xlsxwriter.worksheet import Worksheet

from agencies.models import Agency, User
from directives.models import Assignment, ProgressNote
from directives.reports.workbook import cell_text, new_book
from directives.workbooks.columns import (
    KEY,
    LOCKED,
    OPEN,
    SHEET,
    TO_WHOM,
    Key,
    Kind,
    in_words,
    marks_of,
    shown_of,
)
from directives.workbooks.rules import rule_for

HEAD = 3  # the row of the headings, counted from 0
FONT = {"font_name": "Times New Roman", "font_size": 12, "valign": "top", "text_wrap": True}
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LINE = 15.75  # points: a line of the typeface
LEAST = 3 * LINE  # room to write by hand, where it is printed
GUIDE_WIDTH = 78
GUIDE, LISTS = "Hướng dẫn", "Danh mục"
STEPS = (
    "1. Điền ở trang “Nhiệm vụ”, vào các ô nền vàng. Mỗi dòng là một nhiệm vụ; dòng để trống thì không báo cáo.",
    "2. Với mỗi nhiệm vụ, ghi “Kết quả thực hiện”; nếu không có gì mới, ghi “Lý do không thay đổi”.",
    "3. “Đề nghị hoàn thành (x)” cần văn bản kết quả, hoặc lý do không có minh chứng. Tệp minh chứng không gửi được "
    "qua bảng Excel: xin gửi ở trang của nhiệm vụ.",
    "4. Các ô đã khóa (văn bản, nhiệm vụ, thời hạn …) chỉ để đọc; sửa ở đây không làm thay đổi sổ theo dõi.",
    "5. Không xóa hay sửa cột ẩn “Mã dòng”. Có thể lọc, đổi độ rộng cột, độ cao dòng, đổi tên trang.",
    "6. Nếu ô dùng công thức, chỉ kết quả được lấy. Chữ bắt đầu bằng “=”, “+”, “-” xin gõ bình thường: ô đã đặt "
    "kiểu chữ.",
    "7. Lưu tệp kiểu Excel (.xlsx), rồi nộp ở trang của cơ quan, mục “Nộp bảng Excel”. Nộp xong chưa ghi ngay: trang "
    "xem trước chỉ rõ lỗi từng ô, dòng nào đã có người báo cáo trong lúc ông/bà điền, rồi mới ghi tất cả một lần.",
)


@dataclass(frozen=True)
class Sheetful:
    """What is written: the rows with their last notes, and how many more there are than fit."""

    agency: Agency
    rows: Sequence[tuple[Assignment, ProgressNote | None]]
    left_out: int = 0


def file_name(agency: Agency, day: date) -> str:
    return f"nhiem-vu-{agency.code}-{day:%Y-%m-%d}.xlsx"


def task_workbook(what: Sheetful, *, reasons: Iterable[str], by: User, day: date) -> io.BytesIO:
    """An .xlsx, to be read from its beginning. `reasons`: what agencies say most often where nothing has changed."""
    out = io.BytesIO()
    book = new_book(out)
    book.set_properties({"title": f"Nhiệm vụ của {what.agency.name}", "author": str(by)})
    writer = _Writer(book, what, list(reasons))
    writer.write(f"Tải ngày {day:%d/%m/%Y}, người tải: {by}. Điền các ô nền vàng; cách điền ở trang “{GUIDE}”.")
    book.close()
    out.seek(0)
    return out


class _Growing(Worksheet):
    """Rows as high as what stands in them, which grow with what is typed: XlsxWriter would fix their height."""

    def _xml_start_tag_unencoded(self, tag: str, attributes: Any = None) -> None:
        kept = [each for each in attributes or () if tag != "row" or each[0] != "customHeight"]
        super()._xml_start_tag_unencoded(tag, kept)


def _height(text: str, width: float) -> float:
    """In points, for a column so wide, in letters of the typeface used here; Excel shows no more than 409."""
    lines = sum(math.ceil(max(len(line), 1) / (width * 1.05)) for line in text.split("\n"))
    return min(lines * LINE + 3, 409)


class _Writer:
    def __init__(self, book: Any, what: Sheetful, reasons: list[str]) -> None:
        self.book, self.what, self.reasons = book, what, reasons
        self.sheet = book.add_worksheet(SHEET, worksheet_class=_Growing)
        self.guide, self.lists = book.add_worksheet(GUIDE), book.add_worksheet(LISTS)
        self.locked = book.add_format({**FONT, "border": 1, "border_color": "#B8BEC6"})
        middle = {**FONT, "border": 1, "border_color": "#B8BEC6", "align": "center"}
        self.locked_number = book.add_format(middle)
        self.locked_day = book.add_format({**middle, "num_format": "dd/mm/yyyy"})
        self.head = book.add_format({**FONT, "bold": True, "border": 1, "bg_color": "#DCE6F2", "align": "center"})
        self.head_open = book.add_format({**FONT, "bold": True, "border": 1, "bg_color": "#FFE699", "align": "center"})
        self.title = book.add_format({**FONT, "bold": True, "font_size": 14, "text_wrap": False})
        self.words = book.add_format({**FONT, "text_wrap": False})
        self.open = {kind: self._open(kind) for kind in Kind}

    def _open(self, kind: Kind) -> Any:
        """Text stays text ("+84", "-5%"); a day and a number are such, so that Excel checks them."""
        shape = {"num_format": {Kind.DAY: "dd/mm/yyyy", Kind.PERCENT: "0"}.get(kind, "@")}
        if kind in (Kind.TICK, Kind.PERCENT):
            shape["align"] = "center"
        return self.book.add_format(
            {**FONT, **shape, "locked": False, "border": 1, "border_color": "#B8BEC6", "bg_color": "#FFFBEB"}
        )

    def write(self, told: str) -> None:
        self._write_lists()
        self._write_guide()
        left = f" Bảng có {len(self.what.rows)} nhiệm vụ đầu; còn {self.what.left_out} nhiệm vụ khác."
        self.sheet.write_string(0, 1, f"Nhiệm vụ của {self.what.agency.name}", self.title)
        self.sheet.write_string(1, 1, told + (left if self.what.left_out else ""), self.words)
        self._write_heads()
        for number, (row, note) in enumerate(self.what.rows, HEAD + 1):
            self._write_row(number, row, note)
        self._finish()

    def _write_heads(self) -> None:
        self.sheet.set_row(HEAD, 48)
        self.sheet.write_string(HEAD, 0, KEY, self.head)
        self.sheet.set_column(0, 0, 12, None, {"hidden": True})
        for place, column in enumerate((*LOCKED, *OPEN), 1):
            self.sheet.set_column(place, place, column.width)
            self.sheet.write_string(HEAD, place, column.head, self.head if column in LOCKED else self.head_open)

    def _write_row(self, number: int, row: Assignment, note: ProgressNote | None) -> None:
        shown = shown_of(row, note)
        self.sheet.set_row(number, max(LEAST, *(_height(in_words(shown[each.name]), each.width) for each in LOCKED)))
        key = Key(row.agency_id, row.pk, row.version, marks_of(shown))
        self.sheet.write_string(number, 0, key.signed(), self.locked)
        for place, column in enumerate(LOCKED, 1):
            value = shown[column.name]
            if isinstance(value, date):
                self.sheet.write_datetime(number, place, value, self.locked_day)
            elif isinstance(value, int):
                self.sheet.write_number(number, place, value, self.locked_number)
            else:
                self.sheet.write_string(number, place, cell_text(in_words(value)), self.locked)
        for place, column in enumerate(OPEN, 1 + len(LOCKED)):
            takes = column.kind != Kind.PERCENT or row.task.takes_percent
            self.sheet.write_blank(number, place, None, self.open[column.kind] if takes else self.locked)

    def _write_lists(self) -> None:
        for number, reason in enumerate(self.reasons):
            self.lists.write_string(number, 0, cell_text(reason))
        for number, label in enumerate(TO_WHOM):
            self.lists.write_string(number, 1, label)
        self.lists.hide()
        self.lists.protect()

    def _write_guide(self) -> None:
        self.guide.set_column(0, 0, GUIDE_WIDTH)
        self.guide.write_string(0, 0, "Cách điền bảng nhiệm vụ", self.title)
        wrapped = self.book.add_format(FONT)
        for number, step in enumerate(STEPS, 1):
            self.guide.set_row(number, _height(step, GUIDE_WIDTH))
            self.guide.write_string(number, 0, step, wrapped)
        for number, column in enumerate((each for each in OPEN if each.hint), len(STEPS) + 2):
            self.guide.write_string(number, 0, f"“{column.head}”: {column.hint}", wrapped)
        self.guide.set_paper(9)
        self.guide.fit_to_pages(1, 0)
        self.guide.protect()

    def _finish(self) -> None:
        last = HEAD + max(len(self.what.rows), 1)
        width = len(LOCKED) + len(OPEN)
        for place, column in enumerate(OPEN, 1 + len(LOCKED)):
            if rule := rule_for(column, self._listed(column.kind)):
                self.sheet.data_validation(HEAD + 1, place, last, place, rule)
        self.sheet.autofilter(HEAD, 0, last, width)
        self.sheet.freeze_panes(HEAD + 1, 4)
        self.sheet.protect("", {"format_columns": True, "format_rows": True, "autofilter": True})
        self.sheet.set_landscape()
        self.sheet.set_paper(8)  # A3, two pages wide: twenty columns
        self.sheet.fit_to_pages(2, 0)
        self.sheet.repeat_columns(0, 3)
        self.sheet.repeat_rows(HEAD)
        self.sheet.set_margins(0.4, 0.4, 0.5, 0.5)
        self.sheet.set_footer("&C&P/&N")
        self.sheet.activate()

    def _listed(self, kind: Kind) -> str:
        letter, count = ("A", len(self.reasons)) if kind == Kind.REASON else ("B", len(TO_WHOM))
        return f"='{LISTS}'!${letter}$1:${letter}${max(count, 1)}"
