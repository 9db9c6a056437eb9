"""The log of reminders: who may read it, what it says, and what it costs."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from agencies.models import Role, User
from directives.models import Reason, Reminder, ReminderState

from .conftest import person

pytestmark = pytest.mark.django_db
ADDRESS = reverse("reminder_list")


@pytest.fixture(autouse=True)
def on_a_working_day(settings, day):
    settings.TODAY = day


@pytest.fixture
def keeper(staff):
    return staff


@pytest.fixture
def admin(standing):
    return person("quantri", Role.ADMIN, standing)


@pytest.fixture
def row(make_assignment, liaison, day):
    made = make_assignment(clock="dated", deadline=day)
    return Reminder.objects.create(
        recipient=liaison, assignment=made, reason=Reason.ON_DAY, deadline=day, rung=day, planned_on=day
    )


def change(row, **fields):
    Reminder.objects.filter(pk=row.pk).update(**fields)


def page(client, user, state=None):
    client.force_login(user)
    return client.get(ADDRESS, {"tinh_trang": state} if state else {})


def shown(response):
    return [row.pk for mail in response.context["mails"] for row in mail["rows"]]


@pytest.mark.parametrize("who", ["leader", "liaison", "stranger"])
@pytest.mark.parametrize(
    ("method", "name"), [("get", "reminder_list"), ("post", "reminder_retry"), ("post", "reminder_plan")]
)
def test_nobody_but_staff_finds_the_page(client, request, who, method, name):
    client.force_login(request.getfixturevalue(who))
    assert getattr(client, method)(reverse(name)).status_code == 404


def test_on_a_day_off_nothing_is_planned_and_the_page_says_so(client, keeper, settings):
    settings.TODAY = date(2023, 11, 19)
    client.force_login(keeper)
    answer = client.post(reverse("reminder_plan"), follow=True)
    assert "19/11/2023 là ngày nghỉ" in answer.content.decode()


def test_sending_at_once_is_asked_for_twice_and_says_where_to_look(client, keeper):
    text = page(client, keeper).content.decode()
    assert "Mỗi người nhận nhiều nhất một thư; lời nhắc đã gửi không gửi lại." in text
    assert text.index('<summary class="button">Gửi nhắc việc hôm nay') < text.index(reverse("reminder_plan"))
    answer = client.post(reverse("reminder_plan"), follow=True).content.decode()
    assert "Đang gửi. Khoảng một phút nữa, xin xem ở mục “Đã gửi”." in answer


@pytest.mark.parametrize("who", ["keeper", "admin"])
def test_staff_and_administrator_do(client, request, who):
    assert page(client, request.getfixturevalue(who)).status_code == 200


def test_a_visitor_is_asked_to_sign_in(client, db):
    assert client.get(ADDRESS).status_code == 302


def test_asking_for_the_retry_by_get_is_refused(client, keeper):
    client.force_login(keeper)
    assert client.get(reverse("reminder_retry")).status_code == 405


@pytest.mark.parametrize(
    ("state", "fields"),
    [
        ("cho-gui", {}),
        ("loi", {"error": "450 bận", "attempts": 2}),
        ("da-gui", {"state": ReminderState.SENT, "sent_at": datetime(2023, 11, 20, 0, 1, tzinfo=UTC)}),
        ("khong-can", {"state": ReminderState.CANCELLED}),
    ],
)
def test_each_row_stands_under_its_state_only(client, keeper, row, state, fields):
    change(row, **fields)
    for asked in ("cho-gui", "loi", "da-gui", "khong-can"):
        assert shown(page(client, keeper, asked)) == ([row.pk] if asked == state else [])


def test_each_tab_counts_its_own_rows(client, keeper, row):
    change(row, error="450 bận")
    counts = {tab["label"]: tab["count"] for tab in page(client, keeper).context["tabs"][1:]}
    assert counts == {"Chờ gửi": 0, "Gửi chưa được": 1, "Đã gửi": 0, "Không cần gửi nữa": 0}


def test_what_went_says_to_whom_when_and_about_what(client, keeper, row):
    change(row, state=ReminderState.SENT, sent_at=datetime(2023, 11, 20, 0, 1, tzinfo=UTC))
    text = page(client, keeper, "da-gui").content.decode()
    for words in ("Người skhdt", "skhdt@kttt.example", "gửi lúc 07:01 20/11/2023", "rà soát chính sách", "86/TB-UBND"):
        assert words in text


def test_a_failure_says_why_and_when_it_is_tried_again(client, keeper, row):
    next_try = datetime(2023, 11, 20, 1, 15, tzinfo=UTC)
    change(row, error="450 hộp thư đầy", attempts=3, next_attempt_at=next_try)
    text = page(client, keeper).content.decode()
    assert "Máy chủ thư không nhận thư của 1 người" in text
    assert "lần thử tới lúc 08:15 20/11/2023; thư không mất" in text
    assert "450 hộp thư đầy" in text
    assert "đã thử 3 lần" in text


def test_without_failures_nothing_is_said_of_the_mail_server(client, keeper, row):
    assert "Máy chủ thư" not in page(client, keeper).content.decode()


def test_people_without_an_address_are_named(client, keeper, row, liaison):
    User.objects.filter(pk=liaison.pk).update(email="")
    text = page(client, keeper).content.decode()
    assert "1 người chưa có địa chỉ thư" in text
    assert reverse("user_edit", args=[liaison.pk]) in text


def test_somebody_who_would_not_be_reminded_needs_no_address(client, keeper, leader):
    User.objects.filter(pk=leader.pk).update(email="")
    assert "chưa có địa chỉ thư" not in page(client, keeper).content.decode()


def test_trying_again_at_once(client, keeper, row):
    change(row, error="450 bận", attempts=3, next_attempt_at=timezone.now() + timedelta(hours=1))
    client.force_login(keeper)
    assert client.post(reverse("reminder_retry")).status_code == 302
    assert Reminder.objects.outgoing().get().next_attempt_at is None


def test_an_empty_log_says_when_it_fills(client, keeper):
    assert "6 giờ 30" in page(client, keeper).content.decode()


def test_an_unknown_state_in_the_address_is_no_error(client, keeper):
    assert page(client, keeper, "vo-nghia").status_code == 200


@pytest.mark.parametrize("state", ["cho-gui", "loi", "da-gui"])
@pytest.mark.parametrize("count", [3, 300])
def test_the_same_number_of_queries_at_3_and_at_300_rows(
    client, django_assert_num_queries, keeper, agency, make_assignment, day, state, count
):
    made = make_assignment(clock="dated", deadline=day)
    people = User.objects.bulk_create(
        User(username=f"nguoi{n}", full_name=f"Người {n}", email=f"n{n}@kttt.example", agency=agency)
        for n in range(count)
    )
    fields = {
        "cho-gui": {},
        "loi": {"error": "450", "next_attempt_at": timezone.now()},
        "da-gui": {"state": ReminderState.SENT, "sent_at": timezone.now()},
    }[state]
    Reminder.objects.bulk_create(
        Reminder(recipient=one, assignment=made, reason="on_day", deadline=day, rung=day, planned_on=day, **fields)
        for one in people
    )
    client.force_login(keeper)
    with django_assert_num_queries(8):  # two of them are the session and the person
        response = client.get(ADDRESS, {"tinh_trang": state})
    assert len(shown(response)) == min(count, 50)
