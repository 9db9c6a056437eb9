"""The register of bodies: loaded from the files shipped in `data/`, searched by any usual name."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.db.models import F
from django.utils.text import slugify

from agencies.errors import Refused
from agencies.history import acting
from agencies.models import Agency, AgencyCode, Membership, User
from agencies.names import fold, is_plural, key, keys

__all__ = [
    "Loaded",
    "body",
    "directory",
    "ensure_register",
    "find",
    "find_or_create",
    "fold",
    "free_code",
    "give_codes",
    "load_register",
    "names",
    "short",
    "shipped",
]

DATA = Path(__file__).with_name("data")
FIELDS = ("name", "short_name", "kind", "is_group", "aliases", "sort_key", "is_verified", "identifier", "started_on")
UNVERIFIED_LAST = "900-"
LONG, SHORT = 200, 60  # characters that a name and a short name may have


@dataclass(frozen=True)
class Loaded:
    """What a load did: bodies made, changed (only where asked), left as they were; memberships made."""

    created: int = 0
    updated: int = 0
    kept: int = 0
    memberships: int = 0


def names() -> list[str]:
    """The registers that are shipped, the oldest first; the other files there are reorganisations."""
    return sorted((name for name in files() if "agencies" in shipped(name)), key=lambda name: shipped(name)["as_of"])


def files() -> list[str]:
    """All that is shipped in `data/`."""
    return sorted(path.stem for path in DATA.glob("*.json"))


def load_register(name: str, *, by: User | None = None, day: date | None = None, overwrite: bool = False) -> Loaded:
    """Load a shipped register, by code; what staff changed stays unless `overwrite`. Raises `Refused`."""
    if name not in names():
        raise Refused(f"Không có danh mục “{name}”. Các danh mục có sẵn: {', '.join(names())}.")
    register = shipped(name)
    with acting(by, "load_register", day, register=name):
        states = [_load(row, overwrite) for row in register["agencies"]]
        members = sum(_join(row) for row in register["agencies"])
    return Loaded(states.count("created"), states.count("updated"), states.count("kept"), members)


def ensure_register(
    place: str | None, *, by: User | None = None, day: date | None = None, on: date | None = None
) -> Loaded | None:
    """Load the shipped register of this place, where no agency exists yet; None if nothing was loaded.

    Of several the one that held on the day `on` (of the document), or else the oldest.
    """
    if not place or Agency.objects.exists():
        return None
    of_place = [name for name in names() if fold(shipped(name)["place"]) == fold(place).removeprefix("tinh ")]
    begun = [name for name in of_place if on and date.fromisoformat(shipped(name)["as_of"]) <= on]
    wanted = begun[-1:] or of_place[:1]
    return load_register(wanted[0], by=by, day=day) if wanted else None


def directory(day: date | None = None) -> dict[str, Agency]:
    """Every agency by the key of each of its names; one that lives on `day` (None: that has not ended) goes first.

    Names are used again: "Sở Tài chính" of 2023 and that of 2026 are two bodies. One query.
    """
    found: dict[str, Agency] = {}
    agencies = list(Agency.objects.order_by(F("started_on").desc(nulls_last=True), "sort_key"))
    for lives in (True, False):
        for attribute in (_own_names, _other_names):
            for agency in agencies:
                if agency.lives_on(day) == lives:
                    for name in attribute(agency):
                        found.setdefault(key(name), agency)
    return found


def find(
    name: str, *, place: str | None = None, known: dict[str, Agency] | None = None, day: date | None = None
) -> Agency | None:
    """The body of this name, short name or alias, with or without its province; None if nobody is known by it.

    `day` (of the document) chooses among bodies of one name; `known` is a `directory()`, for callers with many names.
    """
    known = directory(day) if known is None else known
    places = (*_places(), place) if place else _places()
    return next((known[each] for each in keys(name, places) if each in known), None)


def find_or_create(
    name: str, *, day: date, by: User | None = None, place: str | None = None, on: date | None = None
) -> Agency:
    """The body that has this name on the day `on` (of the document), or a new one that staff have yet to check."""
    name = " ".join(name.split())[:LONG].strip()
    if found := find(name, place=place, day=on):
        return found
    name = name[:1].upper() + name[1:]
    code = free_code(name)
    with acting(by, "register_agency", day):
        return Agency.objects.create(
            code=code,
            name=name,
            short_name=short(name),
            kind="group" if is_plural(name) else "other",
            is_group=is_plural(name),
            sort_key=f"{UNVERIFIED_LAST}{code}",
            is_verified=False,
        )


@cache
def shipped(name: str) -> dict[str, Any]:
    """What a file in `data/` says. Raises Refused for a name that is none of them."""
    if name not in files():
        raise Refused(f"Không có tệp dữ liệu “{name}”. Các tệp có sẵn: {', '.join(files())}.")
    return json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))


def body(row: dict[str, Any]) -> dict[str, Any]:
    """The fields of an agency that a line of a register gives."""
    values = {field: row[field] for field in FIELDS if field in row}
    if values.get("started_on"):
        values["started_on"] = date.fromisoformat(values["started_on"])
    return values


def give_codes(agency: Agency, row: dict[str, Any]) -> None:
    """The identification codes of a line of a register, where they are missing."""
    for each in row.get("codes", ()):
        days = {name: date.fromisoformat(each[name]) if each[name] else None for name in ("since", "until")}
        AgencyCode.objects.get_or_create(
            agency=agency,
            scheme=each["scheme"],
            code=each["code"],
            defaults=days | {"is_verified": each["is_verified"]},
        )


def _load(row: dict[str, Any], overwrite: bool) -> str:
    values = body(row)
    agency, created = Agency.objects.get_or_create(code=row["code"], defaults=values)
    if created:
        give_codes(agency, row)
        return "created"
    if not overwrite or all(getattr(agency, field) == value for field, value in values.items()):
        return "kept"
    Agency.objects.filter(pk=agency.pk).update(**values)
    return "updated"


def _join(row: dict[str, Any]) -> int:
    """Memberships that are missing altogether; one that staff ended stays ended."""
    made = 0
    for member in row.get("members", ()):
        group, body = Agency.objects.get(code=row["code"]), Agency.objects.get(code=member)
        if not Membership.objects.filter(group=group, member=body).exists():
            Membership.objects.create(group=group, member=body, since=date.fromisoformat(row["members_since"]))
            made += 1
    return made


def _places() -> tuple[str, ...]:
    return tuple({shipped(name)["place"]: None for name in names()})


def _own_names(agency: Agency) -> Iterator[str]:
    yield agency.name
    yield agency.short_name


def _other_names(agency: Agency) -> Iterator[str]:
    yield from agency.aliases


def short(name: str) -> str:
    """The name itself, or as many of its first words as fit, with an ellipsis."""
    if len(name) <= SHORT:
        return name
    return name[:SHORT].rsplit(" ", 1)[0][: SHORT - 1].rstrip(" ,;:–-") + "…"


def free_code(name: str) -> str:
    """A code made of the name that no body has yet."""
    stem = slugify(fold(name))[:36].strip("-") or "co-quan"
    taken = set(Agency.objects.filter(code__startswith=stem).values_list("code", flat=True))
    numbered = (f"{stem}-{number}" for number in range(2, len(taken) + 3))
    return stem if stem not in taken else next(code for code in numbered if code not in taken)
