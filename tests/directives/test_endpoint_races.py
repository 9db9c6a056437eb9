"""Two presses at the same moment, on committed rows."""

import uuid

import pytest

from agencies.errors import Refused
from directives.actions.endpoints import add_endpoint, claim_test, rotate_secret
from directives.models import Endpoint
from tests.directives.conftest import DAY
from tests.races import at_once

pytestmark = pytest.mark.django_db(transaction=True)
URL = "https://sms.vidu.vn/nhan"


def test_at_once_one_endpoint_one_key_one_test_message(agency, staff, liaison, settings):
    settings.WEBHOOK_HOSTS = ["sms.vidu.vn"]
    words = {"url": URL, "by": staff, "day": DAY}

    one_press = uuid.uuid4()
    made = at_once(3, lambda: add_endpoint(owner=agency, submission=one_press, **words))
    assert len({row.secret for row in made}) == 1 == Endpoint.objects.count()

    endpoint, again = Endpoint.objects.get(), uuid.uuid4()
    keys = at_once(3, lambda: rotate_secret(endpoint=endpoint, submission=again, by=staff, day=DAY).secret)
    assert len(set(keys)) == 1
    assert keys[0] == Endpoint.objects.get().secret != made[0].secret

    tests = at_once(3, lambda: claim_test(endpoint=endpoint, by=staff))
    assert sorted(isinstance(each, Refused) for each in tests) == [False, True, True]

    own = {"url": URL, "by": liaison, "day": DAY}
    others = at_once(3, lambda: add_endpoint(owner=liaison, submission=uuid.uuid4(), **own))
    assert sorted(isinstance(each, Refused) for each in others) == [False, True, True]
    assert Endpoint.objects.count() == 2
