"""An agency's report of a round: begun, approved, sent as a whole; late, twice, by two at once."""

from datetime import date

import pytest

from agencies.errors import Refused
from agencies.grants import grant
from agencies.models import APPROVE, LEAD, Role
from directives.actions.life import cancel
from directives.actions.locking import Stale
from directives.actions.notes import Said, report_progress
from directives.actions.round_entries import save_entry
from directives.actions.rounds import Line, RoundSent, RowsRefused, hand_in, send_round, submission_for, take_back
from directives.models import Assignment, Entry, ProgressNote, Submission
from directives.models.round import last_closed_window
from directives.models.standing import reports_received
from tests.directives.conftest import person
from tests.directives.test_round_calendar import choose  # noqa: F401

DAY = date(2023, 11, 20)  # the last day of departments for November


@pytest.fixture
def rounds(choose):  # noqa: F811
    from directives.models import Round

    choose()
    return {each.name: each for each in Round.objects.all()}


@pytest.fixture
def november(rounds):
    return rounds["tháng 11/2023"]


@pytest.fixture
def submission(november, agency, liaison):
    return submission_for(round=november, agency=agency, by=liaison, day=DAY)


@pytest.fixture
def rows(make_assignment):
    return [make_assignment(position=number) for number in (1, 2, 3)]


@pytest.fixture
def colleague(agency):
    return person("dongnghiep", Role.LIAISON, agency, [agency])


@pytest.fixture
def head(agency):
    user = person("giamdoc", Role.LIAISON, agency)
    grant(agency=agency, user=user, by=None, right=LEAD)
    return user


def said(result="Đang làm", **fields):
    return Said(result=result, **fields)


def lines(rows, **fields):
    return [Line(row, said(f"Đã làm {row.task.position}", **fields), row.version) for row in rows]


def test_it_is_begun_once(submission, november, agency, liaison, colleague):
    assert submission_for(round=november, agency=agency, by=colleague, day=DAY) == submission
    assert not submission.is_sent


def test_only_for_a_living_single_agency_that_one_acts_for(november, agency, stranger, liaison):
    def begin(by):
        return submission_for(round=november, agency=agency, by=by, day=DAY)

    with pytest.raises(Refused, match="không được giao"):
        begin(stranger)
    agency.is_group = True
    with pytest.raises(Refused, match="nhóm"):
        begin(liaison)
    agency.is_group, agency.ended_on = False, date(2023, 11, 1)
    with pytest.raises(Refused, match="kế thừa"):
        begin(liaison)
    assert not Submission.objects.exists()


def test_every_line_becomes_a_note_of_the_round_and_drafts_go(submission, november, rows, liaison):
    for row in rows[:2]:
        save_entry(submission=submission, assignment=row, typed={"result": "nháp"}, by=liaison, day=DAY)
    unchanged = Line(rows[1], said("Chờ hướng dẫn", is_unchanged=True))
    notes = send_round(submission=submission, lines=[*lines(rows[:1]), unchanged], by=liaison, day=DAY)
    assert [(note.result, note.is_unchanged, note.round) for note in notes] == [
        ("Đã làm 1", False, november),
        ("Chờ hướng dẫn", True, november),
    ]
    submission.refresh_from_db()
    assert (submission.is_sent, submission.sent_on, submission.sent_by, submission.is_late) == (
        True,
        DAY,
        liaison,
        False,
    )
    assert not Entry.objects.exists()
    rows[0].refresh_from_db()
    assert rows[0].life == "in_progress"


def test_after_its_day_it_is_late_and_counts_in_its_round_all_the_same(submission, rows, liaison):
    late = date(2023, 11, 21)
    send_round(submission=submission, lines=lines(rows[:1]), by=liaison, day=late)
    submission.refresh_from_db()
    assert submission.is_late
    silent = Assignment.objects.unreported_in(last_closed_window(late), 10)
    assert list(silent) == rows[1:]
    december = date(2023, 12, 15)
    assert set(Assignment.objects.unreported_in(last_closed_window(december), 10)) == set(rows)


