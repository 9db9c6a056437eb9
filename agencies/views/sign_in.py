"""What allauth may ask for and this site answers in its own way."""

from typing import NoReturn

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render


@login_not_required
def closed(request: HttpRequest, **kwargs: str) -> NoReturn:
    """Nobody signs up or manages addresses here."""
    raise Http404


def too_many(request: HttpRequest) -> HttpResponse:
    """`handler429`: too many tries from one place."""
    return render(request, "agencies/too_many.html", status=429)
