"""Nhân sự của đơn vị: who holds what on an agency, named by its head or by the staff."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from agencies import absences, delegation, grants
from agencies.clock import today
from agencies.errors import Refused
from agencies.forms_delegation import EndForm, GiveForm, InviteForm
from agencies.models import RIGHT_WORDS, Agency, Invitation, User
from agencies.views.absences import liaisons_and_staff
from agencies.views.people import _me


@require_safe
@liaisons_and_staff
def own_people(request: HttpRequest) -> HttpResponseBase:
    """To the agency that the person heads; a list where there are several, a word where there is none."""
    user = _me(request)
    if user.keeps_tasks:
        return redirect("agency_list")
    agencies = list(delegation.named_by(user).order_by("sort_key"))
    if len(agencies) == 1:
        return redirect("agency_people", code=agencies[0].code)
    return render(request, "agencies/own_people.html", {"agencies": agencies})


@require_safe
def agency_people(request: HttpRequest, code: str) -> HttpResponse:
    """Who holds what, who is invited, who is away."""
    return page_of(request, named_agency(request, code))


@require_POST
def people_give(request: HttpRequest, code: str) -> HttpResponse:
    """Name one of the agency's people."""
    agency, by = named_agency(request, code), _me(request)
    form = GiveForm(request.POST, agency=agency, by=by)
    if form.is_valid():
        given = form.carry_out(delegation.give_right, agency=agency, by=by, day=today(), **form.cleaned_data)
        if given is not None:
            _say_given(request, given, form.cleaned_data)
            return redirect("agency_people", code=code)
    return page_of(request, agency, status=422, give=form)


@require_POST
def people_end(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """End one right of a person, or all of them."""
    agency, by = named_agency(request, code), _me(request)
    user = get_object_or_404(User, pk=pk)
    held = delegation.held_on(agency).get(user, ())
    form = EndForm(request.POST, agency=agency, user=user, held=held, by=by)
    if not held:
        messages.info(request, "Người này không còn quyền nào ở đơn vị.")
    elif form.is_valid():
        rights = [right] if (right := form.cleaned_data["right"]) else held
        ended = form.carry_out(delegation.end_rights, agency=agency, user=user, by=by, day=today(), rights=rights)
        if ended is not None:
            messages.success(request, f"Đã kết thúc quyền của {user}.")
    for error in [*form.non_field_errors(), *form.errors.get("right", [])] if held else []:
        messages.error(request, error)
    # A head who has just ended their own right has no such page any more.
    return redirect("agency_people", code=code) if delegation.may_name(by, agency) else redirect("own_people")


@require_POST
def people_approval(request: HttpRequest, code: str) -> HttpResponse:
    """Whether the head approves before the agency sends."""
    agency, on = named_agency(request, code), request.POST.get("duyet") == "1"
    try:
        delegation.set_approval(agency=agency, on=on, by=_me(request), day=today())
        after = "được thủ trưởng hoặc cấp phó duyệt trước khi gửi" if on else "gửi thẳng, không chờ duyệt"
        messages.success(request, f"Từ bây giờ báo cáo kỳ của đơn vị {after}.")
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("agency_people", code=code)


@require_POST
def agency_leave(request: HttpRequest, code: str) -> HttpResponse:
    """Rời cơ quan: one's own rights end now. Twice is harmless."""
    user = _me(request)
    agency = get_object_or_404(Agency, code=code)
    if not grants.granted_to(user).filter(pk=agency.pk).exists():
        messages.info(request, "Ông/bà không còn quyền nào ở cơ quan này.")
        return redirect("absence_list")
    delegation.end_rights(agency=agency, user=user, by=user, day=today())
    messages.success(request, f"Đã kết thúc mọi quyền của ông/bà ở {agency}.")
    return redirect("absence_list")


def named_agency(request: HttpRequest, code: str) -> Agency:
    """404 for whoever may not name its people."""
    return get_object_or_404(delegation.named_by(_me(request)), code=code)


def page_of(request: HttpRequest, agency: Agency, status: int = 200, **forms: Any) -> HttpResponse:
    """The page, with the form that was refused among `forms`, or what else one answer shows (`link`)."""
    by, day = _me(request), today()
    held = delegation.held_on(agency)
    away = list(absences.within(agency, day))
    now = {row.user_id: row for row in away if row.since <= day}
    context = {
        "agency": agency,
        "people": [
            {
                "user": user,
                "rights": [RIGHT_WORDS[right] for right in rights],
                "away": now.get(user.pk),
                "end": EndForm(agency=agency, user=user, held=rights, by=by),
            }
            for user, rights in held.items()
        ],
        "give": GiveForm(agency=agency, by=by),
        "invite": InviteForm(by=by),
        "invitations": _waiting(agency),
        "absences": away,
        "has_approver": any({"approve", "lead"} & set(rights) for user, rights in held.items() if user.is_active),
        "right_words": RIGHT_WORDS,
        "crumbs": [(agency.short_name, reverse("agency_detail", args=[agency.code]))],
    }
    return render(request, "agencies/people.html", context | forms, status=status)


def _waiting(agency: Agency) -> list[dict[str, Any]]:
    rows = Invitation.objects.waiting(timezone.now()).filter(agency=agency).select_related("made_by", "agency")
    return [{"row": row, "right": RIGHT_WORDS[row.right]} for row in rows]


def _say_given(request: HttpRequest, new: bool, data: dict[str, Any]) -> None:
    right = RIGHT_WORDS[data["right"]].lower()
    words = f"Đã cử {data['user']} làm {right}." if new else f"{data['user']} đã là {right} từ trước."
    messages.success(request, words)
