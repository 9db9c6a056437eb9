"""The settings of the office that runs this installation: one row."""

from datetime import time

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models


class Issuer(models.TextChoices):
    """In whose name an urging letter goes out; for the last two we only draft."""

    OWN = "own", "Cơ quan thường trực gửi"
    COMMITTEE = "committee", "Soạn trình Ban Chỉ đạo ký"
    OFFICE = "office", "Soạn trình Văn phòng UBND tỉnh ký"


def committee_signs() -> list[str]:
    return ["TM. BAN CHỈ ĐẠO", "TRƯỞNG BAN"]


def chancery_signs() -> list[str]:
    return ["CHÁNH VĂN PHÒNG"]


@pghistory.track()
class Office(models.Model):
    """Letterhead of the reports, and the numbers that the rules leave to the office."""

    parent_name = models.CharField("cơ quan chủ quản", max_length=200, default="UBND TỈNH QUẢNG TRỊ")
    name = models.CharField("cơ quan ban hành báo cáo", max_length=200, default="LIÊN MINH HỢP TÁC XÃ TỈNH")
    symbol = models.CharField("ký hiệu báo cáo", max_length=30, default="BC-LMHTX")
    place = models.CharField("địa danh", max_length=100, default="Quảng Trị")
    signs_as = ArrayField(models.CharField(max_length=100), verbose_name="quyền hạn, chức vụ", default=list, blank=True)
    signer = models.CharField("người ký", max_length=100, blank=True)
    recipients = ArrayField(models.CharField(max_length=200), verbose_name="nơi nhận", default=list, blank=True)
    # Whom reports are addressed to; without one, whoever issued the directive.
    report_addressees = ArrayField(models.CharField(max_length=200), verbose_name="kính gửi", default=list, blank=True)
    soon_days = models.PositiveSmallIntegerField("sắp đến hạn (ngày)", default=7)
    # Heads of agencies hear in the application; by mail only once the office has agreed that with them.
    mails_heads = models.BooleanField("gửi thư cho thủ trưởng cơ quan", default=False)
    # Between these hours nothing leaves; both or none.
    quiet_from = models.TimeField("không gửi từ", null=True, blank=True, default=time(19))
    quiet_until = models.TimeField("đến", null=True, blank=True, default=time(6))
    supplement_days = models.PositiveSmallIntegerField("hạn bổ sung (ngày làm việc)", default=5)
    silent_after = models.PositiveSmallIntegerField("tính là chưa báo cáo khi nhận trước kỳ (ngày)", default=10)
    extension_limit = models.PositiveSmallIntegerField("số lần gia hạn cho mỗi nhiệm vụ", default=1)

    # The urging letter. Our own is signed as the reports are; "chancery" is the office of the People's Committee.
    urging_issuer = models.CharField("công văn đôn đốc do", max_length=10, choices=Issuer.choices, default=Issuer.OWN)
    letter_symbol = models.CharField("ký hiệu công văn", max_length=30, default="LMHTX")
    letter_recipients = ArrayField(
        models.CharField(max_length=200), verbose_name="nơi nhận của công văn", default=list, blank=True
    )
    committee_name = models.CharField(
        "tên Ban Chỉ đạo",
        max_length=200,
        default="Ban Chỉ đạo đổi mới và phát triển kinh tế tập thể tỉnh",
    )
    committee_symbol = models.CharField("ký hiệu của Ban Chỉ đạo", max_length=30, default="BCĐ")
    committee_signs_as = ArrayField(
        models.CharField(max_length=100), verbose_name="Ban Chỉ đạo ký", default=committee_signs, blank=True
    )
    chancery_name = models.CharField("tên Văn phòng UBND tỉnh", max_length=200, default="Văn phòng")
    chancery_symbol = models.CharField("ký hiệu của Văn phòng UBND tỉnh", max_length=30, default="VP")
    chancery_signs_as = ArrayField(
        models.CharField(max_length=100), verbose_name="Văn phòng UBND tỉnh ký", default=chancery_signs, blank=True
    )

    class Meta:
        verbose_name = "cơ quan sử dụng"
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_office")]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def current(cls) -> "Office":
        """The office's row; before anybody has saved one, the defaults. Reading writes nothing."""
        return cls.objects.filter(pk=1).first() or cls(pk=1)

    @classmethod
    def locked(cls) -> "Office":
        """The row under a lock until the transaction ends, made with its defaults where it is missing."""
        cls.objects.get_or_create(pk=1)
        return cls.objects.select_for_update(no_key=True).get(pk=1)
