"""The rule of life and time (design, 3.1 to 3.3): when work is late, and in which official cell it stands.

Its only home. Everything is a database expression that takes the day as a parameter; nothing else in
the product compares a deadline with a day. The fields it reads stand on `Assignment` (life, deadline,
grace_until, submitted_on, completed_on) and on its task (clock, period_end), reached through `task`.
"""

from datetime import date, timedelta

from django.db import models
from django.db.models import Case, CharField, Expression, F, Q, Value, When
from django.db.models.functions import Greatest

SOON_DAYS = 7


class Clock(models.TextChoices):
    """What fixes the time of a task; only a dated one can be overdue."""

    DATED = "dated", "Có thời hạn"
    PERIOD = "period", "Theo kỳ của văn bản"
    STANDING = "standing", "Thường xuyên"
    UNDATED = "undated", "Không ấn định thời hạn"


class Life(models.TextChoices):
    """How far the work has come. It changes only through the verbs in `directives/actions/`."""

    NOT_STARTED = "not_started", "Chưa thực hiện"
    IN_PROGRESS = "in_progress", "Đang thực hiện"
    AWAITING = "awaiting", "Chờ xác nhận"
    DONE = "done", "Hoàn thành"
    SUSPENDED = "suspended", "Tạm dừng"
    CANCELLED = "cancelled", "Hủy"
    TRANSFERRED = "transferred", "Đã chuyển"


class TimeState(models.TextChoices):
    """Where the work stands against its deadline."""

    IN_TIME = "in_time", "Trong hạn"
    SOON = "soon", "Sắp đến hạn"
    OVERDUE = "overdue", "Quá hạn"
    NO_DEADLINE = "no_deadline", "Không hạn"
    PERIOD_OVER = "period_over", "Hết kỳ, chờ đánh giá"
    DONE_ON_TIME = "done_on_time", "Hoàn thành đúng hạn"
    DONE_LATE = "done_late", "Hoàn thành quá hạn"


class Figure(models.TextChoices):
    """The four official numbers, and what is counted apart from them."""

    DONE_ON_TIME = "done_on_time", "Hoàn thành đúng hạn"
    DONE_LATE = "done_late", "Hoàn thành quá hạn"
    OPEN_IN_TIME = "open_in_time", "Chưa hoàn thành, trong hạn"
    OPEN_OVERDUE = "open_overdue", "Chưa hoàn thành, quá hạn"
    DONE_NO_DEADLINE = "done_no_deadline", "Hoàn thành, không hạn"
    OPEN_NO_DEADLINE = "open_no_deadline", "Chưa hoàn thành, không hạn"
    SUSPENDED = "suspended", "Tạm dừng"


OFFICIAL = (Figure.DONE_ON_TIME, Figure.DONE_LATE, Figure.OPEN_IN_TIME, Figure.OPEN_OVERDUE)

# Work that somebody still owes; what waits for a decision is owed by the reviewer.
OPEN = (Life.NOT_STARTED, Life.IN_PROGRESS, Life.AWAITING)
TO_DO = (Life.NOT_STARTED, Life.IN_PROGRESS)
# Released work leaves every base (design, section 3.1).
RELEASED = (Life.CANCELLED, Life.TRANSFERRED)


def due(prefix: str = "") -> Expression:
    """The day by which the work must be handed in: the deadline, or a later hạn bổ sung. A date or NULL.

    Only a dated task has one; what is finished keeps the deadline that it was judged by, whatever its task
    says now. `grace_until` is set only when the returned claim was itself in
    time: sending work back to somebody who was late already makes it no less late.
    """
    deadline, grace = F(f"{prefix}deadline"), F(f"{prefix}grace_until")
    counts = Q(**{f"{prefix}task__clock": Clock.DATED}) | Q(**{f"{prefix}life": Life.DONE})
    return Case(
        When(counts, **{f"{prefix}deadline__isnull": False}, then=Greatest(deadline, grace)),
        default=None,
        output_field=models.DateField(),
    )


def supplement_late(day: date, prefix: str = "") -> Expression:
    """Whether work that was sent back is still to be supplemented after its hạn bổ sung, whatever its clock.

    This makes nothing overdue: only what is dated can be.
    """
    back = {"life": Life.IN_PROGRESS, "closed_on": None, "supplement_due_on__lt": day}
    wanted = Q(**{f"{prefix}{name}": value for name, value in back.items()})
    return models.ExpressionWrapper(wanted, output_field=models.BooleanField())


def due_then() -> Expression:
    """Of an event row of an assignment: its due day as it was, whatever its task says now.

    Work that is not finished has a deadline only while its task is dated; what is finished keeps its own.
    """
    return Case(
        When(deadline__isnull=False, then=Greatest(F("deadline"), F("grace_until"))),
        default=None,
        output_field=models.DateField(),
    )


def judged_on(day: date, prefix: str = "") -> Expression:
    """The day that is held against the deadline: of completion, of submission while it waits, of the closing of its
    directive over it, else `day`.

    What happened after `day` has not happened yet.
    """
    return Case(
        When(_done(day, prefix), then=F(f"{prefix}completed_on")),
        When(_waits(day, prefix), then=F(f"{prefix}submitted_on")),
        When(_closed(day, prefix), then=F(f"{prefix}closed_on")),
        default=Value(day),
        output_field=models.DateField(),
    )


def late_by(day: date, prefix: str = "") -> Expression:
    """How long after its due day work was handed in, or is still missing: waiting for a decision adds nothing."""
    return models.ExpressionWrapper(judged_on(day, prefix) - due(prefix), output_field=models.DurationField())


