"""What one row of an old tracking workbook says, understood: names are bodies, words are days and states."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from agencies.models import Agency
from directives.actions.notes import Cited
from directives.deadlines import Clock, Life


@dataclass(frozen=True)
class Paper:
    """A document that our book does not have; its number, symbol and date are those that stand in the old one."""

    number: str
    symbol: str
    issued_on: date
    doc_type: str = ""
    title: str = ""
    issuer: str = ""

    @property
    def identity(self) -> tuple[str, str, date]:
        return self.number, self.symbol, self.issued_on


@dataclass(frozen=True)
class Line:
    """A task with who carries it. `directive`: the key of one in our book, or the paper. `name`: its cell of bodies.

    `said`: its result in words; `remark`: what else the row says of it. `first_deadline` and `deadline` are None
    unless the clock is dated.
    """

    row: int
    directive: int | Paper
    agencies: tuple[Agency, ...]
    name: str
    text: str
    life: Life
    clock: Clock = Clock.UNDATED
    first_deadline: date | None = None
    deadline: date | None = None
    completed_on: date | None = None
    coordinating: tuple[tuple[str, Agency | None], ...] = ()
    said: str = ""
    documents: tuple[Cited, ...] = ()
    remark: str = ""
