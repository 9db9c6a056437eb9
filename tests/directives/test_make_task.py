"""An instruction becomes a task: under a document that is here, or under the paper by which it was issued."""

from datetime import date

import pytest
from django.urls import reverse

from agencies.errors import Refused
from agencies.models import Agency, Membership
from directives import figures
from directives.actions.instructions import give_instruction
from directives.actions.make_task import Paper, make_task
from directives.actions.notes import Said, report_progress
from directives.models import Addressee, Assignment, Directive, Task
from directives.reports import annex

PAPER = Paper("Công văn", "915", "UBND-KT", date(2023, 11, 18), "Về bố trí vốn điều lệ Quỹ")


@pytest.fixture(autouse=True)
def pinned(settings, day, kept_files):
    settings.TODAY = day


@pytest.fixture
def said(make_assignment, liaison, leader, day):
    row = make_assignment()
    note = report_progress(assignment=row, said=Said(result="x", obstacle="Thiếu vốn"), by=liaison, day=day)
    return give_instruction(assignment=row, note=note, text="Sở Tài chính bố trí 5 tỷ đồng.", by=leader, day=day)


def given(said, agency, staff, day, **more):
    more.setdefault("directive", said.assignment.task.directive)
    return make_task(instruction=said, agency=agency, text=said.text, by=staff, day=day, **more)


def test_the_task_has_its_place_among_the_others_and_none_in_the_text(said, other_agency, staff, day):
    task = given(said, other_agency, staff, day)
    assert (task.position, task.start, task.instruction, task.clock) == (2, None, said, "undated")
    assert (task.addressee.start, task.addressee.place) == (0, "theo ý kiến chỉ đạo")
    row = task.assignments.get()
    assert (row.agency, row.received_on, row.life) == (other_agency, day, "not_started")
    assert figures.of_tasks(Task.objects.all(), day).total == 2


def test_an_agency_that_the_document_addresses_keeps_its_place(said, agency, staff, day):
    assert given(said, agency, staff, day).addressee == said.assignment.task.addressee


def test_a_deadline_without_a_paper_rests_on_the_instruction_and_is_the_leaders(said, other_agency, staff, day):
    task = given(said, other_agency, staff, day, deadline=date(2023, 12, 31))
    assert (task.clock, task.first_deadline, task.deadline_by) == ("dated", date(2023, 12, 31), said.given_by)
    assert task.deadline_source == "Ý kiến chỉ đạo của Người lanhdao ngày 20/11/2023"
    assert task.assignments.get().deadline == date(2023, 12, 31)
    with pytest.raises(Refused, match="đã được giao cho Sở Tài chính"):
        given(said, other_agency, staff, day)


def test_a_slip_of_the_year_is_refused_with_all_of_its_paper(said, other_agency, staff, day):
    with pytest.raises(Refused, match="trước ngày ban hành"):
        given(said, other_agency, staff, day, deadline=date(2003, 12, 31), directive=PAPER)
    assert Directive.objects.count() == 1


def test_every_member_of_a_group_gets_it(said, other_agency, agency, staff, day):
    group = Agency.objects.create(code="nhom", name="Các sở", short_name="Các sở", sort_key="9", is_group=True)
    for each in (agency, other_agency):
        Membership.objects.create(group=group, member=each, since=date(2023, 1, 1))
    assert {row.agency for row in given(said, group, staff, day).assignments.all()} == {agency, other_agency}


def test_a_paper_of_its_own_is_a_directive_with_true_spans(said, other_agency, staff, day):
    task = given(said, other_agency, staff, day, directive=PAPER)
    paper = task.directive
    assert (paper.code, paper.published_on, paper.issued_on) == ("915/UBND-KT", day, date(2023, 11, 18))
    assert paper.text[task.start : task.end] == task.text == said.text
    assert paper != said.assignment.task.directive


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"number": "86", "symbol": "TB-UBND", "issued_on": date(2023, 4, 24)}, "number"),
        ({"number": ""}, "number"),
        ({"issued_on": date(2024, 1, 1)}, "issued_on"),
        ({"title": " "}, "title"),
        ({"title": "MẬT\nVề vốn"}, "text"),
    ],
)
def test_a_paper_is_what_it_says_or_it_is_refused(said, other_agency, staff, day, changes, field):
    paper = Paper(**{**PAPER.__dict__, **changes})
    with pytest.raises(Refused) as refusal:
        given(said, other_agency, staff, day, directive=paper)
    assert refusal.value.field == field
    assert Directive.objects.count() == 1


def test_a_double_click_is_one_task(said, other_agency, staff, day):
    assert len({given(said, other_agency, staff, day, directive=PAPER).pk for _ in range(2)}) == 1
    assert Directive.objects.count() == 2


def test_neither_leaders_nor_closed_documents(said, other_agency, leader, staff, day):
    with pytest.raises(Refused, match="cán bộ thường trực"):
        given(said, other_agency, leader, day)
    Directive.objects.update(closed_on=day)
    with pytest.raises(Refused, match="kết thúc"):
        given(said, other_agency, staff, day)


def test_a_task_without_a_span_breaks_no_page_and_no_report(client, said, other_agency, staff, day):
    task = given(said, other_agency, staff, day)
    client.force_login(staff)
    directive = task.directive_id
    page = client.get(reverse("directive_detail", args=[directive])).content.decode()
    assert "Sở Tài chính bố trí 5 tỷ đồng." in page
    assert "#doan-2" not in page
    assert client.get(reverse("directive_text", args=[directive])).status_code == 200
    for name, args in (("assignment_detail", [task.pk, "stc"]), ("agency_detail", ["stc"])):
        assert "theo ý kiến chỉ đạo" in client.get(reverse(name, args=args)).content.decode()
    carried = Assignment.objects.with_status(day)
    assert [len(each["tasks"]) for each in annex.gather([task.directive], carried, day)] == [1, 1]


def test_staff_make_it_on_a_page(client, said, other_agency, staff):
    client.force_login(staff)
    address = reverse("instruction_task", args=[said.pk])
    directive = said.assignment.task.directive_id
    form = {"agency": other_agency.pk, "text": "Bố trí vốn.", "deadline": "31/12/2023", "directive": directive}
    assert client.post(address, form | {"number": "9"}).status_code == 422
    assert client.post(address, form | {"directive": ""}).status_code == 422
    page = client.post(address, form, follow=True).content.decode()
    assert "Đã giao thành nhiệm vụ 2" in page
    assert "Nhiệm vụ được giao từ ý kiến chỉ đạo" in page
    assert Addressee.objects.count() == 2


def test_staff_type_the_paper(client, said, other_agency, staff):
    client.force_login(staff)
    form = {
        "agency": other_agency.pk,
        "text": "Bố trí vốn.",
        "directive": "",
        "doc_type": "Công văn",
        "number": "915",
        "symbol": "/UBND-KT",
        "issued_on": "18/11/2023",
        "title": "Về bố trí vốn",
    }
    assert client.post(reverse("instruction_task", args=[said.pk]), form).status_code == 302
    made = Task.objects.latest("pk").directive
    assert made.code == "915/UBND-KT"
    assert client.get(reverse("directive_detail", args=[made.pk])).status_code == 200
    assert client.get(reverse("directive_text", args=[made.pk])).status_code == 200


def test_no_task_is_late_before_it_was_given(said, other_agency, staff, day):
    with pytest.raises(Refused, match="trước ngày cho ý kiến"):
        given(said, other_agency, staff, day, deadline=date(2023, 11, 19))
