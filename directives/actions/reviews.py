"""The decision on a claimed completion: confirm, or ask for more."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef

from agencies.errors import Refused
from agencies.history import acting
from agencies.models import User
from directives.actions.locking import locked_assignment, require_reason
from directives.deadlines import Life
from directives.models import Assignment, Office, Outcome, ProgressNote, Review
from directives.models.assignment import AssignmentQuerySet
from directives.workdays import add_working_days


def pending_claim(assignment: Assignment) -> ProgressNote | None:
    """The claim that waits for a decision; None when nothing waits."""
    return undecided_claim(assignment) if assignment.life == Life.AWAITING else None


def undecided_claim(assignment: Assignment) -> ProgressNote | None:
    """The last claim that nobody has decided, also while its work is put aside."""
    return assignment.notes.filter(claims_completion=True, review=None).order_by("-pk").first()


def may_review(user: User, assignment: Assignment) -> bool:
    """Staff and leaders decide, but nobody on a claim of an agency they belong to (design, section 3.9)."""
    return user.is_active and user.oversees and not user.belongs_to(assignment.agency_id)


def waiting_for(user: User, assignments: AssignmentQuerySet) -> AssignmentQuerySet:
    """Of these, the claims that `user` may decide, longest waiting first: `may_review` for many rows."""
    if not (user.is_active and user.oversees):
        return assignments.none()
    own = user.represented_ids | {user.agency_id} - {None}
    entered = ProgressNote.objects.filter(assignment=OuterRef("pk"), claims_completion=True, review=None, author=user)
    return assignments.awaiting().exclude(agency__in=own).exclude(Exists(entered))


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
        completed_on = _completed_on(row, completed_on, reason)
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


def ask_more(*, assignment: Assignment, reason: str, by: User, day: date, version: int | None = None) -> Review:
    """Đề nghị bổ sung, with some working days for it. Only a claim filed in time stays in time until then."""
    with acting(by, "ask_more", day):
        row, note = _claim(assignment, by, version)
        words = require_reason(reason)
        until = add_working_days(day, Office.current().supplement_days)
        late = Assignment.objects.overdue(day).filter(pk=row.pk).exists()
        row.life, row.submitted_on, row.supplement_due_on = Life.IN_PROGRESS, None, until
        row.grace_until = row.grace_until if late else until
        row.version += 1
        row.save()
        return Review.objects.create(
            note=note,
            outcome=Outcome.ASKED_MORE,
            reason=words,
            decided_on=day,
            decided_by=by,
            supplement_due_on=until,
        )


def _completed_on(row: Assignment, asked: date | None, reason: str) -> date:
    """The day of the claim, or an earlier one that a result document shows (design, section 3.3)."""
    assert row.submitted_on  # what waits has a day: a constraint of the table
    if asked is None or asked == row.submitted_on:
        return row.submitted_on
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
