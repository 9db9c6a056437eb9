"""A report as a paper (Decree 30/2020/NĐ-CP, Annex I): from what was frozen, and from nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from directives.models import Place, Scope
from directives.reports import report_annex, report_tables
from directives.reports.drafts.naming import moment, what
from directives.reports.paper import Annex, Block, End, Heading, Letterhead, Paper, Paragraph, Style
from directives.reports.record import Record, current
from directives.reports.wording import BLANK, long_date, printed_lines, short_date, undated

REMARK = (
    "Một lượt giao là một nhiệm vụ giao cho một cơ quan (Sổ theo dõi nhiệm vụ gọi là “phân công”). Nhiệm vụ giao nhiều "
    "cơ quan tính theo cơ quan chậm nhất; không tính nhiệm vụ đã hủy, đã chuyển."
)
WITHIN = (
    "Một việc có thể được tính ở nhiều dòng. Nhiệm vụ giao nhiều cơ quan tính là mới giao từ cơ quan đầu tiên, đến hạn "
    "khi có cơ quan đến hạn, hoàn thành khi cơ quan cuối cùng hoàn thành."
)
FOLLOWED = "Không tính văn bản đã kết thúc theo dõi."
OTHER_SCOPE = "Hai báo cáo không cùng số văn bản theo dõi, nên tăng, giảm không chỉ do kết quả thực hiện."


def content(
    figures: Record,
    words: dict[str, str],
    *,
    is_draft: bool,
    number: str = "",
    issued_on: date | None = None,
    published_on: date | None = None,
) -> Record:
    """All that the files of a report show, as plain values: what is hashed, and kept when it is published."""
    return {
        "figures": figures,
        "words": words,
        "is_draft": is_draft,
        "number": number,
        "issued_on": issued_on.isoformat() if issued_on else None,
        "published_on": published_on.isoformat() if published_on else None,
    }


def paper_of(content: Record) -> Paper:
    """What the PDF, the Word file and the workbook are drawn from."""
    content = content | {"figures": current(content["figures"])}
    figures, office = content["figures"], content["figures"]["office"]
    number, dateline = _number(content), _dateline(content)
    said = f"Tiến độ thực hiện {what(figures)}, số liệu tính đến {moment(figures)}"
    return Paper(
        letterhead=Letterhead(
            parent=office["parent_name"].upper(),
            name=[office["name"].upper()],
            number=f"Số:{number}",
            dateline=f"{office['place']}, {dateline}",
        ),
        kind="BÁO CÁO",
        subject=" ".join(_texts(content, Place.SUBJECT)),
        addressed=_texts(content, Place.ADDRESSED),
        blocks=list(_blocks(content)),
        end=_end(office, addressed=bool(_texts(content, Place.ADDRESSED))),
        annexes=_annexes(figures, f"(Kèm theo Báo cáo số{number} {dateline} của {_who(office)})"),
        title=f"Báo cáo {said[:1].lower()}{said[1:]}",
        author=_who(office),
        description=f"Số liệu tính đến {moment(figures)}",
        is_illustrative=figures["is_illustrative"],
        is_draft=content["is_draft"],
    )


def _who(office: Record) -> str:
    return str(office["standing"] or office["name"])


def _number(content: Record) -> str:
    """Left to the clerk where it is not typed: numbers are never invented (design, section 3.14)."""
    number = content["number"]
    return f"{f' {number}' if number else BLANK}/{content['figures']['office']['symbol']}"


def _dateline(content: Record) -> str:
    if content["issued_on"]:
        return long_date(date.fromisoformat(content["issued_on"]))
    return undated(date.fromisoformat(content["published_on"] or content["figures"]["made_on"]))


def _end(office: Record, *, addressed: bool) -> End:
    """ "Như trên" first where the report is addressed to somebody; the office's list may say it itself."""
    recipients = [each.rstrip(" .;") for each in office["recipients"]]
    if addressed and "Như trên" not in recipients:
        recipients.insert(0, "Như trên")
    if not any(each.startswith("Lưu") for each in recipients):
        recipients.append("Lưu: VT")
    return End(signs_as=[each.upper() for each in office["signs_as"]], recipients=recipients, signer=office["signer"])


