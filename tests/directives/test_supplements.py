"""Work that was sent back and is not supplemented in its time says so, though only what is dated is overdue."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from directives.models import Assignment

WORDS = "Quá hạn bổ sung"


@pytest.fixture(autouse=True)
def pinned(settings, day):
    settings.TODAY = day


@pytest.fixture
def back(make_assignment):
    return make_assignment(life="in_progress", supplement_due_on=date(2023, 10, 12))


def pages(row):
    yield "liaison", reverse("home")
    yield "liaison", reverse("assignment_detail", args=[row.task_id, "skhdt"])
    yield "staff", reverse("worklist")
    yield "staff", reverse("agency_detail", args=["skhdt"])


def test_it_is_marked_wherever_the_work_is_listed(client, back, liaison, staff):
    people = {"liaison": liaison, "staff": staff}
    for who, address in pages(back):
        client.force_login(people[who])
        assert f"</svg>{WORDS}</span>" in client.get(address).content.decode(), address


@pytest.mark.parametrize(
    "fields",
    [
        {"supplement_due_on": date(2023, 11, 20)},
        {"life": "awaiting", "submitted_on": date(2023, 11, 19)},
        {"closed_on": date(2023, 11, 1)},
    ],
)
def test_not_on_its_last_day_nor_once_it_came_or_is_closed(client, back, staff, fields):
    Assignment.objects.update(**fields)
    client.force_login(staff)
    for _, address in pages(back):
        assert f"</svg>{WORDS}</span>" not in client.get(address).content.decode(), address


def test_it_makes_nothing_overdue(back, day):
    row = Assignment.objects.with_status(day).get()
    assert (row.time_state, row.supplement_late) == ("no_deadline", True)


def test_staff_find_them_from_the_queue_of_claims(client, back, staff, make_assignment, day):
    make_assignment(position=2, life="in_progress", supplement_due_on=day + timedelta(days=1))
    client.force_login(staff)
    assert "Quá hạn bổ sung: 1 phân công" in client.get(reverse("review_queue")).content.decode()
    for view, key in (("", back.pk), ("nhiem-vu", back.task_id)):
        page = client.get(reverse("worklist"), {"bo-sung": "on", "xem": view})
        assert [each.pk for each in page.context["page"]] == [key]
