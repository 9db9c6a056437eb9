"""What an old workbook would bring: lines that are understood, and for each other row what is wrong with which cell."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from directives.actions.bringing import last_positions
from directives.actions.old_lines import Line
from directives.models import OldBook, Task
from directives.workbooks.legacy.bodies import Bodies
from directives.workbooks.legacy.grid import pages
from directives.workbooks.legacy.known import Known
from directives.workbooks.legacy.mapping import Matching
from directives.workbooks.legacy.problem import Problem
from directives.workbooks.legacy.rows import Read, Reader
from directives.workbooks.legacy.understand import Understanding


@dataclass(frozen=True)
class Twin:
    """A line that says what is there already: `where` in words; `task`: its key, where it stands in our book."""

    line: Line
    where: str
    task: int | None


@dataclass
class Plan:
    """`lines` come in; `problems` (a row may have several) hold all of it back, those `left` only their row.

    `twins` stay out; those `taken` are among the lines.
    """

    lines: list[Line] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    left: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    twins: list[Twin] = field(default_factory=list)
    taken: list[Twin] = field(default_factory=list)
    # The task of each row that has problems, as far as it was read.
    said: dict[int, str] = field(default_factory=dict)
    headings: list[tuple[int, str]] = field(default_factory=list)
    rows: int = 0
    # The last task of each directive that was here, before its tasks were compared with the lines.
    last: dict[int, int] = field(default_factory=dict)


def by_row(problems: Iterable[Problem]) -> dict[int, list[Problem]]:
    """The rows that have problems, in their order."""
    found: dict[int, list[Problem]] = {}
    for problem in sorted(problems, key=lambda each: each.row):
        found.setdefault(problem.row, []).append(problem)
    return found


def read_rows(book: OldBook, matching: Matching) -> Read:
    """The rows of the sheet that was chosen."""
    sheets = pages(book.cells)
    if not (matching.is_complete and matching.sheet < len(sheets)):
        return Read()
    return Reader(sheets[matching.sheet], matching, Bodies(matching.agencies)).read()


def make_plan(book: OldBook, day: date) -> Plan:
    """As its columns and words are matched and its rows are ticked."""
    matching = Matching.of(book)
    read, known = read_rows(book, matching), Known()
    understanding = Understanding(matching, Bodies(matching.agencies), known, day)
    plan = Plan(headings=read.headings, rows=len(read.rows))
    understood: list[Line] = []
    for raw in read.rows:
        line, problems, warnings = understanding.read(raw)
        if line:
            understood.append(line)
            plan.warnings += warnings
            continue
        plan.said[raw.number] = raw.text("text")
        if raw.number in matching.left:
            plan.left += problems
        else:
            plan.problems += problems
    there = {line.directive for line in understood if isinstance(line.directive, int)}
    positions = last_positions(Task, there)
    plan.last = {key: positions[key] for key in there}
    known.load(there)
    for line in understood:
        if found := known.twin(line):
            taken = line.row in matching.taken
            (plan.taken if taken else plan.twins).append(Twin(line, *found))
            if not taken:
                continue
        known.add(line)
        plan.lines.append(line)
    return plan
