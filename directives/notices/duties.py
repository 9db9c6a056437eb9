"""Parts (đầu việc): the separable duties inside one task, and the figures that a duty sets."""

from __future__ import annotations

import re

from .agencies import split_names
from .document import Part, Target
from .patterns import UPPER, phrase, plain
from .roles import intro_end
from .vocabulary import BODY, CITED_TYPES, OPENING_VERB, VERB

_BREAK = re.compile(rf"(?P<stop>[.…])\s+(?=[{UPPER}])|(?P<semi>;)\s+(?=\w)")
_NO_DUTY = phrase(
    r"(?:Trong đó|Trường hợp|Nếu|Đặc biệt|Đây|Việc|Những|Do|Vì|Tuy nhiên|Như vậy|Nhất là|Cụ thể|Tại|Là|Qua|"
    rf"Thời gian|Kèm theo|Riêng|Các (?!sở|bộ|ngành)|(?:{CITED_TYPES}) (?:số )?\d|Đề án|Dự án|Chính sách|Luật)"
)
_RESULT = phrase(
    r"(?i:bảo đảm|đảm bảo|hoàn thành|hoàn thành trước|không để|xong|phải|cần|hằng năm|hàng năm|định kỳ|trình|báo cáo|gửi)\b"
)
_BINDS = phrase(r"Đối với (?P<names>[^.;:]{3,160}?)(?=,| cần| phải| thì| tập trung|:)")
_UNIT = phrase(
    rf"(?:[Cc]ác )?(?:[Hh]uyện|[Tt]hành phố|[Tt]hị xã|[Tt]ỉnh|[Xx]ã|[Pp]hường|[Qq]uận|Sở|Bộ|UBND|Ủy ban)(?: \w+)? [{UPPER}]"
)
_PERCENT = phrase(r"(?<![\d.,])(?P<value>\d{1,3}(?:,\d{1,2})?) ?% (?P<of>[^\d\W][^.;:,()%]{1,90})")
_SCOPE = phrase(r" (?:trên|thuộc|của|tại|trong|ở|năm|đã)(?!\w).*")
_OUTCOME = phrase(r" (?:tham gia|được|có|đạt|ứng dụng|sử dụng|đã|phải|cần)(?!\w).*")
_GOAL = phrase(
    r"(?i:đến|đạt|tối thiểu|ít nhất|trên|cho|có|≥|bảo đảm|đảm bảo|phấn đấu|thu hút|vận động|hoàn thành)\s*\Z"
)


def parts_of(text: str, mask: str, start: int, end: int) -> tuple[Part, ...]:
    """Divide a task into its duties; a task of one duty has none."""
    begin = intro_end(mask, start, end) or start
    while begin < end and mask[begin].isspace():
        begin += 1
    spans = _clauses(mask, begin, end, by_sentence=True)
    if len(spans) == 1:
        spans = _clauses(mask, begin, end, by_sentence=False)
    if len(spans) < 2:
        return ()
    return tuple(_part(text, mask, a, b) for a, b in spans)


def _clauses(mask: str, start: int, end: int, *, by_sentence: bool) -> list[tuple[int, int]]:
    """Spans of duties. Between sentences only capitals part; inside the only sentence a verb after ";" does."""
    spans: list[tuple[int, int]] = []
    last = start
    for hit in _BREAK.finditer(mask, start, end):
        if _opens_duty(mask, last, hit, end, by_sentence):
            spans.append(_tight(mask, last, hit.start() + (hit["semi"] is None)))
            last = hit.end()
    return [*spans, _tight(mask, last, end)]


def _opens_duty(mask: str, last: int, hit: re.Match[str], end: int, by_sentence: bool) -> bool:
    before, rest = mask[last : hit.start()], mask[hit.end() : min(end, hit.end() + 90)]
    if before.count("(") > before.count(")") or _NO_DUTY.match(rest):
        return False
    if hit["stop"]:
        return True
    if rest[0].isupper():
        return bool(OPENING_VERB.match(rest)) or bool(BODY.match(rest) and VERB.search(rest))
    if by_sentence or ":" in before:
        return False
    return bool(VERB.match(rest)) and not _RESULT.match(rest)


def _tight(mask: str, start: int, end: int) -> tuple[int, int]:
    piece = mask[start:end]
    return start, start + len(piece.rstrip())


def _part(text: str, mask: str, start: int, end: int) -> Part:
    return Part(text[start:end], start, end, binds_of(mask[start:end]), target_of(mask[start:end]))


def binds_of(duty: str) -> tuple[str, ...]:
    """The agencies that "Đối với huyện A và B cần …" narrows a duty to."""
    hit = _BINDS.match(duty)
    if not hit or not _UNIT.match(hit["names"]):
        return ()
    return tuple(split_names(hit["names"]))


def target_of(duty: str) -> Target | None:
    """The first figure to be reached ("100% hợp tác xã …"), or None."""
    for hit in _PERCENT.finditer(duty):
        if not _GOAL.search(duty[max(0, hit.start() - 24) : hit.start()]) and hit.start():
            continue
        whole = _OUTCOME.sub("", plain(hit["of"]))
        if not whole or VERB.match(whole):
            continue
        of = _SCOPE.sub("", whole)
        return Target(f"{hit['value']}% {whole}", float(hit["value"].replace(",", ".")), "%", of or None)
    return None
