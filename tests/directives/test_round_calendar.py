"""Which rounds there are, from the office's choices; and by which days their reports are sent."""

from datetime import date, timedelta

import pytest

from agencies.errors import Refused
from agencies.models import Role
from directives import jobs
from directives.actions.round_rules import missing_rounds, open_rounds, set_round_rule
from directives.actions.rounds import submission_for
from directives.models import Round, RoundRule
from directives.models.round import last_closed_window
from directives.rounds import Cadence, last_closed, running
from directives.views.round_rules import changes_of_rules
from tests.directives.conftest import person

DAY = date(2023, 11, 20)
SPRING = date(2023, 4, 15)


@pytest.fixture
def choose(staff):
    def choose(cadence="month", day=DAY, **values):
        return set_round_rule(Cadence(cadence), by=staff, day=day, **{"is_on": True, "since": SPRING, **values})

    return choose


def ends():
    return sorted(str(each.end) for each in Round.objects.all())


def test_nothing_is_on_until_the_office_chooses(db):
    assert open_rounds(DAY) == []
    assert last_closed_window(DAY) is None
    assert not missing_rounds(DAY)


def test_choosing_opens_the_running_round_and_those_that_closed_lately(choose):
    assert choose() == ["is_on", "since"]
    assert ends() == ["2023-10-14", "2023-11-14", "2023-12-14"]


def test_nobody_is_asked_for_what_closed_before_it_was_chosen(choose):
    choose(since=date(2023, 11, 1))
    assert ends() == ["2023-11-14", "2023-12-14"]
    choose("quarter", since=None)
    assert RoundRule.objects.get(cadence="quarter").since == DAY


@pytest.mark.parametrize(
    ("day", "days", "due"),
    [
        # 19/11/2023 is a Sunday, 25/11 a Saturday: the working day after.
        (DAY, {}, ("2023-11-17", "2023-11-20", "2023-11-27")),
        # Friday 15/9: the 17th is a Sunday, the 18th only the first working day after the close.
        (date(2023, 9, 20), {"cut_off": 15}, ("2023-09-19", "2023-09-19", "2023-09-25")),
        # Tết 2024 lasts until the 14th.
        (date(2024, 2, 20), {"due_local": 16, "due_agency": 16}, ("2024-02-16", "2024-02-16", "2024-02-26")),
    ],
)
def test_due_days_are_working_days_with_one_between(choose, day, days, due):
    choose(day=day, **days)
    found = Round.objects.closed(day).first()
    assert (str(found.due_local), str(found.due_agency), str(found.due_standing)) == due


@pytest.mark.parametrize(
    ("kind", "due"),
    [("district", "due_local"), ("commune", "due_local"), ("department", "due_agency"), ("standing", "due_standing")],
)
def test_every_level_has_its_day(choose, agency, kind, due):
    choose()
    found, agency.kind = Round.objects.closed(DAY).first(), kind
    assert found.due_of(agency) == getattr(found, due)


def test_where_windows_close_together_only_the_longest_is_a_round(choose):
    for cadence in ("month", "quarter", "year"):
        choose(cadence)
    assert [each.name for each in Round.objects.all()] == ["năm 2023", "tháng 11/2023", "tháng 10/2023"]
    day = date(2023, 12, 20)
    open_rounds(day)
    running = Round.objects.filter(end__gte=day)
    assert [each.name for each in running] == ["năm 2024", "quý I/2024", "tháng 1/2024"]
    assert last_closed_window(day).start == date(2023, 11, 15)  # a note of January is no report of December


