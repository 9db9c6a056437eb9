"""Pages without a server: the browser gets templates and static files straight from Django."""

import mimetypes
from pathlib import Path
from urllib.parse import urlsplit

from django.contrib.staticfiles.finders import find

HOST = "http://kttt.test"
POLICY = "default-src 'self'; img-src 'self' data:"


def serve(page, html: str) -> None:
    """Open `html` in the browser, under the policy of the real site."""

    def answer(route):
        path = urlsplit(route.request.url).path
        found = find(path.removeprefix("/static/")) if path.startswith("/static/") else None
        if found:
            kind = mimetypes.guess_type(found)[0] or "application/octet-stream"
            route.fulfill(body=Path(found).read_bytes(), content_type=kind)
        else:
            headers = {"Content-Security-Policy": POLICY, "Content-Type": "text/html; charset=utf-8"}
            route.fulfill(body=html, headers=headers)

    page.route(f"{HOST}/**", answer)
    page.goto(f"{HOST}/", wait_until="networkidle")
