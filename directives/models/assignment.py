"""A task as one agency carries it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pghistory
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Case, F, Q, When
from django.db.models.functions import Coalesce, Greatest

from agencies.models import Agency
from directives import deadlines
from directives.deadlines import Life
from directives.models.task import Task
from directives.rounds import Window

if TYPE_CHECKING:
    from agencies.models import User


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    """Adjectives for assignments."""

    def visible_to(self, user: User) -> AssignmentQuerySet:
        """The one gate to every row below an agency (design, section 3.11)."""
        if not user.is_active:
            return self.none()
        if user.keeps_tasks:
            return self.filter(task__directive__withdrawn_on=None)
        published = self.exclude(task__directive__published_on=None)
        if user.oversees:
            return published
        # Their keys, not a subquery: the planner takes grants for next to none, and reads all the work there is.
        return published.filter(agency__in=user.represented_ids)

    def for_pages(self) -> AssignmentQuerySet:
        """With everything that a line about an assignment names; not the whole text of its directive."""
        named = self.select_related("agency", "task__directive", "task__addressee").with_extension_count()
        return named.defer("task__directive__text", "task__directive__segments")

    def with_extension_count(self) -> AssignmentQuerySet:
        """Adds `extension_count`: how often this work was given more time, whoever carried it then.

        What was carried on from another directive begins anew: it has another deadline.
        """
        from directives.models.move import Lineage
        from directives.models.request import GIVEN, Extension

        carried = models.Q(assignment__in=Lineage(models.OuterRef("pk")), assignment__task=models.OuterRef("task"))
        given = Extension.objects.filter(carried, decision__answer__in=GIVEN).order_by()
        counted = given.annotate(count=models.Func("pk", function="count", output_field=models.IntegerField()))
        return self.annotate(extension_count=models.Subquery(counted.values("count")))

    def published(self) -> AssignmentQuerySet:
        return self.exclude(task__directive__published_on=None)

    def with_status(self, day: date, soon: int = deadlines.SOON_DAYS) -> AssignmentQuerySet:
        """Adds `due`, `days_left`, `late_by`, `time_state`, `figure` and `supplement_late` as they stand on `day`."""
        return self.annotate(
            due=deadlines.due(),
            days_left=deadlines.days_left(day),
            late_by=deadlines.late_by(day),
            time_state=deadlines.time_state(day, soon),
            figure=deadlines.figure(day),
            supplement_late=deadlines.supplement_late(day),
        )

    def open(self) -> AssignmentQuerySet:
        """The agency may still report on it: neither finished, put aside nor closed with its directive."""
        return self.filter(life__in=deadlines.OPEN, closed_on=None)

    def received_by(self, day: date) -> AssignmentQuerySet:
        """Given by then; what passed by succession, by whoever had it first."""
        return self.filter(_had_by(day))

    def finished_within(self, start: date, end: date) -> AssignmentQuerySet:
        """Finished from `start` to `end`: on the day that counts, or that of the confirmation where it came later.

        The figures of a period are frozen before its last claims are decided, and each claim is to count in one period.
        """
        from directives.models.note import Outcome, Review

        confirmed = Review.objects.about(models.OuterRef("pk")).filter(outcome=Outcome.CONFIRMED).order_by("-pk")
        known_on = Greatest("completed_on", models.Subquery(confirmed.values("decided_on")[:1]))
        return self.filter(life=Life.DONE).alias(known_on=known_on).filter(known_on__range=(start, end))

    def unfinished(self) -> AssignmentQuerySet:
        """Neither finished nor released, put aside or not: what moves to a successor, or is decided at a closing."""
        return self.filter(life__in=(*deadlines.OPEN, deadlines.Life.SUSPENDED), closed_on=None)

    def to_do(self) -> AssignmentQuerySet:
        """The agency still owes the work: `is_to_do` for many rows."""
        return self.filter(life__in=deadlines.TO_DO, closed_on=None)

    def unreported_in(self, window: Window | None, settled_days: int) -> AssignmentQuerySet:
        """Chưa báo cáo kỳ này: still to do, received `settled_days` before the window closed, and no note in it.

        An unnamed group counts for nobody (design, section 3.4); a claim that waits is owed by the reviewer. Without
        a window (the office has no round on) nobody is silent.
        """
        if window is None:
            return self.none()
        received_by = window.end - timedelta(days=settled_days)
        to_do = self.published().to_do().filter(_had_by(received_by), agency__is_group=False)
        silent = to_do.exclude(models.Exists(reports_in(window)))
        # Of the few that came from another body, what that one had said counts.
        return silent.exclude(_came_by_succession(), models.Exists(_reports_before(window)))

    def in_round(self, window: Window, settled_days: int) -> AssignmentQuerySet:
        """What an agency's report of a round is about: open work received by its end, and all that was reported in it.

        Adds `own_note` (key of the last note that counts in this window) and `is_settled` (received early enough to
        owe one).
        """
        from directives.models.round import Entry

        said = models.Subquery(reports_in(window).order_by("-pk").values("pk")[:1])
        said_before = models.Subquery(_reports_before(window).order_by("-pk").values("pk")[:1])
        listed = self.published().annotate(
            own_note=Coalesce(said, Case(When(_came_by_succession(), then=said_before))),
            is_settled=_had_by(window.end - timedelta(days=settled_days)),
        )
        # Work that came from a body that ended after the cut-off brings along what was typed for it.
        typed = Entry.objects.filter(assignment=models.OuterRef("pk"), submission__round__end=window.end)
        due_in_it = _had_by(window.end) | models.Exists(typed)
        still_open = due_in_it & Q(life__in=deadlines.OPEN, closed_on=None)
        return listed.filter(still_open | Q(_had_by(window.end), own_note__isnull=False))

    def awaiting(self) -> AssignmentQuerySet:
        """Claims that wait for a decision, longest waiting first."""
        return self.published().filter(life=deadlines.Life.AWAITING).order_by("submitted_on", "pk")

    def returned(self) -> AssignmentQuerySet:
        """Sent back and still to be supplemented; adds `returned_because`, the reviewer's reason."""
        from directives.models.note import Review

        reviews = Review.objects.about(models.OuterRef("pk")).order_by("-pk")
        sent_back = self.filter(life=deadlines.Life.IN_PROGRESS, supplement_due_on__isnull=False, closed_on=None)
        return sent_back.annotate(returned_because=models.Subquery(reviews.values("reason")[:1]))

    def reopened(self) -> AssignmentQuerySet:
        """Opened again, here or before it came here, and not reported on since; adds `reopened_because`."""
        from directives.models.move import Lineage
        from directives.models.note import Decision, ProgressNote

        line = Lineage(models.OuterRef("pk"))
        again = Decision.objects.filter(assignment__in=line, verb="reopen").order_by("-pk")
        since = ProgressNote.objects.filter(assignment__in=line, created_at__gt=models.OuterRef("reopened_at"))
        found = self.filter(life=deadlines.Life.IN_PROGRESS, closed_on=None).annotate(
            reopened_at=models.Subquery(again.values("created_at")[:1]),
            reopened_because=models.Subquery(again.values("reason")[:1]),
        )
        return found.filter(Q(reopened_at__isnull=False)).exclude(models.Exists(since))

    def falling_due(self) -> AssignmentQuerySet:
        """Dated work that is still to do and not late, what falls due first in front; after `with_status`."""
        ahead = (deadlines.TimeState.SOON, deadlines.TimeState.IN_TIME)
        return self.to_do().filter(Q(time_state__in=ahead)).order_by(F("due"), "pk")

    def overdue(self, day: date) -> AssignmentQuerySet:
        """Open work past its day, or handed in after it; with its status."""
        return self.with_status(day).filter(Q(time_state=deadlines.TimeState.OVERDUE), closed_on=None)


