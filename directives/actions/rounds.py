"""An agency's report of a round: begun, handed in to its head, taken back, sent as a whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from agencies.delegation import has_approver
from agencies.errors import Refused
from agencies.history import acting
from agencies.models import Agency, User
from directives.actions.locking import locked_assignment, require_fresh, require_reason
from directives.actions.notes import Said, check_note, says_the_same, write_note
from directives.actions.round_entries import approves, require_taken
from directives.models import Assignment, ProgressNote, Round, Submission, SubmissionState
from directives.models.round import only_asked

NOBODY_APPROVES = (
    "Cơ quan đặt bước thủ trưởng duyệt, nhưng không còn thủ trưởng hay cấp phó nào có tài khoản để duyệt. Xin báo cơ "
    "quan thường trực cử người, hoặc bỏ bước duyệt."
)


@dataclass(frozen=True)
class Line:
    """What is said of one assignment, and the version of it that the person saw."""

    assignment: Assignment
    said: Said
    version: int | None = None


class RowsRefused(Refused):
    """Some lines are wrong, so nothing was sent: `rows` has the refusal of each, by the key of its assignment."""

    def __init__(self, rows: Mapping[int, Refused]) -> None:
        super().__init__(f"Chưa gửi: còn {len(rows)} dòng cần sửa. Nội dung đã nhập vẫn còn.")
        self.rows = dict(rows)


class RoundSent(Refused):
    """Somebody has sent this report already, saying something else; the message says who and when."""


def submission_for(*, round: Round, agency: Agency, by: User, day: date) -> Submission:
    """The agency's report of the round; begun by whoever first asks for it."""
    if not by.represents(agency.pk):
        raise Refused("Ông/bà không được giao thay mặt cơ quan này.")
    if agency.is_group:
        raise Refused(f"“{agency.short_name}” là nhóm cơ quan; từng cơ quan thành viên gửi báo cáo của mình.")
    if agency.has_ended:
        raise Refused(f"{agency.short_name} đã kết thúc hoạt động; cơ quan kế thừa gửi báo cáo.")
    with acting(by, "open_submission", day):
        return Submission.objects.get_or_create(round=round, agency=agency)[0]


def hand_in(
    *, submission: Submission, lines: Sequence[Line] = (), by: User, day: date, version: int | None = None
) -> Submission:
    """Trình thủ trưởng: from now on the head may send it or give it back. Twice is harmless.

    `lines` are held to what sending asks of them: the head is handed nothing that cannot go. Raises RowsRefused.
    """
    with acting(by, "hand_in", day):
        row = _locked(submission, by)
        if row.waits_for_head:
            return row
        require_fresh(row, version)
        if row.is_sent:
            raise RoundSent(_sent_words(row))
        if not row.agency.needs_approval:
            raise Refused("Cơ quan không đặt bước thủ trưởng duyệt; xin gửi thẳng báo cáo.")
        require_taken(row, day)
        if not (row.entries.exists() or row.counted_notes().exists()):
            raise Refused("Báo cáo chưa có dòng nào; xin điền ít nhất một nhiệm vụ rồi trình.")
        _checked(row, _there(row), lines)
        if not has_approver(row.agency):
            raise Refused(f"{NOBODY_APPROVES} Nội dung đã nhập vẫn còn.")
        row.state, row.prepared_by, row.returned_because = SubmissionState.AWAITING_HEAD, by, ""
        return _changed(row)


def take_back(*, submission: Submission, reason: str, by: User, day: date, version: int | None = None) -> Submission:
    """To be prepared again: the head or a deputy gives it back and says why, or who handed it in takes it back."""
    with acting(by, "take_back", day):
        row = _locked(submission, by)
        if row.state == SubmissionState.DRAFT:
            return row
        require_fresh(row, version)
        if row.is_sent:
            raise RoundSent(_sent_words(row))
        if row.prepared_by_id != by.pk:
            if not approves(by, row.agency):
                raise Refused("Chỉ thủ trưởng, cấp phó được uỷ quyền hoặc người đã trình được rút báo cáo về.")
            row.returned_because = require_reason(reason)
        row.state = SubmissionState.DRAFT
        return _changed(row)


