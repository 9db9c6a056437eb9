"""Two people at once, on committed rows: one draft, one letter with a number, and a word to the second."""

from datetime import date

import pytest

from agencies.errors import Refused
from agencies.models import Agency
from directives.actions.urging import issue_letter
from directives.models import UrgingLetter
from tests.directives.urging_cast import DAY, draft
from tests.races import at_once, each_at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_at_once_draft_one_letter_and_no_number_goes_out_twice(make_assignment, agency, staff):
    late = {"clock": "dated", "deadline": date(2023, 10, 31)}
    make_assignment(**late)
    drafts = at_once(2, lambda: draft(agency, staff))
    assert sorted(isinstance(each, Refused) for each in drafts) == [False, True]
    assert UrgingLetter.objects.count() == 1

    body = Agency.objects.create(code="sct", name="Sở Công Thương", short_name="SCT", sort_key="6")
    make_assignment(**late, position=2, agency=body)
    given = {"number": "15", "symbol": "LMHTX-VP", "issued_on": DAY, "by": staff, "day": DAY}
    letters = [UrgingLetter.objects.get(), draft(body, staff)]
    issued = each_at_once(*(lambda letter=letter: issue_letter(letter=letter, **given) for letter in letters))
    assert sorted(isinstance(each, Refused) for each in issued) == [False, True]
    assert UrgingLetter.objects.issued().count() == 1
