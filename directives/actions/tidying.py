"""What lies on the disk and nobody needs is cleared away at night."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Callable, Collection, Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

from django.core.files.storage import default_storage

log = logging.getLogger(__name__)

# A worker writes a file and its row within the hour: a day later only a crash has kept them apart.
LEFT = timedelta(days=1)
MOST = 10_000  # files in one night; the next one goes on
CHUNK = 500


def tidy(folder: str, newest: int, needed: Callable[[list[str]], Collection[str]], before: datetime) -> int:
    """Delete files below `folder` of the storage that were last written before that moment; gives how many.

    Their names begin with the key of the row that they are of. `newest`: the greatest key that this database has
    given; what bears a greater one is of another database, and stays. `needed`: of these names the ones that stay.
    Twice is harmless, and so is whoever writes or deletes meanwhile; what cannot be deleted is logged and left.
    """
    old, gone = (name for name in _written_before(folder, before) if is_ours(name, newest)), 0
    while gone < MOST and (names := list(islice(old, CHUNK))):
        for name in set(names).difference(needed(names)):
            try:
                default_storage.delete(name)
                gone += 1
            except OSError:
                log.exception("%s cannot be deleted", name)
    if gone:
        log.info("%s files of %s were needed no more", gone, folder)
    return gone


def is_left(place: Path, before: datetime) -> bool:
    """Whether it is there, and was last written before that moment."""
    try:
        return datetime.fromtimestamp(place.lstat().st_mtime, UTC) < before
    except FileNotFoundError:
        return False


def _written_before(folder: str, before: datetime) -> Iterator[str]:
    root = Path(default_storage.path(""))
    for where, _, names in os.walk(default_storage.path(folder)):
        for place in (Path(where, name) for name in names):
            if is_left(place, before):
                yield place.relative_to(root).as_posix()


def is_ours(name: str, newest: int) -> bool:
    """Whether it begins with a key that this database has given: "archives/12-1.zip" up to 12."""
    found = re.match(r"\d+", Path(name).name)
    return found is not None and int(found[0]) <= newest
