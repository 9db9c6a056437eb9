"""What an agency says: by its liaison, or by staff from a letter on paper (nhập hộ)."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import IntegrityError
from django.db.models import Q, QuerySet

from agencies.errors import Refused
from agencies.history import acting
from agencies.models import User
from directives.actions.locking import locked_assignment, require_fresh, require_keeper
from directives.deadlines import Life
from directives.models import Assignment, Evidence, Part, ProgressNote, RaisedTo, Round, Upload


class AlreadySent(Refused):
    """The form's key has been used for something else; with a new key it may be sent."""


@dataclass(frozen=True)
class Cited:
    """A result document named instead of attached."""

    number: str
    issued_on: date | None = None
    signer: str = ""
    summary: str = ""


def cited(typed: Mapping[str, Any]) -> list[Cited]:
    """The document of a form's four fields; none where all are empty. Without its number the verb refuses it."""
    words = [typed[name].strip() for name in ("document_number", "document_signer", "document_summary")]
    on = typed["document_on"]
    return [Cited(words[0], on, *words[1:])] if on or any(words) else []


@dataclass(frozen=True)
class Said:
    """The content of a note, as filled in."""

    result: str
    obstacle: str = ""
    proposal: str = ""
    # One of RaisedTo; empty: the body that `proposal_to` names, else the standing agency.
    raised_to: str = ""
    proposal_to: str = ""
    # What was raised before is gone; what still stands is named again.
    clears_obstacles: bool = False
    percent: int | None = None
    parts: Sequence[Part] = ()
    claims_completion: bool = False
    no_evidence_reason: str = ""
    uploads: Sequence[Upload] = ()
    documents: Sequence[Cited] = ()
    # "Không thay đổi" of a round: `result` is the reason.
    is_unchanged: bool = False
    submission: uuid.UUID = field(default_factory=uuid.uuid4)


@dataclass(frozen=True)
class Letter:
    """The paper that staff enter: its number, its date, the day it arrived."""

    number: str
    issued_on: date
    arrived_on: date


def report_progress(
    *, assignment: Assignment, said: Said, by: User, day: date, version: int | None = None
) -> ProgressNote:
    """A liaison's note. The same `said.submission`, or the same words on one day, give the note that is there."""
    if not by.represents(assignment.agency_id):
        raise Refused("Ông/bà không được giao thay mặt cơ quan này.")
    verb = "claim_completion" if said.claims_completion else "report_progress"
    return _write(assignment, said, by=by, day=day, submitted_on=day, verb=verb, version=version, letter=None)


def enter_for_agency(
    *,
    assignment: Assignment,
    said: Said,
    letter: Letter,
    by: User,
    day: date,
    version: int | None = None,
    round: Round | None = None,
) -> ProgressNote:
    """Staff enter a letter for an agency. A claim counts from the letter's date (design, section 3.3).

    `round`: the one that the letter reports on; without it the note counts in that of the letter's date.
    """
    require_keeper(by)
    if not letter.number.strip():
        raise Refused("Xin ghi số công văn đã nhận.", "letter_number")
    if letter.issued_on < assignment.task.directive.issued_on:
        raise Refused("Ngày công văn không thể trước ngày ban hành văn bản chỉ đạo.", "letter_on")
    if not letter.issued_on <= letter.arrived_on <= day:
        raise Refused("Ngày công văn, ngày đến và ngày nhập phải theo đúng thứ tự thời gian.", "letter_arrived_on")
    if round and letter.arrived_on < round.start:
        raise Refused(f"Kỳ {round.name} chưa bắt đầu khi công văn đến.", "round")
    if not (said.uploads or said.no_evidence_reason.strip()):
        raise Refused("Xin đính kèm bản chụp công văn; nếu không có, xin ghi lý do.", "attachments")
    return _write(
        assignment,
        said,
        by=by,
        day=day,
        submitted_on=letter.issued_on,
        verb="enter_for_agency",
        version=version,
        letter=letter,
        round=round,
    )


