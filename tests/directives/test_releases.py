"""Đề nghị thôi giao: who asks, who decides, and where the work goes."""

import pytest

from agencies.errors import Refused
from directives import figures
from directives.actions.extensions import ask_extension
from directives.actions.life import reopen
from directives.actions.notes import Cited, Said, report_progress
from directives.actions.releases import ask_release, decide_release, withdraw_release
from directives.models import Answer, Assignment, ExtensionDecision, Ground, Move, Release, ReleaseDecision
from directives.timeline import of_assignment
from tests.directives.test_extensions import DUE, LATER


@pytest.fixture
def row(make_assignment):
    return make_assignment("dated", deadline=DUE)


@pytest.fixture
def ask(row, liaison, day):
    def ask(reason="Thuộc chức năng của Sở Tài chính", ground=Ground.NOT_OURS, **more):
        return ask_release(assignment=row, ground=ground, reason=reason, by=liaison, day=day, **more)

    return ask


def decide(release, by, day, answer=Answer.APPROVED, reason="Đúng chức năng", **more):
    return decide_release(release=release, answer=answer, reason=reason, by=by, day=day, **more)


def test_released_work_leaves_every_base_and_is_counted_apart(ask, row, staff, day):
    decide(ask(ground=Ground.NOT_APPLICABLE), staff, day)
    row.refresh_from_db()
    counted = figures.of_assignments(Assignment.objects.all(), day)
    assert (row.life, counted.total, counted.released) == ("cancelled", 0, 1)
    title = "Thôi giao nhiệm vụ: Chưa thực hiện → Không áp dụng tại đơn vị"
    assert title in [entry.title for entry in of_assignment(row)]


def test_with_a_target_the_work_goes_there(ask, row, staff, other_agency, day):
    decision = decide(ask(to_agency=other_agency), staff, day, to_agency=other_agency)
    row.refresh_from_db()
    assert (row.life, decision.moved_to.agency, decision.moved_to.deadline) == ("transferred", other_agency, DUE)
    assert Move.objects.get().why == "release"


def test_staff_may_choose_another_target_than_the_one_asked_for(ask, staff, other_agency, standing, day):
    assert decide(ask(to_agency=other_agency), staff, day, to_agency=standing).moved_to.agency == standing


@pytest.mark.parametrize("answer", [Answer.APPROVED, Answer.REFUSED])
def test_every_decision_says_why(ask, row, staff, day, answer):
    with pytest.raises(Refused, match="lý do"):
        decide(ask(), staff, day, answer, reason=" ")
    row.refresh_from_db()
    assert row.life == "not_started" and not ReleaseDecision.objects.exists()


def test_a_refused_request_leaves_the_work(ask, row, staff, day):
    decide(ask(), staff, day, Answer.REFUSED, reason="Vẫn thuộc sở")
    row.refresh_from_db()
    assert row.life == "not_started"
    assert "Đề nghị thôi giao: không đồng ý" in [entry.title for entry in of_assignment(row)]


def test_only_the_agency_asks_about_work_that_it_owes(row, ask, stranger, staff, liaison, day):
    with pytest.raises(Refused, match="thay mặt"):
        ask_release(assignment=row, ground=Ground.NOT_OURS, reason="x", by=stranger, day=day)
    said = Said(result="Xong", claims_completion=True, documents=[Cited("1/BC")])
    report_progress(assignment=row, said=said, by=liaison, day=day)
    with pytest.raises(Refused, match="đang chờ xác nhận"):
        ask()


def test_a_claim_made_meanwhile_is_decided_first(row, ask, staff, liaison, day):
    asked = ask()
    said = Said(result="Xong", claims_completion=True, documents=[Cited("1/BC")])
    report_progress(assignment=row, said=said, by=liaison, day=day)
    with pytest.raises(Refused, match="xử lý xong"):
        decide(asked, staff, day)


def test_one_waits_at_a_time_and_a_double_click_is_one_request(ask):
    assert ask() == ask()
    with pytest.raises(Refused, match="đang chờ xét"):
        ask(reason="Lý do khác")
    assert Release.objects.count() == 1


def test_targets_that_cannot_be(ask, row, agency, other_agency, staff, day):
    with pytest.raises(Refused, match="cơ quan khác"):
        ask(to_agency=agency)
    asked = ask()
    other_agency.is_group = True
    with pytest.raises(Refused, match="đang hoạt động"):
        decide(asked, staff, day, to_agency=other_agency)
    other_agency.is_group = False
    Assignment.objects.create(task=row.task, agency=other_agency, life="done", completed_on=day)
    with pytest.raises(Refused, match="đã hoàn thành"):
        decide(asked, staff, day, to_agency=other_agency)


def test_an_agency_that_has_the_task_already_takes_the_work_in(ask, row, other_agency, staff, day):
    has = Assignment.objects.create(task=row.task, agency=other_agency, life="in_progress", deadline=DUE)
    assert decide(ask(), staff, day, to_agency=other_agency).moved_to == has


def test_liaisons_and_ones_own_agency_decide_nothing(ask, staff, liaison, stranger, row, day):
    asked = ask()
    for person in (liaison, stranger):
        with pytest.raises(Refused):
            decide(asked, person, day)
    staff.agency = row.agency
    with pytest.raises(Refused, match="chính cơ quan mình"):
        decide(asked, staff, day)


def test_taken_back_or_decided_only_once(ask, liaison, staff, leader, day):
    asked = ask()
    withdraw_release(release=asked, by=liaison, day=day)
    with pytest.raises(Refused, match="rút đề nghị"):
        decide(asked, staff, day)
    again = ask()
    decide(again, staff, day, Answer.REFUSED)
    with pytest.raises(Refused, match="Người thuongtruc đã xử lý"):
        decide(again, leader, day)


def test_what_else_waits_about_it_is_obsolete(ask, row, liaison, staff, day):
    ask_extension(assignment=row, asked_until=LATER, reason="x", by=liaison, day=day)
    decide(ask(), staff, day)
    assert ExtensionDecision.objects.get().answer == Answer.OBSOLETE


def test_released_work_may_be_reopened(ask, row, staff, day):
    decide(ask(), staff, day)
    assert reopen(assignment=row, reason="Giao lại", by=staff, day=day).life == "in_progress"


def test_nothing_is_put_into_a_claim_that_waits(make_assignment, other_agency, liaison, stranger, staff, day):
    """Confirming the claim of the taker would finish what it has never done."""
    row = make_assignment()
    other = Assignment.objects.create(task=row.task, agency=other_agency, received_on=day)
    report_progress(
        assignment=row, said=Said("Xong", claims_completion=True, no_evidence_reason="x"), by=liaison, day=day
    )
    asked = ask_release(assignment=other, ground=Ground.NOT_OURS, reason="x", by=stranger, day=day)
    given = {"answer": Answer.APPROVED, "reason": "Đúng", "to_agency": row.agency}
    with pytest.raises(Refused, match="đang chờ xác nhận"):
        decide_release(release=asked, by=staff, day=day, **given)
