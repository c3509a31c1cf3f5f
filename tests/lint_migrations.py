"""Part of `make check`: migrations that the code before them can live with (django-migration-linter)."""

import sys

import django
from django.conf import settings

# Read by a person.
READ = [
    "0003_rate_limits",  # the linter takes the columns of a new table written in SQL for columns added to an old one
    "0002_sources",  # statements get their source and their subjects before the first release:
    "0003_matches",  # no code that knows the old columns runs anywhere
]


def main():
    django.setup()
    from django_migration_linter import MigrationLinter

    ours = [name for name in settings.INSTALLED_APPS if (settings.BASE_DIR / name).is_dir()]
    linter = MigrationLinter(no_cache=True, quiet=["ok", "ignore"], include_apps=ours, ignore_name=READ)
    linter.lint_all_migrations()
    linter.print_summary()
    return 1 if linter.has_errors else 0


if __name__ == "__main__":
    sys.exit(main())
