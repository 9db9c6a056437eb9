"""Figures of an hour: waited for where it is still to come; of one that has passed while nothing was recorded since."""

import threading
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from agencies.errors import Refused
from agencies.models import Membership
from directives.actions.extensions import ask_extension, decide_extension
from directives.actions.instructions import give_instruction
from directives.actions.notes import Cited, Said, report_progress
from directives.actions.report_hours import hour_of, require_nothing_since
from directives.actions.reports import Wanted, request_report
from directives.actions.reviews import confirm
from directives.actions.tasks import set_deadline
from directives.models import Answer, Assignment, Directive, Instruction, Report, ReportState, Scope, Task
from directives.reports import content, render
from directives.reports.drafts import drafted

DAY, EVE = date(2023, 11, 20), date(2023, 11, 19)
DUE, LATER = date(2023, 11, 30), date(2023, 12, 29)
INSTRUMENT = "Công văn 9/UBND ngày 20/11/2023"
FIVE = time(17)


def local(day, hour, minute=0):
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


@contextmanager
def history_rewritten():
    """What was written down does not change; these tests say when it was."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        yield
        cursor.execute("SET LOCAL session_replication_role = origin")


def recorded(moment, *models, **which):
    """Such events that the database has written down until now were written at that moment."""
    with history_rewritten():
        for model in models or (Assignment, Task, Directive):
            model.pgh_event_model.objects.filter(**which).update(pgh_created_at=moment)


def ask(directive, by, *, at=FIVE, as_of=EVE, now=None, **about):
    """For an hour of the day before, unless said otherwise: of that the moments are real."""
    hour = hour_of(at, as_of=as_of, day=DAY, now=now or timezone.now())
    about = about or {"scope": Scope.DIRECTIVES, "directives": [directive]}
    return request_report(wanted=Wanted(as_of=as_of, hour=hour, **about), by=by, day=DAY)


@pytest.fixture
def row(make_assignment):
    """Given long before."""
    made = make_assignment(clock="dated", deadline=DUE)
    recorded(local(DAY - timedelta(days=9), 8))
    return made


def note(row, by, **said):
    return report_progress(assignment=row, said=Said(result="Đã trình", **said), by=by, day=DAY)


class TestTheMoment:
    NOW = datetime(2023, 11, 20, 10, 5, tzinfo=UTC)  # 17:05 here

    def test_an_hour_of_today_has_passed_or_is_still_to_come(self):
        passed = hour_of(FIVE, as_of=DAY, day=DAY, now=self.NOW)
        coming = hour_of(time(17, 10), as_of=DAY, day=DAY, now=self.NOW)
        assert (passed.moment, passed.has_passed) == (local(DAY, 17), True)
        assert (coming.moment, coming.has_passed) == (local(DAY, 17, 10), False)

    def test_under_a_training_clock_today_is_the_day_that_really_is(self):
        now = datetime(2026, 3, 1, 20, 0, tzinfo=UTC)  # 03:00 of the next day here
        assert hour_of(time(2), as_of=DAY, day=DAY, now=now).moment == local(date(2026, 3, 2), 2)
        assert hour_of(time(2), as_of=EVE, day=DAY, now=now).moment == local(EVE, 2)


class TestStillToCome:
    @pytest.fixture
    def noon(self, monkeypatch):
        """A moment of the working day, whenever this runs."""
        real = timezone.localtime().replace(hour=12, minute=0, second=0)
        monkeypatch.setattr("django.utils.timezone.now", lambda: real)
        return real

    def test_the_figures_are_gathered_then_and_not_before(self, directive, staff, row, noon, monkeypatch):
        report = ask(directive, staff, as_of=DAY)
        assert "17:00" in report.step
        assert render.waiting_reports() == []
        monkeypatch.setattr("django.utils.timezone.now", lambda: noon.replace(hour=17))
        assert render.waiting_reports() == [report.pk]
        assert "tính đến 17 giờ ngày 20 tháng 11 năm 2023" in drafted(content.compose(report))["opening"]

    def test_it_is_one_at_which_the_schedule_looks(self, directive, staff, row, noon):
        with pytest.raises(Refused, match="tròn 5 phút"):
            ask(directive, staff, as_of=DAY, at=time(17, 2))


class TestPassed:
    def test_nothing_recorded_since_and_the_paper_says_that_hour(self, directive, staff, row):
        report = ask(directive, staff)
        assert render.waiting_reports() == [report.pk]
        assert "tính đến 17 giờ ngày 19 tháng 11 năm 2023" in drafted(content.compose(report))["opening"]

    def test_any_minute_of_it(self, directive, staff, row):
        assert ask(directive, staff, at=time(16, 37)).as_of_time == time(16, 37)

    def test_what_was_recorded_later_that_day_is_told_with_the_way_out(self, directive, staff, liaison, row):
        note(row, liaison)
        recorded(local(EVE, 17, 12))
        with pytest.raises(Refused) as refusal:
            ask(directive, staff)
        said = str(refusal.value)
        assert refusal.value.field == "as_of_time"
        assert "Sau 17:00 ngày 19/11/2023" in said and "gửi báo cáo tiến độ" in said and "17:12" in said
        assert "để trống giờ" in said
        assert not Report.objects.exists()
        assert ask(directive, staff, at=time(17, 12)).as_of_time == time(17, 12)

    @pytest.mark.parametrize("moment", [local(EVE, 17), local(DAY, 0)])
    def test_what_came_before_it_or_on_another_day_does_not_count(self, directive, staff, liaison, row, moment):
        note(row, liaison)
        recorded(moment)
        assert ask(directive, staff)

    def test_of_today_until_now(self, directive, staff, liaison, row):
        now = local(timezone.localdate(), 17, 5)
        assert ask(directive, staff, as_of=DAY, now=now)
        note(row, liaison)
        recorded(now - timedelta(minutes=1))
        with pytest.raises(Refused, match="giờ chưa đến của hôm nay"):
            ask(directive, staff, as_of=DAY, at=time(16, 50), now=now)

    def test_one_act_is_one_thing_however_many_rows_it_wrote(self, directive, staff, liaison, row, make_assignment):
        make_assignment(clock="dated", position=2, deadline=DUE)
        other = make_assignment(clock="dated", position=3, deadline=DUE)
        recorded(local(EVE, 8))
        note(row, liaison)
        note(other, liaison)
        set_deadline(task=row.task, deadline=LATER, instrument=INSTRUMENT, by=staff, day=DAY)
        recorded(local(EVE, 18), pgh_created_at__gt=local(DAY, 23))
        with pytest.raises(Refused, match="3 việc.*gửi báo cáo tiến độ: 2.*ấn định thời hạn: 1"):
            ask(directive, staff)


def told_of(what, row, staff, leader, liaison):
    """One of the things that the figures and lists of a report are made of."""
    if what == "a claim":
        note(row, liaison, claims_completion=True, documents=[Cited("12/SKHDT", DAY, "", "")])
    if what == "a confirmation":
        note(row, liaison, claims_completion=True, documents=[Cited("12/SKHDT", DAY, "", "")])
        recorded(local(EVE, 8))
        confirm(assignment=row, by=staff, day=DAY)
    if what == "more time":
        asked = ask_extension(assignment=row, asked_until=LATER, reason="Chờ", by=liaison, day=DAY)
        recorded(local(EVE, 8))
        decide_extension(extension=asked, answer=Answer.APPROVED, by=leader, day=DAY)
    if what == "another deadline":
        set_deadline(task=row.task, deadline=LATER, instrument=INSTRUMENT, by=staff, day=DAY)
    if what == "an answer":
        hindrance = note(row, liaison, obstacle="Thiếu vốn")
        recorded(local(EVE, 8))
        give_instruction(assignment=row, note=hindrance, text="Giao Sở Tài chính", by=leader, day=DAY)
    if what == "a publication":
        Directive.objects.update(title="Kết luận khác")


THINGS = ["a claim", "a confirmation", "more time", "another deadline", "an answer", "a publication"]


@pytest.mark.parametrize("what", THINGS)
def test_whatever_counts_for_the_report_is_seen(what, directive, staff, leader, liaison, row, monkeypatch):
    told_of(what, row, staff, leader, liaison)
    recorded(local(EVE, 18), pgh_created_at__gt=local(DAY, 23))
    with history_rewritten():
        Instruction.objects.update(created_at=local(EVE, 18))
    with pytest.raises(Refused, match="1 việc"):
        ask(directive, staff)


class TestScope:
    """What others record stands in nobody's way."""

    @pytest.fixture
    def elsewhere(self, row, make_assignment, other_agency):
        made = make_assignment(clock="dated", position=2, agency=other_agency, deadline=DUE)
        recorded(local(EVE, 8))
        return made

    def test_another_agency(self, directive, staff, stranger, agency, other_agency, elsewhere):
        note(elsewhere, stranger)
        recorded(local(EVE, 18), Assignment, agency=other_agency, life="in_progress")
        assert ask(directive, staff, scope=Scope.AGENCY, agency=agency)
        for about in ({"scope": Scope.AGENCY, "agency": other_agency}, {"scope": Scope.ALL}, {}):
            with pytest.raises(Refused, match="gửi báo cáo tiến độ"):
                ask(directive, staff, **about)

    def test_a_directive_that_was_closed_after_the_hour(self, directive, staff, row, agency):
        Directive.objects.filter(pk=directive.pk).update(closed_on=EVE)
        recorded(local(EVE, 18), Directive)
        with pytest.raises(Refused, match="1 việc"):
            ask(directive, staff, scope=Scope.AGENCY, agency=agency)

    def test_a_draft_is_in_no_report(self, directive, staff, row):
        Directive.objects.create(
            number="87", symbol="TB-UBND", doc_type="Thông báo", issued_on=EVE, title="Nháp", text="x", created_on=EVE
        )
        recorded(local(EVE, 18), Directive, number="87")
        assert ask(directive, staff, scope=Scope.ALL)

    def test_who_belongs_to_a_group(self, directive, staff, group, row, agency):
        Membership.objects.create(group=group, member=agency, since=date(2023, 1, 1))
        recorded(local(EVE, 8), Membership)
        assert ask(directive, staff, scope=Scope.GROUP, agency=group)
        recorded(local(EVE, 18), Membership)
        with pytest.raises(Refused, match="1 việc"):
            ask(directive, staff, scope=Scope.GROUP, agency=group, at=time(17, 30))


