"""Who sees which agency."""

import pytest

from agencies import grants
from agencies.models import Agency, Membership, User

from .conftest import DAY

pytestmark = pytest.mark.django_db


def seen(user):
    return set(Agency.objects.visible_to(user).values_list("code", flat=True))


@pytest.mark.parametrize("who", ["admin", "staff", "leader"])
def test_overseers_see_every_agency(request, who, agency, other_agency):
    assert seen(request.getfixturevalue(who)) == {"stc", "sct"}


def test_a_liaison_sees_the_agencies_of_the_grants(liaison, agency, other_agency):
    assert seen(liaison) == set()
    grants.grant(agency=agency, user=liaison, by=None)
    assert seen(liaison) == {"stc"}


@pytest.mark.parametrize("who", ["admin", "staff", "leader", "liaison"])
def test_an_inactive_user_sees_nothing(request, who, agency):
    user = request.getfixturevalue(who)
    if user.is_liaison:
        grants.grant(agency=agency, user=user, by=None)
    User.objects.filter(pk=user.pk).update(is_active=False)
    user = User.objects.get(pk=user.pk)
    assert seen(user) == set()
    assert user.represented_ids == frozenset()
    assert not Agency.objects.represented_by(user).exists()


def test_a_grant_dies_with_its_agency(liaison, other_agency):
    grants.grant(agency=other_agency, user=liaison, by=None)
    other_agency.delete()
    assert not grants.granted_to(liaison).exists()


def test_members_of_a_group_on_a_day(group, agency, other_agency, day):
    Membership.objects.create(group=group, member=other_agency, since=DAY)
    Membership.objects.create(group=group, member=agency, since="2020-01-01", until=DAY)
    assert list(Agency.objects.members_of(group, day)) == [other_agency]
