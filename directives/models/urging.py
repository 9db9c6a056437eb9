"""Urging: the official letter to an agency that is late or silent, and what was said by telephone, Zalo or in person.

An issued letter and a logged contact never change (design, section 3.8); numbers come from the clerk (3.14).
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.db.models.functions import ExtractYear

from agencies.models import Agency
from agencies.models.append_only import append_only, no_truncate
from directives.models.assignment import Assignment
from directives.models.office import Issuer

if TYPE_CHECKING:
    from agencies.models import User


class LetterState(models.TextChoices):
    """A draft waits for the clerk's number; it ends by being issued or dropped."""

    DRAFT = "draft", "Dự thảo"
    ISSUED = "issued", "Đã phát hành"
    WITHDRAWN = "withdrawn", "Đã bỏ dự thảo"


class UrgingLetterQuerySet(models.QuerySet["UrgingLetter"]):
    """Adjectives for letters."""

    def visible_to(self, user: User) -> UrgingLetterQuerySet:
        """Overseers see every letter; an agency those that were issued to it."""
        if not user.is_active:
            return self.none()
        return self.all() if user.oversees else self.issued().filter(agency__in=user.represented_ids)

    def drafts(self) -> UrgingLetterQuerySet:
        return self.filter(state=LetterState.DRAFT)

    def issued(self) -> UrgingLetterQuerySet:
        return self.filter(state=LetterState.ISSUED)


