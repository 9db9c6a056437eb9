"""What the office has chosen about reminders: the rungs and whom they reach; who is spared; what is said at once."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from datetime import date
from typing import Any

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from agencies.models.append_only import append_only
from directives.models.reminder import Reason, Step

# Of each reason what holds until the office says otherwise. Days are calendar days, moved to working days.
DEFAULTS: Mapping[str, dict[str, Any]] = {
    Reason.BEFORE: {"steps": [7, 3, 1]},
    Reason.ON_DAY: {"steps": [0]},
    Reason.AFTER: {"first": 7, "every": 7, "head_after": 7, "standing_after": 14},
    Reason.RETURNED: {"steps": [3, 1, 0], "first": 7, "every": 7},
    Reason.RECEIVED: {},
    Reason.EXTENSION: {},
    Reason.RELEASE: {},
    Reason.ANSWERED: {},
    Reason.ROUND_OPEN: {},
    Reason.ROUND_SOON: {"steps": [1]},
    Reason.ROUND_MISSED: {"first": 1, "every": 7, "head_after": 3, "standing_after": 5},
    Reason.DRAFTED: {"to_liaison": False, "standing_after": 0},
    Reason.WAITING: {"first": 3, "every": 7, "to_liaison": False, "standing_after": 0},
    Reason.NUDGED: {},
}


@pghistory.track()
class RungRule(models.Model):
    """One rung of the ladder: when it comes, and whom it reaches; without a row DEFAULTS hold.

    `steps`: days before the day in question. `first`, `every`: days after it, and then again. `…_after`: from how
    many days after it on somebody hears; 0 with the liaison, None never.
    """

    reason = models.CharField("lý do", max_length=12, choices=Reason.choices, unique=True)
    is_on = models.BooleanField("đang dùng", default=True)
    steps = ArrayField(models.PositiveSmallIntegerField(), verbose_name="trước (ngày)", default=list, blank=True)
    first = models.PositiveSmallIntegerField("lần đầu sau (ngày)", default=0)
    every = models.PositiveSmallIntegerField("nhắc lại sau (ngày)", default=0)
    to_liaison = models.BooleanField("gửi đầu mối", default=True)
    head_after = models.PositiveSmallIntegerField("gửi thủ trưởng sau (ngày)", null=True, blank=True)
    standing_after = models.PositiveSmallIntegerField("báo cơ quan thường trực sau (ngày)", null=True, blank=True)
    leader_after = models.PositiveSmallIntegerField("báo lãnh đạo sau (ngày)", null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = "mốc nhắc việc"
        default_permissions = ()

    def __str__(self) -> str:
        return self.get_reason_display()

    @classmethod
    def initial(cls, reason: str) -> RungRule:
        """What holds until the office says otherwise; not saved."""
        return cls(reason=reason, **deepcopy(DEFAULTS[reason]))

    @classmethod
    def current(cls) -> dict[str, RungRule]:
        """The rule of every reason, in their order. One query."""
        saved = {rule.reason: rule for rule in cls.objects.all()}
        return {reason: saved.get(reason) or cls.initial(reason) for reason in DEFAULTS}

    def after(self, step: str) -> int | None:
        """From how many days after the day in question on they hear; None: never."""
        if not self.is_on:
            return None
        if step in (Step.LIAISON, Step.APPROVER):
            return 0 if self.to_liaison else None
        return getattr(self, f"{Step(step).value}_after")


class PauseQuerySet(models.QuerySet["Pause"]):
    """Adjectives for pauses."""

    def in_force(self, day: date) -> PauseQuerySet:
        return self.touching(day, day)

    def not_over(self, day: date) -> PauseQuerySet:
        """Running or to come."""
        return self.touching(day, None)

    def over(self, day: date) -> PauseQuerySet:
        """Lifted, or past their last day."""
        return self.filter(Q(until__lt=day) | Q(lifted_on__isnull=False))

    def touching(self, since: date, until: date | None) -> PauseQuerySet:
        """Not lifted, and in force on a day from `since` to the end of `until`; None: for good."""
        found = self.filter(Q(until=None) | Q(until__gte=since), lifted_on=None)
        return found.filter(since__lte=until) if until else found


@pghistory.track()
class Pause(models.Model):
    """Nobody is reminded: a person, an agency, or of a directive; to the end of `until`, or until it is lifted."""

    person = models.ForeignKey(
        "agencies.User", models.PROTECT, null=True, blank=True, related_name="pauses", verbose_name="người"
    )
    agency = models.ForeignKey(
        "agencies.Agency", models.PROTECT, null=True, blank=True, related_name="pauses", verbose_name="cơ quan"
    )
    directive = models.ForeignKey(
        "directives.Directive", models.PROTECT, null=True, blank=True, related_name="pauses", verbose_name="văn bản"
    )
    since = models.DateField("từ ngày")
    until = models.DateField("đến hết ngày", null=True, blank=True)
    reason = models.CharField("lý do", max_length=300)
    recorded_by = models.ForeignKey("agencies.User", models.PROTECT, related_name="+", verbose_name="người ghi")
    lifted_on = models.DateField("cho nhắc lại từ ngày", null=True, blank=True)

    objects = PauseQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = "tạm ngừng nhắc"
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, agency=None, directive=None)
                | Q(person=None, agency__isnull=False, directive=None)
                | Q(person=None, agency=None, directive__isnull=False),
                name="pause_of_one_thing",
            ),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=models.F("since")), name="pause_in_order"),
        ]

    def __str__(self) -> str:
        return str(self.person or self.agency or self.directive)

    @property
    def span(self) -> str:
        """từ ngày 20/11/2023 đến hết ngày 30/11/2023"""
        end = f"đến hết ngày {self.until:%d/%m/%Y}" if self.until else "cho đến khi cho nhắc lại"
        return f"từ ngày {self.since:%d/%m/%Y} {end}"


class OptOut(models.Model):
    """Somebody does without the mails of one of OPTIONAL; in the application they still see them."""

    person = models.ForeignKey("agencies.User", models.PROTECT, related_name="opt_outs", verbose_name="người")
    reason = models.CharField("lý do", max_length=12, choices=Reason.choices)

    class Meta:
        ordering = ["pk"]
        verbose_name = "không nhận thư"
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["person", "reason"], name="opt_out_once")]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_reason_display()}"


class Planning(models.Model):
    """That a day has been planned: a ring that nobody heard is made up for by the sweep."""

    day = models.DateField("ngày", unique=True)
    planned_at = models.DateTimeField("lập lúc")

    class Meta:
        ordering = ["-day"]
        verbose_name = "lần lập nhắc việc"
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y}"


class Nudge(models.Model):
    """ "Nhắc ngay": staff let these late assignments (keys) be reminded at once, whatever the ladder says."""

    assignments = ArrayField(models.BigIntegerField(), verbose_name="phân công")
    made_on = models.DateField("ngày")
    made_by = models.ForeignKey("agencies.User", models.PROTECT, related_name="+", verbose_name="người nhắc")
    submission = models.UUIDField("lần gửi", unique=True)
    created_at = models.DateTimeField("ghi lúc", auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = "nhắc ngay"
        default_permissions = ()
        triggers = append_only("nudge")

    def __str__(self) -> str:
        return f"{self.made_by} {self.made_on:%d/%m/%Y}"
