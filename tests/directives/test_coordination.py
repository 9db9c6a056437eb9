"""Who coordinates reads along and owes nothing; a name in the text is only text until staff say whom it means."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.errors import Refused
from agencies.grants import revoke
from agencies.models import Agency
from directives import figures
from directives.actions.coordination import name_coordinators
from directives.actions.locking import Stale
from directives.actions.notes import Said, report_progress
from directives.models import Assignment, Coordinator, Directive, Task


@pytest.fixture(autouse=True)
def pinned(settings, day):
    settings.TODAY = day


@pytest.fixture
def row(make_assignment):
    return make_assignment()


@pytest.fixture
def named(row):
    return Coordinator.objects.create(task=row.task, position=1, name="các sở, ban, ngành liên quan")


def address(row):
    return reverse("coordination_detail", args=[row.task_id])


def test_a_group_stays_text_until_staff_name_its_members(
    client, row, named, stranger, other_agency, standing, staff, day
):
    client.force_login(stranger)
    assert client.get(address(row)).status_code == 404
    name_coordinators(coordinator=named, agencies=[other_agency, standing], by=staff, day=day)
    assert client.get(address(row)).status_code == 200
    named.refresh_from_db()
    assert (named.agency, named.members.count(), named.name) == (None, 2, "các sở, ban, ngành liên quan")


def test_a_single_body_is_that_body_and_the_same_again_changes_nothing(row, named, other_agency, staff, day):
    for _ in range(2):
        name_coordinators(coordinator=named, agencies=[other_agency], by=staff, day=day)
    named.refresh_from_db()
    assert (named.agency, named.members.count()) == (other_agency, 0)
    assert Task.objects.get(pk=row.task_id).version == row.task.version + 1


def test_naming_has_its_rules(row, named, other_agency, leader, staff, day):
    with pytest.raises(Refused, match="cán bộ thường trực"):
        name_coordinators(coordinator=named, agencies=[other_agency], by=leader, day=day)
    with pytest.raises(Stale):
        name_coordinators(coordinator=named, agencies=[other_agency], by=staff, day=day, version=99)
    other_agency.is_group = True
    with pytest.raises(Refused, match="không thể là cơ quan phối hợp"):
        name_coordinators(coordinator=named, agencies=[other_agency], by=staff, day=day)


def test_they_read_what_was_sent_and_nothing_more(client, row, named, liaison, stranger, other_agency, staff, day):
    name_coordinators(coordinator=named, agencies=[other_agency], by=staff, day=day)
    report_progress(assignment=row, said=Said(result="Đã rà soát 12 chính sách"), by=liaison, day=day)
    client.force_login(stranger)
    assert "Đã rà soát 12 chính sách" in client.get(address(row)).content.decode()
    assert "rà soát chính sách" in client.get(reverse("coordination_list")).content.decode()
    for name in ("task_detail", "directive_detail"):
        key = row.task_id if name == "task_detail" else row.task.directive_id
        assert client.get(reverse(name, args=[key])).status_code == 404
    assert client.get(reverse("assignment_detail", args=[row.task_id, "skhdt"])).status_code == 404


def test_they_owe_nothing(row, named, other_agency, staff, day):
    name_coordinators(coordinator=named, agencies=[other_agency], by=staff, day=day)
    assert set(figures.by_agency(Assignment.objects.all(), day)) == {row.agency_id}


def test_the_right_ends_with_the_grant_and_drafts_are_nobodys(client, row, named, stranger, other_agency, staff, day):
    name_coordinators(coordinator=named, agencies=[other_agency], by=staff, day=day)
    client.force_login(stranger)
    Directive.objects.update(published_on=None)
    assert client.get(address(row)).status_code == 404
    Directive.objects.update(published_on=day)
    assert client.get(address(row)).status_code == 200
    revoke(agency=other_agency, user=stranger, by=None)
    assert client.get(address(row)).status_code == 404


def test_staff_name_them_on_a_page(client, row, named, other_agency, standing, staff):
    client.force_login(staff)
    page = reverse("task_coordinators", args=[row.task_id])
    key = f"ph-{named.pk}"
    form = {"phan": named.pk, f"{key}-agencies": [other_agency.pk, standing.pk], f"{key}-version": row.task.version}
    assert client.post(page, form).status_code == 302
    assert named.members.count() == 2
    assert client.post(page, form | {f"{key}-agencies": [standing.pk]}).status_code == 422  # somebody saved meanwhile


def test_lists_ask_the_same_for_one_and_for_three(client, make_assignment, stranger, other_agency, liaison, day):
    client.force_login(stranger)
    counts = {"list": [], "detail": []}
    for position in (1, 2, 3):
        row = make_assignment(position=position)
        Coordinator.objects.create(task=row.task, position=1, name="Sở Tài chính", agency=other_agency)
        for _ in range(position):
            report_progress(assignment=row, said=Said(result="x"), by=liaison, day=day)
        for name, page in (("list", reverse("coordination_list")), ("detail", address(row))):
            client.get(page)
            with CaptureQueriesContext(connection) as caught:
                client.get(page)
            counts[name].append(len(caught))
    assert counts["list"][0] == counts["list"][2]
    assert counts["detail"][0] == counts["detail"][2]


def test_a_task_whose_page_staff_open_offers_every_body_once(client, row, named, staff):
    Agency.objects.create(code="cu", name="Sở cũ", short_name="Sở cũ", sort_key="7", ended_on="2023-01-01")
    client.force_login(staff)
    page = client.get(reverse("task_coordinators", args=[row.task_id])).content.decode()
    assert "Sở cũ" not in page
