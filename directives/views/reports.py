"""Official reports: asked for, awaited, read, downloaded. For overseers only; for others there are none (404)."""

from __future__ import annotations

from functools import partial

from csp.decorators import csp_exempt
from django.contrib import messages
from django.core.files.storage import default_storage
from django.core.paginator import Paginator
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.access import overseers_only
from agencies.clock import today
from agencies.errors import Refused
from directives import jobs
from directives.actions.reports import retry_report
from directives.forms.reports import ReportForm
from directives.models import Report
from directives.models.report import ReportQuerySet
from directives.reports import lost
from directives.views.finding import me
from directives.views.signed_copy_parts import signed_of

PER_PAGE = 50
# htmx stops asking at this status.
STOP_POLLING = 286


@require_safe
@overseers_only
def report_list(request: HttpRequest) -> HttpResponse:
    """Every report, the newest first."""
    page = Paginator(_listed(request), PER_PAGE).get_page(request.GET.get("trang"))
    return render(request, "directives/report_list.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@overseers_only
def report_create(request: HttpRequest) -> HttpResponse:
    """Choose the directive and the day; a worker does the rest."""
    form = ReportForm(request.POST or None, by=me(request), day=today())
    if request.method == "POST" and form.is_valid() and (report := form.save()):
        _ring(report)
        return redirect("report_detail", pk=report.pk)
    return render(request, "directives/report_form.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
@overseers_only
def report_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """How far it is; once done, the file and what was frozen."""
    report = _found(request, pk)
    context = _shown(report) | {"signed": signed_of(report, me(request))}
    return render(request, "directives/report_detail.html", context)


@require_safe
@overseers_only
def report_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The same as a fragment, asked for every second until there is nothing more to wait for."""
    report = _found(request, pk)
    status = 200 if report.is_unfinished else STOP_POLLING
    return render(request, "directives/report_progress.html", _shown(report), status=status)


@csp_exempt()  # type: ignore[arg-type]
@require_safe
@overseers_only
def report_pdf(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file; where it is lost, the page that says what to do.

    (The browser's own reader is a plugin to some browsers, which the pages' policy forbids.)
    """
    report = _found(request, pk)
    if not report.is_ready:
        raise Http404
    if lost.is_lost(report):
        return redirect("report_detail", pk=pk)
    file = default_storage.open(report.pdf)
    response = FileResponse(file, content_type="application/pdf", filename=_file_name(report))
    patch_cache_control(response, private=True, no_store=True)
    return response


@require_POST
@overseers_only
def report_retry(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a failed one back to wait, or one whose file is lost."""
    report, day = _found(request, pk), today()
    lost.give_up_if_lost(report, day)
    try:
        _ring(retry_report(report=report, by=me(request), day=day))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("report_detail", pk=pk)


def _found(request: HttpRequest, pk: int) -> Report:
    return get_object_or_404(_listed(request), pk=pk)


def _listed(request: HttpRequest) -> ReportQuerySet:
    """Without figures and texts, the heavy part of a row; the page of one report fetches its figures when done."""
    visible = Report.objects.visible_to(me(request)).select_related("directive", "made_by")
    return visible.defer("figures", "directive__text", "directive__segments")


def _ring(report: Report) -> None:
    """Once the row is there for good, a worker is told."""
    if report.is_unfinished:
        transaction.on_commit(partial(jobs.ring, jobs.render_report, report.pk))


def _shown(report: Report) -> dict[str, object]:
    frozen = {} if report.is_unfinished else report.figures or {}
    if lost.is_lost(report):
        return {"report": report, "frozen": frozen, "lost": lost.WORDS}
    size = default_storage.size(report.pdf) if report.is_ready else None
    return {"report": report, "frozen": frozen, "size": size}


def _file_name(report: Report) -> str:
    code = report.directive.code.replace("/", "-")
    return f"Báo cáo {code} đến {report.as_of:%d-%m-%Y}.pdf"
