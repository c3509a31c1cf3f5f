"""Lets the first person in: `manage.py invite_secretariat ADDRESS` sends an invitation and prints its link."""

from django.core.management import BaseCommand
from django.urls import reverse
from django.utils import translation

from accounts import actions
from accounts.models import Role
from delivery import outbox


class Command(BaseCommand):
    help = "Invite a person to the Secretariat. The link works once, for that address, for two weeks."

    def add_arguments(self, parser):
        parser.add_argument("email")
        parser.add_argument("--language", default="en")

    def handle(self, *, email, language, **options):
        _, token = actions.invite(by=None, email=email, kind=Role.Kind.SECRETARIAT, language=language)
        with translation.override(language):
            self.stdout.write(outbox.address(reverse("accounts:accept_invitation", kwargs={"token": token})))
