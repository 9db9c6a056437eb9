"""Which reminders the office uses, on which days, and whom they reach (design, section 3.10)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import pairwise
from typing import Any

from django.apps import apps

from agencies.errors import Refused
from agencies.history import acting
from agencies.models import User
from directives.actions.locking import Stale, who_changed
from directives.actions.turnstile import one_at_a_time
from directives.models import Reason, RungRule

AFTER = ("head_after", "standing_after", "leader_after")
_PEOPLE = ("to_liaison", *AFTER)
_NEWS = (Reason.RECEIVED, Reason.EXTENSION, Reason.RELEASE, Reason.ANSWERED, Reason.NUDGED)
# Of each reason what the office may choose: the rest means nothing for it.
CHANGEABLE: Mapping[str, tuple[str, ...]] = {
    Reason.BEFORE: ("is_on", "steps", *_PEOPLE),
    Reason.ON_DAY: ("is_on", *_PEOPLE),
    Reason.AFTER: ("is_on", "first", "every", *_PEOPLE),
    Reason.RETURNED: ("is_on", "steps", "first", "every", *_PEOPLE),
    Reason.ROUND_OPEN: ("is_on", *_PEOPLE),
    Reason.ROUND_SOON: ("is_on", "steps", *_PEOPLE),
    Reason.ROUND_MISSED: ("is_on", "first", "every", *_PEOPLE),
    Reason.DRAFTED: ("is_on", "standing_after", "leader_after"),
    Reason.WAITING: ("is_on", "first", "every", "standing_after", "leader_after"),
    **dict.fromkeys(_NEWS, ("is_on", *_PEOPLE)),
}
MOST_STEPS, MOST_DAYS, MOST_AFTER = 10, 60, 365


def climbs(reason: str) -> bool:
    """Whether somebody may hear later than the liaison; of the others all hear at once, or not at all."""
    return "first" in CHANGEABLE[reason]


def least_step(reason: str) -> int:
    """How near a reminder may come before the day; the day itself is a reason of its own for deadlines."""
    return 1 if reason == Reason.BEFORE else 0


def least_first(reason: str) -> int:
    """After a supplement's day there may be no reminder; elsewhere that is what switching off is for."""
    return 0 if reason == Reason.RETURNED else 1


def rungs_version() -> int:
    """What somebody has seen who reads the rules now. One query."""
    return _events().order_by("-pgh_id").values_list("pgh_id", flat=True).first() or 0


def change_rungs(
    *, by: User | None, day: date, changes: Mapping[str, Mapping[str, Any]], version: int | None = None
) -> list[str]:
    """Change some of CHANGEABLE, by reason; gives the reasons of which something differed.

    Raises Refused with the field `reason-name`; and Stale where the rules have changed since `version` was seen.
    """
    if by is not None and not (by.is_active and by.is_admin):
        raise Refused("Chỉ quản trị viên được thay đổi quy định nhắc việc.")
    with acting(by, "change_rungs", day):
        one_at_a_time("change_rungs")
        _require_seen(version)
        rules = RungRule.current()
        return [reason for reason, values in changes.items() if _change(rules[reason], values)]


def _change(rule: RungRule, values: Mapping[str, Any]) -> bool:
    if unknown := values.keys() - set(CHANGEABLE[rule.reason]):
        raise TypeError(f"not a choice of {rule.reason}: {sorted(unknown)}")
    differing = [name for name, value in values.items() if getattr(rule, name) != value]
    for name in differing:
        setattr(rule, name, values[name])
    if differing:
        if found := next(faults_of(rule), None):
            name, words = found
            raise Refused(words, f"{rule.reason}-{name}")
        rule.save()
    return bool(differing)


def faults_of(rule: RungRule) -> Iterator[tuple[str, str]]:
    """Whatever is wrong with a rule: the name of the field, and the words."""
    names = CHANGEABLE[rule.reason]
    if "steps" in names:
        yield from _faults_of_steps(rule)
    if "first" in names:
        yield from _faults_of_repeats(rule)
    yield from _faults_of_people(rule, names)


def _faults_of_steps(rule: RungRule) -> Iterator[tuple[str, str]]:
    steps, least = rule.steps, least_step(rule.reason)
    if any(not least <= step <= MOST_DAYS for step in steps):
        yield "steps", f"Mỗi số ngày phải từ {least} đến {MOST_DAYS}."
    if any(far <= near for far, near in pairwise(steps)):
        yield "steps", "Xin ghi các số ngày từ xa đến gần, không lặp lại. Ví dụ: 7, 3, 1."
    if len(steps) > MOST_STEPS:
        yield "steps", f"Nhiều nhất {MOST_STEPS} lần nhắc."
    if rule.is_on and not steps and not climbs(rule.reason):
        yield "steps", "Xin ghi ít nhất một số ngày; muốn thôi nhắc thì bỏ chọn “Đang dùng”."


def _faults_of_repeats(rule: RungRule) -> Iterator[tuple[str, str]]:
    least = least_first(rule.reason)
    if not least <= rule.first <= MOST_DAYS:
        yield "first", f"Xin ghi một số từ {least} đến {MOST_DAYS}."
    if not 0 <= rule.every <= MOST_DAYS:
        yield "every", f"Xin ghi một số từ 0 đến {MOST_DAYS}."


def _faults_of_people(rule: RungRule, names: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    after = {name: getattr(rule, name) for name in AFTER if name in names}
    for name, days in after.items():
        if days is not None and not 0 <= days <= (MOST_AFTER if climbs(rule.reason) else 0):
            yield name, f"Xin ghi một số từ 0 đến {MOST_AFTER}, hoặc bỏ trống."
        if days and not rule.first:
            yield name, "Chưa đặt lần nhắc nào sau hạn nên không có ngày này; xin ghi 0 hoặc bỏ trống."
    head, standing = after.get("head_after"), after.get("standing_after")
    if head is not None and standing is not None and head > standing:
        yield "head_after", "Thủ trưởng cơ quan được báo trước hoặc cùng lúc với cơ quan thường trực."
    hears = any(days is not None for days in after.values())
    if rule.is_on and not hears and not ("to_liaison" in names and rule.to_liaison):
        field = "to_liaison" if "to_liaison" in names else "standing_after"
        yield field, "Phải gửi ít nhất một nơi; muốn thôi nhắc thì bỏ chọn “Đang dùng”."


def _require_seen(version: int | None) -> None:
    now = rungs_version()
    if version is not None and version != now:
        raise Stale(who_changed(_events().latest("pgh_id")), now)


def _events() -> Any:
    """A row for every change of a rule, written by the database itself."""
    return apps.get_model("directives", "RungRuleEvent")._default_manager
