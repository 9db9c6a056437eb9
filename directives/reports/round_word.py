"""An agency's own report of a round as a Word file, ready to be numbered and signed (Decree 30/2020/NĐ-CP, Annex I).

Made from the notes that were sent, which never change, and from deadlines as they stood then. Number, day and symbol
are left to the agency's clerk; head and signature follow its kind (`letterheads`).
"""

from __future__ import annotations

from io import BytesIO

import docx
from docx.document import Document
from docx.shared import Mm

from agencies.models import Agency
from directives.models import Evidence, Office, Outcome, ProgressNote, Round, Submission
from directives.reports import word_parts as word
from directives.reports.letterheads import Letterhead, letterhead_of
from directives.reports.round_told import Told, told_in
from directives.reports.wording import BLANK, citation, printable, printed_lines, short_date, undated

WIDTHS = (Mm(11), Mm(62), Mm(24), Mm(68))
FILL_IN = "…" * 12


def file_name(submission: Submission) -> str:
    """ "Báo cáo tháng 11-2023 Sở KH&ĐT.docx"."""
    return f"Báo cáo {submission.round.name} {submission.agency.short_name}.docx".replace("/", "-")


def make(submission: Submission, office: Office) -> BytesIO:
    """The file, from its beginning."""
    tasks = told_in(submission)
    letterhead = letterhead_of(submission.agency, office)
    document = docx.Document()
    word.set_page(document)
    document.core_properties.author = submission.agency.name
    document.core_properties.title = f"Báo cáo {submission.round.name}"
    _head(document, submission, letterhead, tasks)
    _body(document, submission, tasks)
    word.signature(document, titles=letterhead.signs_as, recipients=["Như trên", letterhead.kept_at])
    file = BytesIO()
    document.save(file)
    file.seek(0)
    return file


def _head(document: Document, submission: Submission, letterhead: Letterhead, tasks: list[Told]) -> None:
    assert submission.sent_on  # only what was sent is printed
    word.letterhead(
        document,
        parent=letterhead.parent,
        name=letterhead.name,
        number=f"Số:{BLANK}{BLANK}{'-' if letterhead.is_party else '/'}BC{'/' if letterhead.is_party else '-'}{BLANK}",
        place=f"{letterhead.place or FILL_IN}, {undated(submission.sent_on)}",
        is_party=letterhead.is_party,
    )
    word.title(document, "BÁO CÁO", f"Kết quả thực hiện nhiệm vụ được giao {submission.round.name}")
    word.centred(document, f"Kính gửi: {_addressed_to(submission, tasks)}")


def _addressed_to(submission: Submission, tasks: list[Told]) -> str:
    """The standing agency; its own report goes to whoever gave the tasks, where that is one body."""
    standing = Agency.objects.standing()
    if standing and standing.pk != submission.agency_id:
        return printable(standing.name)
    issuers = {printable(each.directive.issuer) for each in tasks}
    return (issuers.pop() if len(issuers) == 1 else "") or FILL_IN


def _body(document: Document, submission: Submission, tasks: list[Told]) -> None:
    word.paragraph(document, _opening(submission.round, submission.agency, tasks))
    word.heading(document, "I. KẾT QUẢ THỰC HIỆN")
    word.paragraph(document, _summed_up(tasks))
    rows = [
        ([str(number)], [_task(each)], [short_date(each.due) if each.due else each.clock], _said(each))
        for number, each in enumerate(tasks, start=1)
    ]
    word.table(document, ("TT", "Nhiệm vụ", "Thời hạn", "Kết quả trong kỳ"), rows, WIDTHS)
    word.heading(document, "II. KHÓ KHĂN, VƯỚNG MẮC")
    word.lines(document, [_obstacle(each, note) for each in tasks for note in each.notes if note.obstacle])
    word.heading(document, "III. ĐỀ XUẤT, KIẾN NGHỊ")
    word.lines(document, [_proposal(each, note) for each in tasks for note in each.notes if note.proposal])
    end = f"Trên đây là báo cáo kết quả {submission.round.name} của {printable(submission.agency.name)}./."
    word.paragraph(document, end)


def _opening(round: Round, agency: Agency, tasks: list[Told]) -> str:
    directives = {each.directive.pk: each.directive for each in tasks}
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


def _summed_up(tasks: list[Told]) -> str:
    claimed = sum(each.claims for each in tasks)
    unchanged = sum(each.notes[-1].is_unchanged for each in tasks)
    words = [f"Trong kỳ, đơn vị báo cáo {len(tasks)} nhiệm vụ"]
    if claimed:
        words.append(f"đề nghị xác nhận hoàn thành {claimed} nhiệm vụ")
    if unchanged:
        words.append(f"{unchanged} nhiệm vụ không thay đổi so với kỳ trước")
    return f"{', '.join(words)}. Chi tiết như sau:"


def _task(told: Told) -> str:
    return f"{printable(told.task.text)} (nhiệm vụ {told.place})"


def _said(told: Told) -> list[str]:
    """What was said in the round, in the agency's own paragraphs; with its day where that was more than once."""
    lines: list[str] = []
    for note in told.notes:
        said = _result(note)
        if len(told.notes) > 1:
            said[0] = f"Ngày {short_date(note.said_on)}: {said[0]}"
        lines += [*said, *_shown(note)]
        if note.claims_completion:
            lines.append(_claim(told, note))
    return lines


def _result(note: ProgressNote) -> list[str]:
    lines = printed_lines(note.result)
    if note.is_unchanged:
        lines[0] = f"Không thay đổi so với kỳ trước. Lý do: {lines[0]}"
    if note.percent is not None:
        lines[-1] += f" Đạt {note.percent}% chỉ tiêu."
    return lines


def _shown(note: ProgressNote) -> list[str]:
    """Duties that are ticked as done, and the result documents; files are no part of a report on paper."""
    parts = [printable(part.text).rstrip(" .;") for part in note.parts.all()]
    documents = [_document(each) for each in note.evidence.all() if each.document_number]
    return [
        *([f"Đầu việc đã xong: {'; '.join(parts)}."] if parts else []),
        *([f"Văn bản kết quả: {'; '.join(documents)}."] if documents else []),
        *(["Vướng mắc đã nêu trước đây đã được tháo gỡ."] if note.clears_obstacles else []),
    ]


def _document(cited: Evidence) -> str:
    words = [
        printable(cited.document_number),
        f"ngày {short_date(cited.document_on)}" if cited.document_on else "",
        f"({printable(cited.signer)} ký)" if cited.signer else "",
        printable(cited.summary).rstrip(" .;"),
    ]
    return " ".join(filter(None, words))


def _claim(told: Told, note: ProgressNote) -> str:
    review = told.decided(note)
    if review is None:
        return "Đề nghị xác nhận hoàn thành." if note == told.claim else "Đã đề nghị xác nhận hoàn thành."
    on = short_date(review.decided_on)
    done = review.outcome == Outcome.CONFIRMED
    return f"Đã được xác nhận hoàn thành ngày {on}." if done else f"Đã được đề nghị bổ sung ngày {on}."


def _obstacle(told: Told, note: ProgressNote) -> list[str]:
    first, *more = printed_lines(note.obstacle)
    return [f"Nhiệm vụ {told.place}: {first}", *more]


def _proposal(told: Told, note: ProgressNote) -> list[str]:
    lines = printed_lines(note.proposal)
    if to := printable(note.addressed_words):
        lines[0] = f"Kiến nghị {to}: {lines[0]}"
    lines[-1] += f" (nhiệm vụ {told.place})"
    return lines
