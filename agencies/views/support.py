"""Xem như: begun from a person's page, ended by a button on every page, logged for all concerned."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Max, Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies import support
from agencies.access import staff_only
from agencies.clock import today
from agencies.forms_delegation import LookForm
from agencies.models import SupportView, User
from agencies.views.people import _me

PER_PAGE = 20


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def user_look(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Asks for the reason; from the next page on one sees what the person sees."""
    person = get_object_or_404(User.objects.select_related("agency"), pk=pk)
    if not support.may_look(_me(request), person):
        raise Http404
    form = LookForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        begun = form.carry_out(support.begin, request=request, person=person, day=today(), **form.cleaned_data)
        if begun:
            return redirect("home")
    crumbs = [("Người dùng", reverse("user_list")), (person.full_name, reverse("user_edit", args=[pk]))]
    context = {"person": person, "form": form, "crumbs": crumbs, "minutes": support.LASTS.seconds // 60}
    return render(request, "agencies/look_form.html", context, status=422 if request.method == "POST" else 200)


@require_POST
def look_end(request: HttpRequest) -> HttpResponse:
    """Back to one's own eyes. Without a look nothing happens."""
    support.end(request)
    messages.success(request, "Đã thôi xem như người khác.")
    return redirect("home")


@require_safe
def look_log(request: HttpRequest) -> HttpResponse:
    """Who looked through whose eyes: all of it for administrators, for others what concerns them."""
    opened = Count("pages", filter=~Q(pages__path=""))
    ended = Max("pages__opened_at", filter=Q(pages__path=""))
    looks = SupportView.objects.visible_to(_me(request)).annotate(opened=opened, ended_at=ended)
    looks = looks.select_related("viewer", "person").prefetch_related("pages").order_by("-pk")
    page = Paginator(looks, PER_PAGE).get_page(request.GET.get("trang"))
    return render(request, "agencies/look_log.html", {"page": page})
