"""The evidence shelf: what an agency has to show, one piece for many tasks; a look at each, and who looked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F, Q, QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from agencies.clock import today
from agencies.history import told
from agencies.models import Agency
from agencies.names import fold
from agencies.support import real_user, seen_through
from directives.actions import shelf
from directives.actions.evidence import look_at
from directives.actions.preview import MOST_PAGES, page_count, page_picture
from directives.forms.shelf import ShelfForm
from directives.models import Assignment, Evidence, EvidenceView, Extension, Release, Upload
from directives.models.request import sent_with_requests
from directives.views.finding import me

PER_PAGE = 50
SHOWN_LOOKS = 30
PDF = "application/pdf"
PICTURES = ("image/png", "image/jpeg")


@require_http_methods(["GET", "HEAD", "POST"])
def shelf_list(request: HttpRequest) -> HttpResponse:
    """The pieces of one agency (`co-quan` in the address), newest first; `tim` narrows by name, without tone marks."""
    user = me(request)
    agencies = list(_with_shelves(request))
    if not agencies:
        raise Http404
    code = request.GET.get("co-quan") or agencies[0].code
    chosen = next((each for each in agencies if each.code == code), None)
    if chosen is None:  # a right that has ended: nothing goes to another agency's shelf instead
        raise Http404
    form = ShelfForm(request.POST or None, request.FILES or None, agency=chosen, by=user)
    if request.method == "POST":
        if not user.represents(chosen.pk):
            raise Http404
        if form.is_valid() and (put := form.save(today())):
            for upload, is_new in put:
                said = "Đã đưa vào kho" if is_new else "Đã có sẵn trong kho, không lưu hai lần"
                messages.success(request, f"{said}: {upload.name}.")
            return redirect(f"{request.path}?co-quan={chosen.code}")
    sought = request.GET.get("tim", "")[:100]
    page = Paginator(_pieces(chosen, sought), PER_PAGE).get_page(request.GET.get("trang"))
    documents = _documents(chosen, sought)
    context = {
        "agencies": agencies,
        "chosen": chosen,
        "sought": sought,
        "page": page,
        "rows": _with_tasks(list(page), chosen),
        "documents": documents[:PER_PAGE],
        "documents_more": max(len(documents) - PER_PAGE, 0),
        "form": form if user.represents(chosen.pk) else None,
    }
    return render(request, "directives/shelf_list.html", context, status=422 if form.errors else 200)


@require_safe
def shelf_detail(request: HttpRequest, uuid: str) -> HttpResponse:
    """One piece: what it looks like, its checksum, the tasks that it serves, and who looked at it."""
    upload = _upload_or_404(request, uuid)
    note_look(request, upload, is_download=False)
    mine = Assignment.objects.visible_to(me(request))
    served = Evidence.objects.filter(upload__sha256=upload.sha256, note__assignment__in=mine)
    twins = Upload.objects.visible_to(me(request)).filter(sha256=upload.sha256)
    looks = EvidenceView.objects.filter(upload__in=twins).select_related("viewer", "seen_through").order_by("-pk")
    context = {
        "upload": upload,
        "kept_on": _kept_on([upload]).get(upload.pk),
        "asked": [*_asked(Extension, upload, mine), *_asked(Release, upload, mine)],
        "is_pdf": upload.content_type == PDF,
        "page_count": (count := page_count(upload.sha256) if upload.content_type == PDF else 0),
        "pages": range(1, min(count, MOST_PAGES) + 1),
        "is_picture": upload.content_type in PICTURES,
        "served": served.select_related("note__author", "note__assignment__agency", "note__assignment__task__directive")
        .defer("note__assignment__task__directive__text", "note__assignment__task__directive__segments")
        .order_by("pk"),
        "looks": looks[:SHOWN_LOOKS],
    }
    return render(request, "directives/shelf_detail.html", context)


@require_safe
def shelf_page(request: HttpRequest, uuid: str, number: int) -> HttpResponse:
    """A page of a PDF as a picture; one look a day is noted for all its pages and the page that shows them."""
    upload = _upload_or_404(request, uuid)
    seen = {"viewer": real_user(request), "seen_through": seen_through(request), "seen_on": today()}
    if not EvidenceView.objects.filter(upload=upload, **seen).exists():
        note_look(request, upload, is_download=False)
    try:
        return HttpResponse(page_picture(upload.sha256, number), content_type="image/jpeg")
    except LookupError:
        raise Http404 from None


@require_safe
def evidence(request: HttpRequest, uuid: str) -> FileResponse:
    """The bytes of a file, for whoever may see it; `tai` in the address saves it instead of showing it."""
    upload = _upload_or_404(request, uuid)
    try:
        file = shelf.open_kept(upload.sha256)
    except FileNotFoundError:
        raise Http404 from None
    inline = upload.content_type in (PDF, *PICTURES) and "tai" not in request.GET
    note_look(request, upload, is_download=not inline)
    return FileResponse(file, as_attachment=not inline, filename=upload.name, content_type=upload.content_type)


def _upload_or_404(request: HttpRequest, uuid: str) -> Upload:
    """On a shelf that the person may see, or with a request about an assignment of theirs."""
    user = me(request)
    shelved = Q(pk__in=Upload.objects.visible_to(user).order_by().values("pk"))
    found = Upload.objects.filter(shelved | sent_with_requests(user)).select_related("uploaded_by")
    return get_object_or_404(found, uuid=uuid)


def _kept_on(uploads: Iterable[Upload]) -> dict[int, date]:
    """The day on which each was sent, by the product's clock: it may be set back for training. One query."""
    model: Any = Upload
    events = model.pgh_event_model.objects.filter(pgh_obj_id__in=[each.pk for each in uploads])
    return {event.pgh_obj_id: told(event).day for event in events}


