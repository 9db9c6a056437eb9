"""Directives: the list, one of them with its tasks, and publishing it."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from agencies.access import staff_only
from agencies.clock import today
from agencies.errors import Refused
from agencies.models import User
from directives import figures
from directives.actions import shelf
from directives.actions.publish import is_ahead, publish
from directives.figures import Figures
from directives.models import Assignment, Directive, Task
from directives.views.closing_parts import closing_of
from directives.views.directive_checks import checks
from directives.views.directive_page import DirectivePage, facts, trail
from directives.views.duplicates import likely_duplicates
from directives.views.finding import me
from directives.views.pauses import pauses_for

PER_PAGE = 25


@require_safe
def directive_list(request: HttpRequest) -> HttpResponse:
    """Directives that the person may see, newest first, each with its official numbers."""
    user = me(request)
    found = Directive.objects.visible_to(user).defer("text", "segments")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("trang"))
    counted = _counted(list(page), user, today())
    rows = [(directive, counted.get(directive.pk, Figures())) for directive in page]
    return render(request, "directives/directive_list.html", {"page": page, "rows": rows})


@require_safe
def directive_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The text, the tasks beside it, and what publishing a draft would do."""
    user, day = me(request), today()
    directive = directive_or_404(user, pk)
    shown = DirectivePage(directive, user, day)
    counted = shown.figures()
    context = {
        "directive": directive,
        "crumbs": trail(),
        "facts": facts(directive),
        "figures": counted,
        "blocks": shown.blocks,
        "task_count": len(shown.tasks),
        "segments": shown.text(),
        "cited": shown.cited(),
        "is_from_book": shown.is_from_book,
        "closing": closing_of(directive),
        "pauses": pauses_for(user, day, directive=directive),
        **(_draft(shown, counted, day) if not directive.is_published else {}),
    }
    return render(request, "directives/directive_detail.html", context)


@require_safe
def directive_source(request: HttpRequest, pk: int) -> FileResponse:
    """The file as it was loaded, for whoever may see the directive."""
    directive = directive_or_404(me(request), pk)
    if not directive.source_sha256:  # known only from an old tracking workbook
        raise Http404
    name = directive.source_name or f"{directive.number}-{directive.symbol}.txt"
    try:
        return FileResponse(shelf.open_kept(directive.source_sha256), as_attachment=True, filename=name)
    except FileNotFoundError:
        raise Http404 from None


@require_POST
@staff_only
def directive_publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the work out."""
    directive = directive_or_404(me(request), pk)
    if directive.is_published:
        messages.info(request, f"{directive.code} đã được công bố từ trước; không có gì thay đổi.")
        return redirect("directive_detail", pk=pk)
    try:
        publish(directive=directive, by=me(request), day=today())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Đã công bố {directive.code}: {_given(directive)}.")
    return redirect("directive_detail", pk=pk)


def directive_or_404(user: User, pk: int) -> Directive:
    """A directive that the person may see."""
    return get_object_or_404(Directive.objects.visible_to(user).select_related("created_by"), pk=pk)


def _counted(directives: list[Directive], user: User, day: date) -> dict[int, Figures]:
    """Tasks for those who oversee them; a liaison's own assignments."""
    if user.oversees:
        return figures.tasks_by_directive(Task.objects.visible_to(user).filter(directive__in=directives), day)
    own = Assignment.objects.visible_to(user).filter(task__directive__in=directives)
    return figures.by_directive(own, day)


def _draft(shown: DirectivePage, counted: Figures, day: date) -> dict[str, object]:
    given = f"{len(shown.receivers())} đơn vị nhận {len(shown.assignments)} phân công, kể từ hôm nay."
    explain = f"{given} Đơn vị thấy nhiệm vụ khi đăng nhập; không gửi thư hàng loạt."
    found = list(checks(shown, counted.open_overdue, day))
    twins = likely_duplicates(shown.directive)
    return {"explain": explain, "checks": found, "twins": twins, "is_ahead": is_ahead(shown.directive, day)}


def _given(directive: Directive) -> str:
    given = Assignment.objects.filter(task__directive=directive)
    counted = given.aggregate(agencies=Count("agency", distinct=True), assignments=Count("pk"))
    return f"{counted['agencies']} đơn vị nhận {counted['assignments']} phân công, kể từ hôm nay"
