"""Pages of the staff about bodies that take over from bodies: the list, a new one with its preview, and codes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies import registers
from agencies.access import staff_only
from agencies.clock import today
from agencies.codes import remove_code
from agencies.errors import Refused
from agencies.models import Agency, AgencyUserPermission, Membership, Shape, Succession
from agencies.succession import lineage, told
from agencies.succession_rules import PEOPLE_PASS
from directives.actions.reorganise import apply_reorganisation, preview_reorganisation, reorganisations
from directives.actions.succession import deciding_first, moving, reopening, waiting
from directives.forms.succession import BOX, CodeForm, SuccessionForm
from directives.models import Assignment, Entry, SubmissionState
from directives.views.finding import me

PER_PAGE = 25


@require_safe
@staff_only
def agency_succession_list(request: HttpRequest) -> HttpResponse:
    """What has been recorded, the newest first, and the reorganisations that are shipped."""
    found = Succession.objects.select_related("recorded_by").order_by("-on", "-pk")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("trang"))
    context = {
        "page": page,
        "rows": told(page),
        "shipped": [(name, registers.shipped(name)) for name in reorganisations()],
    }
    return render(request, "directives/succession_list.html", context | {"crumbs": [_agencies()]})


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def agency_succession_create(request: HttpRequest) -> HttpResponse:
    """First the bodies, then a preview of all that moves, then the deed."""
    sent, step = request.method == "POST", request.POST.get("buoc", "")
    chosen = request.GET.get("co-quan", "").replace("\0", "")
    initial = {"old": Agency.objects.filter(code=chosen), "on": today()}
    form = SuccessionForm(request.POST if sent else None, by=me(request), day=today(), initial=initial)
    if sent and form.is_valid() and step != "sua":
        if step == "ghi" and (done := form.save(_shown(form))):
            _say(request, done.succession, len(done.moved), done.created)
            return redirect("agency_succession_list")
        if step != "ghi" and form.allows():
            return render(request, "directives/succession_preview.html", _preview(form) | {"crumbs": _crumbs()})
    status = 422 if form.errors and step != "sua" else 200
    return render(request, "directives/succession_form.html", {"form": form, "crumbs": _crumbs()}, status=status)


@require_POST
@staff_only
def agency_reorganise(request: HttpRequest) -> HttpResponse:
    """A shipped reorganisation, as far as it holds today: first what it would do, then the deed."""
    name, applies = request.POST.get("ten", ""), request.POST.get("buoc") == "ghi"
    verb = apply_reorganisation if applies else preview_reorganisation
    try:
        done = verb(name=name, by=me(request), day=today())
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("agency_succession_list")
    context = {"done": done, "name": name, "applied": applies, "crumbs": _crumbs()}
    return render(request, "directives/succession_applied.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def agency_codes(request: HttpRequest, code: str) -> HttpResponse:
    """The identification codes of a body, with their validity."""
    agency = get_object_or_404(Agency, code=code)
    if pk := request.POST.get("bo", ""):
        remove_code(agency=agency, pk=int(pk) if pk.isdecimal() and len(pk) < 19 else 0, by=me(request), day=today())
        messages.success(request, "Đã bỏ mã định danh.")
        return redirect("agency_codes", code=code)
    form = CodeForm(request.POST if request.method == "POST" else None, agency=agency, by=me(request))
    if form.is_bound and form.is_valid() and (row := form.save(today())):
        messages.success(request, f"Đã lưu mã định danh {row.code}.")
        return redirect("agency_codes", code=code)
    crumbs = [_agencies(), (agency.short_name, reverse("agency_detail", args=[code]))]
    context = {"agency": agency, "form": form, "codes": agency.codes.all(), "today": today(), "crumbs": crumbs}
    return render(request, "directives/agency_codes.html", context, status=422 if form.errors else 200)


def ancestry(agency: Agency) -> dict[str, Any]:
    """For the page of an agency: from whom it took over, who took over from it, and its codes."""
    came, went = lineage(agency)
    return {"came": came, "went": went, "codes": list(agency.codes.on(today()))}  # type: ignore[attr-defined]


def _shown(form: SuccessionForm) -> list[Assignment]:
    return list(moving(form.cleaned_data["old"]))


def _preview(form: SuccessionForm) -> dict[str, Any]:
    data = form.cleaned_data
    shape, old = Shape(data["shape"]), list(data["old"])
    rows = list(moving(old).for_pages())
    choosing = shape in (Shape.SPLIT, Shape.TRANSFER)
    ticked = shape != Shape.TRANSFER
    heirs = form.successors()
    living = [body for body in heirs if isinstance(body, Agency)]
    names = [body.short_name or body.name for body in heirs]
    return {
        "form": form,
        "shape": shape,
        "old": old,
        "names": names,
        "rows": rows,
        "boxes": [(row, f"{BOX}-{row.pk}", [(place, name, ticked) for place, name in enumerate(names)]) for row in rows]
        if choosing
        else [],
        "waiting": waiting(old).for_pages(),
        "first": deciding_first(moving(old), living).for_pages(),
        "reopening": reopening(moving(old), living).for_pages(),
        "passes": shape in PEOPLE_PASS,
        "ends": shape != Shape.TRANSFER,
        "people": _people(old),
        "groups": Membership.objects.filter(member__in=old, until=None).select_related("group", "member"),
        "typed": Entry.objects.filter(assignment__in=rows).exclude(submission__state=SubmissionState.SENT).count(),
    }


def _people(old: list[Agency]) -> list[str]:
    held = AgencyUserPermission.objects.filter(content_object__in=old, user__is_active=True).select_related("user")
    return sorted({str(row.user) for row in held})


def _say(request: HttpRequest, succession: Succession, moved: int, created: bool) -> None:
    if not created:
        more = f"thêm {moved} phân công được chuyển" if moved else "không có gì thay đổi"
        messages.info(request, f"Việc kế thừa này đã có trong sổ; {more}.")
        return
    who = "" if succession.shape in PEOPLE_PASS else " Xin cử đầu mối cho cơ quan kế thừa."
    messages.success(request, f"Đã ghi kế thừa; {moved} phân công được chuyển.{who}")


def _agencies() -> tuple[str, str]:
    return ("Cơ quan", reverse("agency_list"))


def _crumbs() -> list[tuple[str, str]]:
    return [_agencies(), ("Kế thừa", reverse("agency_succession_list"))]
