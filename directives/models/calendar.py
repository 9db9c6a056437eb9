"""What staff have laid down about working days: an official announcement wins over what is computed."""

from __future__ import annotations

import datetime

import pghistory
from django.db import models
from django.db.models import Q


class CalendarDayQuerySet(models.QuerySet["CalendarDay"]):
    """Adjectives for days that were laid down."""

    def by_date(self) -> dict[datetime.date, bool]:
        """Whether each is worked. One query; what `directives.workdays` keeps in mind."""
        return dict(self.order_by().values_list("date", "is_working"))


@pghistory.track()
class CalendarDay(models.Model):
    """One day that is worked, or is not, against what weekends and computed holidays say."""

    date = models.DateField("ngày", unique=True)
    is_working = models.BooleanField("là ngày làm việc")
    instrument = models.CharField("văn bản quy định", max_length=300)
    recorded_on = models.DateField("ngày ghi")
    recorded_by = models.ForeignKey("agencies.User", models.PROTECT, related_name="+", verbose_name="người ghi")
    version = models.PositiveIntegerField("phiên bản", default=1)

    objects = CalendarDayQuerySet.as_manager()

    class Meta:
        ordering = ["date"]
        verbose_name = "ngày nghỉ, ngày làm bù"
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=~Q(instrument=""), name="calendar_day_has_its_instrument")]

    def __str__(self) -> str:
        return f"{self.date:%d/%m/%Y}: {'làm việc' if self.is_working else 'nghỉ'}"
