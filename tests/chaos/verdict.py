"""What came of a trial: the mails that the server kept, against what was owed, what was finished and what crashed."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

# Between the last look at whether a task is still open and the beginning of the conversation about its mail. A machine
# with more processes than cores makes a sender wait; nothing else may.
CLAIM = 2.0
# Between the server's answer and the stamp.
STAMP = 2.0


@dataclass
class Facts:
    """`owed`: (address, task, code of agency). `finished`: (task, code) → moment. `crashes`: [(moment, what)].

    `mails`: what the server wrote down, in its order; `owed_at_end`: rows that still wait.
    """

    owed: set
    finished: dict
    mails: list
    crashes: list
    processes: int
    owed_at_end: int = 0


@dataclass
class Verdict:
    """The counts of a trial; each list holds the cases that break a promise."""

    owed: int = 0
    arrived: int = 0
    settled: int = 0  # finished before their mail left: nothing to send any more
    people: int = 0
    mails: int = 0
    refused: dict = field(default_factory=dict)
    bound: int = 0
    repeats: int = 0  # the server had answered, and got the same mail again
    repeats_of_the_database: int = 0  # of these, those that no kill explains but a restart of PostgreSQL
    repeats_of_lost_answers: int = 0  # the server had kept it and dropped the line
    missing: list = field(default_factory=list)
    strangers: list = field(default_factory=list)
    after_the_end: list = field(default_factory=list)
    doubled: list = field(default_factory=list)
    changed: list = field(default_factory=list)
    without_crash: list = field(default_factory=list)
    owed_at_end: int = 0

    @property
    def broken(self):
        """The promises that did not hold, in words."""
        wrong = {
            "owed and never arrived": len(self.missing),
            "arrived and were not owed": len(self.strangers),
            "named in a mail that was begun after they were finished": len(self.after_the_end),
            "came twice under different Message-IDs": len(self.doubled),
            "repeated with other content": len(self.changed),
            "repeated though nothing had crashed": len(self.without_crash),
            "still waiting at the end": self.owed_at_end,
        }
        broken = [f"{count} {words}" for words, count in wrong.items() if count]
        if self.repeats > self.bound:
            broken.append(f"{self.repeats} repeats, more than kills × processes = {self.bound}")
        return broken


def judge(facts):
    kept = [mail for mail in facts.mails if "id" in mail]
    kills = [moment for moment, what in facts.crashes if what == "kill"]
    verdict = Verdict(
        owed=len(facts.owed),
        people=len({address for address, *_ in facts.owed}),
        mails=len(kept),
        refused=dict(Counter(mail["refused"] for mail in facts.mails if "refused" in mail)),
        bound=len(kills) * facts.processes,
        owed_at_end=facts.owed_at_end,
    )
    _arrivals(verdict, facts, kept)
    _repeats(verdict, facts, kept)
    return verdict


def _arrivals(verdict, facts, kept):
    ids = defaultdict(set)
    for mail in kept:
        for task, code in mail["names"]:
            ids[mail["to"], int(task), code].add(mail["id"])
            end = facts.finished.get((int(task), code))
            if end and mail["begun"] > end + CLAIM:
                verdict.after_the_end.append({"line": [mail["to"], task, code], "late_by": mail["begun"] - end})
    verdict.arrived = len(facts.owed & ids.keys())
    verdict.strangers = sorted(ids.keys() - facts.owed)
    gone = facts.owed - ids.keys()
    verdict.missing = sorted(line for line in gone if line[1:] not in facts.finished)
    verdict.settled = len(gone) - len(verdict.missing)
    verdict.doubled = sorted(line for line, found in ids.items() if len(found) > 1)


def _repeats(verdict, facts, kept):
    copies = defaultdict(list)
    for mail in kept:
        copies[mail["to"], mail["id"]].append(mail)
    for same in copies.values():
        for first, again in zip(same, same[1:], strict=False):
            _repeat(verdict, facts, first, again)


def _repeat(verdict, facts, first, again):
    told = {"to": first["to"], "id": first["id"], "begun": first["begun"], "again": again["begun"]}
    finished_since = {(task, code) for task, code in map(tuple, first["names"]) if (int(task), code) in facts.finished}
    dropped = set(map(tuple, first["names"])) - set(map(tuple, again["names"]))
    if again["body"] != first["body"] and not (dropped and dropped <= finished_since):
        verdict.changed.append(told)
    if not first["answered"]:
        verdict.repeats_of_lost_answers += 1
        return
    verdict.repeats += 1
    over = first["at"] + first["pause"] + STAMP
    crashes = {what for moment, what in facts.crashes if first["begun"] - CLAIM <= moment <= over}
    verdict.repeats_of_the_database += crashes == {"postgres"}
    if not crashes:
        verdict.without_crash.append(told)
