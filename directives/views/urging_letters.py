"""One urging letter: as it will look, as files, its number from the clerk; or it is dropped."""

from __future__ import annotations

import logging
from io import BytesIO
from typing import Any

from csp.decorators import csp_exempt
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_POST, require_safe

from agencies.access import staff_only
from agencies.clock import today
from agencies.errors import Refused
from directives.actions.urging import withdraw_letter
from directives.forms.urging import IssueForm
from directives.models import Assignment, Office, UrgingLetter
from directives.models.to_urge import to_urge
from directives.reports import making, urging_paper, word
from directives.reports.child import CannotRender, Limits
from directives.reports.markup import on_screen
from directives.views.finding import me
from directives.views.rounds import WORD

log = logging.getLogger(__name__)

# Somebody waits for the page: a letter of a few pages takes a second or two.
LIMITS = Limits(cpu=20, wall=30)
NOT_MADE = "Chưa dàn được trang PDF. Nội dung công văn vẫn được giữ; xin thử lại, hoặc tải bản Word."


@require_safe
def urging_letter(request: HttpRequest, pk: int) -> HttpResponse:
    """What it says and where it stands. Whoever it was issued to reads it too."""
    return _page(request, _found(request, pk))


@csp_exempt()  # type: ignore[arg-type]
@require_safe
def urging_letter_pdf(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Typeset from the frozen words in a child process with limits, as the reports are."""
    letter = _found(request, pk)
    try:
        made = making.make_pdf(urging_paper.paper_of(letter), limits=LIMITS)
    except CannotRender as reason:
        log.warning("urging letter %s: %s", letter.pk, reason)
        messages.error(request, NOT_MADE)
        return redirect("urging_letter", pk=pk)
    name = urging_paper.file_name(letter, "pdf")
    response = FileResponse(BytesIO(made), content_type="application/pdf", filename=name)
    patch_cache_control(response, private=True, no_store=True)
    return response


@require_safe
def urging_letter_word(request: HttpRequest, pk: int) -> FileResponse:
    """The same words in Word."""
    letter = _found(request, pk)
    name, made = urging_paper.file_name(letter, "docx"), BytesIO(word.write(urging_paper.paper_of(letter)))
    response = FileResponse(made, as_attachment=True, filename=name, content_type=WORD)
    patch_cache_control(response, private=True, no_store=True)
    return response


@require_POST
@staff_only
def urging_letter_issue(request: HttpRequest, pk: int) -> HttpResponse:
    """The clerk's number and day, once."""
    letter = _found(request, pk)
    form = IssueForm(request.POST, letter=letter)
    if form.is_valid() and (issued := form.save(me(request), today())):
        messages.success(request, f"Đã ghi: {issued}. Lần đôn đốc này hiện trong diễn biến của từng nhiệm vụ.")
        return redirect("urging_letter", pk=pk)
    return _page(request, letter, form)


@require_POST
@staff_only
def urging_letter_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft is not needed any more."""
    letter = _found(request, pk)
    try:
        withdraw_letter(letter=letter, by=me(request), day=today())
        messages.success(request, "Đã bỏ dự thảo.")
    except Refused as refusal:
        messages.warning(request, str(refusal))
    return redirect("urging_letter", pk=pk)


def _found(request: HttpRequest, pk: int) -> UrgingLetter:
    letters = UrgingLetter.objects.visible_to(me(request)).select_related("agency", "made_by", "ended_by")
    return get_object_or_404(letters, pk=pk)


def _page(request: HttpRequest, letter: UrgingLetter, form: IssueForm | None = None) -> HttpResponse:
    keeps = me(request).keeps_tasks and letter.is_draft
    context: dict[str, Any] = {
        "letter": letter,
        "paper": on_screen(urging_paper.paper_of(letter)),
        "tasks": letter.tasks.select_related("assignment__agency", "assignment__task__directive").defer(
            "assignment__task__directive__text", "assignment__task__directive__segments"
        ),
        "settled": _settled(letter) if keeps else [],
        "form": form or (IssueForm(letter=letter) if keeps else None),
    }
    return render(request, "directives/urging_letter.html", context, status=422 if form is not None else 200)


def _settled(letter: UrgingLetter) -> list[Assignment]:
    """Tasks of a draft that need no urging any more: it would say what is no longer true."""
    listed = Assignment.objects.filter(letter_tasks__letter=letter)
    still = to_urge(listed, today(), Office.current()).values("pk")
    return list(listed.exclude(pk__in=still).select_related("task__directive").order_by("task__position"))
