"""The one counter behind every identifier of the portal."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [
        migrations.RunSQL(
            "CREATE SEQUENCE IF NOT EXISTS records_number", reverse_sql="DROP SEQUENCE IF EXISTS records_number"
        ),
    ]
