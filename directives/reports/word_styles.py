"""The styles of a paper in Word, by the names that whoever edits it reads; sizes are those of Decree 30/2020/NĐ-CP.

Nothing is formatted by hand: who changes a style changes the whole paper. `word_sheet` writes them into a document.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.shared import Cm, Mm, Pt

from directives.reports.paper import Tone

FONT = "Times New Roman"
CENTRE, JUSTIFY = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY
LEFT, RIGHT = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.RIGHT
TAB_CENTRE = WD_TAB_ALIGNMENT.CENTER
FIRST_LINE = Cm(1.27)
# Letters of 14 points stand 17.5 points apart, as in the PDF; a line of this font is 1.15 high by itself.
SPACED = 1.09
# "Kính gửi" is 3.57 letters wide and "- " 0.58: the dashes stand under the colon.
INDENT_OF_NAMES, DASH = Pt(14 * 4.15), Pt(-14 * 0.58)

HEAD, STATE, MOTTO = "Cơ quan chủ quản", "Quốc hiệu", "Tiêu ngữ"
BODY_NAME, STAR, NUMBER, ABOUT, DATELINE = "Cơ quan ban hành", "Dấu sao", "Số, ký hiệu", "Về việc", "Địa danh, ngày"
KIND, SUBJECT = "Tên loại", "Trích yếu"
ADDRESSED, ADDRESSEES, ADDRESSEE = "Kính gửi", "Kính gửi nhiều nơi", "Nơi gửi"
TEXT, LEADS, CLOSING = "Nội dung", "Dẫn vào bảng", "Đoạn kết"
GROUND, REMARK = "Căn cứ", "Ghi chú dưới bảng"
CAPTION, UNIT, CHART_HEAD, BAR = "Tên bảng", "Đơn vị tính", "Chú giải biểu đồ", "Thanh biểu đồ"
TO, TO_ITEM = "Nơi nhận", "Danh sách nơi nhận"
TITLE, ROOM, SIGNER = "Chức vụ", "Chỗ ký", "Người ký"
ANNEX, ANNEX_NAME, ANNEX_WITH = "Phụ lục", "Tên phụ lục", "Kèm theo"
CELL, CELL_HEAD, CELL_CENTRE, CELL_RIGHT = "Ô bảng", "Ô đầu bảng", "Ô bảng giữa", "Ô bảng phải"
CELL_GROUP, CELL_TOTAL, CELL_TOTAL_RIGHT, CELL_TOTAL_CENTRE = "Ô nhóm", "Ô cộng", "Ô cộng phải", "Ô cộng giữa"
SMALL = " cỡ nhỏ"
RULE, BARE, LINED, GRID = "Đường kẻ", "Khung không viền", "Khung kẻ ngang", "Bảng có viền"
THIN, BEFORE_TABLE, BEFORE_END = "Khoảng cách", "Khoảng trước bảng", "Khoảng trước chữ ký"
PAGE, DRAFT, MARK = "Số trang", "Dự thảo", "Dấu cuối trang"
SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
HEADINGS = ("Heading 1", "Heading 2", "Heading 3")


class Look(NamedTuple):
    """Points; `first`, `left`, `right`: indents."""

    size: float
    bold: bool = False
    italic: bool = False
    align: Any = CENTRE
    before: float = 0
    after: float = 0
    first: Any = None
    left: Any = None
    right: Any = None
    line: float = 1.0
    keep: bool = False


BODY = Look(14, align=JUSTIFY, before=6, first=FIRST_LINE, line=SPACED)
OF_TABLES = {
    CELL: Look(12, align=LEFT),
    CELL_HEAD: Look(12, bold=True, keep=True),
    CELL_CENTRE: Look(12),
    CELL_RIGHT: Look(12, align=RIGHT),
    CELL_GROUP: Look(12, bold=True, align=LEFT, keep=True),
    CELL_TOTAL: Look(12, bold=True, align=LEFT),
    CELL_TOTAL_RIGHT: Look(12, bold=True, align=RIGHT),
    CELL_TOTAL_CENTRE: Look(12, bold=True),
}
LOOKS = {
    HEAD: Look(12),
    STATE: Look(12, bold=True),
    MOTTO: Look(13, bold=True),
    BODY_NAME: Look(12, bold=True),
    STAR: Look(14),
    NUMBER: Look(13, before=8),
    ABOUT: Look(12, before=6, left=Mm(3), right=Mm(3)),
    DATELINE: Look(13, italic=True, before=8),
    KIND: Look(14, bold=True, before=14, line=SPACED, keep=True),
    SUBJECT: Look(14, bold=True, line=SPACED, left=Mm(6), right=Mm(6), keep=True),
    ADDRESSED: Look(14, before=14, after=10, line=SPACED),
    ADDRESSEES: Look(14, align=LEFT, before=14, left=Cm(2.5), line=SPACED, keep=True),
    ADDRESSEE: Look(14, align=LEFT, left=Cm(2.5) + INDENT_OF_NAMES, first=DASH, line=SPACED),
    TEXT: BODY,
    LEADS: BODY._replace(keep=True),
    CLOSING: BODY._replace(keep=True),
    GROUND: BODY._replace(italic=True),
    REMARK: Look(11, italic=True, align=JUSTIFY, before=4),
    CAPTION: Look(13, bold=True, before=10, keep=True),
    UNIT: Look(12, italic=True, align=RIGHT, before=2, keep=True),
    BEFORE_TABLE: Look(2, before=2, keep=True),
    CHART_HEAD: Look(9, keep=True),
    BAR: Look(10, align=LEFT),
    BEFORE_END: Look(2, before=10, keep=True),
    TO: Look(12, bold=True, italic=True, align=LEFT),
    TO_ITEM: Look(11, align=LEFT),
    TITLE: Look(14, bold=True),
    ROOM: Look(14),
    SIGNER: Look(14, bold=True),
    ANNEX_NAME: Look(14, bold=True, line=SPACED, keep=True),
    ANNEX_WITH: Look(14, italic=True, line=SPACED, keep=True),
    RULE: Look(4, before=2, keep=True),
    THIN: Look(2),
    MARK: Look(10, bold=True),
    PAGE: Look(13),
    DRAFT: Look(13, bold=True, align=LEFT),
    **OF_TABLES,
    **{f"{name}{SMALL}": look._replace(size=11) for name, look in OF_TABLES.items()},
}
# What a letter of a bar says is told by its pattern too.
BARS = {
    Tone.DONE: ("Hoàn thành", "1D4F91"),
    Tone.DONE_LATE: ("Hoàn thành quá hạn", "1D4F91"),
    Tone.OPEN: ("Đang thực hiện", "595959"),
    Tone.OVERDUE: ("Quá hạn", "B3261E"),
    Tone.REST: ("Không hạn", "595959"),
}
# Names have accents, identifiers had better not.
IDS = {
    name: f"Decree30-{number}"
    for number, name in enumerate((*LOOKS, ANNEX, GRID, LINED, BARE, *(name for name, _ in BARS.values())), start=1)
}
HEADING = Look(14, bold=True, align=JUSTIFY, before=8, first=FIRST_LINE, line=SPACED, keep=True)
