"""What a report is about: directives, an agency, a group, everything that is followed; nothing more and nothing less."""

from contextlib import nullcontext
from datetime import date, timedelta

import pytest

from agencies.errors import Refused
from agencies.models import Agency
from directives.actions.reports import Wanted, request_report
from directives.models import Addressee, Assignment, Directive, Report, Scope, Task
from directives.reports import content, render
from directives.reports.drafts import drafted
from directives.reports.drafts.naming import what
from directives.reports.paper import RowKind, tables
from directives.reports.report_paper import content as content_of
from directives.reports.report_paper import paper_of
from tests.races import at_once

DAY = date(2023, 11, 20)
DUE = date(2023, 10, 31)


@pytest.fixture
def second(directive, other_agency):
    """Another directive, with one late task of the other agency and one in time."""
    made = Directive.objects.create(
        doc_type="Kế hoạch",
        number="12",
        symbol="KH-UBND",
        issued_on=date(2023, 6, 1),
        issuer="UBND tỉnh",
        title="về phát triển hợp tác xã",
        text="x" * 30,
        published_on=date(2023, 6, 2),
        created_on=date(2023, 6, 2),
    )
    part = Addressee.objects.create(directive=made, position=1, name="Sở", agency=other_agency, start=0, end=20)
    for position, due in ((1, DUE), (2, DAY + timedelta(days=5))):
        task = Task.objects.create(
            directive=made,
            addressee=part,
            position=position,
            text="Việc của kế hoạch",
            start=0,
            end=5,
            clock="dated",
            deadline=due,
            first_deadline=due,
            deadline_source="Kế hoạch",
        )
        Assignment.objects.create(task=task, agency=other_agency, deadline=due, received_on=date(2023, 6, 2))
    return made


@pytest.fixture
def given(make_assignment, agency, other_agency, second):
    """In the first directive: two late tasks of the one agency, one of the other."""
    make_assignment("dated", 1, deadline=DUE)
    make_assignment("dated", 2, deadline=DUE)
    make_assignment("dated", 3, deadline=DUE, agency=other_agency)


def record_of(staff, scope, **about):
    report = request_report(wanted=Wanted(scope, DAY, **about), by=staff, day=DAY)
    return content.compose(Report.objects.get(pk=report.pk))


def names(record):
    return [(each["name"], each["total"]) for each in record["agencies"]]


def test_one_directive(given, staff, directive, agency, other_agency):
    record = record_of(staff, Scope.DIRECTIVES, directives=[directive])
    assert [each["code"] for each in record["directives"]] == [directive.code]
    assert dict(names(record)) == {agency.name: 2, other_agency.name: 1}
    assert what(record) == f"{directive.doc_type} số {directive.code}"


def test_several_directives_point_at_tasks_with_their_number(given, staff, directive, second, other_agency):
    record = record_of(staff, Scope.DIRECTIVES, directives=[second, directive])
    assert [each["code"] for each in record["directives"]] == [directive.code, second.code]  # as they were issued
    assert record["assignments"]["total"] == 5
    assert dict(names(record))[other_agency.name] == 3
    words = {place.value: text for place, text in drafted(record).items()}
    paper = paper_of(content_of(record, words, is_draft=True))
    late = next(each for each in tables(paper) if each.sheet == "Quá hạn chưa hoàn thành")
    assert {row.cells[1].split(".")[0] for row in late.rows} >= {f"1 ({directive.code})", f"1 ({second.code})"}
    annex = next(each for each in tables(paper) if each.sheet == "Từng nhiệm vụ")
    groups = [row.cells[0] for row in annex.rows if row.kind == RowKind.GROUP]
    assert any(group.startswith(f"{second.code}: ") for group in groups)


def test_an_agency_with_all_its_work_wherever_it_comes_from(given, staff, other_agency, directive, second):
    record = record_of(staff, Scope.AGENCY, agency=other_agency)
    assert names(record) == [(other_agency.name, 3)]
    assert [each["code"] for each in record["directives"]] == [directive.code, second.code]
    assert record["tasks"]["total"] == 3
    assert what(record) == f"nhiệm vụ giao {other_agency.name}"
    assert [agency["name"] for agency in record["late"]] == [other_agency.name]


def test_a_group_is_its_members_of_the_day(given, staff, agency, other_agency):
    group = Agency.objects.create(code="nhom", name="Các sở", short_name="Các sở", sort_key="9", is_group=True)
    group.members.create(member=agency, since=date(2023, 1, 1))
    group.members.create(member=other_agency, since=date(2023, 1, 1), until=date(2023, 11, 1))
    record = record_of(staff, Scope.GROUP, agency=group)
    assert names(record) == [(agency.name, 2)]


def test_everything_that_is_followed(given, staff, directive, second):
    assert record_of(staff, Scope.ALL)["assignments"]["total"] == 5
    Directive.objects.filter(pk=second.pk).update(closed_on=date(2023, 11, 1), closed_by_instrument="BC 1")
    assert record_of(staff, Scope.ALL)["assignments"]["total"] == 3


