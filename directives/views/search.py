"""Search over directives, tasks, notes and evidence, without tone marks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from agencies.models import User
from directives.models import Assignment, Directive, Evidence, Move, ProgressNote, Task
from directives.search import found
from directives.search.marks import marked, snippet
from directives.search.words import MOST_CHARACTERS, Query, parse
from directives.views.finding import me

PREVIEWED, PER_PAGE = 5, 20


@dataclass(frozen=True)
class Hit:
    """One thing that was found, with the words marked."""

    title: SafeString
    url: str
    text: SafeString
    note: str = ""
    on: date | None = None


@dataclass(frozen=True)
class Kind:
    """What may be found: which keys match, and how they are shown."""

    name: str
    label: str
    keys: Callable[[User, Query], list[int]]
    hits: Callable[[list[int], Query, User], Iterator[Hit]]


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """`q` asks, `loai` narrows to one kind. Without it the first few of each."""
    user = me(request)
    asked = request.GET.get("q", "").replace("\0", "").strip()[:MOST_CHARACTERS]
    query = parse(asked)
    chosen = next((kind for kind in KINDS if kind.name == request.GET.get("loai")), None)
    keys = {kind.name: kind.keys(user, query) if query else [] for kind in KINDS}
    context: dict[str, Any] = {
        "q": asked,
        "asked": bool(query),
        "most": found.MOST,
        "chosen": chosen,
        "tabs": _tabs(chosen, keys) if query else [],
        "any": any(keys.values()),
    }
    if chosen:
        page = Paginator(keys[chosen.name][: found.MOST], PER_PAGE).get_page(request.GET.get("trang"))
        context |= {"page": page, "groups": [_group(chosen, list(page), query, keys, user)]}
    else:
        context["groups"] = [
            _group(kind, keys[kind.name][:PREVIEWED], query, keys, user) for kind in KINDS if keys[kind.name]
        ]
    return render(request, "directives/search.html", context)


def _group(kind: Kind, shown: list[int], query: Query, keys: dict[str, list[int]], user: User) -> dict[str, Any]:
    """The rows of one kind that are shown, in the order of their keys; one query, and none for nothing."""
    return {
        "kind": kind,
        "hits": list(kind.hits(shown, query, user)) if shown else [],
        "more": len(keys[kind.name]) > len(shown),
        "count": _count(keys[kind.name]),
    }


def _tabs(chosen: Kind | None, keys: dict[str, list[int]]) -> list[dict[str, Any]]:
    tabs = [{"name": "", "label": "Tất cả", "current": chosen is None, "count": ""}]
    return tabs + [
        {"name": kind.name, "label": kind.label, "current": kind is chosen, "count": _count(keys[kind.name])}
        for kind in KINDS
    ]


def _count(keys: list[int]) -> str:
    return f"hơn {found.MOST}" if len(keys) > found.MOST else str(len(keys))


def _directives(keys: list[int], query: Query, user: User) -> Iterator[Hit]:
    for row in Directive.objects.filter(pk__in=keys).defer("segments").order_by("-pk"):
        yield Hit(
            title=marked(f"{row.doc_type} {row.code}: {row.title}", query),
            url=reverse("directive_detail", args=[row.pk]),
            text=snippet(row.text, query),
            note="" if row.is_published else "Bản nháp",
            on=row.issued_on,
        )


def _tasks(keys: list[int], query: Query, user: User) -> Iterator[Hit]:
    rows = Task.objects.filter(pk__in=keys).select_related("directive", "addressee").order_by("-pk")
    for row in rows.defer("directive__text", "directive__segments"):
        product = f" Sản phẩm: {row.product}" if row.product else ""
        yield Hit(
            title=SafeString(""),
            url=reverse("task_detail", args=[row.pk]),
            text=snippet(f"{row.text}{product} {row.target_text}", query),
            note=f"{row.directive.doc_type} {row.directive.code}, nhiệm vụ {row.position}, giao {row.addressee.name}",
            on=row.directive.issued_on,
        )


def _notes(keys: list[int], query: Query, user: User) -> Iterator[Hit]:
    rows = ProgressNote.objects.filter(pk__in=keys).select_related("assignment__agency", "assignment__task__directive")
    rows = rows.defer("assignment__task__directive__text", "assignment__task__directive__segments")
    found_notes = list(rows.order_by("-pk"))
    pages = _pages(user, {row.assignment for row in found_notes})
    for row in found_notes:
        said = (row.result, row.obstacle, row.proposal, row.letter_number)
        yield Hit(
            title=SafeString(""),
            url=pages[row.assignment_id],
            text=snippet(". ".join(each.rstrip(". \n") for each in said if each), query),
            note=_note_words(row),
            on=row.said_on,
        )


def _evidence(keys: list[int], query: Query, user: User) -> Iterator[Hit]:
    rows = Evidence.objects.filter(pk__in=keys).order_by("-pk")
    rows = rows.select_related("upload", "note__assignment__agency", "note__assignment__task__directive")
    rows = rows.defer("note__assignment__task__directive__text", "note__assignment__task__directive__segments")
    pages = _pages(user, {row.note.assignment for row in rows})
    for row in rows:
        name = row.upload.name if row.upload else f"Văn bản {row.document_number}"
        about = ", ".join(filter(None, (row.signer, row.summary)))
        url = reverse("evidence", args=[row.upload.uuid]) if row.upload else pages[row.note.assignment_id]
        yield Hit(
            title=marked(name, query),
            url=url,
            text=snippet(about, query),
            note=_note_words(row.note),
            on=row.document_on,
        )


def _pages(user: User, rows: set[Assignment]) -> dict[int, str]:
    """For each key the page on which they read it: their own, where the work has come to them from somebody else."""
    pages = {row.pk: _page(row) for row in rows}
    if user.oversees:
        return pages
    # As far as the work went on: for each assignment that is not theirs, whose notes are read where it went.
    gone = {row.pk: {row.pk} for row in rows if row.agency_id not in user.represented_ids}
    followed: set[int] = set()
    while gone:
        followed |= gone.keys()
        further: dict[int, set[int]] = defaultdict(set)
        for move in Move.objects.filter(old__in=gone).select_related("new__agency").order_by("pk"):
            if move.new.agency_id in user.represented_ids:
                pages |= dict.fromkeys(gone[move.old_id], _page(move.new))
            elif move.new_id not in followed:
                further[move.new_id] |= gone[move.old_id]
        gone = further
    return pages


def _page(row: Assignment) -> str:
    return reverse("assignment_detail", args=[row.task_id, row.agency.code])


def _note_words(note: ProgressNote) -> str:
    task = note.assignment.task
    return f"{note.assignment.agency.short_name}, {task.directive.code}, nhiệm vụ {task.position}"


KINDS = (
    Kind("van-ban", "Văn bản", found.directives, _directives),
    Kind("nhiem-vu", "Nhiệm vụ", found.tasks, _tasks),
    Kind("bao-cao", "Báo cáo tiến độ", found.notes, _notes),
    Kind("minh-chung", "Minh chứng", found.evidence, _evidence),
)
