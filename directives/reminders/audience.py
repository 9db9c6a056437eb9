"""Who hears of an assignment: its liaisons; late, its agency's head too; for long, who follows it (design, 3.10)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from agencies.models import LEAD, REPRESENT, Absence, AgencyUserPermission, Role, User

# Of those who hold a right on an agency, those who are written to; a deputy who may approve is not.
REMINDED = (REPRESENT, LEAD)


@dataclass(frozen=True)
class Audience:
    """Keys of active people. Three queries, however many there are."""

    liaisons: dict[int, list[int]]  # by agency
    heads: dict[int, list[int]]  # by agency, without those who hear of everything as its liaisons
    keepers: frozenset[int]  # who may follow a task
    standing: tuple[int, ...]  # the standing staff, for tasks that nobody follows
    without_address: frozenset[int]  # of all these

    @classmethod
    def current(cls, day: date, only: int | None = None) -> Audience:
        """Everybody on `day`; or, as if they were alone, the person with the key `only`.

        While somebody is absent their deputy hears in their stead, once, whatever else makes them hear.
        """
        grants = AgencyUserPermission.objects.filter(permission__codename__in=REMINDED, user__is_active=True)
        deputies = _deputies(day)
        keepers = _keepers()
        if only is not None:
            stood_in_for = [absent for absent, (deputy, _) in deputies.items() if deputy == only]
            grants = grants.filter(user__in=[only, *stood_in_for])
        liaisons: dict[int, list[int]] = defaultdict(list)
        heads: dict[int, list[int]] = defaultdict(list)
        silent = set()
        rows = grants.values_list("content_object", "user", "user__email", "permission__codename")
        # The liaisons first: a head who is one of them hears as such.
        for agency, holder, own_address, right in sorted(rows, key=lambda row: row[3] != REPRESENT):
            user, address = deputies.get(holder, (holder, own_address))
            hears = liaisons if right == REPRESENT else heads
            if user not in (*liaisons[agency], *heads[agency]) and only in (None, user):
                hears[agency].append(user)
                silent.update([user] if not address else [])
        staff = list(keepers.values_list("pk", "role", "email"))
        silent.update(pk for pk, _, address in staff if not address)
        return cls(
            liaisons=liaisons,
            heads=heads,
            keepers=frozenset(pk for pk, *_ in staff),
            standing=tuple(pk for pk, role, _ in staff if role == Role.STAFF),
            without_address=frozenset(silent),
        )

    def of_agency(self, agency: int) -> list[int]:
        """The liaisons granted on an agency, each as themselves or as their deputy."""
        return self.liaisons.get(agency, [])

    def of_head(self, agency: int) -> list[int]:
        """Its head, as themselves or as their deputy."""
        return self.heads.get(agency, [])

    def of_late(self, follower: int | None) -> tuple[int, ...]:
        """The follower; where there is none any more, all standing staff."""
        return (follower,) if follower in self.keepers and follower is not None else self.standing


def without_address(day: date) -> QuerySet[User]:
    """Active people who would be reminded on `day`, had they given an address."""
    held = AgencyUserPermission.objects.filter(permission__codename__in=REMINDED).values("user")
    silent = User.objects.filter(is_active=True, email="").select_related("agency").order_by("agency__sort_key", "pk")
    away = Absence.objects.in_force(day)
    at_work = Q(pk__in=held) & ~Q(pk__in=away.values("user"))
    return silent.filter(at_work | Q(pk__in=away.filter(user__in=held).values("deputy")) | Q(role=Role.STAFF))


def _deputies(day: date) -> dict[int, tuple[int, str]]:
    """Who stands in for whom on a day, with their address. Nobody hands on what they stand in for."""
    rows = Absence.objects.in_force(day).values_list("user", "deputy", "deputy__email")
    return {user: (deputy, address) for user, deputy, address in rows}


def _keepers() -> QuerySet[User]:
    return User.objects.filter(is_active=True, role__in=(Role.STAFF, Role.ADMIN)).order_by("pk")
