"""Xin gia hạn: what may be asked, who decides, what moves, and what stays visible."""

from datetime import date

import pytest
from django.urls import reverse

from agencies.errors import Refused
from directives import figures
from directives.actions.extensions import (
    ask_extension,
    decide_extension,
    granted_to,
    granted_to_each,
    sets_deadlines,
    withdraw_extension,
)
from directives.actions.life import cancel, reopen, suspend
from directives.actions.locking import Stale
from directives.actions.moves import move_work
from directives.actions.notes import Cited, Said, report_progress
from directives.actions.office import change_office
from directives.actions.reviews import confirm
from directives.actions.tasks import set_clock, set_deadline
from directives.models import Answer, Assignment, Decision, Extension, ExtensionDecision, Office, Reminder, Task, Why
from directives.reminders.plan import plan_reminders
from directives.timeline import of_assignment
from tests.directives.test_closing import following  # noqa: F401

DUE, LATER = date(2023, 11, 30), date(2023, 12, 29)
INSTRUMENT = "Công văn 9/UBND ngày 20/11/2023"


@pytest.fixture
def dated(make_assignment):
    return make_assignment(clock="dated", deadline=DUE)


@pytest.fixture
def ask(dated, liaison, day):
    def ask(until=LATER, reason="Chờ ý kiến các sở", on=day, row=dated, **more):
        return ask_extension(assignment=row, asked_until=until, reason=reason, by=liaison, day=on, **more)

    return ask


def decide(extension, by, day, answer=Answer.APPROVED, **more):
    return decide_extension(extension=extension, answer=answer, by=by, day=day, **more)


def fresh(row):
    return Assignment.objects.for_pages().with_status(date(2023, 11, 20)).get(pk=row.pk)


def test_an_approved_request_moves_the_deadline_and_the_first_one_stays(ask, dated, leader, day):
    decide(ask(), leader, day)
    row = fresh(dated)
    assert (row.deadline, row.extended_until, row.extension_count) == (LATER, LATER, 1)
    assert (row.task.first_deadline, row.task.deadline, row.version) == (DUE, DUE, dated.version + 1)
    told = Decision.objects.get(verb="extend")
    assert (told.old, told.new, told.reason) == ("30/11/2023", "29/12/2023", "Chờ ý kiến các sở")


def test_a_request_alone_moves_nothing(ask, dated):
    ask()
    assert (fresh(dated).deadline, fresh(dated).version) == (DUE, dated.version)


def test_shortening_and_refusing_need_a_reason_and_a_day_before_the_one_asked(ask, dated, leader, day):
    asked = ask()
    until = date(2023, 12, 15)
    with pytest.raises(Refused, match="lý do"):
        decide(asked, leader, day, Answer.SHORTENED, granted_until=until)
    with pytest.raises(Refused, match="lý do"):
        decide(asked, leader, day, Answer.REFUSED)
    for wrong, words in ((None, "Xin ghi ngày"), (LATER, "trước ngày đơn vị xin"), (DUE, "sau thời hạn hiện nay")):
        with pytest.raises(Refused, match=words):
            decide(asked, leader, day, Answer.SHORTENED, granted_until=wrong, reason="Gấp")
    decide(asked, leader, day, Answer.SHORTENED, granted_until=until, reason="Gấp")
    assert fresh(dated).deadline == until


def test_a_refused_request_leaves_everything_and_does_not_count(ask, dated, leader, day):
    decide(ask(), leader, day, Answer.REFUSED, reason="Đã đủ thời gian")
    assert fresh(dated).deadline == DUE
    decide(ask(reason="Xin lần nữa"), leader, day)
    assert fresh(dated).extension_count == 1


@pytest.mark.parametrize(
    ("until", "words"),
    [
        (DUE, "sau thời hạn hiện nay"),
        (date(2023, 11, 1), "sau thời hạn hiện nay"),
        (date(9999, 1, 1), "kiểm tra lại năm"),
    ],
)
def test_the_day_asked_for_is_a_later_one(ask, until, words):
    with pytest.raises(Refused, match=words):
        ask(until)


def test_a_day_that_has_passed_is_not_asked_for(ask):
    with pytest.raises(Refused, match="đã qua"):
        ask(date(2023, 12, 10), on=date(2023, 12, 20))


