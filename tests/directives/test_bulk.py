"""Many tasks at one stroke: a preview that tells the truth, the change, and the way back."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from agencies.errors import Refused
from agencies.models import Agency, Role
from agencies.succession_rules import NewBody
from directives.actions.bulk import Wish, change_in_bulk, preview_bulk
from directives.actions.extensions import ask_extension, extensions_for, sets_deadlines
from directives.actions.succession import succeed
from directives.actions.tasks import change_task, set_clock, set_deadline
from directives.actions.undo_bulk import undo_bulk
from directives.deadlines import Clock
from directives.models import Assignment, BulkChange, BulkKind, Decision, Task

from .conftest import DAY, person

SOON, LATER = DAY + timedelta(10), DAY + timedelta(60)
PLAN = "Kế hoạch 05/KH-BCĐ ngày 15/5/2023"
TO_LATER = Wish(BulkKind.DEADLINE, deadline=LATER, instrument="Công văn 9/UBND")


@pytest.fixture(autouse=True)
def pinned(settings, day):
    settings.TODAY = day


@pytest.fixture
def tasks(make_assignment, staff):
    """One with a deadline, one without, one of a period."""
    dated = make_assignment("dated", 1, deadline=SOON, task_fields={"deadline_source": PLAN}).task
    undated = make_assignment("undated", 2).task
    period = make_assignment("period", 3, task_fields={"period_end": date(2023, 12, 31)}).task
    return [dated, undated, period]


def seen(tasks):
    return {task.pk: Task.objects.get(pk=task.pk).version for task in tasks}


def change(tasks, wish, staff):
    return change_in_bulk(seen=seen(tasks), wish=wish, by=staff, day=DAY)


def states():
    return list(Task.objects.order_by("pk").values_list("clock", "deadline", "period_end", "lead", "version"))


def test_the_preview_names_old_and_new_and_writes_nothing(tasks, staff):
    before = states(), Decision.objects.count()
    rows = preview_bulk(tasks=tasks, wish=TO_LATER, by=staff, day=DAY)
    assert [(row.old, row.new, row.refused) for row in rows] == [
        (f"{SOON:%d/%m/%Y}", f"{LATER:%d/%m/%Y}", ""),
        ("Không ấn định thời hạn", f"{LATER:%d/%m/%Y}", ""),
        ("Theo kỳ của văn bản, hết 31/12/2023", f"{LATER:%d/%m/%Y}", ""),
    ]
    assert (states(), Decision.objects.count()) == before


def test_the_preview_says_why_one_cannot(tasks, staff):
    wish = Wish(BulkKind.CLOCK, clock=Clock.STANDING)
    rows = preview_bulk(tasks=tasks, wish=wish, by=staff, day=DAY)
    assert ["văn bản làm căn cứ" in row.refused for row in rows] == [True, False, True]
    made, again = change(tasks, wish, staff)
    assert [row.refused for row in again] == [row.refused for row in rows]
    assert [record["task"] for record in made.rows] == [tasks[1].pk]


def test_one_change_is_kept_for_all_and_each_says_its_instrument(tasks, staff):
    made, rows = change(tasks, TO_LATER, staff)
    assert BulkChange.objects.get() == made and len(made.rows) == 3
    assert {task.deadline for task in Task.objects.all()} == {LATER}
    assert {row.deadline for row in Assignment.objects.all()} == {LATER}
    assert set(Decision.objects.values_list("instrument", flat=True)) == {"Công văn 9/UBND"}


def test_undoing_gives_back_what_was(tasks, staff, other_agency):
    for wish in (
        TO_LATER,
        Wish(BulkKind.CLOCK, clock=Clock.STANDING, instrument="Công văn 9/UBND"),
        Wish(BulkKind.LEAD, lead=other_agency),
    ):
        before = [state[:4] for state in states()]
        made, _ = change(tasks, wish, staff)
        assert [state[:4] for state in states()] != before
        undone = undo_bulk(change=made, by=staff, day=DAY)
        assert [state[:4] for state in states()] == before
        assert (undone.undone_on, undone.undone_by) == (DAY, staff)
        assert not any("kept" in record for record in undone.rows)
    tasks[0].refresh_from_db()
    assert PLAN in tasks[0].deadline_source and "Hoàn tác thay đổi hàng loạt" in tasks[0].deadline_source


def test_undoing_gives_each_member_its_own_day_again(tasks, staff, other_agency):
    longer = Assignment.objects.create(
        task=tasks[0], agency=other_agency, deadline=LATER, extended_until=LATER, received_on=DAY
    )
    made, _ = change(tasks[:1], Wish(BulkKind.DEADLINE, deadline=SOON + timedelta(1), instrument="x"), staff)
    undo_bulk(change=made, by=staff, day=DAY)
    longer.refresh_from_db()
    assert (longer.deadline, longer.extended_until) == (LATER, LATER)
    assert tasks[0].assignments.exclude(pk=longer.pk).get().deadline == SOON


def test_undoing_gives_the_decision_on_more_time_back_to_whoever_fixed_the_deadline(tasks, staff, leader, liaison):
    Task.objects.filter(pk=tasks[0].pk).update(deadline_by=leader)
    for wish in (TO_LATER, Wish(BulkKind.CLOCK, clock=Clock.STANDING, instrument="Công văn 9/UBND")):
        made, _ = change(tasks[:1], wish, staff)
        assert Task.objects.get(pk=tasks[0].pk).deadline_by != leader
        undo_bulk(change=made, by=staff, day=DAY)
    row = Assignment.objects.get(task=tasks[0])
    asked = ask_extension(assignment=row, asked_until=SOON + timedelta(9), reason="x", by=liaison, day=DAY)
    assert [sets_deadlines(who, asked.assignment) for who in (leader, staff)] == [True, False]
    assert [list(extensions_for(who)) for who in (leader, staff)] == [[asked], []]


def test_undoing_leaves_alone_what_was_finished_meanwhile(tasks, staff, other_agency):
    """It keeps the deadline that it was judged by; the others of the task get theirs again."""
    longer = Assignment.objects.create(
        task=tasks[0], agency=other_agency, deadline=LATER, extended_until=LATER, received_on=DAY
    )
    until = SOON + timedelta(1)
    made, _ = change(tasks[:1], Wish(BulkKind.DEADLINE, deadline=until, instrument="x"), staff)
    Assignment.objects.filter(pk=longer.pk).update(life="done", completed_on=DAY)
    finished = Assignment.objects.filter(pk=longer.pk).values().get()
    undo_bulk(change=made, by=staff, day=DAY)
    assert Assignment.objects.filter(pk=longer.pk).values().get() == finished
    assert finished["deadline"] == until
    assert tasks[0].assignments.exclude(pk=longer.pk).get().deadline == SOON
    assert not longer.decisions.filter(verb="undo_bulk").exists()


def test_what_somebody_changed_since_is_left_and_named(tasks, staff):
    other = person("canbo2", Role.STAFF)
    made, _ = change(tasks, TO_LATER, staff)
    set_deadline(task=tasks[0], deadline=DAY, instrument="Công văn 10", by=other, day=DAY)
    Assignment.objects.filter(task=tasks[1]).update(deadline=LATER + timedelta(5))  # more time was given
    undone = undo_bulk(change=made, by=staff, day=DAY)
    kept = {record["task"]: record.get("kept", "") for record in undone.rows}
    assert "Người canbo2 đã ấn định thời hạn" in kept[tasks[0].pk]
    assert "Sở KH&ĐT đã được thay đổi" in kept[tasks[1].pk]
    assert kept[tasks[2].pk] == ""
    tasks[0].refresh_from_db()
    assert tasks[0].deadline == DAY


def test_undoing_twice_is_refused_with_the_name_of_who_did(tasks, staff):
    made, _ = change(tasks, TO_LATER, staff)
    undo_bulk(change=made, by=staff, day=DAY)
    after = states()
    with pytest.raises(Refused, match="Người thuongtruc hoàn tác ngày 20/11/2023"):
        undo_bulk(change=made, by=staff, day=DAY)
    assert states() == after


def test_where_nothing_can_be_given_back_nothing_is_undone(tasks, staff):
    made, _ = change(tasks[:1], TO_LATER, staff)
    set_deadline(task=tasks[0], deadline=DAY, instrument="Công văn 10", by=staff, day=DAY)
    with pytest.raises(Refused, match="Không còn nhiệm vụ nào"):
        undo_bulk(change=made, by=staff, day=DAY)
    made.refresh_from_db()
    assert made.undone_on is None


def test_a_task_that_somebody_changed_after_the_preview_is_left(tasks, staff):
    other = person("canbo2", Role.STAFF)
    shown = seen(tasks)
    change_task(task=tasks[0], lead=None, product="", follower=None, by=other, day=DAY)
    made, rows = change_in_bulk(seen=shown, wish=TO_LATER, by=staff, day=DAY)
    assert "Người canbo2 đã sửa thông tin nhiệm vụ" in rows[0].refused
    assert len(made.rows) == 2


def test_a_double_click_changes_once(tasks, staff):
    shown = seen(tasks)
    change_in_bulk(seen=shown, wish=TO_LATER, by=staff, day=DAY)
    again, rows = change_in_bulk(seen=shown, wish=TO_LATER, by=staff, day=DAY)
    assert again is None and all(row.refused for row in rows)
    assert BulkChange.objects.count() == 1


def test_only_staff_and_only_so_many(tasks, staff, leader, liaison):
    for who in (leader, liaison):
        with pytest.raises(Refused):
            change_in_bulk(seen=seen(tasks), wish=TO_LATER, by=who, day=DAY)
        with pytest.raises(Refused):
            preview_bulk(tasks=tasks, wish=TO_LATER, by=who, day=DAY)
    for shown in ({}, dict.fromkeys(range(501), 1)):
        with pytest.raises(Refused, match="từ 1 đến 500"):
            change_in_bulk(seen=shown, wish=TO_LATER, by=staff, day=DAY)


def test_finished_work_keeps_its_deadline(tasks, staff):
    Assignment.objects.filter(task=tasks[0]).update(life="done", completed_on=DAY)
    change(tasks, TO_LATER, staff)
    assert Assignment.objects.get(task=tasks[0]).deadline == SOON


# The pages


def test_tick_preview_confirm_undo(client, tasks, staff):
    client.force_login(staff)
    address = reverse("bulk_create")
    first = client.get(address, {"nv": [tasks[0].pk, tasks[1].pk, tasks[0].pk]})
    assert first.context["tasks"] == tasks[:2]
    asked = {"nv": [f"{task.pk}.{task.version}" for task in tasks[:2]], "kind": "deadline"}
    assert client.post(address, asked).status_code == 422
    asked |= {"deadline": f"{LATER:%d/%m/%Y}", "instrument": "Công văn 9"}
    preview = client.post(address, asked)
    assert preview.context["will"] == 2 and not BulkChange.objects.exists()
    done = client.post(address, asked | {"ghi": "1"})
    made = BulkChange.objects.get()
    assert done["Location"] == reverse("bulk_detail", args=[made.pk])
    assert "Công văn 9" in client.get(reverse("bulk_list")).content.decode()
    undone = client.post(reverse("bulk_undo", args=[made.pk]), follow=True).content.decode()
    assert "Đã hoàn tác 2 nhiệm vụ" in undone
    assert (
        "đã được Người thuongtruc hoàn tác"
        in client.post(reverse("bulk_undo", args=[made.pk]), follow=True).content.decode()
    )


def test_all_that_match_the_filters(client, tasks, staff):
    client.force_login(staff)
    address = reverse("bulk_create")
    assert client.get(address, {"tat-ca": "1", "bo-loc": "loai=undated"}).context["tasks"] == [tasks[1]]
    assert client.get(address, {"tat-ca": "1", "bo-loc": "so=khong-han&xem=nhiem-vu"}).context["tasks"] == tasks[1:]


def test_filters_that_are_too_long_choose_nothing_rather_than_more(client, tasks, staff):
    """A filter that is cut lets more through: here all three tasks, where the person had chosen one."""
    client.force_login(staff)
    address = reverse("bulk_create")
    for padding, chosen in ((3900, [tasks[1]]), (4001, [])):
        said = f"q={'+' * padding}&loai=undated"
        page = client.get(address, {"tat-ca": "1", "bo-loc": said})
        assert (page.context["tasks"], page.context["too_many"]) == (chosen, not chosen)
    asked = {"tat-ca": "1", "bo-loc": said, "kind": "deadline", "deadline": f"{LATER:%d/%m/%Y}", "instrument": "x"}
    assert client.post(address, asked | {"ghi": "1"}).status_code == 422
    assert not BulkChange.objects.exists()


@pytest.mark.parametrize("nv", ["", "0", "999999", "-1", "x", "9" * 40, "1.x", "\0", "٣"])
def test_keys_that_are_none_choose_nothing(client, tasks, staff, nv):
    client.force_login(staff)
    assert client.get(reverse("bulk_create"), {"nv": nv}).context["tasks"] == []
    answer = client.post(reverse("bulk_create"), {"nv": nv, "kind": "lead", "lead": "1", "ghi": "1"})
    assert answer.status_code == 422
    assert not BulkChange.objects.exists()


@pytest.mark.parametrize("many", [1, 3])
def test_the_pages_ask_no_more_for_more_rows(client, tasks, staff, many, django_assert_num_queries):
    for task in tasks[:many]:
        made, _ = change(
            tasks[:many], Wish(BulkKind.DEADLINE, deadline=LATER + timedelta(task.pk), instrument="x"), staff
        )
    client.force_login(staff)
    with django_assert_num_queries(4):
        client.get(reverse("bulk_list"))
    with django_assert_num_queries(5):
        client.get(reverse("bulk_detail", args=[made.pk]))
    with django_assert_num_queries(4):
        client.get(reverse("bulk_create"), {"nv": [task.pk for task in tasks[:many]]})


def test_the_clock_is_changed_back_and_forth_by_its_verb(tasks, staff):
    made, _ = change(tasks[2:], Wish(BulkKind.CLOCK, clock=Clock.UNDATED, instrument="CV 9"), staff)
    assert Task.objects.get(pk=tasks[2].pk).clock == Clock.UNDATED
    set_clock(task=tasks[1], clock=Clock.STANDING, by=staff, day=DAY)  # another task: in nobody's way
    undo_bulk(change=made, by=staff, day=DAY)
    assert Task.objects.get(pk=tasks[2].pk).clock == Clock.PERIOD


def test_a_lead_that_has_ended_meanwhile_is_not_given_back(tasks, staff, agency, other_agency):
    made, _ = change(tasks, Wish(BulkKind.LEAD, lead=other_agency), staff)
    new = NewBody(name="Sở Mới")
    succeed(shape="rename", on=DAY, instrument="QĐ 1", old=[agency], new=[new], by=staff, day=DAY)
    with pytest.raises(Refused, match=r"đến trước 20/11/2023\) không còn hoạt động"):
        undo_bulk(change=made, by=staff, day=DAY)
    assert set(Task.objects.values_list("lead__code", flat=True)) == {"stc"}


def test_nobody_leads_after_their_end_but_may_stay_named(tasks, staff, agency, other_agency):
    task = tasks[0]
    Agency.objects.update(ended_on=DAY)
    kept = change_task(
        task=task, lead=Agency.objects.get(pk=agency.pk), product="Báo cáo", follower=None, by=staff, day=DAY
    )
    assert kept.lead_id == agency.pk
    ended = Agency.objects.get(pk=other_agency.pk)
    with pytest.raises(Refused) as refusal:
        change_task(task=task, lead=ended, product="", follower=None, by=staff, day=DAY)
    assert refusal.value.field == "lead"


def test_a_first_day_that_came_by_mistake_was_none(make_assignment, staff, day):
    task = make_assignment("undated").task
    wish = Wish(BulkKind.DEADLINE, deadline=date(2023, 12, 29), instrument="Nhầm")
    change, _ = change_in_bulk(seen={task.pk: task.version}, wish=wish, by=staff, day=day)
    undo_bulk(change=change, by=staff, day=day)
    task.refresh_from_db()
    assert (task.first_deadline, task.deadline_source) == (None, "")
    set_deadline(task=task, deadline=date(2024, 3, 31), instrument="Kế hoạch 7/KH-UBND", by=staff, day=day)
    task.refresh_from_db()
    assert task.first_deadline == date(2024, 3, 31)


def test_requests_that_a_change_makes_needless_are_told_before_and_at_the_way_back(
    client, make_assignment, liaison, staff, day
):
    row = make_assignment("dated", deadline=date(2023, 11, 30))
    ask_extension(assignment=row, asked_until=date(2023, 12, 15), reason="x", by=liaison, day=day)
    client.force_login(staff)
    task = Task.objects.get(pk=row.task_id)
    sent = {"nv": f"{task.pk}.{task.version}", "kind": "deadline", "deadline": "29/12/2023", "instrument": "CV 19"}
    assert "1 đề nghị gia hạn đang chờ sẽ không còn cần xét" in client.post(reverse("bulk_create"), sent).text
    client.post(reverse("bulk_create"), sent | {"ghi": "1"})
    change = BulkChange.objects.get()
    assert "không tự trở lại" in client.post(reverse("bulk_undo", args=[change.pk]), follow=True).text
