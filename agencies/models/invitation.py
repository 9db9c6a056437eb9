"""A link that lets somebody join an agency: used once, gone after some days, kept only as its checksum."""

from __future__ import annotations

import hashlib
from datetime import date, datetime, timedelta

import pghistory
from django.db import models
from django.db.models import Exists, OuterRef, Q

from agencies.clock import today
from agencies.models.absence import Absence
from agencies.models.agency import LEAD, RIGHT_WORDS, Agency
from agencies.models.grants import AgencyUserPermission
from agencies.models.user import Role


def checksum(token: str) -> str:
    """SHA-256 of a secret link, in hex: what we keep of it."""
    return hashlib.sha256(token.encode()).hexdigest()


LASTS = timedelta(days=7)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Adjectives for invitations."""

    def waiting(self, moment: datetime) -> InvitationQuerySet:
        """Neither used, nor withdrawn, nor too old, of an agency that lives, by somebody who may still invite."""
        fresh = self.unanswered().filter(expires_at__gt=moment, agency__ended_on=None, made_by__is_active=True)
        by_staff = Q(made_by__role__in=(Role.STAFF, Role.ADMIN))
        return fresh.filter(by_staff | (~Q(right=LEAD) & Q(Exists(_maker_leads()))))

    def unanswered(self) -> InvitationQuerySet:
        return self.filter(accepted_at=None, withdrawn_at=None)


def _maker_leads() -> models.QuerySet:
    """The right that lets a head invite, held today: their own, or of whoever they stand in for."""
    maker = OuterRef(OuterRef("made_by"))
    stood_in_for = Absence.objects.in_force(today()).filter(deputy=maker).values("user")
    return AgencyUserPermission.objects.filter(
        Q(user=OuterRef("made_by")) | Q(user__in=stood_in_for),
        content_object=OuterRef("agency"),
        permission__codename=LEAD,
    )


@pghistory.track(exclude=["token_sha256"])
class Invitation(models.Model):
    """Lời mời: `right` is one of agencies.models.RIGHTS."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="invitations", verbose_name="cơ quan")
    right = models.CharField("quyền", max_length=10, choices=tuple(RIGHT_WORDS.items()))
    full_name = models.CharField("họ và tên", max_length=100, blank=True)
    email = models.EmailField("thư điện tử", blank=True)
    token_sha256 = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey("agencies.User", models.PROTECT, related_name="invitations", verbose_name="người mời")
    made_on = models.DateField("ngày mời")
    expires_at = models.DateTimeField("hết hiệu lực lúc")
    accepted_by = models.ForeignKey(
        "agencies.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người nhận lời"
    )
    accepted_at = models.DateTimeField("nhận lời lúc", null=True, blank=True)
    withdrawn_at = models.DateTimeField("thu hồi lúc", null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = "lời mời"
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(accepted_by__isnull=False), name="accepted_by_somebody"
            )
        ]

    def __str__(self) -> str:
        return f"{self.agency}: {self.full_name or self.email}"

    @property
    def last_day(self) -> date:
        """The business day on which the link stops working; the exact moment is `expires_at`."""
        return self.made_on + LASTS