def test_one_wrong_line_holds_back_all_and_each_is_told(submission, rows, other_agency, liaison, make_assignment):
    foreign = make_assignment(position=9, agency=other_agency)
    wrong = [
        Line(rows[0], said("")),
        Line(rows[1], said("x", is_unchanged=True, claims_completion=True, no_evidence_reason="y")),
        Line(rows[2], said("đúng")),
        Line(foreign, said("x")),
    ]
    with pytest.raises(RowsRefused) as refused:
        send_round(submission=submission, lines=wrong, by=liaison, day=DAY)
    assert {pk: each.field for pk, each in refused.value.rows.items()} == {
        rows[0].pk: "result",
        rows[1].pk: "claims_completion",
        foreign.pk: "",
    }
    assert not ProgressNote.objects.exists()
    submission.refresh_from_db()
    assert not submission.is_sent


def test_a_task_that_was_closed_or_changed_meanwhile_is_told_at_its_row(submission, rows, liaison, staff):
    asked = lines(rows)
    cancel(assignment=rows[0], reason="Trùng", by=staff, day=DAY)
    report_progress(assignment=rows[1], said=said(), by=liaison, day=DAY)
    with pytest.raises(RowsRefused) as refused:
        send_round(submission=submission, lines=asked, by=liaison, day=DAY)
    assert set(refused.value.rows) == {rows[0].pk, rows[1].pk}
    assert isinstance(refused.value.rows[rows[1].pk], Stale)


def test_one_task_twice_is_refused(submission, rows, liaison):
    with pytest.raises(RowsRefused):
        send_round(submission=submission, lines=[*lines(rows[:1]), Line(rows[0], said("khác"))], by=liaison, day=DAY)


def test_sent_twice_is_sent_once(submission, rows, liaison):
    first = send_round(submission=submission, lines=lines(rows), by=liaison, day=DAY)
    assert send_round(submission=submission, lines=lines(rows), by=liaison, day=DAY) == first
    assert ProgressNote.objects.count() == 3


def test_a_second_liaison_is_told_who_sent_it_and_when(submission, rows, liaison, colleague):
    send_round(submission=submission, lines=lines(rows), by=liaison, day=DAY)
    with pytest.raises(RoundSent, match=rf"{liaison} gửi ngày 20/11/2023.*chưa được gửi"):
        send_round(submission=submission, lines=[Line(rows[0], said("khác"))], by=colleague, day=DAY)
    with pytest.raises(RoundSent, match="không cần gửi lại"):
        send_round(submission=submission, lines=lines(rows), by=colleague, day=DAY)


def test_other_tasks_may_be_added_later_and_what_was_sent_stays(submission, rows, liaison):
    send_round(submission=submission, lines=lines(rows[:1]), by=liaison, day=DAY)
    again = lines(rows[:2])
    notes = send_round(submission=submission, lines=again, by=liaison, day=date(2023, 11, 22))
    assert [str(note.said_on) for note in notes] == ["2023-11-20", "2023-11-22"]
    with pytest.raises(RowsRefused, match="dòng cần sửa") as refused:
        changed = [Line(rows[0], said("khác")), Line(rows[2], said())]
        send_round(submission=submission, lines=changed, by=liaison, day=DAY)
    assert "đã có báo cáo trong kỳ" in str(refused.value.rows[rows[0].pk])


def test_an_empty_report_is_refused_unless_every_task_was_reported_by_itself(submission, rows, liaison):
    with pytest.raises(Refused, match="Chưa có nhiệm vụ"):
        send_round(submission=submission, lines=[], by=liaison, day=DAY)
    report_progress(assignment=rows[0], said=said(), by=liaison, day=date(2023, 11, 10))
    assert send_round(submission=submission, lines=[], by=liaison, day=DAY) == []
    assert [note.assignment for note in submission.counted_notes()] == [rows[0]]


def test_a_stranger_sends_nothing(submission, rows, stranger):
    with pytest.raises(Refused, match="không được giao"):
        send_round(submission=submission, lines=lines(rows), by=stranger, day=DAY)


