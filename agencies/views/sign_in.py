"""What allauth asks this site for: the addresses that stay closed, and the page for too many tries."""

from typing import NoReturn

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render


@login_not_required
def closed(request: HttpRequest, **kwargs: str) -> NoReturn:
    """Nobody signs up or manages addresses here."""
    raise Http404


def too_many(request: HttpRequest) -> HttpResponse:
    """`handler429`: too many tries from one place, by one person, or about one address of mail."""
    return render(request, "agencies/too_many.html", status=429)
