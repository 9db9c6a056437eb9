"""What was found for the file of a directive: its documents, and the files that are to be packed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from directives.actions import shelf
from directives.archive import names
from directives.models import Upload
from directives.reports.wording import shown


@dataclass(frozen=True)
class File:
    """One to be packed: `stored` is its name in the storage, or `content` gives its bytes, which are made one by one.

    `sha256`: what it should be.
    """

    path: str
    source: str
    stored: str = ""
    content: Callable[[], bytes] | None = None
    sha256: str = ""


@dataclass(frozen=True)
class Paper:
    """One document of the index: on which day, what it is, what it says in short, and its files."""

    on: date
    what: str
    words: str = ""
    paths: tuple[str, ...] = ()


@dataclass
class Papers:
    """All of them; what is shown for several tasks is packed once."""

    listed: list[Paper] = field(default_factory=list)
    files: list[File] = field(default_factory=list)
    _kept: dict[str, str] = field(default_factory=dict)

    def in_order(self) -> list[Paper]:
        return sorted(self.listed, key=lambda paper: paper.on)

    def tell(self, on: date, what: str, words: str = "", paths: Iterable[str] = ()) -> None:
        self.listed.append(Paper(on, what, shown(words, 300), tuple(paths)))

    def pack(self, file: File) -> str:
        self.files.append(file)
        return file.path

    def pack_upload(self, upload: Upload, source: str) -> str:
        """Where it lies in the ZIP: the same content once, under the name that it came with first."""
        if upload.sha256 not in self._kept:
            path = f"{names.EVIDENCE}/{names.safe_name(upload.name, len(self._kept) + 1)}"
            self._kept[upload.sha256] = path
            self.pack(File(path, source, stored=shelf.path_of(upload.sha256), sha256=upload.sha256))
        return self._kept[upload.sha256]
