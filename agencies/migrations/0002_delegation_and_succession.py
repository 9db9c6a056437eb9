import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Absence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since", models.DateField(verbose_name="từ ngày")),
                ("until", models.DateField(verbose_name="đến hết ngày")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="lý do")),
            ],
            options={
                "verbose_name": "vắng mặt",
                "ordering": ["-since", "pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="AbsenceEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("since", models.DateField(verbose_name="từ ngày")),
                ("until", models.DateField(verbose_name="đến hết ngày")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="lý do")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="AgencyCode",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "scheme",
                    models.CharField(
                        choices=[("qd20", "Theo Quyết định 20/2020/QĐ-TTg"), ("qcvn102", "Theo QCVN 102:2016")],
                        max_length=8,
                        verbose_name="loại mã",
                    ),
                ),
                ("code", models.CharField(max_length=35, verbose_name="mã")),
                ("since", models.DateField(blank=True, null=True, verbose_name="từ ngày")),
                ("until", models.DateField(blank=True, null=True, verbose_name="đến trước ngày")),
                ("is_verified", models.BooleanField(default=False, verbose_name="đã đối chiếu")),
            ],
            options={
                "verbose_name": "mã định danh",
                "ordering": ["agency", "scheme", "since"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="AgencyCodeEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "scheme",
                    models.CharField(
                        choices=[("qd20", "Theo Quyết định 20/2020/QĐ-TTg"), ("qcvn102", "Theo QCVN 102:2016")],
                        max_length=8,
                        verbose_name="loại mã",
                    ),
                ),
                ("code", models.CharField(max_length=35, verbose_name="mã")),
                ("since", models.DateField(blank=True, null=True, verbose_name="từ ngày")),
                ("until", models.DateField(blank=True, null=True, verbose_name="đến trước ngày")),
                ("is_verified", models.BooleanField(default=False, verbose_name="đã đối chiếu")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("right", models.CharField(max_length=10, verbose_name="quyền")),
                ("full_name", models.CharField(blank=True, max_length=100, verbose_name="họ và tên")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="thư điện tử")),
                ("token_sha256", models.CharField(max_length=64, unique=True)),
                ("made_on", models.DateField(verbose_name="ngày mời")),
                ("expires_at", models.DateTimeField(verbose_name="hết hiệu lực lúc")),
                ("accepted_at", models.DateTimeField(blank=True, null=True, verbose_name="nhận lời lúc")),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="thu hồi lúc")),
            ],
            options={
                "verbose_name": "lời mời",
                "ordering": ["-pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="InvitationEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("right", models.CharField(max_length=10, verbose_name="quyền")),
                ("full_name", models.CharField(blank=True, max_length=100, verbose_name="họ và tên")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="thư điện tử")),
                ("made_on", models.DateField(verbose_name="ngày mời")),
                ("expires_at", models.DateTimeField(verbose_name="hết hiệu lực lúc")),
                ("accepted_at", models.DateTimeField(blank=True, null=True, verbose_name="nhận lời lúc")),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="thu hồi lúc")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Succession",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "shape",
                    models.CharField(
                        choices=[
                            ("rename", "Đổi tên"),
                            ("merge", "Hợp nhất, sáp nhập"),
                            ("split", "Chia, tách"),
                            ("transfer", "Chuyển một chức năng"),
                        ],
                        max_length=8,
                        verbose_name="hình thức",
                    ),
                ),
                ("on", models.DateField(verbose_name="từ ngày")),
                ("instrument", models.CharField(max_length=300, verbose_name="văn bản làm căn cứ")),
                ("function", models.CharField(blank=True, max_length=300, verbose_name="chức năng được chuyển")),
                ("is_verified", models.BooleanField(default=True, verbose_name="đã đối chiếu")),
                ("recorded_on", models.DateField(verbose_name="ngày ghi")),
            ],
            options={
                "verbose_name": "kế thừa",
                "ordering": ["on", "pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="SuccessionEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "shape",
                    models.CharField(
                        choices=[
                            ("rename", "Đổi tên"),
                            ("merge", "Hợp nhất, sáp nhập"),
                            ("split", "Chia, tách"),
                            ("transfer", "Chuyển một chức năng"),
                        ],
                        max_length=8,
                        verbose_name="hình thức",
                    ),
                ),
                ("on", models.DateField(verbose_name="từ ngày")),
                ("instrument", models.CharField(max_length=300, verbose_name="văn bản làm căn cứ")),
                ("function", models.CharField(blank=True, max_length=300, verbose_name="chức năng được chuyển")),
                ("is_verified", models.BooleanField(default=True, verbose_name="đã đối chiếu")),
                ("recorded_on", models.DateField(verbose_name="ngày ghi")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SuccessionLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ],
            options={
                "verbose_name": "cặp kế thừa",
                "ordering": ["succession", "pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="SuccessionLinkEvent",
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
            name="SupportPage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("path", models.CharField(blank=True, max_length=500, verbose_name="địa chỉ")),
                ("opened_at", models.DateTimeField(auto_now_add=True, verbose_name="mở lúc")),
            ],
            options={
                "verbose_name": "trang đã xem",
                "ordering": ["pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="SupportView",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.CharField(max_length=300, verbose_name="lý do")),
                ("started_on", models.DateField(verbose_name="ngày")),
                ("started_at", models.DateTimeField(auto_now_add=True, verbose_name="bắt đầu lúc")),
            ],
            options={
                "verbose_name": "lần xem như",
                "ordering": ["-pk"],
                "default_permissions": (),
            },
        ),
        migrations.AlterModelOptions(
            name="agency",
            options={
                "default_permissions": (),
                "ordering": ["sort_key"],
                "permissions": [
                    ("represent", "Thay mặt cơ quan báo cáo nhiệm vụ"),
                    ("approve", "Duyệt báo cáo của cơ quan (cấp phó được uỷ quyền)"),
                    ("lead", "Thủ trưởng: duyệt báo cáo, cử đầu mối và cấp phó"),
                ],
                "verbose_name": "cơ quan",
                "verbose_name_plural": "cơ quan",
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="agency",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="agency",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="agency",
            name="delete_delete",
        ),
        migrations.AddField(
            model_name="agency",
            name="needs_approval",
            field=models.BooleanField(default=False, verbose_name="thủ trưởng duyệt báo cáo kỳ trước khi gửi"),
        ),
        migrations.AddField(
            model_name="agencyevent",
            name="needs_approval",
            field=models.BooleanField(default=False, verbose_name="thủ trưởng duyệt báo cáo kỳ trước khi gửi"),
        ),
        migrations.AlterField(
            model_name="agency",
            name="kind",
            field=models.CharField(
                choices=[
                    ("standing", "Cơ quan thường trực"),
                    ("department", "Sở, ban, ngành"),
                    ("branch", "Cơ quan ngành dọc"),
                    ("district", "UBND cấp huyện"),
                    ("commune", "UBND cấp xã"),
                    ("party", "Cơ quan Đảng"),
                    ("team", "Tổ giúp việc"),
                    ("group", "Nhóm cơ quan"),
                    ("other", "Cơ quan khác"),
                ],
                default="other",
                max_length=12,
                verbose_name="loại",
            ),
        ),
        migrations.AlterField(
            model_name="agencyevent",
            name="kind",
            field=models.CharField(
                choices=[
                    ("standing", "Cơ quan thường trực"),
                    ("department", "Sở, ban, ngành"),
                    ("branch", "Cơ quan ngành dọc"),
                    ("district", "UBND cấp huyện"),
                    ("commune", "UBND cấp xã"),
                    ("party", "Cơ quan Đảng"),
                    ("team", "Tổ giúp việc"),
                    ("group", "Nhóm cơ quan"),
                    ("other", "Cơ quan khác"),
                ],
                default="other",
                max_length=12,
                verbose_name="loại",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="agency",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "agencies_agencyevent" ("aliases", "code", "ended_on", "id", "identifier", "is_group", "is_verified", "kind", "name", "needs_approval", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "short_name", "sort_key", "started_on") VALUES (NEW."aliases", NEW."code", NEW."ended_on", NEW."id", NEW."identifier", NEW."is_group", NEW."is_verified", NEW."kind", NEW."name", NEW."needs_approval", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."short_name", NEW."sort_key", NEW."started_on"); RETURN NULL;',
                    hash="4b613faed44143c8060d5ca753cc90e034bdca99",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_064bb",
                    table="agencies_agency",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="agency",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "agencies_agencyevent" ("aliases", "code", "ended_on", "id", "identifier", "is_group", "is_verified", "kind", "name", "needs_approval", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "short_name", "sort_key", "started_on") VALUES (NEW."aliases", NEW."code", NEW."ended_on", NEW."id", NEW."identifier", NEW."is_group", NEW."is_verified", NEW."kind", NEW."name", NEW."needs_approval", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."short_name", NEW."sort_key", NEW."started_on"); RETURN NULL;',
                    hash="ed75a6f700bad3e158280c400fd1961c3d30b0dc",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_187e7",
                    table="agencies_agency",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="agency",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "agencies_agencyevent" ("aliases", "code", "ended_on", "id", "identifier", "is_group", "is_verified", "kind", "name", "needs_approval", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "short_name", "sort_key", "started_on") VALUES (OLD."aliases", OLD."code", OLD."ended_on", OLD."id", OLD."identifier", OLD."is_group", OLD."is_verified", OLD."kind", OLD."name", OLD."needs_approval", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."short_name", OLD."sort_key", OLD."started_on"); RETURN NULL;',
                    hash="f2a921c1e321a5cefb46b4ca0aec387ddf4e6174",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_9c312",
                    table="agencies_agency",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="absence",
            name="deputy",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="stands_in",
                to=settings.AUTH_USER_MODEL,
                verbose_name="người thay",
            ),
        ),
        migrations.AddField(
            model_name="absence",
            name="recorded_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="người ghi",
            ),
        ),
        migrations.AddField(
            model_name="absence",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="absences",
                to=settings.AUTH_USER_MODEL,
                verbose_name="người vắng",
            ),
        ),
        migrations.AddField(
            model_name="absenceevent",
            name="deputy",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="người thay",
            ),
        ),
        migrations.AddField(
            model_name="absenceevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="agencies.absence",
            ),
        ),
        migrations.AddField(
            model_name="absenceevent",
            name="recorded_by",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="người ghi",
            ),
        ),
        migrations.AddField(
            model_name="absenceevent",
            name="user",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="người vắng",
            ),
        ),
        migrations.AddField(
            model_name="agencycode",
            name="agency",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="codes",
                to="agencies.agency",
                verbose_name="cơ quan",
            ),
        ),
        migrations.AddField(
            model_name="agencycodeevent",
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
            model_name="agencycodeevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="agencies.agencycode",
            ),
        ),
        migrations.AddField(
            model_name="invitation",
            name="accepted_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="người nhận lời",
            ),
        ),
        migrations.AddField(
            model_name="invitation",
            name="agency",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="invitations",
                to="agencies.agency",
                verbose_name="cơ quan",
            ),
        ),
        migrations.AddField(
            model_name="invitation",
            name="made_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="invitations",
                to=settings.AUTH_USER_MODEL,
                verbose_name="người mời",
            ),
        ),
        migrations.AddField(
            model_name="invitationevent",
            name="accepted_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="người nhận lời",
            ),
        ),
        migrations.AddField(
            model_name="invitationevent",
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
            model_name="invitationevent",
            name="made_by",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="người mời",
            ),
        ),
        migrations.AddField(
            model_name="invitationevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="agencies.invitation",
            ),
        ),
        migrations.AddField(
            model_name="succession",
            name="recorded_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="người ghi",
            ),
        ),
        migrations.AddField(
            model_name="successionevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="agencies.succession",
            ),
        ),
        migrations.AddField(
            model_name="successionevent",
            name="recorded_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="người ghi",
            ),
        ),
        migrations.AddField(
            model_name="successionlink",
            name="new",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="predecessions",
                to="agencies.agency",
                verbose_name="cơ quan kế thừa",
            ),
        ),
        migrations.AddField(
            model_name="successionlink",
            name="old",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="successions",
                to="agencies.agency",
                verbose_name="cơ quan cũ",
            ),
        ),
        migrations.AddField(
            model_name="successionlink",
            name="succession",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="links",
                to="agencies.succession",
                verbose_name="kế thừa",
            ),
        ),
        migrations.AddField(
            model_name="successionlinkevent",
            name="new",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="agencies.agency",
                verbose_name="cơ quan kế thừa",
            ),
        ),
        migrations.AddField(
            model_name="successionlinkevent",
            name="old",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="agencies.agency",
                verbose_name="cơ quan cũ",
            ),
        ),
        migrations.AddField(
            model_name="successionlinkevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="agencies.successionlink",
            ),
        ),
        migrations.AddField(
            model_name="successionlinkevent",
            name="succession",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="agencies.succession",
                verbose_name="kế thừa",
            ),
        ),
        migrations.AddField(
            model_name="supportview",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="viewed_as",
                to=settings.AUTH_USER_MODEL,
                verbose_name="xem như",
            ),
        ),
        migrations.AddField(
            model_name="supportview",
            name="viewer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="người xem",
            ),
        ),
        migrations.AddField(
            model_name="supportpage",
            name="view",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="pages",
                to="agencies.supportview",
                verbose_name="lần xem",
            ),
        ),
        migrations.AddConstraint(
            model_name="absence",
            constraint=models.CheckConstraint(
                condition=models.Q(("until__gte", models.F("since"))), name="absence_ends_after_start"
            ),
        ),
        migrations.AddConstraint(
            model_name="absence",
            constraint=models.CheckConstraint(
                condition=models.Q(("deputy", models.F("user")), _negated=True), name="deputy_is_somebody_else"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="absence",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "agencies_absenceevent" ("deputy_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "recorded_by_id", "since", "until", "user_id") VALUES (NEW."deputy_id", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."reason", NEW."recorded_by_id", NEW."since", NEW."until", NEW."user_id"); RETURN NULL;',
                    hash="12edaa050f0649166bf6192e6743a12299252e5f",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_dad67",
                    table="agencies_absence",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="absence",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "agencies_absenceevent" ("deputy_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "recorded_by_id", "since", "until", "user_id") VALUES (NEW."deputy_id", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."reason", NEW."recorded_by_id", NEW."since", NEW."until", NEW."user_id"); RETURN NULL;',
                    hash="dd4bd6e3809679a05edd75d560d7069ba8486e1e",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_73bd2",
                    table="agencies_absence",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="absence",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "agencies_absenceevent" ("deputy_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "recorded_by_id", "since", "until", "user_id") VALUES (OLD."deputy_id", OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."reason", OLD."recorded_by_id", OLD."since", OLD."until", OLD."user_id"); RETURN NULL;',
                    hash="e5d98ec6af48e41a80f16984bce53d2327bb9b14",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_9455c",
                    table="agencies_absence",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="absenceevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="83ec60959d2a2dd6561dd30b204e69d2bec7dd9b",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_29895",
                    table="agencies_absenceevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="agencycode",
            constraint=models.UniqueConstraint(fields=("agency", "scheme", "code"), name="agency_code_once"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="agencycode",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "agencies_agencycodeevent" ("agency_id", "code", "id", "is_verified", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scheme", "since", "until") VALUES (NEW."agency_id", NEW."code", NEW."id", NEW."is_verified", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."scheme", NEW."since", NEW."until"); RETURN NULL;',
                    hash="41a83903c0d9313e4b718785688f7b1f0c3a1344",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_0912f",
                    table="agencies_agencycode",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="agencycode",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "agencies_agencycodeevent" ("agency_id", "code", "id", "is_verified", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scheme", "since", "until") VALUES (NEW."agency_id", NEW."code", NEW."id", NEW."is_verified", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."scheme", NEW."since", NEW."until"); RETURN NULL;',
                    hash="5d1b4f82bbf5b769730ae63daaf4672752ee902a",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_e1095",
                    table="agencies_agencycode",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="agencycode",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "agencies_agencycodeevent" ("agency_id", "code", "id", "is_verified", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scheme", "since", "until") VALUES (OLD."agency_id", OLD."code", OLD."id", OLD."is_verified", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."scheme", OLD."since", OLD."until"); RETURN NULL;',
                    hash="9cf80df49f9941034af87364de8a797b30e94a59",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_79c34",
                    table="agencies_agencycode",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="agencycodeevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="e9c880813ee85180c5b43895cd890923633fca26",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_55842",
                    table="agencies_agencycodeevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(("accepted_at", None), ("accepted_by__isnull", False), _connector="OR"),
                name="accepted_by_somebody",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="invitation",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "agencies_invitationevent" ("accepted_at", "accepted_by_id", "agency_id", "email", "expires_at", "full_name", "id", "made_by_id", "made_on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "right", "withdrawn_at") VALUES (NEW."accepted_at", NEW."accepted_by_id", NEW."agency_id", NEW."email", NEW."expires_at", NEW."full_name", NEW."id", NEW."made_by_id", NEW."made_on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."right", NEW."withdrawn_at"); RETURN NULL;',
                    hash="d623958558cd756485ad42d2c9c37d33acd0493a",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_0a3ed",
                    table="agencies_invitation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="invitation",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."accepted_at" IS DISTINCT FROM (NEW."accepted_at") OR OLD."accepted_by_id" IS DISTINCT FROM (NEW."accepted_by_id") OR OLD."agency_id" IS DISTINCT FROM (NEW."agency_id") OR OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."expires_at" IS DISTINCT FROM (NEW."expires_at") OR OLD."full_name" IS DISTINCT FROM (NEW."full_name") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."made_by_id" IS DISTINCT FROM (NEW."made_by_id") OR OLD."made_on" IS DISTINCT FROM (NEW."made_on") OR OLD."right" IS DISTINCT FROM (NEW."right") OR OLD."withdrawn_at" IS DISTINCT FROM (NEW."withdrawn_at"))',
                    func='INSERT INTO "agencies_invitationevent" ("accepted_at", "accepted_by_id", "agency_id", "email", "expires_at", "full_name", "id", "made_by_id", "made_on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "right", "withdrawn_at") VALUES (NEW."accepted_at", NEW."accepted_by_id", NEW."agency_id", NEW."email", NEW."expires_at", NEW."full_name", NEW."id", NEW."made_by_id", NEW."made_on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."right", NEW."withdrawn_at"); RETURN NULL;',
                    hash="04eb7d9303003bd8c3a60d504350ca489e88c312",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_7c295",
                    table="agencies_invitation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="invitation",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "agencies_invitationevent" ("accepted_at", "accepted_by_id", "agency_id", "email", "expires_at", "full_name", "id", "made_by_id", "made_on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "right", "withdrawn_at") VALUES (OLD."accepted_at", OLD."accepted_by_id", OLD."agency_id", OLD."email", OLD."expires_at", OLD."full_name", OLD."id", OLD."made_by_id", OLD."made_on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."right", OLD."withdrawn_at"); RETURN NULL;',
                    hash="9af290c2705e8c7803404351b0fa485bec1c8ac5",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_b60f3",
                    table="agencies_invitation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="invitationevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="ae70ff9dbbd98a14e0532e48b0b43edfdebcd409",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_ee5b4",
                    table="agencies_invitationevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="succession",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("shape", "transfer"), _negated=True),
                    models.Q(("function", ""), _negated=True),
                    _connector="OR",
                ),
                name="transfer_names_its_function",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="succession",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "agencies_successionevent" ("function", "id", "instrument", "is_verified", "on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_by_id", "recorded_on", "shape") VALUES (NEW."function", NEW."id", NEW."instrument", NEW."is_verified", NEW."on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."recorded_by_id", NEW."recorded_on", NEW."shape"); RETURN NULL;',
                    hash="8a2377652ff947f6ab445f5523bd2e586f6c57ed",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_5e53a",
                    table="agencies_succession",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="succession",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "agencies_successionevent" ("function", "id", "instrument", "is_verified", "on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_by_id", "recorded_on", "shape") VALUES (NEW."function", NEW."id", NEW."instrument", NEW."is_verified", NEW."on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."recorded_by_id", NEW."recorded_on", NEW."shape"); RETURN NULL;',
                    hash="7cc9bf81188541ac38f9ea6e7cce18149ef98051",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_c3a29",
                    table="agencies_succession",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="succession",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "agencies_successionevent" ("function", "id", "instrument", "is_verified", "on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_by_id", "recorded_on", "shape") VALUES (OLD."function", OLD."id", OLD."instrument", OLD."is_verified", OLD."on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."recorded_by_id", OLD."recorded_on", OLD."shape"); RETURN NULL;',
                    hash="c514dca076dc1af5cfd7b921c4649be92452ef69",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_d6ab1",
                    table="agencies_succession",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="successionevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="7e91b0f5bc58ca6daa6b159d245bc03bf8be7220",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_5b7cf",
                    table="agencies_successionevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="successionlink",
            constraint=models.UniqueConstraint(fields=("succession", "old", "new"), name="succession_link_once"),
        ),
        migrations.AddConstraint(
            model_name="successionlink",
            constraint=models.CheckConstraint(
                condition=models.Q(("old", models.F("new")), _negated=True), name="no_body_succeeds_itself"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="successionlink",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "agencies_successionlinkevent" ("id", "new_id", "old_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "succession_id") VALUES (NEW."id", NEW."new_id", NEW."old_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."succession_id"); RETURN NULL;',
                    hash="40cff41d7250b8b726f84b31fb4e41775bd988c6",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_b809a",
                    table="agencies_successionlink",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="successionlink",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "agencies_successionlinkevent" ("id", "new_id", "old_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "succession_id") VALUES (NEW."id", NEW."new_id", NEW."old_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."succession_id"); RETURN NULL;',
                    hash="948a574dbb8ba3de199092aa09c877c669c94791",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_5ffd8",
                    table="agencies_successionlink",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="successionlink",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "agencies_successionlinkevent" ("id", "new_id", "old_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "succession_id") VALUES (OLD."id", OLD."new_id", OLD."old_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."succession_id"); RETURN NULL;',
                    hash="ef1f7a427fb4ea5e14c6522e2b55b6f9a1cca897",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_1b23d",
                    table="agencies_successionlink",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="successionlinkevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="b4adf407f2018d370b5c45365cde03943a9bd0d8",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_057d6",
                    table="agencies_successionlinkevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="supportview",
            trigger=pgtrigger.compiler.Trigger(
                name="support_view_append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="e171d5f192e6e49aec067a6ded7963d698542a06",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_support_view_append_only_d3df0",
                    table="agencies_supportview",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="supportview",
            trigger=pgtrigger.compiler.Trigger(
                name="support_view_no_truncate",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'append-only: % may not be truncated', TG_TABLE_NAME;",
                    hash="cc3b6e55b7c4e18d2781351e82bec3c50b8541cb",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_support_view_no_truncate_d8809",
                    table="agencies_supportview",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="supportpage",
            trigger=pgtrigger.compiler.Trigger(
                name="support_page_append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="7d4c716cfdfc1aa56d4c1d54f986c8aa6d015c29",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_support_page_append_only_591d2",
                    table="agencies_supportpage",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="supportpage",
            trigger=pgtrigger.compiler.Trigger(
                name="support_page_no_truncate",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'append-only: % may not be truncated', TG_TABLE_NAME;",
                    hash="027511f05706bd6e16865289ba2e60923db4d32e",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_support_page_no_truncate_d091a",
                    table="agencies_supportpage",
                    when="BEFORE",
                ),
            ),
        ),
    ]
