"""In the application: the rows themselves are what the bell counts and its page lists."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from directives.models import ChannelName, Office
from directives.reminders.audience import Audience, Hears
from directives.reminders.channels.base import Channel, Reach


class Bell(Channel):
    name = ChannelName.BELL
    respects_opt_outs = False

    def reaches(self, audience: Audience, heard: Sequence[Hears], office: Office) -> Iterator[Reach]:
        """Everybody who can sign in."""
        return (Reach(*one, 0, self.name) for one in heard)
