"""Subjects: the sentences of a paragraph that give work to a body, and to whom."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from .agencies import Subject, subject_at
from .patterns import UPPER, phrase, plain

ORDER = phrase(
    r"(?:(?:[Đđ]ồng thời|Trước mắt|Trong đó),? )?(?P<order>[Gg]iao(?: nhiệm vụ cho)?|[Đđ]ề nghị|[Yy]êu cầu|[Pp]hân công)(?: cho)?\s*:?\s+|"
    r"(?:[Đđ]ồng thời|Trước mắt),? "
)
ADVERBIAL = phrase(
    r"(?:Sau khi|Trên cơ sở|Để|Trong|Căn cứ|Đối với|Trước|Thời gian|Từ nay|Nhằm|Theo|Khi|Hằng năm|Hàng năm|Định kỳ|Tại|Cùng với)\b"
)
_SENTENCE = re.compile(
    rf"[.;](?=\s+(?:[{UPPER}]|đồng\s+thời\s|giao\s|yêu\s+cầu\s|đề\s+nghị\s))|\.(?=[{UPPER}][a-zà-ỹ])"
)
_COMMA_ORDER = phrase(r", (?=giao |đề nghị |yêu cầu |[Cc]ác |[A-ZĐỦ])")


@dataclass(frozen=True)
class Entry:
    """A sentence that gives work: where it starts, its subject, whether the body is asked (None: not said)."""

    start: int
    subject: Subject
    asked: bool | None


class Subjects:
    """Finds entries in a masked text; the issuer's own "yêu cầu" and "thông báo" are none."""

    def __init__(self, mask: str, issuer: str | None) -> None:
        self.mask, self.issuer = mask, issuer

    def entries(self, start: int, end: int, *, searching: bool) -> list[Entry]:
        """Sentences that give work to a body. `searching`: nobody is addressed yet, so premises are dropped."""
        found: list[Entry] = []
        for index, (at, stop) in enumerate(self.sentences(start, end)):
            entry = self.entry_at(at, stop)
            if not entry and index == 0:
                entry = self.entry_after_adverbial(at, stop)
            if entry:
                found.append(entry)
        ordered = [i for i, e in enumerate(found) if self.mask[e.start : e.start + 4].lower() == "giao"]
        if searching and ordered and self.mask.startswith("thống nhất", found[0].subject.verb):
            # "Các Bộ thống nhất …; giao Bộ A …": the agreement is the premise of the order.
            return found[ordered[0] :]
        return found

    def sentences(self, start: int, end: int) -> list[tuple[int, int]]:
        """Spans of sentences, and of clauses after ";" that begin anew."""
        cuts = [skip_space(self.mask, m.end(), end) for m in _SENTENCE.finditer(self.mask, start, end)]
        return [(a, b) for a, b in pairwise([start, *cuts, end]) if a < b]

    def entry_at(self, at: int, stop: int) -> Entry | None:
        """The entry that this sentence opens with: "(Giao) Bộ A chủ trì …"."""
        order = ORDER.match(self.mask, at, stop)
        subject = subject_at(self.mask, order.end() if order else at, stop)
        if not subject or (not order and self._is_issuer(subject)):
            return None
        said = (order["order"] or "").lower() if order else ""
        return Entry(at, subject, said == "đề nghị" if said else None)

    def entry_after_adverbial(self, at: int, stop: int) -> Entry | None:
        """The entry behind an opening "Sau khi …," or "Đối với …,": the sentence counts from its start."""
        if not ADVERBIAL.match(self.mask, at, stop):
            return None
        for hits, comma in enumerate(_COMMA_ORDER.finditer(self.mask, at, min(stop, at + 900))):
            entry = self.entry_at(comma.end(), stop)
            if entry:
                return Entry(at, entry.subject, entry.asked)
            if hits > 12:
                break
        return None

    def _is_issuer(self, subject: Subject) -> bool:
        if self.mask.startswith("thông báo", subject.verb):
            return True
        name = plain(self.mask[subject.start : subject.end]).lower().replace("ubnd", "ủy ban nhân dân")
        return self.mask.startswith(("yêu cầu", "đề nghị"), subject.verb) and name in (self.issuer or "").lower()


def skip_space(mask: str, at: int, end: int) -> int:
    """The first offset from `at` on that is no white space, at most `end`."""
    while at < end and mask[at].isspace():
        at += 1
    return at
