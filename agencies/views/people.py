"""Pages of the staff about people: who there is, who acts for which agency, and who changed that."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies import people, support
from agencies.access import staff_only
from agencies.changes import changes_of
from agencies.clock import today
from agencies.errors import Refused
from agencies.forms import PeopleFilter, UserForm
from agencies.models import User

PER_PAGE = 100
PAGE_OF_ONE = "agencies/user_form.html"


@require_safe
@staff_only
def user_list(request: HttpRequest) -> HttpResponse:
    """People by agency, as far as the filters in the address let through."""
    filters = PeopleFilter(request.GET)
    page = Paginator(filters.people(), PER_PAGE).get_page(request.GET.get("trang"))
    prefetch_related_objects(list(page), "agencyuserpermission_set__content_object")
    return render(request, "agencies/user_list.html", {"page": page, "filters": filters})


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def user_create(request: HttpRequest) -> HttpResponse:
    """A new account; its first password comes from the link on its page."""
    form = UserForm(request.POST or None, by=_me(request))
    if request.method == "POST" and form.is_valid() and (user := form.save(today())):
        messages.success(request, f"Đã tạo tài khoản {user.username}. Xin cấp đường dẫn đặt mật khẩu cho người dùng.")
        return redirect("user_edit", pk=user.pk)
    return render(request, PAGE_OF_ONE, {"form": form, "crumbs": _crumbs()}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def user_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """One person: what may be changed, the grants, and the history of both."""
    user = get_object_or_404(User.objects.select_related("agency"), pk=pk)
    if request.method == "POST":
        _may_change(request, user)
    form = UserForm(request.POST or None, by=_me(request), user=user)
    if request.method == "POST" and form.is_valid() and form.save(today()):
        messages.success(request, f"Đã lưu thay đổi của {user.username}.")
        return redirect("user_edit", pk=pk)
    return _page_of(request, user, form, status=422 if form.errors else 200)


@require_POST
@staff_only
def user_deactivate(request: HttpRequest, pk: int) -> HttpResponse:
    """Close the account."""
    user = _may_change(request, get_object_or_404(User, pk=pk))
    try:
        people.deactivate(user=user, by=_me(request), day=today())
        messages.success(request, f"Đã khóa tài khoản {user.username}. Người này không còn đăng nhập được.")
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("user_edit", pk=pk)


@require_POST
@staff_only
def user_reactivate(request: HttpRequest, pk: int) -> HttpResponse:
    """Open the account again."""
    user = _may_change(request, get_object_or_404(User, pk=pk))
    people.reactivate(user=user, by=_me(request), day=today())
    messages.success(request, f"Đã mở lại tài khoản {user.username}.")
    return redirect("user_edit", pk=pk)


@require_POST
@staff_only
def user_password_link(request: HttpRequest, pk: int) -> HttpResponse:
    """Show, in this answer only, the address where the person chooses a password."""
    user = _may_change(request, get_object_or_404(User, pk=pk))
    try:
        link = request.build_absolute_uri(people.password_path(user=user, by=_me(request)))
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("user_edit", pk=pk)
    return _page_of(request, user, UserForm(by=_me(request), user=user), link=link)


def _page_of(request: HttpRequest, user: User, form: UserForm, link: str = "", status: int = 200) -> HttpResponse:
    manageable = people.may_manage(_me(request), user.role)
    context = {"person": user, "form": form, "link": link, "changes": changes_of(user), "manageable": manageable}
    context["pauses"] = user.pauses.not_over(today()).select_related("recorded_by")
    context["may_look"] = support.may_look(_me(request), user)
    return render(request, PAGE_OF_ONE, context | {"crumbs": _crumbs()}, status=status)


def _crumbs() -> list[tuple[str, str]]:
    return [("Người dùng", reverse("user_list"))]


def _may_change(request: HttpRequest, user: User) -> User:
    """404 for whoever may only look."""
    if not people.may_manage(_me(request), user.role):
        raise Http404
    return user


def _me(request: HttpRequest) -> User:
    return cast(User, request.user)
