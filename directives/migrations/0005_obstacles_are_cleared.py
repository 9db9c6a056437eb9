"""An agency says that what stood in its way is gone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("directives", "0004_each_move_leaves_a_trace")]

    operations = [
        migrations.AddField(
            model_name="progressnote",
            name="clears_obstacles",
            field=models.BooleanField(db_default=False, default=False, verbose_name="vướng mắc trước đã được tháo gỡ"),
        ),
    ]
