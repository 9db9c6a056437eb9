"""What every workbook of this product shares: words stay words, whatever they begin with.

Nothing that begins with "=", "+", "-", "@" or a tab becomes a formula, no address a link, no "007" a number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook

from directives.reports.wording import MARK, UNPRINTED

OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
# Units of UTF-16 in a cell, letters in the name of a sheet.
LONGEST, LONGEST_NAME = 32_767, 31
CUT = f"{MARK} (đã cắt bớt vì quá dài)"
FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]+")
FONT = {"font_name": "Times New Roman", "font_size": 12, "valign": "top"}


def new_book(kept: BytesIO) -> Workbook:
    """A workbook that is written to `kept` when it is closed; used as a context."""
    return Workbook(kept, OPTIONS)


def cell_text(text: str) -> str:
    """What a cell can hold of a text: without control characters, at most as long as Excel allows, with a mark."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    clean = _within(UNPRINTED.sub(" ", lines))
    # XlsxWriter takes a text between these for markup of its own and writes it as it stands.
    return f"{clean} " if clean.startswith("<r>") and clean.endswith("</r>") else clean


def _within(text: str) -> str:
    units = text.encode("utf-16-le")
    if len(units) <= 2 * LONGEST:
        return text
    return units[: 2 * (LONGEST - len(CUT))].decode("utf-16-le", errors="ignore") + CUT


def put(sheet: Any, row: int, column: int, text: str, look: Any = None) -> None:
    """A text into a cell; an empty one leaves the cell blank but drawn."""
    if text:
        sheet.write_string(row, column, cell_text(text), look)
    else:
        sheet.write_blank(row, column, None, look)


def put_across(sheet: Any, row: int, columns: tuple[int, int], text: str, look: Any, *, rows: int = 1) -> None:
    """A text into the cells from the first to the last of `columns`, and over so many rows, as one."""
    first, last = columns
    if first != last or rows > 1:
        sheet.merge_range(row, first, row + rows - 1, last, "", look)
    put(sheet, row, first, text, look)


def sheet_names(wanted: Iterable[str], taken: Iterable[str] = ()) -> list[str]:
    """Names that Excel takes: no forbidden character, not too long, none twice however it is capitalised."""
    used = {name.casefold() for name in taken} | {"history"}
    found = []
    for name in wanted:
        unique = _unique(" ".join(FORBIDDEN.sub("-", cell_text(name)).split()).strip("'") or "Trang", used)
        used.add(unique.casefold())
        found.append(unique)
    return found


def _unique(name: str, used: set[str]) -> str:
    tried, number = _short(name, ""), 1
    while tried.casefold() in used:
        number += 1
        tried = _short(name, f" ({number})")
    return tried


def _short(name: str, ending: str) -> str:
    units = name.encode("utf-16-le")[: 2 * (LONGEST_NAME - len(ending))]
    return units.decode("utf-16-le", errors="ignore").strip(" '") + ending
