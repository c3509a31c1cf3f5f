"""The sample site, in one command."""

import os

from django.conf import settings
from django.core.management import BaseCommand, CommandError

from accounts.demonstration import PASSWORD, PEOPLE
from accounts.models import Role
from bch_portal.samples import loading


def is_demonstration() -> bool:
    """The embedded database of `make run`, or a place where SAMPLES=yes was said."""
    return settings.DEMONSTRATION or os.environ.get("SAMPLES", "").lower() in ("yes", "true", "1")


class Command(BaseCommand):
    help = "Loads the sample records and the demonstration accounts. A second run brings in only what is missing."

    def handle(self, **options):
        if not is_demonstration():
            raise CommandError(
                "Samples are loaded into the embedded database only. To load them here nevertheless, "
                "with accounts whose password everybody knows, set SAMPLES=yes."
            )
        written = loading.load()
        (settings.PORTAL_DATA / "accounts.txt").write_text(accounts())
        told = ", ".join(f"{count} {database}" for database, count in written.items())
        self.stdout.write(f"Sample records written: {told or 'none, all are here'}")


def accounts() -> str:
    """What the start of a demonstration prints: who can sign in, and as what."""
    held = Role.objects.in_force().filter(user__email__in=[email for email, _name, _role in PEOPLE])
    spoken = {role.user.email: str(role) for role in held.select_related("user", "organization").order_by("pk")}
    lines = [f"  {email:<30}{spoken[email]}" for email, _name, _role in PEOPLE]
    return "\n".join([f"Sign in with the password “{PASSWORD}” as", *lines])
