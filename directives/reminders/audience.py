"""Who hears of an assignment: its liaisons, and, when it is late for long, who follows it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import QuerySet

from agencies.models import REPRESENT, AgencyUserPermission, Role, User


@dataclass(frozen=True)
class Audience:
    """Keys of active people. Two queries, however many there are."""

    liaisons: dict[int, list[int]]  # by agency
    keepers: frozenset[int]  # who may follow a task
    standing: tuple[int, ...]  # the standing staff, for tasks that nobody follows
    without_address: frozenset[int]  # of all these

    @classmethod
    def current(cls, only: int | None = None) -> Audience:
        """Everybody; or, as if they were alone, the person with the key `only`."""
        grants = AgencyUserPermission.objects.filter(permission__codename=REPRESENT, user__is_active=True)
        keepers = _keepers()
        if only is not None:
            grants = grants.filter(user=only)
        liaisons: dict[int, list[int]] = defaultdict(list)
        silent = set()
        for agency, user, address in grants.values_list("content_object", "user", "user__email"):
            liaisons[agency].append(user)
            silent.update([user] if not address else [])
        staff = list(keepers.values_list("pk", "role", "email"))
        silent.update(pk for pk, _, address in staff if not address)
        return cls(
            liaisons=liaisons,
            keepers=frozenset(pk for pk, *_ in staff),
            standing=tuple(pk for pk, role, _ in staff if role == Role.STAFF),
            without_address=frozenset(silent),
        )

    def of_agency(self, agency: int) -> list[int]:
        """The liaisons granted on an agency."""
        return self.liaisons.get(agency, [])

    def of_late(self, follower: int | None) -> tuple[int, ...]:
        """The follower; where there is none any more, all standing staff."""
        return (follower,) if follower in self.keepers and follower is not None else self.standing


def without_address() -> QuerySet[User]:
    """Active people who would be reminded, had they given an address."""
    held = AgencyUserPermission.objects.filter(permission__codename=REPRESENT).values("user")
    silent = User.objects.filter(is_active=True, email="").select_related("agency").order_by("agency__sort_key", "pk")
    return silent.filter(pk__in=held) | silent.filter(role=Role.STAFF)


def _keepers() -> QuerySet[User]:
    return User.objects.filter(is_active=True, role__in=(Role.STAFF, Role.ADMIN)).order_by("pk")
