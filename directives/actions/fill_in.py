"""A directive that only an old tracking workbook knew gets the text of its real document (docs/decisions/020)."""

from __future__ import annotations

from datetime import date
from typing import Any

from agencies.models import User
from directives import notices
from directives.actions.locking import lock_directives, require_followed
from directives.actions.notice_rows import NoticeRows
from directives.models import Directive


def fill_in(found: Directive, notice: notices.Notice, read: dict[str, Any], *, by: User | None, day: date) -> Directive:
    """The directive with its own text, published as it was; what the document does not say stays as the book has it.

    `read`: the fields that `told` made of the notice. The work of the book stays with those who carry it, in the
    book's words, and stands nowhere in the text until staff say where (`text_tasks`). Inside an `acting()` of the
    caller, who lets one at a time through here. Raises Refused for a directive that has been closed.
    """
    lock_directives([found.pk])
    row = Directive.objects.get(pk=found.pk)
    require_followed(row)
    for name, value in read.items():
        setattr(row, name, value)
    row.book = None
    row.save()
    # The places were those of the words that the book had put there.
    row.tasks.filter(start__isnull=False).update(start=None, end=None)
    row.addressees.update(start=0, end=0)
    NoticeRows(row, notice, by=by, day=day).cite()
    return row
