"""One issued document that orders work, and its numbered addressees."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from agencies.models import Agency

if TYPE_CHECKING:
    from agencies.models import User


class DirectiveQuerySet(models.QuerySet["Directive"]):
    """Adjectives for directives."""

    def published(self) -> DirectiveQuerySet:
        return self.exclude(published_on=None)

    def kept(self) -> DirectiveQuerySet:
        """All but those that went out again with the old book that had brought them."""
        return self.filter(withdrawn_on=None)

    def visible_to(self, user: User) -> DirectiveQuerySet:
        """Overseers see all that is published, keepers drafts too; a liaison those that give them work."""
        if not user.is_active:
            return self.none()
        if user.keeps_tasks:
            return self.kept()
        if user.oversees:
            return self.published()
        return self.published().filter(models.Exists(Directive.assignments_of(user.represented_ids)))


@pghistory.track(exclude=["text", "segments"])
class Directive(models.Model):
    """Văn bản chỉ đạo. A draft until it is published; its number is unique together with its date."""

    number = models.CharField("số", max_length=11)
    symbol = models.CharField("ký hiệu", max_length=30)
    doc_type = models.CharField("loại văn bản", max_length=100)
    issued_on = models.DateField("ngày ban hành")
    meeting_on = models.DateField("ngày họp", null=True, blank=True)
    issuer = models.CharField("cơ quan ban hành", max_length=200, blank=True)
    place = models.CharField("địa danh", max_length=100, blank=True)
    title = models.TextField("trích yếu")
    chair = models.CharField("người kết luận", max_length=200, blank=True)
    signer = models.CharField("người ký", max_length=100, blank=True)
    signed_as = ArrayField(models.CharField(max_length=200), verbose_name="quyền hạn, chức vụ", default=list)
    recipients = ArrayField(models.CharField(max_length=300), verbose_name="nơi nhận", default=list)
    text = models.TextField("toàn văn")
    # [[start, end, kind, ref], …] without gap or overlap: what each stretch of the text is.
    segments = models.JSONField("các đoạn", default=list)
    source_name = models.CharField("tên tệp gốc", max_length=200, blank=True)
    source_sha256 = models.CharField("mã kiểm tra tệp gốc", max_length=64, blank=True)
    is_illustrative = models.BooleanField("dữ liệu minh hoạ", default=False)
    created_on = models.DateField("ngày nhập")
    created_by = models.ForeignKey(
        "agencies.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người nhập"
    )
    published_on = models.DateField("ngày công bố", null=True, blank=True)
    closed_on = models.DateField("ngày kết thúc theo dõi", null=True, blank=True)
    closed_by_instrument = models.CharField("văn bản kết thúc", max_length=300, blank=True)
    # Known only from the tracking workbook that was kept before: its text is that of its tasks.
    book = models.ForeignKey(
        "directives.OldBook", models.PROTECT, null=True, blank=True, related_name="directives", verbose_name="từ sổ cũ"
    )
    withdrawn_on = models.DateField("rút khỏi sổ ngày", null=True, blank=True)

    objects = DirectiveQuerySet.as_manager()

    class Meta:
        ordering = ["-issued_on", "-pk"]
        verbose_name = "văn bản chỉ đạo"
        verbose_name_plural = "văn bản chỉ đạo"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["number", "symbol", "issued_on"], condition=Q(withdrawn_on=None), name="directive_once"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on=None) | Q(published_on=None, book__isnull=False),
                name="withdrawn_directive_is_nobodys",
            ),
            models.CheckConstraint(condition=~Q(number="") & ~Q(symbol=""), name="directive_has_a_number"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def code(self) -> str:
        """Number and symbol as written: 86/TB-UBND."""
        return f"{self.number}/{self.symbol}"

    @property
    def is_published(self) -> bool:
        return self.published_on is not None

    @staticmethod
    def assignments_of(agencies: Collection[int]) -> models.QuerySet:
        """The assignments of the outer directive that these agencies carry; for use inside Exists."""
        from directives.models.assignment import Assignment

        return Assignment.objects.filter(agency__in=agencies, task__directive=models.OuterRef("pk"))


@pghistory.track()
class Addressee(models.Model):
    """Đơn vị được giao: a numbered part of a directive, addressed to one agency or one group."""

    directive = models.ForeignKey(Directive, models.PROTECT, related_name="addressees", verbose_name="văn bản")
    position = models.PositiveSmallIntegerField("thứ tự")
    item = models.CharField("mục", max_length=30, blank=True)
    number = models.CharField("số mục", max_length=20, blank=True)
    section = models.CharField("phần", max_length=200, blank=True)
    name = models.CharField("tên trong văn bản", max_length=300)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="addressed", verbose_name="cơ quan hoặc nhóm")
    is_asked = models.BooleanField("được đề nghị (không phải giao)", default=False)
    # Where it stands in the text; both 0 for one that an instruction added, or an old book (`section` says so).
    start = models.PositiveIntegerField("từ ký tự")
    end = models.PositiveIntegerField("đến ký tự")

    class Meta:
        ordering = ["directive", "position"]
        verbose_name = "đơn vị được giao"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["directive", "position"], name="addressee_position_once"),
            models.CheckConstraint(condition=Q(end__gte=models.F("start")), name="addressee_span"),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.name}" if self.number else self.name

    @property
    def place(self) -> str:
        """Where in the document it stands, in words: "mục 12"; what an instruction added stands nowhere in it."""
        if number := self.number or self.item:
            return f"mục {number}"
        if self.end:
            return self.name
        return f"theo {self.section.lower()}" if self.section else "theo ý kiến chỉ đạo"


@pghistory.track()
class CitedDocument(models.Model):
    """A document that a directive names; tasks say which of them they cite."""

    directive = models.ForeignKey(Directive, models.PROTECT, related_name="cited_documents", verbose_name="văn bản")
    number = models.CharField("số, ký hiệu", max_length=60)
    doc_type = models.CharField("loại văn bản", max_length=100, blank=True)
    issued_on = models.DateField("ngày ban hành", null=True, blank=True)
    issuer = models.CharField("cơ quan ban hành", max_length=200, blank=True)
    abstract = models.TextField("trích yếu", blank=True)
    start = models.PositiveIntegerField("từ ký tự")
    end = models.PositiveIntegerField("đến ký tự")

    class Meta:
        ordering = ["directive", "start"]
        verbose_name = "văn bản được viện dẫn"
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["directive", "number"], name="cited_once")]

    def __str__(self) -> str:
        return f"{self.doc_type} {self.number}".strip()
