"""A state machine over the life of assignments: every verb, by everybody, on any day, against plain Python.

What the plain model allows must succeed and what it forbids must be refused, with nothing changed. `EXPLORE=500` looks
farther than the fixed examples of every run.
"""

import os
from collections import Counter
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from agencies.errors import Refused
from agencies.models import Agency, Role, Shape, User
from agencies.succession import NewBody
from directives import figures
from directives.actions import extensions, life, releases, reviews, tasks
from directives.actions.closing import Decided, close_directive, reopen_directive, undecided
from directives.actions.notes import Cited, Letter, Said, enter_for_agency, report_progress
from directives.actions.round_rules import open_rounds
from directives.actions.rounds import Line, send_round, submission_for
from directives.actions.succession import succeed
from directives.models import Addressee, Assignment, Extension, Ground, Release, Round, RoundRule, Task, Verdict
from tests.directives.conftest import person
from tests.directives.life_invariants import STEPS, Invariants, snapshot
from tests.directives.plain_life import ISSUED, LIMIT, OPEN, TO_DO, Duty, Plain, Work

EXPLORE = int(os.environ.get("EXPLORE", 0))
SETTINGS = settings(
    max_examples=EXPLORE or 10,
    stateful_step_count=25,
    deadline=None,
    derandomize=not EXPLORE,
    database=None,
    print_blob=False,
    # Shrinking takes minutes.
    phases=[Phase.generate, Phase.shrink] if os.environ.get("SHRINK") else [Phase.generate],
    suppress_health_check=list(HealthCheck),
)
PAPER = "CV 9/UBND"
BEGIN = date(2023, 10, 2)

# Which of the things that may be done is done; sometimes one that may not.
PICK = st.integers(0, 999)
WILD = st.sampled_from([False, False, False, True])
AFTER = st.one_of(st.just(0), st.integers(0, 5), st.integers(0, 40))


@pytest.fixture
def world(directive, standing, agency, other_agency, staff, leader, liaison, stranger):
    """Six assignments of four tasks; all people and bodies by short keys."""
    third = Agency.objects.create(code="sct", name="Sở Công Thương", short_name="Sở CT", sort_key="6")
    office = person("vanphong", Role.STAFF)
    own = person("lmhtx", Role.LIAISON, standing, [standing])
    RoundRule.objects.create(cadence="month", is_on=True, since=date(2023, 4, 15))
    bodies = {each.code: each.pk for each in (standing, agency, other_agency, third)}
    people = {"staff": staff, "office": office, "leader": leader, "a": liaison, "b": stranger, "own": own}
    return {
        "directive": directive,
        "office": office,
        "bodies": bodies,
        "people": {key: each.pk for key, each in people.items()},
        "belongs": {
            "staff": {"lmhtx"},
            "office": set(),
            "leader": set(),
            "a": {"skhdt"},
            "b": {"stc"},
            "own": {"lmhtx"},
        },
        "done": Counter(),
    }


