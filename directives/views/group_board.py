"""How far the members of a group have come with one task: worst first, each with its last word."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Exists, F, Func, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest

from directives.deadlines import rank
from directives.models import Assignment, Evidence, ProgressNote, Task
from directives.models.assignment import AssignmentQuerySet
from directives.models.move import Lineage
from directives.views.obstacles import standing_in
from directives.views.task_words import roll_up

NAME = F("agency__sort_key").asc()
# What the address calls an order, the words at its column, and the order.
ORDERS: dict[str, tuple[str, list[Any]]] = {
    "don-vi": ("Đơn vị", [NAME]),
    "tinh-trang": ("Tình trạng", [F("rank").asc(nulls_last=True), F("late_by").desc(nulls_last=True), NAME]),
    "thoi-han": ("Thời hạn", [F("due").asc(nulls_last=True), NAME]),
    "bao-cao": ("Báo cáo gần nhất", [F("last_on").asc(nulls_first=True), NAME]),
    "vuong-mac": ("Vướng mắc", [F("has_obstacle").desc(), NAME]),
    "ty-le": ("Tỷ lệ", [F("percent").asc(nulls_first=True), NAME]),
    "minh-chung": ("Minh chứng", [F("evidence_count").asc(), NAME]),
}
FIRST = "tinh-trang"


def board(request: HttpRequest, task: Task, assignments: AssignmentQuerySet, day: date) -> dict[str, Any]:
    """For the page of a group's task; `xep` in the address names the order. A constant number of queries."""
    asked = request.GET.get("xep", "")
    order = asked if asked in ORDERS else FIRST
    rows: list[Any] = list(_told(assignments, day).order_by(*ORDERS[order][1]))
    obstacles = {each.assignment_id: each for each in standing_in(task.assignments.all(), day)}
    for row in rows:
        row.obstacle = obstacles.get(row.pk)
    return {
        "rows": rows,
        "columns": [{"name": name, "words": words, "current": name == order} for name, (words, _) in ORDERS.items()],
        "rolled": roll_up(sorted(rows, key=lambda row: row.agency.sort_key)),
        "has_scopes": any(row.scope for row in rows),
    }


def _told(assignments: AssignmentQuerySet, day: date) -> Any:
    """With the last note up to `day` and how much evidence lies there: also of whoever carried the work before."""
    said = ProgressNote.objects.filter(assignment__in=Lineage(OuterRef("pk")), said_on__lte=day)
    notes = said.order_by("-said_on", "-pk")
    shown = Evidence.objects.filter(note__assignment__in=Lineage(OuterRef("pk")), note__said_on__lte=day).order_by()
    counted = shown.annotate(count=Func("pk", function="COUNT")).values("count")
    return assignments.annotate(
        rank=rank(day),
        has_obstacle=Exists(ProgressNote.objects.filter(assignment__in=Lineage(OuterRef("pk"))).naming_obstacles(day)),
        last_on=Subquery(notes.values("said_on")[:1]),
        last_result=Subquery(notes.values("result")[:1]),
        evidence_count=Coalesce(Subquery(counted, output_field=IntegerField()), 0),
    )


def is_shared(task: Task, rows: list[Assignment]) -> bool:
    """Whether it is a group's task that several carry, or did."""
    return task.addressee.agency.is_group and len(rows) > 1
