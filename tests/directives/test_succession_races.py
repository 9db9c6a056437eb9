"""Two clerks record one succession; a liaison writes while their agency is merged. On committed rows."""

from datetime import date

import pytest

from agencies.errors import Refused
from agencies.models import Agency, Shape, Succession
from agencies.succession_rules import NewBody
from directives.actions.notes import Said, report_progress
from directives.actions.succession import succeed
from directives.models import Assignment, Life, Move, ProgressNote
from tests.races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_at_once_it_is_recorded_once_and_no_word_is_lost(agency, make_assignment, staff, liaison, day):
    rows = [make_assignment(position=number) for number in (1, 2, 3)]

    def record():
        return succeed(
            shape=Shape.RENAME,
            on=date(2023, 11, 1),
            instrument="NQ 1",
            old=[Agency.objects.get(pk=agency.pk)],
            new=[NewBody("Sở Kế hoạch")],
            by=staff,
            day=day,
        )

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
