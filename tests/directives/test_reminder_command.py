"""manage.py plan_reminders: says who is owed what and why; a dry run writes nothing."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from agencies.models import User
from directives.models import Office, Reminder

pytestmark = pytest.mark.django_db


@pytest.fixture
def due(make_assignment, liaison, day):
    return make_assignment(clock="dated", deadline=day)


def said(*args):
    out = StringIO()
    call_command("plan_reminders", *args, stdout=out)
    return out.getvalue()


def test_a_dry_run_names_person_reason_and_task_and_writes_nothing(due):
    words = said("--day", "2023-11-20", "--dry-run")
    assert "Người skhdt (skhdt) <skhdt@kttt.example>" in words
    assert "Đến hạn, hạn 20/11/2023 (phải nhắc từ 20/11/2023; đầu mối): Sở KH&ĐT, 86/TB-UBND" in words
    assert "sẽ lập 1, bỏ 0" in words
    assert not Reminder.objects.exists()
    assert not Office.objects.exists()


def test_a_run_writes_what_it_says(due):
    assert "Đã lập 1, bỏ 0 lời nhắc ngày 20/11/2023." in said("--day", "2023-11-20")
    assert Reminder.objects.outgoing().get().planned_on == date(2023, 11, 20)


def test_a_second_run_still_says_what_waits(due):
    said("--day", "2023-11-20")
    words = said("--day", "2023-11-20")
    assert "Người skhdt" in words
    assert "Đã lập 0" in words


def test_without_a_day_it_is_today(due, settings):
    settings.TODAY = date(2023, 11, 20)
    assert "Đã lập 1" in said()


def test_a_day_off_is_said(due):
    assert "không phải ngày làm việc" in said("--day", "2023-11-19")


def test_who_has_no_address_is_named(due, liaison):
    User.objects.filter(pk=liaison.pk).update(email="")
    words = said("--day", "2023-11-20", "--dry-run")
    assert "Chỉ thấy trong phần mềm, vì không có kênh nào khác" in words
    assert "<chưa có địa chỉ thư>" in words
