"""A test message for a gateway: the shape of a real one (docs/webhook.md), about no work at all."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from directives.models import Endpoint
from directives.reminders.webhook import deliver, owner_of

SUBJECT = "Tin thử kênh nhận nhắc việc"
TEXT = "Đây là tin thử từ Sổ theo dõi nhiệm vụ KTTT. Nhận được tin này nghĩa là kênh đã hoạt động."


def send_trial(endpoint: Endpoint, day: date) -> int:
    """Send it now; the status of the answer. Raises what `deliver` raises."""
    message_id = uuid4()
    return deliver(endpoint, trial(endpoint, message_id, day), message_id)


def trial(endpoint: Endpoint, message_id: UUID, day: date) -> dict[str, Any]:
    """What is sent."""
    return {
        "type": "reminders.test",
        "id": str(message_id),
        "day": day.isoformat(),
        "to": owner_of(endpoint),
        "subject": SUBJECT,
        "text": TEXT,
        "lines": [],
    }
