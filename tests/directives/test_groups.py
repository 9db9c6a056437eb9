"""A group names its members, late ones inherit open work, and what is left behind is cancelled."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.errors import Refused
from agencies.models import Agency, Membership, Shape
from agencies.succession_rules import NewBody
from directives import timeline
from directives.actions.groups import join_group, leave_group, open_tasks, set_scope
from directives.actions.locking import Stale
from directives.actions.notes import Said, report_progress
from directives.actions.publish import publish
from directives.actions.reviews import ask_more, confirm
from directives.actions.succession import succeed
from directives.models import Assignment, Decision, Directive, Evidence, Task

SPRING = date(2023, 1, 1)


@pytest.fixture(autouse=True)
def pinned(settings, day):
    settings.TODAY = day


@pytest.fixture
def given(make_task, group, agency, other_agency):
    """Two tasks of a group with two members; the deadline of the second has passed."""
    for each in (agency, other_agency):
        Membership.objects.create(group=group, member=each, since=SPRING)
    late = {"clock": "dated", "first_deadline": date(2023, 9, 30), "deadline": date(2023, 9, 30)}
    for position, fields in ((1, {}), (2, late)):
        task = make_task(position=position, addressee=group, **fields)
        for each in (agency, other_agency):
            Assignment.objects.create(
                task=task, agency=each, received_on=date(2023, 4, 25), deadline=fields.get("deadline")
            )
    return list(Task.objects.order_by("position"))


def join(group, staff, day, *agencies, since=None):
    return join_group(group=group, agencies=agencies, since=since or day, by=staff, day=day)


def test_a_late_member_inherits_open_work_with_its_deadline(given, group, district, staff, day):
    join(group, staff, day, district)
    rows = Assignment.objects.filter(agency=district).order_by("task__position")
    assert [(row.deadline, row.received_on, row.life) for row in rows] == [
        (None, day, "not_started"),
        (date(2023, 9, 30), day, "not_started"),
    ]


def test_finished_closed_and_draft_work_is_not_inherited(given, group, district, staff, day):
    given[0].assignments.update(life="done", completed_on=day)
    assert [task.position for task in open_tasks(group)] == [2]
    Directive.objects.update(closed_on=day)
    assert not open_tasks(group)
    Directive.objects.update(closed_on=None, published_on=None)
    assert not open_tasks(group)


def test_joining_twice_is_harmless_and_the_future_is_refused(given, group, district, staff, day):
    assert len(join(group, staff, day, district)) == 1
    assert not join(group, staff, day, district)
    assert Assignment.objects.filter(agency=district).count() == 2
    with pytest.raises(Refused, match="sau ngày hôm nay"):
        join(group, staff, day, district, since=date(2024, 1, 1))


def test_no_group_no_dead_body_no_outsider(given, group, district, agency, staff, leader, day):
    with pytest.raises(Refused, match="không phải là một nhóm"):
        join(district, staff, day, agency)
    with pytest.raises(Refused, match="cán bộ thường trực"):
        join(group, leader, day, district)
    Agency.objects.filter(pk=district.pk).update(ended_on=day)
    district.refresh_from_db()
    with pytest.raises(Refused, match="không thể là thành viên"):
        join(group, staff, day, district)


def test_whoever_leaves_gives_back_what_is_open(given, group, agency, liaison, staff, day):
    given[0].assignments.filter(agency=agency).update(life="done", completed_on=day)
    leave_group(group=group, agency=agency, until=day, reason="Sáp nhập xã", by=staff, day=day)
    lives = dict(agency.assignments.values_list("task__position", "life"))
    assert lives == {1: "done", 2: "cancelled"}
    assert agency not in Agency.objects.members_of(group, day)
    reasons = Decision.objects.filter(verb="cancel").values_list("reason", flat=True)
    assert list(reasons) == ["Ra khỏi UBND các huyện: Sáp nhập xã"]


def leave(group, agency, staff, day):
    leave_group(group=group, agency=agency, until=day, reason="Sáp nhập xã", by=staff, day=day)


def test_what_the_last_member_leaves_behind_goes_back_to_the_group(
    given, group, district, agency, other_agency, stranger, staff, day
):
    """The work was ordered: it stays in the figures, under the group, until somebody takes it up."""
    report_progress(assignment=given[0].assignments.get(agency=other_agency), said=Said("x"), by=stranger, day=day)
    leave(group, agency, staff, day)
    leave(group, other_agency, staff, day)
    assert set(other_agency.assignments.values_list("life", flat=True)) == {"transferred"}
    back = {row.task.position: row for row in group.assignments.select_related("task")}
    assert {number: row.life for number, row in back.items()} == {1: "in_progress", 2: "not_started"}
    assert back[2].deadline == date(2023, 9, 30)
    assert {move.why for row in back.values() for move in row.moved_from.all()} == {"named"}
    join(group, staff, day, district)
    assert {row.life for row in group.assignments.all()} == {"transferred"}
    lives = dict(district.assignments.values_list("task__position", "life"))
    assert lives == {1: "in_progress", 2: "not_started"}


def test_finished_work_of_the_last_member_stays_with_it(given, group, agency, other_agency, staff, day):
    other_agency.assignments.update(life="done", completed_on=day)
    given[0].assignments.filter(agency=agency).update(life="awaiting", submitted_on=day)
    leave(group, agency, staff, day)
    lives = dict(agency.assignments.values_list("task__position", "life"))
    assert lives == {1: "awaiting", 2: "transferred"}  # a claim is nobody else's: it stays until it is decided
    leave(group, other_agency, staff, day)
    assert set(other_agency.assignments.values_list("life", flat=True)) == {"done"}
    assert [row.task for row in group.assignments.all()] == [given[1]]


@pytest.mark.parametrize("until", [SPRING, date(2023, 11, 21)])
def test_the_day_of_leaving_is_after_joining_and_not_ahead(given, group, agency, staff, day, until):
    with pytest.raises(Refused) as refusal:
        leave_group(group=group, agency=agency, until=until, reason="x", by=staff, day=day)
    assert refusal.value.field == "until"


def test_whoever_comes_back_goes_on(given, group, agency, staff, day):
    leave_group(group=group, agency=agency, until=date(2023, 11, 1), reason="x", by=staff, day=day)
    join(group, staff, day, agency)
    assert set(agency.assignments.values_list("life", flat=True)) == {"not_started"}


def test_an_unnamed_group_hands_its_work_to_the_members_that_are_named(
    make_assignment, group, agency, other_agency, staff, liaison, day
):
    own = make_assignment(agency=group)
    join(group, staff, day, agency, other_agency)
    own.refresh_from_db()
    assert own.life == "transferred"
    moved = own.task.assignments.exclude(pk=own.pk)
    assert {row.agency for row in moved} == {agency, other_agency}
    assert {each.why for each in own.moved_to.all()} == {"named"}


def test_a_member_has_its_own_part(client, given, group, agency, liaison, staff, day):
    row = given[0].assignments.get(agency=agency)
    set_scope(assignment=row, scope="Các xã  vùng cao", by=staff, day=day, version=row.version)
    row.refresh_from_db()
    assert row.scope == "Các xã vùng cao"
    assert any("toàn bộ nhiệm vụ → Các xã vùng cao" in each.title for each in timeline.of_assignment(row))
    with pytest.raises(Stale):
        set_scope(assignment=row, scope="khác", by=staff, day=day, version=1)
    client.force_login(liaison)
    assert "Các xã vùng cao" in client.get(reverse("assignment_detail", args=[row.task_id, "skhdt"])).content.decode()


def test_staff_write_the_parts_of_all_members_on_one_page(client, given, agency, other_agency, staff):
    client.force_login(staff)
    address = reverse("task_scope", args=[given[0].pk])
    forms = client.get(address).context["forms"]
    data = {form.add_prefix("version"): form.row.version for form in forms}
    data[forms[0].add_prefix("scope")] = "Các xã vùng cao"
    assert client.post(address, data).status_code == 302
    assert list(given[0].assignments.order_by("agency__sort_key").values_list("scope", flat=True)) == [
        "Các xã vùng cao",
        "",
    ]
    assert client.post(address, data | {forms[0].add_prefix("scope"): "khác"}).status_code == 422


def test_a_single_agency_has_no_parts(client, make_assignment, staff):
    client.force_login(staff)
    assert client.get(reverse("task_scope", args=[make_assignment().task_id])).status_code == 404


def test_the_page_of_members_says_what_will_be_given(client, given, group, district, agency, staff):
    client.force_login(staff)
    address = reverse("agency_members", args=["nhom"])
    page = client.get(address).content.decode()
    assert "Mỗi thành viên mới sẽ nhận 2 nhiệm vụ" in page
    assert "1 nhiệm vụ đã qua thời hạn" in page
    assert client.post(address, {"phan": "them", "agencies": [], "since": "x"}).status_code == 422
    form = {"phan": "them", "agencies": [district.pk], "since": "20/11/2023"}
    assert "Đã thêm Cam Lộ" in client.post(address, form, follow=True).content.decode()
    wrong = {"phan": "ra", "co-quan": "camlo", "until": "20/11/2023", "reason": "Nhầm"}
    assert "phải sau ngày vào" in client.post(address, wrong).content.decode()
    right = wrong | {"co-quan": "skhdt"}
    assert client.post(address, right).status_code == 302
    assert Membership.objects.get(member=agency).until is not None


def test_the_board_shows_the_worst_first_and_every_last_word(client, given, agency, other_agency, liaison, leader, day):
    done = given[1].assignments.get(agency=other_agency)
    Assignment.objects.filter(pk=done.pk).update(life="done", completed_on=date(2023, 9, 1))
    row = given[1].assignments.get(agency=agency)
    said = Said(result="Mới phân loại 12 HTX", obstacle="Khó liên hệ")
    report_progress(assignment=row, said=said, by=liaison, day=day)
    client.force_login(leader)
    address = reverse("task_detail", args=[given[1].pk])
    answer = client.get(address)
    assert [each.agency for each in answer.context["board"]["rows"]] == [agency, other_agency]
    page = answer.content.decode()
    assert all(words in page for words in ("Mới phân loại 12 HTX", "Khó liên hệ", "1/2 đơn vị đã hoàn thành"))
    for order in ("don-vi", "tinh-trang", "thoi-han", "bao-cao", "ty-le", "minh-chung"):
        assert client.get(address, {"xep": order}).status_code == 200
    client.force_login(liaison)
    assert client.get(address)["Location"] == reverse("assignment_detail", args=[given[1].pk, "skhdt"])


@pytest.mark.parametrize("page", ["task_detail", "directive_group", "agency_members", "task_scope"])
def test_pages_of_a_group_ask_the_same_for_two_members_and_four(client, given, group, staff, day, page):
    task = given[0]
    arguments = {
        "task_detail": [task.pk],
        "directive_group": [task.directive_id, task.addressee_id],
        "agency_members": ["nhom"],
        "task_scope": [task.pk],
    }
    client.force_login(staff)
    address = reverse(page, args=arguments[page])
    assert client.get(address).status_code == 200
    counts = []
    for number in (1, 2):
        with CaptureQueriesContext(connection) as caught:
            client.get(address)
        counts.append(len(caught))
        more = Agency.objects.create(code=f"x{number}", name=f"X {number}", short_name=f"X{number}", sort_key="96")
        Membership.objects.create(group=group, member=more, since=SPRING)
        for each in Task.objects.all():
            Assignment.objects.create(task=each, agency=more, received_on=day)
    assert counts[0] == counts[1], counts


def test_the_matrix_has_a_cell_for_every_member_and_task(client, given, leader):
    client.force_login(leader)
    answer = client.get(reverse("directive_group", args=[given[0].directive_id, given[0].addressee_id]))
    assert [len(line["cells"]) for line in answer.context["lines"]] == [1, 1]  # each task has its own addressee here
    assert answer.content.decode().count("data-label=") == 2


def publish_draft(given, staff, day):
    Directive.objects.update(published_on=None)
    Assignment.objects.update(received_on=None)
    return lambda: publish(directive=given[0].directive, by=staff, day=day)


def carried():
    return {row.agency.code: row.received_on for row in Assignment.objects.filter(task__position=1)}


def test_who_joins_before_publication_gets_the_work_and_who_left_does_not(
    given, group, district, agency, other_agency, staff, day
):
    go = publish_draft(given, staff, day)
    set_scope(assignment=given[0].assignments.get(agency=agency), scope="Vùng cao", by=staff, day=day)
    join(group, staff, day, district)
    leave(group, agency, staff, day)
    go()
    assert carried() == {"camlo": day, "stc": day}
    assert given[1].assignments.get(agency=district).deadline == date(2023, 9, 30)


def test_staff_are_told_before_publication_that_the_members_have_changed(client, given, group, district, staff, day):
    publish_draft(given, staff, day)
    client.force_login(staff)
    address = reverse("directive_detail", args=[given[0].directive_id])
    assert "đã thay đổi từ khi đọc văn bản" not in client.get(address).text
    join(group, staff, day, district)
    assert "Thành viên của “UBND các huyện” đã thay đổi từ khi đọc văn bản" in client.get(address).text


def test_a_group_that_named_its_members_before_publication_carries_nothing_itself(
    make_assignment, group, agency, staff, day
):
    own = make_assignment(agency=group)
    go = publish_draft([own.task], staff, day)
    join(group, staff, day, agency)
    go()
    assert carried() == {"skhdt": day}


def test_a_group_whose_members_all_left_before_publication_carries_its_work_itself(
    given, group, agency, other_agency, staff, day
):
    go = publish_draft(given, staff, day)
    leave(group, agency, staff, day)
    leave(group, other_agency, staff, day)
    go()
    assert carried() == {"nhom": day}


def test_a_member_that_ended_before_publication_hands_on_to_its_heirs(given, group, agency, other_agency, staff, day):
    go = publish_draft(given, staff, day)
    rename(agency, staff, day)
    # As an import of the old document after the renaming would have read it.
    there = Assignment.objects.get(task=given[0], agency__name="Sở Mới")
    Assignment.objects.filter(pk=there.pk).update(agency=agency)
    go()
    lives = {row.agency.name: row.life for row in given[0].assignments.select_related("agency")}
    assert lives == {agency.name: "transferred", "Sở Mới": "not_started", other_agency.name: "not_started"}
    assert set(given[1].assignments.values_list("agency__name", flat=True)) == {"Sở Mới", other_agency.name}


def rename(agency, staff, day):
    return succeed(
        shape=Shape.RENAME, on=day, instrument="QĐ 1", old=[agency], new=[NewBody(name="Sở Mới")], by=staff, day=day
    )


def test_a_group_that_was_renamed_before_publication_gives_to_its_members(given, group, agency, staff, day):
    go = publish_draft(given, staff, day)
    rename(group, staff, day)
    go()
    assert carried() == {"skhdt": day, "stc": day}


@pytest.fixture
def claimed(given, group, agency, liaison, staff, day):
    """A member says that it has done one of the two, and leaves."""
    row = given[0].assignments.get(agency=agency)
    said = Said("Đã xong", claims_completion=True, no_evidence_reason="không có")
    report_progress(assignment=row, said=said, by=liaison, day=day)
    leave(group, agency, staff, day)
    row.refresh_from_db()
    return row


def test_a_claim_that_waits_is_decided_after_its_agency_has_left(claimed, staff, day):
    assert claimed.life == "awaiting"
    confirm(assignment=claimed, by=staff, day=day)
    claimed.refresh_from_db()
    assert claimed.life == "done"


def test_a_claim_that_a_leader_sends_back_is_then_cancelled(claimed, leader, day):
    ask_more(assignment=claimed, reason="Thiếu danh sách", by=leader, day=day)
    claimed.refresh_from_db()
    assert claimed.life == "cancelled"
    words = Decision.objects.filter(assignment=claimed, verb="cancel").values_list("reason", flat=True)
    assert list(words) == ["Đã ra khỏi UBND các huyện từ ngày 20/11/2023"]


def test_a_claim_that_nobody_else_carries_goes_back_to_the_group_when_it_is_sent_back(
    claimed, group, other_agency, staff, day
):
    other_agency.assignments.update(life="done", completed_on=day)
    ask_more(assignment=claimed, reason="Thiếu danh sách", by=staff, day=day)
    assert [row.task_id for row in group.assignments.all()] == [claimed.task_id]


def test_whoever_came_back_goes_on_when_the_claim_is_sent_back(given, group, agency, liaison, staff, day):
    row = given[0].assignments.get(agency=agency)
    said = Said("Đã xong", claims_completion=True, no_evidence_reason="không có")
    report_progress(assignment=row, said=said, by=liaison, day=date(2023, 10, 1))
    leave_group(group=group, agency=agency, until=date(2023, 11, 1), reason="x", by=staff, day=day)
    join(group, staff, day, agency)
    ask_more(assignment=row, reason="Thiếu danh sách", by=staff, day=day)
    row.refresh_from_db()
    assert row.life == "in_progress"


def test_the_page_of_members_names_the_claims_that_stay(client, given, group, agency, staff, day):
    row = given[0].assignments.get(agency=agency)
    Assignment.objects.filter(pk=row.pk).update(life="awaiting", submitted_on=day)
    client.force_login(staff)
    page = client.get(reverse("agency_members", args=["nhom"])).content.decode()
    assert "1 nhiệm vụ đang mở · 1 chờ xác nhận" in page
    assert f'{reverse("assignment_detail", args=[row.task_id, "skhdt"])}">86/TB-UBND, nhiệm vụ 1</a>' in page


def test_the_board_tells_what_was_said_before_the_work_went_on(client, given, group, agency, liaison, staff, day):
    row = given[0].assignments.get(agency=agency)
    report_progress(assignment=row, said=Said("Mới phân loại 12 HTX"), by=liaison, day=day)
    Evidence.objects.create(note=row.notes.get(), document_number="115/BC-UBND", summary="Phân loại")
    rename(agency, staff, day)
    client.force_login(staff)
    board = client.get(reverse("task_detail", args=[given[0].pk])).context["board"]
    [heir] = [each for each in board["rows"] if each.agency.name == "Sở Mới"]
    assert (heir.last_result, heir.last_on, heir.evidence_count) == ("Mới phân loại 12 HTX", day, 1)
