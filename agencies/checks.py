"""Run before the tables are brought to this version: a real installation starts on no demonstration's data."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connection

from agencies.models import User


@register(Tags.database)
def no_demonstration(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """An error where this is real use and the database holds illustrative accounts."""
    if settings.DEMO or not databases or User._meta.db_table not in connection.introspection.table_names():
        return []
    if not User.objects.filter(is_illustrative=True).exists():
        return []
    return [
        Error(
            "Cơ sở dữ liệu này chứa dữ liệu minh hoạ nên không dùng cho bản cài đặt thật.",
            hint="Dùng một cơ sở dữ liệu trống (DATABASE_URL), hoặc chạy ở chế độ minh hoạ (KTTT_DEMO=1).",
            id="agencies.E001",
        )
    ]
