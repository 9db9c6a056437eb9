"""The round on one page: an agency's whole report, typed, kept, handed in or sent at once."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from agencies.clock import today
from agencies.errors import Refused
from agencies.models import Agency
from directives.actions.round_entries import Overtaken, is_filled, require_editor, save_entry
from directives.actions.rounds import NOBODY_APPROVES, submission_for
from directives.actions.uploads import ALLOWED, store
from directives.forms.round import USUAL_REASONS, number_from, typed_from
from directives.models import Office, RaisedTo, Round, Submission, SubmissionState
from directives.views.finding import me
from directives.views.round_acts import hand_in_all, keep, return_it, send_all
from directives.views.round_rows import Row, Sheet, add_uploads, listed, sheet_for
from directives.views.round_shelf import shelf_for

# What a button of the page is called, and what it does; gives what is said when it is done.
ACTS: dict[str, Callable[[HttpRequest, Sheet], str]] = {
    "luu": keep,
    "trinh": hand_in_all,
    "gui": send_all,
    "tra-lai": return_it,
}


@require_http_methods(["GET", "HEAD", "POST"])
def round_page(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """The page, and its buttons; what they refuse stands at its line, and everything typed is still there."""
    sheet = _sheet(request, pk, code)
    if request.method == "POST":
        act = ACTS.get(request.POST.get("viec", ""), keep)
        if said := act(request, sheet):
            messages.success(request, said)
            return redirect("round_page", pk=pk, code=code)
    context = {
        "sheet": sheet,
        "round": sheet.round,
        "agency": sheet.agency,
        "reasons": USUAL_REASONS,
        "raised_to": RaisedTo.choices,
        "allowed": ALLOWED,
        "nobody_approves": NOBODY_APPROVES,
        **shelf_for(sheet),
    }
    refused = bool(sheet.error or sheet.refused)
    return render(request, "directives/round_page.html", context, status=422 if refused else 200)


@require_POST
def round_save(request: HttpRequest, pk: int, code: str) -> JsonResponse:
    """One line, as the page saves it by itself. 409: a colleague was faster; their words come with the answer."""
    round, agency = _found(request, pk, code)
    mine = listed(round, agency, Office.current()).to_do().filter(Q(own_note=None))
    if Submission.objects.filter(round=round, agency=agency, state=SubmissionState.SENT).exists():
        mine = mine.filter(Q(is_settled=True))
    assignment = mine.filter(pk=number_from(request.POST, "hang") or 0).first()
    if assignment is None:
        error = "Nhiệm vụ này không còn nhận báo cáo trong kỳ. Xin tải lại trang để xem vì sao."
        return JsonResponse({"error": error}, status=422)
    row = Row(assignment, typed=typed_from(request.POST, f"r{assignment.pk}-"))
    version = number_from(request.POST, f"{row.prefix}version")
    try:
        submission = submission_for(round=round, agency=agency, by=me(request), day=today())
        row.entry = save_entry(
            submission=submission,
            assignment=assignment,
            typed=row.typed,
            by=me(request),
            day=today(),
            version=version,
        )
    except Overtaken as overtaken:
        return JsonResponse(_clash(row, overtaken), status=409)
    except Refused as refusal:
        return JsonResponse({"error": str(refusal)}, status=422)
    to_fill = set(mine.values_list("pk", flat=True))
    filled = sum(is_filled(each.typed) for each in submission.entries.filter(assignment__in=to_fill))
    saved = timezone.localtime(row.entry.edited_at)
    return JsonResponse(
        {"version": row.version, "saved": f"{saved:%H:%M}", "filled": filled, "total": len(to_fill)},
    )


@require_POST
def round_upload(request: HttpRequest, pk: int, code: str) -> JsonResponse:
    """One file for a line that is being typed; its key is kept with the line."""
    round, agency = _found(request, pk, code)
    file = request.FILES.get("tep")
    try:
        if submission := Submission.objects.select_related("agency").filter(round=round, agency=agency).first():
            require_editor(submission, me(request))
        if file is None:
            raise Refused("Chưa có tệp nào được gửi.")
        upload = store(file, by=me(request))
    except Refused as refusal:
        return JsonResponse({"error": str(refusal)}, status=422)
    return JsonResponse({"uuid": str(upload.uuid), "name": upload.name, "size": upload.size})


def _found(request: HttpRequest, pk: int, code: str) -> tuple[Round, Agency]:
    """The round, and an agency that the person acts for; anything else does not exist."""
    agency = get_object_or_404(Agency.objects.represented_by(me(request)), code=code)
    return get_object_or_404(Round, pk=pk, start__lte=today()), agency


def _sheet(request: HttpRequest, pk: int, code: str) -> Sheet:
    return sheet_for(me(request), *_found(request, pk, code), today(), Office.current())


def _clash(row: Row, overtaken: Overtaken) -> dict[str, object]:
    """Their line, for reading and for taking over."""
    row.clash = overtaken.entry
    theirs = Row(row.assignment, typed=overtaken.entry.typed)
    add_uploads([theirs])
    files = [{"uuid": str(each.uuid), "name": each.name, "size": each.size} for each in theirs.uploads]
    html = render_to_string("directives/_round_clash.html", {"row": row})
    return {"version": overtaken.entry.version, "typed": theirs.typed, "files": files, "html": html}
