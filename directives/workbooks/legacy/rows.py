"""The rows of the table below its head: headings of groups, blank cells that mean "as above", the end of the table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from agencies.names import fold
from directives.workbooks.legacy.bodies import Bodies
from directives.workbooks.legacy.fields import NEEDED, OF_PAPERS
from directives.workbooks.legacy.grid import Page, Square
from directives.workbooks.legacy.mapping import Matching
from directives.workbooks.legacy.papers import is_paper

# "I.", "A)", "12": the number of a row, or what stands before the words of a heading.
_NUMBER = re.compile(r"\(?(?:[IVXL]{1,6}|[A-ZĐ]|\d{1,4}(?:\.\d{1,3})*)\)?[.)/]?\Z")
_HEADING_NUMBER = re.compile(r"(?:[IVXL]{1,6}|[A-ZĐ])[.)/]?\Z")
_LEADING = re.compile(r"\A\s*(?:[IVXL]{1,6}|[A-ZĐ]|\d{1,3})\s*[.)/]\s*")
_DITTO = frozenset({"nt", "-nt-", "- nt -", "nhu tren", '"', "''", "”", "“", "//", "-//-"})
# Not "Công an", "Công ty": folded, they begin as a sum does.
_TOTAL = re.compile(r"(tong (so|cong)\b|cong\s*(:|\d|\Z))")
# The whole cell, but for what stands in brackets: "Thủ trưởng các sở" is given work.
_END = re.compile(
    r"(nguoi (lap|tong hop)( bieu)?|lap bieu|noi nhan|thu truong( (co quan|don vi))?|ky ten)\b"
    r"\s*(\(.*)?[^\w]*\Z|noi nhan\s*:"
)


@dataclass(frozen=True)
class Raw:
    """A row with what its columns say; `heading`: the body of its group."""

    number: int
    squares: dict[str, Square]
    heading: str = ""

    def square(self, name: str) -> Square:
        return self.squares.get(name) or Square(self.number, 1)

    def text(self, name: str) -> str:
        return self.square(name).text.strip()


@dataclass
class Read:
    """All rows that give work, and those that were taken for headings or for the end, with their words."""

    rows: list[Raw] = field(default_factory=list)
    headings: list[tuple[int, str]] = field(default_factory=list)


class Reader:
    """Goes down the table, remembering what blank cells refer to."""

    def __init__(self, page: Page, matching: Matching, bodies: Bodies) -> None:
        self.page, self.matching, self.bodies = page, matching, bodies
        self.body = ""
        self.above: dict[str, Square] = {}

    def read(self) -> Read:
        found = Read()
        numbers = sorted(each for each in self.page.rows if each > self.matching.last)
        for place, number in enumerate(numbers, 1):
            squares = self.page.rows[number]
            words = [square.text.strip() for _, square in sorted(squares.items()) if square.text.strip()]
            if end := self._end(number, words):
                found.headings.append((number, f"{end[:60]} (hết bảng; {_below(len(numbers) - place)})"))
                break
            if all(_NUMBER.match(each) for each in words) and not any(each.problem for each in squares.values()):
                continue  # "1 2 3 4" below the head, or a number beside nothing
            if heading := self._heading(squares):
                found.headings.append((number, heading))
            else:
                found.rows.append(self._row(number))
        return found

    def _end(self, number: int, words: list[str]) -> str:
        """The words that end the table; empty where the row gives work to somebody."""
        given = (self.page.square(number, self.matching.columns[name]) for name in NEEDED)
        if not any(square.is_blank for square in given):
            return ""
        return next((each for each in words if _END.match(fold(each))), "")

    def _heading(self, squares: dict[int, Square]) -> str:
        """The words of a row that groups others; remembers the body or the document that it names."""
        said = [square.text.strip() for _, square in sorted(squares.items()) if not square.is_blank]
        numbers = [each for each in said if _NUMBER.match(each)]
        words = [each for each in said if not _NUMBER.match(each)]
        if len(words) != 1 or len(numbers) > 1:
            return ""
        heading = _LEADING.sub("", words[0]).strip(" .:")
        is_body = self.bodies.find(heading, None) is not None
        numbered = any(_HEADING_NUMBER.match(each) for each in numbers) or heading != words[0].strip(" .:")
        if not (is_body or numbered or _is_other(heading) or (is_paper(heading) and not numbers)):
            return ""
        if is_paper(heading):
            self.above, self.body = self._paper(squares, heading), ""
        elif not _is_other(heading):
            self.above.pop("agencies", None)
            self.body = heading
        return heading

    def _paper(self, squares: dict[int, Square], heading: str) -> dict[str, Square]:
        place = next(square for square in squares.values() if heading in square.text)
        return {"number": Square(place.row, place.column, heading)}

    def _row(self, number: int) -> Raw:
        own = {name: self.page.square(number, column) for name, column in self.matching.columns.items()}
        for name, square in own.items():
            if fold(square.text).strip() in _DITTO and name in self.above:
                own[name] = self.above[name]
        said = dict(own)
        if self.matching.fills:
            said |= self._filled(own)
        heading = self.body if said.get("agencies", Square(0, 0)).is_blank else ""
        self.above = said
        return Raw(number, said, heading)

    def _filled(self, own: dict[str, Square]) -> dict[str, Square]:
        """Of a document all of its columns together; of the body unless its group says it; the task of several."""
        found: dict[str, Square] = {}
        if all(own[name].is_blank for name in OF_PAPERS if name in own):
            found |= {name: self.above[name] for name in OF_PAPERS if name in self.above}
        if own["agencies"].is_blank and not self.body and "agencies" in self.above:
            found["agencies"] = self.above["agencies"]
        if own["text"].is_blank and not own["agencies"].is_blank and "text" in self.above:
            found["text"] = self.above["text"]
        return found


def _below(count: int) -> str:
    return f"{count} dòng có nội dung ở dưới không đọc" if count else "ở dưới không còn dòng nào"


def _is_other(heading: str) -> bool:
    """A year, a sum: it groups, but says neither who nor by which document."""
    said = fold(heading)
    return bool(_TOTAL.match(said) or re.match(r"(nam|quy|thang|6 thang|giai doan)\b.{0,20}\d", said))


def states_in(rows: Iterator[Raw] | list[Raw]) -> list[str]:
    """Each writing of a state once, in the order of the table."""
    return list(dict.fromkeys(" ".join(row.text("state").split()) for row in rows))
