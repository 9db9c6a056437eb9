"""The page of a cited document: what still rests on it, in every directive."""

from datetime import date

import pytest
from django.urls import reverse

from directives.models import CitedDocument, Directive

from .conftest import DAY


@pytest.fixture(autouse=True)
def pinned(settings, day):
    settings.TODAY = day


@pytest.fixture
def rows(make_assignment, directive, other_agency):
    """Finished, open late, open later, of another agency; one that cites another document."""
    cited = CitedDocument.objects.create(
        directive=directive, number="281/QĐ-UBND", doc_type="Quyết định", abstract="Chương trình hỗ trợ", start=0, end=1
    )
    rows = [
        make_assignment("dated", 1, deadline=date(2023, 1, 1), life="done", completed_on=DAY),
        make_assignment("dated", 2, deadline=date(2023, 12, 1)),
        make_assignment("dated", 3, deadline=date(2023, 11, 1)),
        make_assignment("undated", 4, agency=other_agency),
        make_assignment("undated", 5),
    ]
    for row in rows[:4]:
        row.task.cites.add(cited)
    other = CitedDocument.objects.create(directive=directive, number="1281/QĐ-UBND", start=2, end=3)
    rows[4].task.cites.add(other)
    return rows


def listed(client, who, number):
    client.force_login(who)
    answer = client.get(reverse("cited"), {"so": number})
    assert answer.status_code == 200
    return [row.task.position for row in answer.context["page"]], answer


@pytest.mark.parametrize(
    "number",
    ["281/QĐ-UBND", "281/qd-ubnd", "Quyết định số 281/QĐ-UBND", " 281 / QĐ – UBND ", "281/QÐ-UBND".replace("Ð", "Đ")],
)
def test_open_work_first_however_the_number_is_written(client, rows, leader, number):
    positions, answer = listed(client, leader, number)
    assert positions == [3, 2, 4, 1]
    assert answer.context["open_count"] == 3
    assert "Chương trình hỗ trợ" in answer.content.decode()


def test_a_liaison_sees_their_own(client, rows, stranger):
    assert listed(client, stranger, "281/QĐ-UBND")[0] == [4]
    positions, answer = listed(client, stranger, "1281/QĐ-UBND")
    assert positions == [] and "Không có nhiệm vụ nào" in answer.content.decode()


def test_two_directives_that_cite_it_are_on_one_page(client, rows, leader, make_task, agency):
    second = Directive.objects.create(
        number="90",
        symbol="TB-UBND",
        doc_type="Thông báo",
        issued_on=DAY,
        title="x",
        text="x",
        created_on=DAY,
        published_on=DAY,
    )
    again = CitedDocument.objects.create(directive=second, number="281 / QĐ-UBND", start=0, end=1)
    rows[4].task.cites.add(again)
    assert listed(client, leader, "281/QĐ-UBND")[0] == [3, 2, 4, 5, 1]


def test_a_document_that_is_in_the_book_itself_is_linked(client, rows, leader, directive):
    answer = listed(client, leader, "86/TB-UBND")[1]
    assert reverse("directive_detail", args=[directive.pk]) in answer.content.decode()


@pytest.mark.parametrize("number", ["", "%", "\0", "'", "x" * 10_000, "/-/"])
def test_bad_numbers_are_answered(client, rows, leader, number):
    client.force_login(leader)
    assert client.get(reverse("cited"), {"so": number}).status_code == 200


def test_the_pages_of_task_and_directive_lead_there(client, rows, leader, directive):
    client.force_login(leader)
    address = f"{reverse('cited')}?so=281%2FQ%C4%90-UBND"
    assert address in client.get(reverse("assignment_detail", args=[rows[1].task_id, "skhdt"])).content.decode()
    assert address in client.get(reverse("directive_detail", args=[directive.pk])).content.decode()


@pytest.mark.parametrize("many", [1, 3])
def test_the_number_of_queries_does_not_grow(
    client, make_assignment, directive, leader, many, django_assert_num_queries
):
    document = CitedDocument.objects.create(directive=directive, number="1/X", start=0, end=1)
    for position in range(1, many + 1):
        make_assignment("undated", position).task.cites.add(document)
    client.force_login(leader)
    with django_assert_num_queries(8):
        client.get(reverse("cited"), {"so": "1/X"})
