"""The sample site taken away, in one command."""

from django.conf import settings
from django.core.management import BaseCommand

from bch_portal.samples import removing


class Command(BaseCommand):
    help = "Erases every sample record and closes the demonstration accounts. A second run finds nothing to do."

    def handle(self, **options):
        erased, closed = removing.remove()
        (settings.PORTAL_DATA / "accounts.txt").unlink(missing_ok=True)
        self.stdout.write(f"Sample records erased: {erased}; demonstration accounts closed: {closed}")
