"""What a failed sending means: for the words that staff read, for the next try, and for the Message-ID."""

from __future__ import annotations

import smtplib
from dataclasses import dataclass, replace
from datetime import timedelta

from django.conf import settings
from django.db.models import Case, DateTimeField, Value, When
from django.utils import timezone

from agencies.errors import Refused
from directives.reminders.webhook import Answered, Unanswered, Unreached

# Growing pauses: 1, 2, 4 … minutes up to an hour.
PAUSES = tuple(timedelta(minutes=min(2**tried, 60)) / settings.HASTE for tried in range(7))
# An address that the server will not take is tried a few times a day, until somebody mends it.
REFUSED_PAUSE = timedelta(hours=4) / settings.HASTE
LONGEST = 500
# Answers to a webhook that are no verdict on the message: too slow, too early, too many.
LATER = (408, 425, 429)
# A gateway before the gateway gave up waiting: what stands behind it may have taken the message.
BETWEEN = (502, 504)


@dataclass(frozen=True)
class Failure:
    """One sending that was not acknowledged.

    `refused`: the other side will never take it; `of_address`: because of the address. `unknown`: it may have been
    taken all the same. `unwell`: the fault lies with the server, so the next mail will hardly fare better.
    """

    words: str
    refused: bool = False
    of_address: bool = False
    unknown: bool = False
    unwell: bool = False

    def next_attempt(self) -> Case | Value:
        """When to try again, by how often it was tried before: an expression over rows of reminders."""
        now = timezone.now()
        if self.refused:
            return Value(now + REFUSED_PAUSE, output_field=DateTimeField())
        rungs = [When(attempts__lte=tried, then=Value(now + pause)) for tried, pause in enumerate(PAUSES, 1)]
        return Case(*rungs, default=Value(now + PAUSES[-1]), output_field=DateTimeField())


def unreachable(error: Exception) -> Failure:
    """No conversation with the server came about."""
    if isinstance(error, smtplib.SMTPResponseException):
        answered = _answered("Máy chủ thư từ chối kết nối", error.smtp_code, error.smtp_error)
        return replace(answered, refused=False, unwell=True)
    return Failure(f"Không kết nối được máy chủ thư: {_said(error)}", unwell=True)


def of_sending(error: Exception) -> Failure:
    """A conversation broke off, or the server said no."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, answer = next(iter(error.recipients.values()), (0, b""))
        answered = _answered("Máy chủ thư không nhận địa chỉ này", code, answer)
        return replace(answered, of_address=answered.refused)
    if isinstance(error, smtplib.SMTPSenderRefused):
        # Not this recipient's fault, so no longer pause than others have.
        return replace(
            _answered("Máy chủ thư không nhận địa chỉ gửi", error.smtp_code, error.smtp_error), refused=False
        )
    if isinstance(error, smtplib.SMTPResponseException):
        return _answered("Máy chủ thư không nhận thư", error.smtp_code, error.smtp_error)
    if isinstance(error, OSError) and not isinstance(error, smtplib.SMTPNotSupportedError):
        return Failure(f"Mất kết nối với máy chủ thư khi đang gửi: {_said(error)}", unknown=True, unwell=True)
    return Failure(f"Không soạn được thư: {_said(error)}")


def of_webhook(error: Exception) -> Failure:
    """A message was not handed to a gateway (directives.reminders.webhook)."""
    words = str(error)[:LONGEST]
    if isinstance(error, Refused):  # the address may not be reached
        return Failure(words, refused=True)
    if isinstance(error, Unreached):
        return Failure(words, unwell=True)
    if isinstance(error, Unanswered):
        return Failure(words, unknown=True, unwell=True)
    if isinstance(error, Answered):
        passing = error.status >= 500 or error.status in LATER
        return Failure(words, refused=not passing, unknown=error.status in BETWEEN, unwell=passing)
    return Failure(f"Không soạn được tin nhắn: {_said(error)}")


def _answered(words: str, code: int, answer: bytes | str) -> Failure:
    said = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    text = f"{words}: {code} {' '.join(said.split())}"[:LONGEST]
    return Failure(text, refused=500 <= code < 600, unwell=code == 421)


def _said(error: Exception) -> str:
    words = getattr(error, "strerror", None)
    return " ".join((words if isinstance(words, str) else str(error)).split())[:LONGEST] or type(error).__name__
