"""To say a word on an obstacle or on a task, and to make a task of it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from agencies.access import overseers_only, staff_only
from agencies.clock import today
from directives.actions.instructions import said_meanwhile
from directives.forms.instructions import InstructionForm, NewTaskForm
from directives.models import Instruction, Office, ProgressNote, Task
from directives.views.duplicates import said_before
from directives.views.finding import assignment_or_404, me
from kttt_tracker.addresses import asked_address


@require_http_methods(["GET", "HEAD", "POST"])
@overseers_only
def instruction_give(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """An answer in place; what is refused is shown on a page of its own, with the words that were typed."""
    user, day = me(request), today()
    row = assignment_or_404(user, pk, code, day, Office.current())
    form = InstructionForm(request.POST or None, assignment=row, by=user, initial={"note": request.GET.get("bao-cao")})
    if form.is_valid() and (said := form.save(day)):
        messages.success(request, f"Đã ghi ý kiến chỉ đạo; {row.agency.short_name} thấy ngay trên trang của mình.")
        for other in said_meanwhile(said, form.cleaned_data["seen"] or 0):
            words = f"Trong lúc ông/bà soạn, {other.given_by} cũng đã cho ý kiến: “{other.text}”. Cả hai đều được giữ."
            messages.warning(request, words)
        return HttpResponseRedirect(asked_address(request, "ve", reverse("assignment_detail", args=[pk, code])))
    context = {"row": row, "task": row.task, "form": form, "note": _note(form), "back": request.POST.get("ve", "")}
    return render(request, "directives/instruction_form.html", context, status=422 if form.errors else 200)


def _note(form: InstructionForm) -> ProgressNote | None:
    """The report that is answered, for showing it above the form."""
    asked = str(form["note"].value() or "")
    return form.assignment.notes.filter(pk=asked).first() if asked.isdecimal() else None


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def instruction_task(request: HttpRequest, pk: int) -> HttpResponse:
    """The instruction becomes a task, under a document that is here or the paper by which it was issued."""
    found = Instruction.objects.visible_to(me(request)).select_related(
        "given_by", "note", "assignment__agency", "assignment__task__directive"
    )
    said = get_object_or_404(found.prefetch_related("tasks__directive"), pk=pk)
    if not said.assignment.task.directive.is_published:
        raise Http404
    form = NewTaskForm(request.POST or None, instruction=said, by=me(request))
    twin = _twin(form, said) if form.is_valid() else None
    if form.is_valid() and not twin and (task := form.save(today())):
        words = f"Đã giao thành nhiệm vụ {task.position}, {task.directive.code}, cho {task.addressee.agency.name}."
        messages.success(request, words)
        return redirect("task_detail", pk=task.pk)
    context = {"said": said, "row": said.assignment, "task": said.assignment.task, "form": form, "twin": twin}
    return render(request, "directives/instruction_task.html", context, status=422 if form.errors else 200)


def _twin(form: NewTaskForm, said: Instruction) -> Task | None:
    """An open task that the new one seems to repeat, unless the person has seen it and gives it all the same."""
    data = form.cleaned_data
    twin = said_before(said, data["agency"], data["text"], today())
    return None if twin and form.data.get("trung") == str(twin.pk) else twin
