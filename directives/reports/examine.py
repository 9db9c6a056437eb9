"""A signed copy looked through in a child process with limits: its signatures, and whether it is this report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings

from agencies.errors import Refused
from directives.reports import same_paper, signatures, trust
from directives.reports.child import CannotRender, Limits, answer_of

LIMITS = Limits(cpu=30, wall=45)
TOO_HEAVY = (
    "Không đọc xong tệp PDF này trong thời gian và bộ nhớ cho phép. Xin nộp bản nhỏ hơn, "
    "hoặc quét lại ở độ phân giải thấp hơn."
)


@dataclass(frozen=True)
class Examined:
    """Plain JSON values, as a `SignedCopy` keeps them; `comparison` is empty where our file is away."""

    signatures: list[dict[str, Any]]
    comparison: dict[str, Any]


def examine(pdf: bytes, ours: bytes, now: datetime, limits: Limits = LIMITS) -> Examined:
    """What stands in the PDF, beside our own file (empty where it is away). Raises Refused, field `file`."""
    # Loaded here, so that a child need not.
    import pyhanko.sign.validation  # noqa: F401
    import pypdfium2  # noqa: F401

    roots = trust.roots_in(settings.SIGNATURE_ROOTS)
    try:
        found: Any = answer_of(_look_through, pdf, ours, roots, now, limits=limits)
    except CannotRender as stopped:
        raise Refused(TOO_HEAVY, "file") from stopped
    if isinstance(found, str):
        raise Refused(found, "file")
    return Examined(*found)


def _look_through(pdf: bytes, ours: bytes, roots: Sequence[Any], now: datetime) -> Any:
    """In the child: the two lists, or words on why not."""
    try:
        read = signatures.read(pdf, roots, now)
    except signatures.Unreadable as reason:
        return str(reason)
    compared = same_paper.compare(pdf, ours).as_json() if ours else {}
    return [each.as_json() for each in read], compared
