"""What stands in the way, who is asked to remove it, and since when they have been silent."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Case, Count, F, IntegerField, Min, Q, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from agencies.access import overseers_only
from agencies.clock import today
from agencies.models import Agency, User
from directives.actions.instructions import may_instruct
from directives.deadlines import Life
from directives.forms.instructions import InstructionForm
from directives.models import Assignment, Instruction, ProgressNote, RaisedTo
from directives.models.assignment import AssignmentQuerySet
from directives.models.move import Lineage, heirs_of, taken_over_by
from directives.models.obstacle import ProgressNoteQuerySet
from directives.views.finding import me

PER_PAGE = 20
SHOWN = 8
NEWS = timedelta(days=30)
# What the address calls an addressee.
ADDRESSEES = {"lanh-dao": RaisedTo.LEADERS, "thuong-truc": RaisedTo.STANDING, "khac": RaisedTo.OTHER}


@require_safe
@overseers_only
def obstacle_list(request: HttpRequest) -> HttpResponse:
    """Unanswered ones first of all, the oldest on top; `gui` narrows to an addressee, `xem` shows the answered."""
    user, day = me(request), today()
    found = standing_in(Assignment.objects.visible_to(user).published(), day)
    if addressee := ADDRESSEES.get(request.GET.get("gui", "")):
        found = found.filter(Q(addressed=addressee))
    answered = request.GET.get("xem") == "da-tra-loi"
    counts = _counts(found)
    chosen = found.filter(Q(is_answered=answered))
    order: list[Any] = ["-said_on", "-pk"] if answered else [_own_first(user), F("since").asc(), "pk"]
    page = Paginator(_named(chosen).order_by(*order), PER_PAGE).get_page(request.GET.get("trang"))
    context = {
        "page": page,
        "rows": rows_for(user, day, page),
        "answered": answered,
        "tabs": _tabs(request, counts, answered),
        "addressees": [(name, each.label, request.GET.get("gui") == name) for name, each in ADDRESSEES.items()],
        "asked": request.GET.get("gui", ""),
        "oldest": (day - counts["oldest"]).days if counts["oldest"] else None,
    }
    return render(request, "directives/obstacle_list.html", context)


def standing_in(assignments: AssignmentQuerySet | Lineage, day: date) -> ProgressNoteQuerySet:
    """The obstacles that stand in the way of these assignments, with what became of them."""
    keys: Any = assignments if isinstance(assignments, Lineage) else assignments.order_by().values("pk")
    notes = ProgressNote.objects.filter(assignment__in=keys)
    return notes.naming_obstacles(day).with_answers(day)


def stuck(user: User, day: date, assignments: AssignmentQuerySet) -> dict[str, Any]:
    """For a first page: how many stand, how many wait for a word and since when, and those that wait longest."""
    found = standing_in(assignments, day)
    counts = _counts(found)
    shown = _named(found).filter(Q(is_answered=False)).order_by(_own_first(user), F("since").asc(), "pk")[:SHOWN]
    taken = taken_over_by(note.assignment for note in shown)
    return {
        "obstacles": [
            {"note": note, "waited": (day - note.since).days, "now_with": taken.get(note.assignment_id, "")}  # type: ignore[attr-defined]
            for note in shown
        ],
        "obstacle_count": counts["all"],
        "unanswered_count": counts["waiting"],
        "oldest_days": (day - counts["oldest"]).days if counts["oldest"] else None,
    }


def obstacles_of_agency(agency: Agency, day: date) -> dict[str, Any]:
    """For the agency's page: answers since which it has not reported, and its own obstacles that wait for one."""
    """Those of whoever carried its work before too."""
    own = Lineage(Assignment.objects.published().filter(agency=agency, closed_on=None).order_by().values("pk"))
    news = Instruction.objects.filter(assignment__in=own, given_on__lte=day).unheeded(agency)
    # On finished work nobody reports any more: what was said there is news for a while only.
    news = news.exclude(assignment__life__in=(Life.DONE, Life.CANCELLED), given_on__lte=day - NEWS)
    answers, waiting = _with_their_tasks(news)[:SHOWN], _named(standing_in(own, day)).unanswered()[:SHOWN]
    heirs = heirs_of(each.assignment for each in (*answers, *waiting))

    def row_of(said: Any) -> Assignment:
        found = heirs.get(said.assignment_id, ())
        return next((row for row in found if row.agency_id == agency.pk), said.assignment)

    return {
        "new_answers": [{"said": each, "row": row_of(each)} for each in answers],
        "own_obstacles": [
            {"note": each, "row": row_of(each), "waited": (day - each.since).days}  # type: ignore[attr-defined]
            for each in waiting
        ],
    }


