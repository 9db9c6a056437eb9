"""For every test."""

import pytest
from django.conf import settings as django_settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.db import connections

from directives import workdays
from tests import services

# Files that start whole stacks or wait for processes, the longest first: at the end, one of them would run alone.
LONG = (
    "tests/local/test_run.py",
    "tests/browser/test_every_page.py",
    "tests/guide/test_guide.py",
    "tests/chaos/test_chaos.py",
    "tests/local/test_stack.py",
    "tests/browser/test_whole_way.py",
    "tests/local/test_services.py",
)


class QuickHasher(PBKDF2PasswordHasher):
    """The product's algorithm without its million rounds, a third of a second for each person of a test."""

    iterations = 1


def pytest_configure(config):
    django_settings.PASSWORD_HASHERS = ["tests.conftest.QuickHasher"]
    config.option.loadscopereorder = False  # xdist would put the files with the fewest tests last: the longest ones


def pytest_collection_modifyitems(items):
    """Whole stacks spread over the run, one beside files that only compute; the order within a file stays.

    The reader's tests come last: they measure time, and no stack is starting any more.
    """
    files = list(dict.fromkeys(item.location[0] for item in items))
    plain = sorted((name for name in files if name not in LONG), key=lambda name: name.startswith("tests/notices/"))
    place = {name: float(number) for number, name in enumerate(plain)}
    long = [name for name in LONG if name in files]
    place |= {name: turn * len(plain) / (len(long) + 1) - 0.5 for turn, name in enumerate(long)}
    items.sort(key=lambda item: place[item.location[0]])


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, django_db_use_migrations):
    """The database of each worker is a copy of the one that was migrated once."""
    if django_db_use_migrations and services.has_ready():
        connections["default"].settings_dict["TEST"]["TEMPLATE"] = services.READY


@pytest.fixture(autouse=True)
def plain_static_files(settings):
    """Pages without `collectstatic`."""
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }


@pytest.fixture(autouse=True)
def days_laid_down_are_read_anew():
    """What a test laid down is rolled back behind the back of whoever keeps it in mind."""
    workdays.forget()


@pytest.fixture
def kept_files(settings, tmp_path):
    """What is kept goes to a folder of the test."""
    disk = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path / "files"}}
    settings.STORAGES = settings.STORAGES | {"default": disk}


@pytest.fixture(autouse=True, scope="session")
def append_only_tables_are_emptied_between_tests():
    """Tests that really commit empty every table afterwards; the owner may, with its triggers put aside.

    Few rows are deleted in milliseconds; TRUNCATE makes new files for every table, a quarter of a second for each test.
    """
    from django.db.backends.postgresql.operations import DatabaseOperations

    flush = DatabaseOperations.sql_flush

    def without_triggers(self, style, tables, *, reset_sequences=False, **kwargs):
        if reset_sequences or not tables:
            return flush(self, style, tables, reset_sequences=reset_sequences, **kwargs)
        deletions = [f"DELETE FROM {self.quote_name(table)}" for table in tables]
        return ["SET LOCAL session_replication_role = replica", ";".join(deletions)]

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
