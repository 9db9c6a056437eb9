"""The reporting rounds: the list, who has sent one, the report of an agency in Word."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_POST, require_safe

from agencies.access import overseers_only
from agencies.clock import today
from agencies.models import Agency
from directives.actions.round_rules import missing_rounds, open_rounds
from directives.models import Assignment, Office, Round, RoundRule, Submission, SubmissionState
from directives.models.round import only_asked
from directives.reports import round_paper, word
from directives.views.finding import me
from directives.views.round_overview import STATES, Line, lines_of

PER_PAGE = 24
OWN = 6  # rounds that a liaison sees for each agency
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_safe
def round_list(request: HttpRequest) -> HttpResponse:
    """All rounds for those who oversee; for a liaison the reports of their agencies."""
    day = today()
    context: dict[str, Any] = {
        "to_report": Round.objects.to_report(day),
        "is_missing": missing_rounds(day),
        "has_rules": RoundRule.objects.filter(is_on=True).exists(),
    }
    if not me(request).oversees:
        return render(request, "directives/round_list_own.html", context | _own(request, context["to_report"]))
    sent = Q(submissions__state=SubmissionState.SENT)
    rows = (
        Round.objects.filter(start__lte=day)
        .annotate(
            sent=Count("submissions", filter=sent),
            late=Count("submissions", filter=sent & Q(submissions__is_late=True)),
        )
        .order_by("-end")
    )
    context["page"] = Paginator(rows, PER_PAGE).get_page(request.GET.get("trang"))
    return render(request, "directives/round_list.html", context)


@require_safe
@overseers_only
def round_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Every agency that owes the round, by how far it has come. `tinh-trang` narrows to one state."""
    user, day, office = me(request), today(), Office.current()
    found = get_object_or_404(Round, pk=pk, start__lte=day)
    lines = lines_of(found, user, day, office)
    ranked = [line for line in lines if not line.is_asked]
    chosen = next((state for state in STATES if state.slug == request.GET.get("tinh-trang")), None)
    context = {
        "round": found,
        "is_closed": found.end < day,
        "total": len(ranked),
        "tabs": _tabs(ranked, chosen),
        "chosen": chosen,
        "lines": [line for line in ranked if chosen in (None, line.state)],
        "asked": [line for line in lines if line.is_asked and chosen in (None, line.state)],
        "standing": sum(line.standing for line in lines),
        "standing_reported": sum(line.standing_reported for line in lines),
    }
    return render(request, "directives/round_detail.html", context)


@require_POST
def round_open(request: HttpRequest) -> HttpResponse:
    """Make the rounds that the schedule owes; whoever comes first."""
    made = open_rounds(today())
    messages.success(request, f"Đã mở {len(made)} kỳ báo cáo." if made else "Các kỳ báo cáo đã được mở.")
    return redirect("round_list")


@require_safe
def round_word_file(request: HttpRequest, pk: int, code: str) -> FileResponse:
    """The agency's own report of a round that it has sent, ready to sign."""
    agency = get_object_or_404(Agency.objects.visible_to(me(request)), code=code)
    found = Submission.objects.filter(state=SubmissionState.SENT).select_related("round", "agency", "sent_by")
    submission = get_object_or_404(found, round=pk, agency=agency)
    made = BytesIO(word.write(round_paper.paper_of(submission, Office.current())))
    response = FileResponse(made, as_attachment=True, filename=round_paper.file_name(submission), content_type=WORD)
    patch_cache_control(response, private=True, no_store=True)
    return response


def _tabs(lines: list[Line], chosen: Any) -> list[dict[str, Any]]:
    """The counts on top; each narrows the list."""
    counts = [(state, sum(line.state == state for line in lines)) for state in STATES]
    return [
        {"label": "Tất cả", "url": "?", "count": len(lines), "current": chosen is None},
        *(
            {"label": state.label, "url": f"?tinh-trang={state.slug}", "count": count, "current": state == chosen}
            for state, count in counts
            if count or state == chosen
        ),
    ]


def _own(request: HttpRequest, now: Round | None) -> dict[str, Any]:
    """Per agency that the person acts for: the last rounds, each with the state of its report.

    Only of the round that is being sent now it is said that its day is over, and only while tasks are missing in it.
    """
    user, day = me(request), today()
    agencies = list(Agency.objects.represented_by(user).single().filter(ended_on=None))
    rounds = list(Round.objects.filter(start__lte=day)[:OWN])
    submissions = Submission.objects.filter(round__in=rounds, agency__in=agencies).select_related("agency", "sent_by")
    there = {(each.agency_id, each.round_id): each for each in submissions}
    over = set(Round.objects.over(day).filter(pk__in=[each.pk for each in rounds]).values_list("pk", flat=True))
    missing = _missing(now, agencies)
    late = missing - only_asked(missing)
    return {
        "own": [
            {
                "agency": agency,
                "rows": [
                    {
                        "round": each,
                        "due": each.due_of(agency),
                        "is_closed": each.end < day,
                        "is_missing": each == now and agency.pk in missing,
                        "is_late": each == now and agency.pk in late and each.is_late(agency, day),
                        "is_over": each.pk in over,
                        "submission": there.get((agency.pk, each.pk)),
                    }
                    for each in rounds
                ],
            }
            for agency in agencies
        ]
    }


def _missing(now: Round | None, agencies: list[Agency]) -> set[int]:
    """Which of them still owe something in this round. Two queries."""
    if now is None:
        return set()
    rows = Assignment.objects.filter(agency__in=agencies).unreported_in(now.judged, Office.current().silent_after)
    return set(rows.values_list("agency", flat=True))
