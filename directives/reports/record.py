"""What a report is made of: plain JSON values, dates in it ISO strings (see `content`)."""

from __future__ import annotations

from typing import Any

Record = dict[str, Any]

VERSION = 3
# Earlier ones that are still printed: a published report is, in ten years too.
READABLE = (2, VERSION)


def current(record: Record) -> Record:
    """A record of a readable version as its writers take it: what it did not hold yet is empty.

    2 knew nothing of what was done within the period, nor which directives had left and come since the last report.
    """
    change = record["change"] and {"name": "", "left": [], "came": [], "within": None} | record["change"]
    return {"within": None} | record | {"change": change}
