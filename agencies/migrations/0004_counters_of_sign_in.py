"""The table of the cache, which holds the counters of sign-in: `CACHES` in the settings."""

from django.core.management import call_command
from django.db import migrations

TABLE = "kttt_cache"


def create(apps, schema_editor):
    call_command("createcachetable", TABLE, database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("agencies", "0003_words_of_rights")]
    operations = [
        migrations.RunPython(create, lambda apps, schema_editor: schema_editor.execute(f"DROP TABLE {TABLE}")),
    ]
