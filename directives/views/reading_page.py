"""How the text of a directive was understood: every character in a piece, counted by kind, and the part with work."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from directives.models import Directive, Task
from directives.views.segment_words import KINDS, Kind, kind_of

# What closes a document: nothing after it gives work, save an annex.
FOOT = ("recipients", "signature", "annex")
HEAD = ("letterhead", "title", "preamble", "blank")
_ROMAN = re.compile(r"\s*([IVX]{1,5})\s*[.)]?\s*\Z")


@dataclass(frozen=True)
class Stretch:
    """Characters `start` to `end` of the text, and what they are."""

    start: int
    end: int
    kind: Kind

    @property
    def size(self) -> int:
        return self.end - self.start


@dataclass(frozen=True)
class Piece:
    """What the page prints in one go. `code` is read before it; `number` is of its task; `anchor` leads to it."""

    text: str
    kind: Kind
    code: str = ""
    number: int | None = None
    anchor: str = ""


@dataclass(frozen=True)
class Count:
    """How much of the text is of one kind."""

    kind: Kind
    stretches: int
    characters: int
    within: int

    @property
    def sample(self) -> Piece:
        """How the legend shows it."""
        words = {"bullet": "1.", "blank": "không đánh dấu", "marks": "** | ---"}.get(self.kind.name, "chữ mẫu")
        return Piece(words, self.kind, self.kind.code)


@dataclass(frozen=True)
class WorkingPart:
    """The part of the document that gives work, from its heading to the foot."""

    name: str
    start: int
    end: int
    counts: list[Count]

    @property
    def words(self) -> str:
        """The name inside a sentence: "phần II"."""
        return self.name[:1].lower() + self.name[1:]

    @property
    def characters(self) -> int:
        return self.end - self.start

    @property
    def suspect(self) -> int:
        """Characters that staff should look at."""
        return sum(count.within for count in self.counts if count.kind.suspect)


def stretches(directive: Directive) -> list[Stretch]:
    """The segments in order; a gap between them becomes a stretch of its own, so that nothing can hide."""
    text = directive.text
    found: list[Stretch] = []
    at = 0
    for start, end, name, *_ in sorted(directive.segments, key=lambda segment: (segment[0], segment[1])):
        if start > at:
            found.append(Stretch(at, start, KINDS["missing"]))
        if end > max(start, at):
            found.append(Stretch(max(start, at), end, _kind(name, text[start:end])))
        at = max(at, end)
    if at < len(text):
        found.append(Stretch(at, len(text), KINDS["missing"]))
    return found


def _kind(name: str, words: str) -> Kind:
    """Rules and asterisks that a copy brings along are not understood either, but nobody need look at them."""
    kind = kind_of(name)
    return KINDS["marks"] if kind.suspect and not _has_words(words) else kind


def _has_words(text: str) -> bool:
    return any(letter.isalnum() for letter in text)


def suspect_characters(found: list[Stretch]) -> int:
    """How many characters staff should look at."""
    return sum(each.size for each in found if each.kind.suspect)


def count(found: list[Stretch], start: int, end: int) -> list[Count]:
    """How much there is of each kind, in the whole and between `start` and `end`; in the order of the legend."""
    counts = []
    for kind in KINDS.values():
        own = [each for each in found if each.kind is kind]
        within = sum(max(0, min(each.end, end) - max(each.start, start)) for each in own)
        if own:
            counts.append(Count(kind, len(own), sum(each.size for each in own), within))
    return counts


def working_part(text: str, found: list[Stretch]) -> WorkingPart | None:
    """From the Roman heading above the first task to the next after the last, or to the foot; None without tasks."""
    work = [index for index, each in enumerate(found) if each.kind.name == "task"]
    if not work:
        return None
    headings = list(_headings(text, found))
    first = max((index for index, _ in headings if index < work[0]), default=None)
    last = next((index for index, _ in headings if index > work[-1]), len(found))
    begin = _after_head(found, work[0]) if first is None else first
    stop = next((i for i in range(work[-1], last) if found[i].kind.name in FOOT), last)
    start, end = found[begin].start, found[stop - 1].end
    labels = [label for index, label in headings if begin <= index < stop]
    return WorkingPart(_name(labels), start, end, [each for each in count(found, start, end) if each.within])


def _headings(text: str, found: list[Stretch]) -> Iterator[tuple[int, str]]:
    """Index and label of each "II." that opens a section."""
    for (index, before), (_, after) in pairwise(enumerate(found)):
        label = _ROMAN.match(text[before.start : before.end])
        if label and before.kind.name == "bullet" and after.kind.name in ("section_heading", "addressee"):
            yield index, label[1]


def _after_head(found: list[Stretch], first_task: int) -> int:
    return next(i for i in range(first_task + 1) if found[i].kind.name not in HEAD)


def _name(labels: list[str]) -> str:
    if not labels:
        return "Phần giao nhiệm vụ"
    return f"Phần {labels[0]}" if len(labels) == 1 else f"Các phần {', '.join(labels)}"


def pieces(text: str, found: list[Stretch], tasks: Sequence[Task]) -> Iterator[Piece]:
    """The text in order. A task is divided into its parts; what is not understood can be led to."""
    suspects = 0
    for each in found:
        words = text[each.start : each.end]
        if each.kind.name == "task":
            yield from _of_task(words, each, next((t for t in tasks if _holds(t, each.start)), None))
        elif each.kind.suspect:
            suspects += 1
            yield Piece(words, each.kind, each.kind.code, anchor=f"can-xem-{suspects}")
        else:
            yield from _of_other(words, each.kind)


def _holds(task: Task, at: int) -> bool:
    """A task that an instruction added stands nowhere in the text."""
    return task.start is not None and task.end is not None and task.start <= at < task.end


def _of_other(words: str, kind: Kind) -> Iterator[Piece]:
    """The code stands before the first word, not before empty lines; a colon alone is not worth one."""
    inner = words.lstrip()
    if blank := words[: len(words) - len(inner)]:
        yield Piece(blank, KINDS["blank"])
    if inner:
        yield Piece(inner, kind, kind.code if _has_words(inner) else "")


def _of_task(words: str, stretch: Stretch, task: Task | None) -> Iterator[Piece]:
    if task is None:
        yield Piece(words, stretch.kind, stretch.kind.code)
        return
    parts = [part for part in task.parts.all() if stretch.start <= part.start < part.end <= stretch.end]
    edges = {stretch.start: "", **{part.end: "" for part in parts}}
    edges |= {part.start: f"{task.position}.{part.position}" for part in parts}
    starts = sorted(start for start in edges if start < stretch.end)
    for start, end in pairwise([*starts, stretch.end]):
        code = f"NV {task.position}" if start == stretch.start else ""
        code = " · ".join(filter(None, (code, edges[start])))
        piece = words[start - stretch.start : end - stretch.start]
        yield Piece(
            piece, stretch.kind, code, task.position, anchor=f"nv-{task.position}" if start == task.start else ""
        )
