"""The ways in which reminders reach people."""

from __future__ import annotations

from directives.reminders.channels.base import Channel, Outgoing, Parcel, Reach, Unreachable
from directives.reminders.channels.bell import Bell
from directives.reminders.channels.mail import Mail
from directives.reminders.channels.webhook import Webhook

CHANNELS: tuple[type[Channel], ...] = (Mail, Bell, Webhook)

__all__ = ["CHANNELS", "Bell", "Channel", "Mail", "Outgoing", "Parcel", "Reach", "Unreachable", "Webhook"]