def time_state(day: date, soon: int = SOON_DAYS, prefix: str = "") -> Expression:
    """A value of TimeState on `day`; NULL for suspended and released work. `soon` in calendar days."""
    life, done = f"{prefix}life", _done(day, prefix)
    due_on, judged = due(prefix), judged_on(day, prefix)
    return Case(
        When(**{f"{life}__in": (Life.SUSPENDED, *RELEASED)}, then=Value(None)),
        When(done & Q(_none(due_on)), then=Value(TimeState.NO_DEADLINE)),
        When(done & Q(_after(judged, due_on)), then=Value(TimeState.DONE_LATE)),
        When(done, then=Value(TimeState.DONE_ON_TIME)),
        When(
            Q(**{f"{prefix}task__clock": Clock.PERIOD, f"{prefix}task__period_end__lt": day}) & ~_closed(day, prefix),
            then=Value(TimeState.PERIOD_OVER),
        ),
        When(_none(due_on), then=Value(TimeState.NO_DEADLINE)),
        When(_after(judged, due_on), then=Value(TimeState.OVERDUE)),
        When(_closed(day, prefix), then=Value(TimeState.IN_TIME)),
        # The clock has stopped for a claim that was filed in time: nothing falls due any more.
        When(_waits(day, prefix), then=Value(TimeState.IN_TIME)),
        When(_after(due_on, Value(day + timedelta(days=soon))), then=Value(TimeState.IN_TIME)),
        default=Value(TimeState.SOON),
        output_field=CharField(null=True),
    )


def figure(day: date, prefix: str = "") -> Expression:
    """Which of the official numbers an assignment is counted in on `day`; NULL when in none (released)."""
    cells = (When(condition, then=Value(cell)) for condition, cell in _cells(day, prefix))
    return Case(*cells, default=Value(Figure.OPEN_IN_TIME), output_field=CharField(null=True))


# A task of a group stands where its member furthest behind does.
WORST_FIRST = (
    Figure.OPEN_OVERDUE,
    Figure.OPEN_IN_TIME,
    Figure.OPEN_NO_DEADLINE,
    Figure.SUSPENDED,
    Figure.DONE_LATE,
    Figure.DONE_ON_TIME,
    Figure.DONE_NO_DEADLINE,
)


def rank(day: date, prefix: str = "") -> Expression:
    """The place of an assignment's figure in WORST_FIRST; NULL when in none (released)."""
    places = (
        When(condition, then=Value(WORST_FIRST.index(cell) if cell else None))
        for condition, cell in _cells(day, prefix)
    )
    default = Value(WORST_FIRST.index(Figure.OPEN_IN_TIME))
    return Case(*places, default=default, output_field=models.SmallIntegerField(null=True))


def _cells(day: date, prefix: str) -> list[tuple[Q, Figure | None]]:
    """Conditions in order, the first that holds decides; what meets none is open and in time."""
    life = f"{prefix}life"
    due_on, judged = due(prefix), judged_on(day, prefix)
    late, dateless = Q(_after(judged, due_on)), Q(_none(due_on))
    done = _done(day, prefix)
    return [
        (Q(**{f"{life}__in": RELEASED}), None),
        (Q(**{life: Life.SUSPENDED}), Figure.SUSPENDED),
        (done & dateless, Figure.DONE_NO_DEADLINE),
        (done & late, Figure.DONE_LATE),
        (done, Figure.DONE_ON_TIME),
        (dateless, Figure.OPEN_NO_DEADLINE),
        (late, Figure.OPEN_OVERDUE),
    ]


def has_passed(day: date) -> Q:
    """Of tasks: whoever takes one up on `day` is late at once."""
    return Q(clock=Clock.DATED, deadline__lt=day)


def fell_due_within(start: date, end: date, prefix: str = "") -> Q:
    """Its due day lies from `start` to `end`, whatever became of it.

    Not of what was put aside or released, nor after the closing of its directive.
    """
    due_on, closed_on = due(prefix), F(f"{prefix}closed_on")
    put_aside = Q(**{f"{prefix}life__in": (Life.SUSPENDED, *RELEASED)})
    closed_before = _closed(end, prefix) & Q(_after(due_on, closed_on))
    is_in_it = ~Q(_none(due_on)) & ~Q(_after(Value(start), due_on)) & ~Q(_after(due_on, Value(end)))
    return is_in_it & ~put_aside & ~closed_before


def falls_before(later: date | F, prefix: str = "") -> Expression:
    """Whether the due day comes before `later`: is it really more time that is asked for? NULL without a due day."""
    return _after(later if isinstance(later, F) else Value(later), due(prefix))


def days_left(day: date, prefix: str = "") -> Expression:
    """Whole calendar days from `day` to the due day, negative when past; NULL without one."""
    return models.ExpressionWrapper(due(prefix) - Value(day), output_field=models.DurationField())


def _done(day: date, prefix: str) -> Q:
    return Q(**{f"{prefix}life": Life.DONE, f"{prefix}completed_on__lte": day})


def _waits(day: date, prefix: str) -> Q:
    return Q(**{f"{prefix}life": Life.AWAITING, f"{prefix}submitted_on__lte": day})


def _closed(day: date, prefix: str) -> Q:
    """Its directive was closed over it: nothing falls due any more."""
    return Q(**{f"{prefix}closed_on__lte": day})


def _after(left: Expression | F, right: Expression | F) -> Expression:
    from django.db.models.lookups import GreaterThan

    return GreaterThan(left, right)


def _none(expression: Expression) -> Expression:
    from django.db.models.lookups import IsNull

    return IsNull(expression, True)
