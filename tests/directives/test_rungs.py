"""Each reason for a reminder as the office sets it: on or off, its days, whom it reaches."""

import uuid
from datetime import date, timedelta

import pytest

from agencies.errors import Refused
from agencies.grants import grant
from agencies.models import LEAD, Agency, Kind, Role
from directives.actions.extensions import ask_extension, decide_extension
from directives.actions.instructions import give_instruction
from directives.actions.locking import Stale
from directives.actions.notes import Said, report_progress
from directives.actions.releases import ask_release, decide_release
from directives.actions.reminders import nudge
from directives.actions.reviews import ask_more
from directives.actions.round_reports import draft_round_reports
from directives.actions.rungs import CHANGEABLE, change_rungs, climbs, rungs_version
from directives.models import Answer, Assignment, Ground, Office, Reason, Reminder, Report, RungRule, Step
from directives.reminders.plan import plan_reminders
from tests.directives.conftest import person

pytestmark = pytest.mark.django_db
# A Wednesday, with nothing but working days around it; and the Monday before, on which things happen.
DUE, DAY = date(2023, 11, 22), date(2023, 11, 20)
NEXT = DAY + timedelta(days=1)
WHO = {Step.LIAISON: "skhdt", Step.HEAD: "giamdoc", Step.STANDING: "thuongtruc", Step.LEADER: "lanhdao"}
FIELD = {Step.HEAD: "head_after", Step.STANDING: "standing_after", Step.LEADER: "leader_after"}


@pytest.fixture
def cast(agency, liaison, staff, leader):
    """Somebody at every step, each with an address; heads are written to."""
    head = person("giamdoc", Role.LIAISON, agency)
    grant(agency=agency, user=head, by=None, right=LEAD)
    Office.objects.create(pk=1, mails_heads=True)


@pytest.fixture
def due(make_assignment, cast):
    return make_assignment(clock="dated", deadline=DUE)


@pytest.fixture
def happens(due, liaison, staff, leader, request):
    """What calls for each reason; gives the day on which it is told by what the office began with."""

    def claim(on=DAY):
        said = Said(result="Đã xong", claims_completion=True, no_evidence_reason="không có")
        report_progress(assignment=due, said=said, by=liaison, day=on)

    def returned():
        claim()
        ask_more(assignment=due, reason="thiếu danh sách", by=staff, day=DAY)
        return NEXT

    def received():
        due.received_on = DAY
        due.save()
        return NEXT

    def extension():
        asked = ask_extension(assignment=due, asked_until=date(2023, 12, 29), reason="chờ ý kiến", by=liaison, day=DAY)
        decide_extension(extension=asked, answer=Answer.APPROVED, by=leader, day=DAY)
        return NEXT

    def release():
        asked = ask_release(assignment=due, ground=Ground.NOT_OURS, reason="việc khác", by=liaison, day=DAY)
        decide_release(release=asked, answer=Answer.REFUSED, reason="đúng việc", by=staff, day=DAY)
        return NEXT

    def answered():
        give_instruction(assignment=due, text="Làm ngay", by=leader, day=DAY)
        return NEXT

    def nudged():
        late = DUE + timedelta(days=1)
        nudge(assignments=[due.pk], by=staff, day=late, submission=uuid.uuid4())
        return late

    def round_day(day):
        request.getfixturevalue("november")
        return day

    def waiting():
        claim()
        return DAY + timedelta(days=3)

    def drafted():
        request.getfixturevalue("november")
        Agency.objects.filter(code="lmhtx").update(kind=Kind.STANDING)
        day = date(2023, 11, 23)
        (report,) = draft_round_reports(day)
        Report.objects.filter(pk=report.pk).update(state="ready")
        return day

    told = {
        Reason.BEFORE: lambda: DUE - timedelta(days=1),
        Reason.ON_DAY: lambda: DUE,
        Reason.AFTER: lambda: DUE + timedelta(days=7),
        Reason.RETURNED: returned,
        Reason.RECEIVED: received,
        Reason.EXTENSION: extension,
        Reason.RELEASE: release,
        Reason.ANSWERED: answered,
        Reason.ROUND_OPEN: lambda: round_day(date(2023, 11, 15)),
        Reason.ROUND_SOON: lambda: round_day(date(2023, 11, 21)),
        Reason.ROUND_MISSED: lambda: round_day(date(2023, 11, 23)),
        Reason.DRAFTED: drafted,
        Reason.WAITING: waiting,
        Reason.NUDGED: nudged,
    }
    return lambda reason: told[reason]()


def rule(reason, **values):
    change_rungs(by=None, day=DAY, changes={reason: values})


