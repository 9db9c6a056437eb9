"""The workbook that an agency fills in: what stands in which column, for who writes it and for who reads it."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import Enum

from django.core.signing import BadSignature, Signer

from agencies.errors import Refused
from directives import timeline
from directives.models import Assignment, ProgressNote, RaisedTo
from directives.reports.workbook import cell_text

SHEET = "Nhiệm vụ"
KEY = "Mã dòng"  # the hidden column: which assignment, which version of it, and what the locked cells said
LONGEST_SHOWN = 700  # letters of the last report: enough to recognise it


class Kind(Enum):
    """What an open cell takes."""

    TEXT = "text"
    TICK = "tick"
    PERCENT = "percent"
    DAY = "day"
    REASON = "reason"
    RAISED_TO = "raised_to"


@dataclass(frozen=True)
class Column:
    """`name`: of the field of a line (`Entry.typed`) that it fills, or of what it shows."""

    name: str
    head: str
    width: float
    kind: Kind = Kind.TEXT
    hint: str = ""
    longest: int = 0


LOCKED = (
    Column("directive", "Văn bản", 12),
    Column("position", "Số", 5),
    Column("task", "Nhiệm vụ", 40),
    Column("due", "Thời hạn", 12),
    Column("life", "Tình trạng", 13),
    Column("last", "Báo cáo gần nhất", 32),
)
OPEN = (
    Column("result", "Kết quả thực hiện", 42, hint="Đã làm được gì, số liệu cụ thể, sản phẩm nào.", longest=5000),
    Column("unchanged", "Không thay đổi (x)", 10, Kind.TICK, "Đánh dấu x thay cho kết quả, và ghi lý do ở cột bên."),
    Column(
        "unchanged_more",
        "Lý do không thay đổi",
        24,
        Kind.REASON,
        "Chọn trong danh sách hoặc tự ghi. Có lý do thì không cần đánh dấu x.",
        1000,
    ),
    Column(
        "percent", "Tỷ lệ đạt chỉ tiêu (%)", 10, Kind.PERCENT, "Số nguyên từ 0 đến 100, chỉ với nhiệm vụ có chỉ tiêu."
    ),
    Column("obstacle", "Khó khăn, vướng mắc", 27, hint="Vướng mắc nào còn, xin ghi lại nguyên văn.", longest=5000),
    Column("proposal", "Đề xuất, kiến nghị", 27, longest=5000),
    Column(
        "raised_to",
        "Kiến nghị với",
        17,
        Kind.RAISED_TO,
        "Chọn trong danh sách, hoặc ghi tên cơ quan khác. Bỏ trống: cơ quan thường trực.",
        200,
    ),
    Column("clears_obstacles", "Vướng mắc trước đã tháo gỡ (x)", 12, Kind.TICK),
    Column("claims_completion", "Đề nghị hoàn thành (x)", 11, Kind.TICK, "Ngày nộp bảng là ngày được tính."),
    Column("document_number", "Văn bản kết quả: số, ký hiệu", 16, hint="Ví dụ: 212/BC-SKHĐT.", longest=60),
    Column("document_on", "Ngày văn bản", 12, Kind.DAY, "Ngày/tháng/năm, ví dụ 20/11/2023."),
    Column("document_signer", "Người ký", 18, longest=100),
    Column("document_summary", "Trích yếu", 22, longest=500),
    Column(
        "no_evidence_reason",
        "Lý do không có minh chứng",
        22,
        hint="Chỉ cần khi đề nghị hoàn thành mà không có văn bản kết quả.",
        longest=1000,
    ),
)
LABELS = {column.name: column.head for column in (*LOCKED, *OPEN)}
TO_WHOM = {str(label): value for value, label in RaisedTo.choices if value != RaisedTo.OTHER}


class BadKey(Refused):
    """The hidden word of a row is not one that was given out."""


@dataclass(frozen=True)
class Key:
    """What the hidden word says: the agency and the assignment, the version that was given out, and of each locked
    cell a mark by which a change is noticed."""

    agency: int
    assignment: int
    version: int
    marks: tuple[str, ...]

    def signed(self) -> str:
        return _signer().sign(f"{self.agency}.{self.assignment}.{self.version}.{'-'.join(self.marks)}")


def key_from(word: str) -> Key:
    """The key of a row. Raises BadKey for one that was altered, or that another installation gave."""
    try:
        agency, assignment, version, marks = _signer().unsign(word).split(".")
        return Key(int(agency), int(assignment), int(version), tuple(marks.split("-")))
    except (BadSignature, ValueError) as error:
        raise BadKey("mã nhận biết của dòng (cột ẩn) đã bị sửa nên không biết là nhiệm vụ nào.") from error


def _signer() -> Signer:
    return Signer(salt="directives.workbooks")


def mark(shown: str) -> str:
    """Of a locked cell, as one reads it: blanks and line ends do not matter."""
    words = " ".join(unicodedata.normalize("NFC", shown).split())
    return hashlib.sha256(words.encode()).hexdigest()[:8]


def shown_of(row: Assignment, note: ProgressNote | None) -> dict[str, str | int | date]:
    """What the locked cells say of an assignment with its status; `note` is the last one."""
    scope = f"\nPhần việc của đơn vị: {row.scope}" if row.scope else ""
    return {
        "directive": row.task.directive.code,
        "position": row.task.position,
        "task": _clipped(f"{row.task.text}{scope}", 5000),
        "due": row.due or row.task.clock_words,  # type: ignore[attr-defined]
        "life": str(row.get_life_display()),
        "last": last_words(note),
    }


def last_words(note: ProgressNote | None) -> str:
    """The last report, its day in front; its files and documents are not among the words."""
    if note is None:
        return "(chưa có báo cáo)"
    return _clipped(f"{note.said_on:%d/%m/%Y}: {timeline.note_text(note)}", LONGEST_SHOWN)


def in_words(shown: str | int | date) -> str:
    """As the cell shows it."""
    return f"{shown:%d/%m/%Y}" if isinstance(shown, date) else str(shown)


def marks_of(shown: dict[str, str | int | date]) -> tuple[str, ...]:
    """Of what the cells hold, which may be less than the text."""
    return tuple(mark(cell_text(in_words(shown[column.name]))) for column in LOCKED)


def plain(head: str) -> str:
    """A heading as it is recognised, however it was broken into lines."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", head)).strip().casefold()


def _clipped(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"
