"""The rule while things change: reopening, a moved deadline, a suspended claim, a report as of an earlier day."""

from datetime import date

import pytest

from agencies.errors import Refused
from directives.actions.life import cancel, reopen, start, suspend
from directives.actions.notes import Cited, Letter, Said, enter_for_agency, report_progress
from directives.actions.reviews import ask_more, confirm
from directives.actions.tasks import change_task, set_clock, set_deadline
from directives.models import Assignment, Decision, Directive

DUE = date(2023, 10, 31)
DAY = date(2023, 11, 20)


@pytest.fixture
def dated(make_assignment):
    return make_assignment(clock="dated", deadline=DUE)


def claim(assignment, by, day):
    said = Said(result="Đã ban hành.", claims_completion=True, documents=[Cited("12/BC-SKHĐT")])
    return report_progress(assignment=assignment, said=said, by=by, day=day)


def stands(assignment, day=DAY):
    found = Assignment.objects.with_status(day).get(pk=assignment.pk)
    return found.life, found.figure


@pytest.mark.parametrize("verb", [suspend, cancel])
def test_a_claim_put_aside_waits_again_when_the_work_is_reopened(dated, liaison, staff, verb):
    claim(dated, liaison, date(2023, 10, 20))
    verb(assignment=dated, reason="Chờ", by=staff, day=date(2023, 10, 25))
    reopen(assignment=dated, reason="Làm tiếp", by=staff, day=DAY)
    assert stands(dated) == ("awaiting", "open_in_time")
    confirm(assignment=dated, by=staff, day=DAY)
    assert stands(dated) == ("done", "done_on_time")


def test_finished_work_keeps_its_cell_when_the_clock_of_the_task_changes(dated, liaison, staff):
    claim(dated, liaison, date(2023, 11, 2))
    confirm(assignment=dated, by=staff, day=date(2023, 11, 3))
    set_clock(task=dated.task, clock="undated", instrument="CV 9/UBND", by=staff, day=DAY)
    assert stands(dated) == ("done", "done_late")


def test_a_grace_alone_is_no_deadline(make_assignment, liaison, staff):
    row = make_assignment(clock="period", task_fields={"period_end": date(2023, 12, 31)})
    claim(row, liaison, date(2023, 10, 2))
    ask_more(assignment=row, reason="Thiếu", by=staff, day=date(2023, 10, 3))
    claim(row, liaison, date(2023, 10, 9))
    confirm(assignment=row, by=staff, day=date(2023, 10, 10))
    assert stands(row) == ("done", "done_no_deadline")


def test_work_reopened_takes_the_deadline_that_holds_now(dated, staff):
    cancel(assignment=dated, reason="Nhầm", by=staff, day=date(2023, 9, 1))
    set_deadline(task=dated.task, deadline=date(2023, 12, 30), instrument="KH 9", by=staff, day=date(2023, 9, 2))
    reopen(assignment=dated, reason="Làm tiếp", by=staff, day=DAY)
    assert stands(dated) == ("in_progress", "open_in_time")
    last = Decision.objects.filter(assignment=dated, verb="set_deadline").last()
    assert (last.old, last.new, last.instrument) == ("31/10/2023", "30/12/2023", "KH 9")


def test_done_without_date_and_reopened_after_one_was_fixed(make_assignment, liaison, staff):
    row = make_assignment()
    claim(row, liaison, date(2023, 9, 1))
    confirm(assignment=row, by=staff, day=date(2023, 9, 2))
    set_deadline(task=row.task, deadline=date(2023, 11, 1), instrument="KH 9", by=staff, day=date(2023, 9, 3))
    assert stands(row) == ("done", "done_no_deadline")
    reopen(assignment=row, reason="Số liệu sai", by=staff, day=DAY)
    assert stands(row) == ("in_progress", "open_overdue")


