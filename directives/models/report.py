"""Frozen figures at a moment, and the file rendered from them."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import TYPE_CHECKING

import pghistory
from django.db import models
from django.db.models import Q

from directives.models.directive import Directive

if TYPE_CHECKING:
    from agencies.models import User


class ReportState(models.TextChoices):
    """How far the worker has come."""

    WAITING = "waiting", "Đang chờ"
    RENDERING = "rendering", "Đang lập"
    READY = "ready", "Đã xong"
    FAILED = "failed", "Không lập được"


class ReportQuerySet(models.QuerySet["Report"]):
    """Adjectives for reports."""

    def visible_to(self, user: User) -> ReportQuerySet:
        """Overseers see every report on a directive that they may see; nobody else sees any."""
        if not (user.is_active and user.oversees):
            return self.none()
        return self.filter(directive__in=Directive.objects.visible_to(user))

    def unfinished(self) -> ReportQuerySet:
        return self.filter(state__in=(ReportState.WAITING, ReportState.RENDERING))

    def claimable(self, moment: datetime) -> ReportQuerySet:
        """Those that nobody renders: waiting, or whose worker has not been heard of since its lease ended."""
        left = Q(state=ReportState.RENDERING, leased_until__lt=moment)
        return self.filter(Q(state=ReportState.WAITING) | left)


@pghistory.track(exclude=["figures", "progress", "step"])
class Report(models.Model):
    """A progress report. `figures` is everything it shows; it is never gathered a second time."""

    directive = models.ForeignKey(Directive, models.PROTECT, related_name="reports", verbose_name="văn bản")
    as_of = models.DateField("số liệu tính đến ngày")
    figures = models.JSONField("số liệu", null=True, blank=True)
    figures_sha256 = models.CharField("mã kiểm tra số liệu", max_length=64, blank=True)
    state = models.CharField("tình trạng", max_length=10, choices=ReportState.choices, default=ReportState.WAITING)
    progress = models.PositiveSmallIntegerField("tiến độ (%)", default=0)
    step = models.CharField("đang làm", max_length=100, blank=True)
    pdf = models.CharField("tệp PDF", max_length=200, blank=True)
    error = models.TextField("lỗi", blank=True)
    leased_until = models.DateTimeField("worker giữ đến", null=True, blank=True)
    attempts = models.PositiveSmallIntegerField("số lần thử", default=0)
    submission = models.UUIDField("lần yêu cầu", unique=True, default=uuid.uuid4)
    made_by = models.ForeignKey(
        "agencies.User", models.PROTECT, null=True, blank=True, related_name="reports", verbose_name="người lập"
    )
    made_on = models.DateField("lập ngày")
    created_at = models.DateTimeField("yêu cầu lúc", auto_now_add=True)
    finished_at = models.DateTimeField("xong lúc", null=True, blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = "báo cáo"
        default_permissions = ()

    def __str__(self) -> str:
        return f"Báo cáo {self.directive} đến {self.as_of:%d/%m/%Y}"

    @property
    def is_ready(self) -> bool:
        return self.state == ReportState.READY

    @property
    def is_failed(self) -> bool:
        return self.state == ReportState.FAILED

    @property
    def is_unfinished(self) -> bool:
        return self.state in (ReportState.WAITING, ReportState.RENDERING)
