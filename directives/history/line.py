"""One line of a history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Line:
    """The business day, what happened, who did it, what it is about; `details` are sentences, old → new among them.

    `moment` is real (it differs from the day under a training clock) and sorts within a day.
    """

    on: date
    moment: datetime
    who: str
    what: str
    where: str = ""
    details: tuple[str, ...] = ()
    icon: str = "dot"
