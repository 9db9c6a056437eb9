"""Who looked at a piece of evidence. Append-only."""

from django.db import models

from agencies.models.append_only import append_only
from directives.models.note import Upload


class EvidenceView(models.Model):
    """One person opened or fetched one file; `seen_through` where somebody of support looked as that person."""

    upload = models.ForeignKey(Upload, models.PROTECT, related_name="views", verbose_name="tệp")
    viewer = models.ForeignKey("agencies.User", models.PROTECT, related_name="+", verbose_name="người xem")
    seen_through = models.ForeignKey(
        "agencies.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="xem như"
    )
    is_download = models.BooleanField("tải về", default=False)
    seen_on = models.DateField("ngày xem")
    seen_at = models.DateTimeField("xem lúc", auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = "lượt xem minh chứng"
        default_permissions = ()
        triggers = append_only("evidence_view")

    def __str__(self) -> str:
        return f"{self.viewer}: {self.upload}"
