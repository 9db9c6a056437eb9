"""What an urging letter says: frozen when it is drafted, printed from that alone, on paper and in Word alike.

Shape (plain JSON): `paper` "letter", `made_on`, `is_illustrative`, `office` (head and end, as a report has them),
`about` (V/v), `to`, `before` and `after` (paragraphs), `groups` (title, columns, rows of cells of lines), `annex`
(title, or empty where the tables stand in the text).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from agencies.models import Agency
from directives.actions.urging import Wanted
from directives.models import Issuer, Office, UrgingLetter
from directives.models.round import last_closed_window
from directives.models.to_urge import is_asked, is_late
from directives.reports.record import Record
from directives.reports.urging_told import cells_of
from directives.reports.urging_words import Voice, about, after, before
from directives.reports.wording import BLANK, long_date, printable, printed_lines, short_date, undated

VERSION = 1
# More tasks than these stand in an annex.
MOST_IN_TEXT = 8


def compose(wanted: Wanted, rows: Sequence[Any]) -> Record:
    """The letter about these rows of `to_urge`; inside the transaction of whoever keeps it."""
    voice = _voice(wanted)
    window = last_closed_window(wanted.day)
    ordered = sorted((row for row in rows if not is_asked(row)), key=_longest_late_first)
    asked = [row for row in rows if is_asked(row)]
    cells = cells_of(rows, window)
    in_annex = len(rows) > MOST_IN_TEXT
    own_words = printed_lines(wanted.words) if wanted.words.strip() else []
    return {
        "paper": "letter",
        "version": VERSION,
        "made_on": wanted.day.isoformat(),
        "is_illustrative": any(row.task.directive.is_illustrative for row in rows),
        "office": _office(wanted.issuer, wanted.office),
        "about": about(ordered, asked),
        "to": voice.to,
        "before": [*before(voice, ordered, asked, window, in_annex), *own_words],
        "groups": [
            {
                "title": title if ordered and asked else "",
                "columns": ["TT", "Nội dung", due, f"Tình hình đến {short_date(wanted.day)}", earlier],
                "rows": [[[str(number)], *cells[row.pk]] for number, row in enumerate(group, start=1)],
            }
            for group, title, due, earlier in (
                (ordered, "Nhiệm vụ được giao", "Thời hạn", "Đã nhắc, đôn\u00a0đốc"),
                (asked, "Nội dung được đề nghị thực hiện", "Thời hạn đề nghị", "Đã trao đổi"),
            )
            if group
        ],
        "after": after(voice, ordered, asked, wanted.report_by),
        "annex": _annex(ordered) if in_annex else "",
    }


def printed(letter: UrgingLetter) -> Record:
    """The frozen words with number and day: the clerk's once they are there, else room for them."""
    office = letter.content["office"]
    symbol = letter.symbol or office["symbol"]
    number, on = _number(symbol), undated(date.fromisoformat(letter.content["made_on"]))
    if letter.is_issued and letter.issued_on:
        number, on = f"Số: {letter.code}", long_date(letter.issued_on)
    heading = f"(Kèm theo Công văn {number[:1].lower()}{number[1:].replace(':', '', 1)} {on} của {office['called']})"
    kept_at = f"Lưu: VT, {symbol.partition('-')[2] or BLANK}"
    frozen: Record = letter.content
    return frozen | {"office": office | {"kept_at": kept_at}, "number": number, "dateline": on, "with": heading}


def _number(symbol: str) -> str:
    """ "Số:      /LMHTX-VP"; where the drafting unit is not told, room for it too."""
    return f"Số:{BLANK}/{symbol}" if "-" in symbol else f"Số:{BLANK}/{symbol}-{BLANK}"


def _voice(wanted: Wanted) -> Voice:
    standing = Agency.objects.standing()
    own = printable(standing.name) if standing else printable(wanted.office.name)
    committee = printable(wanted.office.committee_name)
    names = {
        Issuer.OWN: (own, f"{own} (cơ quan thường trực Ban Chỉ đạo)"),
        Issuer.COMMITTEE: ("Ban Chỉ đạo", committee),
        Issuer.OFFICE: ("Văn phòng UBND tỉnh", "Văn phòng UBND tỉnh"),
    }
    short, long = names[wanted.issuer]
    return Voice(agency=wanted.agency, we=short, we_in_full=long, report_to=own, day=wanted.day)


def _office(issuer: Issuer, office: Office) -> Record:
    """Head and end of the paper (Decree 30/2020/NĐ-CP, Annex I), and what the annex calls the issuer."""
    name, symbol, signs_as, signer = {
        Issuer.OWN: (office.name, office.letter_symbol, office.signs_as, office.signer),
        Issuer.COMMITTEE: (office.committee_name, office.committee_symbol, office.committee_signs_as, ""),
        Issuer.OFFICE: (office.chancery_name, office.chancery_symbol, office.chancery_signs_as, ""),
    }[issuer]
    standing = Agency.objects.standing()
    called = {
        Issuer.OWN: standing.name if standing else office.name,
        Issuer.COMMITTEE: office.committee_name,
        Issuer.OFFICE: "Văn phòng UBND tỉnh",
    }[issuer]
    recipients = ["Như trên", *(printable(each).rstrip(" .;") for each in office.letter_recipients)]
    if standing and issuer != Issuer.OWN:
        recipients.append(f"{printable(standing.name)} (tổng hợp)")
    return {
        "parent_name": printable(office.parent_name),
        "name": printable(name),
        "called": printable(called),
        "symbol": printable(symbol),
        "place": printable(office.place),
        "signs_as": [printable(words).upper() for words in signs_as],
        "signer": printable(signer),
        "recipients": recipients,
    }


def _longest_late_first(row: Any) -> int:
    """What is not late keeps the order of its directive, after what is."""
    return -row.late_by.days if is_late(row) else 0


def _annex(ordered: Sequence[Any]) -> str:
    return "DANH MỤC NHIỆM VỤ ĐỀ NGHỊ BÁO CÁO KẾT QUẢ" if ordered else "DANH MỤC NỘI DUNG ĐỀ NGHỊ CHO BIẾT KẾT QUẢ"
