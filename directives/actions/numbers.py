"""The number that the clerk gives a document, written one way wherever it is kept."""

from __future__ import annotations

import re

from agencies.errors import Refused

NUMBER = re.compile(r"([1-9][0-9]{0,5})([a-zđ]?)")
BAD_NUMBER = "Xin ghi số mà văn thư đã cấp, phần trước dấu gạch chéo, ví dụ 05, 125 hoặc 125a."


def clerks_number(text: str) -> str:
    """ "5" and "05" are one number, "05": a zero stands before numbers below ten (Decree 30/2020/NĐ-CP, Annex I).

    Raises Refused (field `number`) for what is no number, or nought.
    """
    found = NUMBER.fullmatch(text.strip().lower().lstrip("0"))
    if not found:
        raise Refused(BAD_NUMBER, "number")
    digits, letter = found.groups()
    return f"{digits:0>2}{letter}"