def test_it_takes_as_many_queries_whatever_was_recorded(directive, staff, liaison, row, django_assert_num_queries):
    report = ask(directive, staff)

    def refused():
        with pytest.raises(Refused):
            require_nothing_since(report, is_over=True)

    note(row, liaison)
    recorded(local(EVE, 18))
    with CaptureQueriesContext(connection) as few:
        refused()
    for position in range(5):
        note(row, liaison, obstacle=str(position))
    recorded(local(EVE, 18))
    with django_assert_num_queries(len(few)):
        refused()


@pytest.mark.django_db(transaction=True)
class TestGathering:
    """Asked again when the figures are gathered, in the snapshot that they are gathered from."""

    @pytest.fixture
    def report(self, directive, staff, row):
        """Of the first minute of the real day, since which nothing has been recorded yet."""
        return ask(directive, staff, as_of=DAY, at=time(0))

    def rendered(self, report):
        render.render_report(report.pk)
        report.refresh_from_db()
        return report

    def test_something_recorded_between_asking_and_gathering_is_told(self, report, row, liaison):
        note(row, liaison)
        assert self.rendered(report).is_failed
        assert "gửi báo cáo tiến độ" in report.error and "giờ chưa đến của hôm nay" in report.error
        assert report.figures is None

    def test_something_recorded_while_they_are_gathered_is_not_in_them(self, report, row, liaison, monkeypatch):
        compose = content.compose

        def meanwhile(report):
            def write():
                note(row, liaison)
                connection.close()

            thread = threading.Thread(target=write)
            thread.start()
            thread.join(10)
            return compose(report)

        monkeypatch.setattr(content, "compose", meanwhile)
        assert self.rendered(report).is_ready, report.error
        assert report.figures["annex"][0]["tasks"][0]["assignments"][0]["said_on"] is None
        assert row.notes.count() == 1

    def test_an_hour_that_was_waited_for_is_gathered_late_only_if_nothing_came(self, report, row, liaison):
        """The server was away at the hour, and for an hour after it."""
        eve = timezone.localdate() - timedelta(days=1)
        Report.objects.filter(pk=report.pk).update(created_at=local(eve, 15), gather_at=local(eve, 17))
        note(row, liaison)
        recorded(local(eve, 17, 1))
        assert self.rendered(report).is_failed
        assert "hôm nay" not in report.error and "đến hết ngày" in report.error
        recorded(local(eve, 16))
        Report.objects.filter(pk=report.pk).update(state=ReportState.WAITING, error="")
        assert self.rendered(report).is_ready, report.error

    def test_in_the_minutes_after_the_hour_it_is_gathered_as_promised(self, report, row, liaison):
        now = timezone.now()
        Report.objects.filter(pk=report.pk).update(created_at=now - timedelta(hours=1), gather_at=now)
        note(row, liaison)
        assert self.rendered(report).is_ready, report.error
