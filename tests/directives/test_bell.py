"""The bell: how many notices are new, what they say, and that looking at them is what makes them old."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.absences import end_absence, record_absence
from agencies.grants import revoke
from agencies.models import Role
from directives.actions.notes import Said, report_progress
from directives.actions.tasks import set_deadline
from directives.models import ChannelName, Reminder, ReminderState
from directives.reminders.plan import plan_reminders

from .conftest import person

pytestmark = pytest.mark.django_db
ADDRESS = reverse("bell_list")
# The day of these tests, and the next rung of a deadline on that Wednesday.
DUE, NEXT = date(2023, 11, 22), date(2023, 11, 21)
CLAIM = Said(result="Xong.", claims_completion=True, no_evidence_reason="Không có.")
MARK, DONE = "Chưa xem", "Đã xong, không còn cần"


@pytest.fixture(autouse=True)
def on_a_working_day(settings, day):
    settings.TODAY = day


@pytest.fixture
def due(make_assignment, liaison, day):
    """One that falls due, one that is late; both are told on the day of these tests."""
    rows = [make_assignment("dated", deadline=each, position=n) for n, each in enumerate((DUE, date(2023, 11, 1)), 1)]
    plan_reminders(day)
    return rows


def bells(**filters):
    return Reminder.objects.by(ChannelName.BELL).filter(**filters)


def look(client, who=None, **query):
    if who:
        client.force_login(who)
    return client.get(ADDRESS, query)


def see(client):
    newest = look(client).context["notices"].newest
    return client.post(reverse("bell_see"), {"den": newest})


def count(client, address="/vang-mat/"):
    return client.get(address).wsgi_request.user.unseen


def test_every_page_counts_what_is_new(client, liaison, due):
    client.force_login(liaison)
    page = client.get("/vang-mat/").content.decode()
    assert "2 thông báo chưa xem" in page and f'href="{ADDRESS}"' in page


def test_who_has_nothing_new_finds_the_way_all_the_same(client, stranger, due):
    client.force_login(stranger)
    page = client.get("/vang-mat/").content.decode()
    assert "thông báo chưa xem" not in page and f'href="{ADDRESS}"' in page


def test_nobody_signed_in_sees_no_bell(client):
    assert f'href="{ADDRESS}"' not in client.get("/dang-nhap/").content.decode()


def test_the_count_costs_no_query_of_its_own(client, liaison, due):
    client.force_login(liaison)
    client.get("/doi-mat-khau/")
    with CaptureQueriesContext(connection) as queries:
        client.get("/doi-mat-khau/")
    about_reminders = [query["sql"] for query in queries if "directives_reminder" in query["sql"]]
    assert len(about_reminders) == 1 and 'FROM "agencies_user"' in about_reminders[0]


def test_beyond_99_it_says_so_and_counts_no_further(client, liaison, due, day):
    words = {"recipient": liaison, "channel": "bell", "assignment": due[0], "reason": "before", "planned_on": day}
    Reminder.objects.bulk_create(
        Reminder(**words, deadline=DUE, rung=day - timedelta(days=number)) for number in range(30, 230)
    )
    client.force_login(liaison)
    assert count(client) == 100
    assert "Hơn 99 thông báo chưa xem" in client.get("/vang-mat/").content.decode()


def test_mail_is_not_counted(client, liaison, due):
    assert Reminder.objects.by(ChannelName.MAIL).owed().count() == 2
    bells().update(state=ReminderState.CANCELLED)
    client.force_login(liaison)
    assert count(client) == 0


def test_a_closed_account_is_signed_out(client, liaison):
    client.force_login(liaison)
    type(liaison).objects.filter(pk=liaison.pk).update(is_active=False)
    assert client.get(ADDRESS).status_code == 302


def test_the_most_urgent_comes_first_and_leads_to_the_form(client, liaison, due):
    page = look(client, liaison)
    headings = [group.heading for group, _ in page.context["shown"].calling]
    assert headings == ["Quá hạn", "Sắp đến hạn"]
    text = page.content.decode()
    assert text.count(MARK) == 2 and "quá hạn 19 ngày" in text and "còn 2 ngày" in text
    for row in due:
        assert f'href="{reverse("note_create", args=[row.task_id, row.agency.code])}"' in text


def test_to_look_changes_no_row(client, liaison, due):
    before = list(Reminder.objects.order_by("pk").values())
    look(client, liaison)
    look(client)
    assert list(Reminder.objects.order_by("pk").values()) == before and count(client) == 2


def test_the_count_falls_once_they_are_seen_and_what_still_calls_stays_on_the_page(client, liaison, due, day):
    client.force_login(liaison)
    assert see(client).status_code == 302
    assert count(client) == 0
    assert set(bells().values_list("state", "sent_on")) == {(ReminderState.SENT, day)}
    text = look(client).content.decode()
    assert MARK not in text and "Đánh dấu đã xem tất cả" not in text
    assert "quá hạn 19 ngày" in text


def test_what_came_after_the_page_was_opened_stays_new(client, liaison, due, make_assignment, day):
    client.force_login(liaison)
    newest = look(client).context["notices"].newest
    make_assignment("dated", deadline=DUE, position=3)
    plan_reminders(day)
    client.post(reverse("bell_see"), {"den": newest})
    assert count(client) == 1


def test_twice_is_harmless_and_mail_is_left_alone(client, liaison, due):
    client.force_login(liaison)
    see(client)
    moments = set(bells().values_list("sent_at", flat=True))
    client.post(reverse("bell_see"), {"den": Reminder.objects.latest("pk").pk})
    assert set(bells().values_list("sent_at", flat=True)) == moments
    assert Reminder.objects.by(ChannelName.MAIL).owed().count() == 2


@pytest.mark.parametrize("newest", ["", "x", "-1", "1.5"])
def test_nonsense_is_refused(client, liaison, due, newest):
    client.force_login(liaison)
    assert client.post(reverse("bell_see"), {"den": newest}).status_code == 400
    assert count(client) == 2


def test_nobody_sees_for_anybody_else(client, stranger, liaison, due):
    client.force_login(stranger)
    client.post(reverse("bell_see"), {"den": Reminder.objects.latest("pk").pk})
    assert bells().owed().count() == 2
    assert due[0].task.text not in look(client).content.decode()


def test_what_was_done_since_is_shown_apart(client, liaison, due, day):
    report_progress(assignment=due[1], said=CLAIM, by=liaison, day=day)
    page = look(client, liaison)
    assert [group.heading for group, _ in page.context["shown"].calling] == ["Sắp đến hạn"]
    over = page.context["shown"].over
    assert [(told.why, told.is_unseen) for told in over] == [(DONE, True)]
    assert "quá hạn 19 ngày" not in page.content.decode()


def test_between_midnight_and_the_plan_of_the_morning_nothing_is_said_to_be_done(client, liaison, due, settings):
    settings.TODAY = NEXT  # its rung is the next one, and no row of it is written yet
    page = look(client, liaison)
    assert len(page.context["shown"].calling) == 2 and not page.context["shown"].over


def test_of_several_rungs_one_line_is_left(client, liaison, due, settings):
    client.force_login(liaison)
    see(client)
    settings.TODAY = NEXT
    plan_reminders(NEXT)
    groups = {group.heading: lines for group, lines in look(client).context["shown"].calling}
    assert [(told.is_unseen, len(told.line.carriers)) for told in groups["Sắp đến hạn"]] == [(True, 1)]
    assert [told.is_unseen for told in groups["Quá hạn"]] == [False]
    assert count(client) == 1


def test_a_deadline_that_moved_is_not_said_to_be_done(client, liaison, staff, due, day):
    client.force_login(liaison)
    see(client)
    for row, deadline in zip(due, (date(2023, 11, 27), date(2024, 11, 27)), strict=True):
        set_deadline(task=row.task, deadline=deadline, instrument="Công văn 1/UBND", by=staff, day=day)
    over = {told.line.carriers[0].path: told.why for told in look(client).context["shown"].over}
    paths = [reverse("note_create", args=[row.task_id, row.agency.code]) for row in due]
    assert [over[path] for path in paths] == ["Thay bằng thông báo mới", "Không nhắc nữa"]


def test_what_was_seen_is_shown_for_thirty_days(client, liaison, due, day, settings):
    client.force_login(liaison)
    see(client)
    report_progress(assignment=due[1], said=CLAIM, by=liaison, day=day)
    settings.TODAY = day + timedelta(days=29)
    assert DONE in look(client).content.decode()
    settings.TODAY = day + timedelta(days=30)
    assert DONE not in look(client).content.decode()


def test_work_that_is_no_longer_theirs_is_not_shown_and_can_still_be_seen_off(client, liaison, staff, agency, due, day):
    revoke(agency=agency, user=liaison, by=staff, day=day)
    page = look(client, liaison)
    assert due[0].task.text not in page.content.decode() and "Chưa có thông báo nào" in page.content.decode()
    see(client)
    assert count(client) == 0


def test_a_deputy_has_a_bell_of_their_own(client, liaison, agency, make_assignment, day):
    deputy = person("thay", Role.LIAISON, agency)
    absence = record_absence(user=liaison, deputy=deputy, since=day, until=day, by=liaison, day=day)
    row = make_assignment("dated", deadline=DUE)
    plan_reminders(day)
    client.force_login(deputy)
    assert count(client) == 1 and row.task.text in look(client).content.decode()
    end_absence(absence=absence, by=liaison, day=day)
    assert row.task.text not in look(client).content.decode()
    client.force_login(liaison)
    assert count(client) == 0  # until the plan of the next morning
    plan_reminders(day)
    assert count(client) == 1


def test_looking_as_somebody_shows_their_count_and_sees_nothing_for_them(client, staff, liaison, due):
    client.force_login(staff)
    client.post(reverse("user_look", args=[liaison.pk]), {"reason": "Không thấy việc"})
    page = look(client)
    text = page.content.decode()
    assert page.wsgi_request.user.unseen == 2 and "2 thông báo chưa xem" in text and text.count(MARK) == 2
    assert "data-seen-after" not in text
    assert client.post(reverse("bell_see"), {"den": Reminder.objects.latest("pk").pk}).status_code == 403
    assert bells(recipient=liaison).owed().count() == 2


def test_an_empty_page_says_what_will_come(client, staff):
    assert "thông báo dành cho ông/bà sẽ hiện ở đây" in look(client, staff).content.decode()


def test_a_page_of_300_asks_as_much_as_one_of_3(client, liaison, make_assignment, day):
    def told(numbers):
        for number in numbers:
            make_assignment("dated", deadline=DUE, position=number)
        plan_reminders(day)

    told(range(1, 4))
    look(client, liaison)
    few = asked(client)
    told(range(4, 301))
    many = asked(client)
    assert len(few) == len(many) and look(client).context["page"].paginator.num_pages == 6


def asked(client):
    with CaptureQueriesContext(connection) as queries:
        assert look(client).status_code == 200
    return [query["sql"] for query in queries]
