"""A paper as plain blocks: the PDF, the Word file and the workbook are drawn from this one, so they cannot differ.

Who writes a paper (report, urging letter, an agency's own report) builds a `Paper`; who draws one knows no model and no
rule. Texts in it are printable already (`wording`); nothing in it is markup.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import NamedTuple, TypeAlias


class Share(NamedTuple):
    """A part of a base, shown as a percentage; the base is named where it stands."""

    part: int
    whole: int


# A cell that is a tuple has a paragraph for each of its texts; None is empty.
Cell: TypeAlias = str | tuple[str, ...] | int | date | Share | None


class Style(Enum):
    """How a paragraph stands in the text."""

    BODY = "body"
    GROUND = "ground"  # Căn cứ: italic
    LEADS = "leads"  # stays on the page of what follows
    REMARK = "remark"  # small, italic, under a table
    CLOSING = "closing"  # the last one: stays on the page of the signature


class Kind(Enum):
    """What a column holds: how it is aligned, and how the workbook types it."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"


class RowKind(Enum):
    PLAIN = "plain"
    GROUP = "group"  # its first cell names the rows that follow, over the whole width
    TOTAL = "total"


@dataclass(frozen=True)
class Heading:
    """`level` 1: "I. KẾT QUẢ THỰC HIỆN"; 2: "1. Kết quả chung"; 3: "a) …"."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Paragraph:
    text: str
    style: Style = Style.BODY


@dataclass(frozen=True)
class Column:
    """`width` in percent of the table; neighbours with the same `over` stand under that common title."""

    title: str
    width: float
    kind: Kind = Kind.TEXT
    over: str = ""


@dataclass(frozen=True)
class Row:
    cells: Sequence[Cell]
    kind: RowKind = RowKind.PLAIN


@dataclass(frozen=True)
class Table:
    """`caption`: "Bảng 1. Kết quả chung", or empty. `sheet`: its name in the workbook; without one it has no sheet.

    `head_column`: the column that names a row, for who listens to the table.
    """

    columns: Sequence[Column]
    rows: Sequence[Row]
    caption: str = ""
    unit: str = ""
    sheet: str = ""
    head_column: int = 0
    is_small: bool = False  # letters of 11 instead of 12 points: many columns


class Tone(Enum):
    """What a part of a bar says; told by words and pattern too, never by colour alone."""

    DONE = "done"
    DONE_LATE = "done-late"
    OPEN = "open"
    OVERDUE = "overdue"
    REST = "rest"


@dataclass(frozen=True)
class Series:
    name: str
    tone: Tone


@dataclass(frozen=True)
class Bar:
    """A label and its number in each series."""

    label: str
    values: Sequence[int]


@dataclass(frozen=True)
class Chart:
    """Stacked bars; the same numbers stand in the table that `caption` refers to."""

    caption: str
    series: Sequence[Series]
    bars: Sequence[Bar]
    unit: str


Block: TypeAlias = Heading | Paragraph | Table | Chart


@dataclass(frozen=True)
class Letterhead:
    """Who writes, on the left; number (the whole line); place with day. `about`: a letter's V/v, under its number."""

    name: Sequence[str]
    number: str
    dateline: str
    parent: str = ""
    about: str = ""
    is_party: bool = False


@dataclass(frozen=True)
class End:
    """The signature, with room for it, and nơi nhận, complete ("Lưu: VT" last)."""

    signs_as: Sequence[str]
    recipients: Sequence[str]
    signer: str = ""


@dataclass(frozen=True)
class Annex:
    """On pages of its own that number themselves. `number`: "I" where there are several. `goes_with`: "(Kèm …)"."""

    title: str
    goes_with: str
    blocks: Sequence[Block]
    number: str = ""
    is_landscape: bool = True


@dataclass(frozen=True)
class Paper:
    """`kind` ("BÁO CÁO") and `subject` are empty for a letter. `title`, `author`, `description` name the file.

    `addressed`: whom it goes to; one stands on the line of "Kính gửi:", several under it.
    """

    letterhead: Letterhead
    blocks: Sequence[Block]
    end: End
    title: str
    author: str
    kind: str = ""
    subject: str = ""
    addressed: Sequence[str] = ()
    annexes: Sequence[Annex] = field(default_factory=tuple)
    description: str = ""
    is_illustrative: bool = False
    is_draft: bool = False


def tables(paper: Paper) -> list[Table]:
    """All tables that have a sheet, in the order of the paper."""
    everywhere = [*paper.blocks, *(block for annex in paper.annexes for block in annex.blocks)]
    return [block for block in everywhere if isinstance(block, Table) and block.sheet]
