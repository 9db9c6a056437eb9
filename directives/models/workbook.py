"""A filled-in workbook between its dry run and its writing."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import models

from agencies.models import Agency

if TYPE_CHECKING:
    from agencies.models import User

KEPT = timedelta(days=7)


class WorkbookUploadQuerySet(models.QuerySet["WorkbookUpload"]):
    """Adjectives for what was handed in."""

    def visible_to(self, user: User) -> WorkbookUploadQuerySet:
        """One's own, as long as one acts for that agency: a draft is nobody else's business."""
        if not user.is_active:
            return self.none()
        return self.filter(user=user, agency__in=user.represented_ids)

    def waiting(self) -> WorkbookUploadQuerySet:
        """Looked at, perhaps, and neither written nor put away."""
        return self.filter(written_on=None)

    def expired(self, moment: datetime) -> WorkbookUploadQuerySet:
        """To be swept away: what they said is either in the notes by now, or was left."""
        return self.filter(sent_at__lt=moment - KEPT)


class WorkbookUpload(models.Model):
    """What one person handed in for one agency, taken apart; the file itself is not kept.

    `content` is `directives.workbooks.filled.Filled` as JSON. Its key is that of the form it was sent with, so a
    second press of the button is the same upload.
    """

    uuid = models.UUIDField("mã", primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey("agencies.User", models.CASCADE, related_name="+", verbose_name="người nộp")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="cơ quan")
    name = models.CharField("tên tệp", max_length=255)
    content = models.JSONField("nội dung", default=dict)
    sent_at = models.DateTimeField("nộp lúc", auto_now_add=True)
    written_on = models.DateField("ghi vào sổ ngày", null=True, blank=True)
    # How many of its rows were written: what is said to whoever presses the button again.
    written_count = models.PositiveIntegerField("số dòng đã ghi", default=0)

    objects = WorkbookUploadQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_at"]
        verbose_name = "bảng Excel đã nộp"
        default_permissions = ()
        indexes = [models.Index(fields=["user", "agency"], name="workbook_of_person")]

    def __str__(self) -> str:
        return self.name
