"""Thôi giao, chuyển cho cơ quan khác: asked by the agency, decided by the standing staff or a leader."""

from __future__ import annotations

from datetime import date

from agencies.errors import Refused
from agencies.history import acting
from agencies.models import Agency, User
from directives.actions.asking import (
    CHANGE_IT,
    is_same,
    require_other_agency,
    require_speaker,
    require_to_do,
    require_unanswered,
)
from directives.actions.locking import lock_tasks, locked_assignment, require_fresh, require_reason
from directives.actions.moves import move_work
from directives.actions.obsolete import close_requests
from directives.deadlines import TO_DO, Life
from directives.models import Answer, Assignment, Decision, Ground, Release, ReleaseDecision, Upload, Why
from directives.models.request import RequestQuerySet


def ask_release(
    *,
    assignment: Assignment,
    ground: Ground,
    reason: str,
    by: User,
    day: date,
    to_agency: Agency | None = None,
    upload: Upload | None = None,
    version: int | None = None,
) -> Release:
    """Not ours, or it does not apply here; perhaps who should do it instead. The same again is the same request."""
    require_speaker(by, assignment)
    with acting(by, "ask_release", day):
        row = locked_assignment(assignment.pk)
        words = require_reason(reason)
        waiting, wanted = Release.objects.filter(assignment=row).waiting().first(), (ground, to_agency, words)
        if waiting and is_same(waiting, by, upload) and (waiting.ground, waiting.to_agency, waiting.reason) == wanted:
            return waiting
        require_askable(row, version)
        _require_taker(row, to_agency)
        return Release.objects.create(
            assignment=row,
            ground=ground,
            to_agency=to_agency,
            reason=words,
            upload=upload,
            asked_on=day,
            asked_by=by,
        )


def require_askable(row: Assignment, version: int | None = None) -> None:
    """Raises Refused, with the reason, where release may not be asked for now; Stale as `require_fresh`."""
    if Release.objects.filter(assignment=row).waiting().exists():
        raise Refused(f"Đã có đề nghị thôi giao đang chờ xét. {CHANGE_IT}")
    require_to_do(require_fresh(row, version), "đề nghị thôi giao")


def withdraw_release(*, release: Release, by: User, day: date) -> ReleaseDecision:
    """The agency takes its request back while nobody has decided."""
    require_speaker(by, release.assignment)
    with acting(by, "withdraw_release", day):
        locked_assignment(release.assignment_id)
        require_unanswered(release)
        return _answer(release, Answer.WITHDRAWN, by=by, day=day)


def decides_releases(user: User, assignment: Assignment) -> bool:
    """The standing staff and the leaders, but nobody on their own agency."""
    return user.is_active and user.oversees and not user.belongs_to(assignment.agency_id)


def releases_for(user: User) -> RequestQuerySet:
    """Those that wait and are this person's to decide: `decides_releases` for many rows."""
    if not (user.is_active and user.oversees):
        return Release.objects.none()
    own = user.own_ids
    return Release.objects.waiting().exclude(assignment__agency__in=own)


def decide_release(
    *,
    release: Release,
    answer: Answer,
    reason: str,
    by: User,
    day: date,
    to_agency: Agency | None = None,
    version: int | None = None,
) -> ReleaseDecision:
    """Approve or refuse, always with a reason. With `to_agency` the work goes there; else it leaves every base."""
    with acting(by, "decide_release", day):
        lock_tasks([release.assignment.task_id])
        row = locked_assignment(release.assignment_id)
        require_other_agency(by, row)
        if not decides_releases(by, row):
            raise Refused("Chỉ cán bộ thường trực hoặc lãnh đạo xét đề nghị thôi giao.")
        require_unanswered(release)
        require_fresh(row, version)
        if answer not in (Answer.APPROVED, Answer.REFUSED):
            raise Refused("Xin chọn một quyết định.", "answer")
        words = require_reason(reason)
        moved_to = _release(row, release, to_agency, words, by, day) if answer == Answer.APPROVED else None
        return _answer(release, answer, by=by, day=day, reason=words, moved_to=moved_to)


def _release(
    row: Assignment, release: Release, to_agency: Agency | None, reason: str, by: User, day: date
) -> Assignment | None:
    if row.life not in (*TO_DO, Life.SUSPENDED):
        raise Refused(f"Nhiệm vụ đang ở tình trạng “{row.get_life_display()}”: xin xử lý xong rồi mới xét thôi giao.")
    if to_agency:
        _require_taker(row, to_agency)
        words = f"Đề nghị của {row.agency.short_name} ngày {release.asked_on:%d/%m/%Y}"
        return move_work(old=row, agency=to_agency, why=Why.RELEASE, instrument=words, by=by, day=day)
    old = row.get_life_display()
    row.life = Life.CANCELLED
    row.version += 1
    row.save()
    Decision.objects.create(
        assignment=row,
        verb="release",
        reason=reason,
        old=old,
        new=release.get_ground_display(),
        decided_on=day,
        decided_by=by,
    )
    close_requests(row, by=by, day=day, releases=False)
    return None


def _require_taker(row: Assignment, agency: Agency | None) -> None:
    """The body that should do it instead: another one, alive, and not done with it already."""
    if agency is None:
        return
    if agency.pk == row.agency_id:
        raise Refused("Xin chọn cơ quan khác với cơ quan đang thực hiện.", "to_agency")
    if agency.is_group or agency.has_ended:
        raise Refused("Xin chọn một cơ quan đang hoạt động, không chọn nhóm.", "to_agency")
    if row.task.assignments.filter(agency=agency, life=Life.DONE).exists():
        raise Refused(f"{agency.short_name} đã hoàn thành nhiệm vụ này; không cần chuyển thêm.", "to_agency")


def _answer(
    release: Release, answer: Answer, *, by: User, day: date, reason: str = "", moved_to: Assignment | None = None
) -> ReleaseDecision:
    return ReleaseDecision.objects.create(
        release=release, answer=answer, reason=reason, moved_to=moved_to, decided_on=day, decided_by=by
    )
