"""What an agency asks for and is answered: rules of `test_life_machine`."""

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import rule

from agencies.models import Agency
from directives.actions import extensions, releases
from directives.models import Extension, Ground, Release
from tests.directives.life_stage import AFTER, PICK, WILD, Stage
from tests.directives.plain_life import LIMIT, TO_DO


class Requests(Stage):
    """More time, and release."""

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
            fits = answer == "refused" or (work.due and until(work) > work.due and until(work) >= self.day)
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
                taker != work.owner
                and taker not in self.plain.ended
                and not (there and there.life == "done")
                and self.plain.takes(work.duty, taker)
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
