"""What a worker makes belongs to that one worker, for as long as it is heard of: a report, an export.

A worker that dies leaves its lease behind; when it has run out another one takes over. Each lease has a mark of its
own: whoever comes back late, after somebody else has taken over or it was put back to wait, changes nothing.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from agencies.history import acting
from directives.models import Archive, ArchiveState, Report, ReportState

Row = TypeVar("Row", Report, Archive)
MAX_ATTEMPTS = 3
FREE: dict[str, Any] = {"leased_until": None, "lease": None, "step": ""}


class Lost(Exception):
    """Somebody else has it by now, or it is to be made anew; whoever held it stops."""


@dataclass(frozen=True)
class Lease:
    """`lasts`: longer than one step takes, for each step that is told prolongs it; `making`: the state meanwhile.

    `verbs`: what the history calls taking, finishing and failing; `gave_up`: the reason after the last dead worker.
    """

    lasts: timedelta
    making: ReportState | ArchiveState
    verbs: tuple[str, str, str]
    gave_up: str

    def claim(self, free: QuerySet[Row]) -> Row | None:
        """Take the one row of `free`, which nobody makes; None when there is nothing to do."""
        with acting(None, self.verbs[0]):
            row = free.select_for_update(of=("self",), skip_locked=True).first()
            if row is None:
                return None
            if row.attempts >= MAX_ATTEMPTS:
                _rows(row).update(state=type(self.making).FAILED, error=self.gave_up, **FREE)
                return None
            row.attempts += 1
            row.state, row.leased_until, row.lease = self.making, timezone.now() + self.lasts, uuid.uuid4()
            row.save(update_fields=["attempts", "state", "leased_until", "lease"])
            return row

    def advance(self, row: Report | Archive, progress: int, step: str) -> None:
        """Tell how far it is, for the page that waits, and stay the owner. Raises Lost."""
        self._mine(row, progress=progress, step=step, leased_until=timezone.now() + self.lasts)

    def finish(self, row: Report | Archive, **made: Any) -> None:
        """Done; `made`: the columns that say what. Raises Lost."""
        done = {"state": type(self.making).READY, "progress": 100, "error": "", "finished_at": timezone.now()}
        with acting(None, self.verbs[1], row.made_on):
            self._mine(row, **done, **FREE, **made)

    def fail(self, row: Report | Archive, reason: str) -> None:
        """Not possible, for a reason that the requester understands. Raises Lost."""
        with acting(None, self.verbs[2], row.made_on):
            self._mine(row, state=type(self.making).FAILED, error=reason, **FREE)

    def _mine(self, row: Report | Archive, **values: Any) -> None:
        with transaction.atomic():
            if not owned(row).update(**values):
                raise Lost


def owned(row: Report | Archive) -> QuerySet[Any]:
    """The row, as long as it still bears the mark that it was taken with."""
    return _rows(row).filter(lease=row.lease, lease__isnull=False)


def _rows(row: Report | Archive) -> QuerySet[Any]:
    return type(row)._default_manager.filter(pk=row.pk)
