"""Work that goes to another agency: what goes along, what stays, who reads what was said before."""

from datetime import date, timedelta

import pytest

from agencies.errors import Refused
from agencies.history import acting
from agencies.models import Agency, Role, User
from agencies.people import deactivate
from directives import figures
from directives.actions.extensions import ask_extension
from directives.actions.instructions import give_instruction
from directives.actions.moves import move_work, predecessors
from directives.actions.notes import Cited, Said, report_progress
from directives.models import Answer, Assignment, ExtensionDecision, Move, Upload, Why
from directives.models.move import readable_to
from directives.timeline import of_assignment
from tests.directives.conftest import person

DUE = date(2023, 11, 30)


@pytest.fixture
def old(make_assignment):
    return make_assignment("dated", deadline=DUE, scope="Phần của sở", task_fields={"target_value": 100})


@pytest.fixture
def move(staff, day):
    def move(old, agency, why=Why.SUCCESSION, on=day, **more):
        with acting(staff, "test", on):
            instrument = "Nghị quyết 1/NQ-HĐND"
            return move_work(old=old, agency=agency, why=why, instrument=instrument, by=staff, day=on, **more)

    return move


def test_the_work_goes_on_there_and_is_released_here(old, move, other_agency, liaison, day):
    report_progress(assignment=old, said=Said(result="Đang làm", percent=40), by=liaison, day=day)
    new = move(old, other_agency)
    old.refresh_from_db()
    assert old.life == "transferred"
    assert (new.agency, new.life, new.deadline, new.percent, new.scope) == (
        other_agency,
        "in_progress",
        DUE,
        40,
        "Phần của sở",
    )
    assert (new.started_on, new.received_on) == (day, day)
    counted = figures.by_agency(Assignment.objects.all(), day)
    assert (counted[old.agency_id].total, counted[old.agency_id].released) == (0, 1)
    assert counted[other_agency.pk].total == 1


def test_work_that_had_not_begun_has_not_begun(old, move, other_agency):
    assert move(old, other_agency).life == "not_started"


def test_suspended_work_stays_suspended(old, move, other_agency):
    Assignment.objects.update(life="suspended")
    assert move(old, other_agency).life == "suspended"


@pytest.mark.parametrize("life", ["done", "cancelled"])
def test_closed_work_does_not_move(old, move, other_agency, life, day):
    Assignment.objects.update(life=life, completed_on=day)
    with pytest.raises(Refused, match="không thể chuyển"):
        move(old, other_agency)


def test_the_same_pair_twice_is_one_move(old, move, other_agency):
    new = move(old, other_agency)
    assert move(old, other_agency) == new
    assert (Move.objects.count(), Assignment.objects.count()) == (1, 2)
    assert move(new, other_agency) == new  # to itself: nothing happens


def test_one_goes_to_several(old, move, other_agency, standing, liaison, day):
    report_progress(assignment=old, said=Said(result="Đang làm"), by=liaison, day=day)
    news = [move(old, agency) for agency in (other_agency, standing)]
    assert [new.life for new in news] == ["in_progress", "in_progress"]
    assert Move.objects.filter(old=old).count() == 2


def test_two_become_one_under_the_later_deadline(old, move, other_agency, standing):
    second = Assignment.objects.create(task=old.task, agency=standing, deadline=date(2023, 12, 31), life="in_progress")
    new = move(old, other_agency)
    assert move(second, other_agency) == new
    new.refresh_from_db()
    assert (new.deadline, new.life) == (date(2023, 12, 31), "in_progress")


def test_what_the_agency_has_already_takes_the_work_in(old, move, other_agency, day):
    own = Assignment.objects.create(task=old.task, agency=other_agency, life="done", completed_on=day, deadline=DUE)
    assert move(old, other_agency) == own
    own.refresh_from_db()
    assert (own.life, own.completed_on) == ("not_started", None)


def test_work_may_come_back(old, move, other_agency):
    new = move(old, other_agency)
    assert move(new, old.agency) == old
    old.refresh_from_db()
    assert old.life == "not_started"
    assert move(old, other_agency) == new
    old.refresh_from_db()
    assert (old.life, Move.objects.count()) == ("transferred", 3)


def test_each_time_that_work_goes_the_same_way_leaves_its_trace(old, move, other_agency, day):
    new = move(old, other_agency)
    move(new, old.agency, on=day + timedelta(1))
    again = move(old, other_agency, why=Why.RELEASE, on=day + timedelta(2))
    assert again == new
    traces = [(each.old, each.new, each.why, each.moved_on) for each in Move.objects.all()]
    assert traces == [
        (old, new, "succession", day),
        (new, old, "succession", day + timedelta(1)),
        (old, new, "release", day + timedelta(2)),
    ]
    told = [(each.on, each.title) for each in of_assignment(new) if "trước đây" not in each.title]
    received = [on for on, title in told if title.startswith("Nhận nhiệm vụ chuyển sang")]
    assert received == [day + timedelta(2), day], told
    assert move(old, other_agency) == new  # a second press
    assert Move.objects.count() == 3


