"""After the notice of an old workbook's directive was loaded: which of its tasks are in our book already."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from agencies.access import staff_only
from agencies.clock import today
from directives.actions.text_tasks import Placed
from directives.forms.text_tasks import TextTasksForm
from directives.views.directive_page import trail
from directives.views.directives import directive_or_404
from directives.views.finding import me


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def directive_tasks(request: HttpRequest, pk: int) -> HttpResponse:
    """The tasks that were read and stand in none of ours, each with a choice."""
    directive = directive_or_404(me(request), pk)
    form = TextTasksForm(request.POST if request.method == "POST" else None, directive=directive)
    if form.is_bound and form.is_valid() and (placed := form.save(by=me(request), day=today())):
        messages.success(request, _words(placed))
        return redirect("directive_tasks", pk=pk)
    context = {"directive": directive, "form": form, "crumbs": trail(directive)}
    return render(request, "directives/directive_tasks.html", context, status=422 if form.errors else 200)


def _words(placed: Placed) -> str:
    done = [f"ghép {placed.matched} nhiệm vụ"] if placed.matched else []
    done += [f"giao {placed.given} nhiệm vụ mới"] if placed.given else []
    if not done:
        return "Các lựa chọn này đã được ghi từ trước hoặc chưa chọn gì; không có gì thay đổi."
    return f"Đã {' và '.join(done)}."
