"""The queue of claims that wait for a decision, and confirming many of them at one stroke."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F, OuterRef, Q, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from agencies.access import overseers_only
from agencies.clock import today
from agencies.models import Agency, User
from directives import timeline
from directives.actions.bulk_reviews import Confirmed, confirm_many
from directives.actions.reviews import may_decide, order_for, proposed_day, waiting_for
from directives.deadlines import Life
from directives.forms.reviews import QueueForm
from directives.forms.round import number_from
from directives.models import Assignment, Directive, Office, ProgressNote
from directives.models.assignment import AssignmentQuerySet
from directives.views.assignments import verbs_for
from directives.views.finding import assignments_for, me
from directives.views.review_words import review_time, waited

PER_PAGE = 20
AT_ONCE = 200
ORDERS: dict[str, list[Any]] = {
    "moi": ["-sent_on", "-pk"],
    "co-quan": ["agency__sort_key", "sent_on", "pk"],
    "thoi-han": [F("due").asc(nulls_last=True), "pk"],
}


@require_safe
@overseers_only
def review_queue(request: HttpRequest) -> HttpResponse:
    """Longest waiting first. Claims of one's own agency are shown, and are for others to decide."""
    user, day, office = me(request), today(), Office.current()
    form = _filters(request, user)
    asked = form.chosen()
    waiting = _narrowed(assignments_for(user, day, office).awaiting(), asked, day)
    mine = waiting_for(user, waiting)
    listed = mine if asked["whose"] == "toi" else waiting
    order = ORDERS.get(str(asked["order"]), [*order_for(user), "sent_on", "pk"])
    page = Paginator(listed.order_by(*order), PER_PAGE).get_page(request.GET.get("trang"))
    rows = [_card(user, row, claim, day, office) for row, claim in _with_claims(list(page))]
    picked = "&".join(f"chon={each['row'].pk}" for each in rows if not each["for_others"])
    context = {
        "form": form,
        "page": page,
        "rows": rows,
        "tabs": _tabs(request, waiting.count(), mine.count(), str(asked["whose"])),
        "whole_page": f"{reverse('review_preview')}?{picked}" if picked else "",
        "supplement_late": assignments_for(user, day, office).published().filter(Q(supplement_late=True)).count(),
        "review_time": review_time(day) if user.keeps_tasks else None,
    }
    return render(request, "directives/review_queue.html", context)


@require_safe
@overseers_only
def review_preview(request: HttpRequest) -> HttpResponse:
    """What would be confirmed, each with the day that counts; nothing is changed yet."""
    user, day = me(request), today()
    picked = [int(each) for each in request.GET.getlist("chon") if each.isdecimal() and len(each) < 19][:AT_ONCE]
    found = assignments_for(user, day, Office.current()).awaiting().filter(pk__in=_keys(picked))
    claims = _with_claims(list(found.select_related("task__directive")))
    ready = [
        {"row": row, "claim": claim, "counts_on": proposed_day(row, claim), "waited": waited(claim, day)}
        for row, claim in claims
        if may_decide(user, row, claim)
    ]
    others = [row for row, claim in claims if not may_decide(user, row, claim)]
    missing = len(set(picked)) - len(claims)
    context = {"ready": ready, "others": others, "missing": missing}
    return render(request, "directives/review_preview.html", context)


@require_POST
@overseers_only
def review_confirm(request: HttpRequest) -> HttpResponse:
    """Confirm what the preview named; what did not go through is said by name."""
    wanted = dict(_picked(each) for each in request.POST.getlist("chon")[:AT_ONCE])
    wanted.pop(0, None)
    if wanted:
        _tell(request, confirm_many(wanted=wanted, by=me(request), day=today()))
    else:
        messages.warning(request, "Chưa chọn đề nghị nào để xác nhận.")
    return redirect("review_queue")


