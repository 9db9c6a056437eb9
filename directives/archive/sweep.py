"""What an export writes beside its ZIP, who clears it away when a worker died over it, and the ZIPs of long ago."""

from __future__ import annotations

import shutil
import tempfile
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage
from django.db.models import Max

from agencies.history import acting
from directives.actions.tidying import LEFT, is_left, is_ours, tidy
from directives.models import Archive, ArchiveState


def aside(archive: Archive) -> tempfile.TemporaryDirectory[str]:
    """Where the workbook is written: beside the ZIP, so that what a dead worker leaves is swept away with it."""
    folder = default_storage.path("archives")
    return tempfile.TemporaryDirectory(prefix=f"{archive.pk}-", suffix=".part", dir=folder)


def sweep(pk: int) -> None:
    """What dead workers of this export left behind."""
    for left in _drafts(pk):
        _remove(left)


def sweep_given_up(pk: int) -> None:
    """Nobody makes it again, so nobody else would."""
    if Archive.objects.filter(pk=pk, state=ArchiveState.FAILED).exists():
        sweep(pk)


def sweep_archives(moment: datetime) -> None:
    """Tidy away exports that are `ARCHIVES_KEPT_DAYS` old (0: none ever is), and whatever no finished one names."""
    if settings.ARCHIVES_KEPT_DAYS:
        with acting(None, "tidy_archives"):
            old = Archive.objects.expired(moment - timedelta(days=settings.ARCHIVES_KEPT_DAYS))
            old.update(state=ArchiveState.TIDIED)
    newest = Archive.objects.aggregate(newest=Max("pk"))["newest"] or 0
    for left in _drafts("*"):
        if is_ours(left.name, newest) and is_left(left, moment - LEFT):
            _remove(left)
    tidy("archives", newest, _finished, moment - LEFT)


def _finished(names: list[str]) -> set[str]:
    return set(Archive.objects.filter(state=ArchiveState.READY, file__in=names).values_list("file", flat=True))


def _drafts(pk: int | str) -> list[Path]:
    return list(Path(default_storage.path("archives")).glob(f"{pk}-*.part"))


def _remove(left: Path) -> None:
    if left.is_dir():
        shutil.rmtree(left, ignore_errors=True)
    else:
        left.unlink(missing_ok=True)