def test_where_the_head_approves_only_they_or_their_deputy_send(submission, agency, rows, liaison, head):
    agency.needs_approval = True
    agency.save()
    with pytest.raises(Refused, match="chưa có dòng"):
        hand_in(submission=submission, by=liaison, day=DAY)
    save_entry(submission=submission, assignment=rows[0], typed={"result": "x"}, by=liaison, day=DAY)
    handed = hand_in(submission=submission, by=liaison, day=DAY)
    assert (handed.state, handed.prepared_by) == ("awaiting", liaison)
    assert hand_in(submission=submission, by=liaison, day=DAY).version == handed.version  # twice is harmless
    with pytest.raises(Refused, match="thủ trưởng duyệt"):
        send_round(submission=submission, lines=lines(rows), by=liaison, day=DAY)
    deputy = person("phogiamdoc", Role.LIAISON, agency)
    grant(agency=agency, user=deputy, by=None, right=APPROVE)
    assert len(send_round(submission=submission, lines=lines(rows), by=deputy, day=DAY)) == 3


def test_the_head_gives_it_back_with_a_reason_and_the_preparer_takes_it_back(
    submission, agency, rows, liaison, colleague, head
):
    agency.needs_approval = True
    agency.save()
    save_entry(submission=submission, assignment=rows[0], typed={"result": "x"}, by=liaison, day=DAY)
    hand_in(submission=submission, by=liaison, day=DAY)
    with pytest.raises(Refused, match="Chỉ thủ trưởng"):
        take_back(submission=submission, reason="", by=colleague, day=DAY)
    with pytest.raises(Refused, match="lý do"):
        take_back(submission=submission, reason=" ", by=head, day=DAY)
    returned = take_back(submission=submission, reason="Thiếu số liệu", by=head, day=DAY)
    assert (returned.state, returned.returned_because) == ("draft", "Thiếu số liệu")
    again = hand_in(submission=submission, by=liaison, day=DAY)
    assert again.returned_because == ""
    assert take_back(submission=submission, reason="", by=liaison, day=DAY).state == "draft"
    with pytest.raises(Stale, match="rút báo cáo kỳ"):
        hand_in(submission=submission, by=liaison, day=DAY, version=again.version)


def test_a_report_that_waits_for_the_head_goes_on_once_the_step_is_taken_away(
    submission, agency, rows, liaison, colleague, head
):
    agency.needs_approval = True
    agency.save()
    save_entry(submission=submission, assignment=rows[0], typed={"result": "x"}, by=liaison, day=DAY)
    hand_in(submission=submission, by=liaison, day=DAY)
    with pytest.raises(Refused, match="đang chờ thủ trưởng duyệt"):
        save_entry(submission=submission, assignment=rows[0], typed={"result": "y"}, by=colleague, day=DAY)
    agency.needs_approval = False
    agency.save()
    save_entry(submission=submission, assignment=rows[0], typed={"result": "y"}, by=colleague, day=DAY)
    assert len(send_round(submission=submission, lines=lines(rows), by=colleague, day=DAY)) == 3


def test_without_the_step_nothing_is_handed_in_and_what_is_sent_is_not_taken_back(submission, rows, liaison):
    with pytest.raises(Refused, match="gửi thẳng"):
        hand_in(submission=submission, by=liaison, day=DAY)
    send_round(submission=submission, lines=lines(rows), by=liaison, day=DAY)
    for verb in (hand_in, take_back):
        more = {"reason": "x"} if verb is take_back else {}
        with pytest.raises(RoundSent):
            verb(submission=submission, by=liaison, day=DAY, **more)


def test_standing_duties_are_judged_by_the_rounds_that_closed(
    rounds, make_assignment, liaison, agency, django_assert_num_queries
):
    closed = [rounds["tháng 11/2023"], rounds["tháng 10/2023"]]
    steady = make_assignment("standing", position=1)
    recent = make_assignment("standing", position=2, received_on=date(2023, 11, 2))
    make_assignment("undated", position=3)
    late = submission_for(round=closed[1], agency=agency, by=liaison, day=DAY)
    send_round(submission=late, lines=lines([steady]), by=liaison, day=DAY)
    rows = list(Assignment.objects.select_related("task"))
    with django_assert_num_queries(1):
        found = reports_received(rows, closed)
    assert str(found[steady.pk]) == "1/2 kỳ đã khóa có báo cáo"
    assert (found[recent.pk].reported, found[recent.pk].asked) == (0, 1)
    assert len(found) == 2
    report_progress(assignment=recent, said=said(), by=liaison, day=date(2023, 11, 14))
    assert reports_received(rows, closed)[recent.pk].reported == 1
    assert recent.pk not in reports_received(rows, closed, settled_days=13)
