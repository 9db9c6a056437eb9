"""WHO: agencies, their groups, the people who act for them."""

from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    name = "agencies"
    verbose_name = "Cơ quan và người dùng"

    def ready(self) -> None:
        from agencies import checks  # noqa: F401  # registers itself
