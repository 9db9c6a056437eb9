"""The signed copy of a report: uploaded by staff, and the official file for whoever sees the report."""

from __future__ import annotations

from csp.decorators import csp_exempt
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_http_methods, require_safe

from agencies.access import overseers_only, staff_only
from agencies.clock import today
from directives.actions import shelf
from directives.forms.signed_copies import SignedCopyForm
from directives.models import SignedCopy
from directives.reports.signature_words import has_bad, summary
from directives.views.finding import me
from directives.views.reports import found
from directives.views.shelf import note_look
from directives.views.signed_copy_parts import file_name, signed_of


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def signed_copy_create(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the copy that came back; the newest is the official one."""
    report = found(request, pk)
    if not report.is_published:
        messages.info(request, "Báo cáo chưa phát hành nên chưa có bản ký để nộp.")
        return redirect("report_detail", pk=pk)
    form = SignedCopyForm(request.POST or None, request.FILES or None, report=report)
    if request.method == "POST" and form.is_valid() and (copy := form.save(me(request), today())):
        _say(request, copy)
        return redirect("report_detail", pk=pk)
    context = {"report": report, "signed": signed_of(report, me(request), form)}
    return render(request, "directives/signed_copy_form.html", context, status=422 if form.errors else 200)


@csp_exempt()  # type: ignore[arg-type]
@require_safe
@overseers_only
def signed_copy(request: HttpRequest, pk: int, copy: int) -> HttpResponseBase:
    """The bytes as they came, for a signature holds for them alone; who opened them is kept, as for evidence."""
    visible = SignedCopy.objects.visible_to(me(request)).select_related("upload")
    kept = get_object_or_404(visible, report=pk, pk=copy)
    try:
        file = shelf.open_kept(kept.upload.sha256)
    except FileNotFoundError:
        raise Http404 from None
    note_look(request, kept.upload, is_download=False)
    response = FileResponse(file, content_type="application/pdf", filename=file_name(kept))
    patch_cache_control(response, private=True, no_store=True)
    return response


def _say(request: HttpRequest, copy: SignedCopy) -> None:
    say = messages.warning if has_bad(copy.signatures) else messages.success
    say(request, f"Đã lưu bản ký, nay là bản chính thức: {copy}. {summary(copy.signatures)}.")
