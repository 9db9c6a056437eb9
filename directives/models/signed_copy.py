"""Bản ký: the signed and numbered copy of a report that came back, which is the official one from then on."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from agencies.models.append_only import append_only
from directives.models.note import Upload
from directives.models.report import Report

if TYPE_CHECKING:
    from agencies.models import User


class SignedCopyQuerySet(models.QuerySet["SignedCopy"]):
    """Adjectives for signed copies."""

    def visible_to(self, user: User) -> SignedCopyQuerySet:
        """Whoever sees the report sees its signed copies."""
        return self.filter(report__in=Report.objects.visible_to(user))


class SignedCopy(models.Model):
    """One signed copy; the newest of a report is the official one, earlier ones stay.

    `signatures`: what `reports/signatures.py` read when it came; `comparison`: of `reports/same_paper.py`.
    """

    report = models.ForeignKey(Report, models.PROTECT, related_name="signed_copies", verbose_name="báo cáo")
    upload = models.ForeignKey(Upload, models.PROTECT, related_name="signed_copies", verbose_name="tệp")
    # As they stand on the paper; numbers are the clerk's (design, section 3.14).
    number = models.CharField("số", max_length=10)
    symbol = models.CharField("ký hiệu", max_length=30)
    signed_on = models.DateField("ngày ban hành")
    signatures = models.JSONField("chữ ký số", default=list)
    comparison = models.JSONField("đối chiếu với báo cáo", default=dict)
    submission = models.UUIDField("lần gửi", unique=True, default=uuid.uuid4)
    kept_on = models.DateField("lưu ngày")
    kept_by = models.ForeignKey("agencies.User", models.PROTECT, related_name="+", verbose_name="người lưu")
    kept_at = models.DateTimeField("lưu lúc", auto_now_add=True)

    objects = SignedCopyQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = "bản ký"
        default_permissions = ()
        triggers = append_only("signed_copy")
        constraints = [
            models.CheckConstraint(condition=~Q(number="") & ~Q(symbol=""), name="signed_copy_has_its_number")
        ]

    def __str__(self) -> str:
        return f"Báo cáo số {self.code} ngày {self.signed_on:%d/%m/%Y}"

    @property
    def code(self) -> str:
        """ "05/BC-LMHTX"."""
        return f"{self.number}/{self.symbol}"
