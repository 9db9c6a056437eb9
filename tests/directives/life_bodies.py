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
