"""What people keep for finding again, and what staff changed at one stroke."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import Q

from agencies.models import Agency


class SavedView(models.Model):
    """A list with its filters, kept by one person under a name; `query` is what stands behind "?" in the address."""

    user = models.ForeignKey("agencies.User", models.CASCADE, related_name="saved_views", verbose_name="người dùng")
    name = models.CharField("tên", max_length=80)
    query = models.CharField("bộ lọc", max_length=1000)

    class Meta:
        ordering = ["user", "name"]
        verbose_name = "bộ lọc đã lưu"
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["user", "name"], name="saved_view_once")]

    def __str__(self) -> str:
        return self.name


class BulkKind(models.TextChoices):
    """What may be changed for many tasks at once."""

    LEAD = "lead", "Cơ quan chủ trì"
    DEADLINE = "deadline", "Thời hạn"
    CLOCK = "clock", "Loại thời hạn"


@pghistory.track()
class BulkChange(models.Model):
    """Tasks that staff changed together. `rows`: for each task what it was and its version after, for undoing."""

    kind = models.CharField("thay đổi", max_length=8, choices=BulkKind.choices)
    words = models.CharField("giá trị mới", max_length=300)
    instrument = models.CharField("văn bản làm căn cứ", max_length=300, blank=True)
    rows = models.JSONField("trước khi đổi", default=list)
    made_on = models.DateField("ngày")
    made_by = models.ForeignKey("agencies.User", models.PROTECT, related_name="+", verbose_name="người đổi")
    undone_on = models.DateField("hoàn tác ngày", null=True, blank=True)
    undone_by = models.ForeignKey(
        "agencies.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người hoàn tác"
    )

    class Meta:
        ordering = ["-pk"]
        verbose_name = "thay đổi hàng loạt"
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(undone_on=None) | Q(undone_by__isnull=False), name="undone_by_somebody")
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.words}"


@pghistory.track(exclude=["token_sha256"])
class CalendarFeed(models.Model):
    """A secret address of deadlines: it shows what its maker may see at that moment, and dies with their rights.

    Without `agency`: everything that the maker follows or reports on.
    """

    user = models.ForeignKey("agencies.User", models.PROTECT, related_name="feeds", verbose_name="người tạo")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="cơ quan")
    token_sha256 = models.CharField(max_length=64, unique=True)
    made_on = models.DateField("ngày tạo")
    revoked_at = models.DateTimeField("thu hồi lúc", null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = "lịch theo đường dẫn"
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.user}: {self.agency or 'tất cả'}"
