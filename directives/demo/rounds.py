"""The illustrative rounds: monthly reports since April; November has come in, is being typed, or is missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from agencies.models import Agency, User
from directives.actions.notes import Said
from directives.actions.round_entries import save_entry
from directives.actions.round_rules import open_rounds, set_round_rule
from directives.actions.rounds import Line, send_round, submission_for
from directives.models import Assignment, Office, Round
from directives.rounds import Cadence

UNCHANGED = "Tiếp tục thực hiện thường xuyên như kỳ trước (minh hoạ)"

# (day, agency, {position of the task: what is new}): all other tasks are unchanged
SENT: list[tuple[date, str, dict[int, str]]] = [
    (date(2023, 11, 16), "nhnn", {}),  # its one task was reported by a note of its own
    (date(2023, 11, 17), "vinhlinh", {23: "Đã hướng dẫn thành lập mới 2 HTX nông nghiệp (minh hoạ)."}),
    (date(2023, 11, 20), "giolinh", {24: "Đã kiểm tra hoạt động của 9 HTX trên địa bàn (minh hoạ)."}),  # late
]
TYPED = (date(2023, 11, 17), "camlo", {23: "Đang vận động thành lập 1 HTX dược liệu (minh hoạ)."})


def begin(*, by: User, day: date) -> None:
    """The office asks for a report each month from `day` on."""
    set_round_rule(Cadence.MONTH, by=by, day=day, is_on=True, since=day)


def tell(people: Mapping[str, User]) -> None:
    """Every month its round; then what came in for November."""
    for month in range(5, 12):
        open_rounds(date(2023, month, 15))
    november = Round.objects.get(end=date(2023, 11, 14))
    for day, code, news in SENT:
        _send(november, people[code], _agency(code), news, day)
    day, code, typed = TYPED
    _type(november, people[code], _agency(code), typed, day)


def _send(round: Round, by: User, agency: Agency, news: Mapping[int, str], day: date) -> None:
    lines = [Line(row, _said(news.get(row.task.position))) for row in _owed(round, agency)]
    submission = submission_for(round=round, agency=agency, by=by, day=day)
    send_round(submission=submission, lines=lines, by=by, day=day)


def _said(result: str | None) -> Said:
    return Said(result=result or UNCHANGED, is_unchanged=result is None)


def _type(round: Round, by: User, agency: Agency, news: Mapping[int, str], day: date) -> None:
    submission = submission_for(round=round, agency=agency, by=by, day=day)
    for row in _owed(round, agency):
        if result := news.get(row.task.position):
            save_entry(submission=submission, assignment=row, typed={"result": result}, by=by, day=day)


def _owed(round: Round, agency: Agency) -> Iterator[Assignment]:
    """What the agency has not reported yet in this round."""
    rows = Assignment.objects.filter(agency=agency).select_related("task").order_by("task__position")
    yield from rows.unreported_in(round.judged, Office.current().silent_after)


def _agency(code: str) -> Agency:
    return Agency.objects.get(code=code)
