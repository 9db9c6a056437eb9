"""The right to act for an agency, and what history says of it."""

import pytest
from django.apps import apps

from agencies import grants
from agencies.errors import Refused
from agencies.history import SYSTEM, acting
from agencies.models import Agency, AgencyUserPermission

pytestmark = pytest.mark.django_db


def events():
    return list(apps.get_model("agencies", "AgencyUserPermissionEvent").objects.order_by("pgh_id"))


def test_a_grant_lets_act_for_the_agency(liaison, agency, staff, day):
    assert not liaison.represents(agency.pk)
    assert grants.grant(agency=agency, user=liaison, by=staff, day=day) is True
    assert liaison.represents(agency.pk)


def test_granting_twice_is_harmless_and_leaves_one_event(liaison, agency, staff):
    grants.grant(agency=agency, user=liaison, by=staff)
    assert grants.grant(agency=agency, user=liaison, by=staff) is False
    assert AgencyUserPermission.objects.count() == len(events()) == 1


def test_history_names_the_actor_the_verb_and_the_day(liaison, agency, staff, day):
    grants.grant(agency=agency, user=liaison, by=staff, day=day)
    grants.revoke(agency=agency, user=liaison, by=None, day=day)
    given, taken = events()
    assert (given.pgh_label, taken.pgh_label) == ("insert", "delete")
    assert given.pgh_context == {
        "user": staff.pk, "user_name": "Lê Thị Thanh Hà", "verb": "grant", "day": "2023-11-20"
    }  # fmt: skip
    assert (taken.pgh_context["user"], taken.pgh_context["user_name"]) == (None, SYSTEM)
    assert (given.user_id, given.content_object_id) == (liaison.pk, agency.pk)


def test_an_ended_grant_counts_for_nothing(liaison, agency, staff):
    grants.grant(agency=agency, user=liaison, by=staff)
    assert grants.revoke(agency=agency, user=liaison, by=staff) is True
    assert grants.revoke(agency=agency, user=liaison, by=staff) is False
    assert not liaison.represents(agency.pk)


def test_no_grant_on_a_group(liaison, group, staff):
    with pytest.raises(Refused, match="nhóm cơ quan"):
        grants.grant(agency=group, user=liaison, by=staff)


def test_no_grant_to_a_closed_account(make_user, agency, staff):
    with pytest.raises(Refused, match="ngừng hoạt động"):
        grants.grant(agency=agency, user=make_user("cu", is_active=False), by=staff)


@pytest.mark.parametrize("who", ["admin", "staff", "leader"])
def test_only_liaisons_are_granted(request, who, agency):
    with pytest.raises(Refused, match="không phải là đầu mối"):
        grants.grant(agency=agency, user=request.getfixturevalue(who), by=None)


def test_set_grants_gives_and_takes_the_difference(liaison, agency, other_agency, staff):
    grants.set_grants(user=liaison, agencies=[agency], by=staff)
    grants.set_grants(user=liaison, agencies=[other_agency], by=staff)
    assert list(grants.granted_to(liaison)) == [other_agency]
    assert [event.pgh_label for event in events()] == ["insert", "delete", "insert"]


def test_inner_words_hold_inside_and_outer_ones_come_back(liaison, agency, staff, admin, day):
    with acting(admin, "import", day, file="a.txt"):
        grants.grant(agency=agency, user=liaison, by=staff, day=day)
        Agency.objects.filter(pk=agency.pk).update(short_name="Tài chính")
    said = apps.get_model("agencies", "AgencyEvent").objects.filter(pgh_label="update").get().pgh_context
    assert events()[0].pgh_context["verb"] == "grant"
    assert (said["verb"], said["file"], said["user"]) == ("import", "a.txt", admin.pk)


def test_nothing_is_kept_when_the_work_fails(liaison, agency):
    with pytest.raises(RuntimeError), acting(None, "import"):
        grants.grant(agency=agency, user=liaison, by=None)
        raise RuntimeError
    assert not AgencyUserPermission.objects.exists()
    assert not events()
