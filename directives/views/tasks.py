"""A task: as its agencies carry it together, as one of them does, and what staff fix about it."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from agencies.access import overseers_only
from agencies.clock import today
from agencies.models import Agency, User
from directives import figures
from directives.actions.own_work import carriers_of, disposes
from directives.forms.tasks import ClockForm, DeadlineForm, DetailsForm, TaskForm
from directives.models import Office, Task
from directives.views.finding import assignments_for, me, task_or_404
from directives.views.group_board import board, is_shared

FORMS: dict[str, tuple[type[TaskForm], str]] = {
    "thong-tin": (DetailsForm, "Đã lưu thông tin nhiệm vụ."),
    "thoi-han": (DeadlineForm, "Đã ấn định thời hạn."),
    "loai-thoi-han": (ClockForm, "Đã đổi loại thời hạn."),
}


# What a leader has of them, where staff would decide on their own agency's work.
LEADERS = ("thoi-han", "loai-thoi-han")


def may_edit(user: User, agencies: Iterable[Agency]) -> bool:
    """Whether the page of changes is for this person; of its verbs each says what it refuses."""
    return user.keeps_tasks or disposes(user, agencies)


@require_safe
def task_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The task with every assignment that the person may see; a single one has its own page."""
    day, office = today(), Office.current()
    task = task_or_404(me(request), pk)
    assignments = list(assignments_for(me(request), day, office).filter(task=task).order_by("agency__sort_key"))
    if len(assignments) == 1:
        return redirect("assignment_detail", pk=pk, code=assignments[0].agency.code)
    counted = figures.of_assignments(assignments_for(me(request), day, office).filter(task=task), day)
    context = {"task": task, "assignments": assignments, "figures": counted, **about(task)}
    context["may_edit"] = may_edit(me(request), [each.agency for each in assignments])
    if me(request).oversees and is_shared(task, assignments):
        context |= {"board": board(request, task, assignments_for(me(request), day, office).filter(task=task), day)}
    return render(request, "directives/task_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@overseers_only
def task_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Three forms, each with its own button: details, deadline, clock; for a leader what staff may not decide."""
    task = task_or_404(me(request), pk)
    if not may_edit(me(request), carriers_of(task)):
        raise Http404
    sent = request.POST.get("phan", "")
    forms = {
        name: form(request.POST if name == sent else None, task=task, by=me(request), prefix=name)
        for name, (form, _) in FORMS.items()
        if me(request).keeps_tasks or name in LEADERS
    }
    if (form := forms.get(sent)) and form.is_valid() and form.save(today()):
        messages.success(request, FORMS[sent][1])
        return redirect("task_detail", pk=pk)
    named = {name.replace("-", "_"): form for name, form in forms.items()}
    context = {"task": task, "forms": named, **about(task)}
    return render(request, "directives/task_edit.html", context, status=422 if sent else 200)


def about(task: Task) -> dict[str, object]:
    """What the text of the directive says of the task, for its pages."""
    return {
        "directive": task.directive,
        "addressee": task.addressee,
        "coordinators": task.coordinators.select_related("agency"),
        "cited": task.cites.all(),
    }
