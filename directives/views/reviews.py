"""The queue of claims that wait for a decision."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from agencies.access import overseers_only
from agencies.clock import today
from directives import timeline
from directives.actions.reviews import may_decide
from directives.models import Assignment, Office, ProgressNote
from directives.views.assignments import verbs_for
from directives.views.finding import assignments_for, me

PER_PAGE = 20


@require_safe
@overseers_only
def review_queue(request: HttpRequest) -> HttpResponse:
    """Longest waiting first. Claims of one's own agency are shown, and are for others to decide."""
    user, day = me(request), today()
    waiting = assignments_for(user, day, Office.current()).awaiting()
    page = Paginator(waiting, PER_PAGE).get_page(request.GET.get("trang"))
    claims = _claims(list(page))
    rows = [
        {
            "row": row,
            "claim": claim,
            "text": timeline.note_text(claim),
            "files": [timeline.shown(each) for each in claim.evidence.all()],
            "waited": (day - claim.said_on).days,
            "for_others": not may_decide(user, row, claim),
            "verbs": [each for each in verbs_for(user, row, claim) if each["name"] in ("xac-nhan", "de-nghi-bo-sung")],
        }
        for row in page
        if (claim := claims.get(row.pk))
    ]
    return render(request, "directives/review_queue.html", {"page": page, "rows": rows})


def _claims(rows: list[Assignment]) -> dict[int, ProgressNote]:
    """The undecided claim of each assignment, with what is shown of it."""
    notes = ProgressNote.objects.filter(assignment__in=rows, claims_completion=True, review=None)
    found = notes.select_related("author").prefetch_related("evidence__upload", "parts").order_by("pk")
    return {note.assignment_id: note for note in found}
