"""The decision on a claimed completion: confirm, or ask for more."""

from __future__ import annotations

from datetime import date

from django.db.models import Case, Exists, OrderBy, OuterRef, When

from agencies.errors import Refused
from agencies.history import acting
from agencies.models import User
from agencies.models.agency import Kind
from directives.actions.claims import pending_claim
from directives.actions.inheritance import hold_heirs
from directives.actions.leaving import go_back
from directives.actions.locking import lock_tasks, locked_assignment, require_reason
from directives.actions.obsolete import close_requests
from directives.deadlines import Life
from directives.models import Assignment, Office, Outcome, ProgressNote, Review
from directives.models.assignment import AssignmentQuerySet
from directives.workdays import add_working_days

MOST_DAYS = 30


def may_review(user: User, assignment: Assignment) -> bool:
    """Staff and leaders decide, but nobody on a claim of an agency they belong to (design, section 3.9)."""
    return user.is_active and user.oversees and not user.belongs_to(assignment.agency_id)


def waiting_for(user: User, assignments: AssignmentQuerySet) -> AssignmentQuerySet:
    """Of these, the claims that `user` may decide, longest waiting first: `may_review` for many rows.

    Before a leader those stand first that the staff of the standing agency may not decide: its own.
    """
    if not (user.is_active and user.oversees):
        return assignments.none()
    own = user.own_ids
    entered = ProgressNote.objects.filter(assignment=OuterRef("pk"), claims_completion=True, review=None, author=user)
    found = assignments.awaiting().exclude(agency__in=own).exclude(Exists(entered))
    return found.order_by(*order_for(user), "submitted_on", "pk")


def order_for(user: User) -> list[OrderBy]:
    """What comes before the length of waiting: for a leader, the claims of the standing agency itself."""
    theirs = Case(When(agency__kind=Kind.STANDING, then=0), default=1)
    return [theirs.asc()] if user.is_leader else []


def may_decide(user: User, assignment: Assignment, claim: ProgressNote | None) -> bool:
    """Whether this person may decide the claim: nor on one that they entered for the agency from its letter."""
    return claim is not None and claim.author_id != user.pk and may_review(user, assignment)


def confirm(
    *,
    assignment: Assignment,
    by: User,
    day: date,
    reason: str = "",
    completed_on: date | None = None,
    version: int | None = None,
) -> Review:
    """Hoàn thành. The day that counts is that of the claim, or of the checked result document (`completed_on`)."""
    with acting(by, "confirm", day):
        row, note = _claim(assignment, by, version)
        completed_on = _completed_on(row, note, completed_on, reason)
        close_requests(row, by=by, day=day)
        row.life, row.completed_on, row.supplement_due_on = Life.DONE, completed_on, None
        row.version += 1
        row.save()
        return Review.objects.create(
            note=note,
            outcome=Outcome.CONFIRMED,
            reason=reason.strip(),
            decided_on=day,
            decided_by=by,
            completed_on=completed_on,
        )


def ask_more(
    *,
    assignment: Assignment,
    reason: str,
    by: User,
    day: date,
    days: int | None = None,
    version: int | None = None,
) -> Review:
    """Đề nghị bổ sung, with some working days for it (`days`; None: the office's). In time only if the claim was."""
    days = Office.current().supplement_days if days is None else days
    if not 1 <= days <= MOST_DAYS:
        raise Refused(f"Số ngày bổ sung phải từ 1 đến {MOST_DAYS} ngày làm việc.", "days")
    with acting(by, "ask_more", day):
        hold_heirs(assignment.agency)
        lock_tasks([assignment.task_id])
        row, note = _claim(assignment, by, version)
        words = require_reason(reason)
        until = add_working_days(day, days)
        late = Assignment.objects.overdue(day).filter(pk=row.pk).exists()
        row.life, row.submitted_on, row.supplement_due_on = Life.IN_PROGRESS, None, until
        row.grace_until = row.grace_until if late else until
        row.version += 1
        row.save()
        review = Review.objects.create(
            note=note,
            outcome=Outcome.ASKED_MORE,
            reason=words,
            decided_on=day,
            decided_by=by,
            supplement_due_on=until,
        )
        go_back(row, by=by, day=day)
        return review


def proposed_day(row: Assignment, claim: ProgressNote) -> date:
    """The day that counts unless the reviewer finds otherwise: for a claim entered from a letter, the date of the
    result document that it names, where that lies between directive and letter (design, section 3.3).
    """
    assert row.submitted_on  # what waits has a day: a constraint of the table
    if not claim.is_on_behalf:
        return row.submitted_on
    named = [each.document_on for each in claim.evidence.all() if each.document_on]
    between = [each for each in named if row.task.directive.issued_on <= each <= row.submitted_on]
    return max(between, default=row.submitted_on)


def _completed_on(row: Assignment, claim: ProgressNote, asked: date | None, reason: str) -> date:
    """The day of the claim, or an earlier one that a result document shows (design, section 3.3)."""
    assert row.submitted_on
    if asked is None:
        return row.submitted_on
    if asked in (row.submitted_on, proposed_day(row, claim)):
        return asked
    if not row.task.directive.issued_on <= asked <= row.submitted_on:
        raise Refused(
            f"Ngày hoàn thành phải từ ngày ban hành văn bản đến ngày đơn vị gửi đề nghị ({row.submitted_on:%d/%m/%Y}).",
            "completed_on",
        )
    if not reason.strip():
        raise Refused("Xin ghi lý do tính ngày hoàn thành khác ngày đơn vị gửi đề nghị.", "reason")
    return asked


def _claim(assignment: Assignment, by: User, version: int | None) -> tuple[Assignment, ProgressNote]:
    row = locked_assignment(assignment.pk, version)
    if not may_review(by, row):
        raise Refused("Không ai được xác nhận đề nghị của chính cơ quan mình; xin chuyển lãnh đạo xem xét.")
    note = pending_claim(row)
    if note is None:
        raise Refused("Không còn đề nghị nào đang chờ; có thể đã có người xử lý.")
    if note.author_id == by.pk:
        raise Refused("Ông/bà đã nhập hộ đề nghị này; xin để cán bộ khác hoặc lãnh đạo xác nhận.")
    return row, note
