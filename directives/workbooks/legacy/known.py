"""What our book has already: directives by their identity, and which task of whom a new line says again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from functools import cached_property

from directives.actions.old_lines import Line, Paper
from directives.models import Assignment, Directive
from directives.search.likeness import ALIKE, likeness, pairs
from directives.search.words import words

Pairs = frozenset[tuple[str, str]]
Place = tuple[object, int]


class Known:
    """Asked in two queries, when first needed."""

    def __init__(self) -> None:
        self._said: dict[Place, list[tuple[list[str], Pairs, str, int | None]]] = defaultdict(list)

    @cached_property
    def directives(self) -> list[Directive]:
        return list(Directive.objects.kept().defer("text", "segments"))

    @cached_property
    def _by_code(self) -> dict[str, list[Directive]]:
        found = defaultdict(list)
        for row in self.directives:
            found[_code(row.number, row.symbol)].append(row)
        return found

    def named(self, number: str, symbol: str) -> list[Directive]:
        """Those of this number and symbol, whatever their date."""
        return self._by_code.get(_code(number, symbol), [])

    def find(self, number: str, symbol: str, issued_on: date | None) -> Directive | None:
        """The one of this date; without a date the only one there is."""
        there = self.named(number, symbol)
        if issued_on is None:
            return there[0] if len(there) == 1 else None
        return next((row for row in there if row.issued_on == issued_on), None)

    def by_key(self, key: int | None) -> Directive | None:
        return self._by_key.get(key or 0)

    @cached_property
    def _by_key(self) -> dict[int, Directive]:
        return {row.pk: row for row in self.directives}

    def twin(self, line: Line) -> tuple[str, int | None] | None:
        """Where the same directive gives the same body what is worded alike: in words, and the key of the task."""
        said, telling = words(line.text), pairs(line.text)
        for place in _places(line):
            for there, those, where, task in self._said[place]:
                if there == said or likeness(telling, those) >= ALIKE:
                    return where, task
        return None

    def add(self, line: Line) -> None:
        """A line of this workbook that comes in: one further down may say it again."""
        for place in _places(line):
            self._said[place].append((words(line.text), pairs(line.text), f"dòng {line.row} của sổ này", None))

    def load(self, directives: Iterable[int]) -> None:
        """The tasks of these directives. What has come from a book that was undone is not there."""
        rows = Assignment.objects.filter(task__directive__in=directives).exclude(task__book__undone_on__isnull=False)
        named = rows.order_by("task__position").values_list(
            "task__directive", "agency", "task__addressee__agency", "task__text", "task__position", "task"
        )
        seen = set()
        for directive, agency, addressed, text, position, task in named:
            for body in {agency, addressed}:
                if (body, task) not in seen:
                    seen.add((body, task))
                    where = f"nhiệm vụ {position} đã có trong sổ"
                    self._said[directive, body].append((words(text), pairs(text), where, task))


def _code(number: str, symbol: str) -> str:
    return f"{number}/{symbol}".casefold().replace(" ", "")


def _places(line: Line) -> list[Place]:
    paper = line.directive.identity if isinstance(line.directive, Paper) else line.directive
    return [(paper, agency.pk) for agency in line.agencies]
