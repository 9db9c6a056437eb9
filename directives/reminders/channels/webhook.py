"""To a gateway of chat or SMS, of an agency or of a person: a signed request (docs/webhook.md)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from directives.gateways import gateways
from directives.models import ChannelName, Endpoint, Office, Step
from directives.reminders import failures
from directives.reminders.audience import Audience, Hears
from directives.reminders.channels.base import Outgoing, Parcel, Reach
from directives.reminders.chat import chat_text
from directives.reminders.failures import Failure
from directives.reminders.lines import letter_of, subject
from directives.reminders.webhook import deliver, owner_of


class Webhook(Outgoing):
    name = ChannelName.WEBHOOK
    holder = "endpoint"
    holders = Endpoint

    def reaches(self, audience: Audience, heard: Sequence[Hears], office: Office) -> Iterator[Reach]:
        """A person's gateway hears what they hear, an agency's what its liaisons hear; none where no host is."""
        if not gateways():
            return
        people: dict[int, int] = {}
        for pk, agency, user in Endpoint.objects.in_use().values_list("pk", "agency", "user"):
            if agency:
                yield Reach(Step.LIAISON, agency, 0, pk, self.name)
            else:
                people[user] = pk
        for one in heard:
            if one.recipient in people:
                yield Reach(one.step, one.about, 0, people[one.recipient], self.name)

    def send(self, parcel: Parcel) -> None:
        deliver(parcel.to, _payload(parcel), parcel.digest)

    def failure(self, error: Exception) -> Failure:
        return failures.of_webhook(error)


def _payload(parcel: Parcel) -> dict[str, Any]:
    letter = letter_of(parcel.digest, parcel.day)
    return {
        "type": "reminders.digest",
        "id": str(parcel.digest),
        "day": parcel.day.isoformat(),
        "to": owner_of(parcel.to),
        "subject": subject(letter, parcel.day),
        "text": chat_text(letter, parcel.day),
        "lines": [
            {
                "group": section.key,
                "task": line.text,
                "place": line.place,
                "deadline": line.deadline.isoformat() if line.deadline else None,
                "days": (line.deadline - parcel.day).days if line.deadline else None,
                "agency": carrier.name,
                "url": carrier.url,
            }
            for section in letter.sections
            for line in section.lines
            for carrier in line.carriers
        ],
    }
