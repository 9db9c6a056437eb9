"""Calendars by secret address: no more than their maker may see, and gone with their rights."""

import uuid
from datetime import date, timedelta
from hashlib import sha256

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from agencies.errors import Refused
from agencies.grants import revoke
from agencies.people import deactivate
from agencies.succession_rules import NewBody
from directives.actions.feeds import MOST, make_feed, revoke_feed
from directives.actions.succession import succeed
from directives.models import Assignment, CalendarFeed, Directive

from .conftest import DAY


@pytest.fixture(autouse=True)
def pinned(settings, day):
    settings.TODAY = day


@pytest.fixture
def rows(make_assignment, other_agency):
    return [
        make_assignment("dated", 1, deadline=DAY + timedelta(10)),
        make_assignment("dated", 2, deadline=DAY - timedelta(10)),
        make_assignment("dated", 3, deadline=DAY, life="done", completed_on=DAY),
        make_assignment("undated", 4),
        make_assignment("dated", 5, agency=other_agency, deadline=DAY),
    ]


def address(token):
    return reverse("calendar_feed", args=[token])


def feed(who, agency=None):
    return make_feed(agency=agency, by=who, day=DAY, submission=uuid.uuid4())


def events(token):
    answer = Client().get(address(token))
    assert answer.status_code == 200, answer
    return list(Calendar.from_ical(answer.content).walk("VEVENT"))


def test_open_dated_work_stands_on_its_day(rows, liaison):
    _, token = feed(liaison)
    found = events(token)
    assert [each["dtstart"].dt for each in found] == [DAY - timedelta(10), DAY + timedelta(10)]
    assert isinstance(found[0]["dtstart"].dt, date)
    assert found[0]["summary"] == "Hạn: nhiệm vụ 2, 86/TB-UBND – Sở KH&ĐT"
    assert found[0]["url"] == f"http://127.0.0.1:8000/nhiem-vu/{rows[1].task_id}/skhdt/"
    assert found[0]["uid"] == f"phan-cong-{rows[1].pk}@127.0.0.1"


def test_the_name_of_an_event_stays_when_its_day_moves(rows, liaison):
    _, token = feed(liaison)
    before = [each["uid"] for each in events(token)]
    rows[0].deadline = rows[0].deadline + timedelta(20)
    rows[0].save()
    assert [each["uid"] for each in events(token)] == before
    assert events(token)[1]["dtstart"].dt == DAY + timedelta(30)


def test_it_is_no_page_of_anybody_and_is_not_kept(rows, liaison):
    _, token = feed(liaison)
    answer = Client().get(address(token))
    assert answer["Content-Type"].startswith("text/calendar")
    assert answer["Cache-Control"] == "private, no-store"
    assert "sessionid" not in answer.cookies


def test_each_sees_what_they_may(rows, liaison, stranger, leader, agency):
    assert len(events(feed(liaison)[1])) == 2
    assert len(events(feed(stranger)[1])) == 1
    assert len(events(feed(leader)[1])) == 3
    assert len(events(feed(leader, agency)[1])) == 2


def test_a_calendar_follows_its_agency_into_its_successors(rows, liaison, leader, agency, staff):
    of_liaison, of_leader = feed(liaison, agency)[1], feed(leader, agency)[1]
    done = succeed(
        shape="rename", on=DAY, instrument="QĐ 1", old=[agency], new=[NewBody(name="Sở Mới")], by=staff, day=DAY
    )
    heir = done.moved[0][1].agency
    for token in (of_liaison, of_leader):
        assert [each["dtstart"].dt for each in events(token)] == [DAY - timedelta(10), DAY + timedelta(10)]
    revoke(agency=agency, user=liaison, by=None, day=DAY)
    assert len(events(of_liaison)) == 2
    revoke(agency=heir, user=liaison, by=None, day=DAY)
    assert Client().get(address(of_liaison)).status_code == 404


def test_bodies_of_one_name_are_told_apart(client, rows, leader, agency, staff):
    new = NewBody(name=agency.name, short_name=agency.short_name)
    done = succeed(shape="rename", on=DAY, instrument="QĐ 1", old=[agency], new=[new], by=staff, day=DAY)
    rows_waiting = done.moved[0][1].pk
    client.force_login(leader)
    ended, begun = "Sở KH&amp;ĐT (đến trước 20/11/2023)", "Sở KH&amp;ĐT (từ 20/11/2023)"
    whole = [words.replace("KH&amp;ĐT", "Kế hoạch và Đầu tư") for words in (ended, begun)]
    page = client.get(reverse("worklist")).content.decode()
    assert ended in page
    assert begun in page
    page = client.get(reverse("calendar_list")).content.decode()
    assert all(words in page for words in whole)
    Assignment.objects.filter(pk=rows_waiting).update(life="awaiting", submitted_on=DAY)
    assert whole[1] in client.get(reverse("review_queue")).content.decode()
    heading = client.get(reverse("agency_detail", args=["skhdt"])).content.decode()
    assert whole[0] in heading.split("<h1", 1)[1].split("</h1>", 1)[0]


