"""Records and versions that were made from statements say of which sources."""

from django.db import migrations

TOLD = "(SELECT uid, jsonb_agg(DISTINCT source) AS keys FROM exchange_statement WHERE uid <> '' GROUP BY uid)"


class Migration(migrations.Migration):

    dependencies = [
        ('exchange', '0004_erased'),
        ('publishing', '0003_version_sources'),
        ('records', '0002_told'),
    ]

    operations = [
        migrations.RunSQL(
            f"UPDATE records_record SET told = jsonb_set(told, '{{sources}}', by_uid.keys) FROM {TOLD} AS by_uid "  # noqa: S608
            "WHERE records_record.uid = by_uid.uid AND jsonb_typeof(told) = 'object'",
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(
            f"UPDATE publishing_version SET sources = by_uid.keys FROM {TOLD} AS by_uid "  # noqa: S608
            "WHERE publishing_version.uid = by_uid.uid",
            migrations.RunSQL.noop,
        ),
    ]
