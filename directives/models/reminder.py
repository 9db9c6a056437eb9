"""One message owed to one person, for one reason: also the outbox and the log (design, section 3.10)."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, ClassVar

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q

from directives.models.assignment import Assignment

if TYPE_CHECKING:
    from agencies.models import User


class Reason(models.TextChoices):
    """Which rung of the ladder has been reached."""

    BEFORE = "before", "Sắp đến hạn"
    ON_DAY = "on_day", "Đến hạn hôm nay"
    AFTER = "after", "Quá hạn"
    RETURNED = "returned", "Được đề nghị bổ sung"


class ReminderState(models.TextChoices):
    """The life of a row. A failed sending stays owed, with its error."""

    OWED = "owed", "Chờ gửi"
    SENT = "sent", "Đã gửi"
    CANCELLED = "cancelled", "Không cần gửi nữa"


class ReminderQuerySet(models.QuerySet["Reminder"]):
    """Adjectives for reminders, and the two ends of a row."""

    def visible_to(self, user: User) -> ReminderQuerySet:
        """The log is the standing staff's; who was reminded of what is nobody else's business."""
        return self.all() if user.is_active and user.keeps_tasks else self.none()

    def owed(self) -> ReminderQuerySet:
        return self.filter(state=ReminderState.OWED)

    def failing(self) -> ReminderQuerySet:
        """Tried in vain so far, and still owed."""
        return self.owed().exclude(error="")

    def untroubled(self) -> ReminderQuerySet:
        """Owed, and no sending has failed."""
        return self.owed().filter(error="")

    def unleased(self, moment: datetime) -> ReminderQuerySet:
        """Owed, and no sender has them in hand."""
        return self.owed().filter(Q(leased_until=None) | Q(leased_until__lte=moment))

    def ready(self, day: date, moment: datetime) -> ReminderQuerySet:
        """To be sent now: owed by `day`, in nobody's hand, and not resting after a failure."""
        rested = Q(next_attempt_at=None) | Q(next_attempt_at__lte=moment)
        return self.unleased(moment).filter(rested, planned_on__lte=day)

    def cancel(self) -> int:
        """Không cần gửi nữa; gives how many of these were owed."""
        return self.owed().update(state=ReminderState.CANCELLED, leased_until=None, next_attempt_at=None)


@pghistory.track()
class Reminder(models.Model):
    """`rung` is the day on which it became due; several rows of one person leave as one digest."""

    UNTRIED: ClassVar[dict[str, Any]] = {"leased_until": None, "attempts": 0, "next_attempt_at": None, "error": ""}

    recipient = models.ForeignKey("agencies.User", models.PROTECT, related_name="reminders", verbose_name="người nhận")
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="reminders", verbose_name="phân công")
    reason = models.CharField("lý do", max_length=10, choices=Reason.choices)
    deadline = models.DateField("thời hạn")
    rung = models.DateField("ngày phải nhắc")
    state = models.CharField("tình trạng", max_length=10, choices=ReminderState.choices, default=ReminderState.OWED)
    planned_on = models.DateField("lập ngày")
    # The digest that it leaves in: a resend keeps the Message-ID, so it is recognised as the same mail.
    digest = models.UUIDField("thư", null=True, blank=True, default=None)
    # In the future: a sender has it in hand. In the past: one had, and nobody knows whether the mail got through.
    leased_until = models.DateTimeField("đang gửi đến", null=True, blank=True)
    attempts = models.PositiveSmallIntegerField("số lần thử", default=0)
    next_attempt_at = models.DateTimeField("thử lại lúc", null=True, blank=True)
    error = models.TextField("lỗi lần trước", blank=True)
    sent_at = models.DateTimeField("gửi lúc", null=True, blank=True)

    objects = ReminderQuerySet.as_manager()

    class Meta:
        ordering = ["-planned_on", "recipient", "pk"]
        verbose_name = "nhắc việc"
        default_permissions = ()
        # What was sent was sent (design, section 3.8).
        triggers = [
            pgtrigger.Protect(
                name="sent_reminder_append_only",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__state=ReminderState.SENT),
            ),
            pgtrigger.Trigger(
                name="reminder_no_truncate",
                level=pgtrigger.Statement,
                when=pgtrigger.Before,
                operation=pgtrigger.Truncate,
                func="RAISE EXCEPTION 'append-only: % may not be truncated', TG_TABLE_NAME;",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["recipient", "assignment", "reason", "deadline", "rung"], name="reminder_once"
            )
        ]
        indexes = [
            models.Index(
                fields=["recipient"], condition=models.Q(state=ReminderState.OWED), name="reminder_owed_by_person"
            )
        ]

    def __str__(self) -> str:
        return f"{self.recipient}: {self.get_reason_display()}"
