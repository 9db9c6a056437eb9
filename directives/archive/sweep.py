"""What an export writes beside its ZIP, and who clears it away when a worker died over it."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from django.core.files.storage import default_storage

from directives.models import Archive, ArchiveState


def aside(archive: Archive) -> tempfile.TemporaryDirectory[str]:
    """Where the workbook is written: beside the ZIP, so that what a dead worker leaves is swept away with it."""
    folder = default_storage.path("archives")
    return tempfile.TemporaryDirectory(prefix=f"{archive.pk}-", suffix=".part", dir=folder)


def sweep(pk: int) -> None:
    """What dead workers of this export left behind."""
    for left in Path(default_storage.path("archives")).glob(f"{pk}-*.part"):
        if left.is_dir():
            shutil.rmtree(left, ignore_errors=True)
        else:
            left.unlink(missing_ok=True)


def sweep_given_up(pk: int) -> None:
    """Nobody makes it again, so nobody else would."""
    if Archive.objects.filter(pk=pk, state=ArchiveState.FAILED).exists():
        sweep(pk)
