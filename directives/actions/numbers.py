"""The number that the clerk gives a document, written one way wherever it is kept."""

from __future__ import annotations

import re

from django.db.models import Q

from agencies.errors import Refused
from directives.models import Report

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


def other_with(number: str, symbol: str, year: int, report: Report) -> Report | None:
    """Another report that bears the number: on its signed copy, or as it was published where there is none yet."""
    spelled = {number, number.removeprefix("0")}
    others = Report.objects.exclude(pk=report.pk).select_related("agency").defer("figures")
    signed = Q(signed_copies__number__in=spelled, signed_copies__symbol=symbol, signed_copies__signed_on__year=year)
    published = Q(
        signed_copies=None,
        publication__number__in=spelled,
        publication__issued_on__year=year,
        figures__office__symbol=symbol,
    )
    return others.filter(signed).first() or others.filter(published).first()
