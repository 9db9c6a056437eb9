"""Excel both ways: an agency's tasks as a workbook to fill in, handed in, looked through, written."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_http_methods, require_safe

from agencies.clock import today
from agencies.models import Agency
from directives.forms.round import USUAL_REASONS
from directives.forms.workbook import WorkbookForm
from directives.models import Office, WorkbookUpload
from directives.models.workbook import WorkbookUploadQuerySet
from directives.views.finding import assignments_for, me
from directives.views.workbook_acts import ACTS, again, write
from directives.views.workbook_check import check, last_notes
from directives.workbooks.fill import EXCEL, Sheetful, file_name, task_workbook

MOST = 1000  # rows of a workbook


@require_safe
def agency_workbook(request: HttpRequest, code: str) -> FileResponse:
    """The tasks that the agency may report on, as an .xlsx to fill in."""
    agency, user, day = _own(request, code), me(request), today()
    open_now = assignments_for(user, day, Office.current()).published().filter(agency=agency).open()
    rows = list(open_now.order_by("task__directive", "task__position", "pk")[: MOST + 1])
    left_out = open_now.count() - MOST if len(rows) > MOST else 0
    rows = rows[:MOST]
    notes = last_notes([row.pk for row in rows])
    what = Sheetful(agency, [(row, notes.get(row.pk)) for row in rows], left_out)
    made = task_workbook(what, reasons=USUAL_REASONS, by=user, day=day)
    response = FileResponse(made, as_attachment=True, filename=file_name(agency, day), content_type=EXCEL)
    patch_cache_control(response, private=True, no_store=True)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def agency_workbook_send(request: HttpRequest, code: str) -> HttpResponse:
    """Hand in a filled-in workbook: nothing is written yet."""
    agency, user = _own(request, code), me(request)
    form = WorkbookForm(request.POST or None, request.FILES or None, agency=agency, by=user)
    if request.method == "POST" and form.is_valid() and (upload := form.save(today())):
        return redirect("agency_workbook_check", code=code, uuid=upload.uuid)
    waiting = _mine(request, agency).waiting().defer("content")
    context = {"agency": agency, "form": form, "waiting": waiting}
    return render(request, "directives/workbook_send.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def agency_workbook_check(request: HttpRequest, code: str, uuid: str) -> HttpResponse:
    """The dry run; its buttons write everything at once, draft it for the round, or put the workbook away."""
    agency = _own(request, code)
    upload = get_object_or_404(_mine(request, agency), pk=uuid)
    if upload.written_on:
        messages.info(request, f"Bảng Excel này đã được ghi trước đó: {upload.written_count} dòng.")
        return redirect("agency_detail", code=code)
    found = check(upload, me(request), today(), Office.current())
    if request.method == "POST":
        act = ACTS.get(request.POST.get("viec", ""), write)
        if done := act(request, found):
            return done
        found = again(request, found)
    context = {"agency": agency, "upload": upload, "check": found}
    return render(request, "directives/workbook_check.html", context, status=422 if found.error else 200)


def _own(request: HttpRequest, code: str) -> Agency:
    return get_object_or_404(Agency.objects.represented_by(me(request)), code=code)


def _mine(request: HttpRequest, agency: Agency) -> WorkbookUploadQuerySet:
    return WorkbookUpload.objects.visible_to(me(request)).filter(agency=agency).select_related("agency")
