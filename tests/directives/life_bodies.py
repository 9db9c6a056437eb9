"""Bodies that end and directives that are closed: rules of `test_life_machine`."""

from hypothesis import strategies as st
from hypothesis.stateful import rule

from agencies.models import Agency, Shape
from agencies.succession import NewBody
from directives.actions.closing import Decided, close_directive, reopen_directive, undecided
from directives.actions.succession import succeed
from directives.models import Verdict
from tests.directives.life_stage import AFTER, PICK, WILD, Stage
from tests.directives.plain_life import ISSUED


class Bodies(Stage):
    """Succession and closing."""

    @rule(after=AFTER, pick=PICK, wild=WILD, how=st.sampled_from(["rename", "merge", "into"]))
    def reorganise(self, after, pick, wild, how):
        """One becomes another, two a new one, or one goes into one that lives on."""
        self.wait(after)
        living = [code for code in self.bodies if code not in self.plain.ended and code != "lmhtx"]
        if len(self.bodies) > 7 or len(living) < 2:
            return
        place = pick % len(living)
        olds = living[:2] if how == "merge" else [living[place]]
        code = living[place - 1] if how == "into" else f"so{len(self.bodies)}"

        def may(who, _):
            begun = all(self.begun.get(each, ISSUED) < self.day for each in olds)
            there = how != "into" or self.begun.get(code, ISSUED) <= self.day
            return self.keeps(who) and begun and there and self.plain.may_succeed(olds, code)

        who, _, allowed = self.choose(pick, wild, may, [None])

        def then():
            if how != "into":
                self.bodies[code], self.begun[code] = Agency.objects.get(code=code).pk, self.day
            for owners in self.belongs.values():
                owners |= {code} if owners & set(olds) else set()
            self.plain.succeed(olds, code, self.day)

        new = Agency.objects.filter(code=code).first() or NewBody(f"Sở {code}", code=code)
        self.attempt(
            "succeed",
            who,
            allowed,
            lambda **acts: succeed(
                shape=Shape.RENAME if how == "rename" else Shape.MERGE,
                on=self.day,
                instrument="NQ 1",
                old=list(Agency.objects.filter(pk__in=[self.bodies[old] for old in olds])),
                new=[new],
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
        # A claim that nobody has decided stays.
        closed = [work for work in self.plain.works if work.closed]
        for work in closed:
            work.closed = None
        for work in closed:
            if not work.claims:
                self.plain.carry_on(work, self.day)
        self.plain.is_closed = False
