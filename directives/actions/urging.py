"""Urging an agency that is late or silent: the official letter, and contacts logged by hand (design, section 3.10)."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from agencies.errors import Refused
from agencies.history import acting
from agencies.locking import lock_bodies
from agencies.models import Agency, Kind, User
from directives.actions.locking import require_keeper
from directives.actions.numbers import clerks_number
from directives.actions.office import BAD_SYMBOL, LETTER_SYMBOL
from directives.actions.turnstile import one_at_a_time
from directives.models import (
    Assignment,
    Issuer,
    LetterState,
    LetterTask,
    Means,
    Office,
    Urging,
    UrgingLetter,
    UrgingTask,
)
from directives.models.to_urge import to_urge
from directives.workdays import add_working_days

# Everything that the letter says, as plain JSON; written within the transaction, of the rows under lock.
Write = Callable[["Wanted", Sequence[Any]], dict[str, Any]]

ANSWER_DAYS = 5  # working days that an agency is given to report, unless whoever writes chooses a day
LONGEST_ANSWER = timedelta(days=92)
TO_ITSELF = (
    "Cơ quan thường trực không đôn đốc chính mình. Việc chậm hoặc chưa báo cáo của cơ quan thường trực "
    "xin trình lãnh đạo xem xét."
)


@dataclass(frozen=True)
class Wanted:
    """What was chosen for a letter: to whom, in whose name, by which day an answer is asked, words of one's own."""

    agency: Agency
    issuer: Issuer
    report_by: date
    words: str
    day: date
    office: Office


def answer_day(day: date) -> date:
    """By when a report is asked for, unless somebody chooses."""
    return add_working_days(day, ANSWER_DAYS)


def require_urgeable(agency: Agency) -> None:
    """Whom a letter or a call may go to. Raises Refused with the reason."""
    if agency.kind == Kind.STANDING:
        raise Refused(TO_ITSELF)
    if agency.is_group:
        raise Refused("Đây là một nhóm cơ quan; xin đôn đốc từng thành viên.")
    if agency.has_ended:
        raise Refused(f"{agency.name} đã kết thúc hoạt động; xin đôn đốc cơ quan kế thừa công việc.")


def draft_letter(
    *,
    agency: Agency,
    assignments: Iterable[int],
    issuer: Issuer,
    report_by: date,
    by: User,
    day: date,
    write: Write,
    words: str = "",
    submission: uuid.UUID | None = None,
) -> UrgingLetter:
    """A letter about these assignments (keys) of one agency, waiting for the clerk's number. Raises Refused.

    The same submission again gives its letter. An agency has one draft at a time; what it says is read under
    the lock.
    """
    require_keeper(by)
    submission = submission or uuid.uuid4()
    with acting(by, "draft_letter", day):
        body = lock_bodies([agency])[agency.pk]
        if earlier := UrgingLetter.objects.filter(submission=submission).first():
            return earlier
        require_urgeable(body)
        if waiting := UrgingLetter.objects.drafts().filter(agency=body).first():
            raise Refused(
                f"Đã có một dự thảo gửi {body.name}, soạn ngày {waiting.drafted_on:%d/%m/%Y}; xin dùng hoặc bỏ."
            )
        _check_answer(report_by, day)
        office = Office.current()
        rows = _chosen(to_urge(Assignment.objects.filter(agency=body), day, office), assignments)
        wanted = Wanted(body, Issuer(issuer), report_by, words.strip(), day, office)
        letter = UrgingLetter.objects.create(
            agency=body,
            issuer=issuer,
            drafted_on=day,
            report_by=report_by,
            content=write(wanted, rows),
            submission=submission,
            made_by=by,
        )
        LetterTask.objects.bulk_create(LetterTask(letter=letter, assignment=row) for row in rows)
        return letter


