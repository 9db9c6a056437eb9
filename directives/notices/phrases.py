"""Short words that stand alone, in a cell of a table: a deadline, the kind of a document."""

from __future__ import annotations

import re
from datetime import date

from .dates import field_deadline
from .patterns import masked, phrase
from .vocabulary import CITED_TYPES, DOC_TYPES

_TYPE = phrase(rf"(?i:({CITED_TYPES}))(?: (?:kết luận|số))*:?\s*\Z")


def deadline_of(words: str, issued_on: date | None) -> date | None:
    """The day that a few words set: "Quý II/2021", "cuối tháng 6 năm 2021"; None where they set none."""
    return field_deadline(masked(words), issued_on, words).date


def doc_type_of(before: str, symbol: str) -> str:
    """The kind of a document: by the words before its number, else by its symbol ("TB-UBND"), else a letter."""
    if hit := _TYPE.search(masked(before)):
        return hit[1][:1].upper() + hit[1][1:]
    code = re.split(r"[-/]", re.sub(r"^\d{4}/", "", symbol))[0]
    return DOC_TYPES.get(code, "Công văn")
