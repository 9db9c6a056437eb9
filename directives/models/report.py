"""A report: figures frozen at a moment, words that staff may change until it goes out, and the files made of both."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import TYPE_CHECKING

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery

from agencies.models import Agency
from agencies.models.append_only import append_only, no_truncate
from directives.models.directive import Directive
from directives.models.round import Round

if TYPE_CHECKING:
    from agencies.models import User


class Scope(models.TextChoices):
    """What a report is about."""

    DIRECTIVES = "directives", "Một hoặc nhiều văn bản"
    AGENCY = "agency", "Một cơ quan"
    GROUP = "group", "Một nhóm cơ quan"
    ALL = "all", "Mọi văn bản đang theo dõi"


_UNPUBLISHED = """
    IF EXISTS (SELECT 1 FROM directives_publication WHERE report_id = {old}) THEN
        RAISE EXCEPTION 'a published report does not change';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
"""


class ReportState(models.TextChoices):
    """How far the worker has come with the files."""

    WAITING = "waiting", "Đang chờ"
    RENDERING = "rendering", "Đang lập"
    READY = "ready", "Đã xong"
    FAILED = "failed", "Không lập được"


class ReportQuerySet(models.QuerySet["Report"]):
    """Adjectives for reports."""

    def visible_to(self, user: User) -> ReportQuerySet:
        """Overseers see every report whose directives they may all see; nobody else sees any."""
        if not (user.is_active and user.oversees):
            return self.none()
        hidden = Report.directives.through.objects.filter(report=OuterRef("pk"))
        return self.exclude(Exists(hidden.exclude(directive__in=Directive.objects.visible_to(user))))

    def unfinished(self) -> ReportQuerySet:
        return self.filter(state__in=(ReportState.WAITING, ReportState.RENDERING))

    def claimable(self, moment: datetime) -> ReportQuerySet:
        """Those that nobody renders: waiting, or whose worker has not been heard of since its lease ended."""
        left = Q(state=ReportState.RENDERING, leased_until__lt=moment)
        return self.filter(Q(state=ReportState.WAITING) | left).exclude(gather_at__gt=moment)

    def drafts(self) -> ReportQuerySet:
        """Made, and not published."""
        return self.filter(state=ReportState.READY, publication=None)

    def published(self) -> ReportQuerySet:
        return self.filter(publication__isnull=False)

    def about_the_same(self, report: Report) -> ReportQuerySet:
        """Of the same scope: those that `report` can be compared with."""
        found = self.filter(scope=report.scope, agency=report.agency_id)
        if report.scope == Scope.DIRECTIVES:
            found = found.filter(directives_key=report.directives_key)
        return found


@pghistory.track(exclude=["figures", "progress", "step"])
class Report(models.Model):
    """A progress report. `figures` is everything that was counted and quoted; it is never gathered a second time."""

    scope = models.CharField("phạm vi", max_length=10, choices=Scope.choices, default=Scope.DIRECTIVES)
    directives = models.ManyToManyField(Directive, related_name="reports", verbose_name="văn bản", blank=True)
    # The keys of the directives in order, so that reports about the same ones find each other.
    directives_key = models.CharField("các văn bản", max_length=2000, blank=True, editable=False)
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="reports", verbose_name="cơ quan, nhóm"
    )
    # The round whose end drafted it by itself.
    round = models.ForeignKey(
        Round, models.PROTECT, null=True, blank=True, related_name="reports", verbose_name="kỳ báo cáo"
    )
    period_start = models.DateField("kỳ từ ngày", null=True, blank=True)
    period_name = models.CharField("tên kỳ", max_length=60, blank=True)
    as_of = models.DateField("số liệu tính đến ngày")
    as_of_time = models.TimeField("đến giờ", null=True, blank=True)
    # Where an hour is named the figures are gathered then, not before: later they would hold what came after it.
    gather_at = models.DateTimeField("gom số liệu lúc", null=True, blank=True)
    figures = models.JSONField("số liệu", null=True, blank=True)
    figures_sha256 = models.CharField("mã kiểm tra số liệu", max_length=64, blank=True)
    # What the files show, figures and words together.
    content_sha256 = models.CharField("mã kiểm tra nội dung", max_length=64, blank=True)
    state = models.CharField("tình trạng", max_length=10, choices=ReportState.choices, default=ReportState.WAITING)
    progress = models.PositiveSmallIntegerField("tiến độ (%)", default=0)
    step = models.CharField("đang làm", max_length=100, blank=True)
    error = models.TextField("lỗi", blank=True)
    leased_until = models.DateTimeField("worker giữ đến", null=True, blank=True)
    lease = models.UUIDField("mã giữ", null=True, blank=True)
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
        constraints = [
            models.CheckConstraint(
                condition=Q(scope__in=(Scope.AGENCY, Scope.GROUP), agency__isnull=False)
                | Q(scope__in=(Scope.DIRECTIVES, Scope.ALL), agency__isnull=True),
                name="report_names_its_agency",
            ),
            models.CheckConstraint(
                condition=Q(period_start=None) | Q(period_start__lte=F("as_of")), name="report_period_in_order"
            ),
            models.UniqueConstraint(fields=["round"], name="one_report_by_itself"),
        ]
        triggers = [
            pgtrigger.Protect(
                name="report_figures_stay",
                operation=pgtrigger.UpdateOf("figures", "figures_sha256", "as_of", "as_of_time"),
                condition=pgtrigger.Q(old__figures__isnull=False)
                & (
                    pgtrigger.Q(old__figures__df=pgtrigger.F("new__figures"))
                    | pgtrigger.Q(old__figures_sha256__df=pgtrigger.F("new__figures_sha256"))
                    | pgtrigger.Q(old__as_of__df=pgtrigger.F("new__as_of"))
                    | pgtrigger.Q(old__as_of_time__df=pgtrigger.F("new__as_of_time"))
                ),
            ),
            pgtrigger.Protect(name="report_stays", operation=pgtrigger.Delete),
            pgtrigger.Trigger(
                name="report_once_published",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf(
                    "scope",
                    "agency_id",
                    "round_id",
                    "directives_key",
                    "period_start",
                    "period_name",
                    "made_by_id",
                    "made_on",
                ),
                func=_UNPUBLISHED.format(old="OLD.id"),
            ),
            no_truncate("report"),
        ]

    def __str__(self) -> str:
        return f"Báo cáo {self.name} đến {self.as_of:%d/%m/%Y}"

    @property
    def name(self) -> str:
        """What it is about, in a few words: "86/TB-UBND", "Sở Tài chính", "mọi văn bản"."""
        if self.agency:
            return self.agency.name
        if self.scope == Scope.ALL:
            return "mọi văn bản đang theo dõi"
        codes = [directive.code for directive in self.directives.all()]
        return ", ".join(codes[:3]) + (f" và {len(codes) - 3} văn bản khác" if len(codes) > 3 else "")

    @property
    def is_ready(self) -> bool:
        return self.state == ReportState.READY

    @property
    def is_failed(self) -> bool:
        return self.state == ReportState.FAILED

    @property
    def is_unfinished(self) -> bool:
        return self.state in (ReportState.WAITING, ReportState.RENDERING)

    @property
    def is_published(self) -> bool:
        return hasattr(self, "publication")


class ReportDirective(Report.directives.through):  # type: ignore[misc, name-defined]
    """Which directive a report is about: of a published one that stays, as its own columns do."""

    class Meta:
        proxy = True
        verbose_name = "văn bản của báo cáo"
        default_permissions = ()
        triggers = [
            pgtrigger.Trigger(
                name="report_directive_while_draft",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func=_UNPUBLISHED.format(old="OLD.report_id"),
            ),
            pgtrigger.Trigger(
                name="report_directive_in_draft",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=_UNPUBLISHED.format(old="NEW.report_id"),
            ),
            no_truncate("report_directive"),
        ]

    def __str__(self) -> str:
        return f"{self.report_id}: {self.directive}"


class Place(models.TextChoices):
    """Where a piece of a report's text stands, in the order of the paper."""

    SUBJECT = "subject", "Trích yếu"
    ADDRESSED = "addressed", "Kính gửi (mỗi nơi một dòng)"
    GROUNDS = "grounds", "Căn cứ (mỗi văn bản một dòng)"
    OPENING = "opening", "Mở đầu"
    GENERAL = "general", "I.1. Kết quả chung"
    AGENCIES = "agencies", "I.2. Kết quả theo cơ quan"
    CHANGE = "change", "I.3. So với báo cáo trước"
    LATE = "late", "II.1. Nhiệm vụ quá hạn"
    SILENT = "silent", "II.2. Chưa báo cáo trong kỳ"
    CAUSES = "causes", "II.3. Nguyên nhân"
    OBSTACLES = "obstacles", "III. Khó khăn, vướng mắc và kiến nghị"
    NEXT = "next", "IV. Nhiệm vụ kỳ tới"
    CLOSING = "closing", "Kết thúc"


