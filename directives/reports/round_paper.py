"""An agency's own report of a round as a paper, ready to be numbered and signed (Decree 30/2020/NĐ-CP, Annex I).

Made from the notes that were sent, which never change, and from deadlines as they stood then. Number, day and symbol
are left to the agency's clerk; head and signature follow its kind (`letterheads`).
"""

from __future__ import annotations

from agencies.models import Agency
from directives.models import Evidence, Office, Outcome, ProgressNote, Round, Submission
from directives.reports.letterheads import letterhead_of
from directives.reports.paper import (
    Block,
    Column,
    End,
    Heading,
    Kind,
    Letterhead,
    Paper,
    Paragraph,
    Row,
    Style,
    Table,
)
from directives.reports.round_told import Told, told_in
from directives.reports.wording import BLANK, citation, printable, printed_lines, short_date, undated

COLUMNS = (
    Column("TT", 7, Kind.NUMBER),
    Column("Nhiệm vụ", 37),
    Column("Thời hạn", 15, Kind.DATE),
    Column("Kết quả trong kỳ", 41),
)
FILL_IN = "…" * 12


def file_name(submission: Submission) -> str:
    """ "Báo cáo tháng 11-2023 Sở KH&ĐT.docx"."""
    return f"Báo cáo {submission.round.name} {submission.agency.short_name}.docx".replace("/", "-")


def paper_of(submission: Submission, office: Office) -> Paper:
    """What the agency sent, as it was then."""
    assert submission.sent_on  # only what was sent is printed
    tasks, head = told_in(submission), letterhead_of(submission.agency, office)
    stroke, dash = "-/" if head.is_party else "/-"
    return Paper(
        letterhead=Letterhead(
            parent=head.parent,
            name=head.name,
            number=f"Số:{BLANK}{BLANK}{stroke}BC{dash}{BLANK}",
            dateline=f"{head.place or FILL_IN}, {undated(submission.sent_on)}",
            is_party=head.is_party,
        ),
        kind="BÁO CÁO",
        subject=f"Kết quả thực hiện nhiệm vụ được giao {submission.round.name}",
        addressed=[_addressed_to(submission, tasks)],
        blocks=_body(submission, tasks),
        end=End(head.signs_as, ["Như trên", head.kept_at]),
        title=f"Báo cáo {submission.round.name}",
        author=printable(submission.agency.name),
    )


def _addressed_to(submission: Submission, tasks: list[Told]) -> str:
    """The standing agency; its own report goes to whoever gave the tasks, where that is one body."""
    standing = Agency.objects.standing()
    if standing and standing.pk != submission.agency_id:
        return printable(standing.name)
    issuers = {printable(each.directive.issuer) for each in tasks}
    return (issuers.pop() if len(issuers) == 1 else "") or FILL_IN


def _body(submission: Submission, tasks: list[Told]) -> list[Block]:
    obstacles = [_obstacle(each, note) for each in tasks for note in each.notes if note.obstacle]
    proposals = [_proposal(each, note) for each in tasks for note in each.notes if note.proposal]
    end = f"Trên đây là báo cáo kết quả {submission.round.name} của {printable(submission.agency.name)}./."
    return [
        Paragraph(_opening(submission.round, submission.agency, tasks)),
        Heading("I. KẾT QUẢ THỰC HIỆN"),
        Paragraph(_summed_up(tasks), Style.LEADS),
        Table(COLUMNS, [_row(number, each) for number, each in enumerate(tasks, start=1)], head_column=1),
        Heading("II. KHÓ KHĂN, VƯỚNG MẮC"),
        *_dashed(obstacles),
        Heading("III. ĐỀ XUẤT, KIẾN NGHỊ"),
        *_dashed(proposals),
        Paragraph(end, Style.CLOSING),
    ]


def _row(number: int, told: Told) -> Row:
    return Row([number, _task(told), told.due or told.clock, tuple(_said(told))])


def _dashed(texts: list[list[str]]) -> list[Block]:
    """A list with dashes, each text with its own paragraphs; what is empty says so."""
    found: list[Block] = [
        Paragraph(f"- {line}" if place == 0 else line) for text in texts for place, line in enumerate(text)
    ]
    return found or [Paragraph("Không có.")]


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
