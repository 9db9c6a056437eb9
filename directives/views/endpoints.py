"""Kênh nhận nhắc việc: where an agency, or a person, takes reminders through a gateway of chat or SMS."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from agencies.clock import today
from agencies.errors import Refused
from agencies.history import told
from agencies.models import Agency, User
from agencies.views.delegation import named_agency
from directives.actions import endpoints
from directives.actions.words import verb_words
from directives.forms.endpoints import AddForm, KeyForm, UrlForm
from directives.gateways import gateways, target
from directives.models import Endpoint
from directives.reminders import failures
from directives.reminders.trial import send_trial
from directives.reminders.webhook import Undelivered
from directives.views.finding import me

SHOWN_CHANGES = 20


@dataclass(frozen=True)
class Desk:
    """Whose endpoint a page is about, as far as whoever asks may manage it; `act` gives the address of a button."""

    request: HttpRequest
    owner: Agency | User
    page: str
    act: Callable[[str], str]

    @property
    def endpoint(self) -> Endpoint | None:
        return Endpoint.objects.living().of(self.owner).select_related("agency", "user").first()

    @property
    def by(self) -> dict[str, Any]:
        return {"by": me(self.request), "day": today()}


@require_safe
def agency_endpoint(request: HttpRequest, code: str) -> HttpResponse:
    """An agency's, for its head and for the staff."""
    return _page(_of_agency(request, code))


@require_POST
def agency_endpoint_act(request: HttpRequest, code: str, verb: str) -> HttpResponse:
    """A button there."""
    return _act(_of_agency(request, code), verb)


@require_safe
def own_endpoint(request: HttpRequest) -> HttpResponse:
    """One's own."""
    return _page(_own(request))


@require_POST
def own_endpoint_act(request: HttpRequest, verb: str) -> HttpResponse:
    """A button there."""
    return _act(_own(request), verb)


def _of_agency(request: HttpRequest, code: str) -> Desk:
    agency = named_agency(request, code)
    page = reverse("agency_endpoint", args=[code])
    return Desk(request, agency, page, lambda verb: reverse("agency_endpoint_act", args=[code, verb]))


def _own(request: HttpRequest) -> Desk:
    page = reverse("own_endpoint")
    return Desk(request, me(request), page, lambda verb: reverse("own_endpoint_act", args=[verb]))


def _act(desk: Desk, verb: str) -> HttpResponse:
    """404 for a button that there is not; what the rules refuse is said on the page."""
    act = ACTS.get(verb)
    if act is None:
        raise Http404
    endpoint = desk.endpoint
    if endpoint is None and act is not _add:
        messages.error(desk.request, "Chưa có kênh nhận nào, hoặc kênh vừa được gỡ.")
        return redirect(desk.page)
    try:
        return act(desk, endpoint) or redirect(desk.page)
    except Refused as refusal:
        messages.error(desk.request, str(refusal))
        return redirect(desk.page)


def _add(desk: Desk, endpoint: Endpoint | None) -> HttpResponse:
    form = AddForm(desk.request.POST)
    if form.is_valid() and (
        made := form.carry_out(endpoints.add_endpoint, owner=desk.owner, **desk.by, **form.cleaned_data)
    ):
        messages.success(desk.request, "Đã thêm kênh nhận.")
        return _page(desk, secret=made.secret)
    return _page(desk, status=422, add=form)


def _change(desk: Desk, endpoint: Endpoint) -> HttpResponse | None:
    form = UrlForm(desk.request.POST)
    if not form.is_valid():
        return _page(desk, status=422, change=form)
    changed = form.carry_out(endpoints.change_url, endpoint=endpoint, **desk.by, **form.cleaned_data)
    if changed is None:
        return _page(desk, status=422, change=form)
    messages.success(desk.request, "Đã đổi địa chỉ; khóa ký giữ nguyên." if changed else "Không có gì thay đổi.")
    return None


def _rotate(desk: Desk, endpoint: Endpoint) -> HttpResponse:
    form = KeyForm(desk.request.POST)
    if not form.is_valid():
        raise Refused("Xin mở lại trang rồi bấm đổi khóa.")
    row = endpoints.rotate_secret(endpoint=endpoint, **desk.by, **form.cleaned_data)
    messages.success(desk.request, "Đã đổi khóa ký. Khóa cũ không còn dùng.")
    return _page(desk, secret=row.secret)


def _switch_on(desk: Desk, endpoint: Endpoint) -> None:
    endpoints.switch_endpoint(endpoint=endpoint, on=True, **desk.by)
    messages.success(desk.request, "Đã bật kênh nhận.")


def _switch_off(desk: Desk, endpoint: Endpoint) -> None:
    endpoints.switch_endpoint(endpoint=endpoint, on=False, **desk.by)
    messages.success(desk.request, "Đã tắt kênh nhận. Địa chỉ và khóa ký vẫn được giữ.")


def _remove(desk: Desk, endpoint: Endpoint) -> None:
    endpoints.remove_endpoint(endpoint=endpoint, **desk.by)
    messages.success(desk.request, "Đã gỡ kênh nhận; khóa ký đã được xóa.")


def _test(desk: Desk, endpoint: Endpoint) -> None:
    row = endpoints.claim_test(endpoint=endpoint, by=me(desk.request))
    try:
        status = send_trial(row, today())
    except Undelivered as error:
        messages.error(desk.request, f"Gửi thử chưa được. {failures.of_webhook(error).words}")
    else:
        messages.success(desk.request, f"Cổng tin nhắn đã nhận tin thử (trả lời mã {status}).")


ACTS: dict[str, Callable[..., HttpResponse | None]] = {
    "them": _add,
    "doi-dia-chi": _change,
    "doi-khoa": _rotate,
    "bat": _switch_on,
    "tat": _switch_off,
    "go": _remove,
    "gui-thu": _test,
}


def _page(desk: Desk, secret: str = "", status: int = 200, **forms: Any) -> HttpResponse:
    """The page; `secret` is in this one answer only."""
    endpoint, is_agency = desk.endpoint, isinstance(desk.owner, Agency)
    context: dict[str, Any] = {
        "owner": desk.owner,
        "is_agency": is_agency,
        "endpoint": endpoint,
        "blocked": _blocked(endpoint),
        "secret": secret,
        "hosts": [str(each) for each in gateways()],
        "acts": {verb.replace("-", "_"): desk.act(verb) for verb in ACTS},
        "add": AddForm(),
        "change": UrlForm(initial={"url": endpoint.url if endpoint else ""}),
        "rotate": KeyForm(),
        "changes": _changes(desk.owner),
    }
    if isinstance(desk.owner, Agency):
        context["crumbs"] = [(desk.owner.short_name, reverse("agency_detail", args=[desk.owner.code]))]
    return render(desk.request, "directives/endpoint.html", context | forms, status=status)


def _blocked(endpoint: Endpoint | None) -> str:
    """Why nothing can be sent to it at present; empty where it can."""
    try:
        if endpoint:
            target(endpoint.url)
    except Refused as refusal:
        return str(refusal)
    return ""


def _changes(owner: Agency | User) -> list[dict[str, Any]]:
    """Who did what to it, the newest first; from the event rows, which hold no key. One query."""
    about = {"agency_id": owner.pk} if isinstance(owner, Agency) else {"user_id": owner.pk}
    events = apps.get_model("directives", "EndpointEvent").objects.filter(**about).order_by("-pgh_id")
    said = [told(event) for event in events[:SHOWN_CHANGES]]
    return [{"day": each.day, "who": each.who, "what": verb_words(each.verb)} for each in said]