def only(reason, step, days=0):
    """Nobody but one step of the ladder hears of the reason, from that day on."""
    values = {name: None for name in FIELD.values() if name in CHANGEABLE[reason]}
    if step == Step.LIAISON:
        return rule(reason, to_liaison=True, **values)
    if "to_liaison" in CHANGEABLE[reason]:
        values["to_liaison"] = False
    return rule(reason, **values | {FIELD[step]: days})


def told(reason, day, channel="mail"):
    """Who is told of it by the planning of a day."""
    plan_reminders(day)
    rows = Reminder.objects.by(channel).owed().filter(reason=reason)
    return {row.recipient.username for row in rows}


def heard(reason, days, who):
    """On which of these days a new reminder comes, each morning planned; counted from the first."""
    found = []
    for day in days:
        before = set(Reminder.objects.values_list("pk", flat=True))
        plan_reminders(day)
        new = Reminder.objects.outgoing().exclude(pk__in=before)
        if new.filter(reason=reason, recipient__username=who).exists():
            found.append(day)
    return found


def days(since, count):
    return [since + timedelta(days=number) for number in range(count)]


@pytest.mark.parametrize("reason", Reason.values)
def test_what_is_on_is_told_and_what_is_off_is_not(happens, reason):
    day = happens(reason)
    assert told(reason, day)
    rule(reason, is_on=False)
    assert told(reason, day) == set()
    assert not Reminder.objects.owed().filter(reason=reason).exists()


REACHED = [
    (reason, step) for reason, names in CHANGEABLE.items() for step in WHO if FIELD.get(step, "to_liaison") in names
]


@pytest.mark.parametrize(("reason", "step"), REACHED)
def test_whoever_is_chosen_hears_and_nobody_else(happens, reason, step):
    only(reason, step)
    assert told(reason, happens(reason)) == {WHO[step]}


CLIMBING = [(reason, step) for reason, step in REACHED if climbs(reason) and step != Step.LIAISON]


@pytest.mark.parametrize(("reason", "step"), CLIMBING)
def test_whoever_is_to_hear_later_hears_from_that_day_on(happens, reason, step):
    happens(reason)
    only(reason, step, days=9)
    start = {Reason.AFTER: DUE, Reason.ROUND_MISSED: DUE, Reason.WAITING: DAY}.get(reason) or returned_until()
    mornings = days(DAY + timedelta(days=1), 21)
    first = next(day for day in days(start + timedelta(days=9), 4) if day.weekday() < 5)
    assert heard(reason, mornings, WHO[step])[0] == first


def returned_until():
    return Assignment.objects.get().supplement_due_on


@pytest.mark.parametrize(
    ("reason", "who", "about"),
    [
        (Reason.AFTER, "skhdt", DUE),
        (Reason.ROUND_MISSED, "skhdt", DUE),
        (Reason.WAITING, "thuongtruc", DAY),
    ],
)
def test_the_first_reminder_and_the_rhythm_are_the_offices(happens, reason, who, about):
    happens(reason)
    rule(reason, first=2, every=5)
    wanted = [about + timedelta(days=2), about + timedelta(days=7)]
    assert heard(reason, days(about, 8), who) == wanted


def test_every_0_days_is_once(happens):
    rule(Reason.AFTER, first=2, every=0)
    assert heard(Reason.AFTER, days(DUE, 30), "skhdt") == [DUE + timedelta(days=2)]


@pytest.mark.parametrize(
    ("reason", "steps", "about", "wanted"),
    [
        # Of the 16th and the 19th (a Sunday): the working day before.
        (Reason.BEFORE, [6, 3], DUE, [date(2023, 11, 16), date(2023, 11, 17)]),
        (Reason.ROUND_SOON, [2, 0], DUE, [DAY, DUE]),
    ],
)
def test_the_days_before_are_the_offices(happens, reason, steps, about, wanted):
    happens(reason)
    rule(reason, steps=steps)
    assert heard(reason, days(date(2023, 11, 15), 8), "skhdt") == wanted


def test_a_supplement_is_told_at_once_then_on_the_days_chosen(happens):
    happens(Reason.RETURNED)  # until Monday 27/11
    rule(Reason.RETURNED, steps=[4], first=3, every=0)
    rule(Reason.AFTER, is_on=False)
    wanted = [NEXT, date(2023, 11, 23), date(2023, 11, 30)]
    assert heard(Reason.RETURNED, days(DAY, 20), "skhdt") == wanted


def test_with_no_days_a_supplement_is_told_once(happens):
    happens(Reason.RETURNED)
    rule(Reason.RETURNED, steps=[], first=0)
    assert heard(Reason.RETURNED, days(DAY, 20), "skhdt") == [NEXT]


