"""The letter box of the demonstration: mails that went to nobody, as files in a folder. Real use has none."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesHeaderParser, BytesParser
from email.utils import parseaddr, parsedate_to_datetime
from functools import wraps
from pathlib import Path
from typing import Any

from csp.decorators import csp_replace
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

PER_PAGE = 50
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,120}")
# A mail may style itself, and nothing else: no script, no picture from elsewhere, no form.
MAIL_POLICY = {
    "default-src": ["'none'"],
    "style-src": ["'unsafe-inline'"],
    "img-src": ["data:"],
    "form-action": ["'none'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'self'"],
    "sandbox": ["allow-popups", "allow-popups-to-escape-sandbox"],
}


@dataclass(frozen=True)
class Letter:
    """One mail of the box."""

    name: str
    content: EmailMessage

    @property
    def subject(self) -> str:
        return str(self.content["Subject"] or "(không có tiêu đề)")

    @property
    def to(self) -> str:
        return str(self.content["To"] or self.content["X-Envelope-To"] or "")

    @property
    def recipient(self) -> str:
        """The name alone; without one the address."""
        name, address = parseaddr(self.to)
        return name or address

    @property
    def sender(self) -> str:
        return str(self.content["From"] or "")

    @property
    def at(self) -> datetime | None:
        try:
            at = parsedate_to_datetime(str(self.content["Date"]))
        except ValueError:
            return None
        # "-0000" says UTC without saying where that is.
        return at if timezone.is_aware(at) else at.replace(tzinfo=UTC)

    @property
    def text(self) -> str:
        return self._part("plain")

    @property
    def html(self) -> str:
        return self._part("html")

    def _part(self, kind: str) -> str:
        body = self.content.get_body((kind,))
        return str(body.get_content()) if body else ""


def _in_demonstration(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """404 where mails go to real people."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not (settings.DEMO and settings.MAIL_SINK):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@require_safe
@_in_demonstration
def mail_list(request: HttpRequest) -> HttpResponse:
    """Every mail, newest first: the names of the files sort by time."""
    names = sorted((path.stem for path in _box().glob("*.eml") if NAME.fullmatch(path.stem)), reverse=True)
    page = Paginator(names, PER_PAGE).get_page(request.GET.get("trang"))
    letters = [letter for name in page if (letter := _read(name, BytesHeaderParser))]
    return render(request, "directives/mail_list.html", {"page": page, "letters": letters})


@require_safe
@_in_demonstration
def mail_detail(request: HttpRequest, name: str) -> HttpResponse:
    """One mail: its text, and its HTML in a frame that may do nothing."""
    return render(
        request,
        "directives/mail_detail.html",
        {"letter": _find(name), "crumbs": [("Hòm thư minh hoạ", reverse("mail_list"))]},
    )


@require_safe
@_in_demonstration
@xframe_options_sameorigin
@csp_replace(MAIL_POLICY)  # type: ignore[arg-type]
def mail_html(request: HttpRequest, name: str) -> HttpResponse:
    """The HTML of a mail as it is, for the frame of its page."""
    letter = _find(name)
    if not letter.html:
        raise Http404
    return HttpResponse(letter.html)


def _box() -> Path:
    return Path(settings.MAIL_SINK)


def _find(name: str) -> Letter:
    letter = _read(name, BytesParser) if NAME.fullmatch(name) else None
    if letter is None:
        raise Http404
    return letter


def _read(name: str, parser: type[BytesParser]) -> Letter | None:
    """None where there is no such file any more, or where it is no plain file."""
    path = _box() / f"{name}.eml"
    if path.is_symlink() or not path.is_file():
        return None
    with path.open("rb") as file:
        return Letter(name, parser(policy=policy.default).parse(file))  # type: ignore[arg-type]
