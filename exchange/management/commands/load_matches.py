"""Take over a reviewed crosswalk, and join the records that it says are the same."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from exchange.importing import crosswalk


class Command(BaseCommand):
    help = "Takes over a table in which a person judged what is the same in two sources; the records follow."

    def add_arguments(self, parser):
        parser.add_argument(
            "file", type=Path, help="The table (CSV), as propose_matches wrote it and a person filled it."
        )

    def handle(self, *, file, **options):
        try:
            loaded = crosswalk.load(file)
        except crosswalk.CrosswalkRefused as error:
            raise CommandError(str(error)) from error
        said = _("%(same)d the same, %(different)d different, %(open)d not judged yet.")
        self.stdout.write(said % {"same": loaded.same, "different": loaded.different, "open": loaded.open})
