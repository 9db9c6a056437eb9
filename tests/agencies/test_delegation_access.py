"""The pages of an agency's people, by who holds which right there."""

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from agencies import grants
from agencies.models import APPROVE, LEAD, REPRESENT, Absence, AgencyUserPermission, Invitation, User

pytestmark = pytest.mark.django_db
WHO = ("represent", "approve", "head", "elsewhere", "stand_in", "late")
TABLE = {
    "agency_people": ("get", "agency", "404 404 200 404 200 404"),
    "people_give": ("post", "agency", "404 404 422 404 422 404"),
    "people_end": ("post", "person", "404 404 302 404 302 404"),
    "people_approval": ("post", "agency", "404 404 302 404 302 404"),
    "people_invite": ("post", "agency", "404 404 422 404 422 404"),
    "invitation_withdraw": ("post", "invitation", "404 404 302 404 302 404"),
    "absence_create": ("get", "user", "200 404 200 404 404 404"),  # whoever stands in does not prolong it
    "agency_leave": ("post", "agency", "302 302 302 302 302 302"),
    "own_people": ("get", None, "200 200 302 302 302 200"),
    "user_look": ("get", "user", "404 404 404 404 404 404"),
}


@pytest.fixture
def world(make_user, agency, other_agency, day, settings):
    settings.TODAY = day
    people = {who: make_user(who.replace("_", "")) for who in WHO}
    for who, body, right in (
        ("represent", agency, REPRESENT),
        ("approve", agency, APPROVE),
        ("head", agency, LEAD),
        ("elsewhere", other_agency, LEAD),
    ):
        grants.grant(agency=body, user=people[who], by=None, right=right)
    # Stands in for the head today; "late" did so until yesterday.
    Absence.objects.create(
        user=people["head"], deputy=people["stand_in"], since=day, until=day, recorded_by=people["head"]
    )
    yesterday = day.replace(day=day.day - 1)
    Absence.objects.create(
        user=people["head"], deputy=people["late"], since=yesterday, until=yesterday, recorded_by=people["head"]
    )
    made = Invitation.objects.create(
        agency=agency, right=REPRESENT, full_name="A", made_by=people["head"], made_on=day, expires_at=timezone.now()
    )
    arguments = {
        None: [],
        "agency": [agency.code],
        "person": [agency.code, people["represent"].pk],
        "user": [people["represent"].pk],
        "invitation": [agency.code, made.pk],
    }
    return people, arguments


@pytest.mark.parametrize("name", TABLE)
def test_who_gets_what(world, name):
    people, arguments = world
    method, given, statuses = TABLE[name]
    found = []
    for who, status in zip(WHO, statuses.split(), strict=True):
        client = Client()
        client.force_login(people[who])
        with transaction.atomic():
            before = sorted(AgencyUserPermission.objects.values_list("pk", flat=True)), User.objects.count()
            found.append(str(getattr(client, method)(reverse(name, args=arguments[given])).status_code))
            if status == "404":
                after = sorted(AgencyUserPermission.objects.values_list("pk", flat=True)), User.objects.count()
                assert after == before
            transaction.set_rollback(True)
    assert " ".join(found) == statuses
