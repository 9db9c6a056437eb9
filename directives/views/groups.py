"""A group: its members, what falls to each, and how far they have come with one task or with all of them."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import BooleanField, Count, ExpressionWrapper, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from agencies.access import overseers_only, staff_only
from agencies.clock import today
from agencies.models import Agency, Membership
from agencies.succession import living
from directives.actions.groups import left_behind, open_tasks, waiting_claims
from directives.deadlines import RELEASED, has_passed
from directives.forms.groups import JoinForm, LeaveForm, ScopeForm
from directives.forms.stale import unlisted, unlisted_words
from directives.models import Addressee, Assignment, Directive, Office, Task
from directives.views.directive_page import trail
from directives.views.finding import assignments_for, me, task_or_404
from directives.views.task_words import roll_up


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def agency_members(request: HttpRequest, code: str) -> HttpResponse:
    """The members of a group on this day; one more, or one less, with what it means for the group's work."""
    group, user, day = get_object_or_404(Agency, code=code, is_group=True), me(request), today()
    sent = request.POST.get("phan", "")
    join = JoinForm(request.POST if sent == "them" else None, group=group, by=user, day=day)
    if sent == "them" and join.is_valid() and (made := join.save()) is not None:
        names = ", ".join(each.member.short_name for each in made)
        messages.success(request, f"Đã thêm {names} vào nhóm." if made else "Các cơ quan này đã là thành viên.")
        return redirect("agency_members", code=code)
    leaving = LeaveForm(request.POST, label_suffix="") if sent == "ra" else None
    if leaving and leaving.is_valid():
        agency = get_object_or_404(Agency, code=request.POST.get("co-quan", "").replace("\0", ""))
        if leaving.save(group, agency, user, day):
            said = "việc đang mở của nhóm ở đó đã được hủy, hoặc trả về nhóm"
            messages.success(request, f"{agency.name} không còn là thành viên; {said}.")
            return redirect("agency_members", code=code)
    members = _members(group, day, leaving, request.POST.get("co-quan", ""))
    tasks = list(_with_lateness(open_tasks(group).select_related("directive"), day))
    context = {
        "group": group,
        "members": members,
        "not_there": _not_there(leaving, members, request.POST.get("co-quan", "").replace("\0", "")),
        "tasks": tasks,
        "past": sum(bool(task.is_past) for task in tasks),
        "join": join,
        "unnamed": left_behind(group).filter(agency=group).count(),
    }
    failed = bool(join.errors or (leaving and leaving.errors))
    return render(request, "directives/agency_members.html", context, status=422 if failed else 200)


def _not_there(leaving: LeaveForm | None, members: list[dict[str, Any]], code: str) -> list[str]:
    """Why a body that is not listed any more cannot leave, who stands in its place, and what was typed for it."""
    agency = Agency.objects.filter(code=code).first() if leaving else None
    if leaving is None or agency is None or any(each["agency"] == agency for each in members):
        return []
    words = [f"{agency.name}: {error}" for errors in leaving.errors.values() for error in errors]
    if agency.has_ended:
        words.append(f"Nay là {', '.join(each.name for each in living(agency))}; xin tìm trong danh sách thành viên.")
    typed = leaving["reason"].value()
    return [*words, f"Lý do ông/bà đã nhập: “{typed}”."] if typed else words


def _with_lateness(tasks: QuerySet[Task], day: date) -> Any:
    late = ExpressionWrapper(has_passed(day), output_field=BooleanField())
    return tasks.defer("directive__text", "directive__segments").annotate(is_past=late)


def _members(group: Agency, day: date, leaving: LeaveForm | None, code: str) -> list[dict[str, Any]]:
    """Each member with how much of the group's open work it would give back, its claims, and the form for leaving."""
    there = Membership.objects.filter(Q(until=None) | Q(until__gt=day), group=group).select_related("member")
    carried = dict(left_behind(group).order_by().values_list("agency").annotate(count=Count("pk")))
    claims: dict[int, list[Assignment]] = defaultdict(list)
    for row in waiting_claims(group).for_pages():
        claims[row.agency_id].append(row)
    return [
        {
            "membership": each,
            "agency": each.member,
            "open": carried.get(each.member_id, 0),
            "claims": claims[each.member_id],
            "form": leaving
            if leaving and code == each.member.code
            else LeaveForm(initial={"until": day}, auto_id=f"ra-{each.pk}-%s", label_suffix=""),
        }
        for each in there.order_by("member__sort_key")
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def task_scope(request: HttpRequest, pk: int) -> HttpResponse:
    """Phần việc của từng đơn vị: one line for each member of a group's task."""
    user, day = me(request), today()
    task = task_or_404(user, pk)
    if not task.addressee.agency.is_group:
        raise Http404
    carried = task.assignments.exclude(life__in=RELEASED).filter(closed_on=None).select_related("agency")
    rows = carried.order_by("agency__sort_key")
    forms = [ScopeForm(request.POST if request.method == "POST" else None, row=row) for row in rows]
    gone = _unlisted_scopes(request, task, [form.row for form in forms])
    if request.method == "POST" and not gone:
        # Only what was changed is sent on: whoever edits another member meanwhile is not disturbed.
        changed = [form for form in forms if form.is_valid() and form.has_changed()]
        if all(form.save(user, day) for form in changed) and not any(form.errors for form in forms):
            messages.success(request, "Đã lưu phần việc của từng đơn vị.")
            return redirect("task_detail", pk=pk)
    failed = bool(gone) or any(form.errors for form in forms)
    context = {"task": task, "directive": task.directive, "forms": forms, "failed": failed, "gone": gone}
    return render(request, "directives/task_scope.html", context, status=422 if failed else 200)


def _unlisted_scopes(request: HttpRequest, task: Task, rows: list[Assignment]) -> list[str]:
    """Parts that were changed for members that do not carry the task any more."""
    found = unlisted(request.POST, "{}-scope", {row.pk for row in rows}, task.assignments.all())
    return [unlisted_words(row, typed) for row, typed in found if typed != row.scope]


@require_safe
@overseers_only
def directive_group(request: HttpRequest, pk: int, addressee: int) -> HttpResponse:
    """Members × tasks of a group addressee: every cell leads to the assignment."""
    user, day = me(request), today()
    directive = get_object_or_404(Directive.objects.visible_to(user).defer("text", "segments"), pk=pk)
    group = get_object_or_404(Addressee.objects.select_related("agency"), pk=addressee, directive=directive)
    tasks = list(Task.objects.filter(addressee=group).order_by("position"))
    found = assignments_for(user, day, Office.current()).filter(task__addressee=group)
    rows = list(found.select_related(None).select_related("agency").order_by("agency__sort_key"))
    cells = {(row.agency_id, row.task_id): row for row in rows}
    by_task = {task.pk: [row for row in rows if row.task_id == task.pk] for task in tasks}
    members = {row.agency_id: row.agency for row in rows}
    context = {
        "directive": directive,
        "group": group,
        "crumbs": trail(directive),
        "columns": [{"task": task, "rolled": roll_up(by_task[task.pk])} for task in tasks],
        "lines": [
            {"agency": agency, "cells": [{"task": task, "row": cells.get((key, task.pk))} for task in tasks]}
            for key, agency in members.items()
        ],
    }
    return render(request, "directives/directive_group.html", context)
