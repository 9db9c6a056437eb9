"""The stage of `test_life_machine`: one world, who may do what in it, and how a step is tried."""

from datetime import date, timedelta

from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine

from agencies.errors import Refused
from agencies.models import User
from directives.actions.notes import Cited, Said
from directives.models import Addressee, Assignment, Task
from tests.directives.life_invariants import Invariants, snapshot
from tests.directives.plain_life import ISSUED, Duty, Plain, Work

PAPER = "CV 9/UBND"
BEGIN = date(2023, 10, 2)

# Which of the things that may be done is done; sometimes one that may not.
PICK = st.integers(0, 999)
WILD = st.sampled_from([False, False, False, True])
AFTER = st.one_of(st.just(0), st.integers(0, 5), st.integers(0, 40))


class Stage(Invariants, RuleBasedStateMachine):
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
