"""Documents as an old workbook names them: "Thông báo số 86/TB-UBND ngày 24/4/2023", "BC 12/BC-SKHĐT (05/6/22)"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from agencies.names import fold
from directives import notices
from directives.workbooks.legacy.days import read_days
from directives.workbooks.legacy.grid import Square

_CODE = re.compile(r"(?<![\w/])(\d{1,5}[a-zA-Z]?)\s*/\s*((?:\d{4}\s*/\s*)?[A-ZĐƯ][\wĐđ&.]*(?:\s?[-–]\s?[\wĐđ&.]+)*)")
_AFTER = re.compile(r"[\s,;(]*(?:ngày|ngay|,|\()?\s*(.{0,40})", re.DOTALL)


@dataclass(frozen=True)
class Named:
    """A document that a cell names. `rest`: the words of the cell beside it."""

    number: str
    symbol: str
    issued_on: date | None
    doc_type: str
    rest: str = ""

    @property
    def code(self) -> str:
        return f"{self.number}/{self.symbol}"


def named_in(text: str) -> list[Named]:
    """All documents of a cell, in their order."""
    hits = list(_CODE.finditer(text))
    found = []
    for place, hit in enumerate(hits):
        end = hits[place + 1].start() if place + 1 < len(hits) else len(text)
        begin = hits[place - 1].end() if place else 0
        after = text[hit.end() : end]
        days = read_days(Square(1, 1, after.strip()[:60])).days
        symbol = re.sub(r"\s*[-–]\s*", "-", re.sub(r"\s*/\s*", "/", hit[2])).rstrip(".-")
        words = notices.doc_type_of(text[begin : hit.start()], symbol)
        found.append(Named(hit[1], symbol, days[0] if days else None, words, after.strip(" ,;.()")))
    return found


def is_paper(text: str) -> bool:
    """Whether a heading of the table names a document."""
    return bool(_CODE.search(text))


def says_nothing(text: str) -> bool:
    """Whether a cell of results is empty but for a dash."""
    return fold(text).strip(" .-–/") in ("", "khong", "khong co", "chua co", "chua")