class Machine(Invariants, RuleBasedStateMachine):
    """One example, in a transaction that is rolled back."""

    def __init__(self, world):
        super().__init__()
        self.around = transaction.atomic()
        self.around.__enter__()
        self.steps = 0
        self.done, self.day, self.said = world["done"], BEGIN, 0
        self.bodies, self.people = dict(world["bodies"]), world["people"]
        self.belongs = {key: set(each) for key, each in world["belongs"].items()}
        self.directive, self.keys, self.begun = world["directive"], {}, {}
        self.task_keys, self.originals = {}, {}
        self.verb, self.changed, self.firsts = None, [], {}
        self._give_out(world["office"])
        self.rows = snapshot()
        self.old = self.rows

    def teardown(self):
        transaction.set_rollback(True)
        self.around.__exit__(None, None, None)

    def _give_out(self, office):
        early, late = date(2023, 10, 20), date(2023, 11, 10)
        given = [
            (Duty("dated", late), ["skhdt"]),
            (Duty("dated", early, set_by="staff"), ["skhdt", "stc"]),
            (Duty("undated"), ["lmhtx", "sct"]),
            (Duty("period", period_end=date(2023, 12, 31)), ["stc"]),
        ]
        works = []
        for position, (duty, owners) in enumerate(given, 1):
            part = Addressee.objects.create(
                directive=self.directive, position=position, name="x", agency_id=self.bodies[owners[0]], start=0, end=9
            )
            task = Task.objects.create(
                directive=self.directive,
                addressee=part,
                position=position,
                text="rà soát",
                start=24,
                end=42,
                clock=duty.clock,
                deadline=duty.deadline,
                first_deadline=duty.first,
                period_end=duty.period_end,
                deadline_by=office if duty.set_by else None,
            )
            self.task_keys[duty] = task.pk
            for owner in owners:
                works.append(Work(duty, owner, deadline=duty.deadline))
                Assignment.objects.create(
                    task=task, agency_id=self.bodies[owner], deadline=duty.deadline, received_on=ISSUED
                )
        self.plain = Plain(works)
        self.originals = {(self.task_keys[each.duty], self.bodies[each.owner]) for each in works}

    # --- who may do what to what -------------------------------------------------------------------------------------

    def keeps(self, who):
        return who in ("staff", "office")

    def oversees(self, who):
        return who in ("staff", "office", "leader")

    def speaks(self, who, work):
        return not self.oversees(who) and work.owner in self.belongs[who]

    def judges(self, who, work):
        return self.oversees(who) and work.owner not in self.belongs[who]

    def disposes(self, who, work):
        return self.keeps(who) and work.owner not in self.belongs[who]

    def moves(self, who, duty, there_is_a_day):
        """A first day anybody of the staff may set; one that is there, only those whom it does not bind."""
        carried = [work for work in self.plain.works if work.duty is duty and work.unfinished]
        return self.keeps(who) and (not there_is_a_day or all(self.disposes(who, work) for work in carried))

    @property
    def followed(self):
        return not self.plain.is_closed

    def choose(self, pick, wild, may, things=None):
        """Somebody and something, mostly such that `may` says yes; and whether it does."""
        things = self.plain.works if things is None else things
        pairs = [(who, thing) for who in self.people for thing in things]
        allowed = [pair for pair in pairs if may(*pair)]
        who, thing = (pairs if wild or not allowed else allowed)[pick % len(pairs if wild or not allowed else allowed)]
        return who, thing, may(who, thing)

    def user(self, who):
        return User.objects.get(pk=self.people[who])

    def row(self, work):
        return Assignment.objects.select_related("task__directive", "agency").get(
            task=self.task_keys[work.duty], agency=self.bodies[work.owner]
        )

    def task(self, duty):
        return Task.objects.get(pk=self.task_keys[duty])

    def attempt(self, verb, who, allowed, act, then=lambda: None):
        """Do it; `then` is what the plain model makes of it. Refused: nothing has changed."""
        self.old = before = snapshot()
        try:
            act(by=self.user(who), day=self.day)
        except Refused as refusal:
            assert snapshot() == before, f"{verb} was refused and left something"
            assert not allowed, f"{verb} by {who} was refused: {refusal}"
            self.verb, self.rows = None, before
            return
        assert allowed, f"{verb} by {who} should have been refused"
        then()
        self.done[verb] += 1
        self.verb, self.who, self.rows = verb, who, snapshot()

    def wait(self, after):
        self.day += timedelta(days=after)
        self.verb, self.old = None, self.rows  # of the step before

    def words(self, claims):
        self.said += 1
        more = {"documents": [Cited("1/BC")], "no_evidence_reason": "Bản giấy"} if claims else {}
        return Said(result=f"Lần {self.said}", claims_completion=claims, **more)

    # --- rules -------------------------------------------------------------------------------------------------------

    @rule(after=AFTER, pick=PICK, wild=WILD)
    def start(self, after, pick, wild):
        self.wait(after)

        def may(who, work):
            begins = work.life == "not_started" and self.followed
            return (self.keeps(who) or self.speaks(who, work)) and (begins or work.life == "in_progress")

        who, work, allowed = self.choose(pick, wild, may)

        def then():
            work.life, work.started = "in_progress", work.started if work.life == "in_progress" else self.day

        self.attempt("start", who, allowed, lambda **acts: life.start(assignment=self.row(work), **acts), then)

    @rule(after=AFTER, pick=PICK, wild=WILD, claims=st.booleans())
    def report(self, after, pick, wild, claims):
        self.wait(after)
        self._report(pick, wild, claims)

    def _report(self, pick, wild, claims):

        def may(who, work):
            return self.speaks(who, work) and work.is_open and not (claims and work.life == "awaiting")

        who, work, allowed = self.choose(pick, wild, may)
        self.attempt(
            "claim_completion" if claims else "report_progress",
            who,
            allowed,
            lambda **acts: report_progress(assignment=self.row(work), said=self.words(claims), **acts),
            lambda: self.plain.note(work, who, self.day, self.day, claims),
        )

    @rule(after=AFTER, pick=PICK, wild=WILD, ago=st.integers(0, 20))
    def enter(self, after, pick, wild, ago):
        self.wait(after)
        on = self.day - timedelta(days=ago)
        who, work, allowed = self.choose(
            pick, wild, lambda who, work: self.keeps(who) and work.is_open and work.life != "awaiting"
        )
        said = Said("Theo công văn", claims_completion=True, no_evidence_reason="Bản giấy", documents=[Cited("1/BC")])
        self.attempt(
            "enter_for_agency",
            who,
            allowed,
            lambda **acts: enter_for_agency(
                assignment=self.row(work), said=said, letter=Letter("15/CV", on, self.day), **acts
            ),
            lambda: self.plain.note(work, who, self.day, on, True),
        )

    @rule(after=AFTER, pick=PICK, wild=WILD, claims=st.booleans())
    def send(self, after, pick, wild, claims):
        self.wait(after)
        open_rounds(self.day)
        round = Round.objects.to_report(self.day)

        def may(who, work):
            fits = work.is_open and not (claims and work.life == "awaiting") and round.end not in work.rounds
            return self.speaks(who, work) and work.owner not in self.plain.ended and fits

        who, work, allowed = self.choose(pick, wild, may)
        try:
            agency = Agency.objects.get(pk=self.bodies[work.owner])
            submission = submission_for(round=round, agency=agency, by=self.user(who), day=self.day)
        except Refused:
            assert not allowed
            return

        def then():
            self.plain.note(work, who, self.day, self.day, claims)
            work.rounds.add(round.end)

        self.attempt(
            "send_round",
            who,
            allowed,
            lambda **acts: send_round(submission=submission, lines=[Line(self.row(work), self.words(claims))], **acts),
            then,
        )

    @rule(after=AFTER, pick=PICK, wild=WILD, ago=st.integers(0, 15))
    def confirm(self, after, pick, wild, ago):
        self.wait(after)
        if not any(work.life == "awaiting" for work in self.plain.works):
            self._report(pick, False, True)
            return
        who, work, allowed = self.choose(pick, wild, self._may_review)
        # Mostly the day of the claim; else that of a result document before it.
        on = work.submitted - timedelta(days=ago - 10) if ago > 10 and work.submitted else None
        self.attempt(
            "confirm",
            who,
            allowed,
            lambda **acts: reviews.confirm(assignment=self.row(work), completed_on=on, reason="Theo văn bản", **acts),
            lambda: self.plain.confirm(work, on or work.submitted),
        )

    def _may_review(self, who, work):
        return self.judges(who, work) and work.life == "awaiting" and work.claims[-1] != who

    @rule(after=AFTER, pick=PICK, wild=WILD, days=st.integers(1, 30))
    def ask_more(self, after, pick, wild, days):
        self.wait(after)
        if not any(work.life == "awaiting" for work in self.plain.works):
            self._report(pick, False, True)
            return
        who, work, allowed = self.choose(pick, wild, self._may_review)
        self.attempt(
            "ask_more",
            who,
            allowed,
            lambda **acts: reviews.ask_more(assignment=self.row(work), reason="Thiếu", days=days, **acts),
            lambda: self.plain.send_back(work, self.day, days),
        )

    @rule(after=AFTER, pick=PICK, wild=WILD)
    def suspend(self, after, pick, wild):
        self.wait(after)
        self._suspend(pick, wild)

    def _suspend(self, pick, wild):
        who, work, allowed = self.choose(
            pick, wild, lambda who, work: self.disposes(who, work) and self.followed and work.life in OPEN
        )
        self.attempt(
            "suspend",
            who,
            allowed,
            lambda **acts: life.suspend(assignment=self.row(work), reason="Chờ", **acts),
            lambda: setattr(work, "life", "suspended"),
        )

    @rule(after=AFTER, pick=PICK, wild=WILD)
    def cancel(self, after, pick, wild):
        self.wait(after)
        who, work, allowed = self.choose(
            pick,
            wild,
            lambda who, work: self.disposes(who, work) and self.followed and work.life in (*OPEN, "suspended"),
        )

        def then():
            work.life = "cancelled"
            work.drop_requests()

        self.attempt(
            "cancel",
            who,
            allowed,
            lambda **acts: life.cancel(assignment=self.row(work), reason="Nhầm", **acts),
            then,
        )

    @rule(after=AFTER, pick=PICK, wild=WILD)
    def reopen(self, after, pick, wild):
        self.wait(after)
        closed = ("done", "suspended", "cancelled")
        if not any(work.life in closed for work in self.plain.works):
            self._suspend(pick, False)
            return
        who, work, allowed = self.choose(
            pick, wild, lambda who, work: self.keeps(who) and self.followed and work.life in closed
        )
        self.attempt(
            "reopen",
            who,
            allowed,
            lambda **acts: life.reopen(assignment=self.row(work), reason="Làm tiếp", **acts),
            lambda: self.plain.reopen(work, self.day),
        )

    @rule(after=AFTER, pick=PICK, wild=WILD, ahead=st.integers(-40, 90))
    def fix_deadline(self, after, pick, wild, ahead):
        self.wait(after)
        deadline = self.day + timedelta(days=ahead)
        who, duty, allowed = self.choose(
            pick,
            wild,
            lambda who, duty: self.followed and self.moves(who, duty, duty.clock == "dated"),
            self.plain.duties,
        )
        self.attempt(
            "set_deadline",
            who,
            allowed,
            lambda **acts: tasks.set_deadline(task=self.task(duty), deadline=deadline, instrument=PAPER, **acts),
            lambda: self.plain.fix(duty, "dated", deadline, "staff"),
        )

    @rule(after=AFTER, pick=PICK, wild=WILD, clock=st.sampled_from(["undated", "standing", "period"]))
    def fix_clock(self, after, pick, wild, clock):
        self.wait(after)
        end = date(2024, 6, 30) if clock == "period" else None

        def may(who, duty):
            kept = clock == "period" and end == duty.period_end
            return self.followed and self.moves(
                who, duty, duty.clock == "dated" or (duty.clock == "period" and not kept)
            )

        who, duty, allowed = self.choose(pick, wild, may, self.plain.duties)
        self.attempt(
            "set_clock",
            who,
            allowed,
            lambda **acts: tasks.set_clock(task=self.task(duty), clock=clock, period_end=end, instrument=PAPER, **acts),
            lambda: self.plain.fix(duty, clock, None, None, end),
        )

    @rule(after=AFTER, pick=PICK, wild=WILD, ahead=st.integers(-3, 60))
    def ask_time(self, after, pick, wild, ahead):
        self.wait(after)
        self._ask_time(pick, wild, ahead)

    def _ask_time(self, pick, wild, ahead=30):

        def until(work):
            return max(self.day, work.due or self.day) + timedelta(days=ahead)

        def may(who, work):
            if not self.speaks(who, work) or work.asked:
                return self.speaks(who, work) and work.asked == (who, until(work))
            fits = work.due is not None and until(work) > work.due and until(work) >= self.day
            return work.is_to_do and fits and self.plain.granted(work) < LIMIT

        who, work, allowed = self.choose(pick, wild, may)
        self.attempt(
            "ask_extension",
            who,
            allowed,
            lambda **acts: extensions.ask_extension(
                assignment=self.row(work), asked_until=until(work), reason="Chờ số liệu", **acts
            ),
            lambda: setattr(work, "asked", (who, until(work))),
        )

    @rule(after=AFTER, pick=PICK, wild=WILD, answer=st.sampled_from(["approved", "shortened", "refused"]))
    def decide_time(self, after, pick, wild, answer):
        self.wait(after)
        asking = [work for work in self.plain.works if work.asked]
        if not asking:
            self._ask_time(pick, False)
            return

        def until(work):
            return work.asked[1] - timedelta(days=1) if answer == "shortened" else work.asked[1]

        def may(who, work):
            decides = who == "leader" or work.duty.set_by == "staff"
            fits = answer == "refused" or (work.due and until(work) > work.due)
            return bool(self.judges(who, work) and decides and work.is_open and fits)

        who, work, allowed = self.choose(pick, wild, may, asking)
        asked = Extension.objects.waiting().get(assignment=self.row(work))

        def then():
            if answer != "refused":
                work.deadline = work.extended = until(work)
                work.given += 1
            work.asked = None

        self.attempt(
            "decide_extension",
            who,
            allowed,
            lambda **acts: extensions.decide_extension(
                extension=asked,
                answer=answer,
                granted_until=until(work) if answer == "shortened" else None,
                reason="Theo đề nghị",
                **acts,
            ),
            then,
        )

    @rule(after=AFTER, pick=PICK, wild=WILD, kind=st.sampled_from(["extension", "release"]))
    def withdraw(self, after, pick, wild, kind):
        self.wait(after)
        name, model = {"extension": ("asked", Extension), "release": ("released", Release)}[kind]
        asking = [work for work in self.plain.works if getattr(work, name)]
        if not asking:
            ask = {"extension": self._ask_time, "release": self._ask_away}[kind]
            ask(pick, False)
            return
        who, work, allowed = self.choose(pick, wild, self.speaks, asking)
        asked = model.objects.waiting().get(assignment=self.row(work))
        verb = {"extension": extensions.withdraw_extension, "release": releases.withdraw_release}[kind]
        self.attempt(
            f"withdraw_{kind}",
            who,
            allowed,
            lambda **acts: verb(**{kind: asked}, **acts),
            lambda: setattr(work, name, None if kind == "extension" else False),
        )

    @rule(after=AFTER, pick=PICK, wild=WILD)
    def ask_away(self, after, pick, wild):
        self.wait(after)
        self._ask_away(pick, wild)

    def _ask_away(self, pick, wild):
        who, work, allowed = self.choose(
            pick, wild, lambda who, work: self.speaks(who, work) and work.is_to_do and not work.released
        )
        self.said += 1
        self.attempt(
            "ask_release",
            who,
            allowed,
            lambda **acts: releases.ask_release(
                assignment=self.row(work), ground=Ground.NOT_OURS, reason=f"Lần {self.said}", **acts
            ),
            lambda: setattr(work, "released", True),
        )

    @rule(
        after=AFTER,
        pick=PICK,
        wild=WILD,
        taker=st.sampled_from([None, "skhdt", "stc", "sct", "last"]),
        yes=st.booleans(),
    )
    def decide_away(self, after, pick, wild, taker, yes):
        self.wait(after)
        asking = [work for work in self.plain.works if work.released]
        if not asking:
            self._ask_away(pick, False)
            return
        taker = list(self.bodies)[-1] if taker == "last" else taker

        def may(who, work):
            there = self.plain.find(work.duty, taker)
            takes = taker is None or (
                taker != work.owner and taker not in self.plain.ended and not (there and there.life == "done")
            )
            return self.judges(who, work) and (not yes or (takes and work.life in (*TO_DO, "suspended")))

        who, work, allowed = self.choose(pick, wild, may, asking)
        asked = Release.objects.waiting().get(assignment=self.row(work))

        def then():
            work.released = False
            if yes and taker:
                self.plain.move(work, taker, self.day)
            elif yes:
                work.life, work.asked = "cancelled", None

        self.attempt(
            "decide_release",
            who,
            allowed,
            lambda **acts: releases.decide_release(
                release=asked,
                answer="approved" if yes else "refused",
                reason="Đúng thẩm quyền",
                to_agency=Agency.objects.get(pk=self.bodies[taker]) if taker else None,
                **acts,
            ),
            then,
        )

    @rule(after=AFTER, pick=PICK, wild=WILD, merge=st.booleans())
    def reorganise(self, after, pick, wild, merge):
        self.wait(after)
        living = [code for code in self.bodies if code not in self.plain.ended and code != "lmhtx"]
        if len(self.bodies) > 7 or len(living) < 2:
            return
        olds = living[:2] if merge else [living[pick % len(living)]]
        code = f"so{len(self.bodies)}"
        who, _, allowed = self.choose(
            pick,
            wild,
            lambda who, _: self.keeps(who) and all(self.begun.get(old, ISSUED) < self.day for old in olds),
            [None],
        )

        def then():
            self.bodies[code], self.begun[code] = Agency.objects.get(code=code).pk, self.day
            for owners in self.belongs.values():
                owners |= {code} if owners & set(olds) else set()
            self.plain.succeed(olds, code, self.day)

        self.attempt(
            "succeed",
            who,
            allowed,
            lambda **acts: succeed(
                shape=Shape.MERGE if merge else Shape.RENAME,
                on=self.day,
                instrument="NQ 1",
                old=list(Agency.objects.filter(pk__in=[self.bodies[old] for old in olds])),
                new=[NewBody(f"Sở {code}", code=code)],
                **acts,
            ),
            then,
        )

    @rule(pick=PICK, wild=WILD, verdict=st.sampled_from(["ended", "achieved", "missed"]))
    def close_or_follow(self, pick, wild, verdict):
        """Closing ends most of what may happen, so it is rare; and mostly followed again at once."""
        self.wait(0)
        if self.plain.is_closed:
            who, _, allowed = self.choose(pick, wild, lambda who, _: self.keeps(who), [None])
            self.attempt(
                "reopen_directive",
                who,
                allowed,
                lambda **acts: reopen_directive(directive=self.directive, reason="Nhầm", **acts),
                self._follow,
            )
            return
        if pick % 3:
            return
        left = [work for work in self.plain.works if work.unfinished]
        waits = any(work.life == "awaiting" for work in left)

        def may(who, _):
            # Nobody frees their own agency of its work; that it was missed, they may say.
            frees = verdict != "missed" and not all(self.disposes(who, work) for work in left)
            return self.keeps(who) and not waits and not frees

        who, _, allowed = self.choose(pick, wild, may, [None])
        decisions = {row.pk: Decided(Verdict(verdict), "Nhận xét") for row in undecided(self.directive)}
        self.attempt(
            "close_directive",
            who,
            allowed,
            lambda **acts: close_directive(directive=self.directive, decisions=decisions, instrument="BC 12", **acts),
            lambda: self._close(verdict),
        )

    def _close(self, verdict):
        for work in self.plain.works:
            if work.unfinished:
                work.drop_requests()
                if verdict == "ended":
                    work.life = "cancelled"
                elif verdict == "achieved":
                    work.life, work.supplement = "done", None
                    work.completed = min(work.duty.period_end or self.day, self.day)
                else:
                    work.closed = self.day
        self.plain.is_closed = True

    def _follow(self):
        for work in self.plain.works:
            work.closed = None
        self.plain.is_closed = False


