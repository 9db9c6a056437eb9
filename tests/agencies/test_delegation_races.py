"""Two people at once, on committed rows: an invitation is used once, and nobody stands in in a circle."""

from datetime import timedelta

import pytest

from agencies import absences, grants, invitations
from agencies.models import REPRESENT, Absence, Invitation, User
from tests.races import each_at_once, kinds

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_answers_to_one_invitation_make_one_account(staff, agency, day):
    made, _ = invitations.invite(agency=agency, right=REPRESENT, by=staff, day=day, full_name="A")

    def answer(name):
        return lambda: invitations.accept_as_new(
            invitation=made, username=name, full_name="Lê Văn", email="", password="cay-tre-xanh-86", day=day
        )

    assert kinds(each_at_once(answer("mot"), answer("hai"))) == ["Gone", "User"]
    assert User.objects.filter(username__in=("mot", "hai")).count() == 1
    assert Invitation.objects.get().accepted_by


def test_one_username_at_once_is_one_persons(staff, agency, day):
    both = [
        invitations.invite(agency=agency, right=REPRESENT, by=staff, day=day, full_name=name)[0] for name in ("A", "B")
    ]
    answers = [
        lambda made=made: invitations.accept_as_new(
            invitation=made, username="moi", full_name="Lê Văn", email="", password="cay-tre-xanh-86", day=day
        )
        for made in both
    ]
    assert kinds(each_at_once(*answers)) == ["Refused", "User"]
    assert Invitation.objects.exclude(accepted_at=None).count() == 1


def test_two_who_name_each_other_at_once(staff, agency, make_user, day):
    pair = [make_user("mot", agency=agency), make_user("hai", agency=agency)]
    for user in pair:
        grants.grant(agency=agency, user=user, by=None)

    def go(user, deputy):
        return lambda: absences.record_absence(
            user=user, deputy=deputy, since=day, until=day + timedelta(3), by=user, day=day
        )

    assert kinds(each_at_once(go(*pair), go(*reversed(pair)))) == ["Absence", "Refused"]
    assert Absence.objects.count() == 1
