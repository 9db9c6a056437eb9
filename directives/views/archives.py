"""The whole file of a closed directive: asked for, awaited, downloaded. For overseers only; others get 404."""

from __future__ import annotations

import uuid
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.files.storage import default_storage
from django.core.paginator import Paginator
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_http_methods, require_safe

from agencies.access import overseers_only
from agencies.clock import today
from agencies.errors import Refused
from directives import jobs
from directives.actions.archives import record_archive_download, request_archive
from directives.actions.uploads import is_uuid
from directives.archive.names import safe_name
from directives.models import Archive, Directive
from directives.models.archive import ArchiveQuerySet
from directives.views.directive_page import trail
from directives.views.directives import directive_or_404
from directives.views.finding import me
from directives.views.reports import STOP_POLLING

PER_PAGE = 25


@require_http_methods(["GET", "HEAD", "POST"])
@overseers_only
def archive_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Exports of this directive, the newest first; a POST asks for one more."""
    directive = directive_or_404(me(request), pk)
    if request.method == "POST":
        _ask(request, directive)
        return redirect("archive_list", pk=pk)
    page = Paginator(_listed(request, pk), PER_PAGE).get_page(request.GET.get("trang"))
    rows = [_shown(archive) for archive in page]
    under_way = next((row["archive"] for row in rows if row["archive"].is_unfinished), None)
    context = {"directive": directive, "page": page, "rows": rows, "under_way": under_way, "submission": uuid.uuid4()}
    return render(request, "directives/archive_list.html", context | {"crumbs": trail(directive)})


@require_safe
@overseers_only
def archive_progress(request: HttpRequest, pk: int, archive: int) -> HttpResponse:
    """How far one is, as a fragment, asked for every second until there is nothing more to wait for."""
    found = _found(request, pk, archive)
    status = 200 if found.is_unfinished else STOP_POLLING
    return render(request, "directives/_archive.html", _shown(found), status=status)


@require_safe
@overseers_only
def archive_file(request: HttpRequest, pk: int, archive: int) -> HttpResponseBase:
    """The ZIP, streamed; who fetched it is kept."""
    found = _found(request, pk, archive)
    if not (found.is_ready or found.is_tidied):
        raise Http404
    try:
        file = default_storage.open(found.file)
    except FileNotFoundError:
        messages.error(request, "Tệp không còn trên máy chủ. Xin xuất lại hồ sơ.")
        return redirect("archive_list", pk=pk)
    if request.method == "GET":
        record_archive_download(archive=found, by=me(request), day=today())
    response = FileResponse(file, as_attachment=True, content_type="application/zip", filename=_file_name(found))
    patch_cache_control(response, private=True, no_store=True)
    return response


def _ask(request: HttpRequest, directive: Directive) -> None:
    typed = request.POST.get("submission", "")
    submission = uuid.UUID(typed) if is_uuid(typed) else None
    try:
        archive = request_archive(directive=directive, by=me(request), day=today(), submission=submission)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return
    if archive.is_unfinished:
        transaction.on_commit(partial(jobs.ring, jobs.make_archive, archive.pk))


def _listed(request: HttpRequest, directive: int) -> ArchiveQuerySet:
    visible = Archive.objects.visible_to(me(request)).filter(directive=directive)
    visible = visible.prefetch_related("downloads__by")
    return visible.select_related("directive", "made_by").defer("directive__text", "directive__segments")


def _found(request: HttpRequest, directive: int, pk: int) -> Archive:
    return get_object_or_404(_listed(request, directive), pk=pk)


def _shown(archive: Archive) -> dict[str, Any]:
    return {"archive": archive, "lost": archive.is_ready and not default_storage.exists(archive.file)}


def _file_name(archive: Archive) -> str:
    """ "Hồ sơ 86-TB-UBND, xuất ngày 20-11-2023.zip"."""
    return safe_name(f"Hồ sơ {archive.directive.code}, xuất ngày {archive.made_on:%d-%m-%Y}.zip")
