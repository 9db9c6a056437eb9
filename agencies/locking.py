"""Agencies are locked before people and invitations, in one order: succession, which touches all of them, does so."""

from __future__ import annotations

from collections.abc import Iterable

from agencies.models import Agency


def lock_bodies(agencies: Iterable[Agency]) -> dict[int, Agency]:
    """As they are now, by key, until the end of the transaction.

    Whoever only refers to them, as a liaison's note does, goes on.
    """
    rows = Agency.objects.select_for_update(no_key=True).filter(pk__in={agency.pk for agency in agencies})
    return {row.pk: row for row in rows.order_by("pk")}
