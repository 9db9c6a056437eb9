"""What a person may do without: a signed word in each mail lets them say so without signing in."""

from __future__ import annotations

from django.core import signing

from agencies.models import User

# Without a moment in it, so that a mail that is sent again is the same to the letter.
_SIGNER = signing.Signer(salt="kttt.reminders.stop")


def stop_token(person: User) -> str:
    """Names the person, and nothing else; it holds as long as their account."""
    return _SIGNER.sign_object(person.pk)


def person_of(token: str) -> User | None:
    """Whose word it is; None where it was not given by us, or the account is closed."""
    try:
        pk = _SIGNER.unsign_object(token)
    except signing.BadSignature:
        return None
    return User.objects.filter(pk=pk, is_active=True).first()