def test_what_was_closed_later_was_still_followed(given, staff, directive, second):
    Directive.objects.filter(pk=second.pk).update(closed_on=DAY, closed_by_instrument="BC 1")
    report = request_report(wanted=Wanted(Scope.ALL, DAY - timedelta(days=1)), by=staff, day=DAY)
    assert content.compose(report)["assignments"]["total"] == 5


@pytest.mark.parametrize(
    ("scope", "about", "words"),
    [
        (Scope.DIRECTIVES, {}, "ít nhất một văn bản"),
        (Scope.AGENCY, {}, "cơ quan hoặc nhóm"),
        (Scope.GROUP, {}, "cơ quan hoặc nhóm"),
    ],
)
def test_a_scope_names_what_it_is_about(staff, given, scope, about, words):
    with pytest.raises(Refused, match=words):
        request_report(wanted=Wanted(scope, DAY, **about), by=staff, day=DAY)


def test_an_agency_is_no_group(staff, given, agency):
    with pytest.raises(Refused, match="xin chọn một nhóm"):
        request_report(wanted=Wanted(Scope.GROUP, DAY, agency=agency), by=staff, day=DAY)


def test_a_period_stands_in_title_and_opening(given, staff, directive):
    record = record_of(
        staff, Scope.DIRECTIVES, directives=[directive], period_start=date(2023, 10, 15), period_name="tháng 11/2023"
    )
    text = drafted(record)
    assert text["subject"].endswith("tháng 11/2023")
    assert (
        "kỳ báo cáo từ ngày 15/10/2023 đến ngày 20/11/2023; số liệu lũy kế tính đến ngày 20 tháng 11 năm 2023"
        in text["opening"]
    )


def test_a_period_does_not_begin_after_its_end(staff, directive):
    wanted = Wanted(Scope.DIRECTIVES, DAY, [directive], period_start=DAY + timedelta(days=1))
    with pytest.raises(Refused, match="Ngày đầu kỳ"):
        request_report(wanted=wanted, by=staff, day=DAY)


@pytest.mark.django_db(transaction=True)
def test_two_who_ask_at_once_get_one_report(given, staff, directive):
    wanted = Wanted(Scope.DIRECTIVES, DAY, [directive])
    found = at_once(4, lambda: request_report(wanted=wanted, by=staff, day=DAY).pk)
    assert len(set(found)) == 1
    assert Report.objects.count() == 1


def test_an_agency_answers_for_its_own_part_of_a_shared_task(make_assignment, staff, agency, other_agency):
    done = make_assignment("dated", deadline=DUE, life="done", submitted_on=DUE, completed_on=DUE)
    Assignment.objects.create(task=done.task, agency=other_agency, deadline=DUE, received_on=date(2023, 4, 25))
    record = record_of(staff, Scope.AGENCY, agency=agency)
    for name in ("tasks", "assignments"):
        assert (record[name]["done_on_time"], record[name]["open_overdue"]) == (1, 0)


def test_what_an_agency_was_given_later_or_closed_before_is_none_of_it(given, staff, other_agency, second):
    Directive.objects.filter(pk=second.pk).update(closed_on=date(2023, 7, 1), closed_by_instrument="BC 1")
    assert record_of(staff, Scope.AGENCY, agency=other_agency)["assignments"]["total"] == 1
    early = request_report(wanted=Wanted(Scope.AGENCY, date(2023, 6, 10), agency=other_agency), by=staff, day=DAY)
    assert [each["code"] for each in content.compose(early)["directives"]] == ["86/TB-UBND", "12/KH-UBND"]


def test_several_directives_were_all_issued_by_then(given, staff, directive, second):
    with pytest.raises(Refused, match="trước ngày ban hành"):
        request_report(wanted=Wanted(Scope.DIRECTIVES, date(2023, 5, 1), [directive, second]), by=staff, day=DAY)


def test_a_body_whose_work_has_all_moved_on_is_counted_no_more(given, staff, directive, other_agency):
    moved = Assignment.objects.filter(agency=other_agency, task__directive=directive)
    moved.update(life="transferred")
    record = record_of(staff, Scope.DIRECTIVES, directives=[directive])
    assert other_agency.name not in dict(names(record))


def test_late_work_of_a_closed_directive_is_still_told(given, staff, directive):
    Assignment.objects.filter(task__directive=directive).update(closed_on=date(2023, 11, 10))
    record = record_of(staff, Scope.DIRECTIVES, directives=[directive])
    assert sum(len(agency["rows"]) for agency in record["late"]) == record["assignments"]["open_overdue"] > 0
    assert "khẩn trương hoàn thành" not in drafted(record)["next"]


def test_where_nothing_is_in_it_nothing_is_made(staff, monkeypatch):
    monkeypatch.setattr(content, "snapshot", nullcontext)  # within the transaction of the test
    report = request_report(wanted=Wanted(Scope.ALL, DAY), by=staff, day=DAY)
    render.render_report(report.pk)
    report.refresh_from_db()
    assert report.is_failed
    assert "không có gì để báo cáo" in report.error