def test_whatever_happens_the_rules_hold(world):
    run_state_machine_as_test(lambda: Machine(world), settings=SETTINGS)
    missing = set(STEPS) - set(world["done"])
    assert len(missing) <= 3, f"too little happened, never {missing}"


def test_what_was_missed_in_time_keeps_its_figure_whatever_the_day(make_assignment, directive, staff, day):
    """The directive was closed over it: nothing more falls due."""
    row = make_assignment("dated", deadline=day + timedelta(days=10))
    missed = {row.pk: Decided(Verdict.NOT_ACHIEVED, "Không còn cần")}
    close_directive(directive=directive, decisions=missed, instrument="BC 12", by=staff, day=day)
    later = figures.of_assignments(Assignment.objects.all(), day + timedelta(days=60))
    assert (later.open_in_time, later.open_overdue) == (1, 0)


@pytest.mark.parametrize("verb", ["set_deadline", "set_clock"])
def test_nothing_changes_in_a_closed_directive(make_assignment, directive, staff, day, verb):
    row = make_assignment("dated", deadline=date(2023, 11, 1))
    missed = {row.pk: Decided(Verdict.NOT_ACHIEVED, "Chưa xong")}
    close_directive(directive=directive, decisions=missed, instrument="BC 12", by=staff, day=day)
    before = snapshot()
    more = {"set_deadline": {"deadline": date(2023, 12, 29)}, "set_clock": {"clock": "undated"}}[verb]
    with pytest.raises(Refused, match="kết thúc theo dõi"):
        getattr(tasks, verb)(task=row.task, instrument=PAPER, by=staff, day=day, **more)
    assert snapshot() == before


def test_an_old_claim_is_no_claim_of_what_came_from_another_agency(
    make_assignment, agency, other_agency, liaison, stranger, staff, day
):
    """Cancelled with its claim, then given the work of another: put aside and reopened, it goes on as work to do."""
    row = make_assignment()
    there = Assignment.objects.create(task=row.task, agency=other_agency, received_on=ISSUED)
    said = Said("Xong", claims_completion=True, documents=[Cited("1/BC")])
    report_progress(assignment=there, said=said, by=stranger, day=day)
    life.cancel(assignment=there, reason="Nhầm", by=staff, day=day)
    asked = releases.ask_release(assignment=row, ground=Ground.NOT_OURS, reason="x", by=liaison, day=day)
    given = {"answer": "approved", "reason": "Đúng", "to_agency": other_agency}
    releases.decide_release(release=asked, by=staff, day=day, **given)
    life.suspend(assignment=there, reason="Chờ", by=staff, day=day)
    assert life.reopen(assignment=there, reason="Làm tiếp", by=staff, day=day).life == "in_progress"
