"""Official reports: asked for, awaited, read, downloaded. For overseers only; for others there are none (404)."""

from __future__ import annotations

from functools import partial
from typing import Any

from csp.decorators import csp_exempt
from django.contrib import messages
from django.core.files.storage import default_storage
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.access import overseers_only
from agencies.clock import today
from agencies.errors import Refused
from directives import jobs
from directives.actions.reports import record_download, retry_report
from directives.forms.reports import PublishForm, ReportForm
from directives.models import Directive, Download, FileKind, Report
from directives.models.report import ReportQuerySet
from directives.reports import files
from directives.views.finding import me
from directives.views.signed_copy_parts import signed_of

PER_PAGE = 50
# htmx stops asking at this status.
STOP_POLLING = 286
MOST_DOWNLOADS = 50


@require_safe
@overseers_only
def report_list(request: HttpRequest) -> HttpResponse:
    """Every report, the newest first, with who made, published and fetched it."""
    rows = _listed(request).annotate(downloads=Count("files__downloads")).order_by("-pk")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("trang"))
    return render(request, "directives/report_list.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@overseers_only
def report_create(request: HttpRequest) -> HttpResponse:
    """Choose what about and as of when; a worker does the rest."""
    form = ReportForm(request.POST or None, by=me(request), day=today(), initial=_asked(request))
    if request.method == "POST" and form.is_valid() and (report := form.save()):
        ring(report)
        return redirect("report_detail", pk=report.pk)
    return render(request, "directives/report_form.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
@overseers_only
def report_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """How far it is; once done, its files, what was frozen, its text, and who fetched it."""
    return page(request, found(request, pk))


@require_safe
@overseers_only
def round_report(request: HttpRequest, pk: int) -> HttpResponse:
    """The report that was drafted by itself for a round."""
    return redirect("report_detail", pk=get_object_or_404(_listed(request), round=pk).pk)


@require_safe
@overseers_only
def report_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """How far it is as a fragment, asked for every second; when it is done the page is loaded anew."""
    report = found(request, pk)
    if not report.is_unfinished:
        return HttpResponse(status=STOP_POLLING, headers={"HX-Refresh": "true"})
    return render(request, "directives/report_progress.html", {"report": report})


@csp_exempt()  # type: ignore[arg-type]
@require_safe
@overseers_only
def report_file(request: HttpRequest, pk: int, kind: str) -> HttpResponseBase:
    """The file; where it is lost, the page that says what to do.

    (The browser's own reader of PDF is a plugin to some browsers, which the pages' policy forbids.)
    """
    report = found(request, pk)
    row = files.current(report).get(kind)
    if row is None and not files.is_lost(report):
        raise Http404
    if row is None or not default_storage.exists(row.path):
        return redirect("report_detail", pk=pk)
    if request.method == "GET":
        record_download(file=row, by=me(request), day=today())
    shown_in_browser = kind in (FileKind.PDF, FileKind.SUMMARY)
    name = files.file_name(report, kind)
    response = FileResponse(default_storage.open(row.path), as_attachment=not shown_in_browser, filename=name)
    patch_cache_control(response, private=True, no_store=True)
    return response


@require_POST
@overseers_only
def report_retry(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a failed one back to wait, or one whose file is lost."""
    report, day = found(request, pk), today()
    files.give_up_if_lost(report, day)
    try:
        ring(retry_report(report=report, by=me(request), day=day))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("report_detail", pk=pk)


def found(request: HttpRequest, pk: int) -> Report:
    return get_object_or_404(_listed(request), pk=pk)


def ring(report: Report) -> None:
    """Once the row is there for good, a worker is told."""
    if report.is_unfinished:
        transaction.on_commit(partial(jobs.ring, jobs.render_report, report.pk))


def page(request: HttpRequest, report: Report, form: PublishForm | None = None) -> HttpResponse:
    """The page of one report; `form`: a publication that was refused."""
    if form:
        form.renew("seen", report.content_sha256)  # what they have before them now
    made = files.at_hand(report)
    lost = files.is_lost(report)
    passages = report.passages.select_related("edited_by") if report.figures_sha256 else []
    downloads = Download.objects.filter(file__report=report)
    shown = {
        "report": report,
        "files": [made[kind] for kind in FileKind.values if kind in made],
        "frozen": report.figures or {},
        "lost": files.LOST if lost else "",
        "passages": passages,
        "may_go_out": me(request).keeps_tasks and report.is_ready and not lost and not report.is_published and passages,
        "signed": signed_of(report, me(request)),
        "publish": form or PublishForm(initial={"seen": report.content_sha256}),
        "fetched": downloads.count(),
        "downloads": downloads.select_related("file", "by")[:MOST_DOWNLOADS],
    }
    return render(request, "directives/report_detail.html", shown, status=422 if form else 200)


def _listed(request: HttpRequest) -> ReportQuerySet:
    """Without figures, the heavy part of a row; the page of one report fetches them."""
    visible = Report.objects.visible_to(me(request)).select_related("agency", "made_by", "publication__published_by")
    return visible.prefetch_related("directives").defer("figures", "publication__record")


def _asked(request: HttpRequest) -> dict[str, Any]:
    """The directive from whose page somebody comes."""
    wanted = request.GET.get("van-ban", "")
    chosen = Directive.objects.filter(pk=int(wanted)) if wanted.isdecimal() and len(wanted) < 10 else ()
    return {"directives": list(chosen)} if chosen else {}
