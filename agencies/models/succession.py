"""Agencies live and die: who took over from whom, on which day, by which instrument (design, section 3.12)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pghistory
from django.db import models
from django.db.models import F, Q

from agencies.models.agency import Agency


class Shape(models.TextChoices):
    """What happened. Every shape but a transfer ends the old bodies; a new body is a row of its own."""

    RENAME = "rename", "Đổi tên"
    MERGE = "merge", "Hợp nhất, sáp nhập"
    SPLIT = "split", "Chia, tách"
    TRANSFER = "transfer", "Chuyển một chức năng"


@pghistory.track()
class Succession(models.Model):
    """Kế thừa, from `on` (the first day of the new bodies)."""

    shape = models.CharField("hình thức", max_length=8, choices=Shape.choices)
    on = models.DateField("từ ngày")
    instrument = models.CharField("văn bản làm căn cứ", max_length=300)
    function = models.CharField("chức năng được chuyển", max_length=300, blank=True)
    is_verified = models.BooleanField("đã đối chiếu", default=True)
    recorded_on = models.DateField("ngày ghi")
    recorded_by = models.ForeignKey(
        "agencies.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người ghi"
    )

    class Meta:
        ordering = ["on", "pk"]
        verbose_name = "kế thừa"
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=~Q(shape="transfer") | ~Q(function=""), name="transfer_names_its_function")
        ]

    def __str__(self) -> str:
        return f"{self.get_shape_display()} {self.on:%d/%m/%Y}"


@pghistory.track()
class SuccessionLink(models.Model):
    """One old body and one that took over from it."""

    succession = models.ForeignKey(Succession, models.PROTECT, related_name="links", verbose_name="kế thừa")
    old = models.ForeignKey(Agency, models.PROTECT, related_name="successions", verbose_name="cơ quan cũ")
    new = models.ForeignKey(Agency, models.PROTECT, related_name="predecessions", verbose_name="cơ quan kế thừa")

    class Meta:
        ordering = ["succession", "pk"]
        verbose_name = "cặp kế thừa"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["succession", "old", "new"], name="succession_link_once"),
            models.CheckConstraint(condition=~Q(old=F("new")), name="no_body_succeeds_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.old} → {self.new}"


class Scheme(models.TextChoices):
    """Two forms of a body's identification code are in use (domain: Decision 20/2020/QĐ-TTg; QCVN 102:2016)."""

    NEW = "qd20", "Theo Quyết định 20/2020/QĐ-TTg"
    OLD = "qcvn102", "Theo QCVN 102:2016"


class CodeQuerySet(models.QuerySet["AgencyCode"]):
    """Adjectives for codes."""

    def on(self, day: date) -> CodeQuerySet:
        """Those that hold on a day."""
        return self.filter(Q(since=None) | Q(since__lte=day), Q(until=None) | Q(until__gt=day))


@pghistory.track()
class AgencyCode(models.Model):
    """Mã định danh, with its validity (`until` is the first day it no longer holds)."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="codes", verbose_name="cơ quan")
    scheme = models.CharField("loại mã", max_length=8, choices=Scheme.choices)
    code = models.CharField("mã", max_length=35)
    since = models.DateField("từ ngày", null=True, blank=True)
    until = models.DateField("đến trước ngày", null=True, blank=True)
    is_verified = models.BooleanField("đã đối chiếu", default=False)

    objects = CodeQuerySet.as_manager()

    class Meta:
        ordering = ["agency", "scheme", "since"]
        verbose_name = "mã định danh"
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["agency", "scheme", "code"], name="agency_code_once")]

    def __str__(self) -> str:
        return self.code


def with_predecessors(agencies: Iterable[int]) -> frozenset[int]:
    """These keys, and those of all bodies that they took over from, all the way back."""
    return _along(agencies, "new", "old")


def with_successors(agencies: Iterable[int]) -> frozenset[int]:
    """These keys, and those of all bodies that took over from them, all the way on."""
    return _along(agencies, "old", "new")


def _along(agencies: Iterable[int], here: str, there: str) -> frozenset[int]:
    """A query for each generation, and one that finds no more; a transfer hands on a function, not the body."""
    links = SuccessionLink.objects.exclude(succession__shape=Shape.TRANSFER)
    found = set(agencies)
    nearest = set(found)
    while nearest:
        nearest = set(links.filter(**{f"{here}__in": nearest}).values_list(there, flat=True)) - found
        found |= nearest
    return frozenset(found)