def test_work_that_came_back_is_divided_anew(old, move, other_agency, standing):
    """What went out and came back counts no more: both get their part, whoever had it before."""
    first = move(old, other_agency)
    move(first, old.agency)
    second = move(old, standing)
    assert move(old, other_agency) == first
    first.refresh_from_db()
    assert (first.life, second.life) == ("not_started", "not_started")


def test_another_directive_brings_its_own_deadline(old, move, make_task, other_agency):
    task = make_task(2, other_agency, clock="dated", first_deadline=date(2024, 6, 30), deadline=date(2024, 6, 30))
    new = move(old, old.agency, why=Why.CARRIED, task=task)
    assert (new.task, new.deadline, new.agency) == (task, date(2024, 6, 30), old.agency)


def test_a_claim_that_waited_in_time_gives_the_new_one_time(old, move, other_agency, liaison, day):
    said = Said(result="Xong", claims_completion=True, documents=[Cited("1/BC")])
    report_progress(assignment=old, said=said, by=liaison, day=DUE)
    later = date(2024, 1, 10)
    new = move(old, other_agency, on=later)
    state = Assignment.objects.with_status(later).get(pk=new.pk)
    assert (state.life, state.time_state, state.due) == ("in_progress", "soon", date(2024, 1, 17))


def test_waiting_requests_need_no_answer_any_more(old, move, other_agency, liaison, day):
    ask_extension(assignment=old, asked_until=date(2023, 12, 31), reason="x", by=liaison, day=day)
    move(old, other_agency)
    assert ExtensionDecision.objects.get().answer == Answer.OBSOLETE


def test_whoever_carries_it_now_reads_what_was_said_before(old, move, other_agency, liaison, stranger, day):
    report_progress(assignment=old, said=Said(result="Đã họp ba lần"), by=liaison, day=day)
    third = Agency.objects.create(code="ba", name="Sở Ba", short_name="Sở Ba", sort_key="9")
    new = move(old, other_agency)
    assert not readable_to(person("ba", Role.LIAISON, third, [third])).filter(pk=old.pk).exists()
    last = move(new, third)
    assert [row.pk for row in predecessors(last)] == [new.pk, old.pk]
    told = [(entry.title, entry.text) for entry in of_assignment(last)]
    assert ("Báo cáo tiến độ (trước đây: Sở KH&ĐT)", "Đã họp ba lần") in told
    assert any(title.startswith("Nhận nhiệm vụ chuyển sang: Sở Tài chính → Sở Ba") for title, _ in told)
    reader = person("ba2", Role.LIAISON, third, [third])
    assert set(readable_to(reader)) == {old, new, last}
    assert set(Assignment.objects.visible_to(reader)) == {last}


@pytest.mark.parametrize("between", [1, 4])
def test_the_whole_chain_is_read_however_long(old, move, liaison, day, between, django_assert_num_queries):
    """And nobody reads what was done by those who only carried a later part of it."""
    file = Upload.objects.create(
        name="a.pdf", sha256="a" * 64, size=1, content_type="application/pdf", uploaded_by=liaison
    )
    report_progress(assignment=old, said=Said(result="x", uploads=[file]), by=liaison, day=day)
    bodies = [
        Agency.objects.create(code=f"s{number}", name=f"Sở {number}", short_name=f"Sở {number}", sort_key="9")
        for number in range(between + 1)
    ]
    rows = [old]
    for body in bodies:
        rows.append(move(rows[-1], body))
    last, one_before = (person(f"n{body.pk}", Role.LIAISON, body, [body]) for body in bodies[:-3:-1])
    assert last.represented_ids  # asked once for a person
    with django_assert_num_queries(1):
        assert set(readable_to(last)) == set(rows)
    with django_assert_num_queries(2):
        assert Upload.objects.visible_to(last).get() == file
    assert set(readable_to(one_before)) == set(rows[:-1])
    deactivate(user=last, by=None)
    assert not readable_to(User.objects.get(pk=last.pk)).exists()


def test_whoever_acts_for_nobody_reads_nothing(old, move, other_agency):
    move(old, other_agency)
    alone = person("le", Role.LIAISON, other_agency)
    assert not readable_to(alone).exists()
    assert not Upload.objects.visible_to(alone).exists()


def test_a_chain_that_bites_its_tail_is_read_once(old, move, other_agency, liaison, stranger):
    new = move(old, other_agency)
    move(new, old.agency)
    assert sorted(readable_to(stranger).values_list("pk", flat=True)) == [old.pk, new.pk]
    assert sorted(readable_to(liaison).values_list("pk", flat=True)) == [old.pk, new.pk]


