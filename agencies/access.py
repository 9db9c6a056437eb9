"""Whose page it is: anybody else is told that there is no such page (404)."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase

from agencies.models import User

View = Callable[..., HttpResponseBase]


def only(allows: Callable[[User], bool]) -> Callable[[View], View]:
    """A decorator for views: 404 unless somebody is signed in and `allows(user)`."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            user = request.user
            if not (isinstance(user, User) and user.is_active and allows(user)):
                raise Http404
            return view(request, *args, **kwargs)

        return guarded

    return decorate


admins_only = only(lambda user: user.is_admin)
staff_only = only(lambda user: user.keeps_tasks)  # the administrator is one of them
overseers_only = only(lambda user: user.oversees)
