"""The life of an assignment: who may do what when, which day counts, and what is refused with words."""

from datetime import date

import pytest
from django.db import Error, transaction

from agencies.errors import Refused
from directives.actions.life import cancel, reopen, start, suspend
from directives.actions.locking import Stale
from directives.actions.notes import Cited, Letter, Said, enter_for_agency, report_progress
from directives.actions.reviews import ask_more, confirm
from directives.actions.tasks import set_clock, set_deadline
from directives.models import Assignment, Decision, Directive, ProgressNote, Review

DUE = date(2023, 10, 31)


@pytest.fixture
def dated(make_assignment):
    return make_assignment(clock="dated", deadline=DUE)


def claim(assignment, by, day, **more):
    said = Said(result="Đã ban hành.", claims_completion=True, documents=[Cited("12/BC-SKHĐT")], **more)
    return report_progress(assignment=assignment, said=said, by=by, day=day)


def status(assignment, day):
    found = Assignment.objects.with_status(day).get(pk=assignment.pk)
    return found.life, found.time_state


def test_a_first_note_starts_the_work(dated, liaison, day):
    report_progress(assignment=dated, said=Said(result="Đang rà soát."), by=liaison, day=day)
    dated.refresh_from_db()
    assert (dated.life, dated.started_on) == ("in_progress", day)


def test_a_claim_in_time_confirmed_late_is_in_time(dated, liaison, staff):
    claim(dated, liaison, DUE)
    assert status(dated, date(2023, 11, 20)) == ("awaiting", "in_time")
    confirm(assignment=dated, by=staff, day=date(2023, 11, 20))
    assert status(dated, date(2023, 11, 20)) == ("done", "done_on_time")


def test_asking_for_more_gives_working_days_and_keeps_a_timely_claim_in_time(dated, liaison, staff):
    claim(dated, liaison, DUE)
    review = ask_more(assignment=dated, reason="Thiếu phụ lục", by=staff, day=date(2023, 11, 3))
    assert review.supplement_due_on == date(2023, 11, 10)
    assert status(dated, date(2023, 11, 10))[1] == "soon"
    assert status(dated, date(2023, 11, 11))[1] == "overdue"


def test_asking_for_more_makes_a_late_claim_no_less_late(dated, liaison, staff):
    claim(dated, liaison, date(2023, 11, 2))
    ask_more(assignment=dated, reason="Thiếu phụ lục", by=staff, day=date(2023, 11, 3))
    assert status(dated, date(2023, 11, 6))[1] == "overdue"


def test_asking_for_more_needs_a_reason(dated, liaison, staff, day):
    claim(dated, liaison, DUE)
    with pytest.raises(Refused, match="lý do"):
        ask_more(assignment=dated, reason="  ", by=staff, day=day)
    assert status(dated, day)[0] == "awaiting"


def test_nobody_confirms_for_their_own_agency_but_a_leader_may(make_assignment, standing, staff, leader, day):
    from agencies.models import Role
    from tests.directives.conftest import person

    own = make_assignment(agency=standing)
    claim(own, person("lmhtx", Role.LIAISON, standing, [standing]), day)
    with pytest.raises(Refused, match="chính cơ quan mình"):
        confirm(assignment=own, by=staff, day=day)
    confirm(assignment=own, by=leader, day=day)
    assert status(own, day)[0] == "done"


def test_a_liaison_confirms_nothing(dated, liaison, stranger, day):
    claim(dated, liaison, day)
    for person in (liaison, stranger):
        with pytest.raises(Refused):
            confirm(assignment=dated, by=person, day=day)


def test_two_reviewers_on_one_claim_the_second_is_told(dated, liaison, staff, leader, day):
    claim(dated, liaison, day)
    confirm(assignment=dated, by=staff, day=day)
    with pytest.raises(Refused, match="đã có người xử lý"):
        ask_more(assignment=dated, reason="Thiếu", by=leader, day=day)
    assert Review.objects.count() == 1


def test_a_liaison_of_another_agency_says_nothing(dated, stranger, day):
    with pytest.raises(Refused, match="thay mặt"):
        report_progress(assignment=dated, said=Said(result="…"), by=stranger, day=day)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (Said(result=" "), "kết quả"),
        (Said(result="x", percent=140), "0 đến 100"),
        (Said(result="x", percent=40), "không có chỉ tiêu"),
        (Said(result="x", proposal="Cấp vốn", raised_to="other"), "kiến nghị với"),
        (Said(result="x", claims_completion=True), "minh chứng"),
    ],
)
def test_what_a_note_may_not_say(dated, liaison, day, said, words):
    with pytest.raises(Refused, match=words):
        report_progress(assignment=dated, said=said, by=liaison, day=day)
    assert not ProgressNote.objects.exists()


def test_a_claim_without_evidence_may_say_why(dated, liaison, day):
    said = Said(result="Xong", claims_completion=True, no_evidence_reason="Việc thường xuyên, không có văn bản.")
    assert report_progress(assignment=dated, said=said, by=liaison, day=day).claims_completion