def issue_letter(
    *, letter: UrgingLetter, number: str, symbol: str, issued_on: date, by: User, day: date
) -> UrgingLetter:
    """The clerk has given it this number and day: once, for good. The same again is harmless. Raises Refused."""
    require_keeper(by)
    with acting(by, "issue_letter", day):
        row = _locked(letter)
        given = clerks_number(number), symbol.strip(), issued_on
        if row.is_issued and (row.number, row.symbol, row.issued_on) == given:
            return row
        _require_draft(row)
        if not LETTER_SYMBOL.fullmatch(given[1]):
            raise Refused(BAD_SYMBOL, "symbol")
        if not row.drafted_on <= issued_on <= day:
            raise Refused(f"Ngày ban hành phải từ ngày soạn {row.drafted_on:%d/%m/%Y} đến hôm nay.", "issued_on")
        same = UrgingLetter.objects.issued().filter(number=given[0], symbol=given[1], issued_on__year=issued_on.year)
        if other := same.first():
            raise Refused(f"Số này đã được ghi cho công văn gửi {other.agency.name}.", "number")
        row.number, row.symbol, row.issued_on = given
        return _ended(row, LetterState.ISSUED, by, day)


def withdraw_letter(*, letter: UrgingLetter, by: User, day: date) -> UrgingLetter:
    """The draft is not needed; it stays among the letters as dropped. A second press is harmless. Raises Refused."""
    require_keeper(by)
    with acting(by, "withdraw_letter", day):
        row = _locked(letter)
        if row.state == LetterState.WITHDRAWN:
            return row
        _require_draft(row)
        return _ended(row, LetterState.WITHDRAWN, by, day)


def log_urging(
    *,
    agency: Agency,
    assignments: Iterable[int],
    on: date,
    means: Means,
    spoken_to: str,
    said: str,
    by: User,
    day: date,
    submission: uuid.UUID | None = None,
) -> Urging:
    """On the day `on` somebody of the agency was spoken to about these assignments. Raises Refused.

    The same submission again gives its entry.
    """
    require_keeper(by)
    submission = submission or uuid.uuid4()
    with acting(by, "log_urging", day):
        body = lock_bodies([agency])[agency.pk]
        if earlier := Urging.objects.filter(submission=submission).first():
            return earlier
        require_urgeable(body)
        words = _contact(on, spoken_to, said, day)
        rows = _chosen(Assignment.objects.published().to_do().filter(agency=body), assignments)
        made = Urging.objects.create(
            agency=body, on=on, means=Means(means), made_on=day, made_by=by, submission=submission, **words
        )
        UrgingTask.objects.bulk_create(UrgingTask(urging=made, assignment=row) for row in rows)
        return made


def _chosen(offered: Any, keys: Iterable[int]) -> list[Any]:
    """The rows with these keys, in the order of their directives; all of them must still be offered."""
    wanted = set(keys)
    named = offered.filter(pk__in=wanted).select_related("agency", "task__addressee", "task__directive")
    rows = list(named.order_by("task__directive", "task__position"))
    if not wanted:
        raise Refused("Xin chọn ít nhất một nhiệm vụ.", "tasks")
    if len(rows) != len(wanted):
        raise Refused("Có nhiệm vụ vừa được báo cáo hoặc đã chuyển đi; danh sách dưới đây là mới nhất.", "tasks")
    return rows


def _check_answer(report_by: date, day: date) -> None:
    if not day < report_by <= day + LONGEST_ANSWER:
        raise Refused("Ngày đề nghị báo cáo phải sau hôm nay và trong vòng ba tháng.", "report_by")


def _contact(on: date, spoken_to: str, said: str, day: date) -> dict[str, str]:
    if on > day:
        raise Refused("Ngày trao đổi không thể sau hôm nay.", "on")
    words = {"spoken_to": spoken_to.strip(), "said": said.strip()}
    if not words["spoken_to"]:
        raise Refused("Xin ghi đã trao đổi với ai.", "spoken_to")
    if not words["said"]:
        raise Refused("Xin ghi nội dung đã trao đổi.", "said")
    return words


def _locked(letter: UrgingLetter) -> UrgingLetter:
    """Letters end one after another, so that two with one number find each other."""
    one_at_a_time("urging letters")
    return UrgingLetter.objects.select_for_update(of=("self",)).select_related("agency").get(pk=letter.pk)


def _require_draft(row: UrgingLetter) -> None:
    if row.is_issued:
        raise Refused(f"{row} đã phát hành nên không thay đổi được nữa.")
    if not row.is_draft:
        raise Refused("Dự thảo này đã được bỏ; xin soạn công văn mới.")


def _ended(row: UrgingLetter, state: LetterState, by: User, day: date) -> UrgingLetter:
    row.state, row.ended_by, row.ended_on, row.ended_at = state, by, day, timezone.now()
    row.save(update_fields=["state", "number", "symbol", "issued_on", "ended_by", "ended_on", "ended_at"])
    return row
