"""Write a table of what looks the same in two sources, for a person to judge."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from exchange.importing import crosswalk
from exchange.models import Source


class Command(BaseCommand):
    help = "Writes what of a source looks like a thing of another source: a table to fill in, and to load."

    def add_arguments(self, parser):
        parser.add_argument("source", help="The key of the source.")
        parser.add_argument("file", type=Path, help="The table to write (CSV).")

    def handle(self, *, source, file, **options):
        known = Source.objects.filter(key=source).first()
        if known is None:
            keys = ", ".join(Source.objects.values_list("key", flat=True))
            raise CommandError(
                _("There is no source “%(name)s”. Known are: %(known)s.") % {"name": source, "known": keys}
            )
        if file.exists():
            raise CommandError(_("%(path)s is there already: name another file.") % {"path": file})
        count = crosswalk.propose(known, file)
        said = _("%(count)d pairs look the same. Put same or different, your name and the day, and load the table.")
        self.stdout.write(said % {"count": count})