def _blocks(content: Record) -> Iterator[Block]:
    figures = content["figures"]
    yield from (Paragraph(text, Style.GROUND) for text in _texts(content, Place.GROUNDS))
    yield from _said(content, Place.OPENING)
    yield Heading("I. KẾT QUẢ THỰC HIỆN")
    yield Heading("1. Kết quả chung", 2)
    yield from _said(content, Place.GENERAL)
    yield report_tables.overall(figures)
    yield Paragraph(_remark(figures), Style.REMARK)
    yield Heading("2. Kết quả theo cơ quan", 2)
    yield from _said(content, Place.AGENCIES)
    yield report_tables.by_agency(figures)
    yield from _in_the_period(content, figures)
    yield from _said(content, Place.CHANGE)
    if figures["change"]:
        yield report_tables.change(figures)
        if figures["change"]["left"] or figures["change"]["came"]:
            yield Paragraph(OTHER_SCOPE, Style.REMARK)
    yield Heading("II. TỒN TẠI, HẠN CHẾ VÀ NGUYÊN NHÂN")
    yield Heading("1. Nhiệm vụ quá hạn chưa hoàn thành", 2)
    yield from _with_table(content, Place.LATE, report_tables.late(figures) if figures["late"] else None)
    yield Heading("2. Chưa báo cáo trong kỳ", 2)
    yield from _said(content, Place.SILENT)
    if _texts(content, Place.CAUSES):
        yield Heading("3. Nguyên nhân", 2)
        yield from _said(content, Place.CAUSES)
    yield Heading("III. KHÓ KHĂN, VƯỚNG MẮC VÀ KIẾN NGHỊ")
    yield from _said(content, Place.OBSTACLES)
    yield Heading("IV. NHIỆM VỤ KỲ TỚI")
    yield from _with_table(content, Place.NEXT, report_tables.coming(figures) if figures["next"]["rows"] else None)
    *closing, last = _texts(content, Place.CLOSING) or ["./."]
    yield from map(Paragraph, closing)
    yield Paragraph(last if last.endswith("./.") else f"{last.rstrip(' .')}./.", Style.CLOSING)


def _in_the_period(content: Record, figures: Record) -> Iterator[Block]:
    """Under one heading with the change since the last report."""
    if not figures["within"]:
        yield Heading("3. So với báo cáo trước", 2)
        return
    yield Heading("3. Kết quả trong kỳ và so với báo cáo trước", 2)
    yield from _said(content, Place.WITHIN)
    yield report_tables.within(figures)
    is_chosen = figures["scope"]["kind"] == Scope.DIRECTIVES
    yield Paragraph(WITHIN if is_chosen else f"{WITHIN} {FOLLOWED}", Style.REMARK)


def _texts(content: Record, place: Place) -> list[str]:
    """The paragraphs that stand at a place; none where it was left empty."""
    return [line for line in printed_lines(content["words"].get(place.value, "")) if line]


def _said(content: Record, place: Place) -> Iterator[Block]:
    """What ends with a colon stays with what it leads to."""
    texts = _texts(content, place)
    return (Paragraph(text, Style.LEADS if text.endswith(":") else Style.BODY) for text in texts)


def _with_table(content: Record, place: Place, table: Block | None) -> Iterator[Block]:
    """The table after the first paragraph, which leads to it."""
    first, *more = _texts(content, place) or [""]
    if first:
        yield Paragraph(first, Style.LEADS if table else Style.BODY)
    if table:
        yield table
    yield from map(Paragraph, more)


def _remark(figures: Record) -> str:
    as_of, made_on = (date.fromisoformat(figures[name]) for name in ("as_of", "made_on"))
    if as_of == made_on:
        return REMARK
    return f"{REMARK} Số liệu xét tại ngày {short_date(as_of)}, gom ngày {short_date(made_on)}."


def _annexes(figures: Record, goes_with: str) -> Sequence[Annex]:
    made: list[dict[str, Any]] = [
        {"title": f"BIỂU ĐỒ KẾT QUẢ THỰC HIỆN {what(figures).upper()}", "blocks": report_tables.charts(figures)},
        {
            "title": f"TÌNH HÌNH THỰC HIỆN TỪNG NHIỆM VỤ: {what(figures).upper()}",
            "blocks": report_annex.blocks(figures),
            "is_landscape": True,
        },
    ]
    made = [each for each in made if each["blocks"]]
    roman = ("I", "II") if len(made) > 1 else ("",)
    return [
        Annex(**{"is_landscape": False, **each}, goes_with=goes_with, number=number)
        for each, number in zip(made, roman, strict=False)
    ]
