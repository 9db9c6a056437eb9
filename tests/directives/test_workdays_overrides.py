"""The working calendar: what the library knows, what staff lay down above it, and the rules that follow."""

from datetime import date

import pytest
from celery.signals import task_prerun
from django.core.signals import request_started
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agencies.errors import Refused
from agencies.models import Role
from directives import jobs, workdays
from directives.actions.locking import Stale
from directives.actions.notes import Said, report_progress
from directives.actions.reviews import ask_more
from directives.actions.round_rules import open_rounds, set_round_rule
from directives.actions.workdays import record_day, remove_day
from directives.models import Assignment, CalendarDay, Reminder, Round
from directives.reminders.plan import Planned, plan_reminders
from directives.reminders.rungs import Ladder
from directives.rounds import Cadence
from directives.workdays import add_working_days, is_working_day, next_working_day, working_days_between
from tests.races import at_once

from .conftest import DAY, person

SATURDAY = date(2023, 11, 18)
WEDNESDAY = date(2023, 11, 22)
PAPER = "Thông báo của Bộ Nội vụ"


@pytest.fixture
def record(staff):
    def record(on, is_working, instrument=PAPER, day=DAY, **more):
        return record_day(date=on, is_working=is_working, instrument=instrument, by=staff, day=day, **more)

    return record


@pytest.fixture
def remove(staff):
    return lambda on: remove_day(date=on, by=staff, day=DAY)


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2023, 11, 20), True),
        (SATURDAY, False),
        (date(2024, 2, 9), False),  # the eve of Tết, a Friday
        (date(2024, 4, 29), False),  # swapped with
        (date(2024, 5, 4), True),  # this Saturday
        (date(2015, 1, 2), False),  # swapped with a Saturday of the year before
        (date(2014, 12, 27), True),
        (date(2026, 1, 2), True),  # off by an announcement that the library lacks
    ],
)
def test_without_a_word_of_the_staff_the_computed_calendar_holds(db, day, worked):
    assert is_working_day(day) == worked


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2026, 1, 2), False),  # a weekday off
        (SATURDAY, True),  # a Saturday that is made up
        (date(2024, 4, 29), True),  # a swap that was called off
        (date(2024, 5, 4), False),  # and its Saturday
        (date(2024, 2, 14), True),  # a day of Tết
    ],
)
def test_what_staff_lay_down_wins_until_it_is_taken_back(record, remove, day, worked):
    record(day, worked)
    assert is_working_day(day) == worked
    remove(day)
    assert is_working_day(day) != worked


def test_steps_and_counts_follow(record):
    record(WEDNESDAY, False)
    record(date(2023, 11, 25), True)
    assert next_working_day(WEDNESDAY) == date(2023, 11, 23)
    assert add_working_days(date(2023, 11, 21), 3) == date(2023, 11, 25)
    assert working_days_between(date(2023, 11, 19), date(2023, 11, 26)) == 5


def test_a_long_count_reads_the_days_once(db):
    with CaptureQueriesContext(connection) as asked:
        assert working_days_between(date(2022, 12, 31), date(2023, 12, 31)) > 200
        is_working_day(DAY)
    assert len(asked) == 1


# What is refused


@pytest.mark.parametrize(
    ("day", "worked", "words"),
    [
        (WEDNESDAY, True, "22/11/2023 là thứ Tư, vốn là ngày làm việc"),
        (SATURDAY, False, "18/11/2023 là thứ Bảy, vốn là ngày nghỉ"),
        (date(2024, 2, 9), False, "Giao thừa Tết Nguyên Đán"),
        (date(2024, 5, 4), True, "thứ Bảy .Làm việc bù., vốn là ngày làm việc"),
        (date(2029, 1, 2), False, "trong vòng 5 năm"),
        (date(2017, 12, 29), False, "trong vòng 5 năm"),
        (date(1, 1, 1), True, "trong vòng 5 năm"),
    ],
)
def test_what_says_nothing_new_or_is_far_away_is_refused(record, day, worked, words):
    with pytest.raises(Refused, match=words) as refused:
        record(day, worked)
    assert refused.value.field == "date"
    assert not CalendarDay.objects.exists()


def test_a_day_has_its_document(record):
    with pytest.raises(Refused, match="văn bản") as refused:
        record(SATURDAY, True, instrument="  \n")
    assert refused.value.field == "instrument"
    assert record(SATURDAY, True, instrument=" Thông báo \n 1 ").instrument == "Thông báo 1"


def test_a_day_is_laid_down_once_and_a_second_press_is_harmless(record):
    first = record(SATURDAY, True)
    assert record(SATURDAY, True).pk == first.pk
    with pytest.raises(Refused, match="Xin sửa hoặc bỏ"):
        record(SATURDAY, True, instrument="Văn bản khác")
    assert CalendarDay.objects.get().version == 1


