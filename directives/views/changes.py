"""Who changed which setting, from the event rows of the database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django.apps import apps

from agencies.history import told

SHOWN_CHANGES = 50


@dataclass(frozen=True)
class Change:
    """One setting that somebody changed."""

    day: date
    who: str
    what: str
    old: str
    new: str


def say(name: str, value: Any) -> str:
    """A value in words, whatever it is called."""
    if value is None or value in ("", []):
        return "(trống)"
    if isinstance(value, bool):
        return "Có" if value else "Không"
    if isinstance(value, list):
        return (", " if isinstance(value[0], int) else "; ").join(map(str, value))
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return f"{value:%H:%M}" if isinstance(value, time) else str(value)


def changes_of(
    events: str,
    names: Callable[[Any], tuple[str, ...]],
    *,
    start: Callable[[Any], Any],
    label: Callable[[Any, str], str],
    say: Callable[[str, Any], str] = say,
) -> list[Change]:
    """The last SHOWN_CHANGES, the newest first. One query.

    `events`: the model of the event rows; of each row `names` gives what is compared, `start` what its first is held
    against, `label` what a setting is called.
    """
    found = list(_differences(events, names, start, label, say))
    return found[::-1][:SHOWN_CHANGES]


def _differences(
    events: str,
    names: Callable[[Any], tuple[str, ...]],
    start: Callable[[Any], Any],
    label: Callable[[Any, str], str],
    say: Callable[[str, Any], str],
) -> Iterator[Change]:
    before: dict[int, Any] = {}
    for event in apps.get_model("directives", events)._default_manager.order_by("pgh_id"):
        said, earlier = told(event), before.get(event.pgh_obj_id) or start(event)
        for name in names(event):
            old, new = getattr(earlier, name), getattr(event, name)
            if old != new:
                yield Change(said.day, said.who, label(event, name), say(name, old), say(name, new))
        before[event.pgh_obj_id] = event
