"""The list of work: every assignment that the person may see, with filters that live in the address."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from agencies.clock import today
from directives.forms.finding import SavedViewForm
from directives.models import Directive, Office
from directives.views.agencies import KEYS
from directives.views.finding import me
from directives.views.worklist_rows import (
    SORTS,
    BoundedPaginator,
    assignment_keys,
    assignments_shown,
    filter_form,
    task_keys,
    tasks_shown,
)

PER_PAGE, BY_TASK = 50, "nhiem-vu"


@require_safe
def worklist(request: HttpRequest) -> HttpResponse:
    """Assignments, or (`xem=nhiem-vu`, for overseers) tasks; `xep` sorts, "-" before it the other way round."""
    user, day, office = me(request), today(), Office.current()
    form = filter_form(request.GET, user)
    by_task = user.oversees and request.GET.get("xem") == BY_TASK
    order = request.GET.get("xep", "")
    # Keys first: what a line shows is joined for one page, not for every row that is sorted.
    keys = task_keys(user, form, day, order) if by_task else assignment_keys(user, form, day, office, order)
    page = BoundedPaginator(keys, PER_PAGE).get_page(request.GET.get("trang"))
    shown = list(page.object_list)
    page.object_list = tasks_shown(shown, user, day) if by_task else assignments_shown(shown, user, day, office)
    context = {
        "form": form,
        "page": page,
        "by_task": by_task,
        "unit": "nhiệm vụ" if by_task else "phân công",
        "chips": [
            {"label": label, "value": value, "url": _without(request, name)} for name, label, value in form.chips()
        ],
        "views": [_tab(request, "", "Theo phân công", by_task), _tab(request, BY_TASK, "Theo nhiệm vụ", by_task)],
        "sorts": [_sort(name, label, order) for name, label in SORTS.items()],
        "saved": user.saved_views.all(),
        "save_form": SavedViewForm(initial={"query": kept_query(request.GET)}, label_suffix=""),
        "address": kept_query(request.GET),
        "bare": not form.chosen(),
    }
    return render(request, "directives/worklist.html", context)


def figure_links(directive: Directive | None) -> dict[str, str]:
    """For each of the official numbers of the summary, the list of the tasks that it counts."""
    within = {"van-ban": directive.pk} if directive else {}
    return {
        key: f"{reverse('worklist')}?{urlencode({'xem': BY_TASK, 'so': cell, **within})}" for key, cell in KEYS.items()
    }


def kept_query(asked: Any) -> str:
    """What a saved view keeps of an address: the filters and the order, not the page."""
    names = {"q", "van-ban", "co-quan", "so", "tinh-trang", "thoi-gian", "loai", "theo-doi", "vien-dan"}
    names |= {"gia-han", "bo-sung", "xem", "xep"}
    kept = [(name, asked.get(name)) for name in sorted(names) if asked.get(name)]
    return urlencode(kept)


def _tab(request: HttpRequest, value: str, label: str, by_task: bool) -> dict[str, Any]:
    asked = request.GET.copy()
    asked.pop("trang", None)
    asked.pop("xem", None)
    if value:
        asked["xem"] = value
    return {"label": label, "url": f"?{asked.urlencode()}", "current": bool(value) == by_task}


def _without(request: HttpRequest, name: str) -> str:
    asked = request.GET.copy()
    asked.pop("trang", None)
    asked.pop(name, None)
    return f"?{asked.urlencode()}"


def _sort(name: str, label: str, order: str) -> dict[str, Any]:
    """A heading that sorts; pressed again, the other way round."""
    order = order or next(iter(SORTS))
    forwards, backwards = order == name, order == f"-{name}"
    way = "ascending" if forwards else "descending" if backwards else ""
    return {"name": name, "label": label, "way": way, "next": f"-{name}" if forwards else name}
