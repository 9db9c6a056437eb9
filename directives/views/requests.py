"""What agencies ask for: the forms of the agency, and the queue of those who decide."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any, NamedTuple

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.access import overseers_only
from agencies.clock import today
from agencies.errors import Refused
from agencies.models import Agency, User
from agencies.succession import living
from directives.actions import extensions, releases, shelf
from directives.actions.extensions import extensions_for, granted_to_each, sets_deadlines, withdraw_extension
from directives.actions.releases import decides_releases, releases_for, withdraw_release
from directives.forms.base import ActionForm
from directives.forms.requests import (
    AskForm,
    DecideExtensionForm,
    DecideReleaseForm,
    ExtensionForm,
    ReleaseForm,
    takers_of_work,
)
from directives.models import Assignment, Extension, Office, Release, Upload
from directives.models.request import sent_with_requests
from directives.views.finding import assignment_or_404, me
from directives.views.request_state import about_requests, loaded
from directives.views.shelf import note_look
from directives.views.tasks import about

PER_PAGE = 25
FORMS: dict[str, tuple[type[AskForm], str]] = {
    "gia-han": (ExtensionForm, "Đã gửi đề nghị gia hạn; thời hạn chưa đổi cho đến khi có quyết định."),
    "thoi-giao": (ReleaseForm, "Đã gửi đề nghị thôi giao; đơn vị vẫn thực hiện cho đến khi có quyết định."),
}
ASKABLE: dict[str, Callable[[Assignment], None]] = {
    "gia-han": extensions.require_askable,
    "thoi-giao": releases.require_askable,
}
DECIDED: dict[str, tuple[type[Extension | Release], type[DecideExtensionForm | DecideReleaseForm]]] = {
    "gia-han": (Extension, DecideExtensionForm),
    "thoi-giao": (Release, DecideReleaseForm),
}


@require_http_methods(["GET", "HEAD", "POST"])
def request_create(request: HttpRequest, pk: int, code: str, kind: str) -> HttpResponse:
    """A liaison asks for more time, or to be released."""
    user, day = me(request), today()
    row = assignment_or_404(user, pk, code, day, Office.current())
    if not user.represents(row.agency_id):
        raise Http404
    form_class, said = FORMS[kind]
    if request.method == "POST":
        form = form_class(request.POST, request.FILES, assignment=row, by=user)
        form.is_valid()
        form.keep_file()
        if not form.errors and form.save(day):
            messages.success(request, said)
            return redirect("assignment_detail", pk=pk, code=code)
    else:
        try:
            ASKABLE[kind](row)
        except Refused as refusal:
            messages.info(request, str(refusal))
            return redirect("assignment_detail", pk=pk, code=code)
        form = form_class(assignment=row, by=user)
    context = {"form": form, "kind": kind, "row": row, "task": row.task, **about(row.task), **about_requests(user, row)}
    return render(request, "directives/request_form.html", context, status=422 if form.errors else 200)


@require_POST
def request_withdraw(request: HttpRequest, pk: int, code: str, kind: str) -> HttpResponse:
    """The agency takes back what waits."""
    user, day = me(request), today()
    row = assignment_or_404(user, pk, code, day, Office.current())
    if not user.represents(row.agency_id):
        raise Http404
    extension, release = row.extensions.filter(decision=None).first(), row.releases.filter(decision=None).first()
    waiting = extension if kind == "gia-han" else release
    try:
        if waiting and request.POST.get("de-nghi", str(waiting.pk)) != str(waiting.pk):
            raise Refused("Đề nghị ông/bà xem đã có quyết định; đề nghị đang chờ là một đề nghị khác, xin xem lại.")
        if kind == "gia-han" and extension:
            withdraw_extension(extension=extension, by=user, day=day)
        elif kind == "thoi-giao" and release:
            withdraw_release(release=release, by=user, day=day)
        else:
            raise Refused("Không còn đề nghị nào đang chờ; có thể đã có quyết định.")
        messages.success(request, "Đã rút đề nghị.")
    except Refused as refusal:
        messages.warning(request, str(refusal))
    return redirect("assignment_detail", pk=pk, code=code)


@require_safe
@overseers_only
def request_list(request: HttpRequest) -> HttpResponse:
    """Everything that waits for a decision: first what this person decides, the oldest first."""
    return _queue(request)


@require_POST
@overseers_only
def request_decide(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Approve, perhaps shorter or for another agency, or refuse; what is refused stands in the form."""
    model, form_class = DECIDED[kind]
    asked = get_object_or_404(loaded(model.objects.visible_to(me(request))), pk=pk)
    form = form_class(request.POST, auto_id=f"{kind}-{pk}-%s", label_suffix="")
    if form.is_valid() and (decision := form.save(asked, me(request), today())):
        until = getattr(decision, "granted_until", None)
        messages.success(
            request, f"{decision.get_answer_display()}{f', đến {until:%d/%m/%Y}' if until else ''}: {_name(asked)}."
        )
        return redirect("request_list")
    return _queue(request, asked, form)


