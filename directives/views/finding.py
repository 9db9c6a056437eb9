"""How a view finds what its address names: what the person may not see is 404."""

from __future__ import annotations

from datetime import date
from typing import cast

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from agencies.models import User
from directives.models import Assignment, Office, Task
from directives.models.assignment import AssignmentQuerySet


def me(request: HttpRequest) -> User:
    """Whoever is signed in; every page but a few asks for that (LoginRequiredMiddleware)."""
    return cast(User, request.user)


def assignments_for(user: User, day: date, office: Office) -> AssignmentQuerySet:
    """All that the person may see, with its status on `day` and all that a line shows."""
    return Assignment.objects.visible_to(user).for_pages().with_status(day, office.soon_days)


def assignment_or_404(user: User, pk: int, code: str, day: date, office: Office) -> Assignment:
    """The assignment of task `pk` that the agency `code` carries."""
    found = assignments_for(user, day, office).select_related("task__lead", "task__follower")
    return get_object_or_404(found, task=pk, agency__code=code)


def task_or_404(user: User, pk: int) -> Task:
    """A task that the person may see."""
    found = Task.objects.visible_to(user).select_related("directive", "addressee__agency", "lead", "follower")
    return get_object_or_404(found, pk=pk)
