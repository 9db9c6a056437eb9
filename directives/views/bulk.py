"""Changing many tasks at one stroke: choose, look at what will change, confirm, and the way back."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, OuterRef, Subquery
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.access import staff_only
from agencies.clock import today
from agencies.errors import Refused
from agencies.models import Agency, User
from directives.actions.bulk import MOST
from directives.actions.undo_bulk import undo_bulk
from directives.forms.bulk import BulkForm
from directives.models import Assignment, BulkChange, BulkKind, Office, Task
from directives.views.finding import me
from directives.views.worklist_rows import assignment_keys, filter_form, task_keys

PER_PAGE = 20
LONGEST = 4000  # characters of filters; what is longer is refused, never cut: a cut filter lets more through


@require_safe
@staff_only
def bulk_list(request: HttpRequest) -> HttpResponse:
    """What was changed at one stroke, newest first."""
    changes = BulkChange.objects.select_related("made_by", "undone_by")
    page = Paginator(changes, PER_PAGE).get_page(request.GET.get("trang"))
    return render(request, "directives/bulk_list.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def bulk_create(request: HttpRequest) -> HttpResponse:
    """GET: the tasks that were ticked (`nv`), or all that meet the filters; POST: the preview, then the change.

    The preview names each task with its version ("12.3"): what is changed is what was shown.
    """
    user, day = me(request), today()
    asked = request.POST if request.method == "POST" else request.GET
    tasks, too_many = _chosen(asked, user)
    form = BulkForm(request.POST if request.method == "POST" else None, by=user)
    context: dict[str, Any] = {"form": form, "tasks": tasks, "too_many": too_many, "most": MOST}
    if request.method == "POST" and tasks and not too_many and form.is_valid():
        if "ghi" not in request.POST:
            context["rows"] = form.preview(tasks, day)
            context["will"] = sum(not row.refused for row in context["rows"])
        elif done := form.save(_seen(request.POST.getlist("nv"), tasks), day):
            return _told(request, *done)
    refused = request.method == "POST" and (bool(form.errors) or not tasks or too_many)
    return render(request, "directives/bulk_form.html", context, status=422 if refused else 200)


@require_safe
@staff_only
def bulk_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One change, task by task."""
    change = get_object_or_404(BulkChange.objects.select_related("made_by", "undone_by"), pk=pk)
    return render(request, "directives/bulk_detail.html", {"change": change, "rows": list(_rows(change))})


@require_POST
@staff_only
def bulk_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Give back what nobody changed since; what could not be given back is named on the page of the change."""
    change = get_object_or_404(BulkChange, pk=pk)
    try:
        undone = undo_bulk(change=change, by=me(request), day=today())
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("bulk_detail", pk=pk)
    left = sum("kept" in record for record in undone.rows)
    messages.success(request, f"Đã hoàn tác {len(undone.rows) - left} nhiệm vụ.")
    if dropped := sum(record.get("dropped", 0) for record in undone.rows if "kept" not in record):
        words = "đề nghị gia hạn hết cần xét do lần đổi này không tự trở lại; xin báo các đơn vị gửi lại nếu còn cần."
        messages.warning(request, f"{dropped} {words}")
    if left:
        messages.warning(request, f"{left} nhiệm vụ giữ nguyên vì đã được thay đổi sau đó; lý do ghi ở từng dòng.")
    return redirect("bulk_detail", pk=pk)


# How many agencies a change of the task falls on.
CARRIED = Subquery(
    Assignment.objects.filter(task=OuterRef("pk")).order_by().values("task").annotate(n=Count("pk")).values("n")
)


def _chosen(asked: QueryDict, user: User) -> tuple[list[Task], bool]:
    """The tasks, and whether they are more than may be changed at once. Others' keys and nonsense are no tasks."""
    tasks = Task.objects.visible_to(user).select_related("directive", "lead").annotate(carried=CARRIED)
    if asked.get("tat-ca"):
        said = asked.get("bo-loc", "")
        if len(said) > LONGEST:
            return [], True
        form = filter_form(QueryDict(said), user)
        if "xem=nhiem-vu" in said:
            found = tasks.filter(pk__in=task_keys(user, form, today()).order_by())
        else:
            carried = assignment_keys(user, form, today(), Office.current()).order_by()
            found = tasks.filter(assignments__in=carried).distinct()
    else:
        found = tasks.filter(pk__in=list(_keys(asked.getlist("nv")))[: MOST + 1])
    rows: list[Any] = list(found.defer("directive__text", "directive__segments").order_by("pk")[: MOST + 1])
    return rows[:MOST], len(rows) > MOST


def _keys(values: Iterable[str]) -> Iterable[int]:
    return (pk for pk, _ in _pairs(values))


def _pairs(values: Iterable[str]) -> Iterable[tuple[int, int]]:
    """Key and version of each; version 0, which none has, where there is none."""
    for each in values:
        if found := re.fullmatch(r"(\d{1,18})(?:\.(\d{1,9}))?", each, re.ASCII):
            yield int(found[1]), int(found[2] or 0)


def _seen(values: Iterable[str], tasks: list[Task]) -> dict[int, int]:
    """The version of each task that the preview showed."""
    shown = dict(_pairs(values))
    return {task.pk: shown.get(task.pk, 0) for task in tasks}


def _told(request: HttpRequest, change: BulkChange | None, rows: list[Any]) -> HttpResponse:
    left = [row for row in rows if row.refused]
    for row in left[:5]:
        messages.warning(request, f"{row.task.directive.code}, nhiệm vụ {row.task.position} không đổi: {row.refused}")
    if len(left) > 5:
        messages.warning(request, f"Và {len(left) - 5} nhiệm vụ khác không đổi.")
    if change is None:
        messages.error(request, "Không nhiệm vụ nào được đổi.")
        return redirect("bulk_list")
    messages.success(request, f"Đã đổi {len(change.rows)} nhiệm vụ. Có thể hoàn tác ở trang này.")
    return redirect("bulk_detail", pk=change.pk)


def _rows(change: BulkChange) -> Iterable[dict[str, Any]]:
    """Each task with what it had and, after an undoing, why it was left. Two queries."""
    tasks = Task.objects.select_related("directive").defer("directive__text", "directive__segments")
    found = tasks.in_bulk([record["task"] for record in change.rows])
    names = dict(Agency.objects.filter(pk__in=[each["lead"] for each in change.rows]).values_list("pk", "name"))
    for record in change.rows:
        if task := found.get(record["task"]):
            old = names.get(record["lead"], "(chưa rõ)") if change.kind == BulkKind.LEAD else record["old"]
            address = reverse("task_detail", args=[task.pk])
            yield {"task": task, "url": address, "old": old, "kept": record.get("kept", "")}