def test_no_stretch_of_days_off_is_longer_than_reminders_bridge(record, remove):
    """A rung before a deadline moves back over days off, and work is looked at no further ahead than that."""
    between = date(2023, 11, 25)
    record(between, True)
    for day in (13, 14, 15, 16, 17, 20, 21, 22, 23, 24):
        record(date(2023, 11, day), False)
    assert workdays.days_off_around(WEDNESDAY) == workdays.LONGEST_HOLIDAY == 14
    with pytest.raises(Refused, match="nghỉ liền 15 ngày"):
        record(date(2023, 11, 10), False)
    with pytest.raises(Refused, match="nghỉ liền 16 ngày"):
        remove(between)
    assert is_working_day(between) and is_working_day(date(2023, 11, 10))


def test_who_saw_an_older_row_is_told_and_who_comes_after_it_was_taken_back_too(record, remove):
    record(SATURDAY, True)
    assert record(SATURDAY, True, instrument="Văn bản mới", version=1).version == 2
    with pytest.raises(Stale, match="ghi ngày nghỉ"):
        record(SATURDAY, True, instrument="Văn bản khác", version=1)
    remove(SATURDAY)
    with pytest.raises(Refused, match="đã được người khác bỏ"):
        record(SATURDAY, True, version=2)
    with pytest.raises(Refused, match="đã được bỏ trước đó"):
        remove(SATURDAY)


@pytest.mark.parametrize("who", ["leader", "liaison"])
def test_only_staff_lay_days_down(request, who, record):
    by = request.getfixturevalue(who)
    with pytest.raises(Refused, match="cán bộ thường trực"):
        record_day(date=SATURDAY, is_working=True, instrument=PAPER, by=by, day=DAY)
    record(SATURDAY, True)
    with pytest.raises(Refused, match="cán bộ thường trực"):
        remove_day(date=SATURDAY, by=by, day=DAY)


# What follows


def test_a_rung_before_the_day_moves_to_the_working_saturday(record):
    ladder = Ladder.current()
    assert ladder.rung("liaison", WEDNESDAY, DAY) == date(2023, 11, 17)
    record(SATURDAY, True)
    assert ladder.rung("liaison", WEDNESDAY, DAY) == SATURDAY


def test_a_rung_on_a_day_off_comes_before_it_and_one_after_the_day_waits(record):
    ladder = Ladder.current()
    record(WEDNESDAY, False)
    record(date(2023, 11, 29), False)
    assert ladder.rung("liaison", WEDNESDAY, date(2023, 11, 24)) == date(2023, 11, 21)
    assert ladder.rung("liaison", WEDNESDAY, date(2023, 11, 29)) == date(2023, 11, 21)
    assert ladder.rung("liaison", WEDNESDAY, date(2023, 11, 30)) == date(2023, 11, 30)


def test_reminders_are_planned_on_a_working_saturday_and_not_on_a_day_off(record, make_assignment, liaison):
    make_assignment("dated", deadline=SATURDAY)
    assert plan_reminders(SATURDAY) == Planned()
    record(SATURDAY, True)
    assert plan_reminders(SATURDAY) == Planned(written=1)
    record(WEDNESDAY, False)
    assert plan_reminders(WEDNESDAY) == Planned()


def test_a_supplement_counts_the_days_as_they_are_when_it_is_asked_for(record, remove, make_assignment, liaison, staff):
    record(date(2023, 11, 25), True)
    row = make_assignment("dated", deadline=WEDNESDAY)
    said = Said(result="Đã xong", claims_completion=True, no_evidence_reason="không có")
    report_progress(assignment=row, said=said, by=liaison, day=DAY)
    ask_more(assignment=row, reason="thiếu danh sách", by=staff, day=DAY, days=5)
    remove(date(2023, 11, 25))
    assert Assignment.objects.get().supplement_due_on == date(2023, 11, 25)
    assert add_working_days(DAY, 5) == date(2023, 11, 27)


def test_a_round_has_the_days_of_the_calendar_in_which_it_was_opened(record, remove, staff):
    record(date(2023, 12, 19), False)
    set_round_rule(Cadence.MONTH, by=staff, day=DAY, is_on=True, since=date(2023, 11, 15))
    due = Round.objects.values_list("due_local", "due_agency").get(end=date(2023, 12, 14))
    assert due == (date(2023, 12, 18), date(2023, 12, 20))
    remove(date(2023, 12, 19))
    open_rounds(DAY)
    assert Round.objects.get(end=date(2023, 12, 14)).due_agency == date(2023, 12, 20)


# Every process


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("hook", [request_started, task_prerun], ids=["request", "job"])
def test_another_process_sees_it_at_its_next_request_or_job(record, hook):
    """A thread of its own stands for it: it has its connection, and keeps its days."""

    def elsewhere():
        before = is_working_day(SATURDAY)
        at_once(1, lambda: record(SATURDAY, True))
        meanwhile = is_working_day(SATURDAY)
        hook.send(sender=None)
        return before, meanwhile, is_working_day(SATURDAY)

    assert at_once(1, elsewhere) == [(False, False, True)]


def test_the_job_of_the_morning_reads_the_days_anew(make_assignment, liaison, staff, settings):
    settings.TODAY = SATURDAY
    make_assignment("dated", deadline=SATURDAY)
    assert not is_working_day(SATURDAY)
    CalendarDay.objects.create(
        date=SATURDAY, is_working=True, instrument=PAPER, recorded_on=DAY, recorded_by=staff
    )  # as another process does
    jobs.plan_reminders.apply()
    assert Reminder.objects.outgoing().count() == 1


