"""How each kind of body heads and signs its papers (Decree 30/2020/NĐ-CP, Annex I; for the Party its own rules).

What does not follow from kind and name for sure is left to whoever signs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from agencies.models import Agency, Kind
from directives.models import Office
from directives.reports.wording import printable

# Bodies of the province itself write under it; a district or a branch of a ministry has a head of its own.
UNDER_THE_PROVINCE = (Kind.STANDING, Kind.DEPARTMENT, Kind.TEAM)
LOCAL = (Kind.DISTRICT, Kind.COMMUNE)
COMMITTEE = re.compile(r"(?:UBND|(?:Ủy|Uỷ) ban nhân dân)\s+", re.IGNORECASE)
UNIT = re.compile(r"(?:huyện|quận|thành phố|thị xã|thị trấn|xã|phường|đặc khu)\s+(?=\D)", re.IGNORECASE)
OF_THE_PARTY = re.compile(r"\s+Tỉnh (?:ủy|uỷ)\b.*", re.IGNORECASE)
HEAD = "THỦ TRƯỞNG CƠ QUAN"


@dataclass(frozen=True)
class Letterhead:
    """`parent` and `name`: lines on the left. `place`: địa danh, empty where the name does not tell it."""

    parent: str
    name: Sequence[str]
    place: str
    signs_as: Sequence[str]
    kept_at: str = "Lưu: VT"
    is_party: bool = False


def letterhead_of(agency: Agency, office: Office) -> Letterhead:
    name, place = printable(agency.name), printable(office.place)
    if agency.kind == Kind.PARTY:
        return _party(name, place)
    if agency.kind in LOCAL:
        return _local(name)
    parent = printable(office.parent_name).upper() if agency.kind in UNDER_THE_PROVINCE else ""
    return Letterhead(parent, [name.upper()], place, [_signs_as(name)])


def _signs_as(name: str) -> str:
    lower = name.lower()
    if lower.startswith("sở "):
        return "GIÁM ĐỐC"
    return "CHỦ TỊCH" if lower.startswith(("liên minh hợp tác xã", "liên minh htx")) else HEAD


def _local(name: str) -> Letterhead:
    """ "UBND huyện Gio Linh" writes at Gio Linh; in "Phường 1" the kind of unit belongs to the name."""
    committee = COMMITTEE.match(name)
    if committee is None:
        return Letterhead("", [name.upper()], "", [HEAD])
    unit = name[committee.end() :]
    signs_as = ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"]
    return Letterhead("", ["ỦY BAN NHÂN DÂN", unit.upper()], UNIT.sub("", unit, count=1), signs_as)


def _party(name: str, place: str) -> Letterhead:
    """ "Ban Tuyên giáo Tỉnh ủy": under the committee of the province, by the Party's rules."""
    own = OF_THE_PARTY.sub("", name)
    parent = f"TỈNH ỦY {place.upper()}" if own != name else ""
    signs_as = "TRƯỞNG BAN" if name.lower().startswith("ban ") else HEAD
    return Letterhead(parent, [own.upper()], place, [signs_as], kept_at="Lưu", is_party=True)