def _filters(request: HttpRequest, user: User) -> QueueForm:
    form = QueueForm(request.GET, label_suffix="")
    waiting = Assignment.objects.visible_to(user).filter(life=Life.AWAITING)
    # The one that is asked for stays, also once its last claim is decided: the list is not widened unasked.
    choices = Q(pk__in=waiting.order_by().values("agency")) | Q(pk=number_from(request.GET, form.add_prefix("agency")))
    agencies = Agency.objects.visible_to(user).filter(choices)
    directives = Directive.objects.visible_to(user).published()
    form.fields["agency"].queryset = agencies  # type: ignore[attr-defined]
    form.fields["directive"].queryset = directives  # type: ignore[attr-defined]
    return form


def _narrowed(waiting: AssignmentQuerySet, asked: dict[str, Any], day: date) -> AssignmentQuerySet:
    claims = ProgressNote.objects.filter(assignment=OuterRef("pk"), claims_completion=True, review=None).order_by("-pk")
    found = waiting.annotate(
        sent_on=Subquery(claims.values("said_on")[:1]), letter=Subquery(claims.values("letter_number")[:1])
    )
    if asked["agency"]:
        found = found.filter(agency=asked["agency"])
    if asked["directive"]:
        found = found.filter(task__directive=asked["directive"])
    if asked["kind"]:
        entered = ~Q(letter="")
        found = found.filter(entered if asked["kind"] == "nhap-ho" else ~entered)
    if asked["waited"]:
        found = found.filter(Q(sent_on__lte=day - timedelta(days=asked["waited"])))
    return found


def _tabs(request: HttpRequest, everything: int, mine: int, whose: str) -> list[dict[str, Any]]:
    def address(value: str) -> str:
        asked = request.GET.copy()
        asked.pop("trang", None)
        asked["ai"] = value
        return f"?{asked.urlencode()}"

    return [
        {"label": "Tất cả", "url": address(""), "count": everything, "current": whose != "toi"},
        {"label": "Tôi được xét", "url": address("toi"), "count": mine, "current": whose == "toi"},
    ]


def _card(user: User, row: Assignment, claim: ProgressNote, day: date, office: Office) -> dict[str, Any]:
    verbs = verbs_for(user, row, claim, office)
    return {
        "row": row,
        "claim": claim,
        "text": timeline.note_text(claim),
        "files": [timeline.shown(each) for each in claim.evidence.all()],
        "waited": waited(claim, day),
        "for_others": not may_decide(user, row, claim),
        "verbs": [each for each in verbs if each["name"] in ("xac-nhan", "de-nghi-bo-sung")],
    }


def _with_claims(rows: list[Assignment]) -> list[tuple[Assignment, ProgressNote]]:
    """Each assignment with its undecided claim, and what is shown of it."""
    notes = ProgressNote.objects.filter(assignment__in=rows, claims_completion=True, review=None)
    found = notes.select_related("author").prefetch_related("evidence__upload", "parts").order_by("pk")
    claims = {note.assignment_id: note for note in found}
    return [(row, claims[row.pk]) for row in rows if row.pk in claims]


def _keys(picked: list[int]) -> list[int]:
    """What fits into a key of the database."""
    return [each for each in picked if each < 2**63]


def _picked(said: str) -> tuple[int, int | None]:
    """ "12:3": the key of an assignment, and the version that the preview showed; 0 for what is no key."""
    key, _, version = said.partition(":")
    if not (key.isdecimal() and len(key) < 19):
        return 0, None
    return int(key), int(version) if version.isdecimal() and len(version) < 10 else None


def _tell(request: HttpRequest, outcome: Confirmed) -> None:
    if outcome.done:
        names = "; ".join(map(_name, outcome.done))
        messages.success(request, f"Đã xác nhận hoàn thành {len(outcome.done)} nhiệm vụ: {names}.")
    if outcome.again:
        names = "; ".join(map(_name, outcome.again))
        messages.info(request, f"Ông/bà đã xác nhận hoàn thành trước đó, không cần làm lại: {names}.")
    for row, why in outcome.refused:
        messages.warning(request, f"Chưa xác nhận {_name(row)}: {why}")
    if outcome.foreign:
        messages.warning(request, f"{outcome.foreign} mục không có trong danh sách của ông/bà nên được giữ nguyên.")


def _name(row: Assignment) -> str:
    return f"{row.agency.short_name}, nhiệm vụ {row.task.position} ({row.task.directive.code})"
