"""People who sign in, and the one role that each has."""

from __future__ import annotations

import pghistory
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.functional import cached_property

from agencies.models.agency import Agency, AgencyQuerySet, Kind


class Role(models.TextChoices):
    """What a person comes here to do (design, section 1)."""

    ADMIN = "admin", "Quản trị"
    STAFF = "staff", "Cán bộ thường trực"
    LEADER = "leader", "Lãnh đạo"
    LIAISON = "liaison", "Đầu mối"


@pghistory.track(exclude=["password", "last_login"])
class User(AbstractUser):
    """A person. `agency` is where they work; what they may act for are the grants on agencies."""

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    full_name = models.CharField("họ và tên", max_length=100)
    title = models.CharField("chức vụ", max_length=100, blank=True)
    email = models.EmailField("thư điện tử", blank=True)
    # The address that a mail server has refused for good; while it is the present one, somebody has to mend it.
    refused_address = models.EmailField("địa chỉ bị từ chối", blank=True)
    role = models.CharField("vai trò", max_length=8, choices=Role.choices, default=Role.LIAISON)
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="people", verbose_name="cơ quan công tác"
    )
    is_illustrative = models.BooleanField("tài khoản minh hoạ", default=False)

    REQUIRED_FIELDS = ["email", "full_name"]

    class Meta:
        ordering = ["username"]
        verbose_name = "người dùng"
        verbose_name_plural = "người dùng"
        constraints = [models.UniqueConstraint("email", condition=~models.Q(email=""), name="one_person_per_address")]

    def __str__(self) -> str:
        return self.full_name or self.username

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self)

    @property
    def address_is_refused(self) -> bool:
        return bool(self.email) and self.email == self.refused_address

    @property
    def is_admin(self) -> bool:
        return self.role == Role.ADMIN

    @property
    def is_leader(self) -> bool:
        return self.role == Role.LEADER

    @property
    def is_liaison(self) -> bool:
        return self.role == Role.LIAISON

    @property
    def keeps_tasks(self) -> bool:
        """Whether they load notices, set deadlines, confirm: the standing staff and the administrator."""
        return self.role in (Role.STAFF, Role.ADMIN)

    @property
    def oversees(self) -> bool:
        """Whether they see the work of every agency."""
        return self.role in (Role.STAFF, Role.ADMIN, Role.LEADER)

    @cached_property
    def represented_ids(self) -> frozenset[int]:
        """Keys of the agencies that they may act for; one query for the life of this object."""
        if not self.is_active:
            return frozenset()
        return frozenset(self.represented().values_list("pk", flat=True))

    def represented(self) -> AgencyQuerySet:
        return Agency.objects.represented_by(self)

    def represents(self, agency_id: int) -> bool:
        """Whether a grant lets them act for this agency."""
        return agency_id in self.represented_ids

    @cached_property
    def own_ids(self) -> frozenset[int]:
        """Keys of the agencies that are theirs, by work or by grant, and of the bodies that these took over from.

        The standing staff are of the standing agency, whatever their account says of where they work. One query (for
        them one more), and one for each generation of predecessors.
        """
        from agencies.models.succession import with_predecessors

        found = {*self.represented_ids, *([self.agency_id] if self.agency_id else [])}
        if self.keeps_tasks:
            found |= set(Agency.objects.filter(kind=Kind.STANDING).values_list("pk", flat=True))
        return with_predecessors(found)

    def belongs_to(self, agency_id: int) -> bool:
        """Whether the agency is or was theirs: nobody decides on their own agency's claim (design, section 3.9)."""
        return agency_id in self.own_ids
