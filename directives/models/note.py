"""What agencies say, what they show for it, and what is decided on it. All append-only."""

from __future__ import annotations

import uuid
from datetime import date
from typing import TYPE_CHECKING, Any

import pghistory
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Cast
from django.db.models.lookups import In

from agencies.models import Agency, with_predecessors
from agencies.models.append_only import append_only
from directives.models.assignment import Assignment
from directives.models.obstacle import ProgressNoteQuerySet, RaisedTo
from directives.models.task import Part

if TYPE_CHECKING:
    from agencies.models import User


class ProgressNote(models.Model):
    """Báo cáo tiến độ: what an agency said on a day. Entered by its liaison, or by staff from a letter."""

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="notes", verbose_name="phân công")
    said_on = models.DateField("ngày báo cáo")
    author = models.ForeignKey("agencies.User", models.PROTECT, related_name="notes", verbose_name="người ghi")
    result = models.TextField("kết quả")
    obstacle = models.TextField("khó khăn, vướng mắc", blank=True)
    proposal = models.TextField("đề xuất, kiến nghị", blank=True)
    # Whom obstacle or proposal is addressed to; `proposal_to` names the other body. Empty: nothing was raised.
    raised_to = models.CharField("gửi tới", max_length=8, choices=RaisedTo.choices, blank=True)
    proposal_to = models.CharField("kiến nghị với", max_length=200, blank=True)
    # What was raised before is gone, but for what this note names again. The default is the database's, too: rows
    # are written without Django (`demo/scale.py`).
    clears_obstacles = models.BooleanField("vướng mắc trước đã được tháo gỡ", default=False, db_default=False)
    percent = models.PositiveSmallIntegerField("phần trăm", null=True, blank=True, validators=[MaxValueValidator(100)])
    parts = models.ManyToManyField(Part, related_name="notes", blank=True, verbose_name="đầu việc đã xong")
    claims_completion = models.BooleanField("đề nghị hoàn thành", default=False)
    # "Không thay đổi" of a round: `result` holds the reason.
    is_unchanged = models.BooleanField("không thay đổi", default=False)
    # The round that it was sent in; None for a note of its own, which counts in the round of its day.
    round = models.ForeignKey(
        "directives.Round", models.PROTECT, null=True, blank=True, related_name="notes", verbose_name="kỳ báo cáo"
    )
    no_evidence_reason = models.TextField("lý do không có minh chứng", blank=True)
    # Nhập hộ: the letter that arrived on paper, and the date of the result document.
    letter_number = models.CharField("số công văn", max_length=60, blank=True)
    letter_on = models.DateField("ngày công văn", null=True, blank=True)
    letter_arrived_on = models.DateField("ngày đến", null=True, blank=True)
    # One submission of the form: a double click or a resend finds its first note.
    submission = models.UUIDField("lần gửi", unique=True, default=uuid.uuid4)
    created_at = models.DateTimeField("ghi lúc", auto_now_add=True)

    objects = ProgressNoteQuerySet.as_manager()

    class Meta:
        ordering = ["assignment", "pk"]
        verbose_name = "báo cáo tiến độ"
        default_permissions = ()
        triggers = append_only("note")
        constraints = [
            models.CheckConstraint(condition=~Q(result=""), name="note_has_a_result"),
            models.CheckConstraint(condition=Q(percent=None) | Q(percent__lte=100), name="note_percent_up_to_100"),
            models.CheckConstraint(
                condition=Q(letter_number="") | Q(letter_on__isnull=False, letter_arrived_on__isnull=False),
                name="letter_has_its_dates",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assignment} {self.said_on:%d/%m/%Y}"

    @property
    def addressed_words(self) -> str:
        """Whom the obstacle or proposal is addressed to, by name; empty where nobody was named."""
        if self.raised_to in ("", RaisedTo.OTHER):
            return self.proposal_to
        named = str(RaisedTo(self.raised_to).label)
        return f"{named}; {self.proposal_to}" if self.proposal_to else named

    @property
    def is_on_behalf(self) -> bool:
        return bool(self.letter_number)

    @property
    def came_on(self) -> date:
        """The day that tells whether it is late in its round: a letter's arrival, else when it was said."""
        return self.letter_arrived_on or self.said_on


class UploadQuerySet(models.QuerySet["Upload"]):
    """Adjectives for files."""

    def visible_to(self, user: User) -> UploadQuerySet:
        """Those that serve an assignment which the person may read, or lie on the shelf of an agency of theirs.

        And those that lie with a draft of their agency's report: who is to approve it sees what goes with it.
        """
        from directives.models.move import readable_to
        from directives.models.round import kept_in_drafts

        shown = Evidence.objects.filter(upload=models.OuterRef("pk"), note__assignment__in=readable_to(user))
        seen = Agency.objects.visible_to(user).values("pk")
        agencies = seen if user.oversees else with_predecessors(user.represented_ids)
        kept = In(Cast("uuid", models.TextField()), kept_in_drafts(user.represented_ids))
        return self.filter(models.Exists(shown) | Q(agency__in=agencies) | Q(kept))

    def of_agency(self, agency: Agency) -> UploadQuerySet:
        """The agency's shelf: put there by hand, or shown as evidence of its work, also before that was its own."""
        shown = Evidence.objects.of_agency(agency).filter(upload=models.OuterRef("pk"))
        return self.filter(Q(agency__in=with_predecessors([agency.pk])) | models.Exists(shown))

    def pieces(self) -> UploadQuerySet:
        """One for each content: the file under the name that it was given last."""
        latest = self.order_by().values("sha256").annotate(latest=models.Max("pk")).values("latest")
        return self.filter(pk__in=latest)


@pghistory.track(pghistory.InsertEvent())
class Upload(models.Model):
    """A file on the evidence shelf: its bytes lie under var/files by their checksum, once."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    name = models.CharField("tên tệp", max_length=255)
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveIntegerField("số byte")
    content_type = models.CharField(max_length=100)
    uploaded_by = models.ForeignKey("agencies.User", models.PROTECT, related_name="+")
    # The agency whose shelf it lies on; None: only the notes that it serves say who may see it.
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="shelf", verbose_name="cơ quan"
    )
    uploaded_at = models.DateTimeField(auto_now_add=True)

    objects = UploadQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = "tệp"
        default_permissions = ()
        triggers = append_only("upload")

    def __str__(self) -> str:
        return self.name


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    """Adjectives for evidence."""

    def of_agency(self, agency: Agency) -> EvidenceQuerySet:
        from directives.models.move import Lineage

        carried = Assignment.objects.filter(agency=agency).order_by().values("pk")
        return self.filter(note__assignment__in=Lineage(carried))

    def documents(self) -> EvidenceQuerySet:
        """Result documents named instead of attached: one for each number and date, as it was cited last."""
        cited = self.exclude(document_number="")
        latest = cited.order_by().values("document_number", "document_on").annotate(latest=models.Max("pk"))
        return self.filter(pk__in=latest.values("latest"))


class Evidence(models.Model):
    """Tài liệu minh chứng of a note: a file, or a document named by number and date."""

    note = models.ForeignKey(ProgressNote, models.PROTECT, related_name="evidence", verbose_name="báo cáo")
    upload = models.ForeignKey(Upload, models.PROTECT, null=True, blank=True, related_name="evidence")
    document_number = models.CharField("số, ký hiệu", max_length=60, blank=True)
    document_on = models.DateField("ngày ban hành", null=True, blank=True)
    signer = models.CharField("người ký", max_length=100, blank=True)
    summary = models.CharField("trích yếu", max_length=500, blank=True)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = "tài liệu minh chứng"
        verbose_name_plural = "tài liệu minh chứng"
        default_permissions = ()
        triggers = append_only("evidence")
        constraints = [
            models.CheckConstraint(
                condition=Q(upload__isnull=False) | ~Q(document_number=""), name="evidence_is_something"
            )
        ]

    def __str__(self) -> str:
        return self.document_number or str(self.upload)


class Outcome(models.TextChoices):
    """What a reviewer may decide on a claim."""

    CONFIRMED = "confirmed", "Xác nhận hoàn thành"
    ASKED_MORE = "asked_more", "Đề nghị bổ sung"


class ReviewQuerySet(models.QuerySet["Review"]):
    """Adjectives for reviews."""

    def about(self, assignment: Any) -> ReviewQuerySet:
        """Of this assignment (a key), or of one whose work went over to it: a claim is decided under the old name."""
        from directives.models.move import Lineage

        return self.filter(note__assignment__in=Lineage(assignment))


class Review(models.Model):
    """The decision on a claimed completion."""

    note = models.OneToOneField(ProgressNote, models.PROTECT, related_name="review", verbose_name="đề nghị")
    outcome = models.CharField("quyết định", max_length=10, choices=Outcome.choices)
    reason = models.TextField("lý do", blank=True)
    decided_on = models.DateField("ngày quyết định")
    decided_by = models.ForeignKey("agencies.User", models.PROTECT, related_name="reviews", verbose_name="người xét")
    completed_on = models.DateField("ngày hoàn thành được tính", null=True, blank=True)
    supplement_due_on = models.DateField("hạn bổ sung", null=True, blank=True)
    created_at = models.DateTimeField("ghi lúc", auto_now_add=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = "quyết định"
        default_permissions = ()
        triggers = append_only("review")
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome=Outcome.CONFIRMED, completed_on__isnull=False)
                | Q(outcome=Outcome.ASKED_MORE) & ~Q(reason=""),
                name="review_says_why",
            )
        ]

    def __str__(self) -> str:
        return self.get_outcome_display()


class Decision(models.Model):
    """A verb that staff used on an assignment or its task, with its reason, for the timeline."""

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="decisions", verbose_name="phân công")
    verb = models.CharField("việc đã làm", max_length=20)
    reason = models.TextField("lý do", blank=True)
    instrument = models.CharField("văn bản làm căn cứ", max_length=300, blank=True)
    old = models.CharField("trước", max_length=300, blank=True)
    new = models.CharField("sau", max_length=300, blank=True)
    decided_on = models.DateField("ngày")
    decided_by = models.ForeignKey(
        "agencies.User",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="decisions",
        verbose_name="người quyết định",
    )
    created_at = models.DateTimeField("ghi lúc", auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = "quyết định trên nhiệm vụ"
        default_permissions = ()
        triggers = append_only("decision")

    def __str__(self) -> str:
        return self.verb