def test_a_head_hears_by_mail_only_where_the_office_writes_to_heads(happens):
    Office.objects.update(mails_heads=False)
    only(Reason.AFTER, Step.HEAD)
    day = happens(Reason.AFTER)
    assert told(Reason.AFTER, day) == set()
    assert told(Reason.AFTER, day, "bell") == {"giamdoc"}
    Office.objects.update(mails_heads=True)
    assert told(Reason.AFTER, day) == {"giamdoc"}


@pytest.mark.parametrize("step", [Step.STANDING, Step.LEADER])
def test_claims_of_the_standing_agency_itself_go_to_the_leaders(happens, agency, step):
    agency.kind = Kind.STANDING
    agency.save()
    only(Reason.WAITING, step)
    assert told(Reason.WAITING, happens(Reason.WAITING)) == {"lanhdao"}


@pytest.mark.parametrize(
    ("reason", "values", "field", "words"),
    [
        (Reason.BEFORE, {"steps": [1, 3]}, "steps", "từ xa đến gần"),
        (Reason.BEFORE, {"steps": [3, 3]}, "steps", "không lặp lại"),
        (Reason.BEFORE, {"steps": [3, 0]}, "steps", "từ 1 đến 60"),
        (Reason.BEFORE, {"steps": [61]}, "steps", "từ 1 đến 60"),
        (Reason.BEFORE, {"steps": list(range(20, 9, -1))}, "steps", "Nhiều nhất 10"),
        (Reason.BEFORE, {"steps": []}, "steps", "ít nhất một số ngày"),
        (Reason.AFTER, {"first": 0}, "first", "từ 1 đến 60"),
        (Reason.WAITING, {"first": 0}, "first", "từ 1 đến 60"),
        (Reason.AFTER, {"every": 61}, "every", "từ 0 đến 60"),
        (Reason.AFTER, {"head_after": 20}, "head_after", "trước hoặc cùng lúc"),
        (Reason.AFTER, {"leader_after": 366}, "leader_after", "từ 0 đến 365"),
        (Reason.RETURNED, {"first": 0, "head_after": 3}, "head_after", "Chưa đặt lần nhắc nào sau hạn"),
        (Reason.ON_DAY, {"to_liaison": False}, "to_liaison", "ít nhất một nơi"),
        (Reason.WAITING, {"standing_after": None}, "standing_after", "ít nhất một nơi"),
        (Reason.RECEIVED, {"head_after": 2}, "head_after", "0"),
    ],
)
def test_what_makes_no_sense_is_refused_at_its_field(db, reason, values, field, words):
    with pytest.raises(Refused, match=words) as refused:
        rule(reason, **values)
    assert refused.value.field == f"{reason}-{field}"
    assert not RungRule.objects.exists()


def test_what_is_off_may_reach_nobody(db):
    rule(Reason.ON_DAY, is_on=False, to_liaison=False)
    assert RungRule.current()[Reason.ON_DAY].after(Step.LIAISON) is None


def test_one_refusal_changes_nothing_of_the_others(db):
    changes = {Reason.ON_DAY: {"is_on": False}, Reason.AFTER: {"first": 0}}
    with pytest.raises(Refused):
        change_rungs(by=None, day=DAY, changes=changes)
    assert not RungRule.objects.exists()


def test_only_what_differs_is_written(db):
    same = {name: getattr(RungRule.initial(Reason.AFTER), name) for name in CHANGEABLE[Reason.AFTER]}
    assert change_rungs(by=None, day=DAY, changes={Reason.AFTER: same}) == []
    assert change_rungs(by=None, day=DAY, changes={Reason.AFTER: same | {"every": 5}}) == [Reason.AFTER]
    assert RungRule.objects.get().first == same["first"]


def test_a_choice_that_means_nothing_for_a_reason_is_a_mistake_of_ours(db):
    with pytest.raises(TypeError):
        rule(Reason.ON_DAY, first=3)


@pytest.mark.parametrize("who", ["staff", "leader", "liaison"])
def test_nobody_but_the_administrator_changes_them(request, who):
    with pytest.raises(Refused, match="quản trị viên"):
        change_rungs(by=request.getfixturevalue(who), day=DAY, changes={})


def test_whoever_saw_older_rules_is_told_who_changed_them(standing):
    seen, admin = rungs_version(), person("quantri", Role.ADMIN, standing)
    changes = {Reason.ON_DAY: {"is_on": False}}
    assert change_rungs(by=admin, day=DAY, changes=changes, version=seen) == [Reason.ON_DAY]
    with pytest.raises(Stale, match="Người quantri đã thay đổi các mốc nhắc việc") as stale:
        change_rungs(by=None, day=DAY, changes={Reason.ON_DAY: {"is_on": True}}, version=seen)
    assert stale.value.version == rungs_version()
