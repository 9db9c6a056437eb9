"""For every test."""

import os

import pytest
from django.conf import settings as django_settings


def pytest_configure():
    """Every worker of xdist counts in a cache of its own: one that clears must not clear for the others."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
    cache = django_settings.CACHES["default"]
    cache["LOCATION"] = f"{cache['LOCATION'].rsplit('/', 1)[0]}/{2 + int(worker[2:]) % 12}"


@pytest.fixture(autouse=True)
def plain_static_files(settings):
    """Pages without `collectstatic`."""
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }


@pytest.fixture(autouse=True, scope="session")
def append_only_tables_are_emptied_between_tests():
    """Tests that really commit empty every table afterwards; the owner may, with its triggers put aside."""
    from django.db.backends.postgresql.operations import DatabaseOperations

    flush = DatabaseOperations.sql_flush

    def without_triggers(self, *args, **kwargs):
        statements = flush(self, *args, **kwargs)
        return ["SET LOCAL session_replication_role = replica", *statements] if statements else []

    DatabaseOperations.sql_flush = without_triggers
    yield
    DatabaseOperations.sql_flush = flush


@pytest.fixture
def signed_in(client, request):
    """Signs in whoever the fixture of that name is."""

    def sign(who):
        client.force_login(request.getfixturevalue(who))
        return client

    return sign
