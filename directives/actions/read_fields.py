"""What was read, as fields of our rows: words cut to their columns, no date and no number invented."""

from __future__ import annotations

import unicodedata
from decimal import Decimal
from typing import Any

from django.db.models import Model

from directives import notices
from directives.models import Clock

# What the column of a target's value holds.
LARGEST_TARGET = 10**10


def one_line(value: str) -> str:
    """Words as they are kept: NFC, on one line, without spaces at their ends."""
    return " ".join(unicodedata.normalize("NFC", value).split())


def fits(model: type[Model], name: str, value: str | None) -> bool:
    """Whether there is a value and its column holds it whole."""
    return bool(value) and len(value or "") <= (_limit(model, name) or 0)


def fitted(model: type[Model], **values: Any) -> dict[str, Any]:
    """The values, words and lists of words cut to their columns: a scan may run a whole page into one line."""
    return {name: _cut(value, _limit(model, name)) for name, value in values.items()}


def clock_fields(read: notices.Task) -> dict[str, object]:
    """No date is invented: only a date in the text makes a dated task (design, section 3.1)."""
    period = read.period
    fields: dict[str, object] = {
        "period_text": period.text if period else "",
        "period_start": period.start if period else None,
        "period_end": period.end if period else None,
    }
    if read.deadline:
        return fields | {
            "clock": Clock.DATED,
            "first_deadline": read.deadline,
            "deadline": read.deadline,
            "deadline_source": read.deadline_text or "",
        }
    if read.recurring:
        return fields | {"clock": Clock.STANDING}
    return fields | {"clock": Clock.PERIOD if period else Clock.UNDATED}


def target_fields(read: notices.Task) -> dict[str, object]:
    """The figure to be reached: of the task, or the first that one of its parts names."""
    target = read.target or next((part.target for part in read.parts if part.target), None)
    if target is None or not 0 <= target.value < LARGEST_TARGET:
        return {}
    return {
        "target_text": target.text,
        "target_value": Decimal(str(target.value)),
        "target_unit": " ".join(filter(None, (target.unit, target.of))),
    }


def _limit(model: type[Model], name: str) -> int | None:
    field: Any = model._meta.get_field(name)
    return getattr(getattr(field, "base_field", field), "max_length", None)


def _cut(value: Any, limit: int | None) -> Any:
    if isinstance(value, list):
        return [_cut(each, limit) for each in value]
    if isinstance(value, str) and limit and len(value) > limit:
        return value[: limit - 1] + "…"
    return value
