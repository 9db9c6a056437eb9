"""One person's mail of a morning: every reminder that leaves together, as text and as HTML."""

from __future__ import annotations

from datetime import date
from email.utils import formataddr, parseaddr
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse

from agencies.models import Agency, User
from directives.models import Office
from directives.reminders.lines import letter_of, subject
from directives.reminders.preferences import stop_token


def message(recipient: User, digest: UUID, day: date, sender_words: str = "") -> EmailMultiAlternatives:
    """The mail that `digest` names, with what is owed in it, as it stands on `day`; `sender_words`: of `sender`."""
    letter = letter_of(digest, day)
    stop_url = settings.BASE_URL + reverse("reminder_stop", args=[stop_token(recipient)])
    context = {
        "recipient": recipient,
        "letter": letter,
        "sections": letter.sections,
        "day": day,
        "agency": letter.agency,
        "base_url": settings.BASE_URL,
        "stop_url": stop_url,
        "sender": sender_words or sender(),
    }
    mail = EmailMultiAlternatives(
        subject(letter, day),
        render_to_string("emails/digest.txt", context),
        to=[formataddr((str(recipient), recipient.email))],
        headers={
            "Message-ID": message_id(digest),
            "Auto-Submitted": "auto-generated",
            # RFC 8058: one press in the mail program, without signing in.
            "List-Unsubscribe": f"<{stop_url}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )
    mail.attach_alternative(render_to_string("emails/digest.html", context), "text/html")
    return mail


def message_id(digest: UUID) -> str:
    """The same for every sending of a digest, so that a repeat is recognised as the same mail."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or urlsplit(settings.BASE_URL).hostname
    return f"<nhac-viec.{digest.hex}@{domain}>"


def sender() -> str:
    """On whose behalf the mail speaks: the standing agency; where the register has none, the office as it is set."""
    standing = Agency.objects.standing()
    return f"{standing} – cơ quan thường trực Ban Chỉ đạo" if standing else Office.current().name