@require_safe
def request_file(request: HttpRequest, uuid: str) -> FileResponse:
    """The file that came with a request, for whoever may see the assignment."""
    upload = get_object_or_404(Upload.objects.filter(sent_with_requests(me(request))), uuid=uuid)
    try:
        file = shelf.open_kept(upload.sha256)
    except FileNotFoundError:
        raise Http404 from None
    note_look(request, upload, is_download=True)
    return FileResponse(file, as_attachment=True, filename=upload.name)


def _queue(
    request: HttpRequest, only: Extension | Release | None = None, refused: ActionForm | None = None
) -> HttpResponse:
    """A page of the queue; after a refusal the one request with its form, as it was filled in."""
    user, day = me(request), today()
    places = _places(user) if only is None else []
    page = Paginator(places, PER_PAGE).get_page(request.GET.get("trang"))
    if only is not None:
        rows = [_card(user, only, day, refused, again=True)]
    else:
        found = _found(page.object_list)
        takers = list(takers_of_work()) if any(isinstance(each, Release) for each in found) else []
        rows = [_card(user, each, day, _form(each, takers)) for each in found]
    given = granted_to_each(each["row"].pk for each in rows)
    for each in rows:
        each["times_extended"] = given[each["row"].pk]
    mine = sum(not each.of_others for each in places)
    context = {"rows": rows, "page": page, "only": only is not None, "waiting": len(places), "mine": mine}
    return render(request, "directives/request_list.html", context, status=422 if refused is not None else 200)


class _Place(NamedTuple):
    """Where a request stands in the queue: what this person decides first, and of that the oldest."""

    of_others: bool
    asked_on: date
    created_at: datetime
    model: str
    pk: int


def _places(user: User) -> list[_Place]:
    """Of all requests that wait, in order. Four queries."""
    found = []
    for model, own in ((Extension, extensions_for(user)), (Release, releases_for(user))):
        mine = set(own.values_list("pk", flat=True))
        waiting = model.objects.visible_to(user).waiting().values_list("asked_on", "created_at", "pk")
        found += [_Place(pk not in mine, on, moment, model.__name__, pk) for on, moment, pk in waiting]
    return sorted(found)


def _found(places: Iterable[_Place]) -> list[Extension | Release]:
    """With all that a card shows, in the same order. Two queries."""
    keys = [(each.model, each.pk) for each in places]
    rows: dict[tuple[str, int], Extension | Release] = {}
    for model, named in ((Extension, ()), (Release, ("to_agency",))):
        wanted = [pk for name, pk in keys if name == model.__name__]
        for row in loaded(model.objects.filter(pk__in=wanted), *named):
            rows[model.__name__, row.pk] = row
    return [rows[key] for key in keys if key in rows]


def _card(user: User, asked: Extension | Release, day: date, form: Any, again: bool = False) -> dict[str, Any]:
    row = asked.assignment
    is_extension = isinstance(asked, Extension)
    mine = sets_deadlines(user, row) if is_extension else decides_releases(user, row)
    return {
        "asked": asked,
        "row": row,
        "is_extension": is_extension,
        "mine": mine and (again or not hasattr(asked, "decision")),
        "form": form,
        "waited": (day - asked.asked_on).days,
    }


def _form(asked: Extension | Release, takers: list[Agency]) -> DecideExtensionForm | DecideReleaseForm:
    version = asked.assignment.version
    if isinstance(asked, Extension):
        return DecideExtensionForm(initial={"version": version}, auto_id=f"gia-han-{asked.pk}-%s", label_suffix="")
    heirs = living(asked.to_agency) if asked.to_agency else []
    initial = {"version": version, "to_agency": heirs[0].pk if len(heirs) == 1 else None}
    return DecideReleaseForm(initial=initial, takers=takers, auto_id=f"thoi-giao-{asked.pk}-%s", label_suffix="")


def _name(asked: Extension | Release) -> str:
    what = "gia hạn" if isinstance(asked, Extension) else "thôi giao"
    return f"{what} nhiệm vụ {asked.assignment.task.position}, {asked.assignment.agency.short_name}"
