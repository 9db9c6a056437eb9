"""What goes out tomorrow and why; nhắc ngay with its preview; the text for Zalo."""

import re
import uuid
from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse

from agencies.models import Role, User
from directives.actions.reminders import pause_reminders
from directives.models import Addressee, Nudge, Office, Reason, Reminder, ReminderState
from directives.reminders.hours import may_send
from directives.reminders.plan import plan_reminders

from .conftest import person

pytestmark = pytest.mark.django_db
FORECAST, NUDGE = reverse("reminder_forecast"), reverse("reminder_nudge")
TOMORROW = date(2023, 11, 21)


@pytest.fixture(autouse=True)
def on_a_monday(settings, day):
    settings.TODAY = day


@pytest.fixture
def soon(make_assignment, liaison):
    """Due on Wednesday: told tomorrow, and the day after."""
    return make_assignment(clock="dated", deadline=date(2023, 11, 22))


@pytest.fixture
def late(make_assignment, liaison):
    return make_assignment(clock="dated", deadline=date(2023, 11, 16), position=2)


def text(client, user, address, **query):
    client.force_login(user)
    return re.sub(r"\s+", " ", client.get(address, query).text)


# Tomorrow


def test_tomorrow_says_who_gets_what_and_why_and_writes_nothing(client, staff, soon):
    page = text(client, staff, FORECAST)
    assert "Người skhdt, Sở KH&amp;ĐT" in page and "skhdt@kttt.example" in page
    assert "Sắp đến hạn, hạn 22/11/2023 (phải nhắc từ 21/11/2023; đầu mối)" in page
    assert not Reminder.objects.exists()


def test_what_the_page_says_is_what_is_planned(client, staff, soon, late):
    client.force_login(staff)
    parcels = client.get(FORECAST).context["parcels"]
    plan_reminders(TOMORROW)
    rows = Reminder.objects.outgoing().owed().values_list("recipient", "assignment", "reason")
    assert {(line.to.pk, line.assignment.pk, line.owed.reason) for lines in parcels for line in lines} == set(rows)


def test_what_has_left_does_not_go_out_again(client, staff, soon):
    plan_reminders(TOMORROW)
    Reminder.objects.update(state=ReminderState.SENT)
    assert "Không có gì phải gửi" in text(client, staff, FORECAST)


def test_on_a_friday_tomorrow_is_monday(client, staff, soon, settings):
    settings.TODAY = date(2023, 11, 17)
    assert "Sẽ gửi ngày 20/11/2023" in text(client, staff, FORECAST)


def test_a_pause_is_named_and_its_lines_are_not_there(client, staff, soon, agency, day):
    pause_reminders(agency=agency, since=day, until=None, reason="bão", by=staff, day=day)
    page = text(client, staff, FORECAST)
    assert "Đang tạm ngừng nhắc 1 nơi" in page and "Người skhdt" not in page


def test_who_has_no_address_is_counted_apart(client, staff, soon, liaison):
    User.objects.filter(pk=liaison.pk).update(email="")
    assert "1 người chỉ thấy lời nhắc trong phần mềm" in text(client, staff, FORECAST)


@pytest.mark.parametrize("count", [3, 30])
def test_tomorrow_asks_as_much_for_many_as_for_few(client, staff, agency, soon, count, django_assert_max_num_queries):
    for number in range(count):
        person(f"nguoi{number}", Role.LIAISON, agency, [agency])
    client.force_login(staff)
    with django_assert_max_num_queries(35):
        assert len(client.get(FORECAST).context["parcels"]) == min(count + 1, 20)


# Nhắc ngay


def press(client, codes=("skhdt",), submission=None):
    return client.post(NUDGE, {"co-quan": codes, "submission": submission or uuid.uuid4()})


def test_the_preview_names_people_tasks_and_the_last_reminder(client, staff, late, soon):
    plan_reminders(date(2023, 11, 16))
    Reminder.objects.update(state=ReminderState.SENT, sent_on=date(2023, 11, 16))
    page = text(client, staff, NUDGE)
    assert "1 nhiệm vụ quá hạn" in page and "nhắc gần nhất ngày 16/11/2023" in page
    assert "Người skhdt (skhdt@kttt.example)" in page
    assert not Nudge.objects.exists()


