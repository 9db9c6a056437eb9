"""Two liaisons send at once, two open rounds at once: on committed rows, with threads."""

from datetime import date

import pytest

from agencies.models import Role, User
from directives.actions.notes import Said
from directives.actions.round_rules import open_rounds
from directives.actions.rounds import Line, RoundSent, send_round, submission_for
from directives.models import ProgressNote, Round, Submission
from tests.races import at_once

from .conftest import DAY, person

pytestmark = pytest.mark.django_db(transaction=True)


def test_rounds_opened_by_many_at_once_are_there_once(month):
    made = at_once(3, lambda: len(open_rounds(DAY)))
    assert sorted(made) == [0, 0, 3]
    assert Round.objects.count() == 3


def test_of_two_liaisons_at_once_one_sends_and_the_other_is_told(month, agency, liaison, make_assignment):
    open_rounds(DAY)
    november = Round.objects.get(end=date(2023, 11, 14))
    rows = [make_assignment(position=number) for number in (1, 2, 3)]
    names = iter([liaison.username, person("khac", Role.LIAISON, agency, [agency]).username])

    def send():
        by = User.objects.get(username=next(names))
        submission = submission_for(round=november, agency=agency, by=by, day=DAY)
        lines = [Line(row, Said(result=f"{by} nói {row.pk}")) for row in reversed(rows)]
        return send_round(submission=submission, lines=lines, by=by, day=DAY)

    results = at_once(2, send)
    told = [each for each in results if isinstance(each, RoundSent)]
    assert len(told) == 1, results
    sent = Submission.objects.get()
    assert f"{sent.sent_by} gửi ngày" in str(told[0])
    assert set(ProgressNote.objects.values_list("author", flat=True)) == {sent.sent_by_id}
    assert ProgressNote.objects.count() == 3
