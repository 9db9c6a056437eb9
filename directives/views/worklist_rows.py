"""Which rows the list of work has, in which order, and what a line shows of each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.db.models import F, Max, Min, OrderBy, OuterRef, Q, QuerySet, Subquery
from django.utils.functional import cached_property

from agencies.models import User
from directives import deadlines
from directives.deadlines import WORST_FIRST, Figure
from directives.forms.finding import WorklistForm
from directives.models import Assignment, Office, ProgressNote, Task
from directives.views.agencies import SLICES
from directives.views.finding import assignments_for

MOST, NAMED = 10_000, 3
SORTS = {"tinh-trang": "Tình trạng", "han": "Thời hạn", "co-quan": "Cơ quan", "cap-nhat": "Cập nhật cuối"}


class BoundedPaginator(Paginator):
    """Pages of keys. Counts no further than MOST: beyond it a page says "hơn", and asks for a filter."""

    @cached_property
    def count(self) -> int:  # type: ignore[override]
        return min(self._counted, MOST)

    @property
    def is_more(self) -> bool:
        return self._counted > MOST

    @cached_property
    def _counted(self) -> int:
        keys = self.object_list
        assert isinstance(keys, QuerySet)
        return keys.order_by()[: MOST + 1].count()


def filter_form(asked: Mapping[str, Any], user: User) -> WorklistForm:
    return WorklistForm(asked, by=user, figures={name: label for name, (label, _) in SLICES.items()})


def assignment_keys(user: User, form: WorklistForm, day: date, office: Office, order: str = "") -> QuerySet:
    """Keys of the assignments that meet the filters, sorted."""
    rows = form.narrow(assignments_for(user, day, office).published())
    if cell := form.chosen().get("so"):
        rows = rows.filter(Q(figure__in=SLICES[cell][1]))
    name, backwards = _order(order)
    if name == "cap-nhat":
        said = ProgressNote.objects.filter(assignment=OuterRef("pk")).order_by().values("assignment")
        rows = rows.annotate(updated=Subquery(said.annotate(last=Max("said_on")).values("last")))
    by: dict[str, list[Any]] = {
        "tinh-trang": [deadlines.rank(day), F("due")],
        "han": [F("due")],
        "co-quan": [F("agency__sort_key"), F("due")],
        "cap-nhat": [F("updated")],
    }
    return _sorted(rows, by[name], backwards).values_list("pk", flat=True)


def task_keys(user: User, form: WorklistForm, day: date, order: str = "") -> QuerySet:
    """Keys of the tasks with an assignment that meets the filters, sorted.

    `so` asks where the task stands with all of its assignments, as the summary counts (figures.of_tasks): one pass
    over the assignments instead of a look at them for each task.
    """
    carried = Assignment.objects.visible_to(user).published()
    if set(form.chosen()) - {"so", "van-ban"}:
        carried = carried.filter(task__in=form.narrow(carried.with_status(day)).order_by().values("task"))
    elif directive := form.chosen().get("van-ban"):
        carried = carried.filter(task__directive=directive)
    tasks = carried.order_by().values("task").annotate(worst=Min(deadlines.rank(day)))
    if cell := form.chosen().get("so"):
        tasks = tasks.filter(worst__in=[WORST_FIRST.index(each) for each in SLICES[cell][1]])
    name, backwards = _order(order)
    if name == "cap-nhat":
        tasks = tasks.annotate(updated=Max("notes__said_on"))
    by: dict[str, list[Any]] = {
        "tinh-trang": [F("worst"), F("task__deadline")],
        "han": [F("task__deadline")],
        "co-quan": [F("task__lead__sort_key"), F("task__deadline")],
        "cap-nhat": [F("updated")],
    }
    return _sorted(tasks, by[name], backwards, "task").values_list("task", flat=True)


def assignments_shown(keys: Iterable[int], user: User, day: date, office: Office) -> list[Assignment]:
    """Each with its status and the day of its last note. Two queries."""
    keys = list(keys)
    notes = ProgressNote.objects.filter(assignment__in=keys).order_by()
    last = dict(notes.values_list("assignment").annotate(last=Max("said_on")))
    rows = _in_order(assignments_for(user, day, office), keys)
    for row in rows:
        row.last_said = last.get(row.pk)
    return rows


def tasks_shown(keys: Iterable[int], user: User, day: date) -> list[Task]:
    """Each with its agencies, its figure and the day of its last note. Three queries."""
    keys = list(keys)
    carried: dict[int, list[Assignment]] = {}
    for row in Assignment.objects.visible_to(user).filter(task__in=keys).select_related("agency"):
        carried.setdefault(row.task_id, []).append(row)
    notes = ProgressNote.objects.filter(assignment__task__in=keys).order_by()
    last = dict(notes.values_list("assignment__task").annotate(last=Max("said_on")))
    named = Task.objects.visible_to(user).with_rank(day).select_related("directive", "addressee")
    tasks = _in_order(named.defer("directive__text", "directive__segments"), keys)
    for task in tasks:
        agencies = [row.agency for row in carried.get(task.pk, [])]
        task.agencies, task.more_agencies = agencies[:NAMED], max(0, len(agencies) - NAMED)
        task.figure = None if task.rank is None else Figure(WORST_FIRST[task.rank])
        task.last_said = last.get(task.pk)
    return tasks


def _order(order: str) -> tuple[str, bool]:
    """What to sort by, and whether the other way round; by state where nothing that we know was asked."""
    name = order.removeprefix("-")
    return (name, order.startswith("-")) if name in SORTS else (next(iter(SORTS)), False)


def _sorted(rows: QuerySet, by: list[Any], backwards: bool, key: str = "pk") -> QuerySet:
    """Only the first column turns round; what has no value stands last either way."""
    turned = [OrderBy(each, descending=backwards and not place, nulls_last=True) for place, each in enumerate(by)]
    return rows.order_by(*turned, key)


def _in_order(rows: QuerySet, keys: list[int]) -> list[Any]:
    found = rows.in_bulk(keys)
    return [found[key] for key in keys if key in found]
