"""Work that came back may go the same way again: each time leaves a trace of its own."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("directives", "0003_search")]

    operations = [migrations.RemoveConstraint(model_name="move", name="move_once")]
