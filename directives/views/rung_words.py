"""What a rule of reminders does, in one sentence."""

from __future__ import annotations

from collections.abc import Iterator

from directives.actions.rungs import AFTER, CHANGEABLE, climbs
from directives.models import Reason, RungRule

NAMES = {
    "to_liaison": "gửi đầu mối",
    "head_after": "gửi thủ trưởng cơ quan",
    "standing_after": "báo cơ quan thường trực",
    "leader_after": "báo lãnh đạo",
}
NEXT_MORNING = "Báo vào sáng làm việc kế tiếp"


def sentence(rule: RungRule) -> str:
    """Nhắc trước 7, 3, 1 ngày; gửi đầu mối."""
    if not rule.is_on:
        return "Không nhắc."
    return "; ".join((_when(rule), *_who(rule))) + "."


def said(name: str, value: object) -> str | None:
    """The value of one of AFTER; None for every other setting, which needs no words of its own."""
    if name not in AFTER:
        return None
    if value is None:
        return "Không"
    return f"Từ ngày thứ {value}" if value else "Cùng lúc"


def _when(rule: RungRule) -> str:
    match rule.reason:
        case Reason.BEFORE:
            return f"Nhắc {_before(rule, 'trước')}"
        case Reason.ON_DAY:
            return "Nhắc trong ngày đến hạn"
        case Reason.AFTER:
            return f"Nhắc khi quá hạn {_repeats(rule)}"
        case Reason.RETURNED:
            before = f"; nhắc {_before(rule, 'trước hạn bổ sung')}" if rule.steps else ""
            after = f"; nhắc khi quá hạn bổ sung {_repeats(rule)}" if rule.first else ""
            return f"{NEXT_MORNING}{before}{after}"
        case Reason.ROUND_OPEN:
            return "Báo vào sáng làm việc sau ngày chốt số liệu"
        case Reason.ROUND_SOON:
            return f"Nhắc {_before(rule, 'trước hạn gửi')}"
        case Reason.ROUND_MISSED:
            return f"Nhắc khi quá hạn gửi {_repeats(rule)}"
        case Reason.DRAFTED:
            return "Báo khi phần mềm đã lập dự thảo báo cáo của kỳ"
        case Reason.WAITING:
            return f"Nhắc khi đề nghị đã chờ {_repeats(rule)}"
        case Reason.NUDGED:
            return "Báo khi cán bộ thường trực chọn “Nhắc ngay”"
        case _:
            return NEXT_MORNING


def _before(rule: RungRule, words: str) -> str:
    """trước hạn gửi 3, 1 ngày và trong ngày hạn"""
    days = [str(step) for step in rule.steps if step]
    parts = [f"{words} {', '.join(days)} ngày"] if days else []
    return " và ".join([*parts, "trong ngày hạn"] if 0 in rule.steps else parts)


def _repeats(rule: RungRule) -> str:
    again = f"rồi {rule.every} ngày một lần" if rule.every else "một lần"
    return f"{rule.first} ngày, {again}"


def _who(rule: RungRule) -> Iterator[str]:
    """Those who hear from the beginning, then those who hear later, the nearest first."""
    starts = {name: _start(rule, name) for name in NAMES if name in CHANGEABLE[rule.reason]}
    if at_once := [NAMES[name] for name, start in starts.items() if start == 0]:
        yield ", ".join(at_once)
    for start, name in sorted((start, name) for name, start in starts.items() if start):
        yield f"từ ngày thứ {start} {NAMES[name]}"
    if rule.reason == Reason.WAITING:
        yield "đề nghị của chính cơ quan thường trực thì báo lãnh đạo"


def _start(rule: RungRule, name: str) -> int | None:
    """From which day on they hear; 0: with the first reminder that there is; None: never."""
    if name == "to_liaison":
        return 0 if rule.to_liaison else None
    days: int | None = getattr(rule, name)
    if not days or not climbs(rule.reason):
        return days
    earlier = rule.first if not rule.steps else 0
    return 0 if days <= earlier else max(days, rule.first)
