"""An export belongs to one worker at a time, as a report does (`reports/lease.py`): the attempt is the token."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from agencies.history import acting
from directives.models import Archive, ArchiveState

# Longer than the longest step: the data of the largest directive are read in one.
LEASE = timedelta(minutes=10)
MAX_ATTEMPTS = 3
GAVE_UP = (
    "Đã thử xuất hồ sơ 3 lần nhưng lần nào tiến trình cũng dừng giữa chừng, có thể do máy chủ thiếu bộ nhớ hoặc "
    "hết chỗ đĩa. Xin báo quản trị viên, rồi xuất lại."
)


class Lost(Exception):
    """Somebody else has this export by now; whoever held it stops."""


def claim(pk: int) -> Archive | None:
    """Take an export that nobody makes; None when there is nothing to do. A third dead worker was enough."""
    with acting(None, "make_archive"):
        free = Archive.objects.claimable(timezone.now()).select_for_update(of=("self",), skip_locked=True)
        archive = free.select_related("directive", "made_by").filter(pk=pk).first()
        if archive is None:
            return None
        if archive.attempts >= MAX_ATTEMPTS:
            ended = {"state": ArchiveState.FAILED, "error": GAVE_UP, "leased_until": None, "step": ""}
            Archive.objects.filter(pk=pk).update(**ended)
            return None
        archive.attempts += 1
        archive.state, archive.leased_until = ArchiveState.MAKING, timezone.now() + LEASE
        archive.save(update_fields=["attempts", "state", "leased_until"])
        return archive


def advance(archive: Archive, progress: int, step: str) -> None:
    """Tell how far it is, for the page that waits, and stay the owner. Raises Lost."""
    _mine(archive, progress=progress, step=step, leased_until=timezone.now() + LEASE)


def finish(archive: Archive, **made: Any) -> None:
    """Done: `made` gives file, size, sha256 and counts. Raises Lost."""
    done = {"progress": 100, "step": "", "error": "", "finished_at": timezone.now(), "leased_until": None}
    with acting(None, "finish_archive", archive.made_on):
        _mine(archive, state=ArchiveState.READY, **done, **made)


def fail(archive: Archive, reason: str) -> None:
    """Not possible, for a reason that the requester understands. Raises Lost."""
    with acting(None, "fail_archive", archive.made_on):
        _mine(archive, state=ArchiveState.FAILED, leased_until=None, step="", error=reason)


def _mine(archive: Archive, **values: Any) -> None:
    owned = Archive.objects.filter(pk=archive.pk, state=ArchiveState.MAKING, attempts=archive.attempts)
    with transaction.atomic():
        if not owned.update(**values):
            raise Lost
