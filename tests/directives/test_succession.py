"""A body takes over from others: who goes on with what, and what is refused."""

from datetime import date, timedelta

import pytest

from agencies import grants
from agencies.errors import Refused
from agencies.models import Agency, Invitation, Kind, Membership, Role, Shape, Succession, User
from agencies.succession_rules import NewBody
from directives.actions.life import reopen, suspend
from directives.actions.notes import Cited, Said, report_progress
from directives.actions.publish import publish
from directives.actions.reviews import ask_more
from directives.actions.round_entries import save_entry
from directives.actions.succession import succeed
from directives.models import Assignment, Coordinator, CoordinatorMember, Directive, Entry, Life, Submission, Task

from .conftest import person

pytestmark = pytest.mark.django_db
ON = date(2023, 11, 1)
NEW = NewBody("Sở Tài chính", "Sở Tài chính")
HEIRS = [NewBody("Sở A"), NewBody("Sở B")]


@pytest.fixture
def act(staff, day, agency):
    def act(shape=Shape.RENAME, old=None, new=(NEW,), **more):
        given = {"on": ON, "instrument": "NQ 1/NQ-HĐND", "by": staff, "day": day} | more
        return succeed(shape=shape, old=old or [agency], new=list(new), **given)

    return act


def by_name(name):
    return Agency.objects.get(name=name, ended_on=None)


def test_open_work_goes_on_and_closed_work_stays(act, make_assignment, agency, day):
    row = make_assignment()
    done = make_assignment(position=2, life=Life.DONE, completed_on=day)
    cancelled = make_assignment(position=3, life=Life.CANCELLED)
    result = act()
    assert [(old.pk, new.agency.name) for old, new in result.moved] == [(row.pk, "Sở Tài chính")]
    lives = dict(Assignment.objects.filter(agency=agency).values_list("pk", "life"))
    assert lives == {row.pk: Life.TRANSFERRED, done.pk: Life.DONE, cancelled.pk: Life.CANCELLED}
    agency.refresh_from_db()
    assert agency.ended_on == ON
    assert by_name("Sở Tài chính").started_on == ON


def test_merging_under_an_existing_name_makes_a_body_of_its_own(act, make_assignment, agency, other_agency):
    make_assignment()
    make_assignment(position=2, agency=other_agency)
    act(Shape.MERGE, [agency, other_agency])
    new = by_name("Sở Tài chính")
    assert new.pk != other_agency.pk
    assert Assignment.objects.unfinished().filter(agency=new).count() == 2
    assert "từ 01/11/2023" in new.label


def test_two_bodies_with_one_task_become_one_owner(act, make_assignment, agency, other_agency):
    row = make_assignment()
    Assignment.objects.create(task=row.task, agency=other_agency, received_on=date(2023, 4, 25))
    act(Shape.MERGE, [agency, other_agency])
    assert Assignment.objects.unfinished().filter(task=row.task).count() == 1


def test_work_goes_to_the_successors_that_staff_tick(act, make_assignment, agency):
    first, second = make_assignment(), make_assignment(position=2)
    act(Shape.SPLIT, new=HEIRS, chosen={first.pk: [1]})
    owners = {
        row.pk: set(Assignment.objects.unfinished().filter(task=row.task).values_list("agency__name", flat=True))
        for row in (first, second)
    }
    assert owners == {first.pk: {"Sở B"}, second.pk: {"Sở A", "Sở B"}}


def test_a_split_leaves_no_work_without_an_owner(act, make_assignment, agency):
    row = make_assignment()
    with pytest.raises(Refused, match="Nhiệm vụ 1 của 86/TB-UBND"):
        act(Shape.SPLIT, new=HEIRS, chosen={row.pk: []})
    agency.refresh_from_db()
    assert agency.ended_on is None
    assert not Agency.objects.filter(name="Sở A").exists()