def test_only_the_agency_itself_asks_and_says_why(dated, ask, stranger, staff, day):
    for person in (stranger, staff):
        with pytest.raises(Refused, match="thay mặt"):
            ask_extension(assignment=dated, asked_until=LATER, reason="x", by=person, day=day)
    with pytest.raises(Refused, match="lý do"):
        ask(reason="  ")


def test_only_open_work_with_a_deadline(dated, ask, make_assignment, liaison, staff, day):
    with pytest.raises(Refused, match="không có thời hạn"):
        ask(row=make_assignment(position=2))
    suspend(assignment=dated, reason="Chờ", by=staff, day=day)
    with pytest.raises(Refused, match="Tạm dừng"):
        ask()
    reopen(assignment=dated, reason="Tiếp", by=staff, day=day)
    claim = Said(result="Xong", claims_completion=True, documents=[Cited("1/BC")])
    report_progress(assignment=dated, said=claim, by=liaison, day=day)
    with pytest.raises(Refused, match="đang chờ xác nhận"):
        ask()


def test_asking_after_the_deadline_is_possible_and_marked(ask, dated, leader):
    on_the_day, after = ask(on=DUE), None
    assert on_the_day.is_late is False
    decide(on_the_day, leader, DUE, Answer.REFUSED, reason="Không")
    after = ask(on=date(2023, 12, 1))
    assert after.is_late is True
    titles = [entry.title for entry in of_assignment(fresh(dated))]
    assert "Xin gia hạn đến 29/12/2023 (xin sau khi đã quá hạn)" in titles
    assert "Đề nghị gia hạn: không đồng ý" in titles


def test_one_waits_at_a_time_and_a_double_click_is_one_request(ask):
    assert ask() == ask()
    with pytest.raises(Refused, match="đang chờ xét"):
        ask(date(2024, 1, 31))
    assert Extension.objects.count() == 1


def test_the_limit_counts_what_was_given(ask, dated, leader, day):
    decide(ask(), leader, day)
    with pytest.raises(Refused, match="đã được gia hạn 1 lần, tối đa là 1 lần"):
        ask(date(2024, 1, 31))
    Office.objects.update_or_create(pk=1, defaults={"extension_limit": 2})
    decide(ask(date(2024, 1, 31)), leader, day)
    assert fresh(dated).extension_count == 2


def test_the_limit_is_a_setting(db, day):
    assert change_office(by=None, day=day, extension_limit=3) == ["extension_limit"]


def test_the_agency_takes_its_request_back_but_not_a_decided_one(ask, stranger, liaison, leader, day):
    asked = ask()
    with pytest.raises(Refused, match="thay mặt"):
        withdraw_extension(extension=asked, by=stranger, day=day)
    withdraw_extension(extension=asked, by=liaison, day=day)
    with pytest.raises(Refused, match="Đơn vị rút đề nghị"):
        decide(asked, leader, day)
    again = ask()
    decide(again, leader, day)
    with pytest.raises(Refused, match="Người lanhdao đã xử lý"):
        withdraw_extension(extension=again, by=liaison, day=day)


def test_a_deadline_of_the_text_is_the_leaders_one_of_staff_is_theirs_too(dated, staff, leader, liaison, day):
    assert (sets_deadlines(staff, dated), sets_deadlines(leader, dated)) == (False, True)
    set_deadline(task=dated.task, deadline=DUE, instrument=INSTRUMENT, by=staff, day=day)
    row = fresh(dated)
    assert row.task.deadline_by == staff
    assert (sets_deadlines(staff, row), sets_deadlines(leader, row)) == (True, True)
    assert not sets_deadlines(liaison, row)
    row.task.deadline_by = leader
    assert (sets_deadlines(staff, row), sets_deadlines(leader, row)) == (False, True)


def test_who_did_not_set_the_deadline_is_told_who_decides(ask, staff, stranger, day):
    asked = ask()
    with pytest.raises(Refused, match="do lãnh đạo xét gia hạn"):
        decide(asked, staff, day)
    with pytest.raises(Refused):
        decide(asked, stranger, day)
    assert not ExtensionDecision.objects.exists()


