"""Which bodies a cell names: by the register, and by what staff chose for names that it does not know."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from agencies import registers
from agencies.models import Agency
from agencies.names import key
from directives import notices

_PARTED = re.compile(r"[\n;+]|\s+/\s+")
_LEADING = re.compile(r"\A\s*(?:[-–•*+]|\d{1,2}[.)])\s*")


class Bodies:
    """All agencies, asked once; `chosen`: keys of agencies by the key of a name, as staff matched them."""

    def __init__(self, chosen: Mapping[str, int]) -> None:
        every = Agency.objects.in_bulk()
        self.chosen = {name: every[pk] for name, pk in chosen.items() if pk in every}
        self._directories: dict[date | None, dict[str, Agency]] = {}

    def find(self, name: str, on: date | None) -> Agency | None:
        """The body of this name on the day of the document; what staff chose goes first."""
        if chosen := self.chosen.get(key(name)):
            return chosen
        if on not in self._directories:
            self._directories[on] = registers.directory(on)
        return registers.find(name, known=self._directories[on])

    def names(self, text: str, on: date | None) -> list[str]:
        """The names of a cell: the whole of it where that is a body, else what stands on its lines, between its
        semicolons, and divided as a notice is ("Sở Tài chính, Sở Nội vụ và UBND huyện Cam Lộ")."""
        found: list[str] = []
        for line in _PARTED.split(text):
            line = _LEADING.sub("", line).strip(" ,.")
            if line:
                found += [line] if self.find(line, on) else self._divided(line, on)
        return list(dict.fromkeys(found))

    def _divided(self, line: str, on: date | None) -> list[str]:
        names = notices.split_names(line)
        if all(self.find(each, on) for each in names):
            return names
        # A comma more than the grammar knows: only where every piece is somebody.
        pieces = [each.strip() for each in re.split(r",|\s-\s", line) if each.strip()]
        return pieces if all(self.find(each, on) for each in pieces) else names