def test_a_transfer_ends_nobody_and_moves_only_what_is_chosen(act, make_assignment, agency, other_agency, liaison):
    moved, stays = make_assignment(), make_assignment(position=2)
    act(Shape.TRANSFER, new=[other_agency], function="Dạy nghề", chosen={moved.pk: [0]})
    agency.refresh_from_db()
    assert agency.ended_on is None
    assert Assignment.objects.get(pk=stays.pk).life == Life.NOT_STARTED
    assert Assignment.objects.get(task=moved.task, agency=other_agency).life == Life.NOT_STARTED
    assert not User.objects.get(pk=liaison.pk).represents(other_agency.pk)


def test_the_same_transfer_again_moves_what_is_ticked_now(
    act, make_assignment, agency, other_agency, standing, liaison, staff, day
):
    """A claim that was sent back since can follow; the places count in the order in which the heirs are named."""
    first, claim = make_assignment(), make_assignment(position=2)
    said = Said(result="Xong", claims_completion=True, documents=[Cited("1/BC")])
    report_progress(assignment=claim, said=said, by=liaison, day=day)
    transfer = {"shape": Shape.TRANSFER, "function": "Dạy nghề"}
    act(new=[other_agency, standing], chosen={first.pk: [0]}, **transfer)
    claim.refresh_from_db()
    ask_more(assignment=claim, reason="Thiếu số liệu", by=staff, day=day)
    again = act(new=[standing, other_agency], chosen={claim.pk: [1]}, **transfer)
    assert (again.created, [new.agency for _, new in again.moved]) == (False, [other_agency])
    assert Succession.objects.count() == 1
    assert not act(new=[other_agency, standing], chosen={claim.pk: [0]}, **transfer).moved  # a second press


def test_a_transfer_is_not_completed_to_a_body_that_has_ended(act, make_assignment, agency, other_agency):
    first, later = make_assignment(), make_assignment(position=2)
    transfer = {"shape": Shape.TRANSFER, "new": [other_agency], "function": "Dạy nghề"}
    act(chosen={first.pk: [0]}, **transfer)
    act(old=[other_agency], new=[NewBody("Sở Mới")])
    with pytest.raises(Refused, match="đã kết thúc nên không nhận thêm việc"):
        act(chosen={later.pk: [0]}, **transfer)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"on": date(2023, 12, 1)}, "on"),
        ({"instrument": "  "}, "instrument"),
        ({"new": HEIRS}, "new_lines"),
        ({"new": []}, "new_lines"),
        ({"shape": Shape.SPLIT}, "new_lines"),
        ({"shape": Shape.TRANSFER}, "function"),
        ({"new": [NewBody("  ")]}, "new_lines"),
        ({"shape": Shape.SPLIT, "new": [NEW, NEW]}, "new_lines"),
    ],
)
def test_what_is_refused(act, more, field):
    with pytest.raises(Refused) as refusal:
        act(**more)
    assert refusal.value.field == field
    assert not Succession.objects.exists()


def test_a_body_does_not_succeed_itself(act, agency):
    with pytest.raises(Refused, match="chính mình"):
        act(new=[agency])


def test_a_new_body_has_no_name_that_somebody_bears(act, other_agency):
    with pytest.raises(Refused, match="đang hoạt động cùng tên"):
        act(new=[NewBody("sở tài  chính")])


def test_a_date_before_the_bodys_own_start_is_refused(act, agency):
    Agency.objects.update(started_on=ON)
    with pytest.raises(Refused, match="chỉ có từ ngày"):
        act()


def test_twice_is_harmless_and_another_one_is_refused_with_the_reason(act, make_assignment):
    make_assignment()
    first, again = act(), act()
    assert (first.created, again.created) == (True, False)
    assert first.succession == again.succession
    with pytest.raises(Refused, match="đã kết thúc từ ngày 01/11/2023 theo NQ 1/NQ-HĐND"):
        act(new=[NewBody("Sở Khác")])


def test_only_staff_record_it(act, liaison, leader):
    for who in (liaison, leader):
        with pytest.raises(Refused):
            act(by=who)


