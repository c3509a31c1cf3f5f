"""Part of `make check`: migrations that the code before them can live with (django-migration-linter)."""

import sys

import django


def main():
    django.setup()
    from django_migration_linter import MigrationLinter

    linter = MigrationLinter(no_cache=True, all_warnings_as_errors=True)
    linter.lint_all_migrations()
    linter.print_summary()
    return 1 if linter.has_errors else 0


if __name__ == "__main__":
    sys.exit(main())