def _write(
    assignment: Assignment,
    said: Said,
    *,
    by: User,
    day: date,
    submitted_on: date,
    verb: str,
    version: int | None,
    letter: Letter | None,
    round: Round | None = None,
) -> ProgressNote:
    try:
        with acting(by, verb, day):
            row = locked_assignment(assignment.pk)
            # A second press of the button has waited for the lock, and finds what the first one wrote.
            if earlier := _sent_before(said):
                return _same_note(earlier, row, said, by)
            if twin := _said_today(row, said, by, day, letter, round):
                return twin
            check_note(require_fresh(row, version), said)
            return write_note(row, said, by=by, day=day, submitted_on=submitted_on, letter=letter, round=round)
    except IntegrityError:
        # The same form on two tasks at once: the lock of one does not hold back the other.
        if (earlier := _sent_before(said)) is None:
            raise
        return _same_note(earlier, assignment, said, by)


def _sent_before(said: Said) -> ProgressNote | None:
    return ProgressNote.objects.filter(submission=said.submission).first()


def _said_today(
    row: Assignment, said: Said, by: User, day: date, letter: Letter | None, round: Round | None
) -> ProgressNote | None:
    """Their last word on it, said again on the same day: the form was gone back to, and is sent under a new key."""
    last = row.notes.order_by("-pk").first()
    if last is None or (last.author, last.said_on, last.round) != (by, day, round):
        return None
    on, arrived = last.letter_on, last.letter_arrived_on
    paper = Letter(last.letter_number, on, arrived) if on and arrived else None
    if paper != letter or not says_the_same(last, said):
        return None
    # A claim that was decided since is claimed anew.
    return last if not said.claims_completion or row.life == Life.AWAITING else None


def _same_note(earlier: ProgressNote, row: Assignment, said: Said, by: User) -> ProgressNote:
    """The note that is there already, if it says the same; what says something else is never swallowed."""
    if (earlier.assignment_id, earlier.author_id) == (row.pk, by.pk) and says_the_same(earlier, said):
        return earlier
    raise AlreadySent(
        "Lần gửi trước của mẫu này đã được ghi, nhưng nội dung vừa gửi thì khác nên chưa được ghi. "
        "Nội dung vẫn còn đây: xin kiểm tra rồi bấm gửi lần nữa để thành một báo cáo mới."
    )


def says_the_same(note: ProgressNote, said: Said) -> bool:
    """Whether the note is what was filled in: words, files, documents."""
    return _content(note) == _wanted(said)


def _content(note: ProgressNote) -> tuple[object, ...]:
    shown = list(note.evidence.select_related("upload"))
    files = {each.upload.sha256 for each in shown if each.upload}
    documents = {
        Cited(each.document_number, each.document_on, each.signer, each.summary) for each in shown if not each.upload
    }
    return (
        note.result,
        note.is_unchanged,
        note.obstacle,
        note.proposal,
        note.raised_to,
        note.proposal_to,
        note.clears_obstacles,
        note.percent,
        note.claims_completion,
        note.no_evidence_reason,
        {part.pk for part in note.parts.all()},
        files,
        documents,
    )


def _wanted(said: Said) -> tuple[object, ...]:
    return (
        said.result.strip(),
        said.is_unchanged,
        said.obstacle.strip(),
        said.proposal.strip(),
        addressed_to(said),
        said.proposal_to.strip(),
        said.clears_obstacles,
        said.percent,
        said.claims_completion,
        said.no_evidence_reason.strip(),
        {part.pk for part in said.parts},
        {each.sha256 for each in said.uploads},
        set(said.documents),
    )


def check_note(row: Assignment, said: Said) -> None:
    """What a note may say, whichever way it comes. Raises Refused, naming the field."""
    if row.task.directive.published_on is None or not row.is_open:
        raise Refused(f"Nhiệm vụ đang ở tình trạng “{row.get_life_display()}” nên không nhận báo cáo.")
    if not said.result.strip():
        wanted = "lý do không thay đổi" if said.is_unchanged else "kết quả thực hiện"
        raise Refused(f"Xin ghi {wanted}.", "result")
    if said.is_unchanged and said.claims_completion:
        raise Refused("Đã ghi “không thay đổi” thì không thể đề nghị hoàn thành.", "claims_completion")
    if said.percent is not None and not 0 <= said.percent <= 100:
        raise Refused("Tỷ lệ phần trăm phải từ 0 đến 100.", "percent")
    if said.percent is not None and not row.task.takes_percent:
        raise Refused("Nhiệm vụ này không có chỉ tiêu bằng số, nên không ghi phần trăm.", "percent")
    if addressed_to(said) == RaisedTo.OTHER and not said.proposal_to.strip():
        raise Refused("Xin ghi kiến nghị với cơ quan nào.", "proposal_to")
    if not all(each.number.strip() for each in said.documents):
        raise Refused(
            "Xin ghi số, ký hiệu của văn bản kết quả; chưa có số thì xin bỏ trống cả phần này.", "document_number"
        )
    if said.claims_completion:
        _check_claim(row, said)
    if said.parts and set(said.parts) - set(parts_of(row)):
        raise Refused("Có đầu việc không thuộc nhiệm vụ này.", "parts")


