"""Closing a directive decides each open assignment: carried on, ended, achieved or not (design, section 3.12)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import F
from django.utils.text import capfirst

from agencies.errors import Refused
from agencies.history import acting
from agencies.models import Agency, User
from directives.actions.drafts import locked_directive
from directives.actions.groups import hand_to_newcomers, hold_groups
from directives.actions.inheritance import carry_entries, hold_drafts
from directives.actions.leaving import go_back
from directives.actions.locking import lock_tasks, require_followed, require_keeper, require_reason
from directives.actions.moves import move_work
from directives.actions.obsolete import close_requests
from directives.actions.own_work import disposes
from directives.actions.succession import UNDECIDED
from directives.deadlines import Life
from directives.models import Assignment, Closing, Decision, Directive, Task, Verdict, Why
from directives.models.assignment import AssignmentQuerySet

NAMED = 8


@dataclass(frozen=True)
class Decided:
    """What is decided on one assignment. `task`: where it is carried on; `completed_on`: the day it is achieved by."""

    verdict: Verdict
    reason: str = ""
    task: Task | None = None
    completed_on: date | None = None


def undecided(directive: Directive) -> AssignmentQuerySet:
    """What a closing has to decide: all that is neither finished nor released, put aside or not."""
    found = Assignment.objects.unfinished().filter(task__directive=directive)
    return found.order_by("task__position", "agency__sort_key")


def close_directive(
    *, directive: Directive, decisions: Mapping[int, Decided], instrument: str, by: User, day: date
) -> Directive:
    """Kết thúc theo dõi. `decisions` by key of assignment. Raises Refused: a claim waits, or one is not decided."""
    require_keeper(by)
    with acting(by, "close_directive", day):
        row = locked_directive(directive.pk)
        _require_published(row)
        if not instrument.strip():
            raise Refused("Xin ghi văn bản làm căn cứ kết thúc theo dõi (số, ngày).", "instrument")
        carried = [pk for pk, each in decisions.items() if each.verdict == Verdict.CARRIED]
        hold_drafts(Agency.objects.filter(assignments__in=carried))
        lock_tasks(undecided(row).order_by().values("task"))
        rows = list(
            undecided(row).select_related("task__directive", "agency").select_for_update(of=("self",), no_key=True)
        )
        _require_all(rows, decisions)
        for each in rows:
            _decide(each, decisions[each.pk], instrument.strip(), by=by, day=day)
        row.closed_on, row.closed_by_instrument = day, instrument.strip()
        row.save(update_fields=["closed_on", "closed_by_instrument"])
        return row


def reopen_directive(*, directive: Directive, reason: str, by: User, day: date) -> Directive:
    """Follow a closed directive again: what was judged unfinished is owed again, every other decision stands."""
    require_keeper(by)
    with acting(by, "reopen_directive", day):
        row = locked_directive(directive.pk)
        if row.closed_on is None:
            raise Refused(f"{row.code} đang được theo dõi, không cần mở lại.")
        hold_groups(row)
        words, old = require_reason(reason), f"Kết thúc theo dõi ngày {row.closed_on:%d/%m/%Y}"
        decided = Assignment.objects.filter(task__directive=row, closings__isnull=False).distinct()
        Decision.objects.bulk_create(
            Decision(
                assignment=each,
                verb="reopen_directive",
                reason=words,
                old=old,
                new="Tiếp tục theo dõi",
                decided_on=day,
                decided_by=by,
            )
            for each in decided
        )
        closed = Assignment.objects.filter(task__directive=row, closed_on__isnull=False)
        lock_tasks(closed.order_by().values("task"))
        owed_again = list(closed.values_list("pk", flat=True))
        closed.update(closed_on=None, version=F("version") + 1)
        row.closed_on, row.closed_by_instrument = None, ""
        row.save(update_fields=["closed_on", "closed_by_instrument"])
        # Who has ended or left a group since owes nothing: whoever took over does, and who has joined.
        again = Assignment.objects.filter(pk__in=owed_again).exclude(UNDECIDED)
        for each in again.select_related("task__addressee__agency", "agency").order_by("pk"):
            go_back(each, by=by, day=day)
        hand_to_newcomers(row, by=by, day=day)
        return row


def _require_published(directive: Directive) -> None:
    if not directive.is_published:
        raise Refused(f"{directive.code} còn là bản nháp: chưa giao việc cho ai, nên không có gì để kết thúc.")
    require_followed(directive)


def _require_all(rows: list[Assignment], decisions: Mapping[int, Decided]) -> None:
    if waiting := [row for row in rows if row.life == Life.AWAITING]:
        raise Refused(f"Còn đề nghị hoàn thành chờ xác nhận, xin xét trước: {_named(waiting)}.")
    if missing := [row for row in rows if row.pk not in decisions]:
        raise Refused(f"Chưa quyết định: {_named(missing)}.")


def _named(rows: Iterable[Assignment]) -> str:
    words = [f"nhiệm vụ {row.task.position} ({row.agency.short_name})" for row in rows]
    more = f" và {len(words) - NAMED} phân công khác" if len(words) > NAMED else ""
    return ", ".join(words[:NAMED]) + more


def _decide(row: Assignment, decided: Decided, instrument: str, *, by: User, day: date) -> None:
    if decided.verdict == Verdict.CARRIED:
        task = _next_task(row, decided.task)
        new = move_work(old=row, agency=row.agency, why=Why.CARRIED, instrument=instrument, by=by, day=day, task=task)
        carry_entries([(row, new)])
    else:
        if not decided.reason.strip():
            raise Refused(f"Xin ghi nhận xét, lý do cho {_named([row])}.")
        _require_impartial(row, decided.verdict, by)
        close_requests(row, by=by, day=day)
        old = row.get_life_display()
        _end(row, decided, day)
        _remember(row, decided, old, instrument, by=by, day=day)
    Closing.objects.create(
        assignment=row, verdict=decided.verdict, reason=decided.reason.strip(), decided_on=day, decided_by=by
    )


def _require_impartial(row: Assignment, verdict: Verdict, by: User) -> None:
    """Nobody frees their own agency of its work (design, 3.9); that it goes on, or was missed, they may say."""
    if verdict in (Verdict.ENDED, Verdict.ACHIEVED) and not disposes(by, [row.agency]):
        raise Refused(
            f"{capfirst(_named([row]))} là việc của chính cơ quan ông/bà. Xin chọn chuyển tiếp hoặc "
            "không hoàn thành; hay trước đó để lãnh đạo xác nhận hoàn thành, hoặc cho thôi thực hiện."
        )


def _remember(row: Assignment, decided: Decided, old: str, instrument: str, *, by: User, day: date) -> None:
    """A line in the timeline; what is carried on has that of its move."""
    Decision.objects.create(
        assignment=row,
        verb="close_directive",
        reason=decided.reason.strip(),
        instrument=instrument,
        old=old,
        new=Verdict(decided.verdict).label,
        decided_on=day,
        decided_by=by,
    )


def _next_task(row: Assignment, task: Task | None) -> Task:
    if task is None:
        raise Refused(f"Xin chọn nhiệm vụ của văn bản mới cho {_named([row])}.")
    target = task.directive
    if target.pk == row.task.directive_id or not target.is_published or target.closed_on:
        raise Refused(f"{capfirst(_named([row]))}: chỉ chuyển tiếp sang văn bản khác, đã công bố và đang theo dõi.")
    if row.agency.has_ended:
        raise Refused(f"{capfirst(_named([row]))}: cơ quan đã kết thúc; xin chọn cách quyết định khác.")
    if task.assignments.filter(agency=row.agency_id, life=Life.DONE).exists():
        raise Refused(f"{capfirst(_named([row]))}: cơ quan đã hoàn thành nhiệm vụ được chọn; xin chọn nhiệm vụ khác.")
    return task


def _end(row: Assignment, decided: Decided, day: date) -> None:
    if decided.verdict == Verdict.ENDED:
        row.life = Life.CANCELLED
    elif decided.verdict == Verdict.ACHIEVED:
        row.life, row.completed_on, row.supplement_due_on = Life.DONE, _achieved_on(row, decided, day), None
    else:
        row.closed_on = day
    row.version += 1
    row.save()


def _achieved_on(row: Assignment, decided: Decided, day: date) -> date:
    """The day that staff name; else the last day of the task's period, or this one."""
    asked = decided.completed_on or min(row.task.period_end or day, day)
    if not row.task.directive.issued_on <= asked <= day:
        raise Refused(f"Ngày hoàn thành của {_named([row])} phải từ ngày ban hành văn bản đến hôm nay.")
    return asked
