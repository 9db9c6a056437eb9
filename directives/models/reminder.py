"""One message owed to one person, for one reason: also the outbox and the log (design, section 3.10)."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, ClassVar

import pgtrigger
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Q

from agencies.models.append_only import no_truncate
from directives.models.assignment import Assignment
from directives.models.endpoint import Endpoint

if TYPE_CHECKING:
    from agencies.models import User


class Reason(models.TextChoices):
    """Why somebody is told something: a rung of the ladder, or news about their work."""

    BEFORE = "before", "Sắp đến hạn"
    ON_DAY = "on_day", "Đến hạn"
    AFTER = "after", "Quá hạn"
    RETURNED = "returned", "Được đề nghị bổ sung"
    RECEIVED = "received", "Mới được giao"
    EXTENSION = "extension", "Đề nghị gia hạn đã có trả lời"
    RELEASE = "release", "Đề nghị thôi giao đã có trả lời"
    ANSWERED = "answered", "Có ý kiến chỉ đạo"
    ROUND_OPEN = "round_open", "Mở kỳ báo cáo"
    ROUND_SOON = "round_soon", "Kỳ báo cáo sắp hết hạn gửi"
    ROUND_MISSED = "round_missed", "Chưa gửi báo cáo kỳ"
    DRAFTED = "drafted", "Đã có dự thảo báo cáo kỳ"
    WAITING = "waiting", "Chờ xác nhận đã lâu"
    NUDGED = "nudged", "Đôn đốc"


# Of a round, and not of an assignment.
OF_ROUNDS = (Reason.ROUND_OPEN, Reason.ROUND_SOON, Reason.ROUND_MISSED, Reason.DRAFTED)
# Nobody is late by not hearing of these: whoever likes may do without their mail.
OPTIONAL = (Reason.RECEIVED, Reason.EXTENSION, Reason.RELEASE, Reason.ANSWERED, Reason.ROUND_OPEN)


class Step(models.TextChoices):
    """Who hears, from near to far (design, section 3.10)."""

    LIAISON = "liaison", "Đầu mối"
    APPROVER = "approver", "Người duyệt báo cáo"
    HEAD = "head", "Thủ trưởng cơ quan"
    STANDING = "standing", "Cơ quan thường trực"
    LEADER = "leader", "Lãnh đạo"


class ChannelName(models.TextChoices):
    """The ways in which a reminder reaches somebody; each has its class in `reminders/channels/`."""

    MAIL = "mail", "Thư điện tử"
    BELL = "bell", "Trong phần mềm"
    WEBHOOK = "webhook", "Cổng tin nhắn"


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

    def by(self, channel: str) -> ReminderQuerySet:
        return self.filter(channel=channel)

    def outgoing(self) -> ReminderQuerySet:
        """Those that somebody sends; what the bell shows is there without."""
        return self.exclude(channel=ChannelName.BELL)

    def left(self) -> ReminderQuerySet:
        """Those that have gone out."""
        return self.outgoing().filter(state=ReminderState.SENT)

    def told_agencies(self) -> ReminderQuerySet:
        """Those that went to people of the agency that they are about; what climbed further is none of it."""
        return self.left().filter(step__in=(Step.LIAISON, Step.APPROVER, Step.HEAD))

    def ready(self, day: date, moment: datetime) -> ReminderQuerySet:
        """To be sent now: owed by `day`, in nobody's hand, and not resting after a failure."""
        rested = Q(next_attempt_at=None) | Q(next_attempt_at__lte=moment)
        return self.unleased(moment).filter(rested, planned_on__lte=day)

    def told_to(self, user: User) -> ReminderQuerySet:
        """What the bell shows a person, seen or not; of work that they may see no longer nothing is said."""
        mine = self.by(ChannelName.BELL).filter(recipient=user).exclude(state=ReminderState.CANCELLED)
        if user.oversees:
            return mine
        own = user.represented_ids
        return mine.filter(Q(assignment__agency__in=own) | Q(agency__in=own))

    def cancel(self) -> int:
        """Không cần gửi nữa; gives how many of these were owed."""
        return self.owed().update(state=ReminderState.CANCELLED, leased_until=None, next_attempt_at=None)