def _check_claim(row: Assignment, said: Said) -> None:
    if row.life == Life.AWAITING:
        raise Refused("Đề nghị hoàn thành trước đang chờ xác nhận; xin đợi quyết định.", "claims_completion")
    if not (said.uploads or said.documents or said.no_evidence_reason.strip()):
        raise Refused("Đề nghị hoàn thành cần tài liệu minh chứng; nếu không có, xin ghi lý do.", "no_evidence_reason")


def addressed_to(said: Said) -> str:
    """Whom the obstacle or proposal is addressed to (a value of RaisedTo); empty where nothing is raised."""
    if not (said.obstacle.strip() or said.proposal.strip()):
        return ""
    return said.raised_to or (RaisedTo.OTHER if said.proposal_to.strip() else RaisedTo.STANDING)


def parts_of(row: Assignment) -> QuerySet[Part]:
    """The duties of the task that bind this agency."""
    return row.task.parts.filter(binding(row.agency_id)).distinct()


def binding(agency_id: int) -> Q:
    """Of many duties those that bind an agency."""
    return Q(binds=None) | Q(binds=agency_id)


def write_note(
    row: Assignment,
    said: Said,
    *,
    by: User,
    day: date,
    submitted_on: date,
    letter: Letter | None = None,
    round: Round | None = None,
) -> ProgressNote:
    """The note, and the next step of its assignment: locked by the caller, and checked by `check_note`."""
    note = _save_note(row, said, by=by, day=day, letter=letter, round=round)
    _advance(row, said, day=day, submitted_on=submitted_on)
    return note


def _save_note(
    row: Assignment, said: Said, *, by: User, day: date, letter: Letter | None, round: Round | None
) -> ProgressNote:
    note = ProgressNote.objects.create(
        assignment=row,
        said_on=day,
        author=by,
        result=said.result.strip(),
        obstacle=said.obstacle.strip(),
        proposal=said.proposal.strip(),
        raised_to=addressed_to(said),
        proposal_to=said.proposal_to.strip(),
        clears_obstacles=said.clears_obstacles,
        percent=said.percent,
        claims_completion=said.claims_completion,
        no_evidence_reason=said.no_evidence_reason.strip(),
        is_unchanged=said.is_unchanged,
        round=round,
        letter_number=letter.number.strip() if letter else "",
        letter_on=letter.issued_on if letter else None,
        letter_arrived_on=letter.arrived_on if letter else None,
        submission=said.submission,
    )
    note.parts.set(said.parts)
    for upload in said.uploads:
        Evidence.objects.create(note=note, upload=upload)
    # Typed and ticked from the shelf it is one document.
    once = {(document.number, document.issued_on): document for document in reversed(said.documents)}
    for document in reversed(once.values()):
        Evidence.objects.create(
            note=note,
            document_number=document.number,
            document_on=document.issued_on,
            signer=document.signer,
            summary=document.summary,
        )
    return note


def _advance(row: Assignment, said: Said, *, day: date, submitted_on: date) -> None:
    if said.claims_completion:
        row.life, row.submitted_on = Life.AWAITING, submitted_on
    elif row.life == Life.NOT_STARTED and not said.is_unchanged:
        row.life = Life.IN_PROGRESS
    # "Không thay đổi" of what nobody has begun ("chưa đến thời điểm thực hiện") begins nothing.
    if not said.is_unchanged:
        row.started_on = row.started_on or min(day, submitted_on)
    row.percent = row.percent if said.percent is None else said.percent
    row.version += 1
    row.save()