def test_whoever_held_rights_holds_them_on_the_new_body(act, agency, liaison):
    head = person("gd", Role.LIAISON, agency)
    grants.grant(agency=agency, user=head, by=None, right="lead")
    invited = Invitation.objects.create(
        agency=agency, right="represent", token_sha256="x", made_by=head, made_on=ON, expires_at="2030-01-01T00:00Z"
    )
    act()
    new = by_name("Sở Tài chính")
    assert Agency.objects.led_by(User.objects.get(pk=head.pk), "lead").filter(pk=new.pk).exists()
    for user in User.objects.filter(pk__in=(head.pk, liaison.pk)):
        assert user.represented_ids == {agency.pk, new.pk}
        assert user.agency == new
    invited.refresh_from_db()
    assert invited.withdrawn_at


def test_of_a_divided_body_nobody_is_taken_over(act, agency, liaison):
    act(Shape.SPLIT, new=HEIRS)
    assert User.objects.get(pk=liaison.pk).represented_ids == {agency.pk}


def test_memberships_pass_on_that_day(act, agency):
    group = Agency.objects.create(code="nhom", name="Các sở", short_name="Các sở", is_group=True, sort_key="9")
    Membership.objects.create(group=group, member=agency, since=date(2020, 1, 1))
    act()
    assert list(Agency.objects.members_of(group, date(2023, 10, 31))) == [agency]
    assert [each.name for each in Agency.objects.members_of(group, ON)] == ["Sở Tài chính"]


def test_the_standing_agency_can_be_succeeded(act, standing, staff):
    Agency.objects.filter(pk=standing.pk).update(kind=Kind.STANDING)
    standing.refresh_from_db()
    act(old=[standing], new=[NewBody("Liên minh HTX tỉnh Quảng Trị")])
    new = Agency.objects.standing()
    assert (new.name, new.kind) == ("Liên minh HTX tỉnh Quảng Trị", Kind.STANDING)
    assert User.objects.get(pk=staff.pk).agency == new


def test_the_standing_agency_stays_one_whatever_joins_it(act, agency, standing):
    Agency.objects.filter(pk=max(agency.pk, standing.pk)).update(kind=Kind.STANDING)
    act(Shape.MERGE, [agency, standing], [NewBody("Liên minh HTX")])
    assert Agency.objects.standing().name == "Liên minh HTX"


def test_a_group_and_a_body_do_not_merge(act, agency):
    group = Agency.objects.create(code="nhom", name="Các sở", short_name="Các sở", sort_key="9", is_group=True)
    for olds in ([group, agency], [agency, group]):
        with pytest.raises(Refused, match="chỉ hợp nhất với nhóm") as refusal:
            act(Shape.MERGE, olds)
        assert refusal.value.field == "old"


def test_lead_and_coordination_of_open_tasks_pass(act, make_assignment, agency, other_agency, day):
    row = make_assignment(agency=other_agency)
    named = Coordinator.objects.create(task=row.task, position=1, name="Sở KH&ĐT", agency=agency)
    group = Coordinator.objects.create(task=row.task, position=2, name="các sở")
    CoordinatorMember.objects.create(coordinator=group, agency=agency)
    closed = make_assignment(position=2, life=Life.DONE, completed_on=day)
    act(new=[NewBody("Sở Mới")])
    new = by_name("Sở Mới")
    named.refresh_from_db()
    closed.task.refresh_from_db()
    assert named.agency == new
    assert [member.agency for member in group.members.all()] == [new]
    assert closed.task.lead == agency  # finished: it stays as it was


def test_lead_and_coordination_of_work_that_is_opened_again_pass(act, make_assignment, agency, standing, staff, day):
    row = make_assignment(agency=standing, life=Life.DONE, completed_on=ON)
    row.task.lead = agency
    row.task.save()
    named = Coordinator.objects.create(task=row.task, position=1, name="Sở KH&ĐT", agency=agency)
    group = Coordinator.objects.create(task=row.task, position=2, name="các sở")
    CoordinatorMember.objects.create(coordinator=group, agency=agency)
    act()
    act(old=[by_name("Sở Tài chính")], new=[NewBody("Sở Mới")], on=date(2023, 11, 10))
    reopen(assignment=row, reason="Chưa đủ", by=staff, day=day)
    named.refresh_from_db()
    row.task.refresh_from_db()
    new = by_name("Sở Mới")
    assert (row.task.lead, named.agency, [each.agency for each in group.members.all()]) == (new, new, [new])


