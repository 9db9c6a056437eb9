import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0005_refused_addresses"),
        ("directives", "0011_signed_copies_and_archives"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="WorkbookUpload",
            fields=[
                (
                    "uuid",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False, verbose_name="mã"
                    ),
                ),
                ("name", models.CharField(max_length=255, verbose_name="tên tệp")),
                ("content", models.JSONField(default=dict, verbose_name="nội dung")),
                ("sent_at", models.DateTimeField(auto_now_add=True, verbose_name="nộp lúc")),
                ("written_on", models.DateField(blank=True, null=True, verbose_name="ghi vào sổ ngày")),
                ("written_count", models.PositiveIntegerField(default=0, verbose_name="số dòng đã ghi")),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.agency",
                        verbose_name="cơ quan",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người nộp",
                    ),
                ),
            ],
            options={
                "verbose_name": "bảng Excel đã nộp",
                "ordering": ["-sent_at"],
                "default_permissions": (),
                "indexes": [models.Index(fields=["user", "agency"], name="workbook_of_person")],
            },
        ),
    ]
