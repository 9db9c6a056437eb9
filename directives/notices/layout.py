"""Text -> paragraphs with exact spans: joins lines broken by width or page, knows numbering and bullets."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from .agencies import is_agency_name
from .patterns import UPPER, phrase
from .vocabulary import OPENING_VERB

RANKS = {"annex": 0, "roman": 1, "article": 2, "number": 3, "letter": 6, "paren": 7, "ordinal": 7, "dash": 9}

_MARKER = re.compile(
    r"(?P<annex>PHỤ\s+LỤC\b(?:\s+[IVX\d]{1,5}\b)?)|"
    r"(?P<roman>[IVX]{1,5})[.)](?=\s)|"
    r"Điều\s+(?P<article>\d{1,3})[.:](?=\s)|"
    rf"(?P<number>\d{{1,2}}(?:\.\d{{1,2}}){{0,3}})(?:[.)](?=\s|[{UPPER}])|(?<=\d\.\d)(?=\s+[{UPPER}]))|"
    r"(?P<letter>[a-zđ])\)|"
    r"\((?P<paren>\d{1,2}|[ivx]{1,5}|[a-zđ])\)|"
    r"(?P<ordinal>Thứ\s+(?:nhất|hai|ba|tư|năm|sáu|bảy|tám|chín|mười))\b[,:]?|"
    rf"(?P<dash>[-–—•▪●+])(?=\s|[{UPPER}])"
)
_RULE = re.compile(r"[-=_–—.\s]+\Z")
_CONTENT = re.compile(rf"[{UPPER}\d“\"'(…a-zđ]")
_NUMBER_NOUN = phrase(r"(?i:ngày|tháng|năm|khoản|điều|điểm|số|mục|quý|thứ|khóa|và|lần)\Z")
_ENDED = (".", ";", ":", "!", "?", "…")


@dataclass(frozen=True)
class Line:
    """A line, or a table cell's part of one, trimmed. `gap`: blank line, rule or cell border before it."""

    start: int
    end: int
    cell: int
    gap: bool
    indent: int


@dataclass(frozen=True)
class Paragraph:
    """Lines that belong together. `kind` and `label` tell its numbering; the text proper begins at `body`."""

    start: int
    end: int
    cell: int
    kind: str | None
    label: str
    body: int


def lines_of(text: str, mask: str) -> list[Line]:
    """Every line or cell that holds words, in order; `mask` is the text without markup."""
    lines: list[Line] = []
    cell, gap = 0, True
    for whole in re.finditer(r"[^\n]*", text):
        for piece in re.finditer(r"[^|]+|\|", whole.group()):
            if piece.group() == "|":
                cell, gap = cell + 1, True
                continue
            start, end = _trimmed(mask, whole.start() + piece.start(), whole.start() + piece.end())
            if start >= end or _RULE.match(mask, start, end):
                gap = True
                continue
            lines.append(Line(start, end, cell, gap, start - whole.start()))
            gap = False
        if not whole.group().strip():
            gap = True if whole.end() > whole.start() or _empty_line(text, whole.start()) else gap
    return lines


def _empty_line(text: str, at: int) -> bool:
    return at == 0 or text[at - 1] == "\n"


def _trimmed(mask: str, start: int, end: int) -> tuple[int, int]:
    chunk = mask[start:end]
    start += len(chunk) - len(chunk.lstrip())
    return start, max(start, start + len(chunk.strip()))


def text_width(lines: list[Line]) -> int | None:
    """The width to which the lines were broken, or None when each line is a whole paragraph."""
    lengths = sorted(line.end - line.start for line in lines)
    if len(lengths) < 12 or lengths[int(len(lengths) * 0.97)] > 110:
        return None
    return lengths[int(len(lengths) * 0.9)]


def paragraphs_of(text: str, mask: str, lines: list[Line]) -> list[Paragraph]:
    """Join lines into paragraphs; a page break or a false bullet inside a sentence does not part it."""
    width = text_width(lines)
    margin = sorted(line.indent for line in lines)[len(lines) // 4] if lines else 0
    found: list[Paragraph] = []
    previous: Line | None = None
    for line in lines:
        if found and previous and _continues(mask, found[-1], previous, line, width, margin):
            found[-1] = replace(found[-1], end=line.end)
        else:
            found.append(_paragraph(mask, line))
        previous = line
    return found


def _paragraph(mask: str, line: Line) -> Paragraph:
    marker = _MARKER.match(mask, line.start, line.end)
    if not marker or not _is_marker(mask, marker, line):
        return Paragraph(line.start, line.end, line.cell, None, "", line.start)
    kind = str(marker.lastgroup)
    body = marker.end()
    while body < line.end and mask[body].isspace():
        body += 1
    return Paragraph(line.start, line.end, line.cell, kind, re.sub(r"\s+", " ", marker[kind]), body)


def starts_point(mask: str, line: Line) -> bool:
    """Whether the line opens with a number or a bullet."""
    marker = _MARKER.match(mask, line.start, line.end)
    return bool(marker and _is_marker(mask, marker, line))


def _is_marker(mask: str, marker: re.Match[str], line: Line) -> bool:
    if marker.lastgroup == "annex":
        return line.end - line.start < 40
    rest = mask[marker.end() : line.end].lstrip()
    if not rest or not _CONTENT.match(rest):
        return False
    return marker.lastgroup != "dash" or not rest[0].islower() or line.gap


def _continues(mask: str, last: Paragraph, previous: Line, line: Line, width: int | None, margin: int) -> bool:
    if line.cell != previous.cell:
        return False
    before = mask[last.body : previous.end]
    ended = before.endswith(_ENDED)
    marker = _MARKER.match(mask, line.start, line.end)
    if marker and _is_marker(mask, marker, line):
        return not ended and _false_marker(mask, last, before, str(marker.lastgroup))
    if ended and line.indent > margin + 2:
        return False
    first = mask[line.start]
    broken = first.islower() or (not line.gap and (first.isdigit() or first in "(-+"))
    if ended or line.gap:
        return (broken and not ended) or (ended and not line.gap and _full(mask, previous, line, width))
    if width is None:
        return broken
    # A heading without a colon ends where the next line opens with a verb: "1. Sở Tài chính / Thẩm định …".
    heading = is_agency_name(mask, last.body, previous.end) and OPENING_VERB.match(mask, line.start, line.end)
    return broken or not heading


def _false_marker(mask: str, last: Paragraph, before: str, kind: str) -> bool:
    if kind in ("number", "roman") and _NUMBER_NOUN.search(before[-12:]):
        return True
    if kind != "dash" or last.kind == "dash":
        return False
    return len(before) > 150 and not is_agency_name(mask, last.body, last.end)


def _full(mask: str, previous: Line, line: Line, width: int | None) -> bool:
    """Whether the previous line had no room left for the first word of this one."""
    if width is None:
        return False
    word = len(mask[line.start : line.end].split(maxsplit=1)[0])
    return previous.end - previous.start + 1 + word >= 0.85 * width
