import pytest

from tests.directives.conftest import *  # noqa: F403 (the same cast)


@pytest.fixture(autouse=True)
def pinned(request):
    if "db" in request.fixturenames:
        request.getfixturevalue("settings").TODAY = request.getfixturevalue("day")


@pytest.fixture
def signed_in(client, liaison):
    client.force_login(liaison)
    return client


@pytest.fixture
def tasks(make_assignment, day):
    """Three of the agency's tasks; the third has a target in numbers."""
    from datetime import timedelta

    return [
        make_assignment("dated", position=1, deadline=day + timedelta(days=10)),
        make_assignment(position=2),
        make_assignment(position=3, task_fields={"target_value": 100}),
    ]
