"""The evidence shelf: files put there by hand, and who looked at which."""

from __future__ import annotations

from datetime import date

from django.core.files.uploadedfile import UploadedFile

from agencies.errors import Refused
from agencies.history import acting
from agencies.models import Agency, User
from directives.actions import shelf
from directives.actions.uploads import store
from directives.models import EvidenceView, Upload


def put_on_shelf(*, agency: Agency, file: UploadedFile, by: User, day: date) -> tuple[Upload, bool]:
    """A file for later use in notes; and whether it is new. The same bytes again give the piece that lies there."""
    if not by.represents(agency.pk):
        raise Refused("Ông/bà không được giao thay mặt cơ quan này.")
    with acting(by, "put_on_shelf", day):
        Agency.objects.select_for_update(no_key=True).get(pk=agency.pk)
        sha256 = shelf.checksum(file)
        there = Upload.objects.of_agency(agency).filter(sha256=sha256).order_by("pk").first()
        return (there, False) if there else (store(file, by=by, agency=agency, day=day), True)


def look_at(*, upload: Upload, viewer: User, seen_through: User | None, is_download: bool, day: date) -> EvidenceView:
    """Keep who opened or fetched a file; `seen_through`: whose eyes somebody of support borrowed."""
    return EvidenceView.objects.create(
        upload=upload, viewer=viewer, seen_through=seen_through, is_download=is_download, seen_on=day
    )
