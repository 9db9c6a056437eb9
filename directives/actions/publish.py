"""A draft becomes work: from this day the agencies have received it."""

from __future__ import annotations

from datetime import date

from django.db.models import F

from agencies.errors import Refused
from agencies.history import acting
from agencies.models import User
from directives.actions.locking import require_keeper
from directives.models import Assignment, Directive


def publish(*, directive: Directive, by: User | None, day: date) -> Directive:
    """Publish a draft; a published directive is given back as it is. Raises Refused without any task."""
    require_keeper(by)
    with acting(by, "publish", day):
        directive = Directive.objects.select_for_update().get(pk=directive.pk)
        if directive.is_published:
            return directive
        assignments = Assignment.objects.filter(task__directive=directive)
        if not assignments.exists():
            raise Refused("Văn bản chưa có nhiệm vụ nào, nên chưa thể công bố.")
        directive.published_on = day
        directive.save(update_fields=["published_on"])
        assignments.update(received_on=day, version=F("version") + 1)
        return directive
