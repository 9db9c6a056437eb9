"""The list of directives: what each role finds there, and what it counts."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from directives import figures
from directives.figures import Figures
from directives.models import Addressee, Assignment, Directive, Task

pytestmark = pytest.mark.django_db
DAY = date(2023, 11, 20)


@pytest.fixture(autouse=True)
def training_day(settings):
    settings.TODAY = DAY


def give(directive, agency, position=1, **fields):
    part = Addressee.objects.create(
        directive=directive, position=position, number=str(position), name=agency.name, agency=agency, start=0, end=2
    )
    task = Task.objects.create(
        directive=directive, addressee=part, position=position, text="rà soát", start=24, end=31, lead=agency
    )
    return Assignment.objects.create(task=task, agency=agency, received_on=date(2023, 4, 25), **fields)


def make_directive(number, agency, published=True, issued_on=date(2023, 5, 1)):
    made = Directive.objects.create(
        number=str(number),
        symbol="KH-UBND",
        doc_type="Kế hoạch",
        issued_on=issued_on,
        issuer="UBND tỉnh",
        title=f"Kế hoạch số {number}",
        text="Sở Kế hoạch và Đầu tư: rà soát chính sách.",
        created_on=date(2023, 5, 2),
        published_on=date(2023, 5, 2) if published else None,
    )
    give(made, agency)
    return made


@pytest.fixture
def page_of(client):
    def show(user, query=""):
        client.force_login(user)
        return client.get(reverse("directive_list") + query)

    return show


def codes(answer):
    return [directive.code for directive, _ in answer.context["rows"]]


def test_newest_first_with_code_title_issuer_date_and_state(page_of, staff, agency):
    make_directive(1, agency)
    make_directive(2, agency, issued_on=date(2023, 8, 9), published=False)
    answer = page_of(staff)
    assert codes(answer) == ["2/KH-UBND", "1/KH-UBND"]
    page = answer.content.decode()
    for words in ("Kế hoạch số 2", "UBND tỉnh", "09/08/2023", "Bản nháp", "Đã công bố", "02/05/2023"):
        assert words in page


@pytest.mark.parametrize(("who", "seen"), [("staff", 3), ("leader", 2), ("liaison", 1), ("stranger", 1)])
def test_each_role_finds_what_it_may_see(page_of, request, agency, other_agency, who, seen):
    make_directive(1, agency)
    make_directive(2, other_agency)
    make_directive(3, agency, published=False)
    assert len(codes(page_of(request.getfixturevalue(who)))) == seen


def test_overseers_count_tasks_and_a_liaison_their_own_assignments(page_of, staff, liaison, agency, other_agency):
    made = make_directive(1, agency)
    give(made, other_agency, position=2)
    give(made, other_agency, position=3)
    Assignment.objects.create(task=made.tasks.get(position=2), agency=agency)
    by_staff, by_liaison = page_of(staff), page_of(liaison)
    assert by_staff.context["rows"] == [(made, Figures(open_no_deadline=3))]
    assert by_liaison.context["rows"] == [(made, Figures(open_no_deadline=2))]
    assert "Số nhiệm vụ" in by_staff.content.decode()
    assert "Số phân công của đơn vị" in by_liaison.content.decode()


def test_a_directive_counts_the_same_here_as_by_itself(agency, other_agency):
    first, second = make_directive(1, agency), make_directive(2, agency)
    give(second, other_agency, position=2, life="done", completed_on=DAY)
    tasks, assignments = Task.objects.all(), Assignment.objects.all()
    for directive in (first, second):
        own = figures.of_tasks(tasks.filter(directive=directive), DAY)
        assert figures.tasks_by_directive(tasks, DAY)[directive.pk] == own
        assert figures.by_directive(assignments, DAY)[directive.pk] == own


def test_a_draft_says_that_nobody_has_been_given_its_tasks(page_of, staff, agency):
    make_directive(1, agency, published=False)
    assert "Chưa giao cho đơn vị nào" in page_of(staff).content.decode()


def test_three_directives_cost_as_many_queries_as_three_hundred(
    page_of, staff, agency, django_assert_num_queries, client
):
    for number in range(3):
        make_directive(number + 1, agency)
    page_of(staff)
    with CaptureQueriesContext(connection) as few:
        client.get(reverse("directive_list"))
    for number in range(3, 300):
        make_directive(number + 1, agency)
    with django_assert_num_queries(len(few)):
        page = client.get(reverse("directive_list"))
    assert len(codes(page)) == 25
    assert "Trang <strong>1</strong>/12" in page.content.decode()
    assert len(codes(page_of(staff, "?trang=12"))) == 25


@pytest.mark.parametrize(
    ("who", "words"),
    [
        ("staff", "Nạp thông báo kết luận đầu tiên"),
        ("leader", "Khi cán bộ thường trực công bố một văn bản"),
        ("liaison", "Chưa có văn bản nào giao việc cho đơn vị"),
    ],
)
def test_an_empty_list_says_what_comes_next(page_of, request, who, words):
    page = page_of(request.getfixturevalue(who)).content.decode()
    assert words in page
    assert (reverse("directive_import") in page) is (who == "staff")


@pytest.mark.parametrize(("who", "offered"), [("staff", True), ("leader", False), ("liaison", False)])
def test_only_staff_are_offered_to_load_a_notice(page_of, request, agency, who, offered):
    make_directive(1, agency)
    assert (reverse("directive_import") in page_of(request.getfixturevalue(who)).content.decode()) is offered


def test_nobody_comes_in_without_an_account(client):
    assert client.get(reverse("directive_list")).status_code == 302