def test_a_draft_is_in_nobodys_calendar(rows, staff):
    Directive.objects.update(published_on=None)
    assert events(feed(staff)[1]) == []


def test_nobody_makes_one_of_a_foreign_agency(rows, liaison, other_agency, client):
    with pytest.raises(Refused):
        feed(liaison, other_agency)
    client.force_login(liaison)
    assert client.post(reverse("calendar_create"), {"agency": other_agency.pk}).status_code == 422
    assert not CalendarFeed.objects.exists()


def test_whatever_ended_it_the_answer_is_the_same(rows, liaison, leader, stranger, agency):
    made, revoked = feed(liaison)
    revoke_feed(feed=made, by=liaison, day=DAY)
    _, of_inactive = feed(leader)
    deactivate(user=leader, by=None)
    _, of_agency = feed(liaison, agency)
    _, of_all = feed(liaison)
    revoke(agency=agency, user=liaison, by=None, day=DAY)
    answers = [
        Client().get(address(token)) for token in (revoked, of_inactive, of_agency, of_all, "khong-co", "x" * 500)
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1


def test_a_right_that_is_given_again_opens_it_again_and_a_deputy_has_it_while_they_stand_in(rows, liaison, agency):
    from agencies.grants import grant

    _, token = feed(liaison, agency)
    revoke(agency=agency, user=liaison, by=None, day=DAY)
    assert Client().get(address(token)).status_code == 404
    grant(agency=agency, user=liaison, by=None)
    assert len(events(token)) == 2


def test_the_secret_is_shown_once_and_not_kept(rows, liaison, client):
    client.force_login(liaison)
    shown = client.post(reverse("calendar_create"), {"agency": ""})
    token = shown.context["link"].removesuffix(".ics").rsplit("/", 1)[1]
    kept = CalendarFeed.objects.get()
    assert kept.token_sha256 == sha256(token.encode()).hexdigest()
    assert token in shown.content.decode()
    assert token not in client.get(reverse("calendar_list")).content.decode()
    assert len(events(token)) == 2


def test_only_the_maker_revokes(rows, liaison, leader, client):
    made, token = feed(liaison)
    client.force_login(leader)
    assert client.post(reverse("calendar_revoke", args=[made.pk])).status_code == 404
    with pytest.raises(Refused):
        revoke_feed(feed=made, by=leader, day=DAY)
    assert events(token)
    client.force_login(liaison)
    client.post(reverse("calendar_revoke", args=[made.pk]))
    assert Client().get(address(token)).status_code == 404
    first = CalendarFeed.objects.get().revoked_at
    client.post(reverse("calendar_revoke", args=[made.pk]))
    assert CalendarFeed.objects.get().revoked_at == first


def test_so_many_and_no_more(liaison):
    for _ in range(MOST):
        feed(liaison)
    with pytest.raises(Refused, match="nhiều nhất"):
        feed(liaison)


@pytest.mark.parametrize("many", [1, 3])
def test_the_number_of_queries_does_not_grow(make_assignment, liaison, many, django_assert_num_queries):
    for position in range(1, many + 1):
        make_assignment("dated", position, deadline=DAY)
    _, token = feed(liaison)
    with django_assert_num_queries(4):
        assert len(events(token)) == many


def test_it_holds_the_last_month_and_the_next_half_year(make_assignment, liaison):
    for position, days in enumerate((-31, -30, 182, 183), 1):
        make_assignment("dated", position, deadline=DAY + timedelta(days))
    assert [each["dtstart"].dt for each in events(feed(liaison)[1])] == [DAY - timedelta(30), DAY + timedelta(182)]


def test_where_there_is_too_much_the_longest_late_gives_way(rows, liaison, monkeypatch):
    monkeypatch.setattr("directives.views.calendar.MOST", 1)
    assert [each["dtstart"].dt for each in events(feed(liaison)[1])] == [DAY + timedelta(10)]
