"""Whether a signed copy says what our PDF says: the words of both, wherever they stand (a new line turns pages).

A hint for whoever uploads it, no proof: a scan has no words, and a number may stand where another stood.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import Any

# "84,46" and "16.051" are one word each.
WORD = re.compile(r"\d+(?:[.,]\d+)+|\w+")
MOST_PAGES = 400
# What a clerk and two signers add: number, day, names, the lines of visible signatures.
ADDED = 100
SHOWN = 8


@dataclass(frozen=True)
class Comparison:
    """`has_words`: of the signed copy. `missing`: words of ours that it lacks, by our page (from 1)."""

    pages: int = 0
    our_pages: int = 0
    has_words: bool = False
    missing: dict[str, list[str]] = field(default_factory=dict)
    is_longer: bool = False

    @property
    def is_same(self) -> bool:
        return self.has_words and self.pages >= self.our_pages and not self.missing and not self.is_longer

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def words_of(pdf: bytes) -> list[Counter[str]]:
    """The words of each page, without regard to their order; [] for what cannot be read.

    A damaged page has no words: it is warned of, and does not refuse the paper.
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError:
        return []
    try:
        count = min(len(document), MOST_PAGES)
        return [_counted(_text_of(document, number)) for number in range(count)]
    finally:
        document.close()


def _text_of(document: Any, number: int) -> str:
    import pypdfium2

    try:
        text: str = document[number].get_textpage().get_text_bounded()
    except pypdfium2.PdfiumError:
        return ""
    return text


def compare(signed: bytes, ours: bytes) -> Comparison:
    """The signed copy beside our PDF."""
    theirs, own = words_of(signed), words_of(ours)
    if not any(theirs):
        return Comparison(len(theirs), len(own))
    all_theirs, all_own = sum(theirs, Counter[str]()), sum(own, Counter[str]())
    lacking, missing = all_own - all_theirs, {}
    for number, wanted in enumerate(own, 1):
        page = theirs[number - 1] if number <= len(theirs) else Counter[str]()
        if here := (wanted - page) & lacking:
            missing[str(number)] = sorted(here)[:SHOWN]
    return Comparison(len(theirs), len(own), True, missing, (all_theirs - all_own).total() > ADDED)


def _counted(text: str) -> Counter[str]:
    return Counter(WORD.findall(unicodedata.normalize("NFC", text)))