class Reminder(models.Model):
    """One message owed to one person (or to the gateway of a person or an agency); several leave as one digest.

    About an assignment, or about the report of `agency` in a `round`. `deadline`: the day that the reason is about
    (a deadline, a due day, the day of an event). `rung`: the day on which it became due. `source`: the key of the
    row that caused it (a decision, an instruction, a nudge); 0 where the calendar did.
    """

    # What a page reads to say who got it.
    TO: ClassVar[tuple[str, ...]] = ("recipient", "endpoint__agency", "endpoint__user")

    # (Without an index of its own: that of `reminder_once` begins with it.)
    recipient = models.ForeignKey(
        "agencies.User",
        models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="reminders",
        verbose_name="người nhận",
    )
    endpoint = models.ForeignKey(
        Endpoint, models.PROTECT, null=True, blank=True, related_name="reminders", verbose_name="kênh nhận"
    )
    channel = models.CharField("kênh", max_length=8, choices=ChannelName.choices, default=ChannelName.MAIL)
    assignment = models.ForeignKey(
        Assignment, models.PROTECT, null=True, blank=True, related_name="reminders", verbose_name="phân công"
    )
    agency = models.ForeignKey(
        "agencies.Agency",
        models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="reminders",
        verbose_name="cơ quan",
    )
    round = models.ForeignKey(
        "directives.Round",
        models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="reminders",
        verbose_name="kỳ báo cáo",
    )
    reason = models.CharField("lý do", max_length=12, choices=Reason.choices)
    deadline = models.DateField("thời hạn")
    rung = models.DateField("ngày phải nhắc")
    source = models.BigIntegerField("nguồn", default=0)
    # At which step of the ladder the person hears: as liaison, head, standing staff …
    step = models.CharField("nhận với tư cách", max_length=8, choices=Step.choices, default=Step.LIAISON)
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
    # The business day on which it left: on the training clock it is not the day of `sent_at`.
    sent_on = models.DateField("ngày gửi", null=True, blank=True)

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
            no_truncate("reminder"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=[
                    "recipient",
                    "endpoint",
                    "assignment",
                    "channel",
                    "reason",
                    "deadline",
                    "rung",
                    "source",
                    "agency",
                    "round",
                ],
                name="reminder_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(assignment__isnull=False, agency=None, round=None)
                | Q(assignment=None, agency__isnull=False, round__isnull=False),
                name="reminder_is_about_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(recipient__isnull=False, endpoint=None) | Q(recipient=None, endpoint__isnull=False),
                name="reminder_is_to_a_person_or_an_endpoint",
            ),
        ]
        indexes = [
            models.Index(
                fields=["recipient", "channel"],
                condition=models.Q(state=ReminderState.OWED),
                name="reminder_owed_by_person",
            ),
            models.Index(
                fields=["digest"],
                condition=models.Q(state=ReminderState.OWED, digest__isnull=False),
                name="reminder_in_parcel",
            ),
            BrinIndex(fields=["rung"], name="reminder_by_rung"),
        ]

    def __str__(self) -> str:
        return f"{self.to}: {self.get_reason_display()}"

    def rests_at(self, moment: datetime) -> bool:
        """After a failure, until its next try."""
        return self.next_attempt_at is not None and self.next_attempt_at > moment

    @property
    def holder_id(self) -> int | None:
        """The key of the person, or of the endpoint."""
        return self.recipient_id or self.endpoint_id

    @property
    def to(self) -> User | Endpoint:
        """Who gets it."""
        found = self.recipient or self.endpoint
        assert found is not None
        return found


# Beyond this nobody counts: the masthead says "99+".
COUNTED = 100


def with_unseen(people: models.QuerySet[User]) -> models.QuerySet[User]:
    """Adds `unseen`: how many notices of the bell the person has not looked at, COUNTED at most."""
    waiting = Reminder.objects.owed().by(ChannelName.BELL).filter(recipient=models.OuterRef("pk")).order_by()
    first = ArraySubquery(waiting.values_list(models.Value(1))[:COUNTED])
    return people.annotate(unseen=models.Func(first, function="cardinality", output_field=models.IntegerField()))
