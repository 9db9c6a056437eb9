"""What an agency has to show already, for choosing on the lines of its round."""

from __future__ import annotations

from typing import Any

from directives.models import Evidence, Upload
from directives.views.round_rows import Sheet

OFFERED = 60  # the latest


def shelf_for(sheet: Sheet) -> dict[str, Any]:
    """Files of its shelf, and documents that it cited before; two queries, none where nothing is typed any more."""
    if not (sheet.is_open and sheet.to_fill):
        return {}
    files = Upload.objects.of_agency(sheet.agency).pieces()
    documents = Evidence.objects.of_agency(sheet.agency).documents()
    return {"shelf": files.order_by("-pk")[:OFFERED], "cited": documents.order_by("-pk")[:OFFERED]}
