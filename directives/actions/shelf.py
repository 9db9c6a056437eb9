"""Where bytes lie: once for each checksum, below the storage's root, reachable only through a view that asks."""

import hashlib
import os
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.core.files.base import File
from django.core.files.storage import default_storage


def keep(content: bytes) -> str:
    """Put bytes on the shelf; gives their SHA-256 in hex. The same bytes again share their place.

    Written aside, then renamed: a full disk or a crash leaves no half file under a name that promises a whole one.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    place = Path(default_storage.path(path_of(sha256)))
    if not place.exists() or place.stat().st_size != len(content):
        _write(place, content)
    return sha256


def checksum(file: File) -> str:
    """SHA-256 of a file's bytes, in hex; it is read to its end and put back to its beginning."""
    file.seek(0)
    found = hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]
    file.seek(0)
    return found


def _write(place: Path, content: bytes) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=place.parent, delete=False) as draft:
        try:
            draft.write(content)
            draft.flush()
            os.fsync(draft.fileno())
            Path(draft.name).replace(place)
        except BaseException:
            Path(draft.name).unlink()
            raise


def open_kept(sha256: str) -> File:
    """The bytes, open for reading. Raises FileNotFoundError where the shelf has lost them."""
    return default_storage.open(path_of(sha256))


def path_of(sha256: str) -> str:
    """Where the bytes lie."""
    return f"shelf/{sha256[:2]}/{sha256}"