def test_the_same_submission_twice_is_one_note(dated, liaison, day):
    said = Said(result="Đang làm")
    notes = {report_progress(assignment=dated, said=said, by=liaison, day=day).pk for _ in range(2)}
    assert len(notes) == 1 == ProgressNote.objects.count()


def test_a_letter_on_paper_counts_from_its_date(dated, staff, leader):
    letter = Letter("15/SKHĐT-HTX", DUE, date(2023, 11, 6))
    said = Said(
        result="Đã xong", claims_completion=True, documents=[Cited("15/SKHĐT-HTX")], no_evidence_reason="Bản giấy"
    )
    enter_for_agency(assignment=dated, said=said, letter=letter, by=staff, day=date(2023, 11, 7))
    with pytest.raises(Refused, match="cán bộ khác"):
        confirm(assignment=dated, by=staff, day=date(2023, 11, 8))
    confirm(assignment=dated, by=leader, day=date(2023, 11, 8))
    assert status(dated, date(2023, 11, 20)) == ("done", "done_on_time")


def test_suspend_cancel_reopen_need_reasons_and_leave_a_trace(dated, staff, day):
    for verb in (suspend, cancel):
        with pytest.raises(Refused, match="lý do"):
            verb(assignment=dated, reason="", by=staff, day=day)
        verb(assignment=dated, reason="Theo chỉ đạo", by=staff, day=day)
    reopen(assignment=dated, reason="Làm tiếp", by=staff, day=day)
    assert list(Decision.objects.values_list("verb", flat=True)) == ["suspend", "cancel", "reopen"]
    assert status(dated, day)[0] == "in_progress"


def test_reopening_finished_work_keeps_its_history(dated, liaison, staff, day):
    claim(dated, liaison, DUE)
    confirm(assignment=dated, by=staff, day=day)
    reopen(assignment=dated, reason="Số liệu sai", by=staff, day=day)
    assert Review.objects.count() == 1 and status(dated, day) == ("in_progress", "overdue")


def test_starting_twice_is_harmless(dated, staff, day):
    for _ in range(2):
        start(assignment=dated, by=staff, day=day)
    assert Decision.objects.count() == 1


def test_the_second_editor_is_told_who_changed_what(dated, liaison, staff, day):
    seen = dated.version
    start(assignment=dated, by=liaison, day=day, version=seen)
    with pytest.raises(Stale, match="Người skhdt đã bắt đầu thực hiện"):
        suspend(assignment=dated, reason="x", by=staff, day=day, version=seen)


def test_a_deadline_names_its_instrument_and_the_first_one_stays(make_assignment, staff, day):
    made = make_assignment(clock="period", task_fields={"period_end": date(2023, 12, 31)})
    with pytest.raises(Refused, match="văn bản"):
        set_deadline(task=made.task, deadline=DUE, instrument="", by=staff, day=day)
    set_deadline(task=made.task, deadline=DUE, instrument="KH 05/KH-BCĐ ngày 10/5/2023", by=staff, day=day)
    set_deadline(task=made.task, deadline=date(2023, 12, 1), instrument="CV 9/UBND", by=staff, day=day)
    made.refresh_from_db()
    assert (made.task.first_deadline, made.deadline) == (DUE, date(2023, 12, 1))
    told = [("Theo kỳ của văn bản", "31/10/2023"), ("31/10/2023", "01/12/2023")]
    assert list(Decision.objects.values_list("old", "new")) == told


def test_taking_a_deadline_away_needs_an_instrument_too(dated, staff, day):
    with pytest.raises(Refused, match="căn cứ"):
        set_clock(task=dated.task, clock="standing", by=staff, day=day)


@pytest.mark.parametrize("wanted", [{"clock": "period", "period_end": date(2025, 12, 31)}, {"clock": "undated"}])
def test_moving_the_end_of_a_period_needs_an_instrument_too(make_assignment, staff, day, wanted):
    row = make_assignment(clock="period", task_fields={"period_end": date(2023, 12, 31)})
    with pytest.raises(Refused, match="ngày cuối kỳ") as refused:
        set_clock(task=row.task, by=staff, day=day, **wanted)
    assert refused.value.field == "instrument"
    set_clock(task=row.task, clock="period", period_end=date(2023, 12, 31), by=staff, day=day)  # nothing moves
    Directive.objects.update(published_on=None)
    set_clock(task=row.task, by=staff, day=day, **wanted)  # nobody has received it


@pytest.mark.parametrize("sql", ["UPDATE {0} SET id = id", "DELETE FROM {0}", "TRUNCATE {0} CASCADE"])
@pytest.mark.parametrize("model", [ProgressNote, Review, Decision])
def test_the_database_refuses_to_rewrite_what_was_said(dated, liaison, staff, day, model, sql):
    from django.db import connection

    claim(dated, liaison, day)
    ask_more(assignment=dated, reason="Thiếu", by=staff, day=day)
    suspend(assignment=dated, reason="Chờ", by=staff, day=day)
    with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql.format(model._meta.db_table))


def test_every_change_keeps_who_did_it(dated, liaison, day):
    claim(dated, liaison, day)
    event = dated.pgh_event_model.objects.filter(pgh_label="update").latest("pk")
    assert (event.life, event.pgh_context["user_name"]) == ("awaiting", "Người skhdt")
