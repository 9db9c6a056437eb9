"""Phối hợp: staff say which bodies a name in the text means, and these read along on a tab of their own."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from agencies.access import only, staff_only
from agencies.clock import today
from agencies.models import Agency
from directives import timeline
from directives.forms.groups import CoordinatorForm
from directives.models import Coordinator, ProgressNote, Task
from directives.views.finding import me, task_or_404

PER_PAGE = 30


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def task_coordinators(request: HttpRequest, pk: int) -> HttpResponse:
    """For each name that the text gives as coordinating: the bodies that it means."""
    user, day = me(request), today()
    task = task_or_404(user, pk)
    named = task.coordinators.select_related("agency", "task").prefetch_related("members")
    living = list(Agency.objects.single().filter(ended_on=None))
    sent = request.POST.get("phan", "")
    forms = []
    for coordinator in named:
        own = {each.agency_id for each in coordinator.members.all()} | {coordinator.agency_id} - {None}
        keys = [each.pk for each in living if each.pk in own] or _of_group(coordinator)
        data = request.POST if sent == str(coordinator.pk) else None
        form = CoordinatorForm(data, coordinator=coordinator, choices=living, named=keys)
        if data and form.is_valid() and form.save(user, day):
            messages.success(request, f"Đã lưu các cơ quan của “{coordinator.name}”.")
            return redirect("task_coordinators", pk=pk)
        forms.append({"coordinator": coordinator, "form": form})
    failed = any(each["form"].errors for each in forms)  # type: ignore[attr-defined]
    context = {"task": task, "directive": task.directive, "forms": forms}
    return render(request, "directives/task_coordinators.html", context, status=422 if failed else 200)


def _of_group(coordinator: Coordinator) -> list[int]:
    """A name that is a known group is offered with its members ticked; it means them once staff have said so."""
    group = coordinator.agency
    if group is None or not group.is_group:
        return []
    return list(Agency.objects.members_of(group, today()).values_list("pk", flat=True))


@require_safe
@only(lambda user: user.is_liaison)
def coordination_list(request: HttpRequest) -> HttpResponse:
    """The tasks that the agency coordinates: nothing is owed here."""
    tasks = Task.objects.coordinated_by(me(request)).select_related("directive", "lead")
    tasks = tasks.defer("directive__text", "directive__segments").order_by("-directive__issued_on", "position")
    page = Paginator(tasks, PER_PAGE).get_page(request.GET.get("trang"))
    return render(request, "directives/coordination_list.html", {"page": page})


@require_safe
def coordination_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """What was reported on a task, for whoever coordinates it: words only, no files, no drafts."""
    found = Task.objects.coordinated_by(me(request)).select_related("directive", "lead", "addressee")
    task = get_object_or_404(found, pk=pk)
    notes = ProgressNote.objects.filter(assignment__task=task).select_related(
        "assignment__agency", "assignment__task__addressee", "round"
    )
    said = notes.prefetch_related("parts", "evidence__upload").order_by("-said_on", "-pk")
    page = Paginator(said, PER_PAGE).get_page(request.GET.get("trang"))
    entries = [
        {
            "note": note,
            "title": timeline.note_title(note),
            "text": timeline.note_text(note),
            "evidence": [timeline.shown(each).name for each in note.evidence.all()],
        }
        for note in page
    ]
    context = {"task": task, "page": page, "entries": entries}
    return render(request, "directives/coordination_detail.html", context)
