"""A button pressed twice, without the script that guards against it: done once, and the second press is no error."""

import re
import uuid
from datetime import timedelta

import pytest
from django.urls import reverse

from agencies import grants
from agencies.absences import record_absence
from agencies.models import Absence, Agency, Membership, Role
from directives.models import CalendarFeed, Directive, SavedView
from tests.directives.conftest import person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def pinned(settings, day):
    settings.TODAY = day


@pytest.fixture
def liaison(agency):
    return person("dau.moi", Role.LIAISON, agency, [agency])


@pytest.fixture
def colleague(agency):
    return person("thay", Role.LIAISON, agency, [agency])


@pytest.fixture
def twice(client):
    """Both answers, each after what it led to; no refusal in either."""

    def press(who, address, data=None):
        client.force_login(who)
        pages = [client.post(address, data or {}, follow=True) for _ in range(2)]
        assert [page.status_code for page in pages] == [200, 200]
        assert not [page for page in pages if "message--error" in page.content.decode()]
        return [page.content.decode() for page in pages]

    return press


def test_a_calendar(twice, liaison):
    pages = twice(liaison, reverse("calendar_create"), {"submission": uuid.uuid4()})
    assert CalendarFeed.objects.count() == 1
    first, second = (re.search(r'id="duong-dan"[^>]*value="([^"]+)"', page)[1] for page in pages)
    assert first == second


def test_a_calendar_of_another_key_or_agency_is_another(client, liaison, agency):
    client.force_login(liaison)
    key = uuid.uuid4()
    for data in ({"submission": key}, {"submission": key, "agency": agency.pk}, {"submission": uuid.uuid4()}):
        client.post(reverse("calendar_create"), data)
    assert CalendarFeed.objects.count() == 3


def test_a_saved_view_kept_and_dropped(twice, liaison):
    twice(liaison, reverse("saved_view_create"), {"name": "Quá hạn", "query": "thoi-gian=overdue"})
    twice(liaison, reverse("saved_view_delete", args=[SavedView.objects.get().pk]))
    assert not SavedView.objects.exists()


def test_an_absence_recorded_and_ended(twice, liaison, colleague, staff, day):
    data = {"deputy": colleague.pk, "since": f"{day:%d/%m/%Y}", "until": f"{day + timedelta(3):%d/%m/%Y}"}
    twice(liaison, reverse("absence_list"), data)
    row = Absence.objects.get()
    twice(liaison, reverse("absence_end", args=[row.pk]))
    assert not Absence.objects.exists()
    other = record_absence(user=liaison, deputy=colleague, since=day, until=day, by=liaison, day=day)
    twice(staff, reverse("absence_end", args=[other.pk]))


def test_leaving_an_agency(twice, liaison, agency):
    twice(liaison, reverse("agency_leave", args=[agency.code]))
    assert not grants.granted_to(liaison).exists()


def test_leaving_a_group(twice, staff, agency, day):
    group = Agency.objects.create(code="nhom", name="Các sở", short_name="Các sở", sort_key="3", is_group=True)
    Membership.objects.create(group=group, member=agency, since=day - timedelta(30))
    data = {"co-quan": agency.code, "reason": "Sắp xếp lại", "until": f"{day:%d/%m/%Y}", "phan": "ra"}
    twice(staff, reverse("agency_members", args=[group.code]), data)
    assert Membership.objects.get().until == day


def test_throwing_a_draft_away(twice, staff, day):
    draft = Directive.objects.create(
        number="1", symbol="TB-UBND", doc_type="Thông báo", issued_on=day, title="x", text="x", created_on=day
    )
    twice(staff, reverse("directive_discard", args=[draft.pk]))
    assert not Directive.objects.exists()
