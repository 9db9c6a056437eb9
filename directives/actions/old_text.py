"""The text of a document that is known only from an old tracking workbook: who, and the words of their tasks."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from directives.actions.old_lines import Line

Span = tuple[int, int]
Bodies = tuple[int, ...]


@dataclass
class Laid:
    """The text with its segments; where each task (by its row) and each cell of bodies stands in it."""

    text: str = ""
    segments: list[list[object]] = field(default_factory=list)
    tasks: dict[int, Span] = field(default_factory=dict)
    heads: dict[Bodies, Span] = field(default_factory=dict)

    def add(self, words: str, kind: str) -> Span:
        span = (len(self.text), len(self.text) + len(words))
        self.text += words
        self.segments.append([*span, kind, None])
        return span


def bodies_of(line: Line) -> Bodies:
    """The keys of those who stand in its cell, in their order."""
    return tuple(each.pk for each in line.agencies)


def lay_out(lines: list[Line]) -> Laid:
    """Cell of bodies by cell of bodies, in the order of the book."""
    grouped: dict[Bodies, list[Line]] = defaultdict(list)
    for line in lines:
        grouped[bodies_of(line)].append(line)
    laid = Laid()
    for bodies, own in grouped.items():
        laid.heads[bodies] = laid.add(own[0].name, "addressee")
        for line in own:
            laid.add(":\n- " if line is own[0] else "\n- ", "bullet")
            laid.tasks[line.row] = laid.add(line.text, "task")
        laid.add("\n", "blank")
    return laid
