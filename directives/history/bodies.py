"""What happened to a body itself: its names and dates, groups, people, rounds, and who took over from whom."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q

from agencies.models import (
    Agency,
    AgencyCode,
    AgencyUserPermission,
    Invitation,
    Membership,
    SuccessionLink,
)
from directives.history.events import changes
from directives.history.line import Line
from directives.models import Submission

# What is told of a body: the tracked model, how its event rows name the body, and what the line is about.
_ABOUT: tuple[tuple[type[models.Model], str, str], ...] = (
    (Agency, "pgh_obj_id", "Cơ quan"),
    (Membership, "member_id", "Thành viên nhóm"),
    (Membership, "group_id", "Thành viên nhóm"),
    (AgencyUserPermission, "content_object_id", "Quyền của người trong đơn vị"),
    (Invitation, "agency_id", "Lời mời"),
    (AgencyCode, "agency_id", "Mã định danh"),
    (SuccessionLink, "old_id", "Kế thừa"),
    (SuccessionLink, "new_id", "Kế thừa"),
    (Submission, "agency_id", "Báo cáo kỳ"),
)


def of_body(agency: Agency, since: date, until: date) -> Iterator[Line]:
    """Lines about the body between two days; what its work went through is not among them."""
    for model, column, where in _ABOUT:
        condition: Any = {column: agency.pk}
        yield from changes(model, Q(**condition), since=since, until=until, where=where)
