"""What staff do about reminders: let them be tried again, let them be said at once, spare somebody for a while."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from agencies.errors import Refused
from agencies.history import acting
from agencies.models import Agency, User
from directives.actions.locking import require_keeper, require_reason
from directives.actions.turnstile import one_at_a_time
from directives.models import Assignment, Directive, Nudge, Pause, Reminder


def retry_reminders(*, by: User, day: date) -> int:
    """Let everything that rests after a failure be tried at the next sweep; gives how many rows that are.

    For an address that has been mended, or a mail server that is back before its pause is over.
    """
    require_keeper(by)
    with acting(by, "retry_reminders", day):
        return Reminder.objects.failing().exclude(next_attempt_at=None).update(next_attempt_at=None)


def nudge(*, assignments: Iterable[int], by: User, day: date, submission: UUID) -> Nudge:
    """Let these late assignments (keys) be reminded at once. `submission`: one press of the button.

    What is no longer late is left out; raises Refused where nothing is.
    """
    require_keeper(by)
    with acting(by, "nudge", day):
        one_at_a_time(f"nudge {submission}")
        if same := Nudge.objects.filter(submission=submission).first():
            return same  # a second press
        late = Assignment.objects.published().to_do().overdue(day).filter(pk__in=list(assignments))
        chosen = sorted(late.values_list("pk", flat=True))
        if not chosen:
            raise Refused("Không còn nhiệm vụ quá hạn nào trong số đã chọn.")
        return Nudge.objects.create(assignments=chosen, made_on=day, made_by=by, submission=submission)


def pause_reminders(
    *,
    by: User,
    day: date,
    since: date,
    until: date | None,
    reason: str,
    person: User | None = None,
    agency: Agency | None = None,
    directive: Directive | None = None,
) -> Pause:
    """Nobody is reminded: one person, of one agency's work, or of one directive; to the end of `until`, or for good.

    What happens meanwhile is not lost: afterwards the latest reminder of each task is owed. A second press of the
    same words gives the first row.
    """
    require_keeper(by)
    reason = require_reason(reason)
    if sum(each is not None for each in (person, agency, directive)) != 1:
        raise Refused("Xin chọn một người, một cơ quan hoặc một văn bản.", "person")
    if since < day:
        raise Refused("Ngày bắt đầu không được trước hôm nay.", "since")
    if until and until < since:
        raise Refused("Ngày kết thúc không được trước ngày bắt đầu.", "until")
    with acting(by, "pause_reminders", day):
        one_at_a_time("pause_reminders")
        about = {"person": person, "agency": agency, "directive": directive}
        field = next(name for name, each in about.items() if each)
        _require_reminded(person, agency, directive)
        others = Pause.objects.touching(since, until).filter(**about).order_by("since")
        if same := others.filter(since=since, until=until, reason=reason, recorded_by=by).first():
            return same  # a second press
        if other := others.first():
            raise Refused(f"Đã ghi tạm ngừng {other.span}; xin cho nhắc lại trước, hoặc chọn ngày khác.", field)
        return Pause.objects.create(**about, since=since, until=until, reason=reason, recorded_by=by)


def _require_reminded(person: User | None, agency: Agency | None, directive: Directive | None) -> None:
    """What nobody is reminded of needs no pause: as it stands now, not as the page showed it."""
    if person and not User.objects.filter(pk=person.pk, is_active=True).exists():
        raise Refused("Tài khoản này đã bị khóa nên không còn nhận nhắc việc.", "person")
    if agency:
        now = Agency.objects.get(pk=agency.pk)
        if now.has_ended:
            raise Refused(f"{now.label} không còn hoạt động; việc đang mở đã theo cơ quan kế thừa.", "agency")
        if now.is_group:
            raise Refused("Nhóm cơ quan không nhận nhắc việc; xin chọn từng cơ quan trong nhóm.", "agency")
    if directive:
        row = Directive.objects.only("number", "symbol", "published_on", "closed_on").get(pk=directive.pk)
        if not row.is_published:
            raise Refused(f"{row.code} chưa công bố nên chưa nhắc ai.", "directive")
        if row.closed_on:
            raise Refused(f"{row.code} đã kết thúc theo dõi từ ngày {row.closed_on:%d/%m/%Y}.", "directive")


def lift_pause(*, pause: int, by: User, day: date) -> Pause:
    """Reminders are owed again from the next planning on. A second press changes nothing."""
    require_keeper(by)
    with acting(by, "lift_pause", day):
        row = Pause.objects.select_for_update().get(pk=pause)
        if row.lifted_on is None:
            row.lifted_on = day
            row.save(update_fields=["lifted_on"])
        return row
