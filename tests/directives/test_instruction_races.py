"""Two at once, on committed rows: nothing is doubled, and nothing is lost."""

import threading

import pytest
from django.db import connections

from agencies.models import Agency, Membership
from directives.actions.groups import join_group
from directives.actions.instructions import give_instruction
from directives.models import Assignment, Instruction

from .conftest import DAY

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*works):
    """Runs them in threads that start together; what one raises fails the test."""
    ready, failures = threading.Barrier(len(works)), []

    def run(work):
        try:
            ready.wait()
            work()
        except Exception as error:
            failures.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures


def test_a_double_click_is_one_answer_and_a_member_joins_once(make_assignment, leader, staff, agency, other_agency):
    row = make_assignment()

    def say(by, text):
        return lambda: give_instruction(assignment=row, text=text, by=by, day=DAY)

    at_once(say(leader, "Làm ngay."), say(leader, "Làm ngay."), say(staff, "Báo cáo lại."))
    assert sorted(Instruction.objects.values_list("text", flat=True)) == ["Báo cáo lại.", "Làm ngay."]

    group = Agency.objects.create(code="nhom", name="Nhóm", short_name="Nhóm", sort_key="9", is_group=True)
    own = make_assignment(position=2, agency=group)

    def join():
        join_group(group=group, agencies=[other_agency, agency], since=DAY, by=staff, day=DAY)

    at_once(join, join)
    assert Membership.objects.count() == 2
    lives = Assignment.objects.filter(task=own.task).values_list("agency__code", "life")
    assert dict(lives) == {"nhom": "transferred", "skhdt": "not_started", "stc": "not_started"}
