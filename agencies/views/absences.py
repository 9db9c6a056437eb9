"""Vắng mặt và bàn giao: one's own rights, one's absences, and those one stands in for."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from agencies import absences, delegation, grants
from agencies.access import only
from agencies.clock import today
from agencies.errors import Refused
from agencies.forms_absence import AbsenceForm
from agencies.models import Absence, Role, User
from agencies.views.people import _me

liaisons_and_staff = only(lambda user: user.is_liaison or user.keeps_tasks)
PAST_SHOWN = 10


@require_http_methods(["GET", "HEAD", "POST"])
def absence_list(request: HttpRequest) -> HttpResponseBase:
    """One's own page; a POST records a new absence. Staff and leaders read why they have nothing to hand over."""
    user = _me(request)
    form = AbsenceForm(request.POST or None, user=user, by=user)
    if request.method == "POST" and form.is_valid() and _record(request, form, user):
        return redirect("absence_list")
    return render(request, "agencies/absence_list.html", _own(user) | {"form": form}, status=_status(request))


@require_http_methods(["GET", "HEAD", "POST"])
@liaisons_and_staff
def absence_create(request: HttpRequest, pk: int) -> HttpResponseBase:
    """An absence of somebody else, recorded by their head or by the staff."""
    by, person = _me(request), get_object_or_404(User, pk=pk, role=Role.LIAISON, is_active=True)
    if not absences.may_record(by, person):
        raise Http404
    form = AbsenceForm(request.POST or None, user=person, by=by)
    if request.method == "POST" and form.is_valid() and _record(request, form, person):
        return _back(by, person)
    return _form(request, form, person)


@require_http_methods(["GET", "HEAD", "POST"])
@liaisons_and_staff
def absence_edit(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Other days, another deputy."""
    by, absence = _me(request), _absence(request, pk)
    form = AbsenceForm(request.POST or None, user=absence.user, by=by, absence=absence)
    if request.method == "POST" and form.is_valid():
        changed = form.carry_out(absences.change_absence, absence=absence, by=by, day=today(), **form.cleaned_data)
        if changed:
            messages.success(request, f"Đã lưu đợt vắng của {absence.user}.")
            return _back(by, absence.user)
    return _form(request, form, absence.user, absence)


@require_POST
@liaisons_and_staff
def absence_end(request: HttpRequest, pk: int) -> HttpResponseBase:
    """They are back, or do not go. Twice is harmless."""
    by = _me(request)
    if not Absence.objects.not_over(today()).filter(pk=pk).exists():
        messages.info(request, "Đợt vắng này đã kết thúc trước đó.")
        return redirect("own_people" if by.keeps_tasks else "absence_list")
    absence = _absence(request, pk)
    try:
        absences.end_absence(absence=absence, by=by, day=today())
        messages.success(request, f"Đã kết thúc. Quyền và nhắc việc trở lại với {absence.user} từ bây giờ.")
    except Refused as refusal:
        messages.error(request, str(refusal))
    return _back(by, absence.user)


def _record(request: HttpRequest, form: AbsenceForm, person: User) -> Absence | None:
    by, day = _me(request), today()
    made = form.carry_out(absences.record_absence, user=person, by=by, day=day, **form.cleaned_data)
    if made:
        messages.success(request, f"Đã ghi. {made.deputy} thay {person} từ {_span(made)}.")
        for row in absences.left_behind(made):
            messages.warning(request, f"Trong những ngày này {person} đang nhận thay {row.user}; xin báo để đổi người.")
    return made


def _own(user: User) -> dict[str, Any]:
    day = today()
    mine = Absence.objects.filter(user=user).select_related("deputy")
    stands_in = Absence.objects.filter(deputy=user).not_over(day).select_related("user").order_by("since", "pk")
    stands_in = stands_in.prefetch_related("user__agencyuserpermission_set__content_object")
    return {
        "rights": delegation.held_by(user),
        "coming": mine.not_over(day).order_by("since"),
        "past": mine.filter(until__lt=day)[:PAST_SHOWN],
        "stands_in": [{"row": row, "bodies": _bodies(row.user), "now": row.since <= day} for row in stands_in],
    }


def _bodies(user: User) -> list[str]:
    """What stands in for them opens: the short names of their agencies."""
    held = {grant.content_object for grant in user.agencyuserpermission_set.all()}
    return [agency.short_name for agency in sorted(held, key=lambda agency: agency.sort_key)]


def _form(request: HttpRequest, form: AbsenceForm, person: User, absence: Absence | None = None) -> HttpResponse:
    context = {"form": form, "person": person, "absence": absence, "back": _back(_me(request), person)["Location"]}
    return render(request, "agencies/absence_form.html", context, status=_status(request))


def _status(request: HttpRequest) -> int:
    """What was sent and is shown again was refused."""
    return 422 if request.method == "POST" else 200


def _absence(request: HttpRequest, pk: int) -> Absence:
    """404 for whoever may not change it, and once it is over."""
    found = Absence.objects.not_over(today()).select_related("user", "deputy")
    absence = get_object_or_404(found, pk=pk)
    if not absences.may_record(_me(request), absence.user):
        raise Http404
    return absence


def _back(by: User, person: User) -> HttpResponse:
    """One's own page, or the page of an agency of the person."""
    if by.pk == person.pk:
        return redirect("absence_list")
    agency = delegation.named_by(by).filter(pk__in=grants.granted_to(person)).order_by("sort_key").first()
    return redirect("agency_people", code=agency.code) if agency else redirect("own_people")


def _span(row: Absence) -> str:
    return f"{row.since:%d/%m/%Y} đến hết {row.until:%d/%m/%Y}"
