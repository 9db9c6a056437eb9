"""What the bell shows one person: what calls them now, by urgency; then what they need not do any more."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import Max, Q

from agencies.models import User
from directives.deadlines import Life
from directives.models import (
    OF_ROUNDS,
    ChannelName,
    Reason,
    Reminder,
    ReminderState,
    Submission,
    SubmissionState,
)
from directives.reminders.lines import Line, with_names, written
from directives.reminders.owed import Only, Owed, key_of, what_is_owed
from directives.reminders.wording import Group

# How long what was seen is shown on, and how many of all are shown: whoever has more works with the lists of work.
SEEN_SHOWN = timedelta(days=30)
LONGEST = 1000


class Thing(NamedTuple):
    """What a reminder is about, whichever of its rungs: the next may be due before the morning's plan is made."""

    about: tuple[int, int, int]  # assignment, agency, round; 0 where there is none
    kind: str
    deadline: date
    source: int


class Notice(NamedTuple):
    """The latest row of one thing, with what became of it.

    `calls`: the person would be told of it today. `is_replaced`: of something else about the same work, now.
    `is_unseen`: one of its rows has not been looked at.
    """

    key: int
    calls: bool
    is_replaced: bool
    is_unseen: bool


@dataclass(frozen=True)
class Notices:
    """A person's notices in the order of the page: those that call, then the others, each the newest first.

    `newest`: the key up to which all is seen once this is. `is_cut`: there are more than are shown.
    """

    each: Sequence[Notice]
    newest: int
    is_cut: bool


@dataclass(frozen=True)
class Told:
    """One line of the page. `why`: why nothing more is needed of the person; empty while it calls."""

    line: Line
    is_unseen: bool
    why: str = ""


@dataclass(frozen=True)
class Shown:
    """One page in words."""

    calling: Sequence[tuple[Group, Sequence[Told]]]
    over: Sequence[Told]


def notices_of(user: User, day: date) -> Notices:
    """A dozen queries, however many notices."""
    recent = Q(state=ReminderState.OWED) | Q(sent_on__gt=day - SEEN_SHOWN)
    rows = list(Reminder.objects.told_to(user).filter(recent).order_by("-planned_on", "-pk")[: LONGEST + 1])
    found = list(_notices(rows[:LONGEST], set(_calling(rows, user, day))))
    # Also what the person may see no longer: else it would be counted until the next morning.
    newest = Reminder.objects.owed().by(ChannelName.BELL).filter(recipient=user).aggregate(key=Max("pk"))["key"]
    return Notices(sorted(found, key=lambda notice: not notice.calls), newest or 0, len(rows) > LONGEST)


def shown(notices: Iterable[Notice], day: date) -> Shown:
    """These notices in words. At most eight queries."""
    by_key = {notice.key: notice for notice in notices}
    rows = {row.pk: row for row in with_names(Reminder.objects.filter(pk__in=by_key))}
    newest_first = [rows[key] for key in by_key if key in rows]
    calling = [row for row in newest_first if by_key[row.pk].calls]
    over = [row for row in newest_first if not by_key[row.pk].calls]
    sections = [
        (section.group, [Told(line, _is_unseen(line, by_key)) for line in section.lines])
        for section in written(calling, day).sections
    ]
    return Shown(sections, _over(over, by_key, day))


def _is_unseen(line: Line, notices: Mapping[int, Notice]) -> bool:
    return any(notices[carrier.key].is_unseen for carrier in line.carriers)


def _calling(rows: Collection[Reminder], user: User, day: date) -> Iterator[Thing]:
    """The things that the person would be told of today."""
    if rows:
        about = {row.assignment_id for row in rows if row.assignment_id}
        only = Only(ChannelName.BELL, {user.pk}, {user.pk}, about, any(row.round_id for row in rows))
        owed = what_is_owed(day, only)
        yield from (_thing(key) for key, _ in owed)


def _notices(rows: Iterable[Reminder], calling: set[Thing]) -> Iterator[Notice]:
    """One for each thing; `rows`: the newest first."""
    alike: dict[Thing, list[Reminder]] = {}
    for row in rows:
        alike.setdefault(_thing(key_of(row)), []).append(row)
    at_work = {thing.about for thing in calling if thing.kind not in _NEWS}
    for thing, each in alike.items():
        is_unseen = any(row.state == ReminderState.OWED for row in each)
        yield Notice(each[0].pk, thing in calling, thing.about in at_work, is_unseen)


# Of a deadline, and of a round, each rung follows upon the one before it: they are one thing.
_RUNGS = (Reason.BEFORE, Reason.ON_DAY, Reason.AFTER)
# What is told once, and calls for nothing by itself.
_NEWS = (Reason.RECEIVED, Reason.EXTENSION, Reason.RELEASE, Reason.ANSWERED, Reason.NUDGED)


def _thing(key: Owed) -> Thing:
    kind = "deadline" if key.reason in _RUNGS else "round" if key.reason in OF_ROUNDS else key.reason
    return Thing((key.assignment, key.agency, key.round), kind, key.deadline, key.source)


def _over(rows: Sequence[Reminder], notices: Mapping[int, Notice], day: date) -> list[Told]:
    """In the order of `rows`; of several about one assignment the most urgent."""
    sent = _reports_sent(rows)
    groups: dict[str, list[Reminder]] = {}
    for row in rows:
        groups.setdefault(_why(row, notices[row.pk], sent), []).append(row)
    place = {row.pk: number for number, row in enumerate(rows)}
    found = [
        (min(place[carrier.key] for carrier in line.carriers), Told(line, _is_unseen(line, notices), why))
        for why, alike in groups.items()
        for section in written(alike, day).sections
        for line in section.lines
    ]
    return [each for _, each in sorted(found, key=lambda pair: pair[0])]


def _reports_sent(rows: Iterable[Reminder]) -> set[tuple[int, int]]:
    """Round and agency of the reports that were sent since; no query where there is no round."""
    rounds = {row.round_id for row in rows if row.round_id}
    sent = Submission.objects.filter(round__in=rounds, state=SubmissionState.SENT) if rounds else None
    return set(sent.values_list("round", "agency")) if sent is not None else set()


def _why(row: Reminder, notice: Notice, sent: Collection[tuple[int | None, int | None]]) -> str:
    """Why nothing more is needed; never "done" of what is not."""
    if _is_done(row, sent):
        return "Đã xong, không còn cần"
    if notice.is_replaced:
        return "Thay bằng thông báo mới"
    return "Đã thông báo" if row.reason in _NEWS else "Không nhắc nữa"


def _is_done(row: Reminder, sent: Collection[tuple[int | None, int | None]]) -> bool:
    """Whether what the person was to do has been done: reported, decided, sent."""
    if row.assignment is None:
        return (row.round_id, row.agency_id) in sent
    if row.reason == Reason.WAITING:
        return row.assignment.life != Life.AWAITING
    return row.assignment.life in (Life.AWAITING, Life.DONE)