@pytest.mark.parametrize(
    ("chosen", "day", "window"),
    [
        # 14/9 closed the third quarter; since then only months have closed.
        (("month", "quarter"), "2023-11-20", ("2023-10-15", "2023-11-14")),
        # The quarter closed with its last month: the month is judged, not the quarter.
        (("month", "quarter"), "2023-09-20", ("2023-08-15", "2023-09-14")),
        (("quarter",), "2023-11-20", ("2023-06-15", "2023-09-14")),
        # The half-year closed in June, the quarter in September: the one that closed last.
        (("quarter", "half_year"), "2023-11-20", ("2023-06-15", "2023-09-14")),
        (("half_year",), "2023-11-20", ("2022-12-15", "2023-06-14")),
    ],
)
@pytest.mark.parametrize("opened", [True, False])
def test_of_several_cadences_the_window_that_closed_last_is_judged(db, choose, chosen, day, window, opened):
    """Whether its round was opened or nobody has come to it."""
    day = date.fromisoformat(day)
    for cadence in chosen:
        choose(cadence, since=date(2022, 12, 1), day=day)
    if not opened:
        Round.objects.all().delete()
    found = last_closed_window(day)
    assert (str(found.start), str(found.end)) == window


@pytest.mark.parametrize(
    ("cadence", "name", "window"),
    [
        ("half_year", "6 tháng đầu năm 2024", ("2023-12-15", "2024-06-14")),
        ("nine_months", "9 tháng năm 2024", ("2023-12-15", "2024-09-14")),
        ("year", "năm 2024", ("2023-12-15", "2024-12-14")),
    ],
)
def test_the_windows_of_the_long_cadences(choose, cadence, name, window):
    """Decree 09/2019, Art. 12: each runs from the 15th of December before, and closes once in its year."""
    choose(cadence, day=date(2024, 1, 10))
    found = next(each for each in Round.objects.all() if each.name == name)
    assert (str(found.start), str(found.end)) == window
    end = date.fromisoformat(window[1])
    assert running(end, Cadence(cadence)) == found.window == last_closed(end + timedelta(1), Cadence(cadence))
    assert last_closed(end, Cadence(cadence)).end == end.replace(year=2023)


LATER = {"cut_off": 20, "due_local": 23, "due_agency": 24, "due_standing": 28}


def judged_on(day):
    return [each.name for each in Round.objects.all() if each.judged.start <= day <= each.judged.end]


def test_days_between_two_rounds_after_the_cut_off_was_moved_belong_to_the_later(choose):
    choose()
    choose(day=date(2023, 11, 16), **LATER)
    for day in (date(2023, 11, 21), date(2023, 12, 21)):
        open_rounds(day)
    assert judged_on(date(2023, 11, 14)) == ["tháng 11/2023"]
    assert judged_on(date(2023, 11, 18)) == judged_on(date(2023, 11, 21)) == ["tháng 12/2023"]
    assert last_closed_window(date(2023, 12, 21)).start == date(2023, 11, 15)


def test_days_between_rounds_of_two_cadences_with_two_cut_offs_belong_to_the_later(choose):
    day = date(2023, 9, 1)
    choose(day=day, since=day, **LATER)
    choose("quarter", day=day, since=day)
    for month in (9, 10, 11, 12):
        open_rounds(date(2023, month, 22))
    assert judged_on(date(2023, 9, 18)) == ["tháng 10/2023"]
    assert judged_on(date(2023, 12, 18)) == ["tháng 1/2024"]


def test_a_month_without_a_report_is_judged_by_no_round(choose):
    choose()
    choose(is_on=False)
    january = date(2024, 1, 10)
    choose(day=january, since=january)
    assert judged_on(date(2023, 12, 10)) == []
    assert judged_on(january) == ["tháng 1/2024"]


def test_opening_twice_changes_nothing(choose):
    choose()
    assert open_rounds(DAY) == []
    assert not missing_rounds(DAY)
    assert missing_rounds(date(2023, 12, 15))
    assert [str(each) for each in open_rounds(date(2023, 12, 15))] == ["Kỳ tháng 1/2024"]


def test_the_job_of_the_morning_opens_rounds(choose, settings):
    choose()
    settings.TODAY = date(2023, 12, 15)
    jobs.open_rounds()
    assert "2024-01-14" in ends()


