"""The counting unit, and the separable duties inside it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pghistory
from django.db import models
from django.db.models import Q

from agencies.models import Agency
from directives import deadlines
from directives.deadlines import Clock
from directives.models.directive import Addressee, CitedDocument, Directive

if TYPE_CHECKING:
    from agencies.models import User


class TaskQuerySet(models.QuerySet["Task"]):
    """Adjectives for tasks."""

    def visible_to(self, user: User) -> TaskQuerySet:
        """A task is visible through its agencies (design, section 3.11)."""
        from directives.models.assignment import Assignment

        directives = Directive.objects.visible_to(user)
        if user.oversees:
            return self.filter(directive__in=directives)
        mine = Assignment.objects.visible_to(user).filter(task=models.OuterRef("pk"))
        return self.filter(models.Exists(mine))

    def in_text(self) -> TaskQuerySet:
        """Those that stand in the text of their directive, in its order; what an instruction added does not."""
        return self.filter(start__isnull=False).order_by("start", "position")

    def coordinated_by(self, user: User) -> TaskQuerySet:
        """Published ones that name an agency of this person as coordinating; a gate of its own, to notes only."""
        if not user.is_active:
            return self.none()
        own = Agency.objects.represented_by(user)
        named = Coordinator.objects.filter(Q(agency__in=own) | Q(members__agency__in=own), task=models.OuterRef("pk"))
        return self.exclude(directive__published_on=None).filter(models.Exists(named))

    def with_rank(self, day: date, among: models.QuerySet | None = None) -> TaskQuerySet:
        """Adds `rank`: the place in deadlines.WORST_FIRST of its assignment that is furthest behind.

        NULL when all of them are released. `among`: of these assignments alone.
        """
        from directives.models.assignment import Assignment

        looked_at = Assignment.objects.all() if among is None else among
        carried = looked_at.filter(task=models.OuterRef("pk")).order_by().values("task")
        worst = carried.annotate(worst=models.Min(deadlines.rank(day))).values("worst")
        return self.annotate(rank=models.Subquery(worst))


@pghistory.track()
class Task(models.Model):
    """Nhiệm vụ: one dash, one point or a single paragraph under an addressee."""

    directive = models.ForeignKey(Directive, models.PROTECT, related_name="tasks", verbose_name="văn bản")
    addressee = models.ForeignKey(Addressee, models.PROTECT, related_name="tasks", verbose_name="đơn vị được giao")
    position = models.PositiveSmallIntegerField("thứ tự trong văn bản")
    text = models.TextField("nội dung")
    # Where it stands in the text of the directive; None for a task that an instruction or an old book added.
    start = models.PositiveIntegerField("từ ký tự", null=True, blank=True)
    end = models.PositiveIntegerField("đến ký tự", null=True, blank=True)
    instruction = models.ForeignKey(
        "directives.Instruction", models.PROTECT, null=True, blank=True, related_name="tasks", verbose_name="từ ý kiến"
    )
    # Brought in from the tracking workbook that was kept before, and from which row of it.
    book = models.ForeignKey(
        "directives.OldBook", models.PROTECT, null=True, blank=True, related_name="tasks", verbose_name="từ sổ cũ"
    )
    book_row = models.PositiveIntegerField("dòng trong sổ cũ", null=True, blank=True)
    clock = models.CharField("loại thời hạn", max_length=10, choices=Clock.choices, default=Clock.UNDATED)
    period_text = models.CharField("kỳ", max_length=60, blank=True)
    period_start = models.DateField("đầu kỳ", null=True, blank=True)
    period_end = models.DateField("cuối kỳ", null=True, blank=True)
    # Never changes once set: the first deadline stays visible for ever (design, section 2).
    first_deadline = models.DateField("thời hạn ban đầu", null=True, blank=True)
    # What holds for whoever takes the work up now; each assignment keeps the one that it is judged by.
    deadline = models.DateField("thời hạn hiện nay", null=True, blank=True)
    deadline_source = models.CharField("căn cứ của thời hạn", max_length=300, blank=True)
    # Whoever fixed the present deadline decides on asking for more time; None: it stands in the text.
    deadline_by = models.ForeignKey(
        "agencies.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người ấn định thời hạn"
    )
    lead = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="led_tasks", verbose_name="chủ trì"
    )
    product = models.CharField("sản phẩm", max_length=300, blank=True)
    target_text = models.CharField("chỉ tiêu", max_length=300, blank=True)
    target_value = models.DecimalField("giá trị", max_digits=12, decimal_places=2, null=True, blank=True)
    target_unit = models.CharField("đơn vị tính", max_length=60, blank=True)
    follower = models.ForeignKey(
        "agencies.User", models.PROTECT, null=True, blank=True, related_name="followed", verbose_name="người theo dõi"
    )
    cites = models.ManyToManyField(CitedDocument, related_name="tasks", blank=True, verbose_name="viện dẫn")
    version = models.PositiveIntegerField("phiên bản", default=1)

    objects = TaskQuerySet.as_manager()

    class Meta:
        ordering = ["directive", "position"]
        verbose_name = "nhiệm vụ"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["directive", "position"], name="task_position_once"),
            models.CheckConstraint(
                condition=Q(end__gt=models.F("start"))
                | Q(start=None, end=None, instruction__isnull=False)
                | Q(start=None, end=None, book__isnull=False),
                name="task_span",
            ),
            models.CheckConstraint(
                condition=~Q(clock=Clock.DATED) | Q(first_deadline__isnull=False), name="dated_task_has_a_date"
            ),
            models.CheckConstraint(
                condition=~Q(clock=Clock.PERIOD) | Q(period_end__isnull=False), name="period_task_has_a_period"
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """How people point at it: "mục 12, nhiệm vụ 3"; the page shows the text beside it."""
        return f"Nhiệm vụ {self.position}"

    @property
    def clock_words(self) -> str:
        """The kind of clock in words; a date stands beside it where there is one."""
        if self.clock == Clock.PERIOD and self.period_end:
            return f"Theo kỳ {self.period_text or 'của văn bản'}, hết {self.period_end:%d/%m/%Y}"
        return str(self.get_clock_display())

    @property
    def takes_percent(self) -> bool:
        """Whether a note may state a percentage: only where the text gives a number to reach."""
        return self.target_value is not None


@pghistory.track()
class Coordinator(models.Model):
    """Phối hợp: named in the text, perhaps a body we know. Owes no report (design, section 3.9)."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="coordinators", verbose_name="nhiệm vụ")
    position = models.PositiveSmallIntegerField("thứ tự")
    name = models.CharField("tên trong văn bản", max_length=300)
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="coordinated", verbose_name="cơ quan"
    )

    class Meta:
        ordering = ["task", "position"]
        verbose_name = "cơ quan phối hợp"
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["task", "position"], name="coordinator_position_once")]

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class CoordinatorMember(models.Model):
    """A body that staff named for a coordinating group ("các sở, ban, ngành"), which is only text before."""

    coordinator = models.ForeignKey(Coordinator, models.CASCADE, related_name="members", verbose_name="nhóm phối hợp")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="coordinates", verbose_name="cơ quan")

    class Meta:
        ordering = ["coordinator", "agency__sort_key"]
        verbose_name = "cơ quan trong nhóm phối hợp"
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["coordinator", "agency"], name="coordinator_member_once")]

    def __str__(self) -> str:
        return str(self.agency)


@pghistory.track()
class Part(models.Model):
    """Đầu việc: ticked off and reported with its task, never counted by itself."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="parts", verbose_name="nhiệm vụ")
    position = models.PositiveSmallIntegerField("thứ tự")
    text = models.TextField("nội dung")
    start = models.PositiveIntegerField("từ ký tự")
    end = models.PositiveIntegerField("đến ký tự")
    # Empty: it binds every agency that carries the task.
    binds = models.ManyToManyField(Agency, related_name="bound_parts", blank=True, verbose_name="chỉ áp dụng cho")

    class Meta:
        ordering = ["task", "position"]
        verbose_name = "đầu việc"
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["task", "position"], name="part_position_once")]

    def __str__(self) -> str:
        return self.text


@pghistory.track()
class PartBinding(Part.binds.through):  # type: ignore[misc, name-defined]
    """Which agency a part binds, as a row of its own, so that the database keeps who said so and when."""

    class Meta:
        proxy = True
        verbose_name = "cơ quan của đầu việc"
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.part}: {self.agency}"
