"""What is wrong with a row, or worth a look: said to the person who sent the workbook."""

from __future__ import annotations

from dataclasses import dataclass

from directives.workbooks.legacy.grid import Square


@dataclass(frozen=True)
class Problem:
    """`cell` is as people call it ("D7"); empty where it is about the whole row."""

    row: int
    words: str
    cell: str = ""

    @classmethod
    def at(cls, square: Square, row: int, words: str) -> Problem:
        """About a cell; where it says what the row above says, that one is named."""
        return cls(row, words, square.name)


class Unusable(ValueError):
    """A row cannot come in for this reason; gathered, not shown one by one."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.words)
        self.problem = problem
