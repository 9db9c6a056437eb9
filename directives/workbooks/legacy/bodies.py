"""Which bodies a cell names: by the register, and by what staff chose for names that it does not know."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from datetime import date

from agencies import registers
from agencies.models import Agency
from agencies.names import key
from directives import notices

_PARTED = re.compile(r"[\n;+]|\s+/\s+")
_LEADING = re.compile(r"\A\s*(?:[-–•*+]|\d{1,2}[.)])\s*")


class Bodies:
    """All agencies, asked once; `chosen`: keys of agencies by the key of a name, as staff matched them.

    A book names the same bodies over and over, on hundreds of days: each name is looked up once for each time between
    two days on which a body began or ended.
    """

    def __init__(self, chosen: Mapping[str, int]) -> None:
        every = Agency.objects.in_bulk()
        self.chosen = {name: every[pk] for name, pk in chosen.items() if pk in every}
        self._turns = sorted({day for each in every.values() for day in (each.started_on, each.ended_on) if day})
        self._directories: dict[int | None, dict[str, Agency]] = {}
        self._found: dict[tuple[str, int | None], Agency | None] = {}
        self._named: dict[tuple[str, int | None], list[str]] = {}

    def find(self, name: str, on: date | None) -> Agency | None:
        """The body of this name on the day of the document; what staff chose goes first."""
        asked = (name, self._time(on))
        if asked not in self._found:
            self._found[asked] = self.chosen.get(key(name)) or registers.find(name, known=self._directory(on))
        return self._found[asked]

    def _time(self, on: date | None) -> int | None:
        """Days with the same number have the same living bodies."""
        return None if on is None else bisect_right(self._turns, on)

    def _directory(self, on: date | None) -> dict[str, Agency]:
        time = self._time(on)
        if time not in self._directories:
            self._directories[time] = registers.directory(on)
        return self._directories[time]

    def names(self, text: str, on: date | None) -> list[str]:
        """The names of a cell: the whole of it where that is a body, else what stands on its lines, between its
        semicolons, and divided as a notice is ("Sở Tài chính, Sở Nội vụ và UBND huyện Cam Lộ")."""
        asked = (text, self._time(on))
        if asked not in self._named:
            self._named[asked] = list(dict.fromkeys(self._names(text, on)))
        return self._named[asked]

    def _names(self, text: str, on: date | None) -> list[str]:
        found: list[str] = []
        for line in _PARTED.split(text):
            line = _LEADING.sub("", line).strip(" ,.")
            if line:
                found += [line] if self.find(line, on) else self._divided(line, on)
        return found

    def _divided(self, line: str, on: date | None) -> list[str]:
        names = notices.split_names(line)
        if all(self.find(each, on) for each in names):
            return names
        # A comma more than the grammar knows: only where every piece is somebody.
        pieces = [each.strip() for each in re.split(r",|\s-\s", line) if each.strip()]
        return pieces if all(self.find(each, on) for each in pieces) else names
