"""Where work went: from one agency's assignment to another's, and how the rest of a closed directive was decided."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import F, Q, Subquery

from agencies.models.append_only import append_only
from directives.deadlines import Life
from directives.models.assignment import Assignment, AssignmentQuerySet

if TYPE_CHECKING:
    from agencies.models import User


class Why(models.TextChoices):
    """What moved the work."""

    SUCCESSION = "succession", "Cơ quan kế thừa"
    RELEASE = "release", "Chuyển theo đề nghị của cơ quan"
    CARRIED = "carried", "Chuyển tiếp sang văn bản mới"
    NAMED = "named", "Nêu rõ thành viên của nhóm"


class Move(models.Model):
    """The old assignment is "đã chuyển"; the new one goes on. One old may have several new ones, and the reverse.

    Work that came back and goes the same way again leaves a second trace.
    """

    old = models.ForeignKey(Assignment, models.PROTECT, related_name="moved_to", verbose_name="phân công cũ")
    new = models.ForeignKey(Assignment, models.PROTECT, related_name="moved_from", verbose_name="phân công mới")
    why = models.CharField("vì", max_length=10, choices=Why.choices)
    instrument = models.CharField("văn bản làm căn cứ", max_length=300, blank=True)
    moved_on = models.DateField("ngày chuyển")
    moved_by = models.ForeignKey(
        "agencies.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người chuyển"
    )
    created_at = models.DateTimeField("ghi lúc", auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = "chuyển nhiệm vụ"
        default_permissions = ()
        triggers = append_only("move")
        constraints = [
            models.CheckConstraint(condition=~Q(old=F("new")), name="nothing_moves_to_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.old} → {self.new}"


class _Keys(Subquery):
    """Where it is known to be empty, the whole condition is: no SQL is made of it."""

    empty_result_set_value = NotImplemented  # type: ignore[assignment]


class Lineage(models.Func):
    """Keys of these assignments and of all whose work went, by however many moves, to one of them: for `pk__in`.

    `keys`: one key, or a queryset of keys. `why`: only by such moves.
    """

    template = (
        "(WITH RECURSIVE lineage(id) AS (%(seed)s %(expressions)s%(cast)s UNION "
        "SELECT move.old_id FROM directives_move move JOIN lineage ON move.new_id = lineage.id%(only)s"
        ") SELECT id FROM lineage)"
    )
    output_field = models.BigAutoField()

    def __init__(self, keys: Any, why: Why | None = None) -> None:
        only = f" AND move.why = '{Why(why).value}'" if why else ""
        several = isinstance(keys, models.QuerySet)
        if several:
            super().__init__(_Keys(keys), seed="", cast="", only=only)
        else:
            super().__init__(keys, seed="SELECT", cast="::bigint", only=only)


class _Joined(models.Func):
    """A condition on two keys of assignments: the first is the second, or any number of moves join them."""

    arg_joiner = " = ANY(ARRAY(WITH RECURSIVE joined(id) AS (SELECT "
    output_field = models.BooleanField()


class WentTo(_Joined):
    """Whether the work of the second is with the first now, or was on its way. An array, so that an index is used."""

    template = (
        "(%(expressions)s::bigint UNION SELECT move.new_id FROM directives_move move "
        "JOIN joined ON move.old_id = joined.id) SELECT id FROM joined)))"
    )


class CameFrom(_Joined):
    """Whether the work of the second was with the first before."""

    template = (
        "(%(expressions)s::bigint UNION SELECT move.old_id FROM directives_move move "
        "JOIN joined ON move.new_id = joined.id) SELECT id FROM joined)))"
    )


def heirs_of(rows: Iterable[Assignment]) -> dict[int, list[Assignment]]:
    """Of those whose work has gone, with whom it is now, each with its agency. A query for each generation."""
    found = {row.pk: {row.pk: row} for row in rows if row.life == Life.TRANSFERRED}
    nearest = set(found)
    while nearest:
        moves = list(Move.objects.filter(old__in=nearest).select_related("new__agency"))
        known = {pk for each in found.values() for pk in each}
        for each in found.values():
            each |= {move.new_id: move.new for move in moves if move.old_id in each}
        nearest = {move.new_id for move in moves} - known
    return {pk: [row for row in each.values() if row.life != Life.TRANSFERRED] for pk, each in found.items()}


def taken_over_by(rows: Iterable[Assignment]) -> dict[int, str]:
    """The short names of the other agencies that have the work of each now; nothing of those that kept theirs."""
    rows = list(rows)
    found = heirs_of(rows)
    others = {row.pk: {each.agency for each in found.get(row.pk, ())} - {row.agency} for row in rows}
    return {pk: ", ".join(sorted(each.short_name for each in agencies)) for pk, agencies in others.items() if agencies}


def readable_to(user: User) -> AssignmentQuerySet:
    """What they may see, and what was carried before by others whose work it is now: its notes and evidence."""
    mine = Assignment.objects.visible_to(user)
    if user.oversees or not user.is_active:
        return mine
    return Assignment.objects.filter(pk__in=Lineage(mine.values("pk")))


class Verdict(models.TextChoices):
    """What is decided on each open assignment when a directive is closed (design, section 3.12)."""

    CARRIED = "carried", "Chuyển tiếp sang văn bản mới"
    ENDED = "ended", "Kết thúc theo dõi"
    ACHIEVED = "achieved", "Đánh giá: hoàn thành"
    NOT_ACHIEVED = "missed", "Đánh giá: không hoàn thành"


class Closing(models.Model):
    """The decision on one open assignment of a directive that was closed, with its words."""

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="closings", verbose_name="phân công")
    verdict = models.CharField("quyết định", max_length=8, choices=Verdict.choices)
    reason = models.TextField("nhận xét, lý do", blank=True)
    decided_on = models.DateField("ngày")
    decided_by = models.ForeignKey("agencies.User", models.PROTECT, related_name="+", verbose_name="người quyết định")
    created_at = models.DateTimeField("ghi lúc", auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = "chốt nhiệm vụ"
        default_permissions = ()
        triggers = append_only("closing")
        constraints = [models.CheckConstraint(condition=Q(verdict="carried") | ~Q(reason=""), name="closing_says_why")]

    def __str__(self) -> str:
        return self.get_verdict_display()
