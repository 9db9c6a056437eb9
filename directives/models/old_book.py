"""The tracking workbook that the office kept before: one row for each upload, brought in as a whole or not at all."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pghistory
from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from agencies.models import User


# A draft that nobody has touched for so long was left; the pages say so (`_old_book_kept.html`).
KEPT = timedelta(days=14)


class OldBookQuerySet(models.QuerySet["OldBook"]):
    """Adjectives for old books."""

    def visible_to(self, user: User) -> OldBookQuerySet:
        """They are the standing staff's."""
        return self.all() if user.is_active and user.keeps_tasks else self.none()

    def drafts(self) -> OldBookQuerySet:
        """Uploaded, and nothing of them is in our book."""
        return self.filter(brought_on=None)

    def expired(self, moment: datetime) -> OldBookQuerySet:
        """Drafts to be swept away."""
        return self.drafts().filter(touched_at__lt=moment - KEPT)

    def brought_in(self) -> OldBookQuerySet:
        """In our book now."""
        return self.exclude(brought_on=None).filter(undone_on=None)


@pghistory.track(exclude=["cells", "kept", "touched_at"])
class OldBook(models.Model):
    """Sổ theo dõi cũ. A draft is read, its columns and words are matched; then it is brought in, perhaps undone.

    `cells`: what the file said, until it is brought in (`workbooks/legacy/grid.py`). `mapping`: what staff chose
    (`workbooks/legacy/mapping.py`). `kept`: versions of what the bringing in left, so that an undoing sees whether
    anybody has written since.
    """

    name = models.CharField("tên tệp", max_length=255)
    sha256 = models.CharField("mã kiểm tra tệp", max_length=64, db_index=True)
    cells = models.JSONField("nội dung", default=dict)
    # Of the words in the head of the table: the next upload of such a table finds how this one was matched.
    head_key = models.CharField(max_length=64, blank=True, db_index=True)
    mapping = models.JSONField("cách ghép cột", default=dict)
    uploaded_on = models.DateField("tải lên ngày")
    uploaded_by = models.ForeignKey("agencies.User", models.PROTECT, related_name="+", verbose_name="người tải lên")
    # Of a draft: uploaded, matched, ticked.
    touched_at = models.DateTimeField("sửa lần cuối lúc", auto_now=True)
    brought_on = models.DateField("đưa vào sổ ngày", null=True, blank=True)
    brought_at = models.DateTimeField("đưa vào lúc", null=True, blank=True)
    brought_by = models.ForeignKey(
        "agencies.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người đưa vào"
    )
    counts = models.JSONField("số lượng đưa vào", default=dict)
    kept = models.JSONField("phiên bản sau khi đưa vào", default=dict)
    undone_on = models.DateField("hoàn tác ngày", null=True, blank=True)
    undone_by = models.ForeignKey(
        "agencies.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người hoàn tác"
    )

    objects = OldBookQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = "sổ theo dõi cũ"
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(brought_on=None, brought_at=None, brought_by=None)
                | Q(brought_on__isnull=False, brought_at__isnull=False, brought_by__isnull=False),
                name="old_book_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(undone_on=None, undone_by=None)
                | Q(undone_on__isnull=False, undone_by__isnull=False, brought_on__isnull=False),
                name="old_book_undone_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_draft(self) -> bool:
        return self.brought_on is None

    def source(self, row: int) -> str:
        """How a row of it is cited as the ground of what stands in our book."""
        return f"Sổ theo dõi cũ (tệp {self.name[:200]}), dòng {row}"
