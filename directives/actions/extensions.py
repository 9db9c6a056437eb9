"""Xin gia hạn: asked by the agency, decided by whoever set the deadline (design, section 3.9)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from agencies.errors import Refused
from agencies.history import acting
from agencies.models import Role, User
from directives import deadlines
from directives.actions.asking import (
    CHANGE_IT,
    is_same,
    require_other_agency,
    require_speaker,
    require_to_do,
    require_unanswered,
)
from directives.actions.decisions import deadline_words
from directives.actions.locking import locked_assignment, require_fresh, require_reason
from directives.actions.tasks import require_believable
from directives.deadlines import OPEN, Clock, Life, falls_before
from directives.models import Answer, Assignment, Decision, Extension, ExtensionDecision, Office, Upload
from directives.models.request import GIVEN, RequestQuerySet


def ask_extension(
    *,
    assignment: Assignment,
    asked_until: date,
    reason: str,
    by: User,
    day: date,
    upload: Upload | None = None,
    version: int | None = None,
) -> Extension:
    """A later day, with its reason. Late it is possible and marked. The same again is the same request."""
    require_speaker(by, assignment)
    with acting(by, "ask_extension", day):
        row = locked_assignment(assignment.pk)
        words = require_reason(reason)
        waiting = Extension.objects.filter(assignment=row).waiting().first()
        if waiting and is_same(waiting, by, upload) and (waiting.asked_until, waiting.reason) == (asked_until, words):
            return waiting
        require_askable(row, version)
        _require_later(row, asked_until, day)
        assert row.deadline  # `require_askable` has seen it
        return Extension.objects.create(
            assignment=row,
            asked_until=asked_until,
            reason=words,
            upload=upload,
            old_deadline=row.deadline,
            is_late=Assignment.objects.overdue(day).filter(pk=row.pk).exists(),
            asked_on=day,
            asked_by=by,
        )


def require_askable(row: Assignment, version: int | None = None) -> None:
    """Raises Refused, with the reason, where more time may not be asked for now; Stale as `require_fresh`."""
    if waiting := Extension.objects.filter(assignment=row).waiting().first():
        raise Refused(f"Đã có đề nghị gia hạn đến {waiting.asked_until:%d/%m/%Y} đang chờ xét. {CHANGE_IT}")
    require_to_do(require_fresh(row, version), "xin gia hạn")
    if row.task.clock != Clock.DATED or row.deadline is None:
        raise Refused("Nhiệm vụ này không có thời hạn nên không cần xin gia hạn.")
    _require_room(row)


def withdraw_extension(*, extension: Extension, by: User, day: date) -> ExtensionDecision:
    """The agency takes its request back while nobody has decided."""
    require_speaker(by, extension.assignment)
    with acting(by, "withdraw_extension", day):
        locked_assignment(extension.assignment_id)
        require_unanswered(extension)
        return _answer(extension, Answer.WITHDRAWN, by=by, day=day)


def sets_deadlines(user: User, assignment: Assignment) -> bool:
    """Whether the deadline is this person's to move: one in the text, or set by a leader, is the leaders'."""
    if not (user.is_active and user.oversees) or user.belongs_to(assignment.agency_id):
        return False
    setter = assignment.task.deadline_by
    return user.is_leader or (setter is not None and not setter.is_leader)


def extensions_for(user: User) -> RequestQuerySet:
    """Those that wait and are this person's to decide, the oldest first: `sets_deadlines` for many rows."""
    if not (user.is_active and user.oversees):
        return Extension.objects.none()
    waiting = Extension.objects.waiting().exclude(assignment__agency__in=user.own_ids)
    if user.is_leader:
        return waiting
    set_by_staff = Q(assignment__task__deadline_by__isnull=False) & ~Q(assignment__task__deadline_by__role=Role.LEADER)
    return waiting.filter(set_by_staff)


def decide_extension(
    *,
    extension: Extension,
    answer: Answer,
    by: User,
    day: date,
    granted_until: date | None = None,
    reason: str = "",
    version: int | None = None,
) -> ExtensionDecision:
    """Approve, shorten (until `granted_until`, with a reason) or refuse (with a reason)."""
    with acting(by, "decide_extension", day):
        row = locked_assignment(extension.assignment_id)
        _require_decider(by, row, answer)
        require_unanswered(extension)
        require_fresh(row, version)
        if answer not in (*GIVEN, Answer.REFUSED):
            raise Refused("Xin chọn một quyết định.", "answer")
        words = reason.strip() if answer == Answer.APPROVED else require_reason(reason)
        until = _until(row, extension, answer, granted_until, day)
        if until:
            _extend(row, until, reason=words or extension.reason, by=by, day=day)
        return _answer(extension, answer, by=by, day=day, reason=words, granted_until=until)