def test_a_round_that_runs_follows_the_choice_and_a_closed_one_keeps_its_days(choose):
    choose()
    running = Round.objects.get(end=date(2023, 12, 14))
    choose(cut_off=16, due_local=20, due_agency=21)
    assert ends() == ["2023-10-14", "2023-11-14", "2023-12-16"]
    assert Round.objects.get(end=date(2023, 12, 16)).pk == running.pk
    assert last_closed_window(DAY).end == date(2023, 11, 14)
    choose("quarter")
    running.refresh_from_db()
    assert (running.name, str(running.start)) == ("quý IV/2023", "2023-09-15")


def test_a_round_that_somebody_has_begun_keeps_its_days(choose, liaison, agency):
    choose()
    running = Round.objects.get(end=date(2023, 12, 14))
    submission_for(round=running, agency=agency, by=liaison, day=DAY)
    choose(cut_off=16, due_local=20, due_agency=21)
    choose(is_on=False)
    assert ends() == ["2023-10-14", "2023-11-14", "2023-12-14"]


def test_switched_off_the_running_round_goes(choose):
    choose()
    choose(is_on=False)
    assert ends() == ["2023-10-14", "2023-11-14"]
    assert last_closed_window(DAY) is None


@pytest.mark.parametrize(
    ("values", "field", "words"),
    [
        ({"due_local": 15}, "due_local", "một ngày làm việc"),
        ({"due_agency": 16}, "due_agency", "cấp xã"),
        ({"due_standing": 18}, "due_standing", "tổng hợp"),
        ({"cut_off": 0}, "cut_off", "từ 1 đến 28"),
        ({"due_standing": 31}, "due_standing", "từ 1 đến 28"),
    ],
)
def test_days_out_of_order_are_refused_at_their_field(choose, values, field, words):
    with pytest.raises(Refused, match=words) as refused:
        choose(**values)
    assert refused.value.field == field
    assert not RoundRule.objects.exists()


@pytest.mark.parametrize("who", ["leader", "liaison"])
def test_only_staff_choose(request, who):
    with pytest.raises(Refused, match="cán bộ thường trực"):
        set_round_rule(Cadence.MONTH, by=request.getfixturevalue(who), day=DAY, is_on=True)


def test_the_same_again_is_no_change(choose):
    choose()
    assert choose() == []


URL = "/thiet-lap/ky-bao-cao/"
FORM = {
    "ky": "month",
    "month-is_on": "on",
    "month-since": "15/04/2023",
    "month-cut_off": "14",
    "month-due_local": "17",
    "month-due_agency": "19",
    "month-due_standing": "25",
}


@pytest.fixture
def as_staff(client, staff, settings):
    settings.TODAY = DAY
    client.force_login(staff)
    return client


def test_staff_choose_on_a_page_that_tells_who_changed_what(as_staff, staff):
    assert "Chưa ai chọn" in as_staff.get(URL).text
    assert as_staff.post(URL, FORM).status_code == 302
    as_staff.post(URL, FORM | {"month-due_standing": "26"})
    page = as_staff.get(URL).text
    assert "đang áp dụng, từ ngày 15/04/2023" in page
    for words in ("Hằng tháng: Áp dụng", "ngày 25", "ngày 26", str(staff)):
        assert words in page, changes_of_rules()


def test_what_is_refused_stands_at_its_field_and_nothing_typed_is_lost(as_staff):
    answer = as_staff.post(URL, FORM | {"month-due_local": "15"})
    assert answer.status_code == 422
    assert 'href="#id_month-due_local"' in answer.text
    assert 'value="15"' in answer.text
    assert as_staff.post(URL, {"ky": "tuần"}).status_code == 422


def test_the_administrator_too(client, standing, settings):
    client.force_login(person("quantri", Role.ADMIN, standing))
    assert client.get(URL).status_code == 200