def send_round(
    *, submission: Submission, lines: Sequence[Line], by: User, day: date, version: int | None = None
) -> list[ProgressNote]:
    """Send the lines, all or none: each becomes a note of the round, and its draft goes.

    The same lines again give the notes that are there. What was sent stays; for other tasks an agency may add lines
    later; where every task was reported by a note of its own, none is needed. Raises RowsRefused with every line
    that is wrong, RoundSent where somebody was faster, Stale.
    """
    with acting(by, "send_round", day):
        row = _locked(submission, by)
        there = _there(row)
        if row.is_sent and all(line.assignment.pk in there for line in lines):
            return _same(row, there, lines, by)
        if not row.is_sent:
            require_fresh(row, version)
        _require_sender(row, by)
        require_taken(row, day)
        if not (lines or row.counted_notes().exists()):
            raise Refused("Chưa có nhiệm vụ nào được điền để gửi.")
        checked = _checked(row, there, lines)
        notes = [there.get(line.assignment.pk) or _write(row, each, line.said, by, day) for each, line in checked]
        row.entries.filter(assignment__in=[each for each, _ in checked]).delete()
        if not row.is_sent:
            row.state, row.sent_on, row.sent_by, row.returned_because = SubmissionState.SENT, day, by, ""
            row.is_late = row.round.is_late(row.agency, day) and not only_asked([row.agency_id])
        _changed(row)
        return notes


def check_lines(*, submission: Submission, lines: Sequence[Line], by: User) -> None:
    """What `send_round` would say of each line, and nothing is sent. Raises RowsRefused."""
    with transaction.atomic():
        row = _locked(submission, by)
        _checked(row, _there(row), lines)


def _there(row: Submission) -> dict[int, ProgressNote]:
    return {note.assignment_id: note for note in row.notes()}


def _same(row: Submission, there: Mapping[int, ProgressNote], lines: Sequence[Line], by: User) -> list[ProgressNote]:
    """What the first press of the button wrote; a colleague's words are never given back as if they were one's own."""
    if all(says_the_same(there[line.assignment.pk], line.said) for line in lines):
        if row.sent_by_id == by.pk:
            return [there[line.assignment.pk] for line in lines]
        raise RoundSent(f"{_who_sent(row)} Nội dung của ông/bà cũng như vậy, không cần gửi lại.")
    raise RoundSent(_sent_words(row))


def _require_sender(row: Submission, by: User) -> None:
    if row.agency.has_ended:
        raise Refused(f"{row.agency.short_name} đã kết thúc hoạt động; cơ quan kế thừa gửi báo cáo.")
    if row.agency.needs_approval and not approves(by, row.agency):
        raise Refused("Báo cáo của cơ quan phải được thủ trưởng duyệt; xin trình thủ trưởng thay vì gửi.")


def _checked(
    row: Submission, there: Mapping[int, ProgressNote], lines: Sequence[Line]
) -> list[tuple[Assignment, Line]]:
    """The assignments under their locks, each with its line, all of them right; else RowsRefused."""
    found, wrong = {}, {}
    lines = sorted(lines, key=lambda line: line.assignment.pk)  # one order of locks for all
    for line in lines:
        pk = line.assignment.pk
        try:
            found[pk] = _checked_line(row, there.get(pk), line, seen=pk in found)
        except Refused as refusal:
            wrong[pk] = refusal
    if wrong:
        raise RowsRefused(wrong)
    return [(found[line.assignment.pk], line) for line in lines]


def _checked_line(row: Submission, earlier: ProgressNote | None, line: Line, seen: bool) -> Assignment:
    assignment = locked_assignment(line.assignment.pk)
    if assignment.agency_id != row.agency_id:
        raise Refused("Nhiệm vụ này không phải của cơ quan.")
    if seen:
        raise Refused("Nhiệm vụ này có hai dòng trong cùng một báo cáo.")
    if earlier is None:
        check_note(require_fresh(assignment, line.version), line.said)
    elif not says_the_same(earlier, line.said):
        raise Refused(
            f"Nhiệm vụ này đã có báo cáo trong kỳ, do {earlier.author} gửi ngày {earlier.said_on:%d/%m/%Y}. "
            "Có gì mới, xin gửi ở trang của nhiệm vụ."
        )
    return assignment


def _write(row: Submission, assignment: Assignment, said: Said, by: User, day: date) -> ProgressNote:
    return write_note(assignment, said, by=by, day=day, submitted_on=day, round=row.round)


def _locked(submission: Submission, by: User) -> Submission:
    # Who sent it is fetched afterwards: after waiting for the lock a join would still show what was there before.
    rows = Submission.objects.select_for_update(of=("self",)).select_related("round", "agency")
    row = rows.get(pk=submission.pk)
    if not by.represents(row.agency_id):
        raise Refused("Ông/bà không được giao thay mặt cơ quan này.")
    return row


def _changed(row: Submission) -> Submission:
    row.version += 1
    row.save()
    return row


def _sent_words(row: Submission) -> str:
    return f"{_who_sent(row)} Nội dung vừa nhập chưa được gửi; có gì mới, xin gửi ở trang của từng nhiệm vụ."


def _who_sent(row: Submission) -> str:
    sent = f"đã được {row.sent_by} gửi ngày {row.sent_on:%d/%m/%Y}"
    return f"Báo cáo {row.round.name} của {row.agency.short_name} {sent}."
