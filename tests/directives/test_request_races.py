"""Two people at once, on committed rows: one decision, one request, and a word to the second."""

import pytest

from agencies.errors import Refused
from directives.actions.extensions import ask_extension, decide_extension
from directives.actions.reviews import ask_more, confirm
from directives.models import Answer, Extension, ExtensionDecision, Review
from tests.directives.conftest import DAY
from tests.directives.test_extensions import DUE, LATER
from tests.directives.test_review_queue import claim
from tests.races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_at_once_ask_once_decide_once_and_review_once(make_assignment, liaison, leader, staff):
    row = make_assignment("dated", deadline=DUE, task_fields={"deadline_by": staff})
    asks = at_once(3, lambda: ask_extension(assignment=row, asked_until=LATER, reason="x", by=liaison, day=DAY).pk)
    assert len(set(asks)) == 1 == Extension.objects.count()

    asked, people = Extension.objects.get(), iter([staff, leader])
    answers = at_once(2, lambda: decide_extension(extension=asked, answer=Answer.APPROVED, by=next(people), day=DAY))
    assert sorted(isinstance(each, Refused) for each in answers) == [False, True]
    assert ExtensionDecision.objects.count() == 1

    claim(row, liaison, DAY)
    verbs = iter(
        [
            lambda: confirm(assignment=row, by=staff, day=DAY),
            lambda: ask_more(assignment=row, reason="Thiếu", by=leader, day=DAY),
        ]
    )
    reviews = at_once(2, lambda: next(verbs)())
    assert sorted(isinstance(each, Refused) for each in reviews) == [False, True]
    assert Review.objects.count() == 1
