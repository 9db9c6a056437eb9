"""A leader's or the staff's word on an obstacle, or on a task. Append-only; it can become a task."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from agencies.models.append_only import append_only
from directives.deadlines import Life
from directives.models.assignment import Assignment
from directives.models.move import WentTo
from directives.models.note import ProgressNote

if TYPE_CHECKING:
    from agencies.models import Agency, User


class InstructionQuerySet(models.QuerySet["Instruction"]):
    """Adjectives for instructions."""

    def visible_to(self, user: User) -> InstructionQuerySet:
        return self.filter(assignment__in=Assignment.objects.visible_to(user))

    def unheeded(self, agency: Agency) -> InstructionQuerySet:
        """Those since which nobody has reported on the task for this agency, the newest first.

        What another heir of the same work has reported is not this one's.
        """
        of_the_work = WentTo(models.F("assignment"), models.OuterRef("assignment"))
        own = Q(assignment__agency=agency) | Q(assignment__life=Life.TRANSFERRED)
        later = ProgressNote.objects.filter(of_the_work, own, created_at__gt=models.OuterRef("created_at"))
        return self.exclude(models.Exists(later)).order_by("-given_on", "-pk")


class Instruction(models.Model):
    """Ý kiến chỉ đạo. `note`: the obstacle or proposal that it answers; None when given on the task itself."""

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="instructions", verbose_name="phân công")
    note = models.ForeignKey(
        ProgressNote, models.PROTECT, null=True, blank=True, related_name="answers", verbose_name="trả lời báo cáo"
    )
    text = models.TextField("nội dung")
    given_on = models.DateField("ngày")
    given_by = models.ForeignKey("agencies.User", models.PROTECT, related_name="instructions", verbose_name="người cho")
    created_at = models.DateTimeField("ghi lúc", auto_now_add=True)

    objects = InstructionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = "ý kiến chỉ đạo"
        default_permissions = ()
        triggers = append_only("instruction")
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="instruction_says_something")]

    def __str__(self) -> str:
        return f"{self.given_by}: {self.text[:60]}"
