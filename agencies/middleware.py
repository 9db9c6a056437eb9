"""Puts a look through another person's eyes into effect (agencies.support)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from agencies import support

SAFE = ("GET", "HEAD", "OPTIONS")
# The ways out, which the person who really looks goes as themselves.
EXITS = ("look_end", "account_logout")
# Passwords, second factors and secret links are the person's own.
PRIVATE = ("account_", "mfa_", "socialaccount_", "invitation_", "feed_", "calendar_", "own_endpoint")


class LookingAs:
    """`request.user` is the person, `request.viewer` whoever really looks, `request.look` the look.

    After AuthenticationMiddleware, before LoginRequiredMiddleware. Nothing is changed through borrowed eyes.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        found = support.current(request)
        if isinstance(found, support.Look):
            request.viewer, request.look, request.user = found.viewer, found, found.person  # type: ignore[attr-defined]
        elif isinstance(found, support.Over):
            request.look_over = found  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        name = (request.resolver_match and request.resolver_match.url_name) or ""
        if over := getattr(request, "look_over", None):
            return self._finish(request, over, name)
        look: support.Look | None = getattr(request, "look", None)
        if look is None:
            return None
        if name in EXITS:
            request.user, request.look = look.viewer, None  # type: ignore[attr-defined]
            if request.method == "POST":
                support.end(request)
            return None
        if request.method not in SAFE or name.startswith(PRIVATE):
            return _refusal(request, private=name.startswith(PRIVATE))
        support.log_page(look, request.get_full_path())
        return None

    def _finish(self, request: HttpRequest, over: support.Over, name: str) -> HttpResponse | None:
        """What was pressed on the other person's page is not done in one's own name."""
        support.end(request)
        if name in EXITS:
            return None
        messages.warning(request, over.why)
        return None if request.method in SAFE else _refusal(request, over=over)


def _refusal(request: HttpRequest, **context: Any) -> HttpResponse:
    return render(request, "agencies/look_refused.html", context, status=403)
