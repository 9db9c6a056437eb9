"""An agency's people invite each other by a secret link: made, sent, withdrawn, answered once."""

from __future__ import annotations

import logging
import secrets
from datetime import date

from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils import timezone

from agencies import grants, people
from agencies.delegation import NOT_YOURS, check_may_give, may_name
from agencies.errors import Refused
from agencies.history import acting
from agencies.locking import lock_bodies
from agencies.models import Agency, Invitation, Role, User
from agencies.models.invitation import LASTS, checksum

log = logging.getLogger(__name__)

# Of one agency at the same time; a script that runs wild is told to stop.
MOST_WAITING = 50


class Gone(Exception):
    """Used, withdrawn, too old, never made: whoever holds the link is not told which."""


def invite(
    *, agency: Agency, right: str, by: User, day: date, full_name: str = "", email: str = ""
) -> tuple[Invitation, str]:
    """A new invitation and the secret of its link, which is kept nowhere. An earlier one to the same person ends."""
    full_name, email = " ".join(full_name.split()), email.strip().lower()
    if not full_name and not email:
        raise Refused("Xin ghi họ tên hoặc địa chỉ thư của người được mời.", "full_name")
    token = secrets.token_urlsafe(32)
    with acting(by, "invite", day):
        # The lock: the limit holds, and a double click leaves one invitation, the one that is shown.
        check_may_give(by, lock_bodies([agency])[agency.pk], right)
        waiting = Invitation.objects.waiting(timezone.now()).filter(agency=agency)
        waiting.filter(right=right, full_name=full_name, email=email).update(withdrawn_at=timezone.now())
        if waiting.count() >= MOST_WAITING:
            raise Refused(f"Đơn vị đang có {MOST_WAITING} lời mời chưa trả lời; xin thu hồi bớt.")
        made = Invitation.objects.create(
            agency=agency,
            right=right,
            full_name=full_name,
            email=email,
            token_sha256=checksum(token),
            made_by=by,
            made_on=day,
            expires_at=timezone.now() + LASTS,
        )
    return made, token


def send(invitation: Invitation, link: str, right: str) -> bool:
    """Mail the link; False where the mail server would not have it: the invitation holds all the same."""
    context = {"invitation": invitation, "link": link, "right": right}
    text = render_to_string("agencies/email/invitation_message.txt", context)
    subject = f"Lời mời tham gia Sổ theo dõi nhiệm vụ KTTT: {invitation.agency.short_name}"
    try:
        send_mail(subject, text, None, [invitation.email])
    except Exception as error:  # whatever the server or the line does, the page goes on
        log.warning("invitation %s not mailed: %s", invitation.pk, type(error).__name__)
        return False
    return True


def withdraw(*, invitation: Invitation, by: User, day: date) -> bool:
    """By its maker, a head of the agency or the staff; False where it was answered or withdrawn before."""
    with acting(by, "withdraw_invitation", day):
        if by.pk != invitation.made_by_id and not may_name(by, invitation.agency):
            raise Refused(NOT_YOURS)
        unanswered = Invitation.objects.unanswered().filter(pk=invitation.pk)
        return bool(unanswered.update(withdrawn_at=timezone.now()))


def find(sha256: str) -> Invitation | None:
    """The invitation of that checksum, while it may be answered."""
    waiting = Invitation.objects.waiting(timezone.now()).select_related("agency", "made_by")
    return waiting.filter(token_sha256=sha256).first()


def accept_as_new(
    *, invitation: Invitation, username: str, full_name: str, email: str, password: str, day: date
) -> User:
    """An account with the right that was offered. Raises `Gone`, or `Refused` with the field."""
    user = people.new_account(
        username=username, full_name=full_name, role=Role.LIAISON, agency=invitation.agency, email=email
    )
    with acting(user, "accept_invitation", day):
        row = _locked(invitation)
        try:
            password_validation.validate_password(password, user)
        except ValidationError as error:
            raise Refused(" ".join(error.messages), "password1") from error
        user.set_password(password)
        people.save_new(user)
        _give(row, user, day)
        _answer(row, user)
    return user


def accept(*, invitation: Invitation, user: User, day: date) -> None:
    """By a liaison who has an account already. Raises `Gone`, or `Refused` with the reason."""
    with acting(user, "accept_invitation", day):
        row = _locked(invitation)
        if row.made_by_id == user.pk:
            raise Refused("Không ai nhận lời mời do chính mình lập.")
        if not _give(row, user, day):
            raise Refused("Ông/bà đã có quyền này; lời mời vẫn dành cho người khác.")
        _answer(row, user)


def _locked(invitation: Invitation) -> Invitation:
    """The row, once it is certain that it may still be answered: of two at once the second comes too late."""
    lock_bodies([invitation.agency])
    if not Invitation.objects.select_for_update().filter(pk=invitation.pk).exists():
        raise Gone
    waiting = Invitation.objects.waiting(timezone.now()).select_related("agency", "made_by")
    row = waiting.filter(pk=invitation.pk).first()
    if row is None:
        raise Gone
    return row


def _give(row: Invitation, user: User, day: date) -> bool:
    return grants.grant(agency=row.agency, user=user, by=user, day=day, right=row.right, verb="accept_invitation")


def _answer(row: Invitation, user: User) -> None:
    row.accepted_by, row.accepted_at = user, timezone.now()
    row.save(update_fields=["accepted_by", "accepted_at"])