def test_lead_and_coordination_of_an_old_document_published_later_pass(
    act, make_assignment, directive, agency, standing, staff, day
):
    act()
    Directive.objects.update(published_on=None)
    task = make_assignment(agency=standing, received_on=None).task
    Task.objects.update(lead=agency)
    named = Coordinator.objects.create(task=task, position=1, name="Sở KH&ĐT", agency=agency)
    publish(directive=directive, by=staff, day=day)
    named.refresh_from_db()
    task.refresh_from_db()
    new = by_name("Sở Tài chính")
    assert (task.lead, named.agency) == (new, new)


def test_what_was_typed_for_an_open_round_goes_along(act, make_assignment, agency, other_agency, liaison, november):
    one, other = make_assignment(), make_assignment(position=2, agency=other_agency)
    shared = Assignment.objects.create(task=one.task, agency=other_agency, received_on=ON)
    for home, rows in ((agency, [one]), (other_agency, [other, shared])):
        report = Submission.objects.create(round=november, agency=home, state="awaiting")
        for row in rows:
            Entry.objects.create(
                submission=report, assignment=row, typed={"result": f"của {home.code}"}, edited_by=liaison
            )
    act(Shape.MERGE, [agency, other_agency])
    report = Submission.objects.get(round=november, agency=by_name("Sở Tài chính"))
    typed = {entry.assignment.task_id: entry.typed["result"] for entry in report.entries.all()}
    assert typed == {one.task_id: "của skhdt\ncủa stc", other.task_id: "của stc"}
    assert report.state == "draft"
    assert not Entry.objects.exclude(submission=report).exists()


def test_whoever_still_types_for_the_old_body_is_told_where_it_went(
    act, make_assignment, agency, liaison, day, november
):
    row = make_assignment()
    report = Submission.objects.create(round=november, agency=agency)
    act()
    with pytest.raises(Refused, match="cơ quan kế thừa"):
        save_entry(submission=report, assignment=row, typed={"result": "x"}, by=liaison, day=day)


def test_work_that_comes_to_life_again_goes_on_with_the_successor(act, make_assignment, agency, staff, day):
    row = make_assignment(life=Life.DONE, completed_on=ON)
    act()
    act(old=[by_name("Sở Tài chính")], new=[NewBody("Sở Tài chính mới")], on=date(2023, 11, 10))
    reopen(assignment=row, reason="chưa đủ", by=staff, day=day)
    row.refresh_from_db()
    assert row.life == Life.TRANSFERRED
    assert Assignment.objects.unfinished().get(task=row.task).agency.name == "Sở Tài chính mới"


def test_an_old_document_published_later_is_carried_on(act, make_assignment, directive, staff, day):
    act()
    Directive.objects.update(published_on=None)
    row = make_assignment(received_on=None)
    publish(directive=directive, by=staff, day=day)
    assert Assignment.objects.unfinished().get(task=row.task).agency.name == "Sở Tài chính"


def test_a_draft_simply_stands_under_the_new_name(act, make_assignment, agency):
    Directive.objects.update(published_on=None)
    row = make_assignment()
    act()
    assert [each.agency.name for each in row.task.assignments.all()] == ["Sở Tài chính"]
    row.task.refresh_from_db()
    assert row.task.lead.name == "Sở Tài chính"


def test_a_claim_that_was_put_aside_stays_under_the_old_name(act, make_assignment, liaison, staff, day):
    row = make_assignment("dated", deadline=day - timedelta(days=10))
    claim = Said(result="Xong", claims_completion=True, documents=[Cited("1/BC")])
    report_progress(assignment=row, said=claim, by=liaison, day=day - timedelta(days=12))
    suspend(assignment=row, reason="chờ", by=staff, day=day - timedelta(days=11))
    act()
    reopen(assignment=row, reason="tiếp tục", by=staff, day=day)
    row = Assignment.objects.with_status(day).get(pk=row.pk)
    assert (row.life, row.time_state) == ("awaiting", "in_time")
    assert not Assignment.objects.filter(agency=by_name(NEW.name)).exists()
