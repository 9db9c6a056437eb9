"""A person's own lists: keep the present one under a name, rename it, drop it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from agencies.errors import Refused
from directives.actions.saved_views import rename_view, save_view
from directives.forms.finding import SavedViewForm
from directives.models import SavedView
from directives.views.finding import me
from directives.views.worklist import kept_query

LONGEST = 1000  # characters of filters that are kept; never cut: a cut filter lets more through


@require_POST
def saved_view_create(request: HttpRequest) -> HttpResponse:
    """Keep the filters that the form carries; nothing but filters of the list is kept."""
    form = SavedViewForm(request.POST)
    query = kept_query(QueryDict(request.POST.get("query", "")))
    if len(query) > LONGEST:
        messages.error(request, "Bộ lọc này dài quá nên không lưu được. Xin bớt từ khóa.")
        return redirect("worklist")
    if not form.is_valid():
        messages.error(request, "Chưa lưu được: xin đặt tên cho bộ lọc, nhiều nhất 80 ký tự.")
        return _to_list(query)
    try:
        view = save_view(name=form.cleaned_data["name"], query=query, by=me(request))
        messages.success(request, f"Đã lưu bộ lọc “{view.name}”.")
    except Refused as refusal:
        messages.error(request, str(refusal))
    return _to_list(query)


@require_POST
def saved_view_rename(request: HttpRequest, pk: int) -> HttpResponse:
    """Another name for one's own."""
    view = get_object_or_404(SavedView, pk=pk, user=me(request))
    form = SavedViewForm(request.POST)
    try:
        rename_view(view=view, name=form.cleaned_data["name"] if form.is_valid() else "")
        messages.success(request, f"Đã đổi tên thành “{view.name}”.")
    except Refused as refusal:
        messages.error(request, str(refusal))
    return _to_list(view.query)


@require_POST
def saved_view_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Drop one's own; the list itself stays. Twice is harmless."""
    if SavedView.objects.filter(pk=pk).exists():
        get_object_or_404(SavedView, pk=pk, user=me(request)).delete()
    messages.success(request, "Đã xóa bộ lọc.")
    return redirect("worklist")


def _to_list(query: str) -> HttpResponse:
    return redirect(f"{reverse('worklist')}?{query}")
