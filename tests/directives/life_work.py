"""What is done with work from its first note to its end: rules of `test_life_machine`."""

from datetime import date, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import rule

from agencies.errors import Refused
from agencies.models import Agency
from directives.actions import life, reviews, tasks
from directives.actions.notes import Cited, Letter, Said, enter_for_agency, report_progress
from directives.actions.round_rules import open_rounds
from directives.actions.rounds import Line, send_round, submission_for
from directives.models import Round
from tests.directives.life_stage import AFTER, PAPER, PICK, WILD, Stage
from tests.directives.plain_life import OPEN


class Working(Stage):
    """Notes, rounds, reviews, pauses, deadlines."""

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
        who, work, allowed = self.choose(
            pick, wild, lambda who, work: self._may_review(who, work) and self.plain.may_go_on(work)
        )
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

        def may(who, work):
            return (
                self.keeps(who)
                and self.followed
                and work.life in closed
                and (work.claims or self.plain.may_go_on(work))
            )

        who, work, allowed = self.choose(pick, wild, may)
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
