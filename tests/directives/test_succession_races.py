"""Two clerks record one succession; a liaison writes while their agency is merged. On committed rows."""

import threading
import time

import pytest
from django.db import transaction

from agencies.delegation import give_right
from agencies.errors import Refused
from agencies.grants import holds
from agencies.invitations import Gone, accept_as_new, invite
from agencies.models import REPRESENT, Agency, Role, Shape, Succession, User
from agencies.succession_rules import NewBody
from directives.actions.groups import join_group
from directives.actions.notes import Said, report_progress
from directives.actions.succession import succeed
from directives.models import Assignment, Life, Move, ProgressNote
from tests.races import at_once, each_at_once

from .conftest import person

pytestmark = pytest.mark.django_db(transaction=True)


def test_at_once_it_is_recorded_once_and_no_word_is_lost(agency, make_assignment, staff, liaison, day):
    rows = [make_assignment(position=number) for number in (1, 2, 3)]

    def record():
        return renamed(agency, staff, day)

    def write():
        return report_progress(assignment=rows[1], said=Said("đã làm"), by=liaison, day=day)

    acts = iter([record, write, record])
    results = at_once(3, lambda: next(acts)())
    recorded = [each for each in results if hasattr(each, "succession")]
    assert sorted(each.created for each in recorded) == [False, True]
    assert Succession.objects.count() == 1
    assert Move.objects.count() == 3
    assert Assignment.objects.unfinished().filter(agency__name="Sở Kế hoạch").count() == 3
    # The note came before and went along, or its writer was told that the work had moved.
    told = [each for each in results if isinstance(each, Refused)]
    assert ProgressNote.objects.count() + len(told) == 1
    moved = Assignment.objects.get(task=rows[1].task, agency__name="Sở Kế hoạch")
    assert moved.life == (Life.NOT_STARTED if told else Life.IN_PROGRESS)


def test_nobody_is_named_on_a_body_that_ends_meanwhile(agency, staff, day):
    new = person("moi", Role.LIAISON)
    give = {"agency": Agency.objects.get(pk=agency.pk), "user": new, "right": REPRESENT, "by": staff, "day": day}
    told = while_renamed(agency, staff, day, lambda: give_right(**give))
    assert isinstance(told, Refused) and "xin cử người ở cơ quan kế thừa" in str(told)
    assert not holds(new, agency, REPRESENT)


def test_no_ended_body_joins_a_group(agency, staff, day):
    group = Agency.objects.create(code="nhom", name="Các sở", short_name="Các sở", sort_key="3", is_group=True)
    body = Agency.objects.get(pk=agency.pk)
    told = while_renamed(
        agency, staff, day, lambda: join_group(group=group, agencies=[body], since=day, by=staff, day=day)
    )
    assert isinstance(told, Refused)
    assert not Agency.objects.members_of(group, day).exists()


def test_an_invitation_is_not_accepted_for_a_body_that_ends_meanwhile(agency, staff, day):
    made, _ = invite(agency=agency, right=REPRESENT, by=staff, day=day, full_name="Lê Văn")
    account = {"username": "moi", "full_name": "Lê Văn", "email": "", "password": "cay-tre-xanh-86"}
    told = while_renamed(agency, staff, day, lambda: accept_as_new(invitation=made, day=day, **account))
    assert isinstance(told, Gone)
    assert not User.objects.filter(username="moi").exists()


def while_renamed(agency, by, day, act):
    """What `act` gave or raised, which begins when the renaming is done but not yet committed."""
    begun = threading.Event()

    def rename():
        with transaction.atomic():
            made = renamed(agency, by, day)
            begun.set()
            time.sleep(0.3)
        return made

    def second():
        begun.wait(10)
        return act()

    [gave] = [each for each in each_at_once(rename, second) if not hasattr(each, "succession")]
    return gave


def renamed(agency, by, day):
    old = [Agency.objects.get(pk=agency.pk)]
    return succeed(shape=Shape.RENAME, on=day, instrument="NQ 1", old=old, new=[NewBody("Sở Kế hoạch")], by=by, day=day)
