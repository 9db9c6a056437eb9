"""What staff make of a draft: its words; and that it goes out."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from agencies.access import staff_only
from agencies.clock import today
from directives.forms.reports import PublishForm, TextForm
from directives.views.finding import me
from directives.views.reports import found, page, ring


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def report_text(request: HttpRequest, pk: int) -> HttpResponse:
    """Every passage on one page; what is kept goes into new files at once."""
    report = found(request, pk)
    if report.is_published or not report.figures_sha256:
        raise Http404
    form = TextForm(request.POST or None, passages=list(report.passages.all()), by=me(request))
    if request.method == "POST" and form.is_valid() and form.save(report, today()):
        ring(found(request, pk))
        messages.success(request, "Đã lưu nội dung. Các tệp đang được lập lại theo nội dung mới.")
        return redirect("report_detail", pk=pk)
    shown = {"report": report, "form": form}
    return render(request, "directives/report_text.html", shown, status=422 if form.errors else 200)


@require_POST
@staff_only
def report_publish(request: HttpRequest, pk: int) -> HttpResponse:
    """It goes out as it stands; from then on it never changes."""
    report = found(request, pk)
    form = PublishForm(request.POST)
    if not (form.is_valid() and form.save(report, me(request), today())):
        return page(request, report, form)
    ring(found(request, pk))
    messages.success(request, "Đã phát hành báo cáo. Tệp chính thức đang được lập.")
    return redirect("report_detail", pk=pk)
