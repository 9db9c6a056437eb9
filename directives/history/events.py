"""Changes of tracked rows, told from the event rows that database triggers wrote: old → new, field by field."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from django.contrib.auth.models import Permission
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.db.models.fields.json import KeyTextTransform

from agencies.history import Told, told
from agencies.models import RIGHT_WORDS, Agency, User
from directives.actions.words import verb_words
from directives.history.line import Line

# Of no meaning to a reader, or told in other words.
SKIPPED = {"id", "version", "password", "last_login", "token_sha256", "rows", "email", "expires_at"}
SKIPPED |= {"date_joined", "is_staff", "is_superuser", "is_illustrative"}
EMPTY = "(trống)"
# Columns that are not ours (guardian's, Django's) have no Vietnamese name of their own.
LABELS = {
    "permission": "quyền",
    "user": "người",
    "content_object": "cơ quan",
    "username": "tên đăng nhập",
    "is_active": "tài khoản đang mở",
    "part": "đầu việc",
    "agency": "cơ quan",
}


def changes(
    model: type[models.Model],
    which: Q,
    *,
    since: date | None = None,
    until: date | None = None,
    where: str | Callable[[Any], str] = "",
) -> Iterator[Line]:
    """What happened to rows of a tracked model: `which` is a condition on their event rows (a deleted row has only
    those). `where` says what it is about. Two queries, and one for each kind of names.
    """
    events = list(_events(model, between(which, since, until)))
    before = _before(model, events)
    found = [(event, _differences(model, before.get(event.pgh_id), event)) for event in events]
    names = _Names(found)
    for event, differences in found:
        if differences:
            yield _line(event, told(event), [names.sentence(*each) for each in differences], where)


def _events(model: type[models.Model], condition: Q) -> models.QuerySet:
    events: Any = model.pgh_event_model  # type: ignore[attr-defined]
    earlier = events.objects.filter(pgh_obj_id=OuterRef("pgh_obj_id"), pgh_id__lt=OuterRef("pgh_id"))
    day = KeyTextTransform("day", "pgh_context")
    rows = events.objects.annotate(day_words=day, before_id=Subquery(earlier.order_by("-pgh_id").values("pgh_id")[:1]))
    return rows.filter(condition).order_by("pgh_id")


def between(condition: Q, since: date | None, until: date | None) -> Q:
    """The business day stands in the event; what came without one (a command, SQL) has its real day."""
    for bound, day in (("gte", since), ("lte", until)):
        if day:
            said = {f"day_words__{bound}": day.isoformat()}
            condition &= Q(**said) | Q(day_words=None, **{f"pgh_created_at__date__{bound}": day})
    return condition


def _before(model: type[models.Model], events: list[Any]) -> dict[int, Any]:
    """The event before each, by the key of the later one: those in hand, and those before the first of them."""
    at_hand = {event.pgh_id: event for event in events}
    missing = {event.before_id for event in events if event.before_id and event.before_id not in at_hand}
    if missing:
        at_hand |= {event.pgh_id: event for event in _events(model, Q(pgh_id__in=missing))}
    return {event.pgh_id: at_hand[event.before_id] for event in events if event.before_id in at_hand}


Difference = tuple[models.Field, Any, Any]


def _differences(model: type[models.Model], before: Any, after: Any) -> list[Difference]:
    """Fields that differ. A new row: those that hold something; a deleted one: those that it held."""
    gone = after.pgh_label == "delete"
    found = []
    for field in model._meta.concrete_fields:
        if field.name in SKIPPED or not hasattr(after, field.attname):
            continue
        new = getattr(after, field.attname)
        old = getattr(before, field.attname) if before else None
        if gone:
            old, new = new, None
        if old != new and not (old in _NOTHING and new in _NOTHING):
            found.append((field, old, new))
    return found


_NOTHING: tuple[Any, ...] = (None, "", [], {}, False)


def _line(event: Any, said: Told, details: list[str], where: str | Callable[[Any], str]) -> Line:
    place = where(event) if callable(where) else where
    done = {"insert": "thêm mới", "delete": "xóa"}.get(event.pgh_label, "thay đổi")
    words = verb_words(said.verb) if said.verb else done
    title = f"{words[:1].upper()}{words[1:]}"
    # What came without words (a command, SQL) is one act as far as it began at one moment.
    act = event.pgh_context_id or said.moment
    return Line(said.day, said.moment, said.who, title, place, tuple(details), "pencil-line", act, (said.verb,))


class _Names:
    """What values are called; the names behind foreign keys, one query for each kind of row."""

    def __init__(self, found: list[tuple[Any, list[Difference]]]) -> None:
        wanted: dict[Any, set[Any]] = defaultdict(set)
        for _, differences in found:
            for field, *values in differences:
                if field.is_relation:
                    wanted[field.related_model].update(value for value in values if value is not None)
        self.known = {model: _called(model, keys) for model, keys in wanted.items()}

    def sentence(self, field: models.Field, old: Any, new: Any) -> str:
        label = LABELS.get(field.name) or str(field.verbose_name)
        return f"{label[:1].upper()}{label[1:]}: {self._say(field, old)} → {self._say(field, new)}"

    def _say(self, field: models.Field, value: Any) -> str:
        if value in _NOTHING and not isinstance(value, bool):
            return EMPTY
        if isinstance(value, bool):
            return "có" if value else "không"
        if field.is_relation:
            return self.known[field.related_model].get(value, "(không còn)")
        if field.choices:
            return str(dict(field.flatchoices).get(value, value))
        if isinstance(value, date):
            return f"{value:%d/%m/%Y}"
        return "; ".join(map(str, value)) if isinstance(value, list) else str(value)


def _called(model: Any, keys: set[Any]) -> dict[Any, str]:
    rows = model._base_manager.filter(pk__in=keys)
    if model is Agency:
        return dict(rows.values_list("pk", "short_name"))
    if model is Permission:
        return {pk: RIGHT_WORDS.get(name, name) for pk, name in rows.values_list("pk", "codename")}
    if model is User:
        return {user.pk: str(user) for user in rows.only("username", "full_name")}
    return {row.pk: str(row) for row in rows}
