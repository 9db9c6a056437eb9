"""What every answer of this site carries."""

from collections.abc import Callable
from urllib.parse import quote

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse
from django.utils.cache import patch_cache_control

TAKEN = "kttt-da-nhan"
Handler = Callable[[HttpRequest], HttpResponse]


def private_pages(get_response: Handler) -> Handler:
    """Pages of a signed-in person stay out of shared caches and of a shared computer's back button."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True, no_store=True)
        return response

    return middleware


def back_to_the_form(get_response: Handler) -> Handler:
    """Whoever pressed a button after the session had ended comes from signing in to the button's address: no page."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        from_signing_in = reverse("account_login") in request.headers.get("Referer", "")
        if response.status_code != 405 or request.method != "GET" or not from_signing_in:
            return response
        messages.warning(request, "Chưa ghi được, vì phiên làm việc đã hết khi bấm nút. Xin kiểm tra rồi bấm lại.")
        return redirect(_page_above(request.path))

    return middleware


def what_was_taken(get_response: Handler) -> Handler:
    """Tells the browser which form has arrived, so that it forgets the words that it keeps (static/js/keeping.js)."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.method == "POST" and response.status_code == 302 and request.user.is_authenticated:
            secure = settings.SESSION_COOKIE_SECURE
            response.set_cookie(TAKEN, quote(request.path, safe=""), max_age=600, secure=secure, samesite="Lax")
        return response

    return middleware


def _page_above(path: str) -> str:
    """The nearest address above that there is: that of the form, as a rule."""
    while path.count("/") > 2:
        path = path.rstrip("/").rsplit("/", 1)[0] + "/"
        try:
            resolve(path)
        except Resolver404:
            continue
        return path
    return "/"
