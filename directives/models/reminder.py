"""One message owed to one person, for one reason: also the outbox and the log (design, section 3.10)."""

import pghistory
from django.db import models

from directives.models.assignment import Assignment


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


@pghistory.track()
class Reminder(models.Model):
    """`rung` is the day on which it became due; several rows of one person leave as one digest."""

    recipient = models.ForeignKey("agencies.User", models.PROTECT, related_name="reminders", verbose_name="người nhận")
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="reminders", verbose_name="phân công")
    reason = models.CharField("lý do", max_length=10, choices=Reason.choices)
    deadline = models.DateField("thời hạn")
    rung = models.DateField("ngày phải nhắc")
    state = models.CharField("tình trạng", max_length=10, choices=ReminderState.choices, default=ReminderState.OWED)
    planned_on = models.DateField("lập ngày")
    # The digest that it leaves in: a resend keeps the Message-ID, so it is recognised as the same mail.
    digest = models.UUIDField("thư", null=True, blank=True, default=None)
    leased_until = models.DateTimeField("đang gửi đến", null=True, blank=True)
    attempts = models.PositiveSmallIntegerField("số lần thử", default=0)
    next_attempt_at = models.DateTimeField("thử lại lúc", null=True, blank=True)
    error = models.TextField("lỗi lần trước", blank=True)
    sent_at = models.DateTimeField("gửi lúc", null=True, blank=True)

    class Meta:
        ordering = ["-planned_on", "recipient", "pk"]
        verbose_name = "nhắc việc"
        default_permissions = ()
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
