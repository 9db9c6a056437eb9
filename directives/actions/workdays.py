"""The working calendar, as staff lay it down by official announcements (Labour Code 2019, Art. 112).

Only what differs from the computed calendar is recorded, so every row says something. Days that were fixed by the old
calendar (of opened rounds, of supplements) stay as they are; whatever is computed from now on follows.
"""

from __future__ import annotations

from datetime import date

from agencies.errors import Refused
from agencies.history import acting
from agencies.models import User
from directives import workdays
from directives.actions.locking import require_fresh, require_keeper
from directives.actions.read_fields import one_line
from directives.actions.turnstile import one_at_a_time
from directives.models import CalendarDay

FARTHEST = 5  # years from today: a mistyped year is refused
WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


def record_day(
    *, date: date, is_working: bool, instrument: str, by: User, day: date, version: int | None = None
) -> CalendarDay:
    """Lay down that `date` is worked or not; `instrument` is the document that says so.

    With the `version` that was seen, the row of that date gets another instrument. Raises Refused, naming the field.
    """
    require_keeper(by)
    instrument = one_line(instrument)
    if not instrument:
        raise Refused("Xin ghi văn bản quy định ngày này (số, ngày).", "instrument")
    _check_differs(date, is_working, day)
    with acting(by, "record_day", day):
        one_at_a_time("workdays")
        there = CalendarDay.objects.select_for_update(of=("self",)).filter(date=date).first()
        if there and (there.is_working, there.instrument) == (is_working, instrument):
            return there  # a second press
        row = _to_write(there, date, version)
        row.is_working, row.instrument, row.recorded_by, row.recorded_on = is_working, instrument, by, day
        row.save()
        _hold(date)
        return row


def remove_day(*, date: date, by: User, day: date) -> None:
    """The computed calendar holds again for `date`. Raises Refused where nothing is laid down for it."""
    require_keeper(by)
    with acting(by, "remove_day", day):
        one_at_a_time("workdays")
        if not CalendarDay.objects.filter(date=date).delete()[0]:
            raise Refused(f"Ngày {date:%d/%m/%Y} đã được bỏ trước đó.")
        _hold(date)


def weekday(day: date) -> str:
    """thứ Sáu"""
    return WEEKDAYS[day.weekday()]


def _to_write(there: CalendarDay | None, date: date, version: int | None) -> CalendarDay:
    """The row of that date: a new one, or the one that was seen."""
    if version is None and there:
        raise Refused(f"Đã ghi {there} ({there.instrument}). Xin sửa hoặc bỏ dòng ấy.", "date")
    if version is None:
        return CalendarDay(date=date)
    if there is None:
        raise Refused(f"Ngày {date:%d/%m/%Y} đã được người khác bỏ. Xin ghi lại nếu cần.")
    require_fresh(there, version).version += 1
    return there


def _check_differs(date: date, is_working: bool, day: date) -> None:
    if abs(date.year - day.year) > FARTHEST:
        raise Refused(f"Chỉ ghi được ngày trong vòng {FARTHEST} năm trước và sau năm nay.", "date")
    if workdays.is_usually_worked(date) != is_working:
        return
    name = workdays.usual_exceptions(date.year).get(date)
    usual = f"{date:%d/%m/%Y} là {weekday(date)}{f' ({name})' if name else ''}"
    raise Refused(f"{usual}, vốn là ngày {'làm việc' if is_working else 'nghỉ'}: không cần ghi.", "date")


def _hold(date: date) -> None:
    """What was written holds at once here, elsewhere from the next page or job on. Raises Refused for a stretch of
    days off that no reminder gets across.
    """
    workdays.forget()
    length = workdays.days_off_around(date)
    if length > workdays.LONGEST_HOLIDAY:
        workdays.forget()  # it is not written after all
        most = workdays.LONGEST_HOLIDAY
        raise Refused(f"Như vậy sẽ nghỉ liền {length} ngày; chương trình nhận nhiều nhất {most} ngày.", "date")
