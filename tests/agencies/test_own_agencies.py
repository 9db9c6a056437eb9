"""Whose somebody is: of the body where they work, of those that they act for, and of all that these took over from."""

import pytest

from agencies import grants
from agencies.models import Agency, Role, Shape, User
from agencies.people import deactivate
from agencies.succession import record
from agencies.succession_rules import NewBody

pytestmark = pytest.mark.django_db


@pytest.fixture
def succeed(staff, day):
    def succeed(old, new, shape=Shape.RENAME, on=day):
        more = {"instrument": "NQ 1", "function": "x" if shape == Shape.TRANSFER else ""}
        return record(shape=shape, on=on, old=[old], new=new, by=staff, day=day, **more).new

    return succeed


def again(user):
    """Without what the object remembers."""
    return User.objects.get(pk=user.pk)


def test_predecessors_of_any_generation_are_ones_own(succeed, agency, other_agency, make_user, day):
    (first,) = succeed(agency, [NewBody("Sở Một")], on=day.replace(day=1))
    (second,) = succeed(first, [NewBody("Sở Hai")])
    works = make_user("lam", Role.STAFF, agency=second)
    speaks = make_user("thay")
    grants.grant(agency=second, user=speaks, by=None)
    for user in (works, again(speaks)):
        assert user.own_ids == {agency.pk, first.pk, second.pk}
        assert user.belongs_to(agency.pk) and not user.belongs_to(other_agency.pk)


def test_heirs_and_givers_of_a_function_are_others(succeed, agency, other_agency, make_user):
    """Whoever worked at the old body is not of the new one by that; a function makes nobody a predecessor."""
    heirs = succeed(agency, [NewBody("Sở A"), NewBody("Sở B")], Shape.SPLIT)
    assert make_user("cu", agency=agency).own_ids == {agency.pk}
    assert make_user("moi", agency=heirs[0]).own_ids == {heirs[0].pk, agency.pk}
    succeed(other_agency, [heirs[0]], Shape.TRANSFER)
    assert make_user("nhan", agency=heirs[0]).own_ids == {heirs[0].pk, agency.pk}


def test_every_generation_costs_one_question(succeed, agency, make_user, django_assert_num_queries):
    (new,) = succeed(agency, [NewBody("Sở Một")])
    user = again(make_user("lam", agency=new))
    with django_assert_num_queries(3):  # rights, and two generations
        assert len(user.own_ids) == 2
        assert user.belongs_to(agency.pk)


def test_without_an_account_that_works_no_grant_counts(agency, other_agency, liaison, staff):
    grants.grant(agency=other_agency, user=liaison, by=None)
    deactivate(user=liaison, by=staff)
    assert Agency.objects.filter(pk__in=again(liaison).own_ids).get() == liaison.agency


def test_standing_staff_are_of_the_standing_agency_wherever_they_work(agency, other_agency, make_user, day):
    Agency.objects.filter(pk=other_agency.pk).update(kind="standing")
    assert make_user("nowhere", Role.STAFF).own_ids == {other_agency.pk}
    assert make_user("lam", Role.STAFF, agency=agency).own_ids == {agency.pk, other_agency.pk}
    assert make_user("quan-tri", Role.ADMIN).own_ids == {other_agency.pk}
    for number, role in enumerate((Role.LEADER, Role.LIAISON)):
        assert make_user(f"khac{number}", role).own_ids == set()