def test_the_files_of_before_are_reached_by_whoever_carries_the_work_now(
    old, move, other_agency, liaison, stranger, day
):
    file = Upload.objects.create(
        name="a.pdf", sha256="a" * 64, size=1, content_type="application/pdf", uploaded_by=liaison
    )
    report_progress(assignment=old, said=Said(result="x", uploads=[file]), by=liaison, day=day)
    assert not Upload.objects.visible_to(stranger).exists()
    move(old, other_agency)
    assert Upload.objects.visible_to(stranger).get() == file


def test_one_move_is_one_line_of_the_timeline(old, move, other_agency):
    new = move(old, other_agency)
    told = [entry.title for entry in of_assignment(new) if entry.on == new.received_on]
    assert len(told) == 1 and other_agency.label in told[0]


def test_a_leaders_word_goes_along(old, move, other_agency, leader, day):
    give_instruction(assignment=old, text="Làm xong trước Tết.", by=leader, day=day)
    new = move(old, other_agency)
    assert any("Làm xong trước Tết." in entry.text for entry in of_assignment(new))


def test_finished_work_that_takes_in_open_work_tells_what_it_was(old, move, other_agency, day):
    done = Assignment.objects.create(
        task=old.task, agency=other_agency, life="done", completed_on=date(2023, 10, 5), received_on=date(2023, 4, 25)
    )
    move(old, other_agency)
    told = done.decisions.get(verb="reopen")
    assert told.old == "Hoàn thành ngày 05/10/2023" and old.agency.label in told.reason


def claimed(task, agency, by, day):
    row = Assignment.objects.create(task=task, agency=agency, received_on=date(2023, 4, 25), deadline=task.deadline)
    report_progress(
        assignment=row, said=Said("Xong", claims_completion=True, documents=[Cited("1/BC")]), by=by, day=day
    )
    return row


@pytest.mark.parametrize("life", ["in_progress", "suspended"])
def test_no_work_goes_into_a_claim_that_waits(old, move, other_agency, stranger, day, life):
    """Its confirmation would end what nobody has done."""
    Assignment.objects.update(life=life)
    claim = claimed(old.task, other_agency, stranger, day)
    with pytest.raises(Refused, match="Sở Tài chính.*nhiệm vụ 1, 86/TB-UBND đang chờ xác nhận; xin xét trước"):
        move(old, other_agency)
    old.refresh_from_db()
    claim.refresh_from_db()
    assert (old.life, claim.life) == (life, "awaiting")


@pytest.mark.parametrize("put_aside", ["old", "new"])
def test_what_was_put_aside_is_merged_like_other_work(old, move, other_agency, put_aside, day):
    """The later deadline, both parts and the earlier beginning hold, whichever stood still; the work goes on."""
    later = date(2024, 3, 1)
    there = Assignment.objects.create(
        task=old.task, agency=other_agency, scope="Phần kia", deadline=later, extended_until=later, started_on=day
    )
    Assignment.objects.filter(pk={"old": old, "new": there}[put_aside].pk).update(life="suspended")
    Assignment.objects.filter(pk={"old": there, "new": old}[put_aside].pk).update(life="in_progress", started_on=DUE)
    new = move(old, other_agency)
    assert (new.life, new.deadline, new.extended_until, new.scope) == (
        "in_progress",
        later,
        later,
        "Phần kia; Phần của sở",
    )


def test_two_that_were_put_aside_stay_so(old, move, other_agency):
    there = Assignment.objects.create(task=old.task, agency=other_agency, deadline=DUE)
    Assignment.objects.update(life="suspended")
    new = move(old, other_agency)
    assert (new, new.life) == (there, "suspended")
    assert not new.decisions.filter(verb="reopen")


def test_a_later_deadline_that_comes_with_the_work_is_told_and_answers_who_asked_for_no_more(
    old, move, other_agency, stranger, day
):
    there = Assignment.objects.create(
        task=old.task, agency=other_agency, deadline=date(2023, 11, 25), received_on=date(2023, 4, 25)
    )
    asked = ask_extension(assignment=there, asked_until=DUE, reason="Chờ số liệu", by=stranger, day=day)
    move(old, other_agency)
    told = there.decisions.get(verb="set_deadline")
    assert (told.old, told.new, told.instrument) == ("25/11/2023", "30/11/2023", "Nghị quyết 1/NQ-HĐND")
    assert asked.decision.answer == Answer.OBSOLETE


def test_who_asked_for_more_than_the_deadline_that_comes_goes_on_waiting(old, move, other_agency, stranger, day):
    there = Assignment.objects.create(task=old.task, agency=other_agency, deadline=DUE, received_on=date(2023, 4, 25))
    ask_extension(assignment=there, asked_until=DUE + timedelta(1), reason="Chờ số liệu", by=stranger, day=day)
    move(old, other_agency)
    assert not ExtensionDecision.objects.exists()
    assert not there.decisions.filter(verb="set_deadline")