def note_look(request: HttpRequest, upload: Upload, *, is_download: bool) -> None:
    """Keep that this person opened or fetched it; a browser's question about the head is no look."""
    if request.method == "HEAD":
        return
    look_at(
        upload=upload,
        viewer=real_user(request),
        seen_through=seen_through(request),
        is_download=is_download,
        day=today(),
    )


def _with_shelves(request: HttpRequest) -> QuerySet[Agency]:
    """Whose shelves the person may see: their own agencies; overseers, of all that carry work."""
    agencies = Agency.objects.visible_to(me(request)).single().order_by("sort_key")
    return agencies.filter(assignments__isnull=False).distinct() if me(request).oversees else agencies


def _pieces(agency: Agency, sought: str) -> list[Upload]:
    """One for each content, the latest name of it; newest first."""
    found = Upload.objects.of_agency(agency).pieces().select_related("uploaded_by").order_by("-pk")
    return [each for each in found if fold(sought) in fold(each.name)] if sought else list(found)


def _with_tasks(pieces: list[Upload], agency: Agency) -> list[dict[str, Any]]:
    """Each piece with its day and the tasks of this agency that it serves. Two queries."""
    sums = {piece.sha256 for piece in pieces}
    shown = Evidence.objects.of_agency(agency).filter(upload__sha256__in=sums)
    tasks: dict[str, list[dict[str, Any]]] = {}
    named = shown.values(
        sha256=F("upload__sha256"),
        task=F("note__assignment__task"),
        position=F("note__assignment__task__position"),
        number=F("note__assignment__task__directive__number"),
    )
    for each in named.distinct().order_by("number", "position"):
        tasks.setdefault(each["sha256"], []).append(dict(each))
    kept_on = _kept_on(pieces)
    return [
        {"upload": piece, "kept_on": kept_on.get(piece.pk), "tasks": tasks.get(piece.sha256, [])} for piece in pieces
    ]


def _asked(
    model: type[Extension | Release], upload: Upload, mine: QuerySet[Assignment]
) -> Iterable[Extension | Release]:
    """The requests that it came with."""
    named = model.objects.filter(upload__sha256=upload.sha256, assignment__in=mine)
    found = named.select_related("assignment__agency", "assignment__task__directive").order_by("pk")
    return found.defer("assignment__task__directive__text", "assignment__task__directive__segments")


def _documents(agency: Agency, sought: str) -> list[dict[str, Any]]:
    """Result documents that the agency has cited, one line each, with how many tasks each serves. One query."""
    cited = Evidence.objects.of_agency(agency).exclude(document_number="")
    tasks: dict[tuple[str, Any], dict[str, Any]] = {}
    for each in cited.select_related("note__assignment__task").order_by("-pk"):
        key = (fold(each.document_number), each.document_on)
        row = tasks.setdefault(key, {"document": each, "tasks": {}})
        row["tasks"][each.note.assignment.task_id] = each.note.assignment.task.position
    words = fold(sought)
    rows = [
        row for row in tasks.values() if words in fold(f"{row['document'].document_number} {row['document'].summary}")
    ]
    return [{**row, "tasks": sorted(row["tasks"].items(), key=lambda pair: pair[1])} for row in rows]
