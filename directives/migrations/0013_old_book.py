# The tracking workbook that the office kept before, and what came from it.

import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0005_refused_addresses"),
        ("directives", "0012_workbook_uploads"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
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
        migrations.RemoveConstraint(
            model_name="directive",
            name="directive_once",
        ),
        migrations.RemoveConstraint(
            model_name="task",
            name="task_span",
        ),
        migrations.CreateModel(
            name="OldBook",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=255, verbose_name="tên tệp")),
                ("sha256", models.CharField(db_index=True, max_length=64, verbose_name="mã kiểm tra tệp")),
                ("cells", models.JSONField(default=dict, verbose_name="nội dung")),
                ("head_key", models.CharField(blank=True, db_index=True, max_length=64)),
                ("mapping", models.JSONField(default=dict, verbose_name="cách ghép cột")),
                ("uploaded_on", models.DateField(verbose_name="tải lên ngày")),
                ("brought_on", models.DateField(blank=True, null=True, verbose_name="đưa vào sổ ngày")),
                ("brought_at", models.DateTimeField(blank=True, null=True, verbose_name="đưa vào lúc")),
                ("counts", models.JSONField(default=dict, verbose_name="số lượng đưa vào")),
                ("kept", models.JSONField(default=dict, verbose_name="phiên bản sau khi đưa vào")),
                ("undone_on", models.DateField(blank=True, null=True, verbose_name="hoàn tác ngày")),
            ],
            options={
                "verbose_name": "sổ theo dõi cũ",
                "ordering": ["-pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="OldBookEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("name", models.CharField(max_length=255, verbose_name="tên tệp")),
                ("sha256", models.CharField(max_length=64, verbose_name="mã kiểm tra tệp")),
                ("head_key", models.CharField(blank=True, max_length=64)),
                ("mapping", models.JSONField(default=dict, verbose_name="cách ghép cột")),
                ("uploaded_on", models.DateField(verbose_name="tải lên ngày")),
                ("brought_on", models.DateField(blank=True, null=True, verbose_name="đưa vào sổ ngày")),
                ("brought_at", models.DateTimeField(blank=True, null=True, verbose_name="đưa vào lúc")),
                ("counts", models.JSONField(default=dict, verbose_name="số lượng đưa vào")),
                ("undone_on", models.DateField(blank=True, null=True, verbose_name="hoàn tác ngày")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="directive",
            name="withdrawn_on",
            field=models.DateField(blank=True, null=True, verbose_name="rút khỏi sổ ngày"),
        ),
        migrations.AddField(
            model_name="directiveevent",
            name="withdrawn_on",
            field=models.DateField(blank=True, null=True, verbose_name="rút khỏi sổ ngày"),
        ),
        migrations.AddField(
            model_name="task",
            name="book_row",
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name="dòng trong sổ cũ"),
        ),
        migrations.AddField(
            model_name="taskevent",
            name="book_row",
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name="dòng trong sổ cũ"),
        ),
        migrations.AddField(
            model_name="oldbook",
            name="brought_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="người đưa vào",
            ),
        ),
        migrations.AddField(
            model_name="oldbook",
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
            model_name="oldbook",
            name="uploaded_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="người tải lên",
            ),
        ),
        migrations.AddField(
            model_name="directive",
            name="book",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="directives",
                to="directives.oldbook",
                verbose_name="từ sổ cũ",
            ),
        ),
        migrations.AddField(
            model_name="directiveevent",
            name="book",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="directives.oldbook",
                verbose_name="từ sổ cũ",
            ),
        ),
        migrations.AddField(
            model_name="task",
            name="book",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="tasks",
                to="directives.oldbook",
                verbose_name="từ sổ cũ",
            ),
        ),
        migrations.AddField(
            model_name="taskevent",
            name="book",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="directives.oldbook",
                verbose_name="từ sổ cũ",
            ),
        ),
        migrations.AddField(
            model_name="oldbookevent",
            name="brought_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="người đưa vào",
            ),
        ),
        migrations.AddField(
            model_name="oldbookevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="directives.oldbook",
            ),
        ),
        migrations.AddField(
            model_name="oldbookevent",
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
            model_name="oldbookevent",
            name="uploaded_by",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="người tải lên",
            ),
        ),
        migrations.AddConstraint(
            model_name="directive",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn_on", None)),
                fields=("number", "symbol", "issued_on"),
                name="directive_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="directive",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("withdrawn_on", None), models.Q(("book__isnull", False), ("published_on", None)), _connector="OR"
                ),
                name="withdrawn_directive_is_nobodys",
            ),
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("end__gt", models.F("start")),
                    models.Q(("end", None), ("instruction__isnull", False), ("start", None)),
                    models.Q(("book__isnull", False), ("end", None), ("start", None)),
                    _connector="OR",
                ),
                name="task_span",
            ),
        ),
        migrations.AddConstraint(
            model_name="oldbook",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("brought_at", None), ("brought_by", None), ("brought_on", None)),
                    models.Q(
                        ("brought_at__isnull", False), ("brought_by__isnull", False), ("brought_on__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="old_book_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="oldbook",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("undone_by", None), ("undone_on", None)),
                    models.Q(("brought_on__isnull", False), ("undone_by__isnull", False), ("undone_on__isnull", False)),
                    _connector="OR",
                ),
                name="old_book_undone_by_somebody",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="directive",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "directives_directiveevent" ("book_id", "chair", "closed_by_instrument", "closed_on", "created_by_id", "created_on", "doc_type", "id", "is_illustrative", "issued_on", "issuer", "meeting_on", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "published_on", "recipients", "signed_as", "signer", "source_name", "source_sha256", "symbol", "title", "withdrawn_on") VALUES (NEW."book_id", NEW."chair", NEW."closed_by_instrument", NEW."closed_on", NEW."created_by_id", NEW."created_on", NEW."doc_type", NEW."id", NEW."is_illustrative", NEW."issued_on", NEW."issuer", NEW."meeting_on", NEW."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."place", NEW."published_on", NEW."recipients", NEW."signed_as", NEW."signer", NEW."source_name", NEW."source_sha256", NEW."symbol", NEW."title", NEW."withdrawn_on"); RETURN NULL;',
                    hash="1adcd97f9a7dd2159c1bd4a33519d17966ea1926",
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
                    condition='WHEN (OLD."book_id" IS DISTINCT FROM (NEW."book_id") OR OLD."chair" IS DISTINCT FROM (NEW."chair") OR OLD."closed_by_instrument" IS DISTINCT FROM (NEW."closed_by_instrument") OR OLD."closed_on" IS DISTINCT FROM (NEW."closed_on") OR OLD."created_by_id" IS DISTINCT FROM (NEW."created_by_id") OR OLD."created_on" IS DISTINCT FROM (NEW."created_on") OR OLD."doc_type" IS DISTINCT FROM (NEW."doc_type") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_illustrative" IS DISTINCT FROM (NEW."is_illustrative") OR OLD."issued_on" IS DISTINCT FROM (NEW."issued_on") OR OLD."issuer" IS DISTINCT FROM (NEW."issuer") OR OLD."meeting_on" IS DISTINCT FROM (NEW."meeting_on") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."place" IS DISTINCT FROM (NEW."place") OR OLD."published_on" IS DISTINCT FROM (NEW."published_on") OR OLD."recipients" IS DISTINCT FROM (NEW."recipients") OR OLD."signed_as" IS DISTINCT FROM (NEW."signed_as") OR OLD."signer" IS DISTINCT FROM (NEW."signer") OR OLD."source_name" IS DISTINCT FROM (NEW."source_name") OR OLD."source_sha256" IS DISTINCT FROM (NEW."source_sha256") OR OLD."symbol" IS DISTINCT FROM (NEW."symbol") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."withdrawn_on" IS DISTINCT FROM (NEW."withdrawn_on"))',
                    func='INSERT INTO "directives_directiveevent" ("book_id", "chair", "closed_by_instrument", "closed_on", "created_by_id", "created_on", "doc_type", "id", "is_illustrative", "issued_on", "issuer", "meeting_on", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "published_on", "recipients", "signed_as", "signer", "source_name", "source_sha256", "symbol", "title", "withdrawn_on") VALUES (NEW."book_id", NEW."chair", NEW."closed_by_instrument", NEW."closed_on", NEW."created_by_id", NEW."created_on", NEW."doc_type", NEW."id", NEW."is_illustrative", NEW."issued_on", NEW."issuer", NEW."meeting_on", NEW."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."place", NEW."published_on", NEW."recipients", NEW."signed_as", NEW."signer", NEW."source_name", NEW."source_sha256", NEW."symbol", NEW."title", NEW."withdrawn_on"); RETURN NULL;',
                    hash="a16182a8b0ff821e2bd3f9f573f17fdc63ea3bfa",
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
                    func='INSERT INTO "directives_directiveevent" ("book_id", "chair", "closed_by_instrument", "closed_on", "created_by_id", "created_on", "doc_type", "id", "is_illustrative", "issued_on", "issuer", "meeting_on", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "published_on", "recipients", "signed_as", "signer", "source_name", "source_sha256", "symbol", "title", "withdrawn_on") VALUES (OLD."book_id", OLD."chair", OLD."closed_by_instrument", OLD."closed_on", OLD."created_by_id", OLD."created_on", OLD."doc_type", OLD."id", OLD."is_illustrative", OLD."issued_on", OLD."issuer", OLD."meeting_on", OLD."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."place", OLD."published_on", OLD."recipients", OLD."signed_as", OLD."signer", OLD."source_name", OLD."source_sha256", OLD."symbol", OLD."title", OLD."withdrawn_on"); RETURN NULL;',
                    hash="a34faac0417649900d0172125bf9d908b938d830",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_6c0bc",
                    table="directives_directive",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="task",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "directives_taskevent" ("addressee_id", "book_id", "book_row", "clock", "deadline", "deadline_by_id", "deadline_source", "directive_id", "end", "first_deadline", "follower_id", "id", "instruction_id", "lead_id", "period_end", "period_start", "period_text", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "product", "start", "target_text", "target_unit", "target_value", "text", "version") VALUES (NEW."addressee_id", NEW."book_id", NEW."book_row", NEW."clock", NEW."deadline", NEW."deadline_by_id", NEW."deadline_source", NEW."directive_id", NEW."end", NEW."first_deadline", NEW."follower_id", NEW."id", NEW."instruction_id", NEW."lead_id", NEW."period_end", NEW."period_start", NEW."period_text", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."position", NEW."product", NEW."start", NEW."target_text", NEW."target_unit", NEW."target_value", NEW."text", NEW."version"); RETURN NULL;',
                    hash="27185e15373d75b1e006bcad6a6ccae6e70c9b64",
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
                    func='INSERT INTO "directives_taskevent" ("addressee_id", "book_id", "book_row", "clock", "deadline", "deadline_by_id", "deadline_source", "directive_id", "end", "first_deadline", "follower_id", "id", "instruction_id", "lead_id", "period_end", "period_start", "period_text", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "product", "start", "target_text", "target_unit", "target_value", "text", "version") VALUES (NEW."addressee_id", NEW."book_id", NEW."book_row", NEW."clock", NEW."deadline", NEW."deadline_by_id", NEW."deadline_source", NEW."directive_id", NEW."end", NEW."first_deadline", NEW."follower_id", NEW."id", NEW."instruction_id", NEW."lead_id", NEW."period_end", NEW."period_start", NEW."period_text", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."position", NEW."product", NEW."start", NEW."target_text", NEW."target_unit", NEW."target_value", NEW."text", NEW."version"); RETURN NULL;',
                    hash="41c8b9c00c203e7629069f7fd9624706d9fee9f8",
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
                    func='INSERT INTO "directives_taskevent" ("addressee_id", "book_id", "book_row", "clock", "deadline", "deadline_by_id", "deadline_source", "directive_id", "end", "first_deadline", "follower_id", "id", "instruction_id", "lead_id", "period_end", "period_start", "period_text", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "product", "start", "target_text", "target_unit", "target_value", "text", "version") VALUES (OLD."addressee_id", OLD."book_id", OLD."book_row", OLD."clock", OLD."deadline", OLD."deadline_by_id", OLD."deadline_source", OLD."directive_id", OLD."end", OLD."first_deadline", OLD."follower_id", OLD."id", OLD."instruction_id", OLD."lead_id", OLD."period_end", OLD."period_start", OLD."period_text", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."position", OLD."product", OLD."start", OLD."target_text", OLD."target_unit", OLD."target_value", OLD."text", OLD."version"); RETURN NULL;',
                    hash="3415835671dbb21511eddbb68a4b9bd40d28a0e7",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_1779e",
                    table="directives_task",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="oldbook",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "directives_oldbookevent" ("brought_at", "brought_by_id", "brought_on", "counts", "head_key", "id", "mapping", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sha256", "undone_by_id", "undone_on", "uploaded_by_id", "uploaded_on") VALUES (NEW."brought_at", NEW."brought_by_id", NEW."brought_on", NEW."counts", NEW."head_key", NEW."id", NEW."mapping", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."sha256", NEW."undone_by_id", NEW."undone_on", NEW."uploaded_by_id", NEW."uploaded_on"); RETURN NULL;',
                    hash="c4b30cee6bc964d0aac5a651d0a9047d1aa9b110",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_c88e0",
                    table="directives_oldbook",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="oldbook",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."brought_at" IS DISTINCT FROM (NEW."brought_at") OR OLD."brought_by_id" IS DISTINCT FROM (NEW."brought_by_id") OR OLD."brought_on" IS DISTINCT FROM (NEW."brought_on") OR OLD."counts" IS DISTINCT FROM (NEW."counts") OR OLD."head_key" IS DISTINCT FROM (NEW."head_key") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."mapping" IS DISTINCT FROM (NEW."mapping") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."sha256" IS DISTINCT FROM (NEW."sha256") OR OLD."undone_by_id" IS DISTINCT FROM (NEW."undone_by_id") OR OLD."undone_on" IS DISTINCT FROM (NEW."undone_on") OR OLD."uploaded_by_id" IS DISTINCT FROM (NEW."uploaded_by_id") OR OLD."uploaded_on" IS DISTINCT FROM (NEW."uploaded_on"))',
                    func='INSERT INTO "directives_oldbookevent" ("brought_at", "brought_by_id", "brought_on", "counts", "head_key", "id", "mapping", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sha256", "undone_by_id", "undone_on", "uploaded_by_id", "uploaded_on") VALUES (NEW."brought_at", NEW."brought_by_id", NEW."brought_on", NEW."counts", NEW."head_key", NEW."id", NEW."mapping", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."sha256", NEW."undone_by_id", NEW."undone_on", NEW."uploaded_by_id", NEW."uploaded_on"); RETURN NULL;',
                    hash="eecd781b4f73b7931a15998a22b6d633fd49637a",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_50a3d",
                    table="directives_oldbook",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="oldbook",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "directives_oldbookevent" ("brought_at", "brought_by_id", "brought_on", "counts", "head_key", "id", "mapping", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sha256", "undone_by_id", "undone_on", "uploaded_by_id", "uploaded_on") VALUES (OLD."brought_at", OLD."brought_by_id", OLD."brought_on", OLD."counts", OLD."head_key", OLD."id", OLD."mapping", OLD."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."sha256", OLD."undone_by_id", OLD."undone_on", OLD."uploaded_by_id", OLD."uploaded_on"); RETURN NULL;',
                    hash="1b452497da0af9f2c985520c7dbc63d04dfdfbc6",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_b4b1a",
                    table="directives_oldbook",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="oldbookevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="26b03b780490dfb4e60b433f804b380d4367f424",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_cb574",
                    table="directives_oldbookevent",
                    when="BEFORE",
                ),
            ),
        ),
    ]
