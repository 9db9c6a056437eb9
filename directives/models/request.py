"""What an agency asks for: more time, or to be released; and the decision. All append-only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from agencies.models import Agency
from agencies.models.append_only import append_only
from directives.models.assignment import Assignment
from directives.models.note import Upload

if TYPE_CHECKING:
    from agencies.models import User


class RequestQuerySet(models.QuerySet):
    """Adjectives for both kinds of requests."""

    def waiting(self) -> Self:
        """Neither decided nor withdrawn, the oldest first."""
        return self.filter(decision=None).order_by("asked_on", "pk")

    def visible_to(self, user: User) -> Self:
        """Those about an assignment that the person may see."""
        return self.filter(assignment__in=Assignment.objects.visible_to(user))


class Extension(models.Model):
    """Xin gia hạn: the day asked for and why; `old_deadline` is what held when it was asked."""

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="extensions", verbose_name="phân công")
    asked_until = models.DateField("xin gia hạn đến ngày")
    reason = models.TextField("lý do")
    upload = models.ForeignKey(Upload, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="tệp")
    old_deadline = models.DateField("thời hạn khi xin")
    is_late = models.BooleanField("xin sau khi đã quá hạn", default=False)
    asked_on = models.DateField("ngày xin")
    asked_by = models.ForeignKey("agencies.User", models.PROTECT, related_name="+", verbose_name="người xin")
    created_at = models.DateTimeField("ghi lúc", auto_now_add=True)

    objects = RequestQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = "xin gia hạn"
        default_permissions = ()
        triggers = append_only("extension")
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="extension_says_why")]

    def __str__(self) -> str:
        return f"{self.assignment}: {self.asked_until:%d/%m/%Y}"


class Answer(models.TextChoices):
    """What became of a request."""

    APPROVED = "approved", "Đồng ý"
    SHORTENED = "shortened", "Đồng ý, rút ngắn"
    REFUSED = "refused", "Không đồng ý"
    WITHDRAWN = "withdrawn", "Đơn vị rút đề nghị"
    OBSOLETE = "obsolete", "Không còn cần xét"


# More time was given.
GIVEN = (Answer.APPROVED, Answer.SHORTENED)


class ExtensionDecision(models.Model):
    """The decision on a request for more time; `granted_until` where some was given."""

    extension = models.OneToOneField(Extension, models.PROTECT, related_name="decision", verbose_name="đề nghị")
    answer = models.CharField("quyết định", max_length=10, choices=Answer.choices)
    granted_until = models.DateField("gia hạn đến ngày", null=True, blank=True)
    reason = models.TextField("lý do", blank=True)
    decided_on = models.DateField("ngày quyết định")
    decided_by = models.ForeignKey(
        "agencies.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người quyết định"
    )
    created_at = models.DateTimeField("ghi lúc", auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = "quyết định gia hạn"
        default_permissions = ()
        triggers = append_only("extension_decision")
        constraints = [
            models.CheckConstraint(
                condition=~Q(answer__in=("approved", "shortened")) | Q(granted_until__isnull=False),
                name="granted_until_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(answer__in=("shortened", "refused")) | ~Q(reason=""), name="refusal_says_why"
            ),
        ]

    def __str__(self) -> str:
        return self.get_answer_display()


class Ground(models.TextChoices):
    """Why an agency asks to be released from a task."""

    NOT_OURS = "not_ours", "Không thuộc thẩm quyền"
    NOT_APPLICABLE = "not_applicable", "Không áp dụng tại đơn vị"


class Release(models.Model):
    """Đề nghị thôi giao hoặc chuyển: `to_agency` where the agency names who should do it instead."""

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="releases", verbose_name="phân công")
    ground = models.CharField("căn cứ", max_length=14, choices=Ground.choices)
    to_agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="đề nghị chuyển cho"
    )
    reason = models.TextField("lý do")
    upload = models.ForeignKey(Upload, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="tệp")
    asked_on = models.DateField("ngày đề nghị")
    asked_by = models.ForeignKey("agencies.User", models.PROTECT, related_name="+", verbose_name="người đề nghị")
    created_at = models.DateTimeField("ghi lúc", auto_now_add=True)

    objects = RequestQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = "đề nghị thôi giao"
        default_permissions = ()
        triggers = append_only("release")
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="release_says_why")]

    def __str__(self) -> str:
        return f"{self.assignment}: {self.get_ground_display()}"


class ReleaseDecision(models.Model):
    """The decision on a request to be released; always with its reason."""

    release = models.OneToOneField(Release, models.PROTECT, related_name="decision", verbose_name="đề nghị")
    answer = models.CharField("quyết định", max_length=10, choices=Answer.choices)
    moved_to = models.ForeignKey(
        Assignment, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="chuyển thành phân công"
    )
    reason = models.TextField("lý do", blank=True)
    decided_on = models.DateField("ngày quyết định")
    decided_by = models.ForeignKey(
        "agencies.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người quyết định"
    )
    created_at = models.DateTimeField("ghi lúc", auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = "quyết định thôi giao"
        default_permissions = ()
        triggers = append_only("release_decision")
        constraints = [
            models.CheckConstraint(
                condition=Q(answer__in=("withdrawn", "obsolete")) | ~Q(reason=""), name="release_decision_says_why"
            ),
            models.CheckConstraint(condition=~Q(answer="shortened"), name="a_release_is_not_shortened"),
        ]

    def __str__(self) -> str:
        return self.get_answer_display()


def sent_with_requests(user: User) -> Q:
    """Of uploads: those that came with a request about an assignment that the person may see."""
    extensions = Extension.objects.visible_to(user).filter(upload__isnull=False)
    releases = Release.objects.visible_to(user).filter(upload__isnull=False)
    return Q(pk__in=extensions.values("upload")) | Q(pk__in=releases.values("upload"))
