"""The text of a report as the figures give it: a first draft, which staff may change until it is published.

By place, in the order of the paper; a text is its paragraphs, one a line, empty where there is nothing to say. Sections
by the custom of progress reports: results; shortcomings and causes; obstacles; the time to come.
"""

from __future__ import annotations

from directives.models import Place
from directives.reports.drafts import results, shortcomings
from directives.reports.record import Record


def drafted(record: Record) -> dict[Place, str]:
    """The text at each place, from the frozen figures. Without a period there is no place for what was done in it."""
    places = [place for place in Place if record["within"] or place != Place.WITHIN]
    return {place: "\n".join(filter(None, _WRITERS[place](record))) for place in places}


_WRITERS = {
    Place.SUBJECT: results.subject,
    Place.ADDRESSED: results.addressed,
    Place.GROUNDS: results.grounds,
    Place.OPENING: results.opening,
    Place.GENERAL: results.general,
    Place.AGENCIES: results.agencies,
    Place.WITHIN: results.within,
    Place.CHANGE: results.change,
    Place.LATE: shortcomings.late,
    Place.SILENT: shortcomings.silent,
    Place.CAUSES: shortcomings.causes,
    Place.OBSTACLES: shortcomings.obstacles,
    Place.NEXT: shortcomings.coming,
    Place.CLOSING: shortcomings.closing,
}
