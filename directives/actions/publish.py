"""A draft becomes work: from this day the agencies have received it."""

from __future__ import annotations

from datetime import date

from django.db.models import F

from agencies.errors import Refused
from agencies.history import acting
from agencies.models import User
from directives.actions.drafts import locked_directive
from directives.actions.groups import add_newcomers, drop_leavers, hold_groups
from directives.actions.locking import require_keeper
from directives.actions.succession import carry_on_all
from directives.models import Assignment, Directive


def is_ahead(directive: Directive, day: date) -> bool:
    """Whether the document says that it is issued after `day`: then its date, or ours, is wrong."""
    return directive.issued_on > day


def publish(*, directive: Directive, by: User | None, day: date) -> Directive:
    """Publish a draft; a published directive is given back as it is. Raises Refused: no task, or issued after `day`.

    The work of a group falls to those who belong to it now, whoever did when the text was read.
    """
    require_keeper(by)
    with acting(by, "publish", day):
        directive = locked_directive(directive.pk)
        if directive.is_published:
            return directive
        if directive.withdrawn_on:
            raise Refused(f"{directive.code} đã được rút khỏi sổ cùng sổ theo dõi cũ. Xin đưa lại từ sổ.")
        if is_ahead(directive, day):
            raise Refused(
                f"Ngày ban hành {directive.issued_on:%d/%m/%Y} sau ngày hôm nay ({day:%d/%m/%Y}), "
                "nên chưa thể công bố. Xin kiểm tra lại."
            )
        assignments = Assignment.objects.filter(task__directive=directive)
        if not assignments.exists():
            raise Refused("Văn bản chưa có nhiệm vụ nào, nên chưa thể công bố.")
        hold_groups(directive)
        drop_leavers(directive, day)
        directive.published_on = day
        directive.save(update_fields=["published_on"])
        assignments.update(received_on=day, version=F("version") + 1)
        carry_on_all(directive, by=by, day=day)
        add_newcomers(directive, day)
        return directive