def granted_to(row: Assignment) -> int:
    """How often this work has been given more time, whoever carried it then."""
    return granted_to_each([row.pk])[row.pk]


def granted_to_each(keys: Iterable[int]) -> dict[int, int]:
    """The same for many, by key. One query."""
    rows = Assignment.objects.filter(pk__in=list(keys)).with_extension_count()
    return {row.pk: row.extension_count for row in rows}  # type: ignore[attr-defined]


def _require_room(row: Assignment) -> None:
    limit, granted = Office.current().extension_limit, granted_to(row)
    if granted >= limit:
        said = f"đã được gia hạn {granted} lần, tối đa là {limit} lần" if limit else "không được gia hạn theo thiết lập"
        raise Refused(f"Nhiệm vụ này {said}. Thời hạn chỉ thay đổi được bằng một văn bản khác.")


def _require_later(row: Assignment, asked_until: date, day: date) -> None:
    if not _is_later(row, asked_until):
        raise Refused(f"Ngày xin gia hạn phải sau thời hạn hiện nay ({_due(row)}).", "asked_until")
    if asked_until < day:
        raise Refused("Ngày xin gia hạn không thể đã qua.", "asked_until")
    require_believable(asked_until, row.task, "Ngày xin gia hạn", "asked_until")


def _due(row: Assignment) -> str:
    """The day that holds, with what was added for a supplement."""
    due = Assignment.objects.filter(pk=row.pk).annotate(due=deadlines.due()).values_list("due", flat=True).get()
    return f"{due:%d/%m/%Y}"


def _is_later(row: Assignment, until: date) -> bool:
    return Assignment.objects.filter(falls_before(until), pk=row.pk).exists()


def _require_decider(by: User, row: Assignment, answer: Answer) -> None:
    require_other_agency(by, row)
    if not sets_deadlines(by, row):
        whose = "do lãnh đạo ấn định hoặc ghi trong văn bản nên do lãnh đạo" if by.oversees else "do người ấn định"
        raise Refused(f"Thời hạn này {whose} xét gia hạn.")
    may_refuse = answer == Answer.REFUSED and row.life == Life.SUSPENDED
    if (row.life not in OPEN and not may_refuse) or row.closed_on:
        raise Refused(f"Nhiệm vụ đang ở tình trạng “{row.get_life_display()}” nên không thể xét gia hạn.")


def _until(row: Assignment, extension: Extension, answer: Answer, granted_until: date | None, day: date) -> date | None:
    """The day that is granted: the one asked for; where that has passed, a later one that the decider names."""
    has_passed = extension.asked_until < day
    if answer == Answer.REFUSED:
        return None
    if answer == Answer.APPROVED:
        if granted_until not in (None, extension.asked_until) and not has_passed:
            raise Refused(
                f"“Đồng ý” là gia hạn đến {extension.asked_until:%d/%m/%Y} như đơn vị xin. Muốn cho đến ngày khác, xin "
                "chọn “Đồng ý, rút ngắn”.",
                "granted_until",
            )
        until = (granted_until if has_passed else None) or extension.asked_until
    elif granted_until is None:
        raise Refused("Xin ghi ngày được gia hạn đến.", "granted_until")
    elif granted_until >= extension.asked_until and not has_passed:
        raise Refused("Ngày rút ngắn phải trước ngày đơn vị xin; nếu đồng ý cả, xin chọn “Đồng ý”.", "granted_until")
    else:
        until = granted_until
    if until < day:
        raise Refused(
            f"Ngày {until:%d/%m/%Y} đã qua: gia hạn đến ngày đó thì đơn vị quá hạn ngay. Xin chọn “Đồng ý” và ghi một "
            "ngày muộn hơn vào ô “Gia hạn đến ngày”.",
            "granted_until",
        )
    if not _is_later(row, until):
        raise Refused(f"Ngày gia hạn phải sau thời hạn hiện nay ({_due(row)}).", "granted_until")
    return until


def _extend(row: Assignment, until: date, *, reason: str, by: User, day: date) -> None:
    old = deadline_words(row.deadline, row.task)
    row.deadline = row.extended_until = until
    row.version += 1
    row.save()
    Decision.objects.create(
        assignment=row, verb="extend", reason=reason, old=old, new=f"{until:%d/%m/%Y}", decided_on=day, decided_by=by
    )


def _answer(
    extension: Extension, answer: Answer, *, by: User, day: date, reason: str = "", granted_until: date | None = None
) -> ExtensionDecision:
    return ExtensionDecision.objects.create(
        extension=extension,
        answer=answer,
        granted_until=granted_until,
        reason=reason,
        decided_on=day,
        decided_by=by,
    )
