"""The sentences of an urging letter: courteous to everyone, and to a body that is asked a request, never a reproach."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from agencies.models import Agency
from directives.models import Directive
from directives.models.to_urge import is_late
from directives.reports.wording import citation, long_date, printable, short_date
from directives.rounds import Window

# How a body is spoken to, by the beginning of its name.
ADDRESSED = (
    ("sở ", "Quý Sở"),
    ("ban ", "Quý Ban"),
    ("ubnd ", "Quý Ủy ban"),
    ("ủy ban nhân dân ", "Quý Ủy ban"),
    ("uỷ ban nhân dân ", "Quý Ủy ban"),
    ("ngân hàng ", "Quý Ngân hàng"),
)
ASKED_YOU = "quý cơ quan"


@dataclass(frozen=True)
class Voice:
    """Who writes (`we`, at first `we_in_full`) to whom, where the answer goes, and on which day it is written."""

    agency: Agency
    we: str
    we_in_full: str
    report_to: str
    day: date

    @property
    def to(self) -> str:
        return printable(self.agency.name)

    @property
    def you(self) -> str:
        """ "Quý Sở"; where nothing shorter is certain, "Quý cơ quan"."""
        name = self.to.lower()
        return next((words for start, words in ADDRESSED if name.startswith(start)), "Quý cơ quan")


def about(ordered: Sequence[Any], asked: Sequence[Any]) -> str:
    """What follows V/v."""
    directives = _directives([*ordered, *asked])
    named = f" tại {directives[0].doc_type} số {directives[0].code}" if len(directives) == 1 else ""
    if not ordered:
        return f"đề nghị cho biết kết quả thực hiện nội dung{named or ' được đề nghị'}"
    return f"đề nghị báo cáo kết quả thực hiện nhiệm vụ{named or ' được giao'}"


def before(
    voice: Voice, ordered: Sequence[Any], asked: Sequence[Any], window: Window | None, in_annex: bool
) -> list[str]:
    """The paragraphs that lead to the list."""
    named = "; ".join(_cited(each) for each in _directives([*ordered, *asked]))
    where = "chi tiết tại Phụ lục kèm theo." if in_annex else "cụ thể như sau:"
    first = f"Thực hiện {named}, {voice.we_in_full} theo dõi, tổng hợp kết quả thực hiện của các cơ quan, đơn vị."
    until = f"đến hết {long_date(voice.day)}"
    if not ordered:
        return [
            f"{first} {voice.we} trân trọng cảm ơn sự quan tâm, phối hợp của {ASKED_YOU} trong thời gian qua.",
            f"Tính {until}, {voice.we} chưa nhận được thông tin về kết quả thực hiện {len(asked)} nội dung đã đề nghị "
            f"{ASKED_YOU} quan tâm, phối hợp, {where}",
        ]
    also = f"; ngoài ra, có {len(asked)} nội dung đã đề nghị mà chưa nhận được thông tin kết quả" if asked else ""
    return [first, f"Theo số liệu tổng hợp {until}, {voice.you} còn {_counted(ordered, window)}{also}, {where}"]


def after(voice: Voice, ordered: Sequence[Any], asked: Sequence[Any], report_by: date) -> list[str]:
    """What is asked, by when; the last one ends the letter."""
    on = f"ngày {short_date(report_by)}"
    obstacles = "khó khăn, vướng mắc, kiến nghị (nếu có)"
    if not ordered:
        return [
            f"Kính đề nghị {ASKED_YOU} quan tâm, cho biết kết quả thực hiện các nội dung nêu trên và {obstacles}; "
            f"nếu thuận tiện, xin gửi về {voice.report_to} trước hoặc trong {on} để tổng hợp chung.",
            f"{voice.we} rất mong tiếp tục nhận được sự quan tâm, phối hợp của {ASKED_YOU}./.",
        ]
    also = (
        f" Đối với các nội dung được đề nghị thực hiện, kính mong {voice.you} cùng cho biết kết quả." if asked else ""
    )
    return [
        f"Để kịp thời tổng hợp, báo cáo cấp có thẩm quyền, đề nghị {voice.you} quan tâm, chỉ đạo thực hiện và sớm báo "
        f"cáo kết quả, nêu rõ tiến độ, thời gian dự kiến hoàn thành và {obstacles}; báo cáo gửi về {voice.report_to} "
        f"chậm nhất {on}.{also}",
        f"{voice.we} rất mong nhận được sự quan tâm, phối hợp của {voice.you}./.",
    ]


def _counted(ordered: Sequence[Any], window: Window | None) -> str:
    """How many are late and how many silent; a task may be both."""
    late, silent = sum(map(is_late, ordered)), sum(row.is_silent for row in ordered)
    both = sum(is_late(row) and row.is_silent for row in ordered)
    words = [f"{late} nhiệm vụ đã quá thời hạn mà chưa hoàn thành"] if late else []
    if silent and window:
        span = f"từ ngày {short_date(window.start)} đến hết ngày {short_date(window.end)}"
        words.append(f"{silent} nhiệm vụ chưa có báo cáo kỳ {window.name} ({span})")
    return " và ".join(words) + (f", trong đó {both} nhiệm vụ thuộc cả hai trường hợp" if both else "")


def _directives(rows: Sequence[Any]) -> list[Directive]:
    return list({row.task.directive_id: row.task.directive for row in rows}.values())


def _cited(directive: Directive) -> str:
    return citation(
        doc_type=directive.doc_type,
        code=directive.code,
        issued_on=directive.issued_on,
        issuer=printable(directive.issuer),
        title=printable(directive.title),
    )
