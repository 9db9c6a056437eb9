"""Nobody puts the work of their own agency aside or moves its deadline; of the standing agency's a leader decides."""

from datetime import date

import pytest
from django.urls import reverse

from agencies.errors import Refused
from agencies.models import Kind, Role
from directives.actions.bulk import Wish, change_in_bulk
from directives.actions.life import cancel, reopen, suspend
from directives.actions.notes import Said, report_progress
from directives.actions.reviews import confirm, waiting_for
from directives.actions.tasks import set_clock, set_deadline
from directives.models import Assignment, BulkKind, Directive
from tests.directives.conftest import person

DUE, LATER = date(2023, 11, 30), date(2023, 12, 29)
WHO = "do lãnh đạo, hoặc cán bộ không thuộc cơ quan đó"
PAPER = "Công văn 9/UBND ngày 20/11/2023"


@pytest.fixture(autouse=True)
def pinned(settings, day):
    settings.TODAY = day


@pytest.fixture
def own(standing, make_assignment):
    """A dated task of the standing agency."""
    standing.kind = Kind.STANDING
    standing.save()
    return make_assignment("dated", agency=standing, deadline=DUE)


def test_staff_without_an_agency_are_of_the_standing_agency(own, standing, day):
    speaker = person("lmhtx", Role.LIAISON, standing, [standing])
    said = Said(result="Xong", claims_completion=True, no_evidence_reason="Gửi sau")
    report_progress(assignment=own, said=said, by=speaker, day=day)
    nowhere = person("vodanh", Role.STAFF)
    with pytest.raises(Refused, match="chính cơ quan mình"):
        confirm(assignment=own, by=nowhere, day=day)
    assert not waiting_for(nowhere, Assignment.objects.all()).exists()


def test_staff_leave_the_work_of_their_own_agency_alone(own, staff, day):
    with pytest.raises(Refused, match=WHO):
        cancel(assignment=own, reason="Thôi", by=staff, day=day)
    with pytest.raises(Refused, match=WHO):
        suspend(assignment=own, reason="Chờ", by=staff, day=day)
    with pytest.raises(Refused, match=WHO):
        set_deadline(task=own.task, deadline=LATER, instrument=PAPER, by=staff, day=day)
    with pytest.raises(Refused, match=WHO):
        set_clock(task=own.task, clock="undated", instrument=PAPER, by=staff, day=day)


def test_a_first_deadline_and_a_draft_are_theirs_to_set(own, standing, make_assignment, staff, day):
    first = make_assignment("undated", position=2, agency=standing)
    set_deadline(task=first.task, deadline=DUE, instrument=PAPER, by=staff, day=day)
    Directive.objects.update(published_on=None)
    set_deadline(task=own.task, deadline=LATER, instrument=PAPER, by=staff, day=day)


def test_a_leader_decides_in_their_place_and_only_there(own, make_assignment, staff, leader, day):
    suspend(assignment=own, reason="Chờ", by=leader, day=day)
    reopen(assignment=own, reason="Làm tiếp", by=staff, day=day)
    set_deadline(task=own.task, deadline=LATER, instrument=PAPER, by=leader, day=day)
    own.refresh_from_db()
    assert own.deadline == LATER
    cancel(assignment=own, reason="Thôi", by=leader, day=day)
    other = make_assignment("dated", position=2, deadline=DUE)
    for act in (
        lambda: cancel(assignment=other, reason="Thôi", by=leader, day=day),
        lambda: set_deadline(task=other.task, deadline=LATER, instrument=PAPER, by=leader, day=day),
        lambda: set_clock(task=other.task, clock="undated", instrument=PAPER, by=leader, day=day),
    ):
        with pytest.raises(Refused, match="Chỉ cán bộ thường trực"):
            act()


def test_other_staff_decide_where_it_is_not_the_standing_agency(agency, make_assignment, staff, leader, day):
    row = make_assignment("dated", deadline=DUE)
    with pytest.raises(Refused, match=WHO):
        cancel(assignment=row, reason="Thôi", by=person("biet-phai", Role.STAFF, agency), day=day)
    cancel(assignment=row, reason="Thôi", by=staff, day=day)


def test_of_many_only_the_own_one_is_left_with_its_reason(own, make_assignment, staff, day):
    other = make_assignment("dated", position=2, deadline=DUE)
    wish = Wish(BulkKind.DEADLINE, deadline=LATER, instrument=PAPER)
    change, rows = change_in_bulk(seen={own.task_id: 1, other.task_id: 1}, wish=wish, by=staff, day=day)
    assert [each["task"] for each in change.rows] == [other.task_id]
    assert [WHO in each.refused for each in rows] == [True, False]


def test_the_buttons_stand_before_whoever_may_press_them(own, make_assignment, staff, leader, signed_in):
    page = reverse("assignment_detail", args=[own.task_id, "lmhtx"])
    edit = reverse("task_edit", args=[own.task_id])
    names = {who: {each["name"] for each in signed_in(who).get(page).context["verbs"]} for who in ("staff", "leader")}
    assert not names["staff"] & {"huy", "tam-dung"}
    assert names["leader"] == {"huy", "tam-dung"}
    client = signed_in("leader")
    assert edit in client.get(page).text
    form = client.get(edit)
    assert "Ấn định thời hạn" in form.text
    assert "Cơ quan chủ trì" not in form.text
    sent = {"phan": "thoi-han", "thoi-han-deadline": "2023-12-29", "thoi-han-instrument": PAPER}
    assert client.post(edit, {**sent, "thoi-han-version": form.context["task"].version}).status_code == 302
    verb = reverse("assignment_verb", args=[own.task_id, "lmhtx", "huy"])
    assert client.post(verb, {"reason": "Thôi"}).status_code == 302
    other = make_assignment("dated", position=2, deadline=DUE)
    assert client.get(reverse("task_edit", args=[other.task_id])).status_code == 404


def test_a_day_beyond_the_period_is_not_theirs_to_set(standing, make_assignment, staff, day):
    ends = {"period_end": date(2023, 12, 31), "period_text": "năm 2023"}
    row = make_assignment("period", position=5, agency=standing, task_fields=ends)
    with pytest.raises(Refused, match="chính cơ quan"):
        set_deadline(task=row.task, deadline=date(2024, 6, 30), instrument=PAPER, by=staff, day=day)
    assert set_deadline(task=row.task, deadline=date(2023, 12, 15), instrument=PAPER, by=staff, day=day).deadline
