"""Bodies that are given work: single agencies, and groups of them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from agencies.clock import today

if TYPE_CHECKING:
    from agencies.models.user import User

# What a person may hold on an agency: file its reports; approve them too; name its people too.
REPRESENT, APPROVE, LEAD = "represent", "approve", "lead"
RIGHT_WORDS = {
    REPRESENT: "Đầu mối",
    APPROVE: "Cấp phó được uỷ quyền",
    LEAD: "Thủ trưởng",
}
RIGHTS = tuple(RIGHT_WORDS)


class Kind(models.TextChoices):
    """What kind of body; the order of agencies in lists follows `sort_key`, not this."""

    STANDING = "standing", "Cơ quan thường trực"
    DEPARTMENT = "department", "Sở, ban, ngành"
    BRANCH = "branch", "Cơ quan ngành dọc"
    DISTRICT = "district", "UBND cấp huyện"
    COMMUNE = "commune", "UBND cấp xã"
    PARTY = "party", "Cơ quan Đảng"
    TEAM = "team", "Tổ giúp việc"
    GROUP = "group", "Nhóm cơ quan"
    OTHER = "other", "Cơ quan khác"


class AgencyQuerySet(models.QuerySet["Agency"]):
    """Adjectives for agencies."""

    def visible_to(self, user: User) -> AgencyQuerySet:
        """Those whose work `user` may see. Joins the grants itself: an inactive user sees nothing."""
        if not user.is_active:
            return self.none()
        if user.oversees:
            return self.all()
        return self.represented_by(user)

    def represented_by(self, user: User) -> AgencyQuerySet:
        """Those that `user` may act for: by a grant, or as the deputy of somebody who is absent today."""
        return self.filter(Exists(_grants(user)))

    def led_by(self, user: User, *rights: str) -> AgencyQuerySet:
        """Those on which `user` holds one of these rights (by themselves or for somebody absent)."""
        return self.filter(Exists(_grants(user, rights)))

    def standing(self) -> Agency | None:
        """Cơ quan thường trực of the steering committee; None where the register has none."""
        return self.filter(kind=Kind.STANDING).order_by(F("ended_on").desc(nulls_first=True), "sort_key").first()

    def living(self) -> AgencyQuerySet:
        """Those that have not ended: only they are given new work."""
        return self.filter(ended_on=None)

    def single(self) -> AgencyQuerySet:
        """Bodies that can do work themselves."""
        return self.filter(is_group=False)

    def without_people(self) -> AgencyQuerySet:
        """Bodies for which nobody with an open account may act."""
        from agencies.models.grants import AgencyUserPermission

        held = AgencyUserPermission.objects.filter(content_object=OuterRef("pk"), user__is_active=True)
        return self.single().exclude(Exists(held))

    def members_of(self, group: Agency, day: date) -> AgencyQuerySet:
        """The members of a group on a day, in the order of lists."""
        return self.filter(
            Q(groups__until=None) | Q(groups__until__gt=day), groups__group=group, groups__since__lte=day
        ).order_by("sort_key")


def _grants(user: User, rights: tuple[str, ...] = RIGHTS) -> models.QuerySet:
    """Their own, and those of whoever they stand in for today: a right is what holds now, on any page."""
    from agencies.models.absence import Absence
    from agencies.models.grants import AgencyUserPermission

    stood_in_for = Absence.objects.in_force(today()).filter(deputy=user).values("user")
    return AgencyUserPermission.objects.filter(
        Q(user=user) | Q(user__in=stood_in_for),
        content_object=OuterRef("pk"),
        user__is_active=True,
        permission__codename__in=rights,
    )


@pghistory.track()
class Agency(models.Model):
    """A body, or a group of bodies, with its names and its dates of life."""

    code = models.SlugField("mã", max_length=40, unique=True)
    name = models.CharField("tên", max_length=200)
    short_name = models.CharField("tên ngắn", max_length=60)
    kind = models.CharField("loại", max_length=12, choices=Kind.choices, default=Kind.OTHER)
    is_group = models.BooleanField("là nhóm cơ quan", default=False)
    aliases = ArrayField(models.CharField(max_length=200), verbose_name="tên gọi khác", default=list, blank=True)
    sort_key = models.CharField("thứ tự", max_length=60, db_index=True)
    identifier = models.CharField("mã định danh", max_length=35, blank=True)
    started_on = models.DateField("thành lập từ", null=True, blank=True)
    ended_on = models.DateField("kết thúc từ", null=True, blank=True)
    is_verified = models.BooleanField("đã đối chiếu", default=True)
    needs_approval = models.BooleanField("thủ trưởng duyệt báo cáo kỳ trước khi gửi", default=False)

    objects = AgencyQuerySet.as_manager()

    class Meta:
        ordering = ["sort_key"]
        verbose_name = "cơ quan"
        verbose_name_plural = "cơ quan"
        default_permissions = ()
        permissions = [
            (REPRESENT, "Thay mặt cơ quan báo cáo nhiệm vụ"),
            (APPROVE, "Duyệt báo cáo của cơ quan (cấp phó được uỷ quyền)"),
            (LEAD, "Thủ trưởng: duyệt báo cáo, cử đầu mối và cấp phó"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        """The name, with its dates of life where it has any: names are used again (“Quảng Trị”, “Sở Tài chính”)."""
        return self._dated(self.name)

    @property
    def short_label(self) -> str:
        """The same of the short name, for narrow places."""
        return self._dated(self.short_name)

    def _dated(self, name: str) -> str:
        words = []
        if self.started_on:
            words.append(f"từ {self.started_on:%d/%m/%Y}")
        if self.ended_on:
            words.append(f"đến trước {self.ended_on:%d/%m/%Y}")
        return f"{name} ({', '.join(words)})" if words else name

    def lives_on(self, day: date | None) -> bool:
        """Whether it was there on a day; None: whether it has not ended."""
        if day is None:
            return self.ended_on is None
        return (self.started_on is None or self.started_on <= day) and (self.ended_on is None or self.ended_on > day)

    @property
    def has_ended(self) -> bool:
        return self.ended_on is not None


@pghistory.track()
class Membership(models.Model):
    """An agency belongs to a group from a day on (`until` is the first day it no longer does)."""

    group = models.ForeignKey(
        Agency, models.PROTECT, related_name="members", limit_choices_to={"is_group": True}, verbose_name="nhóm"
    )
    member = models.ForeignKey(Agency, models.PROTECT, related_name="groups", verbose_name="cơ quan")
    since = models.DateField("từ ngày")
    until = models.DateField("đến trước ngày", null=True, blank=True)

    class Meta:
        verbose_name = "thành viên nhóm"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["group", "member", "since"], name="member_once_per_day"),
            models.CheckConstraint(condition=~Q(group=models.F("member")), name="member_is_not_its_group"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gt=models.F("since")), name="membership_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member} ∈ {self.group}"
