"""Who hears of an assignment: its liaisons, its agency's head, the standing agency, the leaders (design, 3.10)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import F, Q, QuerySet

from agencies.models import APPROVE, LEAD, REPRESENT, Absence, AgencyUserPermission, Role, User
from directives.models import Pause, Step

# Of those who hold a right on an agency, those who are written to about its work.
REMINDED = (REPRESENT, LEAD)


class Hears(NamedTuple):
    """One person who hears at one step: of an agency's work, of what a follower follows, or (0) of everything."""

    step: str
    about: int
    recipient: int


@dataclass(frozen=True)
class Audience:
    """Keys of active people who are not spared for a while. Four queries, however many there are."""

    liaisons: dict[int, list[int]]  # by agency
    heads: dict[int, list[int]]  # by agency, without those who hear of everything as its liaisons
    approvers: dict[int, list[int]]  # by agency
    keepers: frozenset[int]  # who may follow a task
    standing: tuple[int, ...]  # the standing staff, for tasks that nobody follows
    leaders: tuple[int, ...]
    addresses: dict[int, str]  # of all these; empty where there is none

    @classmethod
    def current(cls, day: date, only: Collection[int] | None = None) -> Audience:
        """Everybody on `day`; or, as if they were alone, the people with the keys `only`.

        While somebody is absent their deputy hears in their stead, once, whatever else makes them hear.
        """
        rights = (*REMINDED, APPROVE)
        grants = AgencyUserPermission.objects.filter(permission__codename__in=rights, user__is_active=True)
        deputies = _deputies(day)
        spared = set(Pause.objects.in_force(day).filter(person__isnull=False).values_list("person", flat=True))
        staff = User.objects.filter(is_active=True, role__in=(Role.STAFF, Role.ADMIN, Role.LEADER)).order_by("pk")
        if only is not None:
            stood_in_for = [absent for absent, (deputy, _) in deputies.items() if deputy in only]
            grants = grants.filter(user__in=[*only, *stood_in_for])
        found: dict[str, dict[int, list[int]]] = {right: defaultdict(list) for right in rights}
        addresses = {}
        rows = grants.values_list("content_object", "user", "user__email", "permission__codename")
        # The liaisons first: a head who is one of them hears as such.
        for agency, holder, own_address, right in sorted(rows, key=lambda row: rights.index(row[3])):
            user, address = deputies.get(holder, (holder, own_address))
            if user in spared or (only is not None and user not in only):
                continue
            heard = [*found[REPRESENT][agency], *(found[LEAD][agency] if right == LEAD else ())]
            if right != APPROVE and user not in heard:
                found[right][agency].append(user)
            if right != REPRESENT and user not in found[APPROVE][agency]:
                found[APPROVE][agency].append(user)
            addresses[user] = address
        people = [row for row in staff.values_list("pk", "role", "email") if row[0] not in spared]
        keeping = (Role.STAFF, Role.ADMIN)
        return cls(
            liaisons=found[REPRESENT],
            heads=found[LEAD],
            approvers=found[APPROVE],
            keepers=frozenset(pk for pk, role, _ in people if role in keeping),
            standing=tuple(pk for pk, role, _ in people if role == Role.STAFF),
            leaders=tuple(pk for pk, role, _ in people if role == Role.LEADER),
            addresses={**{pk: address for pk, _, address in people}, **addresses},
        )

    def of_agency(self, agency: int) -> list[int]:
        """The liaisons granted on an agency, each as themselves or as their deputy."""
        return self.liaisons.get(agency, [])

    def of_head(self, agency: int) -> list[int]:
        """Its head, as themselves or as their deputy."""
        return self.heads.get(agency, [])

    def rows(self, only: Collection[int] | None = None) -> Iterator[Hears]:
        """Everybody at every step, or some alone. The follower of a task; where it has none any more, all staff.

        What nobody follows stands under the key 0, and so does what leaders hear.
        """
        by_agency = {Step.LIAISON: self.liaisons, Step.HEAD: self.heads, Step.APPROVER: self.approvers}
        for step, people in by_agency.items():
            yield from (Hears(step, agency, one) for agency, each in people.items() for one in each)
        followed = [(pk, pk) for pk in self.keepers] + [(0, pk) for pk in self.standing]
        yield from (Hears(Step.STANDING, about, one) for about, one in followed if only is None or one in only)
        yield from (Hears(Step.LEADER, 0, one) for one in self.leaders if only is None or one in only)


def without_address(day: date) -> QuerySet[User]:
    """Active people who would be reminded by mail on `day`, had they given an address."""
    held = AgencyUserPermission.objects.filter(permission__codename__in=REMINDED).values("user")
    silent = User.objects.filter(is_active=True, email="").select_related("agency").order_by("agency__sort_key", "pk")
    away = Absence.objects.in_force(day)
    at_work = Q(pk__in=held) & ~Q(pk__in=away.values("user"))
    return silent.filter(at_work | Q(pk__in=away.filter(user__in=held).values("deputy")) | Q(role=Role.STAFF))


def refused_addresses() -> QuerySet[User]:
    """Active people whose present address a mail server has refused for good."""
    marked = User.objects.filter(is_active=True, refused_address=F("email")).exclude(email="")
    return marked.select_related("agency").order_by("agency__sort_key", "pk")


def _deputies(day: date) -> dict[int, tuple[int, str]]:
    """Who stands in for whom on a day, with their address. Nobody hands on what they stand in for."""
    rows = Absence.objects.in_force(day).values_list("user", "deputy", "deputy__email")
    return {user: (deputy, address) for user, deputy, address in rows}
