"""Where attempts to sign in are counted: Django's cache table, unlogged, since nothing in it must outlive a crash."""

from django.db import migrations

CREATE = """
CREATE UNLOGGED TABLE rate_limits (
    cache_key varchar(255) PRIMARY KEY,
    value text NOT NULL,
    expires timestamp with time zone NOT NULL
);
CREATE INDEX rate_limits_expires ON rate_limits (expires);
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_number_of_identifiers")]

    operations = [migrations.RunSQL(CREATE, reverse_sql="DROP TABLE rate_limits")]