def about_obstacle(user: User, day: date, row: Assignment) -> dict[str, Any]:
    """For the page of an assignment: its standing obstacles, what was said to them, and the form to say more."""
    found = _named(standing_in(Lineage(row.pk), day))
    standing = rows_for(user, day, found.order_by(F("is_answered").asc(), F("since").asc(), "pk"))
    answered = {each["note"].pk for each in standing}
    said = _with_their_tasks(Instruction.objects.filter(assignment__in=Lineage(row.pk))).order_by("-pk")
    last = next((each.pk for each in said if each.note_id is None), 0)
    speaks = may_instruct(user, row) and row.task.directive.is_published
    return {
        "standing": standing,
        # What answers an obstacle stands below it.
        "instructions": [each for each in said if each.note_id not in answered],
        "instruction_form": _form(user, row, None, last) if speaks else None,
    }


def rows_for(user: User, day: date, notes: Iterable[Any]) -> list[dict[str, Any]]:
    """Each obstacle with its age, its answers and, for whoever may answer, the form. A constant number of queries."""
    notes = list(notes)
    taken = taken_over_by(note.assignment for note in notes)
    answers: dict[int, list[Instruction]] = {}
    for each in _with_their_tasks(Instruction.objects.filter(note__in=notes)).order_by("pk"):
        answers.setdefault(each.note_id or 0, []).append(each)
    return [
        {
            "note": note,
            "row": note.assignment,
            "now_with": taken.get(note.assignment_id, ""),
            "waited": (day - note.since).days,
            "addressed": RaisedTo(note.addressed).label,
            "answers": (own := answers.get(note.pk, [])),
            "form": _form(user, note.assignment, note, own[-1].pk if own else 0)
            if may_instruct(user, note.assignment)
            else None,
        }
        for note in notes
    ]


def _form(user: User, row: Assignment, note: ProgressNote | None, seen: int) -> InstructionForm:
    about = f"vm-{note.pk}" if note else f"yk-{row.pk}"
    return InstructionForm(
        assignment=row, by=user, initial={"note": note.pk if note else None, "seen": seen}, auto_id=f"{about}-%s"
    )


def _named(notes: ProgressNoteQuerySet) -> ProgressNoteQuerySet:
    """With all that a line about an obstacle names; not the whole text of its directive."""
    named = notes.select_related("assignment__agency", "assignment__task__directive", "author")
    return named.defer("assignment__task__directive__text", "assignment__task__directive__segments")


def _with_their_tasks(said: Any) -> Any:
    named = said.select_related("given_by", "note", "assignment__agency", "assignment__task")
    return named.prefetch_related("tasks__directive")


def _own_first(user: User) -> Any:
    """What is addressed to this person leads their list: leaders' matters for leaders, the office's for staff."""
    own = RaisedTo.LEADERS if user.is_leader else RaisedTo.STANDING
    return Case(When(Q(addressed=own), then=Value(0)), default=Value(1), output_field=IntegerField()).asc()


def _counts(found: ProgressNoteQuerySet) -> dict[str, Any]:
    waits = Q(is_answered=False)
    return found.order_by().aggregate(
        all=Count("pk"), waiting=Count("pk", filter=waits), oldest=Min("since", filter=waits)
    )


def _tabs(request: HttpRequest, counts: dict[str, Any], answered: bool) -> list[dict[str, Any]]:
    within = f"gui={request.GET['gui']}" if request.GET.get("gui") in ADDRESSEES else ""
    return [
        {"label": "Chưa trả lời", "url": f"?{within}", "current": not answered, "count": counts["waiting"]},
        {
            "label": "Đã có ý kiến",
            "url": f"?xem=da-tra-loi&{within}".rstrip("&"),
            "current": answered,
            "count": counts["all"] - counts["waiting"],
        },
    ]
