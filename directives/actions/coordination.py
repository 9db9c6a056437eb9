"""Who coordinates a task: bodies that staff name for what is only a name in the text."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from agencies.errors import Refused
from agencies.history import acting
from agencies.models import Agency, User
from directives.actions.locking import locked_task, require_keeper
from directives.models import Coordinator, CoordinatorMember


def name_coordinators(
    *, coordinator: Coordinator, agencies: Sequence[Agency], by: User, day: date, version: int | None = None
) -> Coordinator:
    """These bodies, and no others, read along; they owe nothing. One: the name means that body; none: only text.

    `version` is that of the task. The same again changes nothing.
    """
    require_keeper(by)
    with acting(by, "name_coordinators", day):
        task = locked_task(coordinator.task_id, version)
        row = Coordinator.objects.select_for_update(of=("self",)).select_related("agency").get(pk=coordinator.pk)
        if unfit := next((each for each in agencies if each.is_group or each.has_ended), None):
            raise Refused(f"{unfit.label} không thể là cơ quan phối hợp.", "agencies")
        single = agencies[0] if len(agencies) == 1 else None
        # A name that the register knows as a group goes on meaning it.
        body = single or (row.agency if row.agency and row.agency.is_group else None)
        members = {} if single else {each.pk: each for each in agencies}
        there = set(row.members.values_list("agency", flat=True))
        if row.agency == body and there == members.keys():
            return row
        row.agency = body
        row.save()
        row.members.exclude(agency__in=members).delete()
        CoordinatorMember.objects.bulk_create(
            CoordinatorMember(coordinator=row, agency=agency) for pk, agency in members.items() if pk not in there
        )
        task.version += 1
        task.save()
        return row
