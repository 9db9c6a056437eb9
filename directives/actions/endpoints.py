"""Where an agency or a person takes reminders through a gateway of chat or SMS: added, changed, switched, removed."""

from __future__ import annotations

import base64
import secrets
from datetime import date
from uuid import UUID

from django.core.cache import cache
from django.utils import timezone

from agencies.delegation import may_name
from agencies.errors import Refused
from agencies.history import acting
from agencies.locking import lock_bodies
from agencies.models import Agency, User
from directives.gateways import target
from directives.models import Endpoint
from directives.models.endpoint import PREFIX

TEST_PAUSE = 10  # seconds between two test messages of one owner
GONE = "Kênh nhận này đã được gỡ."


def may_manage(by: User, owner: Agency | User) -> bool:
    """An agency's: its head (or who stands in), and the staff. A person's: nobody but the person."""
    return by.is_active and (may_name(by, owner) if isinstance(owner, Agency) else owner.pk == by.pk)


def add_endpoint(*, owner: Agency | User, url: str, submission: UUID, by: User, day: date) -> Endpoint:
    """A new endpoint, switched on, with its key; a second press of the same form gives the same one.

    Raises Refused where the owner has one already, where the address may not be reached, or for others.
    """
    row = Endpoint(url=url.strip(), submission=submission, made_on=day, recorded_by=by)
    with acting(by, "add_endpoint", day):
        owner = _locked_owner(owner)
        _require_manager(by, owner)
        if there := Endpoint.objects.living().of(owner).first():
            if there.submission == submission:
                return there
            raise Refused("Đã có một kênh nhận. Xin sửa địa chỉ của kênh ấy, hoặc gỡ rồi thêm kênh khác.")
        _require_living(owner)
        target(row.url)
        row.agency, row.user = (owner, None) if isinstance(owner, Agency) else (None, owner)
        _new_key(row, submission)
        row.save(force_insert=True)
    return row


def change_url(*, endpoint: Endpoint, url: str, by: User, day: date) -> bool:
    """Another address, the same key; True if that is a change."""
    with acting(by, "change_endpoint_url", day):
        row = _locked(endpoint, by)
        target(url := url.strip())
        changed = row.url != url
        if changed:
            row.url, row.recorded_by = url, by
            row.save(update_fields=["url", "recorded_by"])
    return changed


def rotate_secret(*, endpoint: Endpoint, submission: UUID, by: User, day: date) -> Endpoint:
    """A new key at once, the old one signs no more; a second press of the same form gives the same one."""
    with acting(by, "rotate_endpoint_secret", day):
        row = _locked(endpoint, by)
        if row.submission != submission:
            _new_key(row, submission)
            row.recorded_by = by
            row.save(update_fields=["secret", "submission", "keyed_at", "recorded_by"])
    return row


def switch_endpoint(*, endpoint: Endpoint, on: bool, by: User, day: date) -> bool:
    """On or off; True if that is a change. On only while its address may be reached."""
    with acting(by, "switch_endpoint_on" if on else "switch_endpoint_off", day):
        row = _locked(endpoint, by)
        if on:
            _require_living(row.owner)
            target(row.url)
        changed = row.is_on != on
        if changed:
            row.is_on, row.recorded_by = on, by
            row.save(update_fields=["is_on", "recorded_by"])
    return changed


def remove_endpoint(*, endpoint: Endpoint, by: User, day: date) -> None:
    """It stays for what was sent through it, without its key. Raises Refused the second time."""
    with acting(by, "remove_endpoint", day):
        row = _locked(endpoint, by)
        row.secret, row.submission, row.is_on, row.removed_on, row.recorded_by = "", None, False, day, by
        row.save(update_fields=["secret", "submission", "is_on", "removed_on", "recorded_by"])


def claim_test(*, endpoint: Endpoint, by: User) -> Endpoint:
    """The right to send one test message now, once in TEST_PAUSE seconds; gives the endpoint as it is now."""
    found = Endpoint.objects.living().select_related("agency", "user").filter(pk=endpoint.pk).first()
    if found is None:
        raise Refused(GONE)
    _require_manager(by, found.owner)
    owner = f"a{found.agency_id}" if found.agency_id else f"u{found.user_id}"
    if not cache.add(f"endpoint-test-{owner}", 1, TEST_PAUSE):
        raise Refused(f"Vừa gửi thử xong. Xin chờ khoảng {TEST_PAUSE} giây rồi gửi lại.")
    return found


def _new_key(row: Endpoint, submission: UUID) -> None:
    row.secret = PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()
    row.submission, row.keyed_at = submission, timezone.now()


def _locked(endpoint: Endpoint, by: User) -> Endpoint:
    rows = Endpoint.objects.living().select_for_update(of=("self",)).select_related("agency", "user")
    row = rows.filter(pk=endpoint.pk).first()
    if row is None:
        raise Refused(GONE)
    _require_manager(by, row.owner)
    return row


def _locked_owner(owner: Agency | User) -> Agency | User:
    """Two who add at once do so one after the other."""
    if isinstance(owner, Agency):
        return lock_bodies([owner])[owner.pk]
    return User.objects.select_for_update(no_key=True).get(pk=owner.pk)


def _require_manager(by: User, owner: Agency | User) -> None:
    if not may_manage(by, owner):
        raise Refused("Chỉ thủ trưởng của đơn vị, cán bộ thường trực hoặc chính người nhận được làm việc này.")


def _require_living(owner: Agency | User) -> None:
    if isinstance(owner, Agency) and owner.has_ended:
        raise Refused(f"“{owner}” đã kết thúc hoạt động nên không nhận nhắc việc nữa.")
