"""A task in the words of the office: its clock, and how far the members of a group have come together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from directives.deadlines import RELEASED, Clock, Life, TimeState
from directives.models import Assignment, Task
from directives.templatetags.kttt import day as day_words


def time_words(task: Task, carried: Sequence[Assignment]) -> str:
    """What fixes the time of the task; deadlines are those of `carried`, the first one is named where they moved."""
    return _dated(task, carried) if task.clock == Clock.DATED else task.clock_words


def _dated(task: Task, carried: Sequence[Assignment]) -> str:
    own = {row.deadline for row in carried if row.deadline}
    days: list[date | None] = [*sorted(own)] or [task.first_deadline]
    words = f"Hạn {' và '.join(day_words(each) for each in days)}"
    if len(days) > 1:
        words += " (tùy đơn vị)"
    if task.first_deadline not in days:
        words += f", ban đầu {day_words(task.first_deadline)}"
    return f"{words} – theo: {task.deadline_source}" if task.deadline_source else words


@dataclass(frozen=True)
class RollUp:
    """Where a task stands that several agencies carry; released work is in no base (design, 3.7)."""

    members: int
    done: int
    overdue: int
    missing: tuple[str, ...]
    released: int

    @property
    def words(self) -> str:
        """7/10 đã hoàn thành, còn thiếu: …"""
        if not self.members:
            return "Không còn đơn vị nào thực hiện"
        said = f"{self.done}/{self.members} đã hoàn thành"
        if not self.done and len(self.missing) > 3:
            return f"{said}, còn thiếu cả {self.members} đơn vị"
        return f"{said}, còn thiếu: {', '.join(self.missing)}" if self.missing else said


def roll_up(carried: Sequence[Assignment]) -> RollUp:
    """Counts assignments that have their status and their agency loaded."""
    counted = [row for row in carried if row.life not in RELEASED]
    return RollUp(
        members=len(counted),
        done=sum(row.life == Life.DONE for row in counted),
        overdue=sum(getattr(row, "time_state", None) == TimeState.OVERDUE for row in counted),
        missing=tuple(row.agency.short_name for row in counted if row.life != Life.DONE),
        released=len(carried) - len(counted),
    )
