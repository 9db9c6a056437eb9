"""One line of a history."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Line:
    """The business day, what happened, who did it, what it is about; `details` are sentences, old → new among them.

    `moment` is real (it differs from the day under a training clock) and sorts within a day. A change names the act
    that it belongs to and its verb; what was said names the verbs that may have written it.
    """

    on: date
    moment: datetime
    who: str
    what: str
    where: str = ""
    details: tuple[str, ...] = ()
    icon: str = "dot"
    act: Hashable = None
    verbs: tuple[str, ...] = ()
