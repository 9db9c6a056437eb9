"""One agency's page of a task, and the verbs that are used there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from agencies.clock import today
from agencies.models import User
from directives import timeline
from directives.actions.claims import pending_claim
from directives.actions.life import cancel, reopen, start, suspend
from directives.actions.notes import parts_of
from directives.actions.own_work import disposes
from directives.actions.reviews import ask_more, confirm, may_decide, proposed_day
from directives.deadlines import OPEN, Life
from directives.forms.base import ActionForm
from directives.forms.reviews import AskMoreForm, ConfirmForm, ReasonForm, StartForm
from directives.models import Assignment, Office, ProgressNote
from directives.views.finding import assignment_or_404, me
from directives.views.obstacles import about_obstacle
from directives.views.request_state import about_requests
from directives.views.review_words import waited
from directives.views.round_parts import received
from directives.views.tasks import about, may_edit
from kttt_tracker.addresses import asked_address


@dataclass(frozen=True)
class Verb:
    """What a button does: the verb, its form, who is offered it, and what is said when it is done."""

    act: Callable[..., Any]
    form: type[ActionForm]
    offered: Callable[[User, Assignment, ProgressNote | None], bool]
    said: str
    label: str
    explain: str
    send: str = ""

    @property
    def words(self) -> str:
        """On the button that sends."""
        return self.send or self.label


def _keeper_on(*lives: Life) -> Callable[[User, Assignment, ProgressNote | None], bool]:
    return lambda user, row, claim: user.keeps_tasks and row.life in lives and row.task.directive.is_published


def _disposer_on(*lives: Life) -> Callable[[User, Assignment, ProgressNote | None], bool]:
    """Who may put it aside; staff not for their own agency."""
    return lambda user, row, claim: (
        row.life in lives and row.task.directive.is_published and disposes(user, [row.agency])
    )


def _may_start(user: User, row: Assignment, claim: ProgressNote | None) -> bool:
    mine = user.keeps_tasks or user.represents(row.agency_id)
    return mine and row.life == Life.NOT_STARTED and row.task.directive.is_published


VERBS = {
    "xac-nhan": Verb(
        confirm,
        ConfirmForm,
        may_decide,
        "Đã xác nhận hoàn thành",
        "Xác nhận hoàn thành",
        "Nhiệm vụ được ghi nhận hoàn thành vào ngày đơn vị gửi đề nghị.",
    ),
    "de-nghi-bo-sung": Verb(
        ask_more,
        AskMoreForm,
        may_decide,
        "Đã gửi đề nghị bổ sung cho đơn vị",
        "Đề nghị bổ sung",
        "Đơn vị thấy lý do ngay trên trang của mình và có thêm một số ngày làm việc để bổ sung.",
        send="Gửi đề nghị bổ sung",
    ),
    "bat-dau": Verb(
        start,
        StartForm,
        _may_start,
        "Đã chuyển sang đang thực hiện",
        "Bắt đầu thực hiện",
        "Tình trạng chuyển từ “Chưa thực hiện” sang “Đang thực hiện”.",
    ),
    "tam-dung": Verb(
        suspend,
        ReasonForm,
        _disposer_on(*OPEN),
        "Đã tạm dừng nhiệm vụ",
        "Tạm dừng",
        "Nhiệm vụ được thống kê riêng cho đến khi mở lại; đơn vị không bị nhắc việc.",
    ),
    "huy": Verb(
        cancel,
        ReasonForm,
        _disposer_on(*OPEN, Life.SUSPENDED),
        "Đã hủy nhiệm vụ",
        "Hủy nhiệm vụ",
        "Nhiệm vụ không còn tính vào số liệu nào của đơn vị này. Có thể mở lại.",
    ),
    "mo-lai": Verb(
        reopen,
        ReasonForm,
        _keeper_on(Life.DONE, Life.SUSPENDED, Life.CANCELLED),
        "Đã mở lại nhiệm vụ",
        "Mở lại",
        "Nhiệm vụ trở lại “Đang thực hiện”; lịch sử trước đây được giữ nguyên.",
    ),
}


@require_safe
def assignment_detail(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """What is asked, where it stands, what may be done next, and everything that happened."""
    return _page(request, pk, code)


@require_POST
def assignment_verb(request: HttpRequest, pk: int, code: str, verb: str) -> HttpResponse:
    """Use a verb. What it refuses stands on the page, with the words that were typed."""
    found = assignment_or_404(me(request), pk, code, today(), Office.current())
    wanted = VERBS.get(verb)
    if wanted is None:
        raise Http404
    form = wanted.form(request.POST)
    if form.is_valid() and form.carry_out(wanted.act, assignment=found, by=me(request), day=today(), **_words(form)):
        messages.success(request, f"{wanted.said} (nhiệm vụ {found.task.position}, {found.agency.short_name})")
        here = reverse("assignment_detail", args=[pk, code])
        return HttpResponseRedirect(asked_address(request, "ve", here))
    return _page(request, pk, code, refused={verb: form})


def verbs_for(
    user: User,
    row: Assignment,
    claim: ProgressNote | None,
    office: Office,
    refused: dict[str, ActionForm] | None = None,
) -> list[dict[str, Any]]:
    """The buttons that the person is offered now, each with its form; one that was refused stays shown.

    `claim` is the one that waits for a decision.
    """
    refused = refused or {}
    initial: dict[str, Any] = {"version": row.version, "days": office.supplement_days}
    if claim:
        initial["completed_on"] = proposed_day(row, claim)
    return [
        {
            "name": name,
            "verb": verb,
            "form": refused.get(name) or verb.form(initial=initial, auto_id=f"{name}-{row.pk}-%s"),
        }
        for name, verb in VERBS.items()
        if name in refused or verb.offered(user, row, claim)
    ]


def _page(request: HttpRequest, pk: int, code: str, refused: dict[str, ActionForm] | None = None) -> HttpResponse:
    user, day, office = me(request), today(), Office.current()
    row = assignment_or_404(user, pk, code, day, office)
    notes = timeline.notes_of(row)
    claim = pending_claim(row)
    last = ProgressNote.objects.of_work(row.pk).order_by("-pk").first()
    ticked = {part.pk for part in last.parts.all()} if last else set()
    context = {
        "row": row,
        "task": row.task,
        **about(row.task),
        "parts": [(part, part.pk in ticked) for part in parts_of(row).prefetch_related("binds")],
        "entries": timeline.of_assignment(row),
        "claim": claim,
        "claim_text": timeline.note_text(claim) if claim else "",
        "claim_files": [timeline.shown(each) for each in claim.evidence.select_related("upload")] if claim else [],
        "returned": _returned(notes, row),
        "for_others": claim is not None and user.oversees and not may_decide(user, row, claim),
        "may_report": user.represents(row.agency_id) and row.is_open,
        "may_edit": may_edit(user, [row.agency]),
        "may_enter": user.keeps_tasks and row.is_open and row.task.directive.is_published,
        "verbs": verbs_for(user, row, claim, office, refused),
        **about_requests(user, row),
        **about_obstacle(user, day, row),
        "received": received(row, day, office),
        "waited": waited(claim, day) if claim else None,
        "siblings": row.task.assignments.count() > 1 and user.oversees,
    }
    return render(request, "directives/assignment_detail.html", context, status=422 if refused else 200)


def _returned(notes: list[Any], row: Assignment) -> Any:
    """The decision that sent the last claim back, while the work is to be supplemented."""
    if row.supplement_due_on is None or not row.is_open:
        return None
    reviews = [note.review for note in notes if getattr(note, "review", None)]
    return reviews[-1] if reviews else None


def _words(form: ActionForm) -> dict[str, Any]:
    return {name: value for name, value in form.cleaned_data.items() if name != "version"}