def test_a_later_deadline_never_makes_a_returned_claim_late(dated, liaison, staff):
    claim(dated, liaison, DUE)
    ask_more(assignment=dated, reason="Thiếu", by=staff, day=date(2023, 11, 16))
    set_deadline(task=dated.task, deadline=date(2023, 11, 10), instrument="KH 9", by=staff, day=date(2023, 11, 17))
    assert stands(dated)[1] == "open_in_time"


@pytest.mark.parametrize(
    ("as_of", "figure"),
    [
        (date(2023, 10, 19), "open_in_time"),
        (date(2023, 10, 20), "done_on_time"),
        (date(2023, 11, 1), "done_on_time"),
    ],
)
def test_what_was_done_later_is_not_done_on_an_earlier_day(dated, liaison, staff, as_of, figure):
    claim(dated, liaison, date(2023, 10, 20))
    confirm(assignment=dated, by=staff, day=date(2023, 11, 15))
    assert stands(dated, as_of)[1] == figure


def test_what_was_claimed_later_was_still_owed_on_an_earlier_day(dated, liaison):
    claim(dated, liaison, date(2023, 11, 10))
    assert stands(dated, date(2023, 10, 31))[1] == "open_in_time"
    assert stands(dated, date(2023, 11, 5))[1] == "open_overdue"


@pytest.mark.parametrize("completed_on", [date(1, 1, 1), date(2023, 4, 23), date(2023, 11, 3)])
def test_the_day_of_completion_lies_between_the_directive_and_the_claim(dated, liaison, staff, completed_on):
    claim(dated, liaison, date(2023, 11, 2))
    with pytest.raises(Refused, match="Ngày hoàn thành"):
        confirm(assignment=dated, by=staff, day=DAY, completed_on=completed_on, reason="Theo văn bản")


def test_another_day_of_completion_needs_its_reason(dated, liaison, staff):
    claim(dated, liaison, date(2023, 11, 2))
    with pytest.raises(Refused, match="lý do"):
        confirm(assignment=dated, by=staff, day=DAY, completed_on=DUE)
    confirm(assignment=dated, by=staff, day=DAY, completed_on=DUE, reason="Văn bản kết quả ký ngày 31/10/2023")
    assert stands(dated) == ("done", "done_on_time")


def test_a_letter_is_not_older_than_the_directive(dated, staff):
    letter = Letter("15/SKHĐT", date(2023, 4, 23), date(2023, 11, 6))
    with pytest.raises(Refused, match="trước ngày ban hành"):
        enter_for_agency(assignment=dated, said=Said(result="x"), letter=letter, by=staff, day=DAY)


@pytest.mark.parametrize("deadline", [date(2023, 4, 23), date(9999, 12, 31)])
def test_a_deadline_has_a_believable_year(dated, staff, deadline):
    with pytest.raises(Refused, match="Thời hạn"):
        set_deadline(task=dated.task, deadline=deadline, instrument="KH 9", by=staff, day=DAY)


def test_a_period_does_not_end_before_it_was_given(dated, staff):
    with pytest.raises(Refused, match="cuối kỳ"):
        set_clock(task=dated.task, clock="period", period_end=date(1, 1, 1), instrument="CV 9", by=staff, day=DAY)


@pytest.mark.parametrize("verb", [start, suspend, cancel])
def test_nothing_happens_to_the_work_of_a_draft(dated, staff, verb):
    Directive.objects.update(published_on=None)
    more = {} if verb is start else {"reason": "x"}
    with pytest.raises(Refused, match="bản nháp"):
        verb(assignment=dated, by=staff, day=DAY, **more)


def test_a_closed_account_stays_the_follower_until_staff_choose_another(dated, staff):
    from agencies.models import Role
    from agencies.people import deactivate
    from tests.directives.conftest import person

    former = person("cu", Role.STAFF)
    dated.task.follower = former
    dated.task.save()
    deactivate(user=former, by=None)
    former.refresh_from_db()
    saved = change_task(task=dated.task, lead=dated.task.lead, product="Báo cáo", follower=former, by=staff, day=DAY)
    assert (saved.follower, saved.product) == (former, "Báo cáo")
