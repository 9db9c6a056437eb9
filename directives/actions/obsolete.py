"""Requests that no longer need an answer: the work has gone, ended, or got more time than was asked for."""

from __future__ import annotations

from datetime import date

from agencies.models import User
from directives.models import Answer, Assignment, Extension, ExtensionDecision, Release, ReleaseDecision
from directives.models.request import RequestQuerySet


def close_requests(assignment: Assignment, *, by: User | None, day: date, releases: bool = True) -> None:
    """Whatever waits about this assignment is obsolete; without `releases`, only what asks for more time."""
    drop_extensions(Extension.objects.filter(assignment=assignment), by=by, day=day)
    waiting = Release.objects.filter(assignment=assignment).waiting() if releases else Release.objects.none()
    ReleaseDecision.objects.bulk_create(
        ReleaseDecision(release=each, answer=Answer.OBSOLETE, decided_on=day, decided_by=by) for each in waiting
    )


def drop_extensions(extensions: RequestQuerySet, *, by: User | None, day: date) -> None:
    """Those of them that wait are obsolete."""
    ExtensionDecision.objects.bulk_create(
        ExtensionDecision(extension=each, answer=Answer.OBSOLETE, decided_on=day, decided_by=by)
        for each in extensions.waiting()
    )
