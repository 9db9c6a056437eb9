"""The first sheet of a workbook: what the figures are, what is counted, where each table stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from directives.reports.excel_look import Looks, lines_in, marks, set_height, set_up_print
from directives.reports.paper import Paper
from directives.reports.workbook import cell_text, put

NAME = "Giới thiệu"
WIDTHS = (30, 90)
WORDS = (
    ("Lượt giao", "Một lượt giao là một nhiệm vụ giao cho một cơ quan (Sổ theo dõi nhiệm vụ gọi là “phân công”)."),
    (
        "Nhiệm vụ",
        "Một nhiệm vụ giao nhiều cơ quan tính là một nhiệm vụ và nhiều lượt giao; tình trạng của nhiệm vụ tính theo "
        "cơ quan chậm nhất.",
    ),
    ("Tỷ lệ trên tất cả", "Số đã hoàn thành chia cho tổng số đang theo dõi."),
    (
        "Tỷ lệ trên số đã hoàn thành và quá hạn",
        "Số đã hoàn thành chia cho số đã hoàn thành cộng với số chưa hoàn thành, quá hạn; không tính việc còn trong "
        "hạn và việc không ấn định thời hạn mà chưa hoàn thành.",
    ),
    ("Số trong tệp", "Là giá trị đã chốt, không phải công thức; cùng một bản số liệu với tệp PDF và tệp Word."),
)


def draw(page: Any, paper: Paper, listed: Sequence[tuple[str, str]], looks: Looks) -> None:
    """Facts of the paper, words that its figures need, and the sheets (name and title) with links to them."""
    for place, width in enumerate(WIDTHS):
        page.set_column(place, place, width)
    put(page, 0, 0, paper.title, looks(bold=True, font_size=16))
    page.set_row(0, 24)
    said = marks(paper)
    put(page, 1, 0, said, looks(bold=True))
    row = _draw_pairs(page, 3, _facts(paper), looks)
    _draw_title(page, row + 1, "Cách đọc số liệu", looks)
    row = _draw_pairs(page, row + 2, WORDS, looks)
    _draw_title(page, row + 1, "Các trang tính", looks)
    _draw_links(page, row + 2, listed, looks)
    page.hide_gridlines(2)
    set_up_print(page, paper, is_wide=True)


def _facts(paper: Paper) -> list[tuple[str, str]]:
    head = paper.letterhead
    facts = (
        ("Văn bản", f"{paper.kind} {paper.subject}".strip() or paper.title),
        ("Số, ký hiệu", head.number.strip()),
        ("Địa danh, ngày tháng", head.dateline),
        ("Thời điểm của số liệu", paper.description),
        ("Cơ quan lập", paper.author),
    )
    return [(label, words) for label, words in facts if words]


def _draw_title(page: Any, row: int, words: str, looks: Looks) -> None:
    put(page, row, 0, words, looks(bold=True, font_size=14))
    page.set_row(row, 20)


def _draw_pairs(page: Any, row: int, pairs: Sequence[tuple[str, str]], looks: Looks) -> int:
    """A label and its words in each row; gives the row after them."""
    for number, (label, words) in enumerate(pairs, row):
        put(page, number, 0, label, looks(bold=True, text_wrap=True))
        put(page, number, 1, words, looks(text_wrap=True))
        set_height(page, number, max(lines_in(label, WIDTHS[0]), lines_in(words, WIDTHS[1])))
    return row + len(pairs)


def _draw_links(page: Any, row: int, listed: Sequence[tuple[str, str]], looks: Looks) -> None:
    link = looks(font_color="#1F4E8C", underline=1, text_wrap=True)
    for number, (name, title) in enumerate(listed, row):
        quoted = name.replace("'", "''")
        page.write_url(number, 0, f"internal:'{quoted}'!A1", link, name)
        put(page, number, 1, title, looks(text_wrap=True))
        set_height(page, number, lines_in(cell_text(title), WIDTHS[1]))
