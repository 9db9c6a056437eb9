"""What openpyxl gives for a cell -> the value that it has for us."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from typing import Any

from agencies.errors import Refused
from directives.notices.files import is_garbled
from directives.workbooks.cells import Cell, Value

MAX_TEXT = 32_767  # Excel's own
# Of the whole file; one shared text in every cell costs its sender nothing.
MAX_LETTERS = 20_000_000

# A character that XML cannot hold, as Excel writes it.
_ESCAPED = re.compile(r"_x00([01][0-9A-Fa-f]|7[Ff])_")
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


class Letters:
    """How many letters may still be taken of a file."""

    def __init__(self) -> None:
        self.left = MAX_LETTERS

    def take(self, count: int) -> None:
        self.left -= count
        if self.left < 0:
            raise Refused(
                f"Trang tính có quá nhiều chữ: cả tệp đọc tối đa {MAX_LETTERS:,} ký tự".replace(",", ".")
                + ". Xin chia tệp thành nhiều tệp nhỏ hơn."
            )


def text_cell(row: int, column: int, value: str, is_formula: bool) -> Cell:
    """Text as one reads it. Excel counts characters before composing: so do we, lest a long text be normalised."""
    if len(value) > MAX_TEXT:
        return Cell(row, column, None, False, is_formula, f"dài quá {MAX_TEXT} ký tự.")
    text = _ESCAPED.sub(lambda found: chr(int(found.group(1), 16)), value)
    if is_garbled(text):
        return Cell(row, column, None, False, is_formula, "không phải chữ đọc được.")
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return Cell(row, column, _CONTROLS.sub("", text), False, is_formula)


def plain_value(value: Any) -> Value:
    """A midnight is a day; an hour or a length of time is only words."""
    if isinstance(value, datetime):
        is_day = (value.hour, value.minute, value.second) == (0, 0, 0)
        return value.date() if is_day else value
    return value if isinstance(value, bool | int | float | date) else str(value)
