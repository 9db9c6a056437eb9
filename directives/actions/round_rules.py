"""Which reports the office asks for, by which days; and the rounds that follow from it (Decree 09/2019/NĐ-CP)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from agencies.errors import Refused
from agencies.history import acting
from agencies.models import User
from directives import rounds
from directives.actions.locking import require_keeper
from directives.actions.turnstile import one_at_a_time
from directives.models import Round, RoundRule
from directives.rounds import Cadence, Window
from directives.workdays import add_working_days, next_working_day

DAYS = ("cut_off", "due_local", "due_agency", "due_standing")
CHANGEABLE = ("is_on", "since", *DAYS)
LAST_DAY = 28  # that every month has
# How long after it closed a round may still be opened: whoever reports later does so by a note of its own.
LOOK_BACK = timedelta(days=62)


def set_round_rule(cadence: Cadence, *, by: User | None, day: date, **values: Any) -> list[str]:
    """Change some of CHANGEABLE for one cadence; gives the names of what differed. Raises Refused, naming the field.

    Rounds that have not closed and that nobody has begun follow at once; all others keep their days.
    """
    require_keeper(by)
    if unknown := values.keys() - set(CHANGEABLE):
        raise TypeError(f"not a choice of a round: {sorted(unknown)}")
    with acting(by, "set_round_rule", day):
        one_at_a_time("rounds")
        rule = RoundRule.objects.filter(cadence=cadence).first() or RoundRule(cadence=cadence)
        wanted = {name: values.get(name, getattr(rule, name)) for name in CHANGEABLE}
        if wanted["is_on"] and not wanted["since"]:
            wanted["since"] = day
        _check(wanted)
        differing = [name for name, value in wanted.items() if getattr(rule, name) != value]
        for name in differing:
            setattr(rule, name, wanted[name])
        if differing or rule.pk is None:
            rule.save()
        if differing:
            _follow(day)
        return differing


def open_rounds(day: date) -> list[Round]:
    """The rounds that run on `day` or closed lately, made where they are missing. Twice is harmless.

    Where several windows close together (month, quarter, year), one round: that of the longest.
    """
    with acting(None, "open_rounds", day):
        one_at_a_time("rounds")
        wanted = _wanted(day)
        months = {_month(each.end) for each in Round.objects.filter(end__gte=day - 2 * LOOK_BACK)}
        return [
            Round.objects.get_or_create(end=each.end, defaults=_fields(each))[0]
            for month, each in sorted(wanted.items())
            if month not in months
        ]


def missing_rounds(day: date) -> bool:
    """Whether `open_rounds` would make any: the schedule has not run since they are due."""
    there = {_month(end) for end in Round.objects.filter(end__gte=day - 2 * LOOK_BACK).values_list("end", flat=True)}
    return not _wanted(day).keys() <= there


def _follow(day: date) -> None:
    """Rounds that still run and that nobody has begun take the days chosen now, or go."""
    wanted = _wanted(day)
    for row in Round.objects.filter(end__gte=day, submissions=None, notes=None):
        if made := wanted.get(_month(row.end)):
            Round.objects.filter(pk=row.pk).update(end=made.end, **_fields(made))
        else:
            row.delete()
    open_rounds(day)


def _wanted(day: date) -> dict[tuple[int, int], Round]:
    """By month: the round of the longest window that closes in it."""
    found: dict[tuple[int, int], Round] = {}
    rules = {rule.cadence: rule for rule in RoundRule.objects.filter(is_on=True)}
    for cadence in Cadence:  # the longest last
        if rule := rules.get(cadence):
            found |= {_month(window.end): _round(window, rule) for window in _windows(rule, day)}
    return found


def _windows(rule: RoundRule, day: date) -> Iterator[Window]:
    """The running one, and those that closed lately but not before the rule held."""
    cadence = Cadence(rule.cadence)
    if running := rounds.running(day, cadence, rule.cut_off):
        yield running
    window = rounds.last_closed(day, cadence, rule.cut_off)
    while rule.since and window.end >= max(rule.since, day - LOOK_BACK):
        yield window
        window = rounds.last_closed(window.end, cadence, rule.cut_off)


def _round(window: Window, rule: RoundRule) -> Round:
    first = add_working_days(window.end, 2)
    due = {
        name: max(first, next_working_day(window.end.replace(day=getattr(rule, name))))
        for name in ("due_local", "due_agency", "due_standing")
    }
    return Round(cadence=window.cadence, start=window.start, end=window.end, **due)


def _fields(made: Round) -> dict[str, Any]:
    return {name: getattr(made, name) for name in ("cadence", "start", "due_local", "due_agency", "due_standing")}


def _month(day: date) -> tuple[int, int]:
    """Windows close once in a month at most, so this names a round whatever its cut-off day."""
    return day.year, day.month


def _check(wanted: dict[str, Any]) -> None:
    for name in DAYS:
        if not 1 <= wanted[name] <= LAST_DAY:
            raise Refused(f"Xin ghi một ngày trong tháng, từ 1 đến {LAST_DAY}.", name)
    if wanted["due_local"] < wanted["cut_off"] + 2:
        raise Refused(
            "Phải có ít nhất một ngày làm việc giữa ngày chốt số liệu và ngày gửi đầu tiên "
            f"(khoản 5 Điều 8 Nghị định 09/2019/NĐ-CP): sớm nhất là ngày {wanted['cut_off'] + 2}.",
            "due_local",
        )
    if wanted["due_agency"] < wanted["due_local"]:
        raise Refused("Sở, ngành không gửi trước cấp xã, huyện: xin ghi ngày bằng hoặc sau ngày ở trên.", "due_agency")
    if wanted["due_standing"] < wanted["due_agency"]:
        words = "Cơ quan thường trực tổng hợp sau cùng: xin ghi ngày bằng hoặc sau ngày của sở, ngành."
        raise Refused(words, "due_standing")