def test_nobody_decides_for_their_own_agency(make_assignment, standing, staff, leader, day):
    from agencies.models import Role
    from tests.directives.conftest import person

    own = make_assignment("dated", agency=standing, deadline=DUE, task_fields={"deadline_by": staff})
    by = person("lmhtx", Role.LIAISON, standing, [standing])
    asked = ask_extension(assignment=own, asked_until=LATER, reason="x", by=by, day=day)
    with pytest.raises(Refused, match="chính cơ quan mình"):
        decide(asked, staff, day)
    decide(asked, leader, day)


def test_whoever_acts_for_the_agency_by_grant_or_as_a_stand_in_does_not_decide_either(
    settings, ask, liaison, stranger, day
):
    from agencies.models import Absence, User

    settings.TODAY = day
    Absence.objects.create(user=liaison, deputy=stranger, since=day, until=day, recorded_by=liaison)
    asked = ask()
    User.objects.filter(pk=liaison.pk).update(role="leader")  # the grant is still there
    for person in (liaison, stranger):
        with pytest.raises(Refused, match="chính cơ quan mình"):
            decide(asked, User.objects.get(pk=person.pk), day)


def test_two_deciders_the_second_is_told(ask, leader, day):
    asked = ask()
    decide(asked, leader, day)
    with pytest.raises(Refused, match="Người lanhdao đã xử lý đề nghị này ngày 20/11/2023: Đồng ý"):
        decide(asked, leader, day, Answer.REFUSED, reason="Không")


def test_whoever_saw_an_older_state_is_told(ask, dated, liaison, leader, day):
    asked = ask()
    report_progress(assignment=dated, said=Said(result="Đang làm"), by=liaison, day=day)
    with pytest.raises(Stale):
        decide(asked, leader, day, version=dated.version)


def test_reminders_re_arm_under_the_new_deadline(ask, leader, dated):
    eve = date(2023, 11, 29)
    plan_reminders(eve)
    assert set(Reminder.objects.values_list("deadline", flat=True)) == {DUE}
    decide(ask(on=eve), leader, eve)
    plan_reminders(eve)
    assert not Reminder.objects.filter(state="owed").exists()
    plan_reminders(date(2023, 12, 22))
    assert [row.deadline for row in Reminder.objects.outgoing().owed()] == [LATER]


def test_a_deadline_moved_by_its_instrument_makes_a_request_for_no_later_day_obsolete(ask, dated, staff, day):
    asked = ask()
    set_deadline(task=dated.task, deadline=date(2023, 12, 15), instrument=INSTRUMENT, by=staff, day=day)
    assert Extension.objects.waiting().get() == asked  # it still asks for more
    set_deadline(task=dated.task, deadline=LATER, instrument=INSTRUMENT, by=staff, day=day)
    assert asked.__class__.objects.get().decision.answer == Answer.OBSOLETE


def test_taking_the_deadline_away_leaves_nothing_to_extend(ask, dated, staff, day):
    ask()
    set_clock(task=dated.task, clock="undated", instrument=INSTRUMENT, by=staff, day=day)
    assert ExtensionDecision.objects.get().answer == Answer.OBSOLETE


def test_a_correction_takes_the_extension_back(ask, dated, staff, leader, day):
    decide(ask(), leader, day)
    set_deadline(task=dated.task, deadline=date(2023, 12, 10), instrument=INSTRUMENT, by=staff, day=day)
    row = fresh(dated)
    assert (row.deadline, row.extended_until, row.task.first_deadline) == (date(2023, 12, 10), None, DUE)


def test_reopened_work_keeps_the_time_that_it_was_given(ask, dated, liaison, staff, leader, day):
    decide(ask(), leader, day)
    said = Said(result="Xong", claims_completion=True, documents=[Cited("1/BC")])
    report_progress(assignment=dated, said=said, by=liaison, day=day)
    confirm(assignment=dated, by=staff, day=day)
    reopen(assignment=dated, reason="Số liệu sai", by=staff, day=day)
    assert fresh(dated).deadline == LATER


def test_reopened_work_follows_a_correction_made_since(ask, dated, liaison, staff, leader, day):
    decide(ask(), leader, day)
    said = Said(result="Xong", claims_completion=True, documents=[Cited("1/BC")])
    report_progress(assignment=dated, said=said, by=liaison, day=day)
    confirm(assignment=dated, by=staff, day=day)
    set_deadline(task=dated.task, deadline=date(2023, 12, 10), instrument=INSTRUMENT, by=staff, day=day)
    assert fresh(dated).deadline == LATER
    reopen(assignment=dated, reason="Số liệu sai", by=staff, day=day)
    assert fresh(dated).deadline == date(2023, 12, 10)


