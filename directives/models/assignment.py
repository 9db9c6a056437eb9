"""A task as one agency carries it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pghistory
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q

from agencies.models import Agency
from directives import deadlines
from directives.deadlines import Life
from directives.models.task import Task

if TYPE_CHECKING:
    from agencies.models import User


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    """Adjectives for assignments."""

    def visible_to(self, user: User) -> AssignmentQuerySet:
        """The one gate to every row below an agency (design, section 3.11)."""
        if not user.is_active:
            return self.none()
        if user.keeps_tasks:
            return self.all()
        published = self.exclude(task__directive__published_on=None)
        if user.oversees:
            return published
        return published.filter(agency__in=Agency.objects.represented_by(user))

    def published(self) -> AssignmentQuerySet:
        return self.exclude(task__directive__published_on=None)

    def with_status(self, day: date, soon: int = deadlines.SOON_DAYS) -> AssignmentQuerySet:
        """Adds `due`, `time_state` and `figure` as they stand on `day`."""
        return self.annotate(
            due=deadlines.due(), time_state=deadlines.time_state(day, soon), figure=deadlines.figure(day)
        )

    def open(self) -> AssignmentQuerySet:
        return self.filter(life__in=deadlines.OPEN)

    def overdue(self, day: date) -> AssignmentQuerySet:
        return self.with_status(day).filter(time_state=deadlines.TimeState.OVERDUE)


@pghistory.track()
class Assignment(models.Model):
    """Phân công. `received_on` is the day the agency got it; `version` counts changes, for polite editing."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="assignments", verbose_name="nhiệm vụ")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="assignments", verbose_name="cơ quan")
    life = models.CharField("tình trạng", max_length=12, choices=Life.choices, default=Life.NOT_STARTED)
    deadline = models.DateField("thời hạn", null=True, blank=True)
    received_on = models.DateField("nhận ngày", null=True, blank=True)
    started_on = models.DateField("bắt đầu ngày", null=True, blank=True)
    submitted_on = models.DateField("đề nghị hoàn thành ngày", null=True, blank=True)
    completed_on = models.DateField("hoàn thành ngày", null=True, blank=True)
    supplement_due_on = models.DateField("hạn bổ sung", null=True, blank=True)
    grace_until = models.DateField("được tính trong hạn đến", null=True, blank=True)
    percent = models.PositiveSmallIntegerField("phần trăm", null=True, blank=True, validators=[MaxValueValidator(100)])
    version = models.PositiveIntegerField("phiên bản", default=1)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        ordering = ["task", "agency__sort_key"]
        verbose_name = "phân công"
        default_permissions = ()
        indexes = [models.Index(fields=["agency", "life", "deadline"], name="assignment_by_agency")]
        constraints = [
            models.UniqueConstraint(fields=["task", "agency"], name="assignment_once"),
            models.CheckConstraint(condition=Q(percent=None) | Q(percent__lte=100), name="percent_up_to_100"),
            models.CheckConstraint(condition=~Q(life=Life.DONE) | Q(completed_on__isnull=False), name="done_has_a_day"),
            models.CheckConstraint(
                condition=~Q(life=Life.AWAITING) | Q(submitted_on__isnull=False), name="awaiting_has_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task} – {self.agency.short_name}"
