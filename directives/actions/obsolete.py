"""Requests whose work has gone: an heir's goes on; else none needs an answer, nor where more time was got otherwise."""

from __future__ import annotations

from datetime import date

from agencies.models import User
from directives.deadlines import falls_before
from directives.models import Answer, Assignment, Extension, ExtensionDecision, Release, ReleaseDecision
from directives.models.request import RequestQuerySet


def close_requests(assignment: Assignment, *, by: User | None, day: date, releases: bool = True) -> None:
    """Whatever waits about this assignment is obsolete; without `releases`, only what asks for more time."""
    drop_extensions(Extension.objects.filter(assignment=assignment), by=by, day=day)
    waiting = Release.objects.filter(assignment=assignment).waiting() if releases else Release.objects.none()
    ReleaseDecision.objects.bulk_create(
        ReleaseDecision(release=each, answer=Answer.OBSOLETE, decided_on=day, decided_by=by) for each in waiting
    )


def hand_on_requests(old: Assignment, new: Assignment) -> None:
    """What waits about work that passed by succession waits for the heir, asked on the same day by the same person.

    Unless the heir has asked itself, or has the time, or is the body to which the work should go.
    """
    for model in (Extension, Release):
        asked = model.objects.filter(assignment=old).waiting().first()
        if asked and not model.objects.filter(assignment=new).waiting().exists() and _holds_for(new, asked):
            asked.pk, asked.assignment = None, new
            asked.save(force_insert=True)


def _holds_for(row: Assignment, asked: Extension | Release) -> bool:
    if isinstance(asked, Release):
        return asked.to_agency_id != row.agency_id
    return Assignment.objects.filter(falls_before(asked.asked_until), pk=row.pk).exists()


def drop_extensions(extensions: RequestQuerySet, *, by: User | None, day: date) -> None:
    """Those of them that wait are obsolete."""
    ExtensionDecision.objects.bulk_create(
        ExtensionDecision(extension=each, answer=Answer.OBSOLETE, decided_on=day, decided_by=by)
        for each in extensions.waiting()
    )
