"""The life of assignments in plain Python, read from the design and not from the code: `test_life_machine` holds the
product against it."""

from dataclasses import dataclass, field
from datetime import date

from directives.workdays import add_working_days

ISSUED = date(2023, 4, 24)
OPEN, TO_DO = ("not_started", "in_progress", "awaiting"), ("not_started", "in_progress")
LIMIT = 1  # how often a task is given more time


@dataclass(eq=False)
class Duty:
    """A task. `set_by`: "staff" or "leader"; None where the deadline stands in the text."""

    clock: str
    deadline: date | None = None
    set_by: str | None = None
    period_end: date | None = None
    first: date | None = None

    def __post_init__(self):
        self.first = self.deadline


@dataclass(eq=False)
class Work:
    """An assignment."""

    duty: Duty
    owner: str
    life: str = "not_started"
    deadline: date | None = None
    extended: date | None = None
    started: date | None = None
    submitted: date | None = None
    completed: date | None = None
    supplement: date | None = None
    grace: date | None = None
    claims: list[str] = field(default_factory=list)  # authors of claims that nobody has decided
    asked: tuple[str, date] | None = None  # who waits for more time, until when
    released: bool = False  # a request to be released waits
    given: int = 0
    closed: date | None = None  # its directive was closed over it: it keeps its figure
    heirs: list["Work"] = field(default_factory=list)
    rounds: set[date] = field(default_factory=set)

    @property
    def due(self):
        if self.deadline is None or not (self.duty.clock == "dated" or self.life == "done"):
            return None
        return max(self.deadline, self.grace or self.deadline)

    def is_late(self, day):
        judged = {"done": self.completed, "awaiting": self.submitted}.get(self.life, self.closed or day)
        return self.due is not None and judged > self.due

    def figure(self, day):
        if self.life in ("cancelled", "transferred"):
            return "released"
        if self.life == "suspended":
            return "suspended"
        stands = "done" if self.life == "done" else "open"
        if self.due is None:
            return f"{stands}_no_deadline"
        late, in_time = {"done": ("late", "on_time"), "open": ("overdue", "in_time")}[stands]
        return f"{stands}_{late if self.is_late(day) else in_time}"

    @property
    def is_open(self):
        return self.life in OPEN and not self.closed

    @property
    def is_to_do(self):
        return self.life in TO_DO and not self.closed

    @property
    def unfinished(self):
        return self.life in (*OPEN, "suspended") and not self.closed

    def drop_requests(self):
        self.asked, self.released = None, False


class Plain:
    """Everybody's work, and who carries it. `ended`: body → its successor."""

    def __init__(self, works):
        self.works, self.ended, self.is_closed = works, {}, False

    @property
    def duties(self):
        return list(dict.fromkeys(work.duty for work in self.works))

    def find(self, duty, owner):
        return next((each for each in self.works if (each.duty, each.owner) == (duty, owner)), None)

    def granted(self, work):
        """With whoever carried it before."""
        found, nearest = {work}, {work}
        while nearest:
            nearest = {each for each in self.works if nearest & set(each.heirs)} - found
            found |= nearest
        return sum(each.given for each in found)

    def note(self, work, author, day, on, claims):
        work.started = work.started or on
        if claims:
            work.life, work.submitted = "awaiting", on
            work.claims.append(author)
        elif work.life == "not_started":
            work.life = "in_progress"

    def send_back(self, work, day, days):
        until = add_working_days(day, days)
        work.grace = work.grace if work.is_late(day) else until
        work.claims.pop()
        work.life, work.submitted, work.supplement = "in_progress", None, until
        self.carry_on(work, day)

    def confirm(self, work, day):
        work.claims.pop()
        work.life, work.completed, work.supplement = "done", day, None
        work.drop_requests()

    def reopen(self, work, day):
        if work.extended is None:
            work.deadline = work.duty.deadline
        if work.claims:
            work.life = "awaiting"
            return
        work.life, work.completed, work.submitted, work.started = "in_progress", None, None, work.started or day
        self.carry_on(work, day)

    def fix(self, duty, clock, deadline, set_by, period_end=None):
        for work in self.works:
            if work.duty is duty:
                work.extended = None
                work.deadline = deadline if work.unfinished else work.deadline
        duty.clock, duty.deadline, duty.set_by = clock, deadline, set_by
        duty.first, duty.period_end = duty.first or deadline, period_end or duty.period_end
        for work in self.works:
            if work.duty is duty and work.asked and not (work.due and work.asked[1] > work.due):
                work.asked = None

    def moving(self, olds):
        """A claim that nobody has decided stays, also while its work is put aside."""
        return [work for work in self.works if work.owner in olds and work.unfinished and not work.claims]

    def may_succeed(self, olds, new):
        return all(self.takes(work.duty, new) for work in self.moving(olds))

    def succeed(self, olds, new, day):
        self.ended |= dict.fromkeys(olds, new)
        for work in self.moving(olds):
            self.move(work, new, day, by_succession=True)

    def takes(self, duty, owner):
        """Whether work may go to a body: not into its claim that waits, whose confirmation would end it."""
        there = self.find(duty, owner)
        return not (there and there.life == "awaiting")

    def may_go_on(self, work):
        """Whether it may be owed again, by whoever stands in the place of its owner now."""
        owner = work.owner
        while owner in self.ended:
            owner = self.ended[owner]
            if not self.takes(work.duty, owner):
                return False
        return True

    def carry_on(self, work, day):
        while work.owner in self.ended:
            work = self.move(work, self.ended[work.owner], day, by_succession=True)

    def move(self, old, owner, day, by_succession=False):
        """Open work at the taker is merged with it: the later day holds. What it had closed begins anew.

        What an agency has asked waits for its heir, unless that has asked itself or has the time.
        """
        begun = old.started is not None or old.life == "in_progress"
        life = "suspended" if old.life == "suspended" else "in_progress" if begun else "not_started"
        new = self.find(old.duty, owner)
        if new and new.life in OPEN:
            self._merge(old, new, life)
        elif new and new.life == "suspended" and not new.closed:
            self._merge(old, new, life)
            new.life = "in_progress" if life == "not_started" and new.started else life
            new.submitted, new.claims = None, []
        else:
            if new is None:
                new = Work(old.duty, owner)
                self.works.append(new)
            new.life, new.submitted, new.completed, new.closed, new.claims = life, None, None, None, []
            for name in ("deadline", "extended", "supplement", "grace", "started"):
                setattr(new, name, getattr(old, name))
        old.life, old.supplement = "transferred", None
        if by_succession:
            new.released |= old.released
            if old.asked and not new.asked and new.due and old.asked[1] > new.due:
                new.asked = old.asked
        old.drop_requests()
        old.heirs = [each for each in old.heirs if each is not new] + [new]
        return new

    def _merge(self, old, new, life):
        if new.life in TO_DO and life == "in_progress":
            new.life = life
        if old.deadline and (new.deadline is None or old.deadline > new.deadline):
            new.deadline, new.extended = old.deadline, old.extended
        for name, best in (("grace", max), ("supplement", max), ("started", min)):
            setattr(new, name, best(filter(None, (getattr(old, name), getattr(new, name))), default=None))
        if new.asked and not (new.due and new.asked[1] > new.due):
            new.asked = None
