"""Somebody is away, and somebody else stands in: rights and mail follow for these days."""

from __future__ import annotations

from datetime import date

import pghistory
from django.db import models
from django.db.models import F, Q

from agencies.models.user import Role


class AbsenceQuerySet(models.QuerySet["Absence"]):
    """Adjectives for absences."""

    def on(self, day: date) -> AbsenceQuerySet:
        """Those that hold on a day; both ends belong to them."""
        return self.filter(since__lte=day, until__gte=day)

    def in_force(self, day: date) -> AbsenceQuerySet:
        """Those whose deputy really stands in on a day: an active liaison. Otherwise all stays with the absent."""
        return self.on(day).filter(deputy__is_active=True, deputy__role=Role.LIAISON)

    def touching(self, since: date, until: date) -> AbsenceQuerySet:
        """Those that share a day with this stretch."""
        return self.filter(since__lte=until, until__gte=since)

    def not_over(self, day: date) -> AbsenceQuerySet:
        """Those that hold on a day or later."""
        return self.filter(until__gte=day)


@pghistory.track()
class Absence(models.Model):
    """From `since` to `until`, both included, `deputy` holds whatever `user` holds, and gets their mail."""

    user = models.ForeignKey("agencies.User", models.PROTECT, related_name="absences", verbose_name="người vắng")
    deputy = models.ForeignKey("agencies.User", models.PROTECT, related_name="stands_in", verbose_name="người thay")
    since = models.DateField("từ ngày")
    until = models.DateField("đến hết ngày")
    reason = models.CharField("lý do", max_length=200, blank=True)
    recorded_by = models.ForeignKey("agencies.User", models.PROTECT, related_name="+", verbose_name="người ghi")

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        ordering = ["-since", "pk"]
        verbose_name = "vắng mặt"
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="absence_ends_after_start"),
            models.CheckConstraint(condition=~Q(deputy=F("user")), name="deputy_is_somebody_else"),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.since:%d/%m/%Y} – {self.until:%d/%m/%Y}"