# The page

URL = "/lich-lam-viec/"
FORM = {"date": "25/11/2023", "kind": "lam", "instrument": PAPER}


@pytest.fixture
def as_staff(client, staff, settings):
    settings.TODAY = DAY
    client.force_login(staff)
    return client


@pytest.mark.parametrize("who", ["leader", "liaison"])
def test_nobody_but_staff_finds_the_page(client, request, who):
    client.force_login(request.getfixturevalue(who))
    assert client.get(URL).status_code == client.post(URL, FORM).status_code == 404
    assert not CalendarDay.objects.exists()


def test_the_administrator_lays_a_day_down_too(client, standing, settings):
    settings.TODAY = DAY
    client.force_login(person("quantri", Role.ADMIN, standing))
    assert client.post(URL, FORM).status_code == 302
    assert is_working_day(date(2023, 11, 25))


def lines(page):
    return {line.date: (line.state, line.name) for line in page.context["lines"]}


def test_the_year_shows_its_holidays_and_what_was_laid_down(as_staff, staff):
    assert as_staff.post(URL, FORM)["Location"] == f"{URL}?nam=2023"
    page = as_staff.get(URL)
    found = lines(page)
    assert found[date(2023, 1, 22)] == ("Nghỉ", "Tết Nguyên Đán")
    assert found[date(2023, 11, 25)] == ("Làm bù", "")
    assert PAPER in page.text and f"{staff} ghi ngày 20/11/2023" in page.text
    assert lines(as_staff.get(URL, {"nam": "2024"}))[date(2024, 5, 4)] == ("Làm bù", "Làm việc bù")


@pytest.mark.parametrize("asked", ["", "1", "2017", "2029", "9999", "hai", "²⁰²³"])
def test_a_year_that_is_none_or_far_away_is_this_year(as_staff, asked):
    assert as_staff.get(URL, {"nam": asked}).context["year"] == 2023


def test_years_without_a_word_of_the_staff_are_named(as_staff):
    assert as_staff.get(URL).context["unchecked"] == [2023, 2024]
    as_staff.post(URL, FORM)
    assert as_staff.get(URL, {"nam": "2026"}).context["unchecked"] == [2024, 2026]


def test_an_announced_day_that_the_library_lacks_is_proposed_until_it_is_there(as_staff):
    page = as_staff.get(URL, {"nam": "2026", "ngay": "2026-01-02"})
    assert "còn thiếu ngày nghỉ 02/01/2026" in page.text
    assert 'value="02/01/2026"' in page.text
    as_staff.post(URL, {"date": "02/01/2026", "kind": "nghi", "instrument": PAPER})
    assert "còn thiếu" not in as_staff.get(URL, {"nam": "2026"}).text
    assert "còn thiếu" not in as_staff.get(URL, {"nam": "2025", "ngay": "mai"}).text


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"date": "22/11/2023"}, "vốn là ngày làm việc: không cần ghi"),
        ({"date": "31/02/2024"}, "Không có ngày này"),
        ({"kind": ""}, "Xin chọn nghỉ hay làm việc"),
        ({"instrument": " "}, "Xin ghi văn bản"),
    ],
)
def test_what_is_refused_stands_at_its_field_and_what_was_typed_is_kept(as_staff, changes, words):
    answer = as_staff.post(URL, FORM | changes)
    assert answer.status_code == 422
    assert words in answer.text
    assert f'value="{(FORM | changes)["date"]}"' in answer.text


def test_every_change_is_told_with_who_made_it(as_staff, staff):
    as_staff.post(URL, FORM)
    row = CalendarDay.objects.get()
    edit = f"{URL}{row.pk}/"
    assert f'value="{PAPER}"' in as_staff.get(edit).text
    assert as_staff.post(edit, {"instrument": "Văn bản mới", "version": "1"}).status_code == 302
    assert as_staff.post(edit, {"instrument": "Văn bản khác", "version": "1"}).status_code == 422
    for _ in range(2):
        assert as_staff.post(f"{edit}bo/").status_code == 302
    assert not is_working_day(row.date)
    told = [(each.what, each.old, each.new, each.who, each.day) for each in as_staff.get(URL).context["changes"]]
    usual, first, second = "theo lịch tính sẵn", f"làm việc – {PAPER}", "làm việc – Văn bản mới"
    what = "25/11/2023 (thứ Bảy)"
    assert told == [
        (what, second, usual, str(staff), DAY),
        (what, first, second, str(staff), DAY),
        (what, usual, first, str(staff), DAY),
    ]


def test_a_request_reads_the_days_once(as_staff):
    with CaptureQueriesContext(connection) as asked:
        as_staff.get(URL)
    assert sum(each["sql"].endswith('"is_working" FROM "directives_calendarday"') for each in asked) == 1


def test_staff_find_the_page_from_where_they_look(as_staff):
    assert f'href="{URL}"' in as_staff.get("/nhac-viec/").text
