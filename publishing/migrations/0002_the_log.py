"""The one row of the one log."""

from django.db import migrations


def begin(apps, schema_editor):
    apps.get_model("publishing", "Log").objects.get_or_create(only=True)


class Migration(migrations.Migration):
    dependencies = [("publishing", "0001_initial")]

    operations = [migrations.RunPython(begin, migrations.RunPython.noop, elidable=True)]
