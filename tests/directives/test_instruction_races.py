"""Two at once, on committed rows: nothing is doubled, and nothing is lost."""

import pytest

from agencies.models import Agency, Membership
from directives.actions.groups import join_group
from directives.actions.instructions import give_instruction
from directives.models import Assignment, Instruction
from tests.races import at_once, each_at_once, kinds

from .conftest import DAY

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_double_click_is_one_answer_and_a_member_joins_once(make_assignment, leader, staff, agency, other_agency):
    row = make_assignment()

    def say(by, text):
        return lambda: give_instruction(assignment=row, text=text, by=by, day=DAY)

    said = each_at_once(say(leader, "Làm ngay."), say(leader, "Làm ngay."), say(staff, "Báo cáo lại."))
    assert kinds(said) == ["Instruction"] * 3
    assert sorted(Instruction.objects.values_list("text", flat=True)) == ["Báo cáo lại.", "Làm ngay."]

    group = Agency.objects.create(code="nhom", name="Nhóm", short_name="Nhóm", sort_key="9", is_group=True)
    own = make_assignment(position=2, agency=group)

    def join():
        join_group(group=group, agencies=[other_agency, agency], since=DAY, by=staff, day=DAY)

    assert not any(isinstance(each, Exception) for each in at_once(2, join))
    assert Membership.objects.count() == 2
    lives = Assignment.objects.filter(task=own.task).values_list("agency__code", "life")
    assert dict(lives) == {"nhom": "transferred", "skhdt": "not_started", "stc": "not_started"}
