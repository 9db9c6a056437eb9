"""The way back from a change of many tasks: what nobody touched since is as it was."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F

from agencies.errors import Refused
from agencies.history import acting
from agencies.models import Agency, User
from directives.actions.bulk import Wish, change_one
from directives.actions.decisions import record_deadlines
from directives.actions.locking import locked_task, require_keeper
from directives.deadlines import Clock
from directives.models import Assignment, BulkChange, BulkKind, Task

# Of the reasons why nothing can be given back, so many are said.
SAID = 3


def undo_bulk(*, change: BulkChange, by: User, day: date) -> BulkChange:
    """Give each task what it had, unless somebody changed it since; why one was left stands in its row (`kept`).

    Raises Refused where it was undone before, or where nothing can be given back.
    """
    require_keeper(by)
    with acting(by, "undo_bulk", day):
        row = (
            BulkChange.objects.select_for_update(of=("self",), no_key=True)
            .select_related("undone_by")
            .get(pk=change.pk)
        )
        if row.undone_on:
            raise Refused(f"Thay đổi này đã được {row.undone_by} hoàn tác ngày {row.undone_on:%d/%m/%Y}.")
        row.rows = [_undo(record, row, by, day) for record in sorted(row.rows, key=lambda each: each["task"])]
        if all("kept" in record for record in row.rows):
            why = " ".join(sorted({record["kept"] for record in row.rows})[:SAID])
            raise Refused(f"Không còn nhiệm vụ nào hoàn tác được. {why}")
        row.undone_on, row.undone_by = day, by
        row.save()
        return row


def _undo(record: dict[str, Any], change: BulkChange, by: User, day: date) -> dict[str, Any]:
    try:
        with transaction.atomic():
            task = locked_task(record["task"], record["version"])
            if change.kind != BulkKind.LEAD:
                _require_untouched(task, record)
            _give_back(task, record, change, by, day)
    except Refused as refusal:
        return record | {"kept": str(refusal)}
    return record


def _require_untouched(task: Task, record: dict[str, Any]) -> None:
    """More time that an agency was given since is not taken away by a way back."""
    keys = [pk for pk, _, _ in record["carried"]]
    # Under their locks: more time that is just being given is waited for, and seen.
    rows = Assignment.objects.filter(pk__in=keys).order_by("pk").select_for_update(of=("self",), no_key=True)
    for pk, deadline in rows.values_list("pk", "deadline"):
        if (deadline.isoformat() if deadline else None) != record["after"]:
            agency = Assignment.objects.select_related("agency").get(pk=pk).agency
            raise Refused(f"Thời hạn của {agency.short_name} đã được thay đổi sau đó.")


def _give_back(task: Task, record: dict[str, Any], change: BulkChange, by: User, day: date) -> None:
    source = record["source"]
    instrument = f"Hoàn tác thay đổi hàng loạt số {change.pk}{f', trở lại {source}' if source else ''}"[:300]
    wish = _wish(record, BulkKind(change.kind), instrument)
    change_one(task, None, wish, by, day)
    if wish.kind != BulkKind.LEAD:
        # Whoever fixed the deadline decides again on more time; a period that the change brought goes with it.
        fields = {"deadline_by": record.get("deadline_by"), "period_end": record["period_end"]}
        # A first day that came by mistake was none.
        if record.get("first_deadline", "") is None:
            fields |= {"first_deadline": None, "deadline_source": record["source"]}
        Task.objects.filter(pk=task.pk).update(**fields)
    if wish.deadline:
        _give_back_own_days(record, wish.deadline, instrument, by, day)


def _wish(record: dict[str, Any], kind: BulkKind, instrument: str) -> Wish:
    if kind == BulkKind.LEAD:
        return Wish(kind, lead=Agency.objects.filter(pk=record["lead"]).first())
    if record["clock"] == Clock.DATED:
        return Wish(BulkKind.DEADLINE, deadline=date.fromisoformat(record["deadline"]), instrument=instrument)
    end = date.fromisoformat(record["period_end"]) if record["period_end"] else None
    return Wish(BulkKind.CLOCK, clock=Clock(record["clock"]), period_end=end, instrument=instrument)


def _give_back_own_days(record: dict[str, Any], common: date, instrument: str, by: User, day: date) -> None:
    """Members that had a day of their own (more time) get it again."""
    for pk, deadline, until in record["carried"]:
        if deadline == common.isoformat():
            continue
        # What was finished since keeps the deadline that it was judged by.
        own = Assignment.objects.unfinished().filter(pk=pk)
        words = f"{date.fromisoformat(deadline):%d/%m/%Y}" if deadline else "(không có)"
        rows = list(own.select_related("task"))
        record_deadlines(rows, verb="undo_bulk", new=words, instrument=instrument, by=by, day=day)
        own.update(deadline=deadline, extended_until=until, version=F("version") + 1)
