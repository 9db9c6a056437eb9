"""Two people press the same button at once: on committed rows, with threads."""

import pytest

from agencies.errors import Refused
from directives.actions.bulk import change_in_bulk
from directives.actions.undo_bulk import undo_bulk
from directives.models import BulkChange, Task
from tests.races import at_once

from .conftest import DAY
from .test_bulk import TO_LATER

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_same_change_and_its_undoing_happen_once(make_assignment, staff):
    tasks = [make_assignment("undated", position).task for position in (1, 2, 3)]
    shown = {task.pk: task.version for task in tasks}
    results = at_once(3, lambda: change_in_bulk(seen=shown, wish=TO_LATER, by=staff, day=DAY))
    made = [change for change, _ in results if change]
    assert len(made) == 1 and BulkChange.objects.count() == 1
    undone = at_once(3, lambda: undo_bulk(change=made[0], by=staff, day=DAY))
    assert sum(isinstance(each, BulkChange) for each in undone) == 1
    assert sum(isinstance(each, Refused) for each in undone) == 2
    assert set(Task.objects.values_list("clock", flat=True)) == {"undated"}
