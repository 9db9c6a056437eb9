"""The form for a note: the liaison's, and that of staff for a letter on paper."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from agencies.access import staff_only
from agencies.clock import today
from directives.forms.notes import LetterForm, NoteForm
from directives.models import Assignment, Office, ProgressNote
from directives.timeline import note_text
from directives.views.finding import assignment_or_404, me
from directives.views.tasks import about

SHOWN_LETTERS = 5


@require_http_methods(["GET", "HEAD", "POST"])
def note_create(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """A liaison reports on a task of an agency they act for."""
    row = assignment_or_404(me(request), pk, code, today(), Office.current())
    if not me(request).represents(row.agency_id):
        raise Http404
    return _form_page(request, row, NoteForm)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def note_enter(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Nhập hộ: staff enter for the agency what a letter on paper says."""
    return _form_page(request, assignment_or_404(me(request), pk, code, today(), Office.current()), LetterForm)


def _thanks(note: ProgressNote) -> str:
    if note.is_on_behalf:
        waits = "; đề nghị hoàn thành đang chờ cán bộ khác hoặc lãnh đạo xác nhận" if note.claims_completion else ""
        return f"Đã lưu báo cáo nhập hộ theo công văn {note.letter_number}{waits}."
    if note.claims_completion:
        return "Đã gửi đề nghị hoàn thành; cơ quan thường trực sẽ xem minh chứng rồi xác nhận."
    return "Đã gửi báo cáo."


def _letters(row: Assignment) -> list[ProgressNote]:
    """Papers that were entered for it already, the latest first."""
    entered = row.notes.exclude(letter_number="").select_related("author")
    return list(entered.order_by("-pk")[:SHOWN_LETTERS])


def _same_letter(note: ProgressNote) -> ProgressNote | None:
    """What was entered before from the same paper."""
    if not note.is_on_behalf:
        return None
    same = {"letter_number": note.letter_number, "letter_on": note.letter_on}
    return ProgressNote.objects.filter(assignment=note.assignment_id, pk__lt=note.pk, **same).order_by("-pk").first()


def _form_page(request: HttpRequest, row: Assignment, form_class: type[NoteForm]) -> HttpResponse:
    if request.method == "POST":
        form = form_class(request.POST, request.FILES, assignment=row, by=me(request), day=today())
        form.is_valid()
        form.keep_files()
        if not form.errors and (note := form.save(today())):
            messages.success(request, _thanks(note))
            if earlier := _same_letter(note):
                messages.warning(
                    request,
                    f"Công văn {note.letter_number} đã được {earlier.author} nhập cho nhiệm vụ này ngày "
                    f"{earlier.said_on:%d/%m/%Y}; nay có hai báo cáo theo cùng công văn. Xin kiểm tra lại.",
                )
            return redirect("assignment_detail", pk=row.task_id, code=row.agency.code)
    else:
        form = form_class(assignment=row, by=me(request), day=today())
    last = ProgressNote.objects.of_work(row.pk).order_by("-pk").first()
    context = {
        "form": form,
        "row": row,
        "task": row.task,
        **about(row.task),
        "last": last,
        "last_text": note_text(last) if last else "",
        "closed": not row.is_open,
        "for_letter": form_class is LetterForm,
        "letters": _letters(row) if form_class is LetterForm else (),
    }
    return render(request, "directives/note_form.html", context, status=422 if form.errors else 200)
