"""Everything that must be there before the portal starts. A second run finds it there and takes a second."""

from django.conf import settings
from django.core.management import BaseCommand, call_command, get_commands
from django.db import connections

from bch_portal import assets, catalogues

PATIENT_MIGRATION = "-c lock_timeout=10000 -c statement_timeout=900000"


class Command(BaseCommand):
    help = "Migrates, compiles the message catalogues, collects static files, and loads samples into a demonstration."
    requires_system_checks = []  # `make check` and the tests run them

    def handle(self, **options):
        catalogues.compile_changed()
        connections.settings["default"].setdefault("OPTIONS", {})["options"] = PATIENT_MIGRATION
        call_command("migrate", interactive=False, verbosity=options["verbosity"] - 1)
        assets.collect_changed()
        if settings.DEMONSTRATION:
            self.load_samples_once()

    def load_samples_once(self):
        mark = settings.PORTAL_DATA / "samples-loaded"
        if not mark.exists() and "load_samples" in get_commands():
            self.stdout.write("Loading the sample records (once)")
            call_command("load_samples")
            mark.touch()
