"""What an old workbook would bring: lines that are understood, and for each other row what is wrong with which cell."""

from __future__ import annotations

from collections.abc import Collection
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
    """`lines` come in; `problems` (a row may have several) and `twins` stay out unless staff say otherwise."""

    lines: list[Line] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    twins: list[Twin] = field(default_factory=list)
    headings: list[tuple[int, str]] = field(default_factory=list)
    rows: int = 0
    left: list[int] = field(default_factory=list)
    # The last task of each directive that was here, before its tasks were compared with the lines.
    last: dict[int, int] = field(default_factory=dict)

    @property
    def refused(self) -> dict[int, list[Problem]]:
        """The rows that have problems, with them."""
        found: dict[int, list[Problem]] = {}
        for problem in self.problems:
            found.setdefault(problem.row, []).append(problem)
        return found


def read_rows(book: OldBook, matching: Matching) -> Read:
    """The rows of the sheet that was chosen."""
    sheets = pages(book.cells)
    if not (matching.is_complete and matching.sheet < len(sheets)):
        return Read()
    return Reader(sheets[matching.sheet], matching, Bodies(matching.agencies)).read()


def make_plan(book: OldBook, day: date, *, left: Collection[int] = (), taken: Collection[int] = ()) -> Plan:
    """`left`: rows with a problem that stay out; `taken`: twins that come in all the same."""
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
        elif raw.number in left:
            plan.left.append(raw.number)
        else:
            plan.problems += problems
    there = {line.directive for line in understood if isinstance(line.directive, int)}
    positions = last_positions(Task, there)
    plan.last = {key: positions[key] for key in there}
    known.load(there)
    for line in understood:
        if (twin := known.twin(line)) and line.row not in taken:
            plan.twins.append(Twin(line, *twin))
        else:
            known.add(line)
            plan.lines.append(line)
    return plan
