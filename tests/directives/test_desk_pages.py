"""First pages, dashboards, the summary: each role sees its own, exceptions first, with as many queries for 300 rows as for 3."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.models import Agency
from agencies.people import deactivate
from directives.actions.notes import Cited, Said, report_progress
from directives.models import Addressee, Assignment, ProgressNote, Task

DUE = date(2023, 11, 10)


@pytest.fixture(autouse=True)
def pinned(settings, day):
    settings.TODAY = day


@pytest.fixture
def late(make_assignment):
    return make_assignment("dated", deadline=DUE)


def test_a_liaison_lands_on_the_work_of_the_agency(signed_in, late):
    page = signed_in("liaison").get(reverse("home"))
    assert [row.pk for row in page.context["late"]] == [late.pk]
    assert page.context["figures"].open_overdue == 1
    assert f"/nhiem-vu/{late.task_id}/skhdt/bao-cao/" in page.content.decode()


def test_a_liaison_of_two_agencies_chooses(signed_in, liaison, late, other_agency):
    from agencies.grants import grant

    grant(agency=other_agency, user=liaison, by=None)
    page = signed_in("liaison").get(reverse("home") + "?co-quan=stc")
    assert page.context["agency"] == other_agency and len(page.context["tabs"]) == 2


def test_the_numbers_of_the_second_agency_open_its_own_list(signed_in, liaison, late, other_agency):
    from agencies.grants import grant

    grant(agency=other_agency, user=liaison, by=None)
    Assignment.objects.create(task=late.task, agency=other_agency, deadline=DUE)
    page = signed_in("liaison").get(reverse("home") + "?co-quan=stc&trang=3")
    link = page.context["links"]["open_overdue"]
    opened = signed_in("liaison").get(reverse("home") + link)
    assert (opened.context["agency"], opened.context["slice"]) == (other_agency, "Chưa hoàn thành, quá hạn")


def test_counts_go_beyond_what_is_listed(signed_in, staff, liaison, directive, monkeypatch):
    from directives.views import agencies, desk

    monkeypatch.setattr(desk, "SEEN", 4)
    monkeypatch.setattr(desk, "SHOWN", 2)
    monkeypatch.setattr(agencies, "SHOWN", 2)
    crowd(directive, liaison, 1, 9)
    home = signed_in("staff").get(reverse("home")).context
    late_tasks = Assignment.objects.overdue(date(2023, 11, 20)).values("task").distinct().count()
    assert (home["waiting_count"], home["late_more"]) == (6, late_tasks - len(home["late"]))
    page = signed_in("liaison").get(reverse("home"))
    assert page.context["late_more"] == page.context["figures"].open_overdue - 2


def test_a_late_body_that_is_asked_is_named_apart(signed_in, leader, late):
    late.task.addressee.is_asked = True
    late.task.addressee.save()
    page = signed_in("leader").get(reverse("summary")).content.decode()
    assert "không kể 1 phân công của cơ quan được đề nghị" in page


def test_a_liaison_without_agency_is_told_whom_to_ask(signed_in, liaison, agency):
    from agencies.grants import revoke

    revoke(agency=agency, user=liaison, by=None)
    assert "chưa được cấp quyền" in signed_in("liaison").get(reverse("home")).content.decode()


@pytest.mark.parametrize(
    ("part", "count"), [("", 3), ("qua-han", 1), ("khong-han", 1), ("dung-han", 1), ("trong-han", 0), ("xyz", 3)]
)
def test_the_numbers_open_their_tasks(signed_in, late, make_assignment, part, count):
    make_assignment("undated", 2)
    make_assignment("dated", 3, deadline=DUE, life="done", completed_on=DUE)
    page = signed_in("liaison").get(f"{reverse('home')}?so={part}")
    assert len(page.context["page"]) == count


def test_not_reported_is_told_apart_from_late(month, signed_in, late, liaison, day):
    page = signed_in("liaison").get(reverse("home"))
    assert list(page.context["unreported"]) == list(page.context["late"])
    assert "Chưa báo cáo không có nghĩa là quá hạn" in page.content.decode()


def test_a_foreign_agency_does_not_exist(signed_in, late):
    client = signed_in("stranger")
    assert client.get(reverse("agency_detail", args=["skhdt"])).status_code == 404
    assert client.get(reverse("agency_detail", args=["stc"])).status_code == 200


def test_the_list_of_a_liaison_with_one_agency_is_that_agency(signed_in, late):
    assert signed_in("liaison").get(reverse("agency_list"))["Location"] == reverse("agency_detail", args=["skhdt"])


def test_the_desk_of_staff_shows_what_waits(signed_in, month, staff, late, liaison, make_assignment, day):
    other = make_assignment(position=2)
    said = Said(result="Xong", claims_completion=True, documents=[Cited("1/BC")])
    report_progress(assignment=other, said=said, by=liaison, day=day)
    page = signed_in("staff").get(reverse("home"))
    assert page.context["waiting_count"] == 1 and page.context["late_count"] == 1
    assert [row["agency"].code for row in page.context["silent"]] == ["skhdt"]


def test_staff_are_told_who_has_work_and_nobody_to_report_it(
    signed_in, staff, liaison, late, other_agency, stranger, day
):
    """As the halves of a body that was split: no right passes by itself."""
    Assignment.objects.create(task=late.task, agency=other_agency)
    assert signed_in("staff").get(reverse("home")).context["unserved"] == []
    half = Agency.objects.create(code="nua", name="Sở Nửa", short_name="Sở Nửa", sort_key="3")
    Agency.objects.create(code="khong-viec", name="Không có việc", short_name="Không có việc", sort_key="4")
    Assignment.objects.create(task=late.task, agency=half)
    deactivate(user=stranger, by=staff, day=day)
    page = signed_in("staff").get(reverse("home"))
    assert page.context["unserved"] == [half, other_agency]
    assert "Đang có việc nhưng chưa có đầu mối (2)" in page.content.decode()


def test_own_claims_of_the_standing_agency_wait_for_a_leader(signed_in, staff, leader, standing, make_assignment, day):
    from agencies.models import Role
    from tests.directives.conftest import person

    own = make_assignment(agency=standing)
    said = Said(result="Xong", claims_completion=True, documents=[Cited("1/BC")])
    report_progress(assignment=own, said=said, by=person("lmhtx", Role.LIAISON, standing, [standing]), day=day)
    assert signed_in("staff").get(reverse("home")).context["waiting_count"] == 0
    assert signed_in("leader").get(reverse("home")).context["waiting_count"] == 1
    assert "do cán bộ khác hoặc lãnh đạo xác nhận" in signed_in("staff").get(reverse("review_queue")).content.decode()


def test_the_summary_counts_tasks_and_says_both_bases(signed_in, leader, late, other_agency):
    Assignment.objects.create(task=late.task, agency=other_agency, deadline=DUE, life="done", completed_on=DUE)
    page = signed_in("leader").get(reverse("summary"))
    assert page.context["figures"].total == 1 and page.context["of_assignments"].total == 2
    text = page.content.decode()
    assert "tỷ lệ tính trên tất cả 1 nhiệm vụ" in text and "Tính trên 1 nhiệm vụ đã hoàn thành hoặc quá hạn" in text


def test_agencies_with_late_work_stand_first_and_a_body_that_is_asked_last(
    signed_in, leader, late, make_assignment, other_agency, standing
):
    make_assignment("undated", 2, agency=standing)
    asked = make_assignment("dated", 3, agency=other_agency, deadline=date(2023, 10, 1))
    asked.task.addressee.is_asked = True
    asked.task.addressee.save()
    page = signed_in("leader").get(reverse("summary"))
    assert [row["agency"].code for row in page.context["rows"]] == ["skhdt", "lmhtx", "stc"]
    assert [row.agency.code for group in page.context["late"] for row in group["rows"]] == ["skhdt"]


def test_an_obstacle_stands_beside_the_next_one_until_the_work_is_done(signed_in, leader, late, liaison, day):
    for obstacle, shown in (
        ("Thiếu vốn", {"Thiếu vốn"}),
        ("", {"Thiếu vốn"}),
        ("Thiếu đất", {"Thiếu vốn", "Thiếu đất"}),
    ):
        report_progress(assignment=late, said=Said(result="…", obstacle=obstacle), by=liaison, day=day)
        page = signed_in("leader").get(reverse("summary"))
        assert {each["note"].obstacle for each in page.context["obstacles"]} == shown
    Assignment.objects.update(life="done", completed_on=day)
    assert not signed_in("leader").get(reverse("summary")).context["obstacles"]


def test_waiting_for_a_decision_adds_no_days_late(signed_in, leader, late, day):
    Assignment.objects.update(life="awaiting", submitted_on=date(2023, 11, 12))
    assert "quá hạn 2 ngày" in signed_in("leader").get(reverse("summary")).content.decode()


def test_the_summary_is_narrowed_to_a_directive(signed_in, leader, late, directive):
    assert signed_in("leader").get(f"{reverse('summary')}?van-ban={directive.pk}").context["chosen"] == directive


@pytest.mark.parametrize("who", ["liaison", "stranger"])
@pytest.mark.parametrize("name", ["summary", "review_queue"])
def test_overviews_are_not_for_liaisons(signed_in, who, name):
    assert signed_in(who).get(reverse(name)).status_code == 404


def test_an_empty_installation_says_what_to_do(signed_in, staff):
    assert "Nạp văn bản đầu tiên" in signed_in("staff").get(reverse("home")).content.decode()


def crowd(directive, liaison, first, count):
    """Tasks of every kind, each carried by an agency of its own and by the liaison's, with a note and a claim."""
    mine, lives, numbers = liaison.agency, ("not_started", "in_progress", "awaiting"), range(first, first + count)
    others = Agency.objects.bulk_create(
        Agency(code=f"cq{n}", name=f"Cơ quan {n}", short_name=f"CQ {n}", sort_key=f"9{n}") for n in numbers
    )
    parts = Addressee.objects.bulk_create(
        Addressee(directive=directive, position=n, number=str(n), name=mine.name, agency=mine, start=0, end=9)
        for n in numbers
    )
    dated = {"clock": "dated", "first_deadline": DUE, "start": 24, "end": 42, "lead": mine}
    tasks = Task.objects.bulk_create(
        Task(directive=directive, addressee=part, position=part.position, text=f"Việc {part.position}", **dated)
        for part in parts
    )
    rows = Assignment.objects.bulk_create(
        Assignment(
            task=task,
            agency=agency,
            deadline=DUE if task.position % 2 else date(2023, 11, 30),
            life=lives[task.position % 3],
            received_on=date(2023, 4, 25),
            submitted_on=DUE if lives[task.position % 3] == "awaiting" else None,
        )
        for task, other in zip(tasks, others, strict=True)
        for agency in (mine, other)
    )
    said = {"said_on": DUE, "author": liaison, "result": "x", "obstacle": "Vướng"}
    ProgressNote.objects.bulk_create(
        ProgressNote(assignment=row, claims_completion=row.life == "awaiting", **said) for row in rows
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as autovacuum would: it has seen these tables empty, between two tests


PAGES = [
    ("liaison", "home", []),
    ("staff", "home", []),
    ("leader", "summary", []),
    ("staff", "agency_list", []),
    ("staff", "agency_detail", ["skhdt"]),
    ("staff", "review_queue", []),
]


@pytest.mark.parametrize(("who", "name", "args"), PAGES)
def test_as_many_queries_for_300_rows_as_for_3(signed_in, who, name, args, staff, leader, liaison, directive):
    client = signed_in(who)
    counts = []
    for first, count in ((1, 3), (4, 297)):
        crowd(directive, liaison, first, count)
        client.get(reverse(name, args=args))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(reverse(name, args=args)).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 30
