"""Days as people have typed them for years: real dates, words in many shapes, numbers that Excel forgot to show."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from agencies.names import fold
from directives import notices
from directives.workbooks.legacy.grid import Square

# One mark between all three, and no further number: "01/6-30/6/2022" is not the first of June 2030.
_FULL = re.compile(r"(?<!\d)(?<!\d[/.])(\d{1,2})\s*([/.\-–])\s*(\d{1,2})\s*\2\s*(\d{4}|\d{2})(?!\d)(?!\s*/\s*\d)")
# Half a day beside a whole one: nobody can tell what it is for, but where a span begins it does not matter.
_HALF = re.compile(r"(?<!\d)\d{1,2}\s*/\s*\d{1,2}(?!\d)|(?<!\d)\d{1,2}\.\d{1,2}\s*[-–]")
_SINCE = re.compile(r"từ\s+(?:ngày\s+)?\d{1,2}\s*[/.]\s*\d{1,2}\s*(?:đến|tới)", re.IGNORECASE)
_ODD = re.compile(r"\d{1,2}\s*[/.]\s*\d{1,2}\s*[/.\-–]\s*\d")
# Between the two days of a span.
_UNTIL = re.compile(r"\s*(?:[-–]|(?:đến|tới)(?: hết)?(?: ngày)?)\s*", re.IGNORECASE)
_LONG = re.compile(r"(?<!\d)(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})(?!\d)", re.IGNORECASE)
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
_SHORT = re.compile(r"(?:ngày\s+|trước\s+|\A)(\d{1,2})\s*/\s*(\d{1,2})(?!\s*[/\d])", re.IGNORECASE)
_MONTH = re.compile(r"\A(?:trong |cuối |trước )?(\d{1,2})\s*/\s*(\d{4})\Z", re.IGNORECASE)
_SERIAL = re.compile(r"\d{5}\Z")
# Day 0 of Excel, which takes 1900 for a leap year.
_EPOCH = date(1899, 12, 30)
_NONE = frozenset({"", "-", "–", "khong", "khong co", "khong han", "khong thoi han", "khong an dinh", "x", "/"})
_STANDING = re.compile(r"thuong xuyen|(hang|dinh ky|hang) (ngay|tuan|thang|quy|nam)|dinh ky")
FIRST_YEAR, LAST_YEAR = 1990, 2100


@dataclass(frozen=True)
class Days:
    """The days of a cell in their order; or that its work goes on; or what cannot be read.

    Not `is_exact`: the cell names only a month, a quarter or a year, of which this is the last day.
    """

    days: tuple[date, ...] = ()
    is_exact: bool = True
    is_standing: bool = False
    problem: str = ""


def read_days(square: Square, near: date | None = None) -> Days:
    """`near`: the day of the document, which tells the year of "30/6". Blank, "-" and "không" give no day."""
    if square.problem:
        return Days(problem=square.problem)
    if square.day:
        return _sane([square.day], square.text)
    text = " ".join(square.text.split())
    folded = fold(text).rstrip(". ")
    if folded in _NONE:
        return Days()
    if found := _written(text, near):
        return found
    if _STANDING.search(folded):
        return Days(is_standing=True)
    # "Quý II/2021", "tháng 6 năm 2021", "trong năm 2021": as a notice says it.
    read = notices.deadline_of(text, near)
    return replace(_sane([read], text), is_exact=False) if read else Days(problem=_unread(text))


def _written(text: str, near: date | None) -> Days | None:
    if _SERIAL.match(text):
        return _sane([_EPOCH + timedelta(days=int(text))], text)
    hits = [(hit.span(), (_year(y), m, d)) for hit in _FULL.finditer(text) for d, _, m, y in [hit.groups()]]
    hits += [(hit.span(), (y, m, d)) for hit in _LONG.finditer(text) for d, m, y in [hit.groups()]]
    if hits and _HALF.search(_SINCE.sub("", _LONG.sub("", _FULL.sub("", text)))):
        return Days(problem=_unread(text))
    hits = hits or [(hit.span(), hit.groups()) for hit in _ISO.finditer(text)]  # type: ignore[misc]
    if not hits and _ODD.search(text):
        return Days(problem=_unread(text))
    if not hits and (hit := _MONTH.match(text)):
        return _month(int(hit[2]), int(hit[1]), text)
    if not hits and near and (hit := _SHORT.search(text)):
        return _yearless(int(hit[1]), int(hit[2]), near, text)
    if not hits:
        return None
    found: list[date] = []
    before = 0
    for (start, end), (year, month, day) in sorted(hits):
        try:
            read = date(int(year), int(month), int(day))
        except ValueError:
            return Days(problem=f"không có ngày “{text[:60]}”. Xin ghi theo mẫu ngày/tháng/năm, ví dụ 05/6/2022.")
        if found and found[-1] <= read and _UNTIL.fullmatch(text[before:start]):
            found.pop()  # "từ 01/01/2022 đến 30/6/2022": the work is due on the last day of a span
        found.append(read)
        before = end
    return _sane(found, text)


def _month(year: int, month: int, text: str) -> Days:
    """The last day of a month that stands alone."""
    if not (1 <= month <= 12 and FIRST_YEAR <= year <= LAST_YEAR):
        return Days(problem=_unread(text))
    following = date(year + month // 12, month % 12 + 1, 1)
    return Days((following - timedelta(days=1),), is_exact=False)


def _yearless(day: int, month: int, near: date, text: str) -> Days:
    """The first such day from `near` on."""
    for year in (near.year, near.year + 1):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found >= near:
            return Days((found,))
    return Days(problem=_unread(text))


def _year(text: str) -> str:
    return text if len(text) == 4 else f"20{text}"


def _sane(days: list[date], text: str) -> Days:
    if all(FIRST_YEAR <= each.year <= LAST_YEAR for each in days):
        return Days(tuple(days))
    return Days(problem=f"năm của “{text[:60]}” không đúng. Xin kiểm tra lại.")


def _unread(text: str) -> str:
    return f"không đọc được ngày “{text[:60]}”. Xin ghi theo mẫu ngày/tháng/năm, ví dụ 05/6/2022."