def test_one_press_nudges_what_is_late_of_those_that_are_ticked(client, staff, late, soon, day):
    client.force_login(staff)
    assert press(client).status_code == 302
    assert Nudge.objects.get().assignments == [late.pk]
    plan_reminders(day)
    assert Reminder.objects.outgoing().get(reason=Reason.NUDGED).recipient.username == "skhdt"


def test_a_second_press_of_the_same_page_is_harmless(client, staff, late):
    client.force_login(staff)
    same = uuid.uuid4()
    press(client, submission=same), press(client, submission=same)
    assert Nudge.objects.count() == 1


@pytest.mark.parametrize("codes", [[], ["khong-co"]])
def test_nothing_ticked_is_told(client, staff, late, codes):
    client.force_login(staff)
    answer = press(client, codes)
    assert answer.status_code == 422 and "Không còn nhiệm vụ quá hạn nào" in answer.text


def test_an_old_page_is_told(client, staff, late):
    client.force_login(staff)
    answer = client.post(NUDGE, {"co-quan": "skhdt", "submission": "x"})
    assert answer.status_code == 422 and "Trang đã cũ" in answer.text


def test_who_was_reminded_today_is_not_ticked(client, staff, late, day):
    plan_reminders(day)
    Reminder.objects.update(state=ReminderState.SENT, sent_on=day)
    client.force_login(staff)
    assert client.get(NUDGE).context["ticked"] == []


def test_a_body_that_is_asked_is_not_called_late(client, staff, late):
    Addressee.objects.update(is_asked=True)
    page = text(client, staff, NUDGE)
    assert "đã qua thời hạn đề nghị" in page and "1 nhiệm vụ quá hạn" not in page


def test_one_agency_alone(client, staff, late, make_assignment, stranger, other_agency):
    make_assignment(clock="dated", deadline=date(2023, 11, 15), position=3, agency=other_agency)
    page = text(client, staff, NUDGE, **{"co-quan": "stc"})
    assert "Sở Tài chính" in page and "Sở Kế hoạch" not in page


# Zalo


def test_the_text_for_zalo_names_each_task_with_its_link(client, staff, late, soon):
    page = text(client, staff, reverse("reminder_text", args=["skhdt"]))
    for words in ("QUÁ HẠN (1 nhiệm vụ)", "SẮP ĐẾN HẠN (1 nhiệm vụ)", f"/nhiem-vu/{late.task_id}/skhdt/bao-cao/"):
        assert words in page


def test_to_a_body_that_is_asked_it_is_courteous(client, staff, late):
    Addressee.objects.update(is_asked=True)
    page = text(client, staff, reverse("reminder_text", args=["skhdt"]))
    assert "Kính đề nghị quý cơ quan quan tâm" in page and "quá hạn" not in page.lower()


def test_where_nothing_is_due_it_says_so(client, staff, agency):
    assert "Chưa có gì cần nhắc" in text(client, staff, reverse("reminder_text", args=["skhdt"]))


# Hours


def at(hour, minute=0):
    return datetime.fromisoformat(f"2023-11-20T{hour:02}:{minute:02}:00+07:00")


@pytest.mark.parametrize(
    ("hour", "quiet", "sends"),
    [
        (7, (19, 6), True),
        (18, (19, 6), True),
        (19, (19, 6), False),
        (23, (19, 6), False),
        (5, (19, 6), False),
        (6, (19, 6), True),
        (12, (11, 13), False),
        (13, (11, 13), True),
        (3, None, True),
    ],
)
def test_nothing_leaves_in_the_quiet_hours(settings, day, hour, quiet, sends):
    settings.TODAY = None
    begins, ends = (f"{each:02}:00" for each in quiet) if quiet else (None, None)
    Office.objects.create(pk=1, quiet_from=begins, quiet_until=ends)
    assert may_send(day, at(hour)) is sends


def test_nothing_leaves_on_a_day_off(settings):
    settings.TODAY = None
    assert not may_send(date(2023, 11, 19), at(8) - timedelta(days=1))


def test_on_the_training_clock_the_hour_of_the_machine_says_nothing(day):
    assert may_send(day, at(3))