def test_finished_or_cancelled_work_needs_no_answer_any_more(ask, dated, liaison, staff, day):
    ask()
    said = Said(result="Xong", claims_completion=True, documents=[Cited("1/BC")])
    report_progress(assignment=dated, said=said, by=liaison, day=day)
    assert Extension.objects.waiting().exists()  # the claim may still be sent back
    confirm(assignment=dated, by=staff, day=day)
    assert ExtensionDecision.objects.get().answer == Answer.OBSOLETE
    reopen(assignment=dated, reason="Sai", by=staff, day=day)
    ask()
    cancel(assignment=dated, reason="Thôi", by=staff, day=day)
    assert not Extension.objects.waiting().exists()


def test_counted_for_each_agency(ask, dated, make_assignment, leader, day):
    decide(ask(), leader, day)
    ask(row=make_assignment("dated", 2, deadline=DUE))
    counted = figures.extensions_by_agency(Assignment.objects.all())
    assert counted == {dated.agency_id: figures.Extensions(given=1, waiting=1)}


def test_a_day_that_has_passed_meanwhile_is_not_granted_but_a_later_one_may_be(ask, dated, leader):
    asked, now = ask(until=date(2023, 12, 5)), date(2023, 12, 20)
    for answer, until in ((Answer.APPROVED, None), (Answer.SHORTENED, date(2023, 12, 3))):
        with pytest.raises(Refused, match="đã qua") as refused:
            decide(asked, leader, now, answer, granted_until=until, reason="x")
        assert refused.value.field == "granted_until"
    decide(asked, leader, now, granted_until=date(2023, 12, 31))
    assert fresh(dated).deadline == date(2023, 12, 31)


def test_how_often_each_was_extended_is_counted_along_the_way_of_the_work(
    ask, dated, make_assignment, leader, staff, other_agency, day, django_assert_num_queries
):
    decide(ask(), leader, day)
    new = move_work(old=dated, agency=other_agency, why=Why.RELEASE, instrument="x", by=staff, day=day)
    other = make_assignment(position=2)
    with django_assert_num_queries(1):
        assert granted_to_each([dated.pk, new.pk, other.pk]) == {dated.pk: 1, new.pk: 1, other.pk: 0}
    assert granted_to(new) == 1


def test_work_carried_to_another_directive_may_ask_anew(
    ask,
    dated,
    following,  # noqa: F811
    liaison,
    leader,
    staff,
    agency,
    day,
):
    decide(ask(), leader, day)
    Task.objects.filter(pk=following.pk).update(clock="dated", deadline=DUE, first_deadline=DUE)
    following.refresh_from_db()
    new = move_work(old=dated, agency=agency, why=Why.CARRIED, instrument="x", by=staff, day=day, task=following)
    assert granted_to(new) == 0
    assert ask_extension(assignment=new, asked_until=LATER, reason="x", by=liaison, day=day)


def test_lists_count_what_was_given_to_the_body_of_before(ask, dated, other_agency, leader, staff, day):
    decide(ask(), leader, day)
    new = move_work(old=dated, agency=other_agency, why=Why.SUCCESSION, instrument="x", by=staff, day=day)
    assert Assignment.objects.for_pages().get(pk=new.pk).extension_count == 1


def test_what_was_put_aside_may_be_refused_but_not_given(ask, dated, leader, staff, day):
    asked = ask()
    suspend(assignment=dated, reason="Chờ", by=staff, day=day)
    with pytest.raises(Refused, match="không thể xét gia hạn"):
        decide(asked, leader, day)
    assert decide(asked, leader, day, Answer.REFUSED, reason="Đang tạm dừng")


def test_a_correction_since_is_not_called_an_extension(signed_in, ask, dated, leader, staff, day, settings):
    settings.TODAY = day
    decide(ask(), leader, day)
    set_deadline(task=dated.task, deadline=date(2023, 12, 5), instrument="CV 9", by=staff, day=day)
    page = " ".join(signed_in("liaison").get(reverse("agency_detail", args=["skhdt"])).text.split())
    assert "gia hạn 1 lần<" in page