def _came_by_succession() -> models.Exists:
    from directives.models.move import Move, Why

    return models.Exists(Move.objects.filter(new=models.OuterRef("pk"), why=Why.SUCCESSION))


def _line_before() -> Any:
    """The outer assignment, and those of the bodies that it succeeded."""
    from directives.models.move import Lineage, Why

    return Lineage(models.OuterRef("pk"), why=Why.SUCCESSION)


def _had_by(day: date) -> Q:
    """Received by then; what passed by succession, by whoever had it first."""
    earlier = Assignment.objects.filter(pk__in=_line_before(), received_on__lte=day)
    return Q(received_on__lte=day) | Q(_came_by_succession(), models.Exists(earlier))


def _reports_before(window: Window) -> models.QuerySet:
    """Notes that count in this window, of the outer assignment or of those of the bodies that it succeeded."""
    return notes_in(window).filter(assignment__in=_line_before())


def reports_in(window: Window) -> models.QuerySet:
    """Notes of the outer assignment that count in this window."""
    return notes_in(window).filter(assignment=models.OuterRef("pk"))


def notes_in(window: Window) -> models.QuerySet:
    """Notes that count in this window: sent in its round, else by the letter's day, else by their own."""
    from directives.models.note import ProgressNote

    span = (window.start, window.end)
    own = Q(round=None) & (Q(letter_on__range=span) | Q(letter_on=None, said_on__range=span))
    return ProgressNote.objects.filter(Q(round__end=window.end) | own)


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
    # Set by an extension: a later correction of the task's deadline takes it back (`actions/tasks.py`).
    extended_until = models.DateField("được gia hạn đến", null=True, blank=True)
    # The directive was closed over it, unfinished: it keeps its figure, and nothing more is owed.
    closed_on = models.DateField("chốt theo dõi ngày", null=True, blank=True)
    # The part of a group's task that falls to this member; empty: the whole.
    scope = models.CharField("phần việc của đơn vị", max_length=500, blank=True)
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

    @property
    def is_to_do(self) -> bool:
        """Whether the agency still owes the work: not while a claim waits."""
        return self.life in deadlines.TO_DO and self.closed_on is None

    @property
    def is_open(self) -> bool:
        """Whether the agency may still report on it."""
        return self.life in deadlines.OPEN and self.closed_on is None

    def __str__(self) -> str:
        return f"{self.task} – {self.agency.short_name}"
