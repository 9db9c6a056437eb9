"""Hồ sơ: the whole file of a closed directive as one ZIP, made by a worker."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import TYPE_CHECKING

import pghistory
from django.db import models
from django.db.models import F, Q

from agencies.models.append_only import append_only
from directives.models.directive import Directive

if TYPE_CHECKING:
    from agencies.models import User


class ArchiveState(models.TextChoices):
    """How far the worker has come."""

    WAITING = "waiting", "Đang chờ"
    MAKING = "making", "Đang xuất"
    READY = "ready", "Đã xong"
    FAILED = "failed", "Không xuất được"
    TIDIED = "tidied", "Đã dọn tệp"


class ArchiveQuerySet(models.QuerySet["Archive"]):
    """Adjectives for exports."""

    def visible_to(self, user: User) -> ArchiveQuerySet:
        """Overseers see those of every directive that they may see; nobody else sees any."""
        if not (user.is_active and user.oversees):
            return self.none()
        return self.filter(directive__in=Directive.objects.visible_to(user))

    def unfinished(self) -> ArchiveQuerySet:
        return self.filter(state__in=(ArchiveState.WAITING, ArchiveState.MAKING))

    def claimable(self, moment: datetime) -> ArchiveQuerySet:
        """Those that nobody makes: waiting, or whose worker has not been heard of since its lease ended."""
        left = Q(state=ArchiveState.MAKING, leased_until__lt=moment)
        return self.filter(Q(state=ArchiveState.WAITING) | left)

    def expired(self, before: datetime) -> ArchiveQuerySet:
        """Made before that moment, of directives closed ever since: whoever wants one can have it anew."""
        made = self.filter(state=ArchiveState.READY, finished_at__lt=before)
        return made.filter(directive__closed_on__lte=F("made_on"))


@pghistory.track(exclude=["progress", "step", "leased_until", "lease"])
class Archive(models.Model):
    """One export; `counts`: what it holds. Of one that was tidied away all is here but the file."""

    directive = models.ForeignKey(Directive, models.PROTECT, related_name="archives", verbose_name="văn bản")
    state = models.CharField("tình trạng", max_length=10, choices=ArchiveState.choices, default=ArchiveState.WAITING)
    progress = models.PositiveSmallIntegerField("tiến độ (%)", default=0)
    step = models.CharField("đang làm", max_length=100, blank=True)
    file = models.CharField("tệp ZIP", max_length=200, blank=True)
    size = models.PositiveBigIntegerField("số byte", null=True, blank=True)
    sha256 = models.CharField("mã kiểm tra", max_length=64, blank=True)
    counts = models.JSONField("gồm", default=dict)
    error = models.TextField("lỗi", blank=True)
    leased_until = models.DateTimeField("worker giữ đến", null=True, blank=True)
    lease = models.UUIDField("mã giữ", null=True, blank=True)
    attempts = models.PositiveSmallIntegerField("số lần thử", default=0)
    submission = models.UUIDField("lần yêu cầu", unique=True, default=uuid.uuid4)
    made_by = models.ForeignKey("agencies.User", models.PROTECT, related_name="+", verbose_name="người xuất")
    made_on = models.DateField("xuất ngày")
    created_at = models.DateTimeField("yêu cầu lúc", auto_now_add=True)
    finished_at = models.DateTimeField("xong lúc", null=True, blank=True)

    objects = ArchiveQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = "hồ sơ xuất"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["directive"], condition=Q(state__in=("waiting", "making")), name="one_archive_under_way"
            ),
            models.CheckConstraint(
                condition=~Q(state="ready") | ~Q(file="") & ~Q(sha256="") & Q(size__isnull=False),
                name="ready_archive_has_its_file",
            ),
        ]

    def __str__(self) -> str:
        return f"Hồ sơ {self.directive}, xuất ngày {self.made_on:%d/%m/%Y}"

    @property
    def is_ready(self) -> bool:
        return self.state == ArchiveState.READY

    @property
    def is_tidied(self) -> bool:
        return self.state == ArchiveState.TIDIED

    @property
    def is_failed(self) -> bool:
        return self.state == ArchiveState.FAILED

    @property
    def is_unfinished(self) -> bool:
        return self.state in (ArchiveState.WAITING, ArchiveState.MAKING)


class ArchiveDownload(models.Model):
    """Who fetched a whole file, and when: it holds the papers of every body."""

    archive = models.ForeignKey(Archive, models.PROTECT, related_name="downloads", verbose_name="hồ sơ xuất")
    by = models.ForeignKey("agencies.User", models.PROTECT, related_name="+", verbose_name="người tải")
    on = models.DateField("ngày")
    at = models.DateTimeField("lúc", auto_now_add=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = "lượt tải hồ sơ"
        default_permissions = ()
        triggers = append_only("archive_download")

    def __str__(self) -> str:
        return f"{self.by_id}: {self.archive_id}"
