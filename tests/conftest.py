"""For every test."""

import pytest


@pytest.fixture(autouse=True)
def plain_static_files(settings):
    """Pages without `collectstatic`."""
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
