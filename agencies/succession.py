"""Bodies take over from bodies (design, section 3.12): dates of life, memberships, people and their rights.

The work that they carry is moved by `directives.actions.succession`, in the same transaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from agencies import registers
from agencies.history import acting
from agencies.inheritance import end, pass_memberships, pass_people
from agencies.locking import lock_bodies
from agencies.models import Agency, Kind, Shape, Succession, SuccessionLink, User
from agencies.succession_rules import PEOPLE_PASS, NewBody, check


@dataclass(frozen=True)
class Recorded:
    """The succession with its bodies under lock; whether it was written now (False: it stood there already)."""

    succession: Succession
    old: list[Agency]
    new: list[Agency]
    created: bool


def record(
    *,
    shape: Shape,
    on: date,
    instrument: str,
    old: Sequence[Agency],
    new: Sequence[Agency | NewBody],
    by: User | None,
    day: date,
    function: str = "",
    is_verified: bool = True,
) -> Recorded:
    """End the old bodies on `on` (a transfer ends none), begin the new ones, pass on memberships and people.

    The same a second time is given back as it stands. Raises Refused with the reason.
    """
    with acting(by, "succeed", day):
        rows = lock_bodies([*old, *(body for body in new if isinstance(body, Agency))])
        olds = [rows[pk] for pk in sorted({body.pk for body in old})]
        if same := _recorded(shape, on, function.strip(), olds, new):
            return same
        check(shape, on, instrument.strip(), function.strip(), olds, new, day)
        news = [_begun(body, olds, on, shape) if isinstance(body, NewBody) else rows[body.pk] for body in new]
        succession = Succession.objects.create(
            shape=shape,
            on=on,
            instrument=instrument.strip(),
            function=function.strip() if shape == Shape.TRANSFER else "",
            is_verified=is_verified,
            recorded_on=day,
            recorded_by=by,
        )
        SuccessionLink.objects.bulk_create(
            SuccessionLink(succession=succession, old=before, new=after) for before in olds for after in news
        )
        if shape != Shape.TRANSFER:
            end(olds, on)
            pass_memberships(olds, news, on)
        if shape in PEOPLE_PASS:
            pass_people(olds, news[0], by=by, day=day)
        return Recorded(succession, olds, news, True)


def successors(agency: Agency) -> list[Agency]:
    """Who took over from an ended body, directly; of a living one nobody, whatever functions it gave away."""
    if not agency.has_ended:
        return []
    links = SuccessionLink.objects.filter(old=agency).exclude(succession__shape=Shape.TRANSFER)
    return [link.new for link in links.select_related("new").order_by("new__sort_key")]


def living(agency: Agency) -> list[Agency]:
    """Who stands in its place now: itself while it lives, or where nobody took over; else its heirs, all the way."""
    if not (heirs := successors(agency)):
        return [agency]
    return list({each.pk: each for heir in heirs for each in living(heir)}.values())


@dataclass(frozen=True)
class Told:
    """One succession with the bodies on both sides, each once."""

    succession: Succession
    old: list[Agency]
    new: list[Agency]


def told(successions: Iterable[Succession]) -> list[Told]:
    """With their bodies. One query."""
    rows = list(successions)
    links = SuccessionLink.objects.filter(succession__in=rows).select_related("old", "new")
    sides: dict[int, tuple[dict[int, Agency], dict[int, Agency]]] = {row.pk: ({}, {}) for row in rows}
    for link in links.order_by("succession", "pk"):
        old, new = sides[link.succession_id]
        old[link.old_id], new[link.new_id] = link.old, link.new
    return [Told(row, list(sides[row.pk][0].values()), list(sides[row.pk][1].values())) for row in rows]


def lineage(agency: Agency) -> tuple[list[Told], list[Told]]:
    """What a body took over, and who took over from it. Two queries."""
    about = Q(links__old=agency) | Q(links__new=agency)
    found = told(Succession.objects.filter(about).distinct().order_by("on", "pk"))
    came = [each for each in found if agency in each.new]
    return came, [each for each in found if agency in each.old]


def _recorded(
    shape: Shape, on: date, function: str, old: list[Agency], new: Sequence[Agency | NewBody]
) -> Recorded | None:
    """The same shape on the same day from the same bodies to bodies of the same names, in the order of `new`."""
    there = Succession.objects.filter(shape=shape, on=on, links__old__in=old).distinct()
    if shape == Shape.TRANSFER:
        there = there.filter(function=function)
    wanted_old, wanted_new = {body.pk for body in old}, [registers.fold(body.name) for body in new]
    for succession in there:
        links = list(succession.links.select_related("new"))
        known = {registers.fold(link.new.name): link.new for link in links}
        if {link.old_id for link in links} == wanted_old and set(known) == set(wanted_new):
            return Recorded(succession, old, [known[name] for name in wanted_new], False)
    return None


def _begun(body: NewBody, old: list[Agency], on: date, shape: Shape) -> Agency:
    name = " ".join(body.name.split())[: registers.LONG].strip()
    code = body.code or registers.free_code(f"{name} {on.year}")
    return Agency.objects.create(
        code=code,
        name=name,
        short_name=registers.short(" ".join((body.short_name or name).split())),
        kind=body.kind or _kind_of(old),
        is_group=old[0].is_group,
        aliases=list(body.aliases),
        # Beside the body that it comes from.
        sort_key=(body.sort_key or f"{old[0].sort_key}-{code}")[:60],
        started_on=on,
        is_verified=body.is_verified,
        # No head passes over where a body is split.
        needs_approval=shape != Shape.SPLIT and any(each.needs_approval for each in old),
    )


def _kind_of(old: list[Agency]) -> Kind:
    """That of the first; but the standing agency stays one, whatever joins it."""
    return Kind.STANDING if any(each.kind == Kind.STANDING for each in old) else Kind(old[0].kind)
