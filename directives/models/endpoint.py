"""Where a gateway of chat or SMS takes the reminders of an agency or of a person."""

from __future__ import annotations

import base64

import pghistory
from django.db import models
from django.db.models import Q

from agencies.models import Agency, User

PREFIX = "whsec_"


class EndpointQuerySet(models.QuerySet["Endpoint"]):
    """Adjectives for endpoints."""

    def living(self) -> EndpointQuerySet:
        """Not removed; at most one for each owner."""
        return self.filter(removed_on=None)

    def of(self, owner: Agency | User) -> EndpointQuerySet:
        """Those of one agency, or of one person."""
        return self.filter(agency=owner) if isinstance(owner, Agency) else self.filter(user=owner)

    def in_use(self) -> EndpointQuerySet:
        """To which reminders go now: living, switched on, their agency not ended, their person's account open."""
        owned = Q(agency__ended_on=None, agency__isnull=False) | Q(user__is_active=True)
        return self.living().filter(owned, is_on=True)


# The key is in no event row, and what came with the form neither.
@pghistory.track(exclude=["secret", "submission"])
class Endpoint(models.Model):
    """Belongs to an agency or to a person. `secret`: the key that signs (Standard Webhooks); gone once it is removed.

    `submission`: the form that made the present key, so that a second press shows the same one.
    """

    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="endpoints", verbose_name="cơ quan"
    )
    user = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="endpoints", verbose_name="người nhận"
    )
    url = models.CharField("địa chỉ", max_length=500)
    secret = models.CharField("khóa ký", max_length=60, blank=True)
    submission = models.UUIDField("lần gửi biểu mẫu", null=True, blank=True)
    is_on = models.BooleanField("đang bật", default=True)
    made_on = models.DateField("thêm ngày")
    keyed_at = models.DateTimeField("tạo khóa lúc")
    removed_on = models.DateField("gỡ ngày", null=True, blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="người ghi")

    objects = EndpointQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = "kênh nhận"
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(agency__isnull=False, user=None) | Q(agency=None, user__isnull=False),
                name="endpoint_of_agency_or_person",
            ),
            models.CheckConstraint(
                condition=Q(removed_on=None) & ~Q(secret="") | Q(removed_on__isnull=False, secret="", is_on=False),
                name="endpoint_signs_while_it_lives",
            ),
            models.UniqueConstraint(
                fields=["agency"], condition=Q(removed_on=None), name="one_living_endpoint_of_an_agency"
            ),
            models.UniqueConstraint(
                fields=["user"], condition=Q(removed_on=None), name="one_living_endpoint_of_a_person"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency or self.user}"

    @property
    def owner(self) -> Agency | User:
        found = self.agency or self.user
        assert found is not None
        return found

    @property
    def key(self) -> bytes:
        """The bytes that sign."""
        return base64.b64decode(self.secret.removeprefix(PREFIX), validate=True)
