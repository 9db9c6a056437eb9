"""A ZIP that is written as a stream, and remembers the checksum and size of all that went in."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any, Self
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

CHUNK = 1024 * 1024
# Packed already: to pack them again costs time and wins nothing.
PACKED = (".pdf", ".png", ".jpg", ".jpeg", ".docx", ".xlsx", ".zip")


@dataclass(frozen=True)
class Packed:
    """One file that went in. `source`: what it is and where it came from, in words."""

    path: str
    sha256: str
    size: int
    source: str


@dataclass(frozen=True)
class Missing:
    """One that should have gone in."""

    path: str
    source: str
    why: str


class Package:
    """Into an open file. Names are written as UTF-8 and marked so, which is what Windows looks for."""

    def __init__(self, target: IO[bytes], moment: datetime) -> None:
        self._zip = ZipFile(target, "w", allowZip64=True)
        self._moment = moment
        self.files: list[Packed] = []
        self.missing: list[Missing] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: Any) -> None:
        """Its table of contents comes last; where something went wrong in the middle of a file there is none."""
        with suppress(ValueError) if kind else nullcontext():
            self._zip.close()

    @contextmanager
    def writing(self, path: str, source: str, size: int | None = None) -> Iterator[_Hashed]:
        """Write into the file `path`; `size`: how many bytes it will have, where known."""
        with self._zip.open(self._info(path, size), "w", force_zip64=size is None) as place:
            hashed = _Hashed(place)
            yield hashed
        self.files.append(Packed(path, hashed.hexdigest(), hashed.size, source))

    def add(self, path: str, source: str, file: IO[bytes], size: int | None = None) -> Packed:
        """All of an open file, a piece at a time."""
        with self.writing(path, source, size) as out:
            while piece := file.read(CHUNK):
                out.write(piece)
        return self.files[-1]

    def add_bytes(self, path: str, source: str, content: bytes) -> None:
        with self.writing(path, source, len(content)) as out:
            out.write(content)

    def lack(self, path: str, source: str, why: str) -> None:
        self.missing.append(Missing(path, source, why))

    def _info(self, path: str, size: int | None) -> ZipInfo:
        info = ZipInfo(path, self._moment.timetuple()[:6])
        info.compress_type = ZIP_STORED if path.lower().endswith(PACKED) else ZIP_DEFLATED
        info.external_attr = 0o644 << 16
        info.file_size = size or 0
        return info


class _Hashed:
    """Passes bytes on and counts them."""

    def __init__(self, place: Any) -> None:
        self._place, self._hash, self.size = place, hashlib.sha256(), 0

    def write(self, piece: bytes) -> None:
        self._place.write(piece)
        self._hash.update(piece)
        self.size += len(piece)

    def text(self, words: str) -> None:
        self.write(words.encode("utf-8"))

    def hexdigest(self) -> str:
        return self._hash.hexdigest()
