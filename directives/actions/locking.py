"""One writer at a time, and a courteous word to the second."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

from django.db.models import QuerySet
from django.utils import timezone

from agencies.errors import Refused
from agencies.history import told
from agencies.models import User
from directives.actions.words import verb_words
from directives.models import Assignment, CalendarDay, Directive, Passage, Submission, Task

Versioned = TypeVar("Versioned", Assignment, Task, Submission, CalendarDay, Passage)


class Stale(Refused):
    """Somebody else changed it since the page was loaded; the message says who and what.

    `version` is the present one: whoever has read the message may send again with it.
    """

    def __init__(self, message: str, version: int) -> None:
        super().__init__(message)
        self.version = version


def locked_assignment(pk: int, version: int | None = None) -> Assignment:
    """The assignment under a row lock. `version`: what the person saw; raises Stale if it has changed."""
    rows = Assignment.objects.select_for_update(of=("self",), no_key=True).select_related("task__directive", "agency")
    return require_fresh(rows.get(pk=pk), version)


def locked_task(pk: int, version: int | None = None) -> Task:
    """The task under a row lock; as above."""
    rows = Task.objects.select_for_update(of=("self",), no_key=True).select_related("directive", "addressee")
    return require_fresh(rows.get(pk=pk), version)


def lock_tasks(tasks: Iterable[int] | QuerySet) -> None:
    """Before assignments are locked that may go to another body: a correction of a deadline locks in this order too."""
    list(
        Task.objects.filter(pk__in=tasks).order_by("pk").select_for_update(of=("self",), no_key=True).values_list("pk")
    )


def lock_directives(directives: Iterable[int] | QuerySet) -> None:
    """Before tasks: whoever closes one of them waits, or has closed it, which a query after this one sees."""
    list(Directive.objects.filter(pk__in=directives).order_by("pk").select_for_update(no_key=True).values_list("pk"))


def require_fresh(row: Versioned, version: int | None) -> Versioned:
    """The row, unless it has changed since `version` was seen; then raises Stale."""
    if version is not None and row.version != version:
        events = row.pgh_event_model.objects  # type: ignore[attr-defined]
        raise Stale(who_changed(events.filter(pgh_obj_id=row.pk).latest("pgh_id")), row.version)
    return row


def who_changed(event: Any) -> str:
    """Of the last event row: there is one for every change, written by the database itself."""
    last = told(event)
    moment = timezone.localtime(last.moment).strftime("%H:%M ngày %d/%m/%Y")
    return (
        f"Trong lúc ông/bà đang mở trang, {last.who} đã {verb_words(last.verb)} (lúc {moment}). "
        "Thay đổi của ông/bà chưa được ghi; nội dung đã nhập vẫn còn. Xin xem lại rồi gửi lại nếu cần."
    )


def require_keeper(by: User | None) -> None:
    """Only the standing staff and the administrator; None is the system itself (a command)."""
    if by is not None and not (by.is_active and by.keeps_tasks):
        raise Refused("Chỉ cán bộ thường trực được làm việc này.")


def require_followed(directive: Directive) -> None:
    """A closed directive is as it was decided, until somebody follows it again."""
    if directive.closed_on:
        raise Refused(
            f"{directive.code} đã kết thúc theo dõi từ ngày {directive.closed_on:%d/%m/%Y}. "
            "Muốn làm tiếp, xin mở lại theo dõi văn bản trước."
        )


def require_reason(reason: str) -> str:
    if not (words := reason.replace("\0", "").strip()):
        raise Refused("Xin ghi lý do.", "reason")
    return words
