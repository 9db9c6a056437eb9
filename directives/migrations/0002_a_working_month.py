import django.core.validators
import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0002_delegation_and_succession"),
        ("directives", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="BulkChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("lead", "Cơ quan chủ trì"), ("deadline", "Thời hạn"), ("clock", "Loại thời hạn")],
                        max_length=8,
                        verbose_name="thay đổi",
                    ),
                ),
                ("words", models.CharField(max_length=300, verbose_name="giá trị mới")),
                ("instrument", models.CharField(blank=True, max_length=300, verbose_name="văn bản làm căn cứ")),
                ("rows", models.JSONField(default=list, verbose_name="trước khi đổi")),
                ("made_on", models.DateField(verbose_name="ngày")),
                ("undone_on", models.DateField(blank=True, null=True, verbose_name="hoàn tác ngày")),
            ],
            options={
                "verbose_name": "thay đổi hàng loạt",
                "ordering": ["-pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="BulkChangeEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[("lead", "Cơ quan chủ trì"), ("deadline", "Thời hạn"), ("clock", "Loại thời hạn")],
                        max_length=8,
                        verbose_name="thay đổi",
                    ),
                ),
                ("words", models.CharField(max_length=300, verbose_name="giá trị mới")),
                ("instrument", models.CharField(blank=True, max_length=300, verbose_name="văn bản làm căn cứ")),
                ("rows", models.JSONField(default=list, verbose_name="trước khi đổi")),
                ("made_on", models.DateField(verbose_name="ngày")),
                ("undone_on", models.DateField(blank=True, null=True, verbose_name="hoàn tác ngày")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="CalendarFeed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("token_sha256", models.CharField(max_length=64, unique=True)),
                ("made_on", models.DateField(verbose_name="ngày tạo")),
                ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="thu hồi lúc")),
            ],
            options={
                "verbose_name": "lịch theo đường dẫn",
                "ordering": ["-pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="CalendarFeedEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("made_on", models.DateField(verbose_name="ngày tạo")),
                ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="thu hồi lúc")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Closing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("carried", "Chuyển tiếp sang văn bản mới"),
                            ("ended", "Kết thúc theo dõi"),
                            ("achieved", "Đánh giá: hoàn thành"),
                            ("missed", "Đánh giá: không hoàn thành"),
                        ],
                        max_length=8,
                        verbose_name="quyết định",
                    ),
                ),
                ("reason", models.TextField(blank=True, verbose_name="nhận xét, lý do")),
                ("decided_on", models.DateField(verbose_name="ngày")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="ghi lúc")),
            ],
            options={
                "verbose_name": "chốt nhiệm vụ",
                "ordering": ["pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="CoordinatorMember",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ],
            options={
                "verbose_name": "cơ quan trong nhóm phối hợp",
                "ordering": ["coordinator", "agency__sort_key"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="CoordinatorMemberEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("typed", models.JSONField(default=dict, verbose_name="nội dung đang soạn")),
                ("edited_at", models.DateTimeField(auto_now=True, verbose_name="soạn lúc")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="phiên bản")),
            ],
            options={
                "verbose_name": "dòng đang soạn",
                "ordering": ["submission", "pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="EvidenceView",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("is_download", models.BooleanField(default=False, verbose_name="tải về")),
                ("seen_on", models.DateField(verbose_name="ngày xem")),
                ("seen_at", models.DateTimeField(auto_now_add=True, verbose_name="xem lúc")),
            ],
            options={
                "verbose_name": "lượt xem minh chứng",
                "ordering": ["pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Extension",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("asked_until", models.DateField(verbose_name="xin gia hạn đến ngày")),
                ("reason", models.TextField(verbose_name="lý do")),
                ("old_deadline", models.DateField(verbose_name="thời hạn khi xin")),
                ("is_late", models.BooleanField(default=False, verbose_name="xin sau khi đã quá hạn")),
                ("asked_on", models.DateField(verbose_name="ngày xin")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="ghi lúc")),
            ],
            options={
                "verbose_name": "xin gia hạn",
                "ordering": ["pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="ExtensionDecision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "answer",
                    models.CharField(
                        choices=[
                            ("approved", "Đồng ý"),
                            ("shortened", "Đồng ý, rút ngắn"),
                            ("refused", "Không đồng ý"),
                            ("withdrawn", "Đơn vị rút đề nghị"),
                            ("obsolete", "Không còn cần xét"),
                        ],
                        max_length=10,
                        verbose_name="quyết định",
                    ),
                ),
                ("granted_until", models.DateField(blank=True, null=True, verbose_name="gia hạn đến ngày")),
                ("reason", models.TextField(blank=True, verbose_name="lý do")),
                ("decided_on", models.DateField(verbose_name="ngày quyết định")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="ghi lúc")),
            ],
            options={
                "verbose_name": "quyết định gia hạn",
                "ordering": ["pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Instruction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(verbose_name="nội dung")),
                ("given_on", models.DateField(verbose_name="ngày")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="ghi lúc")),
            ],
            options={
                "verbose_name": "ý kiến chỉ đạo",
                "ordering": ["pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Move",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "why",
                    models.CharField(
                        choices=[
                            ("succession", "Cơ quan kế thừa"),
                            ("release", "Chuyển theo đề nghị của cơ quan"),
                            ("carried", "Chuyển tiếp sang văn bản mới"),
                            ("named", "Nêu rõ thành viên của nhóm"),
                        ],
                        max_length=10,
                        verbose_name="vì",
                    ),
                ),
                ("instrument", models.CharField(blank=True, max_length=300, verbose_name="văn bản làm căn cứ")),
                ("moved_on", models.DateField(verbose_name="ngày chuyển")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="ghi lúc")),
            ],
            options={
                "verbose_name": "chuyển nhiệm vụ",
                "ordering": ["pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Release",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "ground",
                    models.CharField(
                        choices=[
                            ("not_ours", "Không thuộc thẩm quyền"),
                            ("not_applicable", "Không áp dụng tại đơn vị"),
                        ],
                        max_length=14,
                        verbose_name="căn cứ",
                    ),
                ),
                ("reason", models.TextField(verbose_name="lý do")),
                ("asked_on", models.DateField(verbose_name="ngày đề nghị")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="ghi lúc")),
            ],
            options={
                "verbose_name": "đề nghị thôi giao",
                "ordering": ["pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="ReleaseDecision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "answer",
                    models.CharField(
                        choices=[
                            ("approved", "Đồng ý"),
                            ("shortened", "Đồng ý, rút ngắn"),
                            ("refused", "Không đồng ý"),
                            ("withdrawn", "Đơn vị rút đề nghị"),
                            ("obsolete", "Không còn cần xét"),
                        ],
                        max_length=10,
                        verbose_name="quyết định",
                    ),
                ),
                ("reason", models.TextField(blank=True, verbose_name="lý do")),
                ("decided_on", models.DateField(verbose_name="ngày quyết định")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="ghi lúc")),
            ],
            options={
                "verbose_name": "quyết định thôi giao",
                "ordering": ["pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Round",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "cadence",
                    models.CharField(
                        choices=[
                            ("month", "Hằng tháng"),
                            ("quarter", "Hằng quý"),
                            ("half_year", "6 tháng"),
                            ("nine_months", "9 tháng"),
                            ("year", "Hằng năm"),
                        ],
                        max_length=12,
                        verbose_name="kỳ",
                    ),
                ),
                ("start", models.DateField(verbose_name="từ ngày")),
                ("end", models.DateField(unique=True, verbose_name="chốt số liệu ngày")),
                ("due_local", models.DateField(verbose_name="cấp xã, huyện gửi chậm nhất")),
                ("due_agency", models.DateField(verbose_name="sở, ngành gửi chậm nhất")),
                ("due_standing", models.DateField(verbose_name="cơ quan thường trực gửi chậm nhất")),
            ],
            options={
                "verbose_name": "kỳ báo cáo",
                "ordering": ["-end"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="RoundRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "cadence",
                    models.CharField(
                        choices=[
                            ("month", "Hằng tháng"),
                            ("quarter", "Hằng quý"),
                            ("half_year", "6 tháng"),
                            ("nine_months", "9 tháng"),
                            ("year", "Hằng năm"),
                        ],
                        max_length=12,
                        unique=True,
                        verbose_name="kỳ",
                    ),
                ),
                ("is_on", models.BooleanField(default=False, verbose_name="đang áp dụng")),
                ("since", models.DateField(blank=True, null=True, verbose_name="áp dụng từ ngày")),
                (
                    "cut_off",
                    models.PositiveSmallIntegerField(
                        default=14,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(28),
                        ],
                        verbose_name="ngày chốt số liệu",
                    ),
                ),
                (
                    "due_local",
                    models.PositiveSmallIntegerField(
                        default=17,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(28),
                        ],
                        verbose_name="cấp xã, huyện gửi trước ngày",
                    ),
                ),
                (
                    "due_agency",
                    models.PositiveSmallIntegerField(
                        default=19,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(28),
                        ],
                        verbose_name="sở, ngành gửi trước ngày",
                    ),
                ),
                (
                    "due_standing",
                    models.PositiveSmallIntegerField(
                        default=25,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(28),
                        ],
                        verbose_name="cơ quan thường trực gửi trước ngày",
                    ),
                ),
            ],
            options={
                "verbose_name": "quy định kỳ báo cáo",
                "ordering": ["pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="RoundRuleEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "cadence",
                    models.CharField(
                        choices=[
                            ("month", "Hằng tháng"),
                            ("quarter", "Hằng quý"),
                            ("half_year", "6 tháng"),
                            ("nine_months", "9 tháng"),
                            ("year", "Hằng năm"),
                        ],
                        max_length=12,
                        verbose_name="kỳ",
                    ),
                ),
                ("is_on", models.BooleanField(default=False, verbose_name="đang áp dụng")),
                ("since", models.DateField(blank=True, null=True, verbose_name="áp dụng từ ngày")),
                (
                    "cut_off",
                    models.PositiveSmallIntegerField(
                        default=14,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(28),
                        ],
                        verbose_name="ngày chốt số liệu",
                    ),
                ),
                (
                    "due_local",
                    models.PositiveSmallIntegerField(
                        default=17,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(28),
                        ],
                        verbose_name="cấp xã, huyện gửi trước ngày",
                    ),
                ),
                (
                    "due_agency",
                    models.PositiveSmallIntegerField(
                        default=19,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(28),
                        ],
                        verbose_name="sở, ngành gửi trước ngày",
                    ),
                ),
                (
                    "due_standing",
                    models.PositiveSmallIntegerField(
                        default=25,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(28),
                        ],
                        verbose_name="cơ quan thường trực gửi trước ngày",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SavedView",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80, verbose_name="tên")),
                ("query", models.CharField(max_length=1000, verbose_name="bộ lọc")),
            ],
            options={
                "verbose_name": "bộ lọc đã lưu",
                "ordering": ["user", "name"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Submission",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Đang soạn"), ("awaiting", "Chờ thủ trưởng duyệt"), ("sent", "Đã gửi")],
                        default="draft",
                        max_length=8,
                        verbose_name="tình trạng",
                    ),
                ),
                ("sent_on", models.DateField(blank=True, null=True, verbose_name="ngày gửi")),
                ("is_late", models.BooleanField(default=False, verbose_name="gửi muộn")),
                ("returned_because", models.TextField(blank=True, verbose_name="lý do thủ trưởng trả lại")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="phiên bản")),
            ],
            options={
                "verbose_name": "báo cáo kỳ của cơ quan",
                "ordering": ["round", "agency__sort_key"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="SubmissionEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Đang soạn"), ("awaiting", "Chờ thủ trưởng duyệt"), ("sent", "Đã gửi")],
                        default="draft",
                        max_length=8,
                        verbose_name="tình trạng",
                    ),
                ),
                ("sent_on", models.DateField(blank=True, null=True, verbose_name="ngày gửi")),
                ("is_late", models.BooleanField(default=False, verbose_name="gửi muộn")),
                ("returned_because", models.TextField(blank=True, verbose_name="lý do thủ trưởng trả lại")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="phiên bản")),
            ],
            options={
                "abstract": False,
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="assignment",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="assignment",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="assignment",
            name="delete_delete",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="directive",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="directive",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="directive",
            name="delete_delete",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="office",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="office",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="office",
            name="delete_delete",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="task",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="task",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="task",
            name="delete_delete",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="upload",
            name="insert_insert",
        ),
        migrations.RemoveConstraint(
            model_name="task",
            name="task_span",
        ),
        migrations.AddField(
            model_name="assignment",
            name="closed_on",
            field=models.DateField(blank=True, null=True, verbose_name="chốt theo dõi ngày"),
        ),
        migrations.AddField(
            model_name="assignment",
            name="extended_until",
            field=models.DateField(blank=True, null=True, verbose_name="được gia hạn đến"),
        ),
        migrations.AddField(
            model_name="assignment",
            name="scope",
            field=models.CharField(blank=True, max_length=500, verbose_name="phần việc của đơn vị"),
        ),
        migrations.AddField(
            model_name="assignmentevent",
            name="closed_on",
            field=models.DateField(blank=True, null=True, verbose_name="chốt theo dõi ngày"),
        ),
        migrations.AddField(
            model_name="assignmentevent",
            name="extended_until",
            field=models.DateField(blank=True, null=True, verbose_name="được gia hạn đến"),
        ),
        migrations.AddField(
            model_name="assignmentevent",
            name="scope",
            field=models.CharField(blank=True, max_length=500, verbose_name="phần việc của đơn vị"),
        ),
        migrations.AddField(
            model_name="directive",
            name="closed_by_instrument",
            field=models.CharField(blank=True, max_length=300, verbose_name="văn bản kết thúc"),
        ),
        migrations.AddField(
            model_name="directive",
            name="closed_on",
            field=models.DateField(blank=True, null=True, verbose_name="ngày kết thúc theo dõi"),
        ),
        migrations.AddField(
            model_name="directiveevent",
            name="closed_by_instrument",
            field=models.CharField(blank=True, max_length=300, verbose_name="văn bản kết thúc"),
        ),
        migrations.AddField(
            model_name="directiveevent",
            name="closed_on",
            field=models.DateField(blank=True, null=True, verbose_name="ngày kết thúc theo dõi"),
        ),
        migrations.AddField(
            model_name="office",
            name="extension_limit",
            field=models.PositiveSmallIntegerField(default=1, verbose_name="số lần gia hạn cho mỗi nhiệm vụ"),
        ),
        migrations.AddField(
            model_name="officeevent",
            name="extension_limit",
            field=models.PositiveSmallIntegerField(default=1, verbose_name="số lần gia hạn cho mỗi nhiệm vụ"),
        ),
        migrations.AddField(
            model_name="progressnote",
            name="is_unchanged",
            field=models.BooleanField(default=False, verbose_name="không thay đổi"),
        ),
        migrations.AddField(
            model_name="progressnote",
            name="raised_to",
            field=models.CharField(
                blank=True,
                choices=[
                    ("leaders", "Lãnh đạo Ban Chỉ đạo"),
                    ("standing", "Cơ quan thường trực"),
                    ("other", "Cơ quan khác"),
                ],
                max_length=8,
                verbose_name="gửi tới",
            ),
        ),
        migrations.AddField(
            model_name="task",
            name="deadline_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="người ấn định thời hạn",
            ),
        ),
        migrations.AddField(
            model_name="taskevent",
            name="deadline_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="người ấn định thời hạn",
            ),
        ),
        migrations.AddField(
            model_name="upload",
            name="agency",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="shelf",
                to="agencies.agency",
                verbose_name="cơ quan",
            ),
        ),
        migrations.AddField(
            model_name="uploadevent",
            name="agency",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="agencies.agency",
                verbose_name="cơ quan",
            ),
        ),
        migrations.AlterField(
            model_name="task",
            name="end",
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name="đến ký tự"),
        ),
        migrations.AlterField(
            model_name="task",
            name="start",
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name="từ ký tự"),
        ),
        migrations.AlterField(
            model_name="taskevent",
            name="end",
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name="đến ký tự"),
        ),
        migrations.AlterField(
            model_name="taskevent",
            name="start",
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name="từ ký tự"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="assignment",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "directives_assignmentevent" ("agency_id", "closed_on", "completed_on", "deadline", "extended_until", "grace_until", "id", "life", "percent", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "received_on", "scope", "started_on", "submitted_on", "supplement_due_on", "task_id", "version") VALUES (NEW."agency_id", NEW."closed_on", NEW."completed_on", NEW."deadline", NEW."extended_until", NEW."grace_until", NEW."id", NEW."life", NEW."percent", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."received_on", NEW."scope", NEW."started_on", NEW."submitted_on", NEW."supplement_due_on", NEW."task_id", NEW."version"); RETURN NULL;',
                    hash="d95856a96d4ab86af06c7e42e05382ee7257df11",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_46f76",
                    table="directives_assignment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="assignment",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "directives_assignmentevent" ("agency_id", "closed_on", "completed_on", "deadline", "extended_until", "grace_until", "id", "life", "percent", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "received_on", "scope", "started_on", "submitted_on", "supplement_due_on", "task_id", "version") VALUES (NEW."agency_id", NEW."closed_on", NEW."completed_on", NEW."deadline", NEW."extended_until", NEW."grace_until", NEW."id", NEW."life", NEW."percent", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."received_on", NEW."scope", NEW."started_on", NEW."submitted_on", NEW."supplement_due_on", NEW."task_id", NEW."version"); RETURN NULL;',
                    hash="d27dea096e4a8df9733e1d9f20fcb448e84d0e06",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_3e653",
                    table="directives_assignment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="assignment",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "directives_assignmentevent" ("agency_id", "closed_on", "completed_on", "deadline", "extended_until", "grace_until", "id", "life", "percent", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "received_on", "scope", "started_on", "submitted_on", "supplement_due_on", "task_id", "version") VALUES (OLD."agency_id", OLD."closed_on", OLD."completed_on", OLD."deadline", OLD."extended_until", OLD."grace_until", OLD."id", OLD."life", OLD."percent", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."received_on", OLD."scope", OLD."started_on", OLD."submitted_on", OLD."supplement_due_on", OLD."task_id", OLD."version"); RETURN NULL;',
                    hash="55e3d860be1c87e02440f6623fe66e0b97b58120",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_9c568",
                    table="directives_assignment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="directive",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "directives_directiveevent" ("chair", "closed_by_instrument", "closed_on", "created_by_id", "created_on", "doc_type", "id", "is_illustrative", "issued_on", "issuer", "meeting_on", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "published_on", "recipients", "signed_as", "signer", "source_name", "source_sha256", "symbol", "title") VALUES (NEW."chair", NEW."closed_by_instrument", NEW."closed_on", NEW."created_by_id", NEW."created_on", NEW."doc_type", NEW."id", NEW."is_illustrative", NEW."issued_on", NEW."issuer", NEW."meeting_on", NEW."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."place", NEW."published_on", NEW."recipients", NEW."signed_as", NEW."signer", NEW."source_name", NEW."source_sha256", NEW."symbol", NEW."title"); RETURN NULL;',
                    hash="e16299d5eb40f454716d4205d0d79a33ef2d3a2f",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_50616",
                    table="directives_directive",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="directive",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."chair" IS DISTINCT FROM (NEW."chair") OR OLD."closed_by_instrument" IS DISTINCT FROM (NEW."closed_by_instrument") OR OLD."closed_on" IS DISTINCT FROM (NEW."closed_on") OR OLD."created_by_id" IS DISTINCT FROM (NEW."created_by_id") OR OLD."created_on" IS DISTINCT FROM (NEW."created_on") OR OLD."doc_type" IS DISTINCT FROM (NEW."doc_type") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_illustrative" IS DISTINCT FROM (NEW."is_illustrative") OR OLD."issued_on" IS DISTINCT FROM (NEW."issued_on") OR OLD."issuer" IS DISTINCT FROM (NEW."issuer") OR OLD."meeting_on" IS DISTINCT FROM (NEW."meeting_on") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."place" IS DISTINCT FROM (NEW."place") OR OLD."published_on" IS DISTINCT FROM (NEW."published_on") OR OLD."recipients" IS DISTINCT FROM (NEW."recipients") OR OLD."signed_as" IS DISTINCT FROM (NEW."signed_as") OR OLD."signer" IS DISTINCT FROM (NEW."signer") OR OLD."source_name" IS DISTINCT FROM (NEW."source_name") OR OLD."source_sha256" IS DISTINCT FROM (NEW."source_sha256") OR OLD."symbol" IS DISTINCT FROM (NEW."symbol") OR OLD."title" IS DISTINCT FROM (NEW."title"))',
                    func='INSERT INTO "directives_directiveevent" ("chair", "closed_by_instrument", "closed_on", "created_by_id", "created_on", "doc_type", "id", "is_illustrative", "issued_on", "issuer", "meeting_on", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "published_on", "recipients", "signed_as", "signer", "source_name", "source_sha256", "symbol", "title") VALUES (NEW."chair", NEW."closed_by_instrument", NEW."closed_on", NEW."created_by_id", NEW."created_on", NEW."doc_type", NEW."id", NEW."is_illustrative", NEW."issued_on", NEW."issuer", NEW."meeting_on", NEW."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."place", NEW."published_on", NEW."recipients", NEW."signed_as", NEW."signer", NEW."source_name", NEW."source_sha256", NEW."symbol", NEW."title"); RETURN NULL;',
                    hash="230422be8ca4e373c4bf08574d00c174ccbaf53c",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_6cb00",
                    table="directives_directive",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="directive",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "directives_directiveevent" ("chair", "closed_by_instrument", "closed_on", "created_by_id", "created_on", "doc_type", "id", "is_illustrative", "issued_on", "issuer", "meeting_on", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "published_on", "recipients", "signed_as", "signer", "source_name", "source_sha256", "symbol", "title") VALUES (OLD."chair", OLD."closed_by_instrument", OLD."closed_on", OLD."created_by_id", OLD."created_on", OLD."doc_type", OLD."id", OLD."is_illustrative", OLD."issued_on", OLD."issuer", OLD."meeting_on", OLD."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."place", OLD."published_on", OLD."recipients", OLD."signed_as", OLD."signer", OLD."source_name", OLD."source_sha256", OLD."symbol", OLD."title"); RETURN NULL;',
                    hash="2877c261b3f4a4b507dcba5935bb0221333bef5b",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_6c0bc",
                    table="directives_directive",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="office",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "directives_officeevent" ("climb_after", "extension_limit", "id", "name", "parent_name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "recipients", "remind_late_every", "reminder_steps", "signer", "signs_as", "silent_after", "soon_days", "supplement_days", "symbol") VALUES (NEW."climb_after", NEW."extension_limit", NEW."id", NEW."name", NEW."parent_name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."place", NEW."recipients", NEW."remind_late_every", NEW."reminder_steps", NEW."signer", NEW."signs_as", NEW."silent_after", NEW."soon_days", NEW."supplement_days", NEW."symbol"); RETURN NULL;',
                    hash="6214a12f0123e043e6f6564b456218f5e1b4ee55",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_62ffb",
                    table="directives_office",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="office",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "directives_officeevent" ("climb_after", "extension_limit", "id", "name", "parent_name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "recipients", "remind_late_every", "reminder_steps", "signer", "signs_as", "silent_after", "soon_days", "supplement_days", "symbol") VALUES (NEW."climb_after", NEW."extension_limit", NEW."id", NEW."name", NEW."parent_name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."place", NEW."recipients", NEW."remind_late_every", NEW."reminder_steps", NEW."signer", NEW."signs_as", NEW."silent_after", NEW."soon_days", NEW."supplement_days", NEW."symbol"); RETURN NULL;',
                    hash="1827144a22acb7ca2ac9ddc9a0402eb05ab79b2e",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_48d06",
                    table="directives_office",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="office",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "directives_officeevent" ("climb_after", "extension_limit", "id", "name", "parent_name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "recipients", "remind_late_every", "reminder_steps", "signer", "signs_as", "silent_after", "soon_days", "supplement_days", "symbol") VALUES (OLD."climb_after", OLD."extension_limit", OLD."id", OLD."name", OLD."parent_name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."place", OLD."recipients", OLD."remind_late_every", OLD."reminder_steps", OLD."signer", OLD."signs_as", OLD."silent_after", OLD."soon_days", OLD."supplement_days", OLD."symbol"); RETURN NULL;',
                    hash="eba85a9e0af6e42fc76398acd575a78a529dc188",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_a282a",
                    table="directives_office",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="task",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "directives_taskevent" ("addressee_id", "clock", "deadline", "deadline_by_id", "deadline_source", "directive_id", "end", "first_deadline", "follower_id", "id", "instruction_id", "lead_id", "period_end", "period_start", "period_text", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "product", "start", "target_text", "target_unit", "target_value", "text", "version") VALUES (NEW."addressee_id", NEW."clock", NEW."deadline", NEW."deadline_by_id", NEW."deadline_source", NEW."directive_id", NEW."end", NEW."first_deadline", NEW."follower_id", NEW."id", NEW."instruction_id", NEW."lead_id", NEW."period_end", NEW."period_start", NEW."period_text", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."position", NEW."product", NEW."start", NEW."target_text", NEW."target_unit", NEW."target_value", NEW."text", NEW."version"); RETURN NULL;',
                    hash="26c2e8210a6e7edf793b0f3f8818d239288fbc63",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_f5171",
                    table="directives_task",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="task",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "directives_taskevent" ("addressee_id", "clock", "deadline", "deadline_by_id", "deadline_source", "directive_id", "end", "first_deadline", "follower_id", "id", "instruction_id", "lead_id", "period_end", "period_start", "period_text", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "product", "start", "target_text", "target_unit", "target_value", "text", "version") VALUES (NEW."addressee_id", NEW."clock", NEW."deadline", NEW."deadline_by_id", NEW."deadline_source", NEW."directive_id", NEW."end", NEW."first_deadline", NEW."follower_id", NEW."id", NEW."instruction_id", NEW."lead_id", NEW."period_end", NEW."period_start", NEW."period_text", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."position", NEW."product", NEW."start", NEW."target_text", NEW."target_unit", NEW."target_value", NEW."text", NEW."version"); RETURN NULL;',
                    hash="a000b17c4accebfcd60566e6b6fd9330181a0aa9",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_a319c",
                    table="directives_task",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="task",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "directives_taskevent" ("addressee_id", "clock", "deadline", "deadline_by_id", "deadline_source", "directive_id", "end", "first_deadline", "follower_id", "id", "instruction_id", "lead_id", "period_end", "period_start", "period_text", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "product", "start", "target_text", "target_unit", "target_value", "text", "version") VALUES (OLD."addressee_id", OLD."clock", OLD."deadline", OLD."deadline_by_id", OLD."deadline_source", OLD."directive_id", OLD."end", OLD."first_deadline", OLD."follower_id", OLD."id", OLD."instruction_id", OLD."lead_id", OLD."period_end", OLD."period_start", OLD."period_text", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."position", OLD."product", OLD."start", OLD."target_text", OLD."target_unit", OLD."target_value", OLD."text", OLD."version"); RETURN NULL;',
                    hash="df74371c0cb1081f6aff1e843543d7ec49944b3f",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_1779e",
                    table="directives_task",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="upload",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "directives_uploadevent" ("agency_id", "content_type", "id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sha256", "size", "uploaded_at", "uploaded_by_id", "uuid") VALUES (NEW."agency_id", NEW."content_type", NEW."id", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."sha256", NEW."size", NEW."uploaded_at", NEW."uploaded_by_id", NEW."uuid"); RETURN NULL;',
                    hash="f6db952f6b064a983c6aa226951dee1ac5a75aa3",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_eb86a",
                    table="directives_upload",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="bulkchange",
            name="made_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="người đổi",
            ),
        ),
        migrations.AddField(
            model_name="bulkchange",
            name="undone_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="người hoàn tác",
            ),
        ),
        migrations.AddField(
            model_name="bulkchangeevent",
            name="made_by",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="người đổi",
            ),
        ),
        migrations.AddField(
            model_name="bulkchangeevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="directives.bulkchange",
            ),
        ),
        migrations.AddField(
            model_name="bulkchangeevent",
            name="undone_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="người hoàn tác",
            ),
        ),
        migrations.AddField(
            model_name="calendarfeed",
            name="agency",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="agencies.agency",
                verbose_name="cơ quan",
            ),
        ),
        migrations.AddField(
            model_name="calendarfeed",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="feeds",
                to=settings.AUTH_USER_MODEL,
                verbose_name="người tạo",
            ),
        ),
        migrations.AddField(
            model_name="calendarfeedevent",
            name="agency",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="agencies.agency",
                verbose_name="cơ quan",
            ),
        ),
        migrations.AddField(
            model_name="calendarfeedevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="directives.calendarfeed",
            ),
        ),
        migrations.AddField(
            model_name="calendarfeedevent",
            name="user",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="người tạo",
            ),
        ),
        migrations.AddField(
            model_name="closing",
            name="assignment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="closings",
                to="directives.assignment",
                verbose_name="phân công",
            ),
        ),
        migrations.AddField(
            model_name="closing",
            name="decided_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="người quyết định",
            ),
        ),
        migrations.AddField(
            model_name="coordinatormember",
            name="agency",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="coordinates",
                to="agencies.agency",
                verbose_name="cơ quan",
            ),
        ),
        migrations.AddField(
            model_name="coordinatormember",
            name="coordinator",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="members",
                to="directives.coordinator",
                verbose_name="nhóm phối hợp",
            ),
        ),
        migrations.AddField(
            model_name="coordinatormemberevent",
            name="agency",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="agencies.agency",
                verbose_name="cơ quan",
            ),
        ),
        migrations.AddField(
            model_name="coordinatormemberevent",
            name="coordinator",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="directives.coordinator",
                verbose_name="nhóm phối hợp",
            ),
        ),
        migrations.AddField(
            model_name="coordinatormemberevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="directives.coordinatormember",
            ),
        ),
        migrations.AddField(
            model_name="entry",
            name="assignment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="entries",
                to="directives.assignment",
                verbose_name="phân công",
            ),
        ),
        migrations.AddField(
            model_name="entry",
            name="edited_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="người soạn",
            ),
        ),
        migrations.AddField(
            model_name="evidenceview",
            name="seen_through",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="xem như",
            ),
        ),
        migrations.AddField(
            model_name="evidenceview",
            name="upload",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="views",
                to="directives.upload",
                verbose_name="tệp",
            ),
        ),
        migrations.AddField(
            model_name="evidenceview",
            name="viewer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="người xem",
            ),
        ),
        migrations.AddField(
            model_name="extension",
            name="asked_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="người xin",
            ),
        ),
        migrations.AddField(
            model_name="extension",
            name="assignment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="extensions",
                to="directives.assignment",
                verbose_name="phân công",
            ),
        ),
        migrations.AddField(
            model_name="extension",
            name="upload",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="directives.upload",
                verbose_name="tệp",
            ),
        ),
        migrations.AddField(
            model_name="extensiondecision",
            name="decided_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="người quyết định",
            ),
        ),
        migrations.AddField(
            model_name="extensiondecision",
            name="extension",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="decision",
                to="directives.extension",
                verbose_name="đề nghị",
            ),
        ),
        migrations.AddField(
            model_name="instruction",
            name="assignment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="instructions",
                to="directives.assignment",
                verbose_name="phân công",
            ),
        ),
        migrations.AddField(
            model_name="instruction",
            name="given_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="instructions",
                to=settings.AUTH_USER_MODEL,
                verbose_name="người cho",
            ),
        ),
        migrations.AddField(
            model_name="instruction",
            name="note",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="answers",
                to="directives.progressnote",
                verbose_name="trả lời báo cáo",
            ),
        ),
        migrations.AddField(
            model_name="task",
            name="instruction",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="tasks",
                to="directives.instruction",
                verbose_name="từ ý kiến",
            ),
        ),
        migrations.AddField(
            model_name="taskevent",
            name="instruction",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="directives.instruction",
                verbose_name="từ ý kiến",
            ),
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("end__gt", models.F("start")),
                    models.Q(("end", None), ("instruction__isnull", False), ("start", None)),
                    _connector="OR",
                ),
                name="task_span",
            ),
        ),
        migrations.AddField(
            model_name="move",
            name="moved_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="người chuyển",
            ),
        ),
        migrations.AddField(
            model_name="move",
            name="new",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="moved_from",
                to="directives.assignment",
                verbose_name="phân công mới",
            ),
        ),
        migrations.AddField(
            model_name="move",
            name="old",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="moved_to",
                to="directives.assignment",
                verbose_name="phân công cũ",
            ),
        ),
        migrations.AddField(
            model_name="release",
            name="asked_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="người đề nghị",
            ),
        ),
        migrations.AddField(
            model_name="release",
            name="assignment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="releases",
                to="directives.assignment",
                verbose_name="phân công",
            ),
        ),
        migrations.AddField(
            model_name="release",
            name="to_agency",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="agencies.agency",
                verbose_name="đề nghị chuyển cho",
            ),
        ),
        migrations.AddField(
            model_name="release",
            name="upload",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="directives.upload",
                verbose_name="tệp",
            ),
        ),
        migrations.AddField(
            model_name="releasedecision",
            name="decided_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="người quyết định",
            ),
        ),
        migrations.AddField(
            model_name="releasedecision",
            name="moved_to",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="directives.assignment",
                verbose_name="chuyển thành phân công",
            ),
        ),
        migrations.AddField(
            model_name="releasedecision",
            name="release",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="decision",
                to="directives.release",
                verbose_name="đề nghị",
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(("due_local__gt", models.F("end")), ("end__gt", models.F("start"))),
                name="round_days_in_order",
            ),
        ),
        migrations.AddField(
            model_name="progressnote",
            name="round",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="notes",
                to="directives.round",
                verbose_name="kỳ báo cáo",
            ),
        ),
        migrations.AddConstraint(
            model_name="roundrule",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_on", False), ("since__isnull", False), _connector="OR"),
                name="round_rule_has_its_start",
            ),
        ),
        migrations.AddConstraint(
            model_name="roundrule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("cut_off__lt", models.F("due_local")),
                    ("due_local__lte", models.F("due_agency")),
                    ("due_agency__lte", models.F("due_standing")),
                ),
                name="round_rule_days_in_order",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="roundrule",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "directives_roundruleevent" ("cadence", "cut_off", "due_agency", "due_local", "due_standing", "id", "is_on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "since") VALUES (NEW."cadence", NEW."cut_off", NEW."due_agency", NEW."due_local", NEW."due_standing", NEW."id", NEW."is_on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."since"); RETURN NULL;',
                    hash="80e662da0e38755b595e24e4b024ca32f88ce318",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_fd2ea",
                    table="directives_roundrule",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="roundrule",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "directives_roundruleevent" ("cadence", "cut_off", "due_agency", "due_local", "due_standing", "id", "is_on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "since") VALUES (NEW."cadence", NEW."cut_off", NEW."due_agency", NEW."due_local", NEW."due_standing", NEW."id", NEW."is_on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."since"); RETURN NULL;',
                    hash="36fb943c6f04f697e8338f918e1df1abab9aeef9",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_11dc9",
                    table="directives_roundrule",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="roundrule",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "directives_roundruleevent" ("cadence", "cut_off", "due_agency", "due_local", "due_standing", "id", "is_on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "since") VALUES (OLD."cadence", OLD."cut_off", OLD."due_agency", OLD."due_local", OLD."due_standing", OLD."id", OLD."is_on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."since"); RETURN NULL;',
                    hash="e61072fdec4cccccc3ea06e80c0ea319164c14fc",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_3f05c",
                    table="directives_roundrule",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="roundruleevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="directives.roundrule",
            ),
        ),
        migrations.AddField(
            model_name="savedview",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="saved_views",
                to=settings.AUTH_USER_MODEL,
                verbose_name="người dùng",
            ),
        ),
        migrations.AddField(
            model_name="submission",
            name="agency",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="submissions",
                to="agencies.agency",
                verbose_name="cơ quan",
            ),
        ),
        migrations.AddField(
            model_name="submission",
            name="prepared_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="người trình",
            ),
        ),
        migrations.AddField(
            model_name="submission",
            name="round",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="submissions",
                to="directives.round",
                verbose_name="kỳ báo cáo",
            ),
        ),
        migrations.AddField(
            model_name="submission",
            name="sent_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="người gửi",
            ),
        ),
        migrations.AddField(
            model_name="entry",
            name="submission",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="entries",
                to="directives.submission",
                verbose_name="báo cáo kỳ",
            ),
        ),
        migrations.AddField(
            model_name="submissionevent",
            name="agency",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="agencies.agency",
                verbose_name="cơ quan",
            ),
        ),
        migrations.AddField(
            model_name="submissionevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="directives.submission",
            ),
        ),
        migrations.AddField(
            model_name="submissionevent",
            name="prepared_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="người trình",
            ),
        ),
        migrations.AddField(
            model_name="submissionevent",
            name="round",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="directives.round",
                verbose_name="kỳ báo cáo",
            ),
        ),
        migrations.AddField(
            model_name="submissionevent",
            name="sent_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="người gửi",
            ),
        ),
        migrations.AddConstraint(
            model_name="bulkchange",
            constraint=models.CheckConstraint(
                condition=models.Q(("undone_on", None), ("undone_by__isnull", False), _connector="OR"),
                name="undone_by_somebody",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="bulkchange",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "directives_bulkchangeevent" ("id", "instrument", "kind", "made_by_id", "made_on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rows", "undone_by_id", "undone_on", "words") VALUES (NEW."id", NEW."instrument", NEW."kind", NEW."made_by_id", NEW."made_on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."rows", NEW."undone_by_id", NEW."undone_on", NEW."words"); RETURN NULL;',
                    hash="792d159202b4cf119b9fd3e6385fb46654728272",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_7d6e2",
                    table="directives_bulkchange",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="bulkchange",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "directives_bulkchangeevent" ("id", "instrument", "kind", "made_by_id", "made_on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rows", "undone_by_id", "undone_on", "words") VALUES (NEW."id", NEW."instrument", NEW."kind", NEW."made_by_id", NEW."made_on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."rows", NEW."undone_by_id", NEW."undone_on", NEW."words"); RETURN NULL;',
                    hash="3655225a1ee6cc242fd8bc4c0ec6c27c99d4573f",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_b9551",
                    table="directives_bulkchange",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="bulkchange",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "directives_bulkchangeevent" ("id", "instrument", "kind", "made_by_id", "made_on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rows", "undone_by_id", "undone_on", "words") VALUES (OLD."id", OLD."instrument", OLD."kind", OLD."made_by_id", OLD."made_on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."rows", OLD."undone_by_id", OLD."undone_on", OLD."words"); RETURN NULL;',
                    hash="8c54e81415c6017e46af3468d43c8d4a5b2ef7ea",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_ad1ef",
                    table="directives_bulkchange",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="bulkchangeevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="6944c1d9f46624d96b5995a120e52499e0a80695",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_9d310",
                    table="directives_bulkchangeevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="calendarfeed",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "directives_calendarfeedevent" ("agency_id", "id", "made_on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at", "user_id") VALUES (NEW."agency_id", NEW."id", NEW."made_on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."revoked_at", NEW."user_id"); RETURN NULL;',
                    hash="7c77564768aa2d149e7f6913b8d84789e1e311f5",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_5e2b2",
                    table="directives_calendarfeed",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="calendarfeed",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."agency_id" IS DISTINCT FROM (NEW."agency_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."made_on" IS DISTINCT FROM (NEW."made_on") OR OLD."revoked_at" IS DISTINCT FROM (NEW."revoked_at") OR OLD."user_id" IS DISTINCT FROM (NEW."user_id"))',
                    func='INSERT INTO "directives_calendarfeedevent" ("agency_id", "id", "made_on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at", "user_id") VALUES (NEW."agency_id", NEW."id", NEW."made_on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."revoked_at", NEW."user_id"); RETURN NULL;',
                    hash="ad5a1ef43d0960a031cc9a7479f1bc2cdbaeb251",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_f79e3",
                    table="directives_calendarfeed",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="calendarfeed",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "directives_calendarfeedevent" ("agency_id", "id", "made_on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at", "user_id") VALUES (OLD."agency_id", OLD."id", OLD."made_on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."revoked_at", OLD."user_id"); RETURN NULL;',
                    hash="8a031b50f1d8fc25f0351d7a1af6aca2a59f5d04",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_c127a",
                    table="directives_calendarfeed",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="calendarfeedevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="2d1ac99d80521027a46f075d94ce76a01aaeb50f",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_c314f",
                    table="directives_calendarfeedevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="closing",
            constraint=models.CheckConstraint(
                condition=models.Q(("verdict", "carried"), models.Q(("reason", ""), _negated=True), _connector="OR"),
                name="closing_says_why",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="closing",
            trigger=pgtrigger.compiler.Trigger(
                name="closing_append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="0e6c8ecd2e0229f78417e499494cceffa1b019df",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_closing_append_only_8f63f",
                    table="directives_closing",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="closing",
            trigger=pgtrigger.compiler.Trigger(
                name="closing_no_truncate",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'append-only: % may not be truncated', TG_TABLE_NAME;",
                    hash="c2ef6dc25e127116f6c392629a03f36c85f8deb9",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_closing_no_truncate_0d2ad",
                    table="directives_closing",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="coordinatormember",
            constraint=models.UniqueConstraint(fields=("coordinator", "agency"), name="coordinator_member_once"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="coordinatormember",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "directives_coordinatormemberevent" ("agency_id", "coordinator_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."agency_id", NEW."coordinator_id", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id"); RETURN NULL;',
                    hash="c6c0ee5053b4c6d656b9f098c04192b8da647915",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_451c2",
                    table="directives_coordinatormember",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="coordinatormember",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "directives_coordinatormemberevent" ("agency_id", "coordinator_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."agency_id", NEW."coordinator_id", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id"); RETURN NULL;',
                    hash="5574c902ff7203d2187679fe9aa48b8fa94939a1",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_3935e",
                    table="directives_coordinatormember",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="coordinatormember",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "directives_coordinatormemberevent" ("agency_id", "coordinator_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."agency_id", OLD."coordinator_id", OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id"); RETURN NULL;',
                    hash="d5284920baa8c71bf79f9cf58d1c57bbc680023b",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_9b60d",
                    table="directives_coordinatormember",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="coordinatormemberevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="8dde8d751c7245f48de36939c866cbaa7a47ae61",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_7e290",
                    table="directives_coordinatormemberevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="evidenceview",
            trigger=pgtrigger.compiler.Trigger(
                name="evidence_view_append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="8b282cb70b6113ed2d9cd38644b5fef6f3496dc2",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_evidence_view_append_only_69a84",
                    table="directives_evidenceview",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="evidenceview",
            trigger=pgtrigger.compiler.Trigger(
                name="evidence_view_no_truncate",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'append-only: % may not be truncated', TG_TABLE_NAME;",
                    hash="be8995e6aed965ac64ffc93eae99e698b91d2936",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_evidence_view_no_truncate_4ed68",
                    table="directives_evidenceview",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="extension",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="extension_says_why"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="extension",
            trigger=pgtrigger.compiler.Trigger(
                name="extension_append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="ae78ffb9a524e4b16dd7a8adddcd91cdbc073b63",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_extension_append_only_73e51",
                    table="directives_extension",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="extension",
            trigger=pgtrigger.compiler.Trigger(
                name="extension_no_truncate",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'append-only: % may not be truncated', TG_TABLE_NAME;",
                    hash="f7a229242e563dd36fce09092d06157c296f0fa7",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_extension_no_truncate_74434",
                    table="directives_extension",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="extensiondecision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answer__in", ("approved", "shortened")), _negated=True),
                    ("granted_until__isnull", False),
                    _connector="OR",
                ),
                name="granted_until_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="extensiondecision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answer__in", ("shortened", "refused")), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="refusal_says_why",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="extensiondecision",
            trigger=pgtrigger.compiler.Trigger(
                name="extension_decision_append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="8d50e391dd04a2f1ee8ff684e11f1ed3edd47e33",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_extension_decision_append_only_ef57e",
                    table="directives_extensiondecision",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="extensiondecision",
            trigger=pgtrigger.compiler.Trigger(
                name="extension_decision_no_truncate",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'append-only: % may not be truncated', TG_TABLE_NAME;",
                    hash="517c32c2741cbf219e2a3305e387338d06403332",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_extension_decision_no_truncate_a9a21",
                    table="directives_extensiondecision",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="instruction",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="instruction_says_something"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="instruction",
            trigger=pgtrigger.compiler.Trigger(
                name="instruction_append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="22032056c19b7b45e07947820c300a79b7b7b417",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_instruction_append_only_2b2b0",
                    table="directives_instruction",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="instruction",
            trigger=pgtrigger.compiler.Trigger(
                name="instruction_no_truncate",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'append-only: % may not be truncated', TG_TABLE_NAME;",
                    hash="d08c49246b6338cdb04c707e2551af100204fc45",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_instruction_no_truncate_ce5b2",
                    table="directives_instruction",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="move",
            constraint=models.UniqueConstraint(fields=("old", "new"), name="move_once"),
        ),
        migrations.AddConstraint(
            model_name="move",
            constraint=models.CheckConstraint(
                condition=models.Q(("old", models.F("new")), _negated=True), name="nothing_moves_to_itself"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="move",
            trigger=pgtrigger.compiler.Trigger(
                name="move_append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="cafc791aadf410fc6ac6961c63c0b36ad4d80643",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_move_append_only_62d52",
                    table="directives_move",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="move",
            trigger=pgtrigger.compiler.Trigger(
                name="move_no_truncate",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'append-only: % may not be truncated', TG_TABLE_NAME;",
                    hash="ceb5d192e05922f0e2249eef911b364b6943fe28",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_move_no_truncate_19ee7",
                    table="directives_move",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="release",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="release_says_why"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="release",
            trigger=pgtrigger.compiler.Trigger(
                name="release_append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="a8d9958e3605b5440f3e6734f8504110a0ea32a6",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_release_append_only_628a6",
                    table="directives_release",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="release",
            trigger=pgtrigger.compiler.Trigger(
                name="release_no_truncate",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'append-only: % may not be truncated', TG_TABLE_NAME;",
                    hash="b2ee3dbeb0e9f98cea979c1b4e949ead896067dc",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_release_no_truncate_3a8e3",
                    table="directives_release",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="releasedecision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("answer__in", ("withdrawn", "obsolete")), models.Q(("reason", ""), _negated=True), _connector="OR"
                ),
                name="release_decision_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="releasedecision",
            constraint=models.CheckConstraint(
                condition=models.Q(("answer", "shortened"), _negated=True), name="a_release_is_not_shortened"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="releasedecision",
            trigger=pgtrigger.compiler.Trigger(
                name="release_decision_append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="191da3977645f8d5ecdcead75169cd26bc0a0d5d",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_release_decision_append_only_885f3",
                    table="directives_releasedecision",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="releasedecision",
            trigger=pgtrigger.compiler.Trigger(
                name="release_decision_no_truncate",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'append-only: % may not be truncated', TG_TABLE_NAME;",
                    hash="36e8e1955cf4e366a736611721c1c15c034a3a82",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_release_decision_no_truncate_b2426",
                    table="directives_releasedecision",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="roundruleevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="cfb98446b0c6f033f678e653584bc0b1be4ac1f7",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_c656f",
                    table="directives_roundruleevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="savedview",
            constraint=models.UniqueConstraint(fields=("user", "name"), name="saved_view_once"),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.UniqueConstraint(fields=("round", "agency"), name="submission_once"),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "sent"), _negated=True),
                    models.Q(("sent_by__isnull", False), ("sent_on__isnull", False)),
                    _connector="OR",
                ),
                name="sent_by_somebody",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="submission",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "directives_submissionevent" ("agency_id", "id", "is_late", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prepared_by_id", "returned_because", "round_id", "sent_by_id", "sent_on", "state", "version") VALUES (NEW."agency_id", NEW."id", NEW."is_late", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."prepared_by_id", NEW."returned_because", NEW."round_id", NEW."sent_by_id", NEW."sent_on", NEW."state", NEW."version"); RETURN NULL;',
                    hash="21a9317c643eb8041ba455b69449b0dabe4f60e9",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_2f022",
                    table="directives_submission",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="submission",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "directives_submissionevent" ("agency_id", "id", "is_late", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prepared_by_id", "returned_because", "round_id", "sent_by_id", "sent_on", "state", "version") VALUES (NEW."agency_id", NEW."id", NEW."is_late", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."prepared_by_id", NEW."returned_because", NEW."round_id", NEW."sent_by_id", NEW."sent_on", NEW."state", NEW."version"); RETURN NULL;',
                    hash="edf6c186b60f785f3c7361bc02c63a68bb5981c1",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_36e46",
                    table="directives_submission",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="submission",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "directives_submissionevent" ("agency_id", "id", "is_late", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prepared_by_id", "returned_because", "round_id", "sent_by_id", "sent_on", "state", "version") VALUES (OLD."agency_id", OLD."id", OLD."is_late", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."prepared_by_id", OLD."returned_because", OLD."round_id", OLD."sent_by_id", OLD."sent_on", OLD."state", OLD."version"); RETURN NULL;',
                    hash="328fcc97db653dcbb7b29358ee50255e79737516",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_daaf5",
                    table="directives_submission",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.UniqueConstraint(fields=("submission", "assignment"), name="entry_once"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="submissionevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="f4a37730498c12c57bf8fd383963bf1c09bfd17a",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_c688a",
                    table="directives_submissionevent",
                    when="BEFORE",
                ),
            ),
        ),
    ]