@pghistory.track()
class Passage(models.Model):
    """A piece of a report's text: as it was drafted from the figures, and as it stands. Paragraphs are lines."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="passages", verbose_name="báo cáo")
    place = models.CharField("chỗ", max_length=20, choices=Place.choices)
    position = models.PositiveSmallIntegerField("thứ tự")
    drafted = models.TextField("dự thảo từ số liệu", blank=True)
    words = models.TextField("nội dung", blank=True)
    version = models.PositiveIntegerField("lần sửa", default=0)
    edited_by = models.ForeignKey(
        "agencies.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người sửa"
    )
    edited_on = models.DateField("sửa ngày", null=True, blank=True)

    class Meta:
        ordering = ["report", "position"]
        verbose_name = "đoạn của báo cáo"
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["report", "place"], name="one_passage_a_place")]
        triggers = [
            pgtrigger.Trigger(
                name="passage_while_draft",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func=_UNPUBLISHED.format(old="OLD.report_id"),
            ),
            pgtrigger.Trigger(
                name="passage_in_draft",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=_UNPUBLISHED.format(old="NEW.report_id"),
            ),
            no_truncate("passage"),
        ]

    def __str__(self) -> str:
        return f"{self.report_id}: {self.place}"

    @property
    def is_edited(self) -> bool:
        return self.words != self.drafted


class Publication(models.Model):
    """A report as it went out. `record` is all that its files show, for ever; the number is the clerk's, or empty."""

    report = models.OneToOneField(Report, models.PROTECT, related_name="publication", verbose_name="báo cáo")
    record = models.JSONField("nội dung")
    sha256 = models.CharField("mã kiểm tra nội dung", max_length=64)
    number = models.CharField("số", max_length=10, blank=True)
    issued_on = models.DateField("ngày ban hành", null=True, blank=True)
    published_by = models.ForeignKey("agencies.User", models.PROTECT, related_name="+", verbose_name="người phát hành")
    published_on = models.DateField("phát hành ngày")
    created_at = models.DateTimeField("ghi lúc", auto_now_add=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = "báo cáo đã phát hành"
        default_permissions = ()
        triggers = append_only("publication")

    def __str__(self) -> str:
        return f"{self.report_id}"


class FileKind(models.TextChoices):
    """What a report can be had as."""

    PDF = "pdf", "PDF"
    WORD = "docx", "Word"
    EXCEL = "xlsx", "Excel"
    SUMMARY = "tom-tat", "Bản tóm tắt một trang"


class ReportFileQuerySet(models.QuerySet["ReportFile"]):
    """Adjectives for files of reports."""

    def superseded(self, before: datetime) -> ReportFileQuerySet:
        """Those that another one took the place of before that moment, so that no page shows them any more.

        Neither what was published nor what anybody fetched is ever among them.
        """
        shown = ReportFile.objects.filter(
            report=OuterRef("report"),
            kind=OuterRef("kind"),
            content_sha256=OuterRef("report__content_sha256"),
            made_at__lt=before,
        )
        rows = self.filter(report__state=ReportState.READY, made_at__lt=before, downloads=None)
        rows = rows.exclude(report__publication__sha256=F("content_sha256"))
        newest = Subquery(shown.order_by("-pk").values("pk")[:1])
        return rows.alias(newest=newest).filter(newest__isnull=False).exclude(newest=F("pk"))


class ReportFile(models.Model):
    """A file that was made; the newest of its kind with the report's `content_sha256` is the one that counts."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="files", verbose_name="báo cáo")
    kind = models.CharField("loại tệp", max_length=10, choices=FileKind.choices)
    path = models.CharField("tệp", max_length=200)
    size = models.PositiveBigIntegerField("cỡ")
    sha256 = models.CharField("mã kiểm tra tệp", max_length=64)
    content_sha256 = models.CharField("mã kiểm tra nội dung", max_length=64)
    made_at = models.DateTimeField("lập lúc", auto_now_add=True)

    objects = ReportFileQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = "tệp của báo cáo"
        default_permissions = ()
        indexes = [models.Index(fields=["report", "content_sha256", "kind"], name="report_file_current")]
        triggers = append_only("report_file")

    def __str__(self) -> str:
        return self.path


class Download(models.Model):
    """Who fetched which file of a report, and when."""

    file = models.ForeignKey(ReportFile, models.PROTECT, related_name="downloads", verbose_name="tệp")
    by = models.ForeignKey("agencies.User", models.PROTECT, related_name="+", verbose_name="người tải")
    on = models.DateField("ngày")
    at = models.DateTimeField("lúc", auto_now_add=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = "lượt tải báo cáo"
        default_permissions = ()
        triggers = append_only("download")

    def __str__(self) -> str:
        return f"{self.by_id}: {self.file_id}"
