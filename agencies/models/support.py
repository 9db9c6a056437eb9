"""Xem như: somebody of the staff looks through another person's eyes, reads only, and leaves a trace."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from agencies.models.append_only import append_only
from agencies.models.user import User


class SupportViewQuerySet(models.QuerySet["SupportView"]):
    """Adjectives for looks."""

    def visible_to(self, user: User) -> SupportViewQuerySet:
        """Administrators read all of them; everybody else those through their own eyes, or by themselves."""
        if not user.is_active:
            return self.none()
        return self if user.is_admin else self.filter(Q(person=user) | Q(viewer=user))


class SupportView(models.Model):
    """One look: who, through whose eyes, why. Append-only; its end is a row of its own (SupportPage, path "")."""

    viewer = models.ForeignKey("agencies.User", models.PROTECT, related_name="+", verbose_name="người xem")
    person = models.ForeignKey("agencies.User", models.PROTECT, related_name="viewed_as", verbose_name="xem như")
    reason = models.CharField("lý do", max_length=300)
    started_on = models.DateField("ngày")
    started_at = models.DateTimeField("bắt đầu lúc", auto_now_add=True)

    objects = SupportViewQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = "lần xem như"
        default_permissions = ()
        triggers = append_only("support_view")

    def __str__(self) -> str:
        return f"{self.viewer} → {self.person}"


class SupportPage(models.Model):
    """A page that was opened in that look."""

    view = models.ForeignKey(SupportView, models.PROTECT, related_name="pages", verbose_name="lần xem")
    path = models.CharField("địa chỉ", max_length=500, blank=True)
    opened_at = models.DateTimeField("mở lúc", auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = "trang đã xem"
        default_permissions = ()
        triggers = append_only("support_page")

    def __str__(self) -> str:
        return self.path
