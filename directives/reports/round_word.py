"""An agency's own report of a round as a Word file, ready to be numbered and signed (Decree 30/2020/NĐ-CP, Annex I).

Made from the notes that were sent, which never change. Number, day and symbol are left to the agency's clerk.
"""

from __future__ import annotations

from datetime import date
from io import BytesIO

import docx
from django.db.models import F
from docx.document import Document
from docx.shared import Mm

from agencies.models import Agency, Kind
from directives.models import Assignment, Office, ProgressNote, RaisedTo, Round, Submission
from directives.reports import word_parts as word
from directives.reports.wording import BLANK, TASK_LIMIT, citation, printable, short_date, shown, undated

# Bodies of the province itself write under it; a district or a branch of a ministry has a head of its own.
UNDER_THE_PROVINCE = (Kind.STANDING, Kind.DEPARTMENT, Kind.TEAM)
WIDTHS = (Mm(11), Mm(62), Mm(24), Mm(68))


def file_name(submission: Submission) -> str:
    """ "Báo cáo tháng 11-2023 Sở KH&ĐT.docx"."""
    return f"Báo cáo {submission.round.name} {submission.agency.short_name}.docx".replace("/", "-")


def make(submission: Submission, office: Office) -> BytesIO:
    """The file, from its beginning."""
    notes = _notes(submission)
    document = docx.Document()
    word.set_page(document)
    document.core_properties.author = submission.agency.name
    document.core_properties.title = f"Báo cáo {submission.round.name}"
    _head(document, submission, office)
    _body(document, submission, notes)
    _end(document, submission)
    file = BytesIO()
    document.save(file)
    file.seek(0)
    return file


def _notes(submission: Submission) -> list[ProgressNote]:
    named = submission.counted_notes().select_related("assignment__agency", "assignment__task__directive")
    return list(named.defer("assignment__task__directive__text", "assignment__task__directive__segments"))


def _head(document: Document, submission: Submission, office: Office) -> None:
    agency = submission.agency
    parent = office.parent_name if agency.kind in UNDER_THE_PROVINCE else ""
    assert submission.sent_on  # only what was sent is printed
    word.letterhead(
        document,
        parent=printable(parent).upper(),
        name=printable(agency.name).upper(),
        number=f"Số:{BLANK}{BLANK}/BC-{BLANK}",
        place=f"{printable(office.place)}, {undated(submission.sent_on)}",
    )
    word.title(document, "BÁO CÁO", f"Kết quả thực hiện nhiệm vụ được giao {submission.round.name}")
    standing = Agency.objects.standing()
    if standing and standing.pk != agency.pk:
        word.centred(document, f"Kính gửi: {printable(standing.name)}")


def _body(document: Document, submission: Submission, notes: list[ProgressNote]) -> None:
    word.paragraph(document, _opening(submission.round, submission.agency, notes))
    word.heading(document, "I. KẾT QUẢ THỰC HIỆN")
    word.paragraph(document, _summed_up(notes))
    due = _due_days(submission, notes)
    rows = [
        (str(number), _task(note), _due(note, due[note.assignment_id]), _said(note))
        for number, note in enumerate(notes, start=1)
    ]
    word.table(document, ("TT", "Nhiệm vụ", "Thời hạn", "Kết quả trong kỳ"), rows, WIDTHS)
    word.heading(document, "II. KHÓ KHĂN, VƯỚNG MẮC")
    obstacles = [f"Nhiệm vụ {_place(note)}: {shown(note.obstacle, TASK_LIMIT)}" for note in notes if note.obstacle]
    word.lines(document, obstacles)
    word.heading(document, "III. ĐỀ XUẤT, KIẾN NGHỊ")
    word.lines(document, [_proposal(note) for note in notes if note.proposal])
    end = f"Trên đây là báo cáo kết quả {submission.round.name} của {printable(submission.agency.name)}./."
    word.paragraph(document, end)


def _opening(round: Round, agency: Agency, notes: list[ProgressNote]) -> str:
    directives = {note.assignment.task.directive_id: note.assignment.task.directive for note in notes}
    named = "; ".join(
        citation(
            doc_type=each.doc_type,
            code=each.code,
            issued_on=each.issued_on,
            issuer=printable(each.issuer),
            title=printable(each.title),
        )
        for each in directives.values()
    )
    span = f"từ ngày {short_date(round.start)} đến ngày {short_date(round.end)}"
    return f"Thực hiện {named}, {printable(agency.name)} báo cáo kết quả {round.name} (số liệu {span}) như sau:"


def _summed_up(notes: list[ProgressNote]) -> str:
    claimed = sum(note.claims_completion for note in notes)
    unchanged = sum(note.is_unchanged for note in notes)
    words = [f"Trong kỳ, đơn vị báo cáo {len(notes)} nhiệm vụ"]
    if claimed:
        words.append(f"đề nghị xác nhận hoàn thành {claimed} nhiệm vụ")
    if unchanged:
        words.append(f"{unchanged} nhiệm vụ không thay đổi so với kỳ trước")
    return f"{', '.join(words)}. Chi tiết như sau:"


def _task(note: ProgressNote) -> str:
    return f"{shown(note.assignment.task.text, TASK_LIMIT)} (nhiệm vụ {_place(note)})"


def _place(note: ProgressNote) -> str:
    task = note.assignment.task
    return f"{task.position}, {task.directive.code}"


def _due_days(submission: Submission, notes: list[ProgressNote]) -> dict[int, date | None]:
    """By assignment; whether a day counts as a deadline is told by `deadlines` alone."""
    assert submission.sent_on
    carried = Assignment.objects.filter(pk__in=[note.assignment_id for note in notes])
    return dict(carried.with_status(submission.sent_on).order_by().values_list("pk", F("due")))


def _due(note: ProgressNote, due: date | None) -> str:
    return short_date(due) if due else str(note.assignment.task.get_clock_display())


def _said(note: ProgressNote) -> str:
    result = shown(note.result, TASK_LIMIT)
    if note.is_unchanged:
        return f"Không thay đổi so với kỳ trước. Lý do: {result}"
    percent = "" if note.percent is None else f" Đạt {note.percent}% chỉ tiêu."
    claim = " Đề nghị xác nhận hoàn thành." if note.claims_completion else ""
    return f"{result}{percent}{claim}"


def _proposal(note: ProgressNote) -> str:
    to = note.proposal_to if note.raised_to in ("", RaisedTo.OTHER) else str(note.get_raised_to_display())
    return f"{f'Kiến nghị {printable(to)}: ' if to else ''}{shown(note.proposal, TASK_LIMIT)} (nhiệm vụ {_place(note)})"


def _end(document: Document, submission: Submission) -> None:
    word.signature(document, title="THỦ TRƯỞNG", recipients=["Như trên", "Lưu: VT"])
