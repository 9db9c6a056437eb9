"""Rows of a table as JSON that explains itself, and as cells of a sheet. People stand there by name only."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone

from agencies.models import Agency, User

Cell = str | int | float | Decimal | date | bool | None
# Keys against a double press; no meaning afterwards.
NEVER = {"submission", "version"}


@dataclass(frozen=True)
class Column:
    """`raw`: for JSON. `shown`: for a sheet."""

    key: str
    label: str
    raw: Callable[[Any], Any]
    shown: Callable[[Any], Cell]
    choices: dict[str, str] | None = None


def columns_of(model: type[models.Model], leave_out: frozenset[str] = frozenset()) -> list[Column]:
    """All columns of a model but those left out."""
    fields: list[Any] = list(model._meta.concrete_fields)
    return [_column(field) for field in fields if field.name not in leave_out | NEVER]


def several(key: str, label: str, read: Callable[[Any], list[str]]) -> Column:
    """A column of several words, such as a relation of many to many."""
    return Column(key, label, read, lambda row: "; ".join(read(row)))


def dumped(value: Any) -> str:
    return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False)


def as_json(columns: list[Column], row: Any) -> str:
    return dumped({column.key: column.raw(row) for column in columns})


def head_of(title: str, columns: list[Column]) -> dict[str, Any]:
    """What the keys and values of the rows mean."""
    return {
        "title": title,
        "fields": {column.key: column.label for column in columns},
        "choices": {column.key: column.choices for column in columns if column.choices},
    }


def document(head: dict[str, Any], rows: Iterator[str]) -> Iterator[str]:
    """A JSON object with a row on each line, a piece at a time."""
    yield dumped(head)[:-1] + ', "rows": ['
    comma = "\n"
    for row in rows:
        yield comma + row
        comma = ",\n"
    yield "\n]}\n"


def _column(field: Any) -> Column:
    label = str(field.verbose_name)
    if field.is_relation:
        return Column(field.name, label, lambda row: _related(getattr(row, field.name)), lambda row: _name(row, field))
    choices = {str(key): str(words) for key, words in field.flatchoices} or None
    return Column(field.name, label, lambda row: getattr(row, field.name), lambda row: _shown(row, field), choices)


def _related(other: Any) -> Any:
    if other is None:
        return None
    if isinstance(other, User):
        return str(other)
    if isinstance(other, Agency):
        return {"code": other.code, "words": other.name}
    return {"id": other.pk, "words": str(other)}


def _name(row: Any, field: Any) -> Cell:
    other = getattr(row, field.name)
    return None if other is None else str(other)


def _shown(row: Any, field: Any) -> Cell:
    value = getattr(row, field.name)
    if value is None or isinstance(value, bool):
        return None if value is None else ("có" if value else "không")
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%H:%M:%S %d/%m/%Y")
    if isinstance(value, str | int | float | Decimal | date):
        return value
    return "; ".join(map(str, value)) if isinstance(value, list) else dumped(value)
