"""What was done to a person's account, by whom, told from the event rows of the database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.apps import apps

from agencies.history import told
from agencies.models import Agency, Role, User

WORDS = {
    "username": "tên đăng nhập",
    "full_name": "họ và tên",
    "title": "chức vụ",
    "email": "thư điện tử",
    "role": "vai trò",
    "agency_id": "cơ quan công tác",
}


@dataclass(frozen=True)
class Change:
    """One line: the business day, who did it, and what, as a verb with its object."""

    day: date
    who: str
    what: str
    moment: datetime


def changes_of(user: User, limit: int = 50) -> list[Change]:
    """The latest changes of an account and of its grants, newest first. Three queries."""
    names = dict(Agency.objects.values_list("pk", "short_name"))
    found = [*_account(user, names), *_grants(user, names)]
    return sorted(found, key=lambda change: change.moment, reverse=True)[:limit]


def _account(user: User, names: dict[int, str]) -> Iterator[Change]:
    before = None
    for event in apps.get_model("agencies", "UserEvent").objects.filter(pgh_obj=user.pk).order_by("pgh_id"):
        for what in _differences(before, event, names):
            yield _change(event, what)
        before = event


def _grants(user: User, names: dict[int, str]) -> Iterator[Change]:
    for event in apps.get_model("agencies", "AgencyUserPermissionEvent").objects.filter(user_id=user.pk):
        done = "thu hồi quyền" if event.pgh_label == "delete" else "cấp quyền"
        yield _change(event, f"đã {done} thay mặt {names.get(event.content_object_id, 'cơ quan đã xóa')}")


def _differences(before: Any, after: Any, names: dict[int, str]) -> Iterator[str]:
    if before is None:
        yield "đã tạo tài khoản"
        return
    if before.is_active != after.is_active:
        yield "đã mở lại tài khoản" if after.is_active else "đã khóa tài khoản"
    for field, word in WORDS.items():
        old, new = getattr(before, field), getattr(after, field)
        if old != new:
            yield f"đã đổi {word}: {_say(field, old, names)} → {_say(field, new, names)}"


def _say(field: str, value: Any, names: dict[int, str]) -> str:
    if field == "role":
        return str(Role(value).label)
    if field == "agency_id":
        value = names.get(value)
    return str(value) if value else "(trống)"


def _change(event: Any, what: str) -> Change:
    said = told(event)
    return Change(day=said.day, who=said.who, what=what, moment=said.moment)
