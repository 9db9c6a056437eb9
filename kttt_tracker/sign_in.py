"""Who is signed in: a request loads the person, and what the masthead says of them, with one query."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from agencies.models import User
from directives.models.reminder import with_unseen


class Backend(AuthenticationBackend):
    """allauth's, and the person it gives to a session has `unseen`: the bell costs no page a query of its own."""

    def get_user(self, user_id: Any) -> User | None:
        """None for a person who is gone, or whose account is closed."""
        user = with_unseen(User.objects.all()).filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None
