"""The head of a document: number, kind, date, issuer, title, who concluded."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from .dates import FULL_DATE, date_of, make_date
from .layout import Line, starts_point
from .patterns import UPPER, phrase, plain
from .vocabulary import DOC_TYPES

_HEAD_LINES = 140
_TYPES = {
    name.upper(): name
    for name in [*DOC_TYPES.values(), "Thông tri", "Thông cáo", "Quy định", "Lệnh", "Chương trình hành động"]
}
_NUMBER = re.compile(
    rf"Số\s*(?::\s*|(?=\d))(?P<number>\d{{0,5}}[a-z]?)\s*(?:[/\\]\s*(?P<symbol>(?:\d{{4}}/)?[{UPPER}][\w&.]*(?:\s?-\s?[{UPPER}][\w&.]*){{0,4}})|"
    rf"-\s*(?P<party>[{UPPER}]\w{{0,4}}\s?/\s?[{UPPER}][\w-]*))"
)
_DATE = phrase(
    rf"(?P<place>[{UPPER}][\w.]*(?:(?:-|[\x20]{{1,2}}-?[\x20]?)[{UPPER}][\w.]*){{0,5}})\s*, ngày(?: (?P<d>\d{{1,2}}))?[ .…]*tháng(?: (?P<m>\d{{1,2}}))?[ .…]*năm (?P<y>\d{{4}})"
)
_NATION = re.compile(r"CỘNG\s+H[ÒO]|HÒA\s+XÃ|XÃ\s+HỘI|CHỦ\s+NGHĨA|Độc\s+lập|Số\s*:|V/v|Kính\s+gửi|ĐẢNG\s+CỘNG\s+SẢN")
_ABOUT = re.compile(r"V/v\s|(?:Về\s+việc|V/v:)")
_CONCLUDED = phrase(
    r"(?:^|, |; )(?P<who>(?:đồng chí |Đồng chí )?(?:Phó |Chủ tịch|Thủ tướng|Bộ trưởng|Bí thư|Trưởng|Giám đốc|đồng chí|Đồng chí)[^,;.]{3,140}?)"
    r"(?:[-–,] [^.;]{3,140}?)? (?:đã )?(?:kết luận|có ý kiến (?:chỉ đạo|kết luận))(?: như sau)?\s*(?::|\Z)"
)
_TITLE_CHAIR = phrase(r"(?:Kết luận|Ý kiến (?:chỉ đạo|kết luận)) của (?P<who>.{5,200}?) (?:tại|về) ")
_ISSUERS = {"VPCP": "Văn phòng Chính phủ", "TTg": "Thủ tướng Chính phủ", "CP": "Chính phủ"}
_PROPER = ("chính phủ", "quốc hội", "trung ương", "việt nam", "đảng", "nhà nước")
_UNITS = r"tỉnh ủy|thành ủy|huyện ủy|thị ủy|tỉnh|thành phố|huyện|thị xã|quận|xã|phường|đặc khu"


@dataclass(frozen=True)
class Letterhead:
    """What the head says, and where the title begins and ends (the type line's span before it)."""

    number: str | None
    symbol: str | None
    doc_type: str | None
    issued_on: date | None
    place: str | None
    issuer: str | None
    title: str | None
    type_start: int
    title_start: int
    title_end: int

    @property
    def own_number(self) -> str | None:
        if not (self.number and self.symbol):
            return None
        return (
            f"{self.number}-{self.symbol}"
            if "/" in self.symbol and not self.symbol[0].isdigit()
            else f"{self.number}/{self.symbol}"
        )


def letterhead_of(text: str, mask: str, lines: list[Line]) -> Letterhead:
    """Read the head from the first lines; what it does not say is None."""
    head = lines[:_HEAD_LINES]
    type_at = next((i for i, line in enumerate(head) if _type_name(mask, line)), None)
    limit = head[type_at].start if type_at is not None else (head[-1].end if head else 0)
    number = _NUMBER.search(mask, 0, limit) or _NUMBER.search(mask, 0, min(len(mask), limit + 400))
    symbol = re.sub(r"\s+", "", number["symbol"] or number["party"]) if number else None
    doc_type = _type_name(mask, head[type_at]) if type_at is not None else _type_of(symbol)
    title = _title(mask, head, type_at)
    issued = _DATE.search(mask, 0, min(len(mask), limit + 700))
    place = plain(issued["place"]) if issued else None
    first = number.start() if number else limit
    return Letterhead(
        number=(number["number"] or None) if number else None,
        symbol=symbol,
        doc_type=doc_type,
        issued_on=make_date(issued["y"], issued["m"], issued["d"]) if issued and issued["d"] and issued["m"] else None,
        place=place,
        issuer=_issuer(mask, [line for line in head if line.end <= first]) or _issuer_by_symbol(mask, symbol, place),
        title=plain(text[title[0] : title[1]]) or None,
        type_start=head[type_at].start if type_at is not None else title[0],
        title_start=title[0],
        title_end=title[1],
    )


def chair_of(title: str | None, preamble: str) -> str | None:
    """Who concluded: as the title names them, else as the sentence before the colon does."""
    named = _TITLE_CHAIR.match(title or "")
    if named and title != (title or "").upper():
        return plain(named["who"])
    concluded = list(_CONCLUDED.finditer(preamble[-1500:]))
    return plain(concluded[-1]["who"]) if concluded else None


def meeting_date_of(preamble: str) -> date | None:
    """The day of the meeting, where the preamble opens with it."""
    for paragraph in preamble.split("\n\x00"):
        day = FULL_DATE.match(re.sub(r"^\s*(?:Trong\s+)?[Nn]gày\s+", "", paragraph))
        if day and re.match(r"\s*(?:Trong\s+)?[Nn]gày\s", paragraph):
            return date_of(day)
    return None


def proper_case(name: str) -> str:
    """ "ỦY BAN NHÂN DÂN TỈNH QUẢNG TRỊ" -> "Ủy ban nhân dân tỉnh Quảng Trị"."""
    lowered = plain(name).lower()
    for word in _PROPER:
        lowered = re.sub(rf"\b{word}\b", word[0].upper() + word[1:], lowered)
    lowered = re.sub(rf"\b({_UNITS})\s+(.+)", _with_place, lowered)
    lowered = re.sub(r"\bubnd\b", "Ủy ban nhân dân", lowered, flags=re.IGNORECASE)
    return lowered[:1].upper() + lowered[1:]


def _with_place(unit: re.Match[str]) -> str:
    kind = unit[1].capitalize() if unit[1].endswith("ủy") else unit[1]
    return f"{kind} {unit[2].title()}"


def _type_name(mask: str, line: Line) -> str | None:
    return _TYPES.get(re.sub(r"\s+", " ", mask[line.start : line.end]).rstrip(" :"))


def _type_of(symbol: str | None) -> str | None:
    if not symbol:
        return None
    code = re.split(r"[-/]", re.sub(r"^\d{4}/", "", symbol))[0]
    return DOC_TYPES.get(code) or "Công văn"


def _title(mask: str, head: list[Line], type_at: int | None) -> tuple[int, int]:
    """Lines after the kind of document, capitals as long as capitals; in a letter, those from "V/v"."""
    if type_at is None:
        at = next((i for i, line in enumerate(head) if _ABOUT.match(mask, line.start, line.end)), None)
    else:
        at = type_at + 1
    if at is None or at >= len(head) or (type_at is not None and starts_point(mask, head[at])):
        return (head[type_at].end, head[type_at].end) if type_at is not None else (0, 0)
    last, capitals = head[at], _is_capitals(mask, head[at])
    for line in head[at + 1 :]:
        about = capitals and mask.startswith(("về ", "Về "), line.start)
        if line.gap or line.cell != last.cell or _opens_text(mask, line):
            break
        if capitals != _is_capitals(mask, line) and not about:
            break
        capitals = capitals and not about
        last = line
    return head[at].start, last.end


def _is_capitals(mask: str, line: Line) -> bool:
    return _all_capitals(mask[line.start : line.end])


def _all_capitals(words: str) -> bool:
    letters = [c for c in words if c.isalpha()]
    return bool(letters) and sum(c.isupper() for c in letters) >= 0.9 * len(letters)


def _opens_text(mask: str, line: Line) -> bool:
    return bool(re.compile(r"Ngày\s+\d|Trong\s|Thực\s+hiện\s|Căn\s+cứ\s|Để\s|Kính\s+gửi").match(mask, line.start))


def _issuer(mask: str, lines: list[Line]) -> str | None:
    names: list[str] = []
    seen_nation = False
    for line in lines:
        # The nation's name may stand in a right-hand column of the same line.
        columns = re.split(r"(?<=\w) {4,}", mask[line.start : line.end])
        words = re.sub(r"[-=_\s]+\Z", "", columns[0])
        if _NATION.match(words):
            seen_nation = True
        elif not seen_nation and len(words) > 2 and _all_capitals(words) and not re.search(r"[\d/]", words):
            names.append(plain(words))
    if not names:
        return None
    if names[-1] in ("VĂN PHÒNG", "BAN CHỈ ĐẠO", "BAN THƯỜNG VỤ", "BAN CHẤP HÀNH") and len(names) > 1:
        return proper_case(names[-1]) + " " + proper_case(" ".join(names[:-1]))
    return proper_case(" ".join(names))


def _issuer_by_symbol(mask: str, symbol: str | None, place: str | None) -> str | None:
    tail = re.split(r"[-/]", symbol or "")[-1]
    if tail in _ISSUERS:
        return _ISSUERS[tail]
    if "UBND" not in (symbol or "") or not place:
        return None
    unit = phrase(rf"(?i:({_UNITS})) {re.escape(place)}").search(mask)
    return f"Ủy ban nhân dân {unit[1].lower() if unit else 'tỉnh'} {place}"
