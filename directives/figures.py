"""The official numbers, counted once for every screen, mail and file (design, sections 3.2, 3.5, 3.6)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from directives.deadlines import RELEASED, WORST_FIRST, Figure, fell_due_within
from directives.models import Extension, Review
from directives.models.assignment import AssignmentQuerySet
from directives.models.request import GIVEN
from directives.models.task import TaskQuerySet
from directives.workdays import working_days_between

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Figures:
    """The four numbers, and apart from them what has no deadline and what is suspended.

    Counts tasks or assignments: whoever shows them says which. Released work (cancelled, moved on) is in no sum.
    """

    done_on_time: int = 0
    done_late: int = 0
    open_in_time: int = 0
    open_overdue: int = 0
    done_no_deadline: int = 0
    open_no_deadline: int = 0
    suspended: int = 0
    released: int = 0

    @property
    def total(self) -> int:
        """The base "all that was given"."""
        return self.done + self.open + self.suspended

    @property
    def done(self) -> int:
        return self.done_on_time + self.done_late + self.done_no_deadline

    @property
    def open(self) -> int:
        return self.open_in_time + self.open_overdue + self.open_no_deadline

    @property
    def no_deadline(self) -> int:
        return self.done_no_deadline + self.open_no_deadline

    @property
    def already_due(self) -> int:
        """The other official base: "hoàn thành + chưa hoàn thành quá hạn" (report 1270/BC-TCTTTg, 2017)."""
        return self.done + self.open_overdue

    def __add__(self, other: Figures) -> Figures:
        return Figures(*(getattr(self, field) + getattr(other, field) for field in self.__dataclass_fields__))


def of_assignments(assignments: AssignmentQuerySet, day: date) -> Figures:
    """Counts assignments as they stand on `day`. One query."""
    rows = assignments.with_status(day).order_by().values_list(F("figure")).annotate(count=Count("pk"))
    return _figures(rows)


def by_agency(assignments: AssignmentQuerySet, day: date) -> dict[int, Figures]:
    """Counts assignments of each agency (by its key). One query."""
    rows = assignments.with_status(day).order_by().values_list("agency", F("figure")).annotate(count=Count("pk"))
    return _grouped(rows)


def by_directive(assignments: AssignmentQuerySet, day: date) -> dict[int, Figures]:
    """Counts assignments of each directive (by its key). One query."""
    named = assignments.with_status(day).order_by().values_list("task__directive", F("figure"))
    return _grouped(named.annotate(count=Count("pk")))


def of_tasks(tasks: TaskQuerySet, day: date, among: AssignmentQuerySet | None = None) -> Figures:
    """Counts tasks; one of a group stands where its member furthest behind stands. One query.

    `among`: only these assignments are looked at.
    """
    rows = tasks.with_rank(day, among).order_by().values_list(F("rank")).annotate(count=Count("pk"))
    return _figures((_figure(rank), count) for rank, count in rows)


def tasks_by_directive(tasks: TaskQuerySet, day: date) -> dict[int, Figures]:
    """Counts tasks of each directive (by its key), as `of_tasks` does. One query."""
    named = tasks.with_rank(day).order_by().values_list("directive", F("rank"))
    counted = named.annotate(count=Count("pk"))
    return _grouped((directive, _figure(rank), count) for directive, rank, count in counted)


@dataclass(frozen=True)
class Within:
    """What happened from one day to another: newly given, fallen due, and finished (in which cell).

    Counts tasks or assignments. One of these may be in several: given, due and done in the same month.
    """

    given: int = 0
    due: int = 0
    done_on_time: int = 0
    done_late: int = 0
    done_no_deadline: int = 0

    @property
    def done(self) -> int:
        return self.done_on_time + self.done_late + self.done_no_deadline


def assignments_within(assignments: AssignmentQuerySet, start: date, end: date) -> Within:
    """Counts assignments, both days among them; released ones are in no count. Four queries."""
    rows = assignments.exclude(life__in=RELEASED).order_by()
    return Within(
        given=rows.received_by(end).count() - rows.received_by(start - ONE_DAY).count(),
        due=rows.filter(fell_due_within(start, end)).count(),
        **_finished(of_assignments(rows.finished_within(start, end), end)),
    )


def tasks_within(tasks: TaskQuerySet, start: date, end: date, among: AssignmentQuerySet) -> Within:
    """Counts tasks as these assignments carry them; released ones are in no count. Four queries.

    A task of several agencies is given with its first assignment, falls due with any, and is finished with its last.
    """
    all_rows = among.filter(task=OuterRef("pk")).order_by()
    rows = all_rows.exclude(life__in=RELEASED)
    carried = tasks.filter(Exists(rows))
    # Work that passed from one agency to another was given when the first one got it.
    had = [carried.filter(Exists(all_rows.received_by(day))).count() for day in (end, start - ONE_DAY)]
    done = tasks.filter(Exists(rows.finished_within(start, end)))
    done = done.exclude(Exists(rows.finished_within(end + ONE_DAY, date.max)))
    return Within(
        given=had[0] - had[1],
        due=carried.filter(Exists(rows.filter(fell_due_within(start, end)))).count(),
        **_finished(of_tasks(done, end, among)),
    )


def _finished(figures: Figures) -> dict[str, int]:
    return {name: getattr(figures, name) for name in ("done_on_time", "done_late", "done_no_deadline")}


@dataclass(frozen=True)
class Extensions:
    """How often more time was given, and how many requests for it wait."""

    given: int = 0
    waiting: int = 0


def extensions_by_agency(assignments: AssignmentQuerySet) -> dict[int, Extensions]:
    """Of each agency (by its key) that has asked. One query."""
    asked = Extension.objects.filter(assignment__in=assignments.order_by().values("pk"))
    rows = asked.order_by().values_list("assignment__agency")
    counted = rows.annotate(
        given=Count("pk", filter=Q(decision__answer__in=GIVEN)), waiting=Count("pk", filter=Q(decision=None))
    )
    return {agency: Extensions(given, waiting) for agency, given, waiting in counted}


@dataclass(frozen=True)
class ReviewTime:
    """How long decisions took, in working days after the claim was sent; never charged to the agency."""

    count: int = 0
    mean: float = 0
    longest: int = 0


def review_time(reviews: QuerySet[Review]) -> ReviewTime:
    """Of these decisions. One query, however many: days are counted once for each pair of dates."""
    pairs = reviews.order_by().values_list("note__said_on", "decided_on").annotate(count=Count("pk"))
    took = [(working_days_between(sent, decided), count) for sent, decided, count in pairs]
    count = sum(each for _, each in took)
    if not count:
        return ReviewTime()
    return ReviewTime(count, sum(days * each for days, each in took) / count, max(days for days, _ in took))


def _figure(rank: int | None) -> str | None:
    return None if rank is None else WORST_FIRST[rank]


def _grouped(rows: Iterable[tuple[int, str | None, int]]) -> dict[int, Figures]:
    found: dict[int, list[tuple[str | None, int]]] = {}
    for key, figure, count in rows:
        found.setdefault(key, []).append((figure, count))
    return {key: _figures(counts) for key, counts in found.items()}


def _figures(rows: Iterable[tuple[str | None, int]]) -> Figures:
    return Figures(**{Figure(figure).value if figure else "released": count for figure, count in rows})