@pghistory.track(exclude=["content"])
class UrgingLetter(models.Model):
    """Công văn đôn đốc. `content` is all that it says, frozen when it is drafted (`reports/urging_content.py`)."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="urging_letters", verbose_name="gửi cơ quan")
    issuer = models.CharField("nơi ban hành", max_length=10, choices=Issuer.choices)
    drafted_on = models.DateField("soạn ngày")
    report_by = models.DateField("đề nghị báo cáo chậm nhất ngày")
    content = models.JSONField("nội dung")
    state = models.CharField("tình trạng", max_length=10, choices=LetterState.choices, default=LetterState.DRAFT)
    number = models.CharField("số", max_length=10, blank=True)
    symbol = models.CharField("ký hiệu", max_length=30, blank=True)
    issued_on = models.DateField("ngày ban hành", null=True, blank=True)
    ended_on = models.DateField("ngày ghi phát hành hoặc bỏ", null=True, blank=True)
    ended_by = models.ForeignKey(
        "agencies.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người ghi"
    )
    assignments = models.ManyToManyField(
        Assignment, through="LetterTask", related_name="urging_letters", verbose_name="nhiệm vụ"
    )
    submission = models.UUIDField("lần gửi mẫu", unique=True, default=uuid.uuid4)
    made_by = models.ForeignKey("agencies.User", models.PROTECT, related_name="+", verbose_name="người soạn")
    made_at = models.DateTimeField("soạn lúc", auto_now_add=True)
    ended_at = models.DateTimeField("ghi lúc", null=True, blank=True)

    objects = UrgingLetterQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = "công văn đôn đốc"
        default_permissions = ()
        triggers = [
            pgtrigger.Protect(name="urging_letter_is_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="urging_letter_ends_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__state=LetterState.ISSUED) | pgtrigger.Q(old__state=LetterState.WITHDRAWN),
            ),
            pgtrigger.Protect(
                name="urging_letter_says_the_same",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(
                    "agency", "issuer", "drafted_on", "report_by", "content", "submission", "made_by", "made_at"
                ),
            ),
            no_truncate("urging_letter"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["agency"], condition=Q(state="draft"), name="one_urging_draft_each"),
            models.UniqueConstraint(
                "number", "symbol", ExtractYear("issued_on"), condition=Q(state="issued"), name="letter_number_once"
            ),
            models.CheckConstraint(
                condition=Q(state="issued", issued_on__isnull=False) & ~Q(number="") & ~Q(symbol="")
                | ~Q(state="issued") & Q(number="", symbol="", issued_on=None),
                name="issued_letter_has_its_number",
            ),
            models.CheckConstraint(
                condition=Q(state="draft", ended_by=None, ended_on=None, ended_at=None)
                | ~Q(state="draft") & Q(ended_by__isnull=False, ended_on__isnull=False, ended_at__isnull=False),
                name="ended_letter_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        if self.is_issued and self.issued_on:
            return f"Công văn số {self.code} ngày {self.issued_on:%d/%m/%Y}"
        return f"Dự thảo công văn gửi {self.agency.short_name} soạn ngày {self.drafted_on:%d/%m/%Y}"

    @property
    def code(self) -> str:
        """ "05/LMHTX-VP"; empty before it is issued."""
        return f"{self.number}/{self.symbol}" if self.number else ""

    @property
    def is_draft(self) -> bool:
        return self.state == LetterState.DRAFT

    @property
    def is_issued(self) -> bool:
        return self.state == LetterState.ISSUED


class LetterTask(models.Model):
    """A task that a letter lists, as the agency carries it."""

    letter = models.ForeignKey(UrgingLetter, models.PROTECT, related_name="tasks", verbose_name="công văn")
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="letter_tasks", verbose_name="phân công")

    class Meta:
        ordering = ["letter", "pk"]
        verbose_name = "nhiệm vụ trong công văn"
        default_permissions = ()
        triggers = append_only("letter_task")
        constraints = [models.UniqueConstraint(fields=["letter", "assignment"], name="letter_task_once")]

    def __str__(self) -> str:
        return f"{self.letter}: {self.assignment_id}"


class Means(models.TextChoices):
    """How somebody was spoken to."""

    PHONE = "phone", "Điện thoại"
    ZALO = "zalo", "Zalo"
    IN_PERSON = "in_person", "Trao đổi trực tiếp"


class UrgingQuerySet(models.QuerySet["Urging"]):
    """Adjectives for logged contacts."""

    def visible_to(self, user: User) -> UrgingQuerySet:
        if not user.is_active:
            return self.none()
        return self.all() if user.oversees else self.filter(agency__in=user.represented_ids)


class Urging(models.Model):
    """Lần đôn đốc ghi tay: on a day somebody of the agency was spoken to about these tasks."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="urgings", verbose_name="cơ quan")
    on = models.DateField("ngày")
    means = models.CharField("hình thức", max_length=10, choices=Means.choices)
    spoken_to = models.CharField("người tiếp nhận", max_length=200)
    said = models.TextField("nội dung trao đổi")
    assignments = models.ManyToManyField(
        Assignment, through="UrgingTask", related_name="urgings", verbose_name="nhiệm vụ"
    )
    submission = models.UUIDField("lần gửi mẫu", unique=True, default=uuid.uuid4)
    made_on = models.DateField("ghi ngày")
    made_by = models.ForeignKey("agencies.User", models.PROTECT, related_name="+", verbose_name="người ghi")
    created_at = models.DateTimeField("ghi lúc", auto_now_add=True)

    objects = UrgingQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-pk"]
        verbose_name = "lần đôn đốc"
        default_permissions = ()
        triggers = append_only("urging")

    def __str__(self) -> str:
        return f"{self.get_means_display()} ngày {self.on:%d/%m/%Y}"


class UrgingTask(models.Model):
    """A task that was spoken of."""

    urging = models.ForeignKey(Urging, models.PROTECT, related_name="tasks", verbose_name="lần đôn đốc")
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="urging_tasks", verbose_name="phân công")

    class Meta:
        ordering = ["urging", "pk"]
        verbose_name = "nhiệm vụ được đôn đốc"
        default_permissions = ()
        triggers = append_only("urging_task")
        constraints = [models.UniqueConstraint(fields=["urging", "assignment"], name="urging_task_once")]

    def __str__(self) -> str:
        return f"{self.urging}: {self.assignment_id}"
