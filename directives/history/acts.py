"""One act, one line: what a verb wrote into several tables belongs together, however long its transaction was."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import replace
from datetime import timedelta

from directives.history.line import Line

# An act begins before it writes; the clocks of the server and of its database may differ by so much.
SKEW = timedelta(seconds=2)


def newest_first(lines: Iterable[Line]) -> list[Line]:
    """All lines, those of one act about one thing as one.

    Changes know their act. What was said (a note, a review, a decision) knows only the moment when it was written: it
    belongs to the latest act of that person, that day, about that thing, by such a verb, that had begun by then.
    """
    changed: dict[Hashable, Line] = {}
    said: list[Line] = []
    for line in lines:
        if line.act is None:
            said.append(line)
            continue
        key = (line.act, line.verbs, _about(line))
        changed[key] = _joined(changed[key], line) if key in changed else line
    acts = [_Act(line) for line in sorted(changed.values(), key=lambda line: line.moment)]
    open_acts: dict[Hashable, list[_Act]] = {}
    for act in acts:
        open_acts.setdefault(_about(act.change), []).append(act)
    alone = [
        line
        for line in sorted(said, key=lambda line: line.moment)
        if not any(act.take(line) for act in _latest_first(open_acts.get(_about(line), []), line))
    ]
    told = sorted([*(act.line() for act in acts), *alone], key=lambda line: (line.on, line.moment))
    return told[::-1]


def _about(line: Line) -> Hashable:
    return line.on, line.who, line.where


def _latest_first(acts: list[_Act], line: Line) -> list[_Act]:
    """Of those that began at the same moment (one long transaction) in their own order."""
    begun = [act for act in acts if act.change.moment <= line.moment + SKEW]
    return sorted(begun, key=lambda act: act.change.moment, reverse=True)


def _joined(one: Line, other: Line) -> Line:
    moment = max(one.moment, other.moment)
    return replace(one, moment=moment, details=tuple(dict.fromkeys((*one.details, *other.details))))


class _Act:
    """A change with what was said in the same act; of each kind at most one."""

    def __init__(self, change: Line) -> None:
        self.change = change
        self.said: dict[str, Line] = {}

    def take(self, line: Line) -> bool:
        if line.what in self.said or not set(line.verbs) & set(self.change.verbs):
            return False
        self.said[line.what] = line
        return True

    def line(self) -> Line:
        """Named and pictured by what was said, which says more; the changed values stand last."""
        if not self.said:
            return self.change
        first, *others = self.said.values()
        what = "; ".join([first.what, *(f"{other.what[:1].lower()}{other.what[1:]}" for other in others)])
        whole = replace(first, what=what)
        for each in (*others, self.change):
            whole = _joined(whole, each)
        return whole
