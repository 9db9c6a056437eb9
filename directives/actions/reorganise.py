"""A reorganisation that is shipped in `agencies/data`: many successions, one after the other, each said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from agencies import registers
from agencies.errors import Refused
from agencies.models import Agency, Shape, User
from agencies.succession_rules import NewBody
from directives.actions.locking import require_keeper
from directives.actions.succession import Succeeded, succeed


@dataclass(frozen=True)
class Step:
    """One succession of the file in words, and what became of it: `state` is "done", "there", "ahead" or "refused".

    `open`: how many assignments left the old bodies; `moved`: how many came to the new ones of it.
    """

    words: str
    instrument: str
    state: str
    open: int = 0
    moved: int = 0
    why: str = ""
    is_verified: bool = True


@dataclass(frozen=True)
class Reorganised:
    """Its title, the steps in order, and what the sources do not say."""

    title: str
    steps: list[Step]
    not_found: list[str]


def reorganisations() -> list[str]:
    """Those that are shipped."""
    return [name for name in registers.files() if "successions" in registers.shipped(name)]


def apply_reorganisation(*, name: str, by: User | None, day: date) -> Reorganised:
    """Every succession that holds on `day`; what is done already stays. Raises Refused for an unknown name.

    One that the rules refuse is said and left out, as staff may have recorded it otherwise; the rest goes on.
    """
    require_keeper(by)
    if name not in reorganisations():
        raise Refused(f"Không có đợt sắp xếp “{name}”. Các đợt có sẵn: {', '.join(reorganisations())}.")
    shipped = registers.shipped(name)
    rows = {row["code"]: row for row in registers.shipped(shipped["register"])["agencies"]}
    steps = [_step(each, rows, by=by, day=day) for each in shipped["successions"]]
    if not any(step.state == "ahead" for step in steps):
        registers.load_register(shipped["register"], by=by, day=day)
    return Reorganised(shipped["title"], steps, shipped["not_found"])


def preview_reorganisation(*, name: str, by: User | None, day: date) -> Reorganised:
    """What `apply_reorganisation` would do now, found out by doing it and taking it back."""
    with transaction.atomic():
        done = apply_reorganisation(name=name, by=by, day=day)
        transaction.set_rollback(True)
    return done


def _step(each: dict[str, Any], rows: dict[str, dict[str, Any]], *, by: User | None, day: date) -> Step:
    on, known = date.fromisoformat(each["on"]), _known(each["old"] + each["new"])
    names = {code: known[code].name if code in known else rows.get(code, {}).get("name", code) for code in known | rows}
    words = f"{on:%d/%m/%Y}, {_what(each)}: {_named(each['old'], names)} → {_named(each['new'], names)}"
    said = {"words": words, "instrument": each["instrument"], "is_verified": each["is_verified"]}
    if on > day:
        return Step(**said, state="ahead", why="chưa đến ngày có hiệu lực")
    if missing := [code for code in each["old"] if code not in known]:
        return Step(**said, state="refused", why=f"không có trong sổ: {_named(missing, names)}")
    try:
        done = _succeed(each, on, known, rows, by=by, day=day)
    except Refused as refusal:
        return Step(**said, state="refused", why=str(refusal))
    left = len({old.pk for old, _ in done.moved})
    return Step(**said, state="done" if done.created else "there", open=left, moved=len(done.moved))


def _what(each: dict[str, Any]) -> str:
    """The shape in words; only a function goes over by a transfer, and which one is said."""
    shape = str(Shape(each["shape"]).label).lower()
    return f"{shape} ({each['function']})" if each.get("function") else shape


def _succeed(
    each: dict[str, Any],
    on: date,
    known: dict[str, Agency],
    rows: dict[str, dict[str, Any]],
    *,
    by: User | None,
    day: date,
) -> Succeeded:
    done = succeed(
        shape=Shape(each["shape"]),
        on=on,
        instrument=each["instrument"],
        function=each.get("function", ""),
        old=[known[code] for code in each["old"]],
        new=[known.get(code) or _body(rows[code]) for code in each["new"]],
        is_verified=each["is_verified"],
        by=by,
        day=day,
    )
    for code in each["new"]:
        if code not in known:
            registers.give_codes(Agency.objects.get(code=code), rows[code])
    return done


def _known(codes: list[str]) -> dict[str, Agency]:
    return {agency.code: agency for agency in Agency.objects.filter(code__in=codes)}


def _named(codes: list[str], names: dict[str, str]) -> str:
    return ", ".join(names.get(code, code) for code in codes)


def _body(row: dict[str, Any]) -> NewBody:
    return NewBody(
        code=row["code"],
        name=row["name"],
        short_name=row["short_name"],
        kind=row["kind"],
        aliases=tuple(row["aliases"]),
        sort_key=row["sort_key"],
        is_verified=row["is_verified"],
    )
