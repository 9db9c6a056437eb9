"""Plans: "Đơn vị chủ trì: …" fields, and annex tables with a column for who leads."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from .agencies import split_names
from .dates import field_deadline, recurring_words
from .document import Segment
from .draft import DraftAddressee, DraftTask
from .layout import Paragraph
from .patterns import phrase, plain

_TASK = phrase(r"(?:Nhiệm vụ|Nội dung(?: thực hiện| công việc)?|Nội dung nhiệm vụ)\s*:\s*")
_FIELDS = {
    "group": phrase(r"(?:Cơ quan|Đơn vị|Tổ chức|Phân công)(?: tổ chức)? thực hiện\s*:\s*\Z"),
    "lead": phrase(r"(?:Cơ quan|Đơn vị)(?: được giao)? chủ trì(?: thực hiện)?\s*:\s*|Chủ trì(?: thực hiện)?\s*:\s*"),
    "coordinating": phrase(
        r"(?:Cơ quan|Đơn vị)(?: được giao)? phối hợp(?: thực hiện)?\s*:\s*|Phối hợp(?: thực hiện)?\s*:\s*"
    ),
    "time": phrase(r"(?:Thời gian|Thời hạn|Tiến độ)(?: thực hiện| hoàn thành)?\s*:\s*"),
}
_COLUMNS = {
    "task": phrase(r"(?i:.*(?:nhiệm vụ|nội dung|công việc))"),
    "lead": phrase(r"(?i:.*chủ trì)"),
    "coordinating": phrase(r"(?i:.*phối hợp)"),
    "time": phrase(r"(?i:.*(?:thời gian|thời hạn|tiến độ|hoàn thành))"),
}


class PlanFields:
    """Collects the fields under a point and hands them to the tasks before them."""

    def __init__(self, text: str, mask: str) -> None:
        self._text, self._mask = text, mask
        self._pending: list[tuple[DraftAddressee, DraftTask]] = []
        self._parent = 0
        self._closed = False

    def remember(self, addressee: DraftAddressee, task: DraftTask, parent: int) -> None:
        """A task that the fields to come may speak of."""
        if self._closed or parent != self._parent:
            self._pending, self._closed = [], False
        self._parent = parent
        self._pending.append((addressee, task))

    def after_task_label(self, start: int, end: int) -> int | None:
        """Where the words after "Nhiệm vụ:" begin, or None when that label does not stand here."""
        label = _TASK.match(self._mask, start, end)
        return label.end() if label else None

    def take(self, start: int, end: int, parent: int) -> bool:
        """Whether the paragraph is a field; if so its words go to the pending tasks."""
        for name, pattern in _FIELDS.items():
            label = pattern.match(self._mask, start, end)
            if label:
                if parent == self._parent:
                    self._apply(name, label.end(), end)
                return True
        return False

    def _apply(self, name: str, start: int, end: int) -> None:
        words = plain(self._text[start:end]).rstrip(" .;")
        self._closed = True
        for addressee, task in self._pending:
            if name == "lead":
                addressee.name, addressee.start, addressee.end = words, start, end
                task.lead, task.field_lead = words, True
            elif name == "coordinating":
                task.coordinating += split_field(words)
            elif name == "time":
                task.deadline = field_deadline(self._mask[start:end], None, words)
        if name == "lead":
            _merge([a for a, _ in self._pending])


def _merge(addressees: Iterable[DraftAddressee]) -> None:
    """Tasks under one field belong to one addressee."""
    unique = list({id(a): a for a in addressees}.values())
    for other in unique[1:]:
        unique[0].tasks += other.tasks
        other.tasks = []


def split_field(words: str) -> list[str]:
    """Names in a field, parted by ";" and by commas between bodies."""
    return [name for piece in words.split(";") for name in split_names(piece)]


def read_tables(text: str, mask: str, paragraphs: list[Paragraph]) -> tuple[list[DraftAddressee], list[Segment]]:
    """Rows of a table that has columns for the task and for who leads; cells are told by their borders."""
    cells = [(g[0].start, g[-1].end) for _, group in groupby(paragraphs, key=lambda p: p.cell) if (g := list(group))]
    header = _header(mask, cells)
    if not header:
        return [], []
    first, columns = header
    width = max(columns.values()) + 1
    found: list[DraftAddressee] = []
    claims: list[Segment] = []
    index = first + width
    while index + width <= len(cells):
        start, end = cells[index]
        if not mask[start:end].strip(" .").isdigit():
            index += 1
            continue
        row = _row(text, mask, cells[index : index + width], columns)
        claims += [Segment(a, b, "plan_field") for a, b in cells[index : index + width]]
        found.append(row)
        index += width
    return found, claims


def _header(mask: str, cells: list[tuple[int, int]]) -> tuple[int, dict[str, int]] | None:
    for first, (start, end) in enumerate(cells):
        if plain(mask[start:end]).upper() not in ("STT", "TT", "SỐ TT"):
            continue
        columns: dict[str, int] = {}
        for offset, (a, b) in enumerate(cells[first + 1 : first + 8], 1):
            name = next((n for n, p in _COLUMNS.items() if n not in columns and p.match(mask[a:b])), None)
            if name is None or b - a > 60:
                break
            columns[name] = offset
        if "task" in columns and "lead" in columns:
            return first, columns
    return None


def _row(text: str, mask: str, cells: list[tuple[int, int]], columns: dict[str, int]) -> DraftAddressee:
    def words(name: str) -> str:
        return plain(text[slice(*cells[columns[name]])]) if name in columns else ""

    start, end = cells[columns["lead"]]
    label = f"PL.{plain(mask[slice(*cells[0])]).rstrip('.')}"
    task = DraftTask(*cells[columns["task"]], lead=words("lead"), field_lead=True)
    task.coordinating = split_field(words("coordinating"))
    task.deadline = field_deadline(mask[slice(*cells[columns["time"]])], None, words("time")) if words("time") else None
    return DraftAddressee(label, None, "PL", words("lead"), False, start, end, None, [task])


def field_recurs(task: DraftTask) -> bool:
    """Whether a plan's time field says that the work returns."""
    return bool(task.deadline and recurring_words(task.deadline.text))
