"""A round's report drafts itself once its agencies have had their time, and the staff are told; people publish it."""

from contextlib import nullcontext
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.models import Agency, Kind
from directives.actions.report_text import publish_report
from directives.actions.round_reports import draft_round_reports
from directives.models import Reason, Reminder, Report, ReportState, Round, RungRule, Scope, Step
from directives.reminders.deliver import send_all
from directives.reminders.plan import plan_reminders
from directives.reports import content, render
from tests.directives.test_report_pages import HEAVY
from tests.races import at_once
from tests.smtp import mail_server

MONDAY = date(2023, 11, 20)


@pytest.fixture(autouse=True)
def within_the_test(monkeypatch):
    """The figures are gathered in the transaction of the test (in one of their own: test_reports)."""
    monkeypatch.setattr(content, "snapshot", nullcontext)


@pytest.fixture
def november(make_assignment):
    make_assignment("dated", deadline=date(2023, 12, 29))
    return Round.objects.create(
        cadence="month",
        start=date(2023, 10, 15),
        end=date(2023, 11, 14),
        due_local=date(2023, 11, 16),
        due_agency=date(2023, 11, 17),
        due_standing=date(2023, 11, 24),
    )


@pytest.fixture
def standing(staff):
    Agency.objects.filter(code="lmhtx").update(kind=Kind.STANDING)
    staff.email = "thuongtruc@example.vn"
    staff.save()
    return staff


def test_it_comes_the_morning_after_the_last_day_of_the_agencies(november):
    assert draft_round_reports(date(2023, 11, 17)) == []
    (report,) = draft_round_reports(date(2023, 11, 18))
    assert (report.scope, report.round, report.as_of) == (Scope.ALL, november, date(2023, 11, 18))
    assert (report.period_start, report.period_name, report.made_by) == (november.start, "tháng 11/2023", None)
    assert draft_round_reports(MONDAY) == []


def test_after_days_of_outage_it_still_comes_and_after_a_month_no_more(november):
    assert draft_round_reports(date(2023, 12, 19)) == []
    assert len(draft_round_reports(date(2023, 12, 18))) == 1


def test_one_that_could_not_be_made_is_tried_again_the_next_morning(november):
    (report,) = draft_round_reports(MONDAY)
    assert draft_round_reports(MONDAY) == []
    Report.objects.update(state="failed", error="x")
    assert draft_round_reports(MONDAY) == [report]
    report.refresh_from_db()
    assert report.is_unfinished


def test_where_nothing_is_followed_nothing_is_drafted(november, directive):
    directive.closed_on = date(2023, 11, 1)
    directive.save()
    assert draft_round_reports(MONDAY) == []


@pytest.mark.django_db(transaction=True)
def test_two_schedules_make_one(november):
    at_once(4, lambda: draft_round_reports(MONDAY))
    assert Report.objects.count() == 1


@pytest.fixture
def drafted(november, standing):
    (report,) = draft_round_reports(MONDAY)
    render.render_report(report.pk)
    report.refresh_from_db()
    assert report.is_ready, report.error
    return report


def told():
    return set(Reminder.objects.filter(reason=Reason.DRAFTED).values_list("recipient__username", "channel", "step"))


class TestTelling:
    def test_the_standing_staff_are_told_by_mail_and_bell(self, drafted, standing):
        plan_reminders(MONDAY)
        assert told() == {(standing.username, "mail", Step.STANDING), (standing.username, "bell", Step.STANDING)}

    def test_the_mail_has_the_numbers_of_the_report_and_leads_to_it(self, drafted, client, standing, settings):
        plan_reminders(MONDAY)
        with mail_server(settings) as server, CaptureQueriesContext(connection) as queries:
            send_all(MONDAY)
        assert not [query for query in queries if HEAVY.search(query["sql"])]
        (text,) = [" ".join(each.text.split()) for each in server.taken]
        tasks, given = drafted.figures["tasks"], drafted.figures["assignments"]
        assert f"Đã hoàn thành {tasks['done']}/{tasks['total']} nhiệm vụ, {given['done']}/{given['total']} lượt" in text
        address = reverse("round_report", args=[drafted.round_id])
        assert address in text
        client.force_login(standing)
        assert client.get(address).url == reverse("report_detail", args=[drafted.pk])

    def test_a_draft_that_was_published_is_told_to_nobody(self, drafted, standing):
        seen = drafted.content_sha256
        publish_report(
            report=drafted,
            number="",
            issued_on=None,
            seen=seen,
            by=standing,
            day=MONDAY,
            write=lambda *_: ({}, "a" * 64),
        )
        plan_reminders(MONDAY)
        assert told() == set()

    def test_one_whose_files_could_not_be_made_is_not_told_as_ready(self, drafted):
        Report.objects.update(state=ReportState.FAILED)
        plan_reminders(MONDAY)
        assert told() == set()

    def test_the_office_may_do_without(self, drafted):
        rule = RungRule.initial(Reason.DRAFTED)
        rule.is_on = False
        rule.save()
        plan_reminders(MONDAY)
        assert told() == set()

    def test_drafted_on_a_saturday_it_is_told_on_monday(self, november, standing):
        (report,) = draft_round_reports(date(2023, 11, 18))
        render.render_report(report.pk)
        plan_reminders(date(2023, 11, 18))
        assert told() == set()
        plan_reminders(MONDAY)
        assert len(told()) == 2

    def test_it_is_never_published_by_itself(self, drafted):
        for days in range(60):
            draft_round_reports(MONDAY + timedelta(days=days))
        assert not Report.objects.published().exists()


def test_the_next_report_is_compared_with_the_last_published_one(drafted, standing, november):
    publish_report(
        report=drafted,
        number="",
        issued_on=None,
        seen=drafted.content_sha256,
        by=standing,
        day=MONDAY,
        write=lambda *_: ({}, "a" * 64),
    )
    Round.objects.create(
        cadence="month",
        start=date(2023, 11, 15),
        end=date(2023, 12, 14),
        due_local=date(2023, 12, 15),
        due_agency=date(2023, 12, 18),
        due_standing=date(2023, 12, 25),
    )
    (later,) = draft_round_reports(date(2023, 12, 19))
    render.render_report(later.pk)
    later.refresh_from_db()
    assert later.figures["change"]["as_of"] == "2023-11-20"
    assert later.figures["change"]["tasks"] == drafted.figures["tasks"]
    assert "So với báo cáo tháng 11/2023, số liệu đến ngày 20/11/2023" in later.passages.get(place="change").words
